"""Long polling (CIBA Core 1.0 section 10.1): a poll that asks for it is held until there is an answer."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import httpx
import pytest

from core.server.long_poll import Held
from tests.server.orders.stores import BOTH
from tests.server.orders.world import CIBA, Device, World, error_of
from tests.waiting import wait_until


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as made:
        yield made


def hold(speaker: Device, request_id: str, prefer: str, timeout: float = 20) -> httpx.Response:
    form = {"grant_type": CIBA, "auth_req_id": request_id}
    headers = {"authorization": speaker.basic, "prefer": prefer}
    return httpx.post(
        f"{speaker.world.url}/token", data=form, headers=headers, trust_env=False, timeout=timeout
    )


def held(world: World) -> set[str]:
    found = world.server.services.shared.get(Held)
    return set(found.ids) if isinstance(found, Held) else set()


def begin(
    world: World, pool: ThreadPoolExecutor, speaker: Device, request_id: str, prefer: str = "wait=20"
) -> Future[httpx.Response]:
    """Starts a poll, and returns once the server holds it."""
    answer = pool.submit(hold, speaker, request_id, prefer)
    wait_until(lambda: request_id in held(world))
    return answer


@BOTH
def test_a_held_poll_brings_the_tokens_at_the_decision(world: World, pool: ThreadPoolExecutor) -> None:
    momo, speaker = world.paired()
    told = speaker.order(quote="")
    answer = begin(world, pool, speaker, told["auth_req_id"])
    momo.decide(told["auth_req_id"], code=told["match_code"])
    brought = answer.result()
    assert brought.status_code == 200
    assert brought.headers["preference-applied"] == "wait=20"
    assert brought.json()["id_token"]


def test_a_held_poll_of_a_purchase_waits_for_the_payment(world: World, pool: ThreadPoolExecutor) -> None:
    momo, speaker = world.paired()
    world.gate.mode = "down"
    told = speaker.order()
    answer = begin(world, pool, speaker, told["auth_req_id"])
    momo.decide(told["auth_req_id"], code=told["match_code"])
    wait_until(lambda: len(world.gate.seen) > 0)
    assert not answer.done()
    world.gate.mode = "open"

    def heard() -> bool:
        world.fake.advance(0.1)  # the next try of a failed payment is a matter of time
        return answer.done()

    wait_until(heard)
    outcome = answer.result().json()["authorization_details"][0]["outcome"]
    assert outcome["status"] == "paid"


def test_a_held_poll_hears_refusal_expiry_and_withdrawal(world: World, pool: ThreadPoolExecutor) -> None:
    momo, speaker = world.paired()
    for ending, heard in (
        ("deny", "access_denied"),
        ("expire", "expired_token"),
        ("withdraw", "access_denied"),
    ):
        world.fake.advance(100)
        told = speaker.order(quote="", requested_expiry="60")
        answer = begin(world, pool, speaker, told["auth_req_id"])
        if ending == "deny":
            momo.decide(told["auth_req_id"], "deny")
        elif ending == "expire":
            world.fake.advance(60)
        else:
            speaker.withdraw(told["auth_req_id"])
        assert error_of(answer.result()) == (400, heard), ending


def test_a_poll_is_held_no_longer_than_it_asked_and_the_next_may_come_at_once(world: World) -> None:
    _, speaker = world.paired()
    told = speaker.order(quote="")
    for _ in range(2):
        start = time.monotonic()
        answer = hold(speaker, told["auth_req_id"], "respond-async, wait=1")
        assert error_of(answer) == (400, "authorization_pending")
        assert answer.headers["preference-applied"] == "wait=1"
        assert time.monotonic() - start >= 1


@pytest.mark.parametrize("prefer", ["wait=0", "wait", "wait=-5", "await=5", "return=minimal", "wait=x"])
def test_a_poll_that_does_not_ask_properly_is_answered_at_once(world: World, prefer: str) -> None:
    _, speaker = world.paired()
    told = speaker.order(quote="")
    answer = hold(speaker, told["auth_req_id"], prefer)
    assert error_of(answer) == (400, "authorization_pending")
    assert "preference-applied" not in answer.headers


def test_one_poll_of_a_request_is_held_at_a_time(world: World, pool: ThreadPoolExecutor) -> None:
    momo, speaker = world.paired()
    told = speaker.order(quote="")
    first = begin(world, pool, speaker, told["auth_req_id"])
    world.fake.advance(3)
    assert error_of(hold(speaker, told["auth_req_id"], "wait=20")) == (400, "authorization_pending")
    momo.decide(told["auth_req_id"], code=told["match_code"])
    assert first.result().status_code == 200


def test_a_device_that_has_left_loses_no_tokens(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order(quote="")
    with pytest.raises(httpx.ReadTimeout):
        hold(speaker, told["auth_req_id"], "wait=30", timeout=0.5)
    wait_until(lambda: not held(world))
    momo.decide(told["auth_req_id"], code=told["match_code"])
    assert speaker.poll(told["auth_req_id"]).status_code == 200


def test_a_held_poll_does_not_keep_the_server_from_leaving(world: World, pool: ThreadPoolExecutor) -> None:
    _, speaker = world.paired()
    told = speaker.order(quote="")
    answer = begin(world, pool, speaker, told["auth_req_id"], "wait=30")
    start = time.monotonic()
    world.stop()
    assert error_of(answer.result()) == (400, "authorization_pending")
    assert time.monotonic() - start < 15
    world.start()
