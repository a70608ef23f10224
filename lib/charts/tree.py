"""A tree of merges: what hangs together, and how it is drawn as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .plot import MOST_GROUPS, group_colours
from .theme import Theme

if TYPE_CHECKING:
    from ..stats import Clustering


class Branch(NamedTuple):
    """A merge, as a tree draws it: from one side up to its height and down the other side.

    Positions count leaves from 0, in the order in which they are drawn.
    """

    members: tuple[str, ...]
    positions: tuple[float, float]
    feet: tuple[float, float]
    height: float

    @property
    def middle(self) -> float:
        """Where its stem stands, between its sides."""
        return sum(self.positions) / 2

    @property
    def label(self) -> str:
        """How many hang on it, and the first and the last of them."""
        return f"{len(self.members)}: {self.members[0]} to {self.members[-1]}"

    @property
    def path(self) -> tuple[list[float], list[float]]:
        """Its line: places along the leaves, and above them."""
        (left, right), (left_foot, right_foot) = self.positions, self.feet
        return [left, left, right, right], [left_foot, self.height, self.height, right_foot]


def reach(tree: Clustering) -> float:
    """Where the axis of a tree's heights ends: a little above the tree."""
    return float(1.05 * tree.linkage[:, 2].max()) or 1.0


def branches(clustering: Clustering) -> list[Branch]:
    """The merges of a clustering, the lowest first.

    >>> import pandas as pd
    >>> from ..stats import cluster
    >>> table = pd.DataFrame({"a": [1, 2, 3, 4], "b": [1, 2, 3, 5], "c": [2, 1, 2, 1]})
    >>> [branch.members for branch in branches(cluster(table))]
    [('a', 'b'), ('c', 'a', 'b')]
    """
    names = [str(name) for name in clustering.order]
    place = {name: position for position, name in enumerate(clustering.order)}
    leaves = len(names)
    at = [float(place[name]) for name in clustering.distances.columns]
    foot, span = [0.0] * leaves, [(int(position), int(position)) for position in at]
    found = []
    for first, second, height, _ in clustering.linkage:
        sides = sorted((int(first), int(second)), key=lambda side: at[side])
        ends = tuple(end for side in sides for end in span[side])
        span.append((min(ends), max(ends)))
        found.append(
            Branch(
                tuple(names[span[-1][0] : span[-1][1] + 1]),
                (at[sides[0]], at[sides[1]]),
                (foot[sides[0]], foot[sides[1]]),
                float(height),
            )
        )
        at.append(found[-1].middle)
        foot.append(float(height))
    return found


def branch_colours(found: list[Branch], cut: float | None, theme: Theme) -> list[str]:
    """A colour a branch: below the cut that of its group, else the quiet one.

    Neighbouring groups differ; after as many as can be told apart, the first colour comes again.
    """
    if cut is None:
        return [theme.muted] * len(found)
    colour_of = _group_colours(found, cut, theme)
    return [
        colour_of[branch.members[0]] if branch.height <= cut else theme.muted for branch in found
    ]


def _group_colours(found: list[Branch], cut: float, theme: Theme) -> dict[str, str]:
    """The colour of each leaf that hangs together with others below the cut."""
    tops: dict[str, Branch] = {}
    # A merge comes after those that it merges.
    for branch in reversed(found):
        if branch.height <= cut and branch.members[0] not in tops:
            tops |= dict.fromkeys(branch.members, branch)
    palette = group_colours(theme, MOST_GROUPS)
    groups = sorted(set(tops.values()), key=lambda branch: branch.middle)
    return {
        leaf: palette[number % len(palette)]
        for number, group in enumerate(groups)
        for leaf in group.members
    }
