"""The list of requests: which are shown, in what order, and what a row says; no window needed to know it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.domain.doubt import Doubt
from core.domain.nickname import nickname_key
from core.domain.request import State
from core.presentation.formats import day_in_year, listed
from core.presentation.lines import item_lines, lines, summary
from core.terminal.countdown import Countdown
from core.wire.messages import RequestView
from gui.language import Language
from gui.parts.text import visible
from gui.tones import TONES, name_of

ROW = Qt.ItemDataRole.UserRole + 1
VIEW = Qt.ItemDataRole.UserRole + 2
SPAN = Qt.ItemDataRole.UserRole + 3
"""The longest that a day can be, and every mark there is: all rows of a list are laid out alike."""
WIDEST_DAY, MOST_SECONDS = "2026-11-28T12:00:00Z", 300


class Shown(StrEnum):
    """Which requests the list shows."""

    ALL = "all"
    PENDING = "pending"
    PAST = "past"


@dataclass(frozen=True)
class Row:
    """What one row of the list says."""

    title: str
    """What it is about."""
    shorter: tuple[str, ...]
    """The same with fewer of its things, the longest first."""
    first: tuple[str, str]
    """Of the first of several things what may be cut short, and what follows it uncut: how many."""
    day: str
    """When."""
    who: str
    """The device's name."""
    amount: str
    """How much; empty where no money moves."""
    state: str
    """Where it stands, or the seconds left."""
    kind: str
    """Ground of the state: `good`, `bad`, `warn`, `quiet`."""
    icon: str
    """What the device is."""

    @property
    def about(self) -> str:
        """When and who, in one line."""
        return f"{self.who} · {self.day}"


DOUBTED = {"unproven", "unchecked"}
"""Payments that are not called paid."""


def row_of(view: RequestView, language: Language, doubt: Doubt | None = None) -> Row:
    """The row of one request; `doubt` is why its receipt is not believed, where that is known."""
    said = lines(view.details, language.texts, language.zone)
    context = view.details.context
    name = name_of(view, doubt)
    shorter, first = _shortened(view, language)
    return Row(
        shorter=shorter,
        first=first,
        title=summary(view.details, language.texts),
        day=day_in_year(context.requested_at, language.zone, language.locale),
        who=said.who,
        amount=said.amount or "",
        state=language.say("lines-state", state=_mark(view, name)),
        kind=TONES[name].kind,
        icon=context.requester.kind,
    )


def _shortened(view: RequestView, language: Language) -> tuple[tuple[str, ...], tuple[str, str]]:
    """Ways to say it in less room: nothing is named without how many of it are wanted."""
    texts, purchase = language.texts, view.details.purchase
    if purchase is None:
        return (), (summary(view.details, texts), "")
    items = item_lines(purchase, texts)
    wholes = tuple(
        listed([*(one.text for one in items[:count]), "…"], texts) for count in range(len(items) - 1, 0, -1)
    )
    one = items[0]
    end = one.text.removeprefix(one.title) if one.text.startswith(one.title) else ""
    head = one.title if end else one.text
    return wholes, (head, end if len(items) == 1 else listed([end, "…"], texts))


def _mark(view: RequestView, name: str) -> str:
    """What the list calls it: there is no room for a reason."""
    return name if name in DOUBTED else view.state


def is_wanted(view: RequestView, shown: Shown, search: str, language: Language) -> bool:
    """Whether a request is among those that are shown; search folds kana, case and spaces."""
    is_pending = view.state is State.PENDING
    if shown is not Shown.ALL and is_pending != (shown is Shown.PENDING):
        return False
    wanted = nickname_key(search)
    if not wanted:
        return True
    row = row_of(view, language)
    payee = view.details.purchase.payee.name if view.details.purchase else ""
    return wanted in nickname_key(f"{row.title} {row.about} {row.amount} {row.state} {payee}")


def in_order(views: Iterable[RequestView]) -> list[RequestView]:
    """What waits first, then the newest."""
    return sorted(
        views,
        key=lambda view: (view.state is State.PENDING, view.details.context.requested_at, view.revision),
        reverse=True,
    )


