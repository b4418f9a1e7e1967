"""The device's countdown: read off the clock, one number in ring and sentence, drawn only when it changes."""

import math

import pytest
from pytestqt.qtbot import QtBot

from assistant.face.ring import LightRing
from core.terminal.countdown import Countdown
from tests.assistant.facing import ASKED, PAID, Made, maker, status
from tests.clock import FakeClock
from tests.gui.painting import Paints


@pytest.fixture
def made(qtbot: QtBot) -> Made:
    return maker(qtbot)


def test_the_countdown_is_computed_from_the_clock(made: Made) -> None:
    clock = FakeClock()
    window = made(clock=clock)
    window.take(ASKED)
    assert status(window) == "Waiting for Momo: 60 s"
    clock.advance(12.2)
    window.take({"event": "level", "value": 0.0})
    assert status(window) == "Waiting for Momo: 48 s"


def test_ring_and_line_show_the_seconds_of_one_look(made: Made) -> None:
    clock = FakeClock()
    began, window = clock(), made(clock=clock)
    window.take(ASKED)
    ring = window.findChild(LightRing)
    assert isinstance(ring, LightRing)
    for _ in range(40):
        clock.advance(0.19)
        ring.grab()  # a paint that no timer asked for
        assert status(window) == f"Waiting for Momo: {ring.seconds} s"
        assert ring.seconds == math.ceil(began + 60 - clock())


def test_a_window_that_hears_late_of_a_request_shows_what_the_desktop_shows(made: Made) -> None:
    clock = FakeClock()
    window = made(clock=clock)
    clock.advance(0.3)
    desktop = Countdown(60.0, 0.3, clock)
    window.take(ASKED)
    ring = window.findChild(LightRing)
    assert isinstance(ring, LightRing)
    for _ in range(120):
        clock.advance(0.25)
        ring.look()
        assert status(window) == f"Waiting for Momo: {desktop.shown_s()} s"


def test_the_ring_is_woken_for_what_moves_and_not_between(made: Made, qtbot: QtBot) -> None:
    clock = FakeClock()
    window = made(clock=clock)
    ring = window.findChild(LightRing)
    assert isinstance(ring, LightRing)
    moves = [ring.is_moving]
    window.take(ASKED)
    moves.append(ring.is_moving)
    looks: list[int] = []
    ring.looked.connect(looks.append)
    for _ in range(20):
        clock.advance(0.25)
        ring.look()
    assert looks == [59, 58, 57, 56, 55]
    for change in (window.hide, window.show, lambda: window.take(PAID)):
        change()
        moves.append(ring.is_moving)
    assert moves == [False, True, False, True, False]


def test_a_frame_of_the_ring_paints_nothing_beneath_it(made: Made, qtbot: QtBot) -> None:
    clock = FakeClock()
    window = made(clock=clock)
    window.take(ASKED)
    ring = window.findChild(LightRing)
    assert isinstance(ring, LightRing)
    itself, beneath = Paints(ring), Paints(window)
    painted = []

    def is_painted() -> bool:
        """Whether the ring was drawn alone, after a look at a later time in which the sentence stays."""
        painted.append((itself.count, beneath.count))
        clock.advance(0.001)
        ring.look()
        return len(painted) > 1 and painted[-1] == (painted[-2][0] + 1, painted[-2][1])

    qtbot.waitUntil(is_painted)
