"""The main window: a rail of rooms on the left, one room on the right, and a line above it when offline."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QMainWindow, QStackedWidget, QWidget

from gui.connection import Connection, status
from gui.language import Language, Wording
from gui.parts.boxes import column, row
from gui.parts.notices import Banner, Picture
from gui.parts.portrait import Portrait
from gui.parts.rail_button import RailButton
from gui.parts.text import Text
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_L, SPACE_M, SPACE_S, Type

RAIL_WIDTH, NARROW_RAIL_WIDTH = 208, 64
BRAND, BRAND_EDGE, PORTRAIT, NARROW_EDGE = 34, 3, 32, 6
SIZE = (1000, 680)
LEAST = (360, 320)
WIDEST = 1_440
"""On a very large screen a room stays in the middle: nobody reads lines of three thousand pixels."""
NARROW = 880
"""A window that is less wide has a rail of icons alone."""


class MainWindow(QMainWindow):
    """The home of the person's consent."""

    close_wanted = Signal()
    assistant_wanted = Signal()
    """Its window is wanted in front."""
    reconnect_wanted = Signal()
    room_changed = Signal(str)
    connection_changed = Signal(object)
    """The `Connection` as it is now."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._rooms: dict[str, tuple[RailButton, str]] = {}
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._pages: dict[str, QWidget] = {}
        self._choices = QButtonGroup(self)
        self._pile = QStackedWidget()
        self.banner = Banner(theme)
        self.banner.hide()
        self.status = Text("", Type.CAPTION, ink="muted")
        self.portrait = Portrait(theme, PORTRAIT)
        self.portrait.hide()
        self.assistant: RailButton | None = None
        """The way to the assistant's window, where there is an assistant."""
        self._wording = Wording(self, language)
        self._connection, self._user = Connection.CONNECTING, ""
        self._pending = 0
        self._is_narrow = False
        self._lay_out()
        self.resize(*SIZE)
        self.setMinimumSize(*LEAST)
        theme.changed.connect(self._draw)
        language.changed.connect(self._say)
        self.banner.action.clicked.connect(self.reconnect_wanted)
        self._say()

    def add_room(self, name: str, icon: str, make: Callable[[], QWidget]) -> None:
        """Add a room.

        Args:
            name: `requests` …; its sentence is `desktop-room-<name>`.
            icon: its icon.
            make: makes what it shows, when somebody first enters it.
        """
        choice = RailButton(self._theme)
        choice.setCheckable(True)
        # toggled, not clicked: a screen reader toggles what can be checked
        choice.toggled.connect(lambda is_on: self._enter(name) if is_on else None)
        self._choices.addButton(choice)
        self._rail.insertWidget(2 + len(self._rooms), choice)
        if self._rooms:  # the rail is one stop for Tab, whatever the rooms made meanwhile
            QWidget.setTabOrder([before for before, _ in self._rooms.values()][-1], choice)
        self._rooms[name] = (choice, icon)
        self._makers[name] = make
        number = len(self._rooms)
        QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda: self.go_to(name))
        self._draw()
        self._say()
        if number == 1:
            self.go_to(name)

    def offer_assistant(self) -> None:
        """Give a way to the assistant's window, which this one may lie upon."""
        self.assistant = RailButton(self._theme)
        self.assistant.clicked.connect(self.assistant_wanted)
        self._rail.insertWidget(self._rail.count() - 1, self.assistant)
        QWidget.setTabOrder([choice for choice, _ in self._rooms.values()][-1], self.assistant)
        self._draw()
        self._say()
        QShortcut(QKeySequence(f"Ctrl+{len(self._rooms) + 1}"), self, self.assistant_wanted.emit)

    def go_to(self, name: str) -> None:
        """Show a room."""
        choice = self._rooms[name][0]
        if self.focusWidget() in (None, *(one for one, _ in self._rooms.values())):
            choice.setFocus()
        if choice.isChecked():
            self._enter(name)
        else:
            choice.setChecked(True)

    def _enter(self, name: str) -> None:
        if name not in self._pages:
            self._pages[name] = self._makers[name]()
            self._pile.addWidget(self._pages[name])
        self._pile.setCurrentWidget(self._pages[name])
        self._draw()
        self.room_changed.emit(name)

    @property
    def room(self) -> str:
        """The room that is shown."""
        shown = self._pile.currentWidget()
        return next((name for name, page in self._pages.items() if page is shown), "")

    def count_pending(self, pending: int) -> None:
        """Show beside "Requests" how many wait."""
        self._pending = pending
        self._say()

    def show_person(self, name: str, image: QImage | None) -> None:
        """Show whose home it is, at the foot of the rail."""
        self.portrait.show_person(name, image)
        self.portrait.show()

    def be_of(self, user: str) -> None:
        """Whose home it is, by user ID; that says nothing of the connection."""
        self._user = user
        self._say()

    def be_connecting(self) -> None:
        """Nobody has answered yet."""
        self._be(Connection.CONNECTING)

    def be_online(self, user: str) -> None:
        """Everything works, but for what was warned of; `user` is empty while it is not known."""
        self._user = user or self._user
        self.warn(self._warning)
        self._be(Connection.ONLINE)

    def be_answered(self, is_answered: bool) -> None:
        """Something was asked beside the stream of requests, and was answered or was not."""
        if self._connection is Connection.SILENT and is_answered:
            self.be_online("")
        elif self._connection is Connection.ONLINE and not is_answered:
            self._tell_away("server_away")
            self._be(Connection.SILENT)

    def be_offline(self, code: str) -> None:
        """The server is away; it is tried again."""
        self._tell_away(code)
        self._be(Connection.OFFLINE)

    def _tell_away(self, code: str) -> None:
        known = f"desktop-offline-{code}"
        self._trouble = known if self._language.texts.has(known) else "desktop-offline-other"
        self.banner.action.show()
        self.banner.tell(self._language.say(self._trouble), "warn", "offline")

    def be_removed(self) -> None:
        """This computer was taken out of the person's profile."""
        self._tell_bad(self._language.say("desktop-removed"))
        self._be(Connection.REMOVED)

    def be_broken(self, sentence: str) -> None:
        """There is no connection, and only the person can change it."""
        self._tell_bad(sentence)
        self._be(Connection.BROKEN)

    def _be(self, connection: Connection) -> None:
        is_new = connection is not self._connection
        self._connection = connection
        self._say()
        if is_new:
            self.connection_changed.emit(connection)

    def warn(self, sentence: str) -> None:
        """Say what is missing here for as long as Nod runs; nothing where the sentence is empty."""
        self._warning = sentence
        self._tell_bad(sentence)

    def _tell_bad(self, sentence: str) -> None:
        self._trouble = ""
        self.banner.action.hide()
        self.banner.tell(sentence, "bad", "warn")

    def come_up(self) -> None:
        """Be seen, in front."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < NARROW
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            self._rail_frame.setFixedWidth(NARROW_RAIL_WIDTH if is_narrow else RAIL_WIDTH)
            self._space_rail(is_narrow)
            for wide in (self._brand, self.status):
                wide.setHidden(is_narrow)
            self._say()

    def _space_rail(self, is_narrow: bool) -> None:
        """Everything in a narrow rail is in its middle, and an icon has room for a badge beside it."""
        side = NARROW_EDGE if is_narrow else SPACE_M
        self._rail.setContentsMargins(side, SPACE_L, side, SPACE_M)
        self._brand_row.setContentsMargins(0 if is_narrow else BRAND_EDGE, 0, 0, 0)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.close_wanted.emit()

    def _lay_out(self) -> None:
        self._trouble = self._warning = ""
        rail = self._rail_frame = QFrame()
        rail.setProperty("look", "rail")
        rail.setFixedWidth(RAIL_WIDTH)
        self._rail = column(rail, SPACE_S)
        brand = self._brand_row = row(gap=SPACE_M)
        brand.addWidget(Picture(self._theme, "nod", "accent", BRAND))
        self._brand = Text("Nod", Type.HEADING, wraps=False)
        brand.addWidget(self._brand, 1)
        self._rail.addLayout(brand)
        self._rail.addSpacing(SPACE_M)
        self._rail.addStretch(1)
        foot = row(gap=SPACE_S)
        foot.addWidget(self.portrait)
        foot.addWidget(self.status, 1)
        self._rail.addLayout(foot)
        self._space_rail(False)
        middle = QWidget()
        whole = row(middle, 0)
        whole.addWidget(rail)
        right = column(gap=0)
        holder = column(gap=0, edges=(SPACE_L, SPACE_M, SPACE_L, 0))
        holder.addWidget(self.banner)
        right.addLayout(holder)
        right.addWidget(self._pile, 1)
        room = QWidget()
        room.setLayout(right)
        room.setProperty("look", "clear")
        room.setMaximumWidth(WIDEST)
        whole.addStretch(1)
        whole.addWidget(room, 1_000)
        whole.addStretch(1)
        middle.setProperty("look", "window")
        self.setCentralWidget(middle)

    def _draw(self) -> None:
        for choice, icon in self._rooms.values():
            choice.setIcon(self._theme.icon(icon, "accent" if choice.isChecked() else "muted"))
        if self.assistant is not None:
            self.assistant.setIcon(self._theme.icon("ai_device", "muted"))

    def _say(self) -> None:
        say = self._language.say
        self.setWindowTitle("Nod")
        self.status.setText(say(status(self._connection, self._user), user=self._user))
        self.banner.action.setText(say("desktop-try-now"))
        if self._trouble and not self.banner.isHidden():
            self.banner.tell(say(self._trouble), "warn", "offline")
        elif self._connection is Connection.REMOVED:
            self._tell_bad(say("desktop-removed"))
        for name, (choice, _icon) in self._rooms.items():
            count = self._pending if name == "requests" else 0
            choice.tell(say(f"desktop-room-{name}"), is_narrow=self._is_narrow, count=count)
        if self.assistant is not None:
            self.assistant.tell(say("desktop-assistant"), is_narrow=self._is_narrow)
