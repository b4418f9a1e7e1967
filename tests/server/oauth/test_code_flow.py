"""The authorization-code flow with PKCE: a browser waits, the person approves on the terminal."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl, urlsplit

import pytest

from core.server.authorize_wait import MOST_HELD
from core.wire import jose
from tests.server.oauth.site import BACK, Site, approve, challenge_of, code_of, open_request, way_back
from tests.server.orders.one_commit import in_one_commit
from tests.server.orders.stores import BOTH
from tests.server.orders.world import Person, World, error_of
from tests.waiting import wait_until


@pytest.fixture
def site(world: World) -> Site:
    return Site(world)


@pytest.fixture
def momo(world: World, site: Site) -> Person:
    person = world.person()
    person.pair(site)
    return person


@BOTH
def test_a_browser_waits_and_goes_back_with_code_state_and_issuer(site: Site, momo: Person) -> None:
    path = site.begin()
    page = site.get(path)
    assert page.status_code == 200
    assert "Approve on your screen" in page.text
    request_id = str(open_request(momo)["id"])
    assert f">{code_of(site.world, request_id)}<" in page.text
    approve(momo)
    answer = way_back(site.get(path))
    assert answer["state"] == "st/1 &"
    assert answer["iss"] == site.world.url
    tokens = site.redeem(answer["code"]).json()
    assert tokens["token_type"] == "Bearer"
    claims = jose.unsafe_read_payload(tokens["id_token"], dict)
    assert claims["nonce"] == "n-1"
    assert claims["aud"] == site.client_id
    assert site.introspect(tokens["access_token"])["active"] is True


def test_the_page_goes_on_as_soon_as_the_person_decides(site: Site, momo: Person) -> None:
    path = site.begin()
    approve(momo)
    assert site.get(path + "/state").json() == {"pending": False}


def test_a_page_that_is_open_in_many_windows_is_held_in_a_few(site: Site, momo: Person) -> None:
    path = site.begin()
    with ThreadPoolExecutor(MOST_HELD + 3) as windows:
        asked = [windows.submit(site.get, path + "/state") for _ in range(MOST_HELD + 3)]
        wait_until(lambda: sum(one.done() for one in asked) == 3, what="those that are too many")
        refused = [one.result() for one in asked if one.done()]
        assert [(one.status_code, one.json()["code"]) for one in refused] == [(429, "too_many_requests")] * 3
        approve(momo)
    held = [one.result() for one in asked if one.result() not in refused]
    assert [one.json() for one in held] == [{"pending": False}] * MOST_HELD
    assert site.get(path + "/state").status_code == 200


def test_the_inquiry_names_who_asks_and_what_for(site: Site, momo: Person) -> None:
    site.begin(scope="openid profile")
    details = open_request(momo)["details"]
    assert details["authentication"]["scopes"] == ["openid", "profile"]
    assert details["context"]["requester"]["client_id"] == site.client_id
    assert details["context"]["match_digits"] == 2


def test_a_refusal_goes_back_as_access_denied(site: Site, momo: Person) -> None:
    path = site.begin()
    approve(momo, "deny")
    answer = way_back(site.get(path))
    assert (answer["error"], answer["state"], answer["iss"]) == ("access_denied", "st/1 &", site.world.url)
    assert "code" not in answer


def test_a_request_that_ran_out_goes_back_as_access_denied(site: Site, momo: Person) -> None:
    path = site.begin()
    site.world.fake.advance(61)
    assert way_back(site.get(path))["error_description"] == "Nobody decided in time."


def test_a_purchase_goes_the_same_way_and_is_paid(site: Site, momo: Person) -> None:
    details = f'[{{"type":"urn:nod:purchase:1","quote":"{site.world.quote()}"}}]'
    path = site.begin(authorization_details=details)
    request_id = approve(momo)
    wait_until(lambda: momo.state(request_id) == "paid", what="a paid order")
    code = way_back(site.get(path))["code"]
    told = site.redeem(code).json()["authorization_details"][0]["outcome"]
    assert (told["status"], told["txn"]) == ("paid", request_id)


@BOTH
def test_a_second_use_in_the_same_commit_ends_it_too(site: Site, momo: Person) -> None:
    code = site.code(momo, scope="openid offline_access")
    first, second = in_one_commit(site.world, *[lambda: site.redeem(code)] * 2)
    assert (first.status_code, second.status_code) == (200, 400)
    for token in (first.json()["access_token"], first.json()["refresh_token"]):
        assert site.introspect(token) == {"active": False}


@BOTH
def test_a_second_use_of_a_code_ends_what_the_first_one_brought(site: Site, momo: Person) -> None:
    code = site.code(momo)
    tokens = site.redeem(code).json()
    assert error_of(site.redeem(code)) == (400, "invalid_grant")
    wait_until(lambda: not site.introspect(tokens["access_token"])["active"], what="a revoked token")


@pytest.mark.parametrize(
    "changes",
    [
        {"code_verifier": "x" * 43},
        {"redirect_uri": BACK + "&more=1"},
        {"code": "never-issued"},
    ],
)
def test_a_code_serves_only_what_it_was_made_for(site: Site, momo: Person, changes: dict[str, str]) -> None:
    code = site.code(momo)
    given = {"code": code} | changes
    assert error_of(site.redeem(given.pop("code"), headers=None, **given)) == (400, "invalid_grant")
    assert site.redeem(code).status_code == 200


def test_another_client_cannot_redeem_a_code(site: Site, momo: Person) -> None:
    code = site.code(momo)
    other = Site(site.world)
    other.verifier = site.verifier
    assert error_of(other.redeem(code)) == (400, "invalid_grant")


def test_a_code_lives_a_minute(site: Site, momo: Person) -> None:
    code = site.code(momo)
    site.world.fake.advance(61)
    assert error_of(site.redeem(code)) == (400, "invalid_grant")


def test_loading_the_page_again_gives_a_new_code_and_ends_the_old(site: Site, momo: Person) -> None:
    path = site.begin()
    approve(momo)
    first = way_back(site.get(path))["code"]
    second = way_back(site.get(path))["code"]
    assert error_of(site.redeem(first)) == (400, "invalid_grant")
    assert site.redeem(second).status_code == 200
    assert "This is over" in site.get(path).text


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": BACK + "&x=1"},
        {"redirect_uri": "http://127.0.0.1:9/back"},
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": None},
        {"client_id": "dev_unknown"},
        {"client_id": None},
    ],
)
def test_an_address_that_is_not_registered_is_never_gone_to(
    site: Site, momo: Person, changes: dict[str, str | None]
) -> None:
    answer = site.visit(**changes)
    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert "Nothing was asked" in answer.text


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": None}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"scope": None}, "invalid_scope"),
        ({"scope": "email"}, "invalid_scope"),
        ({"request": "e30.e30."}, "request_not_supported"),
        ({"request_uri": "https://a.example/r"}, "request_uri_not_supported"),
        ({"prompt": "none"}, "interaction_required"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"authorization_details": "[]"}, "invalid_authorization_details"),
    ],
)
def test_other_mistakes_go_back_to_the_site(
    site: Site, momo: Person, changes: dict[str, str | None], error: str
) -> None:
    answer = way_back(site.visit(**changes))
    assert (answer["error"], answer["state"], answer["iss"]) == (error, "st/1 &", site.world.url)
    assert momo.call("GET", "/requests").json()["requests"] == []


def test_a_parameter_twice_is_answered_by_a_page(site: Site, momo: Person) -> None:
    answer = site.get(f"/authorize?client_id={site.client_id}&client_id=x&redirect_uri={BACK}")
    assert answer.status_code == 400


def test_a_client_without_the_code_flow_has_no_way_in(world: World) -> None:
    device = world.device()
    answer = world.http.get(f"{world.url}/authorize", params={"client_id": device.client_id})
    assert answer.status_code == 400


def test_without_a_hint_the_page_asks_for_the_nickname_and_keeps_the_rest(site: Site, momo: Person) -> None:
    page = site.visit(login_hint=None)
    assert page.status_code == 200
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    assert hidden["code_challenge"] == challenge_of(site.verifier)
    assert "form-action 'self' http://127.0.0.1:9;" in page.headers["content-security-policy"]
    assert momo.call("GET", "/requests").json()["requests"] == []


def test_an_unknown_nickname_is_asked_for_again(site: Site, momo: Person) -> None:
    page = site.visit(login_hint="Nobody")
    assert page.status_code == 200
    assert "knows nobody by that nickname" in page.text


def test_what_a_site_sends_cannot_become_markup(site: Site, momo: Person) -> None:
    page = site.visit(login_hint=None, state='"><script>alert(1)</script>')
    assert "<script>alert" not in page.text


def test_pages_load_nothing_from_elsewhere_and_cannot_be_framed(site: Site, momo: Person) -> None:
    page = site.get(site.begin())
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "http" not in page.text.replace("http-equiv", "")


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("ja", "自分の画面で承認してください"),
        ("fr;q=0.9, ja;q=0.8, en;q=0.1", "自分の画面で承認してください"),
        ("en-GB,en;q=0.9,ja;q=0.5", "Approve on your screen"),
        ("fr", "Approve on your screen"),
    ],
)
def test_the_page_speaks_the_browsers_language(site: Site, momo: Person, wanted: str, sentence: str) -> None:
    page = site.get(site.begin(), headers={"accept-language": wanted})
    assert sentence in page.text


def test_a_second_browser_waits_until_the_first_was_answered(site: Site, momo: Person) -> None:
    site.begin()
    assert way_back(site.visit(state="other"))["error"] == "access_denied"


def test_a_code_bound_to_a_key_needs_its_proof(site: Site, momo: Person) -> None:
    code = site.code(momo, dpop_jkt="A" * 43)
    assert error_of(site.redeem(code)) == (400, "invalid_grant")


def test_the_way_back_keeps_the_query_of_the_address(site: Site, momo: Person) -> None:
    path = site.begin()
    approve(momo, "deny")
    query = parse_qsl(urlsplit(site.get(path).headers["location"]).query)
    assert query[0] == ("site", "1")


def test_a_second_browser_cannot_wait_for_the_answer_to_the_first_ones_purchase(
    site: Site, momo: Person
) -> None:
    details = f'[{{"type":"urn:nod:purchase:1","quote":"{site.world.quote()}"}}]'
    site.begin(authorization_details=details)
    answer = way_back(site.visit(authorization_details=details, state="other"))
    assert answer["error"] == "invalid_authorization_details"


def test_a_strangers_browser_guesses_no_code_of_a_person_and_locks_nobody_out(world: World) -> None:
    site, momo = Site(world, backchannel_user_code_parameter=True), world.person()
    momo.pair(site)
    momo.call("PATCH", "/profile", json={"user_code": "2468"})
    for code in ("1111", "2222", "3333", "4444", "5555", "2468"):
        assert way_back(site.visit(user_code=code))["error"] == "access_denied"
    asked = site.ask(quote="", user_code="2468")
    assert asked.status_code == 200, asked.text
