"""Correlations of a table that is read in parts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ..streams import (
    INFINITE,
    Moments,
    Partitioned,
    Source,
    Spool,
    Triangle,
    blocks_of,
    moments_of,
    total,
    triangle_of,
)
from ..table import (
    Booleans,
    Floats,
    Grid,
    Integers,
    Missing,
    check_columns,
    constant_columns,
    refuse,
    refuse_no_complete_row,
    refuse_no_rows,
    refuse_too_few_rows,
)
from .controls import Scores
from .orders import LARGEST_EXACT_N, p_of_perfect_order
from .pearson import p_of_r
from .ranks import rank_deviations
from .spearman import p_of_many_orders, spearman

_ROWS_OF_PAIRS = (
    "each pair would have rows of its own, which a table that is read in parts does not tell: fill "
    "in what is missing, draw some of its rows, with sample(data, 100_000)"
)

# Of so many different ranks there are more orders than float64 has numbers below 1: p is 0.
_MANY_ORDERS = 200


class Found(NamedTuple):
    """r and n as maps, and p one a pair."""

    r: Floats
    n: Integers
    p: Floats


def pearson_in_parts(source: Source, names: "pd.Index[str]", grid: Grid, missing: Missing) -> Found:
    """Pearson's r of the pairs of a map, from one pass over the source.

    Raises
    ------
    ValueError
        As `correlate`.
    """
    check_columns(names)
    moments = moments_of(source, names.tolist(), missing)
    refuse_none(int(np.diagonal(moments.n).max()), names, missing)
    return _found(moments, moments.r(names.tolist()), grid)


def spearman_in_parts(
    source: Source, names: "pd.Index[str]", grid: Grid, missing: Missing
) -> Found:
    """Spearman's rho of the pairs of a map: one pass, whose numbers are then ranked on disk.

    Raises
    ------
    ValueError
        As `correlate`, and for missing values where rows without them are not asked for.
    """
    check_columns(names)
    if isinstance(source, Partitioned):
        ranks, varying, rows = ranked_where_they_lie(source, names, missing)
        if rows <= LARGEST_EXACT_N:
            blocks = (block.copy() for block, _ in blocks_of(ranks, names.tolist(), "pairwise"))
            return _rho_of_few(np.concatenate(list(blocks), axis=1), varying, grid)
        moments = moments_of(ranks, names.tolist())
        return _rho_of_many(
            moments, varying, names, grid, lambda place: _perfect(ranks, names[place])
        )
    with Spool(len(names)) as spool:
        varying = ranked(source, names, missing, spool)
        if len(spool) <= LARGEST_EXACT_N:
            return _rho_of_few(np.concatenate(list(spool.blocks()), axis=1), varying, grid)
        moments = Moments.none(len(names))
        for block in spool.blocks():
            moments = moments.merge(Moments.of(block))
        return _rho_of_many(
            moments, varying, names, grid, lambda place: p_of_perfect_order(spool.column(place))
        )


def _rho_of_few(ranks: Floats, varying: Booleans, grid: Grid) -> Found:
    n = np.full(grid.same.shape, ranks.shape[1], dtype=np.int64)
    rho, p = spearman(np.where(varying, ranks.T, 0.0), n, grid, None)
    return Found(rho, n, p)


def _rho_of_many(
    moments: Moments,
    varying: Booleans,
    names: "pd.Index[str]",
    grid: Grid,
    p_of_perfect: Callable[[int], float],
) -> Found:
    rho = np.where(np.outer(varying, varying), moments.r(names.tolist()), np.nan)
    found = _found(moments, rho, grid)
    p = p_of_many_orders(grid.pairs_of(found.r), moments.n[0, 0])
    for pair in np.flatnonzero(np.abs(grid.pairs_of(found.r)) == 1):
        p[pair] = p_of_perfect(grid.first[pair])
    return found._replace(p=p)


def ranked_where_they_lie(
    source: Partitioned, names: "pd.Index[str]", missing: Missing
) -> tuple[Partitioned, Booleans, int]:
    """Each column's `rank_deviations` as a source, which columns vary, and how many rows there are.

    Raises
    ------
    ValueError
        As `ranked`, and for sizes without squares.
    """
    triangle = triangle_of(source, names.tolist())
    if missing == "pairwise":
        _refuse_gaps(names[triangle.missing > 0])
    refuse_none(triangle.rows, names, missing)
    return source.ranks(names.tolist(), triangle.rows), triangle.varying, triangle.rows


@dataclass(frozen=True, eq=False)
class _Ties:
    """How often each rank is there, of the lowest ones."""

    ranks: Floats
    counts: Integers

    @classmethod
    def of(cls, ranks: Floats, counts: Integers) -> "_Ties":
        different, found_in = np.unique(ranks, return_inverse=True)
        times = np.zeros(len(different), dtype=np.int64)
        np.add.at(times, found_in, counts)
        return cls(different[:_MANY_ORDERS], times[:_MANY_ORDERS])

    def merge(self, other: "_Ties") -> "_Ties":
        """That of both sets of rows."""
        ranks, counts = (self.ranks, other.ranks), (self.counts, other.counts)
        return self.of(np.concatenate(ranks), np.concatenate(counts))


def _ties_of_batch(batch: Any) -> _Ties:
    ranks = batch.column(0).to_numpy(zero_copy_only=False)
    return _Ties.of(ranks, np.ones(len(ranks), dtype=np.int64))


def _perfect(ranks: Partitioned, name: str) -> float:
    """`p_of_perfect_order` of a column of ranks."""
    nothing = _Ties(np.empty(0), np.empty(0, dtype=np.int64))
    ties = total(ranks, [name], _ties_of_batch, nothing)
    if len(ties.ranks) == _MANY_ORDERS:
        return 0.0
    return p_of_perfect_order(ties.ranks, ties.counts.astype(np.float64))


def ranked(source: Source, names: "pd.Index[str]", missing: Missing, spool: Spool) -> Booleans:
    """Fill the spool with each column's `rank_deviations`, and say which columns vary.

    One column at a time is in memory.

    Raises
    ------
    ValueError
        For missing values, unless rows without them are asked for, infinite ones, and no rows.
    """
    gaps, infinite = np.zeros((2, len(names)), dtype=np.bool_)
    for block, _ in blocks_of(source, names.tolist(), missing):
        gaps |= np.isnan(block).any(axis=1)
        infinite |= np.isinf(block).any(axis=1)
        spool.append(block)
    refuse(names[infinite].tolist(), INFINITE)
    _refuse_gaps(names[gaps])
    refuse_none(len(spool), names, missing)
    varying = np.zeros(len(names), dtype=np.bool_)
    for place in range(len(names)):
        column = spool.column(place)
        varying[place] = not constant_columns(column[:, np.newaxis])[0]
        spool.replace(place, rank_deviations(column).astype(np.float64))
    return varying


def _refuse_gaps(names: "pd.Index[str]") -> None:
    refuse(
        names.tolist(),
        f"missing in places, and {_ROWS_OF_PAIRS}, or choose missing='complete' where there is "
        "that choice",
    )


def refuse_none(rows: int, names: "pd.Index[str]", missing: Missing) -> None:
    """Raise ValueError where there are no rows, or none that are complete."""
    if rows == 0:
        refuse_no_complete_row() if missing == "complete" else refuse_no_rows(names)


def _found(moments: Moments, r: Floats, grid: Grid) -> Found:
    cells = np.ix_(grid.rows, grid.columns)
    n = moments.n[cells]
    return Found(r[cells], n, p_of_r(grid.pairs_of(r[cells]), grid.pairs_of(n)))


def scores_in_parts(
    source: Source, names: "pd.Index[str]", *, ranks: bool, complete: bool
) -> Scores:
    """The scores of a source's rows, of which only `complete` ones are used, if that is asked for.

    Raises
    ------
    ValueError
        For no more complete rows than columns that vary, and otherwise, where the rows are not
        all complete.
    """
    check_columns(names)
    missing: Missing = "complete" if complete else "pairwise"
    if ranks and isinstance(source, Partitioned):
        of_ranks, varying, _ = ranked_where_they_lie(source, names, missing)
        triangle = triangle_of(of_ranks, names.tolist())
    elif ranks:
        with Spool(len(names)) as spool:
            varying = ranked(source, names, missing, spool)
            triangle = Triangle.none(len(names))
            for block in spool.blocks():
                triangle = triangle.merge(Triangle.of(block))
    else:
        triangle = triangle_of(source, names.tolist())
        varying = triangle.varying
    if complete:
        few = int(varying.sum()) if triangle.rows else len(names)
        refuse_too_few_rows(
            pd.Series(triangle.missing, names), "partial correlations", triangle.rows, few
        )
    else:
        refuse(names[triangle.missing > 0].tolist(), f"missing in places, and {_ROWS_OF_PAIRS}")
        refuse_none(triangle.rows, names, "pairwise")
    scores = np.where(varying, triangle.scores, np.nan)
    return Scores(scores, triangle.rounding, triangle.rows)
