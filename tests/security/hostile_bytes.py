"""Makes hostile requests for every route of a server, from a seed: methods, headers, forms, JSON, signatures.

The routes come from the servers' own tables, so a door that is added is attacked from then on. Half of the
requests start from something that would be right and are bent in one place; the rest is noise.
"""

import base64
import json
import random
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from joserfc import jws

from core.wire.keys import SigningKey

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "get", "G\xc4T")
FORM = "application/x-www-form-urlencoded"
TYPES = (
    "application/json",
    FORM,
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/json;charset=x",
)
ODD = (
    "",
    "\x00",
    "\ud800",
    "\u202e",
    "' OR 1=1 --",
    "../../etc/passwd",
    "%00%ff%",
    "9" * 400,
    "-1",
    "1e999",
    "{}",
    "null",
    "a" * 3000,
    "モモ",
    "e\u0301" * 50,
    "req_" + "A" * 32,
    "a.b.c",
    "eyJhbGciOiJub25lIn0.e30.",
)

_ENDLESS = 10**400
"""No clock reaches it, no float holds it."""
_REGISTRY = jws.JWSRegistry(algorithms=["ES256"], strict_check_header=False)


@dataclass(frozen=True)
class Signed:
    """A JWT by a key that the server believes: its claims are bent first and signed then."""

    key: SigningKey
    header: Mapping[str, Any]
    """Beside `alg`."""
    claims: Mapping[str, Any]
    """What would be right, but for a `jti` of its own."""

    def sign(self, claims: Mapping[str, Any]) -> str:
        """Signs whatever was made of the claims."""
        header = {"alg": "ES256", **self.header}
        return jws.serialize_compact(header, json.dumps(claims), self.key.joserfc, registry=_REGISTRY)


@dataclass(frozen=True)
class Target:
    """One route, and what would be right to send there."""

    method: str
    path: str
    is_form: bool
    body: Mapping[str, Any]
    """Members or parameters of a good request; may be incomplete."""


@dataclass(frozen=True)
class Shot:
    """One request, as bytes."""

    name: str
    data: bytes
    method: str


