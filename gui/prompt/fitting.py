"""Fits the prompt into the screen, however small: nothing overlaps, and nothing is approved unseen.

First the map goes, then the window condenses, then items, time and place scroll. Who asks, the price, the
payee, the time left, the fields and the buttons keep their places. What has to be scrolled holds Approve back
until its end was seen; a window that has no room even so approves nothing.
"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.parts.notices import Banner
from gui.prompt.answers import Answers
from gui.prompt.countdown_ring import CountdownRing
from gui.prompt.facts import Facts
from gui.prompt.request_card import RequestCard
from gui.theme.type_scale import SPACE_L, SPACE_M, SPACE_S, SPACE_XS

WIDTH = 540
EDGES = (SPACE_L, SPACE_L, SPACE_L, SPACE_M)
TIGHT_EDGES = (SPACE_S, SPACE_S, SPACE_S, SPACE_XS)
MOST_FACTS = 400
"""Pixels after which items, time and place scroll, however large the screen is."""
LEAST_TIGHT_FACTS = 40
"""What they have on the smallest screen on which a request can be approved."""


class Fitted(Protocol):
    """The window, as far as it is fitted."""

    stack: QVBoxLayout
    """Its column: the card, the banner, the answers or the outcome, the foot."""
    card: RequestCard
    unusual: Banner
    ring: CountdownRing
    answers: Answers

    def findChildren(self, kind: type[QWidget], /) -> list[QWidget]: ...
    def setFixedSize(self, width: int, height: int, /) -> None: ...


class Fitting:
    """The sizes of one prompt window."""

    def __init__(self, window: Fitted, room: Callable[[], QSize]) -> None:
        self._window, self._room = window, room
        self._is_tight, self._fits = False, True
        window.card.rebuilt.connect(self._watch)
        self._condense(False)

    def begin(self) -> None:
        """As much room as there is: where every new content begins."""
        self._window.stack.insertWidget(1, self._window.unusual)
        self._condense(False)

    def fit(self) -> None:
        """Fit the content that is shown now."""
        facts, room = self._window.card.facts, self._room()
        if facts is None:
            return
        width = min(WIDTH, room.width())
        if not self._is_tight and self._is_too_small(facts, room, width):
            self._tighten()
            facts = self._window.card.facts or facts
        wanted, left = self._wanted(facts, width), self._left(facts, room, width)
        self._fits = left >= min(wanted, LEAST_TIGHT_FACTS)
        facts.take(max(min(wanted, left, MOST_FACTS), LEAST_TIGHT_FACTS), self._facts_width(width))
        self._window.setFixedSize(width, self._height(width))
        self._judge()

    def _is_too_small(self, facts: Facts, room: QSize, width: int) -> bool:
        """Whether it takes more than leaving out the map, which is done here."""
        left, wanted = self._left(facts, room, width), self._wanted(facts, width)
        if wanted > min(MOST_FACTS, left) and self._window.card.drop_map():
            wanted = self._wanted(facts, width)
        return width < WIDTH or left < min(wanted, MOST_FACTS)

    def _tighten(self) -> None:
        self._window.card.condense()
        if self._window.card.facts is not None:
            self._window.card.facts.column.insertWidget(0, self._window.unusual)
        self._condense(True)

    def _condense(self, is_tight: bool) -> None:
        self._is_tight = is_tight
        self._window.ring.be_small(is_tight)
        self._window.answers.condense(is_tight)
        self._window.stack.setContentsMargins(*(TIGHT_EDGES if is_tight else EDGES))
        self._window.stack.setSpacing(SPACE_S if is_tight else SPACE_M)

    def _watch(self) -> None:
        facts = self._window.card.facts
        if facts is not None:
            facts.looked_at.connect(self._judge)

    def _judge(self) -> None:
        """Only what was seen can be approved."""
        facts = self._window.card.facts
        if not self._fits:
            self._window.answers.hold_back("prompt-hint-small")
        elif facts is not None and not facts.reading.is_read:
            self._window.answers.hold_back("prompt-hint-scroll")
        else:
            self._window.answers.hold_back("")

    def _facts_width(self, width: int) -> int:
        margins = self._window.stack.contentsMargins()
        return width - margins.left() - margins.right() - self._window.card.edges()

    def _wanted(self, facts: Facts, width: int) -> int:
        self._settle()
        return facts.wanted(self._facts_width(width))

    def _left(self, facts: Facts, room: QSize, width: int) -> int:
        facts.setFixedHeight(1)
        return room.height() - self._height(width) + 1

    def _height(self, width: int) -> int:
        self._settle()
        return self._window.stack.totalHeightForWidth(width)

    def _settle(self) -> None:
        """Forget every size that a layout remembers, from the innermost outwards."""
        for one in reversed(self._window.findChildren(QWidget)):
            layout = one.layout()
            if layout is not None:
                layout.invalidate()
            one.updateGeometry()
        self._window.stack.invalidate()
