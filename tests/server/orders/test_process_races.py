"""The same thing in the same moment at two processes on one PostgreSQL: one is first, neither is a 500."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import select

from core.database import migrations
from core.database.engine import open_engine
from core.database.writer import Unit
from core.domain.nickname import nickname_key
from core.server import code_grant, refresh_grant, wiring
from core.server.access_tokens import hashed
from core.server.admission import Accepted, Asked, admit
from core.server.client_auth import ClientProof
from core.server.clients import DEVICE_CODE, finder
from core.server.codes import plain
from core.server.errors import Refused
from core.server.issuing import Issued
from core.server.limits import Limits
from core.server.store import browsers, clients, contacts, grants, locks
from core.server.store.tables import code_locks, server_settings, signing_keys
from core.wire.details import Authentication
from tests.clock import FakeClock
from tests.server.oauth.site import Site
from tests.server.orders.meanwhile import meanwhile
from tests.server.orders.test_parting import part
from tests.server.orders.world import Device, World, error_of
from tests.waiting import wait_until

NAMES = {"nickname": "Momo", "device_name": "Radio", "place": None, "spoken_as": None}


class Two(NamedTuple):
    one: World
    other: World
    url: str

    def code(self, device: Device) -> str:
        """A pairing code of this device."""
        return str(device.post("/device_authorization", {"scope": "device"}).json()["user_code"])


@pytest.fixture
def two(tmp_path: Path, postgres_url: str) -> Iterator[Two]:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    clock = FakeClock()
    with (
        World(tmp_path / "one", clock, database_url=postgres_url) as one,
        World(tmp_path / "other", clock, database_url=postgres_url) as other,
    ):
        yield Two(one, other, postgres_url)


def pairs(device: Device, user_id: str) -> Callable[[Unit], None]:
    """The guard of a consent at the first process."""

    def begun(unit: Unit) -> None:
        contacts.hold_names(unit, device.client_id)
        contacts.pair(unit, user_id, device.client_id, dict(NAMES))

    return begun


def test_two_people_do_not_get_one_nickname_at_a_device(two: Two) -> None:
    two.one.person("mei", "Mei")
    momo, device = two.other.person(), two.other.device()
    path = f"/pairings/{two.code(device)}"
    body = {"nickname": "Momo", "device_name": "Kitchen"}
    answer = meanwhile(two.url, 1.0, pairs(device, "mei"), lambda: momo.call("POST", path, json=body))
    assert error_of(answer) == (409, "nickname_taken")


def test_a_person_who_pairs_a_device_twice_is_paired_once(two: Two) -> None:
    momo, device = two.other.person(), two.other.device()
    path = f"/pairings/{two.code(device)}"
    body = {"nickname": "Momo", "device_name": "Kitchen"}
    answer = meanwhile(two.url, 1.0, pairs(device, "momo"), lambda: momo.call("POST", path, json=body))
    assert (answer.status_code, answer.json()["name"]) == (201, "Kitchen")


def test_a_new_nickname_that_somebody_else_just_got_is_taken(two: Two) -> None:
    two.one.person("mei", "Mei")
    momo, device = two.other.person(), two.other.device()
    momo.pair(device, "Momoko")
    path = f"/devices/{device.client_id}"
    answer = meanwhile(
        two.url, 1.0, pairs(device, "mei"), lambda: momo.call("PATCH", path, json={"nickname": "Momo"})
    )
    assert error_of(answer) == (409, "nickname_taken")


def test_wrong_codes_at_two_processes_are_counted_together(two: Two) -> None:
    momo = two.other.person()
    momo.log_in()
    now = two.one.clock()
    for _ in range(2):
        answer = meanwhile(
            two.url,
            now,
            lambda unit: locks.count_wrong(unit, "pair:momo"),
            lambda: momo.call("GET", "/pairings/WRNG-CODE"),
        )
        assert error_of(answer) == (404, "unknown_code")
    reader = two.one.server.services.store.reader
    assert reader.read(lambda db: db.execute(select(code_locks.c.wrong)).scalar()) == 4
    assert error_of(momo.call("GET", "/pairings/WRNG-CODE")) == (404, "unknown_code")
    assert error_of(momo.call("GET", "/pairings/WRNG-CODE")) == (429, "locked")


def test_a_code_that_comes_to_both_ends_what_the_first_one_brought(two: Two) -> None:
    momo, site = two.other.person(), Site(two.other)
    momo.pair(site)
    code = site.code(momo)
    services = two.one.server.services
    client = services.store.reader.read(finder(site.client_id))
    assert client is not None
    brought: list[str] = []

    def begun(unit: Unit) -> None:
        browser = browsers.by_code(unit.connection, hashed(code))
        assert browser is not None
        redeemed = code_grant._redeem(services, unit, ClientProof(client), browser)
        assert not isinstance(redeemed, Refused)
        brought.append(redeemed[2].access_token)

    answer = meanwhile(two.url, two.one.clock(), begun, lambda: site.redeem(code))
    assert error_of(answer) == (400, "invalid_grant")
    wait_until(lambda: not site.introspect(brought[0])["active"], what="a revoked token")


def test_two_that_start_at_once_on_an_empty_database_share_secret_and_key(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    migrations.upgrade(engine, wiring.VERSIONS)
    engine.dispose()

    def starts() -> tuple[int, int]:
        store = wiring.open_store(postgres_url, now=lambda: 2.0)
        try:
            keys = store.reader.read(lambda db: db.execute(signing_keys.select()).all())
            settings = store.reader.read(lambda db: db.execute(server_settings.select()).all())
            return len(keys), len(settings)
        finally:
            store.writer.stop(5)
            store.reader.close()
            store.engine.dispose()

    assert meanwhile(postgres_url, 1.0, wiring._ensure_secrets, starts) == (1, 1)


def test_a_wrong_code_that_comes_while_another_process_locks_leaves_the_lock(two: Two) -> None:
    momo = two.other.person()
    momo.log_in()
    now = two.one.clock()

    def locks_it(unit: Unit) -> None:
        for _ in range(locks.WRONG_ALLOWED):
            locks.count_wrong(unit, "pair:momo")

    meanwhile(two.url, now, locks_it, lambda: momo.call("GET", "/pairings/WRNG-CODE"))
    assert error_of(momo.call("GET", "/pairings/WRNG-CODE")) == (429, "locked")


def test_a_sixth_code_is_not_judged_beside_the_fifth(two: Two) -> None:
    momo, device = two.other.person(), two.other.device()
    momo.log_in()
    for _ in range(locks.WRONG_ALLOWED - 1):
        assert error_of(momo.call("GET", "/pairings/WRNG-CODE")) == (404, "unknown_code")
    right = two.code(device)

    def fifth(unit: Unit) -> None:
        assert not locks.locked_for_s(unit, "pair:momo")
        locks.count_wrong(unit, "pair:momo")

    answer = meanwhile(two.url, two.one.clock(), fifth, lambda: momo.call("GET", f"/pairings/{right}"))
    assert error_of(answer) == (429, "locked")


def test_a_device_code_that_comes_to_both_is_redeemed_once(two: Two) -> None:
    momo, device = two.other.person(), two.other.device()
    started = device.post("/device_authorization", {"scope": "device"}).json()
    body = {"nickname": "Momo", "device_name": "Kitchen"}
    assert momo.call("POST", f"/pairings/{started['user_code']}", json=body).status_code == 201
    form = {"grant_type": DEVICE_CODE, "device_code": started["device_code"]}

    def begun(unit: Unit) -> None:
        assert grants.redeem(unit, hashed(started["device_code"]), device.client_id)[0] == "redeemed"

    answer = meanwhile(two.url, two.one.clock(), begun, lambda: device.post("/token", form))
    assert error_of(answer) == (400, "invalid_grant")


def test_a_pairing_code_that_two_people_type_at_once_pairs_one_of_them(two: Two) -> None:
    two.one.person("mei", "Mei")
    momo, device = two.other.person(), two.other.device()
    code = two.code(device)

    def begun(unit: Unit) -> None:
        contacts.hold_names(unit, device.client_id)
        contacts.pair(unit, "mei", device.client_id, NAMES | {"nickname": "Mei"})
        assert grants.decide(unit, plain(code), "approved", "mei")

    body = {"nickname": "Momo", "device_name": "Kitchen"}
    answer = meanwhile(
        two.url, two.one.clock(), begun, lambda: momo.call("POST", f"/pairings/{code}", json=body)
    )
    assert error_of(answer) == (404, "unknown_code")
    assert momo.call("GET", "/devices").json()["devices"] == []


@pytest.mark.parametrize("how", ["revoke", "unpair", "block"])
def test_what_a_renewal_brings_at_one_process_ends_with_its_grant_at_another(two: Two, how: str) -> None:
    momo, site = two.other.person(), Site(two.other)
    momo.pair(site)
    tokens = site.redeem(site.code(momo, scope="openid offline_access")).json()
    services = two.one.server.services
    client = services.store.reader.read(finder(site.client_id))
    assert client is not None
    proof, brought = ClientProof(client), list[Issued]()

    def begun(unit: Unit) -> None:
        outcome = refresh_grant._renewed(services, unit, proof, hashed(tokens["refresh_token"]), None)
        assert not isinstance(outcome, Refused)
        brought.append(outcome[0])

    def ends() -> None:
        if how == "revoke":
            assert site.post("/revoke", {"token": tokens["refresh_token"]}).status_code == 200
        else:
            part(momo, site, how)

    meanwhile(two.url, two.one.clock(), begun, ends)
    (issued,) = brought
    assert issued.refresh_token is not None
    assert site.introspect(issued.refresh_token) == {"active": False}
    assert site.introspect(issued.access_token) == {"active": False}


@pytest.mark.parametrize("how", ["unpair", "block", "remove"])
def test_what_is_asked_at_one_process_while_the_two_part_at_another_is_ended(two: Two, how: str) -> None:
    momo, device = two.other.paired()
    momo.log_in()
    scope = Authentication(("openid",), None)
    asked = Asked(
        client_id=device.client_id,
        kind="ai_device",
        nickname_key=nickname_key("Momo"),
        scope="openid",
        window_s=None,
        takes_code=False,
        authentication=scope,
    )

    def begun(unit: Unit) -> None:
        assert isinstance(admit(unit, asked, Limits()), Accepted)

    def ends() -> None:
        if how == "remove":
            writer = two.other.server.services.store.writer
            assert writer.submit_blocking(lambda unit: clients.remove(unit, device.client_id))
        else:
            part(momo, device, how)

    meanwhile(two.url, two.one.clock(), begun, ends)
    (view,) = momo.call("GET", "/requests").json()["requests"]
    assert view["state"] == ("withdrawn" if how == "remove" else "denied")
