"""Whatever is sent to the doors of the identity half: a 4xx, never a 5xx, and nothing has changed."""

from typing import Any

import pytest

from tests.server.world import DOOR, World, bearer

BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"3",
    b'"text"',
    b"\xff\xfe",
    b"[" * 50_000,
    b'{"a":' * 9_000,
    b"{}",
    b'{"unknown": 1}',
    b'{"nickname": 1e999}',
    b'{"nickname": "\\ud800"}',
    b'{"nickname": "\\u0000", "device_name": "\\u0000"}',
    b'{"nickname": "Momo", "nickname": 3}',
    b'{"code": {}, "terminal": {"name": [], "jwk": 0}, "proof": 0}',
    b'{"code": "x", "terminal": {"name": "n", "jwk": {"kty": "EC", "crv": "P-256", "x": "", "y": ""}}, '
    b'"proof": "a.b.c"}',
    b'{"window_s": 99999999999999999999999999}',
]
DOORS = [
    ("POST", "/register"),
    ("POST", "/profiles"),
    ("POST", "/terminals"),
    ("PATCH", "/profile"),
    ("POST", "/pairings/ABCD-EFGH"),
    ("PATCH", "/devices/dev_x"),
]


def send(world: World, method: str, path: str, body: bytes, headers: dict[str, str]) -> Any:
    return world.http.request(
        method, path, content=body, headers=headers | {"content-type": "application/json"}
    )


@pytest.mark.parametrize(("method", "path"), DOORS)
def test_a_body_of_any_shape_is_refused_and_changes_nothing(world: World, method: str, path: str) -> None:
    momo = world.person()
    before = momo.send("GET", "/profile").json()
    headers = DOOR if path in ("/register", "/profiles") else bearer(momo.token())
    for body in BODIES:
        answer = send(world, method, path, body, headers)
        harmless = path == "/profile" and body == b"{}"
        assert (200 if harmless else 400) <= answer.status_code < 500, (body[:40], answer.text)
    assert momo.send("GET", "/profile").json() == before


@pytest.mark.parametrize(
    "path",
    [
        "/pairings/" + "A" * 5_000,
        "/pairings/%00",
        "/pairings/%F0%9F%A5%9B",
        "/pairings/..%2F..%2Fetc",
        "/terminals/%00",
        "/profile/",
        "/requests/x/",
        "/devices/%00",
        "/devices/'%20OR%201=1",
    ],
)
@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_a_path_of_any_shape_is_refused(world: World, method: str, path: str) -> None:
    momo = world.person()
    assert 400 <= momo.send(method, path).status_code < 500


@pytest.mark.parametrize(
    "token", ["x", "x" * 600, "a b", "Basic x", "terminal", "é".encode().decode("latin-1")]
)
def test_a_token_of_any_shape_opens_nothing(world: World, token: str) -> None:
    header = f"Bearer {token}".encode("latin-1")
    answer = world.http.get("/profile", headers={b"authorization": header})
    assert answer.status_code in (400, 401)
    twice = [("authorization", "Bearer x"), ("authorization", "Bearer y")]
    assert world.http.get("/profile", headers=twice).status_code == 401


def test_a_web_page_and_a_foreign_host_are_turned_away(world: World) -> None:
    assert world.http.get("/jwks", headers={"origin": "https://evil.example"}).status_code == 403
    assert world.http.get("/jwks", headers={"host": "evil.example"}).status_code == 421
    assert world.http.get("/pair", headers={"origin": world.url}).status_code == 200


def test_a_store_that_has_stopped_is_503_with_a_sentence_and_health_says_so(world: World) -> None:
    momo, device = world.person(), world.device()
    token = bearer(momo.token())
    world.server.services.store.writer.stop(5)
    assert world.http.get("/health").status_code == 503
    problem = world.http.post("/enrolment-codes", headers=token)
    assert (problem.status_code, problem.json()["code"]) == (503, "temporarily_unavailable")
    assert problem.headers["retry-after"] == "2"
    oauth = device.post("/token", {"grant_type": "client_credentials", "scope": "device"})
    assert (oauth.status_code, oauth.json()["error"]) == (503, "temporarily_unavailable")
