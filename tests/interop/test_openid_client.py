"""The real openid-client (npm) completes CIBA by poll and by ping, and hears a refusal."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from core.server.store import contacts
from core.wire.keys import SigningKey
from tests.server.orders.world import CIBA, PURCHASE, Device, Person, World

pytestmark = pytest.mark.xdist_group("interop")
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"


class Script:
    """The client's process: lines of JSON in and out."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def tell(self, message: dict[str, Any]) -> None:
        """Sends one line."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message) + "\n")
        self._process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """Waits for one line."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the script ended early"
        return dict(json.loads(line))


@contextmanager
def script(folder: Path) -> Iterator[Script]:
    """Runs the client and ends it."""
    command = ["node", "ciba.mjs"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield Script(process)
        finally:
            process.kill()


def begin(script: Script, device: Device, mode: str, **more: Any) -> dict[str, Any]:
    """Has the client ask Momo; returns the acknowledgement."""
    parameters = {"scope": "openid", "login_hint": "Momo"} | more.pop("parameters", {})
    usual = {
        "issuer": device.world.url,
        "client_id": device.client_id,
        "client_secret": device.secret,
        "mode": mode,
        "parameters": parameters,
    }
    script.tell(usual | more)
    heard = script.hear()
    assert "asked" in heard, heard
    return dict(heard["asked"])


def approve(person: Person, asked: dict[str, Any], decision: str = "approve") -> None:
    """The person decides."""
    code = asked.get("match_code") if decision == "approve" else None
    answer = person.decide(asked["auth_req_id"], decision, code)
    assert answer.status_code == 200, answer.text


def test_poll_ends_in_verified_tokens(world: World, openid_client: Path) -> None:
    person, device = world.paired()
    with script(openid_client) as client:
        client.hear()
        asked = begin(client, device, "poll", parameters={"binding_message": "Door 4"})
        approve(person, asked)
        heard = client.hear()
    assert heard["claims"]["iss"] == world.url
    assert heard["claims"]["aud"] == device.client_id
    assert heard["token_type"] == "bearer"


def test_a_purchase_by_poll_is_paid(world: World, openid_client: Path) -> None:
    person, device = world.paired()
    details = msgspec.json.encode([{"type": PURCHASE, "quote": world.quote()}]).decode()
    with script(openid_client) as client:
        client.hear()
        asked = begin(client, device, "poll", parameters={"authorization_details": details})
        approve(person, asked)
        heard = client.hear()
    assert heard["tokens"]["authorization_details"][0]["outcome"]["status"] == "paid"


def test_a_refusal_is_heard_as_access_denied(world: World, openid_client: Path) -> None:
    person, device = world.paired()
    with script(openid_client) as client:
        client.hear()
        approve(person, begin(client, device, "poll"), "deny")
        assert client.hear()["error"] == "access_denied"


def test_a_client_with_a_key_needs_no_secret(world: World, openid_client: Path) -> None:
    key = SigningKey.generate()
    public = {"keys": [key.public_jwk()]}
    person = world.person()
    device = world.device(token_endpoint_auth_method="private_key_jwt", jwks=public, scope="openid device")
    _pair_by_contact(world, person, device)
    with script(openid_client) as client:
        client.hear()
        asked = begin(client, device, "poll", client_secret=None, jwk=key.private_jwk())
        approve(person, asked)
        assert client.hear()["claims"]["aud"] == device.client_id


def test_ping_reaches_the_client_and_ends_in_verified_tokens(world: World, openid_client: Path) -> None:
    with script(openid_client) as client:
        endpoint = f"http://127.0.0.1:{client.hear()['port']}/ping"
        person, device = world.paired(
            grant_types=[CIBA, DEVICE_CODE],
            backchannel_token_delivery_mode="ping",
            backchannel_client_notification_endpoint=endpoint,
        )
        parameters = {"client_notification_token": "my-own-token"}
        asked = begin(client, device, "ping", parameters=parameters)
        approve(person, asked)
        heard = client.hear()
    assert heard["claims"]["iss"] == world.url
    assert heard["pinged"] == [
        {"authorization": "Bearer my-own-token", "body": {"auth_req_id": asked["auth_req_id"]}}
    ]


def _pair_by_contact(world: World, person: Person, device: Device) -> None:
    """Pairs by the operator's hand: this client has no secret to ask for a code with."""
    values = {"nickname": person.nickname, "device_name": "Speaker"}
    store = world.server.services.store
    store.writer.submit_blocking(lambda unit: contacts.pair(unit, person.user_id, device.client_id, values))
