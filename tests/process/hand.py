"""The tests' hand: finds and presses widgets of another process as a screen reader does, through AT-SPI.

There is no hook for tests in the program: what has no accessible name cannot be found here, and not by a
blind person either.
"""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.process.screen import Screen
from tests.waiting import wait_until

ATSPI = "org.a11y.atspi"
ROOT = "/org/a11y/atspi/accessible/root"
LIMIT_S = 30.0
SHOWING, ENABLED = 25, 8
"""Bits of the state set (AtspiStateType)."""


@dataclass(frozen=True)
class Widget:
    """One accessible object."""

    bus_name: str
    path: str
    name: str
    """What a screen reader says."""
    role: str
    """What it is: `push button`, `label`, `text` …"""


class Hand:
    """One connection to the accessibility bus of a screen's session, its mouse and its keyboard."""

    def __init__(self, screen: Screen) -> None:
        self._surroundings = screen.environment()
        session = open_dbus_connection(screen.bus)
        where = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        address = session.send_and_get_reply(new_method_call(where, "GetAddress"), timeout=20).body[0]
        session.close()
        self._bus: DBusConnection = open_dbus_connection(address)

    def close(self) -> None:
        """Let go of the bus."""
        self._bus.close()

    def everything(self) -> Iterator[Widget]:
        """Every widget that shows now, of every program on this bus."""
        yield from self._below(f"{ATSPI}.Registry", ROOT, 0)

    def _below(self, bus_name: str, path: str, depth: int) -> Iterator[Widget]:
        for child_bus, child_path in self._call(bus_name, path, "Accessible", "GetChildren") or ():
            if child_bus == bus_name and not self._has(child_bus, child_path, SHOWING) and depth > 1:
                continue
            name = self._property(child_bus, child_path, "Name")
            role = self._call(child_bus, child_path, "Accessible", "GetRoleName")
            yield Widget(child_bus, child_path, name or "", role or "")
            yield from self._below(child_bus, child_path, depth + 1)

    def find(self, name: str, role: str = "", *, limit_s: float = LIMIT_S) -> Widget:
        """Wait until a widget shows whose name holds `name`, and return it."""
        return wait_until(lambda: self._look(name, role), limit_s=limit_s, what=f"{role} {name!r} on screen")

    def _look(self, name: str, role: str) -> Widget | None:
        return next((one for one in self.everything() if name in one.name and role in one.role), None)

    def press(self, name: str, role: str = "button") -> None:
        """Press the button called `name`, once it shows and is enabled."""

        def pressed() -> bool:
            found = self._look(name, role)
            return found is not None and self._has(found.bus_name, found.path, ENABLED) and self._do(found)

        wait_until(pressed, limit_s=LIMIT_S, what=f"{name!r} to be pressed")

    def _do(self, widget: Widget) -> bool:
        return bool(self._call(widget.bus_name, widget.path, "Action", "DoAction", "i", 0))

    def place(self, widget: Widget) -> tuple[int, int, int, int]:
        """Where a widget lies on the screen: left, top, width and height in pixels."""
        x, y, width, height = self._call(widget.bus_name, widget.path, "Component", "GetExtents", "u", 0)
        return x, y, width, height

    def click(self, name: str, role: str = "") -> None:
        """Click a widget with the mouse, as a person does: that also makes its window the active one."""
        x, y, width, height = self.place(self.find(name, role))
        place = [str(x + width // 2), str(y + height // 2)]
        subprocess.run(["xdotool", "mousemove", *place, "click", "1"], env=self._surroundings, check=True)

    def type(self, text: str) -> None:
        """Type on the keyboard, into whatever has the focus."""
        subprocess.run(["xdotool", "type", text], env=self._surroundings, check=True)

    def keys(self, *keys: str) -> None:
        """Press keys, one after another, as xdotool calls them: `ctrl+6`, `Tab`."""
        subprocess.run(["xdotool", "key", *keys], env=self._surroundings, check=True)

    def window(self) -> str:
        """The title of the window that has the keyboard."""
        words = ["xdotool", "getactivewindow", "getwindowname"]
        ran = subprocess.run(words, env=self._surroundings, capture_output=True, text=True, check=False)
        return ran.stdout.strip()

    def write(self, name: str, text: str) -> None:
        """Put `text` into the field called `name`."""
        found = self.find(name, "text")
        assert self._call(found.bus_name, found.path, "EditableText", "SetTextContents", "s", text)

    def texts(self) -> list[str]:
        """The names of everything that shows."""
        return [one.name for one in self.everything() if one.name]

    def _has(self, bus_name: str, path: str, state: int) -> bool:
        low = (self._call(bus_name, path, "Accessible", "GetState") or [0])[0]
        return bool(low >> state & 1)

    def _property(self, bus_name: str, path: str, name: str) -> Any:
        at = DBusAddress(path, bus_name, "org.freedesktop.DBus.Properties")
        answer = self._send(new_method_call(at, "Get", "ss", (f"{ATSPI}.Accessible", name)))
        return answer[1] if answer else None

    def _call(
        self, bus_name: str, path: str, interface: str, method: str, signature: str = "", *body: Any
    ) -> Any:
        at = DBusAddress(path, bus_name, f"{ATSPI}.{interface}")
        return self._send(new_method_call(at, method, signature or None, body))

    def _send(self, message: Any) -> Any:
        try:
            reply = self._bus.send_and_get_reply(message, timeout=10)
        except TimeoutError:
            return None
        return (
            reply.body[0] if reply.header.message_type is MessageType.method_return and reply.body else None
        )
