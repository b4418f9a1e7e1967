"""A field for a point on the map: a town is found by its name, and a point says what it is near to."""

from typing import cast

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from core.domain.place import Place
from core.presentation.gazetteer import Match
from core.presentation.surroundings import near_line
from core.terminal.places import is_point, place_claim
from gui.language import Language
from gui.parts.choices import offer
from gui.parts.form import Field, line
from gui.parts.town_search import TownSearch, matches, point_of, titles


class PointField(Field):
    """A town to be chosen, or latitude and longitude, as every map on the web copies them."""

    def __init__(self, language: Language, text: str = "") -> None:
        super().__init__(line(text))
        self._language = language
        self._edit = cast(QLineEdit, self.control)
        self._found: tuple[Match, ...] = ()
        self._search = TownSearch(self)
        self._search.found.connect(self._offer)
        self._titles = QStringListModel(self)
        self.towns = offer()
        """The list that opens under the field."""
        self._completer = QCompleter(self._titles, self)
        self._completer.setPopup(self.towns)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setWidget(self._edit)  # not setCompleter: that writes the town's name into the field
        self._completer.activated.connect(self._take)
        self._edit.textChanged.connect(self._look)
        self._edit.textEdited.connect(self._on_edited)
        language.changed.connect(self.say)
        self.say()

    @property
    def text(self) -> str:
        """As typed."""
        return self._edit.text().strip()

    @property
    def is_choosing(self) -> bool:
        """Whether towns are offered, and Enter is for one of them."""
        return self.towns.isVisible()

    @property
    def offered(self) -> list[str]:
        """The towns that are offered."""
        return self._titles.stringList() if self.is_choosing else []

    def say(self) -> None:
        """Say everything in the language now in force."""
        name = self._language.say("desktop-pairing-point")
        self.set_label(name)
        self.towns.setAccessibleName(name)
        self._look()

    def judge(self) -> bool:
        """Whether there is no point, or one that can be read; a town typed to the end becomes its point."""
        if is_point(self.text):
            return True
        town = next((one for one in matches(self.text, self._language.locale) if one.is_exact), None)
        if town is not None:
            self._edit.setText(point_of(town))
            return True
        self.complain(self._language.say("desktop-pairing-point-wrong"))
        return False

    def _on_edited(self, text: str) -> None:
        if is_point(text) or text.strip()[:1] in "+-.0123456789":
            self.towns.hide()
        else:
            self._search.look(text.strip(), self._language.locale)

    def _offer(self, text: str, found: tuple[Match, ...]) -> None:
        """Offer the towns, unless something else was typed meanwhile or the person has gone on."""
        if text != self.text or not self._edit.hasFocus():
            return
        self._found = found
        self._titles.setStringList(titles(found, self._language.locale))
        if found:
            self._completer.complete()
            self.towns.setCurrentIndex(self._completer.completionModel().index(0, 0))
        else:
            self.towns.hide()

    def _take(self, title: str) -> None:
        """The person has chosen a town."""
        self._edit.setText(point_of(self._found[self._titles.stringList().index(title)]))

    def _look(self) -> None:
        self.set_help(self._near() or self._language.say("desktop-pairing-point-help"))

    def _near(self) -> str | None:
        if not self.text or not is_point(self.text):
            return None
        claim = place_claim("", self.text)
        place = Place("", "registered", claim.latitude, claim.longitude, claim.accuracy_m)
        return near_line(place, self._language.texts)
