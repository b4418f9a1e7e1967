"""Pairing: the device shows a code, the person consents with a nickname, a name and a place."""

from tests.clock import FakeClock
from tests.server.world import DEVICE_CODE, World, bearer


def start(world: World, device: object) -> dict[str, str]:
    answer = device.post("/device_authorization", {"scope": "device"})  # type: ignore[attr-defined]
    assert answer.status_code == 200, answer.text
    found: dict[str, str] = answer.json()
    return found


def test_a_device_is_paired_by_its_code_and_then_knows_the_person_by_nickname(world: World) -> None:
    momo, device = world.person(), world.device()
    started = start(world, device)
    poll = {"grant_type": DEVICE_CODE, "device_code": started["device_code"]}
    assert device.post("/token", poll).json()["error"] == "authorization_pending"

    view = momo.send("GET", f"/pairings/{started['user_code']}")
    assert view.status_code == 200
    assert view.json() == {
        "client_name": "Kitchen speaker",
        "kind": "ai_device",
        "may": ["purchase", "procedure", "sign_in"],
        "expires_in": 600,
    }
    place = {"label": "Kitchen", "latitude": 35.6, "longitude": 139.7}
    paired = momo.consent(started["user_code"], "Momo", device_name="The speaker", place=place)
    assert paired.status_code == 201
    assert paired.json()["name"] == "The speaker"
    assert paired.json()["may"] == ["purchase", "procedure", "sign_in"]
    (listed,) = momo.send("GET", "/devices").json()["devices"]
    assert listed == paired.json()
    assert paired.json()["place"] == place | {"source": "registered"}

    token = device.post("/token", poll)
    assert token.status_code == 200
    assert token.json()["scope"] == "device"
    contacts = world.http.get("/contacts", headers=bearer(token.json()["access_token"])).json()
    assert [contact["nickname"] for contact in contacts["contacts"]] == ["Momo"]
    assert contacts["owner"] == "Momo"
    assert device.post("/token", poll).json()["error"] == "invalid_grant"


def test_a_device_that_polls_too_fast_is_told_to_slow_down_and_still_paired(
    world: World, clock: FakeClock
) -> None:
    momo, device = world.person(), world.device()
    started = start(world, device)
    poll = {"grant_type": DEVICE_CODE, "device_code": started["device_code"]}
    heard = [device.post("/token", poll).json()["error"] for _ in range(7)]
    assert heard == ["authorization_pending"] + ["slow_down"] * 5 + ["invalid_request"]
    clock.advance(27)
    assert device.post("/token", poll).json()["error"] == "authorization_pending"
    momo.consent(started["user_code"])
    assert device.post("/token", poll).status_code == 200


def test_consent_whose_answer_was_lost_gives_the_same_answer_again(world: World) -> None:
    momo, device = world.person(), world.device()
    code = device.user_code()
    first = momo.consent(code)
    assert momo.consent(code).json() == first.json()
    assert len(device.contacts()["contacts"]) == 1


def test_a_nickname_that_the_device_already_uses_is_refused(world: World, clock: FakeClock) -> None:
    momo, mei, device = world.person(), world.person("mei", "Mei"), world.device()
    world.pair(device, momo, "モモ")
    clock.advance(1)
    code = device.user_code()
    refused = mei.consent(code, "もも ")
    assert (refused.status_code, refused.json()["code"]) == (409, "nickname_taken")
    assert mei.consent(code, "Mei").status_code == 201
    assert device.contacts()["owner"] == "モモ"


def test_two_devices_know_one_person_by_different_subjects(world: World) -> None:
    momo, one, two = world.person(), world.device(), world.device()
    world.pair(one, momo)
    world.pair(two, momo)
    subjects = {device.contacts()["contacts"][0]["sub"] for device in (one, two)}
    assert len(subjects) == 2


def test_a_refused_pairing_is_told_to_the_device_and_leaves_no_contact(world: World) -> None:
    momo, device = world.person(), world.device()
    started = start(world, device)
    for _ in range(2):
        assert momo.send("DELETE", f"/pairings/{started['user_code']}").status_code == 204
    poll = {"grant_type": DEVICE_CODE, "device_code": started["device_code"]}
    assert device.post("/token", poll).json()["error"] == "access_denied"
    assert momo.consent(started["user_code"]).json()["code"] == "unknown_code"
    assert device.contacts() == {"contacts": []}


