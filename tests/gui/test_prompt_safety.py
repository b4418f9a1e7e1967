"""What no prompt may do: be answered by keys, clicks or hurry that were meant for something else."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.domain.decision import Decision
from core.domain.request import State
from core.terminal.prompt import CAP_S
from gui.language import Language
from gui.theme.theme import Theme
from tests.gui.prompting import QUIET_S, Prompting

STRAY = "the quick brown fox 47 aAdDkK \r \r  \r"


@pytest.fixture
def prompting(qtbot: QtBot, theme: Theme, language: Language) -> Prompting:
    return Prompting(qtbot, theme, language)


def _type(target: QWidget | None, text: str) -> None:
    assert target is not None
    for char in text:
        key = Qt.Key.Key_Return if char == "\r" else Qt.Key.Key_Space if char == " " else None
        if key is not None:
            QTest.keyClick(target, key)
        else:
            QTest.keyClicks(target, char)


def test_words_typed_elsewhere_while_a_prompt_appears_reach_where_they_were_typed(
    prompting: Prompting, qtbot: QtBot
) -> None:
    editor = QPlainTextEdit()
    qtbot.addWidget(editor)
    editor.show()
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    _type(editor, "before ")
    prompting.arrive()
    assert prompting.dialog.isVisible()
    _type(QApplication.focusWidget(), STRAY)
    assert prompting.presses == []
    assert editor.toPlainText().startswith("before the quick brown fox")
    assert not prompting.dialog.isActiveWindow()


def test_the_prompt_is_shown_on_top_without_taking_the_keyboard(prompting: Prompting) -> None:
    assert prompting.dialog.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert prompting.dialog.windowFlags() & Qt.WindowType.WindowStaysOnTopHint


def test_words_spaces_and_enter_typed_into_a_fresh_prompt_decide_nothing(prompting: Prompting) -> None:
    prompting.arrive()
    prompting.activate()
    for char in STRAY:
        target = prompting.dialog.focusWidget() or prompting.dialog
        _type(target, char)
        prompting.clock.advance(0.05)
        prompting.presenter.look()
    assert prompting.presses == []
    assert prompting.dialog.isVisible()


def test_alt_and_a_letter_do_nothing_before_the_prompt_is_armed(prompting: Prompting) -> None:
    prompting.arrive()
    prompting.activate()
    prompting.type_code()
    for key in (Qt.Key.Key_A, Qt.Key.Key_D, Qt.Key.Key_K):
        prompting.key(key, Qt.KeyboardModifier.AltModifier)
    assert prompting.presses == []


def test_a_click_on_an_inactive_prompt_presses_nothing(prompting: Prompting, qtbot: QtBot) -> None:
    prompting.arrive()
    prompting.clock.advance(10)
    prompting.presenter.look()
    assert not prompting.is_armed
    QTest.mouseClick(prompting.dialog.answers.deny, Qt.MouseButton.LeftButton)
    QTest.mouseClick(prompting.dialog.answers.approve, Qt.MouseButton.LeftButton)
    assert prompting.presses == []


def test_a_prompt_arms_after_seven_hundred_milliseconds_of_quiet(prompting: Prompting) -> None:
    prompting.arrive()
    prompting.activate()
    prompting.clock.advance(0.69)
    prompting.presenter.look()
    assert not prompting.is_armed
    prompting.clock.advance(0.02)
    prompting.presenter.look()
    assert prompting.is_armed


def test_a_stray_key_starts_the_quiet_anew_but_not_for_ever(prompting: Prompting) -> None:
    prompting.arrive()
    prompting.activate()
    waited = 0.0
    while waited < CAP_S:
        QTest.keyClick(prompting.dialog, Qt.Key.Key_X)
        assert not prompting.is_armed
        prompting.clock.advance(0.5)
        waited += 0.5
        prompting.presenter.look()
    assert prompting.is_armed


def test_a_prompt_that_loses_the_keyboard_is_disarmed(prompting: Prompting, qtbot: QtBot) -> None:
    prompting.arrive()
    prompting.arm()
    assert prompting.is_armed
    other = QPlainTextEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not prompting.dialog.isActiveWindow())
    assert not prompting.is_armed


def test_a_prompt_that_is_moved_is_disarmed_until_it_is_quiet(prompting: Prompting) -> None:
    prompting.arrive()
    prompting.arm()
    prompting.dialog.move(prompting.dialog.x() + 40, prompting.dialog.y() + 20)
    QApplication.processEvents()
    assert not prompting.is_armed
    prompting.be_quiet()
    assert prompting.is_armed


def test_no_button_is_a_default(prompting: Prompting) -> None:
    prompting.arrive()
    buttons = prompting.dialog.findChildren(QPushButton)
    assert buttons
    assert [one.text() for one in buttons if one.isDefault() or one.autoDefault()] == []


def test_enter_in_the_code_field_moves_on_and_presses_nothing(prompting: Prompting) -> None:
    prompting.arrive()
    prompting.arm()
    prompting.type_code()
    for _ in range(3):
        prompting.key(Qt.Key.Key_Return)
    assert prompting.presses == []
    assert prompting.dialog.focusWidget() is prompting.dialog.answers.approve


def test_escape_puts_the_request_aside_and_decides_nothing(prompting: Prompting) -> None:
    view = prompting.arrive()
    prompting.arm()
    prompting.type_code()
    prompting.key(Qt.Key.Key_Escape)
    assert prompting.presses == []
    assert not prompting.dialog.isVisible()
    prompting.presenter.open(view.id)
    assert prompting.dialog.isVisible()
    assert prompting.dialog.answers.code.text() == ""


def test_closing_the_prompt_is_no_answer(prompting: Prompting) -> None:
    prompting.arrive()
    prompting.dialog.close()
    assert prompting.presses == []
    assert not prompting.dialog.isVisible()


def test_approve_needs_the_code(prompting: Prompting) -> None:
    prompting.arrive()
    prompting.arm()
    prompting.type_code("4")
    assert not prompting.dialog.answers.approve.isEnabled()
    prompting.type_code("7")
    assert prompting.dialog.answers.approve.isEnabled()


def test_a_request_with_trouble_can_only_be_denied(prompting: Prompting) -> None:
    prompting.arrive(trouble="quote_differs")
    prompting.arm()
    assert not prompting.dialog.answers.code.isVisible()
    assert not prompting.dialog.answers.approve.isEnabled()
    assert prompting.dialog.unusual.isVisible()
    prompting.dialog.answers.deny.click()
    assert [press.decision for _, press in prompting.presses] == [Decision.DENY]


def test_after_the_time_is_up_approve_is_gone_and_the_way_to_ask_again_is_there(prompting: Prompting) -> None:
    prompting.arrive()
    prompting.arm()
    prompting.type_code()
    prompting.clock.advance(60)
    prompting.dialog.answers.approve.click()
    prompting.presenter.look()
    assert prompting.presses == []
    assert not prompting.dialog.answers.isVisible()
    assert "ask Kitchen speaker\u00a0again" in prompting.dialog.outcome.more.text()


def test_one_press_is_one_answer(prompting: Prompting) -> None:
    prompting.arrive()
    prompting.arm()
    prompting.type_code()
    for _ in range(3):
        prompting.dialog.answers.approve.click()
        prompting.dialog.answers.deny.click()
    assert len(prompting.presses) == 1
    assert prompting.presses[0][1].match_code == "47"
    assert prompting.presses[0][1].shown_ms >= QUIET_S * 900


def test_a_second_request_never_takes_the_place_of_one_that_is_being_read(prompting: Prompting) -> None:
    from tests.gui import samples

    first = prompting.arrive()
    prompting.arm()
    prompting.arrive(samples.request(name="req_" + "c" * 32, who="Hall speaker"))
    assert prompting.presenter.shown_id == first.id
    assert prompting.is_armed
    assert "one more request" in prompting.dialog.waiting.text()


def test_the_end_that_the_server_tells_stands_even_if_our_clock_said_otherwise(prompting: Prompting) -> None:
    import msgspec

    view = prompting.arrive()
    prompting.clock.advance(61)
    prompting.presenter.look()
    prompting.presenter.change(msgspec.structs.replace(view, state=State.DENIED, revision=2))
    assert prompting.dialog.outcome.heading.text() == "Denied"


def test_a_press_meant_for_approve_does_not_close_the_end_that_took_its_place(prompting: Prompting) -> None:
    view = prompting.arrive()
    prompting.arm()
    prompting.presenter.change(msgspec.structs.replace(view, state=State.EXPIRED, revision=2))
    close = prompting.dialog.close_button
    assert not close.isEnabled()
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    prompting.key(Qt.Key.Key_Escape)
    assert prompting.dialog.isVisible()
    prompting.be_quiet()
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not prompting.dialog.isVisible()
