"""On every screen the price is seen before it can be approved, and nothing lies on anything else."""

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.domain.decision import Presence
from core.domain.purchase import Item
from core.domain.request import State
from core.wire.messages import OrderAgain, RequestView
from gui.language import Language
from gui.main_window import NARROW_RAIL_WIDTH
from gui.pages.requests import RequestsPage
from gui.pages.requests_model import RequestsModel
from gui.prompt.dialog import PromptDialog
from gui.prompt.place_map import PlaceMap
from gui.prompt.reading import Reading
from gui.theme.theme import Theme
from tests.gui import samples
from tests.gui.geometry import covered, is_cut, is_whole, shown
from tests.gui.narrow import Home
from tests.gui.prompting import Prompting

SMALLEST, SMALL, LARGE = QSize(400, 360), QSize(800, 560), QSize(1920, 1040)
"""What a window's frame leaves of screens of 400 × 400, 800 × 600 and 1920 × 1080."""
LONG_EN, LONG_JA = "Organic oat drink without sugar, " * 3, "有機栽培の緑茶ティーバッグお徳用" * 6
WHO_JA = "二階の書斎の窓際に置いてあるいちばん古い小さなスピーカー" * 2


def order(count: int, locale: str, *, is_long: bool = False, **more: object) -> RequestView:
    """An order of `count` items; the longest names that may be where `is_long`."""
    word = (LONG_JA if locale == "ja" else LONG_EN) if is_long else ("牛乳" if locale == "ja" else "Milk")
    items = [Item(f"item-{at}", f"{word} {at}".strip(), 2, 24_800 + at) for at in range(count)]
    who = (WHO_JA if locale == "ja" else "The oldest little speaker at the window in the study upstairs")[:60]
    names = {"who": who if is_long else "Kitchen speaker"}
    return samples.request(*items, is_first=True, **names, **more)  # type: ignore[arg-type]


class Small:
    """A prompt on a screen of a given size, turned to by its person."""

    def __init__(self, qtbot: QtBot, theme: Theme, locale: str, room: QSize) -> None:
        language = Language(locale, "Asia/Tokyo")
        self.prompting = Prompting(qtbot, theme, language, lambda: room)
        self.dialog: PromptDialog = self.prompting.dialog
        self.room, self.qtbot = room, qtbot

    def ask(self, view: RequestView, *, pin: bool = False) -> None:
        """A request comes, and everything that it takes is typed."""
        if pin:
            view = msgspec.structs.replace(view, presence=Presence.PIN)
        self.prompting.arrive(view)
        self.prompting.arm()
        self.settle()
        self.prompting.type_code()
        self.prompting.be_quiet()
        if pin:
            QTest.keyClicks(self.dialog.answers.pin, "2580")

    def settle(self) -> None:
        """Everything has its place."""
        wait = self.qtbot.waitUntil
        wait(lambda: self.dialog.size() == self.dialog.minimumSize())
        for _ in range(3):
            QCoreApplication.processEvents()

    def read(self) -> None:
        """The person pages down to the end."""
        for _ in range(200):
            if self.dialog.answers.approve.isEnabled():
                return
            QTest.keyClick(self.dialog, Qt.Key.Key_PageDown)

    def pinned(self) -> list[str]:
        """What must always be seen and is not."""
        card, answers, ring = self.dialog.card, self.dialog.answers, self.dialog.ring
        must: dict[str, QWidget | None] = {
            "amount": card.amount,
            "payee": card.payee,
            "who": card.header.name,
            "seconds": ring,
        }
        must |= {"code": answers.code, "deny": answers.deny, "approve": answers.approve}
        must |= {"more": answers.more, "later": self.dialog.aside_button}
        return [name for name, one in must.items() if one is None or not is_whole(one)]


@pytest.mark.parametrize("pin", [False, True], ids=["click", "pin"])
@pytest.mark.parametrize("is_long", [False, True], ids=["short", "long"])
@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize("room", [SMALLEST, SMALL, LARGE], ids=["400", "800", "1920"])
@pytest.mark.parametrize("locale", ["en", "ja"])
def test_nothing_lies_on_anything_else_and_the_price_is_always_seen(
    qtbot: QtBot, theme: Theme, locale: str, room: QSize, count: int, is_long: bool, pin: bool
) -> None:
    small = Small(qtbot, theme, locale, room)
    small.ask(order(count, locale, is_long=is_long), pin=pin)
    dialog = small.dialog
    assert covered(dialog, dialog.ring) == []
    assert [one for one in shown(dialog) if is_cut(one)] == []
    is_approvable = dialog.answers.approve.isEnabled()
    assert is_approvable == (dialog.card.facts is not None and dialog.card.facts.reading.is_whole)
    small.read()
    assert dialog.answers.approve.isEnabled()
    assert small.pinned() == []
    assert dialog.width() <= room.width()
    assert dialog.height() <= room.height()


def test_an_order_that_goes_on_below_the_edge_is_approved_only_after_its_end_was_seen(
    qtbot: QtBot, theme: Theme
) -> None:
    small = Small(qtbot, theme, "en", SMALL)
    small.ask(order(20, "en"))
    small.dialog.answers.approve.click()
    assert small.prompting.presses == []
    assert small.dialog.hint.text() == "Scroll down to see it all, then approve."
    small.read()
    assert small.dialog.hint.text() == "Ready. Esc puts it aside."
    small.dialog.answers.approve.click()
    assert len(small.prompting.presses) == 1


def test_an_order_that_was_not_read_can_be_denied(qtbot: QtBot, theme: Theme) -> None:
    small = Small(qtbot, theme, "en", SMALL)
    small.ask(order(20, "en"))
    small.dialog.answers.deny.click()
    assert len(small.prompting.presses) == 1


