"""The demo's walk in the desktop's windows: the same servers, device and messages; the window answers.

Qt has the main thread, the walk a thread and a loop of its own. Whoever closes the home ends the demo.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from core.domain.errors import NodError
from core.roles.display import windows_are_built
from core.roles.embedded import EmbeddedServers
from core.roles.errors import Interrupted, RoleError
from core.roles.leaving import Leaving, QtWaker
from core.roles.ordering import Order
from core.roles.scenarios import Scenario
from core.roles.walk import Walked, walk
from core.roles.windowed_approver import WindowedApprover
from core.wire.events import Event
from gui.app import make_application
from gui.bridge import Bridge
from gui.desktop import Desktop
from gui.wiring import DesktopOptions, build

JOIN_S = 10.0


def played_in_windows(
    data: Path, scenario: Scenario, order: Order, show: Callable[[Event], None] | None
) -> Walked:
    """Play a scenario with windows; needs a display.

    Args:
        data: a fresh data folder.
        scenario: what happens.
        order: what is said to the device.
        show: takes each message.

    Raises:
        WindowsFailed: the windows could not be built.
        RoleError: a party did not do its part, or somebody ended it before its end.
    """
    with ExitStack() as ends:
        leaving, servers = Leaving(), EmbeddedServers(data, takes_local_events=True)
        leaving.on_signals()
        ends.callback(servers.stop)
        servers.take()
        options = DesktopOptions(data, servers=servers, language="en", autostart=data, is_beside=True)
        with windows_are_built():
            app, bridge = make_application(), Bridge()
            ends.callback(bridge.stop)  # its thread would keep the process, should the windows fail
            desktop = build(app, bridge, options)
        ends.callback(desktop.leave)
        ends.callback(QtWaker(leaving, lambda: app.exit(0)).close)
        walking = _Walking(lambda: _walk(data, scenario, order, show, desktop, bridge))
        walking.start(lambda: bridge.post(lambda: app.exit(0)))
        app.exec()
        return walking.result()


async def _walk(
    data: Path,
    scenario: Scenario,
    order: Order,
    show: Callable[[Event], None] | None,
    desktop: Desktop,
    bridge: Bridge,
) -> Walked:
    approver = WindowedApprover(desktop, bridge)
    await approver.be_served()
    return await walk(data, scenario, order, show, approver=approver)


class _Walking:
    """The walk's thread, and what came of it."""

    def __init__(self, begin: Callable[[], Coroutine[Any, Any, Walked]]) -> None:
        self._begin = begin
        self._loop = asyncio.new_event_loop()
        self._task: asyncio.Task[Walked] | None = None
        self._thread = threading.Thread(target=self._run, name="walk", daemon=False)
        self._walked: Walked | None = None
        self._error: BaseException | None = None

    def start(self, at_end: Callable[[], None]) -> None:
        """Begin; `at_end` is called on this thread when it is over."""
        self._at_end = at_end
        self._thread.start()

    def result(self) -> Walked:
        """What came of it; a walk that still goes on is broken off.

        Raises:
            RoleError: it was broken off, or a party did not do its part.
        """
        self._loop.call_soon_threadsafe(self._cancel)
        self._thread.join(JOIN_S)
        if self._walked is not None:
            return self._walked
        if isinstance(self._error, RoleError):
            raise self._error
        if isinstance(self._error, NodError):
            raise RoleError(self._error.description) from self._error
        raise Interrupted("The demo was ended before its scenario was.") from self._error

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._task = self._loop.create_task(self._begin())
            self._walked = self._loop.run_until_complete(self._task)
        except (Exception, asyncio.CancelledError) as error:
            self._error = error
        finally:
            self._at_end()
