"""Whether there is a display to open windows on, decided once, before anything is shown.

Somebody who set QT_QPA_PLATFORM is believed, `offscreen` included. Otherwise a display that does not answer
means none, and so does a Qt that cannot be loaded or that falls back to `offscreen` for want of a library.
"""

import contextlib
import logging
import os
from collections.abc import Iterator

from core.domain.errors import NodError
from core.roles.errors import WindowsFailed

VARIABLE = "QT_QPA_PLATFORM"
PLATFORMS = {True: "wayland;xcb;offscreen", False: "xcb;offscreen"}
"""What Qt tries in turn, by whether somebody named a Wayland display; it complains of each that fails."""
NONE = "offscreen"

log = logging.getLogger(__name__)


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


@contextlib.contextmanager
def windows_are_built() -> Iterator[None]:
    """Whatever goes wrong with the windows becomes one sentence.

    Raises:
        WindowsFailed: something did that no code of ours expects.
    """
    try:
        yield
    except NodError:
        raise
    except Exception as error:
        log.debug("the windows broke", exc_info=True)
        why = f"{type(error).__name__}: {error}"
        raise WindowsFailed(
            f"The windows could not be opened ({why}). `main.py doctor` looks for what is missing here."
        ) from error
