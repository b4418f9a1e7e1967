"""Who the person is: name on their own screens, nickname and its reading, language, zone."""

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from core.wire.messages import Profile, ProfileChange
from gui import checks
from gui.language import Language
from gui.pages.section import Section
from gui.parts.choices import languages, zones
from gui.parts.form import Field, line


class YouSection(Section):
    """The person's own words."""

    changed = Signal(object)
    """A `ProfileChange`."""

    def __init__(self, language: Language) -> None:
        super().__init__(language, "you")
        self.user_id, self.display_name = Field(line()), Field(line())
        self.nickname, self.reading = Field(line()), Field(line())
        self.tongue, self.zone = Field(languages(language.locale)), Field(zones(language.zone))
        self.user_id.control.setEnabled(False)
        self.beside(self.user_id, self.display_name)
        self.beside(self.nickname, self.reading)
        self.beside(self.tongue, self.zone)
        self.close_with_foot()
        for key, field in (
            ("wizard-user-id", self.user_id),
            ("profile-display-name", self.display_name),
            ("wizard-nickname", self.nickname),
            ("wizard-reading", self.reading),
            ("wizard-language", self.tongue),
            ("wizard-zone", self.zone),
        ):
            self.wording.put(f"desktop-{key}", field.set_label)
        self.save.clicked.connect(self._on_save)

    def show_profile(self, profile: Profile) -> None:
        """Show what the server keeps."""
        self._line(self.user_id).setText(profile.user_id)
        self._line(self.display_name).setText(profile.display_name or "")
        self._line(self.nickname).setText(profile.nickname)
        self._line(self.reading).setText(profile.spoken_as or "")
        locale = cast(QComboBox, self.tongue.control)
        locale.setCurrentIndex(max(0, locale.findData(profile.locale)))
        cast(QComboBox, self.zone.control).setCurrentText(profile.zone)

    def _on_save(self) -> None:
        nickname, reading = self._text(self.nickname), self._text(self.reading)
        zone = cast(QComboBox, self.zone.control).currentText()
        name = self._text(self.display_name)
        found = {
            self.display_name: checks.place_complaint(name),
            self.nickname: checks.nickname_complaint(nickname),
            self.reading: checks.reading_complaint(nickname, reading),
            self.zone: checks.zone_complaint(zone),
        }
        for field, key in found.items():
            field.complain(self.language.say(key) if key else "")
        if any(found.values()):
            return
        locale = cast(QComboBox, self.tongue.control).currentData()
        self.changed.emit(
            ProfileChange(
                nickname=nickname,
                spoken_as=reading or None,
                display_name=name or None,
                locale=locale,
                zone=zone,
            )
        )

    def _line(self, field: Field) -> QLineEdit:
        return cast(QLineEdit, field.control)

    def _text(self, field: Field) -> str:
        return self._line(field).text().strip()
