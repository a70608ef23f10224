"""Intervals of correlations from rows drawn again."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from lib.stats.correlation import correlate
from lib.stats.resampling.choices import ResamplingMethod, check_choices
from lib.stats.resampling.replicates import drawn_counts, pearson_replicates, spearman_replicates
from lib.stats.table import Floats, Integers, Table, framed, numeric_matrix, pairs_table, table_of

_REPLICATES = {"pearson": pearson_replicates, "spearman": spearman_replicates}


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """What `bootstrap` found: k x k frames whose index and columns are the table's columns.

    Attributes
    ----------
    r
        Coefficients of the table itself, as `correlate` gives them.
    n
        Rows that each pair shares; on the diagonal, the values of each column.
    low, high
        Ends of the intervals. NaN on the diagonal and where r is.
    error
        Standard error: the standard deviation of r over the resamples.
    resamples
        Resamples that gave an r: those in which both columns vary.
    method, confidence
        What was asked for.
    """

    r: pd.DataFrame
    n: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame
    error: pd.DataFrame
    resamples: pd.DataFrame
    method: ResamplingMethod
    confidence: float

    def pairs(self) -> pd.DataFrame:
        """One row a pair, strongest first: x, y, r, n, low, high, error, resamples."""
        names = ("r", "n", "low", "high", "error", "resamples")
        return pairs_table({name: getattr(self, name) for name in names}, strongest="r")


def bootstrap(
    data: Table,
    *,
    method: ResamplingMethod = "pearson",
    resamples: int = 2000,
    confidence: float = 0.95,
    seed: int = 0,
) -> Bootstrap:
    """Intervals of all correlations from tables of rows drawn again, with replacement.

    Each resample draws as many rows as the table has; the spread of r over the resamples stands
    for that over samples. Nothing is assumed about the columns' distribution, only that the rows
    are independent.

    The interval lies between two quantiles of the resampled r, somewhat farther out than those of
    the plain percentile interval, which is too narrow in small samples. Bias correction with
    acceleration (BCa) is not offered: it trusts the skewness of the sample, and covers least where
    tails are heavy, which is what one resamples for. Of 4000 samples with a true correlation of
    .6, 95 % intervals covered

    =====================  =====  ========  ====
    data                   plain  this one  BCa
    =====================  =====  ========  ====
    normal, 20 rows        .918   .942      .932
    normal, 50 rows        .934   .944      .938
    lognormal, 20 rows     .916   .943      .920
    lognormal, 50 rows     .926   .937      .902
    t with 5 df, 20 rows   .913   .935      .906
    t with 5 df, 50 rows   .917   .931      .900
    =====================  =====  ========  ====

    Parameters
    ----------
    data
        n rows x k columns of numbers or booleans, as for `correlate`.
    method
        "pearson": r. "spearman": r of the ranks, ranked anew in each resample, mean ranks for
        ties.
    resamples
        Tables to draw, at least 1; 2000 give the ends of a 95 % interval to about a twentieth of
        its width.
    confidence
        Coverage of the intervals, between 0 and 1.
    seed
        Of the draws.

    Returns
    -------
    Bootstrap
        Whole rows are drawn; each pair uses those in which both of its columns have a value. A
        resample in which one of them is constant has no r and is left out for that pair, which
        `resamples` counts. Cells in which `correlate` has no r are NaN.

        With n shared rows, the quantiles are those at the normal probability of
        -sqrt(n / (n - 1)) times the t quantile with n - 1 degrees of freedom, and symmetric.

    Raises
    ------
    ValueError
        As `correlate`; for fewer than 1 resample.

    References
    ----------
    Efron (1979), Annals of Statistics 7, 1-26. Hesterberg (2015), The American Statistician 69,
    371-386 (the expanded percentile interval). Efron (1987), Journal of the American Statistical
    Association 82, 171-185 (BCa).

    Examples
    --------
    >>> table = pd.DataFrame({"x": [1, 2, 3, 4, 5, 6], "y": [2, 1, 4, 3, 6, 5]})
    >>> found = bootstrap(table, resamples=500)
    >>> found.pairs()[["x", "y", "r", "n", "low", "high"]].round(1)
       x  y    r  n  low  high
    0  x  y  0.8  6  0.4   1.0
    """
    data = table_of(data)
    check_choices(method, resamples=resamples)
    found = correlate(data, method, confidence=confidence, adjust="none")
    values = numeric_matrix(data)
    counts = drawn_counts(len(values), resamples, seed)
    r, n = found.r.to_numpy(), found.n.to_numpy()
    first, second = np.nonzero(np.triu(~np.isnan(r), 1))
    low, high, error = (np.full(r.shape, np.nan) for _ in range(3))
    used = np.zeros(r.shape, dtype=np.int64)
    for some, replicates in _REPLICATES[method](values, counts, first, second):
        pairs = first[some], second[some]
        replicates.sort(axis=1)  # NaN comes last
        tail = _tail(n[pairs], confidence)
        given = (~np.isnan(replicates)).sum(axis=1)
        for matrix, of_pairs in (
            (used, given),
            (low, _quantile(replicates, given, tail)),
            (high, _quantile(replicates, given, 1 - tail)),
            (error, _standard_deviation(replicates, given)),
        ):
            matrix[pairs] = matrix.T[pairs] = of_pairs
    return Bootstrap(
        r=found.r,
        n=found.n,
        low=framed(low, data.columns),
        high=framed(high, data.columns),
        error=framed(error, data.columns),
        resamples=framed(used, data.columns),
        method=method,
        confidence=confidence,
    )


def _tail(n: Integers, confidence: float) -> Floats:
    """How much probability to leave beyond each end, so that small samples are covered too."""
    rows = np.maximum(n, 2.0)
    t = special.stdtrit(rows - 1, (1 - confidence) / 2)
    return np.asarray(special.ndtr(t * np.sqrt(rows / (rows - 1))), dtype=np.float64)


def _quantile(ascending: Floats, given: Integers, share: Floats) -> Floats:
    """Each row's quantile at its own share, of its first `given` values; linear between two.

    Of B values, the one in place p (B + 1) has a share p of the distribution below it on average,
    for few values as for many.
    """
    last = np.maximum(given - 1, 0)
    position = np.clip(share * (given + 1) - 1, 0, last)
    below = np.floor(position).astype(np.int64)
    above = np.minimum(below + 1, last)
    rows = np.arange(len(given))
    low, high = ascending[rows, below], ascending[rows, above]
    return np.asarray(low + (position - below) * (high - low))


def _standard_deviation(ascending: Floats, given: Integers) -> Floats:
    """Of each row's first `given` values."""
    absent = np.isnan(ascending)
    degrees = np.where(given > 1, given - 1.0, np.nan)
    mean = np.where(absent, 0.0, ascending).sum(axis=1, keepdims=True)
    mean /= np.maximum(given, 1)[:, np.newaxis]
    deviations = np.where(absent, 0.0, ascending - mean)
    return np.asarray(np.sqrt(np.einsum("pr,pr->p", deviations, deviations) / degrees))
