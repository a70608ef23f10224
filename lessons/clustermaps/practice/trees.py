"""Exercises on reading a tree: its order, its heights, a cut and what the linkage promises."""

from itertools import pairwise
from math import factorial
from typing import NamedTuple

import numpy as np
import pandas as pd

from lessons.clustermaps.groups import pair_map, sizes_between, turned
from lessons.clustermaps.practice.columns import (
    TABLES,
    Columns,
    meeting,
    some_columns,
    tree_in_words,
    tree_of,
)
from lessons.practising import Slip, bands, fair, listed
from lib.charts import Clustermap, branches, number_text
from lib.course import ChooseOne, Exercise, Reply, TwoTier, TypeNumber, kind
from lib.stats import Clustering, Linkage

_LINKAGES: tuple[Linkage, ...] = ("single", "average", "complete")
_ASKS = {
    "single": "the nearest pair decides",
    "average": "all pairs count, on average",
    "complete": "the furthest pair decides",
}


class _Third(NamedTuple):
    """Two columns that are merged, and a third that joins them."""

    names: tuple[str, str, str]
    r: pd.DataFrame
    heights: dict[Linkage, float]

    @property
    def text(self) -> str:
        first, second, third = self.names
        return (
            f"r is {number_text(self.r[first][second])} between `{first}` and `{second}`, "
            f"{number_text(self.r[first][third])} between `{first}` and `{third}`, and "
            f"{number_text(self.r[second][third])} between `{second}` and `{third}`."
        )


def _third(generator: np.random.Generator) -> _Third | None:
    columns = some_columns(generator, 3)
    strongest, *others = columns.pairs
    near, far = (1 - pair.size for pair in others)
    is_even = round(100 * (near + far)) % 2 == 0  # so that their mean needs no third decimal
    if far - near < 0.2 or near - (1 - strongest.size) < 0.05 or not is_even:
        return None
    third = next(str(name) for name in columns.r if name not in {strongest.x, strongest.y})
    heights: dict[Linkage, float] = {
        linkage: float(tree_of(columns.r, linkage).linkage[1, 2]) for linkage in _LINKAGES
    }
    return _Third((strongest.x, strongest.y, third), columns.r, heights)


@kind
def the_height_of_a_third(generator: np.random.Generator) -> Exercise:
    """At which height a third column joins two."""
    drawn = fair(lambda: _third(generator))
    linkage = _LINKAGES[generator.integers(3)]
    first, second, third = drawn.names
    near, far = sorted(1 - drawn.r.abs()[third][[first, second]])
    right = drawn.heights[linkage]
    asked = f"By {linkage} linkage {_ASKS[linkage]}"
    by_another_linkage = {
        height: Slip(
            f"{height:.2f} is what {other} linkage gives, where {_ASKS[other]}. {asked}: "
            f"{right:.2f}.",
            "linkage_is_a_detail",
        )
        for other, height in drawn.heights.items()
        if other != linkage
    }
    as_r = {
        1 - height: Slip(
            f"{1 - height:.2f} is an |r|, and a height is a distance, one minus |r|. It comes to "
            f"{right:.2f}.",
            "height_is_r",
        )
        for height in (right, near, far)
    }
    return TypeNumber(
        question=f"{drawn.text} A tree by 1 − |r|, {linkage} linkage, first merges `{first}` and "
        f"`{second}`. At which height does `{third}` join them?",
        value=right,
        tolerance=0.005,
        low=0,
        high=2,
        decimals=2,
        feedback=f"`{third}` is {near:.2f} from one of the two and {far:.2f} from the other. "
        f"{asked}: {right:.2f}.",
        bands=bands(
            right,
            2,
            by_another_linkage | as_r,
            Slip(
                f"{{said}} is not it. `{third}` is {near:.2f} and {far:.2f} from the two. {asked}: "
                f"{right:.2f}.",
                "linkage_is_a_detail",
            ),
            near=0.006,
        ),
    )


