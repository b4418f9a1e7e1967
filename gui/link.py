"""The terminal's session as the windows see it: typed signals out, commands in, one asyncio thread between.

Everything here is called on the Qt thread and returns at once; answers come back on the Qt thread.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal

from core.client.answer import Refusal
from core.client.errors import ServerAway
from core.domain.doubt import Doubt
from core.domain.errors import NodError
from core.domain.request import State
from core.terminal import events
from core.terminal.prompt import Press
from core.wire.messages import Enrolled, RequestView
from core.wire.receipt import Receipt
from gui.bridge import Bridge

if TYPE_CHECKING:  # the HTTP client is imported once the first window is there
    from core.client.enrolling import NewPerson
    from core.client.home import Home
    from core.client.parties import Surroundings
    from core.terminal.session import Session

T = TypeVar("T")
NAME = "desktop"
"""Under which name this terminal enrols when the person gives none."""


class Link(QObject):
    """One session."""

    not_enrolled = Signal()
    profile_known = Signal(object)
    """`Profile`"""
    online = Signal()
    offline = Signal(str, float)
    """Why, and seconds until the next try."""
    removed = Signal()
    deleted = Signal()
    """The person had all their data deleted from this window; the session is over."""
    inquired = Signal(object)
    """`Inquiry`"""
    moved_on = Signal(object)
    """`RequestView`: a request that is not pending any more."""
    settled = Signal(object)
    """`Settled`"""
    answered = Signal(object)
    """`Answered`"""
    not_sent = Signal(object)
    """`NotSent`"""
    unanswered = Signal(str)
    """A request's id."""
    answering = Signal(bool)
    """Whether the server answered what was asked last."""
    broke = Signal(str)
    """The session ended by an error of ours; its sentence."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._bridge = bridge
        self._session: Session | None = None

    def open(self, around: "Surroundings", language: str) -> None:
        """Say what the session stands on, once that is known; `start` comes after it.

        Args:
            around: server, data folder, key store, clock.
            language: BCP 47 tag that is recorded in what is signed.
        """
        from core.client.terminal import Terminal
        from core.terminal.session import Session

        self._session = Session(Terminal(around), self._on_loop, "qt", language)

    @property
    def session(self) -> "Session":
        """The session.

        Raises:
            ServerAway: before `open`: the servers are starting.
        """
        if self._session is None:
            raise ServerAway("The servers are starting.", sent=False)
        return self._session

    @property
    def home(self) -> "Home":
        """Calls about the user; their coroutines run by `ask`."""
        return self.session.home

    def start(self) -> None:
        """Begin the session's life."""
        self._bridge.ask(lambda: self.session.run(), failed=lambda error: self.broke.emit(error.description))

    def register(
        self,
        person: "NewPerson",
        terminal_name: str,
        pin: str | None,
        done: Callable[[Enrolled | Refusal], object],
        failed: Callable[[NodError], object],
    ) -> None:
        """Make a new user with this terminal."""
        self._bridge.ask(lambda: self.session.register(person, terminal_name, pin), done, failed)

    def enrol(
        self,
        code: str,
        terminal_name: str,
        pin: str | None,
        done: Callable[[Enrolled | Refusal], object],
        failed: Callable[[NodError], object],
    ) -> None:
        """Become a terminal of a user who is there already."""
        self._bridge.ask(lambda: self.session.enrol(code, terminal_name, pin), done, failed)

    def decide(self, request_id: str, press: Press) -> None:
        """Send what the person pressed."""
        from core.client.deciding import Choice

        choice = Choice(request_id, press.decision, press.match_code, press.reason, press.shown_ms)
        self._bridge.ask(lambda: self.session.decide(choice, press.pin))

    def tell_shown(self, request_id: str) -> None:
        """A request is on screen: for the walkthrough only."""
        self._bridge.ask(lambda: self.session.tell_shown(request_id))

    def hurry(self) -> None:
        """Try to connect now."""
        self._bridge.do(lambda: self._session.woke_up() if self._session else None)

    def speak(self, language: str) -> None:
        """Record another language in what is signed from now on."""
        self._bridge.do(lambda: self._session.speak(language) if self._session else None)

    async def _receipts_of(self, views: tuple[RequestView, ...]) -> dict[str, Receipt | Doubt | None]:
        """Each verified receipt, why it is not believed, or None; other work has its turn between them."""
        from core.client.looking import look_at_receipt

        payment = await self.session.terminal.servers.payment()
        found = {}
        for view in views:
            found[view.id] = await look_at_receipt(view, payment)
            await asyncio.sleep(0)
        return found

    def look_at_receipts(
        self,
        views: tuple[RequestView, ...],
        done: Callable[[dict[str, Receipt | Doubt | None]], object],
        failed: Callable[[NodError], object],
    ) -> None:
        """Look at receipts, by the requests' ids. The shop is asked, so it tells nothing of the server."""
        self._bridge.ask(lambda: self._receipts_of(views), done, failed)

    def ask(
        self,
        work: Callable[[], Coroutine[Any, Any, T]],
        done: Callable[[T], object],
        failed: Callable[[NodError], object],
    ) -> None:
        """Run a call of `home` or `session`."""

        def came(answer: T) -> None:
            self.answering.emit(True)
            done(answer)

        def missed(error: NodError) -> None:
            if isinstance(error, ServerAway):
                self.answering.emit(False)
            failed(error)

        self._bridge.ask(work, came, missed)

    def _on_loop(self, event: events.Event) -> None:
        self._bridge.post(lambda: self._tell(event))

    def _tell(self, event: events.Event) -> None:
        match event:
            case events.Inquiry():
                self.inquired.emit(event)
            case events.Settled(view=view):
                self.settled.emit(event)  # first what is known of the receipt, then the end itself
                self.moved_on.emit(view)
            case events.Changed(view) | events.Withdrawn(view) | events.Expired(view):
                self.moved_on.emit(_not_pending(event, view))
            case events.Answered():
                self.answered.emit(event)
            case events.NotSent():
                self.not_sent.emit(event)
            case events.Unanswered(request_id):
                self.unanswered.emit(request_id)
            case _:
                self._tell_of_terminal(event)

    def _tell_of_terminal(self, event: events.Event) -> None:
        match event:
            case events.NotEnrolled():
                self.not_enrolled.emit()
            case events.ProfileKnown(profile):
                self.profile_known.emit(profile)
            case events.Online():
                self.online.emit()
            case events.Offline(code, retry_in_s):
                self.offline.emit(code, retry_in_s)
            case events.Removed():
                self.removed.emit()
            case events.Deleted():
                self.deleted.emit()
            case _:
                pass


def _not_pending(event: events.Event, view: RequestView) -> RequestView:
    """The view with the state that the event means: our own clock may be ahead of the server's word."""
    if isinstance(event, events.Expired) and view.state is State.PENDING:
        return msgspec.structs.replace(view, state=State.EXPIRED)
    return view
