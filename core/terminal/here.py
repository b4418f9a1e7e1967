"""What this computer says of its person: language and time zone, for a new profile and the sentences."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.texts.catalog import language_of


def language() -> str:
    """The language of the environment (LC_ALL, LC_MESSAGES, LANG) that Nod speaks; English otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return language_of(os.environ[name].split(".")[0])
    return "en"


def zone(localtime: Path = Path("/etc/localtime")) -> str:
    """The IANA name of the computer's time zone; UTC where it cannot be told."""
    named = os.environ.get("TZ", "").lstrip(":") or _linked(localtime)
    try:
        ZoneInfo(named)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
    return named


def _linked(localtime: Path) -> str:
    try:
        target = str(localtime.resolve(strict=True))
    except OSError:
        return ""
    return target.partition("/zoneinfo/")[2]
