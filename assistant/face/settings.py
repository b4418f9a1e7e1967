"""The device's settings: how it sounds, when it reads back, where it stands. Keeps nothing itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from assistant.preferences import Preferences
from assistant.synthesis import MEI
from core.domain.text_gate import NAME_LENGTH
from core.presentation.formats import listed
from core.texts.catalog import Texts

CHOICES = ("unsure", "always", "never")
VOICES = {"en": ("en-us", "en-us+f3", "en-gb", "en-gb+f3", "en-gb-scotland"), "ja": (MEI,)}
"""espeak-ng's Japanese voices are not offered: they read no kanji."""
SLOWEST, FASTEST = 100, 260
WIDTH = 520
"""Pixels in which the longest hint is read to its end."""


class SettingsDialog(QDialog):
    """Asks for `Preferences`."""

    def __init__(
        self, texts: Texts, chosen: Preferences, contacts: tuple[str, ...], engine: str, parent: QWidget
    ) -> None:
        """`engine` is the one of the command line, which cannot be chosen otherwise here; or empty."""
        super().__init__(parent)
        self._texts = texts
        self.setWindowTitle(self._say("title"))
        self._form = QFormLayout()
        self._muted = self._check("muted", chosen.muted)
        self._volume = self._slider("volume", chosen.volume, 0, 100)
        self._speed = self._slider("speed", chosen.words_a_minute, SLOWEST, FASTEST)
        self._voice = self._voices(chosen.voice)
        self._read_back = self._read_backs(chosen.read_back)
        self._hands_free = self._check("hands-free", chosen.hands_free)
        self._place = QLineEdit(chosen.place)
        self._place.setMaxLength(NAME_LENGTH)
        self._place.setPlaceholderText(self._say("place-hint"))
        self._row("place", self._place)
        self._row("contacts", self._told(listed(contacts, texts) or self._say("nobody")))
        self._engine = self._engines(chosen.engine)
        named = self._say("engine-name", engine=engine) if engine else ""
        self._row("engine", self._told(named) if engine else self._engine)
        self._form.setSpacing(12)
        self.setMinimumWidth(WIDTH)
        page = QVBoxLayout(self)
        page.setContentsMargins(18, 18, 18, 18)
        page.setSpacing(18)
        page.addLayout(self._form)
        page.addLayout(self._buttons())
        self._muted.setFocus()

    def chosen(self) -> Preferences:
        """What is chosen now."""
        return Preferences(
            muted=self._muted.isChecked(),
            volume=self._volume.value(),
            words_a_minute=self._speed.value(),
            voice=str(self._voice.currentData()),
            read_back=self._read_back.currentData(),
            place=self._place.text().strip(),
            hands_free=self._hands_free.isChecked(),
            engine=str(self._engine.currentData()),
        )

    def _say(self, name: str, **values: str) -> str:
        return self._texts.say(f"device-settings-{name}", **values)

    def _row(self, name: str, widget: QWidget) -> None:
        widget.setAccessibleName(self._say(name))
        label = QLabel(self._say(name))
        label.setBuddy(widget)
        height = max(widget.sizeHint().height(), label.sizeHint().height())
        label.setMinimumHeight(height)  # a form puts a label at the top of its row, not in the middle
        self._form.addRow(label, widget)

    def _check(self, name: str, is_on: bool) -> QCheckBox:
        box = QCheckBox(self._say(name))
        box.setChecked(is_on)
        self._form.addRow(box)
        return box

    def _slider(self, name: str, value: int, least: int, most: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(least, most)
        slider.setValue(value)
        self._row(name, slider)
        return slider

    def _voices(self, chosen: str) -> QComboBox:
        box = QComboBox()
        box.addItem(self._say("voice-own"), "")
        for voice in VOICES[self._texts.locale]:
            box.addItem(voice, voice)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        self._row("voice", box)
        return box

    def _read_backs(self, chosen: str) -> QComboBox:
        box = QComboBox()
        for choice in CHOICES:
            box.addItem(self._say("read-back-choice", choice=choice), choice)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        self._row("read-back", box)
        return box

    def _engines(self, chosen: str) -> QComboBox:
        """Those that need no network: one that sends recordings away is for the command line alone."""
        from assistant.ears.choose import OFFLINE

        box = QComboBox()
        box.addItem(self._say("engine-own"), "")
        for engine in OFFLINE:
            box.addItem(self._say("engine-name", engine=engine), engine)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        return box

    def _told(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _buttons(self) -> QHBoxLayout:
        """What leaves comes first and what keeps last, as in the terminal's windows."""
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addStretch(1)
        for name, do in (("back", self.reject), ("save", self.accept)):
            button = QPushButton(self._say(name))
            button.setObjectName(name)
            button.setProperty("bold", self._texts.locale == "ja")  # its fonts have no semibold cut
            button.clicked.connect(do)
            line.addWidget(button)
        button.setDefault(True)
        return line
