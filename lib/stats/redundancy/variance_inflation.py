"""How much the other columns inflate what is estimated of each."""

import numpy as np
import pandas as pd

from ..correlation import complete_r
from ..streams import Stored, opened, triangle_of
from ..table import (
    Floats,
    Kind,
    Table,
    check_columns,
    coded_table,
    complete_rows,
    constant_columns,
    kinds_of,
    numeric_matrix,
    refuse_too_few_rows,
    standardised,
    table_of,
)

_PURPOSE = "variance inflation factors"
_LARGEST_VIF = 1e14
_AS_GOOD_AS_ZERO = 1e-100  # its square is still a number to divide by


def vif(data: "Table | Stored") -> "pd.Series[float]":
    """How many times the other columns inflate the variance of each column's coefficient.

    1 / (1 - R²), where R² is that of the column regressed on all others and a constant. It sees
    what no single correlation shows: a total may correlate weakly with each of its parts and
    follow from all of them together. In a regression, `data` is its predictors without the target.

    Only rows without a missing value are used.

    Parameters
    ----------
    data
        n rows x k columns of numbers or booleans, as for `correlate`, with more complete rows
        than columns. Or a table that is read in parts, such as `sample` takes.

    Returns
    -------
    A Series with the columns of the table as index, 1 or more. Above 1e14, where float64 cannot
    tell R² from 1, it is inf: the others determine the column. A constant column is NaN, and
    changes nothing for the others.

    Raises
    ------
    ValueError
        For columns that are not numeric or boolean, infinite values, duplicated names, fewer than
        two columns, and no more complete rows than columns.

    References
    ----------
    Marquardt (1970), Technometrics 12, 591-612.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "rooms": [2, 3, 4, 5, 3, 4],
    ...         "area": [40, 65, 80, 90, 60, 85],
    ...         "year": [1950, 1990, 1970, 1960, 2010, 1980],
    ...     }
    ... )
    >>> vif(table).round(1)
    rooms    20.1
    area     20.0
    year      1.3
    Name: vif, dtype: float64
    """
    table, source = opened(data)
    names = table.columns
    if source is not None:
        check_columns(names)
        triangle = triangle_of(source, names.tolist())
        rows, varying = triangle.rows, triangle.varying
        refuse_too_few_rows(pd.Series(triangle.missing, names), _PURPOSE, rows, len(names))
        scores = triangle.scores[:, varying]
    else:
        complete = complete_rows(numeric_matrix(table))
        refuse_too_few_rows(table.isna().sum(), _PURPOSE, *complete.shape)
        rows, varying = len(complete), ~constant_columns(complete)
        scores = standardised(complete[:, varying], axis=0)
    factors = np.full(len(names), np.nan)
    factors[varying] = np.diagonal(_inverse_correlations(scores, rows))
    return pd.Series(np.maximum(factors, 1), index=names, name="vif")


def generalised_vif(data: Table) -> pd.DataFrame:
    """Variance inflation of each column as a whole, where a factor has several coefficients.

    The variance inflation factors of a factor's indicators depend on which of its levels is left
    out. This does not: it is how many times the other columns inflate the squared volume of the
    confidence region of all its coefficients.

    Only rows without a missing value are used.

    Parameters
    ----------
    data
        n rows x k columns: numbers, booleans and dates, and factors, which are categories or text.
        All levels of a factor but one count as a column each, and there must be more complete rows
        than columns.

    Returns
    -------
    A DataFrame with the columns of the table as index:

    - gvif: 1 or more; `vif` for a number. inf where the others determine the column or a part
      of it, NaN where it is constant.
    - df: the coefficients of the column: levels - 1 for a factor, 0 for a constant.
    - scaled: gvif ** (1 / (2 df)), the inflation per coefficient. It compares columns of different
      df; for a number it is the square root of `vif`.

    Raises
    ------
    ValueError
        For columns that are neither numbers nor factors, such as lists, and otherwise as `vif`.

    References
    ----------
    Fox and Monette (1992), Journal of the American Statistical Association 87, 178-183.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "area": [40, 65, 80, 90, 60, 85],
    ...         "kind": ["flat", "flat", "house", "house", "loft", "loft"],
    ...     }
    ... )
    >>> generalised_vif(table).round(2)
          gvif  df  scaled
    area  2.59   1    1.61
    kind  2.59   2    1.27
    """
    data = table_of(data)
    kinds = kinds_of(data)
    numbers = complete_rows(coded_table(data, kinds))
    terms = [_regressors(*term) for term in zip(numbers.T, kinds, strict=True)]
    design = np.concatenate(terms, axis=1)
    refuse_too_few_rows(data.isna().sum(), _PURPOSE, *design.shape)
    varying = ~constant_columns(design)
    used = design[:, varying]
    r = complete_r(used)
    inverse = _inverse_correlations(standardised(used, axis=0), len(used))
    term = np.repeat(np.arange(len(terms)), [part.shape[1] for part in terms])[varying]
    blocks = [np.ix_(term == place, term == place) for place in range(len(terms))]
    gvif = pd.Series([_inflation(r[block], inverse[block]) for block in blocks], data.columns)
    df = pd.Series(np.bincount(term, minlength=len(terms)), data.columns)
    return pd.DataFrame({"gvif": gvif, "df": df, "scaled": gvif ** (0.5 / df.where(df > 0))})


def _inverse_correlations(scores: Floats, rows: int) -> Floats:
    """The inverse of the scores' products; inf on its diagonal where others determine a column.

    By the singular values of the columns: the eigenvalues of the matrix are their squares, and
    would leave half of the digits. A singular value near 0 belongs to a combination of columns
    that (nearly) vanishes, and divides the weights of the columns in it. A column that is not in
    it has a weight by rounding alone, which must not be blown up.
    """
    columns = scores.shape[1]
    if not columns:
        return np.empty((0, 0))
    triangle = np.linalg.qr(scores, mode="r")  # k x k, and as good as all n
    _, lengths, directions = np.linalg.svd(triangle)
    rounding = 10 * max(rows, columns) * np.finfo(np.float64).eps * lengths[0]
    short = lengths < _LARGEST_VIF**-0.5
    tilt = rounding / lengths[~short][-1]  # what rounding does to a direction, by Wedin's theorem
    directions[short] = np.where(np.abs(directions[short]) > tilt, directions[short], 0)
    scaled = directions / np.maximum(lengths, _AS_GOOD_AS_ZERO)[:, np.newaxis]
    inverse: Floats = scaled.T @ scaled
    determined = np.diagonal(inverse) > _LARGEST_VIF
    inverse[determined, determined] = np.inf
    return inverse


def _regressors(numbers: Floats, kind: Kind) -> Floats:
    """A number as it is; of a factor, an indicator of every level in use but the first."""
    if kind == "numeric":
        return numbers[:, np.newaxis]
    in_use = np.unique(numbers)
    return np.equal.outer(numbers, in_use[1:]).astype(np.float64)


def _inflation(r: Floats, inverse: Floats) -> float:
    """det R11 det R22 / det R, from the blocks R11 of R and of its inverse."""
    if not len(r):
        return float("nan")
    if np.isinf(np.diagonal(inverse)).any():
        return float("inf")
    return max(float(np.linalg.det(r) * np.linalg.det(inverse)), 1.0)
