"""A person who deletes their data: what goes, what stays, and what nobody can do with it afterwards."""

from typing import Any

import httpx
import pytest
from sqlalchemy import Table, select

from core.database import audit
from core.server.store import all_tables, erasure
from core.server.store.person_tables import gone_users
from core.server.store.request_tables import requests
from core.server.sweep import let_go
from core.wire import deletion
from core.wire.deletion import Deletion
from core.wire.keys import SigningKey
from tests.server.orders.one_commit import in_one_commit
from tests.server.orders.parties import SECRET
from tests.server.orders.stores import BOTH
from tests.server.orders.world import Device, Person, World, error_of
from tests.server.pictures import PICTURE
from tests.waiting import wait_until


def signed(momo: Person, key: SigningKey | None = None, **changes: Any) -> dict[str, str]:
    """The body of a deletion, as this person's terminal makes it."""
    claims: dict[str, Any] = {
        "iss": momo.terminal_id,
        "sub": momo.user_id,
        "aud": momo.world.url,
        "iat": int(momo.world.clock()),
    }
    return {"deletion": deletion.sign(Deletion(**(claims | changes)), key or momo.key)}


def delete(momo: Person, body: dict[str, str] | None = None) -> httpx.Response:
    return momo.call("POST", "/profile/deletion", json=body or signed(momo))


def token_of(speaker: Device) -> dict[str, str]:
    """The header of the device's own access token."""
    answer = speaker.post("/token", {"grant_type": "client_credentials", "scope": "device"})
    return {"authorization": f"Bearer {answer.json()['access_token']}"}


def raw(momo: Person, token: str, path: str = "/profile") -> int:
    header = {"authorization": f"Bearer {token}"}
    return momo.world.http.get(momo.world.url + path, headers=header).status_code


def rows_naming(world: World, *words: str) -> list[str]:
    """The tables in which any of the words is written anywhere."""

    def look(table: Table) -> bool:
        store = world.server.services.store
        rows = store.reader.read(lambda connection: connection.execute(select(table)).all())
        return any(word in repr(tuple(row)) for row in rows for word in words)

    return [table.name for table in all_tables.metadata.sorted_tables if look(table)]


def settle(world: World, momo: Person, told: dict[str, Any]) -> None:
    momo.decide(told["auth_req_id"], code=told["match_code"])
    wait_until(lambda: momo.state(told["auth_req_id"]) == "paid", what="the payment")


@BOTH
def test_nothing_that_names_a_deleted_person_is_left_in_any_table(world: World) -> None:
    momo, speaker = world.person("momo", "Momo the cat"), world.device()
    momo.pair(speaker)
    settle(world, momo, speaker.order("Momo the cat"))
    speaker.order("Momo the cat")
    momo.call("PATCH", "/profile", json={"display_name": "Momoko Tanaka", "user_code": "4711-x"})
    momo.call("POST", "/enrolment-codes")
    assert momo.call("PUT", "/profile/picture", json={"picture": PICTURE}).status_code == 200
    momo.call("GET", "/pairings/WRNG-CODE")
    assert rows_naming(world, "IHDR") == ["pictures"]
    assert {"users", "requests", "contacts", "terminals", "code_locks"} <= set(rows_naming(world, "momo"))
    assert delete(momo).status_code == 204
    assert rows_naming(world, "momo", "Momo", "Tanaka", momo.key.kid, "milk", "Milk", "IHDR") == []


@BOTH
def test_a_deleted_person_s_terminals_tokens_and_pairings_end_at_once(world: World) -> None:
    momo, speaker = world.paired()
    token = momo.log_in()
    assert raw(momo, token) == 200
    assert delete(momo).status_code == 204
    assert raw(momo, token) == 401
    assert error_of(speaker.ask()) == (400, "unknown_user_id")
    contacts = world.http.get(world.url + "/contacts", headers=token_of(speaker))
    assert contacts.json() == {"contacts": []}


