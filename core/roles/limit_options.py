"""Limits from the command line: `--limit NAME=VALUE`, as often as needed, or NOD_LIMITS with spaces between.

A rate is COUNT/SECONDS, a number a number, and `off` switches a limit off.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from core.domain.limits import Rate
from core.roles.errors import WrongUse
from core.server.limits import Limits

REGISTRATIONS = "registrations"


def _rate(text: str) -> Rate:
    count, _, seconds = text.partition("/")
    rate = Rate(int(count), float(seconds))
    if rate.count < 1 or not 0 < rate.period_s < 1e6:
        raise ValueError
    return rate


def _count(text: str) -> int:
    if not 0 < int(text) < 1_000_000:
        raise ValueError
    return int(text)


def _seconds(text: str) -> float:
    if not 0 <= float(text) < 1e6:
        raise ValueError
    return float(text)


SHAPES: dict[Callable[[str], Any], str] = {
    _rate: "COUNT/SECONDS, as 30/60",
    _count: "a number above 0",
    _seconds: "a number of seconds",
}
KINDS: dict[str, tuple[str, Callable[[str], Any], bool]] = {
    "per-device": ("per_device", _rate, True),
    "open-per-approver": ("open_per_approver", _count, True),
    "open-per-pair": ("open_per_pair", _count, True),
    "refusals-free": ("refusals_free", _count, True),
    "back-off": ("back_off_s", _seconds, False),
    "back-off-most": ("back_off_most_s", _seconds, False),
    REGISTRATIONS: (REGISTRATIONS, _rate, False),
}
"""Name on the command line: the setting, how it is read, and whether it can be off."""


def limits_of(given: Iterable[str]) -> tuple[Limits, Rate | None]:
    """Return the limits that the command line asks for, and the rate of registrations if it names one.

    Args:
        given: `NAME=VALUE` each.

    Raises:
        WrongUse: a name that is none, or a value that cannot be.
    """
    values = dict(_read(one) for one in given)
    registrations = values.pop(REGISTRATIONS, None)
    return replace(Limits(), **values), registrations


def _read(text: str) -> tuple[str, Any]:
    name, _, value = text.partition("=")
    if name not in KINDS:
        raise WrongUse(f"There is no limit {name}. There are: {', '.join(KINDS)}.")
    setting, read, can_be_off = KINDS[name]
    if value == "off" and can_be_off:
        return setting, None
    try:
        return setting, read(value)
    except ValueError as error:
        shape = SHAPES[read]
        raise WrongUse(f"The limit {name} is {shape}{' or off' if can_be_off else ''}.") from error
