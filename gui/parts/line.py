"""Widgets beside each other where there is room for them, and under each other where there is not."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from gui.theme.type_scale import SPACE_S


class Line(QWidget):
    """A row that turns into a column by itself."""

    def __init__(self, gap: int = SPACE_S, least: int = 0) -> None:
        """`least`: in less width than this it is a column, also where its parts would have room."""
        super().__init__()
        self._least = least
        self.setProperty("look", "clear")
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def add(
        self,
        widget: QWidget,
        share: int = 0,
        where: Qt.AlignmentFlag = Qt.AlignmentFlag(0),  # noqa: B008 - a constant
    ) -> None:
        """Put a widget at the end; `share` is its part of the room that is left."""
        self._box.addWidget(widget, share, where)

    def part(self) -> None:
        """What comes after stands at the other end."""
        self._box.addStretch(1)

    @property
    def is_column(self) -> bool:
        """Whether there is no room for a row."""
        return self._box.direction() is QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        widest = max((one.minimumSizeHint().width() for one in self._shown()), default=0)
        return QSize(widest, self._box.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = self._shown()
        needed = sum(one.minimumSizeHint().width() for one in shown) + self._box.spacing() * len(shown)
        is_column = event.size().width() < max(needed, self._least)
        if is_column is not self.is_column:
            turned = QBoxLayout.Direction.TopToBottom if is_column else QBoxLayout.Direction.LeftToRight
            self._box.setDirection(turned)
            self.updateGeometry()

    def _shown(self) -> list[QWidget]:
        items = (self._box.itemAt(at) for at in range(self._box.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [one for one in widgets if one is not None and not one.isHidden()]
