"""The assistant that the desktop brings along: started, shown, and spoken to, without a process."""

from pathlib import Path

import pytest

from core.roles import built_in_assistant
from core.roles.built_in_assistant import BuiltInAssistant
from core.roles.device_process import DeviceProcess


class Child(DeviceProcess):
    """A process that is only written to."""

    started: list[tuple[str, ...]]
    sent: list[str]

    def start(self, *arguments: str) -> None:
        """Note how it was started."""
        self.started = [*getattr(self, "started", []), arguments]

    def send(self, line: str) -> None:
        """Note what it was told."""
        self.sent = [*getattr(self, "sent", []), line]

    def end(self) -> None:
        """End by itself."""
        self._on_end(0)

    def print(self, event: str) -> None:
        """Tell an event."""
        self._on_line({"event": event, "contacts": ["Momo"]})


@pytest.fixture
def assistant(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> BuiltInAssistant:
    monkeypatch.setattr(built_in_assistant, "DeviceProcess", Child)
    made = BuiltInAssistant(tmp_path, ())
    made.start("en")
    return made


def _child(assistant: BuiltInAssistant) -> Child:
    child = assistant._process
    assert isinstance(child, Child)
    return child


def test_a_window_that_is_there_is_asked_to_come_up(assistant: BuiltInAssistant) -> None:
    assistant.show()
    assert _child(assistant).sent == ["show"]


def test_a_window_that_was_closed_is_started_again(assistant: BuiltInAssistant) -> None:
    _child(assistant).end()
    assistant.show()
    assert _child(assistant).started == [("--locale", "en")] * 2


def test_a_window_that_closes_while_it_is_wanted_is_started_again(assistant: BuiltInAssistant) -> None:
    assistant.show()
    _child(assistant).end()
    assert len(_child(assistant).started) == 2


def test_a_window_that_came_up_and_was_closed_stays_closed(assistant: BuiltInAssistant) -> None:
    assistant.show()
    _child(assistant).print("wanted")
    _child(assistant).end()
    assert len(_child(assistant).started) == 1


def test_another_language_is_spoken_without_a_new_start_and_after_one(assistant: BuiltInAssistant) -> None:
    assistant.speak("en")
    assistant.speak("ja")
    assert _child(assistant).sent == ["speak ja"]
    assert len(_child(assistant).started) == 1
    _child(assistant).end()
    assistant.show()
    assert _child(assistant).started[-1] == ("--locale", "ja")
