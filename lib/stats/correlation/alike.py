"""Columns that have their values in the same rows, and what two such groups share."""

from collections.abc import Iterator

import numpy as np

from ..table import Floats, Integers


def alike(values: Floats) -> Iterator[tuple[Integers, Integers, Integers]]:
    """All pairs of columns, those at once that share the same rows: columns, others, the rows.

    The others are the columns themselves, the same object, for the pairs within a group.
    """
    missing = np.isnan(values)
    if not missing.any():
        everything = np.arange(values.shape[1])
        yield everything, everything, np.arange(len(values))
        return
    patterns, pattern_of = np.unique(missing, axis=1, return_inverse=True)
    groups = [np.flatnonzero(pattern_of == number) for number in range(patterns.shape[1])]
    for first, x in enumerate(groups):
        for second, y in enumerate(groups[: first + 1]):
            yield x, y, np.flatnonzero(~(patterns[:, first] | patterns[:, second]))
