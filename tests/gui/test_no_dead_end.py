"""Wherever a person stands, the window says how to go on."""

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from core.domain.decision import Presence
from gui.language import Language
from gui.theme.theme import Theme
from tests.gui import samples
from tests.gui.prompting import Prompting


@pytest.fixture
def prompting(qtbot: QtBot, theme: Theme, language: Language) -> Prompting:
    """A prompt on a fake clock."""
    return Prompting(qtbot, theme, language)


def test_a_prompt_that_takes_a_pin_where_none_is_set_says_how_to_go_on(prompting: Prompting) -> None:
    view = msgspec.structs.replace(samples.request(), presence=Presence.PIN)
    prompting.arrive(view, trouble="pin_not_set")
    prompting.arm()
    dialog, answers = prompting.dialog, prompting.dialog.answers
    assert not answers.pin.isVisible()
    assert not answers.approve.isEnabled()
    assert answers.deny.isEnabled()
    assert "under Profile" in dialog.unusual.sentence.text()
    assert dialog.hint.text() == "You can set a PIN under Profile, or deny it."
    prompting.arrive(view)
    assert answers.pin.isVisible()
