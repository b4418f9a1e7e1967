"""Claim 5: the terminal shows how much time is left."""

from core.terminal.countdown import Countdown
from tests.clock import FakeClock
from tests.server.orders.world import World, error_of


def test_claim_5_the_countdown_runs_from_the_window_to_nothing(world: World) -> None:
    momo, speaker = world.paired()
    asked = speaker.order(requested_expiry="20")
    view = momo.view(asked["auth_req_id"])
    steady = FakeClock(1000.0)
    countdown = Countdown(view.expires_in_s or 0.0, 0.0, steady)
    seen = [countdown.shown_s()]
    for _ in range(4):
        steady.advance(5)
        world.fake.advance(5)
        seen.append(countdown.shown_s())
    assert seen == [20, 15, 10, 5, 0]
    assert countdown.is_over


def test_claim_5_when_it_is_over_nobody_can_approve_any_more(world: World) -> None:
    momo, speaker = world.paired()
    asked = speaker.order(requested_expiry="20")
    world.fake.advance(20.001)
    assert momo.decide(asked["auth_req_id"], code=asked["match_code"]).status_code == 409
    assert error_of(speaker.poll(asked["auth_req_id"])) == (400, "expired_token")
    assert world.earned() == 0
