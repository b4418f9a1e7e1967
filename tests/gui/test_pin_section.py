"""The part of the profile about the PIN says what concerns whoever has one, or has none."""

import pytest
from pytestqt.qtbot import QtBot

from gui.language import Language
from gui.pages.profile_safety import PinSection


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_who_has_no_pin_is_neither_praised_nor_told_how_to_change_it(
    qtbot: QtBot, language: Language, locale: str
) -> None:
    language.choose(locale)
    section = PinSection(language)
    qtbot.addWidget(section)
    told = {}
    for has_pin in (True, False):
        section.show_has_pin(has_pin)
        told[has_pin] = (section.said.property("ink"), section.pin.help.accessibleName())
    assert told[True] == ("accent", language.say("desktop-profile-pin-help"))
    assert told[False] == ("muted", language.say("desktop-profile-pin-help-first"))
    language.choose("en" if locale == "ja" else "ja")
    assert section.pin.help.accessibleName() == language.say("desktop-profile-pin-help-first")
