"""A private screen and a private session bus, for programs that a test starts as a person would."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.waiting import wait_until

PHOTOGRAPH = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
sys.exit(not app.primaryScreen().grabWindow(0).save(sys.argv[1]))
"""
SIZE = "1280x900x24"
LEFT_OUT = ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS")
"""What must not reach a program from the person's own session."""


@dataclass(frozen=True)
class Screen:
    """A display and a bus that live as long as the test."""

    display: str
    """X11 display, as `:7`."""
    bus: str
    """Address of the session bus."""
    runtime: Path
    """XDG_RUNTIME_DIR."""

    @property
    def memory(self) -> Path:
        """The file that holds the pixels, where the screen was started to be `seen`."""
        return self.runtime / "Xvfb_screen0"

    def environment(self) -> dict[str, str]:
        """What a program on this screen finds."""
        return without_screen() | {
            "DISPLAY": self.display,
            "DBUS_SESSION_BUS_ADDRESS": self.bus,
            "XDG_RUNTIME_DIR": str(self.runtime),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }

    def photograph(self, target: Path) -> None:
        """Save what the screen shows as an image file."""
        words = [sys.executable, "-c", PHOTOGRAPH, str(target)]
        subprocess.run(words, env=self.environment() | {"QT_QPA_PLATFORM": "xcb"}, check=True)


def without_screen() -> dict[str, str]:
    """The environment of a program that has no display and no bus."""
    return {name: value for name, value in os.environ.items() if name not in LEFT_OUT}


@contextmanager
def screen(folder: Path, *, size: str = SIZE, seen: bool = False) -> Iterator[Screen]:
    """Start a virtual display, a window manager and a session bus; all end with the block.

    Args:
        folder: an empty folder for sockets; its path must be short.
        size: of the display, as WIDTHxHEIGHTxDEPTH.
        seen: keep the pixels in `Screen.memory`.
    """
    folder.chmod(0o700)
    with ExitStack() as stack:
        display = stack.enter_context(_display(folder, size, seen=seen))
        bus = stack.enter_context(_bus(folder, display))
        found = Screen(display, bus, folder)
        stack.enter_context(_started(["openbox", "--sm-disable"], found.environment()))
        yield found


@contextmanager
def _display(folder: Path, size: str, *, seen: bool) -> Iterator[str]:
    number = folder / "display"
    with number.open("wb") as file:
        words = ["Xvfb", "-displayfd", str(file.fileno()), "-screen", "0", size, "-nolisten", "tcp"]
        words += ["-fbdir", str(folder)] if seen else []
        with _started(words, without_screen(), keep=(file.fileno(),)):
            wait_until(lambda: number.read_text().endswith("\n"), what="the display")
            yield ":" + number.read_text().strip()


@contextmanager
def _bus(folder: Path, display: str) -> Iterator[str]:
    words = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--address", f"unix:path={folder}/bus"]
    surroundings = without_screen() | {"DISPLAY": display, "XDG_RUNTIME_DIR": str(folder)}
    with _started(words, surroundings):
        wait_until(lambda: (folder / "bus").exists(), what="the session bus")
        yield f"unix:path={folder}/bus"


@contextmanager
def _started(words: list[str], env: Mapping[str, str], keep: tuple[int, ...] = ()) -> Iterator[None]:
    process = subprocess.Popen(
        words, env=env, pass_fds=keep, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)
