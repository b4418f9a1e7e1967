"""Whether a screen is connected: told only by who allows it, to devices that take it, where it is known."""

import pytest

from core.server.store.access import Store
from tests.server.orders.parties import Device, Person
from tests.server.orders.streams import Listener
from tests.server.orders.world import World
from tests.waiting import wait_until

TAKES_IT = {"nod_extensions": ["match_code", "screen_connected"]}


def _told(device: Device) -> object:
    """What a fresh request's acknowledgement says of a screen; the request is taken back."""
    told = device.order()
    assert device.withdraw(told["auth_req_id"]).status_code == 200
    return told.get("screen_connected", "nothing")


def _share(momo: Person) -> None:
    assert momo.call("PATCH", "/profile", json={"presence_shared": True}).status_code == 200


def _screen(momo: Person) -> Listener:
    listener = Listener(momo.world.url + "/inbox", momo.log_in())
    listener.wait("snapshot")
    return listener


def test_nobody_learns_of_a_screen_unless_its_person_allows_it(world: World) -> None:
    momo, speaker = world.paired(**TAKES_IT)
    assert _told(speaker) == "nothing"
    screen = _screen(momo)
    assert _told(speaker) == "nothing"
    world.stop()
    screen.join()


def test_a_device_learns_whether_a_screen_is_connected_now(world: World) -> None:
    momo, speaker = world.paired(**TAKES_IT)
    _share(momo)
    assert _told(speaker) is False
    screen = _screen(momo)
    assert _told(speaker) is True
    world.stop()
    screen.join()
    world.start()
    assert _told(speaker) is False


def test_the_same_request_again_tells_how_it_is_now(world: World) -> None:
    momo, speaker = world.paired(**TAKES_IT)
    _share(momo)
    quote = world.quote()
    assert speaker.order(quote=quote)["screen_connected"] is False
    screen = _screen(momo)
    wait_until(lambda: speaker.order(quote=quote)["screen_connected"] is True)
    world.stop()
    screen.join()


def test_a_client_that_did_not_ask_for_it_is_not_told(world: World) -> None:
    momo, speaker = world.paired()
    _share(momo)
    assert _told(speaker) == "nothing"


def test_where_another_process_may_have_the_screen_its_absence_is_not_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "has_one_process", property(lambda _store: False))
    momo, speaker = world.paired(**TAKES_IT)
    _share(momo)
    assert _told(speaker) == "nothing"
    screen = _screen(momo)
    assert _told(speaker) is True
    world.stop()
    screen.join()
