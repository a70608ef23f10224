"""How alike the neighbours in a heatmap are."""

from collections.abc import Hashable, Sequence

import numpy as np

from lib.stats.table import Table, check_names, float_array, is_among, listed, square_of


def neighbour_similarity(r: Table, order: Sequence[Hashable] | None = None) -> float:
    """Mean |r| of neighbours when the columns of a correlation matrix are put in an order.

    How blocky a heatmap looks, as a number. Putting similar columns side by side raises it even
    for noise, so compare it with what the same clustering makes of noise.

    Parameters
    ----------
    r
        k x k, with the same names as index and columns.
    order
        Two or more of these names, each at most once; by default all, as they stand.

    Returns
    -------
    Between 0 and 1; NaN where the r of two neighbours is.

    Raises
    ------
    ValueError
        For names that r does not have, a name twice, and fewer than two.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 1, 2, 1], "c": [4, 3, 1, 2]})
    >>> r = table.corr()
    >>> round(neighbour_similarity(r), 3), round(neighbour_similarity(r, ["b", "a", "c"]), 3)
    (0.224, 0.624)
    """
    r = square_of(r)
    if order is not None:
        check_names("order", order)
    names = list(r.columns if order is None else order)
    known = r.columns.intersection(r.index)
    unknown = [name for name in names if not is_among(name, known)]
    if unknown:
        raise ValueError(f"Not among the names of r: {listed(unknown)}. Correct or leave out.")
    if len(names) < 2 or len(set(names)) < len(names):
        raise ValueError("An order takes at least two columns, and each of them once.")
    ordered = float_array(r.loc[names, names], "r")
    return float(np.abs(np.diagonal(ordered, 1)).mean())
