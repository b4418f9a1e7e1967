"""A client that closes its own side behind its request gets the answer, and the connection ends behind it."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.server.store.requests import INBOX
from tests.clock import FakeClock
from tests.roles.test_whole_posts import HEAD, line_to, read_from, whole_post
from tests.server.orders.world import World
from tests.waiting import wait_until

GET = "GET /jwks HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = whole_post("/token", HEAD, "a=1&a=2")
QUERIED = whole_post("/token?a=1", HEAD, "a=1&a=2")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path, FakeClock()) as made:
        yield made


def _half_closed(world: World, *sent: str) -> socket.socket:
    line = line_to(world)
    line.sendall("".join(sent).encode("latin-1"))
    line.shutdown(socket.SHUT_WR)
    return line


@pytest.mark.parametrize(("sent", "status"), [(GET, 200), (POST, 400), (QUERIED, 400)])
def test_the_answer_comes_and_then_the_end(world: World, sent: str, status: int) -> None:
    with _half_closed(world, sent) as line:
        assert read_from(line)[0] == status
        assert line.recv(1) == b""


@pytest.mark.parametrize("path", ["/device_authorization", "/device_authorization?a=1"])
def test_an_answer_that_waits_for_a_commit_comes_too(world: World, path: str) -> None:
    head = f"{HEAD}Authorization: {world.device().basic}\r\n"
    with _half_closed(world, whole_post(path, head, "scope=device")) as line:
        assert read_from(line)[0] == 200
        assert line.recv(1) == b""


def test_requests_sent_at_once_are_all_answered(world: World) -> None:
    with _half_closed(world, GET, POST, GET, QUERIED) as line:
        assert [read_from(line)[0] for _ in range(4)] == [200, 400, 200, 400]
        assert line.recv(1) == b""


@pytest.mark.parametrize("sent", ["", GET[:20], POST[:-3], QUERIED[:-3]])
def test_half_a_request_gets_no_answer(world: World, sent: str) -> None:
    with _half_closed(world, sent) as line:
        assert line.recv(1) == b""


def test_an_answered_connection_ends_at_once(world: World) -> None:
    with line_to(world) as line:
        line.sendall(GET.encode())
        assert read_from(line)[0] == 200
        line.shutdown(socket.SHUT_WR)
        assert line.recv(1) == b""


def test_a_stream_is_left(world: World) -> None:
    token = world.person().log_in()
    head = f"GET /inbox HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n"
    with line_to(world) as line:
        line.sendall(head.encode())
        told = b""
        while b"event: snapshot" not in told:
            told += line.recv(4096)
        line.shutdown(socket.SHUT_WR)
        while more := line.recv(4096):
            told += more
    assert told.endswith(b"0\r\n\r\n")
    hub = world.server.services.hub
    wait_until(lambda: not hub.is_heard(INBOX, "momo"), what="an inbox that is left")


def test_a_held_poll_is_answered_at_once_and_redeems_nothing(world: World) -> None:
    momo, speaker = world.paired()
    asked = speaker.order(quote="")
    form = f"grant_type=urn:openid:params:grant-type:ciba&auth_req_id={asked['auth_req_id']}"
    head = f"{HEAD}Authorization: {speaker.basic}\r\nPrefer: wait=30\r\n"
    with _half_closed(world, whole_post("/token", head, form)) as line:
        status, _, body = read_from(line)
        assert (status, b"authorization_pending" in body) == (400, True)
    momo.decide(asked["auth_req_id"], code=asked["match_code"])
    assert speaker.poll(asked["auth_req_id"]).status_code == 200
