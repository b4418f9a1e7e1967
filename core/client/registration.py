"""What a device says of itself when it registers (RFC 7591, docs/wire.md)."""

from core.client.asking import PROCEDURE, PURCHASE
from core.client.oauth import CIBA_GRANT, DEVICE_GRANT


def device_metadata(client_name: str, kind: str, jwk: dict[str, object]) -> dict[str, object]:
    """Client metadata of a device in CIBA poll mode.

    Args:
        client_name: its own words for itself; the approver gives it another name.
        kind: `ai_device`, `ai_agent`, `person` or `service`.
        jwk: its public key.
    """
    return {
        "client_name": client_name,
        "nod_kind": kind,
        "nod_extensions": ["match_code", "decision_expires_in", "screen_connected"],
        "grant_types": [
            CIBA_GRANT,
            DEVICE_GRANT,
            "client_credentials",
        ],
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "ES256",
        "backchannel_token_delivery_mode": "poll",
        "authorization_details_types": [PURCHASE, PROCEDURE],
        "scope": "openid device",
        "jwks": {"keys": [jwk]},
    }
