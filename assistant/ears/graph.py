"""A grammar as a graph of words, and the same graph laid out as flat arrays of sounds for the decoder.

Junctions are joined by arcs; an arc is one word or phrase with one pronunciation and says which slot it
fills with what. `skip` joins two junctions without sound. Several pronunciations are several arcs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from assistant.ears.phones import NUMBER, SILENCE

NEVER = np.float32(-1e30)
"""The score of what cannot be."""


@dataclass(frozen=True, slots=True)
class Arc:
    """One way to say one thing between two junctions."""

    source: int
    """Junction before."""
    target: int
    """Junction after."""
    sounds: tuple[int, ...]
    """Columns of the sounds, in order."""
    slot: str
    """Which slot this fills; "" for none."""
    value: object
    """What the slot gets."""
    cost: float = 0.0
    """Natural logarithm taken off the score of a path that uses this arc."""


@dataclass
class Graph:
    """A grammar under construction."""

    arcs: list[Arc] = field(default_factory=list)
    """Every arc."""
    skips: list[tuple[int, int, float]] = field(default_factory=list)
    """Soundless joins: from, to, cost. Always from a lower to a higher junction number, or added in order."""
    junctions: int = 1
    """How many junctions; 0 is the start."""
    ends: set[int] = field(default_factory=set)
    """Junctions at which an utterance may be over."""

    def junction(self) -> int:
        """A new junction."""
        self.junctions += 1
        return self.junctions - 1

    def say(
        self,
        source: int,
        target: int,
        sounds: Iterable[str],
        slot: str = "",
        value: object = None,
        cost: float = 0.0,
    ) -> None:
        """Adds one pronunciation between two junctions."""
        columns = tuple(NUMBER[name] for name in sounds)
        if columns:
            self.arcs.append(Arc(source, target, columns, slot, value, cost))

    def skip(self, source: int, target: int, cost: float = 0.0) -> None:
        """Lets a path go on without a sound."""
        self.skips.append((source, target, cost))


Whole = npt.NDArray[np.int32]
Real = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Layout:
    """A graph as arrays, one entry per state; a state is one sound, or the silence before a sound."""

    arcs: tuple[Arc, ...]
    """Ordered by target junction."""
    column: Whole
    """State: column of the emission scores."""
    from_one: Real
    """State: 0 if it may follow the state before it, else NEVER."""
    from_two: Real
    """State: 0 if it may follow the state two before it (no silence between), else NEVER."""
    entry: Whole
    """States that an arc may begin with."""
    entry_junction: Whole
    """For each of them the junction it begins at."""
    entry_cost: Real
    """For each of them minus the arc's cost."""
    last: Whole
    """Arc: its last state."""
    groups: Whole
    """Where in `last` each target junction's arcs begin."""
    targets: Whole
    """The target junction of each group."""
    closure: Real
    """Junctions x junctions: best score of going from one to the other without sound."""
    ends: Whole
    """Junctions at which the utterance may be over."""


def lay_out(graph: Graph) -> Layout:
    """Flattens a graph. Each arc becomes silence, sound, silence, sound … sound."""
    arcs = tuple(sorted(graph.arcs, key=lambda arc: arc.target))
    sizes = np.array([2 * len(arc.sounds) for arc in arcs])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    column = np.full(int(sizes.sum()), SILENCE, dtype=np.int32)
    column[1::2] = np.concatenate([arc.sounds for arc in arcs])
    from_one = np.zeros(len(column), dtype=np.float32)
    from_two = np.full(len(column), NEVER, dtype=np.float32)
    from_two[3::2] = np.where(column[3::2] == column[1:-2:2], NEVER, 0)
    from_one[starts] = NEVER
    from_two[starts + 1] = NEVER
    sources = np.array([arc.source for arc in arcs], dtype=np.int32)
    costs = np.array([-arc.cost for arc in arcs], dtype=np.float32)
    targets, groups = np.unique([arc.target for arc in arcs], return_index=True)
    return Layout(
        arcs=arcs,
        column=column,
        from_one=from_one,
        from_two=from_two,
        entry=np.concatenate([starts, starts + 1]).astype(np.int32),
        entry_junction=np.concatenate([sources, sources]),
        entry_cost=np.concatenate([costs, costs]),
        last=(starts + sizes - 1).astype(np.int32),
        groups=groups.astype(np.int32),
        targets=targets.astype(np.int32),
        closure=_closure(graph),
        ends=np.array(sorted(graph.ends), dtype=np.int32),
    )


def _closure(graph: Graph) -> Real:
    best = np.full((graph.junctions, graph.junctions), NEVER, dtype=np.float32)
    np.fill_diagonal(best, 0)
    for source, target, cost in graph.skips:
        best[source, target] = max(best[source, target], -cost)
    for middle in range(graph.junctions):
        best = np.maximum(best, best[:, middle, None] + best[None, middle, :])
    return np.maximum(best, NEVER)
