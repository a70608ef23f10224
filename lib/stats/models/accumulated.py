"""Accumulated local effects: a model over two features, asked only near the rows of the data."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..table import Floats, Integers, Table
from .grid import Grid, distinct_values, two_positions
from .predictions import Scale, model_features, predictor
from .support import Support
from .surface import Surface

_ROUNDING = 1e-9


def accumulated_effects(
    model: Any,
    data: Table,
    x: Hashable,
    y: Hashable,
    *,
    size: int = 20,
    target: Any = None,
    scale: Scale | None = None,
) -> Surface:
    """What a model says over two features, added up from small steps that each row takes.

    Each row is moved to the ends of its own bin only, so no row is sent far from where it is, as
    it is in a slice or a partial dependence. The mean steps of the bins, accumulated, are the
    effects of x, of y, and of both together; the surface is their sum, plus the mean prediction.

    Parameters
    ----------
    model
        A fitted classifier or regressor with scikit-learn's interface.
    data
        n rows x the columns of the fit, best the training data. Rows without x or y are left out.
    x, y
        Two numeric columns: along the columns and along the rows of the surface.
    size
        Values a side: the ends of size - 1 bins that hold about as many rows each, so they are
        seldom evenly spaced. Fewer where quantiles coincide. A column with no more distinct
        values than that has these.
    target
        The class whose probability or log-odds are shown. None is the second of two.
    scale
        "probability", "log-odds" or "response". None is the scale on which the model adds up: a
        forest's probability, gradient boosting's log-odds, a regressor's response.

    Returns
    -------
    Surface
        In each bin of x, of y and of both, the surface's mean step over the rows is that of the
        predictions; its mean over all rows, bilinear between its values, is the mean prediction.

        A bin of both features without rows borrows the step of the nearest bin that has some, as
        the authors do. What the map shows around it is not in the data: `support.rows` is 0
        there. Outside of the support is what it is for `partial_dependence`.

        The authors centre the effect of both so that it holds no effect of x or y alone near the
        data; `interaction()` does so over the cells, as for every surface. The two differ by a
        function of x plus a function of y.

    Raises
    ------
    ValueError
        For x or y that the model does not know, that are the same, constant or not numeric; size
        below 2, an unknown target or scale, and data that the model was not fitted on.

    References
    ----------
    Apley and Zhu (2020), Journal of the Royal Statistical Society B 82, 1059-1086.

    Examples
    --------
    >>> from sklearn.linear_model import LinearRegression
    >>> table = pd.DataFrame({"x": [0, 1, 2, 3], "y": [1, 0, 1, 0]})
    >>> model = LinearRegression().fit(table, table["x"] + 2 * table["y"])
    >>> accumulated_effects(model, table, "x", "y").values.round(6)
    x    0.0  1.0  2.0  3.0
    y
    0.0  0.0  1.0  2.0  3.0
    1.0  2.0  3.0  4.0  5.0
    """
    features = model_features(model, data)
    positions = two_positions(features, x, y)
    predict, scale = predictor(model, features, scale, target)
    rows = features.values[~np.isnan(features.values[:, positions]).any(axis=1)]
    if not len(rows):
        raise ValueError(f"No row has both {x!r} and {y!r}: add rows, or fill what is missing.")
    observed = rows[:, positions]
    along_x, along_y = _binned(observed[:, 0], x, size), _binned(observed[:, 1], y, size)

    def at(**ends: Floats) -> Floats:
        """Predictions for the rows, moved to these ends of their bins."""
        moved = rows.copy()
        for position, feature in zip(positions, "xy", strict=True):
            if feature in ends:
                moved[:, position] = ends[feature]
        return predict(moved)

    low_x, high_x, low_y, high_y = along_x.low, along_x.high, along_y.low, along_y.high
    both = (at(x=high_x, y=high_y) - at(x=low_x, y=high_y)) - (
        at(x=high_x, y=low_y) - at(x=low_x, y=low_y)
    )
    surface = _added_up(_added_up(_mean_steps(both, along_x, along_y)).T).T
    surface = _with_steps(surface, at(x=high_x) - at(x=low_x), along_x, along_y)
    surface = _with_steps(surface.T, at(y=high_y) - at(y=low_y), along_y, along_x).T
    surface += predict(rows).mean() - _at_rows(surface, along_x, along_y).mean()
    grid = Grid(pd.Index(along_x.ends, name=x), pd.Index(along_y.ends, name=y))
    return Surface(grid.framed(surface), scale, Support(grid, observed, grid.points, observed))


@dataclass(frozen=True, eq=False)
class _Binned:
    """A column in bins that all have rows.

    Attributes
    ----------
    ends
        The k + 1 ends of k bins, ascending.
    bins
        The bin of each row: above its lower end, up to its upper end; the smallest value in 0.
    """

    ends: Floats
    bins: Integers
    column: Floats

    @property
    def low(self) -> Floats:
        """The lower end of each row's bin."""
        return self.ends[self.bins]

    @property
    def high(self) -> Floats:
        """The upper end of each row's bin."""
        return self.ends[self.bins + 1]

    @property
    def within(self) -> Floats:
        """Where in its bin each row is, from 0 at the lower to 1 at the upper end."""
        return (self.column - self.low) / (self.high - self.low)


