"""The requests of earlier: the newest come by themselves, page by page, older ones when they are wanted."""

from PySide6.QtCore import QObject, Signal

from core.client.answer import Refusal
from core.domain.errors import NodError
from core.wire.messages import Requests
from gui.link import Link
from gui.pages.requests_model import RequestsModel

PAGE, MOST_AT_FIRST = 50, 1_000
"""Requests that are asked for at once, and that come by themselves."""


class History(QObject):
    """What the server still has of this person, and how far it was read."""

    came = Signal()
    """A page is in the model, or could not be had."""

    def __init__(self, link: Link, model: RequestsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link, self._model = link, model
        self._oldest: int | None = None
        self._is_at_its_beginning = self._is_asking = False

    @property
    def has_older(self) -> bool:
        """Whether more can be had than what came by itself."""
        return self._oldest is not None and not self._is_at_its_beginning and not self._is_asking

    def read(self) -> None:
        """Ask for what is new, and for what came before it."""
        self._ask(None)

    def read_older(self) -> None:
        """Ask for the page before the oldest that is known; nothing where there is none."""
        if self.has_older:
            self._ask(self._oldest)

    def _ask(self, before: int | None) -> None:
        self._is_asking = True
        self._link.ask(lambda: self._link.home.requests(before, PAGE), self._take, self._give_up)

    def _take(self, found: Requests | Refusal) -> None:
        self._is_asking = False
        if isinstance(found, Requests):
            self._model.put(*found.requests)
            self._note(found)
        self.came.emit()

    def _note(self, found: Requests) -> None:
        """Remember how far it was read, and read on while it comes by itself."""
        is_full = len(found.requests) == PAGE
        oldest = min((view.revision for view in found.requests), default=None)
        if oldest is not None and (self._oldest is None or oldest <= self._oldest):
            self._oldest, self._is_at_its_beginning = oldest, not is_full
        elif oldest is None:
            self._is_at_its_beginning = True
        if is_full and len(self._model.all_views()) < MOST_AT_FIRST:
            self._ask(oldest)

    def _give_up(self, _error: NodError) -> None:
        """What cannot be had now is asked for again when it is next wanted."""
        self._is_asking = False
        self.came.emit()
