"""One paired device: its name, what it is, what it has cost, and what can be done with it."""

from PySide6.QtCore import Signal

from core.domain.money import Money
from core.presentation import formats
from core.wire.messages import Device
from gui.language import Language
from gui.parts.boxes import Card, button, column, row
from gui.parts.line import Line
from gui.parts.notices import Picture
from gui.parts.text import Chip, Text, visible
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_M, SPACE_S, SPACE_XS, Type

BETWEEN = " ·\u00a0"
"""Between two facts: a line may end before the dot, never with it."""
ASKS = ("purchase", "procedure", "sign_in")


class DeviceCard(Card):
    """A device of the list."""

    block_wanted = Signal(object, bool)
    """The `Device`, and whether to block it."""
    change_wanted = Signal(object)
    unpair_wanted = Signal(object)

    def __init__(self, theme: Theme, language: Language, device: Device) -> None:
        super().__init__(gap=SPACE_S)
        self.device, self._language = device, language
        self.name, self.about = Text("", Type.TITLE), Text("", Type.CAPTION, ink="muted")
        self.may = Text("", Type.CAPTION, ink="muted")
        self.figures = Text("", Type.CAPTION, ink="muted")
        self.chip = Chip("", "bad")
        self.block, self.change, self.unpair = button(), button(), button(look="quiet-danger")
        head = row(gap=SPACE_M)
        self._picture = Picture(theme, device.kind, "accent", 36)
        head.addWidget(self._picture)
        words = column(gap=SPACE_XS)
        first = row()
        first.addWidget(self.name, 1)
        first.addWidget(self.chip)
        words.addLayout(first)
        words.addWidget(self.about)
        words.addWidget(self.may)
        words.addWidget(self.figures)
        head.addLayout(words, 1)
        self.column.addLayout(head)
        foot = Line()
        foot.part()
        for one in (self.change, self.block, self.unpair):
            foot.add(one)
        self.column.addWidget(foot)
        self.block.clicked.connect(lambda: self.block_wanted.emit(self.device, not self.device.blocked))
        self.change.clicked.connect(lambda: self.change_wanted.emit(self.device))
        self.unpair.clicked.connect(lambda: self.unpair_wanted.emit(self.device))
        self.show_device(device)

    def show_device(self, device: Device) -> None:
        """Show what has become of the same device; the keyboard stays where it is."""
        self.device = device
        self._picture.show_icon(device.kind, "muted" if device.blocked else "accent")
        self.say()

    def hold(self, why: str) -> None:
        """Let nothing be changed, for the reason `why`; empty where it can be again."""
        for one in (self.block, self.change, self.unpair):
            one.setEnabled(not why)
            one.setAccessibleDescription(why)

    def say(self) -> None:
        """Say everything in the language now in force."""
        say, device = self._language.say, self.device
        spent = formats.money(Money(device.spent_value, device.spent_currency), self._language.locale)
        since = formats.day(device.paired_at, self._language.zone, self._language.locale)
        where = formats.place(device.place, self._language.texts) if device.place else None
        place = say("desktop-devices-place", place=where) if where else say("desktop-devices-no-place")
        self.name.setText(device.name)
        self.chip.setText(say("desktop-devices-blocked"))
        self.chip.setVisible(device.blocked)
        kind = say("lines-kind", kind=device.kind)
        calls = say("desktop-devices-calls", nickname=device.nickname)
        self.about.setText(BETWEEN.join((kind, calls, place)))
        may = (say(f"desktop-devices-may-{what}") for what in device.may if what in ASKS)
        asks = formats.joined(may, self._language.locale)
        self.may.setText(say("desktop-devices-may", what=asks) if asks else "")
        self.may.setVisible(bool(asks) and not device.blocked)
        count = say("desktop-devices-requests", count=device.requests)
        cost = say("desktop-devices-spent", amount=spent)
        self.figures.setText(BETWEEN.join((count, cost, say("desktop-devices-since", day=since))))
        for what, key in (
            (self.block, "unblock" if device.blocked else "block"),
            (self.change, "rename"),
            (self.unpair, "unpair"),
        ):
            what.setText(say(f"desktop-devices-{key}"))
            what.setAccessibleName(f"{say(f'desktop-devices-{key}')}: {visible(device.name)}")
