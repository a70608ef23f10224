"""Correlations of a table that is read in parts."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from ..streams import (
    INFINITE,
    Moments,
    Source,
    Spool,
    Triangle,
    blocks_of,
    moments_of,
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
    with Spool(len(names)) as spool:
        varying = ranked(source, names, missing, spool)
        if len(spool) <= LARGEST_EXACT_N:
            ranks = np.concatenate(list(spool.blocks()), axis=1).T
            n = np.full(grid.same.shape, len(ranks), dtype=np.int64)
            rho, p = spearman(np.where(varying, ranks, 0.0), n, grid, None)
            return Found(rho, n, p)
        moments = Moments.none(len(names))
        for block in spool.blocks():
            moments = moments.merge(Moments.of(block))
        rho = np.where(np.outer(varying, varying), moments.r(names.tolist()), np.nan)
        found = _found(moments, rho, grid)
        p = p_of_many_orders(grid.pairs_of(found.r), len(spool))
        for pair in np.flatnonzero(np.abs(grid.pairs_of(found.r)) == 1):
            p[pair] = p_of_perfect_order(spool.column(grid.first[pair]))
        return found._replace(p=p)


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
    refuse(
        names[gaps].tolist(),
        f"missing in places, and {_ROWS_OF_PAIRS}, or choose missing='complete' where there is "
        "that choice",
    )
    refuse_none(len(spool), names, missing)
    varying = np.zeros(len(names), dtype=np.bool_)
    for place in range(len(names)):
        column = spool.column(place)
        varying[place] = not constant_columns(column[:, np.newaxis])[0]
        spool.replace(place, rank_deviations(column).astype(np.float64))
    return varying


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
    if ranks:
        with Spool(len(names)) as spool:
            varying = ranked(source, names, "complete" if complete else "pairwise", spool)
            triangle = Triangle.of(np.empty((len(names), 0)))
            for block in spool.blocks():
                triangle = triangle.merge(Triangle.of(block))
        missing = np.zeros(len(names), dtype=np.int64)
    else:
        triangle, missing = triangle_of(source, names.tolist())
        varying = triangle.varying
    if complete:
        few = int(varying.sum()) if triangle.rows else len(names)
        refuse_too_few_rows(pd.Series(missing, names), "partial correlations", triangle.rows, few)
    else:
        refuse(names[missing > 0].tolist(), f"missing in places, and {_ROWS_OF_PAIRS}")
        refuse_none(triangle.rows, names, "pairwise")
    scores = np.where(varying, triangle.scores, np.nan)
    return Scores(scores, triangle.rounding, triangle.rows)
