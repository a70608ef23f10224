"""Some columns of a bundled table, drawn anew for each exercise."""

from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from lessons.clustermaps.groups import r_in
from lib.charts import Heatmap, branches, number_text
from lib.stats import Clustering, Linkage, cluster

TABLES = {
    "diabetes": "patients with diabetes",
    "mtcars": "cars of 1974",
    "wine": "wines",
    "highway": "sections of highway",
}
_TOO_LONG = 20


class Pair(NamedTuple):
    """Two columns and their r."""

    x: str
    y: str
    r: float

    @property
    def size(self) -> float:
        return abs(self.r)

    @property
    def text(self) -> str:
        return f"`{self.x}` and `{self.y}`"


class Columns(NamedTuple):
    """Some columns of a table: what its rows are, and r of all pairs to two decimals."""

    rows: str
    r: pd.DataFrame

    @property
    def pairs(self) -> list[Pair]:
        """Each pair once, the strongest first."""
        numbers = self.r.to_numpy()
        both = combinations(enumerate(self.r.columns), 2)
        found = [Pair(x, y, float(numbers[i, j])) for (i, x), (j, y) in both]
        return sorted(found, key=lambda pair: -pair.size)

    @property
    def map(self) -> Heatmap:
        return Heatmap(self.r, title=f"r of {len(self.r)} columns")

    @property
    def description(self) -> str:
        said = "; ".join(f"{x} with {y} {number_text(r)}" for x, y, r in self.pairs)
        return f"A map of r between {len(self.r)} columns. {said}."


def some_columns(generator: np.random.Generator, count: int) -> Columns:
    """So many columns of one of TABLES, in any order."""
    table = str(generator.choice(list(TABLES)))
    every = r_in(table)
    short = [name for name in every.columns if len(name) < _TOO_LONG]
    names = generator.permutation(short)[:count]
    return Columns(TABLES[table], every.loc[names, names].round(2))


def tree_of(r: pd.DataFrame, linkage: Linkage = "average") -> Clustering:
    """The tree of these columns by 1 - |r|."""
    return cluster(1 - r.abs(), distance="precomputed", linkage=linkage)


def meeting(tree: Clustering) -> pd.DataFrame:
    """The height at which any two leaves meet."""
    from scipy.cluster.hierarchy import cophenet  # 0.3 s to import
    from scipy.spatial.distance import squareform

    names = tree.distances.columns
    return pd.DataFrame(squareform(cophenet(tree.linkage)), names, names)


def tree_in_words(tree: Clustering) -> str:
    """Its leaves and its merges, for who cannot see it."""
    merges = "; ".join(
        f"{', '.join(branch.members)} at {branch.height:.2f}" for branch in branches(tree)
    )
    return f"A tree. Its leaves stand in this order: {', '.join(tree.order)}. Merged are {merges}."
