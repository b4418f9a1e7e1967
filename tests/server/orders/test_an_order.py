"""One order from quote to receipt, and what each party hears of it."""

import msgspec
import pytest
from sqlalchemy import Connection

from core.server.store.request_tables import outbox
from core.wire import approval as approvals
from core.wire import jose, payment_token, receipt
from core.wire.canonical import sha256
from core.wire.jose import unsafe_read_payload
from core.wire.keys import PublicKeys
from tests.server.orders.stores import BOTH
from tests.server.orders.world import World, error_of
from tests.waiting import wait_until


@BOTH
def test_a_nod_pays_once_and_everybody_hears_it(world: World) -> None:
    momo, speaker = world.paired()
    asked = speaker.order()
    request_id = asked["auth_req_id"]
    assert request_id.startswith("req_")
    assert len(request_id) == 36
    assert asked["interval"] == 2
    assert (asked["expires_in"], asked["decision_expires_in"]) == (75, 60)
    assert error_of(speaker.poll(request_id)) == (400, "authorization_pending")
    view = momo.view(request_id)
    assert view.details.context.requester.name == "Kitchen speaker"
    assert view.expires_in_s == 60
    decided = momo.decide(request_id, code=asked["match_code"])
    assert (decided.status_code, decided.json()["state"]) == (200, "approved")
    told = speaker.settled(request_id)
    assert told["outcome"] == {"status": "paid", "txn": request_id}
    tokens = speaker.poll(request_id).json()
    [granted] = tokens["authorization_details"]
    assert granted["outcome"] == {"status": "paid", "txn": request_id}
    assert view.details.purchase is not None
    assert sha256(granted["quote"]) == view.details.purchase.quote_sha256
    assert world.earned() == view.details.purchase.amount.value


def test_the_receipt_names_the_approval_by_hash(world: World) -> None:
    momo, speaker = world.paired()
    asked = speaker.order()
    approval = approvals.sign(momo.approval(asked["auth_req_id"], code=asked["match_code"]), momo.key)
    momo.send(asked["auth_req_id"], approval)
    speaker.settled(asked["auth_req_id"])
    keys = PublicKeys.from_jwk_set(world.http.get(f"{world.payment_url}/jwks").json())
    settled = momo.view(asked["auth_req_id"])
    content = receipt.verify(settled.receipt or "", keys, issuer=world.payment_url, txn=settled.id)
    assert settled.details.purchase is not None
    assert content.amount == settled.details.purchase.amount
    assert content.approval_sha256 == sha256(approval)
    assert settled.details.purchase.quote_sha256 == sha256(settled.quote or "")


def test_the_id_token_is_signed_for_the_device_alone(world: World) -> None:
    momo, speaker = world.paired()
    asked = speaker.order(quote="")
    momo.decide(asked["auth_req_id"], code=asked["match_code"])
    answer = speaker.poll(asked["auth_req_id"])
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert (answer.status_code, told["token_type"], told["expires_in"]) == (200, "Bearer", 600)
    assert speaker.post("/introspect", {"token": told["access_token"]}).json()["active"] is True
    published = PublicKeys(world.http.get(f"{world.url}/jwks").json()["keys"])
    claims = jose.verify(told["id_token"], published, "JWT", dict)
    assert claims["iss"] == world.url
    assert claims["aud"] == speaker.client_id
    assert claims["sub"] not in ("momo", "Momo")
    assert claims["exp"] > claims["iat"] >= claims["auth_time"]


@BOTH
def test_a_procedure_gets_its_tokens_at_once(world: World) -> None:
    momo, speaker = world.paired()
    detail = {
        "type": "urn:nod:procedure:1",
        "procedure": "Open the door",
        "fields": [{"label": "Door", "value": "Front"}],
    }
    form = {"authorization_details": msgspec.json.encode([detail]).decode()}
    asked = speaker.order(quote="", **form)
    shown = momo.view(asked["auth_req_id"]).details.procedure
    assert shown is not None
    assert shown.procedure == "Open the door"
    momo.decide(asked["auth_req_id"], code=asked["match_code"])
    answer = speaker.poll(asked["auth_req_id"])
    assert answer.status_code == 200
    assert answer.json()["authorization_details"][0]["procedure"] == "Open the door"


@pytest.mark.parametrize(
    ("decision", "seen"), [("deny", "denied"), ("report", "denied"), ("wrong code", "denied")]
)
def test_every_refusal_looks_alike_to_the_device(world: World, decision: str, seen: str) -> None:
    momo, speaker = world.paired()
    asked = speaker.order()
    wrong = "00" if asked["match_code"] != "00" else "01"
    if decision == "wrong code":
        answer = momo.decide(asked["auth_req_id"], code=wrong)
        assert answer.json()["reason"] == "wrong_match_code"
    else:
        answer = momo.decide(asked["auth_req_id"], decision)
    assert answer.status_code == 200
    assert speaker.outcome(asked["auth_req_id"])["state"] == seen
    poll = speaker.poll(asked["auth_req_id"])
    assert poll.status_code == 400
    assert poll.json() == {"error": "access_denied", "error_description": "The request was refused."}


def test_the_token_never_carries_who_asked_where(world: World) -> None:
    momo, speaker = world.paired()
    world.gate.mode = "down"
    asked = speaker.order()
    momo.decide(asked["auth_req_id"], code=asked["match_code"])
    token = world.server.services.store.reader.read(_token)
    names = unsafe_read_payload(token, payment_token.PaymentToken).__struct_fields__
    assert "context" not in names
    assert b"Kitchen" not in token.encode()


def _token(connection: Connection) -> str:
    return str(connection.execute(outbox.select()).one().token)


@BOTH
def test_an_approver_sees_the_figures_of_a_device(world: World) -> None:
    momo, speaker = world.paired()
    asked = speaker.order()
    assert momo.view(asked["auth_req_id"]).asker.first_request
    momo.decide(asked["auth_req_id"], code=asked["match_code"])
    speaker.settled(asked["auth_req_id"])
    again = speaker.order()
    assert not momo.view(again["auth_req_id"]).asker.first_request
    device = momo.call("GET", "/devices").json()["devices"][0]
    assert wait_until(lambda: device["spent_value"] == world.earned())
