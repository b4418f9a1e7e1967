"""A server's refusal, or a server that is away, as a sentence of the person's language."""

from core.client.answer import Refusal
from core.domain.errors import NodError
from core.texts.catalog import Texts

FIELDS = {
    "user_id_taken": "user_id",
    "nickname_refused": "nickname",
    "nickname_taken": "nickname",
    "place_refused": "place",
}
"""Which field of a form a refusal is about, by its name in the form."""


def field_of(trouble: Refusal | NodError) -> str:
    """The name of the field that was refused; empty where it is about none or about more than one."""
    return FIELDS.get(trouble.code, "")


def sentence(trouble: Refusal | NodError, texts: Texts) -> str:
    """What happened and what to do; known codes have their own sentence."""
    key = f"desktop-refusal-{trouble.code}"
    if not texts.has(key):
        return texts.say("desktop-refusal-other", code=trouble.code)
    wait_s = trouble.retry_after_s if isinstance(trouble, Refusal) else None
    return texts.say(key, minutes=max(1, round((wait_s or 60) / 60)))
