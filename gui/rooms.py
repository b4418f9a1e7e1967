"""The rooms of the main window, made and furnished in one place."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.client.answer import Refusal
from core.domain.errors import NodError
from core.wire.messages import Profile
from gui.autostart import Autostart
from gui.beat import Beat
from gui.connection import Connection, devices_held, hold
from gui.history import History
from gui.language import Language
from gui.link import Link
from gui.main_window import MainWindow
from gui.pages.about import AboutPage
from gui.pages.devices import DevicesPage
from gui.pages.profile import ProfilePage
from gui.pages.requests import RequestsPage
from gui.pages.requests_model import RequestsModel
from gui.pages.spending import SpendingPage
from gui.portraits import Portraits
from gui.preferences import Preferences, PreferencesFile
from gui.refusals import sentence
from gui.saving import ask_where
from gui.theme.theme import Scheme, Theme


class Rooms(QObject):
    """Requests, devices, spending, profile, about."""

    preferences_changed = Signal(object)
    """The `Preferences` as they are kept now."""

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
        self._link, self._preferences, self._autostart = link, preferences, autostart
        self._profile: Profile | None = None
        self._profile_page: ProfilePage | None = None
        self.beat = Beat(self)
        """For every countdown on screen, the prompt's too."""
        self.model = RequestsModel(language, self)
        self.portraits = Portraits(link, self)
        self.portraits.changed.connect(main.show_person)
        self.requests = RequestsPage(theme, language, self.model, self.beat)
        self.history = History(link, self.model, self)
        self.history.came.connect(self._on_history)
        self.requests.older_wanted.connect(self.history.read_older)
        self.devices = DevicesPage(theme, language, link)
        self._spending: SpendingPage | None = None
        main.add_room("requests", "inbox", lambda: self.requests)
        main.add_room("devices", "devices", lambda: self.devices)
        main.add_room("spending", "spending", lambda: self.spending)
        main.add_room("profile", "profile", lambda: self.profile)
        main.add_room("about", "about", lambda: AboutPage(theme, language))
        main.room_changed.connect(self._on_room)
        main.connection_changed.connect(self._on_connection)
        main.reconnect_wanted.connect(lambda: self._on_room(main.room))
        self._on_connection(Connection.CONNECTING)
        self.requests.pair_wanted.connect(self._on_pair_wanted)
        self.devices.changed.connect(lambda: self.requests.be_paired(bool(self.devices.devices)))

    @property
    def profile(self) -> ProfilePage:
        """The page of the person, made when it is first wanted."""
        if self._profile_page is None:
            chosen = self._preferences.load()
            made = ProfilePage(
                self._theme, self._language, self._link, self.portraits, chosen, self._autostart
            )
            made.preferences_changed.connect(self._on_preferences)
            made.export_wanted.connect(self._on_export)
            self._profile_page = made
            if self._profile is not None:
                made.be_of(self._profile)
                self.portraits.be_of(self._profile)
        return self._profile_page

    def be_of(self, profile: Profile) -> None:
        """Whose rooms they are."""
        self._profile = profile
        self.devices.be_of(profile)
        self.portraits.be_of(profile)
        if self._profile_page is not None:
            self._profile_page.be_of(profile)

    @property
    def spending(self) -> SpendingPage:
        """The page of sums, made when it is first wanted."""
        if self._spending is None:
            self._spending = SpendingPage(self._theme, self._language, self.model)
        return self._spending

    def _on_history(self) -> None:
        self.requests.be_loaded()
        self.requests.offer_older(self.history.has_older)

    def _on_connection(self, connection: Connection) -> None:
        self.requests.detail.hold(hold(connection))
        self.devices.hold(devices_held(connection))
        if hold(connection):
            self.requests.be_away()

    def _on_room(self, name: str) -> None:
        if name == "devices" and self._profile is not None:
            self.devices.refresh()
        if name == "spending" and self._spending is not None:
            self._spending.refresh()

    def _on_pair_wanted(self) -> None:
        self._main.go_to("devices")
        self.devices.pair_somebody()

    def _on_preferences(self, chosen: Preferences) -> None:
        self._preferences.save(chosen)
        self._theme.choose(Scheme(chosen.scheme))
        self.preferences_changed.emit(chosen)

    def _on_export(self) -> None:
        button = self._language.say("desktop-profile-export")
        path = ask_where(self._main, button, "nod.json", "JSON (*.json)")
        if path is not None:
            self._export(path)

    def _export(self, path: Path) -> None:
        from core.terminal.own_copy import OwnCopy, collect, write  # brings the HTTP client

        section, texts = self.profile.leaving, self._language.texts

        def done(copy: OwnCopy | Refusal) -> None:
            if isinstance(copy, Refusal):
                failed(copy)
                return
            is_done = write(copy, path)
            key = "desktop-profile-exported" if is_done else "desktop-profile-export-failed"
            section.tell(texts.say(key, file=path.name), is_bad=not is_done)

        def failed(trouble: Refusal | NodError) -> None:
            section.tell(sentence(trouble, texts), is_bad=True)

        self._link.ask(lambda: collect(self._link.home), done, failed)
