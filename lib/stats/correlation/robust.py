"""Correlations that a few outliers cannot make or break."""

from collections.abc import Callable
from typing import get_args

import numpy as np

from ..significance import Adjustment, check_adjustment
from ..table import (
    Floats,
    Missing,
    Table,
    bounded,
    check_choice,
    check_confidence,
    framed,
    matrix_of,
    numeric_matrix,
    pairs_of,
    rows_to_use,
    shared_rows,
    table_of,
)
from .alike import alike
from .correlations import Correlations, RobustMethod
from .pearson import p_of_r
from .skipped import skipped
from .spread import beyond_rounding, median_deviations

_LEAST_ROWS = 3
_BIWEIGHT_REACH = 9.0
_BENT_SHARE = 0.2


def robust_correlate(
    data: Table,
    method: RobustMethod = "biweight",
    *,
    confidence: float = 0.95,
    adjust: Adjustment = "holm",
    missing: Missing = "pairwise",
) -> Correlations:
    """Correlate every pair of columns so that a few outlying values count little, or not at all.

    Where the outliers are decides which to take. "biweight" and "percentage bend" look at one
    column at a time: a row counts little where one of its values lies far out. A row that is usual
    in each column and odd in both together passes; "skipped" looks at the pair.

    Parameters
    ----------
    data
        n rows x k columns of numbers or booleans, as for `correlate`.
    method
        - "biweight": biweight midcorrelation. Distances from the median are shrunk smoothly, to 0
          beyond nine median absolute deviations. NaN where that deviation is 0, as it is where
          more than half of the values are equal.
        - "percentage bend": distances from a robust centre, cut off where a fifth of the values
          lies farther out. NaN where four fifths of the values or more are equal.
        - "skipped": Spearman's rho without the rows that lie far out in the plane of the two
          columns. The centre is that of the minimum covariance determinant. A row is left out if,
          seen along the line through the centre and any of the rows, it lies farther from the
          centre than the median by more than 2.7 times the interquartile range. Columns are first
          divided by their median absolute deviations, so that units do not matter; NaN where one
          of them is 0. It takes milliseconds a pair.
    confidence
        Coverage of the intervals, between 0 and 1.
    adjust
        How p_adjusted accounts for the number of pairs: see `adjust_p_values`.
    missing
        As for `correlate`; medians are those within the rows that a pair shares.

    Returns
    -------
    Correlations
        p from t with n - 2 degrees of freedom, intervals by Fisher's z with variance 1 / (n - 3),
        as Pearson's. They are meant for the measure itself, which is not Pearson's r: for normal
        columns with r = .6, "biweight" is .59 and "percentage bend" .58. Of 4000 samples of 50
        such rows, 95 % intervals covered them in .944 and .936; where tails were heavy (t
        with 3 degrees of freedom), in .908 and .901.

        "skipped" has neither p nor intervals: what is left once outliers are removed is no sample
        of independent rows. Of 215 tables of 30 rows without any correlation, t would call 9 %
        significant at 5 %. Its `n` is the rows that are left, for
        at least five shared ones.

        NaN where a column does not vary, and for fewer than three shared rows.

    Raises
    ------
    ValueError
        As `correlate`.

    References
    ----------
    Wilcox (2012), Introduction to Robust Estimation and Hypothesis Testing, 3rd edition, Academic
    Press, chapter 9. Langfelder and Horvath (2012), Journal of Statistical Software 46(11)
    (biweight, its p). Wilcox (1994), Psychometrika 59, 601-616 (percentage bend, its p).
    Rousseeuw and van Driessen (1999), Technometrics 41, 212-223 (minimum covariance determinant).
    Pernet, Wilcox and Rousselet (2013), Frontiers in Psychology 3, 606 (skipped).

    Examples
    --------
    One decimal point is missing:

    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {
    ...         "height": [150, 155, 160, 165, 170, 175, 180, 185, 190],
    ...         "weight": [52, 58, 55, 66, 690, 71, 77, 74, 85],
    ...     }
    ... )
    >>> print(f"{table['height'].corr(table['weight']):.3f}")
    0.050
    >>> robust_correlate(table).pairs()[["x", "y", "r", "n"]].round(3)
            x       y      r  n
    0  height  weight  0.913  9
    """
    data = table_of(data)
    check_choice("method", method, get_args(RobustMethod))
    check_adjustment(adjust)
    check_confidence(confidence)
    # A quarter has all digits, and no difference of two of the largest numbers overflows.
    values = rows_to_use(numeric_matrix(data), missing) / 4
    if method == "skipped":
        r, n = skipped(values)
        p = np.full(r.shape, np.nan)
    else:
        r, n = _cosines(values, _SCORES[method]), shared_rows(values)
        p = p_of_r(r, n)
    r[n < _LEAST_ROWS] = np.nan
    p = matrix_of(pairs_of(np.where(np.isnan(r), np.nan, p)), np.nan)
    diagonal = np.where(np.isnan(np.diagonal(r)), np.nan, 1.0)
    return Correlations(
        r=framed(matrix_of(pairs_of(r), diagonal), data.columns),
        n=framed(n, data.columns),
        p=framed(p, data.columns),
        method=method,
        adjust=adjust,
        confidence=confidence,
    )


def _cosines(values: Floats, scores: Callable[[Floats], Floats]) -> Floats:
    """Of each pair of columns, the cosine of their scores within the rows that they share."""
    columns = np.ascontiguousarray(values.T)  # medians along the last axis are quicker
    r = np.full((len(columns), len(columns)), np.nan)
    for x, y, rows in alike(values):
        if len(rows) >= _LEAST_ROWS:
            of_x = _of_length_one(scores(columns[np.ix_(x, rows)]))
            of_y = of_x if y is x else _of_length_one(scores(columns[np.ix_(y, rows)]))
            found = bounded(of_x @ of_y.T)
            r[np.ix_(x, y)], r[np.ix_(y, x)] = found, found.T
    return r


def _of_length_one(scores: Floats) -> Floats:
    squares = np.vecdot(scores, scores)[:, np.newaxis]
    return np.asarray(scores / np.sqrt(np.where(squares > 0, squares, np.nan)))


def _biweight(columns: Floats) -> Floats:
    deviations, scale = median_deviations(columns)
    with np.errstate(over="ignore"):
        distances = deviations / scale / _BIWEIGHT_REACH
        return np.where(np.abs(distances) < 1, distances * (1 - distances**2) ** 2, 0.0)


def _percentage_bend(columns: Floats) -> Floats:
    median = np.median(columns, axis=-1, keepdims=True)
    deviations = columns - median
    inner = int((1 - _BENT_SHARE) * columns.shape[-1])
    scale = np.partition(np.abs(deviations), inner - 1, axis=-1)[..., [inner - 1]]
    with np.errstate(over="ignore"):
        scores = deviations / beyond_rounding(scale, median)
    below, above = (scores < -1).sum(axis=-1), (scores > 1).sum(axis=-1)
    between = np.where(np.abs(scores) <= 1, scores, 0.0).sum(axis=-1)
    centre = (between + above - below) / (columns.shape[-1] - below - above)
    return np.asarray(np.clip(scores - centre[:, np.newaxis], -1, 1))


_SCORES: dict[str, Callable[[Floats], Floats]] = {
    "biweight": _biweight,
    "percentage bend": _percentage_bend,
}
