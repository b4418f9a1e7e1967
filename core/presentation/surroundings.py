"""Words for where a point lies, beside the label that it was given: near what, and what time it is there."""

from functools import lru_cache

from core.domain.place import Place
from core.presentation import formats
from core.presentation.breaks import WIDE_LETTER
from core.presentation.gazetteer import Place as Found
from core.presentation.gazetteer import near, world
from core.texts.catalog import Texts


def near_line(where: Place, texts: Texts) -> str | None:
    """`near Dōgenzaka, Shibuya`; None where there is no point, or no place near it."""
    found = _near(where, texts.locale)
    if found is None:
        return None
    name, region, _ = found
    if region is None or (texts.locale == "ja" and _is_foreign(name) and not _is_foreign(region)):
        return texts.say("lines-near", place=region or name)
    return texts.say("lines-near", place=texts.say("lines-near-in", name=name, region=region))


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


def _is_foreign(name: str) -> bool:
    """Whether the data has no Japanese name for it: "Paris 04 Hôtel-de-Ville" inside a Japanese sentence."""
    return WIDE_LETTER.search(name) is None


@lru_cache(maxsize=64)
def _found(latitude: float, longitude: float, locale: str) -> Found | None:
    """What the point is near to; a window asks for the same few points again and again."""
    return near(world(), latitude, longitude, locale)
