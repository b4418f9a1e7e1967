"""Threat 2: so many questions that a tired person says yes."""

import pytest

from tests.server.orders.world import World, error_of


def test_many_requests_in_a_row_make_one_dialog(orders: World) -> None:
    momo, speaker = orders.paired()
    answers = [speaker.ask(quote="") for _ in range(25)]
    assert [answer.status_code for answer in answers] == [200] + [403] * 24
    assert all(int(answer.headers["retry-after"]) > 0 for answer in answers[1:])
    assert error_of(answers[1]) == (403, "access_denied")
    assert len(momo.call("GET", "/requests").json()["requests"]) == 1


def test_one_person_is_asked_three_things_at_a_time_at_most(orders: World) -> None:
    momo = orders.person()
    answers = []
    for _ in range(4):
        speaker = orders.device()
        momo.pair(speaker)
        answers.append(speaker.ask(quote=""))
    assert [answer.status_code for answer in answers] == [200, 200, 200, 403]


@pytest.mark.parametrize("end", ["deny", "report", "expire"])
def test_a_device_that_is_refused_again_and_again_has_to_wait(orders: World, end: str) -> None:
    momo, speaker = orders.paired()
    for _ in range(3):
        told = speaker.order(quote="", requested_expiry="5")
        if end == "expire":
            orders.fake.advance(5)
        else:
            momo.decide(told["auth_req_id"], end)
    answer = speaker.ask(quote="")
    assert error_of(answer) == (403, "access_denied")
    assert 1 <= int(answer.headers["retry-after"]) <= 30
    orders.fake.advance(31)
    assert speaker.ask(quote="").status_code == 200


def test_an_approval_ends_the_back_off(orders: World) -> None:
    momo, speaker = orders.paired()
    for decision in ("deny", "deny", "approve", "deny", "deny"):
        told = speaker.order(quote="")
        momo.decide(told["auth_req_id"], decision, told["match_code"])
    assert speaker.ask(quote="").status_code == 200


def test_nobody_is_asked_in_quiet_hours(orders: World) -> None:
    momo, speaker = orders.paired()
    minute = int(orders.clock() // 60 % 1440)
    hours = {"start_minute": (minute - 10) % 1440, "end_minute": (minute + 20) % 1440}
    assert momo.call("PATCH", "/profile", json={"quiet_hours": hours}).status_code == 200
    answer = speaker.ask(quote="")
    assert error_of(answer) == (403, "access_denied")
    assert 0 < int(answer.headers["retry-after"]) <= 20 * 60
    orders.fake.advance(int(answer.headers["retry-after"]))
    assert speaker.ask(quote="").status_code == 200


def test_a_wrong_code_is_the_only_try(orders: World) -> None:
    momo, speaker = orders.paired()
    told = speaker.order()
    wrong = "10" if told["match_code"] != "10" else "11"
    assert momo.decide(told["auth_req_id"], code=wrong).json()["state"] == "denied"
    again = momo.decide(told["auth_req_id"], code=told["match_code"], challenge="x")
    assert again.status_code in (400, 409)
    assert momo.state(told["auth_req_id"]) == "denied"
    assert orders.earned() == 0
