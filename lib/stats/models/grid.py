"""Two features of a model, and the values that it is asked about."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..table import Floats, check_whole, float_array, is_among, listed, vary
from .predictions import Features

Values: TypeAlias = Sequence[float] | NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Grid:
    """All pairs of values of two features: y by row, x by column."""

    x: "pd.Index[float]"
    y: "pd.Index[float]"

    @property
    def size(self) -> int:
        """How many cells there are."""
        return len(self.x) * len(self.y)

    @property
    def points(self) -> Floats:
        """Cells x 2, row by row: the value of x and the value of y."""
        x, y = self.x.to_numpy(), self.y.to_numpy()
        return np.column_stack([np.tile(x, len(y)), np.repeat(y, len(x))])

    def framed(self, cells: NDArray[np.generic]) -> pd.DataFrame:
        """Numbers, one a cell, as a frame."""
        return pd.DataFrame(cells.reshape(len(self.y), len(self.x)), index=self.y, columns=self.x)


def two_positions(features: Features, x: Hashable, y: Hashable) -> list[int]:
    """Where two different features stand among the model's."""
    positions = [numeric_position(features, name) for name in (x, y)]
    if positions[0] == positions[1]:
        raise ValueError(f"x and y are both {x!r}: choose two different features.")
    return positions


def grid_of(
    features: Features,
    positions: Sequence[int],
    size: int,
    x_values: Values | None,
    y_values: Values | None,
) -> Grid:
    """The grid over the two features at these positions, each along an `axis`."""
    x, y = positions
    return Grid(axis(features, x, size, x_values), axis(features, y, size, y_values))


def numeric_position(features: Features, name: Hashable) -> int:
    """Where a numeric feature stands among the model's."""
    if not is_among(name, features.names):
        known = listed(features.names)
        raise ValueError(f"The model has no feature {name!r}: choose from {known}.")
    position = features.names.tolist().index(name)
    if position in features.levels:
        raise ValueError(
            f"Column {name!r} is not numeric: vary a number, or give the column numbers "
            "before the fit and here, for example with pd.to_numeric."
        )
    return position


def axis(
    features: Features, position: int, size: int, values: Values | None = None
) -> "pd.Index[float]":
    """The values to set a feature to: those given, or its own, evenly spaced.

    A column with no more than `size` distinct values has these on its axis, so that nobody is
    asked to travel in class 1.37.
    """
    name = features.names[position]
    if values is not None:
        return pd.Index(_checked(values, name), name=name)
    distinct = distinct_values(features.values[:, position], name, size)
    if len(distinct) > size:
        distinct = np.linspace(distinct[0], distinct[-1], size)
    return pd.Index(distinct, name=name)


def distinct_values(column: Floats, name: Hashable, size: int) -> Floats:
    """The different values of a column that is to get `size` of them or fewer, ascending."""
    check_whole("size", size, 2, "a grid needs at least 2 values a side")
    distinct = np.unique(column[~np.isnan(column)])
    if not len(distinct) or not vary(distinct[0], distinct[-1]):
        raise ValueError(f"Column {name!r} is constant or empty: there is nothing to vary.")
    return distinct


def _checked(values: Values, name: Hashable) -> Floats:
    try:
        numbers = float_array(values, name)
    except ValueError:  # which speaks of columns
        numbers = np.empty(0)
    if (
        numbers.ndim != 1
        or len(numbers) < 2
        or not np.isfinite(numbers).all()
        or (np.diff(numbers) <= 0).any()
    ):
        raise ValueError(
            f"The values given for {name!r} are not two or more finite numbers in ascending "
            "order: np.unique(values) sorts them and drops repetitions."
        )
    return numbers
