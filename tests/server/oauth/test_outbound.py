"""What the server fetches from addresses that others name: keys, lists of sectors; and what it never does."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from core.server import key_sets, outbound
from core.server.outbound import MAX_BODY, AddressRefused, CallFailed, Outbound, Reply
from core.wire import jose
from core.wire.keys import SigningKey
from tests.clock import FakeClock
from tests.server.oauth.elsewhere import Dribbling, Elsewhere
from tests.server.oauth.signer import ASSERTION_TYPE, Signer
from tests.server.oauth.site import BACK, Site
from tests.server.orders.world import Person, World


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with Elsewhere() as made:
        yield made


def fetch(url: str, *, allows_private: bool, addresses: dict[str, list[str]] | None = None) -> Reply:
    async def resolve(host: str, _port: int) -> list[str]:
        return (addresses or {}).get(host, [host])

    async def go() -> Reply:
        outbound = Outbound(allows_private=allows_private, resolve=resolve)
        try:
            return await outbound.get(url)
        finally:
            await outbound.aclose()

    return asyncio.run(go())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b:1::1",
    ],
)
def test_a_name_that_leads_to_a_private_address_is_not_called(address: str) -> None:
    with pytest.raises(AddressRefused):
        fetch("https://keys.example/", allows_private=False, addresses={"keys.example": [address]})


def test_one_private_address_among_several_is_enough() -> None:
    addresses = {"keys.example": ["8.8.8.8", "127.0.0.1"]}
    with pytest.raises(AddressRefused):
        fetch("https://keys.example/", allows_private=False, addresses=addresses)


@pytest.mark.parametrize(
    "url",
    ["http://8.8.8.8/", "ftp://8.8.8.8/", "file:///etc/passwd", "https://u:p@8.8.8.8/", "https:///x", "x"],
)
def test_only_https_without_a_user_is_called(url: str) -> None:
    with pytest.raises(AddressRefused):
        fetch(url, allows_private=False)


def test_the_address_that_was_judged_is_connected_to_under_the_name(elsewhere: Elsewhere) -> None:
    elsewhere.pages["/a"] = {"ok": True}
    url = f"http://keys.example:{elsewhere.port}/a"
    reply = fetch(url, allows_private=True, addresses={"keys.example": ["127.0.0.1"]})
    assert reply.status == 200
    assert elsewhere.seen == [("/a", f"keys.example:{elsewhere.port}")]


def test_a_redirect_is_not_followed(elsewhere: Elsewhere) -> None:
    elsewhere.pages["/a"] = (302, {"Location": "/b"}, b"")
    assert fetch(f"{elsewhere.url}/a", allows_private=True).status == 302
    assert [path for path, _ in elsewhere.seen] == ["/a"]


def test_a_long_answer_is_not_read(elsewhere: Elsewhere) -> None:
    elsewhere.pages["/a"] = (200, {}, b"x" * (MAX_BODY + 1))
    with pytest.raises(CallFailed):
        fetch(f"{elsewhere.url}/a", allows_private=True)


def test_no_proxy_of_the_environment_is_used(elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere.pages["/a"] = {"ok": True}
    with Elsewhere() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert fetch(f"{elsewhere.url}/a", allows_private=True).status == 200
    assert proxy.seen == []


def test_an_answer_that_dribbles_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "TIMEOUT_S", 0.4)
    with Dribbling() as slow, pytest.raises(CallFailed, match="too long"):
        fetch(slow.url, allows_private=True)


def test_nobody_there_is_a_failed_call() -> None:
    with pytest.raises(CallFailed):
        fetch("http://127.0.0.1:1/", allows_private=True)


def by_uri(world: World, elsewhere: Elsewhere, key: SigningKey, **more: Any) -> Signer:
    elsewhere.pages["/jwks"] = {"keys": [key.public_jwk()]}
    metadata = {"jwks": None, "jwks_uri": f"{elsewhere.url}/jwks"} | more
    return Signer(world, key, **metadata)


FORM = {"grant_type": "client_credentials", "scope": "device"}


def test_a_client_may_keep_its_keys_at_an_address(world: World, elsewhere: Elsewhere) -> None:
    client = by_uri(world, elsewhere, SigningKey.generate())
    assert client.post("/token", FORM).status_code == 200
    assert client.post("/token", FORM).status_code == 200
    assert len(elsewhere.seen) == 1


def test_a_rotated_key_is_fetched_and_forgers_cannot_make_the_server_hammer(
    world: World, elsewhere: Elsewhere
) -> None:
    client = by_uri(world, elsewhere, SigningKey.generate())
    assert client.post("/token", FORM).status_code == 200
    world.fake.advance(6)
    client.key = SigningKey.generate()
    elsewhere.pages["/jwks"] = {"keys": [client.key.public_jwk(), {"kty": "oct", "k": "x"}]}
    assert client.post("/token", FORM).status_code == 200
    client.key = SigningKey.generate()
    for _ in range(5):
        assert client.post("/token", FORM).status_code == 401
    assert len(elsewhere.seen) == 2


@pytest.mark.parametrize(
    "page", [(404, {}, b""), (200, {}, b"{"), (200, {}, b"[]"), (302, {"Location": "/other"}, b"")]
)
def test_keys_that_cannot_be_had_are_a_failed_authentication(
    world: World, elsewhere: Elsewhere, page: Any
) -> None:
    client = by_uri(world, elsewhere, SigningKey.generate())
    elsewhere.pages["/jwks"] = page
    assert client.post("/token", FORM).status_code == 401


def forged(client: Signer) -> int:
    """A stranger signs in the client's name, by a key that is not among its own."""
    compact = client.sign(by=SigningKey.generate(), sub=client.client_id)
    form = FORM | {"client_assertion_type": ASSERTION_TYPE, "client_assertion": compact}
    return client.world.http.post(f"{client.world.url}/token", data=form).status_code


