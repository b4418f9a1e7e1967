"""A server as an operator runs it: several workers, https, metrics, logs, new keys, an end without haste."""

import json
import os
import resource
import signal
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.contract.conftest import postgres_socket, postgres_url  # noqa: F401  fixtures
from tests.process.nod import healthy, nod, running
from tests.waiting import wait_until

Words = list[str | Path]


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, verify=False, timeout=20) as client:
        yield client


def _workers(pid: int) -> list[psutil.Process]:
    return [one for one in psutil.Process(pid).children() if not _is_gone(one)]


def _both(pid: int) -> list[psutil.Process]:
    """Waits until there are two workers."""

    def look() -> list[psutil.Process] | None:
        crew = _workers(pid)
        return crew if len(crew) == 2 else None

    return wait_until(look, 30, "two workers")


def _is_gone(process: psutil.Process) -> bool:
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def test_workers_share_a_port_are_replaced_when_they_die_and_end_together(
    data_folder: Path,
    postgres_url: str,  # noqa: F811
    http: httpx.Client,
) -> None:
    words: Words = [
        "server",
        "--data",
        data_folder,
        "--database",
        postgres_url,
        "--workers",
        "2",
        "--metrics",
    ]
    with running(*words) as process:
        found = healthy(data_folder, "server", process)
        first = _both(process.pid)
        os.kill(first[0].pid, signal.SIGKILL)
        wait_until(lambda: {one.pid for one in _workers(process.pid)} - {one.pid for one in first}, 30)
        crew = _both(process.pid)
        for _ in range(20):
            assert http.get(f"{found.url}/ready", headers={"connection": "close"}).status_code == 200
        page = http.get(f"{found.url}/metrics").text
        counted = [line for line in page.splitlines() if line.startswith("nod_http_requests_total")]
        ready = [float(line.split()[-1]) for line in counted if 'route="/ready"' in line]
        assert ready == [20.0], "the workers' figures are not put together"
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
        assert process.returncode == 0
        assert all(_is_gone(one) for one in crew)


def test_a_killed_parent_leaves_no_worker_behind(
    data_folder: Path,
    postgres_url: str,  # noqa: F811
) -> None:
    words: Words = ["server", "--data", data_folder, "--database", postgres_url, "--workers", "2"]
    with running(*words) as process:
        crew = _both(process.pid)
        process.kill()
        wait_until(lambda: all(_is_gone(one) for one in crew), 30, "the workers to leave")


def test_more_connections_than_a_program_may_open_at_first_keep_nobody_out(
    data_folder: Path, http: httpx.Client
) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (128, hard))
    try:
        starting = running("server", "--data", data_folder)
        process = starting.__enter__()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    with ExitStack() as stack:
        stack.push(starting)
        found = healthy(data_folder, "server", process)
        port = urlsplit(found.url).port
        assert port is not None
        for _ in range(300):
            stack.enter_context(socket.create_connection(("127.0.0.1", port)))
        assert http.get(f"{found.url}/ready").status_code == 200


def test_workers_on_a_file_are_one_sentence(data_folder: Path) -> None:
    refused = nod("server", "--data", data_folder, "--workers", "2")
    assert refused.returncode == 2
    assert refused.stderr.startswith("Several workers need PostgreSQL")
    assert refused.stderr.count("\n") == 1


@pytest.fixture
def pem(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate of this machine, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    signed = (
        made.not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, private = tmp_path / "cert.pem", tmp_path / "key.pem"
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return certificate, private


def test_https_is_spoken_and_an_open_request_is_answered_before_the_end(
    data_folder: Path, pem: tuple[Path, Path]
) -> None:
    words: Words = ["server", "--data", data_folder, "--tls-cert", pem[0], "--tls-key", pem[1]]
    with running(*words) as process:
        found = healthy(data_folder, "server", process)
        assert found.url == found.issuer
        assert found.url.startswith("https://")
        address = urlsplit(found.url)
        trusting = ssl.create_default_context(cafile=str(pem[0]))
        plain = socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=20)
        with trusting.wrap_socket(plain, server_hostname="localhost") as line:
            head = "POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 7\r\n"
            line.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\na=".encode())
            process.send_signal(signal.SIGTERM)
            wait_until(lambda: _refuses(address.port or 0), what="the server to take nothing new")
            line.sendall(b"12345")
            assert line.recv(100).startswith(b"HTTP/1.1 401")
        process.communicate(timeout=30)
        assert process.returncode == 0


def _refuses(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except ConnectionError:
        return True
    return False


@pytest.mark.parametrize("role", ["server", "payment"])
def test_metrics_and_logs_count_routes_and_say_nothing_else(
    data_folder: Path, role: str, http: httpx.Client
) -> None:
    words: Words = [role, "--data", data_folder, "--metrics", "--log-json", "--log-level", "info"]
    with running(*words) as process:
        found = healthy(data_folder, role, process)
        http.get(f"{found.url}/secret-of-momo?token=mine", headers={"authorization": "Bearer mine"})
        http.get(f"{found.url}/requests/req_of_momo")
        through_a_proxy = http.get(f"{found.url}/metrics", headers={"x-forwarded-for": "192.0.2.1"})
        page = http.get(f"{found.url}/metrics").text
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)
    assert through_a_proxy.status_code == 404
    assert f'nod_http_requests_total{{method="GET",role="{role}",route="other",status="404"}}' in page
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    told = [line for line in lines if line["from"] == "nod.requests"]
    assert {"/health", "other"} <= {line["route"] for line in told}
    assert all(line.keys() == told[0].keys() for line in told)
    for text in (said, page):
        assert "momo" not in text
        assert "mine" not in text


@pytest.mark.parametrize("role", ["server", "payment"])
def test_a_new_key_is_taken_up_by_a_running_server_and_the_old_one_stays(
    data_folder: Path, role: str, http: httpx.Client
) -> None:
    with running(role, "--data", data_folder) as process:
        found = healthy(data_folder, role, process)
        before = {key["kid"] for key in http.get(f"{found.url}/jwks").json()["keys"]}
        made = nod(role, "keys", "rotate", "--data", data_folder, "--json")
        assert made.returncode == 0, made.stderr
        kid = json.loads(made.stdout)["kid"]
        wait_until(
            lambda: {key["kid"] for key in http.get(f"{found.url}/jwks").json()["keys"]} == before | {kid},
            what="the new key",
        )
