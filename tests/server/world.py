"""A user-management server and the payment server that it trusts, both listening, with one clock.

`World` has helpers for what most tests need first: a person with a terminal, a registered device, the two
paired. They speak plain HTTP, so that a test can send anything.
"""

import base64
import secrets
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import httpx
import msgspec

from core.payment import wiring as payment_wiring
from core.roles.serving import Served, ServerThread
from core.server import wiring
from core.server.settings import Settings
from core.wire import enrolment
from core.wire.canonical import digest
from core.wire.enrolment import EnrolmentProof
from core.wire.keys import SigningKey
from tests import blank_stores
from tests.server.assertions import ASSERTION_TYPE, assertion

SECRET = "the secret of the runtime file"
DOOR = {"authorization": f"Bearer {SECRET}"}
CIBA = "urn:openid:params:grant-type:ciba"
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
DETAILS_TYPES = ["urn:nod:purchase:1", "urn:nod:procedure:1"]


def bearer(token: str) -> dict[str, str]:
    """The header of an access token."""
    return {"authorization": f"Bearer {token}"}


def basic(client_id: str, secret: str) -> dict[str, str]:
    """The header of `client_secret_basic` (RFC 6749 2.3.1)."""
    both = f"{quote_plus(client_id)}:{quote_plus(secret)}".encode()
    return {"authorization": "Basic " + base64.b64encode(both).decode()}


class World:
    """Both servers in one thread, and a client.

    Args:
        folder: Where the databases go.
        clock: Epoch seconds for both servers.
        settings: Changes to the server's settings.
    """

    def __init__(self, folder: Path, clock: Callable[[], float], **settings: Any) -> None:
        self.clock, self.folder = clock, folder
        own, shop = _listener(), _listener()
        self.url, self.shop_url = _url(own), _url(shop)
        self.settings = Settings(
            **{
                "database_url": f"sqlite:///{folder / 'server.db'}",
                "issuer": self.url,
                "initial_access_token": SECRET,
                "payment_url": lambda: self.shop_url,
                "allows_private_addresses": True,
                **settings,
            }
        )
        blank_stores.lay(self.settings.database_url, wiring.VERSIONS)
        self.server = wiring.build(self.settings, now=clock)
        shop_settings = payment_wiring.Settings(
            f"sqlite:///{folder / 'payment.db'}", self.shop_url, token_issuer=self.url, operator_secret="op"
        )
        blank_stores.lay(shop_settings.database_url, payment_wiring.VERSIONS)
        self.payment = payment_wiring.build(shop_settings, now=clock)
        self._thread = ServerThread([Served(self.server, own), Served(self.payment, shop)])
        self._thread.start()
        self.http = httpx.Client(base_url=self.url, trust_env=False, verify=False, timeout=20)

    def close(self) -> None:
        """Ends both servers."""
        self.http.close()
        self._thread.stop()

    def __enter__(self) -> "World":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def post(self, path: str, form: Any = None, **more: Any) -> httpx.Response:
        """Posts a form."""
        return self.http.post(path, data=form, **more)

    def person(self, user_id: str = "momo", nickname: str = "Momo", **members: Any) -> "Terminal":
        """A new user with a first terminal."""
        terminal = Terminal(self)
        answer = terminal.create_profile(user_id=user_id, nickname=nickname, **members)
        assert answer.status_code == 201, answer.text
        terminal.take(answer)
        return terminal

    def device(self, **metadata: Any) -> "Device":
        """A registered device that authenticates by `client_secret_basic` unless told otherwise."""
        answer = self.register(**metadata)
        assert answer.status_code == 201, answer.text
        registered = answer.json()
        return Device(self, registered["client_id"], registered.get("client_secret", ""))

    def register(self, *, headers: dict[str, str] | None = None, **metadata: Any) -> httpx.Response:
        """Registers a client with a device's usual metadata, changed by `metadata`; None leaves one out."""
        usual = {
            "client_name": "Kitchen speaker",
            "nod_kind": "ai_device",
            "nod_extensions": ["match_code", "decision_expires_in"],
            "grant_types": [CIBA, DEVICE_CODE, "client_credentials"],
            "token_endpoint_auth_method": "client_secret_basic",
            "backchannel_token_delivery_mode": "poll",
            "authorization_details_types": DETAILS_TYPES,
            "scope": "openid device",
        }
        given = {name: value for name, value in (usual | metadata).items() if value is not None}
        return self.http.post("/register", json=given, headers=DOOR if headers is None else headers)

    def pair(self, device: "Device", terminal: "Terminal", nickname: str = "Momo", **consent: Any) -> None:
        """Pairs the two."""
        answer = terminal.consent(device.user_code(), nickname=nickname, **consent)
        assert answer.status_code == 201, answer.text

    def quote(self, *lines: tuple[str, int], locale: str = "en") -> str:
        """A signed quote of the shop."""
        items = [{"id": item, "quantity": quantity} for item, quantity in lines or (("milk", 1),)]
        body = {"items": items, "locale": locale}
        answer = httpx.post(f"{self.shop_url}/quotes", json=body, trust_env=False, verify=False)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["quote"])


