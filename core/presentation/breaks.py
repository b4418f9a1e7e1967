"""Where a line of shown text may be broken, and where not.

Qt breaks Japanese between any two letters: ペアリン|グ, 購入の依|頼, or a last line of one syllable.
Word joiners keep a katakana word and the end of a sentence or of a heading in one piece; zero-width spaces
open what no rule would break. Both are ours alone: they are put in after the check for hidden characters and
never sent anywhere.
"""

import re
import unicodedata

BREAK_AFTER = 18
"""A word longer than this may be broken, so that it cannot widen a window."""
KEPT = re.compile(
    r"(?<![ァ-ヺー])[ァ-ヺー]{2,8}(?![ァ-ヺー])"
    r"|[ぁ-ゖ]{1,4}[)）」]?[。？]"
    r"|(?<![一-鿿])[一-鿿]{2,4}[)）」]?[。？]?$"
    r"|[一-鿿]{2}[)）」]?[。？]?$"
)
"""A katakana word of ordinary length; the last syllables of a sentence with its stop; the last kanji."""
JOINER = "\u2060"
OPENING = "\u200b"


def breakable(text: str) -> str:
    """The text with short words kept whole and with places where a very long one may be broken."""
    kept = KEPT.sub(lambda found: JOINER.join(found.group()), text)
    return " ".join(_opened(word) if len(word) > BREAK_AFTER else word for word in kept.split(" "))


def _opened(word: str) -> str:
    parts = [""]
    for char in word:
        is_letter = unicodedata.category(char)[0] in "LN"
        if len(parts[-1]) >= BREAK_AFTER and is_letter and not parts[-1].endswith(JOINER):
            parts.append("")
        parts[-1] += char
    return OPENING.join(parts)
