"""Threat 5: a terminal, a device or one of their tokens falls into other hands."""

from core.wire import approval as approvals
from tests.server.orders.world import World, error_of


def test_a_removed_terminal_cannot_decide_what_it_was_asked_before(orders: World) -> None:
    momo, speaker = orders.paired()
    told = speaker.order()
    approval = momo.approval(told["auth_req_id"], code=told["match_code"])
    answer = momo.call("DELETE", f"/terminals/{momo.terminal_id}")
    assert answer.status_code == 204
    headers = {"authorization": f"Bearer {momo._token}"}
    late = orders.http.post(
        f"{orders.url}/requests/{told['auth_req_id']}/decision",
        json={"approval": approvals.sign(approval, momo.key)},
        headers=headers,
    )
    assert late.status_code == 401
    assert orders.earned() == 0


def test_another_person_cannot_see_or_decide(orders: World) -> None:
    momo, speaker = orders.paired()
    told = speaker.order()
    hana = orders.person("hana", "Hana")
    assert hana.call("GET", f"/requests/{told['auth_req_id']}").status_code == 404
    approval = momo.approval(told["auth_req_id"], code=told["match_code"], iss=hana.terminal_id, sub="hana")
    assert hana.send(told["auth_req_id"], approvals.sign(approval, hana.key)).status_code == 404
    assert momo.state(told["auth_req_id"]) == "pending"


def test_another_device_cannot_redeem_withdraw_or_look_up(orders: World) -> None:
    _, speaker = orders.paired()
    told = speaker.order()
    thief = orders.device()
    assert error_of(thief.poll(told["auth_req_id"])) == (400, "invalid_grant")
    assert error_of(thief.post("/outcome", {"auth_req_id": told["auth_req_id"]})) == (400, "invalid_grant")
    thief.withdraw(told["auth_req_id"])
    assert speaker.outcome(told["auth_req_id"])["state"] == "pending"


def test_an_unpaired_device_asks_nobody(orders: World) -> None:
    momo, speaker = orders.paired()
    assert momo.call("DELETE", f"/devices/{speaker.client_id}").status_code == 204
    assert error_of(speaker.ask()) == (400, "unknown_user_id")
