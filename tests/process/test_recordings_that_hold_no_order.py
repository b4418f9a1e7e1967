"""A device that is given no order to hear says one sentence, ends with the right status, and asks nobody."""

import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tests.house.sources import TOP
from tests.process.household import Household, Talker, household, pair, registered

SECOND = 16_000
RECORDINGS = TOP / "tests" / "assistant" / "recordings"


@pytest.fixture
def house(data_folder: Path) -> Iterator[Household]:
    """Both servers on a fresh data folder."""
    with household(data_folder) as made:
        made.serve("payment")
        made.serve("server")
        yield made


def _wav(path: Path, samples: npt.NDArray[np.float64]) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SECOND)
        file.writeframes(samples.astype("<i2").tobytes())
    return path


def _nothing(folder: Path) -> dict[Path, tuple[int, str]]:
    """Recordings with the status that each ends with and a word of its sentence."""
    noise = np.random.default_rng(1).normal(0, 400, 2 * SECOND)
    (folder / "text.wav").write_text("buy milk for Momo")
    (folder / "empty.wav").touch()
    return {
        folder / "missing.wav": (1, "missing.wav"),
        folder: (1, folder.name),
        folder / "text.wav": (1, "text.wav"),
        folder / "empty.wav": (5, "empty.wav"),
        _wav(folder / "headed.wav", np.zeros(0)): (5, "headed.wav"),
        _wav(folder / "silence.wav", np.zeros(2 * SECOND)): (5, ""),
        _wav(folder / "noise.wav", noise): (5, ""),
        RECORDINGS / "weather-awb.wav": (5, ""),
    }


def _paired(house: Household) -> Talker:
    """A terminal with which this folder's device is paired, after one order that was denied."""
    terminal = registered(house)
    device = house.assistant("--say", "buy milk for Momo", "--once")
    pair(house, terminal, device)
    terminal.type(f"deny {terminal.wait_for('inquiry')['id']}")
    device.end()
    return terminal


def test_each_recording_without_an_order_is_one_sentence_and_asks_nobody(
    house: Household, tmp_path: Path
) -> None:
    terminal = _paired(house)
    terminal.wait_for("settled")
    folder = tmp_path / "sounds"
    folder.mkdir()
    for recording, (status, word) in _nothing(folder).items():
        device = house.assistant("--listen", str(recording), "--once")
        end = device.end()
        said = [line["text"] for line in device.lines if line.get("event") == "said"]
        assert device.process.returncode == status, (recording, device.lines)
        assert end["outcome"] == ("error" if status == 1 else "not_understood"), recording
        assert len(said) == 1, (recording, said)
        assert word in said[0], (recording, said)
    terminal.type("quit")
    terminal.end()
    assert len([line for line in terminal.lines if line["event"] == "inquiry"]) == 1
