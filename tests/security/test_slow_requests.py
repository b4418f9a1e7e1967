"""Whoever sends a byte now and then holds nothing: heads and bodies have their time, streams live on."""

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from core.roles import one_write
from core.wire import http_guard
from tests.clock import FakeClock
from tests.server.orders.streams import Listener
from tests.server.orders.world import World
from tests.waiting import wait_until

FORM = "Content-Type: application/x-www-form-urlencoded"
JSON = "Content-Type: application/json"


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(one_write, "HEAD_TIME_S", 0.4)
    monkeypatch.setattr(http_guard, "BODY_TIME_S", 0.4)
    with World(tmp_path, FakeClock()) as made:
        yield made


def _call(url: str, sent: str) -> socket.socket:
    address = urlsplit(url)
    line = socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=20)
    line.sendall(sent.encode())
    return line


def _read_to_the_end(line: socket.socket) -> bytes:
    read = b""
    with line:
        while part := line.recv(4096):
            read += part
    return read


@pytest.mark.parametrize("party", ["url", "payment_url"])
@pytest.mark.parametrize("sent", ["", "G", "GET /jwks HTTP/1.1\r\nHost: localhost\r\nX-Slow: "])
def test_a_head_that_never_ends_is_hung_up_on(world: World, party: str, sent: str) -> None:
    assert _read_to_the_end(_call(getattr(world, party), sent)).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize("party", ["url", "payment_url"])
@pytest.mark.parametrize("begin", ["GET /", "GET /jwks HTTP/1.1\r\nHost: localhost\r\nX-Long: "])
def test_a_head_without_end_is_not_kept(world: World, party: str, begin: str) -> None:
    sent = begin + "x" * one_write.HEAD_LIMIT
    assert _read_to_the_end(_call(getattr(world, party), sent)).startswith(b"HTTP/1.1 431")


def test_a_second_head_on_the_same_connection_has_no_more_time(world: World) -> None:
    whole = "GET /jwks HTTP/1.1\r\nHost: localhost\r\n\r\n"
    read = _read_to_the_end(_call(world.url, whole + "GET /jwks HTTP/1.1\r\nHo"))
    assert read.startswith(b"HTTP/1.1 200")
    assert b"HTTP/1.1 408" in read


@pytest.mark.parametrize(
    ("party", "path", "kind"),
    [("url", "/token", FORM), ("url", "/profiles", JSON), ("payment_url", "/quotes", JSON)],
)
def test_a_body_that_never_ends_is_a_408(world: World, party: str, path: str, kind: str) -> None:
    sent = f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{kind}\r\nContent-Length: 20\r\n\r\n{{"
    assert _read_to_the_end(_call(getattr(world, party), sent)).startswith(b"HTTP/1.1 408")


def test_a_second_body_on_the_same_connection_has_no_more_time(world: World) -> None:
    head = f"POST /token HTTP/1.1\r\nHost: localhost\r\n{FORM}\r\nContent-Length: "
    line = _call(world.url, f"{head}3\r\n\r\na=b")
    assert line.recv(4096).startswith(b"HTTP/1.1 401")
    line.sendall(f"{head}20\r\n\r\na".encode())
    assert _read_to_the_end(line).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize("party", ["url", "payment_url"])
def test_a_body_that_is_promised_too_long_is_not_waited_for(world: World, party: str) -> None:
    path, kind = ("/token", FORM) if party == "url" else ("/quotes", JSON)
    sent = f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{kind}\r\nContent-Length: 10000000000\r\n\r\n"
    assert _read_to_the_end(_call(getattr(world, party), sent)).startswith(b"HTTP/1.1 413")


def test_an_inbox_lives_longer_than_a_head_may_take(world: World) -> None:
    momo, speaker = world.paired()
    inbox = Listener(f"{world.url}/inbox?revision=0", momo.log_in())
    inbox.wait("snapshot")
    assert _read_to_the_end(_call(world.url, "")).startswith(b"HTTP/1.1 408")
    told = speaker.order()
    inbox.wait("change", id=told["auth_req_id"], state="pending")
    assert not inbox.has_ended
    world.stop()
    wait_until(lambda: inbox.has_ended)
