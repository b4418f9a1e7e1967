"""Device grants: a code that waits for a person, and what became of it."""

from typing import Any

from sqlalchemy import Connection, Row, select, update

from core.database.writer import Unit
from core.server.store.tables import device_grants


def open_grant(
    unit: Unit,
    *,
    device_code_sha256: str,
    user_code: str,
    client_id: str,
    scopes: frozenset[str],
    expires_at: float,
) -> None:
    """Keeps a new grant, pending."""
    row = {
        "device_code_sha256": device_code_sha256,
        "user_code": user_code,
        "client_id": client_id,
        "scope": " ".join(sorted(scopes)),
        "state": "pending",
        "expires_at": expires_at,
    }
    unit.connection.execute(device_grants.insert(), row)
    unit.record("pairing_code", "", {"client_id": client_id})


def find_for(connection: Connection, user_code: str, now: float, user_id: str, again: str) -> Row[Any] | None:
    """The grant that waits for `user_code`, or that this user has moved to `again` already, or None."""
    states = {"approved": ("approved", "redeemed"), "denied": ("denied",)}.get(again, ())
    is_mine = (device_grants.c.user_id == user_id) & device_grants.c.state.in_(states)
    statement = select(device_grants).where(
        device_grants.c.user_code == user_code,
        device_grants.c.expires_at > now,
        (device_grants.c.state == "pending") | is_mine,
    )
    return connection.execute(statement).first()


def decide(unit: Unit, user_code: str, state: str, user_id: str) -> bool:
    """Moves a pending grant to `approved` or `denied`; False: somebody was first, or it ran out."""
    statement = (
        update(device_grants)
        .where(
            device_grants.c.user_code == user_code,
            device_grants.c.state == "pending",
            device_grants.c.expires_at > unit.now,
        )
        .values(state=state, user_id=user_id)
    )
    return unit.connection.execute(statement).rowcount == 1


def redeem(unit: Unit, device_code_sha256: str, client_id: str) -> tuple[str, frozenset[str]]:
    """Redeems an approved grant once.

    Returns:
        `redeemed` with its scopes, else the OAuth error that says where it stands.
    """
    grant = unit.connection.execute(
        select(device_grants).where(
            device_grants.c.device_code_sha256 == device_code_sha256, device_grants.c.client_id == client_id
        )
    ).first()
    if grant is None or grant.state == "redeemed":
        return "invalid_grant", frozenset()
    if grant.state == "denied":
        return "access_denied", frozenset()
    if grant.expires_at <= unit.now:
        return "expired_token", frozenset()
    if grant.state == "pending":
        return "authorization_pending", frozenset()
    place = device_grants.c.device_code_sha256 == device_code_sha256
    unused = update(device_grants).where(place, device_grants.c.state == "approved")
    if unit.connection.execute(unused.values(state="redeemed")).rowcount == 0:
        return "invalid_grant", frozenset()  # by another process, a moment ago
    return "redeemed", frozenset(grant.scope.split())
