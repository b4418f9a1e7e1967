"""How a voice sounds, and that there is none: what both speech engines share."""

from dataclasses import dataclass

USUAL_WORDS_A_MINUTE = 165
"""A voice's own speed."""


class NoVoiceHere(Exception):
    """Nothing on this machine can speak."""


@dataclass(frozen=True, slots=True)
class Tone:
    """How the voice sounds."""

    voice: str = "en-us"
    """espeak-ng's name: "en-us", "en-us+f3", "ja"."""
    words_a_minute: int = USUAL_WORDS_A_MINUTE
    """Speed."""
    volume: float = 1.0
    """0 to 1."""
