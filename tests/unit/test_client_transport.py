"""What callers of a server rely on: no foreign exception, no doubled effect, no call to a dead address."""

import asyncio
import fcntl
import inspect
import json
import ssl
from collections.abc import Callable
from pathlib import Path

import httpx
import httpx_sse
import pytest

from core.client import transport as transport_module
from core.client.addresses import (
    FixedAddress,
    FolderAddress,
    check_url,
    is_loopback,
    payment_address,
    server_address,
)
from core.client.answer import Answer, Refusal
from core.client.clock import Clock
from core.client.errors import AddressRefused, BadAnswer, ClientError, ServerAway
from core.client.transport import MAX_ANSWER, Call, Transport, make_client
from core.domain.request import State
from tests.clock import FakeClock

URL = "http://127.0.0.1:20001"
GET = Call("GET", "/health")


async def at_once(_: float) -> None:
    """A wait that is over at once."""


def transport_to(handle: Callable[[httpx.Request], httpx.Response]) -> Transport:
    def make(base: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=base, transport=httpx.MockTransport(handle))

    return Transport(FixedAddress(URL), Clock(FakeClock(), FakeClock(5.0), at_once), make)


def http_exceptions() -> list[type[Exception]]:
    """Every exception class that the HTTP libraries have, and what lies beneath them."""
    found = [
        one
        for module in (httpx, httpx_sse)
        for _, one in inspect.getmembers(module, inspect.isclass)
        if issubclass(one, Exception)
    ]
    return [*found, ConnectionResetError, ssl.SSLError, TimeoutError]


def raising(kind: type[Exception]) -> Exception:
    if issubclass(kind, httpx.HTTPStatusError):
        request = httpx.Request("GET", URL)
        return kind("x", request=request, response=httpx.Response(500, request=request))
    return kind("x") if kind.__init__ is not httpx.StreamConsumed.__init__ else kind()


@pytest.mark.parametrize("kind", http_exceptions(), ids=lambda kind: str(kind.__name__))
def test_no_exception_of_the_http_library_crosses_the_layer(kind: type[Exception]) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        try:
            error = raising(kind)
        except TypeError:
            error = kind()
        raise error

    with pytest.raises(ServerAway):
        asyncio.run(transport_to(handle).send(GET, safe=False))


@pytest.mark.parametrize(("safe", "calls"), [(True, 3), (False, 1)])
def test_only_what_is_safe_is_sent_again(safe: bool, calls: int) -> None:
    seen = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        raise httpx.ReadTimeout("lost")

    with pytest.raises(ServerAway) as away:
        asyncio.run(transport_to(handle).send(GET, safe=safe))
    assert len(seen) == calls
    assert away.value.sent


def test_what_never_left_is_known_not_to_have_arrived() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(ServerAway) as away:
        asyncio.run(transport_to(handle).send(GET, safe=True))
    assert not away.value.sent


def test_each_try_is_made_anew() -> None:
    made: list[Call] = []

    def make() -> Call:
        made.append(Call("GET", f"/{len(made)}"))
        return made[-1]

    def handle(request: httpx.Request) -> httpx.Response:
        if len(made) < 3:
            raise httpx.ReadError("lost")
        return httpx.Response(200, text=request.url.path)

    answer = asyncio.run(transport_to(handle).send(make, safe=True))
    assert answer.body == b"/2"


def test_an_answer_without_end_is_refused() -> None:
    big = b"x" * (MAX_ANSWER + 1)
    with pytest.raises(BadAnswer):
        asyncio.run(transport_to(lambda _: httpx.Response(200, content=big)).send(GET, safe=False))


def test_a_redirect_is_not_followed() -> None:
    away = httpx.Response(302, headers={"location": "http://elsewhere.example/"})
    answer = asyncio.run(transport_to(lambda _: away).send(GET, safe=False))
    assert answer.status == 302


def test_a_client_that_verifies_nothing_refuses_https(monkeypatch: pytest.MonkeyPatch) -> None:
    async def call() -> None:
        async with make_client(URL) as client:
            await client.get("https://127.0.0.1:20001/")

    with pytest.raises(httpx.UnsupportedProtocol):
        asyncio.run(call())


def test_a_proxy_of_the_environment_is_not_asked_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    assert make_client(URL)._mounts == {}


