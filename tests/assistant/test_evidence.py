"""What an ear believes: an entry against decoys, against its own list, and many words at once."""

import numpy as np
import pytest

from assistant.ears.confidence import confidence_in
from assistant.ears.decoys import decoys
from assistant.ears.english import build_english
from assistant.ears.evidence import Comparison, Rivals
from assistant.ears.graph import Arc, Graph, lay_out
from assistant.ears.interface import Item, Nickname, Vocabulary
from assistant.ears.lexicon import Lexicon
from assistant.ears.phones import NUMBER, SILENCE
from assistant.ears.viterbi import Word, decode
from assistant.ears.word_list import WordList

HOUSEHOLD = Vocabulary((Item("coffee"), Item("lamb")), (Nickname("Jenny"), Nickname("Momo")))


def _columns(phrase: str) -> tuple[int, ...]:
    return tuple(NUMBER[sound] for sound in Lexicon([phrase]).sounds(phrase)[0])


def _said(phrase: str) -> np.ndarray:
    """Frames in which a phrase's sounds come one after another, with silence between them."""
    columns = _columns(phrase)
    frames = np.full((2 * len(columns), SILENCE + 1), -7.0, dtype=np.float32)
    frames[::2, SILENCE] = -0.1
    frames[np.arange(1, 2 * len(columns), 2), columns] = -0.1
    return frames


def _compared(slot: str, value: str, phrase: str) -> Comparison:
    """How an entry fares where a phrase was said."""
    rivals, frames, columns = Rivals(build_english(HOUSEHOLD), "en"), _said(phrase), _columns(value)
    score = float(WordList([columns]).scores(frames)[0])
    return rivals.compare(Word(Arc(0, 1, columns, slot, value), 0, len(frames), score), frames)


def _believed(slot: str, value: str, phrase: str) -> bool:
    return confidence_in("en").of_word(slot, _compared(slot, value, phrase)) >= 0.5


def test_a_word_of_a_list_scores_as_in_a_grammar_of_its_own() -> None:
    frames = _said("paper")
    for word in ("paper", "pepper", "people", "pop"):
        graph = Graph()
        end = graph.junction()
        graph.say(0, end, Lexicon([word]).sounds(word)[0])
        graph.ends.add(end)
        path = decode(lay_out(graph), frames[: 2 * len(_columns("paper"))])
        assert path is not None
        alone = WordList([_columns("the"), _columns(word)]).scores(frames[: path.words[0].end])[1]
        assert alone == pytest.approx(path.words[0].score, abs=1e-2)


@pytest.mark.parametrize(
    ("slot", "value", "strange"),
    [("item", "coffee", "copy"), ("item", "lamb", "lamp"), ("nickname", "Jenny", "Peter")],
)
def test_an_entry_is_not_believed_where_a_decoy_was_said(slot: str, value: str, strange: str) -> None:
    assert _compared(slot, value, strange).decoy < 0
    assert not _believed(slot, value, strange)
    assert _believed(slot, value, value)


def test_an_entry_that_is_also_a_decoy_is_no_rival_of_itself() -> None:
    assert _columns("coffee") in decoys("en")["item"]
    assert _compared("item", "coffee", "coffee").decoy > 0


def test_somebody_who_is_nobody_here_is_a_decoy_of_a_name() -> None:
    people = decoys("en")["nickname"]
    assert {_columns("my teacher"), _columns("the doctor"), _columns("Uncle John")} <= set(people)


def test_a_japanese_order_is_not_compared_with_things_in_english_shops() -> None:
    assert len(decoys("ja")["item"]) < len(decoys("en")["item"])
