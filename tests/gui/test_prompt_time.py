"""The countdown tells the truth: after a blocked window, a suspended machine, a clock that was set."""

import time

import pytest
from pytestqt.qtbot import QtBot

from gui.language import Language
from gui.prompt.countdown_ring import CountdownRing
from gui.theme.theme import Theme
from tests.clock import FakeClock
from tests.gui.prompting import Prompting


@pytest.fixture
def prompting(qtbot: QtBot, theme: Theme, language: Language) -> Prompting:
    return Prompting(qtbot, theme, language)


def test_each_paint_asks_the_clock_anew(qtbot: QtBot, theme: Theme, language: Language) -> None:
    clock, asked = FakeClock(0.0), []

    def remaining() -> float:
        asked.append(60.0 - clock())
        return asked[-1]

    ring = CountdownRing(theme, language)
    qtbot.addWidget(ring)
    ring.start(remaining, 60)
    ring.show()
    clock.advance(17.25)  # nothing ran meanwhile: the window was blocked
    ring.grab()
    assert asked[-1] == 42.75
    assert ring.seconds() == 43


def test_a_blocked_window_shows_the_true_time_with_its_next_paint(
    qtbot: QtBot, theme: Theme, language: Language
) -> None:
    ends, painted = time.monotonic() + 30, []

    def remaining() -> float:
        painted.append((time.monotonic(), ends - time.monotonic()))
        return painted[-1][1]

    ring = CountdownRing(theme, language)
    qtbot.addWidget(ring)
    ring.start(remaining, 30)
    ring.show()
    until = time.thread_time() + 0.3
    while time.thread_time() < until:
        pass
    painted.clear()
    qtbot.waitUntil(lambda: len(painted) > 1)
    assert all(abs((ends - at) - shown) < 0.05 for at, shown in painted)


def test_after_a_suspend_the_request_is_shown_as_expired(prompting: Prompting, qtbot: QtBot) -> None:
    prompting.arrive()
    prompting.arm()
    prompting.clock.advance(3_600)  # the steady clock counts suspend
    qtbot.waitUntil(prompting.dialog.outcome.isVisible)
    assert prompting.dialog.outcome.heading.text() == "Time is up"
    assert prompting.presses == []


def test_the_ring_stands_still_while_it_is_hidden(qtbot: QtBot, theme: Theme, language: Language) -> None:
    ring = CountdownRing(theme, language)
    qtbot.addWidget(ring)
    ring.start(lambda: 20.0, 60)
    ring.show()
    qtbot.waitUntil(lambda: ring.is_moving)
    ring.hide()
    assert not ring.is_moving


def test_a_screen_reader_is_told_thirty_ten_and_five_seconds_once(
    qtbot: QtBot, theme: Theme, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("gui.prompt.countdown_ring.announce", lambda _, said: told.append(said))
    clock = FakeClock(0.0)
    ring = CountdownRing(theme, language)
    qtbot.addWidget(ring)
    ring.start(lambda: 60 - clock(), 60)
    for second in range(60):
        clock.move_to(second)
        ring.tick()
        ring.tick()
    assert told == ["30 seconds left", "10 seconds left", "5 seconds left"]
    assert ring.accessibleName() == "1 second left"
