"""What an approval takes: time to think, code, PIN above an amount, quiet hours; and what devices learn."""

from typing import cast

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QLineEdit, QSpinBox, QTimeEdit

from core.domain.limits import QuietHours
from core.domain.times import WINDOW_MAX_S, WINDOW_MIN_S
from core.wire.messages import Profile, ProfileChange
from gui import checks
from gui.language import Language
from gui.pages.section import Section
from gui.parts.boxes import button
from gui.parts.form import Field, line
from gui.parts.line import Line
from gui.parts.text import Text
from gui.parts.tick import Tick
from gui.theme.type_scale import SPACE_M, Type

DEFAULT_LIMIT = 5_000
TEXT_EDGE = 11
"""Before the text of fields with arrows, which the style sheet's padding does not reach."""
DEFAULT_QUIET = (QTime(22, 0), QTime(7, 0))


class SafetySection(Section):
    """Rules that the server keeps."""

    changed = Signal(object)
    """A `ProfileChange`."""

    def __init__(self, language: Language) -> None:
        super().__init__(language, "safety")
        self.window_s = Field(_number(WINDOW_MIN_S, WINDOW_MAX_S, 5))
        self.pin_above = Field(_number(0, 10_000_000, 500))
        self.wants_pin, self.wants_code = Tick(), Tick()
        self.is_quiet, self.is_shared = Tick(), Tick()
        self.quiet_from, self.quiet_to = QTimeEdit(DEFAULT_QUIET[0]), QTimeEdit(DEFAULT_QUIET[1])
        for edit in (self.quiet_from, self.quiet_to):
            edit.lineEdit().setTextMargins(TEXT_EDGE, 0, 0, 0)
        self.beside(self.window_s, self.pin_above)
        self.no_pin = Text("", Type.CAPTION, ink="muted")
        self.no_pin.hide()
        self._has_pin, self._has_limit = True, False
        self.add(self.wants_code, self.wants_pin, self.no_pin)
        hours = Line(SPACE_M)
        self.between = Text("", wraps=False)
        for part in (self.is_quiet, self.quiet_from, self.between, self.quiet_to):
            hours.add(part)
        hours.part()
        self.add(hours, self.is_shared)
        self.close_with_foot()
        self._word()
        language.changed.connect(self._show_whether_pin)
        self.wants_pin.toggled.connect(self.pin_above.setEnabled)
        self.is_quiet.toggled.connect(self.quiet_from.setEnabled)
        self.is_quiet.toggled.connect(self.quiet_to.setEnabled)
        self.save.clicked.connect(self._on_save)

    def show_profile(self, profile: Profile) -> None:
        """Show what the server keeps."""
        cast(QSpinBox, self.window_s.control).setValue(profile.window_s)
        self.wants_code.setChecked(profile.match_code)
        self.is_shared.setChecked(profile.presence_shared)
        self.wants_pin.setChecked(profile.pin_above is not None)
        limit = DEFAULT_LIMIT if profile.pin_above is None else profile.pin_above
        cast(QSpinBox, self.pin_above.control).setValue(limit)
        self.pin_above.setEnabled(profile.pin_above is not None)
        self._has_limit = profile.pin_above is not None
        self._show_whether_pin()
        hours = profile.quiet_hours
        self.is_quiet.setChecked(hours is not None)
        for edit, minute in (
            (self.quiet_from, hours.start_minute if hours else None),
            (self.quiet_to, hours.end_minute if hours else None),
        ):
            edit.setEnabled(hours is not None)
            if minute is not None:
                edit.setTime(QTime(minute // 60, minute % 60))

    def show_has_pin(self, has_pin: bool) -> None:
        """Offer to ask for a PIN only where there is one; a limit that stands can always be taken away."""
        self._has_pin = has_pin
        self._show_whether_pin()

    def _show_whether_pin(self) -> None:
        self.wants_pin.setEnabled(self._has_pin or self._has_limit)
        key = "desktop-profile-no-pin-here" if self._has_limit else "desktop-profile-no-pin"
        said = "" if self._has_pin else self.language.say(key)
        self.no_pin.setText(said)
        self.no_pin.setVisible(bool(said))
        self.wants_pin.setAccessibleDescription(said)

    def _word(self) -> None:
        put = self.wording.put
        put("desktop-profile-window", self.window_s.set_label)
        put("desktop-profile-window-help", self.window_s.set_help)
        put("desktop-profile-pin-above", self.pin_above.set_label)
        put("desktop-profile-pin-above-help", self.pin_above.set_help)
        for key, box in (
            ("wants-code", self.wants_code),
            ("wants-pin", self.wants_pin),
            ("quiet", self.is_quiet),
            ("shared", self.is_shared),
        ):
            put(f"desktop-profile-{key}", box.setText)
        put("desktop-profile-quiet-from", self.quiet_from.setAccessibleName)
        put("desktop-profile-quiet-between", self.between.setText)
        put("desktop-profile-quiet-to", self.quiet_to.setAccessibleName)

    def _on_save(self) -> None:
        hours = QuietHours(_minute(self.quiet_from), _minute(self.quiet_to))
        limit = cast(QSpinBox, self.pin_above.control).value()
        self.changed.emit(
            ProfileChange(
                window_s=cast(QSpinBox, self.window_s.control).value(),
                match_code=self.wants_code.isChecked(),
                pin_above=limit if self.wants_pin.isChecked() else None,
                quiet_hours=hours if self.is_quiet.isChecked() else None,
                presence_shared=self.is_shared.isChecked(),
            )
        )


class PinSection(Section):
    """The PIN of this terminal: a second key that only it opens."""

    pin_chosen = Signal(object)
    """The new PIN, or None to remove it."""

    def __init__(self, language: Language) -> None:
        super().__init__(language, "pin")
        self.pin, self.again = Field(line(is_secret=True)), Field(line(is_secret=True))
        self.remove = button(look="quiet-danger")
        self.beside(self.pin, self.again)
        self.close_with_foot()
        self._foot.insertWidget(1, self.remove)
        self.wording.put("desktop-profile-pin-new", self.pin.set_label)
        self.wording.put("desktop-wizard-pin-again", self.again.set_label)
        self.wording.put("desktop-profile-pin-remove", self.remove.setText)
        self.save.clicked.connect(self._on_save)
        self.remove.clicked.connect(lambda: self.pin_chosen.emit(None))
        self._has_pin: bool | None = None
        language.changed.connect(self._say)
        self._say()

    def show_has_pin(self, has_pin: bool) -> None:
        """Show whether there is one."""
        self._has_pin = has_pin
        self.remove.setVisible(has_pin)
        self.tell(self.language.say(f"desktop-profile-pin-{'is-set' if has_pin else 'is-not-set'}"))
        self.said.set_ink("accent" if has_pin else "muted")
        self._say_help()

    def _say_help(self) -> None:
        """What it takes to change a PIN concerns nobody who has none."""
        key = "desktop-profile-pin-help-first" if self._has_pin is False else "desktop-profile-pin-help"
        self.pin.set_help(self.language.say(key))

    def _say(self) -> None:
        self._say_help()
        if self._has_pin is not None:
            self.show_has_pin(self._has_pin)

    def _on_save(self) -> None:
        pin, again = (self._line(field) for field in (self.pin, self.again))
        key = checks.pin_complaint(pin, again) or (None if pin else "desktop-wizard-pin-wrong")
        self.pin.complain(self.language.say(key) if key else "")
        if key is None:
            self.pin_chosen.emit(pin)
            for field in (self.pin, self.again):
                cast(QLineEdit, field.control).clear()

    def _line(self, field: Field) -> str:
        return cast(QLineEdit, field.control).text()


def _number(least: int, most: int, step: int) -> QSpinBox:
    made = QSpinBox()
    made.setRange(least, most)
    made.setSingleStep(step)
    made.setGroupSeparatorShown(True)
    made.lineEdit().setTextMargins(TEXT_EDGE, 0, 0, 0)
    return made


def _minute(edit: QTimeEdit) -> int:
    return edit.time().hour() * 60 + edit.time().minute()