@BOTH
def test_what_was_still_open_ends_as_a_refusal_and_pays_nothing(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    assert delete(momo).status_code == 204
    assert error_of(speaker.poll(told["auth_req_id"])) == (400, "access_denied")
    assert speaker.outcome(told["auth_req_id"])["state"] == "denied"
    assert world.earned() == 0


def test_how_a_paid_order_ended_can_still_be_asked_but_no_token_of_it_is_given(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    settle(world, momo, told)
    assert delete(momo).status_code == 204
    assert error_of(speaker.poll(told["auth_req_id"])) == (400, "invalid_grant")
    assert speaker.outcome(told["auth_req_id"])["outcome"]["status"] == "paid"
    world.fake.advance(3_700)
    world.server.services.store.writer.submit_blocking(let_go)
    assert rows_naming(world, told["auth_req_id"]) == ["audit_events"]


@BOTH
def test_the_ledger_and_the_audit_chain_stay_whole(world: World) -> None:
    momo, speaker = world.paired()
    settle(world, momo, speaker.order())
    before = world.earned()
    assert delete(momo).status_code == 204
    assert world.earned() == before > 0
    store = world.server.services.store
    assert store.reader.read(audit.verify) is None
    kinds = [one.kind for one in store.reader.read(lambda db: audit.events_after(db, 0, 500))]
    assert kinds.count("deletion") == 1


@BOTH
def test_a_payment_under_way_is_waited_for_and_nothing_is_deleted(world: World) -> None:
    momo, speaker = world.paired()
    world.gate.mode = "down"
    told = speaker.order()
    momo.decide(told["auth_req_id"], code=told["match_code"])
    assert error_of(delete(momo)) == (409, "payment_under_way")
    assert momo.call("GET", "/profile").status_code == 200
    world.gate.mode = "open"
    speaker.settled(told["auth_req_id"])
    assert delete(momo).status_code == 204


@BOTH
def test_a_deleted_user_id_is_never_given_out_again(world: World) -> None:
    """The next owner would inherit the pairwise subjects, and with them the wallet."""
    momo = world.person()
    assert delete(momo).status_code == 204
    with pytest.raises(AssertionError, match="user_id_taken"):
        world.person()
    assert rows_naming(world, "momo") == []
    store = world.server.services.store
    kept = store.reader.read(lambda db: db.execute(select(gone_users.c.pseudonym)).scalars().all())
    assert len(kept) == 1


def test_an_order_in_the_very_commit_of_the_deletion_leaves_nothing_behind(world: World) -> None:
    """Its row is appended at the commit's end, where the deletion cannot see it yet."""
    momo, speaker = world.paired()
    momo.log_in()
    quote = world.quote()
    asked, left = in_one_commit(world, lambda: speaker.ask(quote=quote), lambda: delete(momo))
    assert (asked.status_code, left.status_code) == (200, 204)
    assert speaker.outcome(asked.json()["auth_req_id"])["state"] == "denied"
    assert rows_naming(world, "momo", "Momo", "milk", "Milk") == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sub": "mei"}, "bad_claim"),
        ({"iss": "term_other"}, "bad_claim"),
        ({"aud": "http://elsewhere"}, "bad_claim"),
        ({"iat": 1}, "bad_claim"),
        ({"key": SigningKey.generate()}, "unknown_key"),
    ],
)
def test_a_word_for_somebody_else_deletes_nobody(world: World, changes: dict[str, Any], code: str) -> None:
    momo = world.person()
    assert error_of(delete(momo, signed(momo, **changes))) == (400, code)
    assert momo.call("GET", "/profile").status_code == 200


def test_where_a_pin_is_set_a_click_deletes_nothing(world: World) -> None:
    momo = world.person(pin=True)
    assert error_of(delete(momo)) == (400, "pin_needed")
    assert momo.call("GET", "/profile").status_code == 200
    assert delete(momo, signed(momo, momo.pin_key)).status_code == 204


def test_another_terminal_without_the_pin_deletes_nothing_either(world: World) -> None:
    momo = world.person(pin=True)
    code = momo.call("POST", "/enrolment-codes").json()["code"]
    other = momo.further(code)
    assert error_of(delete(other)) == (400, "pin_needed")
    assert momo.call("DELETE", f"/terminals/{other.terminal_id}").status_code == 204
    assert delete(momo, signed(momo, momo.pin_key)).status_code == 204


def test_a_device_cannot_delete_its_person(world: World) -> None:
    momo, speaker = world.paired()
    url, body = f"{world.url}/profile/deletion", signed(momo)
    secret = {"authorization": f"Bearer {SECRET}"}
    assert world.http.post(url, json=body, headers=token_of(speaker)).status_code == 403
    assert world.http.post(url, json=body, headers=secret).status_code == 401
    assert momo.call("GET", "/profile").status_code == 200


def test_another_person_of_the_same_device_is_left_alone(world: World) -> None:
    momo, speaker = world.paired()
    taro = world.person("taro", "Taro")
    taro.pair(speaker)
    told = speaker.order("Taro")
    assert delete(momo).status_code == 204
    assert taro.state(told["auth_req_id"]) == "pending"
    store = world.server.services.store
    owners = store.reader.read(lambda db: db.execute(select(requests.c.user_id)).scalars().all())
    assert erasure.NOBODY not in owners
