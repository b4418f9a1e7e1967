"""What the user-management server takes from the payment server, and what it does not."""

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import pytest

from core.server.payment_server import Known, PaymentServer, Unreachable
from tests.server.oauth.elsewhere import Elsewhere

DISCOVERY = "/.well-known/nod-payment"


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with Elsewhere() as made:
        yield made


def known(elsewhere: Elsewhere) -> Known:
    """Asks for its description, as at the first order."""

    async def ask() -> Known:
        server = PaymentServer(lambda: elsewhere.url, time.time)
        try:
            return await server.known()
        finally:
            await server.aclose()

    return asyncio.run(ask())


def description(base: str, **changes: str) -> dict[str, str]:
    return {"issuer": base, "jwks_uri": f"{base}/jwks", "payments": f"{base}/payments"} | changes


def test_it_is_known_by_its_own_description(elsewhere: Elsewhere) -> None:
    elsewhere.pages[DISCOVERY] = description(elsewhere.url)
    assert known(elsewhere).payments == f"{elsewhere.url}/payments"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(elsewhere: Elsewhere, status: int) -> None:
    elsewhere.pages[DISCOVERY] = (status, {"Location": "/other"}, b"")
    elsewhere.pages["/other"] = description(elsewhere.url)
    with pytest.raises(Unreachable):
        known(elsewhere)
    assert [path for path, _ in elsewhere.seen] == [DISCOVERY]


def test_a_long_answer_is_not_read(elsewhere: Elsewhere) -> None:
    elsewhere.pages[DISCOVERY] = description(elsewhere.url, note="x" * 300_000)
    with pytest.raises(Unreachable):
        known(elsewhere)


@pytest.mark.parametrize("member", ["jwks_uri", "payments"])
def test_a_description_that_points_elsewhere_is_refused(elsewhere: Elsewhere, member: str) -> None:
    elsewhere.pages[DISCOVERY] = description(elsewhere.url, **{member: "https://elsewhere.example/x"})
    with pytest.raises(Unreachable):
        known(elsewhere)


@pytest.mark.parametrize("page", [(500, {}, b""), (200, {}, b"{"), (200, {}, b"[]")])
def test_an_answer_that_is_none_is_a_server_out_of_reach(elsewhere: Elsewhere, page: Any) -> None:
    elsewhere.pages[DISCOVERY] = page
    with pytest.raises(Unreachable):
        known(elsewhere)
