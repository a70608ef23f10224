"""compare, correlate_within and branch_stability beside loops of pandas, scipy and pingouin.

Where rows are split or drawn, both sides are given the same draws.
"""

from functools import partial

import numpy as np
import pandas as pd
import pingouin
from numpy.typing import NDArray
from scipy import stats
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

from benchmarks.comparison import Comparison as Piece
from lib.stats import (
    Comparison,
    WithinCorrelations,
    branch_stability,
    compare,
    correlate_within,
)

_ROWS = 300
_COLUMNS = 20
_SPLITS = 999
_DRAWS = 1000


def comparisons() -> list[Piece]:
    """Both sides must agree to 1e-10."""
    first, second = (_table(seed) for seed in (0, 1))
    person = np.arange(_ROWS) // 6
    drawn = np.random.default_rng(0).integers(_ROWS, size=(_DRAWS, _ROWS))
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
        Piece(
            work=f"correlate_within, {_ROWS} x {_COLUMNS}, 50 groups",
            peer="double loop of pingouin.rm_corr: r, p",
            ours=partial(correlate_within, first, person),
            theirs=partial(_repeated_measures_in_a_loop, first.assign(person=person)),
            same=_same_within,
            at_least=1000,
        ),
        Piece(
            work=f"branch_stability, {_ROWS} x {_COLUMNS}, {_DRAWS} resamples",
            peer="pandas, iloc and corr, scipy's linkage in a loop",
            ours=partial(branch_stability, first, resamples=_DRAWS, seed=0),
            theirs=partial(_trees_in_a_loop, first, drawn),
            same=_same_shares,
            at_least=3,
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


def _repeated_measures_in_a_loop(table: pd.DataFrame) -> NDArray[np.float64]:
    found = np.full((2, _COLUMNS, _COLUMNS), np.nan)
    for i in range(_COLUMNS):
        for j in range(i + 1, _COLUMNS):
            of_pair = pingouin.rm_corr(table, f"c{i}", f"c{j}", "person").iloc[0]
            found[:, i, j] = found[:, j, i] = of_pair["r"], of_pair["pval"]
    return found


def _same_within(ours: WithinCorrelations, theirs: NDArray[np.float64]) -> None:
    off_diagonal = ~np.eye(_COLUMNS, dtype=np.bool_)
    for found, expected in zip((ours.r, ours.p), theirs, strict=True):
        np.testing.assert_allclose(
            found.to_numpy()[off_diagonal], expected[off_diagonal], rtol=0, atol=1e-10
        )


def _trees_in_a_loop(table: pd.DataFrame, drawn: NDArray[np.int64]) -> list[float]:
    def branches(rows: pd.DataFrame) -> list[frozenset[int]]:
        distances = squareform(1 - rows.corr().abs().to_numpy(), checks=False)
        members = [frozenset([leaf]) for leaf in range(_COLUMNS)]
        for left, right, *_ in hierarchy.linkage(distances, "average"):
            members.append(members[int(left)] | members[int(right)])
        return members[_COLUMNS:]

    trees = [set(branches(table.iloc[rows])) for rows in drawn]
    return [sum(branch in tree for tree in trees) / len(trees) for branch in branches(table)]


def _same_shares(ours: pd.DataFrame, theirs: list[float]) -> None:
    np.testing.assert_allclose(ours["share"], theirs, rtol=0, atol=1e-10)
