"""Every lost answer of DESIGN.md "Safe retries" and "Paid once"."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.database import audit
from core.wire import approval as approvals
from tests.server.orders.receiver import Receiver
from tests.server.orders.stores import BOTH
from tests.server.orders.world import World, error_of
from tests.waiting import wait_until


def test_asking_again_with_the_same_quote_gives_the_same_answer(world: World) -> None:
    _, speaker = world.paired()
    quote = world.quote()
    first = speaker.order(quote=quote)
    world.fake.advance(10)
    again = speaker.order(quote=quote)
    assert (again["auth_req_id"], again["match_code"]) == (first["auth_req_id"], first["match_code"])
    assert again["expires_in"] == first["expires_in"] - 10


@BOTH
def test_asking_many_times_at_once_with_one_quote_makes_one_request(world: World) -> None:
    momo, speaker = world.paired()
    quote = world.quote()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: speaker.ask(quote=quote), range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["auth_req_id"] for answer in answers}) == 1
    assert len(momo.call("GET", "/requests").json()["requests"]) == 1


def test_a_quote_that_was_asked_for_is_refused_afterwards(world: World) -> None:
    momo, speaker = world.paired()
    quote = world.quote()
    told = speaker.order(quote=quote)
    momo.decide(told["auth_req_id"], "deny")
    assert error_of(speaker.ask(quote=quote)) == (400, "invalid_authorization_details")


def test_the_same_decision_again_gives_the_state_that_stands(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    compact = approvals.sign(momo.approval(told["auth_req_id"], code=told["match_code"]), momo.key)
    assert momo.send(told["auth_req_id"], compact).json()["state"] == "approved"
    speaker.settled(told["auth_req_id"])
    again = momo.send(told["auth_req_id"], compact)
    assert (again.status_code, again.json()["state"]) == (200, "paid")
    assert world.earned() == momo.view(told["auth_req_id"]).details.purchase.amount.value  # type: ignore[union-attr]


@BOTH
def test_any_other_decision_is_a_conflict(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order(quote="")
    later = approvals.sign(momo.approval(told["auth_req_id"], "approve", told["match_code"]), momo.key)
    momo.decide(told["auth_req_id"], "deny")
    answer = momo.send(told["auth_req_id"], later)
    assert (answer.status_code, answer.json()["state"]) == (409, "denied")
    assert momo.state(told["auth_req_id"]) == "denied"


def test_the_outcome_can_be_asked_for_again_and_again(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    momo.decide(told["auth_req_id"], code=told["match_code"])
    first = speaker.settled(told["auth_req_id"])
    assert speaker.poll(told["auth_req_id"]).status_code == 200
    world.fake.advance(3600)
    assert speaker.outcome(told["auth_req_id"]) == first


@BOTH
def test_a_request_is_redeemed_once_however_many_polls_arrive(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order(quote="")
    momo.decide(told["auth_req_id"], code=told["match_code"])
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: speaker.poll(told["auth_req_id"]), range(16)))
    assert sorted(answer.status_code for answer in answers) == [200] + [400] * 15
    assert {answer.json()["error"] for answer in answers if answer.status_code == 400} == {"invalid_grant"}


def test_an_id_of_another_device_is_nobodys(world: World) -> None:
    _, speaker = world.paired()
    told = speaker.order()
    other = world.device()
    assert error_of(other.poll(told["auth_req_id"])) == (400, "invalid_grant")
    assert error_of(other.post("/outcome", {"auth_req_id": told["auth_req_id"]})) == (400, "invalid_grant")
    assert other.withdraw(told["auth_req_id"]).status_code == 200
    assert speaker.outcome(told["auth_req_id"])["state"] == "pending"


@BOTH
def test_a_pending_request_can_be_withdrawn_and_withdrawn_again(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    for _ in range(2):
        assert speaker.withdraw(told["auth_req_id"]).status_code == 200
    assert momo.state(told["auth_req_id"]) == "withdrawn"
    assert speaker.poll(told["auth_req_id"]).json() == {
        "error": "access_denied",
        "error_description": "withdrawn",
    }


def test_a_decided_request_cannot_be_withdrawn(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order(quote="")
    momo.decide(told["auth_req_id"], code=told["match_code"])
    answer = speaker.withdraw(told["auth_req_id"])
    assert (answer.status_code, answer.json()["state"]) == (409, "approved")


@BOTH
def test_a_lost_answer_of_the_payment_server_is_paid_exactly_once(world: World) -> None:
    momo, speaker = world.paired()
    world.gate.mode = "loses"
    told = speaker.order()
    momo.decide(told["auth_req_id"], code=told["match_code"])
    wait_until(lambda: world.attempts(told["auth_req_id"]) > 0)
    world.gate.mode = "open"
    world.fake.advance(20)
    ended = speaker.settled(told["auth_req_id"])
    assert ended["outcome"]["status"] == "paid"
    assert ("GET", f"/payments/{told['auth_req_id']}") in world.gate.seen
    assert world.earned() == momo.view(told["auth_req_id"]).details.purchase.amount.value  # type: ignore[union-attr]


def test_a_payment_that_was_taken_is_not_voided_but_reconciled(world: World) -> None:
    momo, speaker = world.paired()
    world.gate.mode = "loses"
    told = speaker.order()
    momo.decide(told["auth_req_id"], code=told["match_code"])
    wait_until(lambda: world.earned() > 0)
    world.fake.advance(901)
    world.gate.mode = "open"
    assert speaker.settled(told["auth_req_id"])["outcome"]["status"] == "paid"


@BOTH
def test_a_token_that_died_is_minted_anew_for_the_same_payment(world: World) -> None:
    momo, speaker = world.paired()
    world.gate.mode = "down"
    told = speaker.order()
    momo.decide(told["auth_req_id"], code=told["match_code"])
    wait_until(lambda: len(world.gate.seen) > 0)
    world.fake.advance(300)
    world.gate.mode = "open"
    assert speaker.settled(told["auth_req_id"])["outcome"]["status"] == "paid"
    assert momo.state(told["auth_req_id"]) == "paid"


def test_a_restart_in_order_loses_nothing(world: World) -> None:
    momo, speaker = world.paired()
    world.gate.mode = "down"
    told = speaker.order()
    momo.decide(told["auth_req_id"], code=told["match_code"])
    world.stop()
    world.gate.mode = "open"
    world.start()
    world.fake.advance(20)
    assert speaker.settled(told["auth_req_id"])["outcome"]["status"] == "paid"


def _lease_for_good(world: World, table: str) -> None:
    """Leaves a stopped server's work in hand, as a killed process does."""
    rows = sqlite3.connect(world.database_url.removeprefix("sqlite:///"))
    with rows:
        assert rows.execute(f"UPDATE {table} SET leased_by = 'dead', leased_until = 1e12").rowcount == 1
    rows.close()


