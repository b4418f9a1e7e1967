"""The desktop app as a whole: which window is seen when, and who hears of what.

Every arrow between session, windows and household is drawn here, and nothing else happens here.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from core.domain.errors import NodError
from core.terminal.again import order_again
from core.terminal.countdown import Countdown
from core.terminal.events import Inquiry, Settled
from core.terminal.prompt import Press
from core.wire.messages import OrderAgain, Profile, RequestView
from gui.autostart import Autostart
from gui.bridge import Bridge
from gui.closing import Closing
from gui.farewell import Farewell
from gui.household import Assistant
from gui.language import Language
from gui.link import Link
from gui.main_window import MainWindow
from gui.parts.placing import covers_assistant, place, place_growing
from gui.preferences import PreferencesFile
from gui.prompt.dialog import PromptDialog
from gui.prompt.fitting import WIDTH
from gui.prompt.presenter import Presenter
from gui.receipts import Receipts
from gui.rooms import Rooms
from gui.theme.families import can_show_japanese
from gui.theme.theme import Theme
from gui.tray import Tray
from gui.turns import TURNS
from gui.wizard.window import Wizard

if TYPE_CHECKING:
    from core.client.parties import Surroundings


class Desktop(QObject):
    """All windows of one person."""

    def __init__(
        self,
        app: QApplication,
        bridge: Bridge,
        theme: Theme,
        language: Language,
        preferences: PreferencesFile,
        autostart: Autostart,
        assistant: Assistant | None,
        steady: Callable[[], float],
    ) -> None:
        super().__init__(app)
        self._bridge, self._theme, self._language = bridge, theme, language
        self._preferences, self._assistant = preferences, assistant
        self._countdowns: dict[str, Countdown] = {}
        self._profile: Profile | None = None
        self._is_assistant_started = self._is_beside = False
        self.link = Link(bridge)
        self.main = MainWindow(theme, language)
        self.rooms = Rooms(self.main, theme, language, self.link, preferences, autostart)
        self.model, self.requests = self.rooms.model, self.rooms.requests
        self.devices = self.rooms.devices
        self.receipts = Receipts(self.link, self.requests.detail, self)
        self.model.count_with(self._countdowns.get)
        calm = preferences.load().reduced_motion
        self.dialog = PromptDialog(theme, language, beat=self.rooms.beat, reduced_motion=calm)
        self.presenter = Presenter(self.dialog, language, steady)
        self.presenter.compare_with(self.model.all_views)
        self.wizard: Wizard | None = None
        self.farewell: Farewell | None = None
        """The last window, after everything was deleted."""
        self.tray = Tray(language, self)
        self.closing = Closing(self.main, language, preferences, self.tray)
        self._connect(app)

    def show_first(self, *, is_new: bool, is_beside: bool) -> None:
        """Show the first window: the wizard to a new person, the home to everybody else.

        Args:
            is_new: whether nobody is known here yet.
            is_beside: whether an assistant's window takes the right of the screen.
        """
        self._is_beside = is_beside
        self.warn_of_missing_font()
        place(self.main, is_beside=is_beside)
        place_growing(self.dialog, WIDTH, is_beside=is_beside)
        if is_new:
            self._show_wizard(is_served=False)
        else:
            self.main.show()

    def warn_of_missing_font(self) -> None:
        """Where kanji would be empty boxes, say so in letters that can be shown."""
        if not can_show_japanese() and self._language.locale == "ja":
            self._language.choose("en")
            self.main.warn(self._language.say("desktop-no-japanese-font"))

    def be_served(self, around: "Surroundings") -> None:
        """The servers answer, or are elsewhere: the session begins."""
        self.link.open(around, self._language.locale)
        self.link.start()

    def be_unserved(self, error: NodError) -> None:
        """The servers did not come up."""
        why = error.description.rstrip(".")
        said = self._language.say("desktop-servers-failed", code=error.code, why=why)
        if self.wizard is not None:
            self.wizard.profile_step.be_unserved(said)
        self.main.be_broken(said)

    def leave(self) -> None:
        """Take every window away; nothing is decided by it."""
        self.tray.hide()
        self.presenter.blockSignals(True)
        for window in (self.dialog, self.wizard, self.main):
            if window is not None:
                window.hide()

    def dismantle(self) -> None:
        """Delete every window; for a process that goes on without them, as a test does."""
        for window in (self.dialog, self.wizard, self.main, self.farewell):
            if window is not None:
                window.deleteLater()
        self.deleteLater()

    def _connect(self, app: QApplication) -> None:
        link, presenter = self.link, self.presenter
        link.not_enrolled.connect(lambda: self._show_wizard(is_served=True))
        link.profile_known.connect(self._on_profile)
        link.online.connect(self._on_online)
        link.offline.connect(lambda code, _: self.main.be_offline(code))
        link.removed.connect(self.main.be_removed)
        link.answering.connect(self.main.be_answered)
        link.deleted.connect(self._on_deleted)
        link.broke.connect(self.main.be_broken)
        link.inquired.connect(self._on_inquiry)
        link.moved_on.connect(self._on_moved)
        link.settled.connect(self._on_settled)
        link.answered.connect(presenter.answered)
        link.not_sent.connect(presenter.not_sent)
        link.unanswered.connect(presenter.unanswered)
        self.rooms.history.came.connect(self._count)
        self.rooms.preferences_changed.connect(lambda chosen: self.dialog.ring.be_calm(chosen.reduced_motion))
        self.dialog.list_wanted.connect(self._on_list_wanted)
        presenter.pressed.connect(self._on_pressed)
        presenter.noticed.connect(self._on_noticed)
        presenter.block_wanted.connect(self.devices.block)
        self.requests.answer_wanted.connect(self._on_answer_wanted)
        self.requests.chosen.connect(self.receipts.look_at)
        self.requests.detail.check_wanted.connect(self.receipts.look_at)
        self.receipts.watch(self.rooms.history, self.model)
        self.requests.detail.offer_again(self._order_again)
        self.requests.detail.again_wanted.connect(self._on_again)
        self.devices.changed.connect(self._on_assistant)
        self.devices.changed.connect(self.requests.detail.refresh)
        self.main.reconnect_wanted.connect(link.hurry)
        self.main.close_wanted.connect(self.closing.ask)
        self.closing.quit_wanted.connect(lambda: app.exit(0))
        self.tray.opened.connect(self.main.come_up)
        self.tray.quit_wanted.connect(lambda: app.exit(0))
        if self._assistant is not None:
            self._offer(self._assistant)
        self._language.changed.connect(lambda: link.speak(self._language.locale))
        self._app = app

    def _offer(self, assistant: Assistant) -> None:
        """Give ways to the assistant's window, and hear of its changes."""
        self._language.changed.connect(lambda: assistant.speak(self._language.locale))
        assistant.on_change(lambda: self._bridge.post(self._on_assistant))
        self.main.offer_assistant()
        self.requests.offer_assistant()
        self.tray.assistant.setVisible(True)
        for ways in (self.main, self.requests, self.tray):
            ways.assistant_wanted.connect(assistant.show)

    def _show_wizard(self, *, is_served: bool) -> None:
        if self.wizard is None:
            self.wizard = Wizard(self._theme, self._language, self.link, self._assistant)
            self.wizard.finished.connect(self._on_wizard_done)
            self.wizard.abandoned.connect(lambda: self._app.exit(0))
            self.wizard.enrolled.connect(self._start_assistant)
            self.main.hide()
            place(self.wizard, is_beside=self._is_beside)
            self.wizard.show()
        if is_served:
            self.wizard.be_served()
        else:
            self.wizard.profile_step.be_busy(True)

    def _on_wizard_done(self, _is_paired: bool) -> None:
        if self.wizard is not None:
            self.wizard.hide()
            self.wizard.deleteLater()
            self.wizard = None
        self._on_assistant()
        self.devices.refresh()  # what the wizard paired may ask, and may be asked to order again
        self.main.come_up()

    def _on_profile(self, profile: Profile) -> None:
        self._profile = profile
        chosen = self._preferences.load()
        self._language.choose(chosen.locale or profile.locale, profile.zone)
        self.rooms.be_of(profile)
        if self._assistant is not None:
            self.requests.invite(profile.nickname)
        self.main.be_of(profile.user_id)
        self.warn_of_missing_font()

    def _on_online(self) -> None:
        if self.wizard is None and not self.main.isVisible() and not self.closing.is_aside:
            self.main.show()
        self.main.be_online(self._profile.user_id if self._profile else "")
        self.rooms.history.read()
        if self.wizard is None:
            self._start_assistant()

    def _on_deleted(self) -> None:
        """Nothing is left to show: say so, and leave when it was read."""
        self._preferences.forget()
        self.leave()
        self.farewell = Farewell(self._language)
        self.farewell.read.connect(lambda: self._app.exit(0))
        self.farewell.show()

    def _on_inquiry(self, inquiry: Inquiry) -> None:
        """The prompt first; the list in a turn of its own, so that nothing waits for both."""
        self._countdowns[inquiry.id] = inquiry.countdown
        self.presenter.arrive(inquiry)
        TURNS.add(self, lambda: self._list(inquiry.view))

    def _list(self, view: RequestView) -> None:
        self.model.put(view)
        self.rooms.beat.strike()
        self._count()

    def _on_moved(self, view: RequestView) -> None:
        self._countdowns.pop(view.id, None)
        self.model.put(view)
        self.presenter.change(view, self.receipts.doubt(view.id))
        self._count()

    def _on_settled(self, news: Settled) -> None:
        self.receipts.come(news)
        if self._profile is not None:
            self.devices.refresh()

    def _on_answer_wanted(self, request_id: str) -> None:
        """The home steps back where it covers the assistant, which shows the code that is to be typed."""
        if self._is_beside and covers_assistant(self.main):
            self.main.lower()
        self.presenter.open(request_id)

    def _on_list_wanted(self) -> None:
        """More requests wait: show all that do."""
        self.requests.show_waiting()
        self.main.go_to("requests")
        self.main.come_up()

    def _on_pressed(self, request_id: str, press: Press) -> None:
        self.link.decide(request_id, press)

    def _on_noticed(self, inquiry: Inquiry) -> None:
        self.link.tell_shown(inquiry.id)
        self.tray.tell(inquiry.view.details.context.requester.name)
        self._app.alert(self.dialog)
        if self._preferences.load().has_sound:
            self._app.beep()

    def _order_again(self, view: RequestView) -> OrderAgain | None:
        own = self._assistant.client_id() if self._assistant is not None else None
        return order_again(view, own, self.devices.devices)

    def _on_again(self, order: OrderAgain) -> None:
        if self._assistant is not None:
            self._assistant.order_again(order)

    def _start_assistant(self) -> None:
        if self._assistant is not None and not self._is_assistant_started:
            self._is_assistant_started = True
            self._assistant.start(self._language.locale)

    def _on_assistant(self) -> None:
        if self.wizard is not None:
            self.wizard.look_at_assistant()
        elif self._assistant is not None:
            own = self._assistant.registered_id()
            is_blocked = any(one.blocked and one.client_id == own for one in self.devices.devices)
            self.devices.offer_assistant(None if is_blocked else self._assistant.pairing_code())
            self.requests.detail.refresh()

    def _count(self) -> None:
        self.main.count_pending(self.model.pending)
        self.tray.count_pending(self.model.pending)
