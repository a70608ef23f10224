"""Correlations between groups, and one map for each of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from ..correlation import CorrelationMethod, Correlations, correlate
from ..significance import Adjustment, adjust_p_values
from ..table import (
    Missing,
    NameOrColumn,
    Table,
    numeric_matrix,
    pairs_table,
    strongest_first,
    table_of,
)
from .split import grouped


@dataclass(frozen=True, eq=False)
class GroupCorrelations:
    """What `correlate_per_group` found: one k x k map a group, one above the other.

    All but the last three are frames of g x k rows and k columns. The first level of the index is
    the group, so that ``found.r.loc["north"]`` is the map of that group; the rest is the column.

    Attributes
    ----------
    r, n, p, low, high
        As in `Correlations`, each from the rows of its group alone.
    p_adjusted
        Adjusted for all pairs of all groups that have a p-value: so many tests were made.
    method, adjust, confidence
        What was asked for.
    """

    r: pd.DataFrame
    n: pd.DataFrame
    p: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame
    method: CorrelationMethod
    adjust: Adjustment
    confidence: float

    @property
    def groups(self) -> list[Any]:
        """The groups, in a categorical's own order, or sorted."""
        return self.r.index.get_level_values(0).unique().tolist()

    @cached_property
    def p_adjusted(self) -> pd.DataFrame:
        columns = len(self.p.columns)
        p = self.p.to_numpy().reshape(-1, columns, columns)
        first, second = np.triu_indices(columns, 1)
        adjusted = adjust_p_values(p[:, first, second].ravel(), self.adjust)
        result = np.full(p.shape, np.nan)
        result[:, first, second] = result[:, second, first] = adjusted.reshape(len(p), -1)
        return pd.DataFrame(result.reshape(-1, columns), self.p.index, self.p.columns)

    def pairs(self) -> pd.DataFrame:
        """One row a pair and group, strongest first: group, x, y, r, n, p, p_adjusted, low, high.

        Equal |r| keep the order of the groups and of the table; those without r come last.
        """
        parts = []
        for group, maps in self._maps():
            table = pairs_table(maps, strongest="r")
            table.insert(0, "group", [group] * len(table))
            parts.append(table)
        return strongest_first(pd.concat(parts, ignore_index=True), "r")

    def _maps(self) -> Iterator[tuple[Any, dict[str, pd.DataFrame]]]:
        names = ("r", "n", "p", "p_adjusted", "low", "high")
        columns = len(self.r.columns)
        for place, group in enumerate(self.groups):
            rows = slice(place * columns, (place + 1) * columns)
            yield group, {name: getattr(self, name).iloc[rows].droplevel(0) for name in names}


def correlate_between(
    data: Table,
    groups: NameOrColumn,
    method: CorrelationMethod = "pearson",
    *,
    confidence: float = 0.95,
    adjust: Adjustment = "holm",
) -> Correlations:
    """Correlate every pair of columns between groups: the correlations of the groups' means.

    Do groups that are high on average in one column tend to be high in the other? The answer is
    about groups, not about the rows in them, whose correlation may be far from it or have the
    other sign (the ecological fallacy). What rows do within their groups, `correlate_within` says.

    Each group counts once, however many rows it has: it is one observation of what is asked, and
    a p-value counts observations. Weighted by rows, one large group would decide, and no number
    of groups could say how surely.

    Parameters
    ----------
    data
        n rows x k columns of numbers or booleans, as for `correlate`.
    groups
        The name of a column of `data` that says which group each row belongs to, or n values, one
        a row. Every distinct value is a group; rows without one are left out.
    method
        "pearson", "spearman" or "kendall", of the means, as for `correlate`.
    confidence
        Coverage of the intervals, between 0 and 1.
    adjust
        How p_adjusted accounts for the number of pairs: see `adjust_p_values`.

    Returns
    -------
    Correlations
        As `correlate` gives it, where every group is a row: `n` is the number of groups that have
        a value in both columns. A mean is that of all values that its column has in the group.

    Raises
    ------
    ValueError
        As `correlate`, of the columns that are left beside the groups; for groups that are
        neither a column's name nor one value a row, and where no row has a group.

    References
    ----------
    Robinson (1950), American Sociological Review 15, 351-357 (the ecological fallacy).

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "room": ["a", "a", "a", "b", "b", "b", "c", "c", "c"],
    ...         "hours": [1, 2, 3, 4, 5, 6, 7, 8, 9],
    ...         "score": [7, 8, 9, 4, 6, 5, 1, 2, 3],
    ...     }
    ... )
    >>> correlate_between(table, "room").pairs()[["x", "y", "r", "n"]]
           x      y    r  n
    0  hours  score -1.0  3
    """
    split = grouped(table_of(data), groups)
    rows = pd.DataFrame(numeric_matrix(split.table), columns=split.table.columns)
    means = rows.groupby(split.code).mean()
    return correlate(means, method, confidence=confidence, adjust=adjust)


