"""Many correlations at once, beside the largest that chance gives."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar, overload

import numpy as np
import pandas as pd

from ..table import (
    Floats,
    Table,
    bounded,
    complete_rows,
    counted,
    framed,
    is_among,
    numeric_matrix,
    pairs_table,
    refuse_category_as_target,
    strongest_first,
    table_of,
)
from .choices import FEWEST_ROWS, ResamplingMethod, check_choices
from .draws import orders_or_all
from .permuted import columns_shuffled, exceedances, share_reached, unit_columns

Shape = TypeVar("Shape", "pd.Series[float]", pd.DataFrame)


@dataclass(frozen=True, eq=False)
class MaxT(Generic[Shape]):
    """What `max_t` found: k x k frames, or with a target Series over the other columns.

    Attributes
    ----------
    r
        Coefficients as they are, NaN where a column is constant; on a frame's diagonal 1.
    n
        The complete rows, the same everywhere.
    p
        Permutation p-values, each as if its pair were the only one tested.
    p_adjusted
        Adjusted for all pairs tested: the chance, if nothing is associated, that the largest |r|
        of a set of pairs is at least as far from 0. Never below that of a larger |r|.
    largest
        The largest |r| of all pairs in each permutation. Its quantile at 1 - alpha is what an |r|
        must exceed to be among the largest by more than chance.
    exact
        Whether all orders were tried.
    target, method
        What was asked for.
    """

    r: Shape
    n: Shape
    p: Shape
    p_adjusted: Shape
    largest: Floats = field(repr=False)
    exact: bool
    target: Hashable | None
    method: ResamplingMethod

    def pairs(self) -> pd.DataFrame:
        """One row a pair, strongest first: x, y, r, n, p, p_adjusted.

        With a target, it is x throughout. Pairs without r come last.
        """
        measures = {"r": self.r, "n": self.n, "p": self.p, "p_adjusted": self.p_adjusted}
        if isinstance(self.r, pd.DataFrame):
            return pairs_table(measures, strongest="r")
        table = pd.DataFrame(measures)
        table.insert(0, "x", pd.Series([self.target] * len(table), table.index, dtype=object))
        table.insert(1, "y", table.index.to_flat_index())
        return strongest_first(table, "r")


@overload  # None can be hashed as well, but is no target
def max_t(  # type: ignore[overload-overlap]
    data: Table,
    target: None = None,
    *,
    method: ResamplingMethod = "pearson",
    permutations: int = 9999,
    seed: int = 0,
) -> MaxT[pd.DataFrame]: ...


@overload
def max_t(
    data: Table,
    target: Hashable,
    *,
    method: ResamplingMethod = "pearson",
    permutations: int = 9999,
    seed: int = 0,
) -> "MaxT[pd.Series[float]]": ...


def max_t(
    data: Table,
    target: Hashable | None = None,
    *,
    method: ResamplingMethod = "pearson",
    permutations: int = 9999,
    seed: int = 0,
) -> "MaxT[pd.DataFrame] | MaxT[pd.Series[float]]":
    """Test many correlations at once against the largest that chance gives.

    The step-down procedure of Westfall and Young: the largest |r| is compared with the largest of
    all in each permutation, the second largest with the largest of all but the first, and so on.
    Columns that say the same are one test rather than two, and no column need be normal.

    Only rows without a missing value are used: the largest of several |r| is a fair comparison
    only if all come from the same rows.

    Parameters
    ----------
    data
        n rows x k columns of numbers or booleans, as for `correlate`.
    target
        A column, to be tested against each of the others: it is permuted, and what the others
        have to do with each other stays as it is. None tests all pairs, every column permuted on
        its own.
    method
        "pearson": r. "spearman": r of the ranks, mean ranks for ties.
    permutations
        Permutations to draw, at least 1. With a target that has no more orders than
        permutations + 1 (the one seen counts), all of them are tried.
    seed
        Of the draws.

    Returns
    -------
    MaxT
        With B permutations drawn, of which b reach a value, p = (1 + b) / (1 + B); with all
        orders, their share. Constant columns are NaN and not tested.

        p_adjusted keeps the chance of one false discovery or more. With a target it does so
        whichever of the others are associated with it. For all pairs it does so if no column is
        associated with any other; where some are, permuting each on its own makes chance look
        more varied than it is, and for many rows the result errs on the safe side.

    Raises
    ------
    ValueError
        As `correlate`; for fewer than 3 complete rows, a target that is not a column or is
        constant, an unknown method and fewer than 1 permutation.

    References
    ----------
    Westfall and Young (1993), Resampling-Based Multiple Testing, Wiley, algorithms 2.8 and 4.1.
    Ge, Dudoit and Speed (2003), Test 12, 1-77. Šidák (1967), Journal of the American Statistical
    Association 62, 626-633 (independence gives the largest maxima).

    Examples
    --------
    >>> table = pd.DataFrame({"y": [1, 2, 3, 4], "a": [1, 3, 2, 4], "b": [0, 0, 1, 0]})
    >>> found = max_t(table, "y")
    >>> found.pairs()
       x  y      r  n      p  p_adjusted
    0  y  a  0.800  4  0.333       0.333
    1  y  b  0.258  4  1.000       1.000
    """
    data = table_of(data)
    check_choices(method, permutations=permutations)
    if target is not None:
        refuse_category_as_target(data, target)
    values = numeric_matrix(data)
    complete = complete_rows(values)
    if len(complete) < FEWEST_ROWS:
        raise ValueError(
            f"The table has {counted(len(complete), 'complete row')}: at least 3 are needed. Leave "
            "out the columns with most missing values."
        )
    columns = pd.DataFrame(unit_columns(complete, method), columns=data.columns)
    if target is None:
        return _all_pairs(columns, method, permutations, seed)
    return _one_target(columns, target, method, permutations, seed)


def _all_pairs(
    columns: pd.DataFrame, method: ResamplingMethod, permutations: int, seed: int
) -> MaxT[pd.DataFrame]:
    varying = np.flatnonzero(columns.notna().all())
    units = columns.to_numpy()[:, varying]
    first, second = np.triu_indices(len(varying), 1)
    observed = bounded((units.T @ units)[first, second])
    found = exceedances(
        observed,
        (
            (tables @ tables.swapaxes(1, 2))[:, first, second]
            for tables in columns_shuffled(units, permutations, seed)
        ),
    )

    def matrix(of_pairs: Floats, diagonal: float) -> pd.DataFrame:
        full = np.full((len(columns.columns),) * 2, np.nan)
        full[varying, varying] = diagonal
        full[varying[first], varying[second]] = of_pairs
        full[varying[second], varying[first]] = of_pairs
        return framed(full, columns.columns)

    return MaxT(
        r=matrix(observed, 1.0),
        n=framed(np.full((len(columns.columns),) * 2, len(columns)), columns.columns),
        p=matrix(share_reached(found.alone, permutations, exact=False), np.nan),
        p_adjusted=matrix(share_reached(found.step_down, permutations, exact=False), np.nan),
        largest=found.largest,
        exact=False,
        target=None,
        method=method,
    )


def _one_target(
    columns: pd.DataFrame,
    target: Hashable,
    method: ResamplingMethod,
    permutations: int,
    seed: int,
) -> "MaxT[pd.Series[float]]":
    if not is_among(target, columns.columns):
        raise ValueError(f"The table has no column {target!r}: name one that it has.")
    moved = columns[target].to_numpy()
    if np.isnan(moved).any():
        raise ValueError(f"The target {target!r} is constant in the complete rows.")
    others = columns.drop(columns=[target])
    varying = others.notna().all().to_numpy()
    units = others.to_numpy()[:, varying]
    observed = bounded(moved @ units)
    drawn, exact = orders_or_all(len(columns), permutations, seed)
    found = exceedances(observed, (moved[some] @ units for some in drawn))

    def series(of_pairs: Floats) -> "pd.Series[float]":
        full = np.full(len(varying), np.nan)
        full[varying] = of_pairs
        return pd.Series(full, index=others.columns)

    draws = len(found.largest)
    return MaxT(
        r=series(observed),
        n=pd.Series(len(columns), index=others.columns),
        p=series(share_reached(found.alone, draws, exact)),
        p_adjusted=series(share_reached(found.step_down, draws, exact)),
        largest=found.largest,
        exact=exact,
        target=target,
        method=method,
    )
