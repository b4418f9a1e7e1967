"""A user-management server's rows of an earlier version come through the upgrade, whatever waits in them."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from core.database.engine import open_engine, writing
from core.database.migrations import current_version, upgrade
from core.payment.wiring import VERSIONS as PAYMENT_VERSIONS
from core.server import codes
from core.server.store import codes as kept_codes
from core.server.store.profiles import find_profile
from core.server.store.request_tables import requests
from core.server.store.tables import asking_rules, users
from core.server.wiring import VERSIONS

NO_NAMES = (
    "DROP INDEX enrolment_codes_by_name",
    *(f"ALTER TABLE enrolment_codes DROP COLUMN {name}" for name in ("name", "wrong", "opens_pin")),
)
RULES_OF_USERS = (
    "DROP TABLE asking_rules",
    *(
        f"ALTER TABLE users ADD COLUMN {column}"
        for column in (
            "window_s INTEGER DEFAULT 60 NOT NULL",
            "pin_above INTEGER",
            "match_code BOOLEAN DEFAULT true NOT NULL",
            "user_code_sha256 VARCHAR(43)",
            "quiet_start INTEGER",
            "quiet_end INTEGER",
            "presence_shared BOOLEAN DEFAULT false NOT NULL",
        )
    ),
)
"""How people want to be asked stood in their own rows until 0006."""
EARLIER = (
    *RULES_OF_USERS,
    *NO_NAMES,
    "DROP INDEX open_slots",
    "DROP INDEX requests_past",
    "CREATE INDEX requests_by_user ON requests (user_id, revision)",
    "ALTER TABLE users ADD COLUMN revision INTEGER NOT NULL DEFAULT 7",
    "ALTER TABLE requests ADD COLUMN pair_slot INTEGER",
    "CREATE INDEX requests_waiting ON requests (user_id, state) WHERE state = 'pending'",
    "UPDATE alembic_version SET version_num = '0002'",
)
"""Takes the present tables back to version 0002."""


def _request(connection: Connection, number: int, state: str, slot: int | None) -> None:
    values = {
        "request_id": f"req_{number}",
        "client_id": "speaker",
        "user_id": "momo",
        "state": state,
        "revision": number,
        "requested_at": 1.0,
        "decide_by": 61.0,
        "window_s": 60,
        "scope": "openid",
        "details": "{}",
        "has_purchase": False,
        "challenge": "c",
        "presence": "click",
        "paired_at": 1.0,
        "first_request": False,
    }
    names = ", ".join([*values, "slot", "pair_slot"])
    marks = ", ".join(f":{name}" for name in [*values, "slot", "pair_slot"])
    connection.execute(
        text(f"INSERT INTO requests ({names}) VALUES ({marks})"),
        {**values, "slot": slot, "pair_slot": slot},
    )


def test_what_waited_before_the_upgrade_waits_after_it_in_slots_of_its_own(store_url: str) -> None:
    engine = open_engine(store_url)
    upgrade(engine, VERSIONS)
    is_sqlite = engine.dialect.name == "sqlite"
    with writing(engine) as connection, connection.begin():
        for statement in EARLIER:
            connection.execute(text(statement))
        if is_sqlite:
            connection.execute(text("PRAGMA writable_schema=ON"))
            relaxed = "UPDATE sqlite_master SET sql = replace(sql, 'slot INTEGER NOT NULL', 'slot INTEGER')"
            connection.execute(text(f"{relaxed} WHERE name = 'requests'"))
        else:
            connection.execute(text("ALTER TABLE requests ALTER COLUMN slot DROP NOT NULL"))
    engine.dispose()
    engine = open_engine(store_url)
    with writing(engine) as connection, connection.begin():
        for number, state, slot in ((1, "pending", None), (2, "denied", None), (3, "pending", None)):
            _request(connection, number, state, slot)
    assert upgrade(engine, VERSIONS)
    with engine.connect() as connection:
        assert current_version(connection) == max(path.name[:4] for path in VERSIONS.glob("0*.py"))
        kept = connection.execute(requests.select().order_by(requests.c.request_id)).all()
        assert [(row.request_id, row.state, row.revision) for row in kept] == [
            ("req_1", "pending", 1),
            ("req_2", "denied", 2),
            ("req_3", "pending", 3),
        ]
        assert sorted(row.slot for row in kept if row.state == "pending") == [0, 1]
        found = inspect(connection)
        assert {index["name"] for index in found.get_indexes("requests")} == {
            index.name for index in requests.indexes
        }
        assert "pair_slot" not in {column["name"] for column in found.get_columns("requests")}
        assert "revision" not in {column["name"] for column in found.get_columns("users")}
    engine.dispose()


def test_a_code_that_waits_over_the_upgrade_is_good_and_opens_no_pin(store_url: str) -> None:
    engine = open_engine(store_url)
    upgrade(engine, VERSIONS)
    typed = codes.typed("ABCD-EFGH-JKLM")
    with writing(engine) as connection, connection.begin():
        for statement in (*RULES_OF_USERS, *NO_NAMES, "UPDATE alembic_version SET version_num = '0003'"):
            connection.execute(text(statement))
        user = "INSERT INTO users (user_id, nickname, locale, zone, created_at)"
        connection.execute(text(f"{user} VALUES ('momo', 'Momo', 'en', 'UTC', 1)"))
        code = "INSERT INTO enrolment_codes (code_sha256, user_id, expires_at) VALUES (:code, 'momo', 100)"
        connection.execute(text(code), {"code": typed.sha256})
    assert upgrade(engine, VERSIONS)
    with engine.connect() as connection:
        found = kept_codes.find(connection, typed, 50)
        assert found is not None
        assert (found.user_id, found.wrong, bool(found.opens_pin)) == ("momo", 0, False)
        indexes = inspect(connection).get_indexes("enrolment_codes")
        assert "enrolment_codes_by_name" in {index["name"] for index in indexes}
    engine.dispose()


CHANGED: dict[str, dict[str, object]] = {
    "window": {"window_s": 120},
    "limit": {"pin_above": 500},
    "code": {"match_code": False},
    "own-code": {"user_code_sha256": "c" * 43},
    "quiet": {"quiet_start": 0, "quiet_end": 420},
    "presence": {"presence_shared": True},
}
"""One person for each rule that can be changed."""


def test_how_a_person_wants_to_be_asked_comes_through_and_nobody_else_gets_a_row(store_url: str) -> None:
    engine = open_engine(store_url)
    upgrade(engine, VERSIONS)
    with writing(engine) as connection, connection.begin():
        for statement in (*RULES_OF_USERS, "UPDATE alembic_version SET version_num = '0005'"):
            connection.execute(text(statement))
        for user_id, rules in {"as-it-comes": {}, **CHANGED}.items():
            row: dict[str, object] = {
                "user_id": user_id,
                "nickname": user_id,
                "locale": "ja",
                "zone": "Asia/Tokyo",
            }
            row |= {"created_at": 1.0} | rules
            marks = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO users ({', '.join(row)}) VALUES ({marks})"), row)
    engine.dispose()
    engine = open_engine(store_url)
    assert upgrade(engine, VERSIONS)
    with engine.connect() as connection:
        rows = connection.execute(asking_rules.select()).mappings().all()
        assert {row["user_id"] for row in rows} == set(CHANGED)
        as_it_comes = find_profile(connection, "as-it-comes")
        assert as_it_comes is not None
        assert (as_it_comes.window_s, as_it_comes.match_code, as_it_comes.pin_above) == (60, True, None)
        assert (as_it_comes.zone, as_it_comes.presence_shared) == ("Asia/Tokyo", False)
        for kept in rows:
            changed = CHANGED[kept["user_id"]]
            assert {name: kept[name] for name in changed} == changed
        columns = {column["name"] for column in inspect(connection).get_columns("users")}
        assert columns == set(users.columns.keys())
    engine.dispose()


@pytest.mark.parametrize(
    ("versions", "before", "columns"),
    [
        (VERSIONS, "0006", {"asking_rules": "pin_above", "outbox": "token_exp", "audit_links": "batch"}),
        (PAYMENT_VERSIONS, "0001", {"audit_events": "batch", "audit_links": "batch"}),
    ],
)
def test_numbers_of_an_older_store_are_widened(
    store_url: str, versions: Path, before: str, columns: dict[str, str]
) -> None:
    engine = open_engine(store_url)
    upgrade(engine, versions)
    if engine.dialect.name == "postgresql":
        with writing(engine) as connection, connection.begin():
            for table, column in columns.items():
                connection.execute(text(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE integer"))
            connection.execute(text(f"UPDATE alembic_version SET version_num = '{before}'"))
        assert upgrade(engine, versions)
    with engine.connect() as connection:
        for table, column in columns.items():
            assert connection.execute(text(f"SELECT count({column}) FROM {table}")).scalar() == 0
            if engine.dialect.name == "postgresql":
                found = {one["name"]: str(one["type"]) for one in inspect(connection).get_columns(table)}
                assert found[column] == "BIGINT"
    engine.dispose()
