"""Push (CIBA Core 1.0 sections 10.3 and 12): the tokens, or why there are none, come to the client."""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from core.server import client_notices
from core.wire import jose
from core.wire.canonical import b64u
from core.wire.keys import PublicKeys
from tests.server.orders.receiver import Receiver, notices_left
from tests.server.orders.stores import BOTH
from tests.server.orders.world import Device, Person, World, error_of
from tests.waiting import wait_until

TOKEN = "cNf.token~with+all/the-characters_=="
CLAIM = "urn:openid:params:jwt:claim:"
GRANTS = ["urn:openid:params:grant-type:ciba", "urn:ietf:params:oauth:grant-type:device_code"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as made:
        yield made


def pushed(world: World, receiver: Receiver, **metadata: Any) -> tuple[Person, Device]:
    return world.paired(
        backchannel_token_delivery_mode="push",
        backchannel_client_notification_endpoint=receiver.url,
        **metadata,
    )


def ask(speaker: Device, **more: str) -> dict[str, Any]:
    return speaker.order(**{"quote": "", "client_notification_token": TOKEN} | more)


def id_token_of(world: World, compact: str) -> dict[str, Any]:
    """Its claims, by the keys that the server publishes."""
    keys = world.http.get(f"{world.url}/jwks").json()["keys"]
    return jose.verify(compact, PublicKeys(keys), "JWT", dict)


def half_hash(token: str) -> str:
    return b64u(hashlib.sha256(token.encode()).digest()[:16])


def test_the_tokens_come_with_the_bearer_token_and_an_id_token_bound_to_them(
    world: World, receiver: Receiver
) -> None:
    momo, speaker = pushed(world, receiver)
    told = ask(speaker)
    assert "interval" not in told
    momo.decide(told["auth_req_id"], code=told["match_code"])
    call = receiver.first()
    assert (call.method, call.authorization, call.media_type) == (
        "POST",
        f"Bearer {TOKEN}",
        "application/json",
    )
    answer = call.json()
    assert answer["auth_req_id"] == told["auth_req_id"]
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 600)
    claims = id_token_of(world, answer["id_token"])
    assert claims["aud"] == speaker.client_id
    assert claims["at_hash"] == half_hash(answer["access_token"])
    assert claims[CLAIM + "auth_req_id"] == told["auth_req_id"]
    assert CLAIM + "rt_hash" not in claims
    assert speaker.post("/introspect", {"token": answer["access_token"]}).json()["active"] is True


def test_a_refresh_token_is_bound_to_its_id_token(world: World, receiver: Receiver) -> None:
    momo, speaker = pushed(
        world, receiver, grant_types=[*GRANTS, "refresh_token"], scope="openid device offline_access"
    )
    told = ask(speaker, scope="openid offline_access")
    momo.decide(told["auth_req_id"], code=told["match_code"])
    answer = receiver.first().json()
    claims = id_token_of(world, answer["id_token"])
    assert claims[CLAIM + "rt_hash"] == half_hash(answer["refresh_token"])


def test_a_paid_purchase_is_pushed_with_its_outcome(world: World, receiver: Receiver) -> None:
    momo, speaker = pushed(world, receiver)
    told = ask(speaker, quote=world.quote())
    momo.decide(told["auth_req_id"], code=told["match_code"])
    outcome = receiver.first().json()["authorization_details"][0]["outcome"]
    assert outcome == {"status": "paid", "txn": told["auth_req_id"]}


def test_a_push_client_gets_nothing_at_the_token_endpoint(world: World, receiver: Receiver) -> None:
    momo, speaker = pushed(world, receiver)
    told = ask(speaker)
    assert error_of(speaker.poll(told["auth_req_id"])) == (400, "unauthorized_client")
    momo.decide(told["auth_req_id"], code=told["match_code"])
    receiver.first()
    assert error_of(speaker.poll(told["auth_req_id"])) == (400, "unauthorized_client")


def test_failures_are_pushed_as_errors(world: World, receiver: Receiver) -> None:
    momo, speaker = pushed(world, receiver)
    for seen, decision in enumerate(("deny", "report", "expire"), 1):
        world.fake.advance(100)
        told = ask(speaker, requested_expiry="60")
        if decision == "expire":
            world.fake.advance(60)
        else:
            momo.decide(told["auth_req_id"], decision)
        receiver.until(seen)
        answer = receiver.calls[-1].json()
        assert answer.pop("error_description").isascii()
        error = "expired_token" if decision == "expire" else "access_denied"
        assert answer == {"auth_req_id": told["auth_req_id"], "error": error}
        wait_until(lambda: notices_left(world) == 0)


@BOTH
def test_every_attempt_brings_the_very_same_tokens(world: World, receiver: Receiver) -> None:
    receiver.statuses = [503, 302, 404]
    momo, speaker = pushed(world, receiver)
    told = ask(speaker)
    momo.decide(told["auth_req_id"], code=told["match_code"])

    def confirmed() -> bool:
        world.fake.advance(0.25)
        return notices_left(world) == 0

    wait_until(confirmed)
    assert {call.path for call in receiver.calls} == {"/told"}
    assert len(receiver.calls) == 4
    assert len({call.body for call in receiver.calls}) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_a_client_that_refuses_its_own_token_is_not_asked_again(
    world: World, receiver: Receiver, status: int
) -> None:
    receiver.statuses = [status]
    momo, speaker = pushed(world, receiver)
    told = ask(speaker)
    momo.decide(told["auth_req_id"], code=told["match_code"])
    receiver.first()
    wait_until(lambda: notices_left(world) == 0)
    assert len(receiver.calls) == 1
    assert speaker.outcome(told["auth_req_id"])["state"] == "approved"


def test_tokens_that_come_too_late_are_a_failed_transaction(
    world: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    momo, speaker = pushed(world, receiver)
    told = ask(speaker)
    monkeypatch.setattr(client_notices, "AT_ONCE", 0)
    momo.decide(told["auth_req_id"], code=told["match_code"])
    world.fake.advance(601)
    monkeypatch.undo()
    answer = receiver.first().json()
    assert (answer["auth_req_id"], answer["error"]) == (told["auth_req_id"], "transaction_failed")
    wait_until(lambda: notices_left(world) == 0)
    assert len(receiver.calls) == 1


def test_a_restart_pushes_what_was_not_confirmed(world: World, receiver: Receiver) -> None:
    receiver.statuses = [503]
    momo, speaker = pushed(world, receiver)
    told = ask(speaker)
    momo.decide(told["auth_req_id"], code=told["match_code"])
    first = receiver.first()
    world.stop()
    world.fake.advance(30)
    world.start()
    wait_until(lambda: len(receiver.calls) == 2)
    assert receiver.calls[1].body == first.body
    assert msgspec.json.decode(first.body, type=dict[str, Any])["access_token"]
