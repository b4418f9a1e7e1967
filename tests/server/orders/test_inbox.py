"""What a terminal is told while it listens, and what it finds when it comes back."""

import socket
from typing import Any
from urllib.parse import urlsplit

from core.server.inbox import MOST_OPEN
from core.wire.events import MESSAGES
from tests.server.orders.streams import Listener
from tests.server.orders.world import SECRET, Person, World


def _listen(momo: Person, revision: int = 0) -> Listener:
    return Listener(f"{momo.world.url}/inbox?revision={revision}", momo.log_in())


def test_a_snapshot_comes_first_and_then_each_change(world: World) -> None:
    momo, speaker = world.paired()
    inbox = _listen(momo)
    assert inbox.wait("snapshot") == {"revision": 0, "pending": [], "settled": []}
    told = speaker.order()
    asked = inbox.wait("change", id=told["auth_req_id"], state="pending")
    assert asked["expires_in_s"] == 60
    assert asked["details_sha256"]
    momo.decide(told["auth_req_id"], code=told["match_code"])
    inbox.wait("change", id=told["auth_req_id"], state="paid")
    revisions = [data["revision"] for event, data in inbox.events if event == "change"]
    assert revisions == sorted(set(revisions))


def test_a_terminal_that_comes_back_gets_what_it_missed_and_only_that(world: World) -> None:
    momo, speaker = world.paired()
    first = speaker.order()
    momo.decide(first["auth_req_id"], "deny")
    seen = momo.view(first["auth_req_id"]).revision
    second = speaker.order()
    momo.decide(second["auth_req_id"], "deny")
    third = speaker.order()
    inbox = _listen(momo, seen)
    snapshot = inbox.wait("snapshot")
    assert [one["id"] for one in snapshot["settled"]] == [second["auth_req_id"]]
    assert [one["id"] for one in snapshot["pending"]] == [third["auth_req_id"]]


def test_a_terminal_hears_of_withdrawal_and_expiry(world: World) -> None:
    momo, speaker = world.paired()
    inbox = _listen(momo)
    told = speaker.order(quote="")
    speaker.withdraw(told["auth_req_id"])
    inbox.wait("change", id=told["auth_req_id"], state="withdrawn")
    told = speaker.order(quote="", requested_expiry="5")
    world.fake.advance(5)
    inbox.wait("change", id=told["auth_req_id"], state="expired")


def test_a_removed_terminal_is_told_and_cut_off(world: World) -> None:
    momo, _ = world.paired()
    inbox = _listen(momo)
    inbox.wait("snapshot")
    answer = momo.call("DELETE", f"/terminals/{momo.terminal_id}")
    assert answer.status_code == 204, answer.text
    inbox.wait("removed")
    inbox.join()


def test_nobody_hears_of_somebody_elses_requests(world: World) -> None:
    momo, speaker = world.paired()
    taro = world.person("taro", "Taro")
    inbox = _listen(taro)
    inbox.wait("snapshot")
    mine = _listen(momo)
    told = speaker.order()
    mine.wait("change", id=told["auth_req_id"])
    assert [event for event, _ in inbox.events] == ["snapshot"]


def test_the_server_stops_while_streams_are_open(world: World) -> None:
    momo, _ = world.paired()
    inbox = _listen(momo)
    inbox.wait("snapshot")
    world.stop()
    inbox.join()


def test_a_terminal_that_opens_streams_without_end_loses_its_oldest(world: World) -> None:
    momo, mei = world.person(), world.person("mei", "Mei")
    other, first = _listen(mei), _listen(momo)
    other.wait("snapshot")
    first.wait("snapshot")
    later = []
    for _ in range(MOST_OPEN):
        later.append(_listen(momo))
        later[-1].wait("snapshot")
    first.join()
    device = world.device()
    momo.pair(device)
    told = device.order(quote="")
    for stream in later:
        stream.wait("change", id=told["auth_req_id"])
    assert not other.has_ended


def test_a_look_at_the_head_of_a_stream_ends(world: World) -> None:
    momo = world.person()
    momo.log_in()
    looked = momo.call("HEAD", "/inbox", timeout=3)
    assert (looked.status_code, looked.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    assert momo.call("GET", "/profile").status_code == 200


def test_an_inbox_needs_a_terminal(world: World) -> None:
    _, speaker = world.paired()
    answer = speaker.post("/token", {"grant_type": "client_credentials", "scope": "device"})
    token = answer.json()["access_token"]
    headers = {"authorization": f"Bearer {token}"}
    assert world.http.get(f"{world.url}/inbox", headers=headers).status_code == 403
    assert world.http.get(f"{world.url}/inbox").status_code == 401


def _observer(world: World) -> str:
    body = {"nod_kind": "service", "grant_types": ["client_credentials"], "scope": "observe"}
    headers = {"authorization": f"Bearer {SECRET}"}
    client: dict[str, Any] = world.http.post(f"{world.url}/register", json=body, headers=headers).json()
    form = {"grant_type": "client_credentials", "scope": "observe"}
    pair = (client["client_id"], client["client_secret"])
    answer = world.http.post(f"{world.url}/token", data=form, auth=pair)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


def test_an_observer_sees_every_step_of_an_order_and_no_item(world: World) -> None:
    momo, speaker = world.paired()
    log = Listener(f"{world.url}/events", _observer(world))
    inbox = _listen(momo)
    inbox.wait("snapshot")
    told = speaker.order()
    log.wait("message", name="inquiry", request_id=told["auth_req_id"])
    momo.decide(told["auth_req_id"], code=told["match_code"])
    speaker.settled(told["auth_req_id"])
    speaker.poll(told["auth_req_id"])
    log.wait("message", name="tokens")
    mine = [data for _, data in log.events if data.get("request_id") == told["auth_req_id"]]
    names = [data["name"] for data in mine]
    assert names == [
        "authentication_request",
        "acknowledgement",
        "inquiry",
        "decision",
        "payment_token",
        "receipt",
        "settled",
        "tokens",
    ]
    assert all((data["from"], data["to"]) == MESSAGES[data["name"]] for data in mine)
    assert "ilk" not in repr(log.events)
    assert told["match_code"] not in [value for data in mine for value in data.get("data", {}).values()]


def test_a_terminal_that_does_not_read_keeps_no_device_waiting(world: World) -> None:
    momo, speaker = world.paired()
    place = urlsplit(world.url)
    with socket.create_connection((str(place.hostname), int(place.port or 0))) as stalled:
        head = f"GET /inbox HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {momo.log_in()}\r\n\r\n"
        stalled.sendall(head.encode())
        for _ in range(20):
            told = speaker.order(quote="")
            assert momo.decide(told["auth_req_id"], code=told["match_code"]).json()["state"] == "approved"


def test_local_steps_are_taken_only_where_somebody_is_meant_to_look_on(world: World) -> None:
    momo, _ = world.paired()
    assert momo.call("POST", "/events", json={"name": "shown"}).status_code == 404
    world.stop()
    world._more["takes_local_events"] = True
    world.start()
    assert momo.call("POST", "/events", json={"name": "shown"}).status_code == 204
    assert momo.call("POST", "/events", json={"name": "paid"}).status_code == 400
    assert momo.call("POST", "/events", json={"name": "shown", "request_id": "\x00"}).status_code == 400
