"""Watches what was ordered again: once the new request has come and ended, it can be ordered once more."""

from PySide6.QtCore import QObject

from core.domain.request import State
from gui.pages.request_detail import RequestDetail
from gui.pages.requests_model import RequestsModel


class AgainWatch(QObject):
    """From a press on "Order again" to the end of what came of it."""

    def __init__(self, model: RequestsModel, detail: RequestDetail) -> None:
        super().__init__(detail)
        self._model, self._detail = model, detail
        self._before: frozenset[str] | None = None
        """What had been asked when it was pressed; None while nothing is watched."""
        detail.again_wanted.connect(self._on_again)
        for changed in (model.modelReset, model.rowsInserted, model.dataChanged):
            changed.connect(self._look)

    def _on_again(self) -> None:
        self._before = frozenset(view.id for view in self._model.all_views())

    def _look(self) -> None:
        before = self._before
        if before is None:
            return
        if any(one.id not in before and one.state is not State.PENDING for one in self._model.all_views()):
            self._before = None
            self._detail.end_again()
