"""No empty band and no bar without need, and sentences that fit what they are said of, in both languages."""

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from core.client.addresses import PAYMENT
from core.client.answer import Refusal
from core.domain.decision import Presence, Reason
from core.domain.doubt import Doubt
from core.domain.money import Money
from core.domain.purchase import Payee
from core.domain.request import State
from core.presentation.lines import lines, summary
from core.terminal.events import NotSent
from core.texts.catalog import Texts
from core.wire.details import Authentication
from core.wire.messages import RequestView
from core.wire.receipt import Receipt
from gui.bridge import Bridge
from gui.language import Language
from gui.link import Link
from gui.main_window import MainWindow
from gui.pages.device_card import DeviceCard
from gui.pages.device_change import DeviceQuestion
from gui.pages.devices import DevicesPage
from gui.pages.profile_leaving import DeletionQuestion
from gui.pages.request_detail import RequestDetail
from gui.prompt.endings import ending
from gui.qt_words import QtWords
from gui.theme.theme import Theme
from gui.wizard.window import Wizard
from tests.gui import samples
from tests.gui.prompting import Prompting

NOT_BOUGHT = {"en": ("bought", "buy", "payment"), "ja": ("買って", "支払")}


def message(view: RequestView) -> RequestView:
    """A request that is nothing but a message and two scopes."""
    asked = Authentication(("openid", "profile"), "The word is sakura")
    details = msgspec.structs.replace(view.details, procedure=None, authentication=asked)
    return msgspec.structs.replace(view, details=details)


@pytest.mark.parametrize("locale", ["en", "ja"])
@pytest.mark.parametrize(
    "view",
    [samples.request(), samples.procedure(), message(samples.procedure())],
    ids=["order", "procedure", "message"],
)
def test_a_prompt_is_as_high_as_what_it_says(
    qtbot: QtBot, theme: Theme, locale: str, view: RequestView
) -> None:
    prompting = Prompting(qtbot, theme, Language(locale, "Asia/Tokyo"))
    prompting.arrive(view)
    facts = prompting.dialog.card.facts
    assert facts is not None
    qtbot.waitUntil(lambda: facts.height() == facts.column.totalHeightForWidth(facts.width()))
    assert facts.area.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_a_question_is_as_high_as_what_it_says_also_when_it_complains(
    qtbot: QtBot, theme: Theme, locale: str
) -> None:
    language = Language(locale, "Asia/Tokyo")
    home = MainWindow(theme, language)
    qtbot.addWidget(home)
    question = DeletionQuestion(home, language, "momo", has_pin=True)
    question.show()
    layout = question.layout()
    assert layout is not None
    for code in ("", "payment_under_way", "wrong_pin"):
        if code:
            question.complain(Refusal(0, code))
        qtbot.waitUntil(lambda: question.height() == layout.totalHeightForWidth(question.width()))


@pytest.mark.parametrize("nickname", ["Momo", "百々"])
def test_the_first_window_shows_its_whole_form(
    qtbot: QtBot, theme: Theme, bridge: Bridge, nickname: str
) -> None:
    wizard = Wizard(theme, Language("ja", "Asia/Tokyo"), Link(bridge))
    qtbot.addWidget(wizard)
    wizard.profile_step.nickname.control.setText(nickname)  # type: ignore[attr-defined]
    wizard.show()
    qtbot.waitExposed(wizard)
    form = wizard.profile_step.pin.parentWidget()
    while form is not None and not hasattr(form, "verticalScrollBar"):
        form = form.parentWidget()
    assert form is not None
    qtbot.waitUntil(lambda: form.verticalScrollBar().maximum() == 0)


@pytest.mark.parametrize("locale", ["en", "ja"])
@pytest.mark.parametrize("is_blocked", [False, True])
@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (State.APPROVED, None),
        (State.DENIED, None),
        (State.DENIED, Reason.WRONG_MATCH_CODE),
        (State.REPORTED, None),
        (State.EXPIRED, None),
        (State.WITHDRAWN, None),
    ],
)
def test_the_end_of_a_procedure_speaks_of_no_purchase(
    locale: str, state: State, reason: Reason | None, is_blocked: bool
) -> None:
    view = msgspec.structs.replace(samples.procedure(), state=state, reason=reason)
    texts = Texts(locale)
    said = ending(view, lines(view.details, texts, "UTC"), texts, is_blocked=is_blocked)
    assert not [word for word in NOT_BOUGHT[locale] if word in f"{said.heading} {said.more}"]


def test_things_are_listed_as_the_language_lists_them() -> None:
    details = samples.request().details
    assert summary(details, Texts("en")) == "1 × Milk 1 L, 2 × Green tea, 20 bags"
    assert "、" in summary(details, Texts("ja"))
    assert ", " not in summary(samples.request(samples.MILK_JA, samples.TEA_JA).details, Texts("ja"))


def test_a_wrong_pin_is_told_in_the_colour_of_mistakes_and_asked_for_again(
    qtbot: QtBot, theme: Theme, language: Language
) -> None:
    prompting = Prompting(qtbot, theme, language)
    view = prompting.arrive(msgspec.structs.replace(samples.request(), presence=Presence.PIN))
    prompting.arm()
    prompting.type_code()
    prompting.be_quiet()
    answers, hint = prompting.dialog.answers, prompting.dialog.hint
    answers.pin.setText("1234")
    answers.pin.textEdited.emit("1234")
    prompting.be_quiet()
    answers.approve.click()
    assert prompting.presses
    prompting.presenter.not_sent(NotSent(view.id, "wrong_pin"))
    assert hint.text() == "That is not your PIN."
    assert hint.property("ink") == "danger"
    assert prompting.dialog.focusWidget() is answers.pin
    prompting.be_quiet()
    answers.pin.textEdited.emit("12345")
    assert hint.property("ink") == "muted"


