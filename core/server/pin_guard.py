"""What the PIN guards besides approvals: itself, the amount above which it is asked for, and codes for it.

A login alone, such as that of an unlocked terminal, must not open the way to money that the PIN keeps. So who
changes these brings a word by the PIN's key, or, where the PIN is forgotten or lies on another terminal, a
one-time code that stands for it: made with the PIN, or by the operator. A person has a PIN from when they
first set one until they remove it with such a proof; removing the terminal that it lies on is no way out.
"""

from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection

from core.database.writer import Unit
from core.server import client_auth, codes
from core.server.access_tokens import Bearer
from core.server.bearers import user_of
from core.server.errors import Refused
from core.server.services import Services
from core.server.store import codes as store
from core.server.store import profiles
from core.server.store.codes import Typed
from core.server.terminal_keys import keys_of
from core.wire import pin_word
from core.wire.canonical import digest
from core.wire.keys import PublicKeys
from core.wire.pin_word import FRESH_S, PinWord


class Proof(NamedTuple):
    """What a message brought; nothing of it is spent yet."""

    terminal_id: str
    user_id: str
    word: PinWord | None = None
    """Verified with `pin_jwk`."""
    pin_jwk: dict[str, str] | None = None
    code: Typed | None = None


async def read_proof(
    services: Services, bearer: Bearer, body: bytes, pin_proof: str | None, pin_code: str | None = None
) -> Proof:
    """The proof that a message brings for what it asks, perhaps none.

    Args:
        services: The server's.
        bearer: The terminal.
        body: The message as it came; the word covers its other members.
        pin_proof: `nod-pin+jws`, or None.
        pin_code: A one-time code in its place, or None.

    Raises:
        ArtifactRefused: 400: the word is not what it should be; nothing has changed.
        Refused: 400 `pin_needed`: it is not by the PIN's key.
    """
    proof = Proof(bearer.client_id, user_of(bearer), code=None if pin_code is None else codes.typed(pin_code))
    if pin_proof is None:
        return proof
    keys = await services.store.read(lambda connection: keys_of(connection, bearer.client_id))
    if keys is None or keys.pin is None:
        raise needed()
    members: dict[str, Any] = msgspec.json.decode(body)
    members.pop("pin_proof")
    now = int(services.now())
    expected = PinWord(proof.terminal_id, proof.user_id, services.issuer, now, "", digest(members))
    word = pin_word.verify(pin_proof, PublicKeys([keys.pin]), expected=expected)
    return proof._replace(word=word, pin_jwk=keys.pin)


def accept(unit: Unit, proof: Proof) -> bool:
    """Spends a proof inside a guard; False: there is none that holds now, and nothing has changed but that a
    wrong code counts."""
    if (word := proof.word) is not None:
        keys = keys_of(unit.connection, proof.terminal_id)
        is_current = keys is not None and keys.pin == proof.pin_jwk
        return is_current and client_auth.spend_id(unit, proof.terminal_id, word.jti, word.iat + 2 * FRESH_S)
    if proof.code is None:
        return False
    found = store.find(unit.connection, proof.code, unit.now)
    if found is None or found.user_id != proof.user_id:
        store.count_wrong(unit, proof.code)
        return False
    return bool(found.opens_pin) and store.use(unit, found.code_sha256, proof.terminal_id)


def lets(unit: Unit, proof: Proof, changes: dict[str, Any]) -> bool:
    """Whether these changes may be made, inside the guard that makes them; spends the proof if they need it.

    Args:
        unit: The writer's transaction.
        proof: What the message brought.
        changes: Columns to be set, `pin_jwk` and `pin_above` among them or not.
    """
    if not _need_proof(unit.connection, proof, changes):
        return True
    if not accept(unit, proof):
        return False
    profiles.forget_lost_pins(unit, proof.user_id)
    return True


def _need_proof(connection: Connection, proof: Proof, changes: dict[str, Any]) -> bool:
    """The same again is no change: an answer that was lost is asked for again."""
    if not profiles.ever_had_pin(connection, proof.user_id):
        return False
    if "pin_jwk" in changes and changes["pin_jwk"] != profiles.pin_key_of(connection, proof.terminal_id):
        return True
    if "pin_above" not in changes:
        return False
    new, old = changes["pin_above"], profiles.pin_above_of(connection, proof.user_id)
    return old is not None and (new is None or new > old)


def needed() -> Refused:
    """400 `pin_needed`."""
    return Refused(400, "pin_needed", "This needs the PIN, or a one-time code for it. Nothing has changed.")
