"""Words that say a thing once, whole, and as it is: no title is repeated, no date claims more than it is."""

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from assistant.face.settings import SettingsDialog
from assistant.preferences import Preferences as AssistantPreferences
from core.texts.catalog import Texts
from core.wire.messages import Profile, TerminalView
from gui.bridge import Bridge
from gui.desktop import Desktop
from gui.language import Language
from gui.link import Link
from gui.pages.profile_terminals import TerminalsSection
from gui.parts.ask import Ask
from gui.theme.theme import Theme
from gui.wizard.window import Wizard
from tests.gui import samples
from tests.gui.test_home import _fill, desktop  # noqa: F401  a fixture


def test_the_question_before_unpairing_names_the_device_once(desktop: Desktop) -> None:  # noqa: F811
    _fill(desktop)
    desktop.rooms.devices._on_unpair(samples.device())
    (question,) = desktop.rooms.devices.findChildren(Ask)
    said = " ".join(one.text() for one in question.findChildren(QLabel))
    assert said.count("Unpair") == 1
    assert said.count("Kitchen speaker") == 1


def test_the_date_beside_a_computer_says_what_it_is(language: Language, qtbot: QtBot) -> None:
    section = TerminalsSection(language)
    qtbot.addWidget(section)
    section.show_terminals((TerminalView("t_1", "laptop", "2026-11-02T09:00:00Z", is_this=True),))
    assert "added Nov 2, 2026" in [one.text() for one in section.findChildren(QLabel)]


def test_nobody_is_told_to_be_ready_while_nothing_is_paired(
    qtbot: QtBot, theme: Theme, language: Language, bridge: Bridge
) -> None:
    wizard = Wizard(theme, language, Link(bridge))
    qtbot.addWidget(wizard)
    wizard.go_to(wizard.done)
    assert wizard.done.heading.text() == "Nobody is paired yet"
    wizard.be_done(Profile("momo", "Momo"))
    assert wizard.done.heading.text() == "You are ready"


def test_no_recogniser_is_offered_under_the_raw_name_of_its_engine(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = SettingsDialog(Texts("en"), AssistantPreferences(), ("Momo",), "", parent)
    offered = [dialog._engine.itemText(at) for at in range(dialog._engine.count())]
    assert offered == ["The best one that works here", "Built in", "PocketSphinx", "Whisper (needs a model)"]
