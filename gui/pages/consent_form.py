"""The consent to a pairing: who wants it, what it may do, what each calls the other, and where it stands.

The device's own name is shown as a claim; from here on it is known by the name that the person gives it.
"""

from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from core.terminal.places import place_claim
from core.wire.messages import Consent, PairingView
from gui import checks
from gui.language import Language, Wording
from gui.parts.boxes import Card, Flow, button, column, row, scrolled
from gui.parts.form import Field, complain_first, line
from gui.parts.line import Line
from gui.parts.notices import Banner, Picture, ticked
from gui.parts.point_field import PointField
from gui.parts.text import Text
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_M, SPACE_S, SPACE_XS, Type

MAY = ("purchase", "procedure", "sign_in")
LEAST_BESIDE = 450
"""In less width the label of one of two fields would wrap, and its field stand lower than the other."""
UNREAD_MS = 700
"""For so long after it has come up, Enter in a field agrees to nothing: the key may be meant for before."""


class ConsentForm(QWidget):
    """One pairing to agree to or to refuse."""

    agreed = Signal(object)
    """A `Consent`."""
    refused = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self._theme, self._language = theme, language
        self._view: PairingView | None = None
        self._picture = Picture(theme, "ai_device", "accent", 36)
        self._who, self._claim = Text("", Type.TITLE), Text("", Type.CAPTION, ink="muted")
        self._may = column(gap=SPACE_XS)
        self._never = Text("", ink="muted")
        self.device_name, self.nickname, self.reading = Field(line()), Field(line()), Field(line())
        self.place, self.point = Field(line()), PointField(language)
        self.banner = Banner(theme, "bad")
        self.banner.hide()
        self.agree = button(look="primary")
        self.refuse = button()
        self._spoken_as: str | None = None
        self._unread = QTimer(self)
        self._unread.setSingleShot(True)
        self._lay_out()
        self._word()
        self._connect()

    def show_pairing(
        self, view: PairingView, nickname: str, spoken_as: str | None, device_name: str = ""
    ) -> None:
        """Show who wants to be paired.

        Args:
            view: what the server tells of it.
            nickname: the person's preferred nickname.
            spoken_as: its reading.
            device_name: a name to propose for the device.
        """
        self._view, self._spoken_as = view, spoken_as
        self._line(self.nickname).setText(nickname)
        self._line(self.reading).setText(spoken_as or "")
        self._line(self.device_name).setText(device_name or view.client_name)
        self._picture.show_icon(view.kind, "accent")
        self._say()
        self.be_busy(False)
        self.banner.hide()
        self._unread.start(UNREAD_MS)

    @property
    def is_fresh(self) -> bool:
        """Whether it came up so lately that nobody can have read it."""
        return self._unread.isActive()

    def complain(self, sentence: str, where: str = "") -> None:
        """Say why it did not work, at the field called `where` if it was that one."""
        self.be_busy(False)
        field = getattr(self, where, None)
        if isinstance(field, Field):
            complain_first({field: sentence})
        else:
            self.banner.tell(sentence, "bad", "warn")

    def be_busy(self, is_busy: bool) -> None:
        """While the server is asked."""
        self.agree.setEnabled(not is_busy)
        self.refuse.setEnabled(not is_busy)

    def _lay_out(self) -> None:
        card = Card()
        head = row(gap=SPACE_M)
        head.addWidget(self._picture)
        words = column(gap=SPACE_XS)
        words.addWidget(self._who)
        words.addWidget(self._claim)
        head.addLayout(words, 1)
        card.column.addLayout(head)
        card.column.addLayout(self._may)
        card.column.addWidget(self._never)
        fields = Line(SPACE_M, LEAST_BESIDE)
        for field in (self.device_name, self.nickname):
            fields.add(field, 1, Qt.AlignmentFlag.AlignTop)
        places = Line(SPACE_M, LEAST_BESIDE)
        for field in (self.place, self.point):
            places.add(field, 1, Qt.AlignmentFlag.AlignTop)
        inside = Flow()
        stack = column(inside, SPACE_M)
        stack.addWidget(card)
        stack.addWidget(fields)
        stack.addWidget(self.reading)
        stack.addWidget(places)
        stack.addStretch(1)
        foot = row(gap=SPACE_S)
        foot.addStretch(1)
        foot.addWidget(self.refuse)
        foot.addWidget(self.agree)
        whole = column(self, SPACE_M)
        whole.addWidget(scrolled(inside), 1)
        whole.addWidget(self.banner)
        whole.addLayout(foot)

    def _word(self) -> None:
        wording = Wording(self, self._language)
        for name in ("device_name", "nickname", "reading", "place"):
            field: Field = getattr(self, name)
            key = f"desktop-pairing-{name.replace('_', '-')}"
            wording.put(key, field.set_label)
            wording.put(f"{key}-help", field.set_help)
        wording.put("desktop-pairing-agree", self.agree.setText)
        wording.put("desktop-pairing-refuse", self.refuse.setText)
        wording.put("desktop-pairing-never", self._never.setText)
        self._language.changed.connect(self._say)

    def _connect(self) -> None:
        self.agree.clicked.connect(self._on_agree)
        self.refuse.clicked.connect(self.refused)
        self._line(self.nickname).textChanged.connect(self._on_nickname)
        for field in (self.device_name, self.nickname, self.reading, self.place):
            self._line(field).textEdited.connect(lambda _text, of=field: of.complain(""))
        for field in (self.device_name, self.nickname, self.reading, self.place, self.point):
            self._line(field).returnPressed.connect(self._on_enter)
        self.reading.hide()

    def _say(self) -> None:
        if self._view is None:
            return
        say, view = self._language.say, self._view
        self._who.setText(say("desktop-pairing-who", kind=view.kind))
        self._claim.setText(say("desktop-pairing-claim", name=view.client_name))
        while (item := self._may.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for what in view.may:
            known = what if what in MAY else "other"
            self._may.addWidget(ticked(self._theme, say(f"desktop-pairing-may-{known}")))

    def _on_nickname(self, text: str) -> None:
        self.reading.setVisible(checks.needs_reading(text))

    def _on_enter(self) -> None:
        if not self.is_fresh and not self.point.is_choosing:
            self.agree.click()

    def _on_agree(self) -> None:
        name, nickname = self._text(self.device_name), self._text(self.nickname)
        is_point_clear = self.point.judge()
        found = {
            self.device_name: checks.device_name_complaint(name),
            self.nickname: checks.nickname_complaint(nickname),
            self.reading: checks.reading_complaint(nickname, self._text(self.reading)),
            self.place: checks.place_complaint(self._text(self.place), self.point.text),
        }
        if complain_first({field: self._language.say(key) if key else "" for field, key in found.items()}):
            return
        if not is_point_clear:
            self.point.control.setFocus()
            return
        self.be_busy(True)
        self.banner.hide()
        place = self._text(self.place)
        reading = self._text(self.reading) if checks.needs_reading(nickname) else ""
        claim = place_claim(place, self.point.text) if place else None
        self.agreed.emit(Consent(nickname, name, claim, reading or None))

    def _line(self, field: Field) -> QLineEdit:
        return cast(QLineEdit, field.control)

    def _text(self, field: Field) -> str:
        return self._line(field).text().strip()
