"""Association between two columns, at least one of which holds categories."""

import numpy as np
import pandas as pd

from ..correlation import WeightKind
from ..table import Column, Table, check_flag, coded_table
from .counts import (
    FIRST_BESIDE_SECOND,
    columns_and_weights,
    two_columns,
)
from .groups import explained_by
from .rows import PairRows


def cramers_v(
    x: "Column | None" = None,
    y: "Column | None" = None,
    *,
    table: "Table | None" = None,
    weights: "Column | None" = None,
    weights_are: WeightKind | None = None,
    corrected: bool = True,
) -> float:
    """Cramér's V of two columns of categories: from 0, independent, to 1, one determines another.

    V grows with the number of levels even where there is no association: two independent columns
    of ten levels in 100 rows have a V of about 0.3. The correction takes off what chance gives.

    Parameters
    ----------
    x, y
        n values each, paired by position; rows in which either is missing are left out. Every
        distinct value is a level, numbers too.
    table
        In place of x, y and weights, a table of counts such as pd.crosstab gives: levels of x by
        levels of y, any table of whole numbers from 0 upwards, without totals.
    weights, weights_are
        n numbers, one a row: "frequency", of so many equal rows, or "survey", as
        `associate_categories` has them.
    corrected
        Bergsma's correction of V's bias. Without it, V = sqrt(chi² / (n (k - 1))), where k is the
        smaller number of levels.

    Returns
    -------
    float
        Never with Yates' correction, which belongs to a test and would keep V of identical
        columns below 1. NaN where a column has fewer than two levels. A column of identifiers,
        each row its own level, has V = 1 with every other, corrected 0.

    Raises
    ------
    ValueError
        For columns of different lengths, Series with different row labels, and values such as
        lists, which cannot be levels. For weights that `associate_categories` refuses, and for
        counts that are not numbers, missing, negative or not whole.

    References
    ----------
    Cramér (1946), Mathematical Methods of Statistics, 282. Bergsma (2013), Journal of the Korean
    Statistical Society 42, 323-328.

    Examples
    --------
    >>> hair = ["fair", "fair", "fair", "dark", "dark", "dark", "dark", "red"]
    >>> eyes = ["blue", "blue", "brown", "brown", "brown", "brown", "blue", "blue"]
    >>> cramers_v(hair, eyes)
    0.083
    >>> cramers_v(hair, eyes, corrected=False)
    0.540
    >>> cramers_v(table=pd.crosstab(hair, eyes), corrected=False)
    0.540
    """
    check_flag("corrected", corrected)
    found = two_columns({"x": x, "y": y}, table, weights, weights_are).table
    return float((found.corrected_v if corrected else found.v)[0, 0])


def theils_u(
    x: "Column | None" = None,
    *,
    given: "Column | None" = None,
    table: "Table | None" = None,
    weights: "Column | None" = None,
    weights_are: WeightKind | None = None,
) -> float:
    """Theil's U: the share of x's entropy that knowing `given` removes.

    Not symmetric: the department says more about the outcome of an application than the outcome
    says about the department.

    Parameters
    ----------
    x
        n values, the categories to be told. Every distinct value is a level, numbers too.
    given
        n values, the categories that are known, paired with x by position. Rows in which either
        is missing are left out.
    table
        In place of x, given and weights, a table of counts such as pd.crosstab gives: levels of x
        by levels of `given`, any table of whole numbers from 0 upwards, without totals.
    weights, weights_are
        n numbers, one a row: "frequency", of so many equal rows, or "survey", as
        `associate_categories` has them.

    Returns
    -------
    float
        From 0, where `given` tells nothing about x (always so if it is constant), to 1, where it
        tells x without error. NaN where x is constant: there is nothing to explain. Not corrected
        for chance: a column of identifiers explains everything.

    Raises
    ------
    ValueError
        For columns of different lengths, Series with different row labels, and values such as
        lists, which cannot be levels. For weights that `associate_categories` refuses, and for
        counts that are not numbers, missing, negative or not whole.

    References
    ----------
    Theil (1970), American Journal of Sociology 76, 103-154.

    Examples
    --------
    >>> animal = ["cat", "dog", "hen", "duck"]
    >>> legs = [4, 4, 2, 2]
    >>> theils_u(legs, given=animal), theils_u(animal, given=legs)
    (1.0, 0.5)
    """
    found = two_columns({"x": x, "given": given}, table, weights, weights_are).table
    return float(found.row.u[0, 0])


