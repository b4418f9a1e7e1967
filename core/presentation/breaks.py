"""Where a line of shown text may be broken, and where not.

Qt breaks Japanese between any two letters: もらっ|て, 領収|書, 60秒以|内. A reader breaks it where a phrase
ends: after a stop, and where hiragana (an ending or a particle) is followed by the next word. Word joiners
keep each phrase in one piece; zero-width spaces open what no rule would break. Both are ours alone: they are
put in after the check for hidden characters and never sent anywhere.
"""

import re
import unicodedata
from functools import lru_cache

LONGEST = 36
"""The longest word that no break can part, so that it cannot widen a window: 18 letters, 12 Japanese ones."""
NARROW, BROAD = 2, 3
KEPT_LETTERS = 10
"""A phrase of more letters is broken after a particle that it holds."""
WIDE = "、-〟ぁ-ヿ一-鿿！-ﾟ"
"""Japanese letters and stops, as the inside of a set."""
WIDE_LETTER = re.compile(f"[{WIDE}]")
BETWEEN_PHRASES = re.compile(
    r"(?<=[ぁ-ゖ])(?=[\w「（])(?![ぁ-ゖー]|次第)"  # この|依頼 and つながり次第
    r"(?<![おご](?=[一-鿿]))(?<!もう(?=一度))"  # but not お|店
    r"(?<![一-鿿][いきぎしちびみりえけげれ](?=[一-鿿]))"  # nor 取り|消す
    r"|(?<=\w)(?=[おご][一-鿿])"  # もう一度|お試し
    r"|(?<=[がではとにをてら第])(?=この|その|ここ|まだ|もう|あなた)"
    r"|(?<=[一-鿿])(?=[ァ-ヺ][ァ-ヺー]{3})|(?<=[ァ-ヺー]{4})(?=[一-鿿]{2})"  # 買い物|エージェント
    r"|(?<=もう一度)(?=[ァ-ヺ一-鿿])"
    r"|(?<=を)(?=[ぁ-ゖ]{3})"
    r"|(?<=[、。！？：・])(?=[\w-])"
    r"|(?=[「（])"
)
INSIDE_A_LONG_PHRASE = re.compile(
    r"(?<=[ァ-ヺー一-鿿\dA-Za-z」][がにはと])(?=[ぁ-ゖ]{3})(?![はもかのし])"  # サーバーに|つながりません
    r"|(?<=[がにはと])(?=でき|あり|なり)"
    r"|(?<=て)(?=いま|いな|くださ)"
)
JOINER = "\u2060"
OPENING = "\u200b"
KEPT = re.compile(rf"(?<=\S)(?=[{WIDE}])|(?<=[{WIDE}])(?=\S)|(?<=--)(?=\w)")


@lru_cache(maxsize=256)
def breakable(text: str) -> str:
    """The text with short phrases kept whole and with places where a very long one may be broken."""
    return " ".join(_word(word) for word in text.split(" "))


def _word(word: str) -> str:
    if not WIDE_LETTER.search(word):
        return _opened(word)
    return "".join(_phrase(phrase) for phrase in BETWEEN_PHRASES.split(word))


def _phrase(phrase: str) -> str:
    parts = INSIDE_A_LONG_PHRASE.split(phrase) if len(phrase) > KEPT_LETTERS else [phrase]
    return OPENING.join(KEPT.sub(JOINER, part) for whole in parts for part in _opened(whole).split(OPENING))


def _opened(word: str) -> str:
    if len(word) * BROAD <= LONGEST:
        return word
    parts, length = [""], 0
    for char in word:
        if length >= LONGEST and unicodedata.category(char)[0] in "LN":
            parts.append("")
            length = 0
        parts[-1] += char
        length += BROAD if WIDE_LETTER.match(char) else NARROW
    return OPENING.join(parts)
