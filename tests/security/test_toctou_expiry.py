"""Threat 8: a decision slips in between the look at the clock and the change."""

from core.database.writer import Unit
from core.wire import approval as approvals
from tests.server.orders.world import World


def test_a_decision_that_waited_in_the_queue_past_the_end_has_no_effect(orders: World) -> None:
    momo, speaker = orders.paired()
    told = speaker.order()
    compact = approvals.sign(momo.approval(told["auth_req_id"], code=told["match_code"]), momo.key)
    orders.fake.advance(59)
    store = orders.server.services.store
    write = store.write

    async def late(guard: object) -> object:
        # The handler has looked at the clock and found it in time; the writer comes to it only now.
        def waited(unit: Unit) -> object:
            unit.now += 2
            return guard(unit)  # type: ignore[operator]

        return await write(waited)

    store.write = late  # type: ignore[method-assign,assignment]
    answer = momo.send(told["auth_req_id"], compact)
    store.write = write  # type: ignore[method-assign]
    assert (answer.status_code, answer.json()["state"]) == (409, "expired")
    assert orders.earned() == 0


def test_a_decision_one_millisecond_before_and_after_the_end(orders: World) -> None:
    momo, speaker = orders.paired()
    for late_ms, state in ((-1, "approved"), (1, "expired")):
        told = speaker.order(quote="")
        compact = approvals.sign(momo.approval(told["auth_req_id"], code=told["match_code"]), momo.key)
        orders.fake.advance(60 + late_ms / 1000)
        assert momo.send(told["auth_req_id"], compact).json()["state"] == state


def test_the_terminals_clock_has_no_say(orders: World) -> None:
    momo, speaker = orders.paired()
    for day in (-86_400, 86_400):
        told = speaker.order(quote="")
        iat = int(orders.clock()) + day
        answer = momo.decide(told["auth_req_id"], code=told["match_code"], iat=iat)
        assert answer.json()["state"] == "approved"
