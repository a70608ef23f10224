"""What a model predicts, on average and row by row, when features are set to values."""

from collections.abc import Hashable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from ..table import Floats, Table, frame_of
from .grid import Values, axis, grid_of, numeric_position, two_positions
from .leaves import leaf_ensemble
from .predictions import (
    Predict,
    Progress,
    Scale,
    model_features,
    predictions_at,
    predictor,
)
from .support import Support
from .surface import Surface


def partial_dependence(
    model: Any,
    data: Table,
    x: Hashable,
    y: Hashable,
    *,
    size: int = 20,
    x_values: Values | None = None,
    y_values: Values | None = None,
    target: Any = None,
    scale: Scale | None = None,
    progress: Progress | None = None,
) -> Surface:
    """The mean prediction over the data when x and y of every row are set to each pair of values.

    Trees, forests and gradient boosting are computed from their leaves, exactly and without a
    prediction; other models predict n rows a cell. For one feature alone, take the mean of
    `individual_curves` over the rows.

    Parameters
    ----------
    model
        A fitted classifier or regressor with scikit-learn's interface.
    data
        n rows x the columns of the fit: the rows to average over, best the training data.
    x, y
        Two numeric columns: along the columns and along the rows of the surface.
    size
        Values a side, evenly spaced from the column's smallest to its largest, so that the map is
        to scale; `support` says which of its cells are empty. A column with no more distinct
        values than that has these.
    x_values, y_values
        Other values, ascending.
    target
        The class whose probability or log-odds are shown. None is the second of two.
    scale
        "probability", "log-odds" or "response". None is the scale on which the model adds up: a
        forest's probability, gradient boosting's log-odds, a regressor's response.
    progress
        Called with the cells done and all cells, now and then; once for trees. If it returns
        False the work ends there, and the cells not reached are NaN.

    Returns
    -------
    Surface
        Outside its support is a pair of values that lies farther from the data's mean than every
        row of the data, by Mahalanobis distance of x and y alone.

    Raises
    ------
    ValueError
        For x or y that the model does not know, that are the same, constant or not numeric; size
        below 2, values that are not ascending, an unknown target or scale, and data that the
        model was not fitted on.

    References
    ----------
    Friedman (2001), Annals of Statistics 29, 1189-1232.

    Examples
    --------
    >>> from sklearn.tree import DecisionTreeRegressor
    >>> table = pd.DataFrame({"x": [0, 0, 1, 1], "y": [0, 1, 0, 1]})
    >>> model = DecisionTreeRegressor().fit(table, [0, 1, 1, 0])
    >>> exclusive_or = partial_dependence(model, table, "x", "y")
    >>> exclusive_or.values
    x    0.0  1.0
    y
    0.0  0.0  1.0
    1.0  1.0  0.0
    >>> exclusive_or.interaction_share
    1.0
    """
    features = model_features(model, data)
    positions = two_positions(features, x, y)
    predict, scale = predictor(model, features, scale, target)
    grid = grid_of(features, positions, size, x_values, y_values)
    observed = features.values[:, positions]
    leaves = leaf_ensemble(model, scale, target)
    if leaves is None:
        means = np.full(len(grid.points), np.nan)
        for cells, predictions in _set_to(
            predict, features.values, positions, grid.points, progress
        ):
            means[cells] = predictions.mean(axis=1)
    else:
        means = leaves.partial_dependence(
            features.values, positions[0], positions[1], grid.x.to_numpy(), grid.y.to_numpy()
        )
        if progress is not None:
            progress(means.size, means.size)
    return Surface(grid.framed(means), scale, Support(grid, observed, grid.points, observed))


def individual_curves(
    model: Any,
    data: Table,
    x: Hashable,
    *,
    size: int = 50,
    x_values: Values | None = None,
    target: Any = None,
    scale: Scale | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """What a model predicts for every row when one feature is set to each of its values.

    Curves that are not parallel are an interaction of x with something. Their mean over the rows,
    `curves.mean(axis=1)`, is the partial dependence of x; `curves - curves.iloc[0]` lets all of
    them start at zero, which shows where they part.

    Parameters
    ----------
    model
        A fitted classifier or regressor with scikit-learn's interface.
    data
        n rows x the columns of the fit: one curve a row.
    x
        A numeric column.
    size
        Values, evenly spaced from the column's smallest to its largest. A column with no more
        distinct values than that has these.
    x_values
        Other values, ascending.
    target, scale
        As in `partial_dependence`.
    progress
        Called with the values done and all values, now and then. If it returns False the work
        ends there, and the values not reached are NaN.

    Returns
    -------
    The predictions. Index: the values of x; columns: the row labels of `data`.

    Raises
    ------
    ValueError
        As `partial_dependence`.

    References
    ----------
    Goldstein, Kapelner, Bleich and Pitkin (2015), Journal of Computational and Graphical
    Statistics 24, 44-65.

    Examples
    --------
    >>> from sklearn.tree import DecisionTreeRegressor
    >>> table = pd.DataFrame({"x": [0, 0, 1, 1], "y": [0, 1, 0, 1]}, index=list("abcd"))
    >>> model = DecisionTreeRegressor().fit(table, [0, 1, 1, 0])
    >>> individual_curves(model, table, "x")
           a    b    c    d
    x
    0.0  0.0  1.0  0.0  1.0
    1.0  1.0  0.0  1.0  0.0
    """
    data = frame_of(data)
    features = model_features(model, data)
    position = numeric_position(features, x)
    predict, _ = predictor(model, features, scale, target)
    values = axis(features, position, size, x_values)
    curves = np.full((len(values), len(data)), np.nan)
    settings = values.to_numpy()[:, np.newaxis]
    for reached, predictions in _set_to(predict, features.values, [position], settings, progress):
        curves[reached] = predictions
    return pd.DataFrame(curves, index=values, columns=data.index)


def _set_to(
    predict: Predict,
    background: Floats,
    positions: list[int],
    settings: Floats,
    progress: Progress | None,
) -> Iterator[tuple[slice, Floats]]:
    """`predictions_at` these settings, until `progress` says to stop."""
    for which, predictions in predictions_at(predict, background, positions, settings):
        yield which, predictions
        if progress is not None and progress(which.stop, len(settings)) is False:
            return
