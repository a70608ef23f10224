"""What exercises of several lessons share: measurements to draw from, and bands around slips."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise
from typing import NamedTuple, TypeVar

import numpy as np
import pandas as pd

from lessons.tables import table
from lib.course import Band

_Item = TypeVar("_Item")

_MEASURED: dict[str, tuple[str, dict[str, str]]] = {
    "mtcars": (
        "cars of 1974",
        {"mpg": "mileage", "disp": "engine size", "hp": "horsepower", "wt": "weight",
         "qsec": "quarter mile", "drat": "axle ratio"},
    ),
    "wine": (
        "wines",
        {"alcohol": "alcohol", "malic_acid": "malic acid", "magnesium": "magnesium",
         "flavanoids": "flavanoids", "color_intensity": "colour", "hue": "hue",
         "proline": "proline"},
    ),
    "iris": (
        "iris flowers",
        {"sepal length (cm)": "sepal length", "sepal width (cm)": "sepal width",
         "petal length (cm)": "petal length", "petal width (cm)": "petal width"},
    ),
    "diabetes": (
        "people with diabetes",
        {"age": "age", "bmi": "body mass", "bp": "blood pressure", "s6": "blood sugar",
         "progression": "progression"},
    ),
    "un": (
        "nations",
        {"fertility": "fertility", "ppgdp": "income", "lifeExpF": "life span",
         "pctUrban": "town share", "infantMortality": "infant deaths"},
    ),
    "quakes": (
        "earthquakes",
        {"lat": "latitude", "long": "longitude", "depth": "depth", "mag": "magnitude",
         "stations": "stations"},
    ),
    "airquality": (
        "summer days in New York",
        {"Ozone": "ozone", "Solar.R": "sunlight", "Wind": "wind", "Temp": "warmth"},
    ),
}  # fmt: skip


class Measurements(NamedTuple):
    """Complete rows of a bundled table, and what such a row is, in words."""

    rows: str
    data: pd.DataFrame

    @property
    def names(self) -> list[str]:
        """The columns."""
        return [str(name) for name in self.data]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every pair of columns once."""
        return list(combinations(self.names, 2))


@cache
def _complete(name: str) -> pd.DataFrame:
    words = _MEASURED[name][1]
    return table(name)[list(words)].rename(columns=words).dropna().astype(float)


def measurements(generator: np.random.Generator, columns: int) -> Measurements:
    """So many columns of some table, and between half of its rows and all of them."""
    fitting = [name for name, (_, words) in _MEASURED.items() if len(words) >= columns]
    name = one_of(generator, fitting)
    whole = _complete(name)
    chosen = [str(column) for column in generator.permutation(list(map(str, whole)))]
    count = int(generator.integers(len(whole) // 2, len(whole) + 1))
    places = np.sort(generator.choice(len(whole), count, replace=False))
    return Measurements(_MEASURED[name][0], whole.iloc[places][chosen[:columns]])


def cell(values: pd.DataFrame, row: str, column: str) -> float:
    """One number of a matrix."""
    return float(values.loc[row, column])  # type: ignore[arg-type]


def one_of(generator: np.random.Generator, items: Sequence[_Item]) -> _Item:
    """One of some things."""
    return items[int(generator.integers(len(items)))]


class Slip(NamedTuple):
    """What is said to a wrong number, and the misconception that it shows."""

    feedback: str
    misconception: str


def bands(
    value: float,
    high: float,
    slips: Mapping[int, Slip] | Mapping[float, Slip],
    too_low: Slip,
    too_high: Slip,
    *,
    low: float = 0,
) -> list[Band]:
    """Bands from ``low`` beyond ``high``: a narrow one around each slip, and what is between.

    Of slips that lie too near to each other to be told apart, or to ``value``, the first counts.
    """
    half = 0.5 if all(float(number).is_integer() for number in slips) else 0.005
    told: dict[float, Slip] = {}
    for number, slip in slips.items():
        if low <= number <= high and all(abs(number - one) >= 2 * half for one in (value, *told)):
            told[number] = slip
    edges = {low, value, high + 1, *(number + side for number in told for side in (-half, half))}

    def between(begin: float, end: float) -> Slip:
        middle = (begin + end) / 2
        near = (slip for number, slip in told.items() if abs(number - middle) < half)
        return next(near, too_low if middle < value else too_high)

    return [
        Band(low=begin, high=end, **between(begin, end)._asdict())
        for begin, end in pairwise(sorted(edge for edge in edges if edge >= low))
    ]
