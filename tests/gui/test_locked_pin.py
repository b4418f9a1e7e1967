"""After too many wrong PINs the prompt takes no more of them, and a menu opens without a mouse."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.domain.decision import Presence
from core.terminal.events import NotSent
from core.terminal.prompt import PIN_TRIES
from core.wire.messages import RequestView
from gui.language import Language
from gui.prompt.answers import Answers
from gui.theme.theme import Theme
from tests.gui import samples
from tests.gui.prompting import Prompting


@pytest.fixture
def prompting(qtbot: QtBot, theme: Theme, language: Language) -> Prompting:
    return Prompting(qtbot, theme, language)


def _lock(prompting: Prompting) -> RequestView:
    view = prompting.arrive(msgspec.structs.replace(samples.request(), presence=Presence.PIN))
    prompting.arm()
    prompting.type_code()
    for at in range(PIN_TRIES):
        assert prompting.dialog.answers.pin.isEnabled(), f"after {at} wrong ones"
        prompting.presenter.not_sent(NotSent(view.id, "wrong_pin"))
    prompting.be_quiet()
    return view


@pytest.mark.parametrize(("locale", "until"), [("en", "until this request ends"), ("ja", "時間切れをお待ち")])
def test_a_locked_pin_cannot_be_typed_and_it_is_said_until_when(
    prompting: Prompting, language: Language, locale: str, until: str
) -> None:
    language.choose(locale)
    _lock(prompting)
    dialog, answers = prompting.dialog, prompting.dialog.answers
    for field in (answers.code, answers.pin):
        assert not field.isEnabled()
        assert until in field.accessibleDescription()
    assert until in dialog.hint.accessibleName()
    assert dialog.focusWidget() in (None, dialog), "no stray key may press a button"
    assert answers.deny.isEnabled()
    assert answers.report.isEnabled()


def test_a_lock_ends_with_its_request(prompting: Prompting) -> None:
    first = _lock(prompting)
    prompting.dialog.answers.deny.click()
    assert [name for name, _ in prompting.presses] == [first.id]
    other = msgspec.structs.replace(samples.request(name="req_" + "c" * 32), presence=Presence.PIN)
    answers = prompting.dialog.answers
    prompting.presenter._forget(prompting.presenter._cases[first.id])
    prompting.arrive(other)
    assert prompting.presenter.shown_id == other.id
    assert answers.pin.isEnabled()
    assert answers.code.isEnabled()
    assert answers.pin.accessibleDescription() == ""


@pytest.mark.qt_log_ignore("does not support", extend=True)
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Down])
def test_more_ways_to_deny_open_by_the_keyboard_and_are_chosen_with_it(
    qtbot: QtBot, theme: Theme, language: Language, key: Qt.Key
) -> None:
    answers = Answers(language)
    qtbot.addWidget(answers)
    answers.ask("Kitchen speaker", 2, False, True)
    answers.arm(True)
    answers.show()
    denied: list[object] = []
    answers.denied.connect(denied.append)
    answers.more.setFocus()
    QTest.keyClick(answers.more, key)
    menu = answers.more.menu()
    qtbot.waitUntil(menu.isVisible)
    assert menu.activeAction() is menu.actions()[0]
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert denied == ["not_now"]
    assert not menu.isVisible()


def test_a_menu_that_cannot_be_used_yet_does_not_open(qtbot: QtBot, theme: Theme, language: Language) -> None:
    answers = Answers(language)
    qtbot.addWidget(answers)
    answers.ask("Kitchen speaker", 2, False, True)
    answers.arm(False)
    answers.show()
    QTest.keyClick(answers.more, Qt.Key.Key_Return)
    assert not answers.more.menu().isVisible()
