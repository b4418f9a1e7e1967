"""Commands on standard input, and what goes out: JSON lines, plain sentences, or a terminal in colour."""

import io
import json
import os
from queue import Queue

import pytest

from assistant.commands import Command, follow, read_command
from assistant.console import console
from assistant.telling import json_lines
from core.client.clock import boot_seconds
from core.texts.catalog import Texts

SAID = {"event": "said", "key": "asked", "text": "I asked Momo. The code is 47."}


class Screen(io.StringIO):
    """A terminal that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("say buy milk for Momo", Command("say", "buy milk for Momo")),
        ("say   cancel  ", Command("say", "cancel")),
        ("cancel", Command("cancel")),
        ("pair", Command("pair")),
        ("talk", Command("talk")),
        ("leave", Command("leave")),
        ("", None),
        ("say", None),
        ("cancel now", None),
        ("buy milk for Momo", None),
    ],
)
def test_a_parent_commands_by_word(line: str, command: Command | None) -> None:
    assert read_command(line, is_child=True) == command


def test_a_person_just_types() -> None:
    assert read_command("buy milk for Momo", is_child=False) == Command("say", "buy milk for Momo")
    assert read_command("cancel", is_child=False) == Command("say", "cancel")
    assert read_command("quit", is_child=False) == Command("leave")


def test_enter_alone_is_the_talk_button_of_a_terminal() -> None:
    assert read_command("", is_child=False) == Command("talk")
    assert read_command("", is_child=True) is None


def test_the_end_of_input_means_leave() -> None:
    reader, writer = os.pipe()
    given: Queue[Command] = Queue()
    thread = follow(reader, given.put, is_child=True)
    os.write(writer, "say 牛乳を買って\nsay ".encode())
    os.write(writer, b"half\n\xff\xfe\nnot a word")
    os.close(writer)
    thread.join(5)
    os.close(reader)
    found = [given.get_nowait() for _ in range(given.qsize())]
    assert found == [Command("say", "牛乳を買って"), Command("say", "half"), Command("leave")]


def test_json_lines_are_one_object_each_without_what_is_for_eyes_only() -> None:
    out = io.StringIO()
    tell = json_lines(out)
    for event in (SAID, {"event": "level", "value": 0.5}, {"event": "speaking", "on": True}):
        tell(event)
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [SAID]


def test_into_a_pipe_go_the_sentences_alone() -> None:
    out = io.StringIO()
    tell = console(Texts("en"), out)
    tell(SAID)
    tell({"event": "outcome", "id": "req_1", "outcome": "paid"})
    assert out.getvalue() == "I asked Momo. The code is 47.\n"


def test_a_terminal_shows_code_light_and_markup_as_plain_text() -> None:
    out = Screen()
    tell = console(Texts("en"), out)
    tell({"event": "pairing", "user_code": "ABCD-EFGH"})
    tell({"event": "said", "key": "offer", "text": "Did you say [red]Momo[/red]?"})
    asked = {"event": "asked", "id": "req_1", "nickname": "Momo", "decision_expires_in": 60}
    tell(asked | {"decide_by_steady": boot_seconds() + 59.9})
    tell({"event": "outcome", "id": "req_1", "outcome": "denied"})
    shown = out.getvalue()
    for part in ("ABCD-EFGH", "[red]Momo[/red]", "Waiting for Momo: 60 s", "Not approved"):
        assert part in shown
