"""Which scopes a client may have for itself, without a user's word."""

from core.server.clients import Client
from core.server.errors import Refused

OWN_SCOPES = frozenset({"terminal", "device", "observe"})


def own_scopes(client: Client, asked: str | None) -> frozenset[str]:
    """The scopes to grant: those asked for, else all that the client may have for itself.

    Raises:
        Refused: 400 `invalid_scope`: one of them is not the client's, or there is none.
    """
    allowed = client.scopes & OWN_SCOPES
    scopes = frozenset(asked.split()) if asked else allowed
    if not scopes or not scopes <= allowed:
        raise Refused(400, "invalid_scope", "The client is not registered for this scope.")
    return scopes
