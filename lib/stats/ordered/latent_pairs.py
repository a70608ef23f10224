"""All pairs of ordered columns and numbers: the correlations of the normal variables under them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy import special

from ..correlation import correlate, ends_by_error
from ..significance import Adjustment, adjusted, check_adjustment
from ..table import (
    Booleans,
    Floats,
    Integers,
    Kind,
    Missing,
    Table,
    WithInterval,
    check_confidence,
    constant_columns,
    framed,
    is_positive_semidefinite,
    pairs_of,
    pairs_table,
    rows_to_use,
    shared_rows,
    table_of,
)
from .latent import Fit, Latent
from .levels import kinds_with_order, tables_of_pairs, values_in_order
from .polychoric import polychoric
from .polyserial import polyserial

LatentMeasure: TypeAlias = Literal["pearson", "polyserial", "polychoric"]

_MEASURES: dict[frozenset[Kind], LatentMeasure] = {
    frozenset({"numeric"}): "pearson",
    frozenset({"numeric", "ordinal"}): "polyserial",
    frozenset({"ordinal"}): "polychoric",
}
_LEAST_ROWS = 3


@dataclass(frozen=True, eq=False)
class PolychoricCorrelations(WithInterval):
    """What `polychoric_correlate` found: k x k frames named by the table's columns, symmetric.

    Attributes
    ----------
    r
        Correlations from -1 to 1. On the diagonal 1, or NaN for a column that does not vary.
    measure
        What each r is: "pearson", "polyserial" or "polychoric".
    standard_error
        Of r, for many rows. That thresholds, means and deviations are estimated as well is counted
        in. NaN on the diagonal and where |r| is 1.
    n
        Rows that each pair shares; on the diagonal, the values of each column.
    p
        Two-sided p-values of r = 0, each as if its pair were the only one tested: of two numbers
        from t, otherwise from the ratio of the likelihoods. NaN on the diagonal.
    p_adjusted
        The same, adjusted for the number of pairs that have a p-value.
    low, high
        Ends of the confidence intervals, by Fisher's z of r and its standard error. NaN where
        standard_error is.
    g_square, freedom, p_of_normality
        The test of what the measure takes for granted, that the variables under the columns are
        bivariate normal: G² compares the pair's table with the one that such a normal distribution
        gives. A small p_of_normality says that they are not, and that r describes variables that
        there are not. A large one says little where rows are few. For a number, the quarters of a
        normal distribution stand in the table, and p_of_normality is somewhat too large. NaN, with
        0 degrees of freedom, for two numbers, two columns of two levels (any such table fits) and
        where |r| is 1.
    smallest_fitted
        The smallest count of the fitted table. Where it is below 5, p_of_normality is doubtful.
    adjust, confidence, missing
        What was asked for.
    """

    r: pd.DataFrame
    measure: pd.DataFrame
    standard_error: pd.DataFrame
    n: pd.DataFrame
    p: pd.DataFrame
    g_square: pd.DataFrame
    freedom: pd.DataFrame
    smallest_fitted: pd.DataFrame
    adjust: Adjustment
    confidence: float
    missing: Missing

    @cached_property
    def p_adjusted(self) -> pd.DataFrame:
        return adjusted(self.p, self.adjust)

    @cached_property
    def p_of_normality(self) -> pd.DataFrame:
        freedom = self.freedom.to_numpy()
        p = special.chdtrc(np.where(freedom > 0, freedom, np.nan), self.g_square.to_numpy())
        return framed(np.asarray(p), self.r.columns)

    @property
    def is_positive_semidefinite(self) -> bool:
        """Whether r could be the correlation matrix of one complete table.

        Each pair is estimated by itself, so even without missing values it need not be; a method
        that inverts or factors the matrix then fails. Eigenvalues down to -1e-12 a column count as
        rounding. Columns without any r are left out; a pair still without r makes the answer False.
        """
        return is_positive_semidefinite(self.r.to_numpy())

    def pairs(self) -> pd.DataFrame:
        """One row a pair, strongest first, with what the frames hold about it.

        x, y, r, measure, standard_error, n, p, p_adjusted, low, high, g_square, freedom,
        p_of_normality, smallest_fitted. Equal |r| keep the table's order; pairs without r come
        last.
        """
        return pairs_table(
            {
                "r": self.r,
                "measure": self.measure,
                "standard_error": self.standard_error,
                "n": self.n,
                "p": self.p,
                "p_adjusted": self.p_adjusted,
                "low": self.low,
                "high": self.high,
                "g_square": self.g_square,
                "freedom": self.freedom,
                "p_of_normality": self.p_of_normality,
                "smallest_fitted": self.smallest_fitted,
            },
            strongest="r",
        )

    def _ends(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        r, error = self.r.to_numpy(), self.standard_error.to_numpy()
        low, high = ends_by_error(r, error, self.confidence)
        return framed(low, self.r.columns), framed(high, self.r.columns)


def polychoric_correlate(
    data: Table,
    *,
    confidence: float = 0.95,
    adjust: Adjustment = "holm",
    missing: Missing = "pairwise",
) -> PolychoricCorrelations:
    """Correlate what lies under ordered columns: polychoric, polyserial and Pearson correlations.

    Answers from "never" to "always" may be a coarse record of something continuous: whoever lies
    beyond a threshold ticks the next box. If what lies under two such columns is bivariate normal,
    their table tells its correlation. Pearson's r of any codes of the levels is nearer to 0. If it
    is not bivariate normal, r describes variables that there are not. p_of_normality tests that.
    `associate_ordered` takes nothing for granted but the order.

    Parameters
    ----------
    data
        n rows x k columns, k at least 2. Ordered categories and booleans are ordered levels, those
        that occur, at most 100 a column. Numbers are taken as they are, and as normal beside
        ordered columns. Codes of answers, 1 to 5 say, are levels only as ordered categories: make
        them such with data[columns].astype(pd.CategoricalDtype(ordered=True)). Of a table with a
        column of counts, write out each row so often first, and leave that column out:
        ``table.loc[table.index.repeat(table["count"])].drop(columns="count")``.
    confidence
        Coverage of the intervals, between 0 and 1.
    adjust
        How p_adjusted accounts for the number of pairs: see `adjust_p_values`.
    missing
        "pairwise": each pair uses the rows in which both of its columns have a value, so n may
        differ from cell to cell. "complete": rows with a missing value are left out.

    Returns
    -------
    PolychoricCorrelations
        - "polychoric", two ordered columns: thresholds from the margins of the pair's table, then
          the most likely correlation. Of two columns of two levels it is called tetrachoric.
        - "polyserial", a number and an ordered column: mean, standard deviation and thresholds of
          each, then the most likely correlation. With two levels it is called biserial.
        - "pearson", two numbers.

        r of ordered columns is 1 if no pair of rows is discordant, -1 if none is concordant,
        however few the rows: a table of 2 x 2 with an empty cell has r = 1 or -1. Beside a number
        it is 1 if each number lies between the thresholds of its level, -1 if it does with its
        sign turned. Only p says then how much that means.

        The ratio of the likelihoods is for many rows. Of unrelated columns of three levels it
        calls 11 % significant at 5 % with 8 rows, 8 % with 15, and 5.5 % with 30.

        NaN where a column does not vary within the rows that a pair shares, and for fewer than
        three rows.

    Raises
    ------
    ValueError
        For text and categories without an order, other kinds (mixed objects, lists), ordered
        columns of more than 100 levels, infinite values, duplicated names, fewer than two columns,
        no rows (with missing="complete": no complete row), confidence outside (0, 1), an unknown
        adjust or missing.

    References
    ----------
    Olsson (1979), Psychometrika 44, 443-460. Olsson, Drasgow and Dorans (1982), Psychometrika 47,
    337-347. Jöreskog (1994), Psychometrika 59, 381-389 (standard errors after two steps).

    Examples
    --------
    Two questions that 60 people answered, by a table of counts:

    >>> answers = ["no", "maybe", "yes"]
    >>> counts = pd.DataFrame([[12, 6, 2], [5, 10, 5], [1, 7, 12]], index=answers, columns=answers)
    >>> rows = counts.stack().index.repeat(counts.stack())
    >>> table = pd.DataFrame(list(rows), columns=["first", "second"])
    >>> table = table.astype(pd.CategoricalDtype(answers, ordered=True))
    >>> found = polychoric_correlate(table)
    >>> found.pairs()[["r", "standard_error", "n", "low", "high", "p_of_normality"]].round(3)
           r  standard_error   n    low   high  p_of_normality
    0  0.654           0.103  60  0.405  0.813           0.933
    """
    data = table_of(data)
    check_confidence(confidence)
    check_adjustment(adjust)
    kinds = kinds_with_order(data)
    as_levels = [kind == "ordinal" for kind in kinds]
    values = rows_to_use(values_in_order(data, kinds, as_levels), missing)
    n = shared_rows(values)
    found = _matrices(values, np.array(as_levels), n)
    measure = [[_MEASURES[frozenset((row, column))] for column in kinds] for row in kinds]
    return PolychoricCorrelations(
        r=framed(found.r, data.columns),
        measure=pd.DataFrame(measure, index=data.columns, columns=data.columns),
        standard_error=framed(found.standard_error, data.columns),
        n=framed(n, data.columns),
        p=framed(found.p, data.columns),
        g_square=framed(found.g_square, data.columns),
        freedom=framed(found.freedom, data.columns),
        smallest_fitted=framed(found.smallest_fitted, data.columns),
        adjust=adjust,
        confidence=confidence,
        missing=missing,
    )


def _matrices(values: Floats, as_levels: Booleans, n: Integers) -> Latent:
    """k x k matrices in place of a value a pair."""
    columns = len(as_levels)
    matrices = {field.name: np.full((columns, columns), np.nan) for field in fields(Latent)}
    for rows, others, found in _parts(values, as_levels):
        for name, matrix in matrices.items():
            matrix[rows, others] = matrix[others, rows] = getattr(found, name)
    few = n < _LEAST_ROWS
    for matrix in matrices.values():
        matrix[few] = np.nan
    np.fill_diagonal(matrices["r"], np.where(constant_columns(values) | np.diag(few), np.nan, 1.0))
    freedom = np.nan_to_num(matrices.pop("freedom")).astype(np.int64)
    return Latent(**matrices, freedom=freedom)


def _parts(values: Floats, as_levels: Booleans) -> Iterator[tuple[Integers, Integers, Latent]]:
    """All pairs, some at a time: the numbers of their columns and what is known of them."""
    levels, numbers = np.flatnonzero(as_levels), np.flatnonzero(~as_levels)
    if len(levels) > 1:
        tables = [tables[1:] for _, _, tables in tables_of_pairs(values[:, levels])]
        yield *_pairs_among(levels), polychoric(np.concatenate(tables))
    if len(numbers) > 1:
        yield *_pairs_among(numbers), _pearson(values[:, numbers])
    if len(numbers):
        for column in levels:
            places = np.broadcast_to(values[:, column], (len(numbers), len(values)))
            yield np.array([column]), numbers, polyserial(values[:, numbers].T, places)


def _pairs_among(columns: Integers) -> tuple[Integers, Integers]:
    first, second = np.triu_indices(len(columns), 1)
    return columns[first], columns[second]


def _pearson(values: Floats) -> Latent:
    found = correlate(pd.DataFrame(values), adjust="none")
    r, p, n = (pairs_of(frame.to_numpy()) for frame in (found.r, found.p, found.n))
    # Fisher's: 1 / sqrt(n - 3) on the scale of z.
    error = (1 - r) * (1 + r) / np.sqrt(np.where(n > 3, n - 3.0, np.nan))
    unknown = np.full(len(r), np.nan)
    nothing = Fit(unknown, np.zeros(len(r), dtype=np.int64), unknown)
    return Latent.of(r, standard_error=error, p=p, fit=nothing)
