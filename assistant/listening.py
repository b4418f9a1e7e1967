"""Joins a stream of sound, the gate and an ear: one `Heard` for each utterance.

The ear is fed while somebody speaks and thinks ahead in the middle of the closing pause, so that its answer
is there when the pause is over.
"""

from collections.abc import Callable, Iterable, Iterator

from assistant.ears.interface import Ear, Heard, Hearing, Mode, Samples
from assistant.sources.gate import Gate
from assistant.sources.speech import EndPointer, Moment, Piece, level


def listen(
    stream: Iterable[Samples],
    ear: Ear,
    gate: Gate,
    mode: Callable[[], Mode] = lambda: "order",
    on_level: Callable[[float], None] = lambda _: None,
    on_moment: Callable[[Moment], None] = lambda _: None,
) -> Iterator[Heard]:
    """Hears a stream, utterance by utterance, until the stream ends.

    Args:
        stream: pieces of sound at 16 kHz.
        ear: prepared.
        gate: what comes while it is shut is thrown away, and so is an utterance that it cut into.
        mode: asked at the start of each utterance: an order, or an answer to a question.
        on_level: told the loudness of each piece, 0 to 1.
        on_moment: told when an utterance begins and ends, for a light.
    """
    pointer = EndPointer()
    utterance: _Utterance | None = None
    for samples in stream:
        on_level(level(samples))
        if not gate.is_open:
            pointer.reset()
            utterance = None
            continue
        for piece in pointer.push(samples):
            if piece.moment is Moment.BEGAN:
                utterance = _Utterance(ear.listen(mode()))
                on_moment(piece.moment)
            if utterance is not None and utterance.take(piece):
                on_moment(piece.moment)
                yield utterance.finish()
                utterance = None


class _Utterance:
    """Feeds one hearing; silence is held back until voice follows, so that thinking ahead stays valid."""

    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing
        self._held: list[Samples] = []

    def take(self, piece: Piece) -> bool:
        """Takes a piece; says whether the utterance is over."""
        if piece.moment is Moment.ENDED:
            return True
        if piece.moment is Moment.PAUSED:
            self._held.append(piece.samples)
            return False
        for held in [*self._held, piece.samples]:
            self._hearing.feed(held)
        self._held.clear()
        if piece.moment is Moment.THINK:
            self._hearing.think()
        return False

    def finish(self) -> Heard:
        return self._hearing.finish()
