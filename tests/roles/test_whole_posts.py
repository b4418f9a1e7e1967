"""A hot POST is answered in one call, and nobody can tell: the same answers as through ASGI."""

import base64
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.clock import FakeClock
from tests.server.orders.world import World

FORM = "application/x-www-form-urlencoded"
BASIC = "Authorization: Basic " + base64.b64encode(b"nobody:nothing").decode()
HEAD = f"Host: localhost\r\nContent-Type: {FORM}\r\n"
Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("whole-posts")
    with World(folder, FakeClock()) as made:
        yield made


def line_to(world: World) -> socket.socket:
    address = urlsplit(world.url)
    return socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=20)


def read_from(line: socket.socket) -> Answer:
    """One answer with a named length."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += line.recv(1)
    first, *lines = read.decode("latin-1").strip().split("\r\n")
    headers = {name.lower(): value for name, _, value in (one.partition(": ") for one in lines)}
    body = b""
    while len(body) < int(headers["content-length"]):
        body += line.recv(int(headers["content-length"]) - len(body))
    headers.pop("date", None)
    return int(first.split()[1]), headers, body


def whole_post(path: str, head: str, body: str) -> str:
    return f"POST {path} HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n{body}"


def _chunked(path: str, head: str, body: str) -> str:
    pieces = f"{len(body):x}\r\n{body}\r\n0\r\n\r\n"
    return f"POST {path} HTTP/1.1\r\n{head}Transfer-Encoding: chunked\r\n\r\n{pieces}"


def _ask(world: World, *sent: str) -> list[Answer]:
    with line_to(world) as line:
        line.sendall("".join(sent).encode("latin-1"))
        return [read_from(line) for _ in sent]


@pytest.mark.parametrize("path", ["/bc-authorize", "/token", "/revoke", "/introspect"])
@pytest.mark.parametrize(
    ("head", "body"),
    [
        (HEAD, "grant_type=x"),
        (HEAD + BASIC + "\r\n", "grant_type=x&auth_req_id=y"),
        (HEAD, "a=1&a=2"),
        (HEAD, "a=%ff"),
        (HEAD + "Origin: http://elsewhere.example\r\n", "a=1"),
        ("Host: elsewhere.example\r\n", "a=1"),
        ("Host: localhost\r\nContent-Type: application/json\r\n", "{}"),
        ("Host: localhost\r\nHost: localhost\r\n", "a=1"),
        (HEAD + f"Content-Type: {FORM}\r\n", "a=1"),
    ],
)
def test_the_answer_is_the_same_as_through_asgi(world: World, path: str, head: str, body: str) -> None:
    (whole,) = _ask(world, whole_post(path, head, body))
    (asgi,) = _ask(world, _chunked(path, head, body))
    assert whole == asgi
    assert whole[0] in {400, 401, 403, 415, 421}


def test_another_method_or_a_query_is_answered_as_ever(world: World) -> None:
    get, queried = _ask(
        world,
        "GET /token HTTP/1.1\r\nHost: localhost\r\n\r\n",
        whole_post("/token?a=1", HEAD, "grant_type=x"),
    )
    assert (get[0], get[1]["allow"]) == (405, "POST")
    assert queried[0] == 401


def test_requests_sent_at_once_are_answered_in_their_order(world: World) -> None:
    answers = _ask(
        world,
        whole_post("/token", HEAD, "a=1&a=2"),
        "GET /jwks HTTP/1.1\r\nHost: localhost\r\n\r\n",
        whole_post("/token", HEAD, "grant_type=x"),
        whole_post("/token", HEAD, "a=1&a=2"),
    )
    assert [status for status, _, _ in answers] == [400, 200, 401, 400]


def test_a_body_in_pieces_is_one_body(world: World) -> None:
    sent = whole_post("/token", HEAD, "a=1&a=2")
    with line_to(world) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in (sent[:-5], sent[-5:-2], sent[-2:]):
            line.sendall(piece.encode())
        assert read_from(line)[0] == 400


@pytest.mark.parametrize(
    "sent",
    [
        whole_post("/token", HEAD + "Connection: close\r\n", "a=1&a=2"),
        whole_post("/token", HEAD, "a=1&a=2").replace("HTTP/1.1", "HTTP/1.0"),
        whole_post("/token", HEAD + "Origin: http://elsewhere.example\r\n", "a=1"),
    ],
)
def test_a_connection_that_shall_end_is_closed_behind_the_answer(world: World, sent: str) -> None:
    with line_to(world) as line:
        line.sendall(sent.encode())
        status, headers, _ = read_from(line)
        assert (status, headers["connection"]) in {(400, "close"), (403, "close")}
        assert line.recv(1) == b""


def test_a_client_that_waits_for_a_word_before_its_body_gets_it(world: World) -> None:
    head = HEAD + "Expect: 100-continue\r\nContent-Length: 7\r\n\r\n"
    with line_to(world) as line:
        line.sendall(f"POST /token HTTP/1.1\r\n{head}".encode())
        assert re.match(rb"HTTP/1.1 100 ", line.recv(25))
        line.sendall(b"a=1&a=2")
        assert read_from(line)[0] == 400


@pytest.mark.parametrize("length", ["65537", "1_0", "-1", "+7"])
def test_a_length_that_is_no_small_number_is_refused(world: World, length: str) -> None:
    (answer,) = _ask(world, f"POST /token HTTP/1.1\r\n{HEAD}Content-Length: {length}\r\n\r\na=1&a=2")
    assert answer[0] in {400, 413}
