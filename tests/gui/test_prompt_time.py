"""The countdown tells the truth: after a blocked window, a suspended machine, a clock that was set."""

import time

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.terminal.countdown import Countdown
from gui.beat import Beat
from gui.language import Language
from gui.pages.requests import RequestsPage
from gui.pages.requests_model import ROW, RequestsModel
from gui.prompt.countdown_ring import CountdownRing
from gui.theme.theme import Theme
from tests.clock import FakeClock
from tests.gui import samples
from tests.gui.painting import Paints
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
    beat = Beat()
    ring = CountdownRing(theme, language, beat)
    qtbot.addWidget(ring)
    ring.start(lambda: 20.0, 60)
    ring.show()
    qtbot.waitUntil(lambda: ring.is_moving)
    ring.hide()
    assert not ring.is_moving
    qtbot.waitUntil(lambda: not beat.is_going)  # what it had asked for; nothing is asked for after it


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


def test_a_frame_of_the_ring_paints_nothing_beneath_it(prompting: Prompting, qtbot: QtBot) -> None:
    prompting.arrive()
    dialog, clock = prompting.dialog, prompting.clock
    itself, beneath = Paints(dialog.ring), Paints(dialog.card)
    qtbot.waitUntil(lambda: itself.count > 0 and beneath.count > 0)
    painted = []

    def is_painted() -> bool:
        """Whether the ring was drawn alone, after a look at a later time."""
        painted.append((itself.count, beneath.count))
        clock.advance(0.5)
        dialog.ring.tick()
        return len(painted) > 1 and painted[-1] == (painted[-2][0] + 1, painted[-2][1])

    qtbot.waitUntil(is_painted)


def test_seconds_that_pass_lay_nothing_out_anew(prompting: Prompting, qtbot: QtBot) -> None:
    prompting.arrive()
    dialog, clock = prompting.dialog, prompting.clock
    itself, beneath = Paints(dialog.ring), Paints(dialog)
    qtbot.waitUntil(lambda: itself.count > 0 and beneath.count > 0)
    qtbot.waitUntil(lambda: dialog.size() == dialog.minimumSize())
    for _ in range(5):
        QCoreApplication.processEvents()
    before, painted = beneath.layouts, itself.count
    for _ in range(5):
        clock.advance(1.0)
        dialog.ring.tick()
        QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: itself.count > painted)
    assert beneath.layouts == before


class Beside:
    """One countdown, shown by a ring and by the list beside it."""

    def __init__(self, qtbot: QtBot, theme: Theme, language: Language) -> None:
        self.clock, self.beat, view = FakeClock(1_000.0), Beat(), samples.request()
        self.countdown = Countdown(60.0, 0.0, self.clock)
        self.model = RequestsModel(language)
        self.model.put(view)
        self.model.count_with({view.id: self.countdown}.get)
        self.page = RequestsPage(theme, language, self.model, self.beat)
        self.page.be_loaded()
        self.ring = CountdownRing(theme, language, self.beat)
        self.told: list[str] = []
        """What the list said in its row at each change of it."""
        for widget in (self.page, self.ring):
            qtbot.addWidget(widget)
            widget.show()
        self.ring.start(self.countdown.remaining_s, 60)
        self.model.dataChanged.connect(lambda first, _last: self.told.append(first.data(ROW).state))


def _said(seconds: int) -> str:
    return f"{seconds} second left" if seconds == 1 else f"{seconds} seconds left"


@pytest.fixture
def beside(qtbot: QtBot, theme: Theme, language: Language) -> Beside:
    return Beside(qtbot, theme, language)


def test_the_ring_and_the_list_show_the_same_seconds_at_every_beat(beside: Beside) -> None:
    for _ in range(250):
        beside.clock.advance(0.25)
        beside.beat.strike()
        assert beside.told[-1:] in ([beside.ring.accessibleName()], [])
    assert beside.told == [_said(left) for left in range(59, -1, -1)]


def test_a_countdown_that_is_set_right_changes_ring_and_list_at_once(beside: Beside) -> None:
    beside.countdown.restart(52.4)
    beside.ring.start(beside.countdown.remaining_s, 60)
    assert (beside.ring.accessibleName(), beside.told) == ("53 seconds left", ["53 seconds left"])


def test_between_two_beats_nothing_of_the_list_is_drawn_again(beside: Beside) -> None:
    beside.clock.advance(0.4)
    beside.beat.strike()
    beside.beat.strike()
    assert beside.told == []


def test_a_list_in_which_nothing_waits_wakes_nobody(qtbot: QtBot, theme: Theme, language: Language) -> None:
    beat = Beat()
    page = RequestsPage(theme, language, RequestsModel(language), beat)
    qtbot.addWidget(page)
    page.show()
    beat.strike()
    assert not beat.is_going


@pytest.mark.parametrize(("window", "frames"), [(60, 5), (30, 10)])
def test_the_ring_is_drawn_when_its_tip_has_four_pixels_to_go_and_whenever_the_number_changes(
    qtbot: QtBot, theme: Theme, language: Language, window: int, frames: int
) -> None:
    clock, drawn = FakeClock(0.0), []
    ring = CountdownRing(theme, language, beat := Beat())
    qtbot.addWidget(ring)
    ring.start(lambda: window - clock(), window)
    ring.show()
    ring.update = lambda: drawn.append(window - clock())  # type: ignore[assignment, method-assign]
    for _ in range(500):
        clock.advance(0.01)
        beat.strike()
    assert len(drawn) == frames
    assert sum(abs(left - round(left)) < 0.001 for left in drawn) == 5


def test_the_text_cursor_stands_still_while_a_request_is_answered_and_blinks_again(
    prompting: Prompting, qtbot: QtBot
) -> None:
    hints = QGuiApplication.styleHints()
    hints.setCursorFlashTime(900)
    prompting.arrive()
    prompting.arm()
    assert hints.cursorFlashTime() == 0
    prompting.dialog.put_aside.emit()
    qtbot.waitUntil(lambda: hints.cursorFlashTime() == 900)
