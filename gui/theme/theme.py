"""The theme in force: light, dark, or as the system says; changes at run time.

Qt's own colour scheme did nothing under X11 without a desktop theme, so it is only asked, and our
palettes are always set by ourselves.
"""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gui.theme import icons
from gui.theme.sheet import palette, sheet
from gui.theme.tokens import DARK, LIGHT, Colours


class Scheme(StrEnum):
    """What the person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Colours and icons for every widget; painted widgets repaint on `changed`."""

    changed = Signal()

    def __init__(self, app: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self.scheme = scheme
        self.colours = LIGHT
        app.styleHints().colorSchemeChanged.connect(self._on_system_change)
        self.choose(scheme)

    @property
    def is_dark(self) -> bool:
        """Whether the dark palette is in force."""
        return self.colours is DARK

    def choose(self, scheme: Scheme) -> None:
        """Put `scheme` in force."""
        self.scheme = scheme
        self.colours = self._resolved()
        wanted = sheet(self.colours)
        if self._app.styleSheet() != wanted:  # the same again would dress every widget anew
            self._app.setPalette(palette(self.colours))
            self._app.setStyleSheet(wanted)
        self.changed.emit()

    def icon(self, name: str, purpose: str = "ink") -> QIcon:
        """An icon in the colour of a purpose."""
        return icons.icon(name, getattr(self.colours, purpose))

    def _resolved(self) -> Colours:
        if self.scheme is Scheme.SYSTEM:
            return DARK if self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self.scheme is Scheme.DARK else LIGHT

    def _on_system_change(self) -> None:
        if self.scheme is Scheme.SYSTEM:
            self.choose(Scheme.SYSTEM)
