"""Pairing without a mouse: Enter looks who shows a code, and Enter agrees, never before it could be read."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.wire.messages import Consent, PairingView, Profile
from gui.bridge import Bridge
from gui.language import Language
from gui.link import Link
from gui.pages.consent_form import UNREAD_MS
from gui.pages.devices import DevicesPage
from gui.theme.theme import Theme

SPEAKER = PairingView("Voice assistant", "ai_device", ("purchase",), 600)


class Asked(Link):
    """Remembers the last call; the test answers it."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self.done: Callable[[Any], object] | None = None

    def ask(self, work: object, done: Callable[[Any], object], failed: object) -> None:
        """As `Link.ask`."""
        self.done = done


class Table:
    """The page where a device is paired, with a code to be typed."""

    def __init__(self, qtbot: QtBot, theme: Theme, language: Language, bridge: Bridge) -> None:
        self.link = Asked(bridge)
        self.page = DevicesPage(theme, language, self.link)
        qtbot.addWidget(self.page)
        self.page.show()
        self.page.be_of(Profile("momo", "Momo"))
        self.page.pair.click()
        self.link.done = None
        self.consents: list[Consent] = []
        self.page.pairing.consent.agreed.connect(self.consents.append)

    def enter(self) -> None:
        """Press Enter where the keyboard is."""
        at = self.page.window().focusWidget()
        assert at is not None
        QTest.keyClick(at, Qt.Key.Key_Return)

    def type_code(self) -> None:
        """Type the code, look, and be shown who it is."""
        QTest.keyClicks(self.page.pairing.code, "ABCD-EFGH")
        self.enter()
        assert self.link.done is not None
        self.link.done(SPEAKER)


@pytest.fixture
def table(qtbot: QtBot, theme: Theme, language: Language, bridge: Bridge) -> Table:
    return Table(qtbot, theme, language, bridge)


def test_enter_looks_and_enter_in_any_field_agrees(table: Table, qtbot: QtBot) -> None:
    table.type_code()
    form = table.page.pairing.consent
    qtbot.waitUntil(lambda: not form.is_fresh)
    form.place.control.setFocus()
    QTest.keyClicks(form.place.control, "Kitchen")
    table.enter()
    assert [(one.device_name, one.place.label if one.place else None) for one in table.consents] == [
        ("Voice assistant", "Kitchen")
    ]


def test_a_second_enter_that_comes_with_the_first_agrees_to_nothing(table: Table) -> None:
    assert UNREAD_MS >= 500
    table.type_code()
    table.enter()
    assert table.consents == []


def test_enter_without_a_code_says_what_is_missing(table: Table) -> None:
    table.enter()
    assert "Type the code" in table.page.pairing.banner.sentence.text()
    assert table.link.done is None


def test_the_keyboard_is_in_the_consent_as_soon_as_it_is_shown(table: Table) -> None:
    table.type_code()
    assert table.page.window().focusWidget() is table.page.pairing.consent.device_name.control
