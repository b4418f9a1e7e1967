"""The other first step: this machine becomes a terminal of a profile that is there already."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.language import Language, Wording
from gui.parts.boxes import button, column, row
from gui.parts.notices import Banner
from gui.parts.text import Text
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_M, Type, font


class CodeStep(QWidget):
    """Type the one-time code."""

    agreed = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self.heading, self.intro = Text("", Type.HEADING), Text("", ink="muted")
        self.code = QLineEdit()
        self.code.setFont(font(Type.CODE))
        self.code.setProperty("look", "code")
        self.code.setMaximumWidth(360)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.banner = Banner(theme, "bad")
        self.banner.hide()
        self.go, self.back = button(look="primary"), button(look="quiet")
        stack = column(self, SPACE_M)
        for part in (self.heading, self.intro, self.code, self.banner):
            stack.addWidget(part)
        stack.addStretch(1)
        foot = row()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.go)
        stack.addLayout(foot)
        wording = Wording(self, language)
        wording.put("desktop-wizard-code", self.heading.setText, self.code.setAccessibleName)
        wording.put("desktop-wizard-code-more", self.intro.setText)
        wording.put("desktop-wizard-code-go", self.go.setText)
        wording.put("desktop-back", self.back.setText)
        self._is_busy = False
        self.code.textChanged.connect(self._look)
        self._look()
        self.go.clicked.connect(self._on_go)
        self.code.returnPressed.connect(self._on_go)
        self.back.clicked.connect(self.left)

    def complain(self, sentence: str) -> None:
        """Say why it did not work."""
        self._is_busy = False
        self._look()
        self.banner.tell(sentence, "bad", "warn")

    def _look(self) -> None:
        """It can be pressed once there is a code."""
        self.go.setEnabled(bool(self.code.text().strip()) and not self._is_busy)

    def _on_go(self) -> None:
        if self.go.isEnabled():
            self._is_busy = True
            self._look()
            self.banner.hide()
            self.agreed.emit(self.code.text().strip())
