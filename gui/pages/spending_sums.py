"""What was spent, added up by month, device or payee: plain sums over what is known, no window needed."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from itertools import pairwise

from core.domain.money import Money
from core.domain.request import State
from core.presentation import formats
from core.wire.messages import RequestView
from gui.language import Language

MOST = 12
"""Bars that are shown; the months are the latest, the others the largest."""


class By(StrEnum):
    """What the bars stand for."""

    MONTH = "month"
    DEVICE = "device"
    PAYEE = "payee"


@dataclass(frozen=True)
class Bar:
    """One sum."""

    label: str
    """Which month, device or payee."""
    value: int
    """Minor units."""
    text: str
    """The amount as the locale writes it."""


def bars(views: Iterable[RequestView], by: By, language: Language, currency: str = "JPY") -> list[Bar]:
    """The sums of everything that was paid in one currency."""
    sums: dict[str, int] = {}
    labels: dict[str, str] = {}
    for view in views:
        purchase = view.details.purchase
        if view.state is not State.PAID or purchase is None or purchase.amount.currency != currency:
            continue
        key, label = _key(view, by, language)
        sums[key] = sums.get(key, 0) + purchase.amount.value
        labels[key] = label
    if by is By.MONTH:
        _fill_gaps(sums, labels, language)
    largest = sorted(sums, key=lambda key: (-sums[key], key))[:MOST]
    keys = sorted(sums)[-MOST:] if by is By.MONTH else largest
    return [Bar(labels[key], sums[key], _money(sums[key], currency, language)) for key in keys]


def _fill_gaps(sums: dict[str, int], labels: dict[str, str], language: Language) -> None:
    """A month between two others in which nothing was spent has a bar of nothing."""
    there = sorted(sums)
    for first, last in pairwise(there):
        year, month = map(int, first.split("-"))
        while (key := f"{year:04}-{month:02}") < last:
            if key not in sums:
                sums[key] = 0
                labels[key] = formats.month(datetime.datetime(year, month, 1, tzinfo=UTC), language.locale)
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _money(value: int, currency: str, language: Language) -> str:
    return formats.money(Money(value, currency), language.locale)


def _key(view: RequestView, by: By, language: Language) -> tuple[str, str]:
    context, purchase = view.details.context, view.details.purchase
    if by is By.DEVICE:
        return context.requester.client_id, context.requester.name
    if by is By.PAYEE and purchase is not None:
        return purchase.payee.id, purchase.payee.name
    local = formats.instant(context.requested_at).astimezone(formats.zone_of(language.zone))
    return f"{local:%Y-%m}", formats.month(local, language.locale)
