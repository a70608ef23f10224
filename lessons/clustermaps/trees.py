"""What a tree makes of its distances: chains, groups at a height, and groups in other units."""

from functools import cache
from typing import Any, cast

import numpy as np
import pandas as pd

import datasets
from lessons.clustermaps import scripts
from lessons.clustermaps.groups import (
    BREAST_CANCER,
    group_sizes,
    height_for,
    measurements,
    members_of,
    pair_map,
    r_of,
    sizes_between,
)
from lib.charts import Clustermap, Heatmap
from lib.course import (
    Band,
    Behind,
    Choice,
    Columns,
    Estimate,
    Exhibit,
    Mistake,
    Option,
    Predict,
    Slider,
    Step,
    Task,
    fill,
)
from lib.stats import Clustering, Linkage, cluster

_LINKAGES = ("single", "average", "complete")
_CHAINS = "It follows a chain"
_ONE_GROUP = "There is one group"
_UNRELATED = "The rest is noise"


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

    tables = (BREAST_CANCER,)

    linkage = Choice("Linkage", _LINKAGES, default="single")
    groups = Slider("Groups", 2, 8, default=5)
    because = Choice(
        "Why one large group?", (_ONE_GROUP, _CHAINS, _UNRELATED), default=None
    )  # fmt: skip

    predict = Predict(
        "Single linkage, five groups of {columns} columns. How large is the largest?",
        choices=[
            Option(
                text="Six or seven",
                value="even",
                feedback=(
                    "A fifth of {columns} would be fair, and no linkage is. Single makes groups of "
                    "{single_sizes}."
                ),
                misconception="linkage_is_a_detail",
            ),
            Option(
                text="About half of them",
                value="half",
                feedback=(
                    "That is average linkage: {average_sizes}. Single linkage makes {single_sizes}."
                ),
                misconception="linkage_is_a_detail",
            ),
            Option(
                text="Nearly all of them",
                value="nearly",
                feedback=(
                    "{single_sizes}. One group, and crumbs. Two of its members have "
                    "|r| = {single_weakest:.4f}."
                ),
            ),
        ],
        answer=lambda exhibit: (
            "nearly"
            if float(exhibit.facts["largest"]) > 0.7 * float(exhibit.facts["columns"])
            else "half"
        ),
    )

    task = Task(
        "Find a linkage whose five groups leave none with more than half of the columns, and say "
        "why single linkage did otherwise.",
        passed=lambda state: (
            state["groups"] == state["five"]
            and state["largest"] <= state["columns"] / 2
            and state["because"] == _CHAINS
        ),
        solution={"linkage": "average", "because": _CHAINS},
        hints=[
            "Open the largest group: do all of its members know each other?",
            "A knows B, B knows C. What does single linkage ask of A and C?",
        ],
    )

    mistakes = [
        Mistake(
            "One group with |r| = {single_weakest:.4f} between two of its members? They never had "
            "to meet. Each was near somebody, who was near somebody.",
            when=lambda state: state["because"] == _ONE_GROUP,
            example={"because": _ONE_GROUP},
            misconception="block_is_a_discovery",
        ),
        Mistake(
            "Among the crumbs of single linkage is a pair with |r| = {crumbs:.2f}, and average "
            "linkage makes {average_sizes} of the same distances. It is not the data that crumble.",
            when=lambda state: state["because"] == _UNRELATED,
            example={"linkage": "average", "because": _UNRELATED},
            misconception="linkage_is_a_detail",
        ),
        Mistake(
            "{sizes}: the largest has {largest} of {columns}. Another number of groups only moves "
            "the cut; the tree is still the chain.",
            when=lambda state: state["linkage"] == "single",
            example={"groups": 8},
            misconception="linkage_is_a_detail",
        ),
        Mistake(
            "{sizes}, so no more chain. What is missing is five groups, or the reason why single "
            "linkage had {single_sizes}.",
            when=lambda _: True,
            example={"linkage": "complete"},
            misconception="linkage_is_a_detail",
        ),
    ]

    learned = (
        "Five groups of the same distances: {single_sizes} by single linkage, {average_sizes} by "
        "average, {complete_sizes} by complete. Cophenetic correlation {single_cophenetic:.2f}, "
        "{average_cophenetic:.2f}, {complete_cophenetic:.2f}. Single linkage follows chains."
    )

    def show(self, linkage: str, groups: int, because: str | None) -> Exhibit:  # noqa: ARG002
        r, tree = _pairs("breast_cancer"), _tree("breast_cancer", linkage)
        cut = tree.cut_into(groups)
        facts: dict[str, Any] = {
            "columns": len(r),
            "five": _FIVE,
            "sizes": group_sizes(cut),
            "largest": int(cut.value_counts().max()),
            "weakest": _weakest(r, cut),
            "single_weakest": _weakest(r, _tree("breast_cancer", "single").cut_into(_FIVE)),
            "crumbs": float(r["mean texture"]["worst texture"]),
        }
        for each in _LINKAGES:
            other = _tree("breast_cancer", each)
            facts |= {
                f"{each}_sizes": group_sizes(other.cut_into(_FIVE)),
                f"{each}_cophenetic": other.cophenetic,
            }
        title = f"{linkage.capitalize()} linkage: {facts['sizes']}"
        return Exhibit(
            figures=(pair_map(r, tree, title, height_for(tree, groups)),),
            facts=facts,
            code=scripts.linking(linkage, groups),
            table=cut.rename("group").to_frame().loc[tree.order],
            description=fill(
                f"A clustermap of {{columns}} measurements by {linkage} linkage, cut into {groups} "
                "groups of {sizes}. The weakest |r| within the largest is {weakest:.4f}.",
                facts,
            ),
            members=members_of(r),
        )


