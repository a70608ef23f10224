"""Correlations of many resamples at once, from how often each of them drew each row."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..table import (
    Booleans,
    Floats,
    Integers,
    blocks,
    bounded,
    constant_columns,
    scaled_columns,
)
from .draws import resampled_rows

Counts: TypeAlias = NDArray[np.uint8]
OfTables: TypeAlias = Callable[[Floats, Floats], Floats]

_NUMBERS_AT_A_TIME = 1_000_000
_NUMBERS_IN_TABLES = 100_000  # what the processor's cache holds
# Where removing a resample's own mean leaves less than this share of the squares about the
# median, four digits have cancelled.
_SAFE_SHARE = 1e-4
_ROUNDING = 64 * np.finfo(np.float64).eps


def drawn_counts(rows: int, resamples: int, seed: int) -> Counts:
    """How often each resample draws each row: resamples x rows.

    One byte is enough: no row of a large table is drawn 256 times within the age of the universe.
    """
    counts = np.empty((resamples, rows), dtype=np.uint8)
    done = 0
    for drawn in resampled_rows(rows, resamples, seed):
        cells = drawn + rows * np.arange(len(drawn))[:, np.newaxis]
        counted = np.bincount(cells.ravel(), minlength=cells.size)
        counts[done : done + len(drawn)] = counted.reshape(cells.shape)
        done += len(drawn)
    return counts


def pearson_replicates(
    values: Floats, counts: Counts, first: Integers, second: Integers
) -> Iterator[tuple[Integers, Floats]]:
    """Pearson's r of pairs of columns in each resample, over the drawn rows that a pair shares.

    Yields which of the pairs, and pairs x resamples; NaN where a column is constant. The sums
    that r needs are products of the counts with columns that are the same for every resample.
    """
    scaled = scaled_columns(values).T
    # A resample that misses an outlier lies far from the mean, but not from the median: about
    # medians, hardly any sum of squares loses its digits.
    columns = scaled - _medians(scaled)
    rounding = _ROUNDING * np.fmax.reduce(np.abs(scaled), axis=1)
    for replicates, pairs in zip(
        (_complete_r, _shared_r), _complete_and_not(values, first, second), strict=True
    ):
        for block in blocks(len(pairs), 4 * _NUMBERS_AT_A_TIME // max(counts.shape)):
            some_pairs = pairs[block]
            left, right = first[some_pairs], second[some_pairs]
            r = np.empty((len(left), len(counts)))
            for some in blocks(len(counts), _NUMBERS_AT_A_TIME // max(len(values), len(left))):
                weights = counts[some].astype(np.float64)
                found, doubtful = replicates(weights.T, columns, rounding, left, right)
                # Of one row, drawn again and again, no column varies: that needs no second look.
                one_row = np.count_nonzero(weights, axis=1) == 1
                found[:, one_row], doubtful[:, one_row] = np.nan, False
                r[:, some] = found
                for pair in np.flatnonzero(np.logical_or.reduce(doubtful, axis=1)):
                    again = doubtful[pair]
                    both = scaled[[left[pair], right[pair]]]
                    r[pair, some][again] = _exact_r(weights[again], both)
            yield some_pairs, r


def spearman_replicates(
    values: Floats, counts: Counts, first: Integers, second: Integers
) -> Iterator[tuple[Integers, Floats]]:
    """Spearman's rho in each resample, as `pearson_replicates`: ranked anew each time."""
    for shared, together in _by_shared_rows(values, first, second):
        rows, drawn = values[shared], counts[:, shared]
        for block in blocks(len(together), 8 * _NUMBERS_AT_A_TIME // len(counts)):
            pairs = together[block]
            yield pairs, _complete_rho(rows, drawn, first[pairs], second[pairs])


def replicates_of(
    of_pair: Callable[[int, int], OfTables | None],
    values: Floats,
    counts: Counts,
    first: Integers,
    second: Integers,
) -> Iterator[tuple[Integers, Floats]]:
    """Any measure in each resample, as `pearson_replicates`: of rows repeated as often as drawn.

    `of_pair` gives, for two columns, the function that measures tables of them: of two arrays of
    tables x rows, x and y; None leaves the pair out. Where values are missing, tables of one
    length go together.
    """
    for place, pair in enumerate(zip(first, second, strict=True)):
        of_tables = of_pair(*pair)
        if of_tables is None:
            continue
        columns = values[:, pair]
        shared = ~np.isnan(columns).any(axis=1)
        x, y = columns[shared].T
        of_shared = counts[:, shared]
        lengths = of_shared.sum(axis=1)
        found = np.full((1, len(counts)), np.nan)
        for length in np.unique(lengths[lengths > 0]):
            tables = np.flatnonzero(lengths == length)
            for some in blocks(len(tables), _NUMBERS_IN_TABLES // int(length)):
                these = tables[some]
                rows = np.tile(np.arange(len(x)), len(these))
                drawn = np.repeat(rows, of_shared[these].ravel()).reshape(len(these), -1)
                found[0, these] = of_tables(x[drawn], y[drawn])
        yield np.array([place]), found


def _complete_and_not(
    values: Floats, first: Integers, second: Integers
) -> tuple[Integers, Integers]:
    """Places of the pairs of columns without missing values, and of the others."""
    gaps = np.logical_or.reduce(np.isnan(values), axis=0)
    with_gaps = gaps[first] | gaps[second]
    return np.flatnonzero(~with_gaps), np.flatnonzero(with_gaps)


def _by_shared_rows(
    values: Floats, first: Integers, second: Integers
) -> Iterator[tuple[Booleans, Integers]]:
    """The rows that pairs of columns share, and the places of all pairs that share these.

    A column is ranked among the rows of each of its pairs: once for all that share the same.
    """
    present = ~np.isnan(values).T
    places: dict[bytes, list[int]] = {}
    for place, pair in enumerate(zip(first, second, strict=True)):
        places.setdefault(np.logical_and(*present[[*pair]]).tobytes(), []).append(place)
    for shared, together in places.items():
        yield np.frombuffer(shared, dtype=bool), np.array(together)


def _complete_r(
    weights: Floats, columns: Floats, rounding: Floats, first: Integers, second: Integers
) -> tuple[Floats, Booleans]:
    """r of each pair in each resample, and where too few of its digits are left.

    Weights are rows x resamples.
    """
    used, first, second = _used(first, second)
    columns = columns[used]
    count = len(columns)
    rows = weights.sum(axis=0)
    terms = np.concatenate([columns, columns**2, columns[first] * columns[second]])
    total, squares, products = np.split(terms @ weights, [count, 2 * count])
    scale, doubtful = _scale(rows, total, squares, rounding[used])
    mean = total / rows
    r = products - mean[first] * total[second]
    r *= scale[first]
    r *= scale[second]
    return bounded(r), doubtful[first] | doubtful[second]


def _shared_r(
    weights: Floats, columns: Floats, rounding: Floats, first: Integers, second: Integers
) -> tuple[Floats, Booleans]:
    """As `_complete_r`, for columns with missing values."""
    present = ~np.isnan(columns)
    columns = np.where(present, columns, 0.0)
    x, has_x = columns[first], present[first]
    y, has_y = columns[second], present[second]
    rows = (has_x & has_y).astype(np.float64) @ weights
    total_x, total_y = (x * has_y) @ weights, (y * has_x) @ weights
    scale_x, doubtful_x = _scale(rows, total_x, (x**2 * has_y) @ weights, rounding[first])
    scale_y, doubtful_y = _scale(rows, total_y, (y**2 * has_x) @ weights, rounding[second])
    r = (x * y) @ weights - total_x * total_y / np.maximum(rows, 1)
    return bounded(r * scale_x * scale_y), doubtful_x | doubtful_y


def _scale(
    rows: Floats, total: Floats, squares: Floats, rounding: Floats
) -> tuple[Floats, Booleans]:
    """One over the root of the squares about the mean, NaN for none; and where that is doubtful.

    Where no square is left at all, every row drawn has the median: no doubt that it is constant.
    """
    about_mean = squares - total**2 / np.maximum(rows, 1)
    cancelled = about_mean < _SAFE_SHARE * squares
    rounded = (squares > 0) & (squares < rows * rounding[:, np.newaxis] ** 2)
    scale = 1 / np.sqrt(np.where(about_mean > 0, about_mean, np.nan))
    return scale, np.asarray(cancelled | rounded)


def _exact_r(weights: Floats, both: Floats) -> Floats:
    """r of two columns in each resample (resamples x rows), about its own means."""
    shared = ~np.isnan(both).any(axis=0)
    weights, both = weights[:, shared], both[:, shared]
    rows = weights.sum(axis=1, keepdims=True)
    x, y = (np.broadcast_to(column, weights.shape) for column in both)
    for _ in range(2):  # the first means are themselves rounded
        x = x - np.einsum("bn,bn->b", weights, x)[:, np.newaxis] / rows
        y = y - np.einsum("bn,bn->b", weights, y)[:, np.newaxis] / rows
    products = np.einsum("bn,bn,bn->b", weights, x, y)
    squares = np.einsum("bn,bn,bn->b", weights, x, x) * np.einsum("bn,bn,bn->b", weights, y, y)
    for column in both:
        drawn = np.where(weights > 0, column, np.nan)
        squares[constant_columns(drawn.T)] = np.nan
    return bounded(products / np.sqrt(squares))


def _complete_rho(values: Floats, counts: Counts, first: Integers, second: Integers) -> Floats:
    """rho of pairs of columns without missing values: pairs x resamples."""
    used, first, second = _used(first, second)
    left, right = np.unique(first), np.unique(second)
    ranked = _Ranked(values[:, used])
    rho = np.empty((len(first), len(counts)))
    for some in blocks(len(counts), 2 * _NUMBERS_IN_TABLES // (len(values) * len(used))):
        weights = counts[some].astype(np.float64)
        ranks = ranked.centred_ranks(weights)
        weighted = ranks * weights[:, np.newaxis]
        squares = np.einsum("bkn,bkn->kb", weighted, ranks)
        products = weighted[:, left] @ ranks[:, right].swapaxes(1, 2)
        of_pairs = products[:, np.searchsorted(left, first), np.searchsorted(right, second)].T
        with np.errstate(invalid="ignore"):  # 0 / 0 where a column is constant
            rho[:, some] = bounded(of_pairs / np.sqrt(squares[first] * squares[second]))
    return rho


def _used(first: Integers, second: Integers) -> tuple[Integers, Integers, Integers]:
    """The columns that pairs use, and the pairs as places among these."""
    used, places = np.unique(np.concatenate([first, second]), return_inverse=True)
    return used, places[: len(first)], places[len(first) :]


class _Ranked:
    """Columns to be ranked again and again, with their rows drawn differently often."""

    def __init__(self, values: Floats) -> None:
        self._order = np.argsort(values.T, axis=1)
        ascending = np.take_along_axis(values.T, self._order, axis=1)
        self._below, self._up_to = (
            np.stack(
                [np.searchsorted(*column, side) for column in zip(ascending, values.T, strict=True)]
            )
            for side in ("left", "right")
        )

    def centred_ranks(self, weights: Floats) -> Floats:
        """Twice the ranks less twice their mean, resamples x columns x rows: whole numbers.

        The mean rank of equal values lies half-way between the rows drawn below and those up to
        them.
        """
        ranks = np.empty((len(weights), *self._order.shape))
        drawn = np.zeros((len(weights), weights.shape[1] + 1))
        for column, (order, below, up_to) in enumerate(
            zip(self._order, self._below, self._up_to, strict=True)
        ):
            np.cumsum(weights[:, order], axis=1, out=drawn[:, 1:])
            ranks[:, column] = drawn.take(below, axis=1)
            ranks[:, column] += drawn.take(up_to, axis=1)
            ranks[:, column] -= drawn[:, -1:]
        return ranks


def _medians(columns: Floats) -> Floats:
    """Of each row, one of its values, so that what is mostly one value becomes exactly 0."""
    middle = (np.maximum((~np.isnan(columns)).sum(axis=1, keepdims=True), 1) - 1) // 2
    return np.take_along_axis(np.sort(columns, axis=1), middle, axis=1)
