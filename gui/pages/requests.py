"""The page of requests: what waits, what was, found by a word or a filter, and the whole of one beside.

A request that comes is selected, for it is what its person will look for here: it waits a minute, and what
was selected before has ended. It is not while another one that waits is selected, nor while the person works
in the list or in the request beside it: then it only takes its place at the top of the list.
"""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QListView, QStackedWidget, QWidget

from core.domain.request import State
from core.wire.messages import RequestView
from gui.beat import Beat
from gui.language import Language, Wording
from gui.pages.again_watch import AgainWatch
from gui.pages.at_work import AtWork
from gui.pages.request_detail import RequestDetail
from gui.pages.request_list import RequestList
from gui.pages.request_row import RequestRow
from gui.pages.requests_model import VIEW, RequestsModel, Shown
from gui.parts.boxes import button, column, row
from gui.parts.notices import Blank
from gui.parts.text import PageTitle
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_L, SPACE_M, SPACE_S

NARROW = 660
"""A page that is less wide shows the list or one request."""


class RequestsPage(QWidget):
    """Requests of the person whose terminal this is."""

    answer_wanted = Signal(str)
    chosen = Signal(object)
    """A `RequestView` whose receipt should be looked at."""
    older_wanted = Signal()
    """The end of the list is in sight, or somebody asks for what came before."""
    assistant_wanted = Signal()
    """The assistant's window is wanted, to say something to it."""
    pair_wanted = Signal()
    """Nobody can ask yet: something is to be paired."""

    def __init__(
        self, theme: Theme, language: Language, model: RequestsModel, beat: Beat | None = None
    ) -> None:
        super().__init__()
        self._model, self._language, self._theme = model, language, theme
        self.title = PageTitle()
        self.search, self.filter, self.list = QLineEdit(), QComboBox(), RequestList()
        self.detail = RequestDetail(theme, language)
        self.blank, self.nothing = Blank(theme, "inbox"), Blank(theme, "search")
        self.loading, self.away = Blank(theme, "inbox"), Blank(theme, "offline")
        self.work = AtWork(self, self.list, self.list.viewport(), self.search, *self.detail.hands)
        self.older = button(look="quiet")
        self.older.hide()
        self._waiting: frozenset[str] = frozenset()
        self._is_loading, self._is_away = True, False
        self._is_narrow = self._is_open = False
        self._nickname = ""
        self._has_assistant, self._is_paired = False, True
        AgainWatch(model, self.detail)
        self.blank.offer(self._on_blank)
        self._beat = beat or Beat(self)
        self._beat.struck.connect(self._on_beat)
        self._lay_out()
        self._word()
        self._connect()
        self._look()

    def be_loaded(self) -> None:
        """What the server has is here."""
        self._is_loading = self._is_away = False
        self._look()

    def be_away(self) -> None:
        """The server cannot be asked, so that nothing is known of what it has."""
        self._is_away = self._is_loading
        self._look()

    def invite(self, nickname: str) -> None:
        """Say on the empty page how to ask for something, for whoever has the built-in assistant."""
        self._nickname = nickname
        self._say_empty()

    def be_paired(self, is_paired: bool) -> None:
        """Whether there is anybody who may ask; else the empty page says how to pair."""
        self._is_paired = is_paired
        self._say_empty()

    def offer_assistant(self) -> None:
        """Give the empty page a way to the window that orders are said in."""
        self._has_assistant = True
        self._say_empty()

    def _say_empty(self) -> None:
        say, action = self._language.say, self.blank.action
        key = "more" if not self._nickname else "try"
        said = f"desktop-requests-empty-{key if self._is_paired else 'pair'}"
        self.blank.sentence.setText(say(said, nickname=self._nickname))
        if action is not None:
            action.setText(
                say("desktop-requests-empty-assistant" if self._is_paired else "desktop-devices-pair")
            )
            action.setVisible(self._has_assistant or not self._is_paired)

    def _on_blank(self) -> None:
        (self.assistant_wanted if self._is_paired else self.pair_wanted).emit()

    def offer_older(self, has_older: bool) -> None:
        """Say whether there are older requests than those in the list."""
        self.older.setVisible(has_older)

    def show_waiting(self) -> None:
        """Show what waits for an answer, and nothing else."""
        self.search.clear()
        self.filter.setCurrentIndex(self.filter.findData(Shown.PENDING))

    def choose(self, request_id: str) -> None:
        """Show a request, whatever is filtered."""
        if not self._model.index_of(request_id).isValid():
            self.search.clear()
            self.filter.setCurrentIndex(0)
        index = self._model.index_of(request_id)
        if index.isValid():
            self.list.setCurrentIndex(index)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_beat()

    def _on_beat(self) -> None:
        """Show the seconds of now, and again when they change; not while nobody sees them."""
        if not self.isVisible():
            return
        self._model.tick()
        wait_ms = self._model.until_change_ms()
        if wait_ms is not None:
            self._beat.strike_within(wait_ms)

    def _lay_out(self) -> None:
        self.list.setModel(self._model)
        self.list.setItemDelegate(RequestRow(self._theme))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.search.setClearButtonEnabled(True)
        left = self._left = QWidget()
        left.setProperty("look", "clear")
        stack = column(left, SPACE_M)
        tools = row()
        tools.addWidget(self.search, 1)
        tools.addWidget(self.filter)
        stack.addLayout(tools)
        self._found = _pile(self.list, self.nothing)
        stack.addWidget(self._found, 1)
        stack.addWidget(self.older, 0, Qt.AlignmentFlag.AlignHCenter)
        both = QWidget()
        both.setProperty("look", "clear")
        halves = row(both, SPACE_L)
        halves.addWidget(left, 5)
        halves.addWidget(self._lay_out_detail(), 6)
        self._pile = _pile(self.loading, self.away, self.blank, both)
        self._both = both
        whole = column(self, SPACE_M, (SPACE_L, SPACE_L, SPACE_L, SPACE_L))
        whole.addWidget(self.title)
        whole.addWidget(self._pile, 1)

    def _lay_out_detail(self) -> QWidget:
        beside = self._beside = QWidget()
        beside.setProperty("look", "clear")
        stack = column(beside, SPACE_S)
        self.back = button(look="quiet")
        self.back.hide()
        stack.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        stack.addWidget(self.detail, 1)
        return beside

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < NARROW
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            self._show_halves()

    def _show_halves(self) -> None:
        """List and request beside each other, or one of them where there is no room for both."""
        has_rows = self._model.rowCount() > 0
        self._left.setVisible(not (self._is_narrow and self._is_open))
        self._beside.setVisible(has_rows and (self._is_open or not self._is_narrow))
        self.back.setVisible(self._is_narrow)

    def _open(self, is_open: bool) -> None:
        """On a narrow window: turn to the request, or back to the list."""
        self._is_open = is_open
        self._show_halves()
        if self._is_narrow:
            (self.back if is_open else self.list).setFocus()

    def _connect(self) -> None:
        self.list.clicked.connect(lambda _: self._open(True))
        self.back.clicked.connect(lambda: self._open(False))
        self.search.textChanged.connect(self._narrow)
        self.filter.currentIndexChanged.connect(self._narrow)
        self._model.modelReset.connect(self._look)
        self._model.rowsInserted.connect(self._look)
        self._model.dataChanged.connect(self._on_changed)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.activated.connect(self._on_activated)
        self.detail.answer_wanted.connect(self.answer_wanted)
        self.older.clicked.connect(self.older_wanted)
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def _word(self) -> None:
        wording = Wording(self, self._language)
        wording.put("desktop-back", self.back.setText)
        wording.put("desktop-requests", self.title.setText, self.list.setAccessibleName)
        wording.put("desktop-requests-search", self.search.setPlaceholderText, self.search.setAccessibleName)
        wording.put("desktop-requests-filter", self.filter.setAccessibleName)
        blanks = {"empty": self.blank, "nothing": self.nothing, "loading": self.loading, "away": self.away}
        for name, blank in blanks.items():
            wording.put(f"desktop-requests-{name}", blank.heading.setText)
            wording.put(f"desktop-requests-{name}-more", blank.sentence.setText)
        wording.put("desktop-requests-older", self.older.setText)
        self._language.changed.connect(self._say_empty)
        self._say_empty()
        for at, shown in enumerate(Shown):
            self.filter.addItem("", shown)
            wording.put(f"desktop-requests-{shown}", partial(self.filter.setItemText, at))

    def _narrow(self) -> None:
        self._model.show_only(Shown(self.filter.currentData() or Shown.ALL), self.search.text())

    def _look(self) -> None:
        if self._is_loading and self._model.is_empty:
            self._pile.setCurrentWidget(self.away if self._is_away else self.loading)
            return
        self._pile.setCurrentWidget(self.blank if self._model.is_empty else self._both)
        has_rows = self._model.rowCount() > 0
        self._found.setCurrentWidget(self.list if has_rows else self.nothing)
        self._is_open = self._is_open and has_rows
        self._show_halves()
        if has_rows:
            self._select()

    def _select(self) -> None:
        """Keep what is selected, unless it has gone or a newcomer is to be seen instead."""
        shown = self._model.index_of(self.detail.request_id or "")
        newest: RequestView = self._model.index(0).data(VIEW)
        if not shown.isValid() or self._is_for(newest, shown.data(VIEW)):
            shown = self._model.index(0)
        self._waiting |= {newest.id} if newest.state is State.PENDING else set()
        self.list.setCurrentIndex(shown)

    def _is_for(self, newest: RequestView, selected: RequestView) -> bool:
        """Whether the request at the top has just come and may take the other's place."""
        has_come = newest.state is State.PENDING and newest.id not in self._waiting
        return has_come and selected.state is not State.PENDING and not self.work.is_on

    def _on_scrolled(self, value: int) -> None:
        if value == self.list.verticalScrollBar().maximum() and self.older.isVisible():
            self.older_wanted.emit()

    def _on_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        current = self.list.currentIndex()
        if current.isValid() and first.row() <= current.row() <= last.row():
            view: RequestView = current.data(VIEW)
            if view is not self.detail.view:
                self._on_current(current, current)

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            view: RequestView = current.data(VIEW)
            if view is not self.detail.view:
                self.detail.show_request(view)
                self.chosen.emit(view)

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self._open(True)
            if self.detail.may_answer:
                self.answer_wanted.emit(index.data(VIEW).id)


def _pile(*pages: QWidget) -> QStackedWidget:
    made = QStackedWidget()
    made.setProperty("look", "clear")
    for page in pages:
        made.addWidget(page)
    return made
