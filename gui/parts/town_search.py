"""Towns for what somebody types, looked up beside the Qt thread: the first look takes a moment."""

import contextlib

from babel import Locale
from PySide6.QtCore import QObject, QThreadPool, Signal

from core.presentation.gazetteer import Match, names

CENTRE_M = 2_000
"""How far from a town's centre something in it may be; what is shown with the point."""


class TownSearch(QObject):
    """One look at a time; what was typed meanwhile is looked up next."""

    found = Signal(str, tuple)
    """What was typed, and its `Match`es."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[str, str] | None = None
        self._is_busy = False
        self.found.connect(self._on_found)

    def look(self, text: str, locale: str) -> None:
        """Look for towns whose name begins so; `found` tells."""
        self._wanted = (text, locale)
        if not self._is_busy:
            self._is_busy = True
            QThreadPool.globalInstance().start(lambda: self._find(text, locale))

    def _find(self, text: str, locale: str) -> None:
        """On a thread of the pool."""
        with contextlib.suppress(RuntimeError):  # the window has gone meanwhile
            self.found.emit(text, matches(text, locale))

    def _on_found(self, text: str, _found: tuple[Match, ...]) -> None:
        self._is_busy = False
        if self._wanted is not None and self._wanted[0] != text:
            self.look(*self._wanted)


def matches(text: str, locale: str) -> tuple[Match, ...]:
    """The towns whose name begins so; none where the data cannot be read."""
    try:
        return tuple(names().find(text, locale))
    except (OSError, ValueError):
        return ()


def titles(found: tuple[Match, ...], locale: str) -> list[str]:
    """Each town with what tells it from the others: `Paris · France`."""
    countries = Locale.parse(locale).territories
    plain = [
        " · ".join(part for part in (one.name, one.region, countries.get(one.country, one.country)) if part)
        for one in found
    ]
    names = [(one.name, one.country) for one in found]
    return [
        f"{title} · {one.latitude:.1f}, {one.longitude:.1f}"
        if plain.count(title) > 1 or (not one.region and names.count((one.name, one.country)) > 1)
        else title
        for title, one in zip(plain, found, strict=True)
    ]


def point_of(town: Match) -> str:
    """The town's centre as a point is typed, with how near to it that is."""
    return f"{town.latitude:.4f}, {town.longitude:.4f} ± {CENTRE_M}"
