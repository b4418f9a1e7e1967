"""A person's own past and data, on real servers: order again, a code for devices, leaving for good."""

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from core.domain.outcome import Outcome
from core.domain.request import State
from gui.pages.pin_question import PinQuestion
from gui.pages.profile import ProfilePage
from gui.pages.profile_leaving import DeletionQuestion
from tests.gui.test_whole import MILK, Person, clock_error_s, person  # noqa: F401  fixtures


def _pay_once(person: Person) -> None:  # noqa: F811
    person.be_asked()
    asked, dialog = person.speaker.asked, person.desktop.dialog
    assert asked is not None
    assert asked.match_code is not None
    QTest.keyClicks(dialog.answers.code, asked.match_code)
    person.wait(dialog.answers.approve.isEnabled)
    QTest.keyClick(dialog, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    person.wait(lambda: person.has_ended(Outcome.PAID))
    person.wait(lambda: dialog.outcome.heading.text() == "Paid")
    person.wait(dialog.close_button.isEnabled)
    person.press_on(dialog.close_button)


def test_an_order_of_the_own_assistant_is_made_again_and_asks_again(person: Person) -> None:  # noqa: F811
    person.become("Momo")
    _pay_once(person)
    desktop, detail = person.desktop, person.desktop.requests.detail
    desktop.main.activateWindow()
    desktop.requests.choose(person.speaker.asked.auth_req_id if person.speaker.asked else "")
    person.wait(detail.again.isVisible)
    before = {view.id for view in desktop.model.all_views()}
    person.press_on(detail.again)
    person.wait(lambda: desktop.model.pending == 1)
    (new,) = [view for view in desktop.model.all_views() if view.id not in before]
    assert new.state is State.PENDING, "nothing is bought without a new nod"
    assert new.details.purchase is not None
    assert [(item.id, item.quantity) for item in new.details.purchase.items] == [("milk", 1)]
    assert detail.again_said.isVisible()


def test_a_picture_is_chosen_shown_everywhere_and_removed(
    person: Person,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person.become("Momo")
    desktop = person.desktop
    photo, text = tmp_path / "photo.jpg", tmp_path / "photo.txt"
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor("#c04020"))
    assert image.save(str(photo))
    text.write_text("no picture")
    chosen = [str(text), str(photo)]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen.pop(0), ""))
    desktop.main.go_to("profile")
    you = desktop.rooms.profile.you
    person.press_on(you.choose_picture)
    assert "cannot read this file" in you.said.text()
    person.press_on(you.choose_picture)
    person.wait(lambda: you.portrait.has_picture and desktop.main.portrait.has_picture)
    assert you.said.text() == ""
    middle = you.portrait.grab().toImage().pixelColor(36, 36)
    assert abs(middle.red() - 0xC0) < 8
    person.press_on(you.no_picture)
    person.wait(lambda: not you.portrait.has_picture and not desktop.main.portrait.has_picture)


def test_a_user_code_is_set_and_removed_in_the_profile_and_keeps_the_assistant_out(
    person: Person,  # noqa: F811
) -> None:
    person.become("Momo")
    desktop = person.desktop
    desktop.main.go_to("profile")
    section = desktop.rooms.profile.user_code
    QTest.keyClicks(section.code.control, "abc")
    person.press_on(section.save)
    assert "4 to 64" in section.code.help.text()
    QTest.keyClicks(section.code.control, "-4711")
    person.press_on(section.save)
    person.wait(section.remove.isVisible)
    assert cast(QLineEdit, section.code.control).text() == ""
    person.speaker.say("milk 1 for Momo")
    person.wait(lambda: bool(person.speaker.troubles))
    assert getattr(person.speaker.troubles.pop(), "code", "") == "missing_user_code"
    person.press_on(section.remove)
    person.wait(lambda: not section.remove.isVisible())


def test_the_pin_is_changed_and_removed_only_with_the_pin(person: Person) -> None:  # noqa: F811
    person.become("Momo")
    desktop = person.desktop
    desktop.main.go_to("profile")
    page = desktop.rooms.profile
    _set_pin(person, page, "2580")
    person.press_on(page.pin.remove)
    person.wait(lambda: bool(page.findChildren(PinQuestion)))
    (question,) = page.findChildren(PinQuestion)
    question.activateWindow()
    assert not question.yes.isEnabled()
    QTest.keyClicks(question.pin.control, "1111")
    person.press_on(question.yes)
    person.wait(question.trouble.isVisible)
    assert "neither your PIN" in question.trouble.text()
    assert page.pin.said.text() == "A PIN is set."
    QTest.keyClicks(question.pin.control, "2580")
    person.press_on(question.yes)
    person.wait(lambda: page.pin.said.text() == "No PIN is set.")


