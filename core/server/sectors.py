"""Checks a `sector_identifier_uri`: the list behind it names whatever could claim the sector's subjects."""

import msgspec

from core.server.client_metadata import ClientMetadata, sector_members
from core.server.errors import bad_metadata
from core.server.outbound import CallFailed, outbound_of
from core.server.services import Services


async def check(services: Services, given: ClientMetadata) -> None:
    """Fetches the list at registration (OpenID Connect Core 8.1, CIBA Core 1.0 section 4).

    Raises:
        Refused: 400 `invalid_client_metadata`: it cannot be had, or does not name them all.
    """
    if given.sector_identifier_uri is None:
        return
    try:
        reply = await outbound_of(services).get(given.sector_identifier_uri)
        listed = msgspec.json.decode(reply.body, type=list[str]) if reply.status == 200 else []
    except (CallFailed, msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise bad_metadata("The list behind sector_identifier_uri cannot be had.") from error
    if not sector_members(given) <= set(listed):
        raise bad_metadata("The list behind sector_identifier_uri does not name this client's addresses.")
