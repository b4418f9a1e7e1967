"""Checks a quote that a device brings with the payment server's own keys."""

from core.domain.errors import DomainError
from core.server.authorization_details import invalid
from core.server.payment_server import Known, Unreachable, payment_server_of, unreachable
from core.server.services import Services
from core.wire import quote
from core.wire.errors import ArtifactRefused
from core.wire.keys import PublicKeys
from core.wire.quote import Quote


async def verify_quote(services: Services, compact: str) -> Quote:
    """The content of a quote that the payment server really signed and that is not over.

    Raises:
        Refused: 400 `invalid_authorization_details`: altered, of another server, too old, or not addable;
            503 `temporarily_unavailable`: the payment server's keys cannot be had.
    """
    now = services.now()

    def check(known: Known, keys: PublicKeys) -> Quote:
        return quote.verify(compact, keys, issuer=known.issuer, now=now)

    try:
        return await payment_server_of(services).check(check)
    except Unreachable as error:
        raise unreachable() from error
    except (ArtifactRefused, DomainError) as error:
        raise invalid("The quote is refused. Get a new one from the shop.") from error