def correlate_per_group(
    data: Table,
    groups: NameOrColumn,
    method: CorrelationMethod = "pearson",
    *,
    confidence: float = 0.95,
    adjust: Adjustment = "holm",
    missing: Missing = "pairwise",
) -> GroupCorrelations:
    """Correlate every pair of columns in each group by itself.

    Maps of few rows differ by chance alone: whether two of them differ by more, `compare` says.

    Parameters
    ----------
    data
        n rows x k columns of numbers or booleans, as for `correlate`.
    groups
        The name of a column of `data` that says which group each row belongs to, or n values, one
        a row. Every distinct value is a group; rows without one are left out.
    method
        "pearson", "spearman" or "kendall", as for `correlate`.
    confidence
        Coverage of the intervals, between 0 and 1.
    adjust
        How p_adjusted accounts for the number of tests, all pairs of all groups: see
        `adjust_p_values`.
    missing
        "pairwise": each pair uses the rows in which both of its columns have a value. "complete":
        rows with a missing value are left out.

    Returns
    -------
    GroupCorrelations
        NaN where `correlate` has it in the rows of the group.

    Raises
    ------
    ValueError
        As `correlate`, of the columns that are left beside the groups; for groups that are
        neither a column's name nor one value a row, and where no row has a group.

    References
    ----------
    As `correlate`.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "room": ["a", "a", "a", "a", "b", "b", "b", "b"],
    ...         "hours": [1, 2, 3, 4, 1, 2, 3, 4],
    ...         "score": [1, 3, 2, 4, 4, 1, 3, 2],
    ...     }
    ... )
    >>> found = correlate_per_group(table, "room")
    >>> found.r.loc["a"]
           hours  score
    hours    1.0    0.8
    score    0.8    1.0
    >>> found.pairs()[["group", "x", "y", "r", "n", "p", "p_adjusted"]]
      group      x      y    r  n    p  p_adjusted
    0     a  hours  score  0.8  4  0.2         0.4
    1     b  hours  score -0.4  4  0.6         0.6
    """
    split = grouped(table_of(data), groups)
    numeric_matrix(split.table)  # what is wrong with the whole table is said of it
    found = [
        correlate(
            split.table[split.code == code],
            method,
            confidence=confidence,
            adjust=adjust,
            missing=missing,
        )
        for code in range(len(split.levels))
    ]
    # A group may be a tuple, which is one name: as keys, pandas would take it apart.
    labels = pd.Index(split.levels.tolist(), tupleize_cols=False)
    r, n, p, low, high = (
        _above_each_other([getattr(of_group, name) for of_group in found], labels)
        for name in ("r", "n", "p", "low", "high")
    )
    return GroupCorrelations(r, n, p, low, high, method, adjust, confidence)


def _above_each_other(maps: list[pd.DataFrame], groups: "pd.Index[Any]") -> pd.DataFrame:
    stacked = pd.concat(maps, keys=range(len(maps)))
    index: Any = stacked.index
    return stacked.set_axis(index.set_levels([groups], level=[0]))
