"""The user-management server is killed between approval and payment; the order is paid exactly once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.orders.mortal import Mortal
from tests.server.orders.receiver import Receiver
from tests.server.orders.world import Device, Person
from tests.waiting import wait_until


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Mortal]:
    with Mortal(tmp_path) as made:
        yield made


def _approved(world: Mortal, mode: str) -> tuple[Person, Device, str]:
    """An order whose approval was acknowledged while the payment server could not answer."""
    momo, speaker = world.paired()
    world.gate.mode = mode
    told = speaker.order()
    answer = momo.decide(told["auth_req_id"], code=told["match_code"])
    assert answer.json()["state"] == "approved"
    return momo, speaker, told["auth_req_id"]


@pytest.mark.parametrize("minutes", [0, 3])
def test_a_kill_between_approval_and_payment_is_paid_exactly_once(world: Mortal, minutes: int) -> None:
    momo, speaker, request_id = _approved(world, "down")
    world.kill()
    world.gate.mode = "open"
    world.time.advance(minutes * 60.0)
    world.revive()
    assert speaker.settled(request_id)["outcome"]["status"] == "paid"
    shown = momo.view(request_id).details.purchase
    assert shown is not None
    assert world.earned() == shown.amount.value


def test_a_kill_after_the_charge_and_before_the_receipt_is_paid_exactly_once(world: Mortal) -> None:
    momo, speaker, request_id = _approved(world, "loses")
    wait_until(lambda: world.earned() > 0)
    world.kill()
    world.gate.mode = "open"
    world.revive()
    assert speaker.settled(request_id)["outcome"]["status"] == "paid"
    shown = momo.view(request_id).details.purchase
    assert shown is not None
    assert world.earned() == shown.amount.value


def test_a_kill_and_sixteen_minutes_void_the_order(world: Mortal) -> None:
    _, speaker, request_id = _approved(world, "down")
    world.kill()
    world.gate.mode = "open"
    world.time.advance(16 * 60.0)
    world.revive()
    assert speaker.settled(request_id)["outcome"]["code"] == "too_late"
    assert world.earned() == 0


def test_a_request_outlives_a_kill_and_can_still_be_decided(world: Mortal) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    world.kill()
    world.revive()
    assert momo.decide(told["auth_req_id"], code=told["match_code"]).json()["state"] == "approved"
    assert speaker.settled(told["auth_req_id"])["outcome"]["status"] == "paid"


def test_a_kill_forgets_no_push(world: Mortal) -> None:
    with Receiver([503]) as receiver:
        momo, speaker = world.paired(
            backchannel_token_delivery_mode="push", backchannel_client_notification_endpoint=receiver.url
        )
        told = speaker.order(quote="", client_notification_token="abc")
        momo.decide(told["auth_req_id"], code=told["match_code"])
        first = receiver.first()
        world.kill()
        world.revive()
        wait_until(lambda: len(receiver.calls) > 1)
        assert {call.body for call in receiver.calls} == {first.body}
