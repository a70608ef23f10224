"""Step functions of one feature and of two, summed up from intervals and rectangles."""

import numpy as np

from ...table import Floats, Integers
from .boxes import Interval


class StepFunctions:
    """One function of the segments of each feature, and one of those of each pair.

    To add a number on a rectangle takes four steps, at its corners, however large it is. Summed
    up along both features in the end, the steps are the function.

    Parameters
    ----------
    of_rows
        p x n: the segments at which the functions are wanted.
    sizes
        How many segments each of the p features has.
    pairs
        K x 2 positions of features, the smaller first.
    """

    def __init__(self, of_rows: Integers, sizes: Integers, pairs: Integers) -> None:
        self._of_rows, self._pairs = of_rows, pairs
        self._widths = sizes + 1  # one more, for steps beyond the last segment
        cells = self._widths[pairs].prod(axis=1)
        self._lines, self._first_of_line = np.zeros(self._widths.sum()), _starts(self._widths)
        self._grids, self._first_of_grid = np.zeros(cells.sum()), _starts(cells)
        # The last row and column are for no feature, which is -1.
        self._number = np.full((len(sizes) + 1, len(sizes) + 1), -1)
        for one, other in (pairs.T, pairs.T[::-1]):
            self._number[one, other] = np.arange(len(pairs))

    def pair_number(self, one: Integers, other: Integers) -> Integers:
        """The number of the pair of two features in any order; -1 for others."""
        number: Integers = self._number[one, other]
        return number

    def add_to_features(self, feature: Integers, interval: Interval, values: Floats) -> None:
        """Add values on intervals of features; features may repeat."""
        low, high = interval
        start = self._first_of_line[feature]
        np.add.at(self._lines, start + low, values)
        np.subtract.at(self._lines, start + high, values)

    def add_to_pairs(
        self, pair: Integers, first: Interval | None, second: Interval | None, values: Floats
    ) -> None:
        """Add values on rectangles of pairs, by number; None is everywhere. Pairs may repeat."""
        start, width = self._first_of_grid[pair], self._widths[self._pairs[pair, 1]]
        low, high = second if second is not None else (0, width - 1)
        add, subtract = np.add, np.subtract
        if first is None:
            add.at(self._grids, start + low, values)
            subtract.at(self._grids, start + high, values)
            return
        for row, one, other in ((first[0], add, subtract), (first[1], subtract, add)):
            at = start + row * width
            one.at(self._grids, at + low, values)
            other.at(self._grids, at + high, values)

    def of_features(self) -> Floats:
        """p x n: the functions of features at the rows."""
        lines = np.split(self._lines, self._first_of_line[1:])
        return np.array([line.cumsum()[at] for line, at in zip(lines, self._of_rows, strict=True)])

    def of_pairs(self) -> Floats:
        """K x n: the functions of pairs at the rows. Nothing can be added afterwards."""
        found = np.empty((len(self._pairs), self._of_rows.shape[1]))
        grids = np.split(self._grids, self._first_of_grid[1:])
        for number, (first, second) in enumerate(self._pairs):
            grid = grids[number].reshape(self._widths[first], self._widths[second])
            np.cumsum(grid, axis=0, out=grid)
            np.cumsum(grid, axis=1, out=grid)
            found[number] = grid[self._of_rows[first], self._of_rows[second]]
        return found


def _starts(sizes: Integers) -> Integers:
    starts: Integers = sizes.cumsum() - sizes
    return starts
