"""The desktop's windows in this process: wired, ended by signals, raised by a second start."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from core.roles.built_in_assistant import BuiltInAssistant
from core.roles.display import windows_are_built
from core.roles.embedded import EmbeddedServers
from core.roles.leaving import Leaving, QtWaker
from core.roles.only_one import OnlyOne
from gui.household import AssistantStatus
from gui.main_window import MainWindow
from gui.wiring import DesktopOptions, run
from gui.wizard.window import Wizard


class _Assistant(BuiltInAssistant):
    """The built-in assistant as the windows know it."""

    def status(self) -> AssistantStatus:
        """What it is doing."""
        return AssistantStatus(self.state)


def show(folder: Path, leaving: Leaving, only_one: OnlyOne, servers: EmbeddedServers) -> int:
    """Show the windows until the person leaves or somebody asks; the assistant has ended then.

    Args:
        folder: the data folder.
        leaving: who may ask this process to end.
        only_one: tells of a second start.
        servers: taken; started once the window is painted.

    Raises:
        WindowsFailed: they could not be built.
    """

    wakers: list[QtWaker] = []

    def on_start(leave: Callable[[], None]) -> None:
        wakers.append(QtWaker(leaving, leave))
        only_one.on_knock(come_up)

    assistant = _Assistant(folder, ("--face", "window"))
    try:
        with windows_are_built():
            return run(DesktopOptions(folder, servers=servers, assistant=assistant, on_start=on_start))
    finally:
        assistant.stop()
        for waker in wakers:
            waker.close()


def come_up() -> None:
    """Bring what the person should see to the front."""
    windows = QApplication.topLevelWidgets()
    wizard = next((one for one in windows if isinstance(one, Wizard) and one.isVisible()), None)
    if wizard is not None:
        wizard.raise_()
        wizard.activateWindow()
        return
    for window in windows:
        if isinstance(window, MainWindow):
            window.come_up()
