"""Frequent English words, by the language model in pocketsphinx's wheel."""

import sys
from pathlib import Path

import pocketsphinx

from assistant.ears.pronunciations import dictionary_path

_UNKNOWN = -(1 << 28)


def frequent_words(count: int) -> list[str]:
    """The most frequent words that the dictionary can pronounce, the most frequent first."""
    model = pocketsphinx.get_model_path() + "/en-us/en-us.lm.bin"
    language = pocketsphinx.NGramModel(pocketsphinx.Config(), pocketsphinx.LogMath(), model)
    words = {line.split(" ", 1)[0] for line in dictionary_path().read_text("utf-8").splitlines()}
    plain = [word for word in words if word.isalpha()]
    ranked = sorted(((language.prob([word]), word) for word in plain), reverse=True)
    return [word for score, word in ranked[:count] if score > _UNKNOWN]


def write_everyday(target: Path, count: int = 4000) -> None:
    """Writes the everyday words that compete for a slot (`assistant/ears/words/everyday.txt`)."""
    words = [word for word in frequent_words(count) if len(word) > 2]
    lines = [" ".join(words[start : start + 12]) for start in range(0, len(words), 12)]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_everyday(Path(sys.argv[1]))
