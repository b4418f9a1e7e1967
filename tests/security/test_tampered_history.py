"""Threat 20: somebody edits what has happened."""

from pathlib import Path

import pytest

from core.database import audit
from core.database.engine import open_engine
from tests.server.orders.world import World


@pytest.fixture
def history(orders: World, tmp_path: Path) -> str:
    """The database of a server that saw an order, stopped."""
    momo, speaker = orders.paired()
    told = speaker.order()
    momo.decide(told["auth_req_id"], code=told["match_code"])
    speaker.settled(told["auth_req_id"])
    orders.stop()
    return f"sqlite:///{tmp_path / 'server.db'}"


def test_an_untouched_history_holds(history: str) -> None:
    assert _verify(history) is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_events SET data = replace(data, 'approve', 'deny') WHERE kind = 'decision'",
        "DELETE FROM audit_events WHERE kind = 'decision'",
        "UPDATE audit_events SET subject = 'req_other' WHERE kind = 'payment_token'",
        "UPDATE audit_events SET at = at - 60 WHERE kind = 'authentication_request'",
        "DELETE FROM audit_links WHERE rowid = 2",
    ],
)
def test_a_changed_history_is_noticed(history: str, change: str) -> None:
    engine = open_engine(history)
    with engine.begin() as connection:
        assert connection.exec_driver_sql(change).rowcount >= 1
    engine.dispose()
    assert _verify(history) is not None


def test_a_changed_batch_whose_link_was_made_anew_does_not_fit_the_next(history: str) -> None:
    engine = open_engine(history)
    with engine.begin() as connection:
        links = connection.exec_driver_sql("SELECT * FROM audit_links ORDER BY last").mappings().all()
        one = links[len(links) // 2]
        connection.exec_driver_sql(f"UPDATE audit_events SET data = '{{}}' WHERE sequence = {one['last']}")
        events = audit.events_after(connection, one["first"] - 1, one["last"] - one["first"] + 1)
        anew = audit.digest(one["previous"], one["writer"], one["batch"], events)
        assert anew != one["digest"]
        connection.exec_driver_sql(f"UPDATE audit_links SET digest = '{anew}' WHERE last = {one['last']}")
    engine.dispose()
    assert _verify(history) is not None


def _verify(url: str) -> object:
    engine = open_engine(url)
    with engine.connect() as connection:
        found = audit.verify(connection)
    engine.dispose()
    return found
