"""Whole numbers of which float64 would lose digits, counted from one of them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .arrays import Floats

LARGE = 2**52
"""Whole numbers within this of each other have differences that float64 holds."""

# Of so many values, those between a lowest and a highest are in the midst of all.
_SOME_VALUES, _FEWEST_DIFFERENT = 1000, 3


def middle_of(values: "NDArray[np.integer[Any]]") -> int:
    """One in the midst of some whole numbers; a fill counts once, in however many rows.

    >>> middle_of(np.array([0, 2**60, 2**60 + 7]))
    1152921504606846976
    """
    lowest, highest = int(values.min()), int(values.max())
    if highest - lowest < LARGE:
        return lowest
    different = np.unique(values[:: -(-len(values) // _SOME_VALUES)])
    if len(different) < _FEWEST_DIFFERENT:
        different = np.unique(values)
    return int(different[(len(different) - 1) // 2])


def less(values: "NDArray[np.integer[Any]]", base: int) -> Floats:
    """Values less a base, which is one like them, without a rounding of either.

    >>> less(np.array([0, 2**60, 2**60 + 7]), 2**60).tolist()
    [-1.152921504606847e+18, 0.0, 7.0]
    """
    if base == 0:
        return values.astype(np.float64)
    unsigned = values.astype(np.int64, copy=False).view(np.uint64)
    distance = unsigned - np.uint64(base % 2**64)  # wraps around, and is right without a sign
    above = values >= base
    return np.where(above, distance.astype(np.float64), -(-distance).astype(np.float64))
