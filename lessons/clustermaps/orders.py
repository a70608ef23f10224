"""What is put where: the order of a map, and the distance behind it, with or without signs."""

from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lessons.clustermaps.groups import (
    ABSOLUTE,
    DISTANCES,
    ROWS,
    SIGNED,
    agreement,
    group_of,
    height_for,
    members_of,
    pair_map,
    r_in,
    r_of,
    tree_by,
    tree_in,
    turned,
)
from lessons.highway import NUMBERS
from lessons.tables import BREAST_CANCER, HIGHWAY, highway
from lib.charts import Chart, Heatmap, branches
from lib.course import (
    Band,
    Choice,
    Estimate,
    Exhibit,
    Goal,
    Mistake,
    Option,
    Outcome,
    Predict,
    Seed,
    Slider,
    Step,
    Task,
    fill,
)
from lib.stats import Clustering, neighbour_similarity

_FILED, _SHUFFLED, _CLUSTERED = "as filed", "shuffled", "clustered"
_NONE, _TOP, _RANDOM = "no branch", "the top one", "some, at random"
_DRAWS = 100


class Reorder(Step):
    """
    ### The same numbers, tidied up

    {columns} measurements of breast tissue, {pairs} pairs. As the file has them, neighbours on the
    map have |r| = {filed:.2f} on average. Clustered, {clustered:.2f}, and the map falls into
    blocks.

    The tree at the side says who was merged with whom, and how early. It does not say left or
    right. Each of its {merges} branches can turn like a mobile, so there are {drawings:,} drawings
    of this one tree. You were shown the one that the library came up with.

    A click on a branch opens its members.
    """

    tables = (BREAST_CANCER,)

    order = Choice("Order", (_FILED, _SHUFFLED, _CLUSTERED), default=_FILED)
    turn = Choice("Turn", (_NONE, _TOP, _RANDOM), default=_NONE)
    draw = Seed("Draw")
    views = ("draw",)

    predict = Predict(
        "From the order of the file to the order of the tree: how many of the {pairs} pairs get "
        "another r?",
        choices=[
            Option(
                text="None",
                value=0,
                feedback=(
                    "Rows and columns move, and each r moves with them. The colours are the same "
                    "{pairs} colours, in other places."
                ),
            ),
            Option(
                text="The {merges} pairs that become neighbours",
                value=29,
                feedback=(
                    "They look different, because they now stand among their like. Their r is what "
                    "it was: {changed} of {pairs} changed."
                ),
                misconception="clustering_changes_r",
            ),
            Option(
                text="All {pairs}, a little",
                value=435,
                feedback=(
                    "Blocks look like stronger correlations. Neighbours did go from {filed:.2f} to "
                    "{neighbours:.2f}, by being other neighbours. Changed: {changed}."
                ),
                misconception="clustering_changes_r",
            ),
        ],
        answer=lambda exhibit: exhibit.facts["changed"],
        answer_at={"order": _CLUSTERED},
    )

    task = Task(
        "Make the blocks appear. Then show the same tree in a drawing that the library did not "
        "choose.",
        goals=[
            Goal(
                "The blocks are on the screen",
                met=lambda state: state["is_clustered"],
            ),
            Goal(
                "The tree is drawn otherwise than the library did",
                met=lambda state: state["is_turned"],
            ),
        ],
        solution={"order": _CLUSTERED, "turn": _TOP},
        hints=[
            "One of the three orders has a tree.",
            "Hold the mobile at its top and give it a push.",
        ],
    )

    mistakes = [
        Mistake(
            "Neighbours now have |r| = {neighbours:.2f}. Over {draws} shuffles it is "
            "{shuffled_mean:.2f} on average. Nothing is lost, and nothing can be seen.",
            when=lambda state: state["order"] == _SHUFFLED,
            example={"order": _SHUFFLED},
            misconception="clustering_changes_r",
        ),
        Mistake(
            "The blocks are there, {neighbours:.2f}, and `{first}` stands first. That is the "
            "library's drawing, one of {drawings:,}. Turn a branch and see what stays.",
            when=lambda state: state["is_clustered"],
            example={"order": _CLUSTERED},
            misconception="neighbours_are_nearest",
        ),
        Mistake(
            "There is no tree on the screen yet, so nothing turns. The map is in the order of the "
            "file, with neighbours at {neighbours:.2f}.",
            when=lambda _: True,
            example={"turn": _TOP},
            misconception="neighbours_are_nearest",
        ),
    ]

    learned = [
        Outcome(
            "Clustering changed {changed} of {pairs} values, and brought neighbours from "
            "{filed:.2f} to {clustered:.2f}. {draws} other drawings of the same tree: "
            "{turned_low:.2f} to {turned_high:.2f}. Read the height at which two columns meet, not"
            " how near they stand."
        )
    ]

    def show(self, order: str, turn: str, draw: int) -> Exhibit:
        r, tree = r_in("breast_cancer"), tree_in("breast_cancer")
        filed = r.columns.tolist()
        drawn = tree if turn == _NONE else turned(tree, _flipped(turn, draw, len(r) - 1))
        names = {_FILED: filed, _SHUFFLED: _shuffled(r, draw), _CLUSTERED: drawn.order}[order]
        shown = r.loc[names, names]
        facts: dict[str, Any] = {
            **_orders(),
            "neighbours": neighbour_similarity(r, names),
            "changed": _changed(r, shown),
            "first": names[0],
            "is_clustered": order == _CLUSTERED,
            "is_turned": order == _CLUSTERED and names != tree.order,
        }
        title = fill("Neighbours: |r| = {neighbours:.2f}", facts)
        is_tree = order == _CLUSTERED
        chart: Chart = (
            pair_map(r, drawn, title) if is_tree else Heatmap(shown, decimals=None, title=title)
        )
        return Exhibit(
            figures=(chart,),
            facts=facts,
            table=shown.round(3),
            description=fill(
                "A map of {pairs} correlations. Neighbours have |r| = {neighbours:.2f} on "
                "average, {filed:.2f} as filed and {clustered:.2f} clustered.",
                facts,
            ),
            members=members_of(r) if is_tree else None,
        )


