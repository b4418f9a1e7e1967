"""Makes the windows that are drawn for the documents, each with values that a person could meet."""

import hashlib
import tempfile
from pathlib import Path

import msgspec
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from core.domain.decision import Presence, Reason
from core.domain.place import Place
from core.domain.request import State
from core.presentation.lines import lines
from core.wire.messages import Asker, Device, PairingView, Profile, RequestView
from core.wire.messages.requests import Outcome
from gui.app import make_application
from gui.autostart import Autostart
from gui.bridge import Bridge
from gui.language import Language
from gui.link import Link
from gui.main_window import MainWindow
from gui.preferences import PreferencesFile
from gui.prompt.dialog import PromptDialog
from gui.prompt.endings import ending
from gui.rooms import Rooms
from gui.theme.theme import Scheme, Theme
from gui.wizard.window import Wizard
from tests.gui import samples

PAIRED = "2026-05-30T09:00:00Z"
"""Since when both devices are paired: before their first order."""
LARGE, SMALLEST = QSize(1920, 1040), QSize(400, 360)
"""What windows may take of a large and of the smallest screen."""


class Silent(Link):
    """Asks no server, and is told of none that is away."""

    def ask(self, *_: object, **__: object) -> None:
        """Nothing comes of it."""


class Studio:
    """One language, one theme, one scale."""

    def __init__(self, language: str, scheme: str) -> None:
        self.app: QApplication = make_application(["nod"])
        self.theme = Theme(self.app, Scheme(scheme))
        self.language = Language(language, "Asia/Tokyo")
        self.bridge = Bridge()
        self.link = Silent(self.bridge)
        self.is_japanese = language == "ja"
        self.folder = Path(tempfile.mkdtemp())
        self.profile = Profile(
            "momo",
            "モモ" if self.is_japanese else "Momo",
            locale=language,
            zone="Asia/Tokyo",
            pin_above=5_000,
        )

    @property
    def asker(self) -> dict[str, str]:
        """Who asks, and for whom."""
        return {"who": "台所のスピーカー", "nickname": "モモ"} if self.is_japanese else {}

    @property
    def kitchen(self) -> Place:
        """Where it stands."""
        return Place("台所" if self.is_japanese else "Kitchen", "registered", 35.6595, 139.7005, 30.0)

    def request(self, name: str = "a", **more: object) -> RequestView:
        """A request in the language."""
        words = {**self.asker, "name": _id(name), **more}
        if not self.is_japanese:
            return _as_known(samples.request(**words))  # type: ignore[arg-type]
        place = words.pop("place", self.kitchen)
        items = (samples.MILK_JA, samples.TEA_JA)
        return _as_known(samples.request(*items, place=place, **words))  # type: ignore[arg-type]

    def prompt(
        self, view: RequestView, left_s: float = 47.6, *, pin: bool = False, room: QSize = LARGE
    ) -> PromptDialog:
        """A prompt that is armed and waits for its code."""
        dialog = PromptDialog(self.theme, self.language, room=lambda: room)
        if pin:
            view = msgspec.structs.replace(view, presence=Presence.PIN)
        dialog.ask(view, lines(view.details, self.language.texts, self.language.zone), needs_pin=pin)
        dialog.ring.start(lambda: left_s, 60)
        return dialog

    def armed(self) -> PromptDialog:
        """With the code typed."""
        dialog = self.prompt(self.request(is_first=True))
        dialog.answers.code.setText("47")
        dialog.arm(True, "prompt-hint-ready")
        return dialog

    def on_small_screen(self) -> PromptDialog:
        """On a screen of 400 × 400, where the order is read by scrolling."""
        dialog = self.prompt(self.request(is_first=True), room=SMALLEST)
        dialog.answers.code.setText("47")
        dialog.arm(True, dialog.answers.hint[0])
        return dialog

    def late(self) -> PromptDialog:
        """Few seconds left, a PIN needed, a place that the device only claims, others waiting."""
        place = Place(
            "カフェ みなと" if self.is_japanese else "Café Minato", "reported", 35.4437, 139.638, 500
        )
        dialog = self.prompt(self.request(place=place), 7.4, pin=True)
        dialog.count_waiting(2)
        return dialog

    def ended(
        self,
        state: State,
        reason: Reason | None = None,
        code: str = "",
        *,
        is_blocked: bool = False,
        of: RequestView | None = None,
    ) -> PromptDialog:
        """How it ended; `of` another request than an order."""
        outcome = Outcome(str(state), "req", code) if code else None
        view = of or self.request()
        view = _with_receipt(msgspec.structs.replace(view, state=state, reason=reason, outcome=outcome))
        dialog = self.prompt(view)
        said = lines(view.details, self.language.texts, self.language.zone)
        dialog.end(ending(view, said, self.language.texts, is_blocked=is_blocked))
        return dialog

    def home(
        self,
        views: tuple[RequestView, ...],
        room: str = "requests",
        *,
        is_loaded: bool = True,
        has_assistant: bool = True,
    ) -> MainWindow:
        """The main window."""
        window = MainWindow(self.theme, self.language)
        preferences, autostart = PreferencesFile(self.folder), Autostart(self.folder)
        rooms = Rooms(window, self.theme, self.language, self.link, preferences, autostart)
        model, devices = rooms.model, rooms.devices
        if has_assistant:
            window.offer_assistant()
            rooms.requests.offer_assistant()
        model.put(*views)
        if is_loaded:
            rooms.requests.be_loaded()
        rooms.profile.you.show_profile(self.profile)
        rooms.profile.safety.show_profile(self.profile)
        rooms.profile.pin.show_has_pin(True)
        rooms.profile.machine.show_stored_in("keyring")
        rooms.portraits.be_of(self.profile)
        window.be_online("momo")
        names = self.names
        shown = (samples.device(names[0]), samples.device(names[1], kind="ai_agent", is_blocked=True))
        devices.show_devices(tuple(self._in_words(one) for one in shown))
        window.count_pending(model.pending)
        window.go_to(room)
        return window

    @property
    def names(self) -> tuple[str, str]:
        """Who asks for something, as the person calls them."""
        if self.is_japanese:
            return "台所のスピーカー", "買い物エージェント"
        return "Kitchen speaker", "Shopping agent"

    def _in_words(self, device: Device) -> Device:
        """The device with what it has asked for in half a year, its nickname and place in the language."""
        asked = [one for one in self.bought() if one.details.context.requester.name == device.name]
        totals = (one.details.purchase.amount.value for one in asked if one.details.purchase)
        device = msgspec.structs.replace(
            device, requests=len(asked), spent_value=sum(totals), paired_at=PAIRED
        )
        if not self.is_japanese or device.place is None:
            return device
        place = msgspec.structs.replace(device.place, label="台所")
        return msgspec.structs.replace(device, nickname="モモ", place=place)

    def history(self) -> tuple[RequestView, ...]:
        """A small past."""
        states = (State.PENDING, State.PAID, State.DENIED, State.EXPIRED, State.DECLINED, State.WITHDRAWN)
        return tuple(
            self.request(
                chr(97 + at), state=state, at=f"2026-11-{23 - at:02}T0{5 - at}:03:00Z", revision=9 - at
            )
            for at, state in enumerate(states)
        )

    def every_end(self) -> tuple[RequestView, ...]:
        """One request in each state."""
        return tuple(
            self.request(chr(97 + at), state=state, at=f"2026-11-{23 - at:02}T05:03:00Z", revision=20 - at)
            for at, state in enumerate(State)
        )

    def bought(self) -> tuple[RequestView, ...]:
        """Half a year of orders."""
        names, kinds = self.names, ("ai_device", "ai_agent")
        things = (samples.MILK_JA, samples.TEA_JA) if self.is_japanese else (samples.MILK, samples.TEA)
        shops = ("Nod Corner Shop", "Nod Market")
        made = (
            samples.request(
                msgspec.structs.replace(things[at % 2], quantity=1 + at * 3 % 5),
                name=_id(str(at)),
                who=names[at % 3 == 0],
                kind=kinds[at % 3 == 0],
                nickname=self.profile.nickname,
                place=self.kitchen,
                state=State.PAID,
                at=f"2026-{6 + at % 6:02}-0{1 + at % 9}T05:00:00Z",
            )
            for at in range(17)
        )
        made = (_as_known(view) for view in made)
        return tuple(_bought_by(view, f"dev_{at % 3 == 0}", shops[at % 2]) for at, view in enumerate(made))

    def wizard(self) -> Wizard:
        """The first run."""
        made = Wizard(self.theme, self.language, self.link)
        made.profile_step.be_busy(False)
        made.profile_step.nickname.control.setText("百々" if self.is_japanese else "Momo")
        made.profile_step.user_id.control.setText("momo")
        made.profile_step.reading.control.setText("もも" if self.is_japanese else "")
        return made

    def consent(self) -> Wizard:
        """The consent to the built-in assistant."""
        made = self.wizard()
        claim = self.language.say("device-name")
        view = PairingView(claim, "ai_device", ("purchase", "procedure", "sign_in"), 600)
        name = self.language.say("desktop-wizard-assistant-name")
        made.pairing.consent.show_pairing(view, "モモ" if self.is_japanese else "Momo", None, name)
        made.pairing.show_consent()
        made.go_to(made.pairing)
        return made

    def offline(self) -> MainWindow:
        """The server is away."""
        window = self.home(self.history())
        window.be_offline("server_away")
        return window


def _id(name: str) -> str:
    """What a request may be called."""
    return f"req_{hashlib.sha256(name.encode()).hexdigest()[:32]}"


def _as_known(view: RequestView) -> RequestView:
    """The same of a device that is paired for long, with the receipt of what was paid."""
    is_first = view.asker.first_request
    asker = view.asker if is_first else Asker(PAIRED)
    return _with_receipt(msgspec.structs.replace(view, asker=asker))


def _with_receipt(view: RequestView) -> RequestView:
    """The same; what was settled carries the shop's word for it."""
    is_settled = view.state in {State.PAID, State.DECLINED}
    return msgspec.structs.replace(view, receipt="r" if is_settled else None)


def _bought_by(view: RequestView, client_id: str, shop: str) -> RequestView:
    """The same, asked for by one of two devices and paid to one of two shops."""
    replace, details = msgspec.structs.replace, view.details
    assert details.purchase is not None  # noqa: S101 - a sample
    requester = replace(details.context.requester, client_id=client_id)
    payee = replace(details.purchase.payee, id=shop, name=shop)
    context, purchase = (
        replace(details.context, requester=requester),
        replace(details.purchase, payee=payee),
    )
    return replace(view, details=replace(details, context=context, purchase=purchase))
