"""The main window in every state of every room, and every question it asks, for `make_screenshots.py`."""

from collections.abc import Callable
from typing import TypeVar

import msgspec
from PySide6.QtCore import QObject, QSize, QStringListModel
from PySide6.QtWidgets import QLineEdit, QWidget

from core.client.addresses import PAYMENT
from core.client.answer import Refusal
from core.domain.doubt import Doubt
from core.domain.limits import QuietHours
from core.domain.money import Money
from core.domain.purchase import Payee
from core.domain.request import State
from core.wire.messages import OrderAgain, PairingView, RequestView
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
from gui.parts.point_field import PointField
from gui.parts.town_search import matches, titles
from gui.preferences import PreferencesFile
from gui.rooms import Rooms
from gui.tray import Tray
from pictures_of import Studio

Part = TypeVar("Part", bound=QObject)
Makers = dict[str, Callable[[], QWidget]]
TALL, LOWER, NARROW, SMALL_SCREEN, LEAST = (
    QSize(1000, 2300),
    QSize(1000, 1300),
    QSize(400, 620),
    QSize(796, 560),
    QSize(360, 320),
)
"""Everything of a long page, a part of it, a narrow window, what a screen of 800 × 600 leaves, and the least there is."""


def home(studio: Studio) -> Makers:
    """Requests, and the line above them."""
    return {
        "requests": lambda: studio.home(studio.history()),
        "paid, with its record": lambda: _with_receipt(studio, is_believed=True),
        "paid, shop away": lambda: _with_receipt(studio, is_believed=False),
        "handed on to order again": lambda: _ordered_again(studio),
        "older ones can be had": lambda: _older(studio),
        "empty": lambda: _invited(studio),
        "empty, no assistant here": lambda: studio.home((), has_assistant=False),
        "loading": lambda: _loading(studio),
        "nothing found": lambda: _searched(studio),
        "offline": studio.offline,
        "offline from the start": lambda: _offline(studio),
        "removed": lambda: _removed(studio),
        "every state": lambda: _every_state(studio),
        "a receipt of somebody else": lambda: _with_receipt(studio, is_believed=False, why=Doubt.DIFFERS),
    } | ({} if studio.is_japanese else {"no Japanese font": lambda: _without_font(studio)})


def rooms(studio: Studio) -> Makers:
    """All the other rooms."""
    return {
        "devices": lambda: studio.home(studio.history(), "devices"),
        "devices, assistant not paired": lambda: _unpaired_assistant(studio),
        "devices, server away": lambda: _complaining(studio),
        "no devices": lambda: _no_devices(studio),
        "pairing": lambda: _pairing(studio),
        "pairing, unknown code": lambda: _wrong_code(studio),
        "pairing, consent": lambda: _consent(studio),
        "pairing, unknown town": lambda: _unknown_town(studio),
        "spending": lambda: studio.home(studio.bought(), "spending"),
        "spending by device": lambda: _spending(studio, 1),
        "spending by shop": lambda: _spending(studio, 2),
        "nothing spent": lambda: studio.home((), "spending"),
        "about": lambda: studio.home(studio.history(), "about"),
        "profile": lambda: _profile(studio),
        "profile, told what happened": lambda: _profile_told(studio),
        "profile, other choices": lambda: _profile_otherwise(studio),
    }


def narrow(studio: Studio) -> Makers:
    """Every room in a narrow window, on a small screen, and at the least size."""

    def at(size: QSize, make: Callable[[], MainWindow]) -> Callable[[], QWidget]:
        def sized() -> QWidget:
            made = make()
            made.resize(size)
            return made

        return sized

    rooms_ = ("requests", "devices", "spending", "profile", "about")
    made = {
        f"{room}, {size.width()} wide": at(size, lambda room=room: studio.home(studio.bought(), room))
        for size in (NARROW, SMALL_SCREEN)
        for room in rooms_
    }
    made["requests, narrow"] = at(NARROW, lambda: studio.home(studio.history()))
    made["request, narrow"] = lambda: _opened(studio)
    made["empty, narrow"] = at(NARROW, lambda: _invited(studio))
    made["offline, narrow"] = at(NARROW, studio.offline)
    made["pairing, narrow"] = at(NARROW, lambda: _wrong_code(studio))
    made["consent, narrow"] = at(NARROW, lambda: _consent(studio))
    made["least"] = at(LEAST, lambda: studio.home(studio.history()))
    return made


