"""The rows of a list are laid out alike, say who before when, and name nothing without how many of it."""

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from core.domain.request import State
from gui.language import Language
from gui.pages.request_row import cut, title_in
from gui.pages.requests_model import row_of
from gui.parts.boxes import button
from gui.theme.theme import Theme
from gui.theme.type_scale import Type, font
from tests.gui import samples
from tests.gui.narrow import Home


@pytest.mark.parametrize("locale", ["en", "ja"])
@pytest.mark.parametrize("width", [360, 796, 1_000, 1_400])
def test_all_rows_of_a_list_are_as_high(
    home: Home, qtbot: QtBot, language: Language, locale: str, width: int
) -> None:
    language.choose(locale)
    names = ("A", "台所のスピーカー", "The loudspeaker beside the door of the kitchen")
    home.rooms.model.put(
        *(
            samples.request(name=f"req_{at:032}", who=names[at % 3], state=state)
            for at, state in enumerate(State)
        )
    )
    rows = home.rooms.requests.list
    home.window.resize(width, 500)
    home.window.show()
    qtbot.waitUntil(lambda: rows.viewport().width() > 100)
    assert len({rows.sizeHintForRow(at) for at in range(home.rooms.model.rowCount())}) == 1


def test_a_row_says_who_and_then_when_in_one_line_as_in_two(language: Language) -> None:
    row = row_of(samples.request(), language)
    assert row.about == f"{row.who} · {row.day}"


@pytest.mark.parametrize("locale", ["en", "ja"])
def test_a_title_that_has_no_room_still_says_how_many(theme: Theme, language: Language, locale: str) -> None:
    language.choose(locale)
    things = (samples.MILK_JA, samples.TEA_JA) if locale == "ja" else (samples.MILK, samples.TEA)
    metrics = QFontMetrics(font(Type.STRONG))
    for items in (things, things[:1]):
        row = row_of(samples.request(*items), language)
        widest = metrics.horizontalAdvance(row.title)
        assert title_in(row, metrics, widest) == row.title
        for width in range(metrics.horizontalAdvance("名" * 8), widest, 8):
            said = title_in(row, metrics, width)
            assert metrics.horizontalAdvance(said) <= width
            if locale == "ja":
                assert f"× {items[0].quantity}" in said.replace("\u00a0", " ")
            else:
                assert said.startswith(row.title[:3])


def test_a_name_is_cut_short_before_what_follows_it(theme: Theme) -> None:
    metrics = QFontMetrics(font(Type.CAPTION))
    said = cut("The loudspeaker beside the door", " · Nov 28", metrics, metrics.horizontalAdvance("n" * 20))
    assert said.endswith("… · Nov 28")


@pytest.mark.parametrize(
    ("text", "weight"), [("Nodを開く", QFont.Weight.Bold), ("Open Nod", QFont.Weight.DemiBold)]
)
@pytest.mark.parametrize("look", ["primary", "danger"])
def test_a_strong_button_is_strong_in_every_script(
    qtbot: QtBot, theme: Theme, look: str, text: str, weight: QFont.Weight
) -> None:
    made = button(look=look)
    qtbot.addWidget(made)
    made.setText(text)
    made.show()
    assert made.font().weight() == weight
