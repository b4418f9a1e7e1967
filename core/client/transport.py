"""The one place that makes HTTP clients: time-outs, sizes, repeats, and what counts as a lost server.

On plain-http loopback a client takes neither proxies nor a TLS context (there is nothing to verify, and
building one costs 50 ms); such a client refuses every https address. No exception of httpx leaves here.

The server's clock is read from the `Date` of its answers and carried on by our steady clock, so signed
times are right on a computer whose own clock is not. Behind a proxy with a clock of its own `Date` may be
the wrong one: a caller whose signed time was refused may `doubt_clock` once and try with the other.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
import httpx_sse

from core.client.addresses import Address, is_loopback
from core.client.answer import Answer
from core.client.clock import Clock
from core.client.errors import BadAnswer, ServerAway

MAX_ANSWER = 4 * 1024 * 1024
"""Bytes of the longest answer that is read."""
TIMEOUT = httpx.Timeout(10.0, connect=3.0)
"""Seconds."""
STREAM_TIMEOUT = httpx.Timeout(10.0, connect=3.0, read=40.0)
"""Seconds; a stream says `keep` every 15."""
CLOCKS_AGREE_S = 20.0
"""Clocks that are apart by less than this make no difference to any signed time."""
REPEATS_S = (0.2, 1.0)
"""Seconds before each further try of a call that is safe to repeat."""
LOST = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    httpx.CookieConflict,
    httpx_sse.SSEError,
    OSError,
)
"""Everything that the HTTP library raises."""
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL, httpx.UnsupportedProtocol)

Maker = Callable[[str], httpx.AsyncClient]


@dataclass(frozen=True)
class Call:
    """One request to be sent."""

    method: str
    """GET, POST, PATCH, DELETE."""
    path: str
    """From the server's base address, with a slash in front."""
    body: bytes | None = None
    """The body."""
    media_type: str = "application/json"
    """Of the body."""
    bearer: str = ""
    """Access token; never logged."""
    query: Mapping[str, str] = field(default_factory=dict)
    """Query parameters."""
    accept: str = "application/json"
    """What is wanted back."""
    wait_s: int = 0
    """Seconds that the server may hold its answer back until there is news (RFC 7240 section 4.3)."""

    def headers(self) -> dict[str, str]:
        """The request's headers."""
        found = {"accept": self.accept}
        if self.body is not None:
            found["content-type"] = self.media_type
        if self.wait_s:
            found["prefer"] = f"wait={self.wait_s}"
        if self.bearer:
            found["authorization"] = f"Bearer {self.bearer}"
        return found


def make_client(base_url: str) -> httpx.AsyncClient:
    """An HTTP client for one server, made by whether it is plain http on this machine."""
    parts = urlsplit(base_url)
    if parts.scheme == "http" and is_loopback(parts.hostname or ""):
        return httpx.AsyncClient(
            base_url=base_url,
            timeout=TIMEOUT,
            trust_env=False,
            verify=False,  # noqa: S501 - plain http on this machine only, see _refuse_https
            event_hooks={"request": [_refuse_https]},
        )
    return httpx.AsyncClient(base_url=base_url, timeout=TIMEOUT)


async def _refuse_https(request: httpx.Request) -> None:
    if request.url.scheme != "http":
        raise httpx.UnsupportedProtocol("This client verifies no certificate and speaks plain http only.")


