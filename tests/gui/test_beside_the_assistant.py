"""The assistant's window says what is to be typed here: it can be seen when it is needed."""

import pytest
from PySide6.QtWidgets import QWidget

from tests.gui.test_whole import MILK, Person, clock_error_s, person  # noqa: F401


def test_the_last_step_of_the_wizard_brings_the_assistant_to_the_front(person: Person) -> None:  # noqa: F811
    assert person.speaker.shown == 0
    person.become("Momo")
    assert person.speaker.shown == 1


def test_the_home_steps_back_from_the_assistant_when_a_request_is_answered(
    person: Person,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person.become("Momo")
    desktop, lowered = person.desktop, list[int]()
    monkeypatch.setattr(QWidget, "lower", lambda self: lowered.append(self.width()))
    person.speaker.buy("Momo", MILK)
    person.wait(desktop.dialog.isVisible)
    desktop.dialog.put_aside.emit()
    for width in (300, 780):
        desktop.main.setMinimumWidth(0)
        desktop.main.move(0, 0)
        desktop.main.resize(width, 600)
        desktop.requests.answer_wanted.emit(desktop.model.all_views()[0].id)
    assert lowered == [780]
    assert desktop.dialog.isVisible()
