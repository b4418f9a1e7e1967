"""What is unusual about a request beside those before it, in plain sentences; nothing where all is as usual.

It only points out; it decides nothing, and says nothing of a request that merely looks safe.
"""

import statistics

from core.domain.money import Money
from core.domain.place import Place
from core.domain.request import State
from core.presentation import formats
from core.presentation.gazetteer.places import distance_km
from core.texts.catalog import Texts
from core.wire.messages import RequestView

BOUGHT = frozenset({State.APPROVED, State.PAID, State.UNKNOWN})
ENOUGH = 3
"""So many purchases make a habit."""
MUCH = 2.5
"""Times the usual amount that count as higher."""
FAR_KM = 30.0
"""From the last place that a device spoke from."""
HOUR_S = 3600.0
OFTEN = 3
"""So many requests in an hour are pointed out."""


def unusual(view: RequestView, past: tuple[RequestView, ...], texts: Texts) -> tuple[str, ...]:
    """What to point out, the weightiest first.

    Args:
        view: the request.
        past: every other request that is known, in any order.
        texts: the language.
    """
    before = [one for one in past if one.id != view.id and _asked(one) <= _asked(view)]
    of_device = [one for one in before if _device(one) == _device(view)]
    found = (_amount(view, before, texts), _place(view, of_device, texts), _pace(view, before, texts))
    return tuple(sentence for sentence in found if sentence)


def _amount(view: RequestView, before: list[RequestView], texts: Texts) -> str | None:
    purchase = view.details.purchase
    if purchase is None:
        return None
    amounts = [
        one.details.purchase.amount.value
        for one in before
        if one.state in BOUGHT
        and one.details.purchase is not None
        and one.details.purchase.amount.currency == purchase.amount.currency
    ]
    if len(amounts) < ENOUGH:
        return None
    usual = round(statistics.median(amounts))
    if purchase.amount.value <= usual * MUCH:
        return None
    shown = formats.money(Money(usual, purchase.amount.currency), texts.locale)
    return texts.say("lines-unusual-amount", usual=shown)


def _place(view: RequestView, of_device: list[RequestView], texts: Texts) -> str | None:
    here = view.details.context.place
    known = [one for one in of_device if one.details.context.place.source != "unknown"]
    if here.source == "unknown" or not known:
        return None
    last = max(known, key=_asked).details.context.place
    away = _away_km(here, last)
    if away is not None and away > FAR_KM:
        return texts.say("lines-unusual-far", km=round(away))
    if any(_is_same(here, one.details.context.place) for one in known):
        return None
    return texts.say("lines-unusual-place")


def _pace(view: RequestView, before: list[RequestView], texts: Texts) -> str | None:
    now = _asked(view)
    count = 1 + sum(_device(one) == _device(view) and now - _asked(one) < HOUR_S for one in before)
    return texts.say("lines-unusual-pace", count=count) if count >= OFTEN else None


def _is_same(here: Place, other: Place) -> bool:
    away = _away_km(here, other)
    return here.label == other.label if away is None else away < 1.0


def _away_km(here: Place, other: Place) -> float | None:
    if here.latitude is None or here.longitude is None or other.latitude is None or other.longitude is None:
        return None
    return distance_km(here.latitude, here.longitude, other.latitude, other.longitude)


def _device(view: RequestView) -> str:
    return view.details.context.requester.client_id


def _asked(view: RequestView) -> float:
    return formats.instant(view.details.context.requested_at).timestamp()
