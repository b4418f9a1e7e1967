"""A place on the map by the name of its town, with the keyboard alone; coordinates work as before."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from core.wire.messages import Consent, PairingView
from gui.language import Language
from gui.pages.consent_form import ConsentForm
from gui.parts.town_search import matches, titles
from gui.theme.theme import Theme

LIMIT_MS = 30_000
pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)  # by what opens


class Desk:
    """A consent, with the keyboard in the field for the map."""

    def __init__(self, qtbot: QtBot, theme: Theme, locale: str) -> None:
        self.qtbot = qtbot
        self.form = ConsentForm(theme, Language(locale, "Asia/Tokyo"))
        qtbot.addWidget(self.form)
        self.form.show_pairing(PairingView("Voice assistant", "ai_device", ("purchase",), 600), "Momo", None)
        self.form.resize(700, 700)
        self.form.show()
        self.form.activateWindow()
        qtbot.waitUntil(self.form.isActiveWindow)
        self.consents: list[Consent] = []
        self.form.agreed.connect(self.consents.append)
        QTest.keyClicks(self.form.place.control, "Kitchen")
        self.form.point.control.setFocus()

    def type(self, text: str) -> None:
        """Type into the field."""
        control = self.form.point.control
        assert isinstance(control, QLineEdit)
        if text.isascii():
            QTest.keyClicks(control, text)
        else:  # as an input method writes it
            control.insert(text)
            control.textEdited.emit(control.text())

    def press(self, key: Qt.Key) -> None:
        """Press a key where the keyboard is: the towns that are offered have it while they are."""
        QTest.keyClick(QApplication.activePopupWidget() or self.form.point.control, key)

    def offered(self) -> list[str]:
        """The towns, once there are any."""
        self.qtbot.waitUntil(lambda: bool(self.form.point.offered), timeout=LIMIT_MS)
        return self.form.point.offered


@pytest.mark.parametrize(
    ("locale", "typed", "title"),
    [("en", "shibuy", "Shibuya · Japan"), ("ja", "渋谷", "渋谷 · 日本"), ("ja", "しぶや", "渋谷 · 日本")],
)
def test_a_town_is_chosen_with_enter_and_becomes_a_point(
    qtbot: QtBot, theme: Theme, locale: str, typed: str, title: str
) -> None:
    desk = Desk(qtbot, theme, locale)
    desk.type(typed)
    assert desk.offered()[0] == title
    desk.press(Qt.Key.Key_Return)
    assert (desk.form.point.text, desk.consents) == ("35.6589, 139.7066 ± 2000", [])
    assert desk.form.point.help.text().replace("\u200b", "") != ""
    qtbot.waitUntil(lambda: not desk.form.is_fresh)
    QTest.keyClick(desk.form.point.control, Qt.Key.Key_Return)
    place = desk.consents[0].place
    assert place is not None
    assert (place.label, place.latitude, place.longitude, place.accuracy_m) == (
        "Kitchen",
        35.6589,
        139.7066,
        2000,
    )


def test_the_arrow_keys_go_to_another_town_and_all_are_told_apart(qtbot: QtBot, theme: Theme) -> None:
    desk = Desk(qtbot, theme, "en")
    desk.type("paris")
    offered = desk.offered()
    assert offered[0] == "Paris · France"
    assert len(set(offered)) == len(offered) == 8
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert desk.form.point.text.startswith("33.6609, -95.5555")


def test_of_two_towns_of_one_name_and_country_none_is_told_by_its_name_alone() -> None:
    """One of the two has no region in the language."""
    found = matches("府中", "ja")
    named = [one for one in found if (one.name, one.country) == ("府中", "JP")]
    assert len(named) > 1, "else there is nothing to tell apart"
    assert any(not one.region for one in named)
    assert "府中 · 日本" not in titles(found, "ja")


def test_a_town_that_was_typed_and_not_chosen_is_found_all_the_same(qtbot: QtBot, theme: Theme) -> None:
    desk = Desk(qtbot, theme, "en")
    desk.type("Kamakura")
    desk.offered()
    desk.press(Qt.Key.Key_Escape)
    assert not desk.form.point.is_choosing
    desk.form.agree.click()
    place = desk.consents[0].place
    assert place is not None
    assert place.latitude == pytest.approx(35.3109)


def test_a_name_that_nobody_knows_is_complained_of(qtbot: QtBot, theme: Theme) -> None:
    desk = Desk(qtbot, theme, "en")
    desk.type("Nowhereville upon Nothing")
    desk.form.agree.click()
    assert desk.consents == []
    assert "No town of this name" in desk.form.point.help.text()


def test_coordinates_are_taken_as_they_are(qtbot: QtBot, theme: Theme) -> None:
    desk = Desk(qtbot, theme, "en")
    desk.type("35.6595, 139.7005")
    desk.form.agree.click()
    place = desk.consents[0].place
    assert place is not None
    assert (place.latitude, place.longitude, place.accuracy_m) == (35.6595, 139.7005, None)
