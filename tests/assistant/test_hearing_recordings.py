"""Recordings of voices that are not the product's own, through the default ear."""

from pathlib import Path

import numpy as np
import pytest

from assistant.ears.interface import Action, Ear, Item, Nickname, Samples, Vocabulary
from assistant.ears.phoneme import PhonemeEar
from assistant.ears.sphinx import SphinxEar
from assistant.sources.errors import FileEmpty, FileMissing, FileUnreadable
from assistant.sources.files import read_file
from benchmarks.hearing_set.big import big_vocabulary
from benchmarks.hearing_set.recordings import loudness, mixed
from benchmarks.hearing_set.sentences import TUNING

RECORDINGS = Path(__file__).parent / "recordings"
SHOP = (
    Item("milk", unit="bottle"),
    Item("bread", unit="loaf"),
    Item("green tea", "green teas", "box"),
    Item("coffee beans"),
    Item("chocolate"),
    Item("rice"),
    Item("apples"),
    Item("batteries"),
    Item("notebook"),
    Item("umbrella"),
    Item("shampoo"),
    Item("phone charger"),
)


@pytest.fixture(scope="module")
def ear() -> Ear:
    ear = PhonemeEar()
    ear.prepare(Vocabulary(SHOP, (Nickname("Momo"), Nickname("Grandma"), Nickname("Captain"))))
    return ear


@pytest.mark.parametrize("voice", ["awb.wav", "kal.wav", "rms.wav", "slt.wav", "rms.flac"])
def test_milk_for_momo_is_heard_in_every_voice(ear: Ear, voice: str) -> None:
    heard = ear.hear(read_file(RECORDINGS / f"buy-milk-for-momo-{voice}"))
    assert (heard.action, heard.item, heard.quantity, heard.nickname) == (Action.ORDER, "milk", 1, "Momo")


def test_a_quantity_and_a_plural_are_heard(ear: Ear) -> None:
    heard = ear.hear(read_file(RECORDINGS / "two-green-teas-for-momo-rms.wav"))
    assert (heard.item, heard.quantity, heard.nickname) == ("green tea", 2, "Momo")


def _in_noise(name: str, level_db: float) -> Samples:
    spoken = read_file(RECORDINGS / f"{name}.wav")
    hiss = np.random.default_rng(7).standard_normal(len(spoken)).astype(np.float32)
    return mixed(spoken, loudness(spoken), hiss, level_db)


@pytest.mark.parametrize("voice", ["awb", "kal", "rms", "slt"])
def test_an_order_is_heard_in_a_hissing_room(ear: Ear, voice: str) -> None:
    heard = ear.hear(_in_noise(f"buy-milk-for-momo-{voice}", 20))
    assert (heard.action, heard.item, heard.quantity, heard.nickname) == (Action.ORDER, "milk", 1, "Momo")


@pytest.mark.parametrize("voice", ["awb", "kal", "rms", "slt"])
def test_an_order_in_loud_noise_becomes_no_other_order(ear: Ear, voice: str) -> None:
    heard = ear.hear(_in_noise(f"buy-milk-for-momo-{voice}", 5))
    assert not heard.is_order or (heard.item, heard.nickname) == ("milk", "Momo")


@pytest.mark.parametrize("level_db", [20, 10])
@pytest.mark.parametrize(
    "name", ["dont-buy-milk-for-momo-rms", "dont-buy-milk-for-momo-slt", "weather-awb", "advert-slt"]
)
def test_what_is_no_order_is_none_in_noise_either(ear: Ear, name: str, level_db: float) -> None:
    assert not ear.hear(_in_noise(name, level_db)).is_order


def test_an_order_is_found_among_five_hundred_items() -> None:
    ear = PhonemeEar()
    ear.prepare(big_vocabulary(TUNING))
    heard = ear.hear(read_file(RECORDINGS / "buy-milk-for-momo-rms.wav"))
    assert (heard.action, heard.item, heard.nickname) == (Action.ORDER, "milk", "Momo")


@pytest.mark.parametrize("name", ["dont-buy-milk-for-momo-rms", "dont-buy-milk-for-momo-slt"])
def test_a_negated_order_is_never_an_order(ear: Ear, name: str) -> None:
    heard = ear.hear(read_file(RECORDINGS / f"{name}.wav"))
    assert heard.action is Action.NEGATED
    assert not heard.is_order
    assert heard.as_json()["heard"] is None


@pytest.mark.parametrize("name", ["weather-awb", "advert-slt"])
def test_what_is_no_order_is_not_heard_as_one(ear: Ear, name: str) -> None:
    assert ear.hear(read_file(RECORDINGS / f"{name}.wav")).action is Action.NONE


def test_yes_is_heard_as_an_answer(ear: Ear) -> None:
    assert ear.hear(read_file(RECORDINGS / "yes-rms.wav"), "answer").action is Action.YES


def test_a_file_that_is_no_recording_gets_a_sentence(tmp_path: Path) -> None:
    text = tmp_path / "text.wav"
    text.write_text("no sound")
    empty = tmp_path / "empty.wav"
    empty.touch()
    with pytest.raises(FileUnreadable, match="no WAV"):
        read_file(text)
    with pytest.raises(FileEmpty, match="empty"):
        read_file(empty)
    with pytest.raises(FileMissing, match="no file"):
        read_file(tmp_path / "missing.wav")


@pytest.fixture(scope="module")
def fallback() -> Ear:
    ear = SphinxEar()
    ear.prepare(Vocabulary(SHOP, (Nickname("Momo"), Nickname("Grandma"), Nickname("Captain"))))
    return ear


@pytest.mark.parametrize("voice", ["rms", "slt"])
def test_the_fallback_ear_hears_clean_orders_too(fallback: Ear, voice: str) -> None:
    heard = fallback.hear(read_file(RECORDINGS / f"buy-milk-for-momo-{voice}.wav"))
    assert (heard.action, heard.item, heard.nickname) == (Action.ORDER, "milk", "Momo")


@pytest.mark.parametrize("name", ["weather-awb", "advert-slt", "dont-buy-milk-for-momo-rms"])
def test_the_fallback_ear_refuses_what_is_no_order(fallback: Ear, name: str) -> None:
    assert not fallback.hear(read_file(RECORDINGS / f"{name}.wav")).is_order


@pytest.mark.parametrize("name", ["weather-awb", "advert-slt", "dont-buy-milk-for-momo-rms"])
def test_other_talk_does_not_answer_the_device(ear: Ear, name: str) -> None:
    heard = ear.hear(read_file(RECORDINGS / f"{name}.wav"), "answer")
    assert heard.action not in (Action.YES, Action.NAME)
