"""Columns in a tree by their distances: the dendrogram beside a clustermap, and its groups."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, cast, get_args

import numpy as np
import pandas as pd

from ..correlation import complete_r
from ..streams import Stored, opened
from ..table import (
    Floats,
    Integers,
    Missing,
    Table,
    check_choice,
    check_number,
    check_whole,
    framed,
    refuse_stored,
    square_of,
)
from .distances import Distance, distances_between, distances_by_r, near_one

Linkage: TypeAlias = Literal["single", "average", "complete", "ward"]


@dataclass(frozen=True, eq=False)
class Clustering:
    """What `cluster` found: a tree whose leaves are the k columns of the table.

    Attributes
    ----------
    order
        The names of the columns as the dendrogram draws its leaves, from left to right. The two
        sides of every branch may swap, so neighbours in this order need not be close.
    linkage
        (k - 1) x 4, as scipy.cluster.hierarchy gives and takes it: one row a merge, by height.
    distances
        k x k, what was clustered; zero on the diagonal.
    cophenetic
        Correlation, from -1 to 1, of the distances with those that the tree shows: the height at
        which two columns are merged. NaN where either is the same for all pairs.
    """

    order: list[Any]
    linkage: Floats = field(repr=False)
    distances: pd.DataFrame
    cophenetic: float

    def cut(self, height: float) -> "pd.Series[int]":
        """The group of each column when every merge above `height` is undone.

        A Series with the columns of the table as index. Groups are numbered from 1, in the order
        in which the dendrogram draws them. Under complete linkage no two columns of a group are
        further apart than `height`; under the others they may be.

        Raises ValueError for a height that is negative or NaN.
        """
        check_number("height", height, "choose 0 or more")
        if not height >= 0:
            raise ValueError(f"height is {height}: choose 0 or more.")
        return self._groups(merges=int((self.linkage[:, 2] <= height).sum()))

    def cut_into(self, groups: int) -> "pd.Series[int]":
        """The group of each column when the highest merges are undone, until there are `groups`.

        A Series as `cut` gives it. Of merges at the same height the last in `linkage` is undone
        first, so that there are always as many groups as asked for.

        Raises ValueError for fewer than 1 group and for more groups than columns.
        """
        columns = len(self.order)
        advice = f"choose from 1 to {columns}, one a column"
        check_whole("groups", groups, 1, advice)
        if groups > columns:
            raise ValueError(f"groups is {groups}: {advice}.")
        return self._groups(merges=columns - groups)

    def branches(self) -> pd.DataFrame:
        """One row a merge, in the order of `linkage`: what it takes to draw the dendrogram.

        - left, right: where its two legs stand. Leaves stand at 0, 1, ..., k - 1 in `order`, and
          a branch stands midway between its legs.
        - left_height, right_height: where its legs begin: at 0 for a leaf, at the height of the
          branch below otherwise.
        - height: where its legs meet, the distance of the two sides.
        - members: the columns below it, as a tuple, from left to right.
        """
        leaves = self._leaves()
        stands = np.argsort(leaves).astype(np.float64).tolist()
        heights = [0.0] * len(leaves)
        members: list[tuple[Hashable, ...]] = [(name,) for name in self.distances.columns]
        rows: list[dict[str, object]] = []
        for first, second, height, _ in self.linkage.tolist():
            left, right = int(first), int(second)
            rows.append(
                {
                    "left": stands[left],
                    "right": stands[right],
                    "left_height": heights[left],
                    "right_height": heights[right],
                    "height": height,
                    "members": members[left] + members[right],
                }
            )
            stands.append((stands[left] + stands[right]) / 2)
            heights.append(height)
            members.append(members[left] + members[right])
        return pd.DataFrame(rows)

    def _leaves(self) -> Integers:
        """Positions of the columns in the table, in the order of the leaves."""
        from scipy.cluster.hierarchy import leaves_list  # 0.3 s to import

        return np.asarray(leaves_list(self.linkage), dtype=np.int64)

    def _groups(self, merges: int) -> "pd.Series[int]":
        """The groups after the first merges, numbered in the order of the leaves."""
        columns = self.distances.columns
        node = np.arange(len(columns))  # what each column belongs to, numbered as in linkage
        for step, sides in enumerate(self.linkage[:merges, :2]):
            node[np.isin(node, sides)] = len(columns) + step
        leaves = self._leaves()
        group = np.empty(len(columns), dtype=np.int64)
        group[leaves] = pd.factorize(node[leaves])[0] + 1
        return pd.Series(group, index=columns, name="group")


def cluster(
    data: "Table | Stored",
    *,
    distance: Distance = "1-|r|",
    linkage: Linkage = "average",
    missing: Missing = "pairwise",
) -> Clustering:
    """Merge the two closest groups of columns, again and again, until one is left.

    Clustering orders a heatmap; it changes no value in it. It always finds groups, in noise too:
    `branch_stability` says which of them other rows would give as well.

    Parameters
    ----------
    data
        n rows x k columns of numbers or booleans, as for `correlate`; for "precomputed" the k x k
        distances, whose rows have the names of the columns if they have none. By correlations
        also a table that is read in parts, such as `sample` takes.
    distance
        Between two columns:

        - "1-|r|": 0 for columns on one straight line, rising or falling, and 1 for uncorrelated
          ones. Pearson's r over the rows that the two share.
        - "1-r": from 0 to 2. Columns on a falling line are the furthest apart.
        - "euclidean": the root of the summed squared differences, over all n rows. Columns in
          larger units dominate: bring them to one scale first. Of the columns of a correlation
          matrix, `cluster(data.corr(), distance="euclidean")`, it is what seaborn.clustermap
          uses by default.
        - "precomputed": data itself, such as 1 - V between categorical columns: square,
          symmetric, zero on the diagonal, the same names as index and columns.
    linkage
        Between two groups: the distance of their closest columns ("single", which chains), the
        mean over all pairs ("average"), that of the furthest ("complete"), or the growth of the
        sum of squares about the group means ("ward", for Euclidean distances alone).
    missing
        - "pairwise": the distance of two columns is that in the rows that both have. A Euclidean
          one is scaled up to all n rows, as if they differed by as much in the others: the root of
          n times the mean squared difference (R's dist does the same).
        - "complete": rows with a missing value are left out.

        Precomputed distances may not be missing.

    Returns
    -------
    Clustering
        Where distances are tied, the tree can depend on the order of the columns; otherwise the
        groups cannot, and only the order in which they are drawn can.

    Raises
    ------
    ValueError
        As `correlate` for columns that are not numbers, infinite values, duplicated names and
        fewer than two columns. For columns and pairs without a distance, with what to leave out:
        no r (constant, or fewer than three shared rows), no row shared, a missing precomputed
        distance. For precomputed distances that are none, "ward" with other distances or with
        pairs of different rows, and an unknown distance, linkage or missing.

    References
    ----------
    Sokal and Michener (1958), University of Kansas Science Bulletin 38, 1409-1438 (average).
    Ward (1963), Journal of the American Statistical Association 58, 236-244.
    Sokal and Rohlf (1962), Taxon 11, 33-40 (cophenetic correlation).
    Dixon (1979), IEEE Transactions on Systems, Man, and Cybernetics 9, 617-621 (missing values).
    Müllner (2011), arXiv:1109.2378 (the algorithms, in scipy.cluster.hierarchy.linkage).

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "cold": [9, 8, 6, 5, 3, 1],
    ...         "noise": [2, 5, 1, 4, 6, 2],
    ...         "heat": [1, 2, 4, 5, 8, 9],
    ...     }
    ... )
    >>> found = cluster(table)
    >>> found.order
    ['noise', 'cold', 'heat']
    >>> found.cut(0.2).to_dict()
    {'cold': 2, 'noise': 1, 'heat': 2}
    >>> cluster(table, distance="1-r").cut_into(2).to_dict()
    {'cold': 1, 'noise': 2, 'heat': 2}
    """
    from scipy.cluster import hierarchy  # 0.3 s to import
    from scipy.spatial.distance import squareform

    _check_options(distance, linkage, missing)
    table, source = opened(data)
    if source is not None:
        if distance not in ("1-|r|", "1-r"):
            refuse_stored(f"Distance {distance!r}")
        distances = distances_by_r(source, distance, missing)
    else:
        table = square_of(cast("Table", data)) if distance == "precomputed" else table
        distances = distances_between(table, distance, missing)
        if linkage == "ward" and missing == "pairwise":
            _refuse_gaps(table)
    condensed = squareform(distances)
    # At a scale near 1, by a power of two, Ward's squares neither overflow nor vanish.
    scaled, exponent = near_one(condensed)
    merges = hierarchy.linkage(scaled, linkage)
    shown = hierarchy.cophenet(merges)
    merges[:, 2] = np.ldexp(merges[:, 2], exponent)
    return Clustering(
        order=table.columns[hierarchy.leaves_list(merges)].tolist(),
        linkage=merges,
        distances=framed(distances, table.columns),
        cophenetic=float(complete_r(np.column_stack([scaled, shown]))[0, 1]),
    )


def _check_options(distance: str, linkage: str, missing: str) -> None:
    check_choice("distance", distance, get_args(Distance))
    check_choice("linkage", linkage, get_args(Linkage))
    check_choice("missing", missing, get_args(Missing))
    if linkage == "ward" and distance != "euclidean":
        raise ValueError(
            f"Linkage 'ward' is defined for Euclidean distances, not for {distance!r}: choose "
            "distance='euclidean', or another linkage, such as 'average'."
        )


def _refuse_gaps(data: pd.DataFrame) -> None:
    gaps = data.isna().sum()
    if gaps.any():
        raise ValueError(
            "Linkage 'ward' needs all distances from the same rows, and some values are missing, "
            f"most of them in {gaps.idxmax()!r}: choose missing='complete', or another linkage."
        )
