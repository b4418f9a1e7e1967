"""Which fonts are there, and whether Japanese can be shown with them.

Japanese comes from the system. Without a Japanese font every kanji is an empty box and Qt
says nothing; so it is asked here, and the windows answer it (`desktop-no-japanese-font`).
"""

from PySide6.QtGui import QFont, QFontDatabase

from core.presentation.typeface import FILES, JAPANESE, REGULAR, SEMIBOLD

POINTS = 10.5
"""Body size where the system's own is smaller."""


def load() -> None:
    """Makes our own fonts known to this application."""
    for file in FILES:
        QFontDatabase.addApplicationFont(str(file))


def can_show_japanese() -> bool:
    """Whether any installed family claims Japanese."""
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.Japanese))


def body_font(system: QFont) -> QFont:
    """The font of all windows: the system's size, families that look right beside each other."""
    claimed = QFontDatabase.families(QFontDatabase.WritingSystem.Japanese)
    japanese = [name for name in JAPANESE if name in claimed] or claimed[:1]
    made = QFont(system)
    made.setFamilies([REGULAR, *japanese, system.family()])
    made.setPointSizeF(max(system.pointSizeF(), POINTS))
    made.setStyleHint(QFont.StyleHint.SansSerif)
    return made


def has_japanese(text: str) -> bool:
    """Whether a text has letters that come from a Japanese font."""
    return any("\u3040" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uffef" for letter in text)


def strong_for(font: QFont, text: str) -> QFont:
    """A strong font for this text: Japanese fonts seldom have a semibold cut, so it is the bold one there."""
    made = QFont(font)
    made.setWeight(QFont.Weight.Bold if has_japanese(text) else QFont.Weight.DemiBold)
    return made


def semibold(font: QFont) -> QFont:
    """The same font in its stronger cut."""
    made = QFont(font)
    made.setFamilies([SEMIBOLD if name == REGULAR else name for name in font.families()])
    made.setWeight(QFont.Weight.DemiBold)
    return made
