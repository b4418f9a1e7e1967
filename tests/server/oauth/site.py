"""A web site that sends browsers to `/authorize`, and proofs of possession made by hand."""

import base64
import hashlib
import json
import secrets
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
from joserfc import jws

from core.server.store import requests as store
from core.wire.keys import SigningKey
from tests.server.orders.world import CIBA, PROCEDURE, PURCHASE, Device, Person, World

BACK = "http://127.0.0.1:9/back?site=1"
SITE = {
    "client_name": "Corner shop",
    "nod_kind": "service",
    "grant_types": [
        "authorization_code",
        "refresh_token",
        CIBA,
        "client_credentials",
        "urn:ietf:params:oauth:grant-type:device_code",
    ],
    "redirect_uris": [BACK],
    "authorization_details_types": [PURCHASE, PROCEDURE],
    "scope": "openid profile device offline_access",
}


def b64(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def challenge_of(verifier: str) -> str:
    """PKCE's S256."""
    return b64(hashlib.sha256(verifier.encode()).digest())


def way_back(answer: httpx.Response) -> dict[str, str]:
    """What the browser carries back to the site."""
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"]
    assert address.startswith(BACK + "&"), address
    return dict(parse_qsl(urlsplit(address).query))


class Site(Device):
    """A client with the code flow, and the browsers that it sends."""

    def __init__(self, world: World, **metadata: Any) -> None:
        super().__init__(world, SITE | metadata)
        self.verifier = secrets.token_urlsafe(40)

    def get(self, path: str, **options: Any) -> httpx.Response:
        """A browser opens a page of the server; it does not follow redirects."""
        return self.world.http.get(self.world.url + path, **options)

    def parameters(self, **changes: str | None) -> dict[str, str]:
        """What a site puts into the address, changed; None leaves one out."""
        usual = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": BACK,
            "scope": "openid",
            "state": "st/1 &",
            "nonce": "n-1",
            "code_challenge": challenge_of(self.verifier),
            "code_challenge_method": "S256",
            "login_hint": "Momo",
        }
        return {name: value for name, value in (usual | changes).items() if value is not None}

    def visit(self, **changes: str | None) -> httpx.Response:
        """A browser opens `/authorize`."""
        return self.get("/authorize", params=self.parameters(**changes))

    def begin(self, **changes: str | None) -> str:
        """The same, up to the page on which it waits; returns that page's path."""
        answer = self.visit(**changes)
        assert answer.status_code == 303, answer.text
        address: str = answer.headers["location"]
        assert address.startswith(f"{self.world.url}/authorize/"), address
        return address.removeprefix(self.world.url)

    def code(self, person: Person, **changes: str | None) -> str:
        """A code that the person approved."""
        path = self.begin(**changes)
        approve(person)
        return way_back(self.get(path))["code"]

    def redeem(self, code: str, *, headers: dict[str, str] | None = None, **changes: str) -> httpx.Response:
        """Redeems a code at `/token`."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": BACK,
            "code_verifier": self.verifier,
        }
        return self.token(form | changes, headers)

    def token(self, form: dict[str, str], headers: dict[str, str] | None = None) -> httpx.Response:
        """Any form to `/token`, with more headers."""
        given = {"authorization": self.basic} | (headers or {})
        return self.world.http.post(f"{self.world.url}/token", data=form, headers=given)

    def introspect(self, token: str) -> dict[str, Any]:
        """What the server says of a token."""
        return dict(self.post("/introspect", {"token": token}).json())


def open_request(person: Person) -> dict[str, Any]:
    """The one request that waits for this person."""
    views = person.call("GET", "/requests").json()["requests"]
    waiting = [view for view in views if view["state"] == "pending"]
    assert len(waiting) == 1, views
    return dict(waiting[0])


def code_of(world: World, request_id: str) -> str | None:
    """The match code that the page shows."""
    stored = world.server.services.store.reader.read(lambda connection: store.find(connection, request_id))
    return None if stored is None else stored.match_code


def approve(person: Person, decision: str = "approve") -> str:
    """The person decides the one request that waits."""
    request_id = str(open_request(person)["id"])
    code = code_of(person.world, request_id) if decision == "approve" else None
    answer = person.decide(request_id, decision, code)
    assert answer.status_code == 200, answer.text
    return request_id


def signed(claims: dict[str, Any], key: SigningKey, *, header: dict[str, Any] | None = None) -> str:
    """A JWT with any header."""
    registry = jws.JWSRegistry(algorithms=["ES256"], strict_check_header=False)
    head = {"alg": "ES256", "kid": key.kid} | (header or {})
    return jws.serialize_compact(head, json.dumps(claims), key.joserfc, registry=registry)


def proof(
    world: World,
    key: SigningKey,
    method: str = "POST",
    path: str = "/token",
    *,
    token: str | None = None,
    header: dict[str, Any] | None = None,
    **changes: Any,
) -> dict[str, str]:
    """The header of a DPoP proof; a claim set to None is left out."""
    public = {name: value for name, value in key.public_jwk().items() if name in ("kty", "crv", "x", "y")}
    usual = {
        "jti": secrets.token_urlsafe(12),
        "htm": method,
        "htu": world.url + path,
        "iat": int(world.clock()),
        "ath": b64(hashlib.sha256(token.encode()).digest()) if token else None,
    }
    claims = {name: value for name, value in (usual | changes).items() if value is not None}
    wanted = {"typ": "dpop+jwt", "jwk": public} | (header or {})
    head = {name: value for name, value in wanted.items() if value is not None}
    return {"dpop": signed(claims, key, header=head)}
