"""Qt's own words in the person's language: where files are chosen, and what a right click offers."""

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from gui.language import Language


class QtWords(QObject):
    """Follows the language in force; English is what Qt says by itself."""

    def __init__(self, app: QApplication, language: Language) -> None:
        super().__init__(app)
        self._app, self._language = app, language
        self._words = QTranslator(self)
        language.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Speak the language now in force."""
        self._app.removeTranslator(self._words)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._language.locale != "en" and self._words.load(f"qtbase_{self._language.locale}", folder):
            self._app.installTranslator(self._words)
