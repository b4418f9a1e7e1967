"""The list of requests as a widget: its rows are measured anew whenever its width changes."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListView


class RequestList(QListView):
    """Qt measures rows anew when the height changes; ours are higher where the list is narrow."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