def questions(studio: Studio) -> Makers:
    """Small windows above the main one, and what opens from a field or from the tray."""

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

    def deletion(*, is_refused: bool = False) -> QWidget:
        question = DeletionQuestion(studio.home(()), studio.language, "momo", has_pin=True)
        if is_refused:
            question.user_id.control.setText("momo")  # type: ignore[attr-defined]
            question.complain(Refusal(0, "wrong_pin"))
        return question

    return {
        "changing a device": lambda: about_device("change"),
        "unpairing": lambda: about_device("unpair"),
        "closing": closing,
        "deleting everything": deletion,
        "deleting, refused": lambda: deletion(is_refused=True),
        "the PIN for a change": lambda: PinQuestion(studio.home(()), studio.language, "change"),
        "the PIN for a code": lambda: PinQuestion(studio.home(()), studio.language, "code"),
        "deleted": lambda: Farewell(studio.language),
        "towns": lambda: _towns(studio),
        "tray": lambda: _tray(studio),
    }


def _page(window: QWidget, kind: type[Part]) -> Part:
    found = window.findChild(kind)
    assert found is not None
    return found


def _with_receipt(studio: Studio, *, is_believed: bool, why: Doubt = Doubt.AWAY) -> MainWindow:
    view = studio.request("b", state=State.PAID)
    window = studio.home((view,))
    amount, payee = Money(1_808, "JPY"), Payee("nod-market", "Nod Market")
    receipt = Receipt(PAYMENT, "server", 0, view.id, "t", "a", "paid", amount, payee, 12, "p")
    detail = _page(window, RequestsPage).detail
    detail.show_request(view, receipt if is_believed else why)
    if not is_believed:
        _page(window, Rooms).model.doubt(view.id, why)
    detail.offer_again(_again)
    window.resize(1_000, 900)
    return window


def _every_state(studio: Studio) -> MainWindow:
    window = studio.home(studio.every_end())
    window.resize(1_000, 940)
    return window


def _again(_view: RequestView) -> OrderAgain:
    return OrderAgain("Momo", ())


def _ordered_again(studio: Studio) -> MainWindow:
    view = studio.request("b", state=State.DENIED)
    window = studio.home((view,))
    detail = _page(window, RequestsPage).detail
    detail.offer_again(_again)
    detail.again.click()
    return window


def _older(studio: Studio) -> MainWindow:
    window = studio.home(studio.bought())
    _page(window, RequestsPage).offer_older(True)
    return window


def _invited(studio: Studio) -> MainWindow:
    window = studio.home(())
    _page(window, RequestsPage).invite("モモ" if studio.is_japanese else "Momo")
    return window


def _searched(studio: Studio) -> MainWindow:
    window = studio.home(studio.history())
    _page(window, RequestsPage).search.setText("コーヒー" if studio.is_japanese else "coffee")
    return window


def _offline(studio: Studio) -> MainWindow:
    window = studio.home((), is_loaded=False)
    window.be_offline("server_away")
    _page(window, RequestsPage).be_away()
    return window


def _loading(studio: Studio) -> MainWindow:
    window = studio.home((), is_loaded=False)
    window.be_connecting()
    return window


def _removed(studio: Studio) -> MainWindow:
    window = studio.home(studio.history())
    window.be_removed()
    return window


def _without_font(studio: Studio) -> MainWindow:
    window = studio.home(studio.history())
    window.warn(studio.language.say("desktop-no-japanese-font"))
    return window


def _unpaired_assistant(studio: Studio) -> MainWindow:
    window = _no_devices(studio)
    _page(window, DevicesPage).offer_assistant("ABCD-EFGX")
    return window


def _complaining(studio: Studio) -> MainWindow:
    window = studio.home(studio.history(), "devices")
    window.be_answered(False)
    return window


def _no_devices(studio: Studio) -> MainWindow:
    window = studio.home((), "devices")
    _page(window, DevicesPage).show_devices(())
    return window


