"""One request as a sheet of paper, in PDF: what was asked, how it ended, and the numbers of its receipt."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter

from core.presentation.lines import lines, state_line
from core.wire.messages import RequestView
from core.wire.receipt import Receipt
from gui.language import Language
from gui.parts.text import visible
from gui.theme.type_scale import Type, font

POINTS_PER_INCH = 72
RESOLUTION = 300
LABEL_SHARE = 0.3


def print_request(path: Path, view: RequestView, receipt: Receipt | str | None, language: Language) -> bool:
    """Writes the sheet; False where the file cannot be written.

    Args:
        path: a PDF file.
        view: the request.
        receipt: its verified receipt, a code why it is not believed, or None.
        language: of the sheet.
    """
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout.Unit.Millimeter)
    writer.setResolution(RESOLUTION)
    writer.setTitle(f"Nod {view.id}")
    painter = QPainter()
    if not painter.begin(writer):
        return False
    at = _write(painter, writer.width(), 0.0, "", "Nod", Type.HEADING)
    for label, text in _pairs(view, receipt, language):
        at = _write(painter, writer.width(), at, label, text, Type.BODY)
    return painter.end() and path.is_file()


def _pairs(view: RequestView, receipt: Receipt | str | None, language: Language) -> list[tuple[str, str]]:
    say = language.say
    said = lines(view.details, language.texts, language.zone)
    found = [("", said.headline), *(("", text) for text in said.what)]
    if said.amount is not None:
        found += [("", f"{said.amount} {say('lines-payee', payee=said.payee or '')}")]
    found += [("", said.when), ("", said.where), ("", state_line(view, language.texts))]
    found += [(say("desktop-receipt-request"), view.id)]
    if isinstance(receipt, Receipt):
        found += [
            (say("desktop-receipt-number"), str(receipt.sequence)),
            (say("desktop-receipt-checked"), say("desktop-receipt-checked-yes")),
            ("SHA-256", receipt.token_sha256),
        ]
    return found


def _write(painter: QPainter, width: int, at: float, label: str, text: str, role: Type) -> float:
    """Writes one line with its label; returns where the next one begins."""
    made = QFont(font(role))
    painter.setFont(made)
    left = width * LABEL_SHARE if label else 0.0
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    box = QRectF(left, at, width - left, RESOLUTION * 4)
    used = painter.boundingRect(box, flags, visible(text))
    painter.drawText(box, flags, visible(text))
    if label:
        painter.drawText(QRectF(0, at, left, RESOLUTION), flags, visible(label))
    return at + used.height() + made.pointSizeF() * RESOLUTION / POINTS_PER_INCH * 0.6
