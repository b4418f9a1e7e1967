"""The receipts that were looked at, each fetched once, and shown with the request that is on view."""

from PySide6.QtCore import QObject, Signal

from core.domain.request import State
from core.presentation.record import AWAY
from core.terminal.events import Settled
from core.wire.messages import RequestView
from core.wire.receipt import Receipt
from gui.link import Link
from gui.pages.request_detail import RequestDetail


class Receipts(QObject):
    """Each request's verified receipt; a code why it is not believed; or None where there is none."""

    judged = Signal(str, object)
    """A request's id, and why its receipt is not believed; None where it is."""

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
        known = self._known.get(view.id)
        if known is not None:
            self._detail.show_request(view, known)
        if not isinstance(
            known, Receipt
        ):  # a shop that was away, or whose answer was not its own, is asked anew
            self._link.ask(
                lambda: self._link.receipt_of(view),
                lambda found: self._keep(view, found),
                lambda _: self._keep(view, AWAY),
            )

    def doubt(self, request_id: str) -> str | None:
        """Why the receipt of a request is not believed; None where it is, or where nobody has looked."""
        known = self._known.get(request_id)
        return known if isinstance(known, str) else None

    def _keep(self, view: RequestView, found: Receipt | str | None) -> None:
        self._known[view.id] = found
        self.judged.emit(view.id, self.doubt(view.id))
        if self._detail.request_id == view.id:
            self._detail.show_request(view, found)
