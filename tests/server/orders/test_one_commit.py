"""What arrives about one person in the very same commit is judged as if it had come one after the other."""

from sqlalchemy import select

from core.server.store.request_tables import requests
from tests.server.orders.one_commit import in_one_commit
from tests.server.orders.stores import BOTH
from tests.server.orders.world import World, error_of


def _revisions(world: World) -> list[int]:
    of_momo = select(requests.c.revision).where(requests.c.user_id == "momo")
    return list(world.server.services.store.reader.read(lambda rows: rows.execute(of_momo).scalars().all()))


@BOTH
def test_one_device_asks_once_however_fast_it_is(world: World) -> None:
    _, speaker = world.paired()
    quotes = [world.quote(), world.quote()]
    first, second = in_one_commit(world, *[lambda quote=one: speaker.ask(quote=quote) for one in quotes])
    assert first.status_code == 200
    assert error_of(second) == (403, "access_denied")
    assert len(_revisions(world)) == 1


@BOTH
def test_two_devices_get_codes_and_revisions_of_their_own(world: World) -> None:
    momo, speaker = world.paired()
    lamp = world.device()
    momo.pair(lamp)
    quotes = [world.quote(), world.quote()]
    answers = in_one_commit(world, lambda: speaker.ask(quote=quotes[0]), lambda: lamp.ask(quote=quotes[1]))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len({answer.json()["match_code"] for answer in answers}) == 2
    assert len(set(_revisions(world))) == 2


@BOTH
def test_a_decision_beside_a_new_request_has_a_revision_of_its_own(world: World) -> None:
    """The new request's row is appended at the commit's end: a decision that did not see it would take its
    number, and the terminal would pass one of the two over."""
    momo, speaker = world.paired()
    lamp = world.device()
    momo.pair(lamp)
    told = lamp.order(quote="")
    momo.log_in()
    quote = world.quote()
    asked, _ = in_one_commit(
        world,
        lambda: speaker.ask(quote=quote),
        lambda: momo.decide(told["auth_req_id"], code=told["match_code"]),
    )
    assert asked.status_code == 200
    assert momo.state(told["auth_req_id"]) == "approved"
    assert len(set(_revisions(world))) == 2
