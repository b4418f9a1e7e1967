"""Every window in every state, by area, for the contact sheets of `make_screenshots.py`.

Each maker gives the real widget with values that a person could meet; nothing is drawn by hand.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from home_states import NARROW, SMALL_SCREEN, home, narrow, questions, rooms
from pictures_of import SMALLEST, Studio
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QWidget

from core.domain.decision import Reason
from core.domain.doubt import Doubt
from core.domain.place import Place
from core.domain.purchase import Item
from core.domain.request import State
from core.presentation.formats import in_a_row
from core.presentation.lines import lines
from core.roles.built_in_assistant import BuiltInAssistant
from core.wire.details import Authentication
from core.wire.messages import RequestView
from gui.household import AssistantStatus
from gui.prompt.dialog import PromptDialog
from gui.prompt.endings import ending, unanswered
from gui.wizard.window import Wizard
from tests.gui import samples

Makers = dict[str, Callable[[], QWidget]]


class Failed(BuiltInAssistant):
    """An assistant whose process has ended."""

    def __init__(self) -> None:
        super().__init__(Path(), ())

    def status(self) -> AssistantStatus:
        """It did not start."""
        return AssistantStatus.FAILED


def areas(studio: Studio) -> dict[str, Makers]:
    """Every state of every window of the desktop, by area."""
    return {
        "prompt": _prompts(studio),
        "ends": _ends(studio),
        "wizard": _wizard(studio),
        "home": home(studio),
        "rooms": rooms(studio),
        "narrow": narrow(studio),
        "questions": questions(studio),
    }


def _prompts(studio: Studio) -> Makers:
    say = studio.language.say
    return {
        "inactive": lambda: _inactive(studio),
        "arming": lambda: _asked(studio, studio.request(), "prompt-hint-moment", is_armed=False),
        "first time, ready": studio.armed,
        "PIN, late, place only claimed, others wait": studio.late,
        "PIN, no code": lambda: _asked(studio, _without_code(studio), "prompt-hint-pin-only", pin=True),
        "wrong PIN": lambda: _wrong_pin(studio),
        "unusual": lambda: _warned(studio, say("prompt-mixed", word="Mіlk"), view=_mixed(studio)),
        "first time, 12 items": lambda: _asked(studio, _long(studio), "prompt-hint-code"),
        "price differs": lambda: _warned(
            studio, say("prompt-trouble-quote_differs"), hint="prompt-hint-cannot"
        ),
        "unusual price, place and pace": lambda: _warned(studio, _strange(studio)),
        "abroad": lambda: _asked(studio, studio.request(place=_paris(studio)), "prompt-hint-code"),
        "PIN locked": lambda: _locked(studio),
        "no place": lambda: _asked(studio, studio.request(place=Place("", "unknown")), "prompt-hint-code"),
        "shop away": lambda: _warned(studio, say("prompt-trouble-payment_away"), hint="prompt-hint-away"),
        "procedure": lambda: _asked(studio, _procedure(studio), "prompt-hint-code"),
        "plain request": lambda: _asked(studio, _message(studio), "prompt-hint-code"),
        "reporting": lambda: _reporting(studio),
        "reasons": lambda: _reasons(studio),
        "sending": lambda: _sending(studio),
        "smallest screen": studio.on_small_screen,
        "smallest, PIN": lambda: studio.prompt(studio.request(), pin=True, room=SMALLEST),
    }


def _asked(
    studio: Studio, view: RequestView, hint: str, *, is_armed: bool = True, pin: bool = False
) -> PromptDialog:
    dialog = studio.prompt(view, pin=pin)
    dialog.arm(is_armed, hint)
    return dialog


def _inactive(studio: Studio) -> PromptDialog:
    """Somebody types elsewhere: nothing here has the keyboard."""
    dialog = _asked(studio, studio.request(), "prompt-hint-inactive", is_armed=False)
    dialog.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    dialog.answers.code.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    dialog.setFocus()
    return dialog


def _wrong_pin(studio: Studio) -> PromptDialog:
    dialog = _asked(studio, studio.request(), "prompt-wrong-pin", pin=True)
    dialog.answers.code.setText("47")
    dialog.answers.thaw(is_pin_wanted=True)
    dialog.arm(True, "prompt-wrong-pin")
    return dialog


def _locked(studio: Studio) -> PromptDialog:
    dialog = _asked(studio, studio.request(), "prompt-pin-locked", pin=True)
    dialog.answers.lock(True)
    return dialog


def _warned(
    studio: Studio, sentence: str, *, hint: str = "prompt-hint-code", view: RequestView | None = None
) -> PromptDialog:
    can_approve = hint == "prompt-hint-code"
    view = view or studio.request()
    dialog = studio.prompt(view)
    said = lines(view.details, studio.language.texts, studio.language.zone)
    dialog.ask(view, said, needs_pin=False, can_approve=can_approve)
    dialog.warn(sentence, "bad" if hint == "prompt-hint-cannot" else "warn")
    dialog.arm(True, hint)
    return dialog


def _mixed(studio: Studio) -> RequestView:
    title = "Mіlk 1リットル" if studio.is_japanese else "Mіlk, 1 litre"
    return samples.request(Item("item-1", title, 1, 248), **studio.asker, place=studio.kitchen)


def _strange(studio: Studio) -> str:
    say = studio.language.say
    price, far = say("lines-unusual-amount", usual="¥400"), say("lines-unusual-far", km=312)
    return in_a_row((price, far, say("lines-unusual-pace", count=6)), studio.language.texts)


def _paris(studio: Studio) -> Place:
    return Place("ホテル" if studio.is_japanese else "Hotel", "reported", 48.8566, 2.3522, 80)


def _without_code(studio: Studio) -> RequestView:
    return studio.request(digits=0)


def _procedure(studio: Studio) -> RequestView:
    view = samples.procedure_ja() if studio.is_japanese else samples.procedure()
    asker = msgspec.structs.replace(
        view.details.context.requester, name="おうちエージェント" if studio.is_japanese else "Home agent"
    )
    context = msgspec.structs.replace(view.details.context, requester=asker)
    return msgspec.structs.replace(view, details=msgspec.structs.replace(view.details, context=context))


def _long(studio: Studio) -> RequestView:
    word = "有機栽培の緑茶ティーバッグ" if studio.is_japanese else "Organic oat drink"
    items = (Item(f"item-{at}", f"{word} {at}", 1 + at % 3, 248 + 90 * at) for at in range(1, 13))
    return samples.request(*items, **studio.asker, place=studio.kitchen, is_first=True)


def _message(studio: Studio) -> RequestView:
    view = _procedure(studio)
    words = "合い言葉は、さくら" if studio.is_japanese else "The word is sakura"
    asked = Authentication(("openid", "profile"), words)
    return msgspec.structs.replace(
        view, details=msgspec.structs.replace(view.details, procedure=None, authentication=asked)
    )


def _sending(studio: Studio) -> PromptDialog:
    dialog = studio.armed()
    dialog.answers.freeze()
    dialog.arm(False, "prompt-hint-sending")
    return dialog


def _reporting(studio: Studio) -> PromptDialog:
    dialog = _asked(studio, studio.request(), "prompt-hint-code")
    dialog.answers.report.click()
    dialog.arm(True, dialog.answers.hint[0])
    return dialog


def _reasons(studio: Studio) -> QMenu:
    dialog = studio.armed()
    menu = dialog.answers.more.menu()
    menu.setProperty("owner", dialog)
    return menu


def _ends(studio: Studio) -> Makers:
    made: Makers = {str(state): partial(studio.ended, state) for state in State if state is not State.PENDING}
    made["declined"] = lambda: studio.ended(State.DECLINED, code="insufficient_funds")
    made["declined, no reason"] = lambda: studio.ended(State.DECLINED)
    made["refused and blocked"] = lambda: studio.ended(State.REPORTED, is_blocked=True)
    made["wrong code"] = lambda: studio.ended(State.DENIED, Reason.WRONG_MATCH_CODE)
    made["not heard of"] = lambda: _lost(studio)
    made["a receipt of somebody else"] = lambda: _doubted(studio, State.PAID, Doubt.DIFFERS)
    made["paid, shop away"] = lambda: _doubted(studio, State.PAID, Doubt.AWAY)
    made["declined, shop away"] = lambda: _doubted(studio, State.DECLINED, Doubt.AWAY)
    return made | {f"{name}, no purchase": partial(_plain_end, studio, name) for name in PLAIN_ENDS}


PLAIN_ENDS = {
    "approved": State.APPROVED,
    "denied": State.DENIED,
    "wrong code": State.DENIED,
    "refused": State.REPORTED,
    "refused and blocked": State.REPORTED,
    "expired": State.EXPIRED,
}
"""Of a request that buys nothing."""


def _plain_end(studio: Studio, name: str) -> PromptDialog:
    reason = Reason.WRONG_MATCH_CODE if name == "wrong code" else None
    is_blocked, view = name.endswith("blocked"), _procedure(studio)
    return studio.ended(PLAIN_ENDS[name], reason, is_blocked=is_blocked, of=view)


def _lost(studio: Studio) -> PromptDialog:
    view = studio.request()
    dialog = studio.prompt(view)
    said = lines(view.details, studio.language.texts, studio.language.zone)
    dialog.end(unanswered(said, studio.language.texts))
    return dialog


def _doubted(studio: Studio, state: State, doubt: Doubt) -> PromptDialog:
    view = studio.request(state=state)
    dialog = studio.prompt(view)
    said = lines(view.details, studio.language.texts, studio.language.zone)
    dialog.end(ending(view, said, studio.language.texts, doubt=doubt))
    return dialog


def _wizard(studio: Studio) -> Makers:
    def at(page: str) -> Wizard:
        made = studio.wizard()
        made.go_to(getattr(made, page))
        return made

    def starting() -> Wizard:
        made = Wizard(studio.theme, studio.language, studio.link)
        made.profile_step.be_busy(True)
        return made

    def wrong() -> Wizard:
        made = studio.wizard()
        made.profile_step.complain(studio.language.say("desktop-refusal-user_id_taken"), "user_id")
        return made

    def incomplete() -> Wizard:
        made = studio.wizard()
        step = made.profile_step
        step.user_id.control.setText("Mo Mo")  # type: ignore[attr-defined]
        step.pin.control.setText("12")  # type: ignore[attr-defined]
        step.zone.control.setCurrentText("Atlantis")  # type: ignore[attr-defined]
        step.go.click()
        return made

    def alone() -> Wizard:
        made = studio.consent()
        made.pairing.left.emit()
        return made

    def ready() -> Wizard:
        made = studio.wizard()
        made.be_done(studio.profile)
        return made

    def not_started() -> Wizard:
        made = starting()
        why = "Port 20000 is taken by another program"
        made.profile_step.be_unserved(
            studio.language.say("desktop-servers-failed", code="port_refused", why=why)
        )
        return made

    def without_assistant() -> Wizard:
        made = Wizard(studio.theme, studio.language, studio.link, Failed())
        made.go_to(made.waiting)
        made.look_at_assistant()
        return made

    def wrong_code() -> Wizard:
        made = at("code_step")
        made.code_step.code.setText("K7QX-2M9P")
        made.code_step.complain(studio.language.say("desktop-refusal-wrong_code"))
        return made

    def refused() -> Wizard:
        made = studio.consent()
        made.pairing.complain(studio.language.say("desktop-refusal-nickname_taken"), "nickname")
        return made

    return {
        "starting": starting,
        "servers did not start": not_started,
        "profile": studio.wizard,
        "profile, refused": wrong,
        "profile, every complaint": incomplete,
        "one-time code": lambda: at("code_step"),
        "one-time code, wrong": wrong_code,
        "waiting": lambda: at("waiting"),
        "assistant did not start": without_assistant,
        "consent": studio.consent,
        "consent, refused": refused,
        "ready": ready,
        "ready, nobody paired": alone,
        "consent, 800 × 600": lambda: _sized(studio.consent(), SMALL_SCREEN),
        "profile, narrow": lambda: _sized(studio.wizard(), NARROW),
        "consent, narrow": lambda: _sized(studio.consent(), NARROW),
    }


def _sized(made: Wizard, size: QSize) -> Wizard:
    made.resize(size)
    return made
