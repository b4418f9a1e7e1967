"""A home with something in every room, and no server behind it."""

from dataclasses import dataclass
from pathlib import Path

from pytestqt.qtbot import QtBot

from gui.autostart import Autostart
from gui.bridge import Bridge
from gui.language import Language
from gui.link import Link
from gui.main_window import MainWindow
from gui.preferences import PreferencesFile
from gui.rooms import Rooms
from gui.theme.theme import Theme
from tests.gui import samples

ROOMS = ("requests", "devices", "spending", "profile", "about")


@dataclass(frozen=True)
class Home:
    """The main window and what is in it."""

    window: MainWindow
    rooms: Rooms


def make_home(qtbot: QtBot, theme: Theme, language: Language, bridge: Bridge, folder: Path) -> Home:
    """Two requests, two devices."""
    window = MainWindow(theme, language)
    qtbot.addWidget(window)
    rooms = Rooms(window, theme, language, Link(bridge), PreferencesFile(folder), Autostart(folder))
    window.offer_assistant()
    window.be_online("momo")
    rooms.model.put(samples.request(), samples.request(name="req_" + "b" * 32))
    rooms.requests.be_loaded()
    rooms.devices.show_devices((samples.device(), samples.device("Agent", kind="ai_agent", is_blocked=True)))
    return Home(window, rooms)
