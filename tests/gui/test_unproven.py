"""What no receipt of the shop proves is not shown as paid, and an end looks the same wherever it is shown."""

from collections.abc import Mapping

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from core.domain.decision import Reason
from core.domain.doubt import Doubt
from core.domain.money import Money
from core.domain.purchase import Payee
from core.domain.request import State
from core.presentation.lines import lines
from core.presentation.record import record
from core.texts.catalog import Texts
from core.wire.messages import OrderAgain
from core.wire.receipt import Receipt
from gui.bridge import Bridge
from gui.history import History
from gui.language import Language
from gui.link import Link
from gui.pages.request_detail import RequestDetail
from gui.pages.requests_model import ROW, RequestsModel, row_of
from gui.prompt.endings import ending
from gui.receipts import Receipts
from gui.theme.theme import Theme
from gui.tones import GROUNDS, INKS, TONES, name_of
from tests.gui import samples
from tests.gui.prompting import Prompting

PAID = samples.request(state=State.PAID)
PAID_WITH_RECEIPT = msgspec.structs.replace(PAID, receipt="r")
RECEIPT = Receipt(
    "http://shop", "s", 0, PAID.id, "t", "a", "paid", Money(1_808, "JPY"), Payee("s", "Shop"), 1, "p"
)
DOUBTS = [Doubt.DIFFERS, Doubt.AWAY]


class Asked(Link):
    """Finds of receipts what a test says, one look after the other, at once."""

    def __init__(self, bridge: Bridge, *answers: Mapping[str, Receipt | Doubt]) -> None:
        super().__init__(bridge)
        self.answers = list(answers)

    def look_at_receipts(self, _views: object, done: object, _failed: object) -> None:
        """The next answer."""
        assert callable(done)
        done(self.answers.pop(0))


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("reason", [None, Reason.WRONG_MATCH_CODE])
@pytest.mark.parametrize("doubt", [None, *DOUBTS])
def test_the_list_and_the_card_of_an_end_agree(
    language: Language, state: State, reason: Reason | None, doubt: Doubt | None
) -> None:
    view = msgspec.structs.replace(samples.request(state=state), reason=reason)
    tone = TONES[name_of(view, doubt)]
    assert row_of(view, language, doubt).kind == tone.kind
    if state is not State.PENDING:
        said = lines(view.details, language.texts, language.zone)
        assert ending(view, said, language.texts, doubt=doubt).tone == tone


def test_every_tone_can_be_painted() -> None:
    assert {tone.kind for tone in TONES.values()} == set(GROUNDS) == set(INKS)


@pytest.mark.parametrize("state", [State.PAID, State.DECLINED])
@pytest.mark.parametrize("doubt", DOUBTS)
@pytest.mark.parametrize("locale", ["en", "ja"])
def test_an_end_without_proof_is_a_warning_with_a_way_on(state: State, doubt: Doubt, locale: str) -> None:
    view, texts = samples.request(state=state), Texts(locale)
    said = lines(view.details, texts, "UTC")
    sure, unsure = (ending(view, said, texts, doubt=why, is_past=True) for why in (None, doubt))
    assert unsure.tone.kind == "warn" != sure.tone.kind
    assert unsure.heading != sure.heading
    assert {"en": "shop", "ja": "店"}[locale] in unsure.more


@pytest.mark.parametrize(
    ("doubt", "pill"),
    [(Doubt.DIFFERS, "payment not proven"), (Doubt.AWAY, "payment not checked"), (None, "paid")],
)
def test_the_list_calls_paid_only_what_is_not_in_doubt(
    language: Language, doubt: Doubt | None, pill: str
) -> None:
    model = RequestsModel(language)
    model.put(PAID)
    model.doubt(PAID.id, Doubt.DIFFERS)
    model.doubt(PAID.id, doubt)
    row = model.index(0).data(ROW)
    assert (row.state, row.kind) == (pill, "good" if doubt is None else "warn")


@pytest.mark.parametrize(
    ("doubt", "said"),
    [
        (Doubt.DIFFERS, "no: the receipt is not the shop’s own for this order"),
        (Doubt.AWAY, "not checked yet: the shop cannot be reached"),
    ],
)
def test_the_record_says_what_is_wrong_with_the_receipt(
    qtbot: QtBot, theme: Theme, language: Language, doubt: Doubt, said: str
) -> None:
    detail = RequestDetail(theme, language)
    qtbot.addWidget(detail)
    detail.show_request(PAID, doubt)
    texts = [one.accessibleName() for one in detail.receipt.findChildren(type(detail.said))]
    assert said in texts
    assert detail.outcome.property("look") == "banner-warn"
    assert not detail.outcome.heading.text().startswith("Paid")


def test_a_receipt_that_could_not_be_checked_is_checked_again_when_it_is_wanted(
    qtbot: QtBot, theme: Theme, language: Language, bridge: Bridge
) -> None:
    detail = RequestDetail(theme, language)
    qtbot.addWidget(detail)
    looks = ({PAID.id: found} for found in (Doubt.AWAY, Doubt.AWAY, RECEIPT))
    receipts = Receipts(Asked(bridge, *looks), detail)
    judged: list[Doubt | None] = []
    receipts.judged.connect(lambda _id, why: judged.append(why))
    detail.check_wanted.connect(receipts.look_at)
    detail.show_request(PAID_WITH_RECEIPT)
    receipts.look_at(PAID_WITH_RECEIPT)
    assert not detail.check.isHidden()
    detail.check.click()
    assert detail.check.isEnabled(), "it may be pressed once more"
    detail.check.click()
    assert detail.check.isHidden()
    assert detail.outcome.heading.text() == "Paid"
    assert judged == [Doubt.AWAY, Doubt.AWAY, None]


