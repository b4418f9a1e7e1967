"""The server's clock is set back, as after a wrong time at boot: nobody waits for it to catch up."""

from core.domain.limits import Rate, retry_after_s
from core.server.limits import Limits
from tests.clock import START
from tests.server.orders.receiver import Receiver, notices_left
from tests.server.orders.stores import BOTH
from tests.server.orders.test_ping import _is_resting, ask, pinged
from tests.server.orders.world import World, error_of
from tests.waiting import wait_until

BACK = START - 7200
A_LITTLE = START - 5
"""What the clock of another process on the same database may say: there every wait goes on."""


def test_a_device_that_used_its_rate_may_ask(world: World) -> None:
    _, speaker = world.paired()
    rate = Limits().per_device
    assert rate is not None
    for _ in range(rate.count):
        speaker.ask("Nobody")
    assert error_of(speaker.ask("Nobody")) == (429, "too_many_requests")
    world.fake.move_to(BACK)
    assert error_of(speaker.ask("Nobody")) == (400, "unknown_user_id")


def test_a_sliding_window_forgets_what_has_not_happened_yet() -> None:
    assert retry_after_s((BACK + 100, BACK + 101), Rate(2, 60), BACK) == 0
    assert retry_after_s((BACK - 1, BACK), Rate(2, 60), BACK) == 59


def test_a_device_that_was_refused_may_ask(world: World) -> None:
    momo, speaker = world.paired()
    for _ in range(3):
        momo.decide(speaker.order(quote="")["auth_req_id"], "deny")
    assert error_of(speaker.ask(quote="")) == (403, "access_denied")
    world.fake.move_to(A_LITTLE)
    assert error_of(speaker.ask(quote="")) == (403, "access_denied")
    world.fake.move_to(BACK)
    assert speaker.ask(quote="").status_code == 200


def test_a_person_who_typed_wrong_codes_may_type(world: World) -> None:
    momo = world.person()
    for _ in range(5):
        assert error_of(momo.call("GET", "/pairings/BBBB-BBBB")) == (404, "unknown_code")
    assert error_of(momo.call("GET", "/pairings/BBBB-BBBB")) == (429, "locked")
    world.fake.move_to(A_LITTLE)
    assert error_of(momo.call("GET", "/pairings/BBBB-BBBB")) == (429, "locked")
    world.fake.move_to(BACK)
    for _ in range(5):
        assert error_of(momo.call("GET", "/pairings/BBBB-BBBB")) == (404, "unknown_code")
    locked = momo.call("GET", "/pairings/BBBB-BBBB")
    assert (locked.status_code, locked.headers["retry-after"]) == (429, "600")


@BOTH
def test_an_order_under_way_is_settled(world: World) -> None:
    momo, speaker = world.paired()
    world.gate.mode = "down"
    told = speaker.order()
    momo.decide(told["auth_req_id"], code=told["match_code"])
    wait_until(lambda: world.attempts(told["auth_req_id"]) > 0)
    world.fake.move_to(BACK)
    world.gate.mode = "open"
    assert speaker.settled(told["auth_req_id"])["state"] == "paid"


@BOTH
def test_a_client_that_is_to_be_told_is_told(world: World) -> None:
    with Receiver([503]) as receiver:
        momo, speaker = pinged(world, receiver)
        told = ask(speaker)
        momo.decide(told["auth_req_id"], code=told["match_code"])
        receiver.until(1)
        wait_until(lambda: _is_resting(world))
        world.fake.move_to(BACK)
        wait_until(lambda: notices_left(world) == 0)
