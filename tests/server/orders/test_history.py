"""The list of a person's requests."""

from tests.server.orders.world import World, error_of


def test_requests_come_newest_first_page_by_page(world: World) -> None:
    momo, speaker = world.paired()
    ids = []
    for _ in range(3):
        told = speaker.order(quote="")
        speaker.withdraw(told["auth_req_id"])
        ids.append(told["auth_req_id"])
    page = momo.call("GET", "/requests?limit=2").json()["requests"]
    assert [one["id"] for one in page] == [ids[2], ids[1]]
    rest = momo.call("GET", f"/requests?limit=2&before={page[-1]['revision']}").json()["requests"]
    assert [one["id"] for one in rest] == [ids[0]]


def test_a_strange_page_is_refused(world: World) -> None:
    momo, _ = world.paired()
    for query in ("limit=0", "limit=x", "before=-1", "limit=99999999999999999999"):
        assert error_of(momo.call("GET", f"/requests?{query}")) == (400, "malformed")


def test_an_ended_request_shows_no_challenge(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order(quote="")
    assert momo.view(told["auth_req_id"]).challenge
    momo.decide(told["auth_req_id"], "deny")
    view = momo.view(told["auth_req_id"])
    assert (view.challenge, view.expires_in_s, view.decided_at) == (None, None, view.decided_at)
    assert view.decided_at is not None
