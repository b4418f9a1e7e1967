"""Client authentication at every OAuth endpoint (rows 21, 54, 55 of the conformance list), and scopes."""

import base64
from typing import Any

import pytest
from joserfc.jwk import Key, OctKey, OKPKey, RSAKey

from core.wire.keys import SigningKey
from tests.clock import FakeClock
from tests.server.assertions import ASSERTION_TYPE, assertion
from tests.server.world import Terminal, World, basic, bearer

GRANT = {"grant_type": "client_credentials"}
PATHS = ["/token", "/bc-authorize", "/revoke", "/outcome", "/introspect", "/device_authorization"]


@pytest.fixture
def momo(world: World) -> Terminal:
    return world.person()


def ask(world: World, compact: str, **form: str) -> Any:
    proof = {"client_assertion_type": ASSERTION_TYPE, "client_assertion": compact}
    return world.post("/token", GRANT | proof | form)


def test_a_terminal_gets_a_token_of_its_scope_by_its_key(world: World, momo: Terminal) -> None:
    answer = world.post("/token", momo.assertion_form(GRANT))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert (body["token_type"], body["expires_in"], body["scope"]) == ("Bearer", 600, "terminal")


@pytest.mark.parametrize("audience", ["", "/token"])
def test_issuer_and_endpoint_are_audiences_alone_or_in_a_list(
    world: World, momo: Terminal, audience: str
) -> None:
    for aud in (world.url + audience, ["https://elsewhere.example", world.url + audience]):
        assert ask(world, assertion(momo.key, momo.terminal_id, aud, world.clock())).status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "https://elsewhere.example"},
        {"aud": None},
        {"aud": []},
        {"iss": "somebody"},
        {"sub": "somebody"},
        {"iss": None},
        {"exp": 1_790_000_000},
        {"exp": 1_790_000_000 + 7200},
        {"exp": "soon"},
        {"exp": None},
        {"exp": float("1e308")},
        {"nbf": 1_790_000_000 + 3600},
        {"iat": 1_790_000_000 + 3600},
        {"jti": None},
        {"jti": ""},
        {"jti": "x" * 257},
        {"jti": "a\x00b"},
        {"jti": 7},
    ],
)
def test_an_assertion_with_a_wrong_claim_is_refused(
    world: World, momo: Terminal, claims: dict[str, Any]
) -> None:
    compact = assertion(momo.key, momo.terminal_id, world.url, world.clock(), **claims)
    answer = ask(world, compact)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_an_assertion_counts_once(world: World, momo: Terminal) -> None:
    compact = assertion(momo.key, momo.terminal_id, world.url, world.clock())
    assert ask(world, compact).status_code == 200
    again = ask(world, compact)
    assert (again.status_code, again.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("path", PATHS)
def test_an_assertion_counts_once_at_any_endpoint(world: World, path: str) -> None:
    key = SigningKey.generate()
    jwks = {"keys": [key.public_jwk()]}
    client_id = world.register(token_endpoint_auth_method="private_key_jwt", jwks=jwks).json()["client_id"]
    compact = assertion(key, client_id, world.url, world.clock())
    form = {
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": compact,
        "scope": "openid device",
        "login_hint": "Momo",
        "token": "t",
        "auth_req_id": "req_x",
    }
    first = world.post(path, form | (GRANT | {"scope": "device"} if path == "/token" else {}))
    assert first.status_code != 401, first.text
    assert world.post("/token", form | GRANT | {"scope": "device"}).status_code == 401


def test_an_assertion_by_another_key_or_without_a_signature_is_refused(world: World, momo: Terminal) -> None:
    other = assertion(SigningKey.generate(), momo.terminal_id, world.url, world.clock())
    good = assertion(momo.key, momo.terminal_id, world.url, world.clock())
    head, body, signature = good.split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    forged = [
        other,
        f"{head}.{body}.",
        f"{none}.{body}.",
        f"{none}.{body}.{signature}",
        f"{head}.{body[:-2]}.{signature}",
        "..",
        "a.b.c",
        "x" * 40_000,
    ]
    for compact in forged:
        assert ask(world, compact).status_code == 401, compact[:40]


def test_a_public_key_is_no_shared_secret(world: World, momo: Terminal) -> None:
    secret = OctKey.import_key(momo.key.public_jwk()["x"])
    compact = assertion(secret, momo.terminal_id, world.url, world.clock())
    assert ask(world, compact).status_code == 401


@pytest.mark.parametrize("name", ["jwk", "jku", "x5u", "x5c"])
def test_a_header_that_brings_a_key_is_refused(world: World, momo: Terminal, name: str) -> None:
    brought: Any = {"jwk": momo.key.public_jwk(), "x5c": ["AAAA"]}.get(name, "https://a.example/keys")
    header = {"kid": momo.key.kid, name: brought}
    compact = assertion(momo.key, momo.terminal_id, world.url, world.clock(), header=header)
    assert ask(world, compact).status_code == 401


@pytest.mark.parametrize("kind", ["PS256", "Ed25519"])
def test_other_good_algorithms_work_for_clients(world: World, kind: str) -> None:
    key: Key = RSAKey.generate_key(2048) if kind == "PS256" else OKPKey.generate_key("Ed25519")
    jwks = {"keys": [key.as_dict(private=False)]}
    client_id = world.register(token_endpoint_auth_method="private_key_jwt", jwks=jwks).json()["client_id"]
    good = assertion(key, client_id, world.url, world.clock(), header={"alg": kind})
    assert ask(world, good, scope="device").status_code == 200
    if isinstance(key, OKPKey):
        fresh = assertion(key, client_id, world.url, world.clock(), header={"alg": kind})
        body = fresh.split(".")[1]
        head = base64.urlsafe_b64encode(b'{"alg":"EdDSA"}').rstrip(b"=").decode()
        signature = key.private_key.sign(f"{head}.{body}".encode())  # type: ignore[union-attr]
        renamed = f"{head}.{body}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"
        assert ask(world, f"{head}.{body}.{'A' * 86}", scope="device").status_code == 401
        assert ask(world, renamed, scope="device").status_code == 200
    else:
        rs256 = assertion(key, client_id, world.url, world.clock(), header={"alg": "RS256"})
        assert ask(world, rs256, scope="device").status_code == 401


def test_secrets_are_percent_decoded_before_they_are_compared(world: World) -> None:
    device = world.device()
    encoded = "".join(f"%{ord(char):02X}" for char in device.secret)
    raw = base64.b64encode(f"{device.client_id}:{encoded}".encode()).decode()
    form = GRANT | {"scope": "device"}
    assert world.post("/token", form, headers={"authorization": f"Basic {raw}"}).status_code == 200


@pytest.mark.parametrize("header", ["Basic", "Basic !", "Basic bm9jb2xvbg==", "Bearer x", "Basic /w==", ""])
def test_a_failed_basic_attempt_is_challenged(world: World, header: str) -> None:
    answer = world.post("/token", GRANT, headers={"authorization": header})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["www-authenticate"].startswith("Basic ")


def test_a_wrong_secret_and_an_unknown_client_look_alike(world: World) -> None:
    device = world.device()
    wrong = world.post("/token", GRANT, headers=basic(device.client_id, "wrong"))
    unknown = world.post("/token", GRANT, headers=basic("dev_nobody", device.secret))
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()


def test_a_client_uses_the_one_method_that_it_registered(world: World, momo: Terminal) -> None:
    device = world.device()
    posted = {"client_id": device.client_id, "client_secret": device.secret}
    assert world.post("/token", GRANT | posted).status_code == 401
    by_post = world.register(token_endpoint_auth_method="client_secret_post").json()
    posted = {"client_id": by_post["client_id"], "client_secret": by_post["client_secret"]}
    assert world.post("/token", GRANT | posted | {"scope": "device"}).status_code == 200
    assert world.post("/token", GRANT, headers=basic(*posted.values())).status_code == 401


def test_two_methods_at_once_are_an_error(world: World) -> None:
    device = world.device()
    both = {"client_id": device.client_id, "client_secret": device.secret}
    answer = world.post("/token", GRANT | both, headers=basic(device.client_id, device.secret))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize("path", PATHS)
def test_no_endpoint_answers_without_authentication(world: World, path: str) -> None:
    answer = world.post(path, {"grant_type": "x", "token": "y", "scope": "openid"})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("path", PATHS)
def test_a_wrong_secret_or_an_unknown_client_is_challenged(world: World, path: str) -> None:
    device, by_post = world.device(), world.register(token_endpoint_auth_method="client_secret_post").json()
    for client_id, secret in (
        (device.client_id, "wrong"),
        ("dev_unknown", device.secret),
        (by_post["client_id"], by_post["client_secret"]),
    ):
        answer = world.post(path, GRANT, headers=basic(client_id, secret))
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
        assert answer.headers["www-authenticate"].startswith("Basic ")
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", PATHS)
def test_a_form_that_cannot_be_right_is_refused(world: World, path: str) -> None:
    device = world.device()
    headers = basic(device.client_id, device.secret) | {"content-type": "application/x-www-form-urlencoded"}
    for body in (
        b"a=1&a=2",
        b"a=1&%61=2",
        b"a=&a=",
        b"scope=%ff",
        b"\xff=1",
        b"nothing",
        b"a=%00",
        b"&".join([b"a=1"] * 65),
    ):
        answer = world.http.post(path, content=body, headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request"), body
    assert world.http.post(path, json={}, headers=basic(device.client_id, device.secret)).status_code == 415
    assert world.http.get(path).status_code == 405
    assert world.http.post(path, content=b"a=" + b"x" * 70_000, headers=headers).status_code == 413


def test_a_client_gets_only_its_own_grants_and_scopes(world: World, momo: Terminal) -> None:
    device = world.device()
    for form, error in (
        (GRANT | {"scope": "terminal"}, "invalid_scope"),
        (GRANT | {"scope": "observe"}, "invalid_scope"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"scope": "device"}, "invalid_request"),
    ):
        answer = device.post("/token", form)
        assert (answer.status_code, answer.json()["error"]) == (400, error)
    poll = momo.assertion_form({"grant_type": "urn:openid:params:grant-type:ciba", "auth_req_id": "x"})
    assert world.post("/token", poll).json()["error"] == "unauthorized_client"


def test_a_token_opens_its_own_doors_only_and_for_ten_minutes(
    world: World, momo: Terminal, clock: FakeClock
) -> None:
    device = world.device()
    token = device.token()
    refused = world.http.get("/profile", headers=bearer(token))
    assert (refused.status_code, refused.json()["code"]) == (403, "insufficient_scope")
    assert momo.send("GET", "/contacts").status_code == 403
    assert world.http.get("/profile").status_code == 401
    assert world.http.get("/contacts", headers=bearer(token)).status_code == 200
    clock.advance(600)
    over = world.http.get("/contacts", headers=bearer(token))
    assert (over.status_code, over.json()["code"]) == (401, "invalid_token")
    assert 'error="invalid_token"' in over.headers["www-authenticate"]


def test_who_brings_no_token_is_told_the_scheme_and_of_no_error(world: World) -> None:
    for door in ("/profile", "/contacts", "/inbox", "/events"):
        bare = world.http.get(door)
        assert (bare.status_code, bare.headers["www-authenticate"]) == (401, 'Bearer realm="nod"')
    wrong = world.http.get("/profile", headers=bearer("wrong"))
    assert wrong.headers["www-authenticate"] == 'Bearer realm="nod", error="invalid_token"'


def test_introspection_tells_a_client_about_its_own_tokens_only(world: World, clock: FakeClock) -> None:
    device, other = world.device(), world.device()
    token = device.token()
    told = device.post("/introspect", {"token": token}).json()
    assert (told["active"], told["scope"], told["client_id"]) == (True, "device", device.client_id)
    assert other.post("/introspect", {"token": token}).json() == {"active": False}
    assert device.post("/introspect", {"token": "unknown"}).json() == {"active": False}
    clock.advance(600)
    assert device.post("/introspect", {"token": token}).json() == {"active": False}


def test_a_revoked_token_opens_nothing_more(world: World) -> None:
    device, other = world.device(), world.device()
    token = device.token()
    assert other.post("/revoke", {"token": token}).status_code == 200
    assert world.http.get("/contacts", headers=bearer(token)).status_code == 200
    assert device.post("/revoke", {"token": token}).status_code == 200
    assert device.post("/introspect", {"token": token}).json() == {"active": False}
    assert world.http.get("/contacts", headers=bearer(token)).status_code == 401


def test_no_secret_is_in_the_database_in_the_clear(world: World, momo: Terminal) -> None:
    device = world.device()
    secrets = [device.secret, device.token(), momo.token()]
    world.server.services.store.writer.submit_blocking(lambda _unit: None)
    kept = b"".join(file.read_bytes() for file in world.folder.glob("server.db*"))
    for secret in secrets:
        assert secret.encode() not in kept
