"""Browsers that nobody has authenticated: one stranger does not use up a site's rate, many are bounded."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from core.domain.limits import Rate, neighbourhood
from core.server.limits import Limits
from tests.server.oauth.site import Site, way_back
from tests.server.orders.world import World

Visit = Callable[[str], httpx.Response]
RATE = Limits().per_device or Rate(0, 0)


@pytest.fixture
def site(orders: World) -> Site:
    site = Site(orders)
    orders.person().pair(site)
    return site


@pytest.fixture
def visit(site: Site) -> Iterator[Visit]:
    """Looks for somebody at the site, from an address of this machine."""
    clients: dict[str, httpx.Client] = {}

    def at(address: str) -> httpx.Response:
        if address not in clients:
            transport = httpx.HTTPTransport(local_address=address)
            clients[address] = httpx.Client(transport=transport, base_url=site.world.url, timeout=20)
        return clients[address].get("/authorize", params=site.parameters(login_hint="Nobody"))

    yield at
    for client in clients.values():
        client.close()


def is_refused(answer: httpx.Response) -> bool:
    return answer.status_code == 303 and way_back(answer)["error"] == "temporarily_unavailable"


def test_a_stranger_who_asks_without_end_keeps_no_visitor_out(site: Site, visit: Visit) -> None:
    for _ in range(RATE.count):
        assert visit("127.0.0.2").status_code == 200
    assert is_refused(visit("127.0.0.2"))
    assert site.visit().headers["location"].startswith(f"{site.world.url}/authorize/")
    site.world.fake.advance(RATE.period_s + 1)
    assert visit("127.0.0.2").status_code == 200


def test_strangers_with_many_addresses_look_for_names_only_so_often(visit: Visit) -> None:
    for neighbour in range(10):
        for _ in range(RATE.count):
            assert visit(f"127.0.1.{neighbour + 1}").status_code == 200
    assert is_refused(visit("127.0.2.1"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("fe80::1%a", "fe80::2%b"),
    ],
)
def test_addresses_of_one_subscriber_count_as_one(one: str, other: str) -> None:
    assert neighbourhood(one) == neighbourhood(other)


def test_other_addresses_count_apart() -> None:
    assert (
        len({neighbourhood(one) for one in ("10.0.0.1", "10.0.0.2", "2001:db8::1", "2001:db8:0:1::1", "")})
        == 5
    )
