"""The lesson's tables, and the pictures that several of its steps draw of them."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

import datasets
from lessons.highway import NUMBERS, pearson
from lib.charts import Heatmap

IRIS = datasets.catalogue()["iris"]

PREDICTORS = tuple(name for name in NUMBERS if name != "rate")

POPULAR = 0.8
"""The |r| at which popular recipes sound the alarm."""


def triangle(data: pd.DataFrame, title: str, *, decimals: int | None = 2) -> Heatmap:
    """Every pair of columns once."""
    r = pearson(data)
    return Heatmap.lower(r, decimals=decimals, title=title)


def strongest_r(data: pd.DataFrame) -> "pd.Series[float]":
    """Of each column the largest |r| with another."""
    r = pearson(data).abs()
    return r.where(~np.eye(len(r), dtype=bool)).max()


def without(names: Iterable[str], *gone: str) -> tuple[str, ...]:
    return tuple(name for name in names if name not in gone)