def test_keys_that_cannot_be_had_again_leave_the_ones_before(world: World, elsewhere: Elsewhere) -> None:
    client = by_uri(world, elsewhere, SigningKey.generate())
    assert client.post("/token", FORM).status_code == 200
    elsewhere.pages["/jwks"] = (503, {}, b"")
    world.fake.advance(key_sets.REFETCH_S + 1)
    assert forged(client) == 401
    assert client.post("/token", FORM).status_code == 200
    world.fake.advance(key_sets.STALE_S)
    assert client.post("/token", FORM).status_code == 401


def test_keys_that_could_not_be_had_are_looked_for_again_soon(world: World, elsewhere: Elsewhere) -> None:
    client = by_uri(world, elsewhere, SigningKey.generate())
    keys, elsewhere.pages["/jwks"] = elsewhere.pages["/jwks"], (503, {}, b"")
    assert client.post("/token", FORM).status_code == 401
    elsewhere.pages["/jwks"] = keys
    assert client.post("/token", FORM).status_code == 401
    world.fake.advance(key_sets.REFETCH_S + 1)
    assert client.post("/token", FORM).status_code == 200


def test_a_forger_keeps_the_client_waiting_for_nothing(world: World, elsewhere: Elsewhere) -> None:
    client = by_uri(world, elsewhere, SigningKey.generate())
    assert client.post("/token", FORM).status_code == 200
    world.fake.advance(key_sets.REFETCH_S + 1)
    keys, is_asked, goes_on = elsewhere.pages["/jwks"], Event(), Event()

    def hangs() -> Any:
        is_asked.set()
        assert goes_on.wait(4)
        return keys

    elsewhere.pages["/jwks"] = hangs
    with ThreadPoolExecutor() as pool:
        stranger = pool.submit(forged, client)
        assert is_asked.wait(4)
        assert client.post("/token", FORM).status_code == 200
        assert not stranger.done()
        goes_on.set()
        assert stranger.result() == 401


def test_a_private_address_of_keys_is_not_called_unless_the_operator_allows_it(
    tmp_path: Path, clock: FakeClock, elsewhere: Elsewhere
) -> None:
    with World(tmp_path, clock) as world:
        object.__setattr__(world.server.services.settings, "allows_private_addresses", False)
        with pytest.raises(AssertionError, match="https"):
            by_uri(world, elsewhere, SigningKey.generate())
        client = Signer(world, jwks=None, jwks_uri=f"https://127.0.0.1:{elsewhere.port}/jwks")
        assert client.post("/token", FORM).status_code == 401
    assert elsewhere.seen == []


def subject(client: Signer, person: Person) -> str:
    asked = client.request().json()
    person.decide(asked["auth_req_id"], code=asked["match_code"])
    tokens = client.poll(asked["auth_req_id"]).json()
    claims: dict[str, str] = jose.unsafe_read_payload(tokens["id_token"], dict)
    return claims["sub"]


def test_clients_of_one_sector_know_a_person_by_one_subject(world: World, elsewhere: Elsewhere) -> None:
    elsewhere.pages["/sector"] = [f"{elsewhere.url}/jwks", BACK]
    sector = {"sector_identifier_uri": f"{elsewhere.url}/sector"}
    person, key = world.person(), SigningKey.generate()
    clients = [by_uri(world, elsewhere, key, **sector) for _ in range(2)]
    clients.append(Signer(world, key))
    for client in clients:
        person.pair(client)
    first, second, outside = (subject(client, person) for client in clients)
    assert first == second != outside


def test_a_host_is_one_sector_whatever_the_port(world: World, elsewhere: Elsewhere) -> None:
    person = world.person()
    with Elsewhere() as next_door:
        clients = [by_uri(world, one, SigningKey.generate()) for one in (elsewhere, next_door)]
        for client in clients:
            person.pair(client)
        assert len({subject(client, person) for client in clients}) == 1


def test_a_sector_that_does_not_name_the_client_is_refused(world: World, elsewhere: Elsewhere) -> None:
    elsewhere.pages["/sector"] = ["https://somebody.example/jwks"]
    uri = f"{elsewhere.url}/sector"
    with pytest.raises(AssertionError, match="sector_identifier_uri"):
        by_uri(world, elsewhere, SigningKey.generate(), sector_identifier_uri=uri)


def test_a_sector_is_shared_only_by_who_proves_a_key_of_it(world: World, elsewhere: Elsewhere) -> None:
    elsewhere.pages["/sector"] = [BACK]
    uri = f"{elsewhere.url}/sector"
    with pytest.raises(AssertionError, match="private_key_jwt"):
        Site(world, sector_identifier_uri=uri, backchannel_token_delivery_mode="poll")
    only_in_browsers = {"grant_types": ["authorization_code"], "backchannel_token_delivery_mode": None}
    assert Site(world, sector_identifier_uri=uri, **only_in_browsers).client_id


def test_who_may_not_register_has_nothing_fetched(world: World, elsewhere: Elsewhere) -> None:
    body = {
        "grant_types": ["authorization_code"],
        "redirect_uris": [BACK],
        "sector_identifier_uri": f"{elsewhere.url}/sector",
    }
    headers = {"authorization": "Bearer nonsense"}
    answer = world.http.post(f"{world.url}/register", json=body, headers=headers)
    assert answer.status_code == 401
    assert elsewhere.seen == []
