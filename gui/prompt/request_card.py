"""One request at a glance: who, what, how much, to whom, when, where. Used by the prompt and the history.

Everything shown comes as finished lines from `core/presentation`; this only arranges them. A price is
the one big thing on it, and nothing from an item's title can look like it.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.presentation.lines import ItemLine, Lines
from core.presentation.surroundings import clock_line, near_line
from core.wire.messages import RequestView
from gui.language import Language
from gui.parts.boxes import Rule, column, row, scrolled
from gui.parts.notices import Picture
from gui.parts.text import Chip, Text
from gui.prompt.place_map import PlaceMap
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Type

ITEMS_HEIGHT = 168
"""Pixels after which the list of items scrolls."""
LEAST_ITEMS_HEIGHT = 52
"""What a small screen leaves of it."""
LEAST_ITEMS_HEIGHT = 52
"""What a small screen leaves of it."""


class RequestCard(QFrame):
    """The content of one request."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self.setProperty("look", "card")
        self._column = column(self, SPACE_M, (SPACE_L, SPACE_L, SPACE_L, SPACE_L))
        self.corner = row(gap=0)
        """Beside the requester's name: the prompt puts its ring here."""
        self._body: QWidget | None = None
        self._map: PlaceMap | None = None
        self._header = _Header(theme)
        top = row(gap=SPACE_M)
        top.addWidget(self._header, 1)
        top.addLayout(self.corner)
        self._column.addLayout(top)

    def show_request(self, view: RequestView, lines: Lines) -> None:
        """Show a request, in place of the one before."""
        self._map = None
        self._header.show_requester(view, lines, self._language)
        body = QWidget()
        body.setProperty("look", "clear")
        stack = column(body, SPACE_M)
        stack.addWidget(Rule())
        self._add_what(stack, lines)
        stack.addWidget(Rule())
        self._add_facts(stack, view, lines)
        stack.addStretch(1)
        if self._body is not None:
            self._column.replaceWidget(self._body, body)
            self._body.hide()
            self._body.deleteLater()
        else:
            self._column.addWidget(body, 1)
        self._body = body

    def _add_what(self, stack: QVBoxLayout, lines: Lines) -> None:
        if lines.amount is None:
            for at, text in enumerate(lines.what):
                stack.addWidget(Text(text, Type.TITLE if at == 0 else Type.BODY))
            return
        total = row(gap=SPACE_M)
        amount = Text(lines.amount, Type.AMOUNT, wraps=False)
        total.addWidget(amount, 0, Qt.AlignmentFlag.AlignBottom)
        total.addStretch(1)
        total.addWidget(
            Chip(self._language.say("lines-play-money"), "info"), 0, Qt.AlignmentFlag.AlignVCenter
        )
        stack.addLayout(total)
        stack.addWidget(Text(self._language.say("lines-payee", payee=lines.payee or ""), Type.STRONG))
        stack.addWidget(self._items(lines.items))

    def _items(self, items: tuple[ItemLine, ...]) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, SPACE_S, 0)
        grid.setHorizontalSpacing(SPACE_M)
        grid.setVerticalSpacing(SPACE_XS)
        grid.setColumnStretch(0, 1)
        for at, item in enumerate(items):
            grid.addWidget(Text(item.text), at, 0)
            each = self._language.say("lines-each", price=item.unit_price) if item.quantity > 1 else ""
            grid.addWidget(Text(each, Type.CAPTION, ink="muted", wraps=False), at, 1)
            total = Text(item.total, ink="muted", wraps=False)
            grid.addWidget(total, at, 2, Qt.AlignmentFlag.AlignRight)
        area = scrolled(table)
        height = table.sizeHint().height() + 2
        area.setMaximumHeight(min(height, ITEMS_HEIGHT))
        area.setMinimumHeight(min(height, LEAST_ITEMS_HEIGHT))
        return area

    def drop_map(self) -> bool:
        """Leave the map out, where there is no room for it; says whether there was one."""
        if self._map is None:
            return False
        self._map.hide()
        self._map = None
        return True

    def _add_facts(self, stack: QVBoxLayout, view: RequestView, lines: Lines) -> None:
        context, texts = view.details.context, self._language.texts
        there = clock_line(context.place, context.requested_at, self._language.zone, texts)
        stack.addLayout(self._fact("clock", f"{lines.when} · {there}" if there else lines.when, "ink"))
        ink = "warn" if context.place.source == "reported" else "ink"
        stack.addLayout(self._fact("place", lines.where, ink))
        words = near_line(context.place, texts)
        if words is not None:
            stack.addLayout(self._fact("quiet", words, "muted"))
        if context.place.latitude is not None:
            place_map = PlaceMap(self._theme, self._language)
            place_map.show_place(context.place, f"{lines.where}. {words or ''}")
            stack.addWidget(place_map)
            self._map = place_map

    def _fact(self, icon: str, text: str, ink: str) -> QHBoxLayout:
        line = row(gap=SPACE_M)
        line.addWidget(Picture(self._theme, icon, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Text(text, ink=ink), 1)
        return line


class _Header(QWidget):
    """Who asks: icon by kind, the approver's own name for it, and how it calls the approver."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self._picture = Picture(theme, "ai_device", "accent", 40)
        self._name = Text("", Type.TITLE)
        self._about = Text("", Type.CAPTION, ink="muted")
        self._first = Chip("", "warn")
        line = row(self, SPACE_M)
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=SPACE_XS)
        words.addWidget(self._name)
        words.addWidget(self._about)
        words.addWidget(self._first, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        line.addLayout(words, 1)

    def show_requester(self, view: RequestView, lines: Lines, language: Language) -> None:
        self._picture.show_icon(view.details.context.requester.kind, "accent")
        self._name.setText(lines.headline)
        self._about.setText(f"{lines.kind} · {lines.nickname}")
        self._first.setText(language.say("lines-first-time"))
        self._first.setVisible(view.asker.first_request)
