"""Reads `world.bin` by tiles: a header that says where each tile lies, then compressed tiles."""

import struct
import zlib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import msgspec

MAGIC = b"NODWORLD1"
LAND_STEP, PLACE_STEP = 10, 2
"""Degrees of a tile's edge."""
FILE = Path(__file__).parent / "world.bin"

Ring = tuple[tuple[float, float], ...]
"""Longitude and latitude of the corners of a piece of land."""


class _Header(msgspec.Struct, frozen=True):
    land: dict[str, tuple[int, int]]
    places: dict[str, tuple[int, int]]
    zones: tuple[str, ...]


class Row(msgspec.Struct, frozen=True, array_like=True):
    """One place of a tile, as it lies in the file."""

    name: str
    """In Latin letters."""
    name_ja: str
    """In Japanese; empty where there is none."""
    latitude: float
    longitude: float
    population: int
    zone: int
    """Number of its time zone."""
    country: str
    """ISO 3166-1 alpha-2."""


class World:
    """The file, opened for each tile that is not remembered."""

    def __init__(self, path: Path = FILE) -> None:
        """Reads the header.

        Raises:
            OSError: if the file cannot be read.
            ValueError: if it is another file.
        """
        self._path = path
        with path.open("rb") as file:
            start = file.read(len(MAGIC) + 4)
            if start[: len(MAGIC)] != MAGIC:
                raise ValueError(f"{path.name} is no place data of Nod.")
            (length,) = struct.unpack("<I", start[len(MAGIC) :])
            header = msgspec.json.decode(file.read(length), type=_Header)
        self._header, self._base = header, len(start) + length
        self.rows = lru_cache(maxsize=24)(self._read_rows)
        """Places of a tile by its column and line (2 degrees each)."""
        self.rings = lru_cache(maxsize=12)(self._read_rings)
        """Land of a tile by its column and line (10 degrees each)."""

    def all_rows(self) -> Iterator[tuple[int, int, int, Row]]:
        """Column and line of its tile, number there, and row of every place; nothing is remembered."""
        for key in self._header.places:
            column, line = map(int, key.split(","))
            for number, row in enumerate(self._read_rows(column, line)):
                yield column, line, number, row

    def zone(self, row: Row) -> str:
        """The IANA time zone of a place."""
        return self._header.zones[row.zone]

    def _read_rows(self, column: int, line: int) -> tuple[Row, ...]:
        content = self._tile(self._header.places.get(f"{column},{line}"))
        return msgspec.json.decode(content, type=tuple[Row, ...]) if content else ()

    def _read_rings(self, column: int, line: int) -> tuple[Ring, ...]:
        content = self._tile(self._header.land.get(f"{column},{line}"))
        rings, at = [], 0
        while at < len(content):
            (count,) = struct.unpack_from("<I", content, at)
            values = struct.unpack_from(f"<{2 * count}H", content, at + 4)
            at += 4 + 4 * count
            rings.append(_degrees(values, column * LAND_STEP, line * LAND_STEP))
        return tuple(rings)

    def _tile(self, where: tuple[int, int] | None) -> bytes:
        if where is None:
            return b""
        with self._path.open("rb") as file:
            file.seek(self._base + where[0])
            return zlib.decompress(file.read(where[1]))


def _degrees(values: tuple[int, ...], west: int, south: int) -> Ring:
    scale = LAND_STEP / 65535
    pairs = zip(values[::2], values[1::2], strict=True)
    return tuple((west + x * scale, south + y * scale) for x, y in pairs)


@cache
def world() -> World:
    """The world, opened once."""
    return World()
