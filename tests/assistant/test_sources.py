"""Where sound comes from: files, standard input, the gate, and the cutting into utterances."""

import io
import struct
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.ears.interface import Heard, Hearing, Mode, Samples, Vocabulary, WholeHearing
from assistant.listening import listen
from assistant.sources.errors import FileEmpty, FileMissing, FileTooLong, FileUnreadable
from assistant.sources.files import read_file
from assistant.sources.gate import ECHO_S, Gate
from assistant.sources.speech import has_speech, level, utterances_in
from assistant.sources.streams import from_recording, from_standard_input

RECORDINGS = Path(__file__).parent / "recordings"
ORDER = RECORDINGS / "buy-milk-for-momo-rms.wav"


class _Counting:
    """An ear that only says how many samples it was given."""

    name = "counting"

    def __init__(self) -> None:
        self.thoughts = 0

    def prepare(self, vocabulary: Vocabulary) -> None: ...

    def hear(self, samples: Samples, mode: Mode = "order") -> Heard:
        from assistant.ears.interface import Action

        self.thoughts += 1
        return Heard(Action.NONE, self.name, len(samples) / 16_000, 0.0)

    def listen(self, mode: Mode = "order") -> Hearing:
        return WholeHearing(self.hear)


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
    recording = np.concatenate(list(from_standard_input(io.BytesIO(ORDER.read_bytes()))))
    raw = (read_file(ORDER) * 32768).astype("<i2").tobytes()
    streamed = np.concatenate(list(from_standard_input(io.BytesIO(raw))))
    assert np.allclose(recording[: len(streamed)], streamed[: len(recording)], atol=1e-3)
    with pytest.raises(FileEmpty, match="Standard input"):
        list(from_standard_input(io.BytesIO()))


def test_the_ear_thinks_ahead_once_and_is_not_asked_again_at_the_end() -> None:
    ear = _Counting()
    heard = list(listen(from_recording(read_file(ORDER)), ear, Gate(lambda: 0.0)))
    assert len(heard) == 1
    assert ear.thoughts == 1


def test_what_comes_while_the_gate_is_shut_is_not_heard() -> None:
    now = [0.0]
    gate = Gate(lambda: now[0])

    def spoken_over() -> Iterator[Samples]:
        with gate.speaking():
            yield from from_recording(read_file(ORDER))

    assert list(listen(spoken_over(), _Counting(), gate)) == []
    assert not gate.is_open
    now[0] += ECHO_S
    assert gate.is_open
