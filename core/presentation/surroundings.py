"""Words for where a point lies, beside the label that it was given: near what, and what time it is there."""

from functools import lru_cache

from core.domain.place import Place
from core.presentation import formats
from core.presentation.gazetteer import Place as Found
from core.presentation.gazetteer import near, world
from core.texts.catalog import Texts


def near_line(where: Place, texts: Texts) -> str | None:
    """`near Dōgenzaka, Shibuya`; None where there is no point, or no place near it."""
    found = _near(where, texts.locale)
    if found is None:
        return None
    place = texts.say("lines-near-in", name=found[0], region=found[1]) if found[1] else found[0]
    return texts.say("lines-near", place=place)


def clock_line(where: Place, requested_at: str, zone: str, texts: Texts) -> str | None:
    """The clock at the place, where it differs from the approver's; None where it does not."""
    found = _near(where, texts.locale)
    return formats.clock_there(requested_at, zone, found[2], texts) if found else None


def _near(where: Place, locale: str) -> tuple[str, str | None, str] | None:
    """Name, region, zone; nothing where the data cannot be read: it is an extra."""
    if where.latitude is None or where.longitude is None:
        return None
    try:
        found = _found(where.latitude, where.longitude, locale)
    except (OSError, ValueError):
        return None
    return (found.name, found.region, found.zone) if found else None


@lru_cache(maxsize=64)
def _found(latitude: float, longitude: float, locale: str) -> Found | None:
    """What the point is near to; a window asks for the same few points again and again."""
    return near(world(), latitude, longitude, locale)
