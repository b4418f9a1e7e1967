"""Claim 4: date, time and place are taken when the device sends, and shown when the terminal asks."""

from datetime import UTC, datetime

import msgspec

from core.presentation.lines import lines
from core.texts.catalog import Texts
from tests.server.orders.parties import PURCHASE
from tests.server.orders.world import World

KITCHEN = {"label": "Kitchen", "latitude": 35.659, "longitude": 139.7005, "accuracy_m": 30}


def test_claim_4_the_moment_and_place_of_sending_are_shown(world: World) -> None:
    momo, speaker = world.paired()
    detail = {"type": PURCHASE, "quote": world.quote(), "place": KITCHEN}
    sent_at = world.clock()
    asked = speaker.order(quote="", authorization_details=msgspec.json.encode([detail]).decode())
    world.fake.advance(7)
    details = momo.view(asked["auth_req_id"]).details
    told_at = datetime.fromisoformat(details.context.requested_at)
    assert told_at == datetime.fromtimestamp(int(sent_at), UTC)
    assert (details.context.place.label, details.context.place.source) == ("Kitchen", "reported")
    shown = lines(details, Texts("en"), "Asia/Tokyo")
    assert "Kitchen" in shown.where
    assert str(told_at.year) in shown.when


def test_claim_4_a_device_that_sends_no_place_is_shown_at_its_registered_one(world: World) -> None:
    momo, speaker = world.person(), world.device()
    momo.pair(speaker, place=KITCHEN)
    place = momo.view(speaker.order()["auth_req_id"]).details.context.place
    assert (place.label, place.source) == ("Kitchen", "registered")
