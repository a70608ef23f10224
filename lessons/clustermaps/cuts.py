"""What hangs on a tree: groups at a height, and cars in one unit or another."""

from typing import Any

import numpy as np
import pandas as pd

import datasets
from lessons.clustermaps.groups import (
    ABSOLUTE,
    LINKAGES,
    group_sizes,
    measurements,
    members_of,
    pair_map,
    r_in,
    tree_in,
)
from lessons.tables import BREAST_CANCER, WINE
from lib.charts import Clustermap, Heatmap
from lib.course import (
    Band,
    Behind,
    Choice,
    Claim,
    Columns,
    Estimate,
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
    Outcome,
    Slider,
    Step,
    Task,
    Value,
    fill,
)
from lib.stats import Clustering, cluster

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

    readings = {
        "groups": "{groups}",
        "largest": "{largest}",
        "weakest |r| within": "{weakest:.2f}",
    }

    tables = (BREAST_CANCER, WINE)

    table = Choice("Table", tuple(_TABLES), default=_BREAST)
    height = Slider("Height of the cut", 0.05, 1.0, default=0.5, step=0.05)
    linkage = Choice("Linkage", LINKAGES, default="average")
    answers = {"promise": Choice("Promises it to every pair", LINKAGES, default=None)}

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
                    "It is {groups}. Radius, perimeter and area are one group of {largest}, and "
                    "there are many small ones: {sizes}."
                ),
                misconception="data_say_how_many_groups",
                holds=lambda state: _largest_is_of_size(state["height"]),
            ),
            Band(
                low=14,
                high=31,
                feedback=(
                    "It is {groups}. {columns} names are not {columns} different things: the "
                    "groups have {sizes} members."
                ),
                misconception="data_say_how_many_groups",
                holds=lambda state: state["groups"] < 0.6 * state["columns"],
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["groups"]),
        answer_at={"height": 0.2},
        shown_as="{value:.0f}",
    )

    task = Task(
        "Thin out the breast-cancer table: average linkage, and one group for all that meets at "
        "|r| of at least {wanted:.1f}. Then say which linkage, cut at that height, would promise "
        "this |r| to every pair of a group.",
        goals=[
            Goal(
                "The table is breast cancer: now {table}",
                met=lambda state: state["table"] == _BREAST,
            ),
            Goal(
                "The linkage is average: now {linkage}",
                met=lambda state: state["linkage"] == "average",
            ),
            Goal(
                "The groups meet at |r| of at least {wanted:.1f}: now {least:.2f}",
                met=lambda state: abs(state["least"] - state["wanted"]) < state["nearly_zero"],
            ),
            Goal(
                "The linkage that promises it to every pair is named: now {promise}",
                met=lambda state: state["promise"] == "complete",
            ),
        ],
        solution={"height": 0.2, "promise": "complete"},
        hints=[
            "The height is a distance. What is the distance of two columns with that r?",
            "Subtract.",
            "Try the three linkages at a greater height, and look at the weakest pair.",
        ],
    )

    mistakes = [
        Mistake(
            "You cut at height {wanted:.1f}. That is |r| = {least:.1f}, and leaves {cut_into} "
            "of {columns} columns. Height is what is missing to |r| = one.",
            when=lambda state: (
                state["table"] == _BREAST and abs(state["height"] - state["wanted"]) < 1e-9
            ),
            example={"height": 0.8},
            misconception="height_is_r",
            holds=lambda state: abs(state["height"] + state["least"] - 1) < 1e-9,
        ),
        Mistake(
            "Single linkage asks the nearest pair of two groups and no other. Cut at this height, "
            "it has a pair of |r| = {single_weakest:.2f} within a group, below {least:.2f}.",
            when=lambda state: (
                state["promise"] == "single" and state["single_weakest"] < state["least"]
            ),
            example={"height": 0.2, "promise": "single"},
            misconception="linkage_is_a_detail",
        ),
        Mistake(
            "An average says nothing of one pair: cut at |r| of {loose_r:.1f}, average linkage "
            "leaves a group with a pair of {loose_weakest:.2f}.",
            when=lambda state: state["promise"] == "average",
            example={"height": 0.2, "promise": "average"},
            misconception="linkage_is_a_detail",
            holds=lambda state: state["loose_weakest"] < state["loose_r"],
        ),
        Mistake(
            "That is the wine: cut at this height, its {columns} columns give {cut_into}. The task "
            "is about the other table.",
            when=lambda state: state["table"] == _WINE,
            example={"table": _WINE, "height": 0.2},
            misconception="data_say_how_many_groups",
        ),
        Mistake(
            "At a height of {height:.2f} another linkage gives {cut_into}. Within a group the "
            "weakest pair has |r| = {weakest:.2f}: single asks one pair for its r, complete asks "
            "all of them.",
            when=lambda state: state["linkage"] != "average",
            example={"linkage": "single", "height": 0.2},
            misconception="linkage_is_a_detail",
            holds=lambda state: (
                state["linkage"] != "complete"
                or state["weakest"] > state["least"] - state["nearly_zero"]
            ),
        ),
        Mistake(
            "The cut gives {cut_into}. Below this height groups meet with |r| of at least "
            "{least:.2f} on average. A tree takes any height; the task asks for one.",
            when=lambda state: abs(state["least"] - state["wanted"]) > state["nearly_zero"],
            example={"height": 0.1},
            misconception="data_say_how_many_groups",
        ),
    ]

    learned = [
        Outcome(
            "|r| of {least:.1f} is height {height:.1f}: {cut_into} of {columns} columns, at "
            "|r| of {strict_r:.1f} it is {strict}. Wine keeps {wine} and {wine_strict} of "
            "{wine_columns}. The average is no promise to each pair: cut at |r| of {loose_r:.1f}, "
            "one group holds a pair with {loose_weakest:.2f}. Complete linkage keeps that promise.",
            holds=lambda state: (
                state["loose_weakest"] < state["loose_r"] <= state["complete_weakest"]
            ),
        )
    ]

    holds = [Claim("Single pairs may be weaker.", lambda s: s["loose_weakest"] < s["loose_r"])]

    def in_the_lab(self, *, table: str, height: float, linkage: str) -> LabAddress:
        name = _TABLES[table]
        groups = int(tree_in(name, linkage).cut(height).nunique())
        nearest = min(max(groups, 2), 8)
        settings: dict[str, Value] = {
            "side": "columns",
            "distance": ABSOLUTE,
            "linkage": linkage,
            "k": nearest,
        }
        # Of the many tumours the Lab draws some by lot.
        is_same = name == "wine" and groups == nearest
        return LabAddress(name, "clustermap", settings, same_map=is_same)

    def show(self, table: str, height: float, linkage: str) -> Exhibit:
        r, tree = r_in(_TABLES[table]), tree_in(_TABLES[table], linkage)
        cut = tree.cut(height)
        facts: dict[str, Any] = {
            "columns": len(r),
            "wanted": _WANTED,
            "strict_r": _STRICT,
            "nearly_zero": 1e-9,
            "least": 1 - height,
            "groups": int(cut.nunique()),
            "cut_into": _groups_in_words(cut.nunique()),
            "largest": int(cut.value_counts().max()),
            "sizes": group_sizes(cut),
            "weakest": _weakest_together(r, cut),
            "single_weakest": _weakest_together(r, tree_in(_TABLES[table], "single").cut(height)),
            "complete_weakest": _weakest_together(
                r_in("breast_cancer"), tree_in("breast_cancer", "complete").cut(1 - _LOOSE)
            ),
            "loose_r": _LOOSE,
            "loose_weakest": _weakest_together(
                r_in("breast_cancer"), tree_in("breast_cancer").cut(1 - _LOOSE)
            ),
            "strict": int(tree_in("breast_cancer").cut(1 - _STRICT).nunique()),
            "wine": int(tree_in("wine").cut(1 - _WANTED).nunique()),
            "wine_strict": int(tree_in("wine").cut(1 - _STRICT).nunique()),
            "wine_columns": len(r_in("wine")),
        }
        title = fill("{columns} columns: {cut_into}", facts)
        return Exhibit(
            figures=(pair_map(r, tree, title, height),),
            facts=facts,
            table=cut.to_frame().loc[tree.order],
            description=fill(
                f"A clustermap of {{columns}} columns about {table}, {linkage} linkage, with a "
                f"line across the tree at height {height:.2f}. It leaves {{cut_into}}, "
                "and the weakest pair inside one has |r| = {weakest:.2f}.",
                facts,
            ),
            members=members_of(r),
        )


