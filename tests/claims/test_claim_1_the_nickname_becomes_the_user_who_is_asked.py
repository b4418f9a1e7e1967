"""Claim 1: a profile with user ID and nickname is registered from the first terminal; a request with a
nickname comes from the second; the nickname becomes the user ID, and that user's terminal asks."""

import msgspec

from tests.server.orders.parties import PROCEDURE
from tests.server.orders.world import World, error_of


def test_claim_1_the_user_behind_the_nickname_is_asked_and_nobody_else(world: World) -> None:
    momo, ken = world.person("momo", "Momo"), world.person("ken", "Ken")
    speaker = world.device()
    momo.pair(speaker)
    ken.pair(speaker)
    asked = speaker.order("Momo")
    view = momo.view(asked["auth_req_id"])
    assert view.details.context.nickname == "Momo"
    assert view.details.purchase is not None
    assert ken.call("GET", f"/requests/{asked['auth_req_id']}").status_code == 404
    assert ken.call("GET", "/requests").json()["requests"] == []


def test_claim_1_the_same_nickname_is_another_user_at_another_device(world: World) -> None:
    first, second = world.person("momo", "Momo"), world.person("momoko", "Momo")
    kitchen, hall = world.device(), world.device()
    first.pair(kitchen)
    second.pair(hall)
    asked = hall.order("Momo")["auth_req_id"]
    assert second.view(asked).id == asked
    assert first.call("GET", f"/requests/{asked}").status_code == 404


def test_claim_1_a_nickname_of_nobody_asks_nobody(world: World) -> None:
    momo, speaker = world.paired()
    assert error_of(speaker.ask("Koko")) == (400, "unknown_user_id")
    assert momo.call("GET", "/requests").json()["requests"] == []


def test_claim_1_speaks_of_processing_a_procedure_without_money_too(world: World) -> None:
    momo, speaker = world.paired()
    fields = [{"label": "Parcel", "value": "at the front door"}]
    detail = {"type": PROCEDURE, "procedure": "Open the parcel box", "fields": fields}
    details = msgspec.json.encode([detail]).decode()
    asked = speaker.order(quote="", authorization_details=details)
    view = momo.view(asked["auth_req_id"])
    assert view.details.purchase is None
    assert view.details.procedure is not None
    momo.decide(view.id, code=asked["match_code"])
    assert speaker.poll(view.id).status_code == 200
