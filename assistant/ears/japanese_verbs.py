"""Whether the verb at the end of a Japanese order orders or refuses: かって or かわないで.

One verb decides everything and comes last, and the model was not made for Japanese. So the two kinds of verbs
are compared once more over the same frames, and an order needs a clear lead. What has a small one is not an
order; what has a middling one is told as unsure, to be read back.
"""

from dataclasses import replace

from assistant.ears.acoustics import Scores
from assistant.ears.interface import Action, Heard
from assistant.ears.kana import sounds_of_kana
from assistant.ears.phones import NUMBER
from assistant.ears.word_list import WordList
from assistant.ears.words import words_of_language

NO_ORDER = 4.0
"""Lead of the ordering verbs (natural logarithm) below which it may have been a refusal."""
SURE = 8.0
"""Lead from which it was none. Chosen on the voice Mei at speeds 1 and 1.15 and on espeak-ng's own voice."""


class JapaneseVerbs:
    """The verbs that order, and those that refuse."""

    def __init__(self) -> None:
        words = words_of_language("ja")
        self._ordering, self._refusing = _list(words["verbs"]), _list(words["negations"])

    def judged(self, heard: Heard, verb: Scores) -> Heard:
        """An order as far as its verb can be believed; anything else as it was.

        Args:
            heard: what the grammar found.
            verb: the frames from the verb to the end.
        """
        if heard.action is not Action.ORDER or not len(verb):
            return heard
        lead = _best(self._ordering, verb) - _best(self._refusing, verb)
        if lead < NO_ORDER:
            return replace(
                heard,
                action=Action.NONE,
                reason="not_an_order",
                item=None,
                nickname=None,
                quantity=1,
                more=(),
            )
        return heard if lead >= SURE else replace(heard, reason=heard.reason or "unsure")


def _best(verbs: WordList, frames: Scores) -> float:
    return float(verbs.scores(frames).max())


def _list(phrases: tuple[str, ...]) -> WordList:
    readings = (sounds for phrase in phrases for sounds in sounds_of_kana(phrase))
    return WordList([tuple(NUMBER[name] for name in sounds) for sounds in readings if sounds])