@kind
def linkage_behind_a_height(generator: np.random.Generator) -> Exercise:
    """Which linkage drew a tree, told by one height."""
    drawn = fair(lambda: _third(generator))
    linkage = _LINKAGES[generator.integers(3)]
    first, second, third = drawn.names
    near, far = sorted(1 - drawn.r.abs()[third][[first, second]])
    height = drawn.heights[linkage]
    because = {
        "single": "The larger of its two distances plays no part in that height",
        "average": "Both of its distances play a part in that height",
        "complete": "The smaller of its two distances plays no part in that height",
    }
    question = (
        f"{drawn.text} In a tree by 1 − |r| the first two were merged, and `{third}` joined them "
        f"at {height:.2f}. Which linkage was it?"
    )
    facts = f"`{third}` is {near:.2f} from one of the two and {far:.2f} from the other"
    sizes = {
        "single": f"the smaller of {near:.2f} and {far:.2f}",
        "average": f"the mean of {near:.2f} and {far:.2f}",
        "complete": f"the larger of {near:.2f} and {far:.2f}",
    }
    tempting = {
        "single": "One near column may seem enough.",
        "average": "Both are given, and so both may seem to count.",
        "complete": "To be one group, all may seem to have to be near.",
    }
    return TwoTier(
        question=question,
        first=ChooseOne(
            question=question,
            choices=[
                Reply(
                    text=each.capitalize(),
                    feedback=f"{facts}. {each.capitalize()} linkage joins it at "
                    f"{drawn.heights[each]:.2f}"
                    + ("." if each == linkage else f", and the tree has {height:.2f}."),
                    right=each == linkage,
                    misconception=None if each == linkage else "linkage_is_a_detail",
                )
                for each in _LINKAGES
            ],
        ),
        why=ChooseOne(
            question="Why?",
            choices=[
                Reply(
                    text=because[each],
                    feedback=f"The height {height:.2f} is {sizes[linkage]}."
                    if each == linkage
                    else f"{tempting[each]} Then `{third}` would have joined at "
                    f"{drawn.heights[each]:.2f}. The height {height:.2f} is {sizes[linkage]}.",
                    right=each == linkage,
                    misconception=None if each == linkage else "linkage_is_a_detail",
                    holds=abs(
                        height
                        - {"single": near, "average": (near + far) / 2, "complete": far}[linkage]
                    )
                    < 1e-9,
                )
                for each in _LINKAGES
            ],
        ),
    )


class _Between(NamedTuple):
    """A leaf between two others, one of which it meets much earlier."""

    columns: Columns
    tree: Clustering
    leaf: str
    early: str
    late: str
    heights: tuple[float, float]


def _between(generator: np.random.Generator) -> _Between | None:
    columns = some_columns(generator, 7)
    tree = tree_of(columns.r)
    heights = meeting(tree)
    for left, leaf, right in generator.permutation(
        list(zip(tree.order, tree.order[1:], tree.order[2:], strict=False))
    ).tolist():
        early, late = sorted((left, right), key=lambda name: float(heights[leaf][name]))
        at = (float(heights[leaf][early]), float(heights[leaf][late]))
        if at[1] - at[0] > 0.2:
            return _Between(columns, tree, leaf, early, late, at)
    return None


@kind(transfer=True)
def who_is_met_first(generator: np.random.Generator) -> Exercise:
    """Which of two neighbours on a map is near in the tree."""
    drawn = fair(lambda: _between(generator))
    low, high = drawn.heights
    where = (
        f"In the tree `{drawn.leaf}` meets `{drawn.early}` at {low:.2f} and `{drawn.late}` at "
        f"{high:.2f}"
    )
    names = sorted((drawn.early, drawn.late))
    return ChooseOne(
        question=f"Seven columns about {drawn.columns.rows}, by 1 − |r|, average linkage. "
        f"`{drawn.leaf}` stands between `{names[0]}` and `{names[1]}`. To which of the two does "
        "the tree put it nearer?",
        figures=(pair_map(drawn.columns.r, drawn.tree, "A tree of seven columns"),),
        description=tree_in_words(drawn.tree),
        choices=[
            *(
                Reply(
                    text=f"`{name}`",
                    feedback=f"{where}. The lower height is the nearer one."
                    if name == drawn.early
                    else f"{where}. Turn the branch that holds `{drawn.leaf}` and `{drawn.early}`, "
                    f"and `{drawn.leaf}` no longer stands beside `{drawn.late}`.",
                    right=name == drawn.early,
                    misconception=None if name == drawn.early else "neighbours_are_nearest",
                    holds=low < high,
                )
                for name in names
            ),
            Reply(
                text="To both alike: it stands beside both",
                feedback=f"To stand beside is a matter of the drawing. {where}.",
                misconception="neighbours_are_nearest",
                holds=high - low > 0.2,
            ),
        ],
    )


