"""Tables whose rows belong to groups."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from lib.stats.table import Column, Integers, coded, listed, refuse, side_by_side

Groups: TypeAlias = "Hashable | Column"


@dataclass(frozen=True, eq=False)
class Grouped:
    """The rows of a table that have a group, without the column that says which.

    Row i belongs to the group levels[code[i]]; every level has a row.
    """

    table: pd.DataFrame
    code: Integers
    levels: "pd.Index[Any]"


def grouped(data: pd.DataFrame, groups: Groups) -> Grouped:
    """Split off what says which group each row belongs to: a column's name, or n values.

    Levels come in a categorical's own order, or sorted.

    Raises
    ------
    ValueError
        For a name that the table does not have or has twice, a number of values other than that
        of the rows, a Series with other row labels, values such as lists, and no row with a
        group.
    """
    if _is_name(groups, data):
        table, column = _without(data, groups)
    else:
        table, column = data, _beside(data, groups)
    codes, levels = coded(column, groups if table is not data else "groups")
    has_group = ~np.isnan(codes)
    if not has_group.any():
        raise ValueError("No row has a group: the groups are all missing. Fill them in.")
    occurring, code = np.unique(codes[has_group], return_inverse=True)
    return Grouped(table[has_group], code, levels[occurring.astype(np.int64)])


def _is_name(groups: Groups, data: pd.DataFrame) -> bool:
    is_column = isinstance(groups, tuple) and groups in data.columns
    return is_column or not pd.api.types.is_list_like(groups)


def _without(data: pd.DataFrame, name: Any) -> tuple[pd.DataFrame, "pd.Series[Any]"]:
    places = np.flatnonzero([column == name for column in data.columns])
    if not len(places):
        raise ValueError(
            f"The table has no column {name!r} to take the groups from: choose from "
            f"{listed(data.columns)}, or pass one group a row."
        )
    if len(places) > 1:
        refuse([name], "there more than once: give every column a name of its own")
    others = np.arange(len(data.columns)) != places[0]
    return data.loc[:, others], data.iloc[:, places[0]]


def _beside(data: pd.DataFrame, groups: Any) -> "pd.Series[Any]":
    rows = pd.Series(np.arange(len(data)), index=data.index)
    return side_by_side(groups=groups, table=rows)["groups"].set_axis(data.index)
