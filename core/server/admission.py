"""Takes one authentication request into the rows, or turns it away: the guard behind `/bc-authorize`.

Everything that depends on the approver is judged here, in the transaction that adds the request: who is
meant, quiet hours, what is open, the quote's first use, the match code. Nothing of it is known to the device
before.
"""

import math
import secrets
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

import msgspec

from core.database.writer import Unit
from core.domain import times
from core.domain.decision import Presence, presence_needed
from core.domain.place import UNKNOWN, Place
from core.domain.procedure import Procedure
from core.server import expiry, user_codes
from core.server.limits import Limits, back_off_left_s, quiet_left_s
from core.server.store import asking, profiles
from core.server.store import requests as store
from core.server.store.asking import Callee, Open
from core.server.store.request_tables import requests
from core.wire.canonical import b64u
from core.wire.details import Authentication, Context, Details, Kind, PurchaseDetails, Requester

_OPTIONAL = ("quote", "quote_id", "acr_values", "notification_token")
CODES = tuple(f"{number:02d}" for number in range(100))
_encode = msgspec.json.encode


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An authentication request that holds by itself: form, quote and texts are checked."""

    client_id: str
    kind: Kind
    nickname_key: str
    scope: str
    window_s: int | None
    """`requested_expiry`, or None."""
    takes_code: bool
    """Whether the device can say a match code."""
    place: Place | None = None
    """As the device reports it."""
    purchase: PurchaseDetails | None = None
    procedure: Procedure | None = None
    authentication: Authentication | None = None
    quote: str | None = None
    quote_id: str | None = None
    quote_exp: int = 0
    acr_values: str | None = None
    prefers_pin: bool = False
    """Whether the first of `acr_values` that means anything here is the PIN."""
    notification_token: str | None = None
    user_code: str | None = None
    """The person's own code, as typed at the device (CIBA Core 1.0 section 7.1)."""


class Accepted(NamedTuple):
    """The request is in; or it was already, and the same answer is due."""

    request_id: str
    window_s: int
    """The decision window as given, or what is left of it when asked again."""
    match_code: str | None
    shown_user: str | None
    """The person, if devices may learn whether a screen of theirs is connected."""


class TurnedAway(NamedTuple):
    """Nothing was added."""

    status: int
    reason: str
    """OAuth's `error`."""
    detail: str
    wait_s: float = 0
    """For `Retry-After`."""


NOBODY = TurnedAway(400, "unknown_user_id", "This device has no contact by that name.")
ASKED_BEFORE = TurnedAway(400, "invalid_authorization_details", "This quote was asked for before.")
TOO_SHORT = TurnedAway(400, "invalid_authorization_details", "The quote ends too soon. Get a new one.")


def admit(unit: Unit, asked: Asked, limits: Limits) -> Accepted | TurnedAway:
    """Adds the request; runs in the writer and may run twice."""
    callee = asking.callee(unit.connection, asked.client_id, asked.nickname_key)
    if callee is None:
        return _turned(unit, asked, NOBODY)
    if unit.catch_up(callee.user_id):
        return admit(unit, asked, limits)
    if callee.user_code_sha256 is not None:
        wrong = user_codes.refuse(
            unit, asked.client_id, callee.user_id, callee.user_code_sha256, asked.user_code
        )
        if wrong is not None:
            return _turned(unit, asked, TurnedAway(*wrong))
    waiting = asking.open_of(unit.connection, callee.user_id) if callee.is_asked else []
    if _end_what_is_over(unit, waiting):
        return admit(unit, asked, limits)
    if asked.quote_id is not None:
        for other in waiting:
            if other.quote_id == asked.quote_id and other.client_id == asked.client_id:
                return _again(other, callee, unit.now)
        if asking.is_quote_taken(unit.connection, asked.quote_id):
            return _turned(unit, asked, ASKED_BEFORE)
    refusal = _refused_by_person(unit, asked, callee, waiting, limits)
    if refusal is not None:
        return _turned(unit, asked, refusal)
    return _add(unit, asked, callee, waiting)


def _end_what_is_over(unit: Unit, waiting: list[Open]) -> bool:
    """Ends what has run out but was not swept yet; whether there was any, so that all is read again."""
    over = [one for one in waiting if one.decide_by <= unit.now]
    return sum(expiry.expire(unit, one.request_id) for one in over) > 0


def _again(other: Open, callee: Callee, now: float) -> Accepted:
    left_s = max(1, int(other.decide_by - now))
    return Accepted(other.request_id, left_s, other.match_code, _shown(callee))


def _shown(callee: Callee) -> str | None:
    return callee.user_id if callee.presence_shared else None


def _refused_by_person(
    unit: Unit, asked: Asked, callee: Callee, waiting: list[Open], limits: Limits
) -> TurnedAway | None:
    now = unit.now
    window = times.window(asked.window_s, callee.window_s)
    if asked.quote_id is not None and not times.quote_outlives(asked.quote_exp, now + window):
        return TOO_SHORT
    wait = _quiet_left_s(unit, callee)
    if wait:
        return _denied("Nobody may ask at this hour.", wait)
    wait = back_off_left_s(limits, callee.refused_in_a_row or 0, callee.refused_at or 0.0, now)
    if wait:
        return _denied("Too many requests were refused. Wait before asking again.", wait)
    mine = [one for one in waiting if one.client_id == asked.client_id]
    if limits.open_per_pair is not None and len(mine) >= limits.open_per_pair:
        return _denied("The person is still being asked.", _first_end(mine, now))
    most = asking.MOST_OPEN if limits.open_per_approver is None else limits.open_per_approver
    if len(waiting) >= most or (_has_code(asked, callee) and not _free(waiting)):
        return _denied("The person has too many open requests.", _first_end(waiting, now))
    return None


