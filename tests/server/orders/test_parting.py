"""A device that is unpaired or blocked stops asking at once, also what it has asked already."""

import pytest

from core.server.store import clients
from tests.server.orders.one_commit import in_one_commit
from tests.server.orders.world import Device, Person, World, error_of


def part(momo: Person, speaker: Device, how: str) -> None:
    path = f"/devices/{speaker.client_id}"
    answer = (
        momo.call("DELETE", path) if how == "unpair" else momo.call("PATCH", path, json={"blocked": True})
    )
    assert answer.status_code in (200, 204), answer.text


@pytest.mark.parametrize("how", ["unpair", "block"])
def test_parting_ends_what_is_still_asked_and_looks_like_a_refusal(world: World, how: str) -> None:
    momo, speaker = world.paired()
    told = speaker.order()
    code = told["match_code"]
    challenge = momo.view(told["auth_req_id"]).challenge
    part(momo, speaker, how)
    assert momo.state(told["auth_req_id"]) == "denied"
    assert momo.decide(told["auth_req_id"], code=code, challenge=challenge).status_code == 409
    heard = speaker.poll(told["auth_req_id"])
    assert heard.json() == {"error": "access_denied", "error_description": "The request was refused."}
    assert speaker.outcome(told["auth_req_id"])["state"] == "denied"
    assert world.earned() == 0
    assert error_of(speaker.ask()) == (400, "unknown_user_id")


def test_parting_leaves_other_devices_and_other_people_alone(world: World) -> None:
    momo, speaker = world.paired()
    lamp, taro = world.device(), world.person("taro", "Taro")
    momo.pair(lamp, device_name="Lamp")
    taro.pair(speaker)
    from_lamp, to_taro = lamp.order(quote=""), speaker.order("Taro", quote="")
    speaker.order(quote="")
    part(momo, speaker, "unpair")
    assert momo.state(from_lamp["auth_req_id"]) == "pending"
    assert taro.state(to_taro["auth_req_id"]) == "pending"


def test_what_was_decided_before_the_parting_stands(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order(quote="")
    momo.decide(told["auth_req_id"], code=told["match_code"])
    part(momo, speaker, "unpair")
    assert momo.state(told["auth_req_id"]) == "approved"


def test_a_device_that_the_operator_removes_asks_no_longer(world: World) -> None:
    momo, speaker = world.paired()
    told = speaker.order(quote="")
    challenge = momo.view(told["auth_req_id"]).challenge
    store = world.server.services.store
    assert store.writer.submit_blocking(lambda unit: clients.remove(unit, speaker.client_id))
    assert momo.state(told["auth_req_id"]) == "withdrawn"
    late = momo.decide(told["auth_req_id"], code=told["match_code"], challenge=challenge)
    assert (late.status_code, late.json()["state"]) == (409, "withdrawn")


@pytest.mark.parametrize("how", ["unpair", "block"])
def test_a_request_that_came_in_the_same_commit_is_ended_too(world: World, how: str) -> None:
    momo, speaker = world.paired()
    momo.log_in()
    asked, _ = in_one_commit(world, lambda: speaker.ask(quote=""), lambda: part(momo, speaker, how))
    assert asked.status_code == 200
    assert [one["state"] for one in momo.call("GET", "/requests").json()["requests"]] == ["denied"]


def test_a_code_of_a_device_that_the_operator_removed_pairs_nobody(world: World) -> None:
    momo, speaker = world.person(), world.device()
    code = speaker.post("/device_authorization", {"scope": "device"}).json()["user_code"]
    store = world.server.services.store
    assert store.writer.submit_blocking(lambda unit: clients.remove(unit, speaker.client_id))
    body = {"nickname": "Momo", "device_name": "Kitchen"}
    assert error_of(momo.call("POST", f"/pairings/{code}", json=body)) == (404, "unknown_code")
    assert momo.call("GET", "/devices").json()["devices"] == []
