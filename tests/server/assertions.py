"""Client assertions made by hand, so that a test can get any part of them wrong."""

import json
import secrets
from typing import Any

from joserfc import jws
from joserfc.jwk import ECKey, Key

from core.wire.keys import SigningKey

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def assertion(
    key: SigningKey | Key,
    client_id: str,
    audience: str | list[str],
    now: float,
    *,
    header: dict[str, Any] | None = None,
    **claims: Any,
) -> str:
    """A `private_key_jwt` assertion; a claim set to None is left out.

    Args:
        key: who signs.
        client_id: issuer and subject.
        audience: the server.
        now: epoch seconds.
        header: changes to the header.
        claims: changes to the claims.
    """
    usual = {
        "iss": client_id,
        "sub": client_id,
        "aud": audience,
        "iat": int(now),
        "exp": int(now) + 60,
        "jti": secrets.token_urlsafe(12),
    }
    content = {name: value for name, value in (usual | claims).items() if value is not None}
    signer = key.joserfc if isinstance(key, SigningKey) else key
    head = {"alg": "ES256" if isinstance(signer, ECKey) else "HS256"} | (header or {})
    registry = jws.JWSRegistry(algorithms=[head["alg"]], strict_check_header=False)
    return jws.serialize_compact(head, json.dumps(content), signer, registry=registry)
