"""Correlations within groups: what is left of them once the groups' means are taken off."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from ..correlation import ends_of_interval, error_of_z, p_of_r
from ..significance import Adjustment, adjusted, check_adjustment
from ..table import (
    Booleans,
    Floats,
    Integers,
    Missing,
    NameOrColumn,
    Table,
    WithInterval,
    bounded,
    check_confidence,
    framed,
    numeric_matrix,
    pairs_table,
    rows_to_use,
    scaled_columns,
    table_of,
    vary,
)
from .split import grouped

# Where removing a pair's own means leaves less than this share of the sum of squares, more than
# one of float64's sixteen digits has cancelled.
_SAFE_SHARE = 0.1


@dataclass(frozen=True, eq=False)
class WithinCorrelations(WithInterval):
    """What `correlate_within` found: k x k frames whose index and columns are the table's columns.

    Attributes
    ----------
    r
        Coefficients from -1 to 1, symmetric. On the diagonal 1, or NaN for a column without any.
    n
        Rows that each pair shares; on the diagonal, the values of each column.
    groups
        Groups that these rows belong to.
    p
        Two-sided p-values, each as if its pair were the only one tested. NaN on the diagonal.
    p_adjusted
        The same, adjusted for the number of pairs that have a p-value.
    low, high
        Ends of the confidence intervals. NaN on the diagonal, where the rows are too few, and for
        an |r| of 1.
    adjust, confidence
        What was asked for.
    """

    r: pd.DataFrame
    n: pd.DataFrame
    groups: pd.DataFrame
    p: pd.DataFrame
    adjust: Adjustment
    confidence: float

    @property
    def freedom(self) -> pd.DataFrame:
        """Degrees of freedom, n - groups - 1: each group's own mean costs one."""
        return self.n - self.groups - 1

    @cached_property
    def p_adjusted(self) -> pd.DataFrame:
        return adjusted(self.p, self.adjust)

    def pairs(self) -> pd.DataFrame:
        """One row a pair, strongest first: x, y, r, n, groups, freedom, p, p_adjusted, low, high.

        All k (k - 1) / 2 pairs, x before y as in the table. Equal |r| keep the table's order;
        pairs without r come last.
        """
        names = ("r", "n", "groups", "freedom", "p", "p_adjusted", "low", "high")
        return pairs_table({name: getattr(self, name) for name in names}, strongest="r")

    def _ends(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        r = self.r.mask(np.eye(len(self.r), dtype=np.bool_)).to_numpy()
        # What n rows of g groups say of r, n - g + 1 rows say of a plain one.
        error = error_of_z(r, (self.freedom + 2).to_numpy(), "pearson")
        low, high = ends_of_interval(r, error, self.confidence)
        return framed(low, self.r.columns), framed(high, self.r.columns)


def correlate_within(
    data: Table,
    groups: NameOrColumn,
    *,
    confidence: float = 0.95,
    adjust: Adjustment = "holm",
    missing: Missing = "pairwise",
) -> WithinCorrelations:
    """Correlate every pair of columns within groups: Pearson's r of deviations from group means.

    Do rows that are high for their group in one column tend to be high for their group in the
    other? One answer, pooled over all groups, as if they shared one slope; whatever differs
    between the groups has no part in it, and may say the opposite (`correlate_between`).

    With people or places measured again and again as the groups, this is the repeated measures
    correlation (rmcorr, pingouin.rm_corr): the same r, from the analysis of covariance with one
    slope and an intercept for each person, the same degrees of freedom and the same p. For two
    columns of it: ``correlate_within(data[["x", "y", "person"]], "person")``.

    Parameters
    ----------
    data
        n rows x k columns of numbers or booleans, as for `correlate`.
    groups
        The name of a column of `data` that says which group each row belongs to, or n values, one
        a row. Every distinct value is a group; rows without one are left out.
    confidence
        Coverage of the intervals, between 0 and 1.
    adjust
        How p_adjusted accounts for the number of pairs: see `adjust_p_values`.
    missing
        "pairwise": each pair uses the rows in which both of its columns have a value, and the
        groups' means of these. "complete": rows with a missing value are left out.

    Returns
    -------
    WithinCorrelations
        p is from t with n - groups - 1 degrees of freedom; the interval from Fisher's z with
        variance 1 / (n - groups - 2). A group of one row adds to n and to groups, and nothing
        else. NaN where a column does not vary within any group, and with fewer than one degree of
        freedom; intervals with fewer than two, and of an |r| of 1.

    Raises
    ------
    ValueError
        As `correlate`, of the columns that are left beside the groups; for groups that are
        neither a column's name nor one value a row, and where no row has a group.

    References
    ----------
    Bland and Altman (1995), British Medical Journal 310, 446. Bakdash and Marusich (2017),
    Frontiers in Psychology 8, 456 (repeated measures correlation).

    Examples
    --------
    In every room, whoever works more scores more; rooms with long hours score less.

    >>> table = pd.DataFrame(
    ...     {
    ...         "room": ["a", "a", "a", "b", "b", "b", "c", "c", "c"],
    ...         "hours": [1, 2, 3, 4, 5, 6, 7, 8, 9],
    ...         "score": [7, 8, 9, 4, 6, 5, 1, 2, 3],
    ...     }
    ... )
    >>> print(f"{table['hours'].corr(table['score']):.3f}")
    -0.817
    >>> found = correlate_within(table, "room")
    >>> found.pairs()[["x", "y", "r", "n", "groups", "freedom", "p", "low", "high"]].round(3)
           x      y      r  n  groups  freedom      p    low   high
    0  hours  score  0.833  9       3        5  0.020  0.216  0.975
    """
    check_adjustment(adjust)
    check_confidence(confidence)
    split = grouped(table_of(data), groups)
    rows = rows_to_use(np.column_stack([numeric_matrix(split.table), split.code]), missing)
    found = _Within.of(rows[:, :-1], rows[:, -1].astype(np.int64))
    freedom = found.n - found.groups - 1
    r = np.where(freedom > 0, found.r, np.nan)
    p = p_of_r(r, freedom + 2)
    np.fill_diagonal(p, np.nan)
    columns = split.table.columns
    return WithinCorrelations(
        r=framed(r, columns),
        n=framed(found.n, columns),
        groups=framed(found.groups, columns),
        p=framed(p, columns),
        adjust=adjust,
        confidence=confidence,
    )


@dataclass(frozen=True, eq=False)
class _Within:
    """k x k arrays: r within groups, rows shared, and the groups that have some of them."""

    r: Floats
    n: Integers
    groups: Integers

    @classmethod
    def of(cls, values: Floats, code: Integers) -> "_Within":
        code = np.unique(code, return_inverse=True)[1]
        present = ~np.isnan(values)
        deviations = _deviations(values, present, code)
        if present.all():
            products = deviations.T @ deviations
            squares = np.broadcast_to(np.diagonal(products)[:, np.newaxis], products.shape)
            n, groups = (np.full(products.shape, count) for count in (len(code), code.max() + 1))
            return cls(_r(products, squares), n, groups)
        sums = _pairwise_sums(deviations, present, code)
        r = _r(sums.products, sums.squares)
        doubtful = sums.squares < _SAFE_SHARE * sums.of_squares
        for first, second in np.argwhere(np.triu(doubtful | doubtful.T, 1)):
            r[first, second] = r[second, first] = _exact_r(values, code, first, second)
        return cls(r, sums.n, sums.groups)


def _deviations(values: Floats, present: Booleans, code: Integers) -> Floats:
    """Of each value from its group's mean, scaled by column; 0 where it is missing.

    Exactly 0 where the group does not vary by more than rounding.
    """
    columns = scaled_columns(np.where(present, values, 0.0))
    members = sparse.csr_array((np.ones(len(code)), (np.arange(len(code)), code)))
    counts = np.maximum(members.T @ present.astype(np.float64), 1)
    for _ in range(2):  # a mean near 1e8 is itself rounded; the second pass removes what is left
        columns -= (members.T @ columns / counts)[code]
        columns *= present
    by_group = pd.DataFrame(values).groupby(code)
    varying = vary(by_group.min().to_numpy(), by_group.max().to_numpy())
    return np.asarray(columns * varying[code])


@dataclass(frozen=True, eq=False)
class _Sums:
    """[i, j]: sums over the rows that column i shares with column j, about their groups' means.

    `squares` are those of i; `of_squares` the same before the means of the rows shared, which
    may differ from those of all rows, are taken off.
    """

    products: Floats
    squares: Floats
    of_squares: Floats
    n: Integers
    groups: Integers


def _pairwise_sums(deviations: Floats, present: Booleans, code: Integers) -> _Sums:
    columns = deviations.shape[1]
    products, squares, of_squares, n, groups = np.zeros((5, columns, columns))
    order = np.argsort(code, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(code[order])) + 1):
        has, about_own_mean = present[rows].astype(np.float64), deviations[rows]
        shared = has.T @ has
        sums = about_own_mean.T @ has
        own_squares = (about_own_mean**2).T @ has
        means = sums / np.maximum(shared, 1)
        products += about_own_mean.T @ about_own_mean - means * sums.T
        squares += own_squares - means * sums
        of_squares += own_squares
        n += shared
        groups += shared > 0
    return _Sums(products, squares, of_squares, n.astype(np.int64), groups.astype(np.int64))


def _r(products: Floats, squares: Floats) -> Floats:
    lengths = np.sqrt(np.where(squares > 0, squares, np.nan))
    return bounded(products / (lengths * lengths.T))


def _exact_r(values: Floats, code: Integers, first: int, second: int) -> float:
    """r of one pair from the rows that it shares alone."""
    shared = ~np.isnan(values[:, [first, second]]).any(axis=1)
    return float(_Within.of(values[shared][:, [first, second]], code[shared]).r[0, 1])