class _Orders(NamedTuple):
    tree: Clustering
    shown: Columns
    possible: list[list[str]]
    impossible: list[str]
    torn: tuple[str, ...]


def _orders(generator: np.random.Generator) -> _Orders | None:
    columns = some_columns(generator, 5)
    tree = tree_of(columns.r)
    drawings = {tuple(turned(tree, generator.random(4) < 0.5).order) for _ in range(6)}
    possible = [list(order) for order in sorted(drawings) if list(order) != tree.order][:2]
    if len(possible) < 2:
        return None
    members = [branch.members for branch in branches(tree)[:-1]]
    for place in generator.permutation(4).tolist():
        swapped = list(possible[0])
        swapped[place : place + 2] = swapped[place : place + 2][::-1]
        torn = [branch for branch in members if not _together(branch, swapped)]
        if torn:
            return _Orders(tree, columns, possible, swapped, torn[0])
    return None


def _swapped(tree: Clustering, order: list[str]) -> list[list[str]]:
    """The merges whose sides stand the other way round than in the drawing, by their members."""
    sides: list[list[str]] = [[name] for name in tree.distances.columns]
    found = []
    for first, second, _, _ in tree.linkage.tolist():
        one, other = sides[int(first)], sides[int(second)]
        sides.append(one + other)
        drawn, asked = (
            names.index(one[0]) < names.index(other[0]) for names in (tree.order, order)
        )
        if drawn != asked:
            found.append([name for name in tree.order if name in sides[-1]])
    return found


def _together(members: tuple[str, ...], order: list[str]) -> bool:
    """Whether they stand side by side in that order."""
    places = sorted(order.index(name) for name in members)
    return all(after - before == 1 for before, after in pairwise(places))


@kind
def an_order_that_no_drawing_has(generator: np.random.Generator) -> Exercise:
    """Which orders a tree can be drawn in."""
    drawn = fair(lambda: _orders(generator))
    torn = listed([f"`{name}`" for name in drawn.torn])
    turned_in = [
        ", and that of ".join(
            listed([f"`{name}`" for name in members]) for members in _swapped(drawn.tree, order)
        )
        for order in drawn.possible
    ]
    return ChooseOne(
        question="The branches of this tree may turn. In which order can its columns not stand?",
        figures=(pair_map(drawn.shown.r, drawn.tree, "A tree of five columns"),),
        description=tree_in_words(drawn.tree),
        choices=[
            Reply(
                text=", ".join(drawn.impossible),
                feedback=f"{torn} hang on one branch, and here another column stands among them. "
                "Turning a branch never lets a stranger in: so this is none of the 16 drawings.",
                right=True,
                holds=not _together(drawn.torn, drawn.impossible),
            ),
            *(
                Reply(
                    text=", ".join(order),
                    feedback="The tree is drawn in another order, but this is one of its 16: every "
                    f"branch keeps its members together. To draw it, turn "
                    f"the branch of {turns}.",
                    misconception="a_tree_has_one_order",
                    holds=all(_together(branch.members, order) for branch in branches(drawn.tree)),
                )
                for order, turns in zip(drawn.possible, turned_in, strict=True)
            ),
        ],
    )


