"""What the prompt says: everything at one glance, plainly, in both languages, whatever the text tries."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from core.domain.decision import Decision, Presence, Reason
from core.domain.purchase import Item
from core.domain.request import State
from core.presentation.breaks import JOINER
from core.wire.messages import RequestView
from gui.language import Language
from gui.theme.theme import Theme
from tests.gui import samples
from tests.gui.prompting import Prompting, every, tab_order

HOSTILE = {
    "right-to-left override": "Milk \u202e002¥ rof",
    "a very long title": "x" * 10_000,
    "markup": "<b>Milk</b><img src=http://127.0.0.1/x>",
    "newlines": "Milk\nApproved\n¥1",
    "zero width": "Mi\u200blk\u200d",
    "private use": "Milk \ue000",
}


@pytest.fixture
def prompting(qtbot: QtBot, theme: Theme, language: Language) -> Prompting:
    return Prompting(qtbot, theme, language)


def _texts(prompting: Prompting) -> list[str]:
    return [one.text() for one in prompting.dialog.findChildren(QLabel) if one.isVisibleTo(prompting.dialog)]


def _all(prompting: Prompting) -> str:
    return "\n".join(_texts(prompting)).replace("\u200b", "").replace("\u00a0", " ")


def test_one_glance_answers_who_what_how_much_to_whom_when_where_and_how_long(prompting: Prompting) -> None:
    prompting.arrive(samples.request(is_first=True, place=samples.CAFE))
    shown = _all(prompting)
    for wanted in (
        "Kitchen speaker wants to buy",
        "AI device",
        "paired since Nov 2, 2026",
        "asks you for the first time",
        "¥1,808",
        "to Nod Market",
        "2 × Green tea, 20 bags",
        "¥780 each",
        "Nov 23, 2026",
        "2:03\u202fPM JST",
        "Café Minato ± 500 m (reported by the device, not checked)",
        "Type the code that Kitchen speaker says",
    ):
        assert wanted in shown
    assert prompting.dialog.ring.accessibleName() == "60 seconds left"
    assert "paired since Nov 2, 2026" in prompting.dialog.accessibleDescription()


@pytest.mark.parametrize("field", ["title", "device", "nickname", "place", "payee"])
@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_text_is_shown_plain_and_short(prompting: Prompting, what: str, field: str) -> None:
    prompting.arrive(_hostile(field, HOSTILE[what]), trouble="hostile_text")
    labels = prompting.dialog.findChildren(QLabel)
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in labels if one.text())
    shown = "".join(one.text() for one in labels)
    assert not set(shown) & set("\u202e\n\u200d\ue000")
    assert all(len(one.text()) < 600 for one in labels)
    assert prompting.dialog.width() <= 600
    assert prompting.dialog.height() <= 800


def _hostile(field: str, text: str) -> RequestView:
    if field == "title":
        return samples.request(Item("milk", text, 1, 248))
    if field == "device":
        return samples.request(who=text)
    if field == "nickname":
        return samples.request(nickname=text)
    if field == "place":
        return samples.request(place=msgspec.structs.replace(samples.CAFE, label=text))
    view = samples.request()
    order = samples.purchase(samples.MILK, payee=text)
    return msgspec.structs.replace(view, details=msgspec.structs.replace(view.details, purchase=order))


def test_letters_of_two_alphabets_in_one_word_are_pointed_out(prompting: Prompting) -> None:
    prompting.arrive(samples.request(Item("milk", "Mіlk", 1, 248)))  # a Cyrillic і
    assert "different alphabets in “Mіlk”" in prompting.dialog.unusual.sentence.text()


def test_a_price_inside_a_title_does_not_look_like_the_price(prompting: Prompting) -> None:
    prompting.arrive(samples.request(Item("milk", "¥1 only", 1, 24_800)))
    labels = [one for one in prompting.dialog.findChildren(QLabel) if one.text()]
    biggest = max(labels, key=lambda one: one.font().pointSizeF())
    assert biggest.text() == "¥24,800"


def test_a_full_width_code_is_understood(prompting: Prompting) -> None:
    prompting.arrive()
    prompting.arm()
    field = prompting.dialog.answers.code
    field.insert("４７")
    field.textEdited.emit(field.text())
    prompting.dialog.answers.approve.click()
    assert prompting.presses[0][1].match_code == "47"


def test_an_amount_above_the_limit_asks_for_the_pin(prompting: Prompting) -> None:
    view = msgspec.structs.replace(samples.request(), presence=Presence.PIN)
    prompting.arrive(view)
    prompting.arm()
    prompting.type_code()
    assert not prompting.dialog.answers.approve.isEnabled()
    QTest.keyClicks(prompting.dialog.answers.pin, "2580")
    prompting.dialog.answers.approve.click()
    assert prompting.presses[0][1].pin == "2580"
    assert prompting.dialog.answers.pin.echoMode() is QLineEdit.EchoMode.Password


def test_deny_takes_a_reason_and_needs_none(prompting: Prompting) -> None:
    prompting.arrive()
    prompting.arm()
    actions = prompting.dialog.answers.more.menu().actions()
    assert [one.text() for one in actions] == ["Deny: not now", "Deny: wrong order"]
    actions[1].trigger()
    assert [(press.decision, press.reason) for _, press in prompting.presses] == [
        (Decision.DENY, Reason.WRONG_ORDER)
    ]


def test_a_request_that_nobody_knows_is_refused_and_its_device_blocked_in_two_presses(
    prompting: Prompting,
) -> None:
    view = prompting.arrive()
    prompting.arm()
    prompting.dialog.answers.report.click()
    assert prompting.presses == []
    prompting.dialog.answers.report_block.click()
    assert [press.decision for _, press in prompting.presses] == [Decision.REPORT]
    assert prompting.blocked == ["dev_1"]
    prompting.presenter.change(msgspec.structs.replace(view, state=State.REPORTED, revision=2))
    assert "until you unblock it" in prompting.dialog.outcome.more.text()


def test_every_end_has_its_own_word(prompting: Prompting) -> None:
    seen = set()
    for at, state in enumerate(s for s in State if s is not State.PENDING):
        view = samples.request(name=f"req_{at:032}")
        prompting.arrive(view)
        prompting.presenter.change(msgspec.structs.replace(view, state=state, revision=2))
        seen.add(prompting.dialog.outcome.heading.text())
        prompting.be_quiet()
        prompting.dialog.closed.emit()
    assert len(seen) == len(State) - 1
    assert not prompting.dialog.isVisible()


def test_the_language_changes_while_a_request_is_open(prompting: Prompting, language: Language) -> None:
    prompting.arrive()
    prompting.arm()
    prompting.type_code()
    language.choose("ja")
    shown = _all(prompting).replace(JOINER, "")
    assert "Kitchen speakerからの購入の依頼" in shown
    assert "承認(&A)" in [one.text() for one in prompting.dialog.findChildren(QAbstractButton)]
    assert prompting.dialog.answers.code.text() == "47"
    assert prompting.is_armed


def test_every_control_has_a_name(prompting: Prompting) -> None:
    prompting.arrive()
    prompting.arm()
    controls = every(
        prompting.dialog, lambda one: one.focusPolicy() is not Qt.FocusPolicy.NoFocus and one.isVisible()
    )
    assert len(controls) >= 6
    names = [one.accessibleName() or getattr(one, "text", str)() for one in controls]
    assert all(names)


def test_tab_reaches_the_code_first_and_approve_after_deny(prompting: Prompting) -> None:
    prompting.arrive()
    prompting.arm()
    prompting.type_code()
    prompting.dialog.answers.code.setFocus()
    order = tab_order(prompting.dialog.answers.code, 6)
    assert order == [
        "Code that the device says, 2 digits",
        "&Deny",
        "More ways to deny",
        "I don’t know this request",
        "&Approve",
        "Later",
    ]


@pytest.mark.parametrize(
    ("presence", "wanted"),
    [
        (Presence.CLICK, "Type the code to approve. You have one try."),
        (Presence.PIN, "Type the code (one try) and your PIN to approve."),
    ],
)
def test_before_a_code_is_typed_it_is_said_that_there_is_one_try(
    prompting: Prompting, presence: Presence, wanted: str
) -> None:
    prompting.arrive(msgspec.structs.replace(samples.request(), presence=presence))
    prompting.arm()
    assert prompting.dialog.hint.text() == wanted
