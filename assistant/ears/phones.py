"""The sounds that grammars are written in: the 39 ARPAbet sounds of cmudict.

How the acoustic model spells each of them is learned, and lies in `spelling.npz`.
"""

PHONES: dict[str, str] = {
    "AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "aʊ", "AY": "aɪ", "B": "b", "CH": "t͡ʃ", "D": "d",
    "DH": "ð", "EH": "ɛ", "ER": "ɝ", "EY": "eɪ", "F": "f", "G": "ɡ", "HH": "h", "IH": "ɪ", "IY": "i",
    "JH": "d͡ʒ", "K": "k", "L": "l", "M": "m", "N": "n", "NG": "ŋ", "OW": "oʊ", "OY": "ɔɪ", "P": "p",
    "R": "ɹ", "S": "s", "SH": "ʃ", "T": "t", "TH": "θ", "UH": "ʊ", "UW": "u", "V": "v", "W": "w",
    "Y": "j", "Z": "z", "ZH": "ʒ",
}  # fmt: skip
"""Sound: its usual IPA symbol."""

NAMES: tuple[str, ...] = tuple(PHONES)
"""Every sound, in the order of the columns of an emission matrix."""

NUMBER: dict[str, int] = {name: index for index, name in enumerate(NAMES)}
"""Sound: its column."""

SILENCE = len(NAMES)
"""The column of the gap between sounds (the model's blank and word break)."""
