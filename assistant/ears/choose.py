"""Ears by name, as `--engine` gives it."""

from assistant.ears.interface import Ear, EarUnavailable

OFFLINE = ("phoneme",)
"""Engines that need no network."""


def ear_named(name: str) -> Ear:
    """Makes an ear; loading its model takes up to a few seconds.

    Raises:
        EarUnavailable: if there is no such engine, or it cannot be used here.
    """
    if name == "phoneme":
        from assistant.ears.phoneme import PhonemeEar

        return PhonemeEar()
    raise EarUnavailable(f"There is no engine {name}. Engines: {', '.join(OFFLINE)}.", "engine_unknown")
