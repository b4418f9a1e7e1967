"""The device's window for a test: shown, with a clock that the test moves, and the events of one order."""

from collections.abc import Callable

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from assistant.face.looks import LIGHT, Looks
from assistant.face.window import FaceWindow
from core.texts.catalog import Texts
from tests.clock import START, FakeClock

ASKED = {
    "event": "asked",
    "id": "req_1",
    "nickname": "Momo",
    "match_code": "47",
    "decision_expires_in": 60,
    "decide_by_steady": START + 60,
}
READY = {"event": "ready", "contacts": ["Momo"]}
HEARD = {"event": "heard", "text": "buy milk for Momo", "heard": {"action": "order"}}
PAID = {"event": "outcome", "id": "req_1", "outcome": "paid"}
Made = Callable[..., FaceWindow]


def maker(qtbot: QtBot) -> Made:
    """What makes windows that go with the test."""

    def make(locale: str = "en", looks: Looks = LIGHT, clock: FakeClock | None = None) -> FaceWindow:
        window = FaceWindow(Texts(locale), looks, clock or FakeClock())
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    return make


def status(window: FaceWindow) -> str:
    """The sentence under the ring."""
    label = window.findChild(QLabel, "status")
    assert isinstance(label, QLabel)
    return label.text()