def _flipped(turn: str, draw: int, merges: int) -> NDArray[np.bool_]:
    is_top: NDArray[np.bool_] = np.arange(merges) == merges - 1
    return is_top if turn == _TOP else np.random.default_rng(draw).random(merges) < 0.5


def _shuffled(r: pd.DataFrame, draw: int) -> list[str]:
    return r.columns[np.random.default_rng(draw).permutation(len(r))].tolist()


def _changed(r: pd.DataFrame, shown: pd.DataFrame) -> int:
    """How many pairs have another r than before."""
    return int((shown.loc[r.index, r.columns] != r).to_numpy().sum()) // 2


@cache
def _orders() -> dict[str, Any]:
    r, tree = r_in("breast_cancer"), tree_in("breast_cancer")
    merges = len(r) - 1
    sizes = r.abs().to_numpy()

    def alike(order: list[str]) -> float:
        places = r.columns.get_indexer(pd.Index(order))
        return float(sizes[places[:-1], places[1:]].mean())

    drawings = [turned(tree, _flipped(_RANDOM, draw, merges)).order for draw in range(_DRAWS)]
    turned_to = [alike(order) for order in drawings]
    shuffled = [alike(_shuffled(r, draw)) for draw in range(_DRAWS)]
    return {
        "columns": len(r),
        "pairs": len(r) * merges // 2,
        "merges": merges,
        "drawings": 2**merges,
        "draws": _DRAWS,
        "filed": neighbour_similarity(r),
        "clustered": neighbour_similarity(r, tree.order),
        "shuffled_mean": float(np.mean(shuffled)),
        "turned_low": min(turned_to),
        "turned_high": max(turned_to),
    }


