"""Blocks that a linkage makes, and blocks that noise makes."""

from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lessons.clustermaps.groups import (
    ABSOLUTE,
    LINKAGES,
    group_sizes,
    height_for,
    members_of,
    pair_map,
    r_in,
    r_of,
    sizes_between,
    tree_in,
)
from lessons.tables import BREAST_CANCER
from lib.charts import Histogram
from lib.course import (
    Band,
    Choice,
    Claim,
    Estimate,
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
    working,
)
from lib.stats import cluster, correlate_tables, neighbour_similarity, noise_tables

_CHAINS = "It follows a chain"
_ONE_GROUP = "There is one group"
_UNRELATED = "The rest is noise"
_FIVE = 5


class Chains(Step):
    """
    ### A chain of acquaintances

    A tree merges the two nearest groups, again and again. But what is near, for groups? Their two
    nearest members (*single*), all pairs on average (*average*), or their two furthest
    (*complete*). The word for this is linkage, and it is usually left to the default.

    {columns} measurements again, by one minus |r|, cut into five. The title counts the members.

    The cophenetic correlation says how faithful a tree is: it correlates the distances with the
    heights at which the tree lets two columns meet.
    """

    readings = {
        "sizes of the groups": "{sizes}",
        "weakest |r| within": "{weakest:.2f}",
    }

    tables = (BREAST_CANCER,)

    linkage = Choice("Linkage", LINKAGES, default="single")
    groups = Slider("Groups", 2, 8, default=5)

    predict = Predict(
        "Five groups by each linkage. Look at the weakest pair within the largest group: by which "
        "linkage is that pair the least weak?",
        choices=[
            Option(
                text="Complete, which asks the two furthest",
                value="complete",
                feedback=(
                    "|r| is at least {complete_weakest:.2f} there, by average linkage "
                    "{average_weakest:.2f}, by single {single_weakest:.4f}. Who asks the furthest "
                    "pair lets nobody in who is far from a member."
                ),
                tempting=True,
                holds=lambda state: state["complete_weakest"] > 0.5,
            ),
            Option(
                text="Average, which asks all pairs",
                value="average",
                feedback=(
                    "All pairs have their say, and an average forgives a weak one: "
                    "{average_weakest:.2f}. Complete linkage lets nothing below "
                    "{complete_weakest:.2f} into its largest group."
                ),
                misconception="linkage_is_a_detail",
                holds=lambda state: state["average_weakest"] < state["complete_weakest"],
            ),
            Option(
                text="Single, which asks the two nearest",
                value="single",
                feedback=(
                    "The nearest pair is strong, and the others are not asked: its largest group "
                    "holds a pair with |r| = {single_weakest:.4f}."
                ),
                misconception="linkage_is_a_detail",
                holds=lambda state: state["single_weakest"] < 0.01,
            ),
        ],
        answer=lambda exhibit: max(
            LINKAGES, key=lambda linkage: float(exhibit.facts[f"{linkage}_weakest"])
        ),
        seen_at={"linkage": "complete"},
    )

    answers = {
        "because": Choice("Why one large group?", (_ONE_GROUP, _CHAINS, _UNRELATED), default=None)
    }

    task = Task(
        "Find a linkage whose five groups leave none with more than half of the columns, and say "
        "why single linkage did otherwise.",
        goals=[
            Goal(
                "There are five groups: now {groups}",
                met=lambda state: state["groups"] == state["five"],
            ),
            Goal(
                "None has more than half of the {columns} columns: the largest now has {largest}",
                met=lambda state: state["largest"] <= state["columns"] / 2,
            ),
            Goal(
                "Why single linkage did otherwise is said rightly: now {because}",
                met=lambda state: state["because"] == _CHAINS,
            ),
        ],
        solution={"linkage": "average", "because": _CHAINS},
        hints=[
            "Open the largest group: do all of its members know each other?",
            "A knows B, B knows C. What does single linkage ask of A and C?",
        ],
    )

    mistakes = [
        Mistake(
            "One group? By single linkage two of its members have |r| = {single_weakest:.4f}. They "
            "never had to meet. Each was near somebody, who was near somebody.",
            when=lambda state: state["because"] == _ONE_GROUP,
            example={"because": _ONE_GROUP},
            misconception="a_square_is_a_finding",
            holds=lambda state: state["single_weakest"] < 0.01,
        ),
        Mistake(
            "Among the crumbs of single linkage is a pair with |r| = {crumbs:.2f}, and average "
            "linkage makes {average_sizes} of the same distances. It is not the data that crumble.",
            when=lambda state: state["because"] == _UNRELATED,
            example={"linkage": "average", "because": _UNRELATED},
            misconception="linkage_is_a_detail",
            holds=lambda state: state["crumbs"] > 0.8,
        ),
        Mistake(
            "{sizes}: the largest has {largest} of {columns}. Another number of groups only moves "
            "the cut; the tree is still the chain.",
            when=lambda state: state["linkage"] == "single",
            example={"groups": 8},
            misconception="linkage_is_a_detail",
            holds=lambda state: state["largest"] > 0.6 * state["columns"],
        ),
        Mistake(
            "{sizes}, cut into {groups}. Single linkage was cut into five: cut this tree into five "
            "as well, and the linkage is all that differs.",
            when=lambda state: state["groups"] != state["five"],
            example={"linkage": "average", "groups": 7},
            misconception="linkage_is_a_detail",
        ),
    ]

    learned = [
        Outcome(
            "Five groups of the same distances: {single_sizes} by single linkage, {average_sizes} "
            "by average, {complete_sizes} by complete. Single linkage follows chains: its largest "
            "group holds a pair with |r| = {single_weakest:.4f}. Cophenetic correlation "
            "{single_cophenetic:.2f}, {average_cophenetic:.2f} and {complete_cophenetic:.2f}: here "
            "the tree of average linkage repeats the distances best.",
            holds=lambda state: (
                state["average_cophenetic"]
                > max(state["single_cophenetic"], state["complete_cophenetic"])
            ),
        )
    ]

    def in_the_lab(self, *, linkage: str, groups: int) -> LabAddress:
        settings: dict[str, Value] = {
            "side": "columns",
            "distance": ABSOLUTE,
            "linkage": linkage,
            "k": groups,
        }
        return LabAddress("breast_cancer", "clustermap", settings)

    def show(self, linkage: str, groups: int) -> Exhibit:
        r, tree = r_in("breast_cancer"), tree_in("breast_cancer", linkage)
        cut = tree.cut_into(groups)
        facts: dict[str, Any] = {
            "columns": len(r),
            "five": _FIVE,
            "sizes": group_sizes(cut),
            "largest": int(cut.value_counts().max()),
            "weakest": _weakest(r, cut),
            "crumbs": float(r["mean texture"]["worst texture"]),
        }
        for each in LINKAGES:
            other = tree_in("breast_cancer", each)
            facts |= {
                f"{each}_sizes": group_sizes(other.cut_into(_FIVE)),
                f"{each}_cophenetic": other.cophenetic,
                f"{each}_weakest": _weakest(r, other.cut_into(_FIVE)),
            }
        title = f"{linkage.capitalize()} linkage: {facts['sizes']}"
        return Exhibit(
            figures=(pair_map(r, tree, title, height_for(tree, groups)),),
            facts=facts,
            table=cut.to_frame().loc[tree.order],
            description=fill(
                f"A clustermap of {{columns}} measurements by {linkage} linkage, cut into {groups} "
                "groups of {sizes}. The weakest |r| within the largest is {weakest:.4f}.",
                facts,
            ),
            members=members_of(r),
        )


