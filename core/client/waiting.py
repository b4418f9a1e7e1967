"""How a device waits for the end of its request: the token endpoint's polling, through lost answers.

Each poll lets the server hold its answer until there is news (CIBA Core 1.0 section 10.1), so the end is
heard at once; a server that does not hold is polled at its interval.

A redeemed request answers `invalid_grant` at the second poll (CIBA Core 1.0 section 11), so after a lost
answer the repeatable `/outcome` has the last word.
"""

from collections.abc import Awaitable, Callable

from core.client.answer import Refusal
from core.client.asking import Asked, Ended, of_outcome, of_tokens
from core.client.errors import BadAnswer, ServerAway
from core.client.oauth import CIBA_GRANT, OAuthClient
from core.domain.outcome import Outcome
from core.wire.messages import OutcomeAnswer

SLOWER_S = 5.0
"""Added to the interval at each `slow_down`."""
HOLD_S = 6
"""Seconds that the server may hold a poll; well below the time-out of a call."""

Look = Callable[[Asked], Awaitable[OutcomeAnswer | Refusal]]


async def wait_until_ended(client: OAuthClient, look: Look, request: Asked) -> Ended:
    """Polls until the request has ended, or until it is too late to learn how.

    Args:
        client: the device's client.
        look: asks `/outcome`.
        request: what to wait for.
    """
    clock, interval_s, trouble = client.transport.clock, request.interval_s, "no_answer"
    while clock.steady() < request.give_up_steady:
        held_s = 0.0
        try:
            found = await _poll(client, look, request)
            if isinstance(found, Ended):
                return found
            if found is not None:
                trouble, held_s = found.code, found.held_s
                interval_s = _next_interval(found, interval_s)
        except (ServerAway, BadAnswer) as error:
            trouble = error.code
        if held_s < interval_s:
            await clock.sleep(interval_s - held_s)
    return Ended(Outcome.UNKNOWN, request.auth_req_id, trouble)


def _next_interval(refusal: Refusal, interval_s: float) -> float:
    if refusal.code == "slow_down":
        return interval_s + SLOWER_S
    return max(interval_s, min(refusal.retry_after_s or 0.0, 30.0))


async def _poll(client: OAuthClient, look: Look, request: Asked) -> Ended | Refusal | None:
    params = {"grant_type": CIBA_GRANT, "auth_req_id": request.auth_req_id}
    answer = await client.form("/token", params, safe=False, wait_s=HOLD_S)
    tokens = answer.json()
    if isinstance(tokens, dict):
        return of_tokens(tokens, request)
    if tokens.code in ("authorization_pending", "slow_down", "too_many_requests") or tokens.is_passing:
        return tokens
    if tokens.code == "access_denied":
        withdrawn = tokens.detail == "withdrawn"
        return Ended(Outcome.WITHDRAWN if withdrawn else Outcome.DENIED, request.auth_req_id)
    if tokens.code == "expired_token":
        return Ended(Outcome.EXPIRED, request.auth_req_id)
    if tokens.code == "invalid_grant":
        return await _last_word(look, request)
    return Ended(Outcome.ERROR, request.auth_req_id, tokens.code)


async def _last_word(look: Look, request: Asked) -> Ended | None:
    answer = await look(request)
    if isinstance(answer, OutcomeAnswer):
        return of_outcome(answer, request)
    if answer.is_passing:
        return None
    return Ended(Outcome.UNKNOWN, request.auth_req_id, answer.code)
