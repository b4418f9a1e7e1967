"""Whoever changes one byte of a signed artifact is refused by the next party."""

import json
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws

from core.domain.decision import Decision
from core.domain.errors import DomainError
from core.domain.money import Money
from core.wire import approval, details, evidence, payment_token, quote, receipt
from core.wire.canonical import b64u, canonical, digest, unb64u
from core.wire.errors import ArtifactRefused, BadClaim, BadForm, BadHeader, BadSignature, UnknownKey
from core.wire.jose import read_header, sign, verify
from core.wire.keys import PublicKeys, SigningKey, check_public_jwk, thumbprint
from tests.unit import artifacts as honest

SHOP_KEYS = PublicKeys([honest.SHOP_KEY.public_jwk()])
SERVER_KEYS = PublicKeys([honest.SERVER_KEY.public_jwk()])
TERMINAL_KEYS = PublicKeys([honest.TERMINAL_KEY.public_jwk()])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def read_quote(compact: str) -> object:
    return quote.verify(compact, SHOP_KEYS, issuer=honest.SHOP, now=honest.NOW)


def read_approval(compact: str) -> object:
    return approval.verify(compact, TERMINAL_KEYS, expected=honest.EXPECTED)


def read_token(compact: str) -> object:
    return payment_token.verify(
        compact, SERVER_KEYS, issuer=honest.SERVER, audience=honest.SHOP, now=honest.NOW + 10
    )


def read_receipt(compact: str) -> object:
    return receipt.verify(compact, SHOP_KEYS, issuer=honest.SHOP, txn=honest.TXN)


ARTIFACTS: dict[str, tuple[str, SigningKey, Callable[[str], object]]] = {
    quote.TYP: (honest.SIGNED_QUOTE, honest.SHOP_KEY, read_quote),
    approval.TYP: (honest.SIGNED_APPROVAL, honest.TERMINAL_KEY, read_approval),
    payment_token.TYP: (honest.SIGNED_TOKEN, honest.SERVER_KEY, read_token),
    receipt.TYP: (honest.SIGNED_RECEIPT, honest.SHOP_KEY, read_receipt),
}
EVERY = pytest.mark.parametrize("typ", sorted(ARTIFACTS))


def payload_of(compact: str) -> dict[str, object]:
    return dict(json.loads(unb64u(compact.split(".")[1])))


@EVERY
def test_the_honest_artifact_passes(typ: str) -> None:
    compact, _, read = ARTIFACTS[typ]
    assert read(compact)


@EVERY
def test_an_artifact_is_never_taken_in_place_of_another(typ: str) -> None:
    for other, (compact, _, _) in ARTIFACTS.items():
        if other != typ:
            with pytest.raises(ArtifactRefused):
                ARTIFACTS[typ][2](compact)


@EVERY
def test_any_changed_character_is_refused(typ: str) -> None:
    compact, _, read = ARTIFACTS[typ]
    for at in range(0, len(compact) - 1, 7):
        swapped = "A" if compact[at] != "A" else "B"
        with pytest.raises(ArtifactRefused):
            read(compact[:at] + swapped + compact[at + 1 :])


@EVERY
def test_another_key_is_refused_even_under_the_right_name(typ: str) -> None:
    compact, key, read = ARTIFACTS[typ]
    stranger = SigningKey.generate()
    with pytest.raises(UnknownKey):
        read(sign(payload_of(compact), stranger, typ))
    header = {"alg": "ES256", "typ": typ, "kid": key.kid}
    with pytest.raises(BadSignature):
        read(jws.serialize_compact(header, canonical(payload_of(compact)), stranger.joserfc))


@EVERY
@pytest.mark.parametrize("name", ["jwk", "jku", "x5u", "x5c", "crit"])
def test_a_header_that_brings_a_key_is_refused(typ: str, name: str) -> None:
    compact, key, read = ARTIFACTS[typ]
    header = {"alg": "ES256", "typ": typ, "kid": key.kid, name: "x"}
    head = b64u(json.dumps(header).encode())
    with pytest.raises(ArtifactRefused):
        read(".".join([head, *compact.split(".")[1:]]))


@EVERY
@pytest.mark.parametrize("alg", ["none", "HS256", "RS256", "es256", None])
def test_another_algorithm_is_refused(typ: str, alg: str | None) -> None:
    compact, key, read = ARTIFACTS[typ]
    head = b64u(json.dumps({"alg": alg, "typ": typ, "kid": key.kid}).encode())
    with pytest.raises((BadHeader, BadForm)):
        read(".".join([head, *compact.split(".")[1:]]))


@EVERY
def test_an_unknown_member_is_refused_even_when_signed(typ: str) -> None:
    compact, key, read = ARTIFACTS[typ]
    with pytest.raises(BadForm):
        read(sign(payload_of(compact) | {"extra": 1}, key, typ))


@EVERY
def test_every_member_is_needed(typ: str) -> None:
    compact, key, read = ARTIFACTS[typ]
    for name in payload_of(compact):
        less = {member: value for member, value in payload_of(compact).items() if member != name}
        with pytest.raises(BadForm):
            read(sign(less, key, typ))


@pytest.mark.parametrize(
    "change",
    [
        {"terminal_id": "ter_2"},
        {"user_id": "hana"},
        {"issuer": "http://elsewhere"},
        {"request_id": "req_other"},
        {"details_sha256": "other"},
        {"challenge": "other"},
    ],
)
def test_an_approval_counts_for_its_own_request_only(change: dict[str, str]) -> None:
    expected = msgspec.structs.replace(honest.EXPECTED, **change)
    with pytest.raises(BadClaim):
        approval.verify(honest.SIGNED_APPROVAL, TERMINAL_KEYS, expected=expected)