def _quiet_left_s(unit: Unit, callee: Callee) -> float:
    """Seconds of quiet hours that are left; the zone is looked up only for who has any."""
    if callee.quiet_start is None:
        return 0.0
    zone = asking.zone_of(unit.connection, callee.user_id)
    return quiet_left_s(callee.quiet_start, callee.quiet_end, zone, unit.now)


def _first_end(waiting: list[Open], now: float) -> float:
    return min(one.decide_by for one in waiting) - now


def _denied(detail: str, wait_s: float) -> TurnedAway:
    return TurnedAway(403, "access_denied", detail, wait_s)


def _turned(unit: Unit, asked: Asked, refusal: TurnedAway) -> TurnedAway:
    unit.record("authentication_request", "", {"client_id": asked.client_id})
    data = {"client_id": asked.client_id, "error": refusal.reason}
    unit.record("authentication_request_refused", "", data)
    return refusal


def _has_code(asked: Asked, callee: Callee) -> bool:
    return asked.takes_code and bool(callee.match_code)


def _free(waiting: list[Open]) -> list[str]:
    taken = {one.match_code for one in waiting}
    return [code for code in CODES if code not in taken]


def _slot(waiting: list[Open]) -> int:
    """The lowest that is free: two that do not see each other take the same, and the index refuses one."""
    taken = {one.slot for one in waiting}
    return next(slot for slot in range(len(waiting) + 1) if slot not in taken)


def _add(unit: Unit, asked: Asked, callee: Callee, waiting: list[Open]) -> Accepted:
    now = unit.now
    request_id, challenge, salt = _fresh(now)
    window = times.window(asked.window_s, callee.window_s)
    code = secrets.choice(_free(waiting)) if _has_code(asked, callee) else None
    details = _details(asked, callee, request_id, now, window, code, salt)
    row: dict[str, object] = {
        "request_id": request_id,
        "client_id": asked.client_id,
        "user_id": callee.user_id,
        "state": "pending",
        "revision": store.next_revision(max([callee.newest_past, *[one.revision for one in waiting]]), now),
        "requested_at": now,
        "decide_by": now + window,
        "window_s": window,
        "scope": asked.scope,
        "details": _encode(details).decode(),
        "has_purchase": asked.purchase is not None,
        "challenge": challenge,
        "presence": _presence(unit, asked, callee).value,
        "paired_at": callee.paired_at,
        "first_request": not callee.ended,
        "slot": _slot(waiting),
    }
    # Named only where there is one: the driver looks for an adapter for each None, which costs a lot.
    for name in _OPTIONAL:
        if (value := getattr(asked, name)) is not None:
            row[name] = value
    if code is not None:
        row["match_code"] = code
    unit.append(requests, row)
    _tell(unit, asked, row)
    return Accepted(request_id, window, code, _shown(callee))


def _presence(unit: Unit, asked: Asked, callee: Callee) -> Presence:
    """The PIN above the person's limit, or where the client prefers it by `acr_values` and there is one."""
    amount = asked.purchase.amount.value if asked.purchase is not None else None
    needed = presence_needed(amount, callee.pin_above)
    if asked.prefers_pin and profiles.has_pin(unit.connection, callee.user_id):
        return Presence.PIN
    return needed


def _fresh(now: float) -> tuple[str, str, str]:
    """A new request's id, challenge and salt, with 160, 144 and 144 random bits.

    The id begins with a clock of 64 ticks a second: ids of one commit then stand side by side in their
    index, which writes few of its pages.
    """
    text = b64u((int(now * 64) % 2**32).to_bytes(4) + secrets.token_bytes(56))
    return store.ID_BEGINS + text[:32], text[32:56], text[56:]


def _tell(unit: Unit, asked: Asked, row: dict[str, object]) -> None:
    request_id = str(row["request_id"])
    quote = {"quote_sha256": asked.purchase.quote_sha256} if asked.purchase is not None else {}
    # Stands for the acknowledgement too, which leaves with this commit: `events` tells both.
    data = {"client_id": asked.client_id, "window_s": row["window_s"], **quote}
    unit.record("authentication_request", request_id, data)
    store.announce(unit, request_id, str(row["user_id"]))


@lru_cache(maxsize=8)
def _stamp(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _details(
    asked: Asked, callee: Callee, request_id: str, now: float, window: int, code: str | None, salt: str
) -> Details:
    context = Context(
        request_id=request_id,
        requester=Requester(asked.client_id, callee.device_name, asked.kind),
        nickname=callee.nickname,
        requested_at=_stamp(int(now)),
        place=asked.place or callee.registered_place() or UNKNOWN,
        decide_by=math.ceil(now + window),
        match_digits=0 if code is None else len(code),
    )
    return Details(
        context=context,
        salt=salt,
        purchase=asked.purchase,
        procedure=asked.procedure,
        authentication=asked.authentication,
    )
