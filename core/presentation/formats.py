"""Money, time and place as text, by locale and zone."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import dates, lists, numbers

from core.domain.money import Money, exponent
from core.domain.place import Place
from core.texts.catalog import Texts


def money(amount: Money, locale: str) -> str:
    """An amount as the locale writes it: `¥1,980`.

    The yen sign is the narrow one in Japanese too: the wide one comes from another font than its digits,
    in another weight.
    """
    return str(numbers.format_currency(_decimal(amount), amount.currency, locale=locale)).replace("￥", "¥")


def money_spoken(amount: Money, texts: Texts) -> str:
    """An amount for a voice: `1,980 yen`."""
    number = numbers.format_decimal(_decimal(amount), locale=texts.locale)
    return texts.say("lines-money-spoken", currency=amount.currency, value=number)


def _decimal(amount: Money) -> Decimal:
    return Decimal(amount.value).scaleb(-exponent(amount.currency))


def zone_of(name: str) -> datetime.tzinfo:
    """The time zone called `name`; UTC where nobody knows it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return datetime.UTC


def instant(rfc3339: str) -> datetime.datetime:
    """The moment behind `2026-11-23T01:40:00Z`.

    Raises:
        ValueError: if the text is no such time.
    """
    moment = datetime.datetime.fromisoformat(rfc3339)
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def when(rfc3339: str, zone: str, locale: str) -> str:
    """Date and time in the approver's zone, with the zone's short name."""
    local = instant(rfc3339).astimezone(zone_of(zone))
    day = dates.format_date(local.date(), "medium", locale=locale)
    clock = dates.format_time(local.timetz(), "short", locale=locale)
    between = ", " if locale.startswith("en") else " "
    return f"{day}{between}{clock} {_zone_name(local)}"


def listed(parts: Iterable[str], texts: Texts) -> str:
    """Several things one after the other: `milk, tea`, and in Japanese 「牛乳、緑茶」."""
    return texts.say("lines-comma").join(parts)


def joined(parts: Iterable[str], locale: str) -> str:
    """Several things at the end of a sentence: `buy things and allow things`."""
    return str(lists.format_list(list(parts), locale=locale))


def in_a_row(sentences: Iterable[str], texts: Texts) -> str:
    """Whole sentences one after the other, with a space between them where the language has one."""
    return texts.say("lines-gap").join(sentences)


def day(rfc3339: str, zone: str, locale: str) -> str:
    """The date alone, in the approver's zone: `Nov 23, 2026`."""
    return str(dates.format_date(instant(rfc3339).astimezone(zone_of(zone)).date(), "medium", locale=locale))


def month(local: datetime.datetime, locale: str) -> str:
    """`Nov 2026`, of a date and time in the reader's zone."""
    return str(dates.format_skeleton("yMMM", local.date(), locale=locale))


def day_in_year(rfc3339: str, zone: str, locale: str) -> str:
    """The date without its year, for a list: `Nov 23`."""
    local = instant(rfc3339).astimezone(zone_of(zone))
    return str(dates.format_skeleton("MMMd", local.date(), locale=locale))


def clock_there(rfc3339: str, zone: str, there: str, texts: Texts) -> str | None:
    """The clock at the place, where it differs from the approver's; None where it does not."""
    moment = instant(rfc3339)
    local = moment.astimezone(zone_of(there))
    if local.utcoffset() == moment.astimezone(zone_of(zone)).utcoffset():
        return None
    time = dates.format_time(local.timetz(), "short", locale=texts.locale)
    return texts.say("lines-time-there", time=f"{time} {_zone_name(local)}")


def clock_here(rfc3339: str, locale: str) -> str:
    """The clock of this computer: `2:03 PM`."""
    local = instant(rfc3339).astimezone()
    return str(dates.format_time(local.timetz(), "short", locale=locale))


def _zone_name(local: datetime.datetime) -> str:
    name = local.tzname() or "UTC"
    return name if name.isalpha() else f"UTC{name}"


def place(where: Place, texts: Texts) -> str:
    """A place with its accuracy and who says so."""
    if where.source == "unknown" or not where.label:
        return texts.say("lines-place-unknown")
    metres = round(where.accuracy_m) if where.accuracy_m else 0
    accuracy = texts.say("lines-place-accuracy", metres=metres) if metres else ""
    return texts.say(f"lines-place-{where.source}", place=where.label, accuracy=accuracy)
