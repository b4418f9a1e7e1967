"""Another language is spoken at once, and what is open goes on in it."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from assistant.commands import Command, read_command
from assistant.conversation import Conversation, Errand, Say, Thing
from assistant.ears.interface import Nickname, Slot
from assistant.known import Article, Known
from assistant.translating import translated
from core.domain.decision import Decision
from core.domain.money import Money
from tests.assistant.facing import ASKED, HEARD, maker, status
from tests.assistant.household import Home, play

JAPANESE = Command("speak", "ja")


def test_an_open_request_is_paid_after_another_language_was_chosen(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        session = home.session(home.options())
        run = asyncio.create_task(session.run())
        await home.pair("Momo")
        await home.event("paired")
        session.submit(Command("say", "buy milk for Momo"))
        asked = await home.event("asked")
        session.submit(JAPANESE)
        assert (await home.event("language"))["locale"] == "ja"
        again = await home.event("said", lambda event: event["key"] == "asked" and "Momo" in event["text"])
        while "I asked" in again["text"]:  # what was said before
            again = await home.event("said", lambda event: event["key"] == "asked")
        assert f"番号は{asked['match_code']}" in again["text"].replace(" ", "")
        await home.approver.decide(Decision.APPROVE, asked["match_code"])
        end = await home.event("outcome")
        assert (end["id"], end["outcome"], end["heard"]["item"]) == (asked["id"], "paid", "牛乳")
        assert "牛乳" in (await home.event("said", lambda event: event["key"] == "end-paid"))["text"]
        await home.leave(session, run)

    play(tmp_path, scene)


def test_a_question_is_asked_again_in_the_other_language_and_answered_in_it(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        session = home.session(home.options())
        run = asyncio.create_task(session.run())
        await home.pair("Momo")
        await home.event("paired")
        session.submit(Command("say", "buy milk for Sam"))
        assert "Momo" in (await home.event("said", lambda event: event["key"] == "unknown-name"))["text"]
        session.submit(JAPANESE)
        await home.event("language")
        await home.event("said", lambda event: event["key"] == "unknown-name")
        session.submit(Command("say", "Momo"))
        assert "牛乳" in (await home.event("said", lambda event: event["key"] == "confirm"))["text"]
        session.submit(Command("say", "はい"))
        asked = await home.event("asked")
        await home.approver.decide(Decision.DENY)
        assert (await home.event("outcome"))["id"] == asked["id"]
        session.submit(Command("say", "Momoに牛乳を買って"))
        await home.event("asked")
        await home.leave(session, run)

    play(tmp_path, scene)


def test_what_is_in_mind_keeps_its_articles_and_no_nickname_is_taken_for_one() -> None:
    yen, people = Money(200, "JPY"), (Nickname("Milk"),)
    english = Known((Article("m", "Milk", "Milks", yen), Article("b", "Bread", "Breads", yen)), people)
    japanese = Known((Article("m", "牛乳", "牛乳", yen), Article("b", "パン", "パン", yen)), people)
    slots = {"item": Slot("Bread", 0.5), "nickname": Slot("Milk", 0.5)}
    errand = Errand(1, "Milk", 2, "Milk", also=(Thing("Bread", 1),), slots=slots)
    said = (
        Say("confirm", {"thing": errand.things, "amount": yen, "nickname": "Milk"}),
        Say("unknown-item", {"items": ("Milk", "Bread")}),
    )
    talk = translated(Conversation(known=english, errands=(errand,), said=said), japanese)
    [kept] = talk.errands
    assert (kept.things, kept.nickname) == ((Thing("牛乳", 2), Thing("パン", 1)), "Milk")
    assert [slot.text for slot in kept.slots.values()] == ["パン", "Milk"]
    assert dict(talk.said[0].values) == {"thing": kept.things, "amount": yen, "nickname": "Milk"}
    assert talk.said[1].values == {"items": ("牛乳", "パン")}
    assert translated(talk, english).errands == (errand,)


def test_every_word_of_the_window_changes_and_what_was_said_stays(qtbot: QtBot) -> None:
    window, other = maker(qtbot)("en"), maker(qtbot)("ja")
    for event in (HEARD, ASKED, {"event": "language", "locale": "ja"}):
        window.take(event)
    other.take(ASKED)
    assert status(window) == status(other)
    assert window.windowTitle() == other.windowTitle()
    for kind in (QPushButton, QLabel):
        words = [[str(one.property("text")) for one in it.findChildren(kind)] for it in (window, other)]
        assert words[0] == words[1]
    for named in (QLineEdit, QListWidget):
        names = [[one.accessibleName() for one in it.findChildren(named)] for it in (window, other)]
        assert names[0] == names[1]
    transcript = window.findChild(QListWidget)
    assert isinstance(transcript, QListWidget)
    assert transcript.item(0).text() == "You: buy milk for Momo"


@pytest.mark.parametrize(("line", "is_child"), [("speak ja", True), ("speak ja", False)])
def test_only_a_parent_chooses_the_language(line: str, is_child: bool) -> None:
    assert read_command(line, is_child=is_child) == (JAPANESE if is_child else Command("say", "speak ja"))
