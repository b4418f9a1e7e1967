"""What libFuzzer proposes, read as a plan for one request: a door, a way in, edits of what would be right.

A plan names things by their place in the lists of `doors.Doors`, so the same bytes mean the same in every
world, whatever its keys and ids are. Edits reach into what they meet: members, JSON within a form, the claims
of a JWT. Things signed by a key that the server believes are edited first and signed then. Bytes that are no
plan are sent as a body, so every input is one request.
"""

import itertools
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

import msgspec

from tests.security.doors import Doors, Front
from tests.security.edits import GONE, Edit, How, bent
from tests.security.hostile_bytes import (
    FORM,
    METHODS,
    ODD,
    TYPES,
    Shot,
    Signed,
    Target,
    header_value,
    quoted,
    shot_of,
)

JSON = "application/json"
NAMES = (
    "Authorization",
    "DPoP",
    "Content-Type",
    "Content-Length",
    "Origin",
    "Host",
    "Prefer",
    "Last-Event-ID",
)
ODD_JSON = ("null", "true", "0", "-1", "1e999", "1.5", '""', "[]", "{}", "[[]]", '{"a":1}', '"\\ud800"')
RIGHT = 0
TERMINAL, DEVICE, BASIC, SECRET, OPERATOR = 0, 2, 3, 5, 6
"""Places in `Front.credentials`."""
_PARSED = METHODS[:9]
"""What an HTTP parser lets through."""
_numbers = itertools.count()


class Plan(msgspec.Struct, array_like=True, frozen=True):
    """One request; every number is taken modulo what there is."""

    door: int = 0
    method: int = 0
    """0 is the right one."""
    credential: int = 0
    """0 is the right one, for most; then all that there are, then none."""
    kind: int = 0
    """0 is the right media type."""
    is_straight: bool = False
    """Whether a form goes to `HttpGuard.post` rather than through ASGI."""
    has_proof: bool = False
    """Whether a DPoP proof comes with it at `/token`, as the member `DPoP` of what is edited."""
    filling: bytes = b"x"
    """Stands in the path where an id belongs."""
    query: bytes = b""
    headers: tuple[tuple[int, bytes], ...] = ()
    edits: tuple[Edit, ...] = ()


def read(data: bytes) -> Plan:
    """The plan in libFuzzer's bytes."""
    try:
        plan = msgspec.msgpack.decode(data, type=Plan)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return Plan(door=len(data), edits=(Edit(0, How.TEXT, data),))
    return plan


def write(plan: Plan) -> bytes:
    """A plan as libFuzzer keeps it."""
    return msgspec.msgpack.encode(plan)


def with_bodies(doors: Doors) -> tuple[int, ...]:
    """The doors that take a body."""
    targets = (*doors.own.targets, *doors.payment.targets)
    return tuple(number for number, target in enumerate(targets) if target.body)


def beginnings(doors: Doors) -> Iterator[Plan]:
    """Good requests: each door with what opens it, and as a device; by both ways in."""
    count = len(doors.own.targets) + len(doors.payment.targets)
    for door, credential in itertools.product(range(count), (RIGHT, 1 + DEVICE)):
        yield Plan(door, credential=credential)
        yield Plan(door, credential=credential, is_straight=True, has_proof=True)


@dataclass(frozen=True)
class Mutator:
    """Makes a new plan of an old one.

    Args:
        mutate: libFuzzer's own change of bytes, which knows what the servers compared things with.
        doors: those that take a body, where there is most to find.
    """

    mutate: Callable[[bytes, int], bytes]
    doors: tuple[int, ...]

    def __call__(self, data: bytes, max_size: int, seed: int) -> bytes:
        """What `atheris.Setup` takes as `custom_mutator`."""
        chance, plan = random.Random(seed), read(data)
        for _ in range(chance.randrange(1, 4)):
            plan = self._changed(plan, chance)
        wrote = write(plan)
        return wrote if len(wrote) <= max_size else data

    def _changed(self, plan: Plan, chance: random.Random) -> Plan:
        with_ = msgspec.structs.replace
        roll = chance.random()
        if roll < (0.12 if plan.door in self.doors else 0.6):
            door = chance.choice(self.doors) if chance.random() < 0.9 else chance.randrange(256)
            return with_(plan, door=door)
        if roll < 0.2:
            name = chance.choice(("method", "credential", "credential", "kind"))
            return with_(plan, **{name: chance.choice((0, 0, chance.randrange(20)))})
        if roll < 0.26:
            name = chance.choice(("is_straight", "has_proof"))
            return with_(plan, **{name: not getattr(plan, name)})
        if roll < 0.32:
            name = chance.choice(("filling", "query"))
            return with_(plan, **{name: self._bytes(getattr(plan, name), chance)})
        if roll < 0.36:
            header = (chance.randrange(len(NAMES)), self._bytes(b"", chance))
            return with_(plan, headers=(*plan.headers[-2:], header) if chance.random() < 0.7 else ())
        return with_(plan, edits=self._edited(plan.edits, chance))

    def _edited(self, edits: tuple[Edit, ...], chance: random.Random) -> tuple[Edit, ...]:
        roll = chance.random()
        if not edits or roll < 0.35:
            how = How.REPEAT if chance.random() < 0.03 else chance.choice(tuple(How)[:-1])
            return (*edits[-3:], Edit(chance.randrange(400), how, self._bytes(b"", chance)))
        index = chance.randrange(len(edits))
        if roll < 0.5:
            return edits[:index] + edits[index + 1 :]
        changed = Edit(edits[index].place, edits[index].how, self._bytes(edits[index].value, chance))
        return (*edits[:index], changed, *edits[index + 1 :])

    def _bytes(self, value: bytes, chance: random.Random) -> bytes:
        if not value or chance.random() < 0.1:
            value = chance.choice((*ODD, *ODD_JSON))[:400].encode("utf-8", "surrogatepass")
            if chance.random() < 0.5:
                return value
        return self.mutate(value, 400)


