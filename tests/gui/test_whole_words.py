"""A window says all of its words, and nothing that is not so."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.language import Language
from gui.pages.device_card import DeviceCard
from gui.parts.ask import Ask
from gui.theme.theme import Theme
from tests.gui import samples
from tests.gui.prompting import Prompting


def test_a_question_is_as_wide_as_its_buttons_need(qtbot: QtBot, theme: Theme) -> None:
    assert theme
    question = Ask(None, "Close Nod?", "Requests reach you only while it runs.")
    qtbot.addWidget(question)
    for name in ("Cancel", "Quit", "Keep Nod running in the background, whatever happens"):
        question.offer(name, name)
    question.resize(420, 200)
    question.show()
    qtbot.waitExposed(question)
    question.resize(420, 200)
    for button in question.findChildren(QPushButton):
        assert button.width() >= button.sizeHint().width(), button.text()


@pytest.mark.parametrize("is_blocked", [False, True])
def test_no_blocked_device_may_ask_for_anything(
    qtbot: QtBot, theme: Theme, language: Language, is_blocked: bool
) -> None:
    card = DeviceCard(theme, language, samples.device(is_blocked=is_blocked))
    qtbot.addWidget(card)
    assert card.may.isHidden() is is_blocked


def test_who_has_answered_does_not_put_the_request_aside_by_the_next_key(
    qtbot: QtBot, theme: Theme, language: Language
) -> None:
    prompting = Prompting(qtbot, theme, language)
    prompting.arrive()
    prompting.arm()
    prompting.type_code()
    prompting.be_quiet()
    prompting.dialog.answers.approve.setFocus()
    with qtbot.assertNotEmitted(prompting.dialog.put_aside):
        for _ in range(2):
            widget = prompting.dialog.focusWidget()
            assert widget is not prompting.dialog.aside_button
            if isinstance(widget, QPushButton):
                widget.click()
    assert len(prompting.presses) == 1