def correlation_ratio(
    groups: Column,
    values: Column,
    *,
    weights: "Column | None" = None,
    weights_are: WeightKind | None = None,
) -> float:
    """The correlation ratio eta: how far apart the groups' means are, from 0 to 1.

    Its square is the share of the values' variance that the groups explain. With two groups, eta
    is Pearson's |r| of the values with 0 and 1; with more, it takes the place of the r of integer
    codes, which depends on the order in which the groups happen to be numbered.

    Parameters
    ----------
    groups
        n categories. Every distinct value is a group, numbers too.
    values
        n numbers or booleans, paired with the groups by position. Rows in which either is missing
        are left out.
    weights, weights_are
        n numbers, one a row: "frequency", of so many equal rows, or "survey", as `associate` has
        them. Both give the same eta.

    Returns
    -------
    float
        NaN where the values do not vary, or are all in one group. Not corrected for chance:
        groups of one row each explain everything.

    Raises
    ------
    ValueError
        For values that are not numeric or infinite, no rows, columns of different lengths, Series
        with different row labels, groups such as lists, and weights that `associate` refuses.

    References
    ----------
    Pearson (1905), Drapers' Company Research Memoirs, Biometric Series 2. Fisher (1925),
    Statistical Methods for Research Workers, section 45.

    Examples
    --------
    >>> correlation_ratio(["a", "a", "b", "b", "c", "c"], [1, 2, 5, 6, 1, 2])
    0.966
    """
    data, weighting = columns_and_weights(
        {"groups": groups, "values": values}, weights, weights_are
    )
    numbers = coded_table(data, ["nominal", "numeric"])
    n = PairRows.of(numbers, FIRST_BESIDE_SECOND, weighting).that_count[0]
    return float(explained_by(numbers[:, :1], numbers[:, 1:], n, weighting).eta[0])


def adjusted_residuals(
    x: "Column | None" = None,
    y: "Column | None" = None,
    *,
    table: "Table | None" = None,
    weights: "Column | None" = None,
    weights_are: WeightKind | None = None,
) -> pd.DataFrame:
    """Which cells of a contingency table hold more or fewer rows than independence expects.

    Parameters
    ----------
    x, y
        n values each, paired by position; rows in which either is missing are left out. Every
        distinct value is a level, numbers too.
    table
        In place of x, y and weights, a table of counts such as pd.crosstab gives: levels of x by
        levels of y, any table of whole numbers from 0 upwards, without totals.
    weights, weights_are
        n numbers, one a row: "frequency", of so many equal rows, or "survey", which takes the
        weighted shares as those of Kish's effective number of rows: see `associate_categories`.

    Returns
    -------
    DataFrame
        The levels of x by the levels of y, those that occur, in a categorical's own order or
        sorted, or in the table's order: (observed - expected) / its standard error. If x and y are
        independent, each is about standard normal in a large table, so that beyond 2 or 3 in size
        is worth a look. NaN where x or y has one level only.

    Raises
    ------
    ValueError
        For columns of different lengths, Series with different row labels, and values such as
        lists, which cannot be levels. For weights that `associate_categories` refuses, and for
        counts that are not numbers, missing, negative or not whole.

    References
    ----------
    Haberman (1973), Biometrics 29, 205-220.

    Examples
    --------
    >>> hair = pd.Series(["fair"] * 30 + ["dark"] * 30, name="hair")
    >>> eyes = pd.Series(["blue"] * 20 + ["brown"] * 32 + ["blue"] * 8, name="eyes")
    >>> adjusted_residuals(hair, eyes).round(2)
    eyes  blue  brown
    hair
    dark  -3.1    3.1
    fair   3.1   -3.1
    """
    counts = two_columns({"x": x, "y": y}, table, weights, weights_are).counts
    observed = counts.to_numpy()
    n = observed.sum()
    row_totals, column_totals = observed.sum(axis=1, keepdims=True), observed.sum(axis=0)
    expected = row_totals * column_totals / n
    variance = expected * (1 - row_totals / n) * (1 - column_totals / n)
    return pd.DataFrame(
        (observed - expected) / np.sqrt(np.where(variance > 0, variance, np.nan)),
        index=counts.index,
        columns=counts.columns,
    )
