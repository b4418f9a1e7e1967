"""The one soft tone at half time: somebody is still being asked, and nobody need listen to a sentence."""

import wave
from pathlib import Path

import numpy as np

RATE_HZ = 22_050
"""Samples a second."""
LENGTH_S = 0.4
PITCH_HZ = 660.0
LOUDNESS = 0.12
"""Of full scale, at full volume: softer than speech."""


def write_chime(volume: float, file: Path) -> None:
    """Writes the tone as a WAV file; it swells and fades, so that nothing clicks.

    Args:
        volume: 0 to 1.
        file: where it goes; replaced.
    """
    at = np.arange(int(LENGTH_S * RATE_HZ)) / RATE_HZ
    tone = np.sin(2 * np.pi * PITCH_HZ * at) * np.hanning(len(at)) * LOUDNESS * volume
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        sound.writeframes((tone * 32767).astype("<i2").tobytes())
