"""Do two maps of correlations differ as wholes?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import special

from ..correlation import CorrelationMethod
from ..resampling import DrawnKind, measured_in_tables, sizes
from ..table import (
    Booleans,
    Floats,
    Integers,
    centred_columns,
    constant_columns,
    generator_of,
)

# Splits that would give the same statistic if there were no rounding count as equal.
_ROUNDING = 1e-12
_LEAST_EIGENVALUE = 1e-10


@dataclass(frozen=True)
class MapTest:
    """A statistic of two whole maps and its p; NaN where there is no such test."""

    statistic: float = np.nan
    freedom: float = np.nan
    p: float = np.nan


def jennrich(first: Floats, second: Floats, n_first: int, n_second: int) -> MapTest:
    """Jennrich's chi-square test that two tables of normal columns have one correlation matrix.

    Of two k x k matrices from so many complete rows; no test where a column follows from others.
    """
    columns = len(first)
    maps = np.stack([first, second])
    if np.isnan(maps).any() or np.linalg.eigvalsh(maps).min() < _LEAST_EIGENVALUE:
        return MapTest()
    pooled = (n_first * first + n_second * second) / (n_first + n_second)
    inverse = np.linalg.inv(pooled)
    weight = n_first * n_second / (n_first + n_second)
    z = np.sqrt(weight) * inverse @ (first - second)
    diagonal = np.diagonal(z)
    statistic = np.sum(z * z.T) / 2
    statistic -= diagonal @ np.linalg.solve(np.eye(columns) + pooled * inverse, diagonal)
    freedom = columns * (columns - 1) // 2
    return MapTest(float(statistic), freedom, float(special.chdtrc(freedom, statistic)))


def permutation_tests(
    first: Floats,
    second: Floats,
    difference: Floats,
    method: CorrelationMethod,
    permutations: int,
    seed: int,
) -> tuple[MapTest, MapTest]:
    """The sum of the squared differences and the largest, beside those of rows split at random.

    Of two tables of rows and the k x k differences of their maps. Each table's columns are brought
    to mean 0 and variance 1 first: only then do tables that differ in these alone give the same
    maps however their rows are split.
    """
    x, y = np.nonzero(np.triu(~np.isnan(difference), 1))
    if not len(x):
        return MapTest(), MapTest()
    sizes_seen = np.abs(difference[x, y])
    squares, largest = float(np.sum(sizes_seen**2)), float(sizes_seen.max())
    if not permutations:
        return MapTest(squares), MapTest(largest)
    values = np.vstack([_at_one_scale(first), _at_one_scale(second)])
    of_squares, of_largest = _splits(values, len(first), (x, y), method, permutations, seed)
    return (
        MapTest(squares, p=_share_reached(of_squares, squares)),
        MapTest(largest, p=_share_reached(of_largest, largest)),
    )


def _splits(
    values: Floats,
    rows_in_first: int,
    pairs: tuple[Integers, Integers],
    method: CorrelationMethod,
    permutations: int,
    seed: int,
) -> tuple[Floats, Floats]:
    """Both statistics of each random split of the rows."""
    squares, largest = [], []
    kinds: list[DrawnKind] = ["numeric"] * values.shape[1]
    for in_first in _members(len(values), rows_in_first, permutations, seed):
        sums, defined, peaks = np.zeros((3, len(in_first)))
        maps = (
            measured_in_tables(method, values, kinds, members.astype(np.uint8), *pairs)
            for members in (in_first, ~in_first)
        )
        for (_, one), (_, other) in zip(*maps, strict=True):
            difference = np.abs(one - other)
            sums += np.nansum(difference**2, axis=0)
            defined += (~np.isnan(difference)).sum(axis=0)
            peaks = np.fmax(peaks, np.fmax.reduce(difference))
        # A column that is constant in a part has no r there: as many pairs are compared as seen.
        squares.append(sums * len(pairs[0]) / np.maximum(defined, 1))
        largest.append(peaks)
    return np.concatenate(squares), np.concatenate(largest)


def _members(rows: int, chosen: int, draws: int, seed: int) -> Iterator[Booleans]:
    """Which rows go into the first of two tables: draws x rows, some draws at a time."""
    generator = generator_of(seed)
    for size in sizes(draws, rows):
        yield generator.permuted(np.tile(np.arange(rows) < chosen, (size, 1)), axis=1)


def _at_one_scale(values: Floats) -> Floats:
    """Columns of mean 0 and variance 1; missing where a value is, and throughout if constant."""
    present = ~np.isnan(values)
    centred = centred_columns(values, present)
    squares = np.where(constant_columns(values), np.nan, (centred**2).sum(axis=0))
    scaled = centred / np.sqrt(squares / np.maximum(present.sum(axis=0), 1))
    return np.where(present, scaled, np.nan)


def _share_reached(null: Floats, observed: float) -> float:
    return float((1 + np.sum(null >= observed - _ROUNDING)) / (1 + len(null)))
