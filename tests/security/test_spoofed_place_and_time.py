"""Threat 6: a device says that it stands somewhere else, or that it is another time."""

import datetime

import msgspec

from tests.server.orders.world import PURCHASE, Device, World

HOME: dict[str, object] = {"label": "your home", "latitude": 35.659, "longitude": 139.7005}


def test_a_place_that_the_device_sends_is_shown_as_reported(orders: World) -> None:
    momo, speaker = orders.paired()
    told = _order(orders, speaker, place=HOME)
    place = momo.view(told["auth_req_id"]).details.context.place
    assert (place.label, place.source) == ("your home", "reported")


def test_a_device_cannot_call_its_place_registered(orders: World) -> None:
    _, speaker = orders.paired()
    details = [{"type": PURCHASE, "quote": orders.quote(), "place": HOME | {"source": "registered"}}]
    answer = speaker.ask(quote="", authorization_details=msgspec.json.encode(details).decode())
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_authorization_details")


def test_the_place_that_the_approver_registered_is_shown_as_registered(orders: World) -> None:
    momo, speaker = orders.person(), orders.device()
    momo.pair(speaker, place={"label": "Kitchen"})
    place = momo.view(speaker.order()["auth_req_id"]).details.context.place
    assert (place.label, place.source) == ("Kitchen", "registered")


def test_the_time_that_is_shown_is_the_servers(orders: World) -> None:
    momo, speaker = orders.paired()
    told = speaker.order(requested_at="1999-01-01T00:00:00Z")
    shown = momo.view(told["auth_req_id"]).details.context.requested_at
    assert shown == _rfc3339(orders.clock())


def _order(orders: World, speaker: Device, place: dict[str, object]) -> dict[str, str]:
    details = [{"type": PURCHASE, "quote": orders.quote(), "place": place}]
    return speaker.order(quote="", authorization_details=msgspec.json.encode(details).decode())


def _rfc3339(now: float) -> str:
    return datetime.datetime.fromtimestamp(int(now), datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
