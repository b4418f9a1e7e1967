"""Names for a point: the nearest place, and the larger one that it belongs to."""

import math
from collections.abc import Iterator

import msgspec

from core.presentation.gazetteer.world import PLACE_STEP, Row, World

EARTH_KM = 6371.0
LARGE_POPULATION = 100_000
LARGE_WITHIN_KM = 40.0
FARTHEST_KM = 100.0
"""A place farther away names nothing."""


class Town(msgspec.Struct, frozen=True):
    """A place with a name."""

    name: str
    """In the language that was asked for."""
    latitude: float
    longitude: float
    population: int


class Place(msgspec.Struct, frozen=True):
    """What a point is near to."""

    name: str
    """The nearest place."""
    region: str | None
    """The larger place around it, where that is another one."""
    country: str
    """ISO 3166-1 alpha-2."""
    zone: str
    """IANA time zone."""
    distance_km: float
    """From the point to the nearest place."""


def near(world: World, latitude: float, longitude: float, locale: str) -> Place | None:
    """What the point is near to; None in the middle of nowhere.

    Args:
        world: the data.
        latitude: degrees north.
        longitude: degrees east.
        locale: names in Japanese where it is `ja`, else in Latin letters.
    """
    rows = list(_around(world, latitude, longitude))
    nearest = _nearest(rows, latitude, longitude, FARTHEST_KM)
    if nearest is None:
        return None
    large = [row for row in rows if row.population >= LARGE_POPULATION]
    region = _nearest(large, latitude, longitude, LARGE_WITHIN_KM)
    distance = distance_km(latitude, longitude, nearest.latitude, nearest.longitude)
    name = _name(nearest, locale)
    larger = _name(region, locale) if region is not None and region is not nearest else None
    return Place(name, larger, nearest.country, world.zone(nearest), distance)


def towns(world: World, west: float, south: float, east: float, north: float, locale: str) -> list[Town]:
    """The places inside a frame: those with a name in the language first, and the largest first of them."""
    columns = range(math.floor(west / PLACE_STEP), math.floor(east / PLACE_STEP) + 1)
    lines = range(math.floor(south / PLACE_STEP), math.floor(north / PLACE_STEP) + 1)
    rows = [row for column in columns for line in lines for row in world.rows(column, line)]
    inside = [row for row in rows if west <= row.longitude <= east and south <= row.latitude <= north]
    inside.sort(key=lambda row: (locale == "ja" and not row.name_ja, -row.population))
    return [Town(_name(row, locale), row.latitude, row.longitude, row.population) for row in inside]


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The distance of two points on the globe (haversine)."""
    up = math.radians(other_latitude - latitude)
    along = math.radians(other_longitude - longitude)
    cosines = math.cos(math.radians(latitude)) * math.cos(math.radians(other_latitude))
    half = math.sin(up / 2) ** 2 + cosines * math.sin(along / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _nearest(rows: list[Row], latitude: float, longitude: float, within_km: float) -> Row | None:
    """The nearest row on a flat map, which is near enough for neighbours; the globe decides how far."""
    narrow = math.cos(math.radians(latitude)) ** 2

    def flat(row: Row) -> float:
        along = abs(row.longitude - longitude)
        along = min(along, 360 - along)
        return (row.latitude - latitude) ** 2 + narrow * along * along

    found = min(rows, key=flat, default=None)
    if found is None or distance_km(latitude, longitude, found.latitude, found.longitude) > within_km:
        return None
    return found


def _around(world: World, latitude: float, longitude: float) -> Iterator[Row]:
    """The places of the tile of a point, and of the neighbours that its edge is close to."""
    margin = 0.4
    columns = {math.floor((longitude + shift) / PLACE_STEP) for shift in (-margin, 0, margin)}
    lines = {math.floor((latitude + shift) / PLACE_STEP) for shift in (-margin, 0, margin)}
    for column in columns:
        for line in lines:
            yield from world.rows(_wrapped(column), line)


def _wrapped(column: int) -> int:
    half = 180 // PLACE_STEP
    return (column + half) % (2 * half) - half


def _name(row: Row, locale: str) -> str:
    return row.name_ja if locale == "ja" and row.name_ja else row.name
