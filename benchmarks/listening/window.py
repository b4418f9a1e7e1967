"""The desktop as it is, with a spy that prints when a request's dialog was painted: `... window DATA`."""

import json
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from gui.app import make_application
from gui.bridge import Bridge
from gui.desktop import Desktop
from gui.wiring import DesktopOptions, build


class Spy(QObject):
    """Tells of the first paint of each request, closes it once it is over, and tells of that."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._presenter, self._dialog = desktop.presenter, desktop.dialog
        self._seen: str | None = None
        desktop.dialog.installEventFilter(self)
        desktop.link.online.connect(lambda: tell("online"))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        shown = self._presenter.shown_id
        if event.type() is QEvent.Type.Paint and shown is not None and shown != self._seen:
            self._seen = shown
            QTimer.singleShot(0, lambda: tell("shown"))  # once the paint has reached the screen
        elif event.type() is QEvent.Type.Paint and self._dialog.close_button.isVisible():
            QTimer.singleShot(0, self._dialog.close_button.click)  # a request that was taken back
        elif event.type() is QEvent.Type.Hide:
            tell("hidden")
        return False


def tell(event: str) -> None:
    """Prints an event with the time at which it was."""
    print(json.dumps({"event": event, "at": time.monotonic()}), flush=True)


def main() -> None:
    """Shows the desktop until standard input ends."""
    app, bridge = make_application(["nod"]), Bridge()
    desktop = build(app, bridge, DesktopOptions(Path(sys.argv[1])))
    spy = Spy(desktop)
    threading.Thread(target=_follow_input, args=(app,), daemon=True).start()
    app.exec()
    desktop.leave()
    bridge.stop()
    del spy


def _follow_input(app: QApplication) -> None:
    sys.stdin.read()
    QTimer.singleShot(0, app, lambda: app.exit(0))


if __name__ == "__main__":
    main()
