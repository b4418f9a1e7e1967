"""What is grave looks grave: what can never be approved, what a press takes away, who has the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from core.wire.messages import Profile, TerminalView
from gui.desktop import Desktop
from gui.language import Language
from gui.pages.device_card import DeviceCard
from gui.pages.profile_terminals import TerminalsSection
from gui.parts.digits import DigitsField
from gui.theme.theme import Theme
from gui.theme.tokens import LIGHT
from gui.wizard.window import Wizard
from tests.gui import samples
from tests.gui.prompting import Prompting
from tests.gui.test_home import desktop  # noqa: F401  a fixture


@pytest.mark.parametrize(
    ("trouble", "look"),
    [
        ("details_differ", "banner-bad"),
        ("quote_missing", "banner-bad"),
        ("quote_differs", "banner-bad"),
        ("hostile_text", "banner-bad"),
        ("payment_away", "banner-warn"),
        ("pin_not_set", "banner-warn"),
    ],
)
def test_what_can_never_be_approved_is_told_on_red(
    qtbot: QtBot, theme: Theme, language: Language, trouble: str, look: str
) -> None:
    prompting = Prompting(qtbot, theme, language)
    prompting.arrive(trouble=trouble)
    assert prompting.dialog.unusual.property("look") == look


def test_a_prompt_without_the_keyboard_shows_no_ring_and_no_cursor(
    qtbot: QtBot, theme: Theme, language: Language
) -> None:
    prompting = Prompting(qtbot, theme, language)
    prompting.arrive()
    assert not prompting.dialog.isActiveWindow()
    assert not prompting.dialog.answers.code.hasFocus()


def test_the_cursor_of_an_empty_code_stands_before_its_first_place(qtbot: QtBot) -> None:
    field = DigitsField()
    qtbot.addWidget(field)
    field.show()
    empty = field.cursorRect()
    QTest.keyClicks(field, "4")
    first = field.cursorRect()
    QTest.keyClicks(field, "7")
    assert empty.center().x() < first.center().x() < field.cursorRect().center().x()
    gap, right = empty.center().x(), field.width() - field.cursorRect().center().x()
    assert abs(gap - right) <= 8, "both digits together stand in the middle"


def test_closing_is_asked_with_the_keyboard_at_the_main_button_and_can_be_given_up(
    desktop: Desktop,  # noqa: F811
    qtbot: QtBot,
) -> None:
    desktop.main.close()
    question = desktop.closing.question
    assert question is not None
    qtbot.waitExposed(question)
    focused = question.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.property("look") == "primary"
    (remember,) = question.findChildren(QCheckBox)
    remember.setChecked(True)
    cancel = next(one for one in question.findChildren(QPushButton) if one.text() == "Cancel")
    QTest.keyClick(cancel, Qt.Key.Key_Return)
    assert desktop.main.isVisible()
    assert desktop.closing._preferences.load().on_close == "ask"


def test_what_takes_something_away_is_written_in_the_ink_of_danger(
    qtbot: QtBot,
    dressed: QApplication,
    theme: Theme,
    language: Language,
    desktop: Desktop,  # noqa: F811
) -> None:
    card = DeviceCard(theme, language, samples.device())
    terminals = TerminalsSection(language)
    for one in (card, terminals):
        qtbot.addWidget(one)
    terminals.show_terminals((TerminalView("t_1", "laptop", "2026-11-02T09:00:00Z"),))
    remove = next(one for one in terminals.findChildren(QPushButton) if one.text() == "Remove")
    profile = desktop.rooms.profile
    for press in (card.unpair, remove, profile.pin.remove, profile.user_code.remove):
        press.ensurePolished()
        press.setEnabled(True)
        assert press.palette().buttonText().color().name() == LIGHT.danger, press.text()


def test_each_step_of_the_first_run_that_is_done_has_a_tick(
    qtbot: QtBot,
    theme: Theme,
    language: Language,
    desktop: Desktop,  # noqa: F811
) -> None:
    wizard = Wizard(theme, language, desktop.rooms.devices._link)
    qtbot.addWidget(wizard)
    wizard.show()
    seen = []
    for page in (wizard.profile_step, wizard.pairing, wizard.done):
        wizard.go_to(page)
        seen.append([tick.isVisible() for tick in wizard._ticks])
    assert seen == [[False] * 3, [True, False, False], [True, False, False]], "nobody was paired"
    wizard.be_done(Profile("momo", "Momo"))
    assert [tick.isVisible() for tick in wizard._ticks] == [True, True, False]
