"""The halves of a square table: in a table of pairs each pair stands twice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd


def on_or_above_diagonal(values: pd.DataFrame) -> pd.DataFrame:
    """True where a cell lies on the diagonal or above it: what a mask hides.

    A ValueError says that the table is not square.

    >>> on_or_above_diagonal(pd.DataFrame(1.0, ["x", "y"], ["x", "y"])).to_numpy().tolist()
    [[True, True], [False, True]]
    """
    _must_be_square(values)
    above = np.triu(np.ones(values.shape, dtype=bool))
    return pd.DataFrame(above, values.index, values.columns)


def below_diagonal(values: pd.DataFrame) -> pd.Series[Any]:
    """Each pair once: the values below the diagonal, row by row, by the names of row and column.

    A ValueError says that the table is not square or has two rows or columns of one name.

    >>> r = pd.DataFrame([[1, 0.5, 0.1], [0.5, 1, 0.2], [0.1, 0.2, 1]], list("xyz"), list("xyz"))
    >>> below_diagonal(r).to_dict()
    {('y', 'x'): 0.5, ('z', 'x'): 0.1, ('z', 'y'): 0.2}
    """
    _must_be_square(values)
    rows, columns = np.tril_indices(len(values), -1)
    # Made of names, the index would look up each of them.
    pairs = pd.MultiIndex(
        levels=[values.index, values.columns],  # type: ignore[list-item] # an index will do
        codes=[rows, columns],  # type: ignore[list-item]
        names=["row", "column"],
    )
    return pd.Series(values.to_numpy()[rows, columns], pairs)


def _must_be_square(values: pd.DataFrame) -> None:
    rows, columns = values.shape
    if rows != columns:
        raise ValueError(f"The table is not square: it has {rows} rows and {columns} columns.")