@kind
def drawings_of_one_tree(generator: np.random.Generator) -> Exercise:
    """In how many orders one tree can be drawn."""
    leaves = int(generator.integers(4, 12))
    about = TABLES[str(generator.choice(list(TABLES)))]
    right = 2 ** (leaves - 1)
    merges = f"{leaves} columns are merged {leaves - 1} times"
    return TypeNumber(
        question=f"A tree of {leaves} columns about {about}, each merge of two branches. Turning "
        "branches never changes what it says. In how many orders can it draw its columns?",
        value=right,
        tolerance=0,
        low=1,
        high=5000,
        unit="orders",
        feedback=f"{merges}, and each merge has two sides that may swap: 2 to the power of "
        f"{leaves - 1} is {right}.",
        bands=bands(
            right,
            5000,
            {
                leaves - 1: Slip(
                    f"{leaves - 1} is the number of merges. Each can be drawn in two ways, "
                    f"whatever the others do: {right} orders.",
                    "a_tree_has_one_order",
                ),
                2 * (leaves - 1): Slip(
                    f"{leaves - 1} merges with two ways each do not add up but multiply: {right}.",
                    "a_tree_has_one_order",
                ),
                2**leaves: Slip(
                    f"{merges}, once less than there are columns. Two ways for each: {right}.",
                    "a_tree_has_one_order",
                ),
                factorial(leaves): Slip(
                    f"{factorial(leaves)} are all orders of {leaves} columns. A branch keeps its "
                    f"members together, and that leaves {right}.",
                    "neighbours_are_nearest",
                ),
            },
            Slip(
                f"A drawn tree looks as if it had few orders. {merges}, and the two sides of each "
                f"may swap: {right} orders, more than {{said}}.",
                "a_tree_has_one_order",
            ),
            Slip(
                f"{{said}} would let columns leave their branches. {merges}, and only the two "
                f"sides of each may swap: {right} orders.",
                "neighbours_are_nearest",
            ),
            low=1,
            near=0.4,
        ),
    )


class _Cut(NamedTuple):
    columns: Columns
    tree: Clustering
    wanted: float
    groups: int
    groups_at_r: int


def _cut(generator: np.random.Generator) -> _Cut | None:
    columns = some_columns(generator, 8)
    tree = tree_of(columns.r)
    heights = tree.linkage[:, 2]
    for wanted in generator.permutation([0.3, 0.4, 0.6, 0.7, 0.8]).tolist():
        nearest = min(np.abs(heights - wanted).min(), np.abs(heights - (1 - wanted)).min())
        at_height, at_r = (8 - int((heights < at).sum()) for at in (1 - wanted, wanted))
        if nearest > 0.03 and at_height != at_r and 1 < at_height < 8:
            return _Cut(columns, tree, wanted, at_height, at_r)
    return None


@kind(transfer=True)
def groups_left_by_a_cut(generator: np.random.Generator) -> Exercise:
    """How many groups a cut leaves."""
    drawn = fair(lambda: _cut(generator))
    height = 1 - drawn.wanted
    merges = 8 - drawn.groups
    below = f"{merges} of the 7 merges lie" if merges > 1 else "1 of the 7 merges lies"
    return TypeNumber(
        question=f"Eight columns about {drawn.columns.rows}, by 1 − |r|, average linkage. Two "
        f"branches are to be one group if |r| between them is at least {drawn.wanted:.1f} on "
        "average. How many groups are left, single columns included?",
        figures=(pair_map(drawn.columns.r, drawn.tree, "A tree of eight columns"),),
        description=tree_in_words(drawn.tree),
        value=drawn.groups,
        tolerance=0,
        low=1,
        high=8,
        unit="groups",
        feedback=f"|r| of {drawn.wanted:.1f} is a height of {height:.1f}. {below} lower. Each "
        f"makes one group of two, and of 8 columns {drawn.groups} groups are left.",
        bands=bands(
            drawn.groups,
            8,
            {
                drawn.groups_at_r: Slip(
                    f"{{said}} is what a cut at a height of {drawn.wanted:.1f} leaves. A height is "
                    f"a distance: |r| of {drawn.wanted:.1f} is {height:.1f}, and leaves "
                    f"{drawn.groups} groups.",
                    "height_is_r",
                ),
            },
            Slip(
                f"{{said}} would take merges that lie above the cut as well. It is at a height of "
                f"{height:.1f}, for the |r| that is asked for. {below} lower: {drawn.groups} "
                "groups.",
                "data_say_how_many_groups",
            ),
            Slip(
                f"{{said}} would leave out merges that lie below the cut. It is at a height of "
                f"{height:.1f}, for the |r| that is asked for. {below} there: {drawn.groups} "
                "groups.",
                "data_say_how_many_groups",
            ),
            low=0.5,
            near=0.4,
        ),
    )


class _Promise(NamedTuple):
    columns: Columns
    tree: Clustering
    linkage: Linkage
    height: float
    members: list[str]
    weakest: float
    branch: float


