"""Answers the hot POSTs straight from the protocol: a whole request in, one write out.

ASGI is a conversation: a scope, messages to ask for, messages to send. For a short form and a short answer
that conversation costs more than the work, so an application may name paths whose POSTs it answers in one
call (`WholePosts`). They are taken this way when their length is named and small and nothing else is under
way on the connection; every other request, and these under any other circumstance, goes through ASGI and
gets the same answer.
"""

import asyncio
import logging
from collections.abc import Awaitable, Mapping
from functools import lru_cache
from typing import Any, ClassVar, Protocol, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from core.roles import one_write
from core.roles.half_close import HalfCloseProtocol
from core.wire.http_guard import BODY_LIMIT, Headers, Message, Receive, Reply

_log = logging.getLogger(__name__)
_CLOSE = (b"connection", b"close")
_NONE: Mapping[bytes, str] = {}
_FAILED = Reply(500, ((b"content-type", b"text/plain; charset=utf-8"),), b"Internal Server Error")


class WholePosts(Protocol):
    """An ASGI application that answers some POSTs in one call as well."""

    @property
    def post_paths(self) -> Mapping[bytes, str]:
        """Their paths, without a query, by what a request line says."""

    def post(self, path: str, headers: Headers, body: bytes, receive: Receive) -> Awaitable[Reply]:
        """Answers one; `receive` only says when the client leaves."""

    def late(self, path: str) -> Reply:
        """The answer to a body that did not arrive in time."""


class Departure:
    """Whether the client of one request has left."""

    __slots__ = ("_told", "has_left")

    def __init__(self) -> None:
        self.has_left = False
        self._told: asyncio.Future[None] | None = None

    def set(self) -> None:
        """It has."""
        self.has_left = True
        if self._told is not None and not self._told.done():
            self._told.set_result(None)

    async def receive(self) -> Message:
        """Returns ASGI's word for it, once it has."""
        if not self.has_left:
            self._told = asyncio.get_running_loop().create_future()
            await self._told
        return {"type": "http.disconnect"}


class WholePost:
    """One request under way; has the parts of uvicorn's own cycle that its protocol looks at."""

    __slots__ = (
        "body",
        "disconnected",
        "headers",
        "keep_alive",
        "message_event",
        "path",
        "response_complete",
    )

    more_body = False
    """It is answered when all of it is there."""

    def __init__(self, path: str, headers: Headers, keep_alive: bool) -> None:
        self.path, self.headers, self.keep_alive = path, headers, keep_alive
        self.body = b""
        self.response_complete = False
        self.disconnected = False
        self.message_event = Departure()


class WholePostsProtocol(HalfCloseProtocol):
    """What `uvicorn.Config(http=…)` is given."""

    _post: WholePost | None = None
    _joined_of: ClassVar[list[tuple[bytes, bytes]] | None] = None
    _joined: ClassVar[bytes] = b""

    def on_message_begin(self) -> None:
        """A head begins; what ASGI needs of it is made when it turns out to be for ASGI."""
        self._is_in_head, self._head_size = True, 0
        self.url = b""
        self.expect_100_continue = False
        self.headers = []

    def on_headers_complete(self) -> None:
        """Takes the request this way or ASGI's; a body that is still to come has its time."""
        paths: Mapping[bytes, str] = getattr(self.app, "post_paths", _NONE)
        path = paths.get(self.url)
        if path is None or not self._is_straight():
            self._hand_to_asgi()
            return
        self._is_in_head = False
        keep_alive = self.parser.get_http_version() != "1.0" and self.parser.should_keep_alive()
        self._post = WholePost(path, self.headers, keep_alive)
        self.cycle = cast(Any, self._post)

    def data_received(self, data: bytes) -> None:
        """Reads on; a body that is not complete then has its time from its head on."""
        super().data_received(data)
        if self._post is not None and self._patience is None and not self.transport.is_closing():
            self._patience = self.loop.call_later(one_write.HEAD_TIME_S, self._give_up)

    def eof_received(self) -> bool:  # type: ignore[override]
        """Keeps the connection for an answer, unless the client leaves in the middle of a body."""
        return self._post is None and super().eof_received()

    def on_body(self, body: bytes) -> None:
        """A part of the body, whose length is named and small."""
        if self._post is None:
            super().on_body(body)
        else:
            self._post.body = self._post.body + body if self._post.body else body

    def on_message_complete(self) -> None:
        """The request is whole: it is answered."""
        post, self._post = self._post, None
        if post is None:
            super().on_message_complete()
            return
        self._stop_waiting()
        task = self.loop.create_task(self._respond(post))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def _is_straight(self) -> bool:
        """Whether it is a POST with a named, small length, alone on the connection, and asks for no word
        before its body."""
        if self.parser.get_method() != b"POST" or self.expect_100_continue or self.parser.should_upgrade():
            return False
        if self.cycle is not None and not self.cycle.response_complete:
            return False
        lengths = [value for name, value in self.headers if name == b"content-length"]
        return len(lengths) == 1 and lengths[0].isdigit() and int(lengths[0]) <= BODY_LIMIT

    def _hand_to_asgi(self) -> None:
        url, headers, expects = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.expect_100_continue = url, expects
        self.headers.extend(headers)
        super().on_headers_complete()

    def _give_up(self) -> None:
        """Hangs up on a body that dribbles in."""
        self._patience = None
        post, self._post = self._post, None
        if post is None:
            self._hang_up()
            return
        post.keep_alive = False
        self._send(post, cast(WholePosts, self.app).late(post.path))

    async def _respond(self, post: WholePost) -> None:
        try:
            reply = await cast(WholePosts, self.app).post(
                post.path, post.headers, post.body, post.message_event.receive
            )
        except Exception:
            _log.exception("a request to %s failed", post.path)
            reply = _FAILED
        if self.flow.write_paused:
            await self.flow.drain()
        self._send(post, reply)

    def _defaults(self) -> bytes:
        """Uvicorn's own headers (the date), which it makes anew each second, as lines."""
        given, mine = self.server_state.default_headers, WholePostsProtocol
        if given is not mine._joined_of:
            mine._joined = b"".join([b"%b: %b\r\n" % pair for pair in given])
            mine._joined_of = given
        return mine._joined

    def _send(self, post: WholePost, reply: Reply) -> None:
        if post.disconnected or self.transport.is_closing():
            return
        ends = not post.keep_alive or _CLOSE in reply.headers
        head = _head(reply.status, reply.headers, ends)
        named = b"content-length: %d\r\n\r\n" % len(reply.body)
        self.transport.write(b"".join((head, self._defaults(), named, reply.body)))
        post.response_complete = True
        if ends:
            self.transport.close()
        self.on_response_complete()


@lru_cache(maxsize=256)
def _head(status: int, headers: tuple[tuple[bytes, bytes], ...], ends: bool) -> bytes:
    said = headers if not ends or _CLOSE in headers else (*headers, _CLOSE)
    return b"".join([STATUS_LINE[status], *(b"%b: %b\r\n" % pair for pair in said)])
