"""A terminal's session: one asyncio task that owns the connection; commands in, typed events out.

It opens the terminal, follows the inbox through every loss, and lets its desk take in what arrives. It
knows nothing of any window: the window's bridge and the text screen both stand on it. All methods belong to
the loop that runs `run`; from another thread use `asyncio.run_coroutine_threadsafe`.
"""

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from typing import Any

from core.client import inbox
from core.client.answer import Refusal
from core.client.backoff import Backoff
from core.client.deciding import Choice
from core.client.enrolling import NewPerson
from core.client.errors import ClientError, KeyUnreadable
from core.client.home import Home
from core.client.terminal import Terminal
from core.terminal.answering import decide
from core.terminal.countdown import JumpWatch
from core.terminal.desk import Desk, Emit
from core.terminal.events import Deleted, NotEnrolled, Offline, Online, ProfileKnown, Removed
from core.terminal.open_requests import OpenRequest
from core.wire.approval import Display
from core.wire.messages import Enrolled, Profile, ProfileChange

TICK_S = 1.0
"""At least so often pending countdowns are looked at, so that a sleep of the machine is noticed."""

log = logging.getLogger(__name__)


class Session:
    """The life of one terminal while its program runs."""

    def __init__(self, terminal: Terminal, emit: Emit, scheme: str, language: str = "en") -> None:
        """Prepare; nothing is sent before `run`.

        Args:
            terminal: whose session it is.
            emit: called on the loop with each event, in order; must return quickly.
            scheme: how requests are shown: `qt`, `text` or `json`; recorded in each approval.
            language: BCP 47 tag of the sentences; recorded too.
        """
        self.terminal = terminal
        self.profile: Profile | None = None
        self._display = Display(scheme, language)
        self._emit = emit
        self._tasks: set[asyncio.Task[None]] = set()
        self._desk = Desk(terminal, emit, self._spawn)
        self._inbox: inbox.Inbox | None = None
        self._enrolled = asyncio.Event()
        self._busy = asyncio.Event()
        self._leaving = asyncio.Lock()

    @property
    def home(self) -> Home:
        """Calls about the user: profile, devices, pairing, terminals, history; answers are values.

        Raises:
            BadAnswer: if this terminal is not enrolled yet.
        """
        return self.terminal.home

    def speak(self, language: str) -> None:
        """The person changed the language of the sentences."""
        self._display = Display(self._display.scheme, language)

    async def run(self) -> None:
        """Lives until the terminal is removed or the task is cancelled; then all connections are closed.

        Raises:
            KeyUnreadable: if a stored key or identity is damaged.
        """
        try:
            await self._open()
            ticking = asyncio.create_task(self._tick_on())
            try:
                await self._follow()
                await self._after_removal()
            finally:
                await _end(ticking)
        finally:
            await _end(*self._tasks)
            await self.terminal.close()

    async def _open(self) -> None:
        backoff = Backoff()
        while True:
            try:
                if await self.terminal.open():
                    return
                self._emit(NotEnrolled())
                await self._enrolled.wait()
                return
            except KeyUnreadable:
                raise
            except ClientError as error:
                wait_s = backoff.next_s()
                self._emit(Offline(error.code, wait_s))
                await self.terminal.clock.sleep(wait_s)

    async def register(
        self, person: NewPerson, terminal_name: str, pin: str | None = None
    ) -> Enrolled | Refusal:
        """Makes a new user with this as the first terminal (`Terminal.enrol_profile`)."""
        return self._welcome(await self.terminal.enrol_profile(person, terminal_name, pin))

    async def enrol(self, code: str, terminal_name: str, pin: str | None = None) -> Enrolled | Refusal:
        """Becomes a further or replacing terminal (`Terminal.enrol_with_code`)."""
        return self._welcome(await self.terminal.enrol_with_code(code, terminal_name, pin))

    def _welcome(self, answer: Enrolled | Refusal) -> Enrolled | Refusal:
        if isinstance(answer, Enrolled):
            self._know(answer.profile)
            self._enrolled.set()
        return answer

    def _know(self, profile: Profile) -> None:
        if profile != self.profile:
            self.profile = profile
            self._emit(ProfileKnown(profile))

    async def change_profile(self, change: ProfileChange, typed: str = "") -> Profile | Refusal:
        """Sets members of the profile, and tells of it; `typed` as in `Terminal.vouch`."""
        vouched = await self.terminal.vouch(change, typed)
        if isinstance(vouched, Refusal):
            return vouched
        answer = await self.home.change_profile(vouched)
        if isinstance(answer, Profile):
            self._know(answer)
        return answer

    async def set_picture(self, picture: bytes | None) -> Profile | Refusal:
        """Sets the picture (a small square PNG) or removes it (None), and tells of it."""
        if picture is None and (refusal := await self.home.remove_picture()) is not None:
            return refusal
        answer = await (self.home.profile() if picture is None else self.home.set_picture(picture))
        if isinstance(answer, Profile):
            self._know(answer)
        return answer

    async def delete_person(self, user_id: str, pin: str | None = None) -> Refusal | None:
        """Deletes the person and forgets this terminal (`Terminal.delete_person`); then the session ends."""
        async with self._leaving:  # the server closes the inbox first and answers then
            refusal = await self.terminal.delete_person(user_id, pin)
            if refusal is None:
                self.profile = None
                self._emit(Deleted())
        return refusal

    async def _after_removal(self) -> None:
        """The server does not know this terminal any more: its next start enrols anew."""
        async with self._leaving:
            if self.terminal.user_id:
                await self.terminal.forget()
                self._emit(Removed())

    async def _follow(self) -> None:
        self._inbox = await self.terminal.inbox()
        try:
            async with contextlib.aclosing(self._inbox.follow()) as events:
                async for event in events:
                    self._take(event)
        finally:
            async with self._leaving:
                if self.terminal.user_id:  # else it was forgotten, and nothing of it is to be kept
                    await self.terminal.keep_revision(self._inbox)

    def _take(self, event: inbox.InboxEvent) -> None:
        match event:
            case inbox.Arrived(view, half_trip_s):
                self._desk.take(view, half_trip_s)
                self._busy.set()
            case inbox.Connected(pending):
                self._desk.compare(pending)
                self._emit(Online(pending))
                self._spawn(self._learn_profile())
            case inbox.Lost(code, retry_in_s):
                self._emit(Offline(code, retry_in_s))
            case inbox.Removed():
                pass  # the stream ends with it

    async def _learn_profile(self) -> None:
        try:
            profile = await self.home.profile()
        except ClientError:
            return
        if isinstance(profile, Profile):
            self._know(profile)

    async def _tick_on(self) -> None:
        watch, clock = JumpWatch(self.terminal.clock), self.terminal.clock
        while True:
            left_s = self._desk.next_end_s()
            if left_s is None:
                self._busy.clear()
                await self._busy.wait()
                watch.has_jumped()
            else:
                await clock.sleep(max(0.01, min(TICK_S, left_s)))
            if watch.has_jumped():
                self.woke_up()
            self._desk.tick()

    def woke_up(self) -> None:
        """The computer slept or the network came back: connects at once and asks after everything."""
        if self._inbox is not None:
            self._inbox.hurry()
        self._desk.ask_all_again()

    def find(self, request_id: str) -> OpenRequest | None:
        """A request that waits for an answer."""
        return self._desk.open.get(request_id)

    @property
    def pending(self) -> tuple[OpenRequest, ...]:
        """Everything that waits for an answer and was told, in order of arrival."""
        return tuple(one for one in self._desk.open.values() if one.is_told)

    async def decide(self, choice: Choice, pin: str | None = None) -> None:
        """Signs and sends a decision; ends with one of `Answered`, `NotSent`, `Unanswered`."""
        one = self.find(choice.request_id)
        await decide(self.terminal, one, choice, pin, self._display, self._emit)

    async def tell_shown(self, request_id: str) -> None:
        """Tells the walkthrough that a request is on screen; without effect elsewhere."""
        with contextlib.suppress(ClientError):
            await self.home.note("shown", request_id)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("a part of the session failed", exc_info=task.exception())


async def _end(*tasks: "asyncio.Task[None]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
