"""Servers start on bound sockets and end in order, whoever holds a stream open."""

import asyncio
import socket
import threading
from typing import Any

import httpx
import pytest

from core.roles.errors import PartyFailed
from core.roles.listening import bind, url_of
from core.roles.serving import Served, ServerThread
from tests.clock import FakeClock


class SmallParty:
    """A server with one endless stream at /stream and a greeting everywhere else."""

    def __init__(self, *, starts: bool = True) -> None:
        self.stopping = asyncio.Event()
        self.steps: list[str] = []
        self.closed_on: str | None = None
        self._starts = starts

    async def app(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer by ASGI 3."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        if scope["path"] == "/stream":
            await send({"type": "http.response.body", "body": b"open\n", "more_body": True})
            await self.stopping.wait()
            self.steps.append("stream ended")
        await send({"type": "http.response.body", "body": b"hello"})

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        if not self._starts:
            await send({"type": "lifespan.startup.failed", "message": "no database"})
            return
        self.steps.append("started")
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.steps.append("shut down")
        await send({"type": "lifespan.shutdown.complete"})

    def close(self) -> None:
        """Note that the database would be let go of now."""
        self.steps.append("closed")


def _serve(*parties: SmallParty) -> tuple[ServerThread, list[str], threading.Event]:
    ended = threading.Event()
    served = [Served(party, bind("127.0.0.1", None, None)) for party in parties]
    return ServerThread(served, ended.set), [url_of(one.listener) for one in served], ended


def _get(url: str) -> str:
    with httpx.Client(trust_env=False, verify=False) as client:
        return client.get(url).text


def test_two_servers_answer_on_their_own_sockets_and_end_in_order() -> None:
    first, second = SmallParty(), SmallParty()
    thread, urls, ended = _serve(first, second)
    thread.start()
    assert [_get(url) for url in urls] == ["hello", "hello"]
    thread.stop()
    assert first.steps == second.steps == ["started", "shut down", "closed"]
    assert ended.is_set()
    assert not thread.has_failed
    assert "servers" not in [one.name for one in threading.enumerate()]


def test_a_stream_that_a_stranger_holds_open_does_not_keep_a_server_alive() -> None:
    party = SmallParty()
    thread, [url], _ = _serve(party)
    thread.start()
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as stranger:
        stranger.sendall(b"GET /stream HTTP/1.1\r\nHost: stranger\r\n\r\n")
        assert b"200" in stranger.recv(100)
        thread.stop()
    assert party.steps == ["started", "stream ended", "shut down", "closed"]


def test_a_second_stop_does_nothing() -> None:
    party = SmallParty()
    thread, _, _ = _serve(party)
    thread.start()
    thread.stop()
    thread.stop()
    assert party.steps.count("closed") == 1


def test_when_one_server_does_not_start_the_other_is_stopped_and_both_are_closed() -> None:
    well, ill = SmallParty(), SmallParty(starts=False)
    thread, urls, ended = _serve(well, ill)
    with pytest.raises(PartyFailed, match="did not start"):
        thread.start()
    assert well.steps[-1] == ill.steps[-1] == "closed"
    assert ended.is_set()
    with pytest.raises(httpx.ConnectError):
        _get(urls[0])


def test_each_answer_has_the_date_of_its_second(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeClock(1_790_000_000.4)
    monkeypatch.setattr("core.roles.prompt_server.time.time", clock)
    thread, [url], _ = _serve(SmallParty())
    thread.start()
    try:
        with httpx.Client(trust_env=False, verify=False) as client:
            dates = []
            for seconds in (0.0, 0.5, 0.5):
                clock.advance(seconds)
                dates.append(client.get(url).headers["date"])
    finally:
        thread.stop()
    assert dates == ["Mon, 21 Sep 2026 14:13:20 GMT"] * 2 + ["Mon, 21 Sep 2026 14:13:21 GMT"]