def test_the_one_place_that_makes_http_clients() -> None:
    folder = Path(transport_module.__file__).parents[1]
    makers = [
        path.name
        for part in ("client", "terminal")
        for path in (folder / part).glob("*.py")
        if "AsyncClient(" in path.read_text(encoding="utf-8")
    ]
    assert makers == ["transport.py"]


@pytest.mark.parametrize(
    "url",
    ["", "ftp://127.0.0.1", "http://", "127.0.0.1:8080", "http://example.org", "http://10.0.0.1:80",
     "http://user:pw@127.0.0.1", "http://127.0.0.1:99999", "http://127.0.0.1/?a=b",
     "http://127.0.0.1.evil.example"],
)  # fmt: skip
def test_an_address_that_is_not_called(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_url(url)


def test_addresses_that_are_called() -> None:
    assert check_url("http://127.0.0.1:8080/") == "http://127.0.0.1:8080"
    assert check_url("https://nod.example/base/") == "https://nod.example/base"
    assert is_loopback("::1")
    assert not is_loopback("localhost.example")


def running(folder: Path, url: str = URL, secret: str = "s") -> Path:
    (folder / "run").mkdir()
    path = folder / "run" / "server.json"
    said = {"role": "server", "url": url, "issuer": url, "initial_access_token": secret, "pid": 1}
    path.write_text(json.dumps(said), encoding="utf-8")
    return path


def test_a_file_that_nobody_locks_is_a_server_that_is_down_and_nothing_is_sent(tmp_path: Path) -> None:
    running(tmp_path)

    def handle(request: httpx.Request) -> httpx.Response:
        raise AssertionError("something was sent")

    there = transport_to(handle)
    there.address = FolderAddress(tmp_path, "server")
    with pytest.raises(ServerAway) as away:
        asyncio.run(there.send(GET, safe=True))
    assert not away.value.sent


def test_a_locked_file_is_where_the_server_is(tmp_path: Path) -> None:
    with running(tmp_path).open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        found = server_address(None, tmp_path).find()
    assert (found.url, found.secret) == (URL, "s")


def test_a_half_written_file_is_a_server_that_starts(tmp_path: Path) -> None:
    path = running(tmp_path)
    path.write_text('{"role": "ser', encoding="utf-8")
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(ServerAway, match="starting"):
            FolderAddress(tmp_path, "server").find()


def test_looking_takes_no_lock_that_a_server_would_miss(tmp_path: Path) -> None:
    path = running(tmp_path)
    with pytest.raises(ServerAway):
        FolderAddress(tmp_path, "server").find()
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_payment_server_elsewhere_needs_no_file(tmp_path: Path) -> None:
    assert payment_address("https://shop.example/", tmp_path) == FixedAddress("https://shop.example")


def test_a_refusal_is_read_from_both_kinds_of_errors() -> None:
    problem = Answer(409, b'{"code": "already_decided", "detail": "d", "state": "denied", "revision": 4}')
    assert problem.read(dict) == Refusal(409, "already_decided", "d", None, State.DENIED, None, 4)
    oauth = Answer(400, b'{"error": "access_denied", "error_description": "withdrawn"}')
    assert oauth.done() == Refusal(400, "access_denied", "withdrawn")
    assert Answer(502, b"<html>").refusal().code == "http_502"
    assert Answer(429, b"{}", {"retry-after": "30"}).refusal().retry_after_s == 30
    assert Answer(200, b"{}").done() is None


def test_a_good_answer_of_another_shape_is_no_answer() -> None:
    with pytest.raises(BadAnswer):
        Answer(200, b"[]").json()


def test_every_error_of_the_layer_has_a_code_of_its_own() -> None:
    kinds: list[type[ClientError]] = [ClientError, *ClientError.__subclasses__()]
    assert len({kind.code for kind in kinds}) == len(kinds)


def test_calls_at_once_share_one_client_so_that_none_is_left_open() -> None:
    made: list[httpx.AsyncClient] = []

    def make(base: str) -> httpx.AsyncClient:
        made.append(
            httpx.AsyncClient(base_url=base, transport=httpx.MockTransport(lambda _: httpx.Response(200)))
        )
        return made[-1]

    async def scene() -> None:
        transport = Transport(FixedAddress(URL), Clock(FakeClock(), FakeClock(5.0), at_once), make)
        for count in (1, 2):  # at the start, and after all connections were closed
            await asyncio.gather(*(transport.send(GET, safe=False) for _ in range(4)))
            await transport.close()
            assert [one.is_closed for one in made] == [True] * count

    asyncio.run(scene())
