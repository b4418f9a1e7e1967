"""The one gate that text from outside passes before a person sees or hears it.

Text is normalised to NFC and then refused, not repaired, when it holds characters that hide or
reorder other text: controls, bidirectional marks, zero-width characters, private use, unassigned.
Mixed scripts inside a word are not refused but can be asked for, so that a view marks them
(UTS #39; the Japanese profile mixes kana, kanji and Latin on purpose).
"""

import re
import unicodedata

from core.domain.errors import TextRefused

TITLE_LENGTH = 120
"""Longest item title, in characters."""
NAME_LENGTH = 60
"""Longest name of a person, device or payee, in characters."""
MESSAGE_LENGTH = 140
"""Longest binding message, in characters."""

_REFUSED = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_JOINER = "\u200d"
_LETTER_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "HEBREW", "ARABIC", "CHEROKEE")
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
_MARKS_IN_A_ROW = 3


def pass_gate(text: str, max_length: int = TITLE_LENGTH) -> str:
    """Returns `text` in NFC, trimmed, or refuses it.

    Args:
        text: one line from outside.
        max_length: the most characters that remain after normalising.

    Raises:
        TextRefused: if it is empty, too long, or holds a character that hides or reorders text.
    """
    line = unicodedata.normalize("NFC", text).strip()
    if not line:
        raise TextRefused("The text is empty.")
    if len(line) > max_length:
        raise TextRefused(f"The text is longer than {max_length} characters.")
    if not (line.isascii() and line.isprintable()):  # printable ASCII holds nothing of what follows
        _refuse_hidden(line)
        _refuse_stacked(line)
    return line


def _refuse_hidden(line: str) -> None:
    for at, char in enumerate(line):
        if char == _JOINER and _is_inside_emoji(line, at):
            continue
        if char in _FILLERS or unicodedata.category(char) in _REFUSED:
            raise TextRefused(f"The text holds a character that cannot be shown (U+{ord(char):04X}).")


def _is_inside_emoji(line: str, at: int) -> bool:
    before = line[at - 1] if at else ""
    after = line[at + 1] if at + 1 < len(line) else ""
    pictures = {"So", "Sk", "Mn"}
    return bool(before and after) and {unicodedata.category(before), unicodedata.category(after)} <= pictures


def _refuse_stacked(line: str) -> None:
    run = 0
    for char in line:
        run = run + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if run > _MARKS_IN_A_ROW:
            raise TextRefused("The text stacks too many marks on one letter.")


def mixed_script_words(text: str) -> tuple[str, ...]:
    """The words whose letters come from two alphabets that look alike (UTS #39 5.1), in order."""
    return tuple(word for word in re.findall(r"\w+", text) if len(_alphabets(word)) > 1)


def _alphabets(word: str) -> set[str]:
    names = (unicodedata.name(char, "") for char in word if char.isalpha())
    return {script for name in names for script in _LETTER_SCRIPTS if name.startswith(script)}


def spoken_form(text: str) -> str:
    """Letters, digits and plain punctuation only, so that a voice reads nothing else."""
    kept = "".join(
        char if unicodedata.category(char)[0] in "LNM" or char in " .,'-%・ー、。" else " " for char in text
    )
    return re.sub(r"\s+", " ", kept).strip()
