"""Whether there is a display to open windows on, decided once, before anything is shown.

Somebody who set QT_QPA_PLATFORM is believed, `offscreen` included. Otherwise a display that does not answer
means none, and so does a Qt that cannot be loaded or that falls back to `offscreen` for want of a library.
"""

import contextlib
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass

from core.domain.errors import NodError
from core.roles.errors import WindowsFailed
from core.texts.catalog import Texts

VARIABLE = "QT_QPA_PLATFORM"
PLATFORMS = {True: "wayland;xcb;offscreen", False: "xcb;offscreen"}
"""What Qt tries in turn, by whether somebody named a Wayland display; it complains of each that fails."""
NONE = "offscreen"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class NoDisplay:
    """Why no window can be opened."""

    code: str
    """`display`: none answers; `libraries`: the window's are missing; `qt`: it cannot be loaded."""
    about: str = ""
    """What Qt says itself."""

    def told(self, key: str, texts: Texts) -> str:
        """The sentence `key` about it, in the language of `texts`."""
        return texts.say(key, why=self.code, about=self.about)


def no_display() -> NoDisplay | None:
    """Why no window can be opened; None where one can. Makes the application then."""
    if os.environ.get(VARIABLE):
        return _made()
    from core.roles.findings import display

    if not display().ok:
        return NoDisplay("display")
    os.environ[VARIABLE] = PLATFORMS["WAYLAND_DISPLAY" in os.environ]
    why = _made()
    if why is not None:
        return why
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.platformName() == NONE:
        return NoDisplay("libraries")
    return None


def _made() -> NoDisplay | None:
    try:
        from gui.app import make_application
    except ImportError as error:
        return NoDisplay("qt", str(error))
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
