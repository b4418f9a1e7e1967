"""The listening thread: when it opens the microphone, what it throws away, and what it hands over."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import Any

import numpy as np
import pytest

from assistant.ears.interface import (
    SAMPLE_RATE,
    Action,
    EarUnavailable,
    Heard,
    Hearing,
    Item,
    Mode,
    Nickname,
    Samples,
    Vocabulary,
    WholeHearing,
)
from assistant.listener import PATIENCE_S, Listener, level_of
from assistant.sources.errors import NoMicrophone
from assistant.sources.files import read_file
from assistant.sources.gate import Gate
from assistant.troubles import Trouble
from tests.clock import FakeClock
from tests.waiting import wait_until

RECORDING = Path(__file__).with_name("recordings") / "buy-milk-for-momo-rms.wav"
WORDS = Vocabulary((Item("Milk"),), (Nickname("Momo"),))
SILENCE = np.zeros(SAMPLE_RATE, dtype=np.float32)


class Room:
    """A microphone whose sound the test gives, and everybody who is told."""

    def __init__(self, broken: str = "") -> None:
        self.sound: Queue[Samples] = Queue()
        self.broken = broken
        self.clock = FakeClock()
        self.gate = Gate(self.clock)
        self.utterances: list[tuple[Heard, bool]] = []
        self.levels: list[float] = []
        self.open: list[bool] = []
        self.troubles: list[str] = []
        self.engines: list[str] = []
        self.ear = Ear()
        self.listener = Listener(self.microphone, self.make_ear, self.gate, self)

    @contextmanager
    def microphone(self) -> Iterator[Iterator[Samples]]:
        if self.broken == "microphone":
            raise NoMicrophone("There is no microphone here.")
        yield self._pieces()

    def _pieces(self) -> Iterator[Samples]:
        while len(samples := self.sound.get()):
            for start in range(0, len(samples), 512):
                yield samples[start : start + 512]

    def make_ear(self, engine: str) -> "Ear":
        self.engines.append(engine)
        if self.broken == "ear":
            raise EarUnavailable("The engine is missing.")
        return self.ear

    def heard(self, what: Heard, *, hands_free: bool) -> None:
        self.utterances.append((what, hands_free))

    def level(self, value: float) -> None:
        self.levels.append(value)

    def listening(self, is_on: bool) -> None:
        self.open.append(is_on)

    def trouble(self, what: Trouble) -> None:
        self.troubles.append(what.code)

    def say(self, *sounds: Samples) -> None:
        for samples in sounds:
            self.sound.put(samples)


class Ear:
    """Takes anything for an order, and notes how it was asked."""

    name = "test"

    def __init__(self) -> None:
        self.modes: list[Mode] = []
        self.lengths: list[int] = []
        self.prepared: list[Vocabulary] = []

    def prepare(self, vocabulary: Vocabulary) -> None:
        self.prepared.append(vocabulary)

    def hear(self, samples: Samples, mode: Mode = "order") -> Heard:
        self.lengths.append(len(samples))
        return Heard(Action.ORDER, "test", len(samples) / SAMPLE_RATE, 0.0, item="Milk", nickname="Momo")

    def listen(self, mode: Mode = "order") -> Hearing:
        self.modes.append(mode)
        return WholeHearing(self.hear)


@pytest.fixture
def speech() -> Samples:
    return read_file(RECORDING)


@contextmanager
def room(**more: Any) -> Iterator[Room]:
    made = Room(**more)
    try:
        yield made
    finally:
        made.say(np.zeros(512, dtype=np.float32), np.zeros(0, dtype=np.float32))
        made.listener.close()


def test_the_talk_button_hears_one_utterance_and_shuts_the_microphone(speech: Samples) -> None:
    with room() as made:
        made.say(SILENCE, speech, SILENCE, speech, SILENCE)
        made.listener.want(vocabulary=WORDS, talk=True)
        wait_until(lambda: made.open == [True, False])
        assert [hands_free for _, hands_free in made.utterances] == [False]
        assert max(made.levels) > 0.5


def test_hands_free_hears_one_utterance_after_another(speech: Samples) -> None:
    with room() as made:
        made.listener.want(vocabulary=WORDS, hands_free=True)
        made.say(SILENCE, speech, SILENCE, speech, SILENCE)
        wait_until(lambda: len(made.utterances) == 2)
        assert all(hands_free for _, hands_free in made.utterances)
        assert made.open == [True]


def test_what_comes_in_while_the_device_speaks_is_thrown_away(speech: Samples) -> None:
    with room() as made:
        made.listener.want(vocabulary=WORDS, hands_free=True)
        with made.gate.speaking():
            made.say(speech, SILENCE)
            wait_until(made.sound.empty)
            made.say(SILENCE)
            wait_until(made.sound.empty)
        assert made.utterances == []
        made.clock.advance(0.2)
        made.say(speech, SILENCE)
        wait_until(made.sound.empty)
        assert made.utterances == []
        made.clock.advance(0.2)
        made.say(SILENCE, speech, SILENCE)
        wait_until(lambda: made.utterances)


def test_what_was_thought_of_in_the_pause_is_not_worked_out_again_at_its_end(speech: Samples) -> None:
    with room() as made:
        made.say(SILENCE, speech, SILENCE)
        made.listener.want(vocabulary=WORDS, talk=True)
        wait_until(lambda: made.utterances)
        assert len(made.ear.lengths) == 1


def test_who_goes_on_after_a_short_pause_is_heard_to_the_end(speech: Samples) -> None:
    loud = np.flatnonzero(np.abs(speech) > 0.02)
    voiced = speech[loud[0] : loud[-1]]
    pause = np.zeros(int(0.3 * SAMPLE_RATE), dtype=np.float32)
    with room() as made:
        made.say(SILENCE, voiced, pause, voiced, SILENCE)
        made.listener.want(vocabulary=WORDS, talk=True)
        wait_until(lambda: made.utterances)
        first, whole = made.ear.lengths
        assert whole - first >= len(voiced)


def test_an_answer_is_heard_as_an_answer(speech: Samples) -> None:
    with room() as made:
        made.listener.want(vocabulary=WORDS, talk=True, mode="answer")
        made.say(SILENCE, speech, SILENCE)
        wait_until(lambda: made.utterances)
        assert made.ear.modes == ["answer"]


def test_new_contacts_prepare_the_ear_anew_before_anybody_speaks() -> None:
    with room() as made:
        made.listener.want(vocabulary=WORDS)
        more = Vocabulary(WORDS.items, (Nickname("Momo"), Nickname("Hana")))
        wait_until(lambda: made.ear.prepared == [WORDS])
        made.listener.want(vocabulary=more)
        wait_until(lambda: made.ear.prepared == [WORDS, more])
        assert made.open == []


def test_nobody_speaking_after_the_button_gives_up_with_a_word() -> None:
    with room() as made:
        made.listener.want(vocabulary=WORDS, talk=True)
        made.say(*[SILENCE] * (int(PATIENCE_S) + 1))
        wait_until(lambda: made.troubles == ["no_speech"])
        wait_until(lambda: made.open == [True, False])


@pytest.mark.parametrize(("broken", "code"), [("microphone", "no_microphone"), ("ear", "engine_missing")])
def test_a_missing_part_is_told_of_each_time_somebody_wants_to_be_heard(broken: str, code: str) -> None:
    with room(broken=broken) as made:
        made.listener.want(vocabulary=WORDS, talk=True)
        wait_until(lambda: made.troubles == [code])
        made.listener.want(talk=True)
        wait_until(lambda: made.troubles == [code, code])


def test_closing_leaves_no_thread() -> None:
    before = threading.active_count()
    with room() as made:
        made.listener.want(vocabulary=WORDS, hands_free=True)
        wait_until(lambda: made.open == [True])
    assert threading.active_count() == before


def test_the_level_grows_with_the_sound() -> None:
    tone = np.sin(np.arange(512) / 3).astype(np.float32)
    levels = [level_of(tone * np.float32(loud)) for loud in (0.0, 0.001, 0.1, 1.0)]
    assert levels == sorted(levels)
    assert levels[0] == 0.0
    assert 0.9 < levels[-1] <= 1.0
