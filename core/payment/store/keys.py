"""Rows of signing keys."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from core.payment.store.tables import SIGNING_KEYS


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One key."""

    kid: str
    """RFC 7638 thumbprint."""
    jwk: str
    """The private JWK as JSON: a secret."""
    retired_at: float | None
    """When it stopped signing, epoch seconds."""

    def __repr__(self) -> str:
        return f"KeyRow({self.kid[:8]})"


def all_keys(connection: Connection) -> list[KeyRow]:
    """Every key, the newest first."""
    columns = (SIGNING_KEYS.c.kid, SIGNING_KEYS.c.jwk, SIGNING_KEYS.c.retired_at)
    newest_first = select(*columns).order_by(
        SIGNING_KEYS.c.retired_at.is_not(None), SIGNING_KEYS.c.made_at.desc()
    )
    return [KeyRow(*row) for row in connection.execute(newest_first)]


def add_key(connection: Connection, kid: str, jwk: str, now: float) -> None:
    """Adds a key that signs from now on, and retires all others."""
    connection.execute(update(SIGNING_KEYS).where(SIGNING_KEYS.c.retired_at.is_(None)).values(retired_at=now))
    connection.execute(SIGNING_KEYS.insert().values(kid=kid, jwk=jwk, made_at=now))
