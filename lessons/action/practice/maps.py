"""Small maps of real tables, for exercises that are answered from a map."""

from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from lessons.highway import pearson
from lessons.tables import table
from lib.charts import Heatmap, number_text

_TABLES = {
    "mtcars": (("mpg", "cyl", "disp", "hp", "drat", "wt", "qsec", "gear", "carb"), "32 cars"),
    "diabetes": (("age", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"), "442 patients"),
    "highway": (
        ("len", "adt", "trks", "slim", "shld", "lane", "acpt", "itg", "lwid"),
        "39 road sections",
    ),
}


Cell = tuple[str, str]


class SmallMap(NamedTuple):
    """Some columns of a table in an order that was drawn, and the r of every pair by its cell."""

    source: str
    names: list[str]
    known: dict[Cell, float]

    @property
    def pairs(self) -> list[Cell]:
        """Every pair as its cell lies on the map: row, column."""
        return list(self.known)

    @property
    def units(self) -> str:
        return _TABLES[self.source][1]

    @property
    def data(self) -> pd.DataFrame:
        return table(self.source)[self.names]

    @property
    def strongest(self) -> Cell:
        return max(self.known, key=lambda cell: abs(self.known[cell]))

    def size(self, cell: Cell) -> float:
        return abs(self.known[cell])

    def above(self, threshold: float) -> list[Cell]:
        return [cell for cell in self.known if self.size(cell) > threshold]

    def told(self, cell: Cell) -> str:
        row, column = cell
        return f"r(`{column}`, `{row}`) = {number_text(self.known[cell])}"

    def chart(self) -> Heatmap:
        r = _r_of(self.source)[self.names].loc[self.names]
        return Heatmap.lower(r, title=f"Pearson's r, {self.units}", colour_bar=False)

    def described(self) -> str:
        cells = ", ".join(
            f"{column} and {row} {number_text(r)}" for (row, column), r in self.known.items()
        )
        return f"A map of {len(self.names)} columns of {self.units}: {cells}."


def drawn_map(generator: np.random.Generator, columns: int) -> SmallMap:
    """So many columns of one of the tables, in any order."""
    source = str(generator.choice(list(_TABLES)))
    names = [str(name) for name in generator.permutation(_TABLES[source][0])[:columns]]
    known = _known(source)
    return SmallMap(
        source,
        names,
        {(row, column): known[row, column] for i, row in enumerate(names) for column in names[:i]},
    )


@cache
def _r_of(source: str) -> pd.DataFrame:
    return pearson(table(source))


@cache
def _known(source: str) -> dict[Cell, float]:
    r = _r_of(source)
    return {(row, column): float(r[column][row]) for row in r.index for column in r.columns}
