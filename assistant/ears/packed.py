"""A score and where it came from in one whole number, so that one comparison settles both.

The upper bits hold the score in fixed point, the lower ones the origin. The greater number has the better
score; adding a score leaves the origin as it is.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Packed = npt.NDArray[np.int64]
"""Scores with their origins, or scores to add (origin 0)."""

NOWHERE = np.int64(-(1 << 60))
"""The score of what cannot be; it stays out of reach however often it is added to."""

_ORIGIN_BITS = 24
_UNIT = float(1 << 16)
_WORST = -1e6
_ORIGIN = np.int64((1 << _ORIGIN_BITS) - 1)


def packed(scores: Any) -> Packed:
    """Natural logarithms as scores to add; what is below -1,000,000 cannot be."""
    real = np.asarray(scores, dtype=np.float64)
    whole = np.rint(np.maximum(real, _WORST) * _UNIT).astype(np.int64) << _ORIGIN_BITS
    made: Packed = np.where(real > _WORST, whole, NOWHERE)
    return made


def score_of(value: Packed | np.int64) -> Any:
    """The natural logarithm, of one or of each."""
    return (value >> _ORIGIN_BITS) / _UNIT


def origin_of(value: Packed) -> Packed:
    """The origin, of one or of each."""
    return value & _ORIGIN


def without_origin(value: Packed) -> Packed:
    """The score alone."""
    return value & ~_ORIGIN
