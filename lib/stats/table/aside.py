"""A column that says something of the rows, such as their group or their weight."""

from collections.abc import Hashable
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from .arrays import Column
from .frames import side_by_side
from .options import is_among
from .refusals import listed, refuse

NameOrColumn: TypeAlias = "Hashable | Column"


def set_aside(
    data: pd.DataFrame, column: NameOrColumn, called: str
) -> tuple[pd.DataFrame, "pd.Series[Any]"]:
    """The table without a column of it, by name, and that column; or the table and n values.

    The column has the table's row labels. It bears its name, or what it is called.

    Raises
    ------
    ValueError
        For a name that the table does not have or has twice, a number of values other than that
        of the rows, and a Series with other row labels.
    """
    if is_among(column, data.columns) or not pd.api.types.is_list_like(column):
        return _without(data, column, called)
    rows = pd.Series(np.arange(len(data)), index=data.index)
    columns: dict[str, Any] = {called: column, "table": rows}
    return data, side_by_side(**columns)[called].set_axis(data.index)


def _without(data: pd.DataFrame, name: Any, called: str) -> tuple[pd.DataFrame, "pd.Series[Any]"]:
    places = np.flatnonzero([column == name for column in data.columns])
    if not len(places):
        raise ValueError(
            f"The table has no column {name!r} to take the {called} from: choose from "
            f"{listed(data.columns)}, or pass one value a row, such as a column of another table."
        )
    if len(places) > 1:
        refuse([name], "there more than once: give every column a name of its own")
    others = np.arange(len(data.columns)) != places[0]
    return data.loc[:, others], data.iloc[:, places[0]]
