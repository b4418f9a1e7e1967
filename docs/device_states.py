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

    thing = "牛乳" if locale == "ja" else "milk"

    def said(key: str, **values: object) -> Event:
        text = texts.say(f"device-{key}", **values)  # type: ignore[arg-type]
        return {"event": "said", "key": key, "text": text[:1].upper() + text[1:]}

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

    code = said("asked", nickname=who, digits="47", seconds=60)

    read_back = said("confirm", thing=thing, amount="¥248", nickname=who)

    def ended(outcome: str, **values: str) -> Callable[[], QWidget]:
        end = {"event": "outcome", "id": "r", "outcome": outcome}
        told = said(f"end-{outcome}", nickname=who, thing=thing, **values)
        return after(paired, at_work, heard, asked, code, DONE, told, end)

    def narrow() -> QWidget:
        window = after(paired, at_work, heard, asked, code)()
        window.resize(320, 440)
        return window

    return {
        "connecting": after(),
        "server away": after({"event": "away", "since": "2026-11-23T05:03:00Z"}, said("server-lost")),
        "server refused": after({"event": "refused"}, said("register-refused")),
        "not paired": after(PAIRING, said("pair", code="TMVV-DBQB"), said("pair-expired")),
        "pairing": after(PAIRING, said("pair", code="TMVV-DBQB")),
        "pairing beside the desktop": after(PAIRING, said("pair-beside"), is_beside=True),
        "idle": after(paired, said("paired", names=who)),
        "listening": after(paired, LISTENING, {"event": "level", "value": 0.6}),
        "thinking": after(paired, at_work, heard),
        "waiting": after(paired, at_work, heard, asked, code),
        "speaking": after(paired, at_work, heard, asked, code, {"event": "speaking", "on": True}),
        "paid": ended("paid"),
        "denied": ended("denied"),
        "ran out of time": ended("expired"),
        "taken back": ended("withdrawn"),
        "payment failed": ended("declined", reason=texts.say("lines-reason", reason="insufficient_funds")),
        "payment unclear": ended("unknown"),
        "server did not answer": after(
            paired,
            heard,
            said("server-away"),
            {"event": "outcome", "id": "r", "outcome": "error", "code": "server_away"},
        ),
        "reads back": after(paired, at_work, heard, read_back),
        "nobody understood": after(paired, said("not-understood", nickname=who)),
        "no microphone": after(paired, said("trouble-no-microphone") | {"key": "no_microphone"}),
        "waiting, small": narrow,
        "settings": settings,
    }