def _weakest(r: pd.DataFrame, groups: "pd.Series[int]") -> float:
    """The smallest |r| within the largest group."""
    members = groups.index[groups == groups.mode()[0]]
    return float(sizes_between(r.loc[members, members]).min())


_COLUMNS, _PAIRS, _R = 20, 5, 0.4
_TABLES, _NOISE_SEED, _B_SEED = 200, 5000, 1000
_FEW, _MORE = 30, 100
_FREAK = 57  # a draw in which noise beats all those tables


class FalseBlocks(Step):
    """
    ### Blocks out of nothing

    Two tables of {columns} columns, A and B. One is pure noise. In the other there is something:
    some of its columns belong together in pairs. Their order is mixed.

    Clustered, both fall into blocks. A tree puts next to each other whatever happened to be alike,
    and among {pairs} pairs of noise somebody happens to be: in each of {tables} tables of noise
    with {used_rows} rows the largest |r| is {largest_least:.2f} or more.

    So compare with noise that went the same way. The histogram shows {tables} tables of noise, as
    long and as wide as yours, each clustered: how alike neighbours come out when nothing is there.
    """

    readings = {
        "mean |r| of neighbours": "{clustered:.2f}",
        "noise as alike": "{as_alike} of {tables}",
    }

    table = Choice("Table", ("A", "B"), default="A")
    rows = Choice("Rows", ("30", "100", "300"), default="30")
    draw = Seed("Draw", default=7)
    views = ("draw",)
    typical = ("a_clustered", "b_clustered")

    predict = Estimate(
        "{columns} columns of noise, {few} rows. As drawn, neighbours have |r| = {few_filed:.2f} "
        "on average. And clustered?",
        low=0.1,
        high=0.6,
        step=0.02,
        tolerance=0.04,
        feedback="{few_clustered:.2f}, from {few_filed:.2f}. No value has changed, and nothing is "
        "there.",
        bands=[
            Band(
                low=0.0,
                high=0.24,
                feedback=(
                    "More: {few_clustered:.2f}. The tree looks through all {pairs} pairs and puts "
                    "the lucky ones side by side."
                ),
                misconception="noise_has_no_blocks",
                holds=lambda state: state["value"] < state["few_clustered"],
            ),
            Band(
                low=0.3,
                high=0.7,
                feedback=(
                    "Not that much: {few_clustered:.2f}. Still nearly twice the {few_filed:.2f} "
                    "that it was."
                ),
                misconception="noise_has_no_blocks",
                holds=lambda state: (
                    1.7 < state["few_clustered"] / state["few_filed"] < 2
                    and state["value"] > state["few_clustered"]
                ),
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["few_clustered"]),
    )

    answers = {"verdict": Choice("Something is in", ("A", "B", "both", "neither"), default=None)}

    task = Task(
        "Say in which table there is something, and show it with so many rows that none of the "
        "{tables} tables of noise has neighbours as alike.",
        goals=[
            Goal(
                "The table with something in it is named: now {verdict}",
                met=lambda state: state["verdict"] == "B",
            ),
            Goal(
                "It is on the screen: now {table}",
                met=lambda state: state["table"] == "B",
            ),
            Goal(
                "No table of noise has neighbours as alike: now {as_alike} of {tables}",
                met=lambda state: state["as_alike"] == 0,
            ),
        ],
        solution={"table": "B", "rows": "300", "verdict": "B"},
        hints=[
            "Look where the mark stands in the histogram, for A and for B.",
            "The noise gets quieter with more rows.",
        ],
    )

    mistakes = [
        Mistake(
            "A has blocks, and neighbours at {a_clustered:.2f}. Noise of this length has "
            "{noise_clustered:.2f} on average, up to {noise_most:.2f}. A is one of many.",
            when=lambda state: (
                state["verdict"] in ("A", "both") and state["a_clustered"] <= state["noise_most"]
            ),
            example={"verdict": "A"},
            misconception="a_square_is_a_finding",
            holds=lambda state: state["a_clustered"] <= state["noise_most"],
        ),
        Mistake(
            "A has {a_clustered:.2f}, more than any of the {tables} tables of noise. That is "
            "seldom: it happens once in some hundreds of draws. Draw again: does it stay?",
            when=lambda state: state["verdict"] in ("A", "both"),
            example={"verdict": "A", "draw": _FREAK},
            misconception="a_square_is_a_finding",
            holds=lambda state: state["a_clustered"] > state["noise_most"],
        ),
        Mistake(
            "With {used_rows} rows you may doubt it: B has {b_clustered:.2f}, and noise goes up to "
            "{noise_most:.2f}. More rows would tell. To find nothing is not to find that nothing "
            "is there.",
            when=lambda state: (
                state["verdict"] == "neither" and state["b_clustered"] <= state["noise_most"]
            ),
            example={"verdict": "neither"},
            misconception="no_star_means_zero",
            holds=lambda state: state["rows"] != "300",
        ),
        Mistake(
            "B has {b_clustered:.2f}, and none of {tables} tables of noise has more than "
            "{noise_most:.2f}. That is worth a second look.",
            when=lambda state: state["verdict"] == "neither",
            example={"verdict": "neither", "rows": "300"},
            misconception="no_star_means_zero",
            holds=lambda state: state["b_clustered"] > state["noise_most"],
        ),
        Mistake(
            "B it may be, and with {used_rows} rows {as_alike} of {tables} tables of noise are as "
            "alike. Show it where noise cannot follow.",
            when=lambda state: (
                state["verdict"] == "B" and state["table"] == "B" and state["as_alike"] > 0
            ),
            example={"verdict": "B", "table": "B"},
            misconception="noise_has_no_blocks",
        ),
    ]

    learned = [
        Outcome(
            "Clustering takes the neighbours of noise from {few_filed:.3f} to {few_clustered:.3f} "
            "with {few} rows, from {more_filed:.3f} to {more_clustered:.3f} with {more}. With "
            "{used_rows} rows B has {b_clustered:.2f}, and none of {tables} tables of noise more "
            "than {noise_most:.2f}. Blocks are no finding until clustered noise has been beaten.",
            holds=lambda state: state["b_clustered"] > state["noise_most"],
        )
    ]

    holds = [
        Claim(
            "is {largest_least:.2f} or more",
            lambda state: state["largest_least"] > 0.4 and state["used_rows"] == state["few"],
        ),
        Claim(
            "The noise gets quieter with more rows.",
            lambda state: state["more_clustered"] < state["few_clustered"],
        ),
    ]

    def show(self, table: str, rows: str, draw: int) -> Exhibit:
        n = int(rows)
        both = {name: _table(name, n, draw) for name in ("A", "B")}
        alike = {
            name: neighbour_similarity(r_of(data), cluster(data).order)
            for name, data in both.items()
        }
        noise, few, more = _noise(n), _noise(_FEW), _noise(_MORE)
        facts: dict[str, Any] = {
            "columns": _COLUMNS,
            "pairs": _COLUMNS * (_COLUMNS - 1) // 2,
            "tables": _TABLES,
            "used_rows": n,
            "few": _FEW,
            "more": _MORE,
            "few_filed": float(few[0].mean()),
            "few_clustered": float(few[1].mean()),
            "more_filed": float(more[0].mean()),
            "more_clustered": float(more[1].mean()),
            "noise_clustered": float(noise[1].mean()),
            "noise_most": float(noise[1].max()),
            "largest_least": float(noise[2].min()),
            "a_clustered": alike["A"],
            "b_clustered": alike["B"],
            "clustered": alike[table],
            "as_alike": int((noise[1] >= alike[table]).sum()),
        }
        r, tree = r_of(both[table]), cluster(both[table])
        return Exhibit(
            figures=(
                pair_map(r, tree, fill(f"Table {table}: {{clustered:.2f}}", facts)),
                Histogram(
                    pd.Series(noise[1], name="mean |r| of neighbours"),
                    title="Noise, clustered",
                    marks={f"Table {table}": alike[table]},
                    limits=(0, 0.4),
                ),
            ),
            across=2,
            facts=facts,
            table=r.loc[tree.order, tree.order].round(3),
            description=fill(
                f"A clustermap of table {table}, {{columns}} columns and {{used_rows}} rows, and a "
                "histogram. Neighbours have |r| = {clustered:.2f}; {tables} clustered tables of "
                "noise have {noise_clustered:.2f} on average and {noise_most:.2f} at most.",
                facts,
            ),
            members=members_of(r),
        )


@lru_cache(maxsize=64)
def _table(name: str, rows: int, draw: int) -> pd.DataFrame:
    """A is noise; in B pairs of columns belong together, ten columns apart in the table."""
    seed, true_pairs = (draw, 0) if name == "A" else (_B_SEED + draw, _PAIRS)
    values = noise_tables(1, rows, _COLUMNS, true_pairs=true_pairs, r=_R, seed=seed)[0]
    mixed = np.hstack([values[:, ::2], values[:, 1::2]])
    return pd.DataFrame(mixed, columns=[f"c{number}" for number in range(1, _COLUMNS + 1)])


@cache
def _noise(rows: int) -> tuple[NDArray[np.float64], ...]:
    """Mean |r| of neighbours in tables of noise, as drawn and clustered, and the largest |r|."""
    from scipy.cluster.hierarchy import leaves_list, linkage  # 0.3 s to import
    from scipy.spatial.distance import squareform

    tables = noise_tables(_TABLES, rows, _COLUMNS, seed=_NOISE_SEED)
    filed, clustered, largest = [], [], []
    for number, r in enumerate(np.abs(correlate_tables(tables)[0])):
        working(number / _TABLES, "Clustering noise")
        order = leaves_list(linkage(1 - r, "average"))
        square = squareform(r)
        largest.append(r.max())
        filed.append(np.diagonal(square, 1).mean())
        clustered.append(square[order[:-1], order[1:]].mean())
    return np.array(filed), np.array(clustered), np.array(largest)