def test_a_payment_that_a_dead_process_had_in_hand_is_taken_up_at_the_next_start(world: World) -> None:
    momo, speaker = world.paired()
    world.gate.mode = "down"
    told = speaker.order()
    momo.decide(told["auth_req_id"], code=told["match_code"])
    world.stop()
    world.gate.mode = "open"
    _lease_for_good(world, "outbox")
    world.start()
    assert speaker.settled(told["auth_req_id"])["outcome"]["status"] == "paid"


def test_a_notice_that_a_dead_process_had_in_hand_is_taken_up_at_the_next_start(world: World) -> None:
    with Receiver([503]) as receiver:
        momo, speaker = world.paired(
            backchannel_token_delivery_mode="ping", backchannel_client_notification_endpoint=receiver.url
        )
        told = speaker.order(quote="", client_notification_token="a")
        momo.decide(told["auth_req_id"], code=told["match_code"])
        receiver.first()
        world.stop()
        _lease_for_good(world, "notices")
        world.fake.advance(30)
        world.start()
        wait_until(lambda: len(receiver.calls) == 2)


def test_a_forged_receipt_is_not_believed(world: World) -> None:
    momo, speaker = world.paired()
    world.gate.change = lambda body: body[:-20] + b"AAAA" + body[-16:]
    told = speaker.order()
    momo.decide(told["auth_req_id"], code=told["match_code"])
    wait_until(lambda: len(world.gate.seen) > 0)
    world.fake.advance(11)
    wait_until(lambda: momo.state(told["auth_req_id"]) == "unknown")
    world.gate.change = lambda body: body
    world.fake.advance(20)
    assert speaker.settled(told["auth_req_id"])["outcome"]["status"] == "paid"


def test_a_plain_payment_failure_is_declined_with_its_code(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order(quote=world.quote("milk", 900))
    momo.decide(told["auth_req_id"], code=told["match_code"])
    ended = speaker.settled(told["auth_req_id"])
    assert ended["outcome"]["status"] == "declined"
    assert ended["outcome"]["code"] in ("insufficient_funds", "out_of_stock")
    assert world.earned() == 0


def test_an_unreachable_payment_server_refuses_new_requests_with_503(world: World) -> None:
    _, speaker = world.paired()
    quote = world.quote()
    world.payment_url = "http://127.0.0.1:9"
    answer = speaker.ask(quote=quote)
    assert error_of(answer) == (503, "temporarily_unavailable")
    assert answer.headers["retry-after"]


@BOTH
@pytest.mark.parametrize("how", ["deny", "withdraw", "expire"])
def test_a_device_that_asks_for_an_end_again_hears_it_and_writes_nothing(world: World, how: str) -> None:
    momo, speaker = world.paired()
    request_id = speaker.order(quote="")["auth_req_id"]
    match how:
        case "deny":
            momo.decide(request_id, "deny")
        case "withdraw":
            speaker.withdraw(request_id)
        case "expire":
            world.fake.advance(61)
    first = speaker.poll(request_id)
    before = recorded(world)
    for _ in range(3):
        assert speaker.poll(request_id).json() == first.json()
    assert recorded(world) == before
    assert before.count("refusal") == 1


def test_a_token_that_begins_like_a_request_is_revoked_as_a_token(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = "req_" + "x" * 39
    speaker = world.device()
    with monkeypatch.context() as patch:
        patch.setattr("core.server.access_tokens.secrets.token_urlsafe", lambda _size: token)
        form = {"grant_type": "client_credentials", "scope": "device"}
        assert speaker.post("/token", form).json()["access_token"] == token
    assert speaker.post("/revoke", {"token": token}).status_code == 200
    assert speaker.post("/introspect", {"token": token}).json() == {"active": False}


def recorded(world: World) -> list[str]:
    """The kinds of everything in the audit log."""
    rows = world.server.services.store.reader
    return [event.kind for event in rows.read(lambda db: audit.events_after(db, 0, 1000))]
