"""Threat 10: a web page in the approver's own browser reaches for the server on this machine."""

import pytest

from tests.server.orders.world import SECRET, World

DOOR = {"authorization": f"Bearer {SECRET}"}
PATHS = ["/register", "/profiles", "/bc-authorize", "/token", "/revoke", "/outcome", "/requests/x/decision"]


HOSTS = ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example"]
ORIGINS = ["https://evil.example", "null", "http://127.0.0.1"]


@pytest.mark.parametrize(("header", "values", "status"), [("host", HOSTS, 421), ("origin", ORIGINS, 403)])
def test_a_foreign_host_and_a_web_page_are_sent_away_even_with_the_secret(
    orders: World, header: str, values: list[str], status: int
) -> None:
    for path in PATHS:
        for value in values:
            answer = orders.http.post(orders.url + path, headers=DOOR | {header: value}, json={})
            assert answer.status_code == status, (path, value)


def test_a_form_cannot_stand_in_for_json(orders: World) -> None:
    for path in ("/profiles", "/register"):
        answer = orders.http.post(orders.url + path, headers=DOOR, data={"user_id": "momo"})
        assert answer.status_code == 415


def test_a_preflight_is_never_answered_with_leave(orders: World) -> None:
    headers = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    answer = orders.http.options(orders.url + "/profiles", headers=headers)
    assert answer.status_code in (403, 405)
    assert "access-control-allow-origin" not in answer.headers
