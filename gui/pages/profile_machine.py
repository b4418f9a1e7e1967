"""This computer's own choices: theme, sound, motion, closing, start at login; and where the key lies."""

from typing import cast

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from gui.language import Language
from gui.pages.section import Section
from gui.parts.choices import choice
from gui.parts.form import Field
from gui.parts.text import Text
from gui.parts.tick import Tick
from gui.preferences import Preferences
from gui.tray import has_tray

SCHEMES = ("system", "light", "dark")
CLOSINGS = ("ask", "stay", "quit")


class MachineSection(Section):
    """Choices that never leave this machine; each takes effect at once."""

    changed = Signal(object)
    """The `Preferences` as they are now."""
    login_wanted = Signal(bool)
    """Whether Nod shall start at login."""

    def __init__(self, language: Language, preferences: Preferences) -> None:
        super().__init__(language, "machine", has_save=False)
        self._preferences = preferences
        self.scheme = Field(choice([(name, name) for name in SCHEMES], preferences.scheme))
        self.on_close = Field(choice([(name, name) for name in CLOSINGS], preferences.on_close))
        self.sound, self.motion, self.login = Tick(), Tick(), Tick()
        self.stored = Text("", ink="muted")
        self._stored_in = ""
        self.sound.setChecked(preferences.has_sound)
        self.motion.setChecked(preferences.reduced_motion)
        self.beside(self.scheme, self.on_close)
        self.add(self.sound, self.motion, self.login, self.stored)
        self.close_with_foot()
        self._word()
        for field in (self.scheme, self.on_close):
            cast(QComboBox, field.control).currentIndexChanged.connect(self._on_change)
        for box in (self.sound, self.motion):
            box.toggled.connect(self._on_change)
        self.login.toggled.connect(self.login_wanted)

    def show_login(self, is_on: bool) -> None:
        """Whether Nod starts at login now."""
        self.login.setChecked(is_on)

    def show_stored_in(self, where: str) -> None:
        """Say where the login key lies: `keyring` or `file`."""
        self._stored_in = where
        self.stored.setText(self.language.say(f"desktop-stored-{where}") if where else "")

    def _word(self) -> None:
        put = self.wording.put
        put("desktop-profile-scheme", self.scheme.set_label)
        put("desktop-profile-on-close", self.on_close.set_label)
        for key, box in (("sound", self.sound), ("motion", self.motion), ("login", self.login)):
            put(f"desktop-profile-{key}", box.setText)
        self.language.changed.connect(self._say_items)
        self._say_items()

    def _say_items(self) -> None:
        self.show_stored_in(self._stored_in)
        self._say_way_back()
        for field, kind, names in ((self.scheme, "scheme", SCHEMES), (self.on_close, "on-close", CLOSINGS)):
            box = cast(QComboBox, field.control)
            for at, name in enumerate(names):
                box.setItemText(at, self.language.say(f"desktop-profile-{kind}-{name}"))

    def _say_way_back(self) -> None:
        """Where no tray shows Nod, say how it comes back out of the background."""
        is_wanted = cast(QComboBox, self.on_close.control).currentData() == "stay" and not has_tray()
        self.on_close.set_help(self.language.say("desktop-close-way-back") if is_wanted else "")

    def _on_change(self) -> None:
        self._say_way_back()
        self._preferences = msgspec.structs.replace(
            self._preferences,
            scheme=cast(QComboBox, self.scheme.control).currentData(),
            on_close=cast(QComboBox, self.on_close.control).currentData(),
            has_sound=self.sound.isChecked(),
            reduced_motion=self.motion.isChecked(),
        )
        self.changed.emit(self._preferences)
