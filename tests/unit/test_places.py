"""A point on the map as people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import PlaceRefused
from core.domain.place import Place, PlaceClaim
from core.terminal.places import is_point, place_claim, written


@pytest.mark.parametrize(
    ("point", "claim"),
    [
        ("", PlaceClaim("k")),
        ("35.6595, 139.7005", PlaceClaim("k", 35.6595, 139.7005)),
        ("35.6595 139.7005", PlaceClaim("k", 35.6595, 139.7005)),
        (" -33.9°, −70.5° ", PlaceClaim("k", -33.9, -70.5)),
        ("３５．６５９５、１３９．７００５", PlaceClaim("k", 35.6595, 139.7005)),
        ("35.6595, 139.7005 ± 30 m", PlaceClaim("k", 35.6595, 139.7005, 30.0)),
        ("35, 139, 250", PlaceClaim("k", 35.0, 139.0, 250.0)),
    ],
)
def test_a_point_is_read_as_maps_copy_it(point: str, claim: PlaceClaim) -> None:
    assert place_claim("k", point) == claim


@pytest.mark.parametrize(
    "point", ["35", "north", "91, 0", "0, 181", "35, 139, 100001", "35, 139, 1, 2", "1e3, 2", "nan, 0"]
)
def test_what_is_no_point_on_earth_is_refused(point: str) -> None:
    assert not is_point(point)
    with pytest.raises(PlaceRefused):
        place_claim("k", point)


@given(
    st.floats(-90, 90).map(lambda number: round(number, 7)),
    st.floats(-180, 180).map(lambda number: round(number, 7)),
    st.none() | st.integers(1, 100_000).map(float),
)
def test_a_written_point_is_read_as_the_same_point(
    latitude: float, longitude: float, accuracy: float | None
) -> None:
    place = Place("k", "registered", latitude, longitude, accuracy)
    claim = place_claim("k", written(place))
    assert (claim.latitude, claim.longitude, claim.accuracy_m) == (latitude, longitude, accuracy)


def test_a_place_without_a_point_is_written_as_nothing() -> None:
    assert written(None) == written(Place("k", "registered")) == ""