class Distance(Step):
    """
    ### Near by what?

    A speed limit, `slim`. It goes with the access points, `acpt`, at r = {slim_acpt:.2f}, and with
    the accident rate at {slim_rate:.2f}. With the lanes it has {slim_lane:.2f}.

    `sns.clustermap(r)` does not look at these cells. It takes two whole rows of the matrix and
    measures the Euclidean distance between them, as if r were a place on a map. Two columns with
    opposite rows are then as far apart as can be, however well one tells you the other.

    The same call chooses limits for the colours, too: from {lowest:.2f} to one, so white stands at
    {default_white:.2f}.
    """

    tables = (HIGHWAY,)

    distance = Choice("Distance", DISTANCES, default=ROWS)
    groups = Slider("Groups", 2, 6, default=4)

    predict = Predict(
        "The default, cut into four groups. Where is `slim`?",
        choices=[
            Option(
                text="With `rate` and `acpt`",
                value="rate",
                feedback=(
                    "They have the stronger r, {slim_rate:.2f} and {slim_acpt:.2f}, and it is "
                    "negative. For Euclidean rows that is distance. `slim` hangs with: {together}."
                ),
                misconception="defaults_cluster_by_r",
            ),
            Option(
                text="With `adt`, `lane` and `itg`",
                value="lane",
                feedback=(
                    "Its r with them is {slim_adt:.2f}, {slim_lane:.2f} and {slim_itg:.2f}. Small, "
                    "and positive, and that is what counted."
                ),
            ),
            Option(
                text="On its own",
                value="alone",
                feedback=(
                    "An average r with everybody would do that. But rows count: it hangs with "
                    "{together}."
                ),
                misconception="defaults_cluster_by_r",
            ),
        ],
        answer=lambda exhibit: (
            "alone"
            if exhibit.facts["together"] == "slim"
            else ("lane" if exhibit.facts["is_with_lane"] else "rate")
        ),
    )

    task = Task(
        "Put `slim` into one group with `rate` and `acpt`, which foretell it backwards, and "
        "without `lane`.",
        goals=[
            Goal(
                "`slim` is in one group with `rate` and `acpt`",
                met=lambda state: state["is_with_rate"],
            ),
            Goal(
                "`lane` is not in it",
                met=lambda state: not state["is_with_lane"],
            ),
        ],
        solution={"distance": ABSOLUTE},
        hints=[
            "Which of the three distances is the same for r and for minus r?",
            "Two groups may be too few to part them from the lanes, five too many.",
        ],
    )

    mistakes = [
        Mistake(
            "This distance looks at r itself, and puts r = {slim_rate:.2f} at "
            "{slim_rate_apart:.2f}, further than unrelated columns, which are one apart. The "
            "group of `slim`: {together}.",
            when=lambda state: state["distance"] == SIGNED,
            example={"distance": SIGNED},
            misconception="minus_is_far",
        ),
        Mistake(
            "Another cut through the same tree. In this tree `slim` meets `lane` at "
            "{meets_lane:.2f} and `rate` at {meets_rate:.2f}: no cut puts it with the second and "
            "not the first.",
            when=lambda state: state["distance"] == ROWS,
            example={"groups": 3},
            misconception="defaults_cluster_by_r",
        ),
        Mistake(
            "The right distance. `slim` meets `rate` at {meets_rate:.2f} and `lane` at "
            "{meets_lane:.2f}, so the cut must fall between the two. Its group now: {together}.",
            when=lambda _: True,
            example={"distance": ABSOLUTE, "groups": 6},
            misconception="data_say_how_many_groups",
        ),
    ]

    learned = [
        Outcome(
            "By one minus |r| the group of `slim` is {together}. The default asks how alike two "
            "rows are, signs and all, and puts it with the lanes, r = {slim_lane:.2f}. Say what "
            "you cluster by, in the caption."
        )
    ]

    def show(self, distance: str, groups: int) -> Exhibit:
        table = highway()[list(NUMBERS)]
        r, tree = r_of(table), tree_by(table, distance)
        cut = tree.cut_into(groups)
        slim, together = r["slim"], group_of("slim", cut)
        facts: dict[str, Any] = {
            "together": ", ".join(together),
            "is_with_rate": {"rate", "acpt"} <= set(together),
            "is_with_lane": "lane" in together,
            "slim_rate": float(slim["rate"]),
            "slim_acpt": float(slim["acpt"]),
            "slim_adt": float(slim["adt"]),
            "slim_lane": float(slim["lane"]),
            "slim_itg": float(slim["itg"]),
            "slim_rate_apart": 1 - float(slim["rate"]),
            "meets_rate": _meeting(tree, "slim", "rate"),
            "meets_lane": _meeting(tree, "slim", "lane"),
            "lowest": float(r.to_numpy().min()),
            "default_white": float(r.to_numpy().min() + 1) / 2,
            "cophenetic": tree.cophenetic,
        }
        return Exhibit(
            figures=(pair_map(r, tree, f"Highway, by {distance}", height_for(tree, groups)),),
            facts=facts,
            table=cut.to_frame().loc[tree.order],
            description=fill(
                f"A clustermap of the highway's measurements by {distance}, cut into {groups} "
                "groups. The speed limit hangs with {together}; its r with the accident rate is "
                "{slim_rate:.2f}, with the lanes {slim_lane:.2f}.",
                facts,
            ),
            members=members_of(r),
        )


