"""Every door of both servers, and what would be right to send there: what all fuzzers aim at.

The doors come from the servers' own tables, so one that is added is attacked from then on.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import msgspec

from core.payment import app as payment_app
from core.server import identity_routes, request_routes
from core.wire import approval as approvals
from core.wire import deletion, jose
from core.wire.deletion import Deletion
from core.wire.keys import SigningKey
from tests.security.hostile_bytes import Signed, Target
from tests.server.oauth.signer import Signer
from tests.server.orders.world import CIBA, PURCHASE, SECRET, World
from tests.waiting import wait_until

DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass(frozen=True)
class Front:
    """One server as its attackers see it."""

    url: str
    targets: list[Target]
    """Its doors, each with good beginnings."""
    credentials: list[str]
    """Values of `Authorization`: good ones first (their places are in `plans`)."""
    proof: Signed
    """A DPoP proof (RFC 9449)."""

    @property
    def host(self) -> str:
        """The right `Host`."""
        return urlsplit(self.url).netloc


class Doors:
    """Both servers with a person, a device, an open order and one that was paid."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.momo, self.speaker = world.paired()
        self.asked = self.speaker.order(requested_expiry="300")
        done = self.speaker.order()
        self.momo.decide(done["auth_req_id"], code=done["match_code"])
        self.speaker.settled(done["auth_req_id"])
        self.code = self.speaker.post("/device_authorization", {"scope": "device"}).json()["user_code"]
        self._key = SigningKey.generate()
        self.own = self._front(world.url, self._own_doors())
        self.payment = self._front(world.payment_url, _payment_doors(world))

    def _front(self, url: str, targets: list[Target]) -> Front:
        claims = {"htm": "POST", "htu": f"{self.world.url}/token", "iat": int(self.world.clock())}
        jwk = {name: self._key.public_jwk()[name] for name in ("kty", "crv", "x", "y")}
        proof = Signed(self._key, {"typ": "dpop+jwt", "jwk": jwk}, claims)
        return Front(url, targets, self._credentials(), proof)

    def _signers(self) -> list[Target]:
        """Good beginnings of two clients with a key: one signs its requests, one its hints."""
        metadata: dict[str, Any] = {"redirect_uris": None, "grant_types": [CIBA, "client_credentials"]}
        now = int(self.world.clock())
        found = []
        for algorithm in ("ES256", None):
            metadata["backchannel_authentication_request_signing_alg"] = algorithm
            client_id = Signer(self.world, self._key, **metadata).client_id
            usual = {"iss": client_id, "aud": self.world.url, "iat": now, "nbf": now, "exp": now + 300}
            assertion = Signed(self._key, {"typ": "JWT"}, usual | {"sub": client_id})
            proven = {"client_assertion_type": ASSERTION, "client_assertion": assertion}
            request = Signed(self._key, {}, usual | {"scope": "openid", "login_hint": "Momo"})
            hint = Signed(self._key, {}, usual | {"sub_id": {"format": "nickname", "nickname": "Momo"}})
            asked = {"request": request} if algorithm else {"scope": "openid", "login_hint_token": hint}
            found.append(Target("POST", "/token", True, proven | {"grant_type": "client_credentials"}))
            found.append(Target("POST", "/bc-authorize", True, proven | asked))
        return found

    def _credentials(self) -> list[str]:
        token = self.momo.log_in()
        form = {"grant_type": "client_credentials", "scope": "device"}
        device = self.speaker.post("/token", form).json()["access_token"]
        good = [
            f"Bearer {token}",
            f"Bearer {token}",
            f"Bearer {device}",
            self.speaker.basic,
            self.speaker.basic,
        ]
        bad = [f"Bearer {token[:-1]}", "Bearer", "Basic !!!", "Basic Og==", "Digest x", "Bearer a b", "\xff"]
        return [*good, f"Bearer {SECRET}", "Bearer operator", *bad]

    def _own_doors(self) -> list[Target]:
        bodies = self._bodies()
        forms = {**identity_routes.OAUTH, **request_routes.OAUTH}
        doors = [Target("POST", path, True, bodies.get(path, bodies["/token"])) for path in forms]
        routes = (*identity_routes.JSON, *request_routes.JSON)
        for route in routes:
            paths = dict.fromkeys((self._filled(route.path), route.path))
            doors += [Target(route.method, path, False, bodies.get(route.path, {})) for path in paths]
        return doors + self._more_doors()

    def _more_doors(self) -> list[Target]:
        """Other good beginnings at doors that take several kinds."""
        signed = jose.sign(
            {"iss": self.speaker.client_id, "aud": self.world.url, "jti": "1"}, self.momo.key, "JWT"
        )
        code = {"grant_type": "authorization_code", "code": "x", "redirect_uri": "https://a.example/"}
        query = (
            f"client_id={self.speaker.client_id}&response_type=code&redirect_uri=https%3A%2F%2Fa.example%2F"
        )
        return [
            *self._signers(),
            Target("POST", "/bc-authorize", True, {"request": signed}),
            Target("POST", "/bc-authorize", True, {"scope": "openid", "login_hint_token": signed}),
            Target("POST", "/bc-authorize", True, {"scope": "openid", "id_token_hint": signed}),
            Target("POST", "/token", True, code | {"code_verifier": "a" * 43}),
            Target("POST", "/token", True, {"grant_type": "refresh_token", "refresh_token": "x"}),
            Target("POST", "/token", True, {"grant_type": DEVICE_CODE, "device_code": "x"}),
            Target(
                "GET", f"/authorize?{query}&code_challenge={'a' * 43}&code_challenge_method=S256", False, {}
            ),
            Target("POST", "/authorize", True, {"client_id": self.speaker.client_id, "login_hint": "Momo"}),
        ]

    def _filled(self, path: str) -> str:
        names = {
            "{request_id}": self.asked["auth_req_id"],
            "{user_code}": self.code,
            "{client_id}": self.speaker.client_id,
            "{terminal_id}": "ter_nobody",
        }
        for name, value in names.items():
            path = path.replace(name, value)
        return path

    def _deletion(self) -> str:
        word = Deletion(self.momo.terminal_id, self.momo.user_id, "http://elsewhere", int(self.world.clock()))
        return deletion.sign(word, self.momo.key)

    def _bodies(self) -> dict[str, dict[str, Any]]:
        request_id = self.asked["auth_req_id"]
        # Signed for another request: whatever is bent in it, it must never be taken.
        approval = self.momo.approval(request_id, "approve", self.asked["match_code"], txn="req_" + "A" * 32)
        details = [{"type": PURCHASE, "quote": self.world.quote()[:-4] + "AAAA"}]
        asking = {
            "scope": "openid",
            "login_hint": "Momo",
            "requested_expiry": "60",
            "authorization_details": msgspec.json.encode(details).decode(),
        }
        nobody = {"iss": "x", "sub": "x", "aud": self.world.url, "iat": 1, "exp": 2**31, "jti": "1"}
        assertion = jose.sign(nobody, self.momo.key, "JWT")
        jwk = {name: self.momo.key.public_jwk()[name] for name in ("kty", "crv", "x", "y")}
        return {
            "/bc-authorize": asking,
            "/token": {
                "grant_type": CIBA,
                "auth_req_id": request_id,
                "client_assertion_type": ASSERTION,
                "client_assertion": assertion,
            },
            "/outcome": {"auth_req_id": request_id},
            "/revoke": {"token": "req_" + "A" * 32, "token_type_hint": "auth_req_id"},
            "/introspect": {"token": "x"},
            "/device_authorization": {"scope": "device"},
            "/requests/{request_id}/decision": {"approval": approvals.sign(approval, self.momo.key)},
            "/register": {"client_name": "x", "grant_types": [CIBA], "jwks": {"keys": [jwk]}},
            "/profiles": {
                "user_id": "taro",
                "nickname": "Taro",
                "terminal": {"name": "desk", "jwk": jwk},
                "proof": jose.sign({"aud": self.world.url}, self.momo.key, "nod-enrolment+jws"),
            },
            "/terminals": {"code": "AAAA", "terminal": {"name": "desk", "jwk": jwk}, "proof": assertion},
            "/profile": {"nickname": "Momo", "zone": "Asia/Tokyo", "window_s": 60},
            "/profile/picture": {"picture": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB"},
            # For another server: whatever is bent in it, it must never be taken.
            "/profile/deletion": {"deletion": self._deletion()},
            "/pairings/{user_code}": {"nickname": "Momo", "device_name": "Kitchen"},
            "/devices/{client_id}": {"name": "Kitchen", "blocked": False},
            "/events": {"name": "heard"},
        }


def _payment_doors(world: World) -> list[Target]:
    token = jose.sign(
        {"iss": world.url, "txn": "req_x", "jti": secrets.token_urlsafe(9)}, SigningKey.generate(), "x+jwt"
    )
    bodies: dict[str, dict[str, Any]] = {
        "/quotes": {"items": [{"id": "milk", "quantity": 0}], "locale": "en"},
        "/payments": {"payment_token": token},
        "/payments/{txn}/void": {"payment_token": token},
        "/payments/{txn}/refunds": {"refund_id": "r", "value": 1},
    }
    return [Target(method, path, False, bodies.get(path, {})) for method, path in _payment_routes()]


def _payment_routes() -> Iterator[tuple[str, str]]:
    """The table itself, without services behind it."""
    for route in payment_app.make(None, None).routes:  # type: ignore[arg-type]
        path: str = getattr(route, "path")  # noqa: B009
        for method in getattr(route, "methods") or ():  # noqa: B009
            yield method, path


def check_well(world: World) -> None:
    """Both servers still live, and an order still goes through."""
    wait_until(lambda: world.http.get(f"{world.url}/health").status_code == 200, what="a well server")
    assert world.http.get(f"{world.payment_url}/health").status_code == 200
    last, device = world.person("last", "Last"), world.device()
    last.pair(device)
    told = device.order("Last", quote="")
    assert last.decide(told["auth_req_id"], code=told["match_code"]).json()["state"] == "approved"
