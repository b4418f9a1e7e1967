"""A person's picture: theirs to set on any terminal, and nobody else's to see."""

import base64

import pytest

from tests.server.pictures import PICTURE, png
from tests.server.test_profiles import second_terminal
from tests.server.world import World, bearer


def encoded(picture: bytes) -> str:
    return base64.b64encode(picture).decode()


def test_a_picture_set_on_one_terminal_is_seen_on_the_other_and_can_be_removed(world: World) -> None:
    momo = world.person()
    other = second_terminal(world, momo)
    assert momo.send("GET", "/profile/picture").json()["code"] == "no_picture"
    profile = momo.send("PUT", "/profile/picture", {"picture": PICTURE}).json()
    assert profile["picture_sha256"] == other.send("GET", "/profile").json()["picture_sha256"]
    assert other.send("GET", "/profile/picture").json() == {"picture": PICTURE}
    newer = encoded(png(32, 32))
    changed = other.send("PUT", "/profile/picture", {"picture": newer}).json()
    assert changed["picture_sha256"] != profile["picture_sha256"]
    assert momo.send("GET", "/profile/picture").json() == {"picture": newer}
    assert momo.send("DELETE", "/profile/picture").status_code == 204
    assert momo.send("DELETE", "/profile/picture").status_code == 204
    assert "picture_sha256" not in other.send("GET", "/profile").json()


@pytest.mark.parametrize(
    "wrong",
    [
        encoded(png(64, 32)),
        encoded(png(257, 257)),
        encoded(png(64, 64, padding=40_000)),
        encoded(b"GIF89a" + b"0" * 100),
        encoded(png(64, 64)[:20]),
        "",
        "not base64!",
        None,
    ],
)
def test_what_is_no_small_square_png_is_refused_and_the_old_one_stays(
    world: World, wrong: str | None
) -> None:
    momo = world.person()
    momo.send("PUT", "/profile/picture", {"picture": PICTURE})
    refused = momo.send("PUT", "/profile/picture", {"picture": wrong})
    assert refused.status_code == 400, refused.text
    assert momo.send("GET", "/profile/picture").json() == {"picture": PICTURE}


def test_no_device_and_no_other_person_gets_a_picture(world: World) -> None:
    momo, mei, device = world.person(), world.person("mei", "Mei"), world.device()
    world.pair(device, momo)
    momo.send("PUT", "/profile/picture", {"picture": PICTURE})
    assert mei.send("GET", "/profile/picture").status_code == 404
    for method in ("GET", "PUT", "DELETE"):
        answer = world.http.request(method, "/profile/picture", json={}, headers=bearer(device.token()))
        assert answer.status_code == 403
    assert "picture" not in str(device.contacts())
