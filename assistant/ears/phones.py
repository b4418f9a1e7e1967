"""The sounds that grammars are written in, and how the acoustic model tends to spell each one.

Pronunciations use the 39 ARPAbet sounds of cmudict. The model of `hama` writes IPA of many languages, so
each sound has the IPA symbols that may stand for it, the usual first.
"""

PHONES: dict[str, str] = {
    "AA": "ɑ a ɒ ɔ ʌ",
    "AE": "æ a ɛ ɐ",
    "AH": "ʌ ə ɐ a ɑ ɪ ɛ ᵊ",
    "AO": "ɔ ɑ ɒ o oʊ",
    "AW": "aʊ a æ",
    "AY": "aɪ a ɪ i",
    "B": "b p",
    "CH": "t͡ʃ ʃ t͡ɕ t",
    "D": "d t ɾ",
    "DH": "ð d θ",
    "EH": "ɛ e æ eɪ",
    "ER": "ɝ ɚ ɜ ə ɹ",
    "EY": "eɪ e ɛ",
    "F": "f",
    "G": "ɡ g k",
    "HH": "h ɦ",
    "IH": "ɪ i ɛ ə",
    "IY": "i ɪ e y",
    "JH": "d͡ʒ t͡ʃ ʒ",
    "K": "k kʰ ɡ",
    "L": "l ɫ o",
    "M": "m n",
    "N": "n m ŋ",
    "NG": "ŋ n",
    "OW": "oʊ o ɔ u",
    "OY": "ɔɪ ɔ o",
    "P": "p pʰ b",
    "R": "ɹ r ɾ",
    "S": "s z",
    "SH": "ʃ s ɕ",
    "T": "t tʰ ɾ d k",
    "TH": "θ f s",
    "UH": "ʊ u ə",
    "UW": "u ʊ ju",
    "V": "v f b",
    "W": "w v",
    "Y": "j ju",
    "Z": "z s",
    "ZH": "ʒ z d͡ʒ",
}
"""Sound: the model's symbols for it, likely first."""

NAMES: tuple[str, ...] = tuple(PHONES)
"""Every sound, in the order of the columns of an emission matrix."""

NUMBER: dict[str, int] = {name: index for index, name in enumerate(NAMES)}
"""Sound: its column."""

SILENCE = len(NAMES)
"""The column of the gap between sounds (the model's blank and word break)."""
