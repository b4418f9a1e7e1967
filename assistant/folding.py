"""The form in which typed lines, templates and names are compared.

Capitals, punctuation, width of letters and the two kana do not tell words apart; a sign that could change a
number (a minus, a decimal point) stays, so that it matches nothing.
"""

import re
import unicodedata

_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})
_INNER_HYPHEN = re.compile(r"(?<=[^\W\d])[-_](?=[^\W\d])")
_PUNCTUATION = re.compile(r"[!?;:。、！？・「」『』\"“”…~〜()（）]|(?<!\d)[.,]|[.,](?!\d)")
_NUMBER_AND_LETTER = re.compile(r"(\d)([a-z])")


def folded(text: str, locale: str) -> str:
    """The compared form of `text`; in Japanese also without spaces."""
    line = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).casefold().translate(_TO_HIRAGANA)
    line = _PUNCTUATION.sub(" ", _INNER_HYPHEN.sub(" ", line))
    if locale == "ja":
        return "".join(line.split())
    return " ".join(_NUMBER_AND_LETTER.sub(r"\1 \2", line).split())


def folded_template(text: str) -> str:
    """A template with both kana alike; its brackets stay."""
    return text.casefold().translate(_TO_HIRAGANA)
