"""The server's own signing keys: made at the first start, kept in its database, published for ever.

A rotated key signs nothing more but stays in the key set, so that old receipts can still be checked.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from core.database.batch import Unit
from core.payment.store import keys as rows
from core.payment.store import payments
from core.wire.keys import PublicKeys, SigningKey


class Signing:
    """The key that signs now, and all that ever did.

    Args:
        kept: rows of the store, the signing one first.
    """

    def __init__(self, kept: Sequence[rows.KeyRow]) -> None:
        all_keys = [SigningKey.from_jwk(msgspec.json.decode(row.jwk)) for row in kept]
        self.key = all_keys[0]
        """Signs quotes and receipts."""
        self.jwk_set: dict[str, Any] = {"keys": [key.public_jwk() for key in all_keys]}
        """RFC 7517 section 5: what `GET /jwks` answers."""

    @property
    def public_keys(self) -> PublicKeys:
        """The same as a verifier sees them."""
        return PublicKeys.from_jwk_set(self.jwk_set)


def load_or_make(unit: Unit) -> list[rows.KeyRow]:
    """A guard: the kept keys, with a first one made where there is none."""
    payments.lock_head(unit.connection)
    return rows.all_keys(unit.connection) or rotate(unit)


def rotate(unit: Unit) -> list[rows.KeyRow]:
    """A guard: makes a new signing key, retires the old one, and returns all."""
    payments.lock_head(unit.connection)
    key = SigningKey.generate()
    rows.add_key(unit.connection, key.kid, msgspec.json.encode(key.private_jwk()).decode(), unit.now)
    unit.record("key_made", key.kid, {})
    return rows.all_keys(unit.connection)
