"""What a terminal signs with, as the server keeps it."""

import msgspec
from sqlalchemy import Connection, select

from core.server.store.tables import terminals
from core.wire.jose import read_header
from core.wire.keys import PublicKeys, thumbprint


class TerminalKeys(msgspec.Struct, frozen=True):
    """The public keys of one terminal."""

    login: dict[str, str]
    """Public JWK of login and clicks."""
    pin: dict[str, str] | None
    """Public JWK that the PIN opens."""

    @property
    def trusted(self) -> PublicKeys:
        """Both, for a verification."""
        return PublicKeys([self.login] if self.pin is None else [self.login, self.pin])

    def is_by_pin(self, compact: str) -> bool:
        """Whether a verified artifact was signed by the PIN's key."""
        return self.pin is not None and read_header(compact).get("kid") == thumbprint(self.pin)


def keys_of(connection: Connection, terminal_id: str) -> TerminalKeys | None:
    """The keys of a terminal that was not removed, or None."""
    row = connection.execute(
        select(terminals.c.jwk, terminals.c.pin_jwk).where(
            terminals.c.terminal_id == terminal_id, terminals.c.removed_at.is_(None)
        )
    ).first()
    if row is None:
        return None
    return TerminalKeys(
        msgspec.json.decode(row.jwk), msgspec.json.decode(row.pin_jwk) if row.pin_jwk else None
    )
