"""A client that signs: its assertions, its requests and its hints, each with anything changed."""

import secrets
from typing import Any

import httpx

from core.wire.keys import SigningKey
from tests.server.oauth.site import SITE, signed
from tests.server.orders.world import Device, World

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Signer(Device):
    """A client with a key of its own that signs its requests."""

    def __init__(self, world: World, key: SigningKey | None = None, **metadata: Any) -> None:
        self.key = key or SigningKey.generate()
        usual = SITE | {
            "token_endpoint_auth_method": "private_key_jwt",
            "jwks": {"keys": [self.key.public_jwk()]},
            "backchannel_token_delivery_mode": "poll",
            "backchannel_authentication_request_signing_alg": "ES256",
        }
        given = {name: value for name, value in (usual | metadata).items() if value is not None}
        super().__init__(world, given)

    def post(self, path: str, form: dict[str, str]) -> httpx.Response:
        """Posts a form with a fresh assertion."""
        return self.send(path, form)

    def send(self, path: str, form: dict[str, str], headers: dict[str, str] | None = None) -> httpx.Response:
        """The same with more headers."""
        compact = self.sign(sub=self.client_id)
        form = form | {"client_assertion_type": ASSERTION_TYPE, "client_assertion": compact}
        return self.world.http.post(self.world.url + path, data=form, headers=headers)

    def sign(
        self, *, by: SigningKey | None = None, header: dict[str, Any] | None = None, **changes: Any
    ) -> str:
        """A JWT of this client; a claim set to None is left out."""
        now = int(self.world.clock())
        usual: dict[str, Any] = {
            "iss": self.client_id,
            "aud": self.world.url,
            "iat": now,
            "nbf": now,
            "exp": now + 300,
            "jti": secrets.token_urlsafe(12),
        }
        claims = {name: value for name, value in (usual | changes).items() if value is not None}
        return signed(claims, by or self.key, header=header)

    def request(self, *, outside: dict[str, str] | None = None, **changes: Any) -> httpx.Response:
        """A signed authentication request, its claims changed."""
        usual = {"scope": "openid", "login_hint": "Momo", "binding_message": "Door 4"}
        return self.post("/bc-authorize", {"request": self.sign(**(usual | changes))} | (outside or {}))
