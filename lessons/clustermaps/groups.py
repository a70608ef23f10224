"""What several steps ask of a tree and of the groups that hang on it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lessons.tables import table
from lib.charts import Clustermap, Heatmap, below_diagonal
from lib.course import Behind, fill
from lib.stats import Clustering, Distance, Linkage, cluster, correlate

ROWS, SIGNED, ABSOLUTE = "Euclidean, rows", "1 − r", "1 − |r|"
DISTANCES = (ROWS, SIGNED, ABSOLUTE)
LINKAGES = ("single", "average", "complete")


@cache
def measurements(name: str) -> pd.DataFrame:
    """The numeric columns of a bundled table; shared, so not to be changed."""
    return table(name).select_dtypes("number")


def r_of(data: pd.DataFrame) -> pd.DataFrame:
    """Pearson's r of all pairs of columns."""
    return correlate(data, adjust="none").r


@cache
def r_in(name: str) -> pd.DataFrame:
    """Pearson's r of all pairs of numeric columns of a bundled table."""
    return r_of(measurements(name))


@cache
def tree_in(name: str, linkage: str = "average") -> Clustering:
    """The numeric columns of a bundled table as a tree by 1 - |r|."""
    return cluster(measurements(name), linkage=cast("Linkage", linkage))


def tree_by(data: pd.DataFrame, distance: str) -> Clustering:
    """The columns as an average-linkage tree, by one of DISTANCES."""
    if distance == ROWS:
        return cluster(r_of(data), distance="euclidean")
    known: dict[str, Distance] = {SIGNED: "1-r", ABSOLUTE: "1-|r|"}
    return cluster(data, distance=known[distance])


def turned(tree: Clustering, flipped: NDArray[np.bool_]) -> Clustering:
    """The same tree, with the two sides of the flipped merges exchanged."""
    from scipy.cluster.hierarchy import leaves_list  # 0.3 s to import

    linkage = tree.linkage.copy()
    linkage[flipped, :2] = linkage[flipped, 1::-1]
    names = tree.distances.columns
    return replace(tree, linkage=linkage, order=names[leaves_list(linkage)].tolist())


def pair_map(r: pd.DataFrame, tree: Clustering, title: str, cut: float | None = None) -> Clustermap:
    """A map of pairs with one tree on both sides."""
    return Clustermap(r, tree, tree, title=title, cut=cut)


def height_for(tree: Clustering, groups: int) -> float:
    """Where a line cuts the tree into so many groups."""
    heights = tree.linkage[:, 2]
    return float(heights[-groups:][:2].mean())


def members_of(r: pd.DataFrame) -> Callable[[tuple[str, ...]], Behind]:
    """What a branch opens: the map of its members, and how strongly they hang together."""

    def open_group(names: tuple[str, ...]) -> Behind:
        within = r.loc[list(names), list(names)]
        pairs = sizes_between(within)
        sentence = fill(
            "{count} together: |r| is {mean:.2f} on average, from {least:.2f} to {most:.2f}.",
            {"count": len(names), "mean": float(pairs.mean())}
            | {"least": float(pairs.min()), "most": float(pairs.max())},
        )
        return Behind(Heatmap(within, decimals=2 if len(names) < 9 else None), sentence)

    return open_group


def sizes_between(r: pd.DataFrame) -> NDArray[np.float64]:
    """|r| of every pair, once each."""
    return below_diagonal(r).abs().to_numpy()


def group_sizes(groups: "pd.Series[int]") -> str:
    """How many are in each group, the largest first.

    >>> group_sizes(pd.Series([1, 2, 2]))
    '2, 1'
    """
    return ", ".join(map(str, groups.value_counts()))


def group_of(name: str, groups: "pd.Series[int]") -> list[str]:
    """The names that share a group with one of them, itself included."""
    return groups.index[groups == groups[name]].tolist()


def agreement(found: Iterable[object], truth: Iterable[object]) -> float:
    """The adjusted Rand index: 1 for the same groups, 0 for what chance gives on average.

    >>> agreement([1, 1, 2, 2], ["b", "b", "a", "a"])
    1.0
    """
    rows, columns = (pd.factorize(np.asarray(list(names)))[0] for names in (found, truth))
    table = np.bincount(rows * len(columns) + columns)

    def pairs(counts: NDArray[np.int64]) -> float:
        return float((counts * (counts - 1) / 2).sum())

    together, in_found, in_truth = (
        pairs(table),
        pairs(np.bincount(rows)),
        pairs(np.bincount(columns)),
    )
    expected = in_found * in_truth / pairs(np.array([len(rows)]))
    return (together - expected) / ((in_found + in_truth) / 2 - expected)
