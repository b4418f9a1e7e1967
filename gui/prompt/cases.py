"""One request that is asked about, with the state of its prompt, and the words for that state."""

from dataclasses import dataclass

from core.domain.doubt import Doubt
from core.domain.request import State
from core.domain.text_gate import mixed_script_words
from core.presentation import formats
from core.presentation.lines import Lines
from core.presentation.unusual import unusual
from core.terminal.events import Inquiry
from core.terminal.prompt import Complaint, Phase, Prompt
from core.texts.catalog import Texts
from core.wire.details import Details
from core.wire.messages import RequestView
from gui.prompt.endings import Ending, ending, unanswered

COMPLAINTS = {
    Complaint.WRONG_PIN: "prompt-wrong-pin",
    Complaint.PIN_LOCKED: "prompt-pin-locked",
    Complaint.PIN_MISSING: "prompt-hint-pin",
    Complaint.REFUSED: "prompt-refused",
}
TROUBLED = frozenset({"prompt-wrong-pin", "prompt-pin-locked", "prompt-refused"})
"""Hints that something went wrong."""
HINTS = {
    Phase.DECIDING: "prompt-hint-sending",
    Phase.DISARMED: "prompt-hint-inactive",
    Phase.HIDDEN: "prompt-hint-inactive",
    Phase.ARMING: "prompt-hint-moment",
}
TROUBLES = {"payment_away", "pin_not_set", "details_differ", "quote_missing", "quote_differs", "hostile_text"}
"""What `core.client.looking` can find, by the names that have a sentence."""
WAYS_ON = {"payment_away": "prompt-hint-away", "pin_not_set": "prompt-hint-no-pin"}
"""What can be done about a trouble that may pass."""


@dataclass
class Case:
    """One request that was asked about."""

    view: RequestView
    """As the server last told it."""
    inquiry: Inquiry
    """As it was asked."""
    prompt: Prompt
    """The rules of its prompt."""
    is_blocked: bool = False
    """Whether the person blocked the device with the answer."""
    is_lost: bool = False
    """Whether our answer was sent and nothing was heard."""
    doubt: Doubt | None = None
    """Why the receipt of its payment is not believed."""
    over_since: float | None = None
    """When its end came on screen, on the steady clock."""


def case_of(inquiry: Inquiry) -> Case:
    """The case of a new inquiry."""
    view = inquiry.view
    prompt = Prompt(
        request_id=view.id,
        ends=inquiry.countdown.ends_steady,
        code_digits=view.details.context.match_digits,
        presence=view.presence,
        can_approve=inquiry.trouble is None,
    )
    return Case(view, inquiry, prompt)


def end_of(case: Case, said: Lines, texts: Texts) -> Ending:
    """What has become of it."""
    if case.is_lost and case.view.state is State.PENDING:
        return unanswered(said, texts)
    return ending(case.view, said, texts, is_blocked=case.is_blocked, doubt=case.doubt)


def hint(case: Case, phase: Phase, when_armed: str, is_approving: bool) -> str:
    """The key of the line under the buttons.

    Args:
        case: the request, and the rules' state.
        phase: what they compute now.
        when_armed: the key while the buttons work: what is still to be typed, or "ready".
        is_approving: whether it can be approved in this step; a wrong PIN is of no interest elsewhere.
    """
    prompt = case.prompt
    if is_approving and prompt.complaint in COMPLAINTS and phase in {Phase.ARMING, Phase.ARMED}:
        return COMPLAINTS[prompt.complaint]
    if phase in HINTS:
        return HINTS[phase]
    if prompt.can_approve or not is_approving:
        return when_armed
    return WAYS_ON.get(case.inquiry.trouble or "", "prompt-hint-cannot")


def _from_outside(details: Details) -> tuple[str, ...]:
    """Every text that somebody else chose, in the order in which it is shown."""
    found: list[str] = []
    if details.purchase:
        found += [*(item.title for item in details.purchase.items), details.purchase.payee.name]
    if details.procedure:
        fields = (f"{one.label} {one.value}" for one in details.procedure.fields)
        found += [details.procedure.procedure, *fields]
    if details.authentication:
        found.append(details.authentication.binding_message or "")
    context = details.context
    return (*found, context.requester.name, context.nickname, context.place.label)


def gravity(case: Case) -> str:
    """The ground of what is remarked: `bad` where it can never be approved, else `warn`."""
    trouble = case.inquiry.trouble
    return "bad" if trouble is not None and trouble not in WAYS_ON else "warn"


def remark(case: Case, past: tuple[RequestView, ...], texts: Texts) -> str:
    """What the person should know before anything else; empty where all is as usual."""
    trouble = case.inquiry.trouble
    if trouble is not None:
        return texts.say(f"prompt-trouble-{trouble if trouble in TROUBLES else 'other'}")
    odd = [word for text in _from_outside(case.view.details) for word in mixed_script_words(text)]
    mixed = (texts.say("prompt-mixed", word=odd[0]),) if odd else ()
    return formats.in_a_row((*mixed, *unusual(case.view, past, texts)), texts)