class Transport:
    """Calls one server, wherever its address says that it is now."""

    def __init__(self, address: Address, clock: Clock, make: Maker = make_client) -> None:
        self.address = address
        self.clock = clock
        self._make = make
        self._client: httpx.AsyncClient | None = None
        self._base = ""
        self._making = asyncio.Lock()
        self._server_ahead: float | None = None
        self._believes_date = True

    def server_now(self) -> float:
        """Epoch seconds by the server's clock as far as known, else by ours."""
        if self._server_ahead is None or not self._believes_date:
            return self.clock.now()
        return self.clock.steady() + self._server_ahead

    def doubt_clock(self) -> bool:
        """Changes between the server's `Date` and our own clock; False where they agree anyway."""
        before = self.server_now()
        self._believes_date = not self._believes_date
        return abs(self.server_now() - before) > CLOCKS_AGREE_S

    async def send(self, call: Call | Callable[[], Call], *, safe: bool) -> Answer:
        """Sends a request and reads the whole answer.

        Args:
            call: the request, or what makes it anew for each try (an assertion is good once).
            safe: whether docs/wire.md lets it be repeated when no answer came.

        Raises:
            ServerAway: if no answer came, after the repeats.
            BadAnswer: if the answer is too large.
        """
        for pause_s in REPEATS_S if safe else ():
            try:
                return await self._send(call if isinstance(call, Call) else call())
            except ServerAway as away:
                if not away.sent:
                    raise
                await self.clock.sleep(pause_s)
        return await self._send(call if isinstance(call, Call) else call())

    async def _send(self, call: Call) -> Answer:
        client = await self._ready()
        began = self.clock.steady()
        try:
            async with client.stream(
                call.method, call.path, params=call.query, content=call.body, headers=call.headers()
            ) as response:
                body = await _read(response)
        except LOST as error:
            raise _away(error) from error
        self._learn_time(response)
        return Answer(response.status_code, body, dict(response.headers), self.clock.steady() - began)

    @asynccontextmanager
    async def events(self, call: Call) -> AsyncIterator["Stream"]:
        """Opens a stream of server-sent events.

        Raises:
            ServerAway: if it cannot be opened, or breaks off while it is read.
        """
        client = await self._ready()
        began = self.clock.steady()
        try:
            async with httpx_sse.aconnect_sse(
                client,
                call.method,
                call.path,
                params=call.query,
                headers=call.headers(),
                timeout=STREAM_TIMEOUT,
            ) as source:
                self._learn_time(source.response)
                status, took_s = source.response.status_code, self.clock.steady() - began
                if status != 200:
                    yield Stream(
                        Answer(status, await _read(source.response), dict(source.response.headers)), None
                    )
                else:
                    yield Stream(Answer(status, took_s=took_s), source)
        except LOST as error:
            raise _away(error) from error

    async def _ready(self) -> httpx.AsyncClient:
        """The client of the address of now; of two calls at once that need one, one makes it."""
        async with self._making:  # a second one would be in nobody's hands, and never closed
            base = self.address.find().url
            if self._client is None or base != self._base:
                await self.close()
                self._client = await asyncio.to_thread(self._make, base)
                self._base = base
            return self._client

    def _learn_time(self, response: httpx.Response) -> None:
        try:
            said = parsedate_to_datetime(response.headers["date"]).timestamp()
        except (KeyError, ValueError, TypeError):
            return
        self._server_ahead = said - self.clock.steady()

    async def close(self) -> None:
        """Closes its connections; a later call opens new ones."""
        if self._client is not None:
            client, self._client = self._client, None
            await client.aclose()


@dataclass(frozen=True)
class Stream:
    """An opened stream, or the answer that refused it."""

    answer: Answer
    """Status 200 with an empty body when it is open."""
    source: httpx_sse.EventSource | None
    """The events; None when refused."""

    async def events(self) -> AsyncIterator[tuple[str, str]]:
        """Name and data of each event, until the server ends it."""
        if self.source is not None:
            async for event in self.source.aiter_sse():
                yield event.event, event.data


async def _read(response: httpx.Response) -> bytes:
    parts, size = [], 0
    async for part in response.aiter_bytes():
        size += len(part)
        if size > MAX_ANSWER:
            raise BadAnswer("The server's answer is too large.")
        parts.append(part)
    return b"".join(parts)


def _away(error: Exception) -> ServerAway:
    if isinstance(error, httpx.TimeoutException):
        return ServerAway("The server did not answer in time.", sent=not isinstance(error, NOT_SENT))
    if isinstance(error, NOT_SENT):
        return ServerAway("The server cannot be reached.", sent=False)
    return ServerAway("The server broke off.")
