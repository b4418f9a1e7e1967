"""Threat 3: an approval that was given once is used again."""

import msgspec
import pytest

from core.wire import approval as approvals
from tests.server.orders.world import World


def test_an_approval_cannot_be_used_for_a_second_request(orders: World) -> None:
    momo, speaker = orders.paired()
    first = speaker.order()
    approval = momo.approval(first["auth_req_id"], code=first["match_code"])
    momo.send(first["auth_req_id"], approvals.sign(approval, momo.key))
    speaker.settled(first["auth_req_id"])
    second = speaker.order()
    before = orders.earned()
    assert momo.send(second["auth_req_id"], approvals.sign(approval, momo.key)).status_code == 400
    assert momo.state(second["auth_req_id"]) == "pending"
    assert orders.earned() == before


@pytest.mark.parametrize("kept", ["challenge", "details_sha256", "txn"])
def test_each_binding_alone_refuses_a_replay(orders: World, kept: str) -> None:
    momo, speaker = orders.paired()
    old = speaker.order(quote="")
    given = momo.approval(old["auth_req_id"], code=old["match_code"])
    speaker.withdraw(old["auth_req_id"])
    told = speaker.order(quote="")
    fresh = momo.approval(told["auth_req_id"], code=told["match_code"])
    replayed = msgspec.structs.replace(fresh, **{kept: getattr(given, kept)})
    assert momo.send(told["auth_req_id"], approvals.sign(replayed, momo.key)).status_code == 400
    assert momo.state(told["auth_req_id"]) == "pending"


def test_the_same_bytes_again_have_no_second_effect_also_after_a_restart(orders: World) -> None:
    momo, speaker = orders.paired()
    told = speaker.order()
    compact = approvals.sign(momo.approval(told["auth_req_id"], code=told["match_code"]), momo.key)
    momo.send(told["auth_req_id"], compact)
    speaker.settled(told["auth_req_id"])
    before, payments = orders.earned(), len(orders.gate.seen)
    orders.stop()
    orders.start()
    assert momo.send(told["auth_req_id"], compact).json()["state"] == "paid"
    assert (orders.earned(), len(orders.gate.seen)) == (before, payments)
