"""Statements on browsers that wait at the authorization endpoint, and on the codes that they carry away."""

from typing import NamedTuple

from sqlalchemy import Connection, select, update
from sqlalchemy.sql.elements import ColumnElement

from core.database.writer import Unit
from core.server.store.oauth_tables import browser_requests


class Browser(NamedTuple):
    """A browser that waits; instants are epoch seconds."""

    handle_sha256: str
    request_id: str
    client_id: str
    redirect_uri: str
    state: str | None
    nonce: str | None
    code_challenge: str
    jkt: str | None
    expires_at: float
    code_sha256: str | None = None
    code_until: float | None = None
    redeemed_at: float | None = None


_COLUMNS = [browser_requests.c[name] for name in Browser._fields]


def add(unit: Unit, browser: Browser) -> None:
    """Keeps a new one."""
    unit.connection.execute(browser_requests.insert(), browser._asdict())


def by_handle(connection: Connection, handle_sha256: str) -> Browser | None:
    """The one with this handle, or None."""
    return _one(connection, browser_requests.c.handle_sha256 == handle_sha256)


def by_code(connection: Connection, code_sha256: str) -> Browser | None:
    """The one that got this code, or None."""
    return _one(connection, browser_requests.c.code_sha256 == code_sha256)


def keep_code(unit: Unit, handle_sha256: str, code_sha256: str, until: float) -> bool:
    """Gives a browser its code; an earlier one is worth nothing from now on. False: it was redeemed."""
    place = (browser_requests.c.handle_sha256 == handle_sha256) & browser_requests.c.redeemed_at.is_(None)
    statement = update(browser_requests).where(place).values(code_sha256=code_sha256, code_until=until)
    return unit.connection.execute(statement).rowcount == 1


def redeem(unit: Unit, code_sha256: str) -> bool:
    """Marks a code as redeemed; False: it was before."""
    place = (browser_requests.c.code_sha256 == code_sha256) & browser_requests.c.redeemed_at.is_(None)
    return (
        unit.connection.execute(update(browser_requests).where(place).values(redeemed_at=unit.now)).rowcount
        == 1
    )


def is_redeemed(connection: Connection, request_id: str) -> bool:
    """Whether a code for this request was redeemed."""
    redeemed = browser_requests.c.redeemed_at.is_not(None)
    statement = select(browser_requests.c.request_id).where(
        browser_requests.c.request_id == request_id, redeemed
    )
    return connection.execute(statement.limit(1)).first() is not None


def _one(connection: Connection, place: ColumnElement[bool]) -> Browser | None:
    row = connection.execute(select(*_COLUMNS).where(place)).first()
    return None if row is None else Browser._make(row)