def _binned(column: Floats, name: Hashable, size: int) -> _Binned:
    ends = distinct_values(column, name, size)
    if len(ends) > size:
        # In whole numbers: a share such as 0.6, rounded, may pick the value after the quantile.
        last = -(-np.arange(size) * len(column) // (size - 1)) - 1
        ends = np.unique(np.sort(column)[np.maximum(last, 0)])
    return _Binned(ends, np.maximum(np.searchsorted(ends, column) - 1, 0), column)


def _mean_steps(steps: Floats, x: _Binned, y: _Binned) -> Floats:
    """The mean step of each bin; without rows, that of the nearest bin with rows.

    Distances are between the bins' centres, in units of the features' ranges. Bins equally near
    lend the mean of theirs, so that x and y may change places.
    """
    shape = len(y.ends) - 1, len(x.ends) - 1
    bins = y.bins * shape[1] + x.bins
    counts = np.bincount(bins, minlength=shape[0] * shape[1])
    means = np.bincount(bins, weights=steps, minlength=counts.size) / np.maximum(counts, 1)
    centres = np.meshgrid(*((b.ends[1:] + b.ends[:-1]) / 2 / np.ptp(b.ends) for b in (x, y)))
    places = np.column_stack([centre.ravel() for centre in centres])
    lenders = np.flatnonzero(counts)
    for empty in np.flatnonzero(counts == 0):
        distances = ((places[lenders] - places[empty]) ** 2).sum(axis=1)
        nearest = distances <= distances.min() * (1 + _ROUNDING)
        means[empty] = means[lenders[nearest]].mean()
    return means.reshape(shape)


def _with_steps(surface: Floats, steps: Floats, x: _Binned, y: _Binned) -> Floats:
    """The surface plus the function of x that gives each bin of x the mean of these steps."""
    lacking = steps - _between(np.diff(surface, axis=1), x, y)
    return surface + _added_up(np.bincount(x.bins, weights=lacking) / np.bincount(x.bins))


def _at_rows(surface: Floats, x: _Binned, y: _Binned) -> Floats:
    """The surface at each row's own x and y, bilinear between the ends of its bin."""
    steps = _between(np.diff(surface, axis=1), x, y)
    return _between(surface, x, y) + x.within * steps


def _between(columns: Floats, x: _Binned, y: _Binned) -> Floats:
    """Each row's entry: the column of its bin of x, linear between the ends of its bin of y."""
    low, high = columns[y.bins, x.bins], columns[y.bins + 1, x.bins]
    return low + y.within * (high - low)


def _added_up(steps: Floats) -> Floats:
    """Steps along the last axis, summed from zero."""
    start = np.zeros((*steps.shape[:-1], 1))
    return np.concatenate([start, steps.cumsum(axis=-1)], axis=-1)