class Loader:
    """Makes requests of plans."""

    def __init__(self, doors: Doors) -> None:
        self._doors = [(front, target) for front in (doors.own, doors.payment) for target in front.targets]

    def load(self, plan: Plan) -> tuple[Front, Shot]:
        """Whom to send what."""
        front, target = self._doors[plan.door % len(self._doors)]
        method = _PARSED[plan.method % len(_PARSED)] if plan.method else target.method
        is_proven = plan.has_proof and target.path == "/token"
        good = dict(target.body) | ({"DPoP": front.proof} if is_proven else {})
        made: Any = good
        for edit in plan.edits:
            made = bent(made, edit.place, edit)
        proof = made.pop("DPoP", None) if isinstance(made, dict) else None
        body = b"" if method in ("GET", "HEAD") and not plan.edits else _body(made, target)
        headers = _headers(plan, front, target, body)
        if proof is not None:
            headers.append(("DPoP", _settled(proof) if isinstance(proof, Signed) else str(proof)))
        raw = [(name.encode(), header_value(value)) for name, value in headers]
        return front, shot_of(method, _path(plan, target), raw, body)


def _body(made: Any, target: Target) -> bytes:
    if not isinstance(made, dict):
        text = made if isinstance(made, str) else "" if made is GONE else json.dumps(made)
        return text.encode("utf-8", "surrogateescape" if _is_escaped(text) else "replace")
    settled = {name: _settled(value) for name, value in made.items()}
    if target.is_form:
        return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in settled.items()).encode()
    return json.dumps(settled).encode()


def _is_escaped(text: str) -> bool:
    return all(not 0xD800 <= ord(char) < 0xE000 or 0xDC80 <= ord(char) <= 0xDCFF for char in text)


def _settled(value: Any) -> Any:
    """Signs what is to be signed, with a `jti` of its own unless an edit gave it one."""
    if not isinstance(value, Signed):
        return value
    return value.sign({"jti": f"jti-{next(_numbers)}", **value.claims})


def _headers(plan: Plan, front: Front, target: Target, body: bytes) -> list[tuple[str, str]]:
    right = FORM if target.is_form else JSON
    named = [(NAMES[name % len(NAMES)], value.decode("utf-8", "replace")) for name, value in plan.headers]
    given = {name for name, _ in named}
    headers = [("Host", front.host)]
    if body:
        kind = TYPES[plan.kind % len(TYPES)] if plan.kind else right
        headers += [("Content-Type", kind), ("Content-Length", str(len(body)))]
    number = _opener(target) if plan.credential == RIGHT else plan.credential - 1
    if number is not None and number < len(front.credentials):
        headers.append(("Authorization", front.credentials[number]))
    return [(name, value) for name, value in headers if name not in given] + named


def _opener(target: Target) -> int | None:
    """Which credential opens a door, for most."""
    if "client_assertion" in target.body:
        return None
    if target.is_form:
        return BASIC
    if target.path in ("/register", "/profiles"):
        return SECRET
    is_payment = target.path.startswith("/payments/") or target.path == "/accounts"
    return OPERATOR if is_payment else TERMINAL


def _path(plan: Plan, target: Target) -> str:
    path = target.path
    while "{" in path:
        before, _, rest = path.partition("{")
        path = before + quote_plus(plan.filling) + rest.partition("}")[2]
    if plan.query:
        path += ("&" if "?" in path else "?") + quote_plus(plan.query, safe="=&%+/;")
    return path
