"""`POST /profile/deletion`: a person leaves, and everything that names them is deleted in one transaction.

It needs a word signed by the terminal, with its PIN's key where the person has a PIN, that repeats the user
ID as the person typed it. Open requests end as `denied`; terminals, pairings and tokens end at once. Kept is
what names nobody: the audit chain (ids only); for an hour, how requests of the last ten minutes ended; a
pseudonym, so that nobody else ever gets this user ID with its subjects and its wallet. The payment server
never knew the person; its ledger and receipts stay, under the pairwise subject.
"""

from typing import Literal

from starlette.requests import Request

from core.database.writer import Unit
from core.domain.request import State
from core.domain.times import REDEEMABLE_S
from core.server.answers import NOTHING, Answer
from core.server.bearers import require, user_of
from core.server.errors import Refused
from core.server.json_endpoint import read_message
from core.server.services import Services
from core.server.store import erasure, profiles
from core.server.store import requests as store
from core.server.terminal_keys import keys_of
from core.wire import deletion
from core.wire.deletion import Deletion
from core.wire.messages import DeletionBody

Ended = Literal["gone", "paying", "nobody"]


async def delete(services: Services, request: Request) -> Answer:
    """Deletes the person whose terminal asks.

    Raises:
        Refused: 400 `pin_needed`: the person has a PIN and the word is not signed by its key;
            409 `payment_under_way`: an approved order is not settled yet, nothing was deleted.
        ArtifactRefused: 400: the signed word is not what it should be; nothing was deleted.
        BadBearer: 401: also when somebody was first.
    """
    bearer = await require(services, request, "terminal")
    user_id, terminal_id = user_of(bearer), bearer.client_id
    body = await read_message(request, DeletionBody)
    keys, has_pin = await services.store.read(
        lambda db: (keys_of(db, terminal_id), profiles.ever_had_pin(db, user_id))
    )
    if keys is None:
        raise _unknown()
    expected = Deletion(terminal_id, user_id, services.issuer, int(services.now()))
    deletion.verify(body.deletion, keys.trusted, expected=expected)
    if has_pin and not keys.is_by_pin(body.deletion):
        raise Refused(400, "pin_needed", "Deleting needs the PIN. Nothing has changed.")
    pseudonym = services.subjects.of_gone(user_id)
    ended = await services.store.write(lambda unit: erase(unit, user_id, terminal_id, pseudonym))
    if ended == "paying":
        detail = "An approved order is still being paid. Try again when it is settled; nothing was deleted."
        raise Refused(409, "payment_under_way", detail, headers={"Retry-After": "15"})
    if ended == "nobody":
        raise _unknown()
    # A token appended in the same commit ahead of it was not visible to it; now it is.
    await services.store.write(lambda unit: _end_requests(unit, user_id, terminal_id))
    return NOTHING


def erase(unit: Unit, user_id: str, terminal_id: str, pseudonym: str) -> Ended:
    """Deletes the person inside a guard, all of it or nothing.

    Args:
        unit: The writer's transaction.
        user_id: Who leaves.
        terminal_id: Where they said so, for the record.
        pseudonym: What is remembered in place of the user ID.
    """
    if not store.lock_user(unit.connection, user_id):
        return "nobody"
    unit.catch_up(user_id)
    if erasure.is_paying(unit.connection, user_id):
        return "paying"
    erasure.drop_news(unit, user_id)
    _end_requests(unit, user_id, terminal_id)
    erasure.drop_person(unit, user_id)
    erasure.remember(unit, pseudonym)
    unit.record("deletion", "", {"terminal_id": terminal_id})
    return "gone"


def _end_requests(unit: Unit, user_id: str, terminal_id: str) -> None:
    for request_id in erasure.pending(unit.connection, user_id):
        if store.move(unit, request_id, State.DENIED, ended_at=unit.now) is not None:
            data = {"state": State.DENIED.value, "terminal_id": terminal_id}
            unit.record("decision", request_id, data)
    erasure.drop_requests(unit, user_id, unit.now - REDEEMABLE_S)
    erasure.drop_tokens(unit, user_id)


def _unknown() -> Refused:
    return Refused(401, "unknown_terminal", "This terminal belongs to nobody any more.")
