"""How far apart columns are."""

from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from lib.stats.correlation import correlate
from lib.stats.table import Floats, listed, numbers_of, numeric_matrix

Distance: TypeAlias = Literal["1-|r|", "1-r", "euclidean", "precomputed"]

_ROUNDING_OF_DISTANCES = 1e-9


def distances_between(data: pd.DataFrame, distance: Distance) -> Floats:
    """The k x k distances of the columns, as `cluster` documents them and refuses what has none."""
    if distance == "precomputed":
        return _checked(data)
    if distance == "euclidean":
        return _euclidean(data)
    r = correlate(data, adjust="none").r
    _check_defined(r)
    values = r.to_numpy()
    return 1 - (np.abs(values) if distance == "1-|r|" else values)


def _check_defined(r: pd.DataFrame) -> None:
    undefined = r.isna().to_numpy()
    without_any = r.columns[np.diagonal(undefined)].tolist()
    if without_any:
        raise ValueError(
            f"No distance from {listed(without_any)}: a column that is constant or has fewer "
            "than 3 values has no correlations. Leave it out."
        )
    if undefined.any():
        x, y = r.columns[np.argwhere(undefined)[0]]
        raise ValueError(
            f"No distance between {x!r} and {y!r}: they share fewer than 3 rows, or one of them "
            "is constant within these. Leave out one of the two."
        )


def _euclidean(data: pd.DataFrame) -> Floats:
    from scipy.spatial.distance import pdist, squareform

    numeric_matrix(data)  # for its checks: its shift of huge integers would move columns apart
    values = numbers_of(data).to_numpy(dtype=np.float64, na_value=np.nan)
    missing = np.isnan(values).sum(axis=0)
    if missing.any():
        # A constant column leaves one gap in every column of a correlation matrix: name the cause.
        emptiest = data.columns[missing == missing.max()].tolist()
        raise ValueError(
            f"Missing values, most of them in {listed(emptiest)}: Euclidean distances need all "
            "rows. Leave out what is incomplete, or fill it."
        )
    scaled, exponent = near_one(values)
    with np.errstate(over="ignore"):
        distances = np.ldexp(pdist(scaled.T), exponent)
    if np.isinf(distances).any():
        largest = data.columns[np.abs(values).max(axis=0).argmax()]
        raise ValueError(
            f"Column {largest!r} lies too far from the others for float64: bring the columns to "
            "one scale, for example with data / data.abs().max()."
        )
    return np.asarray(squareform(distances), dtype=np.float64)


def _checked(data: pd.DataFrame) -> Floats:
    """Distances that someone else computed: symmetric to the last bit, zero on the diagonal."""
    values = numeric_matrix(data)
    if not data.index.equals(data.columns):
        raise ValueError("Distances need the same names, in the same order, as index and columns.")
    missing = np.argwhere(np.isnan(values))
    if len(missing):
        x, y = data.columns[missing[0]]
        raise ValueError(f"The distance of {x!r} and {y!r} is missing: leave out one of the two.")
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
    exponent = int(np.frexp(np.abs(values).max())[1])
    return np.ldexp(values, -exponent), exponent