def test_a_pin_is_asked_for_above_an_amount_only_once_there_is_one(person: Person) -> None:  # noqa: F811
    person.become("Momo")
    person.desktop.main.go_to("profile")
    page = person.desktop.rooms.profile
    person.wait(page.safety.no_pin.isVisible)
    assert "Set one below first" in page.safety.no_pin.text()
    assert not page.safety.wants_pin.isEnabled()
    _set_pin(person, page, "2580")
    person.wait(page.safety.wants_pin.isEnabled)
    assert not page.safety.no_pin.isVisible()


def test_a_code_for_another_computer_is_made_with_the_pin_or_without(person: Person) -> None:  # noqa: F811
    person.become("Momo")
    desktop = person.desktop
    desktop.main.go_to("profile")
    page = desktop.rooms.profile
    _set_pin(person, page, "2580")
    for is_with_pin in (True, False):
        page.terminals.code.hide()
        person.press_on(page.terminals.add_one)
        question = page.findChildren(PinQuestion)[-1]
        question.activateWindow()
        if is_with_pin:
            QTest.keyClicks(question.pin.control, "2580")
        person.press_on(question.yes if is_with_pin else question.without)
        person.wait(page.terminals.code.isVisible)


def _set_pin(person: Person, page: ProfilePage, pin: str) -> None:  # noqa: F811
    for field in (page.pin.pin, page.pin.again):
        QTest.keyClicks(field.control, pin)
    person.press_on(page.pin.save)
    person.wait(lambda: page.pin.said.text() == "A PIN is set.")


def test_the_own_data_is_saved_as_a_file_or_it_is_said_why_not(
    person: Person,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person.become("Momo")
    chosen = ["/proc/no/nod.json", str(tmp_path / "nod.json")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen.pop(0), ""))
    person.desktop.main.go_to("profile")
    leaving = person.desktop.rooms.profile.leaving
    person.press_on(leaving.export)
    person.wait(lambda: "could not be written" in leaving.said.text())
    person.press_on(leaving.export)
    person.wait(lambda: leaving.said.text() == "Saved as nod.json")
    assert '"user_id": "momo"' in (tmp_path / "nod.json").read_text()


def test_a_person_deletes_their_data_only_by_their_user_id_and_is_told_what_stays(
    person: Person,  # noqa: F811
    data_folder: Path,
) -> None:
    person.become("Momo")
    desktop = person.desktop
    desktop.main.go_to("profile")
    person.press_on(desktop.rooms.profile.leaving.delete)
    (question,) = desktop.rooms.profile.findChildren(DeletionQuestion)
    question.activateWindow()
    assert "ledger" in question.kept.text()
    assert question.pin.isHidden()
    QTest.keyClicks(question.user_id.control, "mom")
    assert not question.yes.isEnabled()
    QTest.keyClicks(question.user_id.control, "o")
    person.press_on(question.yes)
    person.wait(lambda: desktop.farewell is not None and desktop.farewell.isVisible())
    assert not desktop.main.isVisible()
    assert list((data_folder / "keys").glob("terminal-*")) == []
    assert list((data_folder / "clients").glob("terminal-*")) == []
    person.speaker.say("milk 1 for Momo")
    person.wait(lambda: bool(person.speaker.troubles))
    assert getattr(person.speaker.troubles.pop(), "code", "") == "unknown_user_id"


def test_an_order_whose_time_ran_out_can_be_made_again_and_again(person: Person) -> None:  # noqa: F811
    person.become("Momo")
    desktop, detail = person.desktop, person.desktop.requests.detail
    person.speaker.buy("Momo", MILK, window_s=5)
    person.wait(lambda: person.has_ended(Outcome.EXPIRED))
    desktop.dialog.closed.emit()
    desktop.main.activateWindow()
    first = desktop.model.all_views()[0]
    desktop.requests.choose(first.id)
    person.wait(detail.again.isVisible)
    person.press_on(detail.again)
    person.wait(lambda: desktop.model.pending == 1)
    assert detail.again_said.isVisible()
    assert not detail.again.isVisible()
    desktop.requests.choose(first.id)
    person.speaker.withdraw()
    person.wait(lambda: desktop.model.pending == 0)
    person.wait(detail.again.isVisible)
    assert not detail.again_said.isVisible()
