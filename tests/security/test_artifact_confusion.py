"""Threat: one signed artifact passes for another, or a header chooses the key or the algorithm."""

import hashlib
import hmac
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from core.wire import approval, deletion, enrolment, jose, payment_token, pin_word, quote, receipt
from core.wire.canonical import b64u, canonical, unb64u
from core.wire.errors import ArtifactRefused, BadHeader
from core.wire.keys import PublicKeys, SigningKey

KEY = SigningKey.generate()
KEYS = PublicKeys([KEY.public_jwk()])
TYPES = {
    "quote": quote.TYP,
    "approval": approval.TYP,
    "payment token": payment_token.TYP,
    "receipt": receipt.TYP,
    "an enrolment": enrolment.TYP,
    "a deletion": deletion.TYP,
    "the PIN's word": pin_word.TYP,
    "a plain JWT": "JWT",
    "an access token": "at+jwt",
}


def _compact(header: dict[str, Any], payload: object, signature: str = "") -> str:
    return f"{b64u(msgspec.json.encode(header))}.{b64u(canonical(payload))}.{signature}"


@pytest.mark.parametrize("offered", TYPES)
@pytest.mark.parametrize("wanted", TYPES)
def test_no_artifact_passes_for_another_even_under_one_key(offered: str, wanted: str) -> None:
    signed = jose.sign({"a": 1}, KEY, TYPES[offered])
    if offered == wanted:
        assert jose.verify(signed, KEYS, TYPES[wanted], dict) == {"a": 1}
    else:
        with pytest.raises(BadHeader):
            jose.verify(signed, KEYS, TYPES[wanted], dict)


@pytest.mark.parametrize("alg", ["none", "None", "nOnE", "", "HS256", "RS256", "ES384", "EdDSA", None, 7])
def test_no_algorithm_but_es256_is_looked_at(alg: object) -> None:
    _, payload, signature = jose.sign({"a": 1}, KEY, quote.TYP).split(".")
    header = b64u(msgspec.json.encode({"alg": alg, "typ": quote.TYP, "kid": KEY.kid}))
    for forged in (f"{header}.{payload}.", f"{header}.{payload}.{signature}"):
        with pytest.raises(ArtifactRefused):
            jose.verify(forged, KEYS, quote.TYP, dict)


def test_the_public_key_is_no_shared_secret() -> None:
    """The classic confusion: an HMAC made with what everybody can read."""
    signing_input = _compact({"alg": "HS256", "typ": quote.TYP, "kid": KEY.kid}, {"a": 1})[:-1]
    public = msgspec.json.encode(KEY.public_jwk())
    mac = b64u(hmac.new(public, signing_input.encode(), hashlib.sha256).digest())
    with pytest.raises(BadHeader):
        jose.verify(f"{signing_input}.{mac}", KEYS, quote.TYP, dict)


@pytest.mark.parametrize("member", ["jwk", "jku", "x5c", "x5u", "x5t", "crit"])
def test_a_header_that_brings_a_key_is_refused_even_with_a_good_signature(member: str) -> None:
    values: dict[str, Any] = {"jwk": KEY.public_jwk(), "x5c": ["a"], "crit": ["exp"]}
    header = {"alg": "ES256", "typ": quote.TYP, "kid": KEY.kid, member: values.get(member, "http://evil")}
    signing_input = _compact(header, {"a": 1})[:-1]
    signature = _es256(KEY, signing_input)
    with pytest.raises(BadHeader):
        jose.verify(f"{signing_input}.{signature}", KEYS, quote.TYP, dict)


def _es256(key: SigningKey, signing_input: str) -> str:
    private = key.joserfc.private_key
    assert isinstance(private, EllipticCurvePrivateKey)
    r, s = decode_dss_signature(private.sign(signing_input.encode(), ECDSA(SHA256())))
    return b64u(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def test_the_helper_above_makes_good_signatures() -> None:
    signing_input = _compact({"alg": "ES256", "typ": quote.TYP, "kid": KEY.kid}, {"a": 1})[:-1]
    good = f"{signing_input}.{_es256(KEY, signing_input)}"
    assert jose.verify(good, KEYS, quote.TYP, dict) == {"a": 1}


@pytest.mark.parametrize("place", range(0, 64, 7))
def test_one_changed_bit_of_a_signature_is_refused(place: int) -> None:
    header, payload, signature = jose.sign({"a": 1}, KEY, quote.TYP).split(".")
    raw = bytearray(unb64u(signature))
    raw[place] ^= 1
    with pytest.raises(ArtifactRefused):
        jose.verify(f"{header}.{payload}.{b64u(bytes(raw))}", KEYS, quote.TYP, dict)


def test_a_key_that_is_not_trusted_signs_nothing_here() -> None:
    with pytest.raises(ArtifactRefused):
        jose.verify(jose.sign({"a": 1}, SigningKey.generate(), quote.TYP), KEYS, quote.TYP, dict)
