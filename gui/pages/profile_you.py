"""Who the person is: name on their own screens, nickname and its reading, language, zone."""

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QLineEdit

from core.wire.messages import Profile, ProfileChange
from gui import checks
from gui.language import Language
from gui.pages.section import Section
from gui.parts.boxes import button
from gui.parts.choices import languages, zones
from gui.parts.form import Field, line
from gui.parts.line import Line
from gui.parts.portrait import Portrait
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_M

PORTRAIT = 72


class YouSection(Section):
    """The person's own words."""

    changed = Signal(object)
    """A `ProfileChange`."""

    picture_wanted = Signal()
    picture_unwanted = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__(language, "you")
        self.portrait = Portrait(theme, PORTRAIT)
        self.choose_picture, self.no_picture = button(), button(look="quiet")
        self.no_picture.hide()
        head = Line(SPACE_M)
        for one in (self.portrait, self.choose_picture, self.no_picture):
            head.add(one)
        head.part()
        self.add(head)
        self.wording.put("desktop-profile-picture-choose", self.choose_picture.setText)
        self.wording.put("desktop-profile-picture-remove", self.no_picture.setText)
        self.choose_picture.clicked.connect(self.picture_wanted)
        self.no_picture.clicked.connect(self.picture_unwanted)
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

    def show_person(self, name: str, image: QImage | None) -> None:
        """Show the person's picture, or none."""
        self.portrait.show_person(name, image)
        self.no_picture.setVisible(image is not None)

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
