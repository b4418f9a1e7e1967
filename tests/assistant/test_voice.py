"""The voice: one worker, one sentence after another; a machine without sound or engine goes on in writing."""

import asyncio
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from assistant import japanese_voice, playback
from assistant.playback import Player
from assistant.speak import Speaker
from assistant.synthesis import own_voice, read_wave, render, voices
from assistant.tone import NoVoiceHere, Tone


class Recorder:
    """A player that keeps what it is given to play."""

    def __init__(self, *, has_sound: bool = True) -> None:
        self.has_sound = has_sound
        self.played: list[tuple[int, float]] = []
        self.threads: set[int] = set()
        self.stopped = threading.Event()

    def play(self, file: Path) -> bool:
        rate, samples = read_wave(file)
        self.played.append((rate, len(samples) / rate))
        self.threads.add(threading.get_ident())
        return self.has_sound

    def stop(self) -> None:
        self.stopped.set()


@contextmanager
def speaking(player: Recorder, **more: object) -> Iterator[Speaker]:
    speaker = Speaker(Tone(), player, **more)  # type: ignore[arg-type]
    try:
        yield speaker
    finally:
        speaker.close()


def test_twenty_sentences_are_rendered_in_order_by_one_thread() -> None:
    player = Recorder()

    async def scene() -> None:
        with speaking(player) as speaker:
            for number in range(20):
                speaker.say("The code is " + ", ".join(str(number)) * (1 + number % 3))
            await speaker.drained()

    asyncio.run(scene())
    assert len(player.played) == 20
    assert len(player.threads) == 1
    assert all(rate == 22_050 and length_s > 0.3 for rate, length_s in player.played)
    assert player.played[2][1] > player.played[0][1]


def test_a_faster_tone_is_shorter_and_nothing_is_printed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lengths = []
    for number, speed in enumerate((120, 240)):
        file = tmp_path / f"{number}.wav"
        render("I asked Momo. The code is four, seven.", Tone(words_a_minute=speed), file)
        rate, samples = read_wave(file)
        lengths.append(len(samples) / rate)
    assert lengths[1] < lengths[0] * 0.8
    assert capfd.readouterr().out == ""


def test_there_are_voices_of_both_languages() -> None:
    assert any("en" in voice for voice in voices("en"))
    assert any("ja" in voice for voice in voices("ja"))


def test_a_voice_that_reads_no_kanji_does_not_pretend_to(tmp_path: Path) -> None:
    file = tmp_path / "said.wav"
    render("こーどは よん、なな です。", Tone("ja"), file)
    assert len(read_wave(file)[1])
    with pytest.raises(NoVoiceHere):
        render("モモに聞きました。", Tone("ja"), file)


def test_japanese_is_spoken_by_the_extra_where_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    fake = ModuleType("pyopenjtalk")
    fake.__spec__ = ModuleSpec("pyopenjtalk", None)
    spoken: list[tuple[str, float]] = []

    def tts(text: str, speed: float) -> tuple[object, int]:
        spoken.append((text, speed))
        return np.full(48_000, 10_000.0), 48_000

    fake.tts, fake.g2p = tts, print  # type: ignore[attr-defined]
    japanese_voice._engine.cache_clear()
    monkeypatch.setitem(sys.modules, "pyopenjtalk", fake)
    assert own_voice("ja") == "mei"
    file = tmp_path / "said.wav"
    render("モモに聞きました。", Tone("mei", words_a_minute=330, volume=0.5), file)
    japanese_voice._engine.cache_clear()
    rate, samples = read_wave(file)
    assert (rate, len(samples), samples.max()) == (48_000, 48_000, 5_000)
    assert spoken == [("モモに聞きました。", 2.0)]
    assert capfd.readouterr().out == ""


def test_the_gate_is_shut_exactly_while_there_is_sound() -> None:
    log: list[str] = []

    class Noting(Recorder):
        def play(self, file: Path) -> bool:
            log.append("sound")
            return True

    @contextmanager
    def gate() -> Iterator[None]:
        log.append("shut")
        yield
        log.append("open")

    async def scene() -> None:
        with speaking(Noting(), while_speaking=gate) as speaker:
            speaker.say("One.")
            speaker.say("Two.")
            await speaker.drained()

    asyncio.run(scene())
    assert log == ["shut", "sound", "open"] * 2


def test_the_half_time_tone_is_short_and_softer_than_speech_and_muted_with_it() -> None:
    peaks: list[int] = []

    class Listening(Recorder):
        def play(self, file: Path) -> bool:
            peaks.append(int(abs(read_wave(file)[1]).max()))
            return super().play(file)

    player = Listening()

    async def scene() -> None:
        with speaking(player) as speaker:
            speaker.say("Hello.")
            speaker.chime()
            await speaker.drained()
            speaker.change(Tone(), muted=True)
            speaker.chime()
            await speaker.drained()

    asyncio.run(scene())
    spoken, tone = peaks
    assert 0 < tone < spoken
    assert 0.2 < player.played[1][1] < 0.6


def test_a_machine_without_sound_is_told_of_once_and_the_talk_goes_on() -> None:
    player, troubles = Recorder(has_sound=False), []

    async def scene() -> None:
        with speaking(player, on_trouble=lambda: troubles.append(1)) as speaker:
            for _ in range(3):
                speaker.say("Hello.")
            await speaker.drained()

    asyncio.run(scene())
    assert (len(player.played), troubles) == (1, [1])


def test_a_machine_without_an_engine_is_told_of_once() -> None:
    troubles = []

    def no_engine(_text: str, _tone: Tone, _file: Path) -> None:
        raise NoVoiceHere("No speech engine is installed.")

    async def scene() -> None:
        with speaking(Recorder(), render=no_engine, on_trouble=lambda: troubles.append(1)) as speaker:
            speaker.say("Hello.")
            speaker.say("Hello.")
            await speaker.drained()

    asyncio.run(scene())
    assert troubles == [1]


def test_a_muted_voice_renders_nothing_until_it_may_speak_again() -> None:
    player = Recorder()

    async def scene() -> None:
        with speaking(player) as speaker:
            speaker.change(Tone(), muted=True)
            speaker.say("One.")
            await speaker.drained()
            speaker.change(Tone(), muted=False)
            speaker.say("Two.")
            await speaker.drained()

    asyncio.run(scene())
    assert len(player.played) == 1


def test_closing_falls_silent_at_once_and_leaves_no_thread_and_no_file() -> None:
    before = threading.active_count()
    player = Recorder()
    speaker = Speaker(Tone(), player)
    for _ in range(50):
        speaker.say("A long sentence that would take its time to say.")
    speaker.close()
    speaker.close()
    assert player.stopped.is_set()
    assert len(player.played) < 50
    assert threading.active_count() == before


def test_waiting_for_a_closed_voice_ends(tmp_path: Path) -> None:
    async def scene() -> None:
        speaker = Speaker(Tone(), Recorder())
        speaker.say("One.")
        waiting = asyncio.create_task(speaker.drained())
        await asyncio.sleep(0)
        await asyncio.to_thread(speaker.close)
        await asyncio.wait_for(waiting, 5)
        await asyncio.wait_for(speaker.drained(), 5)

    asyncio.run(scene())


def test_a_player_that_fails_is_not_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = ((shutil.which("false") or "false",), (shutil.which("true") or "true",))
    monkeypatch.setattr(playback, "_PLAYERS", commands)
    player = Player()
    assert player.play(tmp_path / "any.wav")
    assert player._commands == [commands[1]]
