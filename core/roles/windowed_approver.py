"""The approver of a walk who sits at the real windows: every step is a press on what a person would press.

Nothing goes past the windows. The walk lives on its own thread and loop; whatever touches a widget is done on
the Qt thread, and waited for.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar, cast

from PySide6.QtWidgets import QLineEdit

from core.domain.decision import Decision
from core.domain.errors import NodError
from core.roles.errors import PartyFailed
from core.roles.happenings import Happenings
from core.terminal.events import Inquiry
from gui.bridge import Bridge
from gui.desktop import Desktop
from gui.parts.form import Field
from gui.wizard.profile_step import ProfileStep
from gui.wizard.window import Wizard

T = TypeVar("T")
LIMIT_S = 60.0
LOOK_AGAIN_S = 0.05
LETTER_S, PACE_S = 0.06, 0.7
"""Between two letters, and between two presses: so that whoever looks on can follow."""
READ_S = 4.0
"""For whoever looks on to read a request, and what has become of it."""
USER_ID, DEVICE_NAME = "momo", "Kitchen speaker"


class WindowedApprover:
    """One person at the desktop; made on the walk's loop."""

    def __init__(self, desktop: Desktop, bridge: Bridge) -> None:
        self._desktop, self._bridge = desktop, bridge
        self._loop = asyncio.get_running_loop()
        self._asked: Happenings[Inquiry] = Happenings()
        desktop.presenter.noticed.connect(self._on_noticed)

    async def be_served(self) -> None:
        """Wait until both servers answer and the wizard lets a profile be made.

        Raises:
            PartyFailed: they did not come up.
        """
        await self._until(lambda: self._has_wizard() and self._step().go.isEnabled(), "The wizard")

    async def register(self, nickname: str) -> None:
        """Fill in the wizard's first page and open the home.

        Raises:
            PartyFailed: a window did not do its part in time.
        """
        step = self._step()
        await self._type(step.nickname, nickname)
        await self._type(step.user_id, USER_ID)
        await self._press(step.go.click)
        await self._until(lambda: self._has_wizard() and self._wizard().done.isVisible(), "The profile")
        await self._press(lambda: self._wizard().finished.emit(False))
        await self._until(self._desktop.main.isVisible, "The home")

    async def pair(self, user_code: str, nickname: str) -> None:
        """Type the device's code under "People and devices", look, and consent.

        Raises:
            PartyFailed: a window did not do its part in time.
        """
        devices = self._desktop.devices
        await self._press(lambda: self._desktop.main.go_to("devices"))
        await self._press(devices.start_pairing)
        await self._write(devices.pairing.code, user_code)
        await self._press(devices.pairing.look_button.click)
        form = devices.pairing.consent
        await self._until(lambda: form.isVisible() and form.agree.isEnabled(), "The consent")
        await self._type(form.device_name, DEVICE_NAME)
        await self._type(form.nickname, nickname)
        await self._press(form.agree.click)
        await self._until(lambda: bool(devices.devices), "The pairing")
        await self._press(lambda: self._desktop.main.go_to("requests"))

    async def unpair(self) -> None:
        """End the pairing.

        Raises:
            PartyFailed: the server refused.
        """
        devices, link = self._desktop.devices, self._desktop.link
        client_id = devices.devices[0].client_id
        await self._press(
            lambda: link.ask(lambda: link.home.unpair(client_id), lambda _: devices.refresh(), _give_up)
        )
        await self._until(lambda: not devices.devices, "The end of the pairing")

    async def be_asked(self) -> Inquiry:
        """Wait until the request's window is there; the desktop tells of it by itself."""
        asked = await self._asked.first(lambda _: True, LIMIT_S, "The inquiry")
        await asyncio.sleep(READ_S)  # it is looked at before anything is done about it
        return asked

    async def decide(self, asked: Inquiry, decision: Decision, match_code: str | None) -> None:
        """Turn to the request's window, read, type the code, and press.

        Raises:
            PartyFailed: the window was not turned to, by us or by whoever looks on, before the time was up.
        """
        answers = self._desktop.dialog.answers
        await self._press(lambda: self._desktop.presenter.open(asked.id))
        await self._until(answers.deny.isEnabled, "The person's look at the request (click its window)")
        if decision is Decision.DENY:
            await self._press(answers.deny.click)
            return
        await self._write(answers.code, match_code or "")
        await self._until(answers.approve.isEnabled, "The button to approve")
        await self._press(answers.approve.click)

    async def close(self) -> None:
        """Let whoever looks on see the end."""
        await asyncio.sleep(READ_S)

    def _on_noticed(self, inquiry: Inquiry) -> None:
        self._loop.call_soon_threadsafe(self._asked.add, inquiry)

    def _has_wizard(self) -> bool:
        return self._desktop.wizard is not None

    def _wizard(self) -> Wizard:
        """The first run's window.

        Raises:
            PartyFailed: it is not there.
        """
        if self._desktop.wizard is None:
            raise PartyFailed("The wizard is not there.")
        return self._desktop.wizard

    def _step(self) -> ProfileStep:
        return self._wizard().profile_step

    async def _type(self, field: Field, text: str) -> None:
        await self._write(cast(QLineEdit, field.control), text)

    async def _write(self, line: QLineEdit, text: str) -> None:
        """Letter by letter, as it would be typed, in place of what is there."""
        await self._on_qt(line.selectAll)
        for letter in text:
            await self._on_qt(partial(_type_one, line, letter))
            await asyncio.sleep(LETTER_S)
        await asyncio.sleep(PACE_S)

    async def _press(self, press: Callable[[], object]) -> None:
        await self._on_qt(press)
        await asyncio.sleep(PACE_S)

    async def _until(self, holds: Callable[[], bool], what: str) -> None:
        give_up = self._loop.time() + LIMIT_S
        while not await self._on_qt(holds):
            if self._loop.time() > give_up:
                raise PartyFailed(f"{what} did not come within {LIMIT_S:.0f} seconds.")
            await asyncio.sleep(LOOK_AGAIN_S)

    async def _on_qt(self, call: Callable[[], T]) -> T:
        """What `call` gives on the Qt thread."""
        done: asyncio.Future[T] = self._loop.create_future()

        def run() -> None:
            try:
                result = call()
            except PartyFailed as error:
                self._loop.call_soon_threadsafe(done.set_exception, error)
            else:
                self._loop.call_soon_threadsafe(done.set_result, result)

        self._bridge.post(run)
        return await asyncio.wait_for(done, LIMIT_S)


def _type_one(line: QLineEdit, letter: str) -> None:
    line.insert(letter)
    line.textEdited.emit(line.text())  # as of a person: insert() alone tells of no edit


def _give_up(error: NodError) -> None:
    raise PartyFailed(error.description) from error