def test_five_wrong_codes_lock_the_person_for_ten_minutes_and_nobody_else(
    world: World, clock: FakeClock
) -> None:
    momo, mei, device = world.person(), world.person("mei", "Mei"), world.device()
    code = device.user_code()
    for _ in range(5):
        assert momo.send("GET", "/pairings/BBBB-BBBB").status_code == 404
    locked = momo.send("GET", f"/pairings/{code}")
    assert (locked.status_code, locked.json()["code"]) == (429, "locked")
    assert locked.headers["retry-after"] == "600"
    assert momo.consent(code).status_code == 429
    assert mei.send("GET", f"/pairings/{code}").status_code == 200
    clock.advance(601)
    momo.forget_token()
    assert momo.consent(device.user_code()).status_code == 201


def test_codes_of_a_device_of_ones_own_buy_no_more_guesses(world: World) -> None:
    eve, device = world.person("eve", "Eve"), world.device()
    for _ in range(4):
        assert eve.send("GET", "/pairings/BBBB-BBBB").status_code == 404
    assert eve.consent(device.user_code()).status_code == 201
    assert eve.send("GET", "/pairings/BBBB-BBBB").status_code == 404
    assert eve.send("GET", "/pairings/BBBB-BBBB").status_code == 429


def test_wrong_codes_are_forgotten_after_ten_minutes(world: World, clock: FakeClock) -> None:
    momo = world.person()
    for _ in range(3):
        for _ in range(4):
            assert momo.send("GET", "/pairings/BBBB-BBBB").status_code == 404
        clock.advance(601)
        momo.forget_token()


def test_a_code_typed_in_small_letters_without_the_hyphen_is_the_same_code(world: World) -> None:
    momo, device = world.person(), world.device()
    assert momo.consent(device.user_code().replace("-", "").lower()).status_code == 201


def test_a_code_that_ran_out_pairs_nobody(world: World, clock: FakeClock) -> None:
    momo, device = world.person(), world.device()
    started = start(world, device)
    clock.advance(601)
    assert momo.consent(started["user_code"]).json()["code"] == "unknown_code"
    poll = {"grant_type": DEVICE_CODE, "device_code": started["device_code"]}
    assert device.post("/token", poll).json()["error"] == "expired_token"


def test_a_device_code_is_worth_nothing_to_another_device(world: World) -> None:
    momo, device, other = world.person(), world.device(), world.device()
    started = start(world, device)
    momo.consent(started["user_code"])
    poll = {"grant_type": DEVICE_CODE, "device_code": started["device_code"]}
    assert other.post("/token", poll).json()["error"] == "invalid_grant"
    assert device.post("/token", poll).status_code == 200


def test_consent_that_cannot_be_right_changes_nothing(world: World) -> None:
    momo, device = world.person(), world.device()
    code = device.user_code()
    for wrong in (
        {"nickname": ""},
        {"nickname": "a\u202eb"},
        {"device_name": "x" * 61},
        {"place": {"label": "x", "latitude": 91, "longitude": 0}},
        {"place": {"label": "x", "latitude": 1}},
        {"unknown": 1},
        {"nickname": 3},
    ):
        answer = momo.consent(code, **wrong)
        assert answer.status_code == 400, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
    assert device.contacts() == {"contacts": []}
    assert momo.consent(code).status_code == 201


def test_the_page_behind_the_address_says_what_to_do_and_runs_nothing(world: World) -> None:
    page = world.http.get("/pair", params={"code": "BBBB-BBBB"})
    assert page.status_code == 200
    assert "type the code" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_a_device_gets_no_codes_without_end(world: World, clock: FakeClock) -> None:
    device, other = world.device(), world.device()
    count = world.settings.limits.per_device.count  # type: ignore[union-attr]
    for _ in range(count):
        start(world, device)
    refused = device.post("/device_authorization", {"scope": "device"})
    assert (refused.status_code, refused.json()["error"]) == (429, "too_many_requests")
    assert 0 < int(refused.headers["retry-after"]) <= 60
    start(world, other)
    clock.advance(61)
    start(world, device)
