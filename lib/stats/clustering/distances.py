"""How far apart columns are."""

from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from ..correlation import correlate
from ..streams import Stored
from ..table import (
    Booleans,
    Floats,
    Integers,
    Missing,
    listed,
    numbers_of,
    numeric_matrix,
    rows_to_use,
    shared_rows,
)

Distance: TypeAlias = Literal["1-|r|", "1-r", "euclidean", "precomputed"]

_ROUNDING_OF_DISTANCES = 1e-9


def distances_between(data: pd.DataFrame, distance: Distance, missing: Missing) -> Floats:
    """The k x k distances of the columns, as `cluster` documents them and refuses what has none."""
    if distance == "precomputed":
        return _checked(data)
    if distance == "euclidean":
        return _euclidean(columns_measured(data, distance, missing), data.columns)
    return distances_by_r(data, distance, missing)


def distances_by_r(data: "pd.DataFrame | Stored", distance: Distance, missing: Missing) -> Floats:
    """The k x k distances by correlations, of a table or of a source."""
    r = correlate(data, adjust="none", missing=missing).r
    _check_defined(r)
    return distances_of_r(r.to_numpy(), distance)


def columns_measured(data: pd.DataFrame, distance: Distance, missing: Missing) -> Floats:
    """The n x k values that distances are taken of, NaN where missing."""
    values = numeric_matrix(data)
    if distance == "euclidean":  # a shift of huge integers would move columns apart
        values = numbers_of(data).to_numpy(dtype=np.float64, na_value=np.nan)
    return rows_to_use(values, missing)


def distances_of_r(r: Floats, distance: Distance) -> Floats:
    """How far apart columns with these correlations are."""
    return 1 - (np.abs(r) if distance == "1-|r|" else r)


def squared_differences(values: Floats, first: Integers, second: Integers) -> Floats:
    """Of pairs of columns, n rows x pairs; NaN where one of the two is missing."""
    return np.asarray((values[:, first] - values[:, second]) ** 2)


def _check_defined(r: pd.DataFrame) -> None:
    undefined = r.isna().to_numpy()
    without_any = r.columns[np.diagonal(undefined)].tolist()
    if without_any:
        raise ValueError(
            f"No distance from {listed(without_any)}: a column that is constant or has fewer "
            "than 3 values has no correlations. Leave it out."
        )
    _refuse_undefined(
        undefined,
        r.columns,
        "they share fewer than 3 rows, or one of them is constant within these",
    )


def _euclidean(values: Floats, names: "pd.Index[str]") -> Floats:
    from scipy.spatial.distance import pdist, squareform

    shared = shared_rows(values)
    _refuse_undefined(
        (shared == 0) & ~np.eye(len(shared), dtype=np.bool_), names, "they share no rows"
    )
    scaled, exponent = near_one(values)
    if np.isnan(values).any():
        distances = _root_mean_squares(scaled, shared) * np.sqrt(len(values))
    else:
        distances = squareform(pdist(scaled.T))
    with np.errstate(over="ignore"):
        distances = np.ldexp(distances, exponent)
    if np.isinf(distances).any():
        largest = names[np.nanmax(np.abs(values), axis=0).argmax()]
        raise ValueError(
            f"Column {largest!r} lies too far from the others for float64: bring the columns to "
            "one scale, for example with data / data.abs().max()."
        )
    return np.asarray(distances, dtype=np.float64)


def _root_mean_squares(values: Floats, shared: Integers) -> Floats:
    """Of the differences of columns in the rows that both have."""
    columns = np.arange(len(shared))
    sums = [
        np.nansum(squared_differences(values, np.full(len(columns), column), columns), axis=0)
        for column in columns
    ]
    return np.asarray(np.sqrt(np.array(sums) / shared))


def _refuse_undefined(undefined: Booleans, names: "pd.Index[str]", reason: str) -> None:
    """Raise ValueError for pairs without a distance, and say which columns to leave out."""
    if not undefined.any():
        return
    x, y = names[np.argwhere(undefined)[0]]
    left, leave_out = undefined.copy(), []
    while left.any():
        worst = int(left.sum(axis=1).argmax())
        leave_out.append(names[worst])
        left[worst] = left[:, worst] = False
    raise ValueError(
        f"No distance between {x!r} and {y!r}: {reason}. Leave out {listed(leave_out)}: all pairs "
        "of the others have one."
    )


def _checked(data: pd.DataFrame) -> Floats:
    """Distances that someone else computed: symmetric to the last bit, zero on the diagonal."""
    values = numeric_matrix(data)
    if not data.index.equals(data.columns):
        raise ValueError("Distances need the same names, in the same order, as index and columns.")
    _refuse_undefined(np.isnan(values), data.columns, "it is missing")
    rounding = _ROUNDING_OF_DISTANCES * np.abs(values).max()
    for is_none, reason in [
        (
            np.abs(np.diagonal(values)) > rounding,
            "not zero on the diagonal: of similarities from 0 to 1, pass 1 - similarities",
        ),
        (
            np.abs(values - values.T) > rounding,
            "not symmetric: pass the same for x and y as for y and x, such as (d + d.T) / 2",
        ),
        (values < -rounding, "negative in places: the smallest possible distance is 0"),
    ]:
        if is_none.any():
            raise ValueError(f"The distances are {reason}.")
    symmetric: Floats = np.maximum(values / 2 + values.T / 2, 0)
    np.fill_diagonal(symmetric, 0)
    return symmetric


def near_one(values: Floats) -> tuple[Floats, int]:
    """Values scaled to at most 1 by a power of two, which changes no digit, and its exponent."""
    exponent = int(np.frexp(np.nanmax(np.abs(values)))[1])
    return np.ldexp(values, -exponent), exponent
