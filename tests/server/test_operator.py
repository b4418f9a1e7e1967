"""The operator's commands, beside a running server on the same database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.server import contact_import, operator
from core.server.errors import Refused
from core.server.store.access import Store
from tests.clock import FakeClock
from tests.server.world import DOOR, Device, Terminal, World, bearer

METADATA = {
    "client_name": "Till",
    "grant_types": ["urn:openid:params:grant-type:ciba", "client_credentials"],
    "backchannel_token_delivery_mode": "poll",
    "scope": "openid device",
}


@pytest.fixture
def store(world: World) -> Iterator[Store]:
    with operator.opened(world.settings.database_url, now=world.clock) as opened:
        yield opened


def test_a_lost_terminal_is_replaced_by_the_operators_code(world: World, store: Store) -> None:
    world.person()
    code = operator.enrolment_code(store, "momo")
    assert code is not None
    new = Terminal(world)
    new.take(new.enrol(code))
    assert new.send("GET", "/profile").json()["user_id"] == "momo"
    assert operator.enrolment_code(store, "nobody") is None


def test_a_client_of_the_operator_works_is_listed_without_its_secret_and_is_removed(
    world: World, store: Store, clock: FakeClock
) -> None:
    added = operator.add_client(store, METADATA, clock())
    device = Device(world, added["client_id"], added["client_secret"])
    token = device.token()
    listed = operator.registered_clients(store)
    assert [row["client_id"] for row in listed] == [added["client_id"]]
    assert added["client_secret"] not in str(listed)
    assert operator.remove_client(store, added["client_id"])
    assert not operator.remove_client(store, added["client_id"])
    clock.advance(6)
    assert device.post("/token", {"grant_type": "client_credentials"}).status_code == 401
    assert world.http.get("/contacts", headers=bearer(token)).status_code == 401


def test_a_removed_client_is_noticed_also_when_the_clock_was_set_back(
    world: World, store: Store, clock: FakeClock
) -> None:
    added = operator.add_client(store, METADATA, clock())
    device = Device(world, added["client_id"], added["client_secret"])
    device.token()
    clock.move_to(clock() - 3_600)
    assert operator.remove_client(store, added["client_id"])
    assert device.post("/token", {"grant_type": "client_credentials"}).status_code == 401


def test_a_client_that_cannot_be_right_is_refused_with_a_sentence(store: Store) -> None:
    with pytest.raises(Refused, match="backchannel_token_delivery_mode"):
        operator.add_client(store, METADATA | {"backchannel_token_delivery_mode": None}, 0)


def test_an_operators_token_registers_one_client_only(world: World, store: Store) -> None:
    headers = bearer(operator.invite(store))
    assert world.register(headers=headers, scope="openid observe").status_code == 400
    assert world.register(headers=headers).status_code == 201
    assert world.register(headers=headers).status_code == 401
    assert world.register(headers=DOOR).status_code == 201


def test_contacts_are_imported_and_asked_for_by_nickname(world: World, store: Store, tmp_path: Path) -> None:
    world.person()
    world.person("mei", "Mei")
    device = world.device()
    file = tmp_path / "contacts.csv"
    rows = f"{device.client_id},モモ,momo\r\n\r\n{device.client_id},Mei,mei\r\n"
    file.write_text("device,nickname,user_id\r\n" + rows, encoding="utf-8")
    assert contact_import.import_contacts(store, file) == contact_import.Imported(2)
    assert {one["nickname"] for one in device.contacts()["contacts"]} == {"モモ", "Mei"}


def test_an_import_names_every_bad_row_and_keeps_none_of_the_good_ones(
    world: World, store: Store, tmp_path: Path
) -> None:
    momo, _mei, device = world.person(), world.person("mei", "Mei"), world.device()
    other = world.device()
    world.pair(device, momo, "Momo")
    rows = [
        f"{other.client_id},Mei,mei",
        "dev_nowhere,Mei,mei",
        f"{other.client_id},Bob,nobody",
        f"{device.client_id},MOMO,mei",
        f"{device.client_id},Other,momo",
        f"{other.client_id},mei,momo",
        f"{other.client_id},,momo",
        "one cell",
    ]
    file = tmp_path / "contacts.csv"
    file.write_text("device,nickname,user_id\n" + "\n".join(rows), encoding="utf-8")
    result = contact_import.import_contacts(store, file)
    assert result.rows == 0
    assert [row.line for row in result.bad] == [3, 4, 5, 6, 7, 8, 9]
    assert other.contacts() == {"contacts": []}


@pytest.mark.parametrize("content", [b"", b"a,b,c\n", b"device,nickname,user_id\n\xff\xfe\n", b'x"'])
def test_a_file_that_is_no_such_list_is_refused(store: Store, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "contacts.csv"
    file.write_bytes(content)
    result = contact_import.import_contacts(store, file)
    assert result.rows == 0
    assert result.bad
