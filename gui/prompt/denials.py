"""More ways to deny than the one press: each with its reason, in a menu beside Deny."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction

from core.domain.decision import Reason
from gui.language import Wording
from gui.parts.menu_button import MenuButton

DENIALS = ((Reason.NOT_NOW, "prompt-deny-not-now"), (Reason.WRONG_ORDER, "prompt-deny-wrong-order"))


class Denials(MenuButton):
    """The menu of reasons."""

    denied = Signal(object)
    """A `Reason`."""

    def word(self, wording: Wording) -> None:
        """Say everything in the language of `wording`."""
        wording.put("prompt-deny-more", self.setAccessibleName, self.setToolTip)
        for reason, key in DENIALS:
            action = QAction(self)
            action.triggered.connect(lambda _=False, why=reason: self.denied.emit(why))
            wording.put(key, action.setText)
            self.menu().addAction(action)
