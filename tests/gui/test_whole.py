"""The windows on real servers with a real device: register, pair, approve and deny, by keyboard alone."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSpinBox, QWidget
from pytestqt.exceptions import TimeoutError as WaitedInVain
from pytestqt.qtbot import QtBot

from core.client.clock import Clock
from core.domain.outcome import Outcome
from core.domain.request import State
from core.wire.messages import OrderLine
from gui.bridge import Bridge
from gui.desktop import Desktop
from gui.household import AssistantStatus
from gui.pages.device_card import DeviceCard
from gui.wiring import DesktopOptions, build
from tests.gui.house import RealServers, Speaker

LIMIT_MS = 30_000
MILK = OrderLine("milk", 1)


class Person:
    """Somebody with a keyboard and no mouse."""

    def __init__(self, qtbot: QtBot, desktop: Desktop, speaker: Speaker) -> None:
        self.qtbot, self.desktop, self.speaker = qtbot, desktop, speaker

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so."""
        try:
            self.qtbot.waitUntil(condition, timeout=LIMIT_MS)
        except WaitedInVain as error:
            prompt = self.desktop.dialog
            told = (prompt.isActiveWindow(), prompt.hint.text(), prompt.outcome.heading.text())
            error.add_note(f"the prompt: {told}; the device's troubles: {self.speaker.troubles}")
            raise

    def has_ended(self, outcome: Outcome) -> bool:
        """Whether the device's request ended so."""
        return self.speaker.ended is not None and self.speaker.ended.outcome is outcome

    def press_on(self, target: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
        """Go to a control with Tab and press a key there."""
        window = target.window()
        for _ in range(60):
            at = window.focusWidget() or window
            if at is target:
                break
            QTest.keyClick(at, Qt.Key.Key_Tab)
        assert window.focusWidget() is target, "Tab does not reach it"
        QTest.keyClick(target, key)

    def become(self, nickname: str) -> None:
        """Register, and agree to the assistant."""
        wizard = self.desktop.wizard
        assert wizard is not None
        step = wizard.profile_step
        self.wait(step.go.isEnabled)
        QTest.keyClicks(step.nickname.control, nickname)
        self.press_on(step.go)
        self.wait(lambda: wizard.pairing.consent.agree.isVisible())
        self.press_on(wizard.pairing.consent.agree)
        self.wait(lambda: wizard.done.isVisible())
        assert wizard.done.action is not None
        self.press_on(wizard.done.action)
        self.wait(self.desktop.main.isVisible)
        self.wait(lambda: self.speaker.status() is AssistantStatus.READY)

    def be_asked(self) -> None:
        """The device asks; the person, busy in the main window, turns to the prompt and reads."""
        self.desktop.main.activateWindow()
        self.wait(self.desktop.main.isActiveWindow)
        self.speaker.buy("Momo", MILK)
        dialog = self.desktop.dialog
        self.wait(lambda: dialog.isVisible() and dialog.answers.isVisible())
        self.wait(lambda: self.speaker.asked is not None)
        dialog.activateWindow()
        self.wait(dialog.answers.deny.isEnabled)

    def approve(self) -> None:
        """Press Alt+A, again where a window came between that took the keyboard: that disarms the prompt."""
        dialog = self.desktop.dialog

        def is_sent() -> bool:
            if not dialog.isActiveWindow():
                dialog.activateWindow()
            elif dialog.answers.approve.isEnabled():
                QTest.keyClick(dialog, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
            return not dialog.answers.code.isEnabled()

        self.wait(is_sent)


@pytest.fixture
def clock_error_s() -> float:
    """By how much this computer's wall clock is wrong; a test may say otherwise."""
    return 0.0


@pytest.fixture
def person(qtbot: QtBot, dressed: QApplication, data_folder: Path, clock_error_s: float) -> Iterator[Person]:
    servers, speaker, bridge = RealServers(data_folder), Speaker(data_folder), Bridge()
    clock = Clock(now=lambda: time.time() + clock_error_s)
    autostart = data_folder / "autostart"
    options = DesktopOptions(
        data_folder, servers=servers, assistant=speaker, autostart=autostart, clock=clock
    )
    desktop = build(dressed, bridge, options)
    yield Person(qtbot, desktop, speaker)
    desktop.leave()
    speaker.stop()
    bridge.stop()
    servers.stop()
    desktop.dismantle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [one.name for one in threading.enumerate() if one.name in {"speaker", "client", "servers"}] == []


def test_a_new_person_registers_pairs_approves_and_denies_with_the_keyboard_alone(person: Person) -> None:
    person.become("Momo")
    desktop, dialog = person.desktop, person.desktop.dialog

    person.be_asked()
    asked = person.speaker.asked
    assert asked is not None
    assert asked.match_code is not None
    QTest.keyClicks(dialog.answers.code, asked.match_code)
    person.wait(dialog.answers.approve.isEnabled)
    person.approve()
    person.wait(lambda: person.speaker.ended is not None)
    assert person.has_ended(Outcome.PAID)
    person.wait(lambda: dialog.outcome.heading.text() == "Paid")
    person.wait(dialog.close_button.isEnabled)
    person.press_on(dialog.close_button)

    person.be_asked()
    person.press_on(dialog.answers.deny)
    person.wait(lambda: person.speaker.ended is not None)
    assert person.has_ended(Outcome.DENIED)
    ends = {State.PAID, State.DENIED}
    person.wait(lambda: {view.state for view in desktop.model.all_views()} == ends)
    assert person.speaker.troubles == []


@pytest.mark.parametrize("clock_error_s", [86_400.0, -86_400.0])
def test_a_clock_that_is_a_day_wrong_neither_hides_nor_stretches_a_request(person: Person) -> None:
    person.become("Momo")
    person.be_asked()
    dialog, asked = person.desktop.dialog, person.speaker.asked
    assert asked is not None
    assert asked.match_code is not None
    assert 30 <= dialog.ring.seconds() <= 60
    QTest.keyClicks(dialog.answers.code, asked.match_code)
    person.wait(dialog.answers.approve.isEnabled)
    dialog.answers.approve.click()
    person.wait(lambda: person.has_ended(Outcome.PAID))


def test_a_wrong_code_ends_the_request_as_denied_and_says_so(person: Person) -> None:
    person.become("Momo")
    person.be_asked()
    dialog, asked = person.desktop.dialog, person.speaker.asked
    assert asked is not None
    assert asked.match_code is not None
    wrong = f"{(int(asked.match_code) + 1) % 100:02}"
    QTest.keyClicks(dialog.answers.code, wrong)
    person.wait(dialog.answers.approve.isEnabled)
    dialog.answers.approve.click()
    person.wait(lambda: "Wrong code" in dialog.outcome.heading.text())
    person.wait(lambda: person.speaker.ended is not None)
    assert person.has_ended(Outcome.DENIED)


def test_a_withdrawn_request_leaves_no_live_buttons(person: Person) -> None:
    person.become("Momo")
    person.be_asked()
    person.speaker.withdraw()
    dialog = person.desktop.dialog
    person.wait(lambda: dialog.outcome.heading.text() == "Withdrawn")
    assert not dialog.answers.isVisible()


def test_an_assistant_that_was_refused_at_first_is_offered_later(person: Person) -> None:
    wizard = person.desktop.wizard
    assert wizard is not None
    person.wait(wizard.profile_step.go.isEnabled)
    QTest.keyClicks(wizard.profile_step.nickname.control, "Momo")
    wizard.profile_step.go.click()
    person.wait(lambda: wizard.pairing.consent.agree.isVisible())
    wizard.close()
    devices = person.desktop.devices
    person.wait(person.desktop.main.isVisible)
    person.desktop.main.go_to("devices")
    person.wait(devices.assistant.isVisible)
    devices.assistant.action.click()
    person.wait(lambda: devices.pairing.consent.agree.isVisible())
    devices.pairing.consent.agree.click()
    person.wait(lambda: len(devices.devices) == 1)
    person.wait(lambda: not devices.assistant.isVisible())
    assert devices.devices[0].name == "Assistant"


def test_an_assistant_that_was_blocked_is_not_offered_as_if_it_were_new(person: Person) -> None:
    person.become("Momo")
    devices = person.desktop.devices
    person.desktop.main.go_to("devices")
    person.wait(lambda: len(devices.devices) == 1)
    own = devices.devices[0].client_id
    devices.block(own)
    person.wait(lambda: devices.devices[0].blocked)
    person.speaker.pair_again()
    person.wait(lambda: person.speaker.pairing_code() is not None)
    with person.qtbot.waitSignal(devices.changed):
        devices.refresh()
    assert not devices.assistant.isVisible()
    devices.findChildren(DeviceCard)[0].block.click()
    person.wait(lambda: not devices.devices[0].blocked)
    person.wait(devices.assistant.isVisible)


def test_above_the_limit_only_the_pin_approves_and_a_wrong_one_may_be_tried_again(person: Person) -> None:
    wizard = person.desktop.wizard
    assert wizard is not None
    for field in (wizard.profile_step.pin, wizard.profile_step.pin_again):
        QTest.keyClicks(field.control, "2580")
    person.become("Momo")
    safety = person.desktop.rooms.profile.safety
    safety.wants_pin.setChecked(True)
    cast(QSpinBox, safety.pin_above.control).setValue(100)
    safety.save.click()
    person.wait(lambda: safety.said.text() == "Saved.")

    person.be_asked()
    answers, asked = person.desktop.dialog.answers, person.speaker.asked
    assert asked is not None
    assert asked.match_code is not None
    assert answers.pin.isVisible()
    QTest.keyClicks(answers.code, asked.match_code)
    QTest.keyClicks(answers.pin, "1111")
    person.wait(answers.approve.isEnabled)
    answers.approve.click()
    person.wait(lambda: person.desktop.dialog.hint.text() == "That is not your PIN.")
    QTest.keyClicks(answers.pin, "2580")
    person.wait(answers.approve.isEnabled)
    answers.approve.click()
    person.wait(lambda: person.has_ended(Outcome.PAID))
