"""Layouts, cards, rules and buttons with the house's spacing."""

from typing import TypeVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.theme.families import strong_for
from gui.theme.type_scale import RADIUS, SPACE_L, SPACE_M, SPACE_S, Type, font

Made = TypeVar("Made", bound=QBoxLayout)
Edges = tuple[int, int, int, int]
NONE: Edges = (0, 0, 0, 0)
OUTER_RING, RING = 3, 2
"""Pixels of the style sheet's ring and of the one inside of it."""
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


def column(owner: QWidget | None = None, gap: int = SPACE_M, edges: Edges = NONE) -> QVBoxLayout:
    """A vertical layout."""
    made = QVBoxLayout(owner) if owner is not None else QVBoxLayout()
    return _spaced(made, gap, edges)


def row(owner: QWidget | None = None, gap: int = SPACE_S, edges: Edges = NONE) -> QHBoxLayout:
    """A horizontal layout."""
    made = QHBoxLayout(owner) if owner is not None else QHBoxLayout()
    return _spaced(made, gap, edges)


def _spaced(made: Made, gap: int, edges: Edges) -> Made:
    made.setSpacing(gap)
    made.setContentsMargins(*edges)
    return made


class Card(QFrame):
    """A surface with a column in it."""

    def __init__(self, look: str = "card", gap: int = SPACE_M, pad: int = SPACE_L) -> None:
        super().__init__()
        self.setProperty("look", look)
        self.column = column(self, gap, (pad, pad, pad, pad))


class Rule(QFrame):
    """A thin line between two parts."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "rule")
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class Ringed(QPushButton):
    """Has a second ring inside of the first where its ground is a colour, on which the first is not seen.

    Its text is as strong in every script of it.
    """

    def setText(self, text: str) -> None:
        super().setText(text)
        self._strengthen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._strengthen()  # the style sheet gives the first font back when it is first laid on

    def _strengthen(self) -> None:
        if self.font().weight() >= QFont.Weight.DemiBold:
            wanted = strong_for(self.font(), self.text())
            if wanted != self.font():
                self.setFont(wanted)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.property("look") == "primary":
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.HighlightedText), RING))
            inset = OUTER_RING + RING / 2
            inside = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(inside, RADIUS - 3 - inset, RADIUS - 3 - inset)
            painter.end()


class Button(Ringed):
    """Enter presses it, as Space does, where it has the keyboard."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def button(
    text: str = "", look: str = "", parent: QWidget | None = None, *, by_enter: bool = True
) -> QPushButton:
    """A button that is never a default: Enter somewhere else cannot press it.

    Args:
        text: what is on it.
        look: of the style sheet.
        parent: what it is in.
        by_enter: whether Enter presses it where it has the keyboard; not what approves a request.
    """
    made = Button(text, parent) if by_enter else Ringed(text, parent)
    made.setAutoDefault(False)
    made.setDefault(False)
    made.setFont(font(Type.STRONG if look in {"primary", "danger"} else Type.BODY))
    made.setText(text)
    if look:
        made.setProperty("look", look)
    return made


class Flow(QWidget):
    """What scrolls, as high as its texts are in its width; Qt would take them in the least width."""

    def minimumSizeHint(self) -> QSize:
        least, layout = super().minimumSizeHint(), self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return least
        return QSize(least.width(), layout.totalMinimumHeightForWidth(self.width()))


class Scrolled(QScrollArea):
    """Shows what gets the keyboard, also when it comes from outside; Qt follows it only inside."""

    def __init__(self) -> None:
        super().__init__()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        content = self.widget()
        is_pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton  # it must not slip away
        if content is not None and now is not None and content.isAncestorOf(now) and not is_pressed:
            self.ensureWidgetVisible(now)


def scrolled(content: Flow) -> QScrollArea:
    """`content` in an area that scrolls up and down only."""
    area = Scrolled()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setProperty("look", "clear")
    area.setWidget(content)
    area.setProperty("look", "clear")
    area.viewport().setProperty("look", "clear")
    area.viewport().setAutoFillBackground(False)
    return area
