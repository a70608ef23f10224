"""Rows as trees see them: values that no test tells apart are one segment."""

from dataclasses import dataclass

import numpy as np

from ...table import Booleans, Floats, Integers
from .bits import ALL_ROWS, NO_ROWS, Bits, packed
from .trees import Columns, TreeEnsemble, Trees


@dataclass(frozen=True, eq=False)
class Segments:
    """The segments of p features that n rows lie in, ascending; missing values are the last.

    Attributes
    ----------
    of_rows
        p x n: each row's segment.
    numbers
        How many segments of each feature hold numbers.
    sizes
        How many segments each feature has: one more than numbers if some are missing.
    is_categorical
        Whether a feature's tests are sets of categories. Each category is a segment.
    """

    of_rows: Integers
    numbers: Integers
    sizes: Integers
    is_categorical: Booleans
    _columns: Columns
    _highest: list[Floats]
    _first_below: Integers
    _below: Bits
    _missing: Bits

    @classmethod
    def of(cls, ensemble: TreeEnsemble, rows: Floats) -> "Segments":
        """What the ensemble sees of rows x features."""
        columns = ensemble.columns(rows)
        thresholds, is_categorical = _tests(ensemble, len(columns))
        highest = [
            _highest(column, None if categorical else cuts)
            for column, cuts, categorical in zip(columns, thresholds, is_categorical, strict=True)
        ]
        # searchsorted takes NaN as the largest number: missing values come last
        of_rows = np.array(
            [np.searchsorted(ends, column) for ends, column in zip(highest, columns, strict=True)]
        )
        numbers = np.array([len(ends) for ends in highest])
        below = [
            packed(segment < np.arange(number + 1)[:, np.newaxis])
            for segment, number in zip(of_rows, numbers, strict=True)
        ]
        missing = np.isnan(columns)
        return cls(
            of_rows=of_rows,
            numbers=numbers,
            sizes=numbers + missing.any(axis=1),
            is_categorical=is_categorical,
            _columns=columns,
            _highest=highest,
            _first_below=np.cumsum([0, *(numbers[:-1] + 1)]),
            _below=np.concatenate(below),
            _missing=packed(missing),
        )

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.of_rows[0])

    @property
    def has_gaps(self) -> Booleans:
        """Whether what passes a feature's tests may lie in several runs of segments."""
        return self.is_categorical | (self.sizes > self.numbers)

    def cuts(self, trees: Trees) -> Integers:
        """For each node with a threshold: how many of its feature's segments go left."""
        cuts = np.zeros(len(trees.feature), dtype=np.int64)
        for feature, ends in enumerate(self._highest):
            nodes = np.flatnonzero(trees.feature == feature)
            cuts[nodes] = np.searchsorted(ends, trees.threshold[nodes], side="right")
        return cuts

    def rows_to_the_left(self, trees: Trees, cuts: Integers, nodes: Integers) -> Bits:
        """Nodes x words: the rows that take the left branch of inner nodes."""
        feature = trees.feature[nodes]
        left = self._below[self._first_below[feature] + cuts[nodes]]
        by_category = np.flatnonzero(trees.category_test[nodes] >= 0)
        if by_category.size:
            codes = np.nan_to_num(self._columns[feature[by_category]], nan=0).astype(np.int64)
            tests = trees.category_test[nodes[by_category], np.newaxis]
            goes_left = packed(trees.category_left[tests, codes])
            left[by_category] = goes_left & ~self._missing[feature[by_category]]
        missing_left = np.where(trees.missing_left[nodes], ALL_ROWS, NO_ROWS)
        rows: Bits = left | (self._missing[feature] & missing_left[:, np.newaxis])
        return rows

    def examples(self, feature: int) -> Integers:
        """A row of each segment of a feature."""
        rows: Integers = np.unique(self.of_rows[feature], return_index=True)[1]
        return rows


def _tests(ensemble: TreeEnsemble, features: int) -> tuple[list[Floats], Booleans]:
    """The thresholds of each feature, and whether its tests are of categories instead."""
    feature, threshold = [], []
    is_categorical = np.zeros(features, dtype=np.bool_)
    for trees in ensemble.blocks():
        by_category = trees.category_test >= 0
        is_categorical[trees.feature[by_category]] = True
        by_threshold = ~trees.is_leaf & ~by_category
        feature.append(trees.feature[by_threshold])
        threshold.append(trees.threshold[by_threshold])
    features_tested, thresholds = np.concatenate(feature), np.concatenate(threshold)
    order = np.argsort(features_tested, kind="stable")
    bounds = np.searchsorted(features_tested[order], np.arange(1, features))
    return [np.unique(part) for part in np.split(thresholds[order], bounds)], is_categorical


def _highest(column: Columns, thresholds: Floats | None) -> Floats:
    """The highest value of each segment; without thresholds every value is a segment."""
    distinct: Floats = np.unique(column[~np.isnan(column)]).astype(np.float64)
    if thresholds is None or not len(distinct):
        return distinct
    segment = np.searchsorted(thresholds, distinct)
    is_last = np.append(segment[1:] != segment[:-1], True)
    highest: Floats = distinct[is_last]
    return highest
