"""The trusted issuer's keys are fetched when they are needed, kept, and not fetched at a stranger's will."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from core.payment.errors import IssuerUnavailable
from core.payment.issuer_keys import FRESH_S, KNOCK_S, IssuerKeys, fetch_keys
from core.roles.serving import Served, ServerThread
from core.wire import payment_token
from core.wire.errors import UnknownKey
from core.wire.keys import PublicKeys, SigningKey
from tests.clock import FakeClock
from tests.payment.world import Issuer, World, listener, problem_of, url_of


def test_the_issuer_may_start_after_the_payment_server(tmp_path: Path, clock: FakeClock) -> None:
    known: list[str] = []
    with World(tmp_path, clock, token_issuer=lambda: known[0] if known else None) as world:
        _, token = world.order()
        refused = world.pay(token)
        assert problem_of(refused) == (503, "issuer_unavailable")
        assert refused.headers["retry-after"]
        known.append(world.issuer.url)
        assert world.pay(token).status_code == 201


def test_an_issuer_that_does_not_answer_is_a_503_and_nothing_changes(
    tmp_path: Path, clock: FakeClock
) -> None:
    with World(tmp_path, clock, token_issuer="http://127.0.0.1:9") as world:
        _, token = world.order()
        assert problem_of(world.pay(token)) == (503, "issuer_unavailable")
        assert world.balances() == {}


def test_keys_are_fetched_once_for_many_payments(world: World) -> None:
    for _ in range(3):
        world.pay(world.order()[1])
    assert world.issuer.asked == ["/.well-known/openid-configuration", "/jwks"]


class _Knocks:
    """Counts fetches and gives whatever keys the test says."""

    def __init__(self, *keys: SigningKey) -> None:
        self.keys, self.count, self.is_down = list(keys), 0, False

    async def __call__(self, _issuer: str) -> PublicKeys:
        self.count += 1
        if self.is_down:
            raise IssuerUnavailable("down")
        return PublicKeys([key.public_jwk() for key in self.keys])


def _token(world_clock: FakeClock, key: SigningKey) -> str:
    now = int(world_clock())
    item = {"id": "milk", "title": "Milk", "quantity": 1, "unit_value": 1}
    names = ("sub", "client_id", "jti", "txn", "quote_id", "details_sha256", "approval_sha256")
    token: dict[str, Any] = dict.fromkeys(names, "x")
    token |= {"iss": "http://issuer", "aud": "us", "iat": now, "nbf": now, "exp": now + 60}
    amount = {"value": 1, "currency": "JPY"}
    token["purchase"] = {
        "quote_sha256": "x",
        "payee": {"id": "a", "name": "a"},
        "items": [item],
        "amount": amount,
    }
    return payment_token.sign(msgspec.convert(token, payment_token.PaymentToken), key)


def _checker(knocks: _Knocks, ticks: FakeClock) -> Callable[[str], None]:
    keys = IssuerKeys(lambda: "http://issuer", fetch=knocks, ticks=ticks)

    def check(compact: str) -> None:
        asyncio.run(keys.verify(compact, audience="us", now=FakeClock()()))

    return check


def test_a_rotated_key_is_found_by_one_more_fetch(clock: FakeClock) -> None:
    old, new = SigningKey.generate(), SigningKey.generate()
    knocks, ticks = _Knocks(old), FakeClock()
    check = _checker(knocks, ticks)
    check(_token(clock, old))
    knocks.keys.append(new)
    ticks.advance(KNOCK_S)
    check(_token(clock, new))
    assert knocks.count == 2


def test_strangers_keys_make_no_more_than_one_fetch_every_few_seconds(clock: FakeClock) -> None:
    known, ticks = SigningKey.generate(), FakeClock()
    knocks = _Knocks(known)
    check = _checker(knocks, ticks)
    for _ in range(20):
        with pytest.raises(UnknownKey):
            check(_token(clock, SigningKey.generate()))
    assert knocks.count == 1
    ticks.advance(KNOCK_S)
    with pytest.raises(UnknownKey):
        check(_token(clock, SigningKey.generate()))
    assert knocks.count == 2


def test_a_strangers_key_keeps_no_payment_waiting_for_a_slow_issuer(clock: FakeClock) -> None:
    async def scenario() -> None:
        key, stranger, asked, answers = SigningKey.generate(), SigningKey.generate(), [], asyncio.Event()

        async def fetch(_issuer: str) -> PublicKeys:
            asked.append(1)
            if len(asked) > 1:
                await answers.wait()
            return PublicKeys([key.public_jwk()])

        ticks = FakeClock(0)
        keys = IssuerKeys(lambda: "http://issuer", fetch=fetch, ticks=ticks)
        await keys.verify(_token(clock, key), audience="us", now=clock())
        ticks.advance(KNOCK_S)
        forged = asyncio.create_task(keys.verify(_token(clock, stranger), audience="us", now=clock()))
        await asyncio.sleep(0)
        assert len(asked) == 2
        async with asyncio.timeout(2):
            await keys.verify(_token(clock, key), audience="us", now=clock())
        answers.set()
        with pytest.raises(UnknownKey):
            await forged

    asyncio.run(scenario())


def test_keys_are_looked_at_again_after_a_while_and_kept_if_nobody_answers(clock: FakeClock) -> None:
    known, ticks = SigningKey.generate(), FakeClock()
    knocks = _Knocks(known)
    check = _checker(knocks, ticks)
    check(_token(clock, known))
    ticks.advance(FRESH_S + 1)
    knocks.is_down = True
    check(_token(clock, known))
    assert knocks.count == 2
    ticks.advance(KNOCK_S)
    knocks.is_down, knocks.keys = False, [SigningKey.generate()]
    with pytest.raises(UnknownKey):
        check(_token(clock, known))


class _OddIssuer(Issuer):
    """Answers its metadata with whatever the test wants."""

    answer: tuple[int, bytes, list[tuple[bytes, bytes]]] = (200, b"", [])

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await super().app(scope, receive, send)
            return
        self.asked.append(scope["path"])
        status, body, headers = self.answer
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


@pytest.mark.parametrize(
    "answer",
    [
        (302, b"", [(b"location", b"/jwks")]),
        (500, b"", []),
        (200, b"no json", []),
        (200, b"[]", []),
        (200, b" " * 70_000, []),
        (200, b'{"issuer": "http://other", "jwks_uri": "OURS/jwks"}', []),
        (200, b'{"issuer": "OURS", "jwks_uri": "ELSEWHERE/jwks"}', []),
        (200, b'{"issuer": "OURS", "jwks_uri": 7}', []),
    ],
)
def test_odd_metadata_is_not_believed(answer: tuple[int, bytes, list[tuple[bytes, bytes]]]) -> None:
    bound = listener()
    issuer = _OddIssuer(url_of(bound))
    status, body, headers = answer
    elsewhere = issuer.url.replace("127.0.0.1", "localhost")
    body = body.replace(b"OURS", issuer.url.encode()).replace(b"ELSEWHERE", elsewhere.encode())
    issuer.answer = (status, body, headers)
    thread = ServerThread([Served(issuer, bound)])
    thread.start()
    try:
        with pytest.raises(IssuerUnavailable):
            asyncio.run(fetch_keys(issuer.url))
    finally:
        thread.stop()
    assert issuer.asked == ["/.well-known/openid-configuration"]
