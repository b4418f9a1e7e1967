"""The receipts that were looked at, each fetched once, and shown with the request that is on view."""

from PySide6.QtCore import QObject, Signal

from core.domain.doubt import Doubt
from core.domain.request import PROVEN, State
from core.terminal.events import Settled
from core.wire.messages import RequestView
from core.wire.receipt import Receipt
from gui.history import History
from gui.link import Link
from gui.pages.request_detail import RequestDetail
from gui.pages.requests_model import RequestsModel


def _can_be_checked(view: RequestView) -> bool:
    return view.receipt is not None and view.state in PROVEN


class Receipts(QObject):
    """Each request's verified receipt; a code why it is not believed; or None where there is none."""

    judged = Signal(str, object)
    """A request's id, and why its receipt is not believed; None where it is."""

    def __init__(self, link: Link, detail: RequestDetail, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link, self._detail = link, detail
        self._known: dict[str, Receipt | Doubt | None] = {}

    def watch(self, history: History, model: RequestsModel) -> None:
        """Check all that `model` gets from `history`, and tell it what is not believed."""
        self.judged.connect(model.doubt)
        history.came.connect(lambda: self.look_through(model.all_views()))

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
        if not isinstance(known, Receipt):  # a shop that was away, or whose answer was not its own
            self._link.look_at_receipts(
                (view,),
                lambda found: self._keep(view, found[view.id]),
                lambda _: self._keep(view, Doubt.AWAY),
            )

    def look_through(self, views: tuple[RequestView, ...]) -> None:
        """Check what came from the server and nobody has opened: a list must not call unproven ends paid.

        While the shop is away nothing is said; each is checked anew when it is opened.
        """
        unknown = {view.id: view for view in views if _can_be_checked(view) and view.id not in self._known}
        if not unknown:
            return
        self._known |= dict.fromkeys(unknown)  # not asked twice meanwhile

        def take(found: dict[str, Receipt | Doubt | None]) -> None:
            for request_id in unknown:
                one = found.get(request_id, Doubt.AWAY)
                if one is Doubt.AWAY:
                    self._known.pop(request_id, None)
                elif isinstance(one, Receipt):
                    self._known[request_id] = one
                else:
                    self._keep(unknown[request_id], one)

        self._link.look_at_receipts(tuple(unknown.values()), take, lambda _: take({}))

    def doubt(self, request_id: str) -> Doubt | None:
        """Why the receipt of a request is not believed; None where it is, or where nobody has looked."""
        known = self._known.get(request_id)
        return known if isinstance(known, Doubt) else None

    def _keep(self, view: RequestView, found: Receipt | Doubt | None) -> None:
        self._known[view.id] = found
        self.judged.emit(view.id, self.doubt(view.id))
        if self._detail.request_id == view.id:
            self._detail.show_request(view, found)
