"""Where the payment server is put together; read this and you have seen every dependency of it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine
from starlette.routing import Route

from core.database import migrations
from core.database.batch import Unit
from core.database.engine import open_engine
from core.database.errors import DatabaseError, StoreUnavailable
from core.database.probe import probe
from core.database.reader import Reader
from core.database.writer import Writer
from core.payment import app as routes
from core.payment import catalogue, signing
from core.payment.auditing import Report, examine
from core.payment.cashier import Cashier
from core.payment.issuer_keys import IssuerKeys
from core.payment.limits import AddressLimit
from core.payment.orders import Inspector
from core.payment.quotes import Quotes
from core.payment.receipts import Signer
from core.payment.refunds import Refunds
from core.payment.settings import Settings
from core.payment.store import keys as key_rows
from core.payment.store import shop as shop_rows
from core.payment.streams import Pulse
from core.wire.http_guard import LOOPBACK_HOSTS, HttpGuard

VERSIONS = Path(__file__).parent / "store" / "versions"
FOLLOW_S = 5.0
"""Seconds between two looks for a new signing key."""
_log = logging.getLogger(__name__)
STOP_S = 5.0
"""Longest time that the writer may take to finish what waits."""

__all__ = ["Payment", "Settings", "audit", "build", "rotate_key"]


class Payment:
    """One payment server, ready to be served; nothing runs before its lifespan starts.

    Args:
        settings: what it is told.
        engine: its store, migrated.
        now: epoch seconds UTC.
    """

    def __init__(self, settings: Settings, engine: Engine, now: Callable[[], float]) -> None:
        self._settings, self._engine = settings, engine
        self.stopping = asyncio.Event()
        """Ends every stream of server-sent events once it is set."""
        self.writer = Writer(engine, now=now)
        """The store's only writer in this process."""
        self._reader = Reader(engine)
        self._pulse = Pulse()
        self._shop = catalogue.load(settings.catalogue)
        self._signing: signing.Signing | None = None
        application = routes.make(self._services(now), self._lifespan)
        self.paths = tuple(route.path for route in application.routes if isinstance(route, Route))
        """Its routes, as `/payments/{txn}`."""
        self.app = HttpGuard(
            application,
            hosts=LOOPBACK_HOSTS | settings.hosts | _host_of(settings.issuer),
        )
        """The ASGI application."""

    def waiting(self) -> int:
        """How many changes wait for the writer."""
        return self.writer.waiting

    async def backlog(self) -> dict[str, int]:
        """Nothing waits in the rows: a payment is settled in the request that asks for it."""
        return {}

    def close(self) -> None:
        """Finishes what waits and lets go of the database; safe to call twice."""
        self.writer.stop(STOP_S)
        self._reader.close()
        self._engine.dispose()

    def _services(self, now: Callable[[], float]) -> routes.Services:
        its = self._settings
        keys = IssuerKeys(its.find_token_issuer)
        limit = AddressLimit(its.quote_rate, now)
        return routes.Services(
            issuer=its.issuer,
            operator_secret=its.operator_secret,
            shop=self._shop,
            signing=self._keys,
            is_healthy=lambda: self.writer.healthy,
            probe=lambda: self.writer.submit(probe),
            quotes=Quotes(self._shop, self.writer, self._signer, limit, now),
            inspector=Inspector(keys, audience=its.issuer, now=now),
            cashier=Cashier(self.writer, self._reader, self._signer),
            refunds=Refunds(self.writer, self._signer),
            reader=self._reader,
            pulse=self._pulse,
            stopping=self.stopping,
        )

    def _keys(self) -> signing.Signing:
        if self._signing is None:
            raise StoreUnavailable("The payment server has not started yet.")
        return self._signing

    def _signer(self) -> Signer:
        return Signer(self._settings.issuer, self._keys().key)

    @asynccontextmanager
    async def _lifespan(self, _app: Any) -> AsyncIterator[None]:
        self._pulse.attach(asyncio.get_running_loop())
        end_of_beats = self.writer.subscribe(self._pulse.beat)
        self.writer.start()
        try:
            kept = await self.writer.submit(self._first_rows)
            self._signing = signing.Signing(kept)
            following = asyncio.create_task(self._follow_keys())
            yield
            following.cancel()
        finally:
            self.stopping.set()
            end_of_beats()
            await asyncio.to_thread(self.writer.stop, STOP_S)

    async def _follow_keys(self) -> None:
        """Takes up a key that the operator made beside this server."""
        while not self.stopping.is_set():
            await asyncio.sleep(FOLLOW_S)
            try:
                kept = await self._reader.aread(key_rows.all_keys)
            except DatabaseError as error:
                _log.warning("the signing keys could not be read again: %s", error)
                continue
            if self._signing is None or kept[0].kid != self._signing.key.kid:
                self._signing = signing.Signing(kept)

    def _first_rows(self, unit: Unit) -> Any:
        kept = signing.load_or_make(unit)
        shop_rows.seed_stock(unit.connection, {article.id: article.stock for article in self._shop.items})
        return kept


def build(settings: Settings, *, now: Callable[[], float]) -> Payment:
    """Opens the store, brings its tables up to date and puts the server together.

    Args:
        settings: what it is told.
        now: epoch seconds UTC.

    Raises:
        StoreUnavailable: the store cannot be opened.
        SchemaTooNew: a newer Nod wrote it.
        CatalogueBroken: the shop's data file cannot be used.
    """
    engine = open_engine(settings.database_url)
    try:
        migrations.upgrade(engine, VERSIONS)
        return Payment(settings, engine, now)
    except BaseException:
        engine.dispose()
        raise


def audit(database_url: str, issuer: str | None = None) -> Report:
    """Checks receipts, audit log and ledger; may run beside a living server and changes nothing.

    Args:
        database_url: the payment server's store.
        issuer: its issuer, where receipts shall be held against it.

    Raises:
        StoreUnavailable: the store cannot be opened, or no payment server has used it yet.
    """
    return _read_once(database_url, lambda connection: examine(connection, issuer))


def rotate_key(database_url: str, *, now: Callable[[], float]) -> str:
    """Makes a new signing key, returns its `kid`; old ones stay published.

    A running server signs with it within five seconds, any other from its next start.

    Raises:
        StoreUnavailable: the store cannot be opened or is locked.
    """
    engine = open_engine(database_url)
    writer = Writer(engine, now=now)
    try:
        migrations.upgrade(engine, VERSIONS)
        writer.start()
        return writer.submit_blocking(signing.rotate)[0].kid
    finally:
        writer.stop(STOP_S)
        engine.dispose()


def _read_once(database_url: str, examine_rows: Callable[[Connection], Report]) -> Report:
    engine = open_engine(database_url)
    reader = Reader(engine, threads=1)
    try:
        if reader.read(migrations.current_version) is None:
            raise StoreUnavailable("No payment server has used this data folder yet.")
        return reader.read(examine_rows)
    finally:
        reader.close()
        engine.dispose()


def _host_of(url: str) -> frozenset[str]:
    host = urlsplit(url).hostname or ""
    return frozenset({f"[{host}]" if ":" in host else host})
