"""What stands beside or under each other on a page, and where it begins."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.domain.request import State
from core.wire.messages import PairingView
from gui.language import Language
from gui.pages.consent_form import ConsentForm
from gui.pages.device_card import DeviceCard
from gui.parts.text import PageTitle
from gui.theme.theme import Theme
from tests.gui import samples
from tests.gui.narrow import ROOMS, Home


def _at(one: QWidget, within: QWidget) -> QPoint:
    return one.mapTo(within, QPoint())


@pytest.mark.parametrize("locale", ["en", "ja"])
@pytest.mark.parametrize("width", [300, 400, 500, 700])
def test_fields_beside_each_other_are_at_one_height(
    qtbot: QtBot, theme: Theme, language: Language, locale: str, width: int
) -> None:
    language.choose(locale)
    form = ConsentForm(theme, language)
    qtbot.addWidget(form)
    form.show_pairing(PairingView("Agent", "ai_agent", ("purchase",), 600), "Momo", None)
    form.resize(width, 700)
    form.show()
    pairs = ((form.device_name, form.nickname), (form.place, form.point))

    def are_in_place() -> bool:
        at = [(_at(left.control, form), _at(right.control, form)) for left, right in pairs]
        if width < 450:
            return all(left.x() == right.x() and left.y() < right.y() for left, right in at)
        return all(left.x() < right.x() and left.y() == right.y() for left, right in at)

    qtbot.waitUntil(are_in_place)


def test_the_most_drastic_thing_to_do_with_a_device_stands_last(
    qtbot: QtBot, theme: Theme, language: Language
) -> None:
    card = DeviceCard(theme, language, samples.device())
    qtbot.addWidget(card)
    card.show()
    for width in (300, 900):
        card.resize(width, 400)
        QApplication.processEvents()
        hands = [_at(one, card) for one in (card.change, card.block, card.unpair)]
        order = [(at.y(), at.x()) for at in hands]
        assert order == sorted(order)
        assert len(set(order)) == 3


def test_no_line_of_facts_ends_with_the_dot_before_the_next(
    qtbot: QtBot, theme: Theme, language: Language
) -> None:
    card = DeviceCard(theme, language, samples.device())
    qtbot.addWidget(card)
    for text in (card.about.text(), card.figures.text()):
        layout = QTextLayout(text, card.about.font())
        for width in range(120, 500, 20):
            assert not any(line.rstrip().endswith("·") for line in _lines(layout, width))


def _lines(layout: QTextLayout, width: int) -> list[str]:
    """How a text is wrapped in this width."""
    lines = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(layout.text()[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return lines


def test_what_can_be_done_about_a_request_begins_where_its_card_begins(home: Home, qtbot: QtBot) -> None:
    detail = home.rooms.requests.detail
    home.rooms.model.put(samples.request(state=State.PAID))
    home.rooms.requests.choose(samples.request().id)
    home.window.show()
    qtbot.waitUntil(detail.print.isVisible)
    assert _at(detail.print, detail).x() == _at(detail.card, detail).x()


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_every_room_has_its_name_above_it(home: Home, language: Language, locale: str) -> None:
    language.choose(locale)
    home.window.show()
    for room in ROOMS:
        home.window.go_to(room)
        titles = [one for one in home.window.findChildren(PageTitle) if one.isVisible()]
        assert [one.accessibleName() for one in titles] == [language.say(f"desktop-room-{room}")]
