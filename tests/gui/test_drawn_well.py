"""What is strong is drawn with our own strong cut, and figures stand under each other."""

from PySide6.QtGui import QFont, QTextFormat
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.domain.purchase import Item
from core.presentation.typeface import SEMIBOLD
from gui.language import Language
from gui.pages.about import AboutPage
from gui.theme.theme import Theme
from tests.gui import samples
from tests.gui.prompting import Prompting

ADJUSTMENT = QTextFormat.Property.FontSizeAdjustment


def test_the_licences_are_strong_in_the_cut_that_nod_has(
    qtbot: QtBot, theme: Theme, language: Language
) -> None:
    page = AboutPage(theme, language)
    qtbot.addWidget(page)
    heading = page.licences.document().begin().begin().fragment().charFormat()
    assert heading.fontFamilies()[0] == SEMIBOLD
    assert heading.fontWeight() == QFont.Weight.DemiBold


def test_the_licences_are_quieter_than_the_page_and_the_version_is_told(
    qtbot: QtBot, theme: Theme, language: Language
) -> None:
    page = AboutPage(theme, language)
    qtbot.addWidget(page)
    assert page.version.text().startswith("Version 0.")
    shown = page.licences.toPlainText()
    assert shown.startswith("Copied into Nod")
    assert "make licences" not in shown
    assert "assistant’s own process" in shown
    sizes, block = [], page.licences.document().begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            sizes.append(block.begin().fragment().charFormat().property(ADJUSTMENT))
        block = block.next()
    assert set(sizes) == {1}


def test_prices_of_one_piece_end_under_each_other(qtbot: QtBot, theme: Theme, language: Language) -> None:
    prompt = Prompting(qtbot, theme, language)
    prompt.arrive(samples.request(Item("a", "Milk", 2, 338), Item("b", "Tea", 2, 1_238)))
    each = [label for label in prompt.dialog.findChildren(QLabel) if label.text().endswith(" each")]
    assert [label.text() for label in each] == ["¥338 each", "¥1,238 each"]
    assert each[0].geometry().right() == each[1].geometry().right()
    assert each[0].width() < each[1].width()
