"""Frequent English words, by the language model in pocketsphinx's wheel."""

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