def _pairing(studio: Studio) -> MainWindow:
    window = studio.home((), "devices")
    devices = _page(window, DevicesPage)
    devices.be_of(studio.profile)
    devices.start_pairing()
    return window


def _wrong_code(studio: Studio) -> MainWindow:
    window = _pairing(studio)
    pairing = _page(window, DevicesPage).pairing
    pairing.code.setText("ABCD-EFGX")
    pairing.complain(studio.language.say("desktop-refusal-unknown_code"))
    return window


def _consent(studio: Studio) -> MainWindow:
    window = _pairing(studio)
    pairing = _page(window, DevicesPage).pairing
    view = PairingView(
        "買い物エージェント" if studio.is_japanese else "Shopping agent", "ai_agent", ("purchase",), 600
    )
    pairing.consent.show_pairing(view, studio.profile.nickname, None)
    pairing.show_consent()
    return window


def _unknown_town(studio: Studio) -> MainWindow:
    window = _consent(studio)
    form = _page(window, DevicesPage).pairing.consent
    form.place.control.setText("台所" if studio.is_japanese else "Kitchen")  # type: ignore[attr-defined]
    form.point.control.setText("竜宮城" if studio.is_japanese else "Neverland")  # type: ignore[attr-defined]
    form.agree.click()
    return window


def _spending(studio: Studio, by: int) -> MainWindow:
    window = studio.home(studio.bought(), "spending")
    _page(window, SpendingPage).by.setCurrentIndex(by)
    return window


def _opened(studio: Studio) -> MainWindow:
    window = studio.home(studio.history())
    window.resize(NARROW)
    window.show()
    page = _page(window, RequestsPage)
    page.list.clicked.emit(page.list.model().index(1, 0))
    return window


def _profile(studio: Studio) -> MainWindow:
    window = studio.home(studio.history(), "profile")
    terminals = _page(window, ProfilePage).terminals
    this = TerminalView("t1", "desktop", "2026-05-29T09:00:00Z", True)
    terminals.show_terminals((this, TerminalView("t2", "laptop", "2026-11-20T09:00:00Z")))
    terminals.show_code(EnrolmentCode("K7QX-2M9P", 600))
    window.resize(TALL)
    return window


def _profile_told(studio: Studio) -> MainWindow:
    window = _profile(studio)
    page, say = _page(window, ProfilePage), studio.language.say
    page.you.tell(say("desktop-profile-picture-wrong"), is_bad=True)
    page.safety.tell(say("desktop-saved"))
    page.pin.tell(say("desktop-refusal-wrong_pin"), is_bad=True)
    page.user_code.tell(say("desktop-refusal-bad_user_code"), is_bad=True)
    page.leaving.tell(say("desktop-profile-exported", file="nod.json"))
    return window


def _profile_otherwise(studio: Studio) -> MainWindow:
    window = _profile(studio)
    page, hours = _page(window, ProfilePage), QuietHours(22 * 60, 7 * 60)
    chosen = msgspec.structs.replace(studio.profile, pin_above=None, quiet_hours=hours, has_user_code=True)
    page.safety.show_profile(chosen)
    page._show_has_pin(False)
    page.user_code.show_profile(chosen)
    page.machine.show_stored_in("file")
    for same in (page.you, page.terminals, page.leaving):
        same.hide()
    window.resize(LOWER)
    return window


def _towns(studio: Studio) -> QWidget:
    field = PointField(studio.language)
    field.setParent(studio.home(()))
    found = matches("府中" if studio.is_japanese else "paris", studio.language.locale)
    model = field.towns.model()
    assert isinstance(model.sourceModel(), QStringListModel)  # type: ignore[attr-defined]
    model.sourceModel().setStringList(titles(found, studio.language.locale))  # type: ignore[attr-defined]
    assert isinstance(field.control, QLineEdit)
    field.towns.setCurrentIndex(model.index(0, 0))
    field.towns.setProperty("owner", field)
    rows = min(len(found), 7) * field.towns.sizeHintForRow(0)
    field.towns.resize(360, rows + 2 * field.towns.contentsMargins().top() + 2)
    return field.towns


def _tray(studio: Studio) -> QWidget:
    tray = Tray(studio.language, studio.home(()))
    tray.assistant.setVisible(True)
    tray.menu.setProperty("owner", tray)
    return tray.menu
