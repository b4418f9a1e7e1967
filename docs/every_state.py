"""Every window in every state, by area, for the contact sheets of `make_screenshots.py`.

Each maker gives the real widget with values that a person could meet; nothing is drawn by hand.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import msgspec
from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QMenu, QWidget

from core.client.addresses import PAYMENT
from core.domain.decision import Reason
from core.domain.money import Money
from core.domain.purchase import Payee
from core.domain.request import State
from core.presentation.lines import lines
from core.wire.details import Authentication
from core.wire.messages import PairingView, RequestView
from core.wire.messages.people import EnrolmentCode, TerminalView
from core.wire.receipt import Receipt
from gui.closing import Closing
from gui.farewell import Farewell
from gui.main_window import MainWindow
from gui.pages.device_card import DeviceCard
from gui.pages.devices import DevicesPage
from gui.pages.pin_question import PinQuestion
from gui.pages.profile import ProfilePage
from gui.pages.profile_leaving import DeletionQuestion
from gui.pages.requests import RequestsPage
from gui.pages.spending import SpendingPage
from gui.parts.ask import Ask
from gui.preferences import PreferencesFile
from gui.prompt.dialog import PromptDialog
from gui.prompt.endings import unanswered
from gui.tray import Tray
from gui.wizard.window import Wizard
from pictures_of import SMALLEST, Studio
from tests.gui import samples

Part = TypeVar("Part", bound=QObject)
Makers = dict[str, Callable[[], QWidget]]
TALL, NARROW = QSize(1000, 2300), QSize(400, 620)


def areas(studio: Studio) -> dict[str, Makers]:
    """Every state of every window of the desktop, by area."""
    return {
        "prompt": _prompts(studio),
        "ends": _ends(studio),
        "wizard": _wizard(studio),
        "home": _home(studio),
        "rooms": _rooms(studio),
        "questions": _questions(studio),
    }


def _prompts(studio: Studio) -> Makers:
    say = studio.language.say
    return {
        "inactive": lambda: _asked(studio, studio.request(), "prompt-hint-inactive", is_armed=False),
        "arming": lambda: _asked(studio, studio.request(), "prompt-hint-moment", is_armed=False),
        "first time, ready": studio.armed,
        "PIN, late, place only claimed, others wait": studio.late,
        "PIN, no code": lambda: _asked(studio, _without_code(studio), "prompt-hint-pin-only", pin=True),
        "wrong PIN": lambda: _asked(studio, studio.request(), "prompt-wrong-pin", pin=True),
        "unusual": lambda: _warned(studio, say("prompt-mixed", word="Mіlk")),
        "shop away": lambda: _warned(studio, say("prompt-trouble-payment_away"), can_approve=False),
        "procedure": lambda: _asked(studio, _procedure(studio), "prompt-hint-code"),
        "plain request": lambda: _asked(studio, _message(studio), "prompt-hint-code"),
        "reporting": lambda: _reporting(studio),
        "reasons": lambda: _reasons(studio),
        "sending": lambda: _asked(studio, studio.request(), "prompt-hint-sending", is_armed=False),
        "smallest screen": studio.on_small_screen,
        "smallest, PIN": lambda: studio.prompt(studio.request(), pin=True, room=SMALLEST),
    }


def _asked(
    studio: Studio, view: RequestView, hint: str, *, is_armed: bool = True, pin: bool = False
) -> PromptDialog:
    dialog = studio.prompt(view, pin=pin)
    dialog.arm(is_armed, hint)
    return dialog


def _warned(studio: Studio, sentence: str, *, can_approve: bool = True) -> PromptDialog:
    view = studio.request()
    dialog = studio.prompt(view)
    said = lines(view.details, studio.language.texts, studio.language.zone)
    dialog.ask(view, said, needs_pin=False, can_approve=can_approve)
    dialog.warn(sentence)
    dialog.arm(True, "prompt-hint-code" if can_approve else "prompt-hint-cannot")
    return dialog


def _without_code(studio: Studio) -> RequestView:
    return studio.request(digits=0)


def _procedure(studio: Studio) -> RequestView:
    return samples.procedure() if not studio.is_japanese else samples.procedure_ja()


def _message(studio: Studio) -> RequestView:
    view = _procedure(studio)
    words = "合い言葉は、さくら" if studio.is_japanese else "The word is sakura"
    asked = Authentication(("openid", "profile"), words)
    return msgspec.structs.replace(
        view, details=msgspec.structs.replace(view.details, procedure=None, authentication=asked)
    )


def _reporting(studio: Studio) -> PromptDialog:
    dialog = _asked(studio, studio.request(), "prompt-hint-ready")
    dialog.answers.report.click()
    return dialog


def _reasons(studio: Studio) -> QMenu:
    dialog = studio.armed()
    menu = dialog.answers.more.menu()
    menu.setProperty("owner", dialog)
    return menu


def _ends(studio: Studio) -> Makers:
    made: Makers = {str(state): partial(studio.ended, state) for state in State if state is not State.PENDING}
    made["declined"] = lambda: studio.ended(State.DECLINED, code="insufficient_funds")
    made["wrong code"] = lambda: studio.ended(State.DENIED, Reason.WRONG_MATCH_CODE)
    made["not heard of"] = lambda: _lost(studio)
    return made


def _lost(studio: Studio) -> PromptDialog:
    view = studio.request()
    dialog = studio.prompt(view)
    said = lines(view.details, studio.language.texts, studio.language.zone)
    dialog.end(unanswered(said, studio.language.texts))
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
        made.profile_step.user_id.complain(studio.language.say("desktop-wizard-user-id-wrong"))
        made.profile_step.complain(studio.language.say("desktop-refusal-user_id_taken"))
        return made

    def ready() -> Wizard:
        made = studio.wizard()
        made.be_done(studio.profile)
        return made

    def narrow(made: Wizard) -> Wizard:
        made.resize(NARROW)
        return made

    return {
        "starting": starting,
        "profile": studio.wizard,
        "profile, refused": wrong,
        "one-time code": lambda: at("code_step"),
        "waiting": lambda: at("waiting"),
        "consent": studio.consent,
        "ready": ready,
        "ready, nobody paired": lambda: at("done"),
        "profile, narrow": lambda: narrow(studio.wizard()),
        "consent, narrow": lambda: narrow(studio.consent()),
    }


def _home(studio: Studio) -> Makers:
    return {
        "requests": lambda: studio.home(studio.history()),
        "paid, with its record": lambda: _with_receipt(studio),
        "empty": lambda: _invited(studio),
        "loading": lambda: _loading(studio),
        "nothing found": lambda: _searched(studio),
        "offline": studio.offline,
        "removed": lambda: _broken(studio),
        "requests, narrow": lambda: _narrow(studio),
        "request, narrow": lambda: _narrow(studio, is_open=True),
    }


def _rooms(studio: Studio) -> Makers:
    return {
        "devices": lambda: studio.home(studio.history(), "devices"),
        "no devices": lambda: _no_devices(studio),
        "pairing": lambda: _pairing(studio),
        "pairing, consent": lambda: _pairing(studio, is_found=True),
        "spending": lambda: studio.home(studio.bought(), "spending"),
        "spending by device": lambda: _spending(studio),
        "nothing spent": lambda: studio.home((), "spending"),
        "about": lambda: studio.home(studio.history(), "about"),
        "profile": lambda: _profile(studio),
    }


def _page(window: MainWindow, kind: type[Part]) -> Part:
    found = window.findChild(kind)
    assert found is not None
    return found


def _with_receipt(studio: Studio) -> MainWindow:
    view = studio.request("b", state=State.PAID)
    window = studio.home((view,))
    amount, payee = Money(1_808, "JPY"), Payee("nod-market", "Nod Market")
    receipt = Receipt(PAYMENT, "server", 0, view.id, "t", "a", "paid", amount, payee, 12, "p")
    _page(window, RequestsPage).detail.show_request(view, receipt)
    return window


def _invited(studio: Studio) -> MainWindow:
    window = studio.home(())
    _page(window, RequestsPage).invite("モモ" if studio.is_japanese else "Momo")
    return window


def _loading(studio: Studio) -> MainWindow:
    return studio.home((), is_loaded=False)


def _searched(studio: Studio) -> MainWindow:
    window = studio.home(studio.history())
    _page(window, RequestsPage).search.setText("コーヒー" if studio.is_japanese else "coffee")
    return window


def _broken(studio: Studio) -> MainWindow:
    window = studio.home(studio.history())
    window.be_broken(studio.language.say("desktop-removed"))
    return window


def _no_devices(studio: Studio) -> MainWindow:
    window = studio.home((), "devices")
    _page(window, DevicesPage).show_devices(())
    return window


def _pairing(studio: Studio, *, is_found: bool = False) -> MainWindow:
    window = studio.home((), "devices")
    devices = _page(window, DevicesPage)
    devices.be_of(studio.profile)
    devices.start_pairing()
    if is_found:
        view = PairingView("Shopping agent", "ai_agent", ("purchase",), 600)
        devices.pairing.consent.show_pairing(view, studio.profile.nickname, None)
        devices.pairing.show_consent()
    else:
        devices.pairing.code.setText("ABCD-EFGX")
        devices.pairing.complain(studio.language.say("desktop-refusal-unknown_code"))
    return window


def _spending(studio: Studio) -> MainWindow:
    window = studio.home(studio.bought(), "spending")
    _page(window, SpendingPage).by.setCurrentIndex(1)
    return window


def _narrow(studio: Studio, *, is_open: bool = False) -> MainWindow:
    window = studio.home(studio.history())
    window.resize(NARROW)
    if is_open:
        window.show()
        page = _page(window, RequestsPage)
        page.list.clicked.emit(page.list.model().index(1, 0))
    return window


def _profile(studio: Studio) -> MainWindow:
    window = studio.home(studio.history(), "profile")
    terminals = _page(window, ProfilePage).terminals
    this = TerminalView("t1", "desktop", "2026-11-02T09:00:00Z", True)
    terminals.show_terminals((this, TerminalView("t2", "laptop", "2026-11-20T09:00:00Z")))
    terminals.show_code(EnrolmentCode("K7QX-2M9P", 600))
    window.resize(TALL)
    return window


def _questions(studio: Studio) -> Makers:
    def about_device(button: str) -> QWidget:
        window = studio.home((), "devices")
        getattr(_page(window, DeviceCard), button).click()
        return _page(window, Ask)

    def closing() -> QWidget:
        window = studio.home(())
        asking = Closing(
            window, studio.language, PreferencesFile(studio.folder), Tray(studio.language, window)
        )
        asking.ask()
        return _page(window, Ask)

    return {
        "changing a device": lambda: about_device("change"),
        "unpairing": lambda: about_device("unpair"),
        "closing": closing,
        "deleting everything": lambda: DeletionQuestion(
            studio.home(()), studio.language, "momo", has_pin=True
        ),
        "the PIN for a change": lambda: PinQuestion(studio.home(()), studio.language, "change"),
        "the PIN for a code": lambda: PinQuestion(studio.home(()), studio.language, "code"),
        "deleted": lambda: Farewell(studio.language),
    }
