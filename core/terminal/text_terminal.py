"""The text terminal: lines in, a session's events out, for a person or (`--json`) for a program.

It decides nothing itself: a line becomes a command of the session, an event becomes words. When standard
input ends, an enrolled terminal goes on showing requests until it is told to leave; one without a user
cannot become useful any more and says which commands to use (exit status 2, DESIGN.md section 6).
"""

import asyncio
import contextlib
import platform
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from core.client.answer import Refusal
from core.client.deciding import Choice
from core.client.enrolling import NewPerson
from core.client.errors import ClientError
from core.domain.decision import Decision
from core.domain.errors import DomainError
from core.domain.nickname import check_nickname, is_user_id
from core.presentation.formats import listed
from core.terminal import commands, here
from core.terminal.beside import Beside, hand_on, make_again
from core.terminal.commands import USAGE, Ambiguous, Mistake, find_id, parse, short_id
from core.terminal.events import (
    Answered,
    Event,
    Expired,
    Inquiry,
    NotEnrolled,
    NotSent,
    Offline,
    Online,
    ProfileKnown,
    Removed,
    Settled,
    Unanswered,
    Withdrawn,
)
from core.terminal.own_data import delete_my_data, export, set_user_code
from core.terminal.pairing import pair
from core.terminal.screens import Screen
from core.terminal.session import Session
from core.terminal.telling import Teller, Telling
from core.texts.catalog import Texts
from core.wire.messages import Enrolled

TICK_S = 1.0
USAGE_STATUS = 2