def test_while_the_shop_is_away_the_prompt_says_that_it_may_come_back(
    qtbot: QtBot, theme: Theme, language: Language
) -> None:
    prompting = Prompting(qtbot, theme, language)
    prompting.arrive(trouble="payment_away")
    prompting.arm()
    assert prompting.dialog.hint.text() == "You can wait for the shop, or deny the request."


def test_what_is_missing_here_stays_said_and_who_is_removed_is_not_connected(
    qtbot: QtBot, theme: Theme, language: Language
) -> None:
    home = MainWindow(theme, language)
    qtbot.addWidget(home)
    home.show()
    home.warn("No Japanese font.")
    home.be_online("momo")
    assert home.banner.isVisible()
    assert home.status.text() == "Connected as momo"
    home.be_broken("Removed.")
    assert home.banner.sentence.text() == "Removed."
    assert home.status.text() == "Not connected"


def test_a_payment_whose_receipt_is_not_the_shops_is_not_shown_as_good(
    qtbot: QtBot, theme: Theme, language: Language
) -> None:
    detail = RequestDetail(theme, language)
    qtbot.addWidget(detail)
    view = samples.request(state=State.PAID)
    receipt = Receipt(
        PAYMENT, "s", 0, view.id, "t", "a", "paid", Money(1_808, "JPY"), Payee("s", "Shop"), 1, "p"
    )
    detail.show_request(view, receipt)
    assert detail.outcome.property("look") == "banner-good"
    detail.show_request(view, Doubt.DIFFERS)
    assert detail.outcome.property("look") == "banner-warn"
    assert "Ask the shop" in detail.outcome.more.text()


def test_a_prompt_comes_up_where_it_was_also_when_the_desktop_forgets_it(
    qtbot: QtBot, theme: Theme, language: Language
) -> None:
    dialog = Prompting(qtbot, theme, language).dialog
    dialog.move(70, 50)
    dialog.show()
    qtbot.waitExposed(dialog)
    where = dialog.pos()
    dialog.hide()
    dialog.move(0, 0)
    dialog.show()
    assert dialog.pos() == where


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_an_end_that_has_stood_is_closed_by_the_keyboard(
    qtbot: QtBot, theme: Theme, language: Language, key: Qt.Key
) -> None:
    prompting = Prompting(qtbot, theme, language)
    view = prompting.arrive()
    prompting.arm()
    prompting.presenter.change(msgspec.structs.replace(view, state=State.EXPIRED, revision=2))
    prompting.key(key)
    assert prompting.dialog.isVisible(), "meant for what stood there before"
    prompting.be_quiet()
    prompting.key(key)
    assert not prompting.dialog.isVisible()


def test_how_a_request_ended_stands_above_what_it_was(qtbot: QtBot, theme: Theme, language: Language) -> None:
    detail = RequestDetail(theme, language)
    qtbot.addWidget(detail)
    detail.show()
    detail.show_request(samples.request(state=State.DENIED))
    assert detail.outcome.isVisible()
    qtbot.waitUntil(lambda: detail.outcome.y() < detail.card.y())


@pytest.mark.parametrize(
    ("folder", "said"), [("", "Saved as"), ("missing", "The file could not be written.")]
)
def test_a_saved_record_is_named_by_its_day_and_said_to_be_saved(
    qtbot: QtBot,
    theme: Theme,
    language: Language,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    folder: str,
    said: str,
) -> None:
    proposed: list[str] = []

    def choose(_owner: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(Path(name).name)
        return str(tmp_path / folder / "record.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    detail = RequestDetail(theme, language)
    qtbot.addWidget(detail)
    detail.show_request(samples.request(state=State.DENIED))
    detail.print.click()
    assert proposed[0].startswith("Nod 2026-11-23 ")
    assert said in detail.said.text()


def test_enter_in_a_field_of_a_device_keeps_what_was_typed(qtbot: QtBot, language: Language) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    change = DeviceQuestion(owner, language, samples.device("Kitchen speaker"))
    QTest.keyClicks(change.nickname.control, "!")
    with qtbot.waitSignal(change.agreed) as agreed:
        QTest.keyClick(change.nickname.control, Qt.Key.Key_Return)
    assert agreed.args is not None
    assert agreed.args[0].nickname == "Momo!"


def test_the_words_of_qt_follow_the_language(dressed: QApplication, language: Language) -> None:
    words = QtWords(dressed, language)
    assert dressed.translate("QPlatformTheme", "Cancel") == "Cancel"
    language.choose("ja")
    assert dressed.translate("QPlatformTheme", "Cancel") == "キャンセル"
    language.choose("en")
    assert dressed.translate("QPlatformTheme", "Cancel") == "Cancel"
    words.deleteLater()


def test_who_blocks_a_device_stays_at_its_button(
    qtbot: QtBot, theme: Theme, language: Language, bridge: Bridge
) -> None:
    page = DevicesPage(theme, language, Link(bridge))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    free, blocked = samples.device("Speaker"), samples.device("Speaker", is_blocked=True)
    page.show_devices((free,))
    (card,) = page.findChildren(DeviceCard)
    card.block.setFocus()
    page.show_devices((blocked,))
    assert page.focusWidget() is card.block
    assert card.chip.isVisible()
    assert card.block.text() == "Unblock"
    with qtbot.waitSignal(card.block_wanted) as wanted:
        card.block.click()
    assert wanted.args == [blocked, False]
