"""Where sound comes from: files, standard input, the gate, and the cutting into utterances."""

import io
import struct
import wave
from pathlib import Path

import numpy as np
import pytest

from assistant.ears.interface import SAMPLE_RATE, Action, Heard, Samples, WholeHearing
from assistant.sources.errors import FileEmpty, FileMissing, FileTooLong, FileUnreadable
from assistant.sources.files import read_file
from assistant.sources.gate import ECHO_S, Gate
from assistant.sources.speech import (
    PAUSE_S,
    THINK_S,
    EndPointer,
    Moment,
    has_speech,
    level,
    utterances_in,
)
from assistant.sources.streams import from_recording, recording_or_stream

RECORDINGS = Path(__file__).parent / "recordings"
ORDER = RECORDINGS / "buy-milk-for-momo-rms.wav"


def _wav(path: Path, seconds: float, rate: int = 8_000) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(bytes(2 * int(seconds * rate)))
    return path


def test_a_flac_file_holds_the_same_sound_as_its_wav_file() -> None:
    flac, wav = read_file(ORDER.with_suffix(".flac")), read_file(ORDER)
    assert float(np.abs(flac).max()) == pytest.approx(float(np.abs(wav).max()), abs=0.001)


def test_a_stereo_file_of_another_rate_becomes_mono_at_16_khz(tmp_path: Path) -> None:
    path = tmp_path / "stereo.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44_100)
        file.writeframes(struct.pack("<hh", 8000, 8000) * 44_100)
    samples = read_file(path)
    assert len(samples) == pytest.approx(16_000, abs=50)


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"", FileEmpty), (b"not sound at all", FileUnreadable), (b"RIFF\x00\x00\x00\x00WAVE", FileUnreadable)],
)
def test_a_broken_file_gets_a_sentence_with_its_name(
    tmp_path: Path, content: bytes, error: type[Exception]
) -> None:
    path = tmp_path / "order.wav"
    path.write_bytes(content)
    with pytest.raises(error, match=r"order\.wav"):
        read_file(path)


def test_missing_empty_and_endless_recordings_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match="no file"):
        read_file(tmp_path / "nothing.wav")
    with pytest.raises(FileUnreadable, match="folder"):
        read_file(tmp_path)
    with pytest.raises(FileEmpty, match="no sound"):
        read_file(_wav(tmp_path / "empty.wav", 0))
    with pytest.raises(FileTooLong, match="130 seconds"):
        read_file(_wav(tmp_path / "long.wav", 130))


def test_silence_and_noise_are_no_speech_and_an_order_is() -> None:
    noise = np.random.default_rng(1).standard_normal(32_000).astype(np.float32) * np.float32(0.05)
    assert not has_speech(np.zeros(32_000, dtype=np.float32))
    assert not has_speech(noise)
    assert has_speech(read_file(ORDER))


def test_two_orders_with_a_pause_between_are_two_utterances() -> None:
    order = read_file(ORDER)
    both = np.concatenate([order, np.zeros(12_000, dtype=np.float32), order])
    assert len(utterances_in(both)) == 2


def test_the_level_rises_with_the_sound() -> None:
    assert level(np.zeros(512, dtype=np.float32)) == 0.0
    assert level(np.full(512, 0.01, dtype=np.float32)) < level(np.full(512, 0.5, dtype=np.float32)) < 1.0


def test_standard_input_takes_a_recording_or_raw_samples() -> None:
    recording = recording_or_stream(io.BytesIO(ORDER.read_bytes()))
    assert isinstance(recording, np.ndarray)
    raw = (read_file(ORDER) * 32768).astype("<i2").tobytes()
    streamed = np.concatenate(list(recording_or_stream(io.BytesIO(raw))))
    assert np.allclose(recording, streamed[: len(recording)], atol=1e-3)
    with pytest.raises(FileEmpty, match="Standard input"):
        recording_or_stream(io.BytesIO())


def test_an_utterance_begins_pauses_and_ends_once() -> None:
    pointer = EndPointer()
    pieces = [piece for samples in from_recording(read_file(ORDER)) for piece in pointer.push(samples)]
    moments = [piece.moment for piece in pieces]
    for once in (Moment.BEGAN, Moment.ENDED):
        assert moments.count(once) == 1
    assert moments.index(Moment.BEGAN) < moments.index(Moment.THINK) < moments.index(Moment.ENDED)


def test_the_pause_that_ends_an_utterance_lasts_four_tenths_of_a_second() -> None:
    pointer = EndPointer()
    pieces = [piece for samples in from_recording(read_file(ORDER)) for piece in pointer.push(samples)]
    moments = [piece.moment for piece in pieces]
    closing = moments.index(Moment.ENDED) - moments.index(Moment.THINK)
    assert closing * 512 / SAMPLE_RATE == pytest.approx(PAUSE_S - THINK_S, abs=0.05)


def test_thinking_ahead_leaves_nothing_to_do_at_the_end() -> None:
    asked: list[int] = []

    def hear(samples: Samples) -> Heard:
        asked.append(len(samples))
        return Heard(Action.NONE, "counting", 0.0, 0.0)

    hearing = WholeHearing(hear)
    hearing.feed(np.zeros(100, dtype=np.float32))
    hearing.think()
    hearing.finish()
    assert asked == [100]
    hearing.feed(np.zeros(50, dtype=np.float32))
    hearing.finish()
    assert asked == [100, 150]


def test_the_gate_is_shut_while_the_device_speaks_and_a_moment_after() -> None:
    now = [0.0]
    gate = Gate(lambda: now[0])
    with gate.speaking():
        now[0] += 5
        assert not gate.is_open
    assert not gate.is_open
    now[0] += ECHO_S + 0.01
    assert gate.is_open
