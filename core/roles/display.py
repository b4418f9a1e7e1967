"""Whether there is a display to open windows on, decided once, before anything is shown.

Somebody who set QT_QPA_PLATFORM is believed, `offscreen` included. Otherwise a display that does not answer
means none, and so does a Qt that cannot be loaded or that falls back to `offscreen` for want of a library.
"""

import os

VARIABLE = "QT_QPA_PLATFORM"
PLATFORMS = {True: "wayland;xcb;offscreen", False: "xcb;offscreen"}
"""What Qt tries in turn, by whether somebody named a Wayland display; it complains of each that fails."""
NONE = "offscreen"


def no_display() -> str | None:
    """Why no window can be opened, as half a sentence; None where one can. Makes the application then."""
    if os.environ.get(VARIABLE):
        return _made()
    from core.roles.findings import display

    if not display().ok:
        return "no display answers"
    os.environ[VARIABLE] = PLATFORMS["WAYLAND_DISPLAY" in os.environ]
    why = _made()
    if why is not None:
        return why
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.platformName() == NONE:
        return "libraries of its window are missing (`main.py doctor` names them)"
    return None


def _made() -> str | None:
    try:
        from gui.app import make_application
    except ImportError as error:
        return f"Qt cannot be loaded ({error})"
    make_application()
    return None
