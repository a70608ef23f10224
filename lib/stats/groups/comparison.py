"""Two groups' maps of correlations, cell beside cell."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from ..correlation import CorrelationMethod, Correlations, correlate, error_of_z
from ..significance import Adjustment, adjusted, check_adjustment
from ..table import (
    Floats,
    Missing,
    NameOrColumn,
    Table,
    check_whole,
    framed,
    listed,
    numeric_matrix,
    pairs_table,
    rows_to_use,
    table_of,
)
from .split import grouped
from .whole_map import MapTest, jennrich, permutation_tests


@dataclass(frozen=True, eq=False)
class Comparison:
    """What `compare` found: k x k frames whose index and columns are the tables' columns.

    Attributes
    ----------
    first, second
        The two maps, as `correlate` gives them; their p-values ask another question.
    names
        The two groups; "first" and "second" for two tables.
    difference
        r of the first less r of the second, -2 to 2. NaN where either has none; 0 on the diagonal.
    z
        The difference of both Fisher's z by its standard error.
    p
        Two-sided p-values of no difference, each as if its pair were the only one compared. NaN on
        the diagonal.
    p_adjusted
        The same, adjusted for the number of pairs that have a p-value.
    low, high
        Ends of the confidence intervals of the difference. NaN on the diagonal.
    whole
        Tests that the maps are one, pair by pair: a frame of statistic, freedom and p. Its rows
        are "sum of squares" of the differences, "largest" difference, and "jennrich".
    method, adjust, confidence, permutations
        What was asked for.
    """

    first: Correlations
    second: Correlations
    names: tuple[Hashable, Hashable]
    difference: pd.DataFrame
    z: pd.DataFrame
    p: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame
    whole: pd.DataFrame
    method: CorrelationMethod
    adjust: Adjustment
    confidence: float
    permutations: int

    @cached_property
    def p_adjusted(self) -> pd.DataFrame:
        return adjusted(self.p, self.adjust)

    def pairs(self) -> pd.DataFrame:
        """One row a pair, largest difference first, with what the frames hold about it.

        x, y, r_first, r_second, difference, n_first, n_second, z, p, p_adjusted, low, high. Which
        group is the first and which the second, `names` says. Equal sizes keep the table's order;
        pairs without a difference come last.
        """
        return pairs_table(
            {
                "r_first": self.first.r,
                "r_second": self.second.r,
                "difference": self.difference,
                "n_first": self.first.n,
                "n_second": self.second.n,
                "z": self.z,
                "p": self.p,
                "p_adjusted": self.p_adjusted,
                "low": self.low,
                "high": self.high,
            },
            strongest="difference",
        )


def compare(
    data: Table,
    other: "Table | None" = None,
    *,
    groups: "NameOrColumn | None" = None,
    method: CorrelationMethod = "pearson",
    confidence: float = 0.95,
    adjust: Adjustment = "holm",
    missing: Missing = "pairwise",
    permutations: int = 999,
    seed: int = 0,
) -> Comparison:
    """Compare the correlations of two groups: ``compare(women, men)``, or ``groups="sex"``.

    That one group's r is significant and the other's is not says nothing about their difference.
    This tests the difference itself, in every cell and for the maps as wholes.

    For the whole, quote the sum of squares, the first row of `whole`, unless another was chosen
    before the data were seen. Rows are split at random into two tables of the sizes given; p is
    the share of splits whose maps differ at least as much. It works for every method, for missing
    values and for columns that are not normal. "largest" is the same for the largest difference:
    it finds one large difference among many pairs, where the sum finds many small ones.
    "jennrich" is a chi-square test. It needs no splits, but normal columns.

    So does the test of a cell by Pearson's r. Ranks do not: where columns have heavy tails, take
    method="spearman". How often p was at most .05 though nothing differed, in 300 pairs of tables
    of 50 rows and 6 columns with correlations of .39 (of lognormal columns, those of their
    logarithms), where .05 is right:

    =======================  ======  ===========  =========
    test                     normal  t with 5 df  lognormal
    =======================  ======  ===========  =========
    a cell, "pearson"        .05     .15          .21
    a cell, "spearman"       .05     .06          .05
    a cell, "kendall"        .06     .09          .05
    "sum of squares", of r   .04     .06          .07
    "largest", of r          .05     .07          .10
    "jennrich"               .05     .52          .73
    =======================  ======  ===========  =========

    Parameters
    ----------
    data, other
        Two tables of numbers or booleans with the same columns, in any order; no row may be in
        both. Or `data` alone, with `groups`.
    groups
        The name of a column of `data` that says which group each row belongs to, or n values, one
        a row: two distinct values. Rows without one are left out. The first group is the one that
        a categorical has first, or that is first when sorted.
    method
        "pearson", "spearman" or "kendall", as for `correlate`.
    confidence
        Coverage of the intervals, between 0 and 1.
    adjust
        How p_adjusted accounts for the number of pairs: see `adjust_p_values`.
    missing
        "pairwise": each pair uses the rows in which both of its columns have a value. "complete":
        rows with a missing value are left out.
    permutations
        Random splits of the rows, 0 or more. With 0 the first two tests have no p. 999 take less
        than a second for ten columns of 200 rows (Kendall's tau: some seconds), and some ten
        seconds for fifty of 5000.
    seed
        Of the splits.

    Returns
    -------
    Comparison
        z is the difference of artanh(r) by the root of both variances, which are those that
        `correlate` has its intervals from (Pearson 1 / (n - 3), Spearman (1 + r²/2) / (n - 3),
        Kendall 0.437 / (n - 4)); p from the normal distribution. The interval of the difference
        is Zou's: from the intervals of both r, which it never contradicts by being symmetric. z,
        p and interval are NaN for fewer than four rows in one group (Kendall: five), and for an
        |r| of 1, from which Fisher's z cannot tell how far it may be by chance.

        "sum of squares" and "largest" are of the differences of r. With B splits, of which b reach
        the value seen, p = (1 + b) / (1 + B). Columns are brought to one mean and variance in each
        group before, since these are no part of the question. Groups whose columns differ in
        shape, one normal and the other lognormal, can still give a small p for one r: .21 of p
        were at most .05 in tables as above. "jennrich" is NaN unless r is Pearson's and every
        cell of a map has the same rows, and where one column follows from others.

    Raises
    ------
    ValueError
        As `correlate`; for both or neither of `other` and `groups`, columns that only one table
        has, other than two groups, negative permutations.

    References
    ----------
    Fisher (1921), Metron 1, 3-32 (the test). Zou (2007), Psychological Methods 12, 399-413 (the
    interval). Jennrich (1970), Journal of the American Statistical Association 65, 904-912.

    Examples
    --------
    >>> generator = np.random.default_rng(0)
    >>> hours = generator.normal(size=80)
    >>> table = pd.DataFrame(
    ...     {
    ...         "hours": hours,
    ...         "score": hours * np.repeat([1, -1], 40) + generator.normal(size=80),
    ...         "class": np.repeat(["early", "late"], 40),
    ...     }
    ... )
    >>> found = compare(table, groups="class")
    >>> found.pairs()[["r_first", "r_second", "difference", "low", "high"]].round(2)
       r_first  r_second  difference   low  high
    0     0.71      -0.8        1.51  1.26  1.66
    >>> found.whole.round(3)
                    statistic  freedom      p
    sum of squares      2.270      NaN  0.001
    largest             1.507      NaN  0.001
    jennrich           45.612      1.0  0.000
    """
    check_adjustment(adjust)
    check_whole("permutations", permutations, 0, "choose 0 or more")
    tables, names = _two_tables(table_of(data), other, groups)
    first, second = (
        correlate(table, method, confidence=confidence, adjust="none", missing=missing)
        for table in tables
    )
    cells = _Cells.of(first, second)
    rows = [rows_to_use(numeric_matrix(table), missing) for table in tables]
    whole = [
        *permutation_tests(rows[0], rows[1], cells.difference, method, permutations, seed),
        _jennrich(first, second),
    ]
    columns = first.r.columns
    return Comparison(
        first=first,
        second=second,
        names=names,
        difference=framed(cells.difference, columns),
        z=framed(cells.z, columns),
        p=framed(2 * special.ndtr(-np.abs(cells.z)), columns),
        low=framed(cells.low, columns),
        high=framed(cells.high, columns),
        whole=pd.DataFrame(whole, index=["sum of squares", "largest", "jennrich"]),
        method=method,
        adjust=adjust,
        confidence=confidence,
        permutations=permutations,
    )


def _two_tables(
    data: pd.DataFrame, other: "Table | None", groups: "NameOrColumn | None"
) -> tuple[list[pd.DataFrame], tuple[Hashable, Hashable]]:
    if (other is None) == (groups is None):
        raise ValueError(
            "Two tables are compared, or two groups of one: pass either a second table or groups."
        )
    if other is not None:
        return [data, _columns_of(data, table_of(other))], ("first", "second")
    split = grouped(data, groups)
    if len(split.levels) != 2:
        raise ValueError(
            f"A comparison needs two groups, and the table has {len(split.levels)} "
            f"({listed(split.levels)}): pass the rows of two. For one map each, of any number of "
            "groups, there is correlate_per_group."
        )
    return [split.table[split.code == code] for code in (0, 1)], tuple(split.levels.tolist())


def _columns_of(data: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """The second table with its columns in the order of the first."""
    for here, there, which in [(data, other, "first"), (other, data, "second")]:
        alone = [name for name in here.columns if name not in there.columns]
        if alone:
            raise ValueError(
                f"Only the {which} table has {listed(alone)}: pass the columns that both have, "
                "for example a[a.columns.intersection(b.columns)]."
            )
    numeric_matrix(data)  # what it refuses, such as a name twice, would not survive the next line
    numeric_matrix(other)
    return other[data.columns]


@dataclass(frozen=True, eq=False)
class _Cells:
    """k x k arrays: NaN on the diagonal, but for the differences."""

    difference: Floats
    z: Floats
    low: Floats
    high: Floats

    @classmethod
    def of(cls, first: Correlations, second: Correlations) -> "_Cells":
        r = [found.r.to_numpy() for found in (first, second)]
        difference = r[0] - r[1]
        inner = [np.where(np.abs(matrix) < 1, matrix, np.nan) for matrix in r]
        errors = [
            error_of_z(matrix, found.n.to_numpy(), found.method)
            for matrix, found in zip(inner, (first, second), strict=True)
        ]
        z = (np.arctanh(inner[0]) - np.arctanh(inner[1])) / np.hypot(*errors)
        below, above = (
            np.hypot(r[0] - one.to_numpy(), another.to_numpy() - r[1])
            for one, another in [(first.low, second.high), (first.high, second.low)]
        )
        tested = np.where(np.isnan(z), np.nan, difference)
        return cls(difference, z, tested - below, tested + above)


def _jennrich(first: Correlations, second: Correlations) -> MapTest:
    n: list[Any] = [np.unique(found.n.to_numpy()) for found in (first, second)]
    if first.method != "pearson" or any(len(counts) > 1 for counts in n):
        return MapTest()
    return jennrich(first.r.to_numpy(), second.r.to_numpy(), int(n[0][0]), int(n[1][0]))