def _meeting(tree: Clustering, first: str, second: str) -> float:
    """The height at which two columns are merged."""
    return next(each.height for each in branches(tree) if {first, second} <= set(each.members))


_FAMILIES, _SIZE, _ROWS_DRAWN, _NOISE = 3, 6, 300, 0.6


class SignFlip(Step):
    """
    ### Three families, half of them upside down

    Here the truth is known. Three hidden causes, each with {size} columns that follow it: half of
    them upwards, half downwards. Within a family r is about {within:.2f} or {flipped:.2f}; between
    families about nothing.

    A depth and a height, a profit and a loss, a speed and a time: the same thing measured from its
    two ends. A tree can be told that this is one thing. It must be told.

    How well the groups agree with the families is given by the adjusted Rand index: one for the
    same groups, zero for groups by lot.
    """

    distance = Choice("Distance", DISTANCES, default=ROWS)
    groups = Slider("Groups", 2, 6, default=3)
    draw = Seed("Draw")
    views = ("draw",)

    predict = Estimate(
        "Three families, cut into three groups by the default distance. How well do the groups "
        "agree with the families?",
        low=0.0,
        high=1.0,
        step=0.05,
        tolerance=0.12,
        feedback="{rows_agreement:.2f}, next to nothing. The map looks sorted, in crisp blocks. "
        "They are not the families.",
        bands=[
            Band(
                low=0.0,
                high=0.7,
                feedback=(
                    "Less, {rows_agreement:.2f}. One half of a family is the furthest thing there "
                    "is from the other half."
                ),
                misconception="minus_is_far",
            ),
            Band(
                low=0.7,
                high=1.05,
                feedback=(
                    "{rows_agreement:.2f}. With r about {flipped:.2f} between them the two halves "
                    "of a family belong together, but the default takes minus for far away."
                ),
                misconception="defaults_cluster_by_r",
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["rows_agreement"]),
    )

    task = Task(
        "Get the three families back, all of each and nothing else: agreement one.",
        goals=[
            Goal(
                "The three families are back: the agreement is now {agreement:.2f}",
                met=lambda state: state["agreement"] > state["nearly_one"],
            ),
        ],
        solution={"distance": ABSOLUTE},
        hints=[
            "A family is who tells you about whom, up or down.",
            "Three families, three groups.",
        ],
    )

    mistakes = [
        Mistake(
            "Six crisp groups, each pure: you found the halves. Agreement with the families is "
            "{agreement:.2f}, because each family is torn in two.",
            when=lambda state: state["distance"] != ABSOLUTE and state["groups"] == 6,
            example={"groups": 6},
            misconception="block_is_a_discovery",
        ),
        Mistake(
            "Agreement {agreement:.2f}. This distance runs from zero to two, and the two halves of "
            "a family, r about {flipped:.2f}, stand near its far end.",
            when=lambda state: state["distance"] == SIGNED,
            example={"distance": SIGNED},
            misconception="minus_is_far",
        ),
        Mistake(
            "Agreement {agreement:.2f} from another cut. In this tree the halves of a family meet "
            "last, so every cut that joins them joins strangers first.",
            when=lambda state: state["distance"] == ROWS,
            example={"groups": 4},
            misconception="defaults_cluster_by_r",
        ),
        Mistake(
            "The families hang on three branches. Cut into another number, agreement is "
            "{agreement:.2f}: a tree gives as many groups as it is asked for.",
            when=lambda _: True,
            example={"distance": ABSOLUTE, "groups": 5},
            misconception="data_say_how_many_groups",
        ),
    ]

    learned = [
        Outcome(
            "Cut into three: agreement {rows_agreement:.2f} by Euclidean rows, "
            "{signed_agreement:.2f} by r, {absolute_agreement:.2f} by |r|. If up and down are one "
            "thing, take |r|. If they are two, as genes that rise and genes that fall may be, keep"
            " the sign."
        )
    ]

    def show(self, distance: str, groups: int, draw: int) -> Exhibit:
        table = _families(draw)
        family = table.columns.str[0]
        r, tree = r_of(table), tree_by(table, distance)
        cut = tree.cut_into(groups)
        agreements = {
            f"{name}_agreement": agreement(tree_by(table, kind).cut_into(_FAMILIES), family)
            for name, kind in (("rows", ROWS), ("signed", SIGNED), ("absolute", ABSOLUTE))
        }
        facts: dict[str, Any] = {
            "size": _SIZE,
            "within": 1 / (1 + _NOISE**2),
            "flipped": -1 / (1 + _NOISE**2),
            "nearly_one": 0.999,
            "agreement": agreement(cut, family),
            **agreements,
        }
        return Exhibit(
            figures=(
                pair_map(
                    r,
                    tree,
                    fill("Agreement with the families: {agreement:.2f}", facts),
                    height_for(tree, groups),
                ),
            ),
            facts=facts,
            table=cut.to_frame().loc[tree.order],
            description=fill(
                f"A clustermap of three families of columns by {distance}, cut into {groups} "
                "groups that agree {agreement:.2f} with the families. Cut into three, agreement "
                "is {rows_agreement:.2f} by Euclidean rows and {absolute_agreement:.2f} by |r|.",
                facts,
            ),
            members=members_of(r),
        )


@lru_cache(maxsize=16)
def _families(draw: int) -> pd.DataFrame:
    """Columns that follow one of three causes, upwards or downwards, in mixed order."""
    rng = np.random.default_rng(draw)
    causes = rng.normal(size=(_ROWS_DRAWN, _FAMILIES))
    noise = rng.normal(size=(_ROWS_DRAWN, _FAMILIES * _SIZE))
    signs = np.tile(np.repeat([1, -1], _SIZE // 2), _FAMILIES)
    values = signs * np.repeat(causes, _SIZE, axis=1) + _NOISE * noise
    numbers = range(1, _SIZE // 2 + 1)
    names = [f"{family} {way}{number}" for family in "ABC" for way in "↑↓" for number in numbers]
    table = pd.DataFrame(values, columns=names)
    return table[list(rng.permutation(names))]
