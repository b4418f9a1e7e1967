"""The first step: user ID, nickname and its reading, language, zone, and a PIN for whoever wants one."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from core.terminal import here
from gui import checks
from gui.language import Language, Wording
from gui.parts.boxes import button, column, scrolled
from gui.parts.choices import languages, zones
from gui.parts.form import Field, complain_first, form, line
from gui.parts.line import Line
from gui.parts.notices import Banner
from gui.parts.text import Text
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_L, SPACE_M, Type

if TYPE_CHECKING:
    from core.client.enrolling import NewPerson


class ProfileStep(QWidget):
    """Who are you?"""

    agreed = Signal(object, object)
    """A `NewPerson`, and the PIN or None."""
    code_wanted = Signal()
    """The person has a profile already and a one-time code for this terminal."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self._language = language
        self._is_own_id = self._is_pressed_early = False
        self.heading, self.intro = Text("", Type.HEADING), Text("", ink="muted")
        self.nickname, self.reading = Field(line()), Field(line())
        self.user_id = Field(line())
        self.language = Field(languages(language.locale))
        self.zone = Field(zones(here.zone()))
        self.pin, self.pin_again = Field(line(is_secret=True)), Field(line(is_secret=True))
        self.banner = Banner(theme, "bad")
        self.banner.hide()
        self.go = button(look="primary")
        self.have_code = button(look="quiet")
        self._lay_out()
        self._word()
        self._connect()

    def complain(self, sentence: str, where: str = "") -> None:
        """Say why it did not work, and let it be tried again.

        Args:
            sentence: what to say.
            where: the name of the field that was refused; empty where it is no single one.
        """
        self._is_pressed_early = False
        self.be_busy(False)
        field = getattr(self, where, None)
        if isinstance(field, Field):
            complain_first({field: sentence})
        else:
            self.banner.tell(sentence, "bad", "warn")

    def be_unserved(self, sentence: str) -> None:
        """There is no server and there will be none: nothing can be made here."""
        self.complain(sentence)
        for one in (self.go, self.have_code):
            one.setEnabled(False)
            one.setAccessibleDescription(sentence)
        for field in self._fields:
            field.setEnabled(False)  # typing would come to nothing

    def be_served(self) -> None:
        """The server can be asked: who has finished already need not press again."""
        self.be_busy(False)
        if self._is_pressed_early:
            self._on_go()

    def be_busy(self, is_busy: bool) -> None:
        """While the server is asked, or is not there yet."""
        self.go.setEnabled(not is_busy)
        self.go.setText(self._language.say("desktop-wizard-busy" if is_busy else "desktop-wizard-create"))

    def person(self) -> "NewPerson":
        """What was typed."""
        from core.client.enrolling import NewPerson

        nickname = _text(self.nickname).strip()
        reading = _text(self.reading).strip() if checks.needs_reading(nickname) else ""
        return NewPerson(
            user_id=_text(self.user_id).strip(),
            nickname=nickname,
            spoken_as=reading or None,
            locale=self._combo(self.language).currentData(),
            zone=self._combo(self.zone).currentText(),
        )

    def _lay_out(self) -> None:
        self._fields = (
            self.nickname,
            self.reading,
            self.user_id,
            self.language,
            self.zone,
            self.pin,
            self.pin_again,
        )
        both, pins = Line(SPACE_L), Line(SPACE_L)
        for line_of_two, pair in ((both, (self.language, self.zone)), (pins, (self.pin, self.pin_again))):
            for field in pair:
                line_of_two.add(field, 1, Qt.AlignmentFlag.AlignTop)
        fields = form(self.heading, self.intro, self.nickname, self.reading, self.user_id, both, pins, None)
        stack = column(self, SPACE_M)
        stack.addWidget(scrolled(fields), 1)
        stack.addWidget(self.banner)
        foot = Line()
        foot.add(self.have_code)
        foot.part()
        foot.add(self.go)
        stack.addWidget(foot)

    def _word(self) -> None:
        wording = Wording(self, self._language)
        wording.put("desktop-wizard-welcome", self.heading.setText)
        wording.put("desktop-wizard-welcome-more", self.intro.setText)
        wording.put("desktop-wizard-have-code", self.have_code.setText)
        wording.put("desktop-wizard-create", self.go.setText)
        names = ("nickname", "reading", "user_id", "language", "zone", "pin", "pin_again")
        for name in names:
            field: Field = getattr(self, name)
            key = f"desktop-wizard-{name.replace('_', '-')}"
            wording.put(key, field.set_label)
            if self._language.texts.has(f"{key}-help"):
                wording.put(f"{key}-help", field.set_help)

    def _connect(self) -> None:
        self.go.clicked.connect(self._on_go)
        self.have_code.clicked.connect(self.code_wanted)
        self._line(self.nickname).textChanged.connect(self._on_nickname)
        self._line(self.reading).textChanged.connect(self._propose_id)
        self._line(self.user_id).textEdited.connect(self._on_user_id)
        for field in (self.nickname, self.reading, self.user_id, self.pin, self.pin_again):
            self._line(field).returnPressed.connect(self._on_go)
            self._line(field).textEdited.connect(lambda _text, of=field: of.complain(""))
        combo = self._combo(self.language)
        combo.currentIndexChanged.connect(lambda _: self._language.choose(combo.currentData()))
        self.reading.hide()

    def _on_nickname(self, text: str) -> None:
        self.reading.setVisible(checks.needs_reading(text))
        self._propose_id()

    def _propose_id(self) -> None:
        nickname = _text(self.nickname)
        said = _text(self.reading) if checks.needs_reading(nickname) else nickname
        if not self._is_own_id:
            self._line(self.user_id).setText(checks.suggested_user_id(said or nickname))

    def _on_user_id(self, text: str) -> None:
        self._is_own_id = bool(text)

    def _on_go(self) -> None:
        nickname = _text(self.nickname)
        found = {
            self.nickname: checks.nickname_complaint(nickname),
            self.reading: checks.reading_complaint(nickname, _text(self.reading)),
            self.user_id: checks.user_id_complaint(_text(self.user_id).strip()),
            self.zone: checks.zone_complaint(self._combo(self.zone).currentText()),
            self.pin: checks.pin_complaint(_text(self.pin), _text(self.pin_again)),
        }
        if complain_first({field: self._language.say(key) if key else "" for field, key in found.items()}):
            return
        self._is_pressed_early = not self.go.isEnabled()
        if self._is_pressed_early:
            return
        self.banner.hide()
        self.be_busy(True)
        self.agreed.emit(self.person(), _text(self.pin) or None)

    def _line(self, field: Field) -> QLineEdit:
        return cast(QLineEdit, field.control)

    def _combo(self, field: Field) -> QComboBox:
        return cast(QComboBox, field.control)


def _text(field: Field) -> str:
    return cast(QLineEdit, field.control).text()
