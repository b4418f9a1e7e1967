"""What every handler is given: the rows, the clock, the keys, the caches. Made once by `wiring.build`."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.server.access_tokens import AccessTokens
    from core.server.clients import Clients
    from core.server.hub import Hub
    from core.server.keys import ServerKeys
    from core.server.settings import Settings
    from core.server.store.access import Store
    from core.server.subjects import Subjects


@dataclass(frozen=True, kw_only=True)
class Services:
    """The server's dependencies; handlers take this and what they need of the request, nothing else."""

    settings: "Settings"
    """What the operator decided."""
    store: "Store"
    """`await store.read(fn)` and `await store.write(guard)`."""
    now: Callable[[], float]
    """Epoch seconds UTC; inside a guard use `unit.now`."""
    issuer: str
    """This server's issuer and base URL, without a slash at the end."""
    keys: "ServerKeys"
    """What this server signs with: `keys.current`."""
    clients: "Clients"
    """Client records with parsed keys, cached: `await clients.find(client_id)`."""
    tokens: "AccessTokens"
    """Issues and checks opaque access tokens."""
    subjects: "Subjects"
    """Pairwise subjects."""
    hub: "Hub"
    """Notifications of what was committed, on the loop."""
    stopping: asyncio.Event
    """Set when the server leaves: every stream waits on it too."""
    shared: dict[type, Any] = field(default_factory=dict)
    """Things with state of their own that a module keeps per server (rate windows, a key cache), by class;
    set in its background task or by `wiring`, so that `Services` need not know each."""
