"""Intervals of correlations from rows drawn again."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from ..table import (
    Floats,
    Integers,
    Table,
    check_confidence,
    framed,
    pairs_table,
    strongest_first,
    table_of,
)
from .choices import check_draws
from .measures import is_correlation, is_symmetric, measure_pairs
from .replicates import drawn_counts

_ROUNDING = 1e-14


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """What `bootstrap` found: k x k frames whose index and columns are the table's columns.

    Attributes
    ----------
    value
        The measure of the table itself: correlations as `correlate` gives them, of others NaN on
        the diagonal. For Theil's U the share of the row's column that the column's column removes.
    n
        Rows that each pair shares; on the diagonal, the values of each column.
    low, high
        Ends of the intervals. NaN on the diagonal, where there is no value, and where all
        resamples have the same.
    error
        Standard error: the standard deviation of the measure over the resamples. NaN as the ends
        are, and of a single resample.
    resamples
        Resamples that gave a value: those in which both columns vary.
    method, confidence
        What was asked for.
    """

    value: pd.DataFrame
    n: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame
    error: pd.DataFrame
    resamples: pd.DataFrame
    method: str
    confidence: float

    @property
    def r(self) -> pd.DataFrame:
        """`value`, by the name that correlations have."""
        return self.value

    def pairs(self) -> pd.DataFrame:
        """One row a pair, strongest first: x, y, r, n, low, high, error, resamples.

        A measure that is no correlation is in "value" instead of "r". Theil's U has two rows a
        pair: of x given y, and of y given x.
        """
        value = "r" if is_correlation(self.method) else "value"
        names = (value, "n", "low", "high", "error", "resamples")
        frames = {name: getattr(self, name) for name in names}
        table = pairs_table(frames, strongest=value)
        if is_symmetric(self.method):
            return table
        turned = {name: frame.T for name, frame in frames.items()}
        others = pairs_table(turned, strongest=value).rename(columns={"x": "y", "y": "x"})
        return strongest_first(pd.concat([table, others], ignore_index=True), value)


def bootstrap(
    data: Table,
    *,
    method: str = "pearson",
    resamples: int = 2000,
    confidence: float = 0.95,
    seed: int = 0,
) -> Bootstrap:
    """Intervals of all correlations, or of another measure, from rows drawn with replacement.

    Each resample draws as many rows as the table has; the spread of the measure over the resamples
    stands for that over samples. Nothing is assumed about the columns' distribution, only that the
    rows are independent.

    The interval lies between two quantiles of the resampled values, somewhat farther out than
    those of the plain percentile interval, which is too narrow in small samples. Bias correction
    with acceleration (BCa) is not offered: it trusts the skewness of the sample, and covers least
    where tails are heavy, which is what one resamples for. Of 4000 samples with a true correlation
    of .6, 95 % intervals covered

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

    Other measures, of 200 samples each. U, eta and the distance correlation are too large in small
    samples and are not corrected for it, which resampling repeats; V is corrected.

    ===========================  =======  ========
    measure, true value          50 rows  200 rows
    ===========================  =======  ========
    "kendall", .34               .955     .950
    "cramers_v", .50             .945     .935
    "cramers_v", .20             .960     .945
    "theils_u", .21              .805     .925
    "correlation ratio", .44     .945     .940
    "correlation ratio", .16     .895     .940
    "distance correlation", .46  .885     .940
    ===========================  =======  ========

    Parameters
    ----------
    data
        n rows x k columns of what the method takes.
    method
        - "pearson": r. "spearman": r of the ranks, ranked anew in each resample, mean ranks for
          ties. "kendall": tau-b. "distance correlation". All of numbers or booleans.
        - "cramers_v", with Bergsma's correction, and "theils_u": of columns whose distinct values
          are the levels.
        - "correlation ratio": of text, categories or booleans with numbers or booleans. Other
          pairs are NaN.
        - "mutual information": of text, categories and booleans. A row drawn twice has itself for
          nearest neighbour, which ruins the estimate of numbers.

        Of a measure without a sign, an interval that begins above 0 does not say that there is an
        association: in resamples, too, U, eta, the distance correlation and mutual information
        are above 0. Whether there is one, `permutation_test` says.
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
        resample in which one of them is constant has no value and is left out for that pair, which
        `resamples` counts. NaN where the table itself has no value, and for fewer than three rows.
        Where all resamples have the same value, as those of a perfect order have, ends and error
        are NaN: a value that no draw of these rows changes says nothing of other rows.

        With n shared rows, the quantiles are those at the normal probability of
        -sqrt(n / (n - 1)) times the t quantile with n - 1 degrees of freedom, and symmetric.

    Raises
    ------
    ValueError
        As `correlate`; for fewer than 1 resample, an unknown method, and columns that it does not
        take.

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
    check_draws(resamples=resamples)
    check_confidence(confidence)
    data = table_of(data)
    measured = measure_pairs(data, method)
    counts = drawn_counts(len(measured.values), resamples, seed)
    value, n, first, second = measured.value, measured.n, measured.first, measured.second
    low, high, error = (np.full(value.shape, np.nan) for _ in range(3))
    used = np.zeros(value.shape, dtype=np.int64)
    for some, replicates in measured.in_tables(counts):
        pairs = first[some], second[some]
        replicates.sort(axis=1)  # NaN comes last
        tail = _tail(n[pairs], confidence)
        given = (~np.isnan(replicates)).sum(axis=1)
        spread = _standard_deviation(replicates, given)
        alike = spread <= _ROUNDING
        for matrix, of_pairs in (
            (used, given),
            (low, np.where(alike, np.nan, _quantile(replicates, given, tail))),
            (high, np.where(alike, np.nan, _quantile(replicates, given, 1 - tail))),
            (error, np.where(alike, np.nan, spread)),
        ):
            matrix[pairs] = of_pairs
            if is_symmetric(method):
                matrix.T[pairs] = of_pairs
    columns = data.columns
    return Bootstrap(
        value=framed(value, columns),
        n=framed(n, columns),
        low=framed(low, columns),
        high=framed(high, columns),
        error=framed(error, columns),
        resamples=framed(used, columns),
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
