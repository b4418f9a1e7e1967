"""What the writer promises, whichever store is behind it."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, text

from core.database.errors import StatementFailed, SubmitTimedOut, WriterStopped
from core.database.submission import deliver
from core.database.writer import Unit
from tests.clock import FakeClock
from tests.contract.conftest import LINES, ORDERS, Store
from tests.contract.writing import Gate, insert, together
from tests.waiting import wait_until


def test_an_answer_leaves_only_after_the_commit(store: Store) -> None:
    writer = store.writer()
    assert writer.submit_blocking(insert(1, "milk")) == 1
    assert store.names() == ["milk"]


def test_what_waits_is_committed_together(store: Store) -> None:
    transactions: list[int | str] = []

    def watch(unit: Unit) -> None:
        postgres = unit.connection.dialect.name == "postgresql"
        current = "SELECT txid_current()" if postgres else "SELECT count(*) FROM orders"
        transactions.append(unit.connection.execute(text(current)).scalar_one())
        unit.notify("order", "1")

    commits: list[object] = []
    writer = store.writer()
    writer.subscribe(lambda topics: commits.append(topics))
    asyncio.run(together(writer, *[watch] * 20))
    assert len(set(transactions)) == 1
    wait_until(lambda: commits)
    assert commits == [[("order", "1")] * 20]


def test_work_is_done_in_order_of_arrival(store: Store) -> None:
    seen: list[int] = []
    guards = [lambda unit, number=number: seen.append(number) for number in range(300)]
    asyncio.run(together(store.writer(), *guards))
    assert seen == list(range(300))


def test_a_failing_function_is_dropped_and_the_others_stay(store: Store) -> None:
    def broken(unit: Unit) -> None:
        insert(9, "never")(unit)
        unit.record("never", "9", {})
        raise LookupError("a bug")

    guards = [insert(1, "milk"), broken, insert(2, "milk"), insert(3, "rice")]
    answers = asyncio.run(together(store.writer(), *guards))
    assert [type(answer) for answer in answers] == [int, LookupError, StatementFailed, int]
    assert store.names() == ["milk", "rice"]


def test_appended_rows_go_out_merged_and_parents_first(store: Store) -> None:
    def guard(number: int) -> Callable[[Unit], None]:
        def append(unit: Unit) -> None:
            unit.append(LINES, {"id": number, "order_id": number})
            unit.append(ORDERS, {"id": number, "name": f"n{number}"})

        return append

    asyncio.run(together(store.writer(), *[guard(number) for number in range(1, 30)]))
    with store.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(LINES)).scalar() == 29


def test_a_refused_appended_row_costs_only_its_own_function(store: Store) -> None:
    def append(number: int, name: str) -> Callable[[Unit], int]:
        def guard(unit: Unit) -> int:
            unit.append(ORDERS, {"id": number, "name": name})
            unit.notify("order", str(number))
            return number

        return guard

    told: list[tuple[str, str]] = []
    writer = store.writer()
    writer.subscribe(told.extend)
    answers = asyncio.run(together(writer, append(1, "milk"), append(2, "milk"), append(3, "rice")))
    assert [type(answer) for answer in answers] == [int, StatementFailed, int]
    assert store.names() == ["milk", "rice"]
    wait_until(lambda: told)
    assert told == [("order", "1"), ("order", "3")]


@pytest.mark.parametrize("drops", [False, True])
def test_who_catches_up_sees_what_others_of_the_same_commit_appended(store: Store, drops: bool) -> None:
    """Also where the batch is run again because a row of it was refused."""

    def take(number: int) -> Callable[[Unit], int]:
        def guard(unit: Unit) -> int:
            unit.catch_up("the only one")
            here = unit.connection.execute(select(func.count()).select_from(ORDERS)).scalar_one()
            if here == 0:
                unit.append(ORDERS, {"id": number, "name": "taken"})
            return int(here)

        return guard

    def refused(unit: Unit) -> None:
        unit.append(LINES, {"id": 1, "order_id": None if drops else 1})
        unit.append(LINES, {"id": 1 if drops else 2, "order_id": 1})

    answers = asyncio.run(together(store.writer(), take(1), refused, take(2), take(3)))
    assert (answers[0], answers[2:]) == (0, [1, 1])
    assert isinstance(answers[1], StatementFailed) == drops
    assert store.names() == ["taken"]


def test_who_catches_up_behind_a_refused_row_of_its_own_is_dropped_alone(store: Store) -> None:
    def refused(unit: Unit) -> None:
        unit.append(LINES, {"id": 1, "order_id": None})
        unit.catch_up("the only one")
        unit.catch_up("the only one")

    answers = asyncio.run(together(store.writer(), insert(1, "milk"), refused, insert(2, "rice")))
    assert [type(answer) for answer in answers] == [int, StatementFailed, int]
    assert store.names() == ["milk", "rice"]


def test_subscribers_hear_of_a_commit_after_it_and_never_of_what_was_dropped(store: Store) -> None:
    def broken(unit: Unit) -> None:
        unit.notify("order", "9")
        raise LookupError

    def named(unit: Unit) -> None:
        insert(1, "milk")(unit)
        unit.notify("order", "1")

    heard: list[tuple[str, str]] = []
    visible: list[list[str]] = []
    writer = store.writer()
    unsubscribe = writer.subscribe(heard.extend)
    writer.subscribe(lambda topics: visible.append(store.names()))
    asyncio.run(together(writer, broken, named))
    wait_until(lambda: visible)
    unsubscribe()
    writer.submit_blocking(lambda unit: unit.notify("order", "2"))
    writer.submit_blocking(lambda unit: None)
    assert heard == [("order", "1")]
    assert visible[0] == ["milk"]


def test_subscribers_hear_of_a_commit_before_it_is_answered(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []

    def delivering(*answered: Any) -> None:
        order.append("answered")
        deliver(*answered)

    monkeypatch.setattr("core.database.writer.deliver", delivering)
    writer = store.writer()
    writer.subscribe(lambda _topics: order.append("heard"))
    writer.submit_blocking(lambda unit: unit.notify("topic", "key"))
    assert order == ["heard", "answered"]


def test_a_failing_subscriber_harms_nobody(store: Store) -> None:
    writer, heard = store.writer(), list[tuple[str, str]]()
    writer.subscribe(lambda topics: [][0])
    writer.subscribe(heard.extend)
    writer.submit_blocking(lambda unit: unit.notify("order", "1"))
    writer.submit_blocking(lambda unit: None)
    assert writer.healthy
    assert heard == [("order", "1")]


def test_each_function_reads_the_clock_just_before_it_runs(store: Store, clock: FakeClock) -> None:
    def slow(unit: Unit) -> float:
        clock.advance(5)
        return unit.now

    start = clock()
    assert asyncio.run(together(store.writer(), slow, slow)) == [start, start + 5]


def test_work_not_begun_is_withdrawn_at_its_time_out(store: Store) -> None:
    writer = store.writer()
    gate = Gate(writer)
    with pytest.raises(SubmitTimedOut) as blocked:
        writer.submit_blocking(insert(1, "milk"), timeout_s=0.01)
    with pytest.raises(SubmitTimedOut) as awaited:
        asyncio.run(writer.submit(insert(2, "rice"), timeout_s=0.01))
    gate.open()
    assert not blocked.value.begun
    assert not awaited.value.begun
    writer.submit_blocking(lambda unit: None)
    assert store.names() == []


def test_work_already_begun_goes_on_and_its_caller_is_told_that_it_may_happen(store: Store) -> None:
    writer, may_end = store.writer(), threading.Event()

    def slow(unit: Unit) -> None:
        may_end.wait(10)
        insert(1, "milk")(unit)

    with pytest.raises(SubmitTimedOut) as timed_out:
        asyncio.run(writer.submit(slow, timeout_s=0.05))
    may_end.set()
    writer.submit_blocking(lambda unit: None)
    assert timed_out.value.begun
    assert store.names() == ["milk"]


def test_a_cancelled_caller_withdraws_what_has_not_begun(store: Store) -> None:
    writer = store.writer()

    async def cancel() -> None:
        gate = Gate(writer)
        task = asyncio.ensure_future(writer.submit(insert(1, "milk")))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        gate.open()

    asyncio.run(cancel())
    writer.submit_blocking(lambda unit: None)
    assert store.names() == []


def test_a_writer_that_dies_fails_its_queue_and_is_unhealthy(store: Store) -> None:
    writer = store.writer()

    def die(topics: list[tuple[str, str]]) -> None:
        raise SystemExit

    writer.subscribe(die)
    guards = [lambda unit: unit.notify("order", "1"), *[lambda unit: None] * 400]
    answers = asyncio.run(together(writer, *guards))
    assert isinstance(answers[-1], WriterStopped)
    wait_until(lambda: not writer.healthy)
    with pytest.raises(WriterStopped):
        writer.submit_blocking(lambda unit: None)


def test_a_closed_loop_does_not_kill_the_writer(store: Store) -> None:
    writer = store.writer()
    loop = asyncio.new_event_loop()
    gate = Gate(writer)
    task = loop.create_task(writer.submit(lambda unit: None))
    loop.run_until_complete(asyncio.sleep(0))
    task.cancel()
    loop.run_until_complete(asyncio.wait([task]))
    loop.close()
    gate.open()
    assert writer.submit_blocking(lambda unit: 5) == 5
    assert writer.healthy


def test_stopping_finishes_what_waits_and_takes_nothing_more(store: Store) -> None:
    writer = store.writer()
    gate = Gate(writer)
    late = threading.Thread(target=writer.submit_blocking, args=(insert(1, "milk"), 10.0))
    late.start()
    wait_until(lambda: not writer._queue.empty(), what="the late work to wait")
    stopper = threading.Thread(target=writer.stop, args=(10.0,))
    stopper.start()
    gate.open()
    stopper.join(10)
    late.join(10)
    assert store.names() == ["milk"]
    with pytest.raises(WriterStopped):
        writer.submit_blocking(lambda unit: None)
