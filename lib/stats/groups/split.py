"""Tables whose rows belong to groups."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..table import Integers, NameOrColumn, coded, set_aside


@dataclass(frozen=True, eq=False)
class Grouped:
    """The rows of a table that have a group, without the column that says which.

    Row i belongs to the group levels[code[i]]; every level has a row.
    """

    table: pd.DataFrame
    code: Integers
    levels: "pd.Index[Any]"


def grouped(data: pd.DataFrame, groups: NameOrColumn) -> Grouped:
    """Split off what says which group each row belongs to: a column's name, or n values.

    Levels come in a categorical's own order, or sorted.

    Raises
    ------
    ValueError
        For a name that the table does not have or has twice, a number of values other than that
        of the rows, a Series with other row labels, values such as lists, and no row with a
        group.
    """
    table, column = set_aside(data, groups, "groups")
    codes, levels = coded(column, column.name)
    has_group = ~np.isnan(codes)
    if not has_group.any():
        raise ValueError("No row has a group: the groups are all missing. Fill them in.")
    occurring, code = np.unique(codes[has_group], return_inverse=True)
    return Grouped(table[has_group], code, levels[occurring.astype(np.int64)])
