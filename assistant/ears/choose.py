"""Ears by name, as `--engine` gives it."""

from assistant.ears.interface import Ear, EarUnavailable
from assistant.ears.transcript import IN_THE_NETWORK, network_ear, whisper_ear

OFFLINE = ("phoneme", "sphinx", "whisper")
"""Engines that need no network."""


def ear_named(name: str, *, allow_network: bool = False) -> Ear:
    """Makes an ear; loading its model takes up to a few seconds.

    Args:
        name: one of OFFLINE, or of SpeechRecognition's recognisers in the network.
        allow_network: whether the recordings may be sent away.

    Raises:
        EarUnavailable: if there is no such engine, or it cannot be used here.
    """
    if name == "phoneme":
        from assistant.ears.phoneme import PhonemeEar

        return PhonemeEar()
    if name == "sphinx":
        from assistant.ears.sphinx import SphinxEar

        return SphinxEar()
    if name == "whisper":
        return whisper_ear()
    if name not in IN_THE_NETWORK:
        raise EarUnavailable(f"There is no engine {name}. Engines: {', '.join(OFFLINE)}.", "engine_unknown")
    if not allow_network:
        raise EarUnavailable(
            f"{name} sends every recording over the network, which is off. Use --engine phoneme.",
            "network_off",
        )
    return network_ear(name)


def best_ear() -> Ear:
    """The default ear, or the fallback where its model is not installed."""
    try:
        return ear_named("phoneme")
    except EarUnavailable:
        return ear_named("sphinx")
