"""The device's window in every state, for the contact sheets of `make_screenshots.py`."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from assistant.face.looks import DARK, LIGHT
from assistant.face.settings import SettingsDialog
from assistant.face.window import FaceWindow
from assistant.preferences import Preferences
from assistant.telling import Event
from core.texts.catalog import Texts
from tests.clock import FakeClock

PAIRING: Event = {"event": "pairing", "user_code": "TMVV-DBQB", "expires_in": 600}
DONE: Event = {"event": "at_work", "on": False}
LISTENING: Event = {"event": "microphone", "open": True}


def device_states(locale: str, *, is_dark: bool) -> dict[str, Callable[[], QWidget]]:
    """Every light of the ring, the pairing, and the settings."""
    texts, looks = Texts(locale), DARK if is_dark else LIGHT
    who = "モモ" if locale == "ja" else "Momo"
    order = "モモに牛乳を買って" if locale == "ja" else "buy milk for Momo"
    paired: Event = {"event": "paired", "contacts": [who]}
    heard: Event = {"event": "heard", "text": order, "heard": {"action": "order"}}
    at_work: Event = {"event": "at_work", "on": True}
    asked: Event = {
        "event": "asked",
        "id": "r",
        "nickname": who,
        "match_code": "47",
        "decision_expires_in": 60,
        "decide_by_steady": 1_060.0,
    }

    def said(key: str, **values: object) -> Event:
        return {"event": "said", "key": key, "text": texts.say(f"device-{key}", **values)}  # type: ignore[arg-type]

    def after(*events: Event, is_beside: bool = False) -> Callable[[], QWidget]:
        def make() -> QWidget:
            clock = FakeClock(1_000.0)
            window = FaceWindow(texts, looks, clock, is_beside=is_beside)
            for event in events:
                window.take(event)
            clock.advance(12.4)
            return window

        return make

    def settings() -> QWidget:
        window = FaceWindow(texts, looks, lambda: 0.0)
        return SettingsDialog(texts, Preferences(hands_free=True), (who,), "phoneme", window)

    thing = "牛乳" if locale == "ja" else "milk"
    code = said("asked", nickname=who, digits="4 7" if locale == "en" else "47", seconds=60)

    def narrow() -> QWidget:
        window = after(paired, at_work, heard, asked, code)()
        window.resize(320, 440)
        return window

    return {
        "connecting": after(),
        "server away": after(said("server-lost")),
        "not paired": after(PAIRING, said("pair", code="TMVV-DBQB"), said("pair-expired")),
        "pairing": after(PAIRING, said("pair", code="TMVV-DBQB")),
        "pairing beside the desktop": after(PAIRING, said("pair-beside"), is_beside=True),
        "idle": after(paired, said("paired", names=who)),
        "listening": after(paired, LISTENING, {"event": "level", "value": 0.6}),
        "thinking": after(paired, at_work, heard),
        "waiting": after(paired, at_work, heard, asked, code),
        "speaking": after(paired, at_work, heard, asked, code, {"event": "speaking", "on": True}),
        "paid": after(
            paired, at_work, heard, asked, code, DONE, {"event": "outcome", "id": "r", "outcome": "paid"}
        ),
        "denied": after(
            paired, at_work, heard, asked, code, DONE, {"event": "outcome", "id": "r", "outcome": "denied"}
        ),
        "ran out of time": after(
            paired, at_work, heard, asked, code, DONE, {"event": "outcome", "id": "r", "outcome": "expired"}
        ),
        "reads back": after(paired, heard, said("confirm", thing=thing, amount="¥248", nickname=who)),
        "nobody understood": after(paired, said("not-understood")),
        "no microphone": after(paired, said("trouble-no-microphone") | {"key": "no_microphone"}),
        "waiting, small": narrow,
        "settings": settings,
    }
