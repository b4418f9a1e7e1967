"""The receipts that were looked at, each fetched once, and shown with the request that is on view."""

from PySide6.QtCore import QObject

from core.domain.errors import NodError
from core.domain.request import State
from core.terminal.events import Settled
from core.wire.messages import RequestView
from core.wire.receipt import Receipt
from gui.link import Link
from gui.pages.request_detail import RequestDetail


class Receipts(QObject):
    """Each request's verified receipt; a code why it is not believed; or None where there is none."""

    def __init__(self, link: Link, detail: RequestDetail, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link, self._detail = link, detail
        self._known: dict[str, Receipt | str | None] = {}

    def come(self, news: Settled) -> None:
        """Keep what came with the word that a request is settled."""
        self._keep(news.view, news.receipt or news.receipt_trouble)

    def look_at(self, view: RequestView) -> None:
        """Show the receipt of a request that was chosen, fetched where it is not known."""
        if view.receipt is None or view.state is State.PENDING:
            return
        if view.id in self._known:
            self._detail.show_request(view, self._known[view.id])
            return
        self._link.ask(lambda: self._link.receipt_of(view), lambda found: self._keep(view, found), _quiet)

    def _keep(self, view: RequestView, found: Receipt | str | None) -> None:
        self._known[view.id] = found
        if self._detail.request_id == view.id:
            self._detail.show_request(view, found)


def _quiet(_error: NodError) -> None:
    """What cannot be had now is asked for again when it is next wanted."""
