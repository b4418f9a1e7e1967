"""The person's own code (CIBA `user_code`): a device that does not bring it reaches them no more."""

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from core.wire.messages import Profile, ProfileChange
from gui import checks
from gui.language import Language
from gui.pages.section import Section
from gui.parts.boxes import button
from gui.parts.form import Field, line
from gui.parts.text import Text


class UserCodeSection(Section):
    """Set, changed or removed; the server keeps a hash only, so it is never shown again."""

    changed = Signal(object)
    """A `ProfileChange`."""

    def __init__(self, language: Language) -> None:
        super().__init__(language, "user-code")
        self.about, self.code, self.remove = Text("", ink="muted"), Field(line()), button(look="quiet-danger")
        self.state = Text("")
        self._has_code = False
        self.add(self.about, self.state, self.code)
        self.close_with_foot()
        self._foot.insertWidget(1, self.remove)
        self.wording.put("desktop-profile-user-code-about", self.about.setText)
        self.wording.put("desktop-profile-user-code-new", self.code.set_label)
        self.wording.put("desktop-profile-user-code-help", self.code.set_help)
        self.wording.put("desktop-profile-user-code-remove", self.remove.setText)
        self.save.clicked.connect(self._on_save)
        self.remove.clicked.connect(lambda: self.changed.emit(ProfileChange(user_code=None)))
        cast(QLineEdit, self.code.control).textEdited.connect(lambda _: self.code.complain(""))
        language.changed.connect(self._say)
        self._say()

    def show_profile(self, profile: Profile) -> None:
        """Show what the server keeps."""
        self._has_code = profile.has_user_code
        cast(QLineEdit, self.code.control).clear()
        self._say()

    def _say(self) -> None:
        self.remove.setVisible(self._has_code)
        self.state.setText(
            self.language.say(f"desktop-profile-user-code-{'is-set' if self._has_code else 'is-not-set'}")
        )

    def _on_save(self) -> None:
        code = cast(QLineEdit, self.code.control).text()
        key = checks.user_code_complaint(code)
        self.code.complain(self.language.say(key) if key else "")
        if key is None:
            self.changed.emit(ProfileChange(user_code=code))