def shot_of(method: str, path: str, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> Shot:
    """A request of these parts."""
    head = f"{method} {path} HTTP/1.1\r\n".encode("utf-8", "replace")
    lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
    return Shot(f"{method} {path[:80]}", head + lines + b"\r\n" + body, method)


class Gun:
    """Makes requests; the same seed makes the same ones.

    Args:
        seed: where chance starts.
        host: the server's `Host`.
        credentials: values of `Authorization`, good and bad.
        proof: a DPoP proof (RFC 9449).
    """

    def __init__(self, seed: int, host: str, credentials: list[str], proof: Signed) -> None:
        self._chance = random.Random(seed)
        self._host, self._credentials, self._proof = host, credentials, proof

    def shoot(self, target: Target) -> Shot:
        """One request at a route."""
        chance = self._chance
        method = target.method if chance.random() < 0.8 else chance.choice(METHODS)
        path = self._path(target.path)
        body = b"" if method in ("GET", "HEAD") and chance.random() < 0.8 else self._body(target)
        headers = self._headers(target, body)
        return shot_of(method, path, headers, body)

    def _path(self, template: str) -> str:
        path = template
        while "{" in path:
            before, _, rest = path.partition("{")
            path = before + quote_plus(self._text().encode("utf-8", "replace")) + rest.partition("}")[2]
        if self._chance.random() < 0.15:
            path += self._chance.choice(
                ("/", "//", "/..", "?", "?a=b&a=c", "?revision=x", "?after=-1", "%00", ";")
            )
        if self._chance.random() < 0.1:
            path += "?" + "&".join(f"{self._word()}={quote_plus(self._word())}" for _ in range(3))
        return path

    def _headers(self, target: Target, body: bytes) -> list[tuple[bytes, bytes]]:
        chance = self._chance
        right = FORM if target.is_form else "application/json"
        kind = right if chance.random() < 0.85 else chance.choice(TYPES)
        headers = [("Host", self._host if chance.random() < 0.97 else "evil.example")]
        if body or chance.random() < 0.3:
            headers += [("Content-Type", kind), ("Content-Length", str(len(body)))]
        if chance.random() < 0.9:
            headers.append(("Authorization", chance.choice(self._credentials)))
        if chance.random() < 0.05:
            headers.append(chance.choice((("Origin", "https://evil.example"), ("Origin", "null"))))
        if chance.random() < (0.4 if target.path == "/token" else 0.02):
            headers.append(("DPoP", self._bent_proof()))
        if chance.random() < 0.15:
            name = chance.choice(("Authorization", "Accept", "Cookie", "X-Forwarded-For", "Last-Event-ID"))
            headers.append((name, self._word() or "x"))
        return [(name.encode(), header_value(value)) for name, value in headers]

    def _body(self, target: Target) -> bytes:
        chance = self._chance
        roll = chance.random()
        if roll < 0.04:
            return chance.randbytes(chance.randrange(200))
        if roll < 0.05:
            return b"a" * chance.choice((65_536, 65_537, 90_000))
        if roll < 0.06:
            return b"[" * 20_000
        good = dict(target.body)
        for _ in range(chance.randrange(1, 3)):
            self._bend(good)
        for name, value in good.items():
            good[name] = self._signed(value) if isinstance(value, Signed) else value
        return self._form(good) if target.is_form == (chance.random() < 0.95) else self._json(good)

    def _bend(self, members: dict[str, Any]) -> None:
        chance = self._chance
        names = list(members) or ["a"]
        name, roll = chance.choice(names), chance.random()
        if roll < 0.15:
            members.pop(name, None)
        elif roll < 0.25:
            members[self._word()] = self._value(2)
        elif isinstance(members.get(name), str) and roll < 0.65:
            members[name] = self._bent_text(members[name])
        else:
            members[name] = self._value(3)

    def _bent_text(self, text: str) -> str:
        if text.count(".") == 2 and self._chance.random() < 0.7:
            return self._bent_jws(text)
        if not text:
            return self._text()
        place = self._chance.randrange(len(text))
        return text[:place] + self._chance.choice(("", "\x00", "é", "A", "..", "%")) + text[place + 1 :]

    def _bent_proof(self) -> str:
        compact = self._signed(self._proof)
        return self._bent_jws(compact) if self._chance.random() < 0.3 else compact

    def _signed(self, wanted: Signed) -> str:
        """What is signed is as it should be, or bent in one place before it is signed."""
        claims = dict(wanted.claims) | {"jti": self._word() + str(self._chance.random())}
        if self._chance.random() < 0.7:
            self._bend(claims)
        return wanted.sign(claims)

    def _bent_jws(self, compact: str) -> str:
        """One part of a signed thing changed: header, payload or signature."""
        parts = compact.split(".")
        index = self._chance.randrange(3)
        if index == 2:
            parts[2] = self._chance.choice(("", "A" * 86, parts[2][:-2], parts[2] + "=", parts[2][::-1]))
            return ".".join(parts)
        try:
            held = json.loads(base64.urlsafe_b64decode(parts[index] + "=="))
        except ValueError:
            held = {}
        if isinstance(held, dict):
            self._bend(held)
        encoded = base64.urlsafe_b64encode(self._json(held)).rstrip(b"=")
        parts[index] = encoded.decode()
        return ".".join(parts)

    def _form(self, members: Mapping[str, Any]) -> bytes:
        pairs = [(name, value) for name, value in members.items()]
        if pairs and self._chance.random() < 0.1:
            pairs.append(self._chance.choice(pairs))
        text = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs)
        return text.encode() + (b"&%ff=%zz&=&&" if self._chance.random() < 0.05 else b"")

    def _json(self, value: Any) -> bytes:
        # The standard library also writes what is no JSON: infinities, numbers without end, half characters.
        return json.dumps(value).encode()

    def _value(self, depth: int) -> Any:
        chance = self._chance
        roll = chance.randrange(9 if depth else 6)
        if roll < 6:
            simple = (
                None,
                chance.random() < 0.5,
                chance.randrange(-(2**70), 2**70),
                chance.uniform(-1e308, 1e308),
                chance.choice((_ENDLESS, -_ENDLESS, float("inf"), 1e300)),
            )
            return chance.choice((*simple, self._text(), self._text()))
        if roll < 8:
            return {self._word(): self._value(depth - 1) for _ in range(chance.randrange(4))}
        return [self._value(depth - 1) for _ in range(chance.randrange(4))]

    def _text(self) -> str:
        return self._chance.choice(ODD) if self._chance.random() < 0.6 else self._word()

    def _word(self) -> str:
        return "".join(self._chance.choices(string.ascii_letters + "_-. ", k=self._chance.randrange(12)))


def quoted(value: Any) -> str:
    """A form's name or value, percent-encoded."""
    text = value if isinstance(value, str) else json.dumps(value)
    return quote_plus(text.encode("utf-8", "replace"))


def header_value(text: str) -> bytes:
    """What may stand in a header's line; the line's own end is not ours to send."""
    return text.encode("utf-8", "replace").replace(b"\r", b"").replace(b"\n", b"").replace(b"\x00", b"")
