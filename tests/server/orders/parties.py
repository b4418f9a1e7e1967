"""The people and devices of an order: real keys, real signatures, real HTTP."""

import base64
import copy
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

import httpx
import msgspec

from core.domain.decision import Decision, Presence, Reason
from core.wire import approval as approvals
from core.wire import enrolment, jose
from core.wire.approval import Approval, Display
from core.wire.canonical import digest
from core.wire.enrolment import EnrolmentProof
from core.wire.keys import SigningKey
from core.wire.messages import RequestView
from tests.clock import FakeClock
from tests.waiting import wait_until

if TYPE_CHECKING:
    from tests.server.orders.world import World

SECRET = "the-initial-access-token"
CIBA = "urn:openid:params:grant-type:ciba"
PURCHASE = "urn:nod:purchase:1"
PROCEDURE = "urn:nod:procedure:1"
ALL_GRANTS = [CIBA, "urn:ietf:params:oauth:grant-type:device_code", "client_credentials"]


class Person:
    """A user with one terminal."""

    def __init__(self, world: "World", user_id: str, nickname: str, *, pin: bool) -> None:
        self.world, self.user_id, self.nickname = world, user_id, nickname
        self.key, self.pin_key = SigningKey.generate(), SigningKey.generate()
        terminal: dict[str, Any] = {"name": "desk", "jwk": _bare(self.key)}
        if pin:
            terminal["pin_jwk"] = _bare(self.pin_key)
        answer = self._enrol("/profiles", {"user_id": user_id, "nickname": nickname, "terminal": terminal})
        self.terminal_id = answer.json()["terminal_id"]
        self._token = "none"

    def _enrol(self, path: str, body: dict[str, Any]) -> httpx.Response:
        world = self.world
        proof = EnrolmentProof(world.url, int(world.clock()), secrets.token_urlsafe(9), digest(body))
        body["proof"] = enrolment.sign(proof, self.key)
        headers = {"authorization": f"Bearer {SECRET}"}
        answer = world.http.post(world.url + path, json=body, headers=headers)
        assert answer.status_code == 201, answer.text
        return answer

    def further(self, code: str) -> "Person":
        """The same person at a further terminal, without a PIN, let in by this code."""
        other = copy.copy(self)
        other.key, other._token = SigningKey.generate(), "none"
        terminal = {"name": "phone", "jwk": _bare(other.key)}
        other.terminal_id = other._enrol("/terminals", {"code": code, "terminal": terminal}).json()[
            "terminal_id"
        ]
        return other

    def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Calls as this person's terminal, logging in again when its token is over."""
        for _ in range(2):
            headers = {"authorization": f"Bearer {self._token}"}
            answer = self.world.http.request(method, self.world.url + path, headers=headers, **options)
            if answer.status_code != 401:
                return answer
            self.log_in()
        return answer

    def log_in(self) -> str:
        now = int(self.world.clock())
        claims: dict[str, Any] = {"iss": self.terminal_id, "sub": self.terminal_id, "aud": self.world.url}
        claims |= {"iat": now, "exp": now + 60, "jti": secrets.token_urlsafe(9)}
        form = {
            "grant_type": "client_credentials",
            "scope": "terminal",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": _sign_jwt(claims, self.key),
        }
        answer = self.world.http.post(f"{self.world.url}/token", data=form)
        assert answer.status_code == 200, answer.text
        self._token = answer.json()["access_token"]
        return self._token

    def pair(self, device: "Device", nickname: str | None = None, **more: Any) -> None:
        asked = device.post("/device_authorization", {"scope": "device"})
        assert asked.status_code == 200, asked.text
        body = {"nickname": nickname or self.nickname, "device_name": "Kitchen speaker", **more}
        answer = self.call("POST", f"/pairings/{asked.json()['user_code']}", json=body)
        assert answer.status_code == 201, answer.text

    def view(self, request_id: str) -> RequestView:
        answer = self.call("GET", f"/requests/{request_id}")
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=RequestView)

    def state(self, request_id: str) -> str:
        return self.view(request_id).state.value

    def approval(
        self, request_id: str, decision: str = "approve", code: str | None = None, **changes: Any
    ) -> Approval:
        """What the terminal would sign, with anything changed that a test wants changed."""
        view = self.view(request_id)
        approval = Approval(
            iss=self.terminal_id,
            sub=self.user_id,
            aud=self.world.url,
            jti=secrets.token_urlsafe(9),
            iat=int(self.world.clock()),
            txn=request_id,
            decision=Decision(decision),
            details_sha256=view.details.sha256,
            challenge=view.challenge or "",
            match_code=code,
            presence=Presence.CLICK,
            shown_ms=1200,
            display=Display("text", "en"),
            reason=Reason.NOT_NOW if decision == "deny" else None,
        )
        return msgspec.structs.replace(approval, **changes)

    def send(self, request_id: str, compact: str) -> httpx.Response:
        return self.call("POST", f"/requests/{request_id}/decision", json={"approval": compact})

    def decide(
        self, request_id: str, decision: str = "approve", code: str | None = None, **changes: Any
    ) -> httpx.Response:
        approval = self.approval(request_id, decision, code, **changes)
        key = self.pin_key if approval.presence is Presence.PIN else self.key
        return self.send(request_id, approvals.sign(approval, key))


