"""What the text terminal tells, in the words of the approver's language: one place for both its modes.

A `Telling` is an event's name, its id, one sentence, and its members for `--json`.
"""

from typing import Any

import msgspec

from core.client.answer import Refusal
from core.domain.doubt import Doubt
from core.domain.request import State
from core.presentation.formats import in_a_row
from core.presentation.lines import lines, summary
from core.presentation.record import end_line
from core.terminal.events import Answered, Expired, Inquiry, NotSent, Settled, Withdrawn
from core.texts.catalog import Texts
from core.wire.messages import RequestView

OWN_CODES = frozenset(
    {
        "already_ended", "ambiguous_id", "bad_answer", "cannot_approve", "code_missing", "deciding",
        "key_unreadable", "nickname_taken", "no_assistant", "not_enrolled", "not_pending", "pin_needed",
        "removed", "server_away", "too_many_requests", "unanswered", "unknown_code", "unknown_command",
        "unknown_id", "unknown_reason", "usage", "user_id_taken", "wrong_code", "wrong_pin",
        "already_enrolled", "bad_user_id", "bad_nickname", "standard_input_closed", "other_user_id",
        "payment_under_way", "bad_user_code", "cannot_write",
    }
)  # fmt: skip
"""Codes that have a sentence of their own, `terminal-error-…`; the others share one."""


class Telling(msgspec.Struct, frozen=True):
    """One thing to tell."""

    event: str
    """`inquiry`, `withdrawn`, `expired`, `settled`, `approved`, `denied`, `reported`, `error` …"""
    id: str
    """What it is about: a request, a device, a user; empty for the terminal itself."""
    sentence: str
    """For a person."""
    members: dict[str, Any] = msgspec.field(default_factory=dict)
    """For a program, beside `event`, `id` and `sentence`."""


class Teller:
    """Finds the words for what happens, in one language and time zone."""

    def __init__(self, texts: Texts, zone: str) -> None:
        self.texts = texts
        self.zone = zone

    def error(self, code: str, about: str = "", request_id: str = "", **values: str | int) -> Telling:
        """Something that the person asked for did not happen."""
        name = code.replace("_", "-") if code in OWN_CODES else "other"
        sentence = self.texts.say(f"terminal-error-{name}", about=about or code, **values)
        return Telling("error", request_id, sentence, {"code": code})

    def refusal(self, refusal: Refusal, about: str = "") -> Telling:
        """A server said no."""
        code = "too_many_requests" if refusal.status == 429 else refusal.code
        wait_s = int(refusal.retry_after_s or 0)
        return self.error(code, about, minutes=max(1, -(-wait_s // 60)))

    def inquiry(self, event: Inquiry) -> Telling:
        """Somebody asks: everything that the window shows."""
        view, shown = event.view, lines(event.view.details, self.texts, self.zone)
        context, bought = view.details.context, view.details.purchase
        members = msgspec.to_builtins(shown) | {
            "kind_code": context.requester.kind,
            "amount": msgspec.to_builtins(bought.amount) if bought else None,
            "amount_text": shown.amount,
            "nickname": context.nickname,
            "nickname_text": shown.nickname,
            "requested_at": context.requested_at,
            "place": msgspec.to_builtins(context.place),
            "expires_in_s": round(event.countdown.remaining_s(), 3),
            "match_digits": context.match_digits,
            "presence": view.presence.value,
            "paired_at": view.asker.paired_at,
            "first_request": view.asker.first_request,
            "can_approve": event.trouble is None,
            "trouble": event.trouble,
            "is_again": event.is_again,
        }
        members.pop("request_id")
        return Telling("inquiry", view.id, shown.headline, members)

    def ended(self, event: Withdrawn | Expired | Settled) -> Telling:
        """A request has ended."""
        view = event.view
        name = type(event).__name__.lower()
        members = self._ending(view) | {"was_open": event.was_open}
        if isinstance(event, Expired):
            return Telling(name, view.id, self._say("terminal-expired", view), members)
        if isinstance(event, Withdrawn):
            return Telling(name, view.id, self._say("terminal-withdrawn", view), members)
        members |= {"receipt_verified": event.receipt is not None, "receipt_trouble": event.receipt_trouble}
        doubt = event.receipt_trouble
        sentence = self._say("terminal-settled", view, state=end_line(view, doubt, self.texts))
        if doubt in {Doubt.DIFFERS, Doubt.MISSING}:
            sentence = in_a_row((sentence, self.texts.say("terminal-unproven")), self.texts)
        return Telling(name, view.id, sentence, members)

    def _ending(self, view: RequestView) -> dict[str, Any]:
        return {
            "state": view.state.value,
            "reason": view.reason.value if view.reason else None,
            "outcome": msgspec.to_builtins(view.outcome) if view.outcome else None,
            "what": summary(view.details, self.texts),
        }

    def _say(self, key: str, view: RequestView, **more: str) -> str:
        who = view.details.context.requester.name
        return self.texts.say(key, what=summary(view.details, self.texts), who=who, **more)

    def answered(self, event: Answered) -> Telling:
        """The server's answer to our decision."""
        state, members = event.state, {"state": event.state.value}
        if event.reason is not None:
            members["reason"] = event.reason.value
        if state in (State.EXPIRED, State.WITHDRAWN, State.PENDING):
            return self.error("already_ended", request_id=event.id, state=state.value)
        if state is State.DENIED and event.reason is not None and event.reason.value == "wrong_match_code":
            return Telling("denied", event.id, self.texts.say("terminal-wrong-match-code"), members)
        name = state.value if state in (State.DENIED, State.REPORTED) else "approved"
        return Telling(name, event.id, self.texts.say(f"terminal-{name}"), members)

    def again(self, view: RequestView) -> Telling:
        """An order of the past was handed to the assistant."""
        return Telling("again", view.id, self._say("terminal-again", view), {"state": view.state.value})

    def not_sent(self, event: NotSent) -> Telling:
        """A decision was not taken."""
        return self.error(event.code, request_id=event.id)
