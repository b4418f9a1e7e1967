"""The user-management server is killed between approval and payment; the order is paid exactly once."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.orders.receiver import Receiver
from tests.server.orders.world import Device, Person, World
from tests.waiting import wait_until

CHILD = Path(__file__).with_name("child_server.py")


class Killed(World):
    """A world whose user-management server is a child process, on a clock that can be set ahead."""

    def __init__(self, folder: Path) -> None:
        self.shift_s = 0.0
        self.child: subprocess.Popen[str] | None = None
        super().__init__(folder, lambda: time.time() + self.shift_s)

    def start(self, bound: object = None) -> None:
        if bound is not None:
            bound.close()  # type: ignore[attr-defined]
        database = f"sqlite:///{self._folder / 'server.db'}"
        arguments = [sys.executable, str(CHILD), database, self.url, self.payment_url, str(self.shift_s)]
        self.child = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.child.stdout is not None
        assert self.child.stdout.readline() == "ready\n"

    def kill(self) -> None:
        """SIGKILL: nothing is drained, nothing is closed."""
        assert self.child is not None
        self.child.send_signal(signal.SIGKILL)
        self.child.communicate()
        self.child = None

    def stop(self) -> None:
        if self.child is not None:
            self.child.communicate(timeout=15)
            self.child = None


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Killed]:
    with Killed(tmp_path) as made:
        yield made


def _approved(world: Killed, mode: str) -> tuple[Person, Device, str]:
    """An order whose approval was acknowledged while the payment server could not answer."""
    momo, speaker = world.paired()
    world.gate.mode = mode
    told = speaker.order()
    answer = momo.decide(told["auth_req_id"], code=told["match_code"])
    assert answer.json()["state"] == "approved"
    return momo, speaker, told["auth_req_id"]


@pytest.mark.parametrize("minutes", [0, 3])
def test_a_kill_between_approval_and_payment_is_paid_exactly_once(world: Killed, minutes: int) -> None:
    momo, speaker, request_id = _approved(world, "down")
    world.kill()
    world.gate.mode = "open"
    world.shift_s = minutes * 60.0
    world.start()
    assert speaker.settled(request_id)["outcome"]["status"] == "paid"
    shown = momo.view(request_id).details.purchase
    assert shown is not None
    assert world.earned() == shown.amount.value


def test_a_kill_after_the_charge_and_before_the_receipt_is_paid_exactly_once(world: Killed) -> None:
    momo, speaker, request_id = _approved(world, "loses")
    wait_until(lambda: world.earned() > 0)
    world.kill()
    world.gate.mode = "open"
    world.start()
    assert speaker.settled(request_id)["outcome"]["status"] == "paid"
    shown = momo.view(request_id).details.purchase
    assert shown is not None
    assert world.earned() == shown.amount.value


def test_a_kill_and_sixteen_minutes_void_the_order(world: Killed) -> None:
    _, speaker, request_id = _approved(world, "down")
    world.kill()
    world.gate.mode = "open"
    world.shift_s = 16 * 60.0
    world.start()
    assert speaker.settled(request_id)["outcome"]["code"] == "too_late"
    assert world.earned() == 0


def test_a_request_outlives_a_kill_and_can_still_be_decided(world: Killed) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    world.kill()
    world.start()
    assert momo.decide(told["auth_req_id"], code=told["match_code"]).json()["state"] == "approved"
    assert speaker.settled(told["auth_req_id"])["outcome"]["status"] == "paid"


def test_a_kill_forgets_no_push(world: Killed) -> None:
    with Receiver([503]) as receiver:
        momo, speaker = world.paired(
            backchannel_token_delivery_mode="push", backchannel_client_notification_endpoint=receiver.url
        )
        told = speaker.order(quote="", client_notification_token="abc")
        momo.decide(told["auth_req_id"], code=told["match_code"])
        first = receiver.first()
        world.kill()
        world.start()
        wait_until(lambda: len(receiver.calls) > 1)
        assert {call.body for call in receiver.calls} == {first.body}
