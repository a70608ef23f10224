"""Columns dropped one by one, until no two of those kept say nearly the same."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..correlation import rows_of_r
from ..table import (
    Table,
    check_names,
    check_number,
    is_among,
    listed,
    numeric_matrix,
    table_of,
)

_ROUNDING = 1e-13  # by which an r equal to the threshold may seem above it
_LEAST_ROWS = 3


@dataclass(frozen=True, eq=False)
class Pruning:
    """What `prune` left of a table.

    Attributes
    ----------
    kept
        Names of the columns that stay, in the order of the table.
    dropped
        One row a column that goes, in the order in which they went. column; because_of, of the
        columns kept by then the one that it correlates with most strongly; r, that correlation.
    """

    kept: list[Any]
    dropped: pd.DataFrame


def prune(data: Table, threshold: float = 0.8, *, priority: Sequence[Hashable] = ()) -> Pruning:
    """Drop every column that correlates too strongly with one that is already kept.

    Columns are considered one after the other, so what is kept depends on their order: the same
    table backwards may keep others, and another number of them. And that no pair is left above
    the threshold does not mean that no column follows from several others: see `vif`.

    Parameters
    ----------
    data
        n rows x k columns of numbers or booleans, as for `correlate`.
    threshold
        From 0 to 1. A column goes if its |r| with a kept one is larger: Pearson's, over the rows
        that the two share. A pair without r, such as any with a constant column, is no reason.
    priority
        Columns to consider first, in this order. The others follow in the order of the table.

    Returns
    -------
    Pruning
        Of the columns kept, no two have an |r| above the threshold.

    Raises
    ------
    ValueError
        As `correlate`. For a threshold outside [0, 1], and for names in priority that the table
        does not have or that are there twice.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "metres": [1, 3, 2, 5, 4],
    ...         "feet": [3.3, 9.8, 6.6, 16.4, 13.1],
    ...         "price": [3, 2, 6, 5, 9],
    ...     }
    ... )
    >>> pruned = prune(table)
    >>> pruned.kept
    ['metres', 'price']
    >>> pruned.dropped.round(3)
      column because_of    r
    0   feet     metres  1.0
    >>> prune(table, priority=["feet"]).kept
    ['feet', 'price']
    """
    data = table_of(data)
    check_number("threshold", threshold, "choose a size of r, from 0 to 1")
    if not 0 <= threshold <= 1:
        raise ValueError(f"threshold is {threshold}: choose a size of r, from 0 to 1.")
    values = numeric_matrix(data)
    order = _considered(data.columns, priority)
    names = data.columns[order]
    kept: list[int] = []
    dropped = []
    for some, r in rows_of_r(values[:, order], _LEAST_ROWS):
        for place, of_column in enumerate(r, some.start):
            strengths = np.nan_to_num(np.abs(of_column[kept]))
            if (strengths > threshold + _ROUNDING).any():
                rival = kept[strengths.argmax()]
                dropped.append((names[place], names[rival], of_column[rival]))
            else:
                kept.append(place)
    return Pruning(
        kept=data.columns[sorted(order[place] for place in kept)].tolist(),
        dropped=pd.DataFrame(dropped, columns=["column", "because_of", "r"]),
    )


def _considered(columns: "pd.Index[str]", priority: Sequence[Hashable]) -> list[int]:
    """Positions of the columns, those with priority first."""
    check_names("priority", priority)
    position: dict[Hashable, int] = {name: place for place, name in enumerate(columns)}
    unknown = [name for name in priority if not is_among(name, position)]
    if unknown:
        raise ValueError(
            f"Not among the columns: {listed(unknown)}. Correct priority or leave them out."
        )
    first = [position[name] for name in priority]
    if len(set(first)) < len(first):
        raise ValueError("A column is in priority twice: name each at most once.")
    return first + [place for place in position.values() if place not in first]
