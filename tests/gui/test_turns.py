"""What takes long is cut into pieces, and between any two of them the window listens."""

import gc
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from core.roles.serving import settle_memory
from core.terminal.countdown import Countdown
from core.terminal.events import Inquiry
from gui.desktop import Desktop
from gui.turns import Turns
from tests.clock import FakeClock
from tests.gui import samples
from tests.gui.test_home import desktop  # noqa: F401

BLOCK_S = 0.05
"""Longest time that one inquiry may keep the window from anything else, in processor time."""


def test_two_pieces_of_work_are_never_done_in_one_turn(dressed: QApplication) -> None:
    turns, done = Turns(), list[str]()
    for name in ("first", "second", "third"):
        turns.add(turns, partial(done.append, name))
    assert done == []
    seen = []
    while len(done) < 3:
        dressed.processEvents()
        seen.append(len(done))
    assert {after - before for before, after in zip([0, *seen], seen, strict=False)} <= {0, 1}
    assert done == ["first", "second", "third"]


def test_work_for_what_has_gone_is_not_done(dressed: QApplication) -> None:
    turns, gone, done = Turns(), QObject(), list[str]()
    turns.add(gone, partial(done.append, "for nobody"))
    turns.add(turns, partial(done.append, "the next"))
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
    while not done:
        dressed.processEvents()
    assert done == ["the next"]


@pytest.fixture
def settled() -> Iterator[None]:
    """The collector as in the desktop once its servers answer, whatever other tests have left behind."""
    before = gc.get_threshold()
    settle_memory()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("settled")
def test_a_hundred_inquiries_never_block_the_window_for_long(desktop: Desktop) -> None:  # noqa: F811
    """The first of them opens the prompt, which takes longest.

    What counts is processor time of the windows' thread: a busy machine may leave it waiting, which is not
    this thread's doing. The collector's rounds are in it, as they are in the desktop.
    """
    worst, clock = 0.0, FakeClock(1_000.0)
    for at in range(101):
        steps: list[Callable[[], None]] = [lambda: QApplication.processEvents()] * 3
        steps.insert(0, partial(desktop.link.inquired.emit, _inquiry(at, clock)))
        for step in steps:
            began = time.thread_time()
            step()
            worst = max(worst, time.thread_time() - began)
    QApplication.processEvents()
    assert desktop.presenter.queue.count == 101
    assert desktop.model.pending == 101
    assert worst <= BLOCK_S


def _inquiry(at: int, clock: FakeClock) -> Inquiry:
    view = samples.request(name=f"req_{at:032}", revision=at)
    return Inquiry(view, Countdown(60.0, 0.0, clock))