@pytest.mark.parametrize("state", [State.PAID, State.DECLINED])
@pytest.mark.parametrize("doubt", DOUBTS)
def test_what_may_have_been_paid_is_checked_again_not_ordered_again(
    qtbot: QtBot, theme: Theme, language: Language, bridge: Bridge, state: State, doubt: Doubt
) -> None:
    view = msgspec.structs.replace(PAID_WITH_RECEIPT, state=state)
    detail = RequestDetail(theme, language)
    qtbot.addWidget(detail)
    detail.offer_again(lambda _: OrderAgain("Momo", ()))
    receipts = Receipts(Asked(bridge, {PAID.id: doubt}, {PAID.id: RECEIPT}), detail)
    detail.check_wanted.connect(receipts.look_at)
    detail.show_request(view)
    receipts.look_at(view)
    assert (detail.check.isHidden(), detail.again.isHidden()) == (False, True)
    detail.check.click()
    assert (detail.check.isHidden(), detail.again.isHidden()) == (True, False)


def test_who_presses_twice_asks_once(qtbot: QtBot, theme: Theme, language: Language) -> None:
    detail = RequestDetail(theme, language)
    qtbot.addWidget(detail)
    detail.show_request(PAID_WITH_RECEIPT, Doubt.AWAY)
    wanted: list[object] = []
    detail.check_wanted.connect(wanted.append)
    detail.check.click()
    detail.check.click()
    assert wanted == [PAID_WITH_RECEIPT]


@pytest.mark.parametrize("doubt", DOUBTS)
def test_the_prompt_does_not_call_a_payment_paid_that_nothing_proves(
    qtbot: QtBot, theme: Theme, language: Language, doubt: Doubt
) -> None:
    prompting = Prompting(qtbot, theme, language)
    view = prompting.arrive()
    prompting.presenter.change(msgspec.structs.replace(view, state=State.PAID), doubt)
    assert prompting.dialog.outcome.heading.text().startswith("Payment not")
    assert prompting.dialog.outcome.property("look") == "banner-warn"


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_a_payment_without_any_receipt_is_proven_by_nothing(
    qtbot: QtBot, theme: Theme, language: Language, locale: str
) -> None:
    view = msgspec.structs.replace(PAID, receipt=None)
    language.choose(locale)
    detail = RequestDetail(theme, language)
    qtbot.addWidget(detail)
    detail.show_request(view)
    assert (row_of(view, language).kind, name_of(view)) == ("warn", "unproven")
    assert detail.outcome.property("look") == "banner-warn"
    made = record(view, None, language.texts, "UTC")
    assert made.state == row_of(view, language).state
    assert not made.is_paid
    assert dict(made.proof)[language.say("record-signed")] == language.say("record-signed-missing")


def test_the_list_checks_what_nobody_has_opened(
    qtbot: QtBot, theme: Theme, language: Language, bridge: Bridge
) -> None:
    detail, model = RequestDetail(theme, language), RequestsModel(language)
    qtbot.addWidget(detail)
    of_another = msgspec.structs.replace(PAID_WITH_RECEIPT, id="req_" + "b" * 32)
    link = Asked(
        bridge,
        {PAID.id: Doubt.AWAY, of_another.id: Doubt.AWAY},
        {PAID.id: RECEIPT, of_another.id: Doubt.DIFFERS},
    )
    receipts, history = Receipts(link, detail), History(link, model)
    receipts.watch(history, model)
    model.put(PAID_WITH_RECEIPT, of_another, samples.request(state=State.DENIED, name="req_" + "c" * 32))

    def marks() -> list[str]:
        return sorted(model.index(at).data(ROW).state for at in range(model.rowCount()))

    history.came.emit()
    assert marks() == ["denied", "paid", "paid"], "the shop was away: nothing is known against it"
    history.came.emit()
    assert marks() == ["denied", "paid", "payment not proven"]
    history.came.emit()
    assert not link.answers, "and nobody asks once more for what is known"


@pytest.mark.parametrize("doubt", DOUBTS)
def test_a_printed_record_does_not_call_paid_what_nothing_proves(doubt: Doubt) -> None:
    made = record(PAID, doubt, Texts("en"), "UTC")
    assert not made.is_paid
    assert made.state.startswith("payment not")
    assert record(PAID, RECEIPT, Texts("en"), "UTC").is_paid


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_a_refusal_that_the_shop_could_not_be_asked_about_claims_no_more(locale: str) -> None:
    view, texts = samples.request(state=State.DECLINED), Texts(locale)
    said = lines(view.details, texts, "Asia/Tokyo")
    away, differs = (ending(view, said, texts, doubt=doubt) for doubt in (Doubt.AWAY, Doubt.DIFFERS))
    assert name_of(view, Doubt.AWAY) == "declined-unchecked"
    assert away.heading != differs.heading
    assert away.more != differs.more
    assert ending(view, said, texts, doubt=Doubt.AWAY, is_past=True).more != away.more
