"""Kana in Latin letters (Hepburn, long vowels short), for proposing a user ID for a Japanese nickname."""

import unicodedata

_ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "s": "さしすせそ",
    "t": "たちつてと",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "m": "まみむめも",
    "y": "や ゆ よ",
    "r": "らりるれろ",
    "w": "わ   を",
    "g": "がぎぐげご",
    "z": "ざじずぜぞ",
    "d": "だぢづでど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}
_IRREGULAR = {
    "し": "shi",
    "ち": "chi",
    "つ": "tsu",
    "ふ": "fu",
    "じ": "ji",
    "ぢ": "ji",
    "づ": "zu",
    "を": "o",
    "ん": "n",
}
_PLAIN = {
    letter: row + vowel
    for row, letters in _ROWS.items()
    for letter, vowel in zip(letters, "aiueo", strict=False)
    if letter != " "
} | _IRREGULAR
_SMALL = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
_DOUBLED, _LONG = "っ", "ー"


def romaji(text: str) -> str:
    """`text` with its kana in small Latin letters; Latin letters and digits stay, the rest is left out."""
    said, is_doubled = "", False
    for letter in _hiragana(text):
        if letter == _DOUBLED:
            is_doubled = True
            continue
        if letter in _SMALL:
            said = _joined(said, _SMALL[letter])
            continue
        sound = _PLAIN.get(letter, letter if letter.isascii() and letter.isalnum() else "")
        said += (sound[:1].replace("c", "t") if is_doubled and sound else "") + sound
        is_doubled = False
    return said


def _hiragana(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(chr(ord(one) - 0x60) if "ァ" <= one <= "ヶ" else one for one in folded if one != _LONG)


def _joined(before: str, small: str) -> str:
    """`ki` and a small `ya` are `kya`, `shi` and a small `ya` are `sha`, `fu` and a small `a` are `fa`."""
    if before[-1:] not in {"i", "u", "e"}:
        return before + small
    stem = before[:-1]
    return stem + (small[1:] if stem.endswith(("sh", "ch", "j")) else small)