class TextTerminal:
    """One session on one screen."""

    def __init__(self, screen: Screen, teller: Teller, assistant: Beside | None = None) -> None:
        self._screen = screen
        self._teller = teller
        self._assistant = assistant
        self._session: Session
        self._is_offline = False
        self._is_bare = False
        self._input_ended = False
        self._leave = asyncio.Event()
        self._status = 0
        self._working: set[asyncio.Task[None]] = set()

    def attach(self, session: Session) -> None:
        """Names the session whose events `on_event` gets; before anything else."""
        self._session = session

    def leave(self, status: int = 0) -> None:
        """Ends `run` with an exit status."""
        self._status = status
        self._leave.set()

    async def run(self, next_line: Callable[[], Awaitable[str | None]], enrol_code: str = "") -> int:
        """Lives until `quit`, `leave`, or the terminal's removal; returns the exit status.

        Args:
            next_line: hands out typed lines, None once there are no more.
            enrol_code: a one-time code to enrol with first, whatever was enrolled before.

        Raises:
            KeyUnreadable: if a stored key is damaged.
        """
        if enrol_code and not await self._enrol(enrol_code):
            return 1
        session = asyncio.create_task(self._session.run())
        others = [asyncio.create_task(self._obey_lines(next_line)), asyncio.create_task(self._count())]
        leaving = asyncio.create_task(self._leave.wait())
        try:
            await asyncio.wait({session, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if session.done() and not session.cancelled():
                session.result()
        finally:
            for task in (session, leaving, *others, *self._working):
                task.cancel()
            await asyncio.gather(session, leaving, *others, *self._working, return_exceptions=True)
        return self._status

    async def _enrol(self, code: str) -> bool:
        try:
            answer = await self._session.terminal.enrol_with_code(code, platform.node() or "terminal")
        except ClientError as error:
            self._screen.tell(self._teller.error(error.code))
            return False
        if isinstance(answer, Refusal):
            self._screen.tell(self._teller.refusal(answer, code))
            return False
        self._tell_enrolled(answer)
        return True

    def _tell_enrolled(self, enrolled: Enrolled) -> None:
        profile, stored_in = enrolled.profile, self._session.terminal.stored_in
        sentence = self._teller.texts.say(
            "terminal-registered", user=profile.user_id, nickname=profile.nickname, stored=stored_in
        )
        members = {"nickname": profile.nickname, "stored_in": stored_in}
        self._screen.tell(Telling("registered", profile.user_id, sentence, members))

    def on_event(self, event: Event) -> None:
        """Tells of one event of the session."""
        match event:
            case Inquiry():
                self._screen.ask(event, self._short(event.id), self._teller)
            case Withdrawn() | Expired() | Settled():
                self._screen.tell(self._teller.ended(event))
            case Answered():
                self._screen.tell(self._teller.answered(event))
            case NotSent():
                self._screen.tell(self._teller.not_sent(event))
            case Unanswered():
                self._screen.tell(self._teller.error("unanswered", request_id=event.id))
            case ProfileKnown():
                profile = event.profile
                self._teller.texts, self._teller.zone = Texts(profile.locale), profile.zone
                self._session.speak(self._teller.texts.locale)
            case _:
                self._on_connection(event)

    def _on_connection(self, event: Event) -> None:
        texts, user = self._teller.texts, self._session.terminal.user_id
        match event:
            case NotEnrolled():
                self._is_bare = True
                self._screen.tell(Telling("not_enrolled", "", texts.say("terminal-not-enrolled")))
                self._leave_if_useless()
            case Online():
                self._is_offline = False
                sentence = texts.say("terminal-online", user=user)
                self._screen.tell(Telling("online", user, sentence, {"pending": list(event.pending)}))
            case Offline() if not self._is_offline:
                self._is_offline = True
                sentence = texts.say("terminal-offline")
                self._screen.tell(Telling("offline", user, sentence, {"code": event.code}))
                self._is_bare = not self._session.terminal.is_known_here
                self._leave_if_useless()
            case Removed():
                self._screen.tell(self._teller.error("removed"))
                self.leave(1)

    def _leave_if_useless(self) -> None:
        if self._is_bare and self._input_ended and not self._session.terminal.user_id:
            self._screen.tell(self._teller.error("standard_input_closed"))
            self._screen.explain(self._help())
            self.leave(USAGE_STATUS)

    async def _obey_lines(self, next_line: Callable[[], Awaitable[str | None]]) -> None:
        while (line := await next_line()) is not None:
            command = parse(line)
            if command is not None:
                await self.obey(command)
        self._input_ended = True
        self._leave_if_useless()

    async def obey(self, command: commands.Command | Mistake) -> None:
        """Does what one line said; what comes of it is told on the screen."""
        try:
            match command:
                case Mistake():
                    usage = USAGE.get(command.about, command.about)
                    self._screen.tell(self._teller.error(command.code, usage))
                case commands.Register():
                    await self._register(command)
                case commands.Approve() | commands.Deny() | commands.Report():
                    self._decide(command)
                case commands.Pair():
                    self._screen.tell(await pair(self._session, command, self._teller))
                case commands.Say():
                    if (told := hand_on(command, self._teller, self._assistant)) is not None:
                        self._screen.tell(told)
                case commands.Again():
                    self._screen.tell(await make_again(self._session, command, self._teller, self._assistant))
                case commands.UserCode():
                    self._screen.tell(await set_user_code(self._session, command, self._teller))
                case commands.Export():
                    self._screen.tell(await export(self._session, command, self._teller))
                case commands.DeleteMyData():
                    await self._delete(command)
                case commands.ListPending():
                    self._screen.explain(self._pending())
                case commands.Help():
                    self._screen.explain(self._help())
                case commands.Quit():
                    self.leave()
        except ClientError as error:
            self._screen.tell(self._teller.error(error.code))

    async def _delete(self, command: commands.DeleteMyData) -> None:
        told = await delete_my_data(self._session, command, self._teller)
        self._screen.tell(told)
        if told.event == "deleted":
            self.leave()

    async def _register(self, command: commands.Register) -> None:
        if self._session.terminal.user_id:
            self._screen.tell(self._teller.error("already_enrolled", self._session.terminal.user_id))
            return
        user_id = command.user_id.lower()
        if not is_user_id(user_id):
            self._screen.tell(self._teller.error("bad_user_id", command.user_id[:40]))
            return
        try:
            nickname = check_nickname(command.nickname)
        except DomainError:
            self._screen.tell(self._teller.error("bad_nickname"))
            return
        person = NewPerson(user_id, nickname, locale=self._teller.texts.locale, zone=here.zone())
        answer = await self._session.register(person, platform.node() or "terminal")
        if isinstance(answer, Refusal):
            self._screen.tell(self._teller.refusal(answer, user_id))
        else:
            self._tell_enrolled(answer)

    def _decide(self, command: commands.Approve | commands.Deny | commands.Report) -> None:
        found = find_id(command.id, (one.view.id for one in self._session.pending))
        if not isinstance(found, str):
            code = "ambiguous_id" if isinstance(found, Ambiguous) else "unknown_id"
            self._screen.tell(self._teller.error(code, command.id[:40]))
            return
        choice = self._choice(command, found)
        if choice is None:
            self._screen.tell(self._teller.error("code_missing", self._short(found), found))
            return
        pin = command.pin if isinstance(command, commands.Approve) else ""
        self._work(self._session.decide(choice, pin or None))

    def _choice(
        self, command: commands.Approve | commands.Deny | commands.Report, request_id: str
    ) -> Choice | None:
        one = self._session.find(request_id)
        shown_ms = int(one.shown_s(self._session.terminal.clock.steady()) * 1000) if one else 0
        if isinstance(command, commands.Deny):
            return Choice(request_id, Decision.DENY, None, command.reason, shown_ms)
        if isinstance(command, commands.Report):
            return Choice(request_id, Decision.REPORT, None, None, shown_ms)
        digits = one.view.details.context.match_digits if one else 0
        if digits and not (len(command.code) == digits and command.code.isdecimal()):
            return None
        return Choice(request_id, Decision.APPROVE, command.code or None, None, shown_ms)

    def _work(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    def _short(self, request_id: str) -> str:
        return short_id(request_id, [one.view.id for one in self._session.pending])

    def _pending(self) -> tuple[str, ...]:
        texts = self._teller.texts
        told = [
            f"{self._short(one.view.id)}  {self._teller.inquiry(inquiry).sentence}: "
            + listed(self._teller.inquiry(inquiry).members["what"], texts)
            + f"  ({texts.say('lines-seconds', seconds=one.countdown.shown_s())})"
            for one in self._session.pending
            for inquiry in [Inquiry(one.view, one.countdown, one.trouble)]
        ]
        return tuple(told) or (texts.say("terminal-nothing-pending"),)

    def _help(self) -> tuple[str, ...]:
        return tuple(
            f"{usage:<34} {self._teller.texts.say(f'terminal-help-{name}')}" for name, usage in USAGE.items()
        )

    async def _count(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            while True:
                pending = self._session.pending
                first = min(pending, key=lambda one: one.countdown.ends_steady, default=None)
                self._screen.count(first.countdown if first else None, len(pending), self._teller)
                await self._session.terminal.clock.sleep(TICK_S)
