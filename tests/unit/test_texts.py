"""The two languages say the same things."""

import re

import pytest

from core.texts import catalog


@pytest.mark.parametrize("language", catalog.LANGUAGES)
def test_every_language_has_every_sentence(language: str) -> None:
    assert catalog.keys(language) == catalog.keys("en")


@pytest.mark.parametrize("language", catalog.LANGUAGES)
def test_a_translation_uses_no_variable_that_english_lacks(language: str) -> None:
    english = _variables("en")
    assert {key for key, used in _variables(language).items() if used - english[key]} == set()


def test_an_unknown_sentence_is_our_mistake_and_raises() -> None:
    with pytest.raises(LookupError):
        catalog.Texts("en").say("nobody-wrote-this")


def test_a_missing_variable_raises_and_never_shows_a_placeholder() -> None:
    with pytest.raises(LookupError):
        catalog.Texts("en").say("lines-payee")


@pytest.mark.parametrize(("locale", "language"), [("ja_JP.UTF-8", "ja"), ("en-GB", "en"), ("fr", "en")])
def test_a_locale_is_served_by_its_language_or_english(locale: str, language: str) -> None:
    assert catalog.language_of(locale) == language


def test_pairing_is_called_by_one_word_which_is_written_once() -> None:
    """The device called it 接続 and つなぐ, which is also said of the server, and the desktop ペアリング."""
    others = {name: text for name, text in catalog._files("ja").items() if name != "terms"}
    said = [line for text in others.values() for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in said if re.search("ペアリング|接続コード|つなぐ…|誰かとつな", line)] == []
    texts = catalog.Texts("ja")
    assert texts.say("device-face-code", code="ABCD-EFGH") == "ペアリングコード ABCD-EFGH"
    assert texts.say("desktop-pairing-code") == "ペアリングコード"


def _variables(language: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for text in catalog._files(language).values():
        for entry in re.split(r"\n(?=[a-z])", text):
            name = re.match(r"([a-z][\w-]*) *=", entry)
            if name:
                found[name.group(1)] = set(re.findall(r"\$(\w+)", entry))
    return found


@pytest.mark.parametrize("code", ["port_refused", "folder_refused", "already_running", "party_failed"])
def test_why_the_servers_did_not_start_is_told_in_the_readers_language(code: str) -> None:
    why = "The address is taken by another program"
    assert why in catalog.Texts("en").say("desktop-servers-failed", code=code, why=why)
    assert why not in catalog.Texts("ja").say("desktop-servers-failed", code=code, why=why)


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_each_reason_why_the_servers_did_not_start_has_advice_of_its_own(locale: str) -> None:
    codes = ("port_refused", "folder_refused", "already_running")
    said = [catalog.Texts(locale).say("desktop-servers-failed", code=code, why="…") for code in codes]
    assert len(set(said)) == len(codes)
    assert not re.search("フォルダー|folder", said[0])
