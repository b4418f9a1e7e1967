"""Threat 1: a device finds out who is here by trying names."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from core.server.limits import UNLIMITED
from tests.clock import FakeClock
from tests.server.orders.world import Device, Person, World


def _never_paired(_momo: Person, _speaker: Device) -> None:
    return


def _blocked(momo: Person, speaker: Device) -> None:
    momo.pair(speaker)
    assert momo.call("PATCH", f"/devices/{speaker.client_id}", json={"blocked": True}).status_code == 200


def _unpaired(momo: Person, speaker: Device) -> None:
    momo.pair(speaker)
    assert momo.call("DELETE", f"/devices/{speaker.client_id}").status_code == 204


def test_unknown_never_paired_unpaired_and_blocked_are_the_same_answer(orders: World) -> None:
    momo = orders.person()
    quote = orders.quote()
    answers = []
    kinds: list[Callable[[Person, Device], None]] = [_never_paired, _blocked, _unpaired]
    for prepare in kinds:
        speaker = orders.device()
        prepare(momo, speaker)
        answers.append(speaker.ask(quote=quote))
    answers.append(orders.device().ask("Nobody", quote=quote))
    bodies = {(answer.status_code, answer.content) for answer in answers}
    assert len(bodies) == 1
    assert answers[0].json()["error"] == "unknown_user_id"
    assert len({tuple(sorted(answer.headers)) for answer in answers}) == 1


def test_a_blocked_name_and_an_unknown_one_take_the_same_time(tmp_path: Path) -> None:
    with World(tmp_path, FakeClock(), limits=UNLIMITED) as orders:
        momo, speaker = orders.person(), orders.device()
        _blocked(momo, speaker)
        times: dict[str, list[float]] = {"Momo": [], "Nobody": []}
        for turn in range(400):
            name = ("Momo", "Nobody")[turn % 2]
            begun = time.perf_counter()
            assert speaker.ask(name, quote="").status_code == 400
            times[name].append(time.perf_counter() - begun)
    blocked, unknown = (statistics.median(sorted(values)[:150]) for values in times.values())
    assert 0.7 < blocked / unknown < 1.4


def test_the_rate_of_a_device_is_judged_before_the_name(orders: World) -> None:
    _, speaker = orders.paired()
    count = orders.limits.per_device.count if orders.limits.per_device else 0
    for _ in range(count):
        assert speaker.ask("Nobody", quote="").status_code == 400
    known, unknown = speaker.ask("Momo", quote=""), speaker.ask("Nobody", quote="")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert known.status_code == 429
    assert int(known.headers["retry-after"]) >= 1
    orders.fake.advance(61)
    assert speaker.ask("Momo", quote="").status_code == 200