_FIVE = 5


@cache
def _pairs(name: str) -> pd.DataFrame:
    return r_of(measurements(name))


@cache
def _tree(name: str, linkage: str) -> Clustering:
    return cluster(measurements(name), linkage=cast("Linkage", linkage))


def _weakest(r: pd.DataFrame, groups: "pd.Series[int]") -> float:
    """The smallest |r| within the largest group."""
    members = groups.index[groups == groups.mode()[0]]
    return float(sizes_between(r.loc[members, members]).min())


_BREAST, _WINE = "breast cancer", "wine"
_TABLES = {_BREAST: "breast_cancer", _WINE: "wine"}


class Cut(Step):
    """
    ### Where to saw

    One use of a tree is honest work: thinning out. Where columns say the same, keep one of each
    group and lose little.

    The height of a branch is a distance, here one minus |r|. Low is alike. A cut at a height makes
    groups of all that meet below it. The tree has an answer for every height, from one group to
    {columns}, and no opinion about which is right. You bring the height, and the reason.

    With average linkage the height is an average over pairs. Single pairs may be weaker.
    """

    tables = (BREAST_CANCER, datasets.catalogue()["wine"])

    table = Choice("Table", tuple(_TABLES), default=_BREAST)
    height = Slider("Height of the cut", 0.05, 1.0, default=0.5, step=0.05)
    linkage = Choice("Linkage", _LINKAGES, default="average")

    predict = Estimate(
        "{columns} measurements. Two groups are one if |r| between them is at least "
        "{wanted:.1f} on average. How many groups are left?",
        low=8,
        high=30,
        step=1,
        tolerance=2,
        feedback="{groups}. {columns} columns, {groups} things to say.",
        bands=[
            Band(
                low=8,
                high=14,
                feedback=(
                    "More: {groups}. Radius, perimeter and area are one. Texture, smoothness and "
                    "symmetry each insist on their own."
                ),
                misconception="block_is_a_discovery",
            ),
            Band(
                low=14,
                high=31,
                feedback=(
                    "Fewer: {groups}. {columns} names are not {columns} measurements: the largest "
                    "group has {largest} members."
                ),
                misconception="data_say_how_many_groups",
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["groups"]),
        answer_at={"height": 0.2},
        shown_as="{value:.0f}",
    )

    task = Task(
        "Thin out the breast-cancer table: average linkage, and one group for all that meets at "
        "|r| of at least {wanted:.1f}.",
        passed=lambda state: (
            state["table"] == _BREAST
            and state["linkage"] == "average"
            and abs(state["least"] - state["wanted"]) < state["nearly_zero"]
        ),
        solution={"height": 0.2},
        hints=[
            "The height is a distance. What is the distance of two columns with that r?",
            "Subtract.",
        ],
    )

    mistakes = [
        Mistake(
            "You cut at height {wanted:.1f}. That is |r| = {least:.1f}, and leaves {groups} of "
            "{columns}. Height is what is missing to |r| = one.",
            when=lambda state: (
                state["table"] == _BREAST and abs(state["height"] - state["wanted"]) < 1e-9
            ),
            example={"height": 0.8},
            misconception="height_is_r",
        ),
        Mistake(
            "The wine has {columns} columns and keeps {groups} of them here. Few of its columns "
            "say the same. The task is about the other table.",
            when=lambda state: state["table"] == _WINE,
            example={"table": _WINE, "height": 0.2},
            misconception="data_say_how_many_groups",
        ),
        Mistake(
            "{groups} groups at |r| = {least:.2f}, by another linkage. Within them the weakest "
            "pair has {weakest:.2f}: single asks one pair for its r, complete asks all of them.",
            when=lambda state: state["linkage"] != "average",
            example={"linkage": "single", "height": 0.2},
            misconception="linkage_is_a_detail",
        ),
        Mistake(
            "{groups} groups. At this height groups meet with |r| = {least:.2f} on average. A tree "
            "takes any height; the task asks for one.",
            when=lambda _: True,
            example={"height": 0.1},
            misconception="data_say_how_many_groups",
        ),
    ]

    learned = (
        "|r| of {least:.1f} is height {height_of_cut:.1f}: {groups} groups of {columns} columns, "
        "at |r| of {strict_r:.1f} it is {strict}. Wine keeps {wine} and {wine_strict} of "
        "{wine_columns}. The average is no promise to each pair: cut at |r| of {loose_r:.1f}, one "
        "group holds a pair with {loose_weakest:.2f}."
    )

    def show(self, table: str, height: float, linkage: str) -> Exhibit:
        r, tree = _pairs(_TABLES[table]), _tree(_TABLES[table], linkage)
        cut = tree.cut(height)
        facts: dict[str, Any] = {
            "columns": len(r),
            "wanted": _WANTED,
            "strict_r": _STRICT,
            "nearly_zero": 1e-9,
            "least": 1 - height,
            "height_of_cut": height,
            "groups": int(cut.nunique()),
            "largest": int(cut.value_counts().max()),
            "weakest": _weakest_together(r, cut),
            "loose_r": _LOOSE,
            "loose_weakest": _weakest_together(
                _pairs("breast_cancer"), _tree("breast_cancer", "average").cut(1 - _LOOSE)
            ),
            "strict": int(_tree("breast_cancer", "average").cut(1 - _STRICT).nunique()),
            "wine": int(_tree("wine", "average").cut(1 - _WANTED).nunique()),
            "wine_strict": int(_tree("wine", "average").cut(1 - _STRICT).nunique()),
            "wine_columns": len(_pairs("wine")),
        }
        title = fill("{groups} groups of {columns} columns", facts)
        return Exhibit(
            figures=(pair_map(r, tree, title, height),),
            facts=facts,
            code=scripts.cutting(_TABLES[table], height, linkage),
            table=cut.rename("group").to_frame().loc[tree.order],
            description=fill(
                f"A clustermap of {{columns}} columns about {table}, {linkage} linkage, with a "
                "line across the tree at height {height_of_cut:.2f}. It leaves {groups} groups, "
                "and the weakest pair inside one has |r| = {weakest:.2f}.",
                facts,
            ),
            members=members_of(r),
        )


_WANTED, _STRICT, _LOOSE = 0.8, 0.9, 0.5


def _weakest_together(r: pd.DataFrame, groups: "pd.Series[int]") -> float:
    """The smallest |r| of two columns in one group; one where nobody shares a group."""
    names = groups[r.columns].to_numpy()
    together = np.equal.outer(names, names)
    return float(r.abs().where(together, 1.0).to_numpy().min())


_MTCARS = datasets.catalogue()["mtcars"]
_CARS = (
    "mpg", "cyl", "disp", "hp", "drat", "wt", "qsec", "vs", "am", "gear", "carb",
)  # fmt: skip
_MEASURED, _BY_COLUMN, _BY_ROW = "as measured", "each column", "each car"


class Scaling(Step):
    """
    ### Cubic inches against cylinders

    So far columns were hung up, and r has no units. Rows have. {cars} cars, {columns_in_all}
    columns: the displacement in cubic inches runs into the hundreds, the gears from three to five.

    A Euclidean distance between two cars adds up squared differences, each in its own unit, as if
    inches, seconds and cylinders were one currency. What is written in large numbers decides.

    In cubic metres the displacement would decide nothing. A car is not nearer to another because
    somebody prefers inches.
    """

    tables = (_MTCARS,)

    scaled = Choice("Standardise", (_MEASURED, _BY_ROW, _BY_COLUMN), default=_MEASURED)
    columns = Columns("Columns", _CARS, default=_CARS, at_least=3)

    predict = Estimate(
        "As measured: which share of the variance, and so of the squared distances between cars, "
        "comes from displacement and horsepower alone?",
        low=0.0,
        high=1.0,
        step=0.05,
        tolerance=0.06,
        feedback="{raw_share:.1%}. The other nine columns could be left at home.",
        bands=[
            Band(
                low=0.0,
                high=0.5,
                feedback=(
                    "Two columns of {columns_in_all} would be fair, and {raw_share:.1%} is what "
                    "they take."
                ),
                misconception="units_do_not_matter",
            ),
            Band(
                low=0.5,
                high=1.05,
                feedback=(
                    "Still more: {raw_share:.1%}. The distances by these two columns alone "
                    "correlate at {raw_agreement:.5f} with those by all."
                ),
                misconception="units_do_not_matter",
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["raw_share"]),
        shown_as="{value:.0%}",
    )

    task = Task(
        "Give each of the {columns_in_all} columns the same say in how far apart two cars are.",
        passed=lambda state: (
            state["used"] == state["columns_in_all"]
            and state["largest_share"] - 1 / state["used"] < state["nearly_zero"]
        ),
        solution={"scaled": _BY_COLUMN},
        hints=[
            "Which of them should have mean zero and standard deviation one: the cars, or what was "
            "measured?",
        ],
    )

    mistakes = [
        Mistake(
            "Each car now has mean zero, over inches, seconds and cylinders. `{largest}` still has "
            "{largest_share:.0%} of the variance. It is the columns that have units.",
            when=lambda state: state["scaled"] == _BY_ROW,
            example={"scaled": _BY_ROW},
            misconception="either_axis_will_do",
        ),
        Mistake(
            "Fewer columns, same problem: `{largest}` has {largest_share:.0%} of the variance of "
            "what is left. Whoever has the largest numbers is next in line.",
            when=lambda state: state["scaled"] == _MEASURED,
            example={"columns": ("mpg", "cyl", "drat", "wt", "qsec", "vs", "am", "gear", "carb")},
            misconception="units_do_not_matter",
        ),
        Mistake(
            "Equal say for {used} of {columns_in_all} columns. The others have none at all.",
            when=lambda _: True,
            example={"scaled": _BY_COLUMN, "columns": ("disp", "hp", "wt")},
            misconception="units_do_not_matter",
        ),
    ]

    learned = (
        "As measured, displacement and horsepower are {raw_share:.1%} of the variance, and the "
        "nearest car to the `Ford Pantera L` is the `{raw_nearest}`. Standardised by column they "
        "are {share:.1%}, and it is the `{nearest}`. For genes in rows, standardise the rows."
    )

    def show(self, scaled: str, columns: tuple[str, ...]) -> Exhibit:
        measured = measurements("mtcars")
        shown = _standardised(measured[list(columns)], scaled)
        tree, raw = _tree_of_rows(shown), _tree_of_rows(measured)
        variances = shown.var()
        shares = variances / variances.sum()
        facts: dict[str, Any] = {
            "cars": len(measured),
            "columns_in_all": len(_CARS),
            "used": len(columns),
            "nearly_zero": 1e-9,
            "share": float(shares.reindex(_HEAVY).fillna(0).sum()),
            "raw_share": float(measured[_HEAVY].var().sum() / measured.var().sum()),
            "largest": str(shares.idxmax()),
            "largest_share": float(shares.max()),
            "raw_agreement": _r_of_distances(raw, _tree_of_rows(measured[_HEAVY])),
            "nearest": _nearest(tree),
            "raw_nearest": _nearest(raw),
        }
        return Exhibit(
            figures=(
                Clustermap(
                    shown,
                    tree,
                    limits=(0, float(shown.max().max())) if scaled == _MEASURED else (-3, 3),
                    colours="viridis" if scaled == _MEASURED else "house",
                    scale="as measured" if scaled == _MEASURED else "standard deviations",
                    title=fill("disp and hp: {share:.1%} of the variance", facts),
                ),
            ),
            facts=facts,
            code=scripts.scaling(scaled, columns),
            table=shown.loc[tree.order].round(2),
            description=fill(
                f"A clustermap of {{cars}} cars by {{used}} columns, standardised: {scaled}. "
                "Displacement and horsepower are {share:.1%} of the variance; the nearest car to "
                "the Ford Pantera L is the {nearest}.",
                facts,
            ),
            members=lambda names: _cars_in(shown, names, scaled),
        )


_HEAVY = ["disp", "hp"]


def _standardised(table: pd.DataFrame, scaled: str) -> pd.DataFrame:
    if scaled == _BY_ROW:
        centred = table.sub(table.mean(axis=1), axis=0)
        return centred.div(table.std(axis=1).replace(0, 1), axis=0)
    return (table - table.mean()) / table.std() if scaled == _BY_COLUMN else table


def _tree_of_rows(table: pd.DataFrame) -> Clustering:
    return cluster(table.T, distance="euclidean")


def _r_of_distances(first: Clustering, second: Clustering) -> float:
    above = np.triu_indices(len(first.order), 1)
    x, y = (tree.distances.to_numpy()[above] for tree in (first, second))
    return float(np.corrcoef(x, y)[0, 1])


def _nearest(tree: Clustering) -> str:
    """The car at the smallest distance from one that everybody remembers."""
    return str(tree.distances["Ford Pantera L"].drop("Ford Pantera L").idxmin())


def _cars_in(shown: pd.DataFrame, names: tuple[str, ...], scaled: str) -> Behind:
    chosen = shown.loc[list(names)]
    limits = (0.0, float(shown.max().max())) if scaled == _MEASURED else (-3.0, 3.0)
    colours = "viridis" if scaled == _MEASURED else "house"
    chart = Heatmap(chosen, limits, colours=colours, decimals=1, scale="value")
    spread = chosen.var().idxmax()
    return Behind(chart, f"{len(names)} cars. They differ most in {spread}.")
