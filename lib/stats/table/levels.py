"""Columns of categories as codes: which of its levels each row has."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from .arrays import Floats, Integers
from .columns import settled
from .kinds import Kind, holds
from .reading import numeric_matrix


def coded(column: "pd.Series[Any]", name: object) -> tuple[Floats, "pd.Index[Any]"]:
    """The position of each row's level among the levels, NaN where missing; and the levels.

    A categorical has its own levels in its own order, with those that no row has. Other values
    are sorted; those that cannot be compared stay in order of appearance.

    Raises
    ------
    ValueError
        For values that cannot be levels: lists, complex numbers and bytes.
    """
    if isinstance(column.dtype, pd.ArrowDtype) and column.dtype.kind == "O":  # a dictionary, say
        column = settled(column)
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, levels = column.cat.codes.to_numpy(), column.cat.categories
    else:
        codes, levels = _factorized(column, name)
    return np.where(codes < 0, np.nan, codes), levels


def coded_table(data: pd.DataFrame, kinds: Sequence[Kind]) -> Floats:
    """The n x k values of a table: numbers as they are, codes of levels, NaN where missing.

    Raises
    ------
    ValueError
        As `numeric_matrix` does.
    """
    columns = {
        position: column.array if kind == "numeric" else coded(column, name)[0]
        for position, ((name, column), kind) in enumerate(zip(data.items(), kinds, strict=True))
    }
    table = pd.DataFrame(columns, index=data.index)
    table.columns = data.columns
    return numeric_matrix(table)


def cross_counted(table: pd.DataFrame) -> tuple[Integers, list["pd.Index[Any]"]]:
    """How many complete rows each combination of levels has, and the levels of each column.

    One dimension a column. Only levels that occur in complete rows count.
    """
    columns = [coded(column, name) for name, column in table.items()]
    codes = np.column_stack([codes for codes, _ in columns])
    codes = codes[~np.isnan(codes).any(axis=1)].astype(np.int64)
    occurring = [np.unique(column, return_inverse=True) for column in codes.T]
    counts = np.zeros([len(positions) for positions, _ in occurring], dtype=np.int64)
    np.add.at(counts, tuple(level for _, level in occurring), 1)
    levels = [
        levels[positions] for (_, levels), (positions, _) in zip(columns, occurring, strict=True)
    ]
    return counts, levels


def _factorized(column: "pd.Series[Any]", name: object) -> tuple[Integers, "pd.Index[Any]"]:
    match holds(column):
        case "complex":
            raise ValueError(
                f"Column {name!r} is complex, and no two of such numbers are in order: take the "
                f"size of each, for example with abs(pd.to_numeric(pd.Series({name})))."
            )
        case "bytes":
            raise ValueError(
                f"Column {name!r} holds bytes: make texts of them, for example with "
                f"pd.Series({name}).str.decode('utf-8')."
            )
    try:
        codes, levels = pd.factorize(column)
    except TypeError:
        raise ValueError(
            f"Column {name!r} has values such as lists, which cannot be levels: "
            f"make texts of them, for example with pd.Series({name}).astype(str)."
        ) from None
    try:
        order = levels.argsort()
    except TypeError:  # text among numbers, say
        return codes, levels
    rank = np.append(np.argsort(order), -1)  # missing values have code -1, and keep it
    return rank[codes], levels[order]
