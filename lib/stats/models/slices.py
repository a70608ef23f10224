"""A slice through a model: two features vary, the others are held."""

from collections.abc import Hashable, Mapping
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from ..table import Floats, Table, is_among, listed, said
from .grid import Values, grid_of, two_positions
from .predictions import Features, Scale, model_features, predictor
from .support import Support
from .surface import Surface

Centre: TypeAlias = Literal["mean", "median"]


def slice_grid(
    model: Any,
    data: Table,
    x: Hashable,
    y: Hashable,
    *,
    fill: "Centre | Mapping[Any, Any] | pd.Series[Any]" = "mean",
    size: int = 50,
    x_values: Values | None = None,
    y_values: Values | None = None,
    target: Any = None,
    scale: Scale | None = None,
) -> Surface:
    """What a model predicts for one row in which two features vary and the others are held.

    The map shows one invented row. Where features go together, moving two and holding the rest
    leaves what the model was trained on: `support` says where.

    Parameters
    ----------
    model
        A fitted classifier or regressor with scikit-learn's interface.
    data
        n rows x the columns of the fit, best the training data: they give the filler, the grid
        and the support.
    x, y
        Two numeric columns: along the columns and along the rows of the surface.
    fill
        What the other columns are held at: "mean" or "median" of the data (columns that are not
        numeric: their most frequent value), or a value for each column by its name, such as a
        row of a table or the means of one class. Names that are not held are ignored.
    size
        Values a side, evenly spaced from the column's smallest to its largest. A column with no
        more distinct values than that has these.
    x_values, y_values
        Other values, ascending.
    target
        The class whose probability or log-odds are shown. None is the second of two.
    scale
        "probability", "log-odds" or "response". None is the scale on which the model adds up: a
        forest's probability, gradient boosting's log-odds, a regressor's response.

    Returns
    -------
    Surface
        Outside its support is a filled row that lies farther from the data's mean than every
        row of the data, by Mahalanobis distance over all numeric columns.

    Raises
    ------
    ValueError
        For x or y that the model does not know, that are the same, constant or not numeric; a
        filler that lacks a column or has no usable value for it; size below 2, values that are
        not ascending, an unknown target or scale, and data that the model was not fitted on.

    References
    ----------
    Hooker, Mentch and Zhou (2021), Statistics and Computing 31, 82 (what becomes of a model that
    is asked outside its data). Mahalanobis (1936), Proceedings of the National Institute of
    Sciences of India 2, 49-55.

    Examples
    --------
    >>> from sklearn.linear_model import LinearRegression
    >>> table = pd.DataFrame({"x": [0, 1, 2, 3], "y": [1, 0, 1, 0], "z": [0, 5, 3, 0]})
    >>> model = LinearRegression().fit(table, table["x"] + 2 * table["y"] + table["z"])
    >>> slice_grid(model, table, "x", "y").values.round(6)
    x    0.0  1.0  2.0  3.0
    y
    0.0  2.0  3.0  4.0  5.0
    1.0  4.0  5.0  6.0  7.0
    """
    features = model_features(model, data)
    positions = two_positions(features, x, y)
    predict, scale = predictor(model, features, scale, target)
    grid = grid_of(features, positions, size, x_values, y_values)
    columns = np.repeat(_filler(features, positions, fill)[:, np.newaxis], grid.size, axis=1)
    columns[positions] = grid.points.T
    rows = columns.T
    return Surface(
        grid.framed(predict(rows)),
        scale,
        Support(
            grid,
            features.values[:, positions],
            features.numeric(rows),
            features.numeric(features.values),
        ),
    )


def _filler(
    features: Features, varied: list[int], fill: "Centre | Mapping[Any, Any] | pd.Series[Any]"
) -> Floats:
    """One row of numbers; NaN at what varies."""
    if not isinstance(fill, (Mapping, pd.Series)):
        if not is_among(fill, get_args(Centre)):
            raise ValueError(
                f"Unknown fill {said(fill)}: choose 'mean' or 'median', or give each column a "
                "value."
            )
        return _centres(features, fill)
    filler = np.full(len(features.names), np.nan)
    held = [position for position in range(len(filler)) if position not in varied]
    missing = [name for name in features.names[held] if name not in fill]
    if missing:
        raise ValueError(
            f"fill has no value for {listed(missing)}: give each column that is held one."
        )
    for position in held:
        filler[position] = _number(features, position, fill[features.names[position]])
    return filler


def _centres(features: Features, centre: Centre) -> Floats:
    """The mean or median of each number, and of each column's levels the most frequent one."""
    values = features.values
    missing = np.isnan(values)
    if centre == "median":
        found = pd.DataFrame(values).median().to_numpy(copy=True)
    else:
        with np.errstate(invalid="ignore"):  # of a column without values
            found = np.where(missing, 0.0, values).sum(axis=0) / (~missing).sum(axis=0)
    for position in features.levels:
        codes, counts = np.unique(values[~missing[:, position], position], return_counts=True)
        found[position] = codes[counts.argmax()] if codes.size else np.nan
    return found


def _number(features: Features, position: int, value: Any) -> float:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return float("nan")
    name, levels = features.names[position], features.levels.get(position)
    if levels is not None:
        code = levels.get_indexer(pd.Index([value]))[0]
        if code < 0:
            raise ValueError(
                f"fill has {value!r} for column {name!r}: choose from {listed(levels)}."
            )
        return float(code)
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = float("inf")
    if np.isinf(number):
        raise ValueError(f"fill has {value!r} for column {name!r}: give a finite number.")
    return number
