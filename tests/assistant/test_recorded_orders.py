"""Orders that were recorded: files and standard input, against the real servers with the real ear."""

import asyncio
import io
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.ears.interface import SAMPLE_RATE
from assistant.sources.files import read_file
from core.domain.decision import Decision
from tests.assistant.household import Home, play
from tests.assistant.test_orders_end_to_end import ended, paired, start

RECORDINGS = Path(__file__).with_name("recordings")


def test_a_recorded_order_is_heard_and_paid(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await paired(home)
        run = start(home, listen=str(RECORDINGS / "buy-milk-for-momo-rms.wav"))
        asked = await home.event("asked")
        await home.approver.decide(Decision.APPROVE, asked["match_code"])
        status, last = await ended(home, run)
        assert (status, last["outcome"]) == (0, "paid")
        assert last["heard"] == {"item": "Milk", "quantity": 1, "nickname": "Momo"}

    play(tmp_path, scene)


def test_raw_samples_on_standard_input_are_heard_as_they_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = read_file(RECORDINGS / "buy-milk-for-momo-kal.wav")
    reader, writer = os.pipe()

    async def scene(home: Home) -> None:
        await paired(home)
        with os.fdopen(reader, "rb") as given, os.fdopen(writer, "wb", buffering=0) as mouth:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(given))
            run = start(home, listen="-")
            sound = np.concatenate([samples, np.zeros(SAMPLE_RATE, dtype=np.float32)])
            await asyncio.to_thread(mouth.write, (sound * 32767).astype("<i2").tobytes())
            await home.event("asked")  # though the stream has not ended
        await home.approver.decide(Decision.DENY)
        assert (await ended(home, run))[0] == 3

    play(tmp_path, scene)


@pytest.mark.parametrize("name", ["weather-awb", "dont-buy-milk-for-momo-slt", "advert-slt"])
def test_a_recording_that_is_no_order_asks_nobody(tmp_path: Path, name: str) -> None:
    async def scene(home: Home) -> None:
        await paired(home)
        status, last = await ended(home, start(home, listen=str(RECORDINGS / f"{name}.wav")))
        assert (status, last["outcome"], last["id"]) == (5, "not_understood", None)
        assert await home.approver.requests() == ()

    play(tmp_path, scene)


def test_a_missing_recording_gets_a_sentence_and_is_an_error(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await paired(home)
        status, last = await ended(home, start(home, listen=str(tmp_path / "gone.wav")))
        assert (status, last["outcome"], last["code"]) == (1, "error", "file_missing")
        assert any("There is no file" in event.get("text", "") for event in home.events)

    play(tmp_path, scene)
