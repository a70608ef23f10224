"""Correlations of all pairs of columns, with what it takes to trust them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from ..significance import Adjustment, adjust_p_values, check_adjustment
from ..streams import Stored, opened
from ..table import (
    Floats,
    Grid,
    Integers,
    Missing,
    NameOrColumn,
    Names,
    Table,
    WithInterval,
    by_strength,
    check_choice,
    check_confidence,
    check_missing,
    check_number,
    chosen,
    is_among,
    is_positive_semidefinite,
    names_of_pairs,
    numeric_matrix,
    refuse_stored,
)
from .fisher import (
    ends_of_interval,
    error_of_semipartial_z,
    error_of_z,
)
from .in_parts import pearson_in_parts, spearman_in_parts
from .kendall import kendall
from .pearson import pearson
from .spearman import spearman
from .weights import (
    WeightKind,
    rows_of_pairs,
    weighted_rows,
    without_weights,
)

CorrelationMethod: TypeAlias = Literal["pearson", "spearman", "kendall"]

PartialMethod: TypeAlias = Literal[
    "partial", "semipartial", "partial spearman", "semipartial spearman"
]

RobustMethod: TypeAlias = Literal["biweight", "percentage bend", "skipped"]

_COEFFICIENTS = {"pearson": pearson, "spearman": spearman, "kendall": kendall}
_LEAST_ROWS_FOR_P = 3


@dataclass(frozen=True, eq=False)
class Correlations(WithInterval):
    """What `correlate` found: k x k frames whose index and columns are the table's columns.

    With x and y, rectangles: the index holds the columns that x names, the columns those of y.

    Attributes
    ----------
    r
        Coefficients from -1 to 1, symmetric. On the diagonal, and wherever a column meets itself,
        1, or NaN for a column that has no correlations: constant, empty, or with too few values.
    n
        Rows that each pair shares; on the diagonal, the values of each column.
    p
        Two-sided p-values, each as if its pair were the only one tested. NaN on the diagonal.
    p_adjusted
        The same, adjusted for the number of pairs that have a p-value.
    low, high
        Ends of the confidence intervals. NaN on the diagonal, where the rows are too few, and for
        an |r| of 1.
    method, adjust, confidence
        What was asked for; of `partial_correlate`, whether partial or semipartial, and of ranks.
    accounted_for
        Columns that `partial_correlate` held fixed for each pair.
    weights_are
        What the weights were, if there were any.
    effective_n
        With survey weights, Kish's effective number of rows, which p and intervals are computed
        with: how many rows of one weight would say as much. None otherwise.
    attainable
        Of semipartial correlations, how large |r| could be in these rows if the partial one were
        1: the root of the share of the variance of the row's column that the given columns leave.
        None otherwise.

    Adjusted p-values and intervals are computed when they are first asked for.
    """

    r: pd.DataFrame
    n: pd.DataFrame
    p: pd.DataFrame
    method: CorrelationMethod | PartialMethod | RobustMethod
    adjust: Adjustment
    confidence: float
    accounted_for: int = 0
    weights_are: WeightKind | None = None
    effective_n: pd.DataFrame | None = None
    attainable: pd.DataFrame | None = None

    @cached_property
    def p_adjusted(self) -> pd.DataFrame:
        return self._framed(adjust_p_values(self._pairs_of(self.p), self.adjust))

    def pairs(self) -> pd.DataFrame:
        """One row a pair, strongest first: x, y, r, n, p, p_adjusted, low, high.

        With survey weights, effective_n after p. x is the pair's row and y its column. Of a
        square, all k (k - 1) / 2 pairs, x before y as in the table; of a rectangle, all its cells
        but those of a column with itself, and a pair that it has twice once, where it comes
        first; of semipartial correlations, all k (k - 1) cells. Equal |r| keep the map's order,
        row by row; pairs without r come last.
        """
        # Sorted before they are adjusted and framed: adjusting sorts again, which is quick for
        # what is in order already, and a frame's rows are slow to move.
        order = by_strength(self._pairs_of(self.r))
        table = names_of_pairs(self.r, self._grid.counted, order)
        for name in ("r", "n", "p"):
            table[name] = self._pairs_of(getattr(self, name))[order]
        if self.effective_n is not None:
            table["effective_n"] = self._pairs_of(self.effective_n)[order]
        attainable = self._attainable(order)
        del order
        table["p_adjusted"] = adjust_p_values(table["p"], self.adjust)
        rows = table["n" if self.effective_n is None else "effective_n"]
        table["low"], table["high"] = self._ends_of(table["r"], rows, attainable)
        return pd.DataFrame(table, copy=False)

    @property
    def is_positive_semidefinite(self) -> bool:
        """Whether r could be the correlation matrix of one complete table.

        Pairs computed from different rows may contradict each other, and a method that inverts
        or factors the matrix then fails. Eigenvalues down to -1e-12 a column count as rounding.
        Columns without any r (NaN on the diagonal) are left out; a pair still without r makes
        the answer False, since such a matrix cannot be inverted or factored either. ValueError
        for a rectangle and for semipartial correlations, which are no such matrix.
        """
        if not self._grid.is_square:
            raise ValueError(
                "Some columns against others, or semipartial ones, are no correlation matrix: "
                "correlate all of them with all, to ask whether it is positive semidefinite."
            )
        return is_positive_semidefinite(self.r.to_numpy())

    @cached_property
    def _grid(self) -> Grid:
        ordered = self.method.startswith("semipartial")
        return Grid.of_labels(self.r.index, self.r.columns, ordered=ordered)

    def _pairs_of(self, frame: pd.DataFrame) -> Floats:
        return self._grid.pairs_of(frame.to_numpy())

    def _framed(self, pairs: Floats) -> pd.DataFrame:
        return pd.DataFrame(
            self._grid.matrix_of(pairs), index=self.r.index, columns=self.r.columns, copy=False
        )

    def _ends(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        n = self.n if self.effective_n is None else self.effective_n
        low, high = self._ends_of(self._pairs_of(self.r), self._pairs_of(n), self._attainable())
        return self._framed(low), self._framed(high)

    def _attainable(self, order: Integers | slice = slice(None)) -> Floats | None:
        return None if self.attainable is None else self._pairs_of(self.attainable)[order]

    def _ends_of(self, r: Floats, n: Floats, attainable: Floats | None) -> tuple[Floats, Floats]:
        """Both ends of the intervals, one a pair."""
        if (n == n[0]).all():
            n = n[:1]  # one length for all
        n = n - self.accounted_for
        if attainable is None:
            error = error_of_z(r, n, self.method)
        else:
            error = error_of_semipartial_z(r, attainable, n, self.method)
        return ends_of_interval(r, error, self.confidence)


def correlate(
    data: "Table | Stored",
    method: CorrelationMethod = "pearson",
    *,
    x: Names | None = None,
    y: Names | None = None,
    weights: "NameOrColumn | None" = None,
    weights_are: WeightKind | None = None,
    min_n: int = 3,
    confidence: float = 0.95,
    adjust: Adjustment = "holm",
    missing: Missing = "pairwise",
) -> Correlations:
    """Correlate every pair of columns: coefficient, shared rows, p-value and interval.

    By default each pair uses the rows in which both of its columns have a value, so n may differ
    from cell to cell.

    Parameters
    ----------
    data
        n rows x k columns of numbers, booleans (taken as 0 and 1, which select_dtypes("number")
        would drop in silence) or dates (as days since the earliest), k at least 2. A pandas,
        polars or Arrow table, an array, a dict of columns or a list of rows; what is masked is
        missing. Computed in float64. Or a table that does not fit, which is read in parts: what
        `sample` takes. Of such a one neither Kendall's tau nor weights; Spearman's rho of rows
        without a missing value alone, with one column in memory and all of them on disk.
    method
        - "pearson": r. p from t with n - 2 degrees of freedom. Interval by Fisher's z, variance
          1 / (n - 3).
        - "spearman": Pearson's r of the ranks within the rows shared, mean ranks for ties. p from
          all orders of the ranks, ties included, up to n = 9; above from t with n - 2 degrees of
          freedom, which of unrelated columns of ten values calls 5.4 % significant at 5 %, and
          1.3 % at 1 %. Where t would say 0, p is still exact: for a perfect order (|r| = 1),
          which is one order of n! or a few, and 2 / n! is the least p of all. Interval by
          Fisher's z, variance (1 + r²/2) / (n - 3).
        - "kendall": tau-b. p from all orders up to n = 33 without ties, up to n = 9 with them;
          above from the normal distribution, with the variance that ties leave. Interval by
          Fisher's z, variance 0.437 / (n - 4).
    x, y
        A column's name, or a list of names. With both, every column that x names stands beside
        every column that y names: x in the rows of the result, y in its columns. With one of them
        only, the other is all columns that it does not name. p is adjusted for the pairs of that
        rectangle alone. A column that both name is no pair with itself, and two columns that both
        name are one pair, though they have two cells. Columns that neither names are not looked
        at. With neither, all pairs of columns.
    weights, weights_are
        A column's name, which is then no column to correlate, or n numbers, one a row.

        - "frequency": a row stands for so many equal rows. Coefficients, n, p and intervals are
          those of the table with each row written out so often; Kendall's tau does write it out,
          and needs the memory. Whole numbers.
        - "survey": a row stands for more or fewer people than another. Pearson's r and, of
          weighted ranks, Spearman's; Kendall's tau is refused. `n` counts rows; p and intervals
          take Kish's effective n in its place, the squared sum of the weights over the sum of
          their squares. p is by t, however few the rows; Spearman's is never below that of a
          perfect order of so many rows, 2 / n!, for fractions by the gamma function.

          That is right where the weights have nothing to do with the columns. Where they have, p
          may be much too small or much too large: of unrelated columns of 150 rows, p was at most
          .05 in 22 % of all tables whose weights grew towards the ends of both, and in .3 % where
          one column was 0 or 1 and its ones weighed five times as much. Nor does it know of
          clusters and strata. All these need the design of the survey. The weights' size is of no
          account: twice each is the same.

        A row of weight 0 is left out. Negative, missing and infinite weights are refused.
    min_n
        Pairs with fewer shared rows get neither r nor p. At least 2.
    confidence
        Coverage of the intervals, between 0 and 1.
    adjust
        How p_adjusted accounts for the number of pairs: see `adjust_p_values`.
    missing
        - "pairwise": each pair has the rows that its two columns share.
        - "complete": all pairs have the same rows, those without any missing value in the columns
          that are correlated. Together they are positive semidefinite, which pairs of different
          rows need not be.

    Returns
    -------
    Correlations
        Undefined cells are NaN: r and p of a constant or all-missing column and of pairs below
        min_n; p of two shared rows, through which a straight line always goes; intervals of fewer
        than four rows (Kendall: five), and of an |r| of 1, from which Fisher's z cannot tell how
        far it may be by chance: of four rows whose columns have a rho of .79, 29 % are in perfect
        order. Columns that vary by no more than rounding are constant,
        and an |r| that differs from 1 by no more than rounding (1e-14) is 1.

    Raises
    ------
    ValueError
        For columns that are not numbers, booleans or dates, infinite values, duplicated names,
        fewer than two columns, no rows (with missing="complete": no complete row), min_n below 2,
        confidence outside (0, 1), an unknown method, adjust or missing. For names that the table
        does not have, or that x or y list twice, and for weights that are refused above. For what a
        table that is read in parts does not give.

    References
    ----------
    Fisher (1921), Metron 1, 3-32. Fieller, Hartley and Pearson (1957), Biometrika 44, 470-481
    (Kendall's variance). Bonett and Wright (2000), Psychometrika 65, 23-28 (Spearman's variance).
    Kish (1965), Survey Sampling, Wiley (effective n). Kendall (1945), Biometrika 33, 239-251
    (tau-b). Kendall (1970), Rank Correlation Methods, 4th edition, Griffin, chapters 4 and 5
    (p-values of both rank correlations).

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"hours": [1, 2, 3, 4, 5], "score": [2, 1, 4, 3, 5], "room": [7, 7, 7, 7, 7]}
    ... )
    >>> found = correlate(table)
    >>> found.r
           hours  score  room
    hours    1.0    0.8   NaN
    score    0.8    1.0   NaN
    room     NaN    NaN   NaN
    >>> found.pairs()[["x", "y", "r", "n", "p", "low", "high"]].round(3).head(1)
           x      y    r  n      p   low   high
    0  hours  score  0.8  5  0.104 -0.28  0.986

    One column against all others:

    >>> correlate(table, x="score").r
           hours  room
    score    0.8   NaN

    A table of counts, 40 people in four rows:

    >>> counts = pd.DataFrame(
    ...     {"dose": [0, 0, 1, 1], "ill": [0, 1, 0, 1], "people": [5, 15, 12, 8]}
    ... )
    >>> found = correlate(counts, weights="people", weights_are="frequency")
    >>> found.pairs()[["x", "y", "r", "n", "p"]].round(3)
          x    y      r   n      p
    0  dose  ill -0.354  40  0.025
    """
    table, source = opened(data)
    if not is_among(method, _COEFFICIENTS) and is_among(method, table.columns):
        raise ValueError(
            f"method is {method!r}, which is a column: for it against the others pass x={method!r}."
        )
    _check_options(method, min_n, confidence, adjust, weights_are)
    check_missing(missing)
    weighting = effective_n = None
    if source is None:
        table, weighting = without_weights(table, weights, weights_are)
    else:
        _refuse_of_source(method, weights)
    table, grid = chosen(table, x, y)
    if source is not None:
        in_parts = pearson_in_parts if method == "pearson" else spearman_in_parts
        matrix, n, p = in_parts(source, table.columns, grid, missing)
    else:
        values, weighting = weighted_rows(numeric_matrix(table), weighting, missing)
        n = rows_of_pairs(values, grid, weighting)
        rows_that_count: Integers | Floats = n
        if weighting is not None and weighting.kind == "survey":
            effective_n = rows_that_count = weighting.effective_n(values, grid)
        matrix, p = _COEFFICIENTS[method](values, rows_that_count, grid, weighting)
    return correlations_of(
        matrix,
        p,
        n,
        grid,
        table.columns,
        method=method,
        min_n=min_n,
        adjust=adjust,
        confidence=confidence,
        weights_are=weights_are,
        effective_n=effective_n,
    )


def correlations_of(
    matrix: Floats,
    p: Floats,
    n: Integers,
    grid: Grid,
    names: "pd.Index[Any]",
    *,
    method: CorrelationMethod,
    adjust: Adjustment,
    min_n: int = 3,
    confidence: float = 0.95,
    weights_are: WeightKind | None = None,
    effective_n: Floats | None = None,
) -> Correlations:
    """The result for coefficients as a map, their p one a pair, and the rows behind each."""
    r, rows = grid.pairs_of(matrix), grid.pairs_of(n)
    r[rows < min_n] = np.nan
    p[(rows < max(min_n, _LEAST_ROWS_FOR_P)) | np.isnan(r)] = np.nan
    has_correlations = grid.same & ~np.isnan(matrix) & (n >= min_n)
    matrix = grid.matrix_of(r)
    matrix[has_correlations] = 1.0
    index, columns = grid.labels(names)
    return Correlations(
        r=pd.DataFrame(matrix, index, columns, copy=False),
        n=pd.DataFrame(n, index, columns, copy=False),
        p=pd.DataFrame(grid.matrix_of(p), index, columns, copy=False),
        method=method,
        adjust=adjust,
        confidence=confidence,
        weights_are=weights_are,
        effective_n=None if effective_n is None else pd.DataFrame(effective_n, index, columns),
    )


def _refuse_of_source(method: str, weights: "NameOrColumn | None") -> None:
    """Raise ValueError for what a table that is read in parts does not give."""
    if method == "kendall":
        refuse_stored("Kendall's tau")
    if weights is not None:
        refuse_stored("What is weighted")


def _check_options(
    method: str, min_n: int, confidence: float, adjust: str, weights_are: str | None
) -> None:
    check_adjustment(adjust)
    check_choice("method", method, get_args(CorrelationMethod))
    if method == "kendall" and is_among(weights_are, ["survey"]):
        raise ValueError(
            "Kendall's tau takes frequencies alone: with survey weights choose 'pearson' or "
            "'spearman'."
        )
    check_number("min_n", min_n, "a correlation needs at least 2 shared rows")
    if not min_n >= 2:
        raise ValueError(f"min_n is {min_n}: a correlation needs at least 2 shared rows.")
    check_confidence(confidence)
