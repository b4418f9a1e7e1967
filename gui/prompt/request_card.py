"""One request at a glance: who, what, how much, to whom, when, where. Used by the prompt and the history.

Everything shown comes as finished lines from `core/presentation`; this only arranges them. A price is
the one big thing on it, and nothing from an item's title can look like it. In the prompt, who asks, the price
and the payee stand still, and all else may scroll; the history shows everything.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.presentation.lines import ItemLine, Lines, about_line
from core.presentation.surroundings import clock_line, near_line
from core.wire.messages import RequestView
from gui.language import Language
from gui.parts.boxes import Rule, column, row
from gui.parts.notices import Picture
from gui.parts.text import Chip, Text
from gui.prompt.facts import Facts
from gui.prompt.place_map import PlaceMap
from gui.prompt.request_header import RequestHeader
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Type


class RequestCard(QFrame):
    """The content of one request."""

    rebuilt = Signal()
    """Its `amount`, `payee` and `facts` are others than before."""

    def __init__(self, theme: Theme, language: Language, *, scrolls: bool = False) -> None:
        super().__init__()
        self._theme, self._language, self._scrolls = theme, language, scrolls
        self.setProperty("look", "card")
        self._column = column(self, SPACE_M, (SPACE_L, SPACE_L, SPACE_L, SPACE_L))
        self.corner = row(gap=0)
        """Beside the requester's name: the prompt puts its ring here."""
        self.amount: Text | None = None
        self.payee: Text | None = None
        self.facts: Facts | None = None
        """The part that may scroll; None in the history."""
        self._body: QWidget | None = None
        self._map: PlaceMap | None = None
        self._shown: tuple[RequestView, Lines] | None = None
        self._is_tight = False
        self.header = RequestHeader(theme)
        top = row(gap=SPACE_M)
        top.addWidget(self.header, 1)
        top.addLayout(self.corner)
        self._column.addLayout(top)

    def show_request(self, view: RequestView, lines: Lines) -> None:
        """Show a request, in place of the one before."""
        self._shown = view, lines
        self._is_tight = False
        self._build(view, lines)

    def condense(self) -> None:
        """Take as little room as may be: the price and the payee side by side, all else to be scrolled."""
        if self._shown is not None and not self._is_tight:
            self._is_tight = True
            self._build(*self._shown)

    def drop_map(self) -> bool:
        """Leave the map out, where there is no room for it; says whether there was one."""
        if self._map is None:
            return False
        self._map.hide()
        self._map = None
        return True

    def edges(self) -> int:
        """Pixels of the card's width that its content does not have."""
        margins, frame = self._column.contentsMargins(), self.contentsMargins()
        return margins.left() + margins.right() + frame.left() + frame.right()

    def _build(self, view: RequestView, lines: Lines) -> None:
        tight = self._is_tight
        pad = SPACE_S if tight else SPACE_L
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(SPACE_S if tight else SPACE_M)
        self._map = self.amount = self.payee = self.facts = None
        self.header.show_requester(view, lines, self._language, is_tight=tight)
        body = QWidget()
        body.setProperty("look", "clear")
        stack = column(body, SPACE_S if tight else SPACE_M)
        self._add_what(stack, lines)
        facts = self._begin_facts(stack)
        self._add_facts(facts, view, lines)
        facts.addStretch(1)
        self._replace(body)

    def _begin_facts(self, stack: QVBoxLayout) -> QVBoxLayout:
        if not self._scrolls:
            return stack
        self.facts = Facts(stack.spacing())
        self.facts.area.setAccessibleName(self._language.say("prompt-facts"))
        stack.addWidget(self.facts)
        return self.facts.column

    def _replace(self, body: QWidget) -> None:
        if self._body is not None:
            self._column.replaceWidget(self._body, body)
            self._body.hide()
            self._body.deleteLater()
        else:
            self._column.addWidget(body, 1)
        self._body = body
        self.rebuilt.emit()

    def _add_what(self, stack: QVBoxLayout, lines: Lines) -> None:
        if not self._is_tight:
            stack.addWidget(Rule())
        if lines.amount is None:
            return
        self.amount = Text(lines.amount, Type.HEADING if self._is_tight else Type.AMOUNT, wraps=False)
        self.payee = Text(self._language.say("lines-payee", payee=lines.payee or ""), Type.STRONG)
        total = row(gap=SPACE_M)
        total.addWidget(self.amount, 0, Qt.AlignmentFlag.AlignBottom)
        if self._is_tight:
            total.addWidget(self.payee, 1)
            stack.addLayout(total)
            return
        total.addStretch(1)
        total.addWidget(self._play_money(), 0, Qt.AlignmentFlag.AlignVCenter)
        stack.addLayout(total)
        stack.addWidget(self.payee)

    def _play_money(self) -> Chip:
        return Chip(self._language.say("lines-play-money"), "info")

    def _items(self, items: tuple[ItemLine, ...]) -> QWidget:
        table = QWidget()
        table.setProperty("look", "clear")
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_M)
        grid.setVerticalSpacing(SPACE_XS)
        grid.setColumnStretch(0, 1)
        for at, item in enumerate(items):
            grid.addWidget(Text(item.text), at, 0)
            each = self._language.say("lines-each", price=item.unit_price) if item.quantity > 1 else ""
            price = Text(each, Type.CAPTION, ink="muted", wraps=False)
            grid.addWidget(price, at, 1, Qt.AlignmentFlag.AlignRight)
            total = Text(item.total, ink="muted", wraps=False)
            grid.addWidget(total, at, 2, Qt.AlignmentFlag.AlignRight)
        return table

    def _add_facts(self, stack: QVBoxLayout, view: RequestView, lines: Lines) -> None:
        if self._is_tight:
            self._add_moved(stack, view, lines)
        if lines.amount is None:
            for at, text in enumerate(lines.what):
                stack.addWidget(Text(text, Type.TITLE if at == 0 else Type.BODY))
        else:
            stack.addWidget(self._items(lines.items))
        stack.addWidget(Rule())
        self._add_surroundings(stack, view, lines)

    def _add_moved(self, stack: QVBoxLayout, view: RequestView, lines: Lines) -> None:
        """What stands in the header where there is room."""
        if view.asker.first_request:
            first = Chip(self._language.say("lines-first-time"), "warn")
            stack.addWidget(first, 0, Qt.AlignmentFlag.AlignLeft)
        about = row(gap=SPACE_M)
        said = about_line(view, lines, self._language.texts, self._language.zone)
        about.addWidget(Text(said, Type.CAPTION, ink="muted"), 1)
        if lines.amount is not None:
            about.addWidget(self._play_money())
        stack.addLayout(about)

    def _add_surroundings(self, stack: QVBoxLayout, view: RequestView, lines: Lines) -> None:
        context, texts = view.details.context, self._language.texts
        there = clock_line(context.place, context.requested_at, self._language.zone, texts)
        stack.addLayout(self._fact("clock", f"{lines.when} · {there}" if there else lines.when, "ink"))
        ink = "warn" if context.place.source == "reported" else "ink"
        stack.addLayout(self._fact("place", lines.where, ink))
        words = near_line(context.place, texts)
        if words is not None:
            stack.addLayout(self._fact("quiet", words, "muted"))
        if context.place.latitude is not None and not self._is_tight:
            place_map = PlaceMap(self._theme, self._language)
            place_map.show_place(context.place, f"{lines.where}. {words or ''}")
            stack.addWidget(place_map)
            self._map = place_map

    def _fact(self, icon: str, text: str, ink: str) -> QHBoxLayout:
        line = row(gap=SPACE_M)
        line.addWidget(Picture(self._theme, icon, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Text(text, ink=ink), 1)
        return line
