"""Makes a server out of its settings: the one place where every dependency can be seen."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from core.database import migrations
from core.database.engine import open_engine
from core.database.reader import Reader
from core.database.writer import Unit, Writer
from core.server import identity_routes, keys, request_routes, subjects
from core.server.access_tokens import AccessTokens
from core.server.app import build_app
from core.server.clients import Clients
from core.server.door import Door
from core.server.hub import KEYS_CHANGED, Hub
from core.server.keys import ServerKeys
from core.server.services import Services
from core.server.settings import Settings
from core.server.store import backlog
from core.server.store.access import Store

VERSIONS = Path(__file__).parent / "store" / "versions"
_DRAIN_S = 5.0


class Server:
    """A user-management server, ready to be served by any ASGI server.

    Args:
        services: What its handlers work with.
    """

    def __init__(self, services: Services) -> None:
        self.services = services
        self.app = build_app(services)
        """The ASGI application, with a lifespan."""

    @property
    def stopping(self) -> asyncio.Event:
        """Ends every stream and worker once it is set, on the serving loop."""
        return self.services.stopping

    @property
    def paths(self) -> tuple[str, ...]:
        """Its routes, as `/requests/{request_id}`."""
        oauth = (*identity_routes.OAUTH, *request_routes.OAUTH)
        return (*oauth, *(route.path for route in (*identity_routes.JSON, *request_routes.JSON)))

    def waiting(self) -> int:
        """How many changes wait for the writer."""
        return self.services.store.writer.waiting

    async def backlog(self) -> dict[str, int]:
        """Work that lies in the rows, by kind."""
        return await self.services.store.read(backlog.counts)

    def close(self) -> None:
        """Drains the writer and lets go of the database; call it after the serving loop has ended."""
        store = self.services.store
        store.writer.stop(_DRAIN_S)
        store.reader.close()
        store.engine.dispose()


def build(settings: Settings, *, now: Callable[[], float]) -> Server:
    """Opens the database, brings it up to date and wires a server.

    Args:
        settings: What the operator decided.
        now: Epoch seconds UTC.

    Raises:
        DatabaseError: The store cannot be opened, or was written by a newer Nod; the text says what to do.
    """
    store = open_store(settings.database_url, now=now)
    clients = Clients(store, now)
    server_keys = ServerKeys(now)
    store.reader.read(server_keys.load)
    hub = Hub()
    clients.listen(hub)
    hub.on_topic(KEYS_CHANGED, lambda _key: store.reader.read(server_keys.load))
    tokens = AccessTokens(store, clients, now, settings.token_life_s)
    tokens.listen(hub)
    services = Services(
        settings=settings,
        store=store,
        now=now,
        issuer=settings.issuer,
        keys=server_keys,
        clients=clients,
        tokens=tokens,
        subjects=store.reader.read(subjects.load),
        hub=hub,
        stopping=asyncio.Event(),
        shared={Door: Door(settings.registrations, now)},
    )
    return Server(services)


def open_store(database_url: str, *, now: Callable[[], float]) -> Store:
    """Opens a store, upgrades it, starts its writer and makes the server's secrets if they are missing.

    Raises:
        DatabaseError: as `build`.
    """
    engine = open_engine(database_url)
    migrations.upgrade(engine, VERSIONS)
    writer = Writer(engine, now=now)
    writer.start()
    writer.submit_blocking(_ensure_secrets)
    return Store(engine, writer, Reader(engine))


def _ensure_secrets(unit: Unit) -> None:
    subjects.ensure_secret(unit)  # first: of several processes that start at once, one goes on
    keys.ensure_key(unit)
