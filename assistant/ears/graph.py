"""A grammar as a graph of words, and the same graph laid out as flat arrays of sounds for the decoder.

Junctions are joined by arcs; an arc is one word or phrase with one pronunciation and says which slot it
fills with what. `skip` joins two junctions without sound. Several pronunciations are several arcs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from assistant.ears.packed import Packed, packed
from assistant.ears.phones import NUMBER

ALONE = 150
"""Arcs that leave one junction and are worth a block of their own."""


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
Real = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Block:
    """Arcs as arrays with one entry per sound; before each sound of an arc there may be silence."""

    arcs: tuple[Arc, ...]
    """Ordered by target junction."""
    column: Whole
    """Sound: column of the emission scores."""
    repeats: Whole
    """The sounds that are equal to the one before them, and so need silence between."""
    first: Whole
    """Arc: its first sound."""
    last: Whole
    """Arc: its last sound."""
    sources: Whole
    """Arc: the junction before."""
    cost: Packed
    """Arc: what entering it adds to the score (0 or less)."""
    groups: Whole
    """Where in `last` each target junction's arcs begin."""
    member: Whole
    """Arc: which group it is in."""
    targets: Whole
    """The target junction of each group."""


@dataclass(frozen=True)
class Layout:
    """A graph as arrays."""

    blocks: tuple[Block, ...]
    """The big sets of arcs that leave one junction, each alone so that it can rest; the others together."""
    closure: Packed
    """Junctions x junctions: best score of going from one to the other without sound."""
    ends: Whole
    """Junctions at which the utterance may be over."""

    @property
    def states(self) -> int:
        """How many states there are: each sound, and the silence before it."""
        return sum(2 * len(block.column) for block in self.blocks)


def lay_out(graph: Graph, alone: int = ALONE) -> Layout:
    """Flattens a graph; more than `alone` arcs that leave one junction become a block of their own."""
    leaving: dict[int, list[Arc]] = {}
    for arc in graph.arcs:
        leaving.setdefault(arc.source, []).append(arc)
    big = [arcs for arcs in leaving.values() if len(arcs) > alone]
    together = [arc for arcs in leaving.values() if len(arcs) <= alone for arc in arcs]
    return Layout(
        blocks=tuple(_block(arcs) for arcs in [together, *big] if arcs),
        closure=packed(_closure(graph)),
        ends=np.array(sorted(graph.ends), dtype=np.int32),
    )


def _block(arcs: list[Arc]) -> Block:
    arcs = sorted(arcs, key=lambda arc: arc.target)
    sizes = np.array([len(arc.sounds) for arc in arcs])
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    column = np.concatenate([arc.sounds for arc in arcs]).astype(np.int32)
    same = np.flatnonzero(column[1:] == column[:-1]) + 1
    targets, groups, member = np.unique([arc.target for arc in arcs], return_index=True, return_inverse=True)
    return Block(
        arcs=tuple(arcs),
        column=column,
        repeats=np.setdiff1d(same, first).astype(np.int32),
        first=first.astype(np.int32),
        last=(first + sizes - 1).astype(np.int32),
        sources=np.array([arc.source for arc in arcs], dtype=np.int32),
        cost=packed([-arc.cost for arc in arcs]),
        groups=groups.astype(np.int32),
        member=member.astype(np.int32),
        targets=targets.astype(np.int32),
    )


def _closure(graph: Graph) -> Real:
    best = np.full((graph.junctions, graph.junctions), -np.inf)
    np.fill_diagonal(best, 0)
    for source, target, cost in graph.skips:
        best[source, target] = max(best[source, target], -cost)
    for middle in range(graph.junctions):
        best = np.maximum(best, best[:, middle, None] + best[None, middle, :])
    return best
