"""Where the recipe's map looks: its cells, and what it holds the other features at."""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lessons.interactions.models import (
    BOOSTING,
    FEATURES,
    FOREST,
    LOGISTIC,
    OTHER_FOREST,
    Floats,
    model,
)
from lessons.tables import tumours
from lib.charts import Heatmap
from lib.course import LabAddress, Value
from lib.stats import Surface, slice_grid

Mask = npt.NDArray[np.bool_]

SIDE = 50
RADIUS, TEXTURE = "mean radius", "mean texture"

MEAN, MEDIAN = "mean row", "median row"
BENIGN, MALIGNANT = "benign mean", "malignant mean"
FILLS = (MEAN, MEDIAN, BENIGN, MALIGNANT)


@cache
def filler(name: str) -> "pd.Series[float]":
    """The row at which the recipe, or one of its variants, holds the features that do not vary."""
    train, _, benign, _ = tumours()
    if name == MEDIAN:
        return train.median()
    rows = {MEAN: train, BENIGN: train[benign == 1], MALIGNANT: train[benign == 0]}
    return rows[name].mean()


@cache
def recipe_map(fill_with: str, first: str) -> Surface:
    """P(benign) over the first feature (down) and texture (across), the others held."""
    return slice_grid(
        model(FOREST),
        tumours().train,
        TEXTURE,
        first,
        fill=filler(fill_with),
        x_values=between(TEXTURE, SIDE),
        y_values=between(first, SIDE),
        target=1,
    )


_IN_THE_LAB = {
    FOREST: "forest",
    OTHER_FOREST: "forest",
    BOOSTING: "boosting",
    LOGISTIC: "linear",
}


def surface_in_the_lab(across: str, upwards: str, name: str = FOREST) -> LabAddress:
    """The Lab's model of the diagnosis, with the surface of two features.

    It takes fifteen features at most: the ten means, and those two.
    """
    pair = (across, upwards)
    features = tuple(each for each in FEATURES if each.startswith("mean ") or each in pair)
    settings: dict[str, Value] = {
        "target": "diagnosis",
        "features": features,
        "across": across,
        "upwards": upwards,
    }
    if name in _IN_THE_LAB:
        settings["model"] = _IN_THE_LAB[name]
    return LabAddress("breast_cancer", "interactions", settings)


def between(feature: str, size: int) -> Floats:
    """Values of a feature, from the smallest to the largest test row, as the recipe has them."""
    column = tumours().test[feature]
    return np.linspace(column.min(), column.max(), size)


def painted(
    values: pd.DataFrame,
    limits: tuple[float, float] | None,
    title: str = "",
    *,
    colours: str = "viridis",
    scale: str = "P(benign)",
    hatched: Mask | None = None,
) -> Heatmap:
    """A surface as a map with short numbers along its sides and none in its cells."""
    shown = labelled(values)
    return Heatmap(
        shown,
        limits=limits,
        colours=colours,
        decimals=None,
        title=title,
        scale=scale,
        hatched=None if hatched is None else pd.DataFrame(hatched, shown.index, shown.columns),
    )


def labelled(values: pd.DataFrame) -> pd.DataFrame:
    """The surface with short numbers along its sides, no two alike."""
    return values.set_axis(_short(values.index), axis=0).set_axis(_short(values.columns), axis=1)


def _short(numbers: "pd.Index[Any]") -> "pd.Index[str]":
    for decimals in range(10):
        texts = pd.Index([f"{number:.{decimals}f}" for number in numbers], name=numbers.name)
        if texts.is_unique:
            break
    return texts


def to_nearest(points: Floats, rows: Floats, which: int) -> Floats:
    """From each point the distance to the nearest row, or the second nearest."""
    from scipy.spatial import cKDTree

    distances, _ = cKDTree(rows).query(points, [which])
    return np.asarray(distances, np.float64)[:, 0]
