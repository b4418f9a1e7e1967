"""Draws the windows with a hostile text in all their fields onto one sheet.

Our own font without hinting, at a fixed size, at scale 1, off screen: what is left to the machine is the font
of the few letters that ours does not have.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from core.domain.request import State
from core.presentation.lines import lines
from core.terminal.countdown import Countdown
from core.terminal.events import Inquiry
from core.wire.messages import RequestView
from gui.bridge import Bridge
from gui.language import Language
from gui.link import Link
from gui.pages.devices import DevicesPage
from gui.pages.requests import RequestsPage
from gui.pages.requests_model import RequestsModel
from gui.pages.spending import SpendingPage
from gui.prompt.cases import case_of, remark
from gui.prompt.dialog import PromptDialog
from gui.theme.families import body_font
from gui.theme.theme import Scheme, Theme
from tests.clock import FakeClock
from tests.golden.hostile import HOSTILE, device, message, procedure, purchase
from tests.gui.painting import settle

GREYS = [QColor(at * 255 // 15, at * 255 // 15, at * 255 // 15).rgb() for at in range(16)]
DITHER = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
PAGE, ROOM, GAP = QSize(760, 420), QSize(1920, 1040), 8
POINTS = 10.5


def plain(app: QApplication) -> None:
    """Make text look the same on every machine, as far as that is ours to say."""
    made = body_font(QFont("Inter", 10))
    made.setPointSizeF(POINTS)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    app.setFont(made)


def sheet(app: QApplication, kind: str) -> QImage:
    """All windows with one hostile text, in 16 greys."""
    theme, language, text = Theme(app, Scheme.LIGHT), Language("en", "Asia/Tokyo"), HOSTILE[kind]
    prompts = [_prompt(theme, language, view) for view in (purchase(text), procedure(text), message(text))]
    bridge = Bridge()
    pages = [
        _requests(theme, language, text),
        _spending(theme, language, text),
        _devices(theme, language, Link(bridge), text),
    ]
    try:
        return _joined([settle(app, one) for one in prompts], [settle(app, one) for one in pages])
    finally:
        bridge.stop()


def _prompt(theme: Theme, language: Language, view: RequestView) -> PromptDialog:
    dialog = PromptDialog(theme, language, room=lambda: ROOM)
    dialog.ask(view, lines(view.details, language.texts, language.zone), needs_pin=False)
    case = case_of(Inquiry(view, Countdown(60.0, 0.0, FakeClock(1_000.0)), None))
    dialog.warn(remark(case, (), language.texts))
    dialog.ring.start(lambda: 47.6, 60)
    dialog.arm(True, "prompt-hint-ready")
    return dialog


def _requests(theme: Theme, language: Language, text: str) -> RequestsPage:
    model = RequestsModel(language)
    model.put(purchase(text, State.PAID))
    page = RequestsPage(theme, language, model)
    page.be_loaded()
    page.list.setCurrentIndex(model.index(0))
    page.resize(PAGE)
    return page


def _spending(theme: Theme, language: Language, text: str) -> SpendingPage:
    model = RequestsModel(language)
    model.put(purchase(text, State.PAID))
    page = SpendingPage(theme, language, model)
    page.by.setCurrentIndex(page.by.count() - 1)
    page.refresh()
    page.resize(PAGE)
    return page


def _devices(theme: Theme, language: Language, link: Link, text: str) -> DevicesPage:
    page = DevicesPage(theme, language, link)
    page.show_devices((device(text),))
    page.resize(PAGE)
    return page


def _joined(*rows: list[QImage]) -> QImage:
    width = max(sum(one.width() + GAP for one in row) for row in rows)
    height = sum(max(one.height() for one in row) + GAP for row in rows)
    whole = QImage(width, height, QImage.Format.Format_RGB32)
    whole.fill(Qt.GlobalColor.darkGray)
    painter, top = QPainter(whole), 0
    for row in rows:
        left = 0
        for one in row:
            painter.drawImage(left, top, one)
            left += one.width() + GAP
        top += max(one.height() for one in row) + GAP
    painter.end()
    grey = whole.convertToFormat(QImage.Format.Format_Grayscale8)
    return grey.convertToFormat(QImage.Format.Format_Indexed8, GREYS, DITHER)
