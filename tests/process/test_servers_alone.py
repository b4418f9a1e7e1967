"""Each server as its own process: found by its file, alone in its role, gone cleanly, back at its port."""

import signal
import stat
import subprocess
from pathlib import Path

import pytest

from core.roles.listening import bind
from tests.process.nod import healthy, nod, running

ROLES = ("server", "payment")
CLEAN = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@pytest.fixture(params=ROLES)
def role(request: pytest.FixtureRequest) -> str:
    """Each server in turn."""
    return str(request.param)


def _end(process: subprocess.Popen[str], number: signal.Signals) -> tuple[int, str]:
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    return process.returncode, said


@pytest.mark.parametrize("number", CLEAN, ids=lambda one: one.name)
def test_a_server_says_where_it_listens_and_leaves_cleanly(
    data_folder: Path, role: str, number: signal.Signals
) -> None:
    with running(role, "--data", data_folder) as process:
        found = healthy(data_folder, role, process)
        status, said = _end(process, number)
    assert status == 0
    assert said.splitlines() == [line for line in said.splitlines() if found.url in line]
    assert not list(data_folder.glob("*.db-wal")), "the database was not closed"


def test_everything_in_the_data_folder_is_private(data_folder: Path, role: str) -> None:
    with running(role, "--data", data_folder) as process:
        healthy(data_folder, role, process)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data_folder.rglob("*")}
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}


def test_a_second_instance_names_the_first_and_ends_with_1(data_folder: Path, role: str) -> None:
    with running(role, "--data", data_folder) as process:
        found = healthy(data_folder, role, process)
        second = nod(role, "--data", data_folder)
        assert second.returncode == 1
        assert second.stderr.count("\n") == 1
        assert f"process {process.pid}, {found.url}" in second.stderr
        assert healthy(data_folder, role, process) == found


def test_a_killed_server_comes_back_at_once_at_the_same_port_with_a_new_secret(
    data_folder: Path, role: str
) -> None:
    with running(role, "--data", data_folder) as process:
        before = healthy(data_folder, role, process)
        _end(process, signal.SIGKILL)
    with running(role, "--data", data_folder) as process:
        after = healthy(data_folder, role, process)
    assert after.url == before.url
    assert after.initial_access_token != before.initial_access_token


def test_a_taken_port_is_one_sentence_and_leaves_the_role_free(data_folder: Path, role: str) -> None:
    with bind("127.0.0.1", None, None) as taken:
        port = taken.getsockname()[1]
        refused = nod(role, "--data", data_folder, "--port", str(port))
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert f"127.0.0.1:{port} is taken by another program" in refused.stderr
    with running(role, "--data", data_folder) as process:
        assert not healthy(data_folder, role, process).url.endswith(f":{port}")


def test_a_folder_that_cannot_be_written_is_one_sentence(role: str) -> None:
    refused = nod(role, "--data", "/proc/self/fd")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "cannot be written" in refused.stderr


def test_a_file_that_is_no_database_is_one_sentence(data_folder: Path, role: str) -> None:
    (data_folder / f"{role}.db").write_text("this is a letter to Momo, not a database\n" * 50)
    refused = nod(role, "--data", data_folder)
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("port", ["0", "65536", "high"])
def test_a_port_that_cannot_be_is_a_wrong_command_line(data_folder: Path, role: str, port: str) -> None:
    assert nod(role, "--data", data_folder, "--port", port).returncode == 2
