"""A whole house for the windows: both real servers on a data folder, and a real device in its own thread."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from core.client.addresses import PAYMENT, SERVER, server_address
from core.client.answer import Refusal
from core.client.asking import Asked, Ended
from core.client.device import Device, PairingStarted
from core.client.key_store import FileStore
from core.client.parties import Surroundings
from core.roles.premises import Door, Premises
from core.roles.servers import build_payment, build_server
from core.roles.serving import ServerThread
from core.wire.messages import Contacts, OrderAgain, OrderLine
from gui.household import AssistantStatus


class RealServers:
    """Both servers of a data folder, as the desktop role embeds them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._thread: ServerThread | None = None
        self._premises: list[Premises] = []

    def start(self) -> None:
        """Start them; returns when they answer."""
        shop, own = (Premises.take(self._folder, role, Door()) for role in (PAYMENT, SERVER))
        self._premises = [own, shop]
        self._thread = ServerThread([build_server(own, now=time.time), build_payment(shop, now=time.time)])
        self._thread.start()

    def stop(self) -> None:
        """Stop them and let go of the folder."""
        if self._thread is not None:
            self._thread.stop()
            self._thread = None
        for premises in self._premises:
            premises.leave()
        self._premises = []


class Speaker:
    """A real AI device, and what the household knows of it."""

    def __init__(self, folder: Path, name: str = "Nod assistant") -> None:
        self._folder, self._name = folder, name
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="speaker", daemon=False)
        self._call: Callable[[], None] = lambda: None
        self._code: str | None = None
        self._status = AssistantStatus.OFF
        self._device: Device | None = None
        self.asked: Asked | None = None
        """The open request."""
        self.ended: Ended | None = None
        """How it ended."""
        self.locale = ""
        """What it speaks."""
        self.shown = 0
        """How often its window was wanted."""
        self.troubles: list[object] = []
        """What went wrong."""

    def start(self, locale: str) -> None:
        """Register, and wait to be paired."""
        self.speak(locale)
        self._thread.start()
        self._spawn(self._be_paired())

    def speak(self, locale: str) -> None:
        """Remember the language."""
        self.locale = locale

    def show(self) -> None:
        """It has no window, so it is counted."""
        self.shown += 1

    def stop(self) -> None:
        """End the thread."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._finish(), self._loop).result(10)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)
        if not self._loop.is_closed():
            self._loop.close()

    def say(self, text: str) -> None:
        """Hear `<item> <quantity> for <nickname>`."""
        item, quantity, _, nickname = text.split()
        self.buy(nickname, OrderLine(item, int(quantity)))

    def order_again(self, order: OrderAgain) -> None:
        """Ask once more for exact articles."""
        self.buy(order.nickname, *(OrderLine(item.id, item.quantity) for item in order.items))

    def client_id(self) -> str | None:
        """Its client id, once it may ask."""
        return self._device.client_id if self._device and self._status is AssistantStatus.READY else None

    def registered_id(self) -> str | None:
        """Its client id."""
        return self._device.client_id if self._device else None

    def pair_again(self) -> None:
        """Find nobody to ask, as a device does whom its person has blocked, and show a new code."""
        self._spawn(self._show_code())

    def pairing_code(self) -> str | None:
        """The code that it shows."""
        return self._code

    def status(self) -> AssistantStatus:
        """What it is doing."""
        return self._status

    def on_change(self, call: Callable[[], None]) -> None:
        """Call `call` at each change."""
        self._call = call

    def buy(self, nickname: str, *lines: OrderLine, window_s: int | None = None) -> None:
        """Ask somebody for an order; `asked` and `ended` tell the rest."""
        self.asked = self.ended = None
        self._spawn(self._buy(nickname, lines, window_s))

    def withdraw(self) -> None:
        """Take the open request back."""
        self._spawn(self._withdraw())

    async def _be_paired(self) -> None:
        around = Surroundings(server_address(None, self._folder), self._folder, FileStore(self._folder))
        device = self._device = Device(around, "assistant")
        if not await device.open() and (refusal := await device.register(self._name)) is not None:
            self.troubles.append(refusal)
            return
        started = await self._show_code()
        if started is None:
            return
        found = await device.wait_for_consent(started)
        is_paired = isinstance(found, Contacts)
        self._become(AssistantStatus.READY if is_paired else AssistantStatus.FAILED, None)

    async def _show_code(self) -> PairingStarted | None:
        assert self._device is not None
        started = await self._device.start_pairing()
        if not isinstance(started, PairingStarted):
            self.troubles.append(started)
            return None
        self._become(AssistantStatus.PAIRING, started.user_code)
        return started

    async def _buy(self, nickname: str, lines: tuple[OrderLine, ...], window_s: int | None) -> None:
        assert self._device is not None
        quoted = await self._device.quote(lines)
        if isinstance(quoted, Refusal):
            self.troubles.append(quoted)
            return
        asked = await self._device.ask(nickname, quoted.compact, window_s=window_s)
        if isinstance(asked, Refusal):
            self.troubles.append(asked)
            return
        self.asked = asked
        self.ended = await self._device.wait(asked)

    async def _withdraw(self) -> None:
        assert self._device is not None
        assert self.asked is not None
        await self._device.withdraw(self.asked)

    async def _finish(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._device is not None:
            await self._device.close()

    def _become(self, status: AssistantStatus, code: str | None) -> None:
        self._status, self._code = status, code
        self._call()

    def _spawn(self, work: Coroutine[Any, Any, object]) -> None:
        def note(done: "asyncio.Future[Any]") -> None:
            if not done.cancelled() and done.exception() is not None:
                self.troubles.append(done.exception())

        self._loop.call_soon_threadsafe(lambda: self._loop.create_task(work).add_done_callback(note))
