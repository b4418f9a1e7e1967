"""Opens the connections of one device or terminal: the server's metadata, its own key, the payment server.

Everything that a client needs is made here, once, so that a test can hand in its own clock and transport.
"""

from dataclasses import dataclass, field
from pathlib import Path

from core.client.addresses import Address, payment_address
from core.client.answer import Refusal
from core.client.clock import Clock
from core.client.errors import BadAnswer
from core.client.key_store import SecretStore
from core.client.oauth import Metadata, discover
from core.client.payment_server import PaymentServer
from core.client.transport import Maker, Transport, make_client


@dataclass(frozen=True)
class Surroundings:
    """What a client stands on."""

    server: Address
    """The user-management server."""
    folder: Path
    """The data folder."""
    store: SecretStore
    """Where its key lives."""
    clock: Clock = field(default_factory=Clock)
    """The time."""
    make: Maker = make_client
    """Makes HTTP clients."""


class Servers:
    """The user-management server and, once it has named it, the payment server."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.transport = Transport(around.server, around.clock, around.make)
        self._metadata: Metadata | None = None
        self._payment: PaymentServer | None = None

    async def metadata(self) -> Metadata:
        """The server's metadata, read once.

        Raises:
            ServerAway, BadAnswer: if it cannot be had.
        """
        if self._metadata is None:
            found = await discover(self.transport)
            if isinstance(found, Refusal):
                raise BadAnswer(f"There is no Nod server at this address ({found.code}).")
            self._metadata = found
        return self._metadata

    async def payment(self) -> PaymentServer:
        """The payment server that the user-management server names.

        Raises:
            ServerAway, BadAnswer, AddressRefused: if it cannot be known.
        """
        if self._payment is None:
            url = (await self.metadata()).nod_payment_server
            if not url:
                raise BadAnswer("The server names no payment server.")
            address = payment_address(url, self.around.folder)
            self._payment = PaymentServer(Transport(address, self.around.clock, self.around.make))
        return self._payment

    async def close(self) -> None:
        """Closes all connections."""
        await self.transport.close()
        if self._payment is not None:
            await self._payment.transport.close()
