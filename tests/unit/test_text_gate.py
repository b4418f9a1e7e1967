"""Nothing passes the gate that hides or reorders text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import TextRefused
from core.domain.text_gate import mixed_script_words, pass_gate, spoken_form


@given(st.text(max_size=200))
def test_whatever_passes_is_short_plain_and_normal(text: str) -> None:
    try:
        line = pass_gate(text)
    except TextRefused:
        return
    assert 0 < len(line) <= 120
    assert unicodedata.is_normalized("NFC", line)
    hidden = {"Cc", "Co", "Cs", "Cn", "Zl", "Zp"}
    assert not any(unicodedata.category(char) in hidden for char in line)
    assert pass_gate(line) == line


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "a\u202eb",
        "a\u2066b",
        "a\u200bb",
        "\ufeffa",
        "a\tb",
        "a\nb",
        "a\x00b",
        "a\ue000b",
        "a\u0378b",
        "a\u200db",
        "e\u0301\u0301\u0301\u0301\u0301",
        "x" * 121,
        "a\u3164b",
        "a\u2028b",
    ],
)
def test_text_that_could_fool_a_person_is_refused(text: str) -> None:
    with pytest.raises(TextRefused):
        pass_gate(text)


@pytest.mark.parametrize(
    "text", ["牛乳 1L", "コーヒー豆 200g", "Café", "👩\u200d🍳 apron", "'; DROP TABLE users; --"]
)
def test_ordinary_text_passes_unchanged(text: str) -> None:
    assert pass_gate(text) == text


def test_a_joiner_is_taken_only_inside_an_emoji() -> None:
    assert pass_gate("👨\u200d👩\u200d👧")
    with pytest.raises(TextRefused):
        pass_gate("👨\u200da")


def test_look_alike_words_are_named_and_japanese_is_not() -> None:
    assert mixed_script_words("p\u0430ypal Milk コーヒー豆200g") == ("p\u0430ypal",)


@given(st.text(max_size=100))
def test_the_spoken_form_holds_no_markup(text: str) -> None:
    assert not set(spoken_form(text)) & set('<>&"[]{}|\\/*_#')
