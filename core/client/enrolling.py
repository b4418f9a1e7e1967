"""The messages by which a terminal enrols, with the proof that it holds the key that it names."""

import secrets
from typing import Any

import msgspec

from core.wire import enrolment
from core.wire.canonical import digest
from core.wire.enrolment import EnrolmentProof
from core.wire.keys import SigningKey
from core.wire.messages import NewProfile, NewTerminal, TerminalKeys


class NewPerson(msgspec.Struct, frozen=True):
    """What a person types to have a profile."""

    user_id: str
    """2 to 32 of a-z, 0-9, dot, hyphen, underscore."""
    nickname: str
    """What devices call this person."""
    spoken_as: str | None = None
    """Reading of a nickname with kanji."""
    display_name: str | None = None
    """The name on their own screens."""
    locale: str = "en"
    """`en` or `ja`."""
    zone: str = "UTC"
    """IANA time zone."""


def terminal_keys(name: str, key: SigningKey, pin_key: SigningKey | None) -> TerminalKeys:
    """The public keys of a terminal."""
    return TerminalKeys(name, key.public_jwk(), pin_key.public_jwk() if pin_key else None)


def new_profile(
    person: NewPerson, keys: TerminalKeys, key: SigningKey, issuer: str, now: float
) -> NewProfile:
    """`POST /profiles`, proven; `now` is epoch seconds by the server's clock."""
    bare = NewProfile(
        person.user_id,
        person.nickname,
        keys,
        "",
        person.spoken_as,
        person.display_name,
        person.locale,
        person.zone,
    )
    return msgspec.structs.replace(bare, proof=_proof(bare, key, issuer, now))


def new_terminal(code: str, keys: TerminalKeys, key: SigningKey, issuer: str, now: float) -> NewTerminal:
    """`POST /terminals`, proven; `now` is epoch seconds by the server's clock."""
    bare = NewTerminal(code, keys, "")
    return msgspec.structs.replace(bare, proof=_proof(bare, key, issuer, now))


def _proof(message: Any, key: SigningKey, issuer: str, now: float) -> str:
    members = msgspec.to_builtins(message)
    members.pop("proof")
    proof = EnrolmentProof(issuer, int(now), secrets.token_urlsafe(16), digest(members))
    return enrolment.sign(proof, key)
