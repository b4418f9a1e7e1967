"""Where a device stands, as a person types it: a name, and perhaps a point copied from any map."""

import re
import unicodedata

from core.domain.errors import PlaceRefused
from core.domain.place import Place, PlaceClaim

_PLAIN = str.maketrans({"°": "", "、": ",", "−": "-"})
_NUMBER = r"([+-]?\d{1,3}(?:\.\d{1,12})?)"
_POINT = re.compile(rf"{_NUMBER}\s*[,;\s]\s*{_NUMBER}(?:\s*(?:±|[,;\s])\s*(\d{{1,6}}(?:\.\d+)?)\s*m?)?\Z")


def place_claim(label: str, point: str) -> PlaceClaim:
    """The place of a name and a point as typed: `35.6595, 139.7005`, with `± 30` metres where that is known.

    Raises:
        PlaceRefused: if the point cannot be read, or is nowhere on earth.
    """
    text = unicodedata.normalize("NFKC", point).translate(_PLAIN).strip()
    if not text:
        return PlaceClaim(label)
    found = _POINT.match(text)
    if found is None:
        raise PlaceRefused("A point is written as latitude, longitude.")
    latitude, longitude, accuracy = found.groups()
    claim = PlaceClaim(label, float(latitude), float(longitude), float(accuracy) if accuracy else None)
    Place("", "registered", claim.latitude, claim.longitude, claim.accuracy_m)  # judges the numbers
    return claim


def is_point(point: str) -> bool:
    """Whether a point can be read, or none was typed."""
    try:
        place_claim("", point)
    except PlaceRefused:
        return False
    return True


def written(place: Place | None) -> str:
    """The point of a place as it is typed, to a centimetre; empty where it has none."""
    if place is None or place.latitude is None or place.longitude is None:
        return ""
    point = f"{place.latitude:.7f}", f"{place.longitude:.7f}"
    shown = ", ".join(number.rstrip("0").rstrip(".") for number in point)
    return f"{shown} ± {round(place.accuracy_m)} m" if place.accuracy_m else shown
