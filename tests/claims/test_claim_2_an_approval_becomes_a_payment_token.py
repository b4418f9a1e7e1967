"""Claim 2: on approval the user-management server issues a payment token and sends it to the payment server,
which executes the payment."""

from tests.server.orders.world import World


def test_claim_2_an_approval_is_paid_by_the_payment_server(world: World) -> None:
    momo, speaker = world.paired()
    asked = speaker.order()
    assert world.earned() == 0
    momo.decide(asked["auth_req_id"], code=asked["match_code"])
    assert speaker.settled(asked["auth_req_id"])["outcome"]["status"] == "paid"
    view = momo.view(asked["auth_req_id"])
    assert view.details.purchase is not None
    assert world.earned() == view.details.purchase.amount.value
    assert view.receipt


def test_claim_2_without_an_approval_nothing_is_paid(world: World) -> None:
    momo, speaker = world.paired()
    asked = speaker.order()
    momo.decide(asked["auth_req_id"], "deny")
    assert speaker.outcome(asked["auth_req_id"])["state"] == "denied"
    assert world.earned() == 0
