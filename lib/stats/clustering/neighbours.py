"""How alike the neighbours in a heatmap are."""

from collections.abc import Hashable, Sequence
from typing import NoReturn

import numpy as np
import pandas as pd

from ..table import Table, check_names, float_array, is_among, listed, square_of

_ROUNDING = 1e-8


def neighbour_similarity(r: Table, order: Sequence[Hashable] | None = None) -> float:
    """Mean |r| of neighbours when the columns of a correlation matrix are put in an order.

    How blocky a heatmap looks, as a number. Putting similar columns side by side raises it even
    for noise, so compare it with what the same clustering makes of noise.

    Parameters
    ----------
    r
        k x k correlations, or another measure of pairs from 0 to 1, with the same names as index
        and columns.
    order
        Two or more of these names, each at most once; by default all, as they stand.

    Returns
    -------
    Between 0 and 1; NaN where the r of two neighbours is.

    Raises
    ------
    ValueError
        For what is no such matrix: rows that are not the columns, or values that are not
        symmetric, beyond 1 in size or other than 1 on the diagonal. For names that r does not
        have, a name twice, and fewer than two.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 1, 2, 1], "c": [4, 3, 1, 2]})
    >>> r = table.corr()
    >>> round(neighbour_similarity(r), 3), round(neighbour_similarity(r, ["b", "a", "c"]), 3)
    (0.224, 0.624)
    """
    r = _matrix_of(r)
    if order is not None:
        check_names("order", order)
    names = list(r.columns if order is None else order)
    unknown = [name for name in names if not is_among(name, r.columns)]
    if unknown:
        raise ValueError(f"Not among the names of r: {listed(unknown)}. Correct or leave out.")
    if len(names) < 2 or len(set(names)) < len(names):
        raise ValueError("An order takes at least two columns, and each of them once.")
    return float(np.abs(np.diagonal(r.loc[names, names], 1)).mean())


def _matrix_of(r: Table) -> pd.DataFrame:
    """Correlations of columns with each other, or ValueError for what cannot be that."""
    square = square_of(r)
    names = square.columns
    if not (names.is_unique and len(square) == len(names) and names.isin(square.index).all()):
        _refuse("its rows are not named as its columns are, each once")
    values = float_array(square.loc[names], "r")
    if (np.abs(values) > 1 + _ROUNDING).any():
        _refuse("it has values beyond 1")
    if (np.abs(values - values.T) > _ROUNDING).any():
        _refuse("it is not symmetric")
    if (np.abs(np.diagonal(values) - 1) > _ROUNDING).any():
        _refuse("its diagonal is not 1")
    return pd.DataFrame(values, names, names)


def _refuse(reason: str) -> NoReturn:
    raise ValueError(
        f"r is no matrix of correlations, since {reason}: pass that of a table, such as "
        "correlate(data).r."
    )
