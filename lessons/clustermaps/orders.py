"""What is put where: the order of a map, and the distance behind it, with or without signs."""

from collections.abc import Mapping
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
    Choice,
    Claim,
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
    Option,
    Outcome,
    Predict,
    Seed,
    Slider,
    Step,
    Task,
    Value,
    fill,
)
from lib.stats import Clustering, neighbour_similarity

_FILED, _SHUFFLED, _CLUSTERED = "as filed", "shuffled", "clustered"
_NONE, _TOP, _RANDOM = "no branch", "the top one", "some, at random"
_NEXT, _FIRST, _HEIGHT = "who stands beside whom", "who stands first", "where two columns meet"
_DRAWS, _TYPICAL_DRAW = 100, 3


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

    readings = {
        "mean |r| of neighbours": "{neighbours:.2f}",
        "cells that changed": "{changed}",
    }

    tables = (BREAST_CANCER,)

    order = Choice("Order", (_FILED, _SHUFFLED, _CLUSTERED), default=_FILED)
    turn = Choice("Turn", (_NONE, _TOP, _RANDOM), default=_NONE)
    draw = Seed("Draw", default=_TYPICAL_DRAW)
    views = ("draw",)
    answers = {"kept": Choice("A turn leaves as it is", (_NEXT, _FIRST, _HEIGHT), default=None)}
    typical = ("neighbours",)

    predict = Predict(
        "Turn branches of this tree at random, {draws} times. What becomes of the mean |r| of "
        "neighbours, {clustered:.2f}?",
        choices=[
            Option(
                text="It stays about there: it is the same tree",
                value="stays",
                feedback=(
                    "From {turned_low:.2f} to {turned_high:.2f}. What was merged early stays "
                    "together, whichever way it is turned."
                ),
                tempting=True,
                holds=lambda state: (
                    max(
                        state["turned_high"] - state["clustered"],
                        state["clustered"] - state["turned_low"],
                    )
                    < 0.05
                ),
            ),
            Option(
                text="It falls to about {filed:.2f}, as in the file",
                value="filed",
                feedback=(
                    "Turning does change who stands beside whom, but within branches. It is "
                    "{turned_low:.2f} at the least, and {filed:.2f} in the file."
                ),
                misconception="neighbours_are_nearest",
                holds=lambda state: state["turned_low"] > state["filed"] + 0.1,
            ),
            Option(
                text="It falls to that of a random order",
                value="shuffled",
                feedback=(
                    "A random order has {shuffled_mean:.2f}. The branches may turn, and that is "
                    "all they may do: {turned_low:.2f} to {turned_high:.2f}."
                ),
                misconception="neighbours_are_nearest",
                holds=lambda state: state["turned_low"] > state["shuffled_mean"] + 0.2,
            ),
        ],
        answer=lambda exhibit: _nearest_level(exhibit.facts),
        seen_at={"order": "clustered", "turn": "some, at random"},
    )

    task = Task(
        "Make the blocks appear. Then show the same tree in a drawing that the library did not "
        "choose, and say what such a turn leaves as it is.",
        goals=[
            Goal(
                "The blocks are on the screen: now {order}",
                met=lambda state: state["is_clustered"],
            ),
            Goal(
                "The tree is drawn otherwise than the library did",
                met=lambda state: state["is_turned"],
            ),
            Goal(
                "What a turn leaves as it is, is said rightly: now {kept}",
                met=lambda state: state["kept"] == _HEIGHT,
            ),
        ],
        solution={"order": _CLUSTERED, "turn": _TOP, "kept": _HEIGHT},
        hints=[
            "One of the three orders has a tree.",
            "Hold the mobile at its top and give it a push.",
            "Choose two columns, and turn. What about them is the same in both drawings?",
        ],
    )

    mistakes = [
        Mistake(
            "In this drawing `{first}` stands first, in the library's `{library_first}`. Who "
            "stands at the edge is a matter of turning.",
            when=lambda state: (
                state["kept"] == _FIRST
                and state["is_turned"]
                and state["first"] != state["library_first"]
            ),
            example={"order": _CLUSTERED, "turn": _TOP, "kept": _FIRST},
            misconception="neighbours_are_nearest",
            holds=lambda state: state["is_turned"],
        ),
        Mistake(
            "Neighbours have {neighbours:.3f} in this drawing, and {clustered:.3f} in the "
            "library's. Some pairs were parted: where two branches touch, a turn brings other ends "
            "together.",
            when=lambda state: state["kept"] == _NEXT and state["is_turned"],
            example={"order": _CLUSTERED, "turn": _TOP, "kept": _NEXT},
            misconception="neighbours_are_nearest",
            holds=lambda state: abs(state["neighbours"] - state["clustered"]) > 1e-6,
        ),
        Mistake(
            "Neighbours now have |r| = {neighbours:.2f}. Over {draws} shuffles it is "
            "{shuffled_mean:.2f} on average. Every value is still there: {changed} of {pairs} "
            "changed.",
            when=lambda state: state["order"] == _SHUFFLED,
            example={"order": _SHUFFLED},
            misconception="sorting_changes_cells",
            holds=lambda state: state["changed"] == 0,
        ),
        Mistake(
            "There is no tree on the screen yet, so nothing turns. The map is in the order of the "
            "file, with neighbours at {neighbours:.2f}.",
            when=lambda state: state["order"] == _FILED,
            example={"turn": _TOP},
            misconception="neighbours_are_nearest",
        ),
        Mistake(
            "That is the library's own drawing, with `{first}` first. Turn a branch, and compare "
            "the two drawings: what is the same in both?",
            when=lambda state: not state["is_turned"],
            example={"order": _CLUSTERED, "kept": _FIRST},
            misconception="a_tree_has_one_order",
            holds=lambda state: state["is_clustered"] and state["first"] == state["library_first"],
        ),
    ]

    learned = [
        Outcome(
            "Clustering changed {changed} of {pairs} values, and brought neighbours from "
            "{filed:.2f} to {clustered:.2f}. Your drawing of the same tree has {neighbours:.2f}; "
            "{draws} others have {turned_low:.2f} to {turned_high:.2f}. Read the height at which "
            "two columns meet, not how near they stand.",
            holds=lambda state: state["changed"] == 0 and state["neighbours"] > state["filed"],
        )
    ]

    holds = [
        Claim("the map falls into blocks", lambda state: state["clustered"] > state["filed"] + 0.1)
    ]

    def in_the_lab(self, *, order: str, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {
            "method": "Pearson",
            "half": "both halves",
            "order": "clustered" if order == _CLUSTERED else "as filed",
        }
        return LabAddress("breast_cancer", "association_map", settings, same_map=True)

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
            "library_first": tree.order[0],
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


def _nearest_level(facts: Mapping[str, Any]) -> str:
    """Whether the turned drawings are like the clustered order, the file's or a random one."""
    middle = (facts["turned_low"] + facts["turned_high"]) / 2
    levels = {"stays": "clustered", "filed": "filed", "shuffled": "shuffled_mean"}
    return min(levels, key=lambda name: abs(facts[levels[name]] - middle))


_WEAK, _ROWS_DIFFER, _FEW = "Their r is weak", "Their rows are opposite", "Too few groups"


class Distance(Step):
    """
    ### Near by what?

    A speed limit, `slim`. It goes with the access points, `acpt`, at r = {slim_acpt:.2f}, and with
    the accident rate at {slim_rate:.2f}. With the lanes it has {slim_lane:.2f}.

    `sns.clustermap(r)` does not look at these cells. It takes two whole rows of the matrix and
    measures the Euclidean distance between them, as if r were a place on a map. Two columns with
    opposite rows are then far apart, however well one tells you the other.

    The same call chooses colours, too. `rocket` runs in one sweep from {lowest:.2f} to one, and
    zero has no colour of its own. Ask for red and blue and leave the limits as they are, and the
    neutral colour between them means {default_neutral:.2f}.
    """

    readings = {
        "with slim": "{together}",
    }

    tables = (HIGHWAY,)

    distance = Choice("Distance", DISTANCES, default=ROWS)
    groups = Slider("Groups", 2, 6, default=4)
    answers = {
        "because": Choice(
            "The default parts `slim` and `rate`", (_WEAK, _ROWS_DIFFER, _FEW), default=None
        )
    }

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
                tempting=True,
                holds=lambda state: (
                    max(state["slim_rate"], state["slim_acpt"]) < -abs(state["slim_lane"])
                    and not state["is_with_rate"]
                ),
            ),
            Option(
                text="With `adt`, `lane` and `itg`",
                value="lane",
                feedback=(
                    "Its r with them is {slim_adt:.2f}, {slim_lane:.2f} and {slim_itg:.2f}: small "
                    "and positive. What counted is that their rows are like its own."
                ),
                holds=lambda state: (
                    0
                    < min(state["slim_adt"], state["slim_lane"], state["slim_itg"])
                    <= max(state["slim_adt"], state["slim_lane"], state["slim_itg"])
                    < -state["slim_rate"] / 2
                    and state["meets_lane"] < state["meets_rate"]
                ),
            ),
            Option(
                text="On its own",
                value="alone",
                feedback=(
                    "Whole rows are compared, and some are like its own. It hangs with {together}."
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
        "without `lane`. Then say why the default had parted them.",
        goals=[
            Goal(
                "`slim` is in one group with `rate` and `acpt`: its group is now {together}",
                met=lambda state: state["is_with_rate"],
            ),
            Goal(
                "`lane` is not in it",
                met=lambda state: not state["is_with_lane"],
            ),
            Goal(
                "Why the default parts `slim` and `rate` is said rightly: now {because}",
                met=lambda state: state["because"] == _ROWS_DIFFER,
            ),
        ],
        solution={"distance": ABSOLUTE, "because": _ROWS_DIFFER},
        hints=[
            "Which of the three distances is the same for r and for minus r?",
            "Two groups may be too few to part them from the lanes, five too many.",
            "What does the default compare, one cell or two rows?",
        ],
    )

    mistakes = [
        Mistake(
            "Weak it is not: r of `slim` is {slim_rate:.2f} with `rate`, and {slim_lane:.2f} with "
            "`lane`, beside which it stood.",
            when=lambda state: state["because"] == _WEAK,
            example={"distance": ABSOLUTE, "because": _WEAK},
            misconception="defaults_cluster_by_r",
            holds=lambda state: abs(state["slim_rate"]) > abs(state["slim_lane"]),
        ),
        Mistake(
            "More groups part more. By the default the two are apart in two groups already: they "
            "meet at {rows_meet_rate:.2f}, where all is one.",
            when=lambda state: state["because"] == _FEW,
            example={"distance": ABSOLUTE, "because": _FEW},
            misconception="data_say_how_many_groups",
            holds=lambda state: state["rows_meet_rate"] == state["rows_top"],
        ),
        Mistake(
            "This distance looks at r itself, and puts r = {slim_rate:.2f} at "
            "{slim_rate_apart:.2f}, further than unrelated columns, which are one apart. The "
            "group of `slim`: {together}.",
            when=lambda state: state["distance"] == SIGNED,
            example={"distance": SIGNED},
            misconception="minus_is_far",
            holds=lambda state: state["slim_rate_apart"] > 1,
        ),
        Mistake(
            "In this tree `slim` meets `lane` at {meets_lane:.2f} and `rate` at {meets_rate:.2f}: "
            "no cut puts it with the second and not the first.",
            when=lambda state: state["distance"] == ROWS,
            example={"groups": 3},
            misconception="defaults_cluster_by_r",
            holds=lambda state: state["meets_lane"] < state["meets_rate"],
        ),
        Mistake(
            "The right distance. `slim` meets `rate` at {meets_rate:.2f} and `lane` at "
            "{meets_lane:.2f}, so the cut must fall between the two. Its group now: {together}.",
            when=lambda state: not state["is_with_rate"] or state["is_with_lane"],
            example={"distance": ABSOLUTE, "groups": 6},
            misconception="data_say_how_many_groups",
            holds=lambda state: state["meets_rate"] < state["meets_lane"],
        ),
    ]

    learned = [
        Outcome(
            "By one minus |r| the group of `slim` is {together}. The default asks how alike two "
            "rows are, signs and all. There `slim` met the lanes, r = {slim_lane:.2f}, at "
            "{rows_meet_lane:.2f}, and the accidents, r = {slim_rate:.2f}, only at "
            "{rows_meet_rate:.2f}. Say what you cluster by, in the caption.",
            holds=lambda state: (
                state["distance"] == ABSOLUTE and state["rows_meet_lane"] < state["rows_meet_rate"]
            ),
        )
    ]

    def in_the_lab(self, *, distance: str, groups: int) -> LabAddress:
        settings: dict[str, Value] = {"side": "columns", "k": groups}
        # The Lab has no distances between the rows of a map of pairs.
        if distance == ROWS:
            return LabAddress("highway", "clustermap", settings)
        settings["distance"] = distance
        return LabAddress("highway", "clustermap", settings, same_map=True)

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
            **_by_rows(),
            "lowest": float(r.to_numpy().min()),
            "default_neutral": float(r.to_numpy().min() + 1) / 2,
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


@cache
def _by_rows() -> dict[str, float]:
    """Where `slim` meets others in the default tree, and where all are one."""
    tree = tree_by(highway()[list(NUMBERS)], ROWS)
    return {
        "rows_meet_rate": _meeting(tree, "slim", "rate"),
        "rows_meet_lane": _meeting(tree, "slim", "lane"),
        "rows_top": float(tree.linkage[-1, 2]),
    }


def _meeting(tree: Clustering, first: str, second: str) -> float:
    """The height at which two columns are merged."""
    return next(each.height for each in branches(tree) if {first, second} <= set(each.members))


_FAMILIES, _SIZE, _ROWS_DRAWN, _NOISE = 3, 6, 300, 0.6
_LAKE, _FEVER, _FIRM = (
    "a lake's depth and the height of its bed",
    "genes that rise and genes that fall in a fever",
    "a firm's profit and its loss",
)


class SignFlip(Step):
    """
    ### Three families, half of them upside down

    Here the truth is known. Three hidden causes, each with {size} columns that follow it: half of
    them upwards, half downwards. Within a family r is about {within:.2f} or {flipped:.2f}; between
    families about nothing.

    A depth and a height, a profit and a loss, a speed and a time: the same thing measured from its
    two ends. Whether that is one thing or two is for you to say.

    How well the groups agree with the families is given by the adjusted Rand index: one for the
    same groups, zero for groups by lot.
    """

    readings = {
        "agreement with the families": "{agreement:.2f}",
    }

    distance = Choice("Distance", DISTANCES, default=ROWS)
    groups = Slider("Groups", 2, 6, default=3)
    draw = Seed("Draw")
    views = ("draw",)

    answers = {"keep": Choice("Keep the sign for", (_LAKE, _FEVER, _FIRM), default=None)}
    typical = ("agreement", "signed_agreement")

    predict = Predict(
        "The default distance, cut into six groups. What do you find in them?",
        choices=[
            Option(
                text="The six halves: what rises together, and what falls together",
                value="halves",
                feedback=(
                    "Pure halves. The map looks sorted, in crisp blocks, and agrees with the "
                    "families at {agreement:.2f} only: each is torn in two."
                ),
                tempting=True,
                holds=lambda state: (
                    state["halves_agreement"] > state["nearly_one"] > state["agreement"]
                ),
            ),
            Option(
                text="The three families, each cut somewhere",
                value="families",
                feedback=(
                    "With r about {flipped:.2f} between them the two halves of a family tell each "
                    "other well. But the default takes minus for far away: what it found are the "
                    "halves."
                ),
                misconception="defaults_cluster_by_r",
                holds=lambda state: state["halves_agreement"] > state["nearly_one"],
            ),
            Option(
                text="A mixture: there are only three causes, so six groups mean nothing",
                value="mixture",
                feedback=(
                    "They mean something, though not what was asked: each group is one half of a "
                    "family. Rising and falling are two directions of one cause."
                ),
                misconception="minus_is_far",
                holds=lambda state: state["halves_agreement"] > state["nearly_one"],
            ),
        ],
        answer=lambda exhibit: (
            "halves"
            if float(exhibit.facts["halves_agreement"]) > 0.999
            else ("families" if float(exhibit.facts["agreement"]) > 0.7 else "mixture")
        ),
        answer_at={"groups": 6},
    )

    task = Task(
        "Get the three families back, all of each and nothing else: agreement one. Then say for "
        "which of three other cases you would keep the sign.",
        goals=[
            Goal(
                "The three families are back: the agreement is now {agreement:.2f}",
                met=lambda state: state["agreement"] > state["nearly_one"],
            ),
            Goal(
                "The case in which up and down are two things is named",
                met=lambda state: state["keep"] == _FEVER,
            ),
        ],
        solution={"distance": ABSOLUTE, "keep": _FEVER},
        hints=[
            "A family is who tells you about whom, up or down.",
            "Three families, three groups.",
            "In which case would it be a mistake to treat rising and falling as one group?",
        ],
    )

    mistakes = [
        Mistake(
            "There one is the other with a minus in front: one thing, measured from its two ends. "
            "Here, too: r about {flipped:.2f} is the same cause.",
            when=lambda state: state["keep"] in (_LAKE, _FIRM),
            example={"distance": ABSOLUTE, "keep": _LAKE},
            misconception="minus_is_far",
            holds=lambda state: state["flipped"] < -0.5,
        ),
        Mistake(
            "Six crisp groups, each pure: you found the halves. Agreement with the families is "
            "{agreement:.2f}, because each family is torn in two.",
            when=lambda state: state["distance"] != ABSOLUTE and state["groups"] == 6,
            example={"groups": 6},
            misconception="a_square_is_a_finding",
            holds=lambda state: state["halves_agreement"] > state["nearly_one"],
        ),
        Mistake(
            "Agreement {agreement:.2f}. This distance runs from zero to two, and the two halves of "
            "a family, r about {flipped:.2f}, stand near its far end.",
            when=lambda state: state["distance"] == SIGNED,
            example={"distance": SIGNED},
            misconception="minus_is_far",
            holds=lambda state: 1 - state["flipped"] > 1.5,
        ),
        Mistake(
            "Agreement {agreement:.2f} from another cut. In this tree each half of a family meets "
            "strangers before it meets the other half, so no cut brings a family back.",
            when=lambda state: state["distance"] == ROWS and state["groups"] != 3,
            example={"groups": 4},
            misconception="defaults_cluster_by_r",
            holds=lambda state: state["strangers_first"],
        ),
        Mistake(
            "The families hang on three branches. Cut into another number, agreement is "
            "{agreement:.2f}: a tree gives as many groups as it is asked for.",
            when=lambda state: state["distance"] == ABSOLUTE and state["groups"] != 3,
            example={"distance": ABSOLUTE, "groups": 5},
            misconception="data_say_how_many_groups",
            holds=lambda state: state["absolute_agreement"] > state["nearly_one"],
        ),
    ]

    learned = [
        Outcome(
            "Cut into three: agreement {rows_agreement:.2f} by Euclidean rows, "
            "{signed_agreement:.2f} by r, {absolute_agreement:.2f} by |r|. If up and down are one "
            "thing, take |r|. If they are two, as genes that rise and genes that fall may be, keep"
            " the sign.",
            holds=lambda state: (
                max(state["rows_agreement"], state["signed_agreement"])
                < state["absolute_agreement"]
            ),
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
            "halves_agreement": agreement(cut, table.columns.str[:3]),
            "strangers_first": _meets_strangers_first(tree),
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


def _meets_strangers_first(tree: Clustering) -> bool:
    """Whether each family has others on the branch where its two halves meet."""
    meetings = [
        next(
            set(each.members)
            for each in branches(tree)
            if {f"{family} ↑1", f"{family} ↓1"} <= set(each.members)
        )
        for family in "ABC"
    ]
    return all(len(members) > _SIZE for members in meetings)


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
