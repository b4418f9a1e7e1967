"""Ping (CIBA Core 1.0 section 10.2): the client hears that there is an answer, and fetches it."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.server import client_notices, outbound
from core.server.settings import Settings
from tests.clock import FakeClock
from tests.server.orders.receiver import Receiver, notices_left
from tests.server.orders.stores import BOTH
from tests.server.orders.world import Device, Person, World, error_of
from tests.waiting import wait_until

TOKEN = "8d67dc78-7faa-4d41-aabd-67707b374255"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as made:
        yield made


def pinged(world: World, receiver: Receiver | str) -> tuple[Person, Device]:
    endpoint = receiver if isinstance(receiver, str) else receiver.url
    return world.paired(
        backchannel_token_delivery_mode="ping", backchannel_client_notification_endpoint=endpoint
    )


def ask(speaker: Device, **more: str) -> dict[str, Any]:
    return speaker.order(**{"quote": "", "client_notification_token": TOKEN} | more)


def test_a_ping_says_only_which_request_has_its_answer(world: World, receiver: Receiver) -> None:
    momo, speaker = pinged(world, receiver)
    for seen, decision in enumerate(("approve", "deny", "report", "wrong code"), 1):
        world.fake.advance(1000)
        told = ask(speaker)
        assert told["interval"] == 2
        code = told["match_code"]
        if decision == "wrong code":
            momo.decide(told["auth_req_id"], "approve", f"{(int(code) + 1) % 100:02d}")
        else:
            momo.decide(told["auth_req_id"], decision, code)
        receiver.until(seen)
        wait_until(lambda: notices_left(world) == 0)
        call = receiver.calls[-1]
        assert call.json() == {"auth_req_id": told["auth_req_id"]}
        assert (call.method, call.path) == ("POST", "/told")
        assert (call.authorization, call.media_type) == (f"Bearer {TOKEN}", "application/json")
        heard = speaker.poll(told["auth_req_id"])
        assert (
            heard.status_code == 200 if decision == "approve" else error_of(heard) == (400, "access_denied")
        )
    assert len(receiver.calls) == 4


def test_nothing_is_sent_before_the_decision_and_ping_clients_may_poll(
    world: World, receiver: Receiver
) -> None:
    momo, speaker = pinged(world, receiver)
    told = ask(speaker)
    assert error_of(speaker.poll(told["auth_req_id"])) == (400, "authorization_pending")
    assert notices_left(world) == 0
    momo.decide(told["auth_req_id"], code=told["match_code"])
    assert speaker.poll(told["auth_req_id"]).status_code == 200
    receiver.first()


def test_a_request_that_runs_out_is_told_too(world: World, receiver: Receiver) -> None:
    _, speaker = pinged(world, receiver)
    told = ask(speaker, requested_expiry="5")
    world.fake.advance(5)
    assert receiver.first().json() == {"auth_req_id": told["auth_req_id"]}
    assert error_of(speaker.poll(told["auth_req_id"])) == (400, "expired_token")


def test_a_withdrawal_is_no_news_to_the_one_who_withdrew(world: World, receiver: Receiver) -> None:
    _, speaker = pinged(world, receiver)
    told = ask(speaker)
    assert speaker.withdraw(told["auth_req_id"]).status_code == 200
    assert notices_left(world) == 0


def test_a_purchase_is_told_once_when_it_is_settled_and_not_before(world: World, receiver: Receiver) -> None:
    momo, speaker = pinged(world, receiver)
    world.gate.mode = "down"
    told = ask(speaker, quote=world.quote())
    momo.decide(told["auth_req_id"], code=told["match_code"])
    wait_until(lambda: len(world.gate.seen) > 0)
    assert notices_left(world) == 0
    world.gate.mode = "open"
    world.fake.advance(1)
    receiver.first()
    answer = speaker.poll(told["auth_req_id"]).json()
    assert answer["authorization_details"][0]["outcome"]["status"] == "paid"


@BOTH
def test_an_unknown_outcome_is_told_once_also_when_it_is_reconciled(world: World, receiver: Receiver) -> None:
    momo, speaker = pinged(world, receiver)
    world.gate.mode = "down"
    told = ask(speaker, quote=world.quote())
    momo.decide(told["auth_req_id"], code=told["match_code"])
    world.fake.advance(10.5)
    receiver.first()
    world.gate.mode = "open"
    assert speaker.settled(told["auth_req_id"])["outcome"]["status"] == "paid"
    wait_until(lambda: notices_left(world) == 0)
    assert len(receiver.calls) == 1


def test_an_answer_is_taken_as_it_is_and_no_redirect_is_followed(world: World, receiver: Receiver) -> None:
    momo, speaker = pinged(world, receiver)
    statuses = [200, 204, 301, 302, 307, 400, 401, 403, 404]
    receiver.statuses = list(statuses)
    for seen in range(1, len(statuses) + 1):
        world.fake.advance(10)
        told = ask(speaker)
        momo.decide(told["auth_req_id"], code=told["match_code"])
        receiver.until(seen)
        wait_until(lambda: notices_left(world) == 0)
        assert speaker.poll(told["auth_req_id"]).status_code == 200
    assert [call.path for call in receiver.calls] == ["/told"] * len(statuses)


def test_a_busy_client_is_told_again_more_and_more_slowly(world: World, receiver: Receiver) -> None:
    receiver.statuses = [500, 503, 429]
    momo, speaker = pinged(world, receiver)
    told = ask(speaker)
    momo.decide(told["auth_req_id"], code=told["match_code"])
    for seen, wait in enumerate((1, 2, 4), 1):
        receiver.until(seen)
        wait_until(lambda: _is_resting(world))
        world.fake.advance(wait - 0.1)
        assert not _is_due(world)
        world.fake.advance(0.1)
    wait_until(lambda: notices_left(world) == 0)
    assert {call.body for call in receiver.calls} == {receiver.calls[0].body}
    assert len(receiver.calls) == 4


def test_a_client_that_is_not_there_is_told_when_it_comes_back(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        port = bound.getsockname()[1]
    momo, speaker = pinged(world, f"http://127.0.0.1:{port}/told")
    told = ask(speaker)
    momo.decide(told["auth_req_id"], code=told["match_code"])
    wait_until(lambda: _is_resting(world))
    with Receiver(port=port) as receiver:
        world.fake.advance(1)
        assert receiver.first().json() == {"auth_req_id": told["auth_req_id"]}


def test_a_client_that_never_answers_is_left_alone_once_nothing_can_be_redeemed(
    world: World, receiver: Receiver
) -> None:
    receiver.statuses = [503] * 1000
    momo, speaker = pinged(world, receiver)
    told = ask(speaker)
    momo.decide(told["auth_req_id"], code=told["match_code"])

    def over() -> bool:
        if notices_left(world) and _is_resting(world):
            world.fake.advance(20)
        return notices_left(world) == 0

    wait_until(over, 60)
    assert 8 <= len(receiver.calls) <= 20


def test_a_client_that_hangs_keeps_nobody_else_waiting(
    world: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_notices, "PER_CLIENT", 1)
    monkeypatch.setattr(client_notices, "AT_ONCE", 2)
    monkeypatch.setattr(outbound, "TIMEOUT_S", 60.0)
    with Receiver() as slow:
        slow.hangs.set()
        momo, hanging = pinged(world, slow)
        speaker = world.device(
            backchannel_token_delivery_mode="ping", backchannel_client_notification_endpoint=receiver.url
        )
        momo.pair(speaker)
        people = [world.person(name, name) for name in ("taro", "mei", "jiro")]
        for person in people:
            person.pair(hanging)
            told = ask(hanging, nickname=person.nickname)
            person.decide(told["auth_req_id"], code=told["match_code"])
        told = ask(speaker)
        momo.decide(told["auth_req_id"], code=told["match_code"])
        assert receiver.first().json() == {"auth_req_id": told["auth_req_id"]}
        slow.hangs.clear()
        slow.until(3)
        wait_until(lambda: notices_left(world) == 0)


def test_the_token_of_a_notice_is_forgotten_with_it(world: World, receiver: Receiver) -> None:
    momo, speaker = pinged(world, receiver)
    told = ask(speaker)
    momo.decide(told["auth_req_id"], code=told["match_code"])
    receiver.first()
    wait_until(lambda: notices_left(world) == 0)
    kept = world.server.services.store.reader.read(
        lambda db: db.exec_driver_sql("SELECT notification_token FROM requests").scalar()
    )
    assert kept is None


class Guarded(World):
    """A server that calls public addresses only."""

    def settings(self) -> Settings:
        return replace(super().settings(), allows_private_addresses=False)


def test_plain_http_and_private_addresses_are_not_called_unless_allowed(
    tmp_path: Path, clock: FakeClock, receiver: Receiver
) -> None:
    with Guarded(tmp_path, clock) as world:
        mode = {"backchannel_token_delivery_mode": "ping"}
        with pytest.raises(AssertionError, match="invalid_client_metadata"):
            world.device(**mode, backchannel_client_notification_endpoint=receiver.url)
        momo, speaker = pinged(world, receiver.url.replace("http:", "https:"))
        told = ask(speaker)
        momo.decide(told["auth_req_id"], code=told["match_code"])
        wait_until(lambda: _is_resting(world))
        assert receiver.calls == []
        assert speaker.poll(told["auth_req_id"]).status_code == 200


def test_a_request_without_a_proper_notification_token_is_refused(world: World, receiver: Receiver) -> None:
    _, speaker = pinged(world, receiver)
    for token in ("x" * 1025, "a b", "\u00e4", 'a"b', "=a", "a=b"):
        answer = speaker.ask(quote="", client_notification_token=token)
        assert error_of(answer) == (400, "invalid_request"), token
    assert error_of(speaker.ask(quote="")) == (400, "invalid_request")
    assert ask(speaker, client_notification_token="x" * 1022 + "==")["auth_req_id"]


def test_a_poll_client_is_told_nothing_whatever_token_it_sends(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order(quote="", client_notification_token="a b" * 900)
    momo.decide(told["auth_req_id"], code=told["match_code"])
    assert notices_left(world) == 0


def _rows(world: World, column: str) -> list[float]:
    return world.server.services.store.reader.read(
        lambda db: [row[0] for row in db.exec_driver_sql(f"SELECT {column} FROM notices")]
    )


def _is_resting(world: World) -> bool:
    """Whether an attempt has failed and the next is waited for."""
    return any(at > world.clock() for at in _rows(world, "next_at")) and _rows(world, "leased_until") == [0]


def _is_due(world: World) -> bool:
    return any(at <= world.clock() for at in _rows(world, "next_at"))
