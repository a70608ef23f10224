"""Columns as ordered levels, and the tables of counts that pairs of them make."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd

from ..table import (
    Floats,
    Integers,
    Kind,
    as_list,
    coded,
    coded_table,
    dropped,
    is_discrete,
    kinds_of,
    plain,
    refuse,
)

_MOST_LEVELS = 100

TablesOfColumn: TypeAlias = tuple[int, Integers, Integers]


def kinds_with_order(data: pd.DataFrame) -> list[Kind]:
    """What the columns are: "ordinal" for ordered categories and booleans, else "numeric".

    Raises
    ------
    ValueError
        For columns whose values have no order.
    """
    kinds = kinds_of(data)
    unordered = [name for name, kind in zip(data, kinds, strict=True) if kind == "nominal"]
    if unordered:
        first = data.iloc[:, kinds.index("nominal")]
        _, levels = coded(first, first.name)
        refuse(
            unordered,
            "without an order: say which it is, lowest first, for example with "
            f"data[{plain(first.name)!r}].astype(pd.CategoricalDtype("
            f"{as_list(levels.tolist(), 'levels')}, ordered=True)) if that is the order, compare "
            f"without one by associate_categories, or leave out with {dropped(unordered)}",
        )
    return ["ordinal" if is_discrete(column) else "numeric" for _, column in data.items()]


def values_in_order(data: pd.DataFrame, kinds: Sequence[Kind], as_levels: Sequence[bool]) -> Floats:
    """The n x k values, NaN where missing: of some columns the places of the levels that occur.

    Raises
    ------
    ValueError
        As `coded_table`. For columns of more than 100 levels among those.
    """
    values = coded_table(data, kinds).copy()
    crowded = []
    for place, name in enumerate(data):
        if as_levels[place]:
            values[:, place], levels = _places(values[:, place])
            if levels > _MOST_LEVELS:
                crowded.append(name)
    refuse(
        crowded,
        f"of more than {_MOST_LEVELS} levels: cut it into a few, for example with "
        "pd.qcut(column, 5), or use correlate(data, 'kendall'), which takes any number of them",
    )
    return values


def tables_of_pairs(levels: Floats) -> Iterator[TablesOfColumn]:
    """Of each column, its number, those of itself and all later columns, and their tables.

    From n x k places of levels, NaN where missing. Each table has the column's levels in its rows
    and as many rows and columns as the column with the most levels needs; it counts the rows of
    data that both columns have.
    """
    most = int(np.fmax.reduce(levels, axis=None, initial=0)) + 1
    for first in range(levels.shape[1]):
        later = np.arange(first, levels.shape[1])
        cells = levels[:, [first]] * most + levels[:, later]
        cells += most**2 * np.arange(len(later))
        occupied = cells[~np.isnan(cells)].astype(np.int64)
        counts = np.bincount(occupied, minlength=most**2 * len(later))
        yield first, later, counts.reshape(len(later), most, most)


def _places(column: Floats) -> tuple[Floats, int]:
    """The place of each value among those that occur, NaN where missing; how many occur."""
    present = ~np.isnan(column)
    occurring, places = np.unique(column[present], return_inverse=True)
    found = np.full(len(column), np.nan)
    found[present] = places
    return found, len(occurring)
