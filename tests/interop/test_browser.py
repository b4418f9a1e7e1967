"""A real browser (Chromium) walks the code flow: nickname, code on the page, approval, and back."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.interop.browser import Browser, is_there
from tests.server.oauth.elsewhere import Elsewhere
from tests.server.oauth.site import Site, approve, code_of, open_request
from tests.server.orders.world import Person, World
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.xdist_group("interop"),
    pytest.mark.skipif(not is_there(), reason="Chromium and ChromeDriver are missing"),
]
ARRIVED = (200, {"Content-Type": "text/html"}, b"<!doctype html><title>Shop</title><h1>Welcome back</h1>")


class Shop(Elsewhere):
    """The site's own web server: whatever comes back is welcome."""

    def __init__(self) -> None:
        super().__init__()
        self.back = f"{self.url}/back"
        self.default = ARRIVED


@pytest.fixture
def shop() -> Iterator[Shop]:
    with Shop() as made:
        yield made


@pytest.fixture
def site(world: World, shop: Shop) -> Site:
    return Site(world, redirect_uris=[shop.back])


@pytest.fixture
def momo(world: World, site: Site) -> Person:
    person = world.person()
    person.pair(site)
    return person


def begin(site: Site, shop: Shop, browser: Browser, **changes: str | None) -> None:
    """The site sends the browser to `/authorize`."""
    parameters = site.parameters(redirect_uri=shop.back, **changes)
    browser.open(
        str(site.world.http.build_request("GET", f"{site.world.url}/authorize", params=parameters).url)
    )


def arrived(shop: Shop, browser: Browser) -> dict[str, str]:
    """Waits until the browser is back at the site; what it brought."""
    address = wait_until(
        lambda: browser.address if browser.address.startswith(shop.back) else None, what="the way back"
    )
    return dict(parse_qsl(urlsplit(address).query))


def test_a_browser_asks_shows_the_code_and_comes_back_by_itself(
    site: Site, shop: Shop, momo: Person, tmp_path: Path
) -> None:
    with Browser(tmp_path / "profile") as browser:
        begin(site, shop, browser, login_hint=None)
        assert "Corner shop" in browser.text("main")
        browser.type("input[name=login_hint]", "momo")
        browser.press("button")
        wait_until(lambda: "/authorize/" in browser.address, what="the page to wait on")
        assert browser.text("h1") == "Approve on your screen"
        request_id = str(open_request(momo)["id"])
        assert browser.text("#code") == code_of(site.world, request_id)
        assert 0 < int(browser.text("#left")) <= 60
        assert browser.complaints() == []
        approve(momo)
        answer = arrived(shop, browser)
        assert browser.text("h1") == "Welcome back"
    assert answer["iss"] == site.world.url
    redeemed = site.redeem(answer["code"], redirect_uri=shop.back)
    assert redeemed.json()["token_type"] == "Bearer"


def test_a_refusal_brings_the_browser_back_too(site: Site, shop: Shop, momo: Person, tmp_path: Path) -> None:
    with Browser(tmp_path / "profile") as browser:
        begin(site, shop, browser)
        approve(momo, "deny")
        assert arrived(shop, browser)["error"] == "access_denied"


def test_a_browser_that_wants_japanese_gets_it(site: Site, shop: Shop, momo: Person, tmp_path: Path) -> None:
    with Browser(tmp_path / "profile", "ja") as browser:
        begin(site, shop, browser)
        assert browser.text("h1") == "自分の画面で承認してください"
