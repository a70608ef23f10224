"""Drawing what an exercise asks about, again until it is fair."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from lessons.tables import table

Drawn = TypeVar("Drawn")
_Item = TypeVar("_Item")

_TRIES = 2000

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


def fair(
    draw: Callable[[], Drawn | None], is_fair: Callable[[Drawn], bool] = lambda _: True
) -> Drawn:
    """The first draw that is fair; one that gives None is not.

    Raises
    ------
    RuntimeError
        If so many are not fair that something is wrong.

    Examples
    --------
    >>> generator = np.random.default_rng(1)
    >>> fair(lambda: int(generator.integers(9)), lambda number: number > 6) > 6
    True
    """
    for _ in range(_TRIES):
        drawn = draw()
        if drawn is not None and is_fair(drawn):
            return drawn
    raise RuntimeError(f"None of {_TRIES} draws is fair.")


def apart(values: npt.ArrayLike, ratio: float) -> bool:
    """Whether each of these sizes is so many times as large as the next smaller one."""
    ordered = np.sort(np.abs(np.asarray(values, dtype=float)))
    return bool((ordered[1:] >= ratio * ordered[:-1]).all())


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