class Device:
    """A client that asks: `client_secret_basic`, both extensions."""

    def __init__(self, world: "World", metadata: dict[str, Any]) -> None:
        self.world = world
        body = {
            "client_name": "Speaker",
            "nod_kind": "ai_device",
            "grant_types": ALL_GRANTS,
            "backchannel_token_delivery_mode": "poll",
            "nod_extensions": ["match_code", "decision_expires_in"],
            "authorization_details_types": [PURCHASE, PROCEDURE],
        } | metadata
        headers = {"authorization": f"Bearer {SECRET}"}
        answer = world.http.post(f"{world.url}/register", json=body, headers=headers)
        assert answer.status_code == 201, answer.text
        self.client_id, self.secret = answer.json()["client_id"], answer.json().get("client_secret", "")

    @property
    def basic(self) -> str:
        pair = f"{quote_plus(self.client_id)}:{quote_plus(self.secret)}"
        return "Basic " + base64.b64encode(pair.encode()).decode()

    def post(self, path: str, form: dict[str, str]) -> httpx.Response:
        headers = {"authorization": self.basic}
        return self.world.http.post(self.world.url + path, data=form, headers=headers)

    def ask(self, nickname: str = "Momo", quote: str | None = None, **more: str) -> httpx.Response:
        """Asks for a purchase by quote, by default a new one of milk; `quote=""` asks for a plain sign-in."""
        form = {"scope": "openid", "login_hint": nickname}
        if quote != "":
            detail = {"type": PURCHASE, "quote": quote or self.world.quote()}
            form["authorization_details"] = msgspec.json.encode([detail]).decode()
        return self.post("/bc-authorize", form | more)

    def order(self, nickname: str = "Momo", **more: str) -> dict[str, Any]:
        answer = self.ask(nickname, **more)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def poll(self, request_id: str) -> httpx.Response:
        return self.post("/token", {"grant_type": CIBA, "auth_req_id": request_id})

    def outcome(self, request_id: str) -> dict[str, Any]:
        answer = self.post("/outcome", {"auth_req_id": request_id})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def withdraw(self, request_id: str) -> httpx.Response:
        return self.post("/revoke", {"token": request_id, "token_type_hint": "auth_req_id"})

    def settled(self, request_id: str) -> dict[str, Any]:
        """Waits until a purchase is settled, and returns what the device is told.

        A clock that stands still is nudged on, since the next try of a failed payment is a matter of time.
        """

        def look() -> dict[str, Any] | None:
            told = self.outcome(request_id)
            if told["state"] in ("paid", "declined"):
                return told
            if isinstance(self.world.clock, FakeClock):
                self.world.clock.advance(0.25)
            return None

        return wait_until(look, what="a settled payment")


def _bare(key: SigningKey) -> dict[str, Any]:
    return {name: value for name, value in key.public_jwk().items() if name in ("kty", "crv", "x", "y")}


def _sign_jwt(claims: dict[str, Any], key: SigningKey) -> str:
    return jose.sign(claims, key, "JWT")
