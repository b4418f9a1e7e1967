"""How words sound: the dictionary first, then espeak-ng where it is installed, then hama's own guess.

The dictionary is cmudict in pocketsphinx's wheel. espeak-ng is GPL-3 and therefore optional: it is loaded at
run time, in a child process (`espeak_words`), and never linked.
"""

import re
import subprocess
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.ears.phones import PHONES

Sounds = tuple[str, ...]
"""Names of sounds, as ("M", "IH", "L", "K")."""

_IPA = {symbol: name for name, symbol in PHONES.items()} | {
    "tʃ": "CH", "dʒ": "JH", "əʊ": "OW", "ɡ": "G", "g": "G", "r": "R", "a": "AE", "ɐ": "AH", "ə": "AH",
    "ᵻ": "IH", "ɜ": "ER", "ɚ": "ER", "o": "OW", "e": "EY", "ɾ": "T", "ɪɹ": "IH R", "ɛɹ": "EH R",
    "oɹ": "AO R", "ʊɹ": "UH R", "əl": "AH L", "aɪɚ": "AY ER", "aɪə": "AY AH", "ju": "Y UW",
    "iə": "IY AH", "ɒ": "AA", "x": "K", "ɬ": "L", "ɔɹ": "AO R", "ɑɹ": "AA R", "n̩": "AH N",
    "l̩": "AH L", "ʔ": "T", "eə": "EH R", "ɪə": "IH R", "kʰ": "K", "t͡ɕ": "CH", "t͡ɕʰ": "CH", "tʰ": "T",
    "pʰ": "P", "ɕ": "SH", "ɯ": "UW", "ɨ": "IH", "c": "K", "y": "IY",
}  # fmt: skip
_LONGEST = max(map(len, _IPA))
_NOISE = re.compile(r"[ˈˌː_\s̃ʲ‿]|\(.*?\)")


def dictionary_path() -> Path:
    """Where cmudict lies."""
    import pocketsphinx

    return Path(pocketsphinx.get_model_path()) / "en-us" / "cmudict-en-us.dict"


def look_up(words: Iterable[str]) -> dict[str, list[Sounds]]:
    """Finds words in cmudict in one pass (about 60 ms).

    Returns:
        For each word that is there its pronunciations, the usual first.
    """
    wanted = set(words)
    found: dict[str, list[Sounds]] = {}
    with dictionary_path().open(encoding="utf-8") as lines:
        for line in lines:
            head, _, sounds = line.partition(" ")
            word = head.partition("(")[0]
            if word in wanted:
                found.setdefault(word, []).append(tuple(sounds.split()))
    return found


def pronounce(words: Iterable[str], names: Iterable[str] = ()) -> dict[str, list[Sounds]]:
    """Every word's pronunciations; a word that nothing can pronounce is left out.

    Args:
        words: what to pronounce.
        names: those of them that are also read anew, as people's names are said in more than one way.
    """
    wanted = set(words)
    found = look_up(wanted)
    unknown = wanted - found.keys()
    said = _espeak(sorted(unknown | (wanted & set(names))))
    for word in unknown | said.keys():
        sounds = from_ipa(said.get(word) or _guess(word))
        if sounds and sounds not in found.setdefault(word, []):
            found[word].append(sounds)
    return found


def from_ipa(text: str) -> Sounds:
    """IPA as espeak-ng writes it, in the dictionary's sounds; signs that mean nothing here are skipped."""
    rest = _NOISE.sub("", text)
    sounds: list[str] = []
    while rest:
        for size in range(min(_LONGEST, len(rest)), 0, -1):
            if rest[:size] in _IPA:
                sounds += _IPA[rest[:size]].split()
                break
        rest = rest[size:]
    return tuple(sounds)


def _espeak(words: list[str]) -> dict[str, str]:
    """What espeak-ng says of all the words, in one child; empty where it is not installed."""
    if not words:
        return {}
    child = [sys.executable, str(Path(__file__).with_name("espeak_words.py"))]
    try:
        told = subprocess.run(child, input="\n".join(words), capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return {}
    lines = told.stdout.splitlines()
    return dict(zip(words, lines, strict=True)) if len(lines) == len(words) else {}


@lru_cache(maxsize=4096)
def _guess(word: str) -> str:
    """What hama's own reading rules say; worse than espeak-ng, always there."""
    return str(_g2p().predict(word).ipa)


@lru_cache(maxsize=1)
def _g2p() -> Any:
    from hama import G2PModel

    return G2PModel()
