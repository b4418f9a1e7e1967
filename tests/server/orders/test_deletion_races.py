"""A person is deleted by one process while another, which has not heard of it, does something for them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from core.database.writer import Unit
from core.server import deletion
from core.wire import approval as approvals
from tests.clock import FakeClock
from tests.server.oauth.site import Site
from tests.server.orders.meanwhile import meanwhile
from tests.server.orders.test_deletion import rows_naming
from tests.server.orders.world import Device, Person, World, error_of
from tests.server.pictures import PICTURE


class Scene(NamedTuple):
    """Momo at one process; the other one, which is asked meanwhile; and a device of hers at that one."""

    momo: Person
    other: World
    speaker: Device

    def send(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """From her terminal to the other process, which knows its token."""
        headers = {"authorization": f"Bearer {self.momo._token}"}
        return self.other.http.request(method, self.other.url + path, json=body, headers=headers)


@pytest.fixture
def scene(tmp_path: Path, postgres_url: str) -> Iterator[Scene]:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    clock = FakeClock()
    with (
        World(tmp_path / "one", clock, database_url=postgres_url) as one,
        World(tmp_path / "other", clock, database_url=postgres_url) as other,
    ):
        momo, speaker = one.person(), other.device()
        momo.pair(speaker)
        made = Scene(momo, other, speaker)
        assert made.send("GET", "/profile").status_code == 200
        yield made


def during_deletion(scene: Scene, url: str, act: Callable[[], httpx.Response]) -> httpx.Response:
    """What is answered while the deletion is under way."""
    momo = scene.momo
    pseudonym = momo.world.server.services.subjects.of_gone(momo.user_id)

    def begun(unit: Unit) -> None:
        assert deletion.erase(unit, momo.user_id, momo.terminal_id, pseudonym) == "gone"

    return meanwhile(url, momo.world.clock(), begun, act)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("pairs", 401),
        ("refuses", 401),
        ("mistypes", 401),
        ("codes", 401),
        ("pictures", 401),
        ("changes", 401),
        ("renames", 404),
        ("unpairs", 404),
        ("blocks", 404),
        ("removes", 404),
    ],
)
def test_what_a_terminal_sends_meanwhile_is_refused_and_leaves_nothing(
    scene: Scene, postgres_url: str, name: str, status: int
) -> None:
    new = scene.other.device()
    code = new.post("/device_authorization", {"scope": "device"}).json()["user_code"]
    device = f"/devices/{scene.speaker.client_id}"
    calls: dict[str, tuple[str, str, Any]] = {
        "pairs": ("POST", f"/pairings/{code}", {"nickname": "Momo", "device_name": "Radio"}),
        "refuses": ("DELETE", f"/pairings/{code}", None),
        "mistypes": ("GET", "/pairings/WRNG-CODE", None),
        "codes": ("POST", "/enrolment-codes", None),
        "pictures": ("PUT", "/profile/picture", {"picture": PICTURE}),
        "changes": ("PATCH", "/profile", {"nickname": "Momoko"}),
        "renames": ("PATCH", device, {"name": "Radio"}),
        "unpairs": ("DELETE", device, None),
        "blocks": ("PATCH", device, {"blocked": True}),
        "removes": ("DELETE", f"/terminals/{scene.momo.terminal_id}", None),
    }
    answer = during_deletion(scene, postgres_url, lambda: scene.send(*calls[name]))
    assert answer.status_code == status, answer.text
    assert rows_naming(scene.other, "momo", "Momo") == []


def test_what_is_asked_or_decided_meanwhile_comes_to_nothing(scene: Scene, postgres_url: str) -> None:
    answer = during_deletion(scene, postgres_url, scene.speaker.ask)
    assert (answer.status_code, answer.json()["error"]) == (400, "unknown_user_id")
    assert rows_naming(scene.other, "momo", "Momo", "Milk") == []


def test_a_decision_meanwhile_decides_nothing(scene: Scene, postgres_url: str) -> None:
    told = scene.speaker.order(quote="")
    said = scene.momo.approval(told["auth_req_id"], code=told["match_code"], aud=scene.other.url)
    approval = approvals.sign(said, scene.momo.key)
    path = f"/requests/{told['auth_req_id']}/decision"
    answer = during_deletion(scene, postgres_url, lambda: scene.send("POST", path, {"approval": approval}))
    assert (answer.status_code, answer.json()["state"]) == (409, "denied")
    assert scene.speaker.outcome(told["auth_req_id"])["state"] == "denied"
    assert error_of(scene.speaker.poll(told["auth_req_id"]))[0] == 400


@pytest.mark.parametrize("grant", ["request", "refresh"])
def test_tokens_that_are_redeemed_meanwhile_are_none(scene: Scene, postgres_url: str, grant: str) -> None:
    site = Site(scene.other)
    scene.momo.pair(site, "Mo")
    code = site.code(scene.momo, login_hint="Mo", scope="openid offline_access")
    form = {"grant_type": "refresh_token", "refresh_token": site.redeem(code).json()["refresh_token"]}
    told = scene.speaker.order(quote="")
    scene.momo.decide(told["auth_req_id"], code=told["match_code"])
    acts = {"request": lambda: scene.speaker.poll(told["auth_req_id"]), "refresh": lambda: site.token(form)}
    answer = during_deletion(scene, postgres_url, acts[grant])
    assert error_of(answer) == (400, "invalid_grant")
    assert rows_naming(scene.other, "momo", "Momo") == []
