"""Hostile requests get a clear 4xx as problem JSON and change nothing; the server goes on."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.payment.world import OPERATOR, World, problem_of


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One server for the whole module: whatever one test sends, the next must find it well."""
    with World(tmp_path_factory.mktemp("payment")) as made:
        yield made


POSTS = ("/quotes", "/payments", "/payments/req_x/void", "/payments/req_x/refunds")
BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "null": b"null",
    "a number": b"1e999",
    "text of another encoding": "{'\xe4'}".encode("latin-1"),
    "a lone surrogate": b'{"payment_token": "\\ud800", "refund_id": "\\ud800", "items": []}',
    "deep nesting": b"[" * 30_000,
    "wrong types": b'{"payment_token": 1, "items": 1, "refund_id": 1}',
    "unknown members": b'{"payment_token": "a", "items": [], "refund_id": "a", "extra": 1}',
    "a float for money": b'{"refund_id": "a", "value": 1.5, "payment_token": 1.5, "items": 1.5}',
    "true for a number": b'{"refund_id": "a", "value": true, "payment_token": true, "items": true}',
}


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("what", BODIES)
def test_a_malformed_body_is_refused(world: World, path: str, what: str) -> None:
    headers = {"content-type": "application/json"} | OPERATOR
    answer = world.http.post(path, content=BODIES[what], headers=headers)
    assert problem_of(answer) == (400, "malformed")


@pytest.mark.parametrize("path", POSTS)
def test_a_huge_body_is_refused(world: World, path: str) -> None:
    headers = {"content-type": "application/json"}
    answer = world.http.post(path, content=b" " * 65_537, headers=headers)
    assert problem_of(answer) == (413, "too_large")


def test_a_huge_body_of_unknown_length_is_refused(world: World) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(70):
            yield b" " * 1000

    try:
        answer = world.http.post("/quotes", content=parts(), headers={"content-type": "application/json"})
    except httpx.TransportError:
        return  # the server hung up while we were still sending, which is a refusal too
    assert problem_of(answer) == (413, "too_large")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
def test_another_media_type_is_refused(world: World, kind: str) -> None:
    answer = world.http.post("/quotes", content=b'{"items": []}', headers={"content-type": kind})
    assert problem_of(answer) == (415, "wrong_media_type")


def test_a_foreign_host_is_refused(world: World) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "127.0.0.1@evil", ""):
        answer = world.http.get("/health", headers={"host": host})
        assert problem_of(answer) == (421, "misdirected")
    assert world.http.get("/health", headers={"host": "localhost"}).status_code == 200


@pytest.mark.parametrize("origin", ["null", "https://evil.example", "OURS"])
def test_a_web_page_is_refused(world: World, origin: str) -> None:
    headers = {"origin": world.url if origin == "OURS" else origin}
    for method, path in (("GET", "/catalogue"), ("POST", "/quotes"), ("OPTIONS", "/payments")):
        answer = world.http.request(method, path, headers=headers, json={})
        assert problem_of(answer) == (403, "origin_refused")


@pytest.mark.parametrize("path", [*POSTS, "/catalogue", "/health", "/jwks", "/accounts", "/events"])
def test_another_method_is_refused(world: World, path: str) -> None:
    for method in ("DELETE", "PUT", "PATCH"):
        answer = world.http.request(method, path)
        assert problem_of(answer) == (405, "method_not_allowed")
        assert answer.headers["allow"]


def test_an_unknown_address_is_refused(world: World) -> None:
    for path in ("/", "/quotes/", "/payments/a/b/c", "/%00", "/..%2f..%2fetc", "/" + "a" * 5000):
        assert problem_of(world.http.get(path)) == (404, "not_found")


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "", "9" * 17, "٣", "1'"])
def test_a_stream_from_a_place_that_is_no_number_is_refused(world: World, after: str) -> None:
    answer = world.http.get("/events", params={"after": after}, headers=OPERATOR)
    assert problem_of(answer) == (400, "malformed")


def test_a_stranger_who_speaks_no_http_is_sent_away(world: World) -> None:
    address = urlsplit(world.url)
    with socket.create_connection((str(address.hostname), int(address.port or 0))) as line:
        line.sendall(b"\x16\x03\x01\x02\x00 hello\r\n\r\n")
        assert line.recv(1000).startswith(b"HTTP/1.1 400")
    assert world.http.get("/health").json() == {"status": "ok"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(POSTS),
    body=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["items", "id", "quantity", "locale", "payment_token", "refund_id", "value"])
                | st.text(max_size=5),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    ),
)
def test_no_json_brings_the_server_down_or_moves_money(world: World, path: str, body: object) -> None:
    answer = world.http.post(path, json=body, headers=OPERATOR)
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert world.balances() == {}
