"""The device's face in a terminal: what was heard and said, the pairing code, how it ended.

On a screen that somebody looks at, in colour by rich; into a pipe, the sentences alone. Nothing moves,
because the same terminal takes what is typed.
"""

import sys
from typing import TextIO

from assistant.face.state import FaceState, Light, after
from assistant.telling import Event, Tell, sentences
from core.client.clock import boot_seconds
from core.presentation.seconds_left import shown_seconds
from core.texts.catalog import Texts

_COLOURS = {
    Light.LISTENING: "blue",
    Light.WAITING: "cyan",
    Light.GOOD: "green",
    Light.BAD: "red",
    Light.DENIED: "dim",
    Light.LATE: "dim",
    Light.CANCELLED: "dim",
    Light.UNSURE: "yellow",
    Light.AWAY: "yellow",
}


def console(texts: Texts, out: TextIO | None = None) -> Tell:
    """The face for this stream."""
    stream = out or sys.stdout
    return _Styled(texts, stream).tell if stream.isatty() else sentences(stream)


class _Styled:
    def __init__(self, texts: Texts, stream: TextIO) -> None:
        from rich.console import Console

        self._texts = texts
        self._console = Console(file=stream, highlight=False)
        self._state = FaceState()

    def tell(self, event: Event) -> None:
        before = self._state
        self._state = after(before, event)
        name = event.get("event")
        if name == "said":
            self._line("device", str(event["text"]), "bold")
        elif name == "heard" and event.get("text") is None:
            self._line("you", self._state.lines[-1].text, "dim")
        elif name == "pairing":
            self._show_code(str(event["user_code"]))
        elif name in ("ready", "paired") and event["contacts"] and not before.contacts:
            self._print(self._texts.say("device-console-hint"), "dim")
        elif self._state.light is not before.light and self._state.light in _COLOURS:
            self._show_light()

    def _line(self, who: str, text: str, style: str) -> None:
        self._print(self._texts.say("device-face-turn", who=who, text=text), style)

    def _print(self, text: str, style: str) -> None:
        from rich.text import Text

        self._console.print(Text(text, style=style))

    def _show_code(self, code: str) -> None:
        from rich.panel import Panel
        from rich.text import Text

        inside = Text(code, style="bold", justify="center")
        self._console.print(Panel(inside, title=self._texts.say("device-face-pairing"), expand=False))

    def _show_light(self) -> None:
        state = self._state
        name = state.open[0].nickname if state.open else ""
        seconds = shown_seconds(state.seconds_left(boot_seconds()))
        told = self._texts.say("device-face-light", light=state.status, nickname=name, seconds=seconds)
        self._print(f"● {told}", _COLOURS[state.light])
