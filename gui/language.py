"""The language in force: sentences for every widget, and a word to all of them when it changes."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from core.texts.catalog import Argument, Texts


class Language(QObject):
    """The sentences of the language that the person reads; the zone in which times are shown."""

    changed = Signal()

    def __init__(self, locale: str, zone: str = "UTC", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.texts = Texts(locale)
        self.zone = zone

    @property
    def locale(self) -> str:
        """BCP 47 tag of the language."""
        return self.texts.locale

    def choose(self, locale: str, zone: str | None = None) -> None:
        """Switch language, and zone where it is given."""
        self.texts = Texts(locale)
        self.zone = zone or self.zone
        self.changed.emit()

    def say(self, key: str, **values: Argument | None) -> str:
        """The sentence called `key`, filled in."""
        return self.texts.say(key, **values)


class Wording(QObject):
    """Fixed texts of one window, said again when the language changes; lives as long as its owner."""

    def __init__(self, owner: QObject, language: Language) -> None:
        super().__init__(owner)
        self._language = language
        self._sayings: list[tuple[Callable[[str], object], str]] = []
        language.changed.connect(self.say_again)

    def put(self, key: str, *setters: Callable[[str], object]) -> None:
        """Give the sentence `key` to each setter, now and after each change."""
        for setter in setters:
            self._sayings.append((setter, key))
            setter(self._language.say(key))

    def say_again(self) -> None:
        """Say everything in the language now in force."""
        for setter, key in self._sayings:
            setter(self._language.say(key))
