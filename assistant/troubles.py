"""Says in the device's language why it cannot hear: no microphone, no engine, no usable recording."""

from assistant.ears.interface import EarUnavailable
from assistant.sources.errors import SourceError
from core.texts.catalog import Texts

Trouble = SourceError | EarUnavailable
"""What keeps an ear from hearing."""


def told(trouble: Trouble, engine: str, texts: Texts) -> str:
    """The sentence for a trouble.

    Args:
        trouble: what is wrong.
        engine: the ear that was wanted, by name; empty for the best.
        texts: the device's language.
    """
    key = f"device-trouble-{trouble.code.replace('_', '-')}"
    if not texts.has(key):
        return texts.say("device-trouble-other", why=str(trouble))
    values = trouble.values if isinstance(trouble, SourceError) else {}
    return texts.say(key, **({"engine": engine or "phoneme", "name": ""} | values))
