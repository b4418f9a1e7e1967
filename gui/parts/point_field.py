"""A field for a point on the map, which says at once what it is near to."""

from typing import cast

from PySide6.QtWidgets import QLineEdit

from core.domain.place import Place
from core.presentation.surroundings import near_line
from core.terminal.places import is_point, place_claim
from gui.language import Language
from gui.parts.form import Field, line


class PointField(Field):
    """Latitude and longitude, as every map on the web copies them."""

    def __init__(self, language: Language, text: str = "") -> None:
        super().__init__(line(text))
        self._language = language
        self._edit = cast(QLineEdit, self.control)
        self._edit.textChanged.connect(self._look)
        language.changed.connect(self.say)
        self.say()

    @property
    def text(self) -> str:
        """As typed."""
        return self._edit.text().strip()

    def say(self) -> None:
        """Say everything in the language now in force."""
        self.set_label(self._language.say("desktop-pairing-point"))
        self._look()

    def judge(self) -> bool:
        """Whether the point can be read; says so where not."""
        if is_point(self.text):
            return True
        self.complain(self._language.say("desktop-pairing-point-wrong"))
        return False

    def _look(self) -> None:
        self.set_help(self._near() or self._language.say("desktop-pairing-point-help"))

    def _near(self) -> str | None:
        if not self.text or not is_point(self.text):
            return None
        claim = place_claim("", self.text)
        place = Place("", "registered", claim.latitude, claim.longitude, claim.accuracy_m)
        return near_line(place, self._language.texts)
