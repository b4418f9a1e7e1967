"""A small button that opens a menu: by a press, and by Enter, Space or the arrow down while it has focus."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QToolButton

from gui.parts.boxes import ENTER

OPENING = {*ENTER, Qt.Key.Key_Space, Qt.Key.Key_Down}


class MenuButton(QToolButton):
    """Shows ▾ and opens what is under it; Qt alone opens it by no key but Space."""

    def __init__(self) -> None:
        super().__init__()
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))
        self.setText("▾")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in OPENING:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.open()

    def open(self) -> None:
        """Open the menu below, its first line chosen, as whoever came by the keyboard expects."""
        menu = self.menu()
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])
