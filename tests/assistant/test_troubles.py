"""Why the device cannot hear is said, in its own language, whatever is missing."""

import pytest

from assistant.ears.interface import EarUnavailable
from assistant.hearing import make_ear
from assistant.sources.errors import (
    FileEmpty,
    FileMissing,
    FileTooLong,
    FileUnreadable,
    NoMicrophone,
    NoSpeech,
)
from assistant.troubles import Trouble, told
from core.texts.catalog import Texts

FILES = (FileMissing, FileUnreadable, FileTooLong, FileEmpty)
TROUBLES: list[Trouble] = [
    NoMicrophone("No way in."),
    NoSpeech("No way out."),
    *[kind("The recording cannot be used.", name="order.wav") for kind in FILES],
    *[
        EarUnavailable("The engine cannot be used.", code)
        for code in (
            "engine_missing",
            "engine_unknown",
            "network_off",
            "network",
            "model_missing",
            "language",
        )
    ],
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: str(trouble.code))
def test_every_trouble_has_a_sentence_of_its_own_in_both_languages(trouble: Trouble) -> None:
    english, japanese = (told(trouble, "whisper", Texts(locale)) for locale in ("en", "ja"))
    assert str(trouble) not in english
    assert any(ord(sign) > 0x3000 for sign in japanese)
    if isinstance(trouble, FILES):
        assert "order.wav" in english
        assert "order.wav" in japanese


def test_a_trouble_that_nobody_foresaw_is_told_with_its_reason() -> None:
    trouble = EarUnavailable("The moon is in the way.", "moon")
    assert told(trouble, "", Texts("en")).endswith("The moon is in the way.")


def test_an_engine_in_the_network_says_so_and_how_to_allow_it() -> None:
    with pytest.raises(EarUnavailable) as refused:
        make_ear("google")
    sentence = told(refused.value, "google", Texts("en"))
    assert "google sends what it hears over the network" in sentence
    assert "--network" in sentence
    assert make_ear("google", allow_network=True).name == "google"


def test_without_a_name_the_best_ear_that_works_here_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert make_ear("").name == "phoneme"

    def missing(_ear: object) -> None:
        raise EarUnavailable("The phoneme ear needs the package hama.")

    monkeypatch.setattr("assistant.ears.phoneme.PhonemeEar.__init__", missing)
    assert make_ear("").name == "sphinx"
