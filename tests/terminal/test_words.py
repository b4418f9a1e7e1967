"""Every code that the terminal may speak of has a sentence in both languages."""

import pytest

from core.terminal.commands import USAGE
from core.terminal.telling import OWN_CODES, Teller
from core.texts.catalog import LANGUAGES, Texts, keys

TROUBLES = ("details_differ", "quote_missing", "quote_differs", "hostile_text", "payment_away")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(OWN_CODES | {"never_heard_of"}))
def test_every_error_code_has_a_sentence(language: str, code: str) -> None:
    told = Teller(Texts(language), "UTC").error(code, "it", minutes=2, state="denied")
    assert told.sentence
    assert told.members["code"] == code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_terminal_is_there(language: str) -> None:
    wanted = {f"terminal-help-{name}" for name in USAGE}
    wanted |= {f"terminal-trouble-{name.replace('_', '-')}" for name in TROUBLES}
    assert wanted <= keys(language)


def test_both_languages_have_the_same_keys() -> None:
    english, japanese = (
        {key for key in keys(language) if key.startswith("terminal-")} for language in ("en", "ja")
    )
    assert english == japanese


@pytest.mark.parametrize("presence", ["pin", "click"])
@pytest.mark.parametrize("code", ["yes", "no"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_how_to_answer_names_the_id(language: str, code: str, presence: str) -> None:
    said = Texts(language).say("terminal-how", id="k3f9", code=code, presence=presence)
    assert "approve k3f9" in said
    assert "deny k3f9" in said
