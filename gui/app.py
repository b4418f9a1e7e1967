"""The Qt application: its names, its style and its fonts, before any window exists.

Which platform to use (a display, or none) is decided by the role that starts it.
"""

import sys

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from gui.theme import families
from gui.theme.icons import app_icon

NAME = "Nod"
DESKTOP_ID = "jp.nod.Nod"
"""The id of the .desktop file: icon and portal identity under Wayland."""


def make_application(argv: list[str] | None = None) -> QApplication:
    """The one QApplication of this process, dressed."""
    there = QApplication.instance()
    app = there if isinstance(there, QApplication) else QApplication(argv or sys.argv[:1])
    dress(app)
    return app


def dress(app: QApplication) -> None:
    """Give an application our names, style, fonts and icon.

    Without a name a screen reader would read out the interpreter's path.
    """
    app.setApplicationName(NAME)
    QGuiApplication.setApplicationDisplayName(NAME)
    QGuiApplication.setDesktopFileName(DESKTOP_ID)
    app.setStyle("Fusion")
    families.load()
    app.setFont(families.body_font(app.font()))
    app.setWindowIcon(app_icon())
    app.setQuitOnLastWindowClosed(False)
