"""Every duration of DESIGN.md "Times", moved by a clock that stands still."""

import pytest

from tests.server.orders.stores import BOTH
from tests.server.orders.world import World, error_of
from tests.waiting import wait_until


@pytest.mark.parametrize(
    ("asked", "window"), [(None, 60), ("5", 5), ("1", 5), ("300", 300), ("9999", 300), ("9" * 40, 300)]
)
def test_the_window_is_what_was_asked_within_5_to_300(world: World, asked: str | None, window: int) -> None:
    momo, speaker = world.paired()
    more = {} if asked is None else {"requested_expiry": asked}
    told = speaker.order(**more)
    assert (told["decision_expires_in"], told["expires_in"]) == (window, window + 15)
    assert momo.view(told["auth_req_id"]).expires_in_s == window


def test_the_profile_sets_the_window(world: World) -> None:
    momo, speaker = world.paired()
    assert momo.call("PATCH", "/profile", json={"window_s": 90}).status_code == 200
    assert speaker.order()["decision_expires_in"] == 90


def test_a_decision_just_before_the_end_counts(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    approval = momo.approval(told["auth_req_id"], code=told["match_code"])
    world.fake.advance(59.999)
    answer = momo.decide(told["auth_req_id"], code=told["match_code"], jti=approval.jti)
    assert answer.json()["state"] == "approved"


@BOTH
def test_a_decision_at_the_end_has_no_effect(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    approval = momo.approval(told["auth_req_id"], code=told["match_code"])
    world.fake.advance(60)
    answer = momo.decide(told["auth_req_id"], challenge=approval.challenge, code=told["match_code"])
    assert (answer.status_code, answer.json()["state"]) == (409, "expired")
    assert error_of(speaker.poll(told["auth_req_id"])) == (400, "expired_token")
    assert world.earned() == 0


@BOTH
def test_undecided_requests_expire_by_themselves(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order(requested_expiry="5")
    world.fake.advance(5)
    wait_until(lambda: momo.state(told["auth_req_id"]) == "expired")
    assert speaker.outcome(told["auth_req_id"])["state"] == "expired"


def test_a_poll_after_the_end_is_told_so_before_any_sweep(world: World) -> None:
    _, speaker = world.paired()
    told = speaker.order(requested_expiry="5")
    world.fake.advance(5)
    assert error_of(speaker.poll(told["auth_req_id"])) == (400, "expired_token")


def test_an_admitted_request_never_becomes_expired(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    world.fake.advance(59)
    momo.decide(told["auth_req_id"], code=told["match_code"])
    world.fake.advance(400)
    speaker.settled(told["auth_req_id"])
    assert speaker.poll(told["auth_req_id"]).status_code == 200


def test_an_id_is_redeemable_for_10_minutes(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order(quote="")
    momo.decide(told["auth_req_id"], code=told["match_code"])
    world.fake.advance(601)
    assert error_of(speaker.poll(told["auth_req_id"])) == (400, "invalid_grant")
    assert speaker.outcome(told["auth_req_id"])["state"] == "approved"


def test_settling_is_pending_for_10_seconds_and_then_unknown(world: World) -> None:
    momo, speaker = world.paired()
    world.gate.mode = "down"
    told = speaker.order()
    momo.decide(told["auth_req_id"], code=told["match_code"])
    assert error_of(speaker.poll(told["auth_req_id"])) == (400, "authorization_pending")
    world.fake.advance(9.9)
    assert error_of(speaker.poll(told["auth_req_id"])) == (400, "authorization_pending")
    world.fake.advance(0.2)
    answer = speaker.poll(told["auth_req_id"])
    outcome = answer.json()["authorization_details"][0]["outcome"]
    assert outcome == {"status": "unknown", "txn": told["auth_req_id"]}
    wait_until(lambda: momo.state(told["auth_req_id"]) == "unknown")


def test_a_quote_must_outlive_the_window_by_120_seconds(world: World) -> None:
    momo, speaker = world.paired()
    quote = world.quote()
    world.fake.advance(900 - 60 - 119)
    assert error_of(speaker.ask(quote=quote)) == (400, "invalid_authorization_details")
    momo.call("PATCH", "/profile", json={"window_s": 59})
    assert speaker.ask(quote=quote).status_code == 200


def test_a_dead_quote_is_refused(world: World) -> None:
    _, speaker = world.paired()
    quote = world.quote()
    world.fake.advance(901)
    assert error_of(speaker.ask(quote=quote)) == (400, "invalid_authorization_details")


def test_polling_too_fast_is_told_to_slow_down_by_5_seconds(world: World) -> None:
    _, speaker = world.paired()
    request_id = speaker.order(quote="", requested_expiry="60")["auth_req_id"]
    assert error_of(speaker.poll(request_id))[1] == "authorization_pending"
    world.fake.advance(1)
    assert error_of(speaker.poll(request_id))[1] == "slow_down"
    world.fake.advance(6.5)
    assert error_of(speaker.poll(request_id))[1] == "slow_down"
    world.fake.advance(12)
    assert error_of(speaker.poll(request_id))[1] == "authorization_pending"
    world.fake.advance(11)
    assert error_of(speaker.poll(request_id))[1] == "slow_down", "the longer interval stays"


@BOTH
def test_an_order_that_cannot_be_settled_is_voided_15_minutes_after_approval(world: World) -> None:
    momo, speaker = world.paired()
    world.gate.mode = "down"
    told = speaker.order()
    momo.decide(told["auth_req_id"], code=told["match_code"])
    wait_until(lambda: len(world.gate.seen) > 0)
    world.fake.advance(900)
    world.gate.mode = "open"
    ended = speaker.settled(told["auth_req_id"])
    assert ended["outcome"] == {"status": "declined", "txn": told["auth_req_id"], "code": "too_late"}
    assert world.earned() == 0


def test_a_payment_server_that_comes_back_in_time_is_paid(world: World) -> None:
    momo, speaker = world.paired()
    world.gate.mode = "down"
    told = speaker.order()
    momo.decide(told["auth_req_id"], code=told["match_code"])
    wait_until(lambda: len(world.gate.seen) > 0)
    world.fake.advance(840)
    world.gate.mode = "open"
    assert speaker.settled(told["auth_req_id"])["outcome"]["status"] == "paid"
    assert world.earned() > 0


@BOTH
def test_an_order_after_2038_is_paid(world: World) -> None:
    world.fake.move_to(2.0**31 + 1e6)
    momo, speaker = world.paired()
    told = speaker.order()
    assert momo.decide(told["auth_req_id"], code=told["match_code"]).json()["state"] == "approved"
    assert speaker.settled(told["auth_req_id"])["state"] == "paid"
