"""The rooms of the main window, made and furnished in one place."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from core.wire.messages import Profile
from gui.autostart import Autostart
from gui.export import export
from gui.language import Language
from gui.link import Link
from gui.main_window import MainWindow
from gui.pages.about import AboutPage
from gui.pages.devices import DevicesPage
from gui.pages.profile import ProfilePage
from gui.pages.requests import RequestsPage
from gui.pages.requests_model import RequestsModel
from gui.preferences import Preferences, PreferencesFile
from gui.theme.theme import Scheme, Theme


class Rooms(QObject):
    """Requests, devices, profile, about."""

    def __init__(
        self,
        main: MainWindow,
        theme: Theme,
        language: Language,
        link: Link,
        preferences: PreferencesFile,
        autostart: Autostart,
    ) -> None:
        super().__init__(main)
        self._main, self._theme, self._language = main, theme, language
        self._preferences = preferences
        self._profile: Profile | None = None
        self.model = RequestsModel(language, self)
        self.requests = RequestsPage(theme, language, self.model)
        self.devices = DevicesPage(theme, language, link)
        self.profile = ProfilePage(language, link, preferences.load(), autostart)
        self.about = AboutPage(theme, language)
        main.add_room("requests", "inbox", self.requests)
        main.add_room("devices", "devices", self.devices)
        main.add_room("profile", "profile", self.profile)
        main.add_room("about", "about", self.about)
        main.room_changed.connect(self._on_room)
        self.profile.preferences_changed.connect(self._on_preferences)
        self.profile.export_wanted.connect(self._on_export)

    def be_of(self, profile: Profile) -> None:
        """Whose rooms they are."""
        self._profile = profile
        self.devices.be_of(profile)
        self.profile.be_of(profile)

    def _on_room(self, name: str) -> None:
        if name == "devices" and self._profile is not None:
            self.devices.refresh()

    def _on_preferences(self, chosen: Preferences) -> None:
        self._preferences.save(chosen)
        self._theme.choose(Scheme(chosen.scheme))

    def _on_export(self) -> None:
        say = self._language.say
        name, _ = QFileDialog.getSaveFileName(
            self._main, say("desktop-profile-export"), "nod.json", "JSON (*.json)"
        )
        if not name:
            return
        is_done = export(Path(name), self._profile, self.devices.devices, self.model.all_views())
        key = "desktop-profile-exported" if is_done else "desktop-profile-export-failed"
        self.profile.terminals.tell(say(key, file=Path(name).name), is_bad=not is_done)
