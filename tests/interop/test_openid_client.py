"""The real openid-client (npm) completes CIBA by poll and by ping, and the code flow with DPoP."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from core.server.store import contacts
from core.wire.keys import SigningKey
from tests.interop.script import Script, script
from tests.server.oauth.site import Site
from tests.server.oauth.site import approve as approve_waiting
from tests.server.orders.world import CIBA, PURCHASE, Device, Person, World

pytestmark = pytest.mark.xdist_group("interop")
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"


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
    with script(openid_client, "ciba.mjs") as client:
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
    with script(openid_client, "ciba.mjs") as client:
        client.hear()
        asked = begin(client, device, "poll", parameters={"authorization_details": details})
        approve(person, asked)
        heard = client.hear()
    assert heard["tokens"]["authorization_details"][0]["outcome"]["status"] == "paid"


def test_a_refusal_is_heard_as_access_denied(world: World, openid_client: Path) -> None:
    person, device = world.paired()
    with script(openid_client, "ciba.mjs") as client:
        client.hear()
        approve(person, begin(client, device, "poll"), "deny")
        assert client.hear()["error"] == "access_denied"


def test_a_client_with_a_key_needs_no_secret(world: World, openid_client: Path) -> None:
    key = SigningKey.generate()
    public = {"keys": [key.public_jwk()]}
    person = world.person()
    device = world.device(token_endpoint_auth_method="private_key_jwt", jwks=public, scope="openid device")
    _pair_by_contact(world, person, device)
    with script(openid_client, "ciba.mjs") as client:
        client.hear()
        asked = begin(client, device, "poll", client_secret=None, jwk=key.private_jwk())
        approve(person, asked)
        assert client.hear()["claims"]["aud"] == device.client_id


def test_ping_reaches_the_client_and_ends_in_verified_tokens(world: World, openid_client: Path) -> None:
    with script(openid_client, "ciba.mjs") as client:
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


def test_the_code_flow_with_dpop_refresh_and_revocation(world: World, openid_client: Path) -> None:
    back = "http://127.0.0.1:9/back"  # this client leaves out the query of its own address
    site, person = Site(world, redirect_uris=[back]), world.person()
    person.pair(site)
    with script(openid_client, "code.mjs") as client:
        given = {"issuer": world.url, "client_id": site.client_id, "client_secret": site.secret}
        client.tell(given | {"redirect_uri": back})
        page = world.http.get(client.hear()["address"]).headers["location"]
        approve_waiting(person)
        client.tell({"back": world.http.get(page).headers["location"]})
        first = client.hear()
        assert "error" not in first, first
        second = client.hear()
        assert (first["token_type"], first["claims"]["aud"]) == ("dpop", site.client_id)
        assert second == {"token_type": "dpop", "rotated": True}
        told = client.hear()
        assert (told["active"], told["jkt"]) == (True, told["expected"])
        assert client.hear() == {"status": 200}
        assert client.hear() == {"active": False}


def _pair_by_contact(world: World, person: Person, device: Device) -> None:
    """Pairs by the operator's hand: this client has no secret to ask for a code with."""
    values = {"nickname": person.nickname, "device_name": "Speaker"}
    store = world.server.services.store
    store.writer.submit_blocking(lambda unit: contacts.pair(unit, person.user_id, device.client_id, values))
