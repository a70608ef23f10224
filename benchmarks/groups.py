"""compare beside pandas and scipy in loops: every cell, and the same splits of the rows."""

from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from benchmarks.comparison import Comparison as Piece
from lib.stats import Comparison, compare

_ROWS = 300
_COLUMNS = 20
_SPLITS = 999


def comparisons() -> list[Piece]:
    """Both sides are given the same splits, and must agree to 1e-10."""
    first, second = (_table(seed) for seed in (0, 1))
    unsplit = np.tile(np.arange(2 * _ROWS) < _ROWS, (_SPLITS, 1))
    return [
        Piece(
            work=f"compare, 2 x {_ROWS} x {_COLUMNS}, cells",
            peer="double loop of pearsonr, Fisher's z: z, p",
            ours=partial(compare, first, second, permutations=0),
            theirs=partial(_cells_in_a_loop, first, second),
            same=_same_cells,
            at_least=20,
        ),
        Piece(
            work=f"compare, 2 x {_ROWS} x {_COLUMNS}, {_SPLITS} splits",
            peer="pandas, corr of both parts in a loop",
            ours=partial(compare, first, second, permutations=_SPLITS, seed=0),
            theirs=partial(
                _split_in_a_loop,
                first,
                second,
                np.random.default_rng(0).permuted(unsplit, axis=1),
            ),
            same=_same_p,
            at_least=6,
        ),
    ]


def _table(seed: int) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    values = generator.normal(size=(_ROWS, _COLUMNS)) + generator.normal(size=(_ROWS, 1))
    return pd.DataFrame(values, columns=[f"c{column}" for column in range(_COLUMNS)])


def _cells_in_a_loop(first: pd.DataFrame, second: pd.DataFrame) -> NDArray[np.float64]:
    found = np.full((2, _COLUMNS, _COLUMNS), np.nan)
    error = np.sqrt(2 / (_ROWS - 3))
    for i in range(_COLUMNS):
        for j in range(i + 1, _COLUMNS):
            r = [
                stats.pearsonr(table.iloc[:, i], table.iloc[:, j]).statistic
                for table in (first, second)
            ]
            z = (np.arctanh(r[0]) - np.arctanh(r[1])) / error
            found[:, i, j] = found[:, j, i] = z, 2 * stats.norm.sf(abs(z))
    return found


def _same_cells(ours: Comparison, theirs: NDArray[np.float64]) -> None:
    for found, expected in zip((ours.z, ours.p), theirs, strict=True):
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-10)


def _split_in_a_loop(first: pd.DataFrame, second: pd.DataFrame, splits: NDArray[np.bool_]) -> float:
    rows = pd.concat([(table - table.mean()) / table.std() for table in (first, second)])

    def sum_of_squares(one: pd.DataFrame, other: pd.DataFrame) -> float:
        return float(((one.corr() - other.corr()) ** 2).to_numpy().sum())

    seen = sum_of_squares(first, second)
    reached = sum(sum_of_squares(rows[in_first], rows[~in_first]) >= seen for in_first in splits)
    return (1 + reached) / (1 + len(splits))


def _same_p(ours: Comparison, theirs: float) -> None:
    assert ours.whole.loc["sum of squares", "p"] == theirs
