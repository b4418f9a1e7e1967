"""How one row of the list of requests is painted; its words come from the model."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.pages.requests_model import ROW, SPAN, Row
from gui.parts.text import visible
from gui.theme import icons
from gui.theme.families import strong_for
from gui.theme.theme import Theme
from gui.theme.type_scale import RADIUS, SPACE_M, SPACE_S, SPACE_XS, Type, font
from gui.tones import GROUNDS, INKS

ICON = 26
CHIP_EDGE = 4
"""What a mark has beside its words and their padding."""
WIDE = 10_000
EDGES = (1, 3, -2, -3)
"""Of the painted box in its row."""
RING = 2
"""Around the row that has the keyboard."""
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


NAME = "名" * 8
"""As much of a device's name as a row of two lines has room for."""


class RequestRow(QStyledItemDelegate):
    """Icon, what and how much above; who, when and where it stands below, in a narrow list on two lines.

    All rows of a list have as many lines: what they hold changes nothing about it.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._pictures: dict[tuple[str, str, float], QPixmap] = {}
        self._advances: dict[str, int] = {}
        self._strong, self._small = font(Type.STRONG), font(Type.CAPTION)
        self._line = QFontMetrics(self._small).height()
        self._height = QFontMetrics(self._strong).height() + self._line + 2 * SPACE_M + SPACE_S
        """Of a row of two lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A row asks for no width: the list gives it its own, also when it becomes narrower."""
        room = _inner(QRect(QPoint(), self._room_of(option))).width()
        is_high = self._is_high(room, *index.data(SPAN))
        return QSize(1, self._height + (self._line + SPACE_XS if is_high else 0))

    def _room_of(self, option: QStyleOptionViewItem) -> QSize:
        """What the list gives to a row; it says so only when it paints."""
        shown = getattr(option, "widget", None)
        return shown.viewport().size() if isinstance(shown, QAbstractItemView) else QSize(WIDE, 0)

    def _is_high(self, width: int, day: str, marks: tuple[str, ...]) -> bool:
        """Whether a device's name may have no room beside the day and the mark."""
        mark = max(map(self._advance, marks))
        return self._advance(f"{NAME} · {day}") + mark + 2 * SPACE_S + CHIP_EDGE + SPACE_M > width

    def _advance(self, text: str) -> int:
        """The width of a small text; there are few of them, and each is measured once."""
        if text not in self._advances:
            self._advances[text] = QFontMetrics(self._small).horizontalAdvance(visible(text))
        return self._advances[text]

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: Row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, option.rect.adjusted(*EDGES))
        inner = _inner(option.rect)
        self._paint_icon(painter, inner, row)
        is_high = option.rect.height() > self._height  # as it was measured
        lines = _lines(inner, 3 if is_high else 2)
        self._paint_upper(painter, lines[0], row)
        if is_high:
            self._write(painter, lines[1], row.who, self._small, "muted", LEFT)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_lower(painter, lines[-1], row, is_chosen, is_high=is_high)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        colours = self._theme.colours
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(QColor(colours.focus), RING) if has_focus else QColor(colours.line))
        ground = colours.accent_soft if is_chosen else colours.sunken if is_under else colours.surface
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, RADIUS, RADIUS)

    def _paint_icon(self, painter: QPainter, inner: QRect, row: Row) -> None:
        scale = painter.device().devicePixelRatioF()
        key = (row.icon, self._theme.colours.accent, scale)
        if key not in self._pictures:
            self._pictures[key] = icons.pixmap(row.icon, self._theme.colours.accent, ICON, scale)
        picture = self._pictures[key]
        painter.drawPixmap(inner.left() - ICON - SPACE_M, inner.center().y() - ICON // 2, picture)

    def _paint_upper(self, painter: QPainter, line: QRect, row: Row) -> None:
        taken = self._write(painter, line, row.amount, self._strong, "ink", RIGHT)
        room = line.adjusted(0, 0, -(taken + SPACE_M), 0)
        made = strong_for(self._strong, row.title)
        self._write(painter, room, title_in(row, QFontMetrics(made), room.width()), made, "ink", LEFT)

    def _paint_lower(
        self, painter: QPainter, line: QRect, row: Row, is_chosen: bool, *, is_high: bool
    ) -> None:
        ground, ink = GROUNDS[row.kind], INKS[row.kind]
        if is_chosen and row.kind == "good":
            ground = "surface"  # its own is the chosen row's
        metrics = QFontMetrics(self._small)
        room = min(metrics.horizontalAdvance(row.state), line.width() // 2)
        wide = room + 2 * SPACE_S + CHIP_EDGE
        chip = QRect(line.right() - wide, line.top() + 1, wide, line.height() - 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(self._theme.colours, ground)))
        painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
        self._write(painter, chip.adjusted(SPACE_S, 0, -SPACE_S, 0), row.state, self._small, ink, CENTRE)
        rest = line.adjusted(0, 0, -(chip.width() + SPACE_M), 0)
        about = row.day if is_high else cut(row.who, f" · {row.day}", metrics, rest.width())
        self._write(painter, rest, about, self._small, "muted", LEFT)

    def _write(  # one line of text is all of this
        self,
        painter: QPainter,
        box: QRect,
        text: str,
        made: QFont,
        purpose: str,
        where: Qt.AlignmentFlag,
    ) -> int:
        metrics = QFontMetrics(made)
        shown = metrics.elidedText(visible(text), Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(made)
        painter.setPen(QColor(getattr(self._theme.colours, purpose)))
        painter.drawText(box, where, shown)
        return metrics.horizontalAdvance(shown)


def title_in(row: Row, metrics: QFontMetrics, width: int) -> str:
    """What a row is about, with as many of its things as have room, each with how many are wanted."""
    for text in (row.title, *row.shorter):
        if metrics.horizontalAdvance(visible(text)) <= width:
            return text
    return cut(*row.first, metrics, width)


def cut(head: str, end: str, metrics: QFontMetrics, width: int) -> str:
    """A name and what follows it; where there is no room for both, the name is cut short."""
    head, end = visible(head), visible(end)
    if metrics.horizontalAdvance(head + end) <= width:
        return head + end
    room = max(0, width - metrics.horizontalAdvance(end))
    return metrics.elidedText(head, Qt.TextElideMode.ElideRight, room) + end


def _inner(rect: QRect) -> QRect:
    """Where a row's words are: right of its icon."""
    inner = rect.adjusted(*EDGES).adjusted(SPACE_M, SPACE_S, -SPACE_M, -SPACE_S)
    inner.setLeft(inner.left() + ICON + SPACE_M)
    return inner


def _lines(inner: QRect, count: int) -> list[QRect]:
    height = inner.height() // count
    return [QRect(inner.left(), inner.top() + at * height, inner.width(), height) for at in range(count)]
