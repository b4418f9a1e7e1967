"""Signed authentication requests (CIBA Core 1.0 section 7.1.1): forgeries by algorithm, key and header.

What a good one looks like, and each claim, is in tests/server/oauth/test_signed_requests.py.
"""

import json
from typing import Any

import httpx
import pytest
from joserfc.jwk import Key, OKPKey, RSAKey

from core.wire.canonical import b64u
from core.wire.keys import SigningKey
from tests.server.assertions import assertion
from tests.server.orders.world import World, error_of


class Signer:
    """A device that signs what it asks."""

    def __init__(self, world: World, key: SigningKey | Key | None = None, algorithm: str = "ES256") -> None:
        self.world, self.key = world, key or SigningKey.generate()
        public = (
            self.key.public_jwk() if isinstance(self.key, SigningKey) else self.key.as_dict(private=False)
        )
        self.momo, self.device = world.paired(
            jwks={"keys": [public]},
            backchannel_authentication_request_signing_alg=algorithm,
        )

    def sign(
        self, *, key: SigningKey | Key | None = None, header: dict[str, Any] | None = None, **claims: Any
    ) -> str:
        """A request for Momo, its claims changed by `claims`; None leaves one out."""
        now = int(self.world.clock())
        usual = {"sub": None, "nbf": now, "scope": "openid", "login_hint": "Momo"}
        return assertion(
            key or self.key, self.device.client_id, self.world.url, now, header=header, **(usual | claims)
        )

    def ask(self, compact: str, **outside: str) -> httpx.Response:
        return self.device.post("/bc-authorize", {"request": compact} | outside)

    def answered(self, answer: httpx.Response) -> dict[str, Any]:
        """The acknowledgement; the request is withdrawn again, so that more can follow."""
        assert answer.status_code == 200, answer.text
        told = dict(answer.json())
        assert self.device.withdraw(told["auth_req_id"]).status_code == 200
        return told


@pytest.fixture
def signer(world: World) -> Signer:
    return Signer(world)


def test_the_audience_may_be_a_list_that_has_the_issuer(world: World, signer: Signer) -> None:
    signer.answered(signer.ask(signer.sign(aud=["https://elsewhere.example", world.url])))


def test_another_s_signature_is_refused(world: World, signer: Signer) -> None:
    own, compact = SigningKey.generate(), signer.sign()
    head, body, signature = compact.split(".")
    unsigned = b64u(json.dumps({"alg": "none"}).encode())
    forged = [
        signer.sign(key=own),
        signer.sign(key=own, header={"jwk": own.public_jwk()}),
        f"{unsigned}.{body}.",
        f"{unsigned}.{body}.{signature}",
        f"{head}.{body}.",
        f"{head}.{body[:-4]}AAAA.{signature}",
        "not a jwt",
        "..",
    ]
    for one in forged:
        assert error_of(signer.ask(one)) == (400, "invalid_request"), one


def test_the_registered_algorithm_alone_is_taken(world: World) -> None:
    rsa, ed = RSAKey.generate_key(2048), OKPKey.generate_key("Ed25519")
    signer = Signer(world, rsa, "PS256")
    signer.answered(signer.ask(signer.sign(header={"alg": "PS256"})))
    assert error_of(signer.ask(signer.sign(header={"alg": "RS256"}))) == (400, "invalid_request")
    keys = {"keys": [rsa.as_dict(private=False), ed.as_dict(private=False)]}
    both = world.device(jwks=keys, backchannel_authentication_request_signing_alg="PS256")
    signer.momo.pair(both)
    signer.device = both
    header = {"alg": "Ed25519", "kid": ed.thumbprint()}
    assert error_of(signer.ask(signer.sign(key=ed, header=header))) == (400, "invalid_request")