class Terminal:
    """A terminal with a real key."""

    def __init__(self, world: World, key: SigningKey | None = None) -> None:
        self.world = world
        self.key = key or SigningKey.generate()
        self.pin_key: SigningKey | None = None
        self.terminal_id = self.user_id = ""
        self._token = ""

    def create_profile(self, *, headers: dict[str, str] = DOOR, **members: Any) -> httpx.Response:
        """Registers a profile."""
        return self.world.http.post("/profiles", json=self.proven(members), headers=headers)

    def enrol(self, code: str) -> httpx.Response:
        """Enrols as a further terminal."""
        return self.world.http.post("/terminals", json=self.proven({"code": code}))

    def proven(
        self, members: dict[str, Any], *, key: SigningKey | None = None, **claims: Any
    ) -> dict[str, Any]:
        """A message with this terminal's keys and the proof of possession, its claims changed by `claims`."""
        terminal: dict[str, Any] = {"name": "desk", "jwk": _bare(self.key)}
        if self.pin_key is not None:
            terminal["pin_jwk"] = _bare(self.pin_key)
        message = {"terminal": terminal} | members
        usual = {
            "aud": self.world.url,
            "iat": int(self.world.clock()),
            "jti": secrets.token_urlsafe(12),
            "body_sha256": digest(message),
        }
        proof = enrolment.sign(msgspec.convert(usual | claims, EnrolmentProof), key or self.key)
        return message | {"proof": proof}

    def take(self, answer: httpx.Response) -> None:
        """Remembers the id that the server gave."""
        self.terminal_id = answer.json()["terminal_id"]
        self.user_id = answer.json()["profile"]["user_id"]

    def token(self) -> str:
        """An access token of scope `terminal`, asked for once."""
        if not self._token:
            answer = self.world.post("/token", self.assertion_form({"grant_type": "client_credentials"}))
            assert answer.status_code == 200, answer.text
            self._token = answer.json()["access_token"]
        return self._token

    def forget_token(self) -> None:
        """Asks for a new access token next time."""
        self._token = ""

    def assertion_form(self, form: dict[str, str], **claims: Any) -> dict[str, str]:
        """A form with a client assertion of this terminal."""
        compact = assertion(self.key, self.terminal_id, self.world.url, self.world.clock(), **claims)
        return form | {"client_assertion_type": ASSERTION_TYPE, "client_assertion": compact}

    def send(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """A request with the access token."""
        return self.world.http.request(method, path, json=body, headers=bearer(self.token()))

    def consent(self, user_code: str, nickname: str = "Momo", **members: Any) -> httpx.Response:
        """Consents to a pairing."""
        body = {"nickname": nickname, "device_name": "Kitchen"} | members
        return self.send("POST", f"/pairings/{user_code}", body)


class Device:
    """A registered client with a secret."""

    def __init__(self, world: World, client_id: str, secret: str) -> None:
        self.world, self.client_id, self.secret = world, client_id, secret

    def post(self, path: str, form: dict[str, str]) -> httpx.Response:
        """Posts a form, authenticated by `client_secret_basic`."""
        return self.world.post(path, form, headers=basic(self.client_id, self.secret))

    def user_code(self) -> str:
        """Starts a pairing and returns the code to type."""
        answer = self.post("/device_authorization", {"scope": "device"})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["user_code"])

    def token(self, scope: str = "device") -> str:
        """An access token for itself."""
        answer = self.post("/token", {"grant_type": "client_credentials", "scope": scope})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])

    def contacts(self) -> Any:
        """Its own contacts."""
        answer = self.world.http.get("/contacts", headers=bearer(self.token()))
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ask(self, nickname: str = "Momo", **form: str) -> httpx.Response:
        """An authentication request."""
        return self.post("/bc-authorize", {"scope": "openid", "login_hint": nickname} | form)


def _bare(key: SigningKey) -> dict[str, Any]:
    return {name: value for name, value in key.public_jwk().items() if name in ("kty", "crv", "x", "y")}


def _listener() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))


def _url(bound: socket.socket) -> str:
    return f"http://127.0.0.1:{bound.getsockname()[1]}"
