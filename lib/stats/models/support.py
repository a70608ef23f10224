"""What the data know about the points of a grid: rows near them, and distance from the rest."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ..table import Booleans, Floats, Integers, constant_columns
from .grid import Grid

# Added to the variance of every standardised column: where the data never vary at all, alone or
# together, a departure of a thousandth of a standard deviation counts as one.
_RIDGE = 1e-6
_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Support:
    """What the data say about each cell of a surface: computed when asked for.

    `rows`, `outside` and `share_outside` are to be read; the attributes are what they come from.

    Attributes
    ----------
    grid
        The cells: c of them.
    observed
        x and y of the n rows of data, n x 2.
    points
        What the model was asked about in each cell: c x k. For a slice, all numeric features; for
        averages over the data, which have nothing else of their own, x and y.
    data
        The same columns of the data: n x k.
    """

    grid: Grid
    observed: Floats
    points: Floats
    data: Floats

    @cached_property
    def rows(self) -> pd.DataFrame:
        """How many rows of the data fall in each cell.

        A cell reaches halfway to its neighbours, and at the edge of the grid as far outwards as
        inwards.
        """
        x, y = self.observed.T
        counts = rows_in_cells(x, y, self.grid.x.to_numpy(), self.grid.y.to_numpy())
        return self.grid.framed(counts)

    @cached_property
    def outside(self) -> pd.DataFrame:
        """Whether the point of each cell is farther from the data's mean than any row is.

        Mahalanobis distance, so a point can be outside though each of its features is in range: a
        large radius with a small perimeter. A small ridge makes leaving an exact relation of the
        data count as far. Missing values stand at their column's mean.
        """
        return self.grid.framed(outside(self.points, self.data))

    @property
    def share_outside(self) -> float:
        """The share of cells that are outside."""
        return float(self.outside.to_numpy().mean())


def rows_in_cells(x: Floats, y: Floats, x_values: Floats, y_values: Floats) -> Integers:
    """How many of the rows (x, y) fall in each cell, len(y_values) x len(x_values).

    A cell reaches halfway to its neighbours, and at the edge of the grid as far outwards as
    inwards. Rows beyond, and rows without x or y, fall in none.
    """
    counts, _, _ = np.histogram2d(y, x, bins=[_edges(y_values), _edges(x_values)])
    return counts.astype(np.int64)


def outside(points: Floats, data: Floats) -> Booleans:
    """Which points lie farther from the mean of the data than every row of the data.

    Mahalanobis distance on standardised columns with a ridge, so that leaving an exact relation
    of the data (a sum, a constant) counts as far, where a pseudo-inverse would count it as
    nothing. A missing value stands at its column's mean.
    """
    present = ~np.isnan(data)
    mean = np.where(present, data, 0.0).sum(axis=0) / np.maximum(present.sum(axis=0), 1)

    def deviations(rows: Floats) -> Floats:
        found: Floats = rows - mean
        found[np.isnan(found)] = 0.0
        return found

    spread = np.sqrt(np.square(deviations(data)).mean(axis=0))
    spread[constant_columns(data)] = 1.0
    standardised = deviations(data) / spread
    covariance = standardised.T @ standardised / len(data)
    root = np.linalg.cholesky(covariance + _RIDGE * np.eye(len(covariance)))
    whitener = np.linalg.inv(root).T / spread[:, np.newaxis]

    def squared_distances(rows: Floats) -> Floats:
        found: Floats = np.square(deviations(rows) @ whitener).sum(axis=1)
        return found

    farthest = float(squared_distances(data).max())
    return squared_distances(points) > farthest * (1 + _ROUNDING)


def _edges(values: Floats) -> Floats:
    middles = (values[1:] + values[:-1]) / 2
    return np.concatenate([[2 * values[0] - middles[0]], middles, [2 * values[-1] - middles[-1]]])
