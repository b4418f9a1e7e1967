"""Rooms and their windows without a server: what they say, what leads where, what is sent of a change."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from core.domain.place import PlaceClaim
from core.domain.request import State
from core.terminal.places import written
from core.wire.messages import DeviceChange
from gui.desktop import Desktop
from gui.language import Language
from gui.pages.device_change import DeviceQuestion, change_of
from gui.pages.requests_model import Shown
from gui.pages.spending_sums import By, bars
from gui.parts.text import PageTitle
from tests.gui import samples
from tests.gui.test_home import _fill, _texts, desktop  # noqa: F401  a fixture


def test_a_card_says_what_its_device_may_ask(desktop: Desktop) -> None:  # noqa: F811
    _fill(desktop)
    desktop.main.go_to("devices")
    said = [text for text in _texts(desktop.main) if text.startswith("may ask")]
    assert set(said) == {
        "may ask you to buy things, allow things that cost nothing, and confirm that it is you"
    }


def test_reduced_motion_takes_effect_at_once(desktop: Desktop) -> None:  # noqa: F811
    desktop.main.go_to("profile")
    before = desktop.dialog.ring.moves_a_second
    desktop.rooms.profile.machine.motion.setChecked(True)
    assert desktop.dialog.ring.moves_a_second == 1 < before


def test_the_count_in_a_prompt_leads_to_everything_that_waits(desktop: Desktop, qtbot: QtBot) -> None:  # noqa: F811
    _fill(desktop)
    desktop.main.go_to("about")
    desktop.dialog.count_waiting(2)
    desktop.dialog.waiting.click()
    assert desktop.main.room == "requests"
    assert desktop.requests.filter.currentData() == Shown.PENDING
    assert desktop.model.rowCount() == 1
    desktop.dialog.count_waiting(0)
    assert desktop.dialog.waiting.isHidden()


def test_a_changed_device_sends_what_differs_and_nothing_else() -> None:
    device = samples.device()
    assert change_of(device, device.name, device.nickname, "Kitchen", written(device.place)) == DeviceChange()
    moved = change_of(device, "Speaker", device.nickname, "Kitchen", "35.0, 135.5")
    assert moved == DeviceChange(name="Speaker", place=PlaceClaim("Kitchen", 35.0, 135.5))
    assert change_of(device, device.name, device.nickname, "", "") == DeviceChange(place=None)


def test_a_point_says_what_it_is_near_to_and_needs_a_name_for_the_place(
    desktop: Desktop,  # noqa: F811
    language: Language,
) -> None:
    question = DeviceQuestion(desktop.main, language, samples.device())
    agreed: list[DeviceChange] = []
    question.agreed.connect(agreed.append)
    question.show()
    assert question.point.help.text() == "near Dōgenzaka, Shibuya"
    edit, label = question.point.control, question.place.control
    assert isinstance(edit, QLineEdit)
    assert isinstance(label, QLineEdit)
    edit.setText("somewhere")
    question.save.click()
    assert "35.6595" in question.point.help.text()
    edit.setText("35.4437, 139.638")
    label.clear()
    question.save.click()
    assert question.place.help.text() == "This is needed."
    assert agreed == []
    label.setText("Café")
    question.save.click()
    assert agreed == [DeviceChange(place=PlaceClaim("Café", 35.4437, 139.638))]
    assert not question.isVisible()


def test_a_month_without_spending_is_a_bar_of_nothing(language: Language) -> None:
    days = ("2025-11-20T05:00:00Z", "2026-01-31T20:00:00Z")
    views = [samples.request(samples.MILK, name=f"req_{day}", state=State.PAID, at=day) for day in days]
    language.choose("ja")
    assert [(bar.label, bar.value) for bar in bars(views, By.MONTH, language)] == [
        ("2025年11月", 248),
        ("2025年12月", 0),
        ("2026年1月", 0),
        ("2026年2月", 248),
    ], "in Tokyo the last one was in February"


def test_the_names_of_all_rooms_stand_at_one_height_and_the_way_to_them_stays(
    desktop: Desktop,  # noqa: F811
) -> None:
    _fill(desktop)
    window, heights, ways = desktop.main, set(), set()
    for room in ("requests", "devices", "spending", "profile"):
        window.go_to(room)
        (title,) = (one for one in window.findChildren(PageTitle) if one.isVisible())
        QCoreApplication.processEvents()  # what was just shown is laid out
        heights.add(title.mapTo(window, title.rect().center()).y())
        choices = [one for one in window.findChildren(QPushButton) if one.property("look") == "rail"]
        ways.add(tuple(one.mapTo(window, one.rect().center()).y() for one in choices))
    assert len(heights) == 1
    assert len(ways) == 1
