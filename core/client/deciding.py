"""Signs a decision once and posts the same bytes until an answer is known.

A repeat has no effect (docs/wire.md "Deciding"), so a lost answer never leaves the person in doubt for
longer than the server is away, and never decides twice.
"""

import secrets

import msgspec

from core.client.answer import Refusal
from core.client.backoff import Backoff
from core.client.errors import ClientError
from core.client.oauth import OAuthClient
from core.domain.decision import Decision, Presence, Reason
from core.wire import approval
from core.wire.approval import Approval, Display
from core.wire.keys import SigningKey
from core.wire.messages import DecisionAnswer, DecisionBody

LONGEST_PAUSE_S = 4.0


class Choice(msgspec.Struct, frozen=True):
    """What the person chose."""

    request_id: str
    """The request."""
    decision: Decision
    """approve, deny or report."""
    match_code: str | None = None
    """The digits as typed, with an approval. Never logged."""
    reason: Reason | None = None
    """Why not, if the person said so."""
    shown_ms: int = 0
    """Milliseconds on screen before the answer."""


class Subject(msgspec.Struct, frozen=True):
    """What the decision is bound to."""

    user_id: str
    """Whose decision."""
    details_sha256: str
    """Hash of what was shown, computed by this terminal."""
    challenge: str
    """The request's challenge."""
    display: Display
    """How it was shown."""


def signed(choice: Choice, subject: Subject, client: OAuthClient, pin_key: SigningKey | None) -> str:
    """The decision as `nod-approval+jws`, by the PIN key if one is given, else by the login key."""
    content = Approval(
        iss=client.client_id,
        sub=subject.user_id,
        aud=client.issuer,
        jti=secrets.token_urlsafe(16),
        iat=int(client.transport.server_now()),
        txn=choice.request_id,
        decision=choice.decision,
        details_sha256=subject.details_sha256,
        challenge=subject.challenge,
        match_code=choice.match_code,
        presence=Presence.PIN if pin_key else Presence.CLICK,
        shown_ms=choice.shown_ms,
        display=subject.display,
        reason=choice.reason,
    )
    return approval.sign(content, pin_key or client.key)


async def post_until_known(
    client: OAuthClient, request_id: str, compact: str, give_up_steady: float
) -> DecisionAnswer | Refusal | None:
    """Posts a signed decision, byte-identical, until the server says what stands.

    Args:
        client: the terminal.
        request_id: the request.
        compact: the signed decision.
        give_up_steady: when to stop trying, on the steady clock.

    Returns:
        The state that stands; a refusal (409 with the state, 400 `pin_needed` …); None when the server
        stayed away, so that nobody knows yet: the inbox will tell.
    """
    clock, backoff = client.transport.clock, Backoff(longest_s=LONGEST_PAUSE_S)
    path = f"/requests/{request_id}/decision"
    while True:
        try:
            answer = await client.json("POST", path, DecisionBody(compact), safe=True)
            found = answer.read(DecisionAnswer)
            if not (isinstance(found, Refusal) and (found.is_passing or found.status == 429)):
                return found
        except ClientError:
            pass
        if clock.steady() >= give_up_steady:
            return None
        await clock.sleep(backoff.next_s())
