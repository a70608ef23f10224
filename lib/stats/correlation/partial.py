"""What is left of each correlation once all other columns are accounted for."""

import numpy as np
import pandas as pd

from lib.stats.correlation.correlations import Correlations
from lib.stats.correlation.pearson import p_of_r
from lib.stats.significance import Adjustment, check_adjustment
from lib.stats.table import (
    Floats,
    Table,
    bounded,
    check_confidence,
    complete_rows,
    constant_columns,
    framed,
    listed,
    numeric_matrix,
    refuse_too_few_rows,
    standardised,
    table_of,
)

# A column of which less than this share of its length is left by the others (a variance
# inflation factor above 1e14) has lost seven digits of its partial correlations, and more.
_LEAST_LENGTH_LEFT = 1e-7
_NEGLIGIBLE_WEIGHT = 1e-3


def partial_correlate(
    data: Table, *, confidence: float = 0.95, adjust: Adjustment = "holm"
) -> Correlations:
    """Correlate every pair of columns given all others.

    The correlation of what is left of two columns when each is regressed on all other columns.
    Two columns that agree only because a third drives both have none left; but a column that both
    of them influence can also create one.

    Only rows without a missing value are used. The partial correlations come from the inverse of
    one correlation matrix, and correlations from different rows may contradict each other: such a
    matrix has no meaningful inverse.

    Parameters
    ----------
    data
        n rows x k columns of numbers or booleans, as for `correlate`, with more complete rows
        than columns. With two columns there is nothing to account for: r is Pearson's.
    confidence
        Coverage of the intervals, between 0 and 1.
    adjust
        How p_adjusted accounts for the number of pairs: see `adjust_p_values`.

    Returns
    -------
    Correlations
        With c = k - 2 columns accounted for, p is from t with n - 2 - c degrees of freedom and
        the interval from Fisher's z with variance 1 / (n - 3 - c); it is NaN where n - 3 - c is
        0. `n` holds the complete rows in every cell. A constant column is NaN throughout; it
        explains nothing and is not counted among the k. The matrix need not be positive
        semidefinite.

    Raises
    ------
    ValueError
        As `correlate`. Also for no more complete rows than columns, and for columns of which one
        follows from the others (a total beside its parts): what is left of it is rounding.

    References
    ----------
    Fisher (1924), Metron 3, 329-332. Whittaker (1990), Graphical Models in Applied Multivariate
    Statistics, Wiley, chapter 5 (the inverse).

    Examples
    --------
    Ice cream and sunburn have the sun in common, and nothing else:

    >>> table = pd.DataFrame(
    ...     {
    ...         "sun": [1, 2, 3, 4, 5, 6, 7, 8],
    ...         "ice": [1, 3, 2, 4, 6, 7, 8, 5],
    ...         "burn": [1, 3, 2, 5, 7, 4, 6, 8],
    ...     }
    ... )
    >>> found = partial_correlate(table)
    >>> print(f"{table['ice'].corr(table['burn']):.3f}, {abs(found.r.loc['ice', 'burn']):.3f}")
    0.714, 0.000
    >>> found.pairs()[["x", "y", "r", "n", "p"]].round(3).head(2)
         x     y      r  n      p
    0  sun  burn  0.677  8  0.095
    1  sun   ice  0.613  8  0.143
    """
    data = table_of(data)
    check_adjustment(adjust)
    check_confidence(confidence)
    values = numeric_matrix(data)
    complete = complete_rows(values)
    varying = ~constant_columns(complete) if len(complete) else np.ones(len(data.columns), bool)
    columns = int(varying.sum())
    refuse_too_few_rows(data, "partial correlations", len(complete), columns)
    r = np.full((len(varying), len(varying)), np.nan)
    r[np.ix_(varying, varying)] = _partial_r(complete[:, varying], data.columns[varying])
    accounted_for = max(columns - 2, 0)
    n = np.full(r.shape, len(complete))
    # What n rows say of a partial correlation, n - c rows say of a plain one.
    p = p_of_r(r, n - accounted_for)
    np.fill_diagonal(p, np.nan)
    return Correlations(
        r=framed(r, data.columns),
        n=framed(n, data.columns),
        p=framed(p, data.columns),
        method="partial",
        adjust=adjust,
        confidence=confidence,
        accounted_for=accounted_for,
    )


def _partial_r(values: Floats, names: "pd.Index[str]") -> Floats:
    """The inverse of the correlation matrix, scaled, by the singular values of the columns.

    The matrix's eigenvalues are their squares, which would leave half of the digits.
    """
    _, lengths, directions = np.linalg.svd(standardised(values, axis=0), full_matrices=False)
    _check_collinear(values, lengths, directions, names)
    root = directions.T / lengths
    inverse = root @ root.T
    scale = np.sqrt(np.diagonal(inverse))
    r = bounded(-inverse / np.outer(scale, scale))
    np.fill_diagonal(r, 1.0)
    return r


def _check_collinear(
    values: Floats, lengths: Floats, directions: Floats, names: "pd.Index[str]"
) -> None:
    """Refuse columns with a combination of (nearly) no length: one follows from the others."""
    scaled = values / np.abs(values).max(axis=0)
    spread = np.sqrt(((scaled - scaled.mean(axis=0)) ** 2).mean(axis=0))
    rounding = np.finfo(np.float64).eps / spread
    nothing_left = lengths < np.maximum(_LEAST_LENGTH_LEFT, np.abs(directions) @ rounding)
    if nothing_left.any():
        weights = np.abs(directions[nothing_left]).max(axis=0)
        involved = listed(names[weights > _NEGLIGIBLE_WEIGHT])
        raise ValueError(
            f"Columns {involved} are collinear: what is left of one, given the others, is "
            "rounding. Leave out one of them."
        )
