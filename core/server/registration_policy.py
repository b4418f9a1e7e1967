"""What a profile demands of a client that registers for it: a table, not a code path.

A client names its profile in `nod_profile`. Each row is one demand of FAPI-CIBA (implementer's draft 1 and
the later draft for FAPI 2) that is settled at registration; what such a client must send with each request is
in `REQUEST_LIFE_S` and `needs_context`, which the authentication endpoint reads.
"""

from collections.abc import Callable
from typing import NamedTuple

from core.server.clients import FAPI_CIBA, Client, StoredMetadata
from core.server.errors import bad_metadata

REQUEST_LIFE_S = 3600
"""`nbf` and `exp` of a signed request may be this far apart, in seconds (FAPI-CIBA 5.2.2)."""
_STRONG = ("PS256", "ES256")


class Demand(NamedTuple):
    """One rule of a profile."""

    sentence: str
    """What a client that breaks it is told."""
    is_met: Callable[[StoredMetadata], bool]


DEMANDS: dict[str, tuple[Demand, ...]] = {
    FAPI_CIBA: (
        Demand(
            "A FAPI client authenticates by private_key_jwt.",
            lambda stored: stored.token_endpoint_auth_method == "private_key_jwt",  # noqa: S105
        ),
        Demand(
            "A FAPI client registers token_endpoint_auth_signing_alg as PS256 or ES256.",
            lambda stored: stored.token_endpoint_auth_signing_alg in _STRONG,
        ),
        Demand(
            "A FAPI client gets its tokens by poll or ping.",
            lambda stored: stored.backchannel_token_delivery_mode in ("poll", "ping"),
        ),
        Demand(
            "A FAPI client signs its requests by PS256 or ES256.",
            lambda stored: stored.backchannel_authentication_request_signing_alg in _STRONG,
        ),
        Demand(
            "A FAPI client takes tokens that are bound to its key: dpop_bound_access_tokens.",
            lambda stored: stored.dpop_bound_access_tokens,
        ),
    ),
}
"""Demands by profile."""


def check(stored: StoredMetadata) -> None:
    """Holds a registration to the profile that it names.

    Raises:
        Refused: 400 `invalid_client_metadata` with the first demand that is not met.
    """
    for demand in DEMANDS.get(stored.nod_profile or "", ()):
        if not demand.is_met(stored):
            raise bad_metadata(demand.sentence)


def needs_context(client: Client) -> bool:
    """Whether each request must say what it is for, by details or a binding message (FAPI-CIBA 5.2.2)."""
    return client.is_fapi
