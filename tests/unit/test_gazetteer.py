"""Words for a point on earth, offline and fast."""

import time
from pathlib import Path

import pytest

from core.domain.place import Place
from core.presentation.breaks import WIDE_LETTER
from core.presentation.gazetteer import World, names, near, towns, world
from core.presentation.gazetteer.places import distance_km
from core.presentation.gazetteer.world import MAGIC
from core.presentation.surroundings import near_line
from core.texts.catalog import Texts

SHIBUYA = (35.6595, 139.7005)


def test_a_point_in_shibuya_is_near_a_part_of_shibuya() -> None:
    found = near(world(), *SHIBUYA, "en")
    assert found is not None
    assert (found.region, found.country, found.zone) == ("Shibuya", "JP", "Asia/Tokyo")
    assert found.distance_km < 1


def test_names_are_japanese_for_a_japanese_reader() -> None:
    found = near(world(), *SHIBUYA, "ja")
    assert found is not None
    assert found.region == "渋谷"


@pytest.mark.parametrize(
    ("point", "zone"),
    [
        ((48.8566, 2.3522), "Europe/Paris"),
        ((-33.87, 151.21), "Australia/Sydney"),
        ((21.3, -157.86), "Pacific/Honolulu"),
    ],
)
def test_the_time_zone_of_a_point_is_known(point: tuple[float, float], zone: str) -> None:
    found = near(world(), *point, "en")
    assert found is not None
    assert found.zone == zone


def test_the_open_sea_is_near_nothing() -> None:
    assert near(world(), 0.0, -140.0, "en") is None


@pytest.mark.parametrize("longitude", [179.99, -179.99, 180.0])
def test_the_date_line_is_no_edge_of_the_world(longitude: float) -> None:
    found = near(world(), -16.78, longitude, "en")
    assert found is None or found.country == "FJ"


@pytest.mark.parametrize("latitude", [90.0, -90.0])
def test_a_pole_is_no_error(latitude: float) -> None:
    assert near(world(), latitude, 0.0, "en") is None


def test_a_look_up_takes_less_than_five_milliseconds_of_processor_time_once_the_file_is_open() -> None:
    fresh = World()
    began = time.process_time()
    near(fresh, *SHIBUYA, "en")
    first = time.process_time() - began
    began = time.process_time()
    for _ in range(20):
        near(fresh, *SHIBUYA, "en")
    assert first < 0.05
    assert (time.process_time() - began) / 20 < 0.02


def test_towns_of_a_frame_come_with_the_largest_first() -> None:
    found = towns(world(), 139.5, 35.4, 139.9, 35.8, "en")
    assert found[0].name == "Tokyo"
    assert [one.population for one in found] == sorted((one.population for one in found), reverse=True)


def test_tokyo_harbour_has_land_and_the_middle_of_the_pacific_has_none() -> None:
    assert world().rings(13, 3)
    assert world().rings(-14, 0) == ()


def test_another_file_is_not_taken_for_the_world(tmp_path: Path) -> None:
    path = tmp_path / "world.bin"
    path.write_bytes(b"x" * (len(MAGIC) + 8))
    with pytest.raises(ValueError, match="no place data"):
        World(path)


def test_distances_are_those_of_the_globe() -> None:
    assert distance_km(35.6812, 139.7671, 34.7025, 135.4959) == pytest.approx(403, abs=3)


@pytest.mark.parametrize(
    "typed", ["Shibuya", "shibu", "SHIBUYA", "渋谷", "しぶや", "シブヤ", "渋谷区", "Shibuya-ku"]
)
def test_a_town_is_found_in_every_spelling(typed: str) -> None:
    first = names().find(typed, "ja")[0]
    assert (first.name, first.country, round(first.latitude, 2)) == ("渋谷", "JP", 35.66)


@pytest.mark.parametrize(("typed", "name"), [("Zuri", "Zürich"), ("zürich", "Zürich"), ("Tokyo", "Tokyo")])
def test_accents_make_no_difference_and_the_largest_comes_first(typed: str, name: str) -> None:
    assert names().find(typed, "en")[0].name == name


def test_what_was_typed_to_the_end_comes_before_what_only_begins_so() -> None:
    found = names().find("paris", "en")
    assert (found[0].country, found[0].is_exact) == ("FR", True)
    assert [one.is_exact for one in found] == sorted((one.is_exact for one in found), reverse=True)


@pytest.mark.parametrize("typed", ["", " ", "a", "no such town", "\n", "\t", "35.6, 139.7"])
def test_what_begins_no_name_finds_nothing(typed: str) -> None:
    assert names().find(typed, "en") == []


def test_japanese_towns_are_written_in_japanese_letters() -> None:
    wrong = []
    for _, _, _, row in world().all_rows():
        if row.country == "JP":
            try:
                row.name_ja.encode("cp932")
            except UnicodeEncodeError:
                wrong.append(row.name_ja)
    assert wrong == []


def test_a_name_that_the_source_misspells_is_written_as_the_source_says_elsewhere() -> None:
    """GeoNames calls Edogawa City "Edogawe" and has the right name among its other names."""
    assert [one.name for one in names().find("edogaw", "en")] == ["Edogawa"]
    assert names().find("shimonoseki", "ja")[0].name == "下関"


def test_no_latin_quarter_stands_inside_a_japanese_sentence() -> None:
    paris = Place("ホテル", "reported", 48.8566, 2.3522)
    assert near_line(paris, Texts("ja")) == "パリ付近"
    assert near_line(paris, Texts("en")) == "near Paris 04 Hôtel-de-Ville, Paris"


def test_a_japanese_map_names_first_what_has_a_japanese_name() -> None:
    found = [one.name for one in towns(world(), 2.0, 48.6, 2.7, 49.1, "ja")]
    is_foreign = [WIDE_LETTER.search(name) is None for name in found]
    assert found[0] == "パリ"
    assert is_foreign == sorted(is_foreign)
    assert any(is_foreign)
