"""Many at once: whatever arrives together, exactly one of them wins, and everybody is told the same."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from core.server import expiry
from core.server.limits import UNLIMITED
from core.wire import approval as approvals
from tests.clock import FakeClock
from tests.server.orders.world import Device, Person, World

ROUNDS = 300


def _sweep_now(world: World, request_id: str) -> None:
    world.fake.advance(6)
    world.server.services.store.writer.submit_blocking(lambda unit: expiry.expire(unit, request_id))


def _round(world: World, momo: Person, speaker: Device, pool: ThreadPoolExecutor, seed: int) -> str:
    told = speaker.order(quote="", requested_expiry="5")
    request_id, code = told["auth_req_id"], told["match_code"]
    approve = approvals.sign(momo.approval(request_id, "approve", code), momo.key)
    deny = approvals.sign(momo.approval(request_id, "deny"), momo.key)
    acts: list[Callable[[], Any]] = [
        lambda: momo.send(request_id, approve),
        lambda: momo.send(request_id, deny),
        lambda: speaker.withdraw(request_id),
    ]
    if seed % 2:
        acts.append(lambda: _sweep_now(world, request_id))
    random.Random(seed).shuffle(acts)
    answers = [future.result() for future in [pool.submit(act) for act in acts]]
    state = momo.state(request_id)
    winners = [answer for answer in answers if answer is not None and answer.status_code == 200]
    assert len(winners) == (0 if state == "expired" else 1), (state, [a and a.text for a in answers])
    for answer in answers:
        if answer is not None:
            assert answer.status_code in (200, 409)
            assert answer.json()["state"] == state
    return state


def test_300_rounds_of_approve_deny_withdraw_and_expire_have_one_winner_each(tmp_path: Path) -> None:
    with World(tmp_path, FakeClock(), limits=UNLIMITED) as world, ThreadPoolExecutor(4) as pool:
        momo, speaker = world.paired()
        ends = [_round(world, momo, speaker, pool, seed) for seed in range(ROUNDS)]
    assert len(set(ends)) >= 3, "the race was no race: one side always won"


def test_two_requests_in_one_commit_keep_to_one_slot(tmp_path: Path, store_url: str) -> None:
    with World(tmp_path, FakeClock(), database_url=store_url) as world, ThreadPoolExecutor(8) as pool:
        momo, speaker = world.paired()
        answers = list(pool.map(lambda _: speaker.ask(quote=""), range(12)))
        assert sorted(answer.status_code for answer in answers) == [200] + [403] * 11
        assert len(momo.call("GET", "/requests").json()["requests"]) == 1


def test_open_requests_never_share_a_match_code(tmp_path: Path, store_url: str) -> None:
    own = World(tmp_path, FakeClock(), database_url=store_url, limits=UNLIMITED)
    with own as world, ThreadPoolExecutor(8) as pool:
        _, speaker = world.paired()
        answers = list(pool.map(lambda _: speaker.ask(quote="", requested_expiry="300"), range(101)))
        codes = [answer.json()["match_code"] for answer in answers if answer.status_code == 200]
        assert len(codes) == len(set(codes)) == 100
        assert [answer.status_code for answer in answers if answer.status_code != 200] == [403]
