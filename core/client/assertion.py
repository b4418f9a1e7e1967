"""How a client proves itself to the token endpoint: `private_key_jwt` (OpenID Connect Core 1.0 section 9)."""

import secrets
from urllib.parse import urlencode

from core.wire import jose
from core.wire.keys import SigningKey

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LIFE_S = 60


def client_assertion(client_id: str, issuer: str, key: SigningKey, now: float) -> str:
    """A signed assertion that is good once, for 60 seconds (RFC 7523 section 3).

    Args:
        client_id: who proves itself; `iss` and `sub`.
        issuer: the server that is called; `aud`.
        key: the client's registered key.
        now: epoch seconds by the server's clock.
    """
    issued = int(now)
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": issuer,
        "jti": secrets.token_urlsafe(16),
        "iat": issued,
        "exp": issued + LIFE_S,
    }
    return jose.sign(claims, key, "JWT")


def with_assertion(params: dict[str, str], client_id: str, assertion: str) -> bytes:
    """A form body that carries a client assertion (RFC 7521 section 4.2)."""
    proof = {
        "client_id": client_id,
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion,
    }
    return urlencode(params | proof).encode("ascii")
