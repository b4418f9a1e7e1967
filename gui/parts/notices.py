"""What a window shows when there is nothing else: empty, loading, offline, failed; and a banner above."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from gui.parts.boxes import button, column, row
from gui.parts.text import Text, restyle, visible
from gui.theme import icons
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_L, SPACE_M, SPACE_S, Type

TEXT_WIDTH = 420
STACKED_BELOW = 420
"""A banner narrower than this has what to press under its sentence."""
BAR = QSize(220, 6)


class Picture(QLabel):
    """An icon in the colour of a purpose, drawn again when the theme changes."""

    def __init__(self, theme: Theme, name: str, purpose: str = "ink", size: int = 20) -> None:
        super().__init__()
        self._theme, self._name, self._purpose, self._size = theme, name, purpose, size
        self.setFixedSize(QSize(size, size))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self.draw)
        self.draw()

    def show_icon(self, name: str, purpose: str) -> None:
        """Show another icon."""
        self._name, self._purpose = name, purpose
        self.draw()

    def draw(self) -> None:
        """Draw it for the screen it is on."""
        colour = getattr(self._theme.colours, self._purpose)
        self.setPixmap(icons.pixmap(self._name, colour, self._size, self.devicePixelRatioF()))


def ticked(theme: Theme, text: str) -> QWidget:
    """A line with a tick before it."""
    made = QWidget()
    made.setProperty("look", "clear")
    line = row(made, SPACE_S)
    line.addWidget(Picture(theme, "done", "accent", 18), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Text(text), 1)
    return made


class Blank(QWidget):
    """A picture, a heading, a sentence and perhaps one thing to do, in the middle of an empty page."""

    def __init__(self, theme: Theme, icon: str, purpose: str = "muted") -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self.picture = Picture(theme, icon, purpose, 56)
        self.heading = Text("", Type.TITLE)
        self.sentence = Text("", ink="muted")
        self.action: QPushButton | None = None
        self._column = column(self, SPACE_M, (SPACE_L, SPACE_L, SPACE_L, SPACE_L))
        self._column.addStretch(2)
        self._column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for text in (self.heading, self.sentence):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            text.setMaximumWidth(TEXT_WIDTH)
            middle = row()
            middle.addStretch(1)
            middle.addWidget(text, 1_000)
            middle.addStretch(1)
            self._column.addLayout(middle)
        self._column.addStretch(3)

    def offer(self, do: Callable[[], object], look: str = "primary") -> QPushButton:
        """Add the one thing to do; returns its button, still without text."""
        self.action = button(look=look)
        self.action.clicked.connect(do)
        self._column.insertWidget(self._column.count() - 1, self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        return self.action


class Busy(Blank):
    """A blank that shows that something is going on, until it is told that it is not."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__(theme, icon)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(BAR)
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column.insertWidget(self._column.count() - 1, self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # or the keyboard would go to what leaves it


class Banner(QFrame):
    """A line across a window that says what is wrong or has happened, and what to do."""

    def __init__(self, theme: Theme, kind: str = "warn", icon: str = "warn") -> None:
        super().__init__()
        self._picture = Picture(theme, icon, "ink", 20)
        self.sentence = Text("")
        self.action = button(look="quiet")
        self.action.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        line = row(self, SPACE_M, (SPACE_M, SPACE_S, SPACE_S, SPACE_S))
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        self._words = row(gap=SPACE_S)
        self._words.addWidget(self.sentence, 1)
        self._words.addWidget(self.action, 0, Qt.AlignmentFlag.AlignLeft)
        line.addLayout(self._words, 1)
        self.be(kind, icon)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < STACKED_BELOW
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._words.direction() is not way:
            self._words.setDirection(way)

    def be(self, kind: str, icon: str) -> None:
        """Show another kind: `warn`, `bad`, `info`, `good`."""
        self.setProperty("look", f"banner-{kind}")
        self._picture.show_icon(icon, {"bad": "danger", "good": "accent"}.get(kind, kind))
        restyle(self)

    def tell(self, text: str, kind: str = "warn", icon: str = "warn") -> None:
        """Say a sentence and be seen."""
        self.be(kind, icon)
        self.sentence.setText(text)
        self.setAccessibleName(visible(text))
        self.setVisible(bool(text))
