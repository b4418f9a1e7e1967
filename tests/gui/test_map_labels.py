"""A map names the largest towns, and no name or dot touches another, the point, the scale or the edge."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QApplication

from core.domain.place import Place
from core.presentation.gazetteer import Town
from gui.prompt.map_drawing import Sheet, View, _scale, named
from gui.prompt.map_labels import MOST, Label, labels
from gui.theme.tokens import LIGHT
from gui.theme.type_scale import Type, font

ROOM = QRectF(0, 0, 400, 132)
POINTS = {
    "Tokyo": (35.6595, 139.7005),
    "Yokohama": (35.4437, 139.638),
    "Paris": (48.8566, 2.3522),
    "Osaka": (34.69, 135.5),
    "Hong Kong": (22.3, 114.17),
}


def placed(*towns: tuple[str, float, float], free: tuple[QRectF, ...] = ()) -> list[str]:
    """The names of the towns that are drawn, of (name, x, y); a letter is 8 wide and 14 high."""
    known = [Town(name, y, x, 1_000 - at) for at, (name, x, y) in enumerate(towns)]
    found = labels(known, QPointF, lambda name: (8.0 * len(name), 14.0), ROOM, free)
    return [label.name for label in found]


def test_of_two_names_that_would_overlap_the_larger_town_is_named() -> None:
    assert placed(("Large", 100, 50), ("Small", 110, 55)) == ["Large"]
    assert placed(("Small", 110, 55), ("Large", 100, 50)) == ["Small"]  # the first is the largest


def test_a_dot_never_touches_the_name_before_it() -> None:
    """The name ends at 145; a dot of two pixels at 148 looks like its last letter."""
    assert placed(("Large", 100, 50), ("Small", 148, 52)) == ["Large"]
    assert placed(("Large", 100, 50), ("Small", 160, 52)) == ["Large", "Small"]


def test_a_town_that_is_left_out_keeps_no_room_from_a_smaller_one() -> None:
    assert placed(("Large", 100, 50), ("Middle", 140, 55), ("Small", 160, 60)) == ["Large", "Small"]


@pytest.mark.parametrize("at", [(1, 50), (380, 50), (100, 2), (100, 130)])
def test_no_name_leaves_the_map(at: tuple[float, float]) -> None:
    assert placed(("Nowhere", *at)) == []


def test_what_is_kept_free_stays_free() -> None:
    assert placed(("Under it", 100, 50), free=(QRectF(120, 40, 30, 30),)) == []


def test_a_map_is_not_filled_with_names() -> None:
    many = [("Town", 10.0 + 80 * (at % 4), 20.0 + 25 * (at // 4)) for at in range(16)]
    assert len(placed(*many)) == MOST


@pytest.mark.parametrize("point", POINTS.values(), ids=POINTS)
@pytest.mark.parametrize("locale", ["en", "ja"])
@pytest.mark.parametrize("width", [260, 330, 420, 500])
@pytest.mark.parametrize("accuracy_m", [30.0, 20_000.0])
def test_nothing_overlaps_on_maps_of_crowded_places(
    dressed: QApplication, point: tuple[float, float], locale: str, width: int, accuracy_m: float
) -> None:
    del dressed  # our fonts, by which the names are measured
    place = Place("here", "registered", *point, accuracy_m)
    view = View(place, width, 132.0)
    shown = named(view, Sheet(place, width, 132, 1.0, LIGHT, locale, font(Type.CAPTION)))
    assert len(shown) >= 2
    scale = _scale(view)[1].united(_scale(view)[2])
    middle = QRectF(width / 2 - 10, 132 / 2 - 22, 20, 27)
    for one in shown:
        assert QRectF(0, 0, width, 132).contains(one.whole)
        assert not one.whole.intersects(scale)
        assert not one.whole.intersects(middle)
    assert [(one.name, other.name) for one, other in combinations(shown, 2) if _touch(one, other)] == []


def _touch(one: Label, other: Label) -> bool:
    return one.whole.adjusted(-1, 0, 1, 0).intersects(other.whole)
