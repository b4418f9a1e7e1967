"""Words that a person who never set up a server understands, and that promise no more than is so."""

import re

import pytest

from core.texts.catalog import Texts

KEYS = (
    "desktop-profile-pin-above-help",
    "desktop-profile-pin-help",
    "desktop-profile-on-close-stay",
    "desktop-close-stay",
    "desktop-profile-terminals",
    "desktop-profile-terminal-add",
    "desktop-wizard-user-id-help",
    "desktop-wizard-code-more",
    "desktop-spending-note",
    "desktop-removed",
)
JARGON = re.compile(r"terminal|this server|second key|enrol|a click|answering", re.IGNORECASE)


@pytest.mark.parametrize("key", KEYS)
def test_settings_are_said_without_the_words_of_the_protocol(key: str) -> None:
    assert JARGON.search(Texts("en").say(key)) is None


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("desktop-profile-wants-pin", "入力を求める"),
        ("desktop-profile-wants-code", "毎回求める"),
        ("desktop-profile-shared", "知らせる"),
    ],
)
def test_japanese_settings_say_what_is_done(key: str, said: str) -> None:
    assert Texts("ja").say(key).endswith(said)
