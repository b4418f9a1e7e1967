"""What a new user does in the first window, also faster than the servers start."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core.wire.messages import OrderAgain
from gui.bridge import Bridge
from gui.household import AssistantStatus
from gui.language import Language
from gui.link import Link
from gui.parts.form import Field
from gui.parts.notices import Picture
from gui.theme.theme import Theme
from gui.wizard.profile_step import ProfileStep
from gui.wizard.window import Wizard


@pytest.fixture
def step(qtbot: QtBot, theme: Theme, language: Language) -> ProfileStep:
    made = ProfileStep(theme, language)
    qtbot.addWidget(made)
    made.be_busy(True)
    made.show()
    return made


def _type(field: Field, text: str) -> None:
    assert isinstance(field.control, QLineEdit)
    QTest.keyClicks(field.control, text)
    QTest.keyClick(field.control, Qt.Key.Key_Return)


def test_enter_before_the_server_answers_is_kept_until_it_does(step: ProfileStep, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(step.agreed):
        _type(step.nickname, "Momo")
    with qtbot.waitSignal(step.agreed) as asked:
        step.be_served()
    assert asked.args is not None
    assert asked.args[0].nickname == "Momo"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_that_has_the_keyboard_is_pressed_by_enter_and_by_space(
    step: ProfileStep, qtbot: QtBot, key: Qt.Key
) -> None:
    step.be_served()
    qtbot.waitExposed(step)
    step.have_code.setFocus()
    with qtbot.waitSignal(step.code_wanted):
        QTest.keyClick(step.have_code, key)


def test_nothing_is_sent_for_who_has_not_pressed_or_was_told_what_is_wrong(
    step: ProfileStep, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(step.agreed):
        step.be_served()
        step.be_busy(True)
        _type(step.nickname, "Momo")
        step.complain("The servers did not start.")
        step.be_served()


class Broken:
    """An assistant whose process ended before it had a code."""

    def __init__(self) -> None:
        self.client_id = self.registered_id = self.pairing_code = lambda: None
        self.show = self.stop = lambda: None

    def status(self) -> AssistantStatus:
        """Nothing can be expected of it."""
        return AssistantStatus.FAILED

    def start(self, locale: str) -> None:
        """It cannot be started."""

    def speak(self, locale: str) -> None:
        """It says nothing."""

    def say(self, text: str) -> None:
        """Nobody hears it."""

    def order_again(self, order: OrderAgain) -> None:
        """Nobody asks."""

    def on_change(self, call: Callable[[], None]) -> None:
        """Nothing changes any more."""


def test_an_assistant_that_did_not_start_is_not_waited_for(
    qtbot: QtBot, theme: Theme, language: Language, bridge: Bridge
) -> None:
    wizard = Wizard(theme, language, Link(bridge), Broken())
    qtbot.addWidget(wizard)
    wizard.look_at_assistant()
    assert wizard.waiting.heading.text() == language.say("desktop-wizard-failed")
    picture = wizard.waiting.picture.pixmap().toImage()
    assert picture == Picture(theme, "ai_device", "warn", 56).pixmap().toImage()


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_the_names_of_the_steps_begin_at_one_line(
    qtbot: QtBot, theme: Theme, language: Language, bridge: Bridge, locale: str
) -> None:
    language.choose(locale)
    wizard = Wizard(theme, language, Link(bridge))
    qtbot.addWidget(wizard)
    wizard.show()
    names = list(wizard._steps.values())
    assert len({name.mapTo(wizard, name.rect().topLeft()).x() for name in names}) == 1
    assert [name.accessibleName()[0].isdigit() for name in names] == [False] * 3
