"""A nickname is what one device calls a user; two spellings with one key are one nickname."""

import re
import unicodedata

from core.domain.errors import NicknameRefused, TextRefused
from core.domain.text_gate import NAME_LENGTH, pass_gate

_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
USER_ID = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}\Z")
"""A user ID: 2 to 32 small letters, digits, dots, hyphens, underscores."""


def check_nickname(text: str) -> str:
    """Returns the nickname as it will be shown.

    Raises:
        NicknameRefused: if the text gate refuses it, or nothing is left to compare.
    """
    try:
        shown = pass_gate(text, NAME_LENGTH)
    except TextRefused as refused:
        raise NicknameRefused(refused.description) from refused
    if not nickname_key(shown):
        raise NicknameRefused("The nickname has no letters.")
    return shown


def nickname_key(text: str) -> str:
    """The form that is compared: NFKC, case-folded, no spaces, katakana folded to hiragana."""
    if text.isascii():
        return "".join(text.lower().split())
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(folded.split()).translate(_KATAKANA_TO_HIRAGANA)


def is_user_id(text: str) -> bool:
    """Whether `text` can be a user ID."""
    return USER_ID.match(text) is not None
