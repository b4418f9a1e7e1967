"""The audit chain: what was recorded stays readable in order, and a change to it shows where."""

import threading

import pytest
from sqlalchemy import text

from core.database import audit
from core.database.writer import Unit, Writer
from tests.contract.conftest import Store


def record(writer: Writer, count: int, subject: str = "order") -> None:
    def guard(unit: Unit) -> None:
        for number in range(count):
            unit.record("request.asked", f"{subject}-{number}", {"name": "Momo モモ", "amount": number})

    writer.submit_blocking(guard)


def change(store: Store, *statements: str) -> audit.Break | None:
    with store.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    return store.reader().read(audit.verify)


def test_events_come_back_in_order_from_any_number(store: Store) -> None:
    writer = store.writer()
    record(writer, 3)
    record(writer, 2)
    events = store.reader().read(lambda connection: audit.events_after(connection, 1, 3))
    assert [event.sequence for event in events] == [2, 3, 4]
    assert events[0] == audit.Event(
        2, store.now(), "request.asked", "order-1", '{"amount":1,"name":"Momo モモ"}'
    )


def test_a_writer_goes_on_when_it_has_counted_further_than_four_bytes(store: Store) -> None:
    writer = store.writer()
    writer._links = 2**31 - 2
    for _ in range(3):
        record(writer, 1)
    assert store.reader().read(audit.verify) is None


def test_an_untouched_chain_holds_across_writers(store: Store) -> None:
    assert store.reader().read(audit.verify) is None
    for _ in range(3):
        record(store.writer(), 3)
    assert store.reader().read(audit.verify) is None


@pytest.mark.parametrize(
    ("statements", "first_bad"),
    [
        (["UPDATE audit_events SET data = '{}' WHERE sequence = 5"], 4),
        (["UPDATE audit_events SET at = at + 1 WHERE sequence = 5"], 4),
        (["UPDATE audit_events SET subject = 'other' WHERE sequence = 7"], 7),
        (["DELETE FROM audit_events WHERE sequence = 5"], 5),
        (["DELETE FROM audit_events WHERE sequence = 9"], 9),
        (
            [
                "DELETE FROM audit_links WHERE last = 6",
                "DELETE FROM audit_events WHERE sequence BETWEEN 4 AND 6",
            ],
            4,
        ),
        (["DELETE FROM audit_links WHERE last = 9"], 7),
        (["UPDATE audit_links SET digest = previous WHERE last = 3"], 1),
        (["UPDATE audit_links SET previous = digest WHERE last = 6"], 4),
        (["INSERT INTO audit_events VALUES (0, 0, 'a', 'b', '{}', 'w', 1)"], 0),
        (
            [
                "UPDATE audit_events SET sequence = 100 WHERE sequence = 4",
                "UPDATE audit_events SET sequence = 4 WHERE sequence = 5",
                "UPDATE audit_events SET sequence = 5 WHERE sequence = 100",
            ],
            4,
        ),
    ],
)
def test_a_change_is_found_and_its_place_named(store: Store, statements: list[str], first_bad: int) -> None:
    writer = store.writer()
    for _ in range(3):
        record(writer, 3)
    broken = change(store, *statements)
    assert broken is not None
    assert broken.sequence == first_bad
    assert str(first_bad) in broken.reason


def test_numbers_have_no_gaps_when_several_writers_record_at_once(store: Store) -> None:
    writers = [store.writer(), store.writer()]
    if store.url.startswith("sqlite"):
        # One process owns a SQLite store, so its second writer here would only meet the lock's time-out.
        writers = writers[:1]

    def record_often(writer: Writer) -> None:
        for _ in range(40):
            record(writer, 2)

    threads = [threading.Thread(target=record_often, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = store.reader().read(lambda connection: audit.events_after(connection, 0, 1_000))
    assert [event.sequence for event in events] == list(range(1, 80 * len(writers) + 1))
    assert store.reader().read(audit.verify) is None
