"""The person's terminals: which there are, one more by a one-time code, and parting with one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from core.presentation import formats
from core.wire.messages import EnrolmentCode, TerminalView
from gui.language import Language
from gui.pages.section import Section
from gui.parts.boxes import button, column, row
from gui.parts.text import Chip, Text
from gui.theme.type_scale import SPACE_S, Type


class TerminalsSection(Section):
    """Every terminal of this user."""

    code_wanted = Signal()
    remove_wanted = Signal(object)
    """A `TerminalView`."""

    def __init__(self, language: Language) -> None:
        super().__init__(language, "terminals", has_save=False)
        self.code, self.about = Text("", Type.CODE), Text("", ink="muted")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add_one = button()
        self._list = column(gap=SPACE_S)
        self.column.addLayout(self._list)
        self.add(self.code, self.about)
        self.code.hide()
        self.about.hide()
        line = row()
        line.addWidget(self.add_one)
        line.addStretch(1)
        self.column.addLayout(line)
        self.close_with_foot()
        self.wording.put("desktop-profile-terminal-add", self.add_one.setText)
        self.add_one.clicked.connect(self.code_wanted)
        self._terminals: tuple[TerminalView, ...] = ()
        self._shown_code: EnrolmentCode | None = None
        language.changed.connect(self._say)

    def show_terminals(self, terminals: tuple[TerminalView, ...]) -> None:
        """Show these."""
        self._terminals = terminals
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for terminal in terminals:
            self._list.addWidget(self._row(terminal))

    def show_code(self, code: EnrolmentCode) -> None:
        """Show a code to be typed on the new terminal."""
        self._shown_code = code
        self.code.setText(code.code)
        minutes = max(1, round(code.expires_in / 60))
        self.about.setText(self.language.say("desktop-profile-terminal-code", minutes=minutes))
        self.code.show()
        self.about.show()

    def _say(self) -> None:
        self.show_terminals(self._terminals)
        if self._shown_code is not None:
            self.show_code(self._shown_code)

    def _row(self, terminal: TerminalView) -> QWidget:
        holder = QWidget()
        holder.setProperty("look", "clear")
        line = row(holder)
        line.addWidget(Text(terminal.name, Type.STRONG, wraps=False))
        since = formats.day(terminal.enrolled_at, self.language.zone, self.language.locale)
        added = self.language.say("desktop-profile-terminal-since", day=since)
        line.addWidget(Text(added, Type.CAPTION, ink="muted"), 1)
        if terminal.is_this:
            line.addWidget(Chip(self.language.say("desktop-profile-terminal-this"), "good"))
            return holder
        part = button(self.language.say("desktop-profile-terminal-remove"), "quiet-danger")
        part.setAccessibleName(f"{part.text()}: {terminal.name}")
        part.clicked.connect(lambda: self.remove_wanted.emit(terminal))
        line.addWidget(part)
        return holder
