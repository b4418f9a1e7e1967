"""Where the text terminal writes: lines of JSON for a program, or words for a person.

For a person on a real terminal one line above the cursor counts down in place; elsewhere the seconds are
announced at 30, 10 and 5. Item titles and names are written as plain text, never as markup.
"""

import json
import sys
from typing import IO, TYPE_CHECKING, Protocol

from core.terminal.countdown import Announcements, Countdown
from core.terminal.events import Inquiry
from core.terminal.telling import Teller, Telling

if TYPE_CHECKING:
    from rich.table import Table

SAVE, UP, CLEAR, BACK = "\0337", "\033[1A\r", "\033[K", "\0338"


class Screen(Protocol):
    """What the text terminal writes to."""

    scheme: str
    """`text` or `json`, recorded in each approval."""

    def tell(self, telling: Telling) -> None:
        """Writes one event."""

    def ask(self, event: Inquiry, short: str, teller: Teller) -> None:
        """Writes an inquiry; `short` is what a person may type for its id."""

    def explain(self, sentences: tuple[str, ...]) -> None:
        """Writes help or a list."""

    def count(self, countdown: Countdown | None, waiting: int, teller: Teller) -> None:
        """Shows how long the inquiry that ends next has left; None when nothing is pending."""


class JsonScreen:
    """One JSON object a line."""

    scheme = "json"

    def __init__(self, out: IO[str] | None = None) -> None:
        self._out = out or sys.stdout

    def tell(self, telling: Telling) -> None:
        """Writes one event."""
        said = {"event": telling.event, "id": telling.id, "sentence": telling.sentence}
        self._write(said | telling.members)

    def ask(self, event: Inquiry, short: str, teller: Teller) -> None:
        """Writes an inquiry, also when only its countdown was set right."""
        told = teller.inquiry(event)
        told.members["short"] = short
        self.tell(told)

    def explain(self, sentences: tuple[str, ...]) -> None:
        """Writes help or a list."""
        self._write({"event": "help", "id": "", "lines": list(sentences)})

    def count(self, countdown: Countdown | None, waiting: int, teller: Teller) -> None:
        """Nothing: an inquiry carries `expires_in_s`."""

    def _write(self, said: dict[str, object]) -> None:
        print(json.dumps(said, ensure_ascii=False), file=self._out, flush=True)


class WordScreen:
    """Words for a person, by rich."""

    scheme = "text"

    def __init__(self, out: IO[str] | None = None) -> None:
        from rich.console import Console

        self._console = Console(file=out or sys.stdout, highlight=False, markup=False, emoji=False)
        self._counting: Countdown | None = None
        self._announcements = Announcements(0)
        self._has_line = False
        self._asked: dict[str, str | None] = {}

    def tell(self, telling: Telling) -> None:
        """Writes one event."""
        self._console.print(telling.sentence, style="bold red" if telling.event == "error" else None)
        self._has_line = False

    def ask(self, event: Inquiry, short: str, teller: Teller) -> None:
        """Writes an inquiry with everything that the window shows."""
        from rich.panel import Panel
        from rich.text import Text

        if event.is_again and self._asked.get(event.id, "") == event.trouble:
            return
        self._asked[event.id] = event.trouble
        title = Text(f"{teller.inquiry(event).sentence}  [{short}]", style="bold")
        self._console.print(Panel(self._body(event, teller), title=title, title_align="left"))
        self._console.print(Text(_how(event, short, teller), style="red" if event.trouble else "cyan"))
        self._has_line = False

    def _body(self, event: Inquiry, teller: Teller) -> "Table":
        from rich.text import Text

        table = _grid()
        for name, text in rows(event, teller):
            label = teller.texts.say(f"terminal-row-{name}")
            table.add_row(Text(label, style="dim"), Text(text, style="bold" if name == "amount" else ""))
        return table

    def explain(self, sentences: tuple[str, ...]) -> None:
        """Writes help or a list: what stands before two spaces has a column of its own."""
        table = _grid()
        for sentence in sentences:
            head, gap, rest = sentence.partition("  ")
            if gap:
                table.add_row(head, rest.strip())
            else:
                self._console.print(sentence)
        if table.rows:
            self._console.print(table)
        self._has_line = False

    def count(self, countdown: Countdown | None, waiting: int, teller: Teller) -> None:
        """Counts down in place on a real terminal, else announces 30, 10 and 5 seconds."""
        if countdown is not self._counting:
            self._counting, self._has_line = countdown, False
            self._announcements = Announcements(countdown.remaining_s() if countdown else 0)
        if countdown is None or countdown.is_over:
            return
        line = teller.texts.say("lines-seconds", seconds=countdown.shown_s())
        if waiting > 1:
            line += " · " + teller.texts.say("terminal-waiting", count=waiting)
        if self._console.is_terminal:
            self._rewrite(line)
        elif self._announcements.due(countdown.remaining_s()) is not None:
            self._console.print(line)

    def _rewrite(self, line: str) -> None:
        out = self._console.file
        out.write(f"{SAVE}{UP}{line}{CLEAR}{BACK}" if self._has_line else f"{line}\n> ")
        out.flush()
        self._has_line = True


def _grid() -> "Table":
    """Two columns; a text without spaces is folded, and nothing of it is left out."""
    from rich.table import Column, Table

    return Table.grid(Column(no_wrap=True), Column(overflow="fold"), padding=(0, 2))


def rows(event: Inquiry, teller: Teller) -> tuple[tuple[str, str], ...]:
    """Name and text of each line of an inquiry, in the order of the window."""
    shown, texts = teller.inquiry(event).members, teller.texts
    first = texts.say("lines-first-time") if event.view.asker.first_request else ""
    who = f"{shown['who']} ({shown['kind']})" + (f" · {first}" if first else "")
    amount = f"{shown['amount_text']} ({texts.say('lines-play-money')})" if shown["amount"] else ""
    found = (
        ("who", who),
        ("what", "\n".join(shown["what"])),
        ("amount", amount),
        ("payee", shown["payee"] or ""),
        ("when", shown["when"]),
        ("where", shown["where"]),
        ("nickname", shown["nickname"]),
    )
    return tuple((name, text) for name, text in found if text)


def _how(event: Inquiry, short: str, teller: Teller) -> str:
    if event.trouble is not None:
        name = event.trouble.replace("_", "-")
        return teller.texts.say(f"terminal-trouble-{name}", id=short)
    has_code = "yes" if event.view.details.context.match_digits else "no"
    return teller.texts.say("terminal-how", id=short, code=has_code, presence=event.view.presence.value)
