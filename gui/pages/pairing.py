"""Pairing a device by the code that it shows or says: type, look, consent; in the wizard and at any time."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from core.client.answer import Refusal
from core.domain.errors import NodError
from core.wire.messages import Consent, Device, PairingView, Profile
from gui.language import Language, Wording
from gui.link import Link
from gui.pages.consent_form import ConsentForm
from gui.parts.boxes import button, column
from gui.parts.hinted import HintedLine
from gui.parts.line import Line
from gui.parts.notices import Banner
from gui.parts.text import PageTitle, Text
from gui.refusals import field_of, sentence
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_L, SPACE_M, Type, font


class Pairing(QWidget):
    """One pairing from its code to the paired device."""

    paired = Signal(object)
    """A `Device`."""
    left = Signal()
    """Refused, or gone back."""

    def __init__(self, theme: Theme, language: Language, link: Link, *, takes_code: bool = True) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self._language, self._link = language, link
        self._profile: Profile | None = None
        self._takes_code = takes_code
        self._code, self._device_name = "", ""
        self._is_looking = False
        self.heading, self.intro = PageTitle(), Text("", ink="muted")
        self.code, self.look_button = HintedLine(), button(look="primary")
        self.back = button(look="quiet")
        self.banner = Banner(theme, "bad")
        self.banner.hide()
        self.consent = ConsentForm(theme, language)
        self._pile = QStackedWidget()
        self._lay_out()
        self._word()
        self._connect()

    def begin(self, profile: Profile) -> None:
        """Wait for a code."""
        self._profile = profile
        self.intro.show()
        self.code.clear()
        self.banner.hide()
        self._pile.setCurrentIndex(0)

    def look_at(self, code: str, device_name: str = "") -> None:
        """Ask the server who shows this code.

        Args:
            code: as typed.
            device_name: a name to propose for the device.
        """
        self._code, self._device_name = code, device_name
        self._be_looking(True)
        self._link.ask(lambda: self._link.home.look_at_pairing(code), self._on_looked, self._on_failed)

    def show_consent(self) -> None:
        """Show the consent, of whoever is in it, with the keyboard in its first field."""
        self._pile.setCurrentIndex(1)
        self.intro.setVisible(not self._takes_code)  # the code was typed
        self.consent.device_name.control.setFocus()

    def complain(self, text: str, where: str = "") -> None:
        """Say what is wrong, where the person looks; `where` is the field of the consent that was refused."""
        self._be_looking(False)
        if self._pile.currentIndex() == 0:
            self.banner.tell(text, "bad", "warn")
        else:
            self.consent.complain(text, where)

    def _lay_out(self) -> None:
        entry = QWidget()
        entry.setProperty("look", "clear")
        stack = column(entry, SPACE_M)
        self.code.setFont(font(Type.CODE))
        self.code.setProperty("look", "code")
        self.code.setMaxLength(16)
        self.code.setMaximumWidth(320)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        ask = Line(SPACE_M)
        ask.add(self.code, 1)
        ask.add(self.look_button)
        ask.part()
        stack.addWidget(ask)
        stack.addWidget(self.banner)
        stack.addStretch(1)
        stack.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.code.setVisible(self._takes_code)
        self.look_button.setVisible(self._takes_code)
        self.back.setVisible(self._takes_code)
        for page in (entry, self.consent):
            self._pile.addWidget(page)
        whole = column(self, SPACE_L)
        whole.addWidget(self.heading)
        whole.addWidget(self.intro)
        whole.addWidget(self._pile, 1)

    def _word(self) -> None:
        wording = Wording(self, self._language)
        where = "desktop-pairing" if self._takes_code else "desktop-wizard-consent"
        wording.put(where, self.heading.setText)
        wording.put(f"{where}-intro", self.intro.setText)
        wording.put("desktop-pairing-code", self.code.setAccessibleName)
        wording.put("desktop-pairing-look", self.look_button.setText)
        wording.put("desktop-back", self.back.setText)
        self.code.setPlaceholderText("ABCD-EFGH")

    def _connect(self) -> None:
        self.look_button.clicked.connect(self._on_look)
        self.code.returnPressed.connect(self._on_look)
        self.code.textChanged.connect(lambda _: self._be_looking(self._is_looking))
        self._be_looking(False)
        self.back.clicked.connect(self.left)
        self.consent.agreed.connect(self._on_agreed)
        self.consent.refused.connect(self._on_refused)

    def _be_looking(self, is_looking: bool) -> None:
        """It can be looked once there is a code, and not twice at a time."""
        self._is_looking = is_looking
        has_code = bool(self.code.text().strip())
        self.look_button.setEnabled(has_code and not is_looking)
        missing = "" if has_code else self._language.say("desktop-pairing-code-missing")
        self.look_button.setAccessibleDescription(missing)

    def _on_look(self) -> None:
        if self._is_looking:
            return
        if code := self.code.text().strip():
            self.look_at(code)
        else:
            self.complain(self._language.say("desktop-pairing-code-missing"))

    def _on_looked(self, found: PairingView | Refusal) -> None:
        self._be_looking(False)
        if isinstance(found, Refusal):
            self.complain(sentence(found, self._language.texts))
            return
        profile = self._profile
        nickname = profile.nickname if profile else ""
        self.consent.show_pairing(found, nickname, profile.spoken_as if profile else None, self._device_name)
        self.show_consent()

    def _on_agreed(self, consent: Consent) -> None:
        self._ask(lambda: self._link.home.consent(self._code, consent), self._on_consented)

    def _on_consented(self, device: Device | Refusal) -> None:
        if isinstance(device, Refusal):
            self.complain(sentence(device, self._language.texts), field_of(device))
            return
        self.consent.be_busy(False)
        self.paired.emit(device)

    def _on_refused(self) -> None:
        code = self._code
        self._ask(lambda: self._link.home.refuse_pairing(code), lambda _: self.left.emit())

    def _ask(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        self._link.ask(work, done, self._on_failed)

    def _on_failed(self, error: NodError) -> None:
        self.complain(sentence(error, self._language.texts))
