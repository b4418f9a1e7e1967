"""The page of people and devices: who may ask, and the ways to add, change, block or part with one."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from core.client.answer import Refusal
from core.client.errors import ServerAway
from core.domain.errors import NodError
from core.wire.messages import Device, DeviceChange, Devices, Profile
from gui.language import Language, Wording
from gui.link import Link
from gui.pages.device_card import DeviceCard
from gui.pages.device_change import DeviceQuestion
from gui.pages.pairing import Pairing
from gui.parts.ask import Ask
from gui.parts.boxes import Flow, button, column, row, scrolled
from gui.parts.notices import Banner, Blank
from gui.parts.text import PageTitle, Text
from gui.refusals import sentence
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_L, SPACE_M, Type


class DevicesPage(QWidget):
    """Everybody who may ask."""

    changed = Signal()
    """A device was paired, changed or parted with."""

    def __init__(self, theme: Theme, language: Language, link: Link) -> None:
        super().__init__()
        self._theme, self._language, self._link = theme, language, link
        self._profile: Profile | None = None
        self.devices: tuple[Device, ...] = ()
        self.title, self.pair = PageTitle(), button(look="primary")
        self.held = Text("", Type.CAPTION, ink="muted")
        """Why nothing can be changed now."""
        self.held.hide()
        self._hold = ""
        self.banner = Banner(theme, "bad")
        self.banner.hide()
        self.assistant = Banner(theme, "info", "pair")
        self.assistant.hide()
        self._assistant_code: str | None = None
        self.blank = Blank(theme, "devices")
        self._pairing: Pairing | None = None
        self._cards: list[DeviceCard] = []
        self._list = Flow()
        self._rows = column(self._list, SPACE_M)
        self._rows.addStretch(1)
        self._pile = QStackedWidget()
        self._lay_out()
        self._word()

    @property
    def pairing(self) -> Pairing:
        """The way to pair one more, made when it is first wanted."""
        if self._pairing is None:
            self._pairing = Pairing(self._theme, self._language, self._link)
            self._pairing.paired.connect(self._end_pairing)
            self._pairing.left.connect(self._end_pairing)
            self._pile.addWidget(self._pairing)
        return self._pairing

    @property
    def _is_pairing(self) -> bool:
        return self._pairing is not None and self._pile.currentWidget() is self._pairing

    def be_of(self, profile: Profile) -> None:
        """Whose devices they are."""
        self._profile = profile
        self.refresh()

    def refresh(self) -> None:
        """Ask the server again."""
        self._ask(lambda: self._link.home.devices(), self._on_devices)

    def show_devices(self, devices: tuple[Device, ...]) -> None:
        """Show these devices."""
        self.devices = devices
        if [card.device.client_id for card in self._cards] == [device.client_id for device in devices]:
            for card, device in zip(self._cards, devices, strict=True):
                card.show_device(device)
        else:
            self._make_cards(devices)
        if not self._is_pairing:
            self._pile.setCurrentIndex(1 if devices else 0)
        self.changed.emit()

    def _make_cards(self, devices: tuple[Device, ...]) -> None:
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = [DeviceCard(self._theme, self._language, device) for device in devices]
        for at, card in enumerate(self._cards):
            self._rows.insertWidget(at, card)
            card.block_wanted.connect(self._on_block)
            card.change_wanted.connect(self._on_change)
            card.unpair_wanted.connect(self._on_unpair)
        self._say_held()

    def hold(self, why: str) -> None:
        """Let nothing be paired or changed, for the reason called `why`; empty where it can be again."""
        self._hold = why
        if why:
            self.banner.hide()
        self._say_held()

    def _say_held(self) -> None:
        why = self._language.say(self._hold) if self._hold else ""
        self.held.setText(why)
        self.held.setVisible(bool(why) and not self._is_pairing)
        for card in self._cards:
            card.hold(why)
        for one in (self.pair, self.assistant.action):
            one.setEnabled(not why)
            one.setAccessibleDescription(why)

    def block(self, client_id: str) -> None:
        """Block a device."""
        self._change(client_id, DeviceChange(blocked=True))

    def start_pairing(self) -> None:
        """Ask for a code."""
        if self._profile is not None:
            self.pairing.begin(self._profile)
            self._pile.setCurrentWidget(self.pairing)
            for one in (self.pair, self.title, self.assistant, self.held):
                one.hide()
            self.pairing.code.setFocus()

    def offer_assistant(self, code: str | None) -> None:
        """The built-in assistant waits to be paired, or does not (None)."""
        self._assistant_code = code
        said = self._language.say("desktop-devices-assistant") if code else ""
        self.assistant.tell(said, "info", "pair")
        self.assistant.action.setText(self._language.say("desktop-pairing-agree"))
        self.assistant.action.setVisible(bool(code))
        self.assistant.setVisible(bool(code) and not self._is_pairing)

    def pair_somebody(self) -> None:
        """Pair the assistant where it waits for it, else whatever shows a code."""
        if self._assistant_code:
            self._pair_assistant()
        else:
            self.start_pairing()

    def _pair_assistant(self) -> None:
        self.start_pairing()
        if self._assistant_code:
            name = self._language.say("desktop-wizard-assistant-name")
            self.pairing.look_at(self._assistant_code, name)

    def _lay_out(self) -> None:
        head = row()
        head.addWidget(self.title, 1)
        head.addWidget(self.pair)
        for page in (self.blank, scrolled(self._list)):
            self._pile.addWidget(page)
        whole = column(self, SPACE_M, (SPACE_L, SPACE_L, SPACE_L, SPACE_L))
        whole.addLayout(head)
        whole.addWidget(self.held)
        whole.addWidget(self.banner)
        whole.addWidget(self.assistant)
        whole.addWidget(self._pile, 1)
        self.pair.clicked.connect(self.start_pairing)
        self.assistant.action.clicked.connect(self._pair_assistant)

    def _word(self) -> None:
        wording = Wording(self, self._language)
        wording.put("desktop-devices", self.title.setText)
        wording.put("desktop-devices-pair", self.pair.setText)
        wording.put("desktop-devices-empty", self.blank.heading.setText)
        wording.put("desktop-devices-empty-more", self.blank.sentence.setText)
        self._language.changed.connect(self._say)

    def _say(self) -> None:
        for card in self._cards:
            card.say()
        self._say_held()

    def _end_pairing(self) -> None:
        self.pair.show()
        self.title.show()
        self._pile.setCurrentIndex(1 if self.devices else 0)
        self._say_held()
        self.offer_assistant(self._assistant_code)
        self.refresh()

    def _on_devices(self, found: Devices | Refusal) -> None:
        if isinstance(found, Refusal):
            self._complain(found)
            return
        self.banner.hide()
        self.show_devices(found.devices)

    def _on_block(self, device: Device, is_blocked: bool) -> None:
        self._change(device.client_id, DeviceChange(blocked=is_blocked))

    def _on_change(self, device: Device) -> None:
        question = DeviceQuestion(self, self._language, device)
        question.agreed.connect(lambda change: self._change(device.client_id, change))
        question.show()

    def _on_unpair(self, device: Device) -> None:
        say = self._language.say
        title = say("desktop-devices-unpair-title", name=device.name)
        question = Ask(self, title, say("desktop-devices-unpair-ask"))
        question.offer("cancel", say("desktop-cancel"))
        question.offer("unpair", say("desktop-devices-unpair"), "danger")
        question.answered.connect(lambda answer: self._unpair(device) if answer == "unpair" else None)
        question.show()

    def _unpair(self, device: Device) -> None:
        self._ask(lambda: self._link.home.unpair(device.client_id), self._after)

    def _change(self, client_id: str, change: DeviceChange) -> None:
        self._ask(lambda: self._link.home.change_device(client_id, change), self._after)

    def _after(self, answer: object) -> None:
        if isinstance(answer, Refusal):
            self._complain(answer)
        self.refresh()

    def _complain(self, trouble: Refusal | NodError) -> None:
        if isinstance(trouble, ServerAway):  # said above all rooms, with the way to try again
            return
        self.banner.tell(sentence(trouble, self._language.texts), "bad", "warn")

    def _ask(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        self._link.ask(work, done, self._complain)
