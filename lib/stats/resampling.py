"""What chance alone does to correlations: by permuting rows, and by drawing them again."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, Literal, TypeAlias, TypeVar, get_args, overload

import numpy as np
import pandas as pd
from scipy import special

from lib.stats._bootstrap import drawn_counts, pearson_replicates, spearman_replicates
from lib.stats._draws import orders_or_all
from lib.stats._pairs import pairs_table
from lib.stats._pearson import bounded
from lib.stats._permuted import columns_shuffled, exceedances, unit_columns
from lib.stats._symmetric import framed
from lib.stats._table import Column, Floats, Integers, numeric_matrix, side_by_side
from lib.stats.correlation import correlate

ResamplingMethod: TypeAlias = Literal["pearson", "spearman"]
Shape = TypeVar("Shape", "pd.Series[float]", pd.DataFrame)

_FEWEST_ROWS = 3
_REPLICATES = {"pearson": pearson_replicates, "spearman": spearman_replicates}


@dataclass(frozen=True, eq=False)
class PermutationTest:
    """What `permutation_test` found.

    Attributes
    ----------
    r
        The coefficient of the rows as they are.
    p
        The share of orders that bring |r| at least as far from 0.
    n
        Rows in which both columns have a value.
    null
        The coefficients of the orders drawn, or of all orders.
    exact
        Whether all orders were tried.
    method
        What was asked for.
    """

    r: float
    p: float
    n: int
    null: Floats
    exact: bool
    method: ResamplingMethod


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
    largest: Floats
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
        strongest_first = np.argsort(-table["r"].abs().to_numpy(), kind="stable")
        return table.iloc[strongest_first].reset_index(drop=True)


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


def permutation_test(
    x: Column,
    y: Column,
    *,
    method: ResamplingMethod = "pearson",
    permutations: int = 9999,
    seed: int = 0,
) -> PermutationTest:
    """Test one correlation against the orders that chance could have given.

    If x and y have nothing to do with each other, each order of y is as likely as the one seen.
    That is all that the test assumes, and what it tests: a small p may also come from dependence
    without a trend, such as a spread of y that grows with the distance of x from its mean. The t
    test's p needs one of them to be normal, too, which matters where a few rows decide.

    Parameters
    ----------
    x, y
        n numbers or booleans each, in the same order of rows. Rows in which one is missing are
        left out.
    method
        "pearson": r. "spearman": r of the ranks, mean ranks for ties.
    permutations
        Orders to draw, at least 1. Where there are no more orders than permutations + 1 (the one
        seen counts), all of them are tried.
    seed
        Of the draws.

    Returns
    -------
    PermutationTest
        With B orders drawn, of which b bring |r| at least as far from 0, p = (1 + b) / (1 + B):
        never 0, since the order seen is one of those that chance could have given. With all
        orders p is their share, exactly. An |r| that falls short by no more than rounding (1e-12)
        counts as equal.

    Raises
    ------
    ValueError
        For columns of different lengths, Series with different row labels, columns that are not
        numeric or boolean, infinite values; for fewer than 3 rows shared, a column that is
        constant in them, an unknown method and fewer than 1 permutation.

    References
    ----------
    Fisher (1935), The Design of Experiments, section 21. Pitman (1937), Supplement to the Journal
    of the Royal Statistical Society 4, 225-232. Phipson and Smyth (2010), Statistical Applications
    in Genetics and Molecular Biology 9, 39 (p is never 0).

    Examples
    --------
    Of the 24 orders of y, 8 bring |r| to 0.8 or beyond.

    >>> found = permutation_test([1, 2, 3, 4], [1, 3, 2, 4])
    >>> found.r, found.p, found.exact, len(found.null)
    (0.8, 0.333, True, 24)
    """
    _check_choices(method, permutations=permutations)
    values = numeric_matrix(side_by_side(x=x, y=y))
    shared = values[~np.isnan(values).any(axis=1)]
    rows = len(shared)
    if rows < _FEWEST_ROWS:
        raise ValueError(f"x and y share {rows} rows with a value in both: at least 3 are needed.")
    columns = unit_columns(shared, method)
    for name, column in zip("xy", columns.T, strict=True):
        if np.isnan(column).any():
            raise ValueError(f"{name} is constant in the rows shared: it has no correlation.")
    unmoved, moved = columns.T
    drawn, exact = orders_or_all(rows, permutations, seed)
    null = bounded(np.concatenate([moved[some] @ unmoved for some in drawn]))
    r = bounded(unmoved @ moved)
    reached = exceedances(np.array([r]), [null[:, np.newaxis]]).alone
    return PermutationTest(
        r=float(r),
        p=float(_share(reached, len(null), exact)[0]),
        n=rows,
        null=null,
        exact=exact,
        method=method,
    )


@overload  # None can be hashed as well, but is no target
def max_t(  # type: ignore[overload-overlap]
    data: pd.DataFrame,
    target: None = None,
    *,
    method: ResamplingMethod = "pearson",
    permutations: int = 9999,
    seed: int = 0,
) -> MaxT[pd.DataFrame]: ...
@overload
def max_t(
    data: pd.DataFrame,
    target: Hashable,
    *,
    method: ResamplingMethod = "pearson",
    permutations: int = 9999,
    seed: int = 0,
) -> "MaxT[pd.Series[float]]": ...
def max_t(
    data: pd.DataFrame,
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
    _check_choices(method, permutations=permutations)
    values = numeric_matrix(data)
    complete = values[~np.isnan(values).any(axis=1)]
    if len(complete) < _FEWEST_ROWS:
        raise ValueError(
            f"The table has {len(complete)} complete rows: at least 3 are needed. Leave out the "
            "columns with most missing values."
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
        p=matrix(_share(found.alone, permutations, exact=False), np.nan),
        p_adjusted=matrix(_share(found.step_down, permutations, exact=False), np.nan),
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
    if target not in columns.columns:
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
        p=series(_share(found.alone, draws, exact)),
        p_adjusted=series(_share(found.step_down, draws, exact)),
        largest=found.largest,
        exact=exact,
        target=target,
        method=method,
    )


def bootstrap(
    data: pd.DataFrame,
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
    _check_choices(method, resamples=resamples)
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


def _share(reached: Integers, draws: int, exact: bool) -> Floats:
    """p: of orders drawn, with the one seen, which is not among them; or of all orders."""
    return reached / draws if exact else (1 + reached) / (1 + draws)


def _check_choices(method: str, **draws: int) -> None:
    if method not in get_args(ResamplingMethod):
        known = ", ".join(get_args(ResamplingMethod))
        raise ValueError(f"Unknown method {method!r}: choose from {known}.")
    for name, number in draws.items():
        if number < 1:
            raise ValueError(f"{name} is {number}: draw at least 1.")