def _groups_in_words(count: int) -> str:
    return "1 group" if count == 1 else f"{count} groups"


_WANTED, _STRICT, _LOOSE = 0.8, 0.9, 0.5


def _largest_is_of_size(height: float) -> bool:
    """Whether the largest group is radius, perimeter and area, and no other measurement."""
    groups = tree_in("breast_cancer").cut(height)
    largest = groups.index[groups == groups.mode()[0]]
    return {name.split()[-1] for name in largest} == {"radius", "perimeter", "area"}


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


_GENE, _PATIENT, _NEITHER = "each gene", "each patient", "nothing"


class Scaling(Step):
    """
    ### Cubic inches against cylinders

    So far columns were hung up, and r has no units. Rows have. {cars} cars, {columns_in_all}
    columns: the displacement in cubic inches runs into the hundreds, the gears from three to five.

    A Euclidean distance between two cars adds up squared differences, each in its own unit, as if
    inches, seconds and cylinders were one currency. What varies by large numbers decides.

    In cubic metres the displacement would decide nothing. A car is not nearer to another because
    somebody prefers inches. To *standardise* is to subtract a mean and to divide by a standard
    deviation.
    """

    readings = {
        "largest say": "{largest}",
        "its share": "{largest_share:.0%}",
    }

    tables = (_MTCARS,)

    scaled = Choice("Standardise", (_MEASURED, _BY_ROW, _BY_COLUMN), default=_MEASURED)
    columns = Columns("Columns", _CARS, default=_CARS, at_least=3)
    answers = {
        "genes": Choice(
            "Patients compared by genes: standardise", (_GENE, _PATIENT, _NEITHER), default=None
        )
    }

    predict = Estimate(
        "As measured: which share of the variance, and so of the squared distances between cars, "
        "comes from displacement and horsepower alone?",
        low=0.0,
        high=1.0,
        step=0.05,
        tolerance=0.06,
        feedback="{raw_share:.1%}. The other nine columns could nearly be left at home.",
        bands=[
            Band(
                low=0.0,
                high=0.5,
                feedback=(
                    "Two columns of {columns_in_all} would be fair, and {raw_share:.1%} is what "
                    "they take."
                ),
                misconception="units_do_not_matter",
                holds=lambda state: state["raw_share"] > 2 * 2 / state["columns_in_all"],
            ),
            Band(
                low=0.5,
                high=1.0,
                feedback=(
                    "Still more: {raw_share:.1%}. The distances by these two columns alone "
                    "correlate at {raw_agreement:.5f} with those by all."
                ),
                misconception="units_do_not_matter",
                holds=lambda state: state["value"] < state["raw_share"],
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["raw_share"]),
        seen_at=None,
        shown_as="{value:.0%}",
    )

    task = Task(
        "Give each of the {columns_in_all} columns the same say in how far apart two cars are. "
        "Then another table: its rows are genes, its columns patients, and patients are to be "
        "compared. Which do you standardise, if each gene is to have the same say?",
        goals=[
            Goal(
                "All {columns_in_all} columns are used: now {used}",
                met=lambda state: state["used"] == state["columns_in_all"],
            ),
            Goal(
                "None has a larger say than another: the largest share is now {largest_share:.1%}",
                met=lambda state: state["largest_share"] - 1 / state["used"] < state["nearly_zero"],
            ),
            Goal(
                "What to standardise in the other table is said rightly: now {genes}",
                met=lambda state: state["genes"] == _GENE,
            ),
        ],
        solution={"scaled": _BY_COLUMN, "genes": _GENE},
        hints=[
            "Which of them should have mean zero and standard deviation one: the cars, or what was "
            "measured?",
            "Who is compared, and by what? It is not the axis that counts.",
        ],
    )

    mistakes = [
        Mistake(
            "Then each patient has mean zero, and a gene with large differences still decides who "
            "is near to whom. Compare the cars: standardised by car, one column still has "
            "{car_share:.0%} of the variance.",
            when=lambda state: state["genes"] == _PATIENT,
            example={"scaled": _BY_COLUMN, "genes": _PATIENT},
            misconception="either_axis_will_do",
            holds=lambda state: state["car_share"] > 2 / state["columns_in_all"],
        ),
        Mistake(
            "Then the genes with the largest variance decide, as displacement and horsepower did "
            "with {raw_share:.1%}.",
            when=lambda state: state["genes"] == _NEITHER,
            example={"scaled": _BY_COLUMN, "genes": _NEITHER},
            misconception="units_do_not_matter",
            holds=lambda state: state["raw_share"] > 0.9,
        ),
        Mistake(
            "Each car now has mean zero, over inches, seconds and cylinders. `{largest}` still has "
            "{largest_share:.0%} of the variance. It is the columns that have units.",
            when=lambda state: state["scaled"] == _BY_ROW,
            example={"scaled": _BY_ROW},
            misconception="either_axis_will_do",
            holds=lambda state: state["largest_share"] > 1 / state["used"],
        ),
        Mistake(
            "Fewer columns, same problem: `{largest}` has {largest_share:.0%} of the variance of "
            "what is left. Whatever varies by the largest numbers is next in line.",
            when=lambda state: (
                state["scaled"] == _MEASURED and state["used"] < state["columns_in_all"]
            ),
            example={"columns": ("mpg", "cyl", "drat", "wt", "qsec", "vs", "am", "gear", "carb")},
            misconception="units_do_not_matter",
            holds=lambda state: state["largest_share"] > 1 / state["used"],
        ),
        Mistake(
            "Equal say for {used} of {columns_in_all} columns. The others have none at all.",
            when=lambda state: (
                state["scaled"] == _BY_COLUMN and state["used"] < state["columns_in_all"]
            ),
            example={"scaled": _BY_COLUMN, "columns": ("disp", "hp", "wt")},
            misconception="units_do_not_matter",
        ),
    ]

    learned = [
        Outcome(
            "As measured, displacement and horsepower are {raw_share:.1%} of the variance, and the"
            " nearest car to the `Ford Pantera L` is the `{raw_nearest}`. Standardised by column "
            "they are {share:.1%}, and it is the `{nearest}`. What has units is standardised, rows "
            "or columns. Each with the same say is a choice as well: say that you made it.",
            holds=lambda state: state["nearest"] != state["raw_nearest"],
        )
    ]

    holds = [
        Claim("What varies by large numbers decides.", lambda state: state["raw_share"] > 0.9),
        Claim(
            "In cubic metres the displacement would decide nothing.",
            lambda state: _share_in_cubic_metres() < 1 / 1000 < state["raw_share"],
        ),
    ]

    def in_the_lab(self, *, scaled: str, columns: tuple[str, ...]) -> LabAddress:
        as_there = {_MEASURED: "as it is", _BY_COLUMN: "each column standardised"}
        settings: dict[str, Value] = {"side": "rows", "columns": columns}
        if scaled in as_there:
            settings["scaled"] = as_there[scaled]
        return LabAddress("mtcars", "clustermap", settings, same_map=scaled in as_there)

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
            "litres_share": _largest_share(measured.assign(disp=measured["disp"] * _LITRE)),
            "car_share": _largest_share(_standardised(measured, _BY_ROW)),
            "largest": str(shares.idxmax()),
            "largest_share": float(shares.max()),
            "raw_agreement": _r_of_distances(raw, _tree_of_rows(measured[_HEAVY])),
            "nearest": _nearest(tree),
            "raw_nearest": _nearest(raw),
        }
        in_units = scaled == _MEASURED
        limits = (0.0, float(shown.max().max())) if in_units else (-3.0, 3.0)
        colours = "viridis" if in_units else "house"
        return Exhibit(
            figures=(
                Clustermap(
                    shown,
                    tree,
                    limits=limits,
                    colours=colours,
                    scale="as measured" if in_units else "standard deviations",
                    title=fill("disp and hp: {share:.1%} of the variance", facts),
                ),
            ),
            facts=facts,
            table=shown.loc[tree.order].round(2),
            description=fill(
                f"A clustermap of {{cars}} cars by {{used}} columns, standardised: {scaled}. "
                "Displacement and horsepower are {share:.1%} of the variance; the nearest car to "
                "the Ford Pantera L is the {nearest}.",
                facts,
            ),
            members=lambda names: _together(shown.loc[list(names)], limits, colours),
        )


_HEAVY = ["disp", "hp"]
_LITRE = 0.016387064  # of a cubic inch


def _share_in_cubic_metres() -> float:
    """The share of the variance that the displacement would have."""
    variances = measurements("mtcars").var()
    variances["disp"] *= (_LITRE / 1000) ** 2
    return float(variances["disp"] / variances.sum())


def _largest_share(table: pd.DataFrame) -> float:
    """The largest share that one column has of the variance of all."""
    return float(table.var().max() / table.var().sum())


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


def _together(cars: pd.DataFrame, limits: tuple[float, float], colours: str) -> Behind:
    """What a branch of cars opens, in the colours of the whole map."""
    chart = Heatmap(cars, limits, colours=colours, decimals=1, scale="value")
    return Behind(chart, f"{len(cars)} cars. They differ most in {cars.var().idxmax()}.")