def _promise(generator: np.random.Generator) -> _Promise | None:
    """A cut whose promise to each pair, or to the branches, is broken where it can be."""
    columns = some_columns(generator, 8)
    linkage = _LINKAGES[generator.integers(3)]
    tree = tree_of(columns.r, linkage)
    far = [
        height
        for height in (0.3, 0.4, 0.5, 0.6)
        if np.abs(tree.linkage[:, 2] - height).min() > 0.02
    ]
    height = float(generator.choice(far)) if far else 0.0
    cut = tree.cut(height)
    members = cut.index[cut == cut.mode()[0]].tolist()
    if len(members) < 3:
        return None
    within = columns.r.loc[members, members]
    weakest, branch = float(sizes_between(within).min()), _weakest_merge(tree, columns.r, members)
    least = 1 - height
    is_broken = {
        "single": weakest < branch < least - 0.03,
        "average": weakest < least - 0.05,
        "complete": True,
    }[linkage]
    return _Promise(columns, tree, linkage, height, members, weakest, branch) if is_broken else None


def _weakest_merge(tree: Clustering, r: pd.DataFrame, members: list[str]) -> float:
    """Of all merges within a group, the smallest mean |r| between their two sides."""
    sides: list[list[str]] = [[name] for name in tree.distances.columns]
    found = []
    for first, second, _, _ in tree.linkage.tolist():
        left, right = sides[int(first)], sides[int(second)]
        sides.append(left + right)
        if set(sides[-1]) <= set(members):
            found.append(float(r.abs().loc[left, right].to_numpy().mean()))
    return min(found)


@kind(transfer=True)
def what_a_cut_promises(generator: np.random.Generator) -> Exercise:
    """What a linkage promises of the groups below a cut."""
    drawn = fair(lambda: _promise(generator))
    least = 1 - drawn.height
    texts = {
        "single": f"Each member has another one with |r| of at least {least:.1f}",
        "average": f"Where two branches met, |r| between them is at least {least:.1f} on average",
        "complete": f"Any two members have |r| of at least {least:.1f}",
    }
    group = f"In the largest group here, {len(drawn.members)} columns,"
    weakest = f"the weakest pair has |r| = {drawn.weakest:.2f}"
    says = {
        "single": "Single linkage asks the nearest pair and no other",
        "average": "Average linkage asks all pairs between two branches, on average",
        "complete": "Complete linkage asks the furthest pair, so no pair is weaker",
    }[drawn.linkage]
    too_little = {
        "single": f"It says nothing of a member's other pairs. {group} {weakest}.",
        "average": f"An average of at least {least:.1f} may hide a weaker pair. {group} {weakest}.",
    }
    rank = _LINKAGES.index(drawn.linkage)
    replies = []
    for place, each in enumerate(_LINKAGES):
        if place == rank:
            feedback = f"{says}. {group} {weakest}."
        elif place < rank:
            feedback = f"That is so, and it is not the most. {too_little[each]} {says}."
        elif each == "average":
            feedback = (
                f"{says}. {group} two branches met whose |r| is {drawn.branch:.2f} on average, "
                f"less than {least:.1f}."
            )
        else:
            feedback = f"{says}. {group} {weakest}, less than {least:.1f}."
        replies.append(
            Reply(
                text=texts[each],
                feedback=feedback,
                right=place == rank,
                misconception=None if place == rank else "linkage_is_a_detail",
                holds=_is_as_said(drawn, least),
            )
        )
    return ChooseOne(
        question=f"Eight columns about {drawn.columns.rows}, by 1 − |r|, {drawn.linkage} linkage, "
        f"cut at a height of {drawn.height:.1f}. What is the most that this cut promises of a "
        "group with several members?",
        figures=(
            Clustermap(drawn.columns.r, drawn.tree, drawn.tree, cut=drawn.height, title="The cut"),
        ),
        description=f"{tree_in_words(drawn.tree)} A line cuts it at {drawn.height:.1f}.",
        choices=replies,
    )


def _is_as_said(drawn: _Promise, least: float) -> bool:
    within = drawn.columns.r.abs().loc[drawn.members, drawn.members].to_numpy()
    has_one = bool((np.where(np.eye(len(within)) == 1, 0, within).max(axis=1) >= least).all())
    return (
        has_one
        and {
            "single": drawn.branch < least and drawn.weakest < least,
            "average": drawn.branch >= least > drawn.weakest,
            "complete": drawn.weakest >= least and drawn.branch >= least,
        }[drawn.linkage]
    )
