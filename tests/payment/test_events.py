"""The operator hears what happened, in order, from the rows; a stream ends when the server does."""

import logging
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import httpx
import httpx_sse
import msgspec
import pytest

from tests.payment.world import OPERATOR, World


def _events(world: World, after: int = 0) -> Iterator[dict[str, Any]]:
    with (
        httpx.Client(base_url=world.url, trust_env=False, verify=False, timeout=20) as client,
        httpx_sse.connect_sse(client, "GET", f"/events?after={after}", headers=OPERATOR) as stream,
    ):
        for event in stream.iter_sse():
            yield msgspec.json.decode(event.data) | {"id": event.id}


def test_the_stream_tells_of_a_purchase_in_order_and_goes_on(world: World) -> None:
    txn, token = world.order()
    world.pay(token)
    stream = _events(world)
    first = [next(stream) for _ in range(4)]
    assert [event["name"] for event in first] == ["quote_request", "quote", "payment_token", "receipt"]
    assert [(event["from"], event["to"]) for event in first[2:]] == [
        ("server", "payment"),
        ("payment", "server"),
    ]
    assert {event["request_id"] for event in first[2:]} == {txn}
    world.pay(world.order()[1])
    assert next(stream)["name"] == "quote_request"
    stream.close()  # type: ignore[attr-defined]


def test_a_stream_goes_on_after_the_last_number_seen(world: World) -> None:
    world.pay(world.order()[1])
    stream = _events(world)
    numbers = [int(next(stream)["id"]) for _ in range(4)]
    stream.close()  # type: ignore[attr-defined]
    rest = _events(world, after=numbers[1])
    assert [int(next(rest)["id"]) for _ in range(2)] == numbers[2:]
    rest.close()  # type: ignore[attr-defined]


def test_events_hold_no_token_and_no_item(world: World) -> None:
    _, token = world.order()
    world.pay(token)
    stream = _events(world)
    told = msgspec.json.encode([next(stream) for _ in range(4)]).decode()
    stream.close()  # type: ignore[attr-defined]
    assert token not in told
    assert "milk" not in told.lower()
    assert "eyJ" not in told


def test_an_open_stream_does_not_keep_the_server_from_ending(world: World) -> None:
    world.quote()
    opened = threading.Event()

    def listen() -> str:
        try:
            for _ in _events(world):
                opened.set()
        except httpx.TransportError as error:
            return f"torn off: {error!r}"
        return "ended in order"

    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(listen)
        assert opened.wait(10)
        world.close()
        assert heard.result(10) == "ended in order"


def test_who_leaves_a_stream_by_half_is_told_its_end_and_nothing_is_an_error(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.pay(world.order()[1])
    where = urlsplit(world.url)
    asked = f"GET /events HTTP/1.1\r\nHost: localhost\r\nAuthorization: {OPERATOR['authorization']}\r\n\r\n"
    with socket.create_connection((where.hostname, where.port), timeout=20) as line:
        line.sendall(asked.encode())
        told = b""
        while b"receipt" not in told:
            told += line.recv(4096)
        line.shutdown(socket.SHUT_WR)
        while more := line.recv(4096):
            told += more
    assert told.endswith(b"0\r\n\r\n")
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
