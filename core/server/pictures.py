"""A person's picture: for their own terminals, never for a device; kept as it came and never decoded here."""

import struct

from starlette.requests import Request

from core.database.writer import Unit
from core.server import bearers
from core.server.answers import NOTHING, Answer, json_answer
from core.server.errors import Refused
from core.server.for_person import write_for
from core.server.json_endpoint import read_message
from core.server.services import Services
from core.server.store import pictures, profiles
from core.wire.canonical import sha256
from core.wire.messages import PictureBody, Profile

LARGEST_BYTES = 40_000
LARGEST_SIDE = 256
"""Pixels."""
_HEAD = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


async def read(services: Services, request: Request) -> Answer:
    """`GET /profile/picture`.

    Raises:
        Refused: 404 `no_picture`.
    """
    user_id = bearers.user_of(await bearers.require(services, request, "terminal"))
    found = await services.store.read(lambda connection: pictures.find(connection, user_id))
    if found is None:
        raise Refused(404, "no_picture", "There is no picture.")
    return json_answer(PictureBody(found))


async def put(services: Services, request: Request) -> Answer:
    """`PUT /profile/picture`: sets it, in place of the one before.

    Raises:
        Refused: 400 `bad_picture`: no square PNG, or too large; nothing is set then.
    """
    user_id = bearers.user_of(await bearers.require(services, request, "terminal"))
    picture = _checked((await read_message(request, PictureBody)).picture)

    def keep(unit: Unit) -> Profile | None:
        pictures.keep(unit, user_id, picture, sha256(picture))
        return profiles.find_profile(unit.connection, user_id)

    return json_answer(await write_for(services, user_id, keep))


async def remove(services: Services, request: Request) -> Answer:
    """`DELETE /profile/picture`: also where there is none."""
    user_id = bearers.user_of(await bearers.require(services, request, "terminal"))
    await services.store.write(lambda unit: pictures.remove(unit, user_id))
    return NOTHING


def _checked(picture: bytes) -> bytes:
    """Looks at size and header only: what a terminal decodes, it bounds by itself too."""
    is_png = len(picture) > len(_HEAD) + 8 and picture.startswith(_HEAD)
    sides = struct.unpack_from(">II", picture, len(_HEAD)) if is_png else (0, 0)
    if len(picture) > LARGEST_BYTES or sides[0] != sides[1] or not 1 <= sides[0] <= LARGEST_SIDE:
        raise Refused(400, "bad_picture", "A picture is a square PNG of at most 256 pixels and 40 kB.")
    return picture
