"""What a new profile must have, as keys of complaints; the server judges again."""

import re
import unicodedata
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.domain.errors import NicknameRefused, TextRefused
from core.domain.nickname import check_nickname, is_user_id
from core.domain.romaji import romaji
from core.domain.text_gate import NAME_LENGTH, pass_gate

_KANA = re.compile(r"[\u3040-\u30ffー・\s]+\Z")
_LATIN = re.compile(r"[A-Za-z' .-]+\Z")


def user_id_complaint(user_id: str) -> str | None:
    """Why this cannot be a user ID."""
    if not user_id:
        return "desktop-wizard-needed"
    return None if is_user_id(user_id) else "desktop-wizard-user-id-wrong"


def nickname_complaint(nickname: str) -> str | None:
    """Why this cannot be a nickname."""
    if not nickname.strip():
        return "desktop-wizard-needed"
    try:
        check_nickname(nickname)
    except NicknameRefused:
        return "desktop-wizard-nickname-wrong"
    return None


def needs_reading(nickname: str) -> bool:
    """Whether nobody can tell from its letters how it is said: it has kanji."""
    return any(unicodedata.name(char, "").startswith("CJK UNIFIED") or char == "々" for char in nickname)


def reading_complaint(nickname: str, reading: str) -> str | None:
    """Why this cannot be the reading."""
    if not needs_reading(nickname):
        return None
    text = reading.strip()
    if not text:
        return "desktop-wizard-reading-needed"
    return None if _KANA.match(text) or _LATIN.match(text) else "desktop-wizard-reading-wrong"


def device_name_complaint(name: str) -> str | None:
    """Why this cannot be the name of a device."""
    if not name:
        return "desktop-wizard-needed"
    return None if _passes(name) else "desktop-wizard-text-wrong"


def place_complaint(place: str, point: str = "") -> str | None:
    """Why this cannot be a place's label; none at all is fine, unless there is a point, which needs one."""
    if not place:
        return "desktop-wizard-needed" if point else None
    return None if _passes(place) else "desktop-wizard-text-wrong"


def _passes(text: str) -> bool:
    try:
        pass_gate(text, NAME_LENGTH)
    except TextRefused:
        return False
    return True


def zone_complaint(zone: str) -> str | None:
    """Why this is no time zone."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "desktop-wizard-zone-wrong"
    return None


def pin_complaint(pin: str, again: str) -> str | None:
    """Why this cannot be the PIN; no PIN at all is fine."""
    if not pin and not again:
        return None
    from core.client.pin_key import is_fit_pin  # brings a cryptography library that no first window needs

    if not is_fit_pin(pin):
        return "desktop-wizard-pin-wrong"
    return None if pin == again else "desktop-wizard-pin-differs"


def user_code_complaint(code: str) -> str | None:
    """Why this cannot be the person's own code for devices."""
    if not code:
        return "desktop-wizard-needed"
    is_fit = 4 <= len(code) <= 64 and code.isascii() and code.isprintable()
    return None if is_fit else "desktop-profile-user-code-wrong"


def suggested_user_id(nickname: str) -> str:
    """A user ID made of a nickname's Latin letters and kana; empty where it has none."""
    has_kana = re.search("[ぁ-ヿｦ-ﾟ]", nickname) is not None
    plain = unicodedata.normalize("NFKD", romaji(nickname) if has_kana else nickname).casefold()
    kept = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")[:32]
    return kept if is_user_id(kept) else ""
