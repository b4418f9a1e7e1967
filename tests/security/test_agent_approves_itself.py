"""Threat 18: an agent that was talked into it tries to approve its own request."""

from core.wire import approval as approvals
from tests.server.orders.world import World, error_of


def test_a_device_token_opens_nothing_of_the_approver(orders: World) -> None:
    momo, speaker = orders.paired()
    told = speaker.order()
    answer = speaker.post("/token", {"grant_type": "client_credentials", "scope": "device"})
    headers = {"authorization": f"Bearer {answer.json()['access_token']}"}
    compact = approvals.sign(momo.approval(told["auth_req_id"], code=told["match_code"]), momo.key)
    place = f"{orders.url}/requests/{told['auth_req_id']}"
    assert (
        orders.http.post(f"{place}/decision", json={"approval": compact}, headers=headers).status_code == 403
    )
    assert orders.http.get(place, headers=headers).status_code == 403
    assert orders.http.get(f"{orders.url}/inbox", headers=headers).status_code == 403
    assert momo.state(told["auth_req_id"]) == "pending"


def test_a_nod_never_gives_a_device_the_rights_of_a_terminal(orders: World) -> None:
    momo, speaker = orders.paired(scope="openid device observe")
    assert error_of(speaker.ask(quote="", scope="openid terminal")) == (400, "invalid_scope")
    told = speaker.order(quote="", scope="openid device observe")
    momo.decide(told["auth_req_id"], code=told["match_code"])
    token = speaker.poll(told["auth_req_id"]).json()["access_token"]
    headers = {"authorization": f"Bearer {token}"}
    for path in ("/requests", "/contacts", "/events"):
        assert orders.http.get(orders.url + path, headers=headers).status_code == 403, path
