"""Claim 3: the second user is an AI device."""

from tests.server.orders.world import World


def test_claim_3_an_ai_device_asks_and_is_shown_as_one(world: World) -> None:
    momo, speaker = world.paired(nod_kind="ai_device")
    asked = speaker.order()
    requester = momo.view(asked["auth_req_id"]).details.context.requester
    assert (requester.kind, requester.name) == ("ai_device", "Kitchen speaker")
    assert requester.client_id == speaker.client_id
    momo.decide(asked["auth_req_id"], code=asked["match_code"])
    assert speaker.settled(asked["auth_req_id"])["outcome"]["status"] == "paid"
