"""A payment token that is not exactly what was quoted and signed is refused, and nothing changes."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest

from core.domain.money import Money
from core.domain.purchase import Item, Payee
from core.wire import jose, payment_token
from core.wire.canonical import b64u, canonical, sha256
from core.wire.keys import SigningKey
from core.wire.payment_token import TYP, PaymentToken
from tests.clock import FakeClock
from tests.payment.world import World, problem_of

replace = msgspec.structs.replace
Change = Callable[[PaymentToken], PaymentToken]


def _purchase(**changes: Any) -> Change:
    return lambda token: replace(token, purchase=replace(token.purchase, **changes))


def _claim(**changes: Any) -> Change:
    return lambda token: replace(token, **changes)


def _two_cartons_for_one(token: PaymentToken) -> PaymentToken:
    items = (Item("milk", "Milk", 2, 124),)
    return replace(token, purchase=replace(token.purchase, items=items))


ALTERED: dict[str, Change] = {
    "the amount": _purchase(amount=Money(1, "JPY")),
    "amount and price": _purchase(items=(Item("milk", "Milk", 1, 1),), amount=Money(1, "JPY")),
    "the currency": _purchase(amount=Money(248, "KRW")),
    "the payee": _purchase(payee=Payee("mallory", "Nod Corner Shop")),
    "the payee's name": _purchase(payee=Payee("nod-shop", "Mallory")),
    "the item": _purchase(items=(Item("bread", "Milk", 1, 248),)),
    "the item's title": _purchase(items=(Item("milk", "Bread", 1, 248),)),
    "the quantity": _two_cartons_for_one,
    "the quote's hash": _purchase(quote_sha256=sha256("another")),
    "the quote's id": _claim(quote_id="quo_unknown"),
    "the audience": _claim(aud="http://127.0.0.1:1"),
    "the issuer": _claim(iss="http://127.0.0.1:1"),
    "a long life": lambda token: replace(token, exp=token.iat + 121),
    "a life in the future": lambda token: replace(
        token, iat=token.iat + 99, nbf=token.nbf + 99, exp=token.exp + 99
    ),
    "a name with control characters": _claim(sub="momo\x00\n"),
    "an endless name": _claim(txn="r" * 256),
}


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A server that takes every forgery and must not move a yen."""
    with World(tmp_path_factory.mktemp("payment")) as made:
        yield made


@pytest.mark.parametrize("what", ALTERED)
def test_a_signed_token_that_differs_from_the_quote_is_refused(untouched: World, what: str) -> None:
    token = ALTERED[what](untouched.claims(untouched.quote()))
    answer = untouched.pay(payment_token.sign(token, untouched.issuer.key))
    assert problem_of(answer) == (400, "bad_token")
    assert untouched.balances() == {}


def _signed_by_a_stranger(token: PaymentToken, _key: SigningKey) -> str:
    return payment_token.sign(token, SigningKey.generate())


def _with_another_payload(token: PaymentToken, key: SigningKey) -> str:
    header, _, signature = payment_token.sign(token, key).split(".")
    return f"{header}.{b64u(canonical(replace(token, sub='mallory')))}.{signature}"


def _without_algorithm(token: PaymentToken, key: SigningKey) -> str:
    header = b64u(msgspec.json.encode({"alg": "none", "typ": TYP, "kid": key.kid}))
    return f"{header}.{b64u(canonical(token))}."


def _that_brings_its_key(token: PaymentToken, _key: SigningKey) -> str:
    own = SigningKey.generate()
    header = {"alg": "ES256", "typ": TYP, "kid": own.kid, "jwk": own.public_jwk()}
    signed = payment_token.sign(token, own).split(".")
    return f"{b64u(msgspec.json.encode(header))}.{signed[1]}.{signed[2]}"


def _with_more_members(token: PaymentToken, key: SigningKey) -> str:
    return jose.sign(msgspec.to_builtins(token) | {"max_uses": 2}, key, TYP)


FORGED: dict[str, Callable[[PaymentToken, SigningKey], str]] = {
    "another key": _signed_by_a_stranger,
    "another payload": _with_another_payload,
    "no algorithm": _without_algorithm,
    "a key in the header": _that_brings_its_key,
    "the type of a quote": lambda token, key: jose.sign(token, key, "nod-quote+jws"),
    "the type of a receipt": lambda token, key: jose.sign(token, key, "nod-receipt+jws"),
    "the type of an approval": lambda token, key: jose.sign(token, key, "nod-approval+jws"),
    "a plain JWT's type": lambda token, key: jose.sign(token, key, "JWT"),
    "unknown members": _with_more_members,
    "a broken signature": lambda token, key: payment_token.sign(token, key)[:-8] + "AAAAAAAA",
    "nothing signed at all": lambda _token, _key: "e30.e30.e30",
    "no token": lambda _token, _key: "",
}


@pytest.mark.parametrize("what", FORGED)
def test_a_token_with_something_forged_is_refused(untouched: World, what: str) -> None:
    token = FORGED[what](untouched.claims(untouched.quote()), untouched.issuer.key)
    assert problem_of(untouched.pay(token)) == (400, "bad_token")
    assert untouched.balances() == {}


def test_the_servers_own_quote_does_not_pass_for_a_token(world: World) -> None:
    assert problem_of(world.pay(world.quote())) == (400, "bad_token")


def test_a_token_is_refused_once_it_has_expired(world: World, clock: FakeClock) -> None:
    _, token = world.order()
    clock.advance(121)
    assert problem_of(world.pay(token)) == (400, "bad_token")
    assert world.balances() == {}


def test_a_token_cannot_be_used_for_a_second_order(world: World) -> None:
    _, token = world.order(jti="used")
    world.pay(token)
    _, second = world.order(jti="used")
    assert problem_of(world.pay(second)) == (400, "bad_token")
    assert world.merchant() == 248


def test_a_token_opens_no_address_but_its_own(world: World) -> None:
    _, token = world.order()
    txn, _ = world.order()
    assert problem_of(world.void(txn, token)) == (400, "bad_token")
    assert world.pay(token).status_code == 201
