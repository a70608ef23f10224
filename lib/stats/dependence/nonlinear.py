"""Dependence of any shape: what a correlation of nearly zero may hide."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd
from scipy import special

from ..resampling import sizes
from ..significance import Adjustment, adjusted
from ..table import (
    Booleans,
    Floats,
    Integers,
    Missing,
    Table,
    check_choice,
    check_flag,
    check_whole,
    constant_columns,
    framed,
    generator_of,
    is_discrete,
    numeric_matrix,
    pairs_table,
    rows_to_use,
    shared_rows,
    table_of,
)
from .distance import DistanceCorrelation
from .information import MutualInformation, Normalised

DependenceMeasure: TypeAlias = Literal[
    "distance correlation",
    "bias-corrected distance correlation",
    "mutual information",
    "normalised mutual information",
]
DistanceTest: TypeAlias = Literal["chi-square", "t"]
Estimate: TypeAlias = Callable[[Integers, Integers, Integers], Floats]

_FEWEST_ROWS, _FEWEST_ROWS_TO_CORRECT = 3, 4
_FLOOR = 95
# Shuffles that would give the same value if there were no rounding count as equal.
_ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Dependences:
    """What `distance_correlate` and `mutual_information` found, pair by pair.

    All but the last three are k x k frames whose index and columns are the table's columns.

    Attributes
    ----------
    value
        The measure, symmetric; 0 or more, but for the bias-corrected distance correlation. See the
        function for the diagonal.
    n
        Rows that each pair shares; on the diagonal, the values of each column.
    p
        p-values from shuffles, each as if its pair were the only one tested. NaN on the diagonal
        and without shuffles; bias-corrected distance correlations have a test without them.
    p_adjusted
        The same, adjusted for the number of pairs that have a p-value.
    floor
        The 95th percentile of the measure over the shuffles: what the same numbers reach without
        any dependence. NaN on the diagonal and without shuffles.
    chance
        The mean of the measure over the shuffles.
    measure, shuffles, adjust
        What was asked for.
    """

    value: pd.DataFrame
    n: pd.DataFrame
    p: pd.DataFrame
    p_adjusted: pd.DataFrame
    floor: pd.DataFrame
    chance: pd.DataFrame
    measure: DependenceMeasure
    shuffles: int
    adjust: Adjustment

    def pairs(self) -> pd.DataFrame:
        """One row a pair, strongest first: x, y, value, n, p, p_adjusted, floor.

        All k (k - 1) / 2 pairs, x before y as in the table. Equal values keep the table's order;
        pairs without a value come last.
        """
        names = ("value", "n", "p", "p_adjusted", "floor")
        return pairs_table({name: getattr(self, name) for name in names}, strongest="value")


def distance_correlate(
    data: Table,
    *,
    corrected: bool = False,
    test: DistanceTest = "chi-square",
    shuffles: int = 0,
    seed: int = 0,
    adjust: Adjustment = "holm",
    missing: Missing = "pairwise",
) -> Dependences:
    """Measure how far every pair of columns is from independence, by distances between rows.

    Rows that are close in one column are close in the other: that is dependence, of whatever
    shape. The measure is 0 for independent columns and for no others, and 1 for a straight line.
    This holds of the population; from a sample it is never 0, and the larger the fewer the rows
    (independent normal columns: about .3 at 30 rows, .1 at 300). Shuffles say what it reaches by
    chance. The corrected measure, which estimates its square, is 0 on average where there is no
    dependence, at any number of rows, and has a test without shuffles.

    Parameters
    ----------
    data
        n rows x k columns of numbers or booleans, as for `correlate`. Each pair costs n log n
        steps and no n x n distances.
    corrected
        Whether to correct the bias, as Székely and Rizzo do: an estimate of the *squared* distance
        correlation, which is below 0 where chance has it, and needs 4 rows.
    test
        Where p of the corrected measure comes from without shuffles; it is one-sided. "chi-square":
        n times the value plus 1, beside a chi-square with 1 degree of freedom. "t": Székely and
        Rizzo's, as R's energy and dcor have it; it was made for rows of many dimensions, and of
        single columns it rejects too often, the more the smaller p is. Of 2340 or more independent
        normal pairs were rejected

        ========  ==========  ====  ====  ====
        test      chi-square        t
        --------  ----------------  ----------
        level     .05         .01   .05   .01
        ========  ==========  ====  ====  ====
        10 rows   .078        .011  .078  .039
        20 rows   .058        .007  .061  .032
        50 rows   .049        .010  .069  .038
        200 rows  .047        .010  .072  .042
        ========  ==========  ====  ====  ====

        Below 20 rows use shuffles.
    shuffles
        How often to shuffle every column on its own. 0 gives no floor, and no p but that of `test`.
        With m pairs, adjusted p-values below alpha need about m / alpha shuffles.
    seed
        Of the shuffles.
    adjust
        How p_adjusted accounts for the number of pairs: see `adjust_p_values`.
    missing
        "pairwise": each pair uses the rows in which both columns have a value. "complete": rows
        without any missing value only.

    Returns
    -------
    Dependences
        Values from 0 to 1, corrected from -1 to 1; the diagonal is 1. With S shuffles, of which b
        reach the value, p = (1 + b) / (1 + S). NaN for a column that is constant in the rows
        shared, which has shown neither dependence nor independence, and for fewer than 3 rows;
        corrected for fewer than 4, and for a column in which a single value differs from all
        others, since one row says nothing of dependence.

    Raises
    ------
    ValueError
        As `correlate`; for negative shuffles, an unknown choice for missing or test, and no
        complete row where complete rows are asked for.

    References
    ----------
    Székely, Rizzo and Bakirov (2007), Annals of Statistics 35, 2769-2794: the sample distance
    correlation. Chaudhuri and Hu (2019), Computational Statistics and Data Analysis 135, 15-24
    (by sorting and halving). Székely and Rizzo (2013), Journal of Multivariate Analysis 117,
    193-213: the correction and its t test. Shen, Panda and Vogelstein (2022), Journal of
    Computational and Graphical Statistics 31, 254-262: the chi-square test.

    Examples
    --------
    A parabola has r = 0, but no independence:

    >>> table = pd.DataFrame({"x": [-2, -1, 0, 1, 2], "y": [4, 1, 0, 1, 4]})
    >>> distance_correlate(table).value
           x      y
    x  1.000  0.515
    y  0.515  1.000

    Of unrelated columns the corrected measure is about 0:

    >>> noise = pd.DataFrame(np.random.default_rng(1).normal(size=(30, 2)), columns=["x", "y"])
    >>> distance_correlate(noise).pairs()[["value", "p"]].round(2)
       value    p
    0   0.36  NaN
    >>> distance_correlate(noise, corrected=True).pairs()[["value", "p"]].round(2)
       value    p
    0  -0.02  0.5
    """
    data = table_of(data)
    check_choice("test", test, get_args(DistanceTest))
    check_flag("corrected", corrected)
    values = rows_to_use(numeric_matrix(data), missing)

    def estimate(rows: Booleans, columns: Integers) -> Estimate:
        return DistanceCorrelation(values[np.ix_(rows, columns)], corrected=corrected)

    fewest = _FEWEST_ROWS_TO_CORRECT if corrected else _FEWEST_ROWS
    found = _estimated(values, estimate, shuffles, seed, fewest)
    if corrected and not shuffles:
        found.p[:] = _p_of_corrected(found.value, shared_rows(values), test)
    varying = ~constant_columns(values) & ((~np.isnan(values)).sum(axis=0) >= fewest)
    np.fill_diagonal(found.value, np.where(varying, 1.0, np.nan))
    measure: DependenceMeasure = (
        "bias-corrected distance correlation" if corrected else "distance correlation"
    )
    return found.framed(data.columns, values, measure, adjust)


def _p_of_corrected(value: Floats, n: Integers, test: DistanceTest) -> Floats:
    """One-sided p of bias-corrected distance correlations."""
    if test == "chi-square":
        return np.asarray(special.chdtrc(1, np.maximum(n * value + 1, 0.0)))
    freedom = np.where(np.isnan(value), np.nan, n * (n - 3) / 2 - 1)
    with np.errstate(divide="ignore"):  # a value of 1 is infinitely far out
        t = value * np.sqrt(freedom / ((1 - value) * (1 + value)))
    return np.asarray(special.stdtr(freedom, -t))


def mutual_information(
    data: Table,
    *,
    normalised: bool = False,
    neighbours: int = 3,
    shuffles: int = 0,
    seed: int = 0,
    adjust: Adjustment = "holm",
    missing: Missing = "pairwise",
) -> Dependences:
    """Estimate how much every pair of columns says about each other, in nats.

    0 for independent columns and for no others; without an upper end. A normal pair with
    correlation r has -log(1 - r²) / 2: .14 at r = .5, .83 at r = .9. Estimates of independent
    columns scatter above 0, the more the fewer the rows: read a value beside its floor.

    Normalised, it lies between 0 and 1, and so does its floor:

    - of two continuous columns sqrt(1 - exp(-2 I)), which is |r| of a normal pair;
    - with a discrete column I / H, where H is its entropy, the smaller one of two: the share of
      what there is to know of it that the other column tells. It is 1 where one of the two follows
      from the other, as a country does from its towns; divided by the mean of both entropies it
      would not be. Of two discrete columns it is the larger one of both Theil's U. Identifiers tell
      all of any other column, as the floor shows.

    Parameters
    ----------
    data
        n rows x k columns. Numbers are continuous; strings, categories and booleans are discrete
        and have no order. Whole numbers that are codes or few belong in a category:
        data.astype({"month": "category"}).
    normalised
        Whether values lie between 0 and 1 instead of being nats.
    neighbours
        Nearest neighbours that the estimates of continuous columns look at, at least 1. More vary
        less and miss finer structure.
    shuffles
        How often to shuffle every column on its own. 0 gives no p and no floor. With m pairs,
        adjusted p-values below alpha need about m / alpha shuffles.
    seed
        Of the shuffles, and of the noise that breaks ties of continuous values (of size 1e-10,
        where the standard deviation is 1).
    adjust
        How p_adjusted accounts for the number of pairs: see `adjust_p_values`.
    missing
        "pairwise": each pair uses the rows in which both columns have a value. "complete": rows
        without any missing value only.

    Returns
    -------
    Dependences
        Two continuous columns: the estimate of Kraskov and others by nearest neighbours; a
        discrete and a continuous one: Ross's; two discrete ones: from the shares in their table of
        counts. Estimates below 0 are 0. With S shuffles, of which b reach the value,
        p = (1 + b) / (1 + S).

        NaN on the diagonal, since what a continuous column says about itself has no end; for a
        column that is constant in the rows shared; for fewer than 3 rows, no more rows than
        neighbours, and beside a continuous column one in which no value is there twice. Two
        discrete columns of many values seem to share much even if independent, as the floor shows.

    Raises
    ------
    ValueError
        For columns that are neither numeric nor discrete (complex numbers, mixed objects), infinite
        values, duplicated
        names, fewer than two columns, no rows, fewer than 1 neighbour, negative shuffles, an
        unknown choice for missing, and no complete row where complete rows are asked for.

    References
    ----------
    Kraskov, Stögbauer and Grassberger (2004), Physical Review E 69, 066138 (the first of their
    estimates, as in scikit-learn). Ross (2014), PLoS ONE 9, e87357. Normalised: Linfoot (1957),
    Information and Control 1, 85-89; Joe (1989), Journal of the American Statistical Association
    84, 157-164.

    Examples
    --------
    >>> table = pd.DataFrame({"coin": list("hthththt"), "same": list("hthththt")})
    >>> mutual_information(table.assign(other=list("hhtthhtt"))).value
            coin   same  other
    coin     NaN  0.693    0.0
    same   0.693    NaN    0.0
    other    0.0    0.0    NaN

    Normal columns with r = .6:

    >>> x, noise = np.random.default_rng(0).normal(size=(2, 1000))
    >>> table = pd.DataFrame({"x": x, "y": 0.6 * x + 0.8 * noise})
    >>> found = mutual_information(table, normalised=True, shuffles=50)
    >>> found.pairs()[["value", "floor"]].round(2)
       value  floor
    0    0.6   0.26
    >>> found.chance.round(2)
          x     y
    x   NaN  0.09
    y  0.09   NaN
    """
    data = table_of(data)
    check_whole("neighbours", neighbours, 1, "look at 1 at least")
    check_flag("normalised", normalised)
    discrete = np.array([is_discrete(column) for _, column in data.items()], dtype=np.bool_)
    values = rows_to_use(numeric_matrix(_coded(data, discrete)), missing)
    noise = generator_of(seed).standard_normal(values.shape)

    def estimate(rows: Booleans, columns: Integers) -> Estimate:
        cells = np.ix_(rows, columns)
        found = MutualInformation(values[cells], discrete[columns], noise[cells], neighbours)
        return Normalised(found, values[cells], discrete[columns]) if normalised else found

    found = _estimated(values, estimate, shuffles, seed)
    measure: DependenceMeasure = (
        "normalised mutual information" if normalised else "mutual information"
    )
    return found.framed(data.columns, values, measure, adjust)


@dataclass(frozen=True, eq=False)
class _Estimates:
    value: Floats
    p: Floats
    floor: Floats
    chance: Floats
    shuffles: int

    def framed(
        self,
        columns: "pd.Index[str]",
        values: Floats,
        measure: DependenceMeasure,
        adjust: Adjustment,
    ) -> Dependences:
        return Dependences(
            value=framed(self.value, columns),
            n=framed(shared_rows(values), columns),
            p=framed(self.p, columns),
            p_adjusted=adjusted(framed(self.p, columns), adjust),
            floor=framed(self.floor, columns),
            chance=framed(self.chance, columns),
            measure=measure,
            shuffles=self.shuffles,
            adjust=adjust,
        )


def _estimated(
    values: Floats,
    estimator: Callable[[Booleans, Integers], Estimate],
    shuffles: int,
    seed: int,
    fewest_rows: int = _FEWEST_ROWS,
) -> _Estimates:
    check_whole("shuffles", shuffles, 0, "choose 0 or more")
    generator = generator_of(seed)
    count = values.shape[1]
    value, p, floor, chance = (np.full((count, count), np.nan) for _ in range(4))
    for rows, columns, first, second in groups_of_rows(values, fewest_rows):
        estimate = estimator(rows, columns)
        as_they_are = np.tile(np.arange(rows.sum()), (1, len(columns), 1))
        observed = estimate(as_they_are, first, second)[0]
        pairs = columns[first], columns[second]
        value[pairs] = value.T[pairs] = observed
        if shuffles:
            shuffled = (
                generator.permuted(np.repeat(as_they_are, size, axis=0), axis=2)
                for size in sizes(shuffles, as_they_are.size)
            )
            null = np.concatenate([estimate(orders, first, second) for orders in shuffled])
            reached = (null >= observed - _ROUNDING).sum(axis=0)
            shares = np.where(np.isnan(observed), np.nan, (1 + reached) / (1 + shuffles))
            p[pairs] = p.T[pairs] = shares
            floor[pairs] = floor.T[pairs] = np.percentile(null, _FLOOR, axis=0)
            chance[pairs] = chance.T[pairs] = null.mean(axis=0)
    return _Estimates(value, p, floor, chance, shuffles)


def groups_of_rows(
    values: Floats, fewest_rows: int = _FEWEST_ROWS
) -> Iterator[tuple[Booleans, Integers, Integers, Integers]]:
    """Which rows to use for which pairs of columns: one group, if no value is missing.

    Yields rows, columns that vary in them, and the pairs as places among those columns.
    """
    present = ~np.isnan(values)
    gaps = [column.tobytes() for column in present.T]
    pattern = np.array([gaps.index(column) for column in gaps])  # the first column with the same
    for one, other in combinations_with_replacement(np.unique(pattern), 2):
        rows = present[:, one] & present[:, other]
        if rows.sum() < fewest_rows:
            continue
        columns = np.flatnonzero((pattern == one) | (pattern == other))
        columns = columns[~constant_columns(values[np.ix_(rows, columns)])]
        first, second = np.triu_indices(len(columns), 1)
        if one != other:
            differ = pattern[columns[first]] != pattern[columns[second]]
            first, second = first[differ], second[differ]
        if len(first):
            yield rows, columns, first, second


def _coded(data: pd.DataFrame, discrete: Booleans) -> pd.DataFrame:
    """The table with 0, 1, ... for the values of discrete columns."""
    columns = {
        place: _codes(column) if is_discrete else column
        for place, ((_, column), is_discrete) in enumerate(zip(data.items(), discrete, strict=True))
    }
    return pd.DataFrame(columns, index=data.index).set_axis(data.columns, axis=1)


def _codes(column: "pd.Series[Any]") -> "pd.Series[float]":
    codes = pd.Series(pd.factorize(column)[0], index=column.index, dtype=np.float64)
    return codes.where(codes >= 0)