def test_what_was_read_of_one_request_is_not_read_of_the_next(qtbot: QtBot, theme: Theme) -> None:
    small = Small(qtbot, theme, "en", SMALL)
    first = order(20, "en")
    small.ask(first)
    small.read()
    assert small.dialog.answers.approve.isEnabled()
    small.prompting.arrive(order(20, "en", name="req_" + "c" * 32))
    small.prompting.presenter.change(msgspec.structs.replace(first, state=State.EXPIRED, revision=2))
    small.prompting.be_quiet()
    small.dialog.closed.emit()
    small.settle()
    small.prompting.type_code()
    small.prompting.be_quiet()
    assert small.dialog.answers.deny.isEnabled()
    assert not small.dialog.answers.approve.isEnabled()


def test_a_screen_without_room_for_the_price_approves_nothing(qtbot: QtBot, theme: Theme) -> None:
    small = Small(qtbot, theme, "en", QSize(400, 200))
    small.ask(order(1, "en"))
    small.read()
    assert not small.dialog.answers.approve.isEnabled()
    assert small.dialog.answers.deny.isEnabled()
    assert "larger screen" in small.dialog.hint.text()
    assert covered(small.dialog, small.dialog.ring) == []


def test_a_warning_on_the_smallest_screen_is_part_of_what_must_be_read(qtbot: QtBot, theme: Theme) -> None:
    small = Small(qtbot, theme, "en", SMALLEST)
    small.ask(samples.request(Item("milk", "Mіlk", 1, 248)))  # a Cyrillic і
    assert not small.dialog.answers.approve.isEnabled()
    assert is_whole(small.dialog.unusual.sentence)
    assert covered(small.dialog, small.dialog.ring) == []


def test_the_smallest_screen_can_say_that_nobody_knows_the_request(qtbot: QtBot, theme: Theme) -> None:
    small = Small(qtbot, theme, "ja", SMALLEST)
    small.ask(order(3, "ja", is_long=True))
    report = small.dialog.answers.report
    assert report.isVisible()
    assert report.accessibleName() == "心当たりがない(K)"
    report.click()
    small.settle()
    assert covered(small.dialog, small.dialog.ring) == []
    assert small.pinned()[:1] != ["amount"]
    small.dialog.answers.report_block.click()
    assert small.prompting.blocked == ["dev_1"]


def _shows_map(small: Small) -> bool:
    return any(one.isVisible() for one in small.dialog.findChildren(PlaceMap))


def test_the_map_goes_before_anything_else_does(qtbot: QtBot, theme: Theme) -> None:
    small = Small(qtbot, theme, "en", QSize(1366, 620))
    small.ask(samples.request(samples.MILK))
    assert small.dialog.answers.report.text() != "Not &mine", "the window is not condensed yet"
    assert not _shows_map(small)
    assert small.dialog.hint.text() == "Ready. Esc puts it aside."


def test_an_everyday_order_needs_no_scrolling_on_a_small_desktop(qtbot: QtBot, theme: Theme) -> None:
    small = Small(qtbot, theme, "en", SMALL)
    small.ask(samples.request(is_first=True))
    assert small.dialog.hint.text() == "Ready. Esc puts it aside."


def test_a_large_screen_shows_the_map(qtbot: QtBot, theme: Theme) -> None:
    large = Small(qtbot, theme, "en", LARGE)
    large.ask(samples.request())
    assert _shows_map(large)
    assert large.dialog.hint.text() == "Ready. Esc puts it aside."


def test_facts_are_read_once_their_end_was_on_screen() -> None:
    whole, long = Reading().laid_out(100, 120), Reading().laid_out(300, 120)
    assert whole.is_read
    assert not long.is_read
    assert not long.scrolled(100, 180).is_read
    assert long.scrolled(180, 180).scrolled(0, 180).is_read
    assert not long.scrolled(0, 0).is_read


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_an_order_fits_beside_the_list_in_the_smallest_home(qtbot: QtBot, theme: Theme, locale: str) -> None:
    language = Language(locale, "Asia/Tokyo")
    page = RequestsPage(theme, language, RequestsModel(language))
    qtbot.addWidget(page)
    assert page.minimumSizeHint().width() <= SMALL.width() - NARROW_RAIL_WIDTH


@pytest.mark.parametrize("height", [680, 560, 400])
@pytest.mark.parametrize("locale", ["en", "ja"])
def test_what_can_be_done_about_a_request_is_whole_without_scrolling(
    qtbot: QtBot, theme: Theme, locale: str, height: int
) -> None:
    language = Language(locale, "Asia/Tokyo")
    model = RequestsModel(language)
    model.put(order(4, locale, state=State.PAID))
    page = RequestsPage(theme, language, model)
    qtbot.addWidget(page)
    page.detail.offer_again(lambda _: OrderAgain("Momo", ()))
    page.be_loaded()
    page.resize(790, height)
    page.show()
    assert [is_whole(one) for one in (page.detail.again, page.detail.print)] == [True, True]


def test_on_a_very_large_screen_a_room_stays_together(home: Home, qtbot: QtBot) -> None:
    home.window.resize(3_840, 2_080)
    home.window.show()
    detail = home.rooms.requests.detail
    for _ in range(5):
        QCoreApplication.processEvents()
    assert detail.width() < 900
    card, answer = detail.card, detail.answer
    below = card.mapTo(home.window, card.rect().bottomLeft()).y()
    assert 0 <= answer.mapTo(home.window, answer.rect().topLeft()).y() - below < 100
