"""The events that the device tells, and the last line of `--once --json`."""

import datetime
from typing import Any

from assistant.conversation import Close, Errand
from assistant.ears.interface import OWNER, Heard
from assistant.known import Known
from assistant.telling import Event
from core.client.asking import Asked
from core.client.device import PairingStarted
from core.domain.money import Money
from core.domain.outcome import EXIT_STATUS, Outcome


def pairing(started: PairingStarted) -> Event:
    """The code to be typed on the approver's terminal."""
    return {
        "event": "pairing",
        "user_code": started.user_code,
        "verification_uri": started.verification_uri,
        "expires_in": round(started.expires_in),
    }


def away(since: float) -> Event:
    """The server does not answer; `since` in epoch seconds."""
    moment = datetime.datetime.fromtimestamp(since, datetime.UTC)
    return {"event": "away", "since": moment.isoformat(timespec="seconds")}


def heard(line: str | None, what: Heard, known: Known) -> Event:
    """What was understood of an utterance; `line` where it was typed."""
    told = what.as_json()
    if told["heard"] is not None and what.nickname == OWNER:
        told["heard"]["nickname"] = known.owner
    return {"event": "heard"} | ({"text": line} if line is not None else {}) | told


def quoted(errand: Errand, amount: Money) -> Event:
    """The shop's price."""
    return {"event": "quoted", **_told(errand), "amount": _money(amount)}


def asked(errand: Errand | None, request: Asked) -> Event:
    """An open request."""
    return {
        "event": "asked",
        "id": request.auth_req_id,
        "nickname": errand.nickname if errand else None,
        "match_code": request.match_code,
        "decision_expires_in": round(request.window_s),
        "decide_by_steady": request.decide_by_steady,
    }


def outcome(closed: Close) -> Event:
    """How an errand ended."""
    return {"event": "outcome"} | _errand(closed)


def last_line(closed: list[Close]) -> dict[str, Any]:
    """The object that `--once --json` ends with; `outcome` is its last member."""
    if not closed:
        return {"heard": None, "amount": None, "id": None, "match_code": None, "outcome": Outcome.ERROR}
    first = _errand(closed[0])
    if len(closed) > 1:
        first["orders"] = [_errand(more) for more in closed]
    first["outcome"] = decisive(closed).outcome
    return {name: first[name] for name in sorted(first, key=lambda name: name == "outcome")}


def decisive(closed: list[Close]) -> Close:
    """Of several orders, the one whose end becomes the exit status: the first that went wrong."""
    return next((close for close in closed if EXIT_STATUS[close.outcome] != 0), closed[0])


def _errand(closed: Close) -> dict[str, Any]:
    errand, request = closed.errand, closed.errand.asked if closed.errand else None
    return {
        "heard": _told(errand) if errand is not None and errand.item is not None else None,
        "amount": _money(errand.amount) if errand and errand.amount else None,
        "id": request.auth_req_id if request else None,
        "match_code": request.match_code if request else None,
        "code": closed.code,
        "outcome": closed.outcome,
    }


def _told(errand: Errand) -> dict[str, Any]:
    told = {"item": errand.item, "quantity": errand.quantity, "nickname": errand.nickname}
    also = [{"item": thing.item, "quantity": thing.quantity} for thing in errand.also]
    return told | ({"also": also} if also else {})


def _money(amount: Money) -> dict[str, Any]:
    return {"value": amount.value, "currency": amount.currency}
