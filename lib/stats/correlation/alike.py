"""Columns that have their values in the same rows, and what two such groups share."""

from collections.abc import Iterator

import numpy as np

from lib.stats.table import Floats, Integers


def alike(values: Floats) -> Iterator[tuple[Integers, Integers, Integers]]:
    """All pairs of columns, those at once that share the same rows: columns, others, the rows."""
    patterns, pattern_of = np.unique(np.isnan(values), axis=1, return_inverse=True)
    for first, missing in enumerate(patterns.T):
        for second in range(first + 1):
            rows = np.flatnonzero(~(missing | patterns[:, second]))
            x, y = (np.flatnonzero(pattern_of == number) for number in (first, second))
            yield x, y, rows
