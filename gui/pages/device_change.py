"""What the person calls a device, what it calls them, and where it stands: changed in a window of its own."""

from typing import cast

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from core.domain.place import PlaceClaim
from core.terminal.places import place_claim, written
from core.wire.messages import Device, DeviceChange
from gui import checks
from gui.language import Language
from gui.parts.ask import Ask
from gui.parts.form import Field, complain_first, form, line
from gui.parts.point_field import PointField


class DeviceQuestion(Ask):
    """One device's names and place."""

    agreed = Signal(object)
    """A `DeviceChange`."""

    def __init__(self, parent: QWidget, language: Language, device: Device) -> None:
        say = language.say
        super().__init__(parent, device.name, say("desktop-pairing-device-name-help"))
        self._language, self._device = language, device
        self.device_name, self.nickname = Field(line(device.name)), Field(line(device.nickname))
        self.place = Field(line(device.place.label if device.place else ""))
        self.point = PointField(language, written(device.place))
        for name, field in (("device-name", self.device_name), ("nickname", self.nickname)):
            field.set_label(say(f"desktop-pairing-{name}"))
        self.place.set_label(say("desktop-pairing-place"))
        self.add(form(self.device_name, self.nickname, self.place, self.point))
        self.offer("cancel", say("desktop-cancel"))
        self.save = self.offer("save", say("desktop-save"), "primary", stays=True)
        self.answered.connect(self._on_answered)
        for field in (self.device_name, self.nickname, self.place, self.point):
            cast(QLineEdit, field.control).returnPressed.connect(self._on_enter)

    def _on_enter(self) -> None:
        """Enter in a field keeps what is typed, unless it chooses a town."""
        if not self.point.is_choosing:
            self.save.click()

    def _on_answered(self, answer: str) -> None:
        if answer != "save":
            return
        name, nickname, place = (_text(field) for field in (self.device_name, self.nickname, self.place))
        is_point_clear = self.point.judge()
        found = {
            self.device_name: checks.device_name_complaint(name),
            self.nickname: checks.nickname_complaint(nickname),
            self.place: checks.place_complaint(place, self.point.text),
        }
        if complain_first({field: self._language.say(key) if key else "" for field, key in found.items()}):
            return
        if not is_point_clear:
            self.point.control.setFocus()
            return
        self.agreed.emit(change_of(self._device, name, nickname, place, self.point.text))
        self.close()


def change_of(device: Device, name: str, nickname: str, place: str, point: str) -> DeviceChange:
    """What is to be set of a device: what differs from what it is, and nothing else."""
    return DeviceChange(
        name=name if name != device.name else msgspec.UNSET,
        nickname=nickname if nickname != device.nickname else msgspec.UNSET,
        place=_place(device, place, point),
    )


def _place(device: Device, label: str, point: str) -> PlaceClaim | msgspec.UnsetType | None:
    old = device.place
    if label == (old.label if old else "") and point == written(old):
        return msgspec.UNSET
    return place_claim(label, point) if label else None


def _text(field: Field) -> str:
    return cast(QLineEdit, field.control).text().strip()