@pytest.mark.parametrize(
    ("change", "now"),
    [
        ({"iss": "http://elsewhere"}, honest.NOW + 10),
        ({"aud": "http://elsewhere"}, honest.NOW + 10),
        ({"exp": honest.NOW + 126}, honest.NOW + 10),
        ({}, honest.NOW + 126),
        ({}, honest.NOW - 60),
        ({"nbf": honest.NOW}, honest.NOW + 10),
    ],
)
def test_a_token_is_for_one_server_and_two_minutes(change: dict[str, object], now: float) -> None:
    compact = payment_token.sign(msgspec.structs.replace(honest.TOKEN, **change), honest.SERVER_KEY)
    with pytest.raises(BadClaim):
        payment_token.verify(compact, SERVER_KEYS, issuer=honest.SERVER, audience=honest.SHOP, now=now)


def test_a_quote_whose_total_is_not_its_sum_is_refused_even_when_signed() -> None:
    cheap = msgspec.structs.replace(honest.QUOTE, amount=Money(1, "JPY"))
    with pytest.raises(DomainError):
        read_quote(quote.sign(cheap, honest.SHOP_KEY))


def test_a_quote_runs_out() -> None:
    with pytest.raises(BadClaim):
        quote.verify(honest.SIGNED_QUOTE, SHOP_KEYS, issuer=honest.SHOP, now=honest.QUOTE.exp + 1)


@pytest.mark.parametrize("name", ["quote_sha256", "payee", "items", "amount"])
def test_a_terminal_notices_what_was_not_quoted(name: str) -> None:
    other = honest.PURCHASE.items[:1]
    values: dict[str, object] = {
        "quote_sha256": "other",
        "payee": msgspec.structs.replace(honest.PURCHASE.payee, name="Other Shop"),
        "items": (msgspec.structs.replace(other[0], quantity=1),),
        "amount": Money(395, "JPY"),
    }
    shown = msgspec.structs.replace(honest.TOKEN.purchase, **{name: values[name]})
    with pytest.raises(BadForm):
        details.check_quote(shown, honest.SIGNED_QUOTE, honest.PURCHASE)


def test_details_hold_exactly_one_body() -> None:
    with pytest.raises(BadForm):
        details.Details(honest.CONTEXT, "salt")


@given(JSON)
def test_the_digest_is_the_same_in_every_order_of_members(value: object) -> None:
    assert digest(value) == digest(json.loads(json.dumps(value, sort_keys=True)))
    assert digest({"a": value, "b": 1}) == digest({"b": 1, "a": value})


@given(st.text(max_size=300))
def test_no_text_is_an_artifact_and_none_makes_us_fall(text: str) -> None:
    with pytest.raises(ArtifactRefused):
        read_quote(text)


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_no_bytes_are_an_artifact_and_none_makes_us_fall(head: bytes, body: bytes) -> None:
    with pytest.raises(ArtifactRefused):
        read_quote(".".join([b64u(head), b64u(body), "AAAA"]))


def test_a_key_is_named_by_its_thumbprint_and_shows_no_private_part() -> None:
    key = SigningKey.from_jwk(honest.SHOP_KEY.private_jwk())
    assert key.kid == thumbprint(key.public_jwk()) == read_header(honest.SIGNED_QUOTE)["kid"]
    assert "d" not in key.public_jwk()
    assert str(key.private_jwk()["d"]) not in repr(key)


@pytest.mark.parametrize(
    "jwk", [{}, {"kty": "oct", "k": "AA"}, {"kty": "EC", "crv": "P-256", "x": 1, "y": 2}]
)
def test_a_key_of_another_kind_is_refused(jwk: dict[str, object]) -> None:
    with pytest.raises(BadForm):
        check_public_jwk(jwk)


def test_a_private_key_is_not_taken_for_a_public_one() -> None:
    with pytest.raises(BadForm):
        check_public_jwk(honest.SHOP_KEY.private_jwk())


def test_the_evidence_of_an_honest_order_holds() -> None:
    links = evidence.check(honest.EVIDENCE)
    assert [link.name for link in links] == ["quote", "approval", "payment_token", "receipt"]
    assert all(link.holds for link in links), links


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"quote": honest.SIGNED_QUOTE[:-6] + "AAAAAA"}, "quote"),
        ({"quote": None}, "quote"),
        ({"payment_keys": ()}, "receipt"),
        ({"terminal_keys": (honest.SHOP_KEY.public_jwk(),)}, "approval"),
        (
            {
                "approval": approval.sign(
                    msgspec.structs.replace(honest.APPROVAL, decision=Decision.DENY), honest.TERMINAL_KEY
                )
            },
            "payment_token",
        ),
        ({"receipts": (honest.SIGNED_QUOTE,)}, "receipt"),
        ({"payment_token": honest.SIGNED_QUOTE}, "payment_token"),
        ({"details": msgspec.structs.replace(honest.DETAILS, salt="other")}, "approval"),
    ],
)
def test_altered_evidence_breaks_at_the_altered_link(change: dict[str, object], broken: str) -> None:
    links = evidence.check(msgspec.structs.replace(honest.EVIDENCE, **change))
    assert broken in {link.name for link in links if not link.holds}
    assert verify(honest.SIGNED_QUOTE, SHOP_KEYS, quote.TYP, quote.Quote)
