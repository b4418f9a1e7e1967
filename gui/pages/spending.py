"""The page of spending: what was paid, by month, by device, by payee."""

from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from gui.language import Language, Wording
from gui.pages.requests_model import RequestsModel
from gui.pages.spending_plot import SpendingPlot
from gui.pages.spending_sums import By, bars
from gui.parts.boxes import Card, Flow, column, row, scrolled
from gui.parts.notices import Blank
from gui.parts.text import PageTitle, Text
from gui.theme.theme import Theme
from gui.theme.type_scale import SPACE_L, SPACE_M, Type


class SpendingPage(QWidget):
    """Sums of what the list of requests knows."""

    def __init__(self, theme: Theme, language: Language, model: RequestsModel) -> None:
        super().__init__()
        self._language, self._model = language, model
        self.title, self.note = PageTitle(), Text("", Type.CAPTION, ink="muted")
        self.by, self.plot = QComboBox(), SpendingPlot(theme)
        self.blank = Blank(theme, "spending")
        inside = Flow()
        stack = column(inside, SPACE_M)
        card = Card()
        card.column.addWidget(self.plot)
        card.column.addWidget(self.note)
        stack.addWidget(card)
        stack.addStretch(1)
        self._pile = QStackedWidget()
        self._pile.addWidget(self.blank)
        self._pile.addWidget(scrolled(inside))
        head = row(gap=SPACE_M)
        head.addWidget(self.title, 1)
        head.addWidget(self.by)
        whole = column(self, SPACE_M, (SPACE_L, SPACE_L, SPACE_L, SPACE_L))
        whole.addLayout(head)
        whole.addWidget(self._pile, 1)
        self._word()
        self.by.currentIndexChanged.connect(self.refresh)
        language.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Add up again."""
        found = bars(self._model.all_views(), By(self.by.currentData() or By.MONTH), self._language)
        self.plot.show_bars(found)
        self._pile.setCurrentIndex(1 if found else 0)
        self.by.setVisible(bool(found))

    def _word(self) -> None:
        wording = Wording(self, self._language)
        wording.put("desktop-room-spending", self.title.setText)
        wording.put("desktop-spending-by", self.by.setAccessibleName)
        wording.put("desktop-spending-note", self.note.setText)
        wording.put("desktop-spending-empty", self.blank.heading.setText)
        wording.put("desktop-spending-empty-more", self.blank.sentence.setText)
        for by in By:
            self.by.addItem("", by)
        self._language.changed.connect(self._say_items)
        self._say_items()

    def _say_items(self) -> None:
        for at, by in enumerate(By):
            self.by.setItemText(at, self._language.say(f"desktop-spending-by-{by}"))
