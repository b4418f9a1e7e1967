"""`main.py demo`: everything on a throw-away data folder, one scenario from first to last.

Both servers run in this process, over real HTTP at real ports; the device is a process of its own; the order
is spoken by a speech engine and heard by the real recogniser, unless a recording or a text is given.
"""

import asyncio
import contextlib
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import msgspec

from core.domain.errors import NodError
from core.domain.outcome import EXIT_STATUS, Outcome
from core.roles import scenarios
from core.roles.embedded import EmbeddedServers
from core.roles.errors import Interrupted, RoleError, WrongUse
from core.roles.ordering import Order
from core.roles.scenarios import Scenario
from core.roles.speech import speak_to_file
from core.roles.walk import Walked, walk
from core.wire.events import Event

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
LARGEST = 32 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class DemoOptions:
    """What the command line says."""

    scenario: str = "purchase"
    """Which one."""
    headless: bool = False
    """Whether to open no window."""
    listen: Path | None = None
    """A recording of the order."""
    say: str | None = None
    """The order as text."""
    as_json: bool = False
    """One JSON object at the end in place of sentences."""


def demo(options: DemoOptions, out: TextIO | None = None) -> int:
    """Play a scenario and say what came of it.

    Returns:
        The outcome's exit status if the scenario ended as its file says, else 1.

    Raises:
        WrongUse: there is no such scenario, or two ways to order were given.
        RoleError: a party did not do its part; everything is ended and removed all the same.
    """
    out = out or sys.stdout
    scenario = scenarios.read(options.scenario)
    if options.listen is not None and options.say is not None:
        raise WrongUse("Give the order once: with --listen or with --say.")
    with tempfile.TemporaryDirectory(prefix="nod-demo-", ignore_cleanup_errors=True) as folder:
        data = Path(folder)
        order = _order(options, scenario, data)
        shown = None if options.as_json else out
        if shown is not None:
            print(f"{scenario.name}: {scenario.says}", file=shown, flush=True)
        if options.headless or not _has_display():
            walked = _played(data, scenario, order, shown)
        else:
            from core.roles.demo_windows import played_in_windows

            walked = played_in_windows(data, scenario, order, told(shown))
    print(_json(walked) if options.as_json else _words(walked), file=out, flush=True)
    return EXIT_STATUS[walked.outcome] if walked.as_told else EXIT_STATUS[Outcome.ERROR]


def _has_display() -> bool:
    from core.roles.display import no_display
    from core.terminal import here
    from core.texts.catalog import Texts

    why = no_display()
    if why is not None:
        texts = Texts(here.language())
        print(why.told("terminal-no-windows-demo", texts), file=sys.stderr)
    return why is None


def told(out: TextIO | None) -> Callable[[Event], None] | None:
    """What takes each message: a line of `out`, or nothing."""
    if out is None:
        return None
    return lambda event: print(_line(event), file=out, flush=True)


def _order(options: DemoOptions, scenario: Scenario, data: Path) -> Order:
    """The order's sound, spoken now where none was given.

    Raises:
        WrongUse: the recording cannot be read.
        NoVoice: there is no speech engine.
    """
    if options.say is not None:
        return Order(text=options.say)
    spoken = options.listen or data / "order.wav"
    if options.listen is None:
        speak_to_file(scenario.order, spoken)
    try:
        with spoken.open("rb") as file:
            return Order(recording=file.read(LARGEST))
    except OSError as error:
        raise WrongUse(f"The recording {spoken} cannot be read ({error.strerror}).") from error


def _played(data: Path, scenario: Scenario, order: Order, out: TextIO | None) -> Walked:
    servers = EmbeddedServers(data, takes_local_events=True)
    try:
        servers.take()
        servers.start()
        return asyncio.run(_interruptible(data, scenario, order, out))
    finally:
        servers.stop()


async def _interruptible(data: Path, scenario: Scenario, order: Order, out: TextIO | None) -> Walked:
    walking = asyncio.create_task(walk(data, scenario, order, told(out)))
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        with contextlib.suppress(ValueError, RuntimeError):  # not on the main thread
            loop.add_signal_handler(number, walking.cancel)
    try:
        return await walking
    except asyncio.CancelledError as error:
        raise Interrupted("The demo was ended before its scenario was.") from error
    except NodError as error:
        raise error if isinstance(error, RoleError) else RoleError(error.description) from error


def _line(event: Event) -> str:
    route = f"{event.from_} -> {event.to}" if event.from_ != event.to else event.from_
    shown = ", ".join(f"{name} {value}" for name, value in event.data.items())
    return f"  {route:<20} {event.name.replace('_', ' '):<32} {shown}".rstrip()


def _words(walked: Walked) -> str:
    end = "as the scenario says" if walked.as_told else "NOT as the scenario says"
    return f"Outcome: {walked.outcome.value}, {end}."


def _json(walked: Walked) -> str:
    said = msgspec.to_builtins(walked)
    messages = [{"from": one.from_, "to": one.to, "name": one.name} for one in walked.messages]
    outcome = said.pop("outcome")
    return msgspec.json.encode(said | {"messages": messages, "outcome": outcome}).decode()