class RequestsModel(QAbstractListModel):
    """All requests that are known, as rows."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._all: dict[str, RequestView] = {}
        self._rows: list[RequestView] = []
        self._made: dict[tuple[str, int, State, Doubt | None], Row] = {}
        self._doubts: dict[str, Doubt | None] = {}
        self._spans: tuple[str, tuple[str, ...]] | None = None
        self._countdown: Callable[[str], Countdown | None] = lambda _: None
        self._seconds: dict[str, int] = {}
        self._shown, self._search = Shown.ALL, ""
        language.changed.connect(self._on_language)

    def count_with(self, countdown: Callable[[str], Countdown | None]) -> None:
        """Ask `countdown` for the time that a request has left."""
        self._countdown = countdown

    def put(self, *views: RequestView) -> None:
        """Add or change requests; an older revision of a known one changes nothing."""
        for view in views:
            known = self._all.get(view.id)
            if known is None or view.revision >= known.revision:
                self._all[view.id] = view
        self._refill()

    def doubt(self, request_id: str, why: Doubt | None) -> None:
        """A receipt was looked at: it is not believed for the reason `why`, or is (None)."""
        self._doubts[request_id] = why
        index = self.index_of(request_id)
        if index.isValid():
            self.dataChanged.emit(index, index)

    def show_only(self, shown: Shown, search: str) -> None:
        """Choose what is shown."""
        self._shown, self._search = shown, search
        self._refill()

    def tick(self) -> None:
        """Show the seconds that are left now, in the rows where they are others than at the last look."""
        before, self._seconds = self._seconds, {}
        for at, view in enumerate(self._rows):
            if view.state is not State.PENDING:
                break
            countdown = self._countdown(view.id)
            if countdown is None:
                continue
            self._seconds[view.id] = countdown.shown_s()
            if self._seconds[view.id] != before.get(view.id):
                self.dataChanged.emit(self.index(at), self.index(at))

    def until_change_ms(self) -> int | None:
        """Milliseconds until the seconds of a row change; None where no row counts."""
        counting = (self._countdown(view.id) for view in self._rows if view.state is State.PENDING)
        return min((one.until_change_ms() for one in counting if one and not one.is_over), default=None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever asked."""
        return not self._all

    @property
    def pending(self) -> int:
        """How many wait for an answer."""
        return sum(view.state is State.PENDING for view in self._all.values())

    def find(self, request_id: str) -> RequestView | None:
        """A request by its id."""
        return self._all.get(request_id)

    def index_of(self, request_id: str) -> QModelIndex:
        """Where a request is in the list; invalid where it is not shown."""
        for at, view in enumerate(self._rows):
            if view.id == request_id:
                return self.index(at)
        return QModelIndex()

    def all_views(self) -> tuple[RequestView, ...]:
        """Everything known, in order."""
        return tuple(in_order(self._all.values()))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        view = self._rows[index.row()]
        if role == VIEW:
            return view
        if role == SPAN:
            return self._span()
        row = self._row(view)
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return visible(", ".join(part for part in (row.title, row.amount, row.about, row.state) if part))
        return None

    def _row(self, view: RequestView) -> Row:
        """The row of a request; what does not change with the seconds is made once.

        A request whose time is up here has no revision yet that says so.
        """
        key = (view.id, view.revision, view.state, self._doubts.get(view.id))
        if key not in self._made:
            self._made[key] = row_of(view, self._language, self._doubts.get(view.id))
        countdown = self._countdown(view.id)
        if view.state is not State.PENDING or countdown is None:
            return self._made[key]
        seconds = self._language.say("lines-seconds", seconds=countdown.shown_s())
        return replace(self._made[key], state=seconds)

    def _span(self) -> tuple[str, tuple[str, ...]]:
        if self._spans is None:
            say = self._language.say
            marks = [say("lines-state", state=one) for one in (*State, *sorted(DOUBTED))]
            marks.append(say("lines-seconds", seconds=MOST_SECONDS))
            day = day_in_year(WIDEST_DAY, self._language.zone, self._language.locale)
            self._spans = (day, tuple(marks))
        return self._spans

    def _on_language(self) -> None:
        self._made.clear()
        self._spans = None
        self._refill()

    def _refill(self) -> None:
        wanted = [v for v in self._all.values() if is_wanted(v, self._shown, self._search, self._language)]
        rows = in_order(wanted)
        if [row.id for row in rows] == [row.id for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        known = {row.id for row in self._rows}
        if [row.id for row in rows if row.id in known] == [row.id for row in self._rows]:
            self._insert(rows, known)
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _insert(self, rows: list[RequestView], known: set[str]) -> None:
        """Put the new rows where they belong; the others stay where they are."""
        for at, row in enumerate(rows):
            if row.id not in known:
                self.beginInsertRows(QModelIndex(), at, at)
                self._rows.insert(at, row)
                self.endInsertRows()
        self._rows = rows
