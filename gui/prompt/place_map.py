"""A small map of where an order was spoken, as a widget: it shows the picture once there is one.

The picture is drawn after the paint that first wants it, since a window with a map must not wait for it.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.domain.place import Place
from gui.language import Language
from gui.parts.text import visible
from gui.prompt.map_drawing import Maps, Sheet
from gui.theme.theme import Theme
from gui.theme.type_scale import Type, font
from gui.turns import TURNS

HEIGHT = 132
MAPS = Maps()
"""The pictures of all maps of this process."""


class PlaceMap(QWidget):
    """The map of one place."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._place: Place | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._is_awaited = False
        theme.changed.connect(self.update)
        language.changed.connect(self.update)

    def show_place(self, place: Place, words: str) -> None:
        """Show a place that has a point.

        Args:
            place: what was given.
            words: the same in words, for a screen reader.
        """
        self._place = place
        self.setAccessibleName(visible(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._place is None:
            return
        picture = MAPS.find(self._sheet(self._place))
        if picture is None:
            self._draw_later()
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, picture)
        painter.end()

    def _draw_later(self) -> None:
        if not self._is_awaited:
            self._is_awaited = True
            TURNS.add(self, self._draw)

    def _draw(self) -> None:
        self._is_awaited = False
        if self._place is not None:
            MAPS.draw(self._sheet(self._place))
            self.update()

    def _sheet(self, place: Place) -> Sheet:
        scale, colours = self.devicePixelRatioF(), self._theme.colours
        locale = self._language.locale
        return Sheet(place, self.width(), self.height(), scale, colours, locale, font(Type.CAPTION))
