"""How kana sound, in the sounds of the English dictionary: near enough for the model, which writes IPA."""

import unicodedata

from assistant.ears.pronunciations import Sounds

_VOWELS = {"a": "AA", "i": "IY", "u": "UW", "e": "EH", "o": "OW"}
_ROWS = {
    "": "あいうえお", "K": "かきくけこ", "S": "さしすせそ", "T": "たちつてと", "N": "なにぬねの",
    "HH": "はひふへほ",
    "M": "まみむめも", "R": "らりるれろ", "G": "がぎぐげご", "Z": "ざじずぜぞ", "D": "だぢづでど",
    "B": "ばびぶべぼ",
    "P": "ぱぴぷぺぽ",
}  # fmt: skip
_ODD = {
    "し": "SH IY", "ち": "CH IY", "つ": "T S UW", "ふ": "F UW", "じ": "JH IY", "ぢ": "JH IY", "づ": "Z UW",
    "や": "Y AA", "ゆ": "Y UW", "よ": "Y OW", "わ": "W AA", "を": "OW", "ん": "N", "ゔ": "B UW",
    "ふぁ": "F AA", "ふぃ": "F IY", "ふぇ": "F EH", "ふぉ": "F OW",
    "てぃ": "T IY", "でぃ": "D IY", "うぃ": "W IY",
    "うぇ": "W EH", "うぉ": "W OW", "しぇ": "SH EH", "じぇ": "JH EH", "ちぇ": "CH EH",
}  # fmt: skip
_SMALL = {"ゃ": "AA", "ゅ": "UW", "ょ": "OW"}
_SOFT = {"し": "SH", "ち": "CH", "じ": "JH"}

KANA: dict[str, str] = {
    sign: f"{row} {_VOWELS[vowel]}".strip()
    for row, signs in _ROWS.items()
    for sign, vowel in zip(signs, "aiueo", strict=True)
} | _ODD


def sounds_of_kana(text: str) -> list[Sounds]:
    """How a reading in kana sounds; nothing if it has a sign that is no kana."""
    signs = _hiragana(text)
    sounds: list[str] = []
    at = 0
    while at < len(signs):
        pair, sign = signs[at : at + 2], signs[at]
        if pair in KANA:
            sounds += KANA[pair].split()
            at += 2
        elif len(pair) == 2 and pair[1] in _SMALL and sign in KANA:
            start = [_SOFT[sign]] if sign in _SOFT else [KANA[sign].split()[0], "Y"]
            sounds += [*start, _SMALL[pair[1]]]
            at += 2
        elif sign in "っー":
            at += 1
        elif sign in KANA:
            sounds += KANA[sign].split()
            at += 1
        else:
            return []
    return [_without_long_vowels(sounds)] if sounds else []


def _hiragana(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).replace(" ", "").replace("・", "")
    return "".join(chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヴ" else sign for sign in folded)


def _without_long_vowels(sounds: list[str]) -> Sounds:
    """A vowel twice is one long vowel; the model writes it once."""
    kept: list[str] = []
    for sound in sounds:
        if not kept or sound != kept[-1] or sound not in _VOWELS.values():
            kept.append(sound)
    return tuple(kept)
