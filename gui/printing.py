"""The record of one request on paper, in PDF: who and what on top, the order as a table, facts, proof."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen
from PySide6.QtSvg import QSvgRenderer

from core.domain.doubt import Doubt
from core.presentation.lines import ItemLine
from core.presentation.record import Pairs, Record, record
from core.wire.messages import RequestView
from core.wire.receipt import Receipt
from gui.language import Language
from gui.parts.text import visible
from gui.theme.icons import drawing_of
from gui.theme.tokens import LIGHT
from gui.theme.type_scale import Type, font

RESOLUTION = 300
MM = RESOLUTION / 25.4
LABEL_MM, LOGO_MM, GAP_MM, LINE_MM = 54.0, 11.0, 5.0, 1.6
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWrapAnywhere
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


def print_request(path: Path, view: RequestView, receipt: Receipt | Doubt | None, language: Language) -> bool:
    """Writes the sheet; False where the file cannot be written.

    Args:
        path: a PDF file.
        view: the request.
        receipt: its verified receipt, a code why it is not believed, or None.
        language: of the sheet.
    """
    try:
        path.open("ab").close()  # Qt would only warn
    except OSError:
        return False
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout.Unit.Millimeter)
    writer.setResolution(RESOLUTION)
    writer.setTitle(f"Nod {view.id}")
    painter = QPainter()
    if not painter.begin(writer):
        return False
    sheet = Sheet(painter, writer.width(), writer.height(), writer.newPage)
    sheet.draw(record(view, receipt, language.texts, language.zone), language)
    return painter.end() and path.is_file()


class Sheet:
    """A page that fills from the top, and a next one when it is full."""

    def __init__(
        self, painter: QPainter, width: float, height: float, turn: Callable[[], object] = lambda: None
    ) -> None:
        self._painter, self._width, self._height = painter, width, height
        self._turn = turn
        self.at = 0.0
        """Where the next line begins."""

    def draw(self, content: Record, language: Language) -> None:
        """Draw a record."""
        say = language.say
        self._head(say("record-title"))
        self._line(content.title, Type.TITLE)
        self._line(content.about, Type.CAPTION, LIGHT.muted)
        self._line(content.state, Type.STRONG, LIGHT.accent if content.is_paid else LIGHT.ink)
        self._rule()
        for item in content.items:
            self._item(item, say("lines-each", price=item.unit_price) if item.quantity > 1 else "")
        for text in content.what:
            self._line(text, Type.BODY)
        if content.total is not None:
            self._total(say("record-total"), content.total, say("lines-play-money"))
        self._rule()
        self._pairs(content.facts, Type.BODY)
        self._rule()
        self._pairs(content.proof, Type.CAPTION)
        self._line(say("record-check"), Type.CAPTION, LIGHT.muted)

    def _head(self, title: str) -> None:
        logo = QRectF(0, 0, LOGO_MM * MM, LOGO_MM * MM)
        QSvgRenderer(drawing_of("nod", LIGHT.accent)).render(self._painter, logo)
        beside = QRectF(logo.right() + GAP_MM * MM, 0, self._width - logo.right(), logo.height())
        self._pen(Type.HEADING, LIGHT.ink)
        self._painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "Nod")
        self._pen(Type.BODY, LIGHT.muted)
        middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(QRectF(0, 0, self._width, logo.height()), middle, title)
        self.at = logo.bottom() + 2 * GAP_MM * MM

    def _item(self, item: ItemLine, each: str) -> None:
        top = self._room()
        money = self._advance(item.total, Type.BODY) + GAP_MM * MM
        self._pen(Type.BODY, LIGHT.ink)
        self._painter.drawText(QRectF(0, top, self._width, RESOLUTION), RIGHT, item.total)
        note = self._advance(each, Type.CAPTION) + GAP_MM * MM if each else 0.0
        if each:
            self._pen(Type.CAPTION, LIGHT.muted)
            self._painter.drawText(QRectF(0, top, self._width - money, RESOLUTION), RIGHT, each)
        self._line(item.text, Type.BODY, right=money + note)

    def _total(self, label: str, total: str, remark: str) -> None:
        self._rule()
        top = self._room()
        self._pen(Type.HEADING, LIGHT.ink)
        self._painter.drawText(QRectF(0, top, self._width, RESOLUTION), RIGHT, total)
        self._line(f"{label} ({remark})", Type.STRONG, right=self._advance(total, Type.HEADING))
        self.at = max(self.at, top + self._height_of(Type.HEADING) + LINE_MM * MM)

    def _pairs(self, pairs: Pairs, role: Type) -> None:
        for label, text in pairs:
            top = self._room()
            self._pen(role, LIGHT.muted)
            self._painter.drawText(QRectF(0, top, LABEL_MM * MM, RESOLUTION), LEFT, visible(label))
            self._line(text, role, left=LABEL_MM * MM)

    def _line(
        self, text: str, role: Type, ink: str = LIGHT.ink, *, left: float = 0.0, right: float = 0.0
    ) -> None:
        top = self._room()
        self._pen(role, ink)
        box = QRectF(left, top, self._width - left - right, self._height)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        wrapping = flags | Qt.TextFlag.TextWrapAnywhere if " " not in text else flags
        used = self._painter.boundingRect(box, wrapping, visible(text))
        self._painter.drawText(box, wrapping, visible(text))
        self.at = top + max(used.height(), self._height_of(role)) + LINE_MM * MM

    def _rule(self) -> None:
        self.at += LINE_MM * MM
        self._painter.setPen(QPen(QColor(LIGHT.line), 0.25 * MM))
        self._painter.drawLine(0, round(self.at), round(self._width), round(self.at))
        self.at += 2 * LINE_MM * MM

    def _room(self) -> float:
        """Where the next line may begin: on a new page where this one is full."""
        if self.at > self._height - 4 * GAP_MM * MM:
            self._turn()
            self.at = 0.0
        return self.at

    def _pen(self, role: Type, ink: str) -> None:
        self._painter.setFont(font(role))
        self._painter.setPen(QColor(ink))

    def _advance(self, text: str, role: Type) -> float:
        return self._metrics(role).horizontalAdvance(text)

    def _height_of(self, role: Type) -> float:
        return self._metrics(role).height()

    def _metrics(self, role: Type) -> QFontMetricsF:
        return QFontMetricsF(QFont(font(role)), self._painter.device())
