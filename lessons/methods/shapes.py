"""What a stray point does to a coefficient, and what a bent axis."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lessons.methods.measuring import METHODS, SYMBOLS, cloud, coefficient
from lessons.tables import HIGHWAY, UN, highway, table
from lib.charts import Lines, Scatter, number_text
from lib.course import (
    TRANSFORMS,
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
    Point,
    Predict,
    Rows,
    Seed,
    Slider,
    Step,
    Task,
    Transform,
    Value,
    Write,
    fill,
)
from lib.course.writing import a_frame_within, run


class OneOutlier(Step):
    """
    ### One point can make a correlation

    A cloud of pure noise, and one extra point. At first it sits in the middle, where it does no
    harm. You may drag it anywhere; far from the others it is an *outlier*.

    Pearson weighs a point by how far out it is, along both axes at once. Spearman only counts how
    many places it moves up or down the ranking. Ranks do not know *far*. (|r| is the size of r,
    without its sign.)
    """

    readings = {
        "Pearson's r": "{r:.2f}",
        "Spearman's ρ": "{rho:.2f}",
        "points": "{rows}",
    }

    point = Point("The extra point", (-8, 8), (-8, 8), default=(0, 0))
    n = Slider("Points in the cloud", 10, 200, default=30, step=10)
    seed = Seed("Draw of the cloud", default=11)
    typical = ("before", "corner_r", "corner_rho")

    predict = Estimate(
        "Of the {n} points of noise r is {before:.2f}. You drag the extra point to the upper right "
        "corner. What does r become?",
        low=-1,
        high=1,
        step=0.05,
        tolerance=0.15,
        feedback="r becomes {r:.2f}, after {before:.2f} of the cloud alone: one point among {rows} "
        "did that. Spearman is {rho:.2f}, after {rho_before:.2f} of the cloud alone.",
        bands=[
            Band(
                low=-1,
                high=-0.1,
                feedback=(
                    "Negative it does not become: up and to the right is along the rising "
                    "diagonal. r goes from {before:.2f} to {r:.2f}."
                ),
                misconception="one_row_is_little",
                holds=lambda state: state["r"] > state["before"],
            ),
            Band(
                low=-0.1,
                high=0.25,
                feedback=(
                    "One vote in {rows} should not matter. But r weighs votes by distance, and "
                    "this voter stands far out: r becomes {r:.2f}."
                ),
                misconception="one_row_is_little",
                holds=lambda state: state["r"] > state["before"] + 0.3,
            ),
            Band(
                low=0.25,
                high=0.6,
                feedback=(
                    "It goes further: r becomes {r:.2f}. Along either axis this one point holds "
                    "more of the variance than all the others together."
                ),
                misconception="one_row_is_little",
                holds=lambda state: state["corner_share"] > 0.5,
            ),
            Band(
                low=0.6,
                high=1.1,
                feedback=(
                    "Nearly a straight line, you think. The cloud still has a say: r becomes "
                    "{r:.2f}."
                ),
                misconception="one_row_is_little",
                holds=lambda state: state["r"] < 0.9,
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["r"]),
        answer_at={"point": (8.0, 8.0)},
    )

    task = Task(
        "Put the point where |r| is above {strong:.1f} while Spearman's |ρ| stays below "
        "{weak:.1f}.",
        goals=[
            Goal(
                "|r| is above {strong:.1f}: now r is {r:.2f}",
                met=lambda state: abs(state["r"]) > state["strong"],
            ),
            Goal(
                "|ρ| is below {weak:.1f}: now ρ is {rho:.2f}",
                met=lambda state: abs(state["rho"]) < state["weak"],
            ),
        ],
        solution={"point": (8.0, 8.0)},
        hints=[
            "The farther out, the more Pearson listens.",
            "Along one axis alone it listens less. Try a corner.",
            "If ρ is too large already, this cloud leans by chance: draw another.",
        ],
    )

    mistakes = [
        Mistake(
            "The point is hardly farther out than the others, and r is {r:.2f}. An outlier has to "
            "be out.",
            when=lambda state: max(abs(state["point"][0]), abs(state["point"][1])) <= 2,
            example={"point": (1.0, -1.0)},
            misconception="every_row_weighs_the_same",
        ),
        Mistake(
            "This cloud leans by itself: without your point ρ is {rho_before:.2f} already, from "
            "noise alone. Draw again.",
            when=lambda state: abs(state["rho_before"]) >= state["weak"],
            example={"point": (8.0, 8.0), "seed": 0},
            misconception="ranks_are_cautious",
        ),
        Mistake(
            "Far out along one axis only: r is {r:.2f}. In the upper right corner, far out along "
            "both, it would be {corner_r:.2f}.",
            when=lambda state: (
                min(abs(state["point"][0]), abs(state["point"][1])) <= 2
                and abs(state["r"]) <= state["strong"]
            ),
            example={"point": (8.0, 0.0)},
            misconception="every_row_weighs_the_same",
            holds=lambda state: state["corner_r"] > abs(state["r"]),
        ),
        Mistake(
            "Out along both axes, and r is {r:.2f}: the {n} points of the cloud hold their own. "
            "The farther out, and the fewer they are, the more your point weighs.",
            when=lambda state: abs(state["r"]) <= state["strong"],
            example={"point": (8.0, 8.0), "n": 200},
            misconception="one_row_is_little",
            holds=lambda state: min(map(abs, state["point"])) > 2,
        ),
        Mistake(
            "r is {r:.2f}, and ρ is {rho:.2f}, after {rho_before:.2f} of the cloud alone. Among "
            "{rows} points even one place in the ranking counts. With more points it counts less.",
            when=lambda state: abs(state["rho"]) >= state["weak"],
            example={"point": (8.0, 8.0), "n": 10, "seed": 1},
            misconception="ranks_are_cautious",
            holds=lambda state: abs(state["r"]) > state["strong"],
        ),
    ]

    learned = [
        Outcome(
            "The cloud alone has r = {before:.2f} and ρ = {rho_before:.2f}. With your point it is "
            "r = {r:.2f} and ρ = {rho:.2f}: r moved farther. Pearson weighs by distance, ranks do "
            "not.",
            holds=lambda state: (
                abs(state["r"] - state["before"]) > abs(state["rho"] - state["rho_before"])
            ),
        )
    ]

    holds = [
        Claim(
            "it sits in the middle, where it does no harm",
            lambda state: abs(state["r"] - state["before"]) < 0.1,
        ),
    ]

    def show(self, point: tuple[float, float], n: int, seed: int) -> Exhibit:
        noise = cloud(n, seed)
        both = _joined(noise, point)
        corner = _joined(noise, (8, 8))
        values = {
            method: (coefficient(noise.x, noise.y, method), coefficient(both.x, both.y, method))
            for method in METHODS
        }
        facts = {
            "rows": len(both),
            "strong": 0.6,
            "weak": 0.2,
            "before": values["Pearson"][0],
            "r": values["Pearson"][1],
            "rho_before": values["Spearman"][0],
            "rho": values["Spearman"][1],
            "corner_share": min(_share_of_last(corner.x), _share_of_last(corner.y)),
            "corner_r": coefficient(corner.x, corner.y),
            "corner_rho": coefficient(corner.x, corner.y, "Spearman"),
        }
        return Exhibit(
            figures=(
                Scatter(
                    both.x,
                    both.y,
                    title=f"r = {number_text(facts['r'])},  ρ = {number_text(facts['rho'])}",
                    line=True,
                    marked="the extra point",
                    limits=((-9, 9), (-9, 9)),
                ),
            ),
            facts=facts,
            table=pd.DataFrame(values, index=["without the point", "with the point"]).T.round(3),
            description=fill(
                f"A cloud of {n} points of noise and one extra point. Without it r is "
                "{before:.2f} and ρ {rho_before:.2f}; with it {r:.2f} and {rho:.2f}.",
                facts,
            ),
        )


def _share_of_last(values: "pd.Series[float]") -> float:
    """The share that the last value has of the sum of squares around the mean."""
    squares = (values - values.mean()) ** 2
    return float(squares.iloc[-1] / squares.sum())


def _joined(noise: pd.DataFrame, point: tuple[float, float]) -> pd.DataFrame:
    return pd.concat([noise, pd.DataFrame([point], index=["the extra point"], columns=["x", "y"])])


class OneRow(Step):
    """
    ### One row of thirty-nine

    That was noise with a planted point. Real tables plant their own.

    On the highway map access points and signals go together, `acpt` and `sigs1`: r =
    {all_rows:.2f} over {sections} sections. A finding that planners would nod at.

    Under the scatter plot the same r is computed {sections} times, each time without one section.
    If no row mattered much, that would be nearly a flat line.
    """

    readings = {
        "Pearson's r": "{pearson:.2f}",
        "Spearman's ρ": "{spearman:.2f}",
        "sections left out": "{left_out}",
    }

    tables = (HIGHWAY,)

    leave_out = Rows("Leave out sections", tuple(map(str, range(1, 40))), at_most=29)
    method = Choice("Measure", tuple(METHODS), default="Pearson")
    views = ("method",)

    predict = Estimate(
        "One of the {sections} sections holds this r up more than any other. Without it, the "
        "{all_rows:.2f} becomes ...",
        low=-0.5,
        high=1,
        step=0.05,
        begin=-0.5,
        tolerance=0.1,
        feedback="r falls from {all_rows:.2f} to {without_ruler:.2f}. One section of {sections} "
        "made more than half of it.",
        bands=[
            Band(
                low=-0.5,
                high=0.09,
                feedback=(
                    "It does not vanish altogether: r falls from {all_rows:.2f} to "
                    "{without_ruler:.2f}. A trace is left."
                ),
                misconception="one_row_is_little",
                holds=lambda state: state["value"] < state["without_ruler"],
            ),
            Band(
                low=0.09,
                high=0.45,
                feedback=(
                    "You expected it to matter. It matters more: from {all_rows:.2f} to "
                    "{without_ruler:.2f}."
                ),
                misconception="one_row_is_little",
                holds=lambda state: state["without_ruler"] < state["all_rows"] / 2,
            ),
            Band(
                low=0.45,
                high=0.6,
                feedback=(
                    "One of {sections} rows should change little, and most of them do. This one "
                    "takes r from {all_rows:.2f} to {without_ruler:.2f}."
                ),
                misconception="one_row_is_little",
                holds=lambda state: state["without_ruler"] < state["all_rows"] / 2,
            ),
            Band(
                low=0.6,
                high=1.1,
                feedback=(
                    "An outlier can weaken a correlation as well. This one made it: without it r "
                    "falls from {all_rows:.2f} to {without_ruler:.2f}."
                ),
                misconception="one_row_is_little",
                holds=lambda state: state["without_ruler"] < state["all_rows"],
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["without_ruler"]),
        seen_at={"leave_out": ("25",)},
    )

    task = Task(
        "Leave out a single section so that Pearson's r drops below {wanted:.1f}.",
        goals=[
            Goal(
                "A single section is left out: now {left_out}",
                met=lambda state: state["left_out"] == 1,
            ),
            Goal(
                "Pearson's r is below {wanted:.1f}: now {pearson:.2f}",
                met=lambda state: state["pearson"] < state["wanted"],
            ),
        ],
        solution={"leave_out": ("25",)},
        hints=[
            "Look for the dip in the lower picture.",
            "It is the section that stands alone in the upper right of the scatter plot.",
        ],
    )

    mistakes = [
        Mistake(
            "{left_out} sections are gone and r is {pearson:.2f}. Here it takes only one.",
            when=lambda state: state["left_out"] > 1,
            example={"leave_out": ("1", "25")},
            misconception="every_row_weighs_the_same",
            holds=lambda state: state["without_ruler"] < state["wanted"],
        ),
        Mistake(
            "Without this section r is {pearson:.2f}, after {all_rows:.2f} with it. This is not "
            "the one that holds it up.",
            when=lambda state: state["left_out"] == 1,
            example={"leave_out": ("7",)},
            misconception="every_row_weighs_the_same",
            holds=lambda state: state["leave_out"] != (state["ruler"],),
        ),
    ]

    learned = [
        Outcome(
            "Without section {ruler} r of `acpt` and `sigs1` is {pearson:.2f} instead of "
            "{all_rows:.2f}; Spearman's ρ goes from {rho_all_rows:.2f} to {spearman:.2f}. It has "
            "{ruler_acpt:.0f} access points per mile, and no other more than {next_acpt:.0f}. It "
            "may be a road like the others, so leaving it out is no cure. Report both numbers.",
            holds=lambda state: (
                state["leave_out"] == (state["ruler"],)
                and state["pearson"] < state["all_rows"] / 2
                and state["ruler_acpt"] > state["next_acpt"]
            ),
        )
    ]

    holds = [
        Claim(
            "stands alone in the upper right",
            lambda state: state["ruler_acpt"] > 1.5 * state["next_acpt"],
        ),
    ]

    def in_the_lab(self, *, method: str, **_: Any) -> LabAddress:
        return LabAddress("highway", "association_map", {"method": method})

    def show(self, leave_out: tuple[str, ...], method: str) -> Exhibit:
        roads = highway()[["acpt", "sigs1"]].rename(index=str)
        kept = roads.drop(index=list(leave_out))
        numbers = kept.to_numpy()
        without = pd.Series(
            [_of_roads(np.delete(numbers, row, axis=0), method) for row in range(len(kept))],
            kept.index,
        )
        plain = roads.drop(index="25")
        values = {name: _of_roads(numbers, name) for name in METHODS}
        facts: dict[str, Any] = {
            "sections": len(roads),
            "wanted": 0.2,
            "left_out": len(leave_out),
            "all_rows": _of_roads(roads.to_numpy(), "Pearson"),
            "rho_all_rows": _of_roads(roads.to_numpy(), "Spearman"),
            "ruler": "25",
            "ruler_acpt": float(roads["acpt"]["25"]),
            "next_acpt": float(plain["acpt"].max()),
            "without_ruler": _of_roads(plain.to_numpy(), "Pearson"),
            "pearson": values["Pearson"],
            "spearman": values["Spearman"],
            "kendall": values["Kendall"],
        }
        symbol = SYMBOLS[method]
        return Exhibit(
            figures=(
                Scatter(
                    kept["acpt"],
                    kept["sigs1"],
                    labels=pd.Series(kept.index, kept.index).map("section {}".format),
                    title=f"{symbol} = {number_text(values[method])}, {len(kept)} sections",
                    line=True,
                ),
                Lines(
                    pd.DataFrame(
                        {"without it": without.to_numpy()},
                        index=pd.Index(without.index.astype(int), name="section"),
                    ),
                    title=f"{symbol} without one more section",
                    y=symbol,
                    marks={"with all of these": values[method]},
                ),
            ),
            facts=facts,
            table=without.rename(f"{symbol} without it").rename_axis("section").round(3).to_frame(),
            description=fill(
                "Signals against access points of the sections that are kept, and the measure "
                "recomputed without each. r is {pearson:.2f}, ρ {spearman:.2f} and τ "
                "{kendall:.2f}; over all {sections} sections r is {all_rows:.2f}.",
                facts,
            ),
        )


def _of_roads(roads: NDArray[np.float64], method: str) -> float:
    """Of access points and signals, a row a section."""
    access, signals = roads.T
    return coefficient(access, signals, method)


_BENDS = ("as it is", "log", "square root", "square", "reciprocal", "rank")


class BendTheAxes(Step):
    """
    ### Bend the axes

    The nations of the world: income per head against infant mortality. Poor countries lose many
    children, rich ones few, and the picture is a hockey stick.

    A hockey stick is no line, so r is only {r_before:.2f}. You may bend either axis: take
    logarithms, roots, squares, ranks. Nothing about the countries changes. Some of the measures
    will notice all the same.
    """

    readings = {
        "Pearson's r": "{r:.2f}",
        "Spearman's ρ": "{rho:.2f}",
        "Kendall's τ": "{tau:.2f}",
    }

    tables = (UN,)

    income = Transform("Income", options=_BENDS)
    mortality = Transform("Infant mortality", options=_BENDS)

    predict = Predict(
        "r is {r_before:.2f}. Spearman's ρ of the same {n} nations is ...",
        choices=[
            Option(
                text="closer to zero: ranks are the cautious choice",
                value="closer",
                feedback=(
                    "Ranks throw away distances, so they must lose strength, one thinks. Here some "
                    "distances were in the way: ρ is {rho_before:.2f}, against r = {r_before:.2f}."
                ),
                misconception="ranks_are_cautious",
                holds=lambda state: abs(state["rho_before"]) > abs(state["r_before"]),
                tempting=True,
            ),
            Option(
                text="about the same: it is the same data",
                value="same",
                feedback=(
                    "The same data, another question. r asks for a line and gets {r_before:.2f}; ρ "
                    "asks for order and gets {rho_before:.2f}."
                ),
                misconception="rank_is_robust_r",
                holds=lambda state: abs(state["rho_before"] - state["r_before"]) > 0.3,
            ),
            Option(
                text="farther from zero",
                value="farther",
                feedback=(
                    "ρ is {rho_before:.2f}. The order of nations on one axis is nearly that on the "
                    "other, reversed. Only the line is missing, and ρ never asked for one."
                ),
                holds=lambda state: state["rho_before"] < -0.8,
            ),
        ],
        answer=lambda exhibit: _farther(exhibit.facts),
    )

    task = Task(
        "Bend the axes so that |r| exceeds {wanted:.2f}, while Spearman's |ρ| stays where it was.",
        goals=[
            Goal(
                "Spearman's |ρ| is what it was: ρ was {rho_before:.2f}, and is {rho:.2f}",
                met=lambda state: state["order_kept"],
            ),
            Goal(
                "|r| exceeds {wanted:.2f}: now r is {r:.2f}",
                met=lambda state: abs(state["r"]) > state["wanted"],
            ),
        ],
        solution={"income": "log", "mortality": "log"},
        hints=[
            "Both axes are crowded at one end. Which change spreads the crowd and pulls in the "
            "rest?",
            "Bend both axes the same way.",
        ],
    )

    mistakes = [
        Mistake(
            "Squares push the far ones farther out. r is now {r:.2f}, after {r_before:.2f}; ρ is "
            "{rho:.2f}.",
            when=lambda state: "square" in (state["income"], state["mortality"]),
            example={"income": "square"},
            misconception="transform_changes_units_only",
        ),
        Mistake(
            "One divided by a number reverses the order: ρ is {rho:.2f} now, after "
            "{rho_before:.2f}. Of one size, and r is {r:.2f}: not straight yet.",
            when=lambda state: (
                (state["income"] == "reciprocal") != (state["mortality"] == "reciprocal")
            ),
            example={"income": "reciprocal"},
            misconception="ranks_ignore_direction",
            holds=lambda state: abs(state["rho"] + state["rho_before"]) < 1e-9,
        ),
        Mistake(
            "One axis is better already: r went from {r_before:.2f} to {r:.2f}. The other is still "
            "crowded at its lower end.",
            when=lambda state: (
                "as it is" in (state["income"], state["mortality"])
                and abs(state["r"]) > abs(state["r_before"])
            ),
            example={"income": "log"},
            misconception="transform_changes_units_only",
        ),
        Mistake(
            "Straighter than it was, not straight enough: r is {r:.2f}, after {r_before:.2f}. A "
            "root pulls in less than a logarithm. And ρ did not move: {rho:.2f}.",
            when=lambda state: "square root" in (state["income"], state["mortality"]),
            example={"income": "square root", "mortality": "square root"},
            misconception="transform_changes_units_only",
            holds=lambda state: (
                abs(state["r"]) > abs(state["r_before"])
                and abs(state["rho"] - state["rho_before"]) < 1e-9
            ),
        ),
        Mistake(
            "Reversed on both axes the order is what it was, and ρ is {rho:.2f}. But r is {r:.2f}, "
            "after {r_before:.2f}: one divided by a number spreads the crowd and crowds the rest.",
            when=lambda state: state["income"] == state["mortality"] == "reciprocal",
            example={"income": "reciprocal", "mortality": "reciprocal"},
            misconception="transform_changes_units_only",
            holds=lambda state: (
                abs(state["r"]) < abs(state["r_before"])
                and abs(state["rho"] - state["rho_before"]) < 1e-9
            ),
        ),
    ]

    learned = [
        Outcome(
            "r went from {r_before:.2f} to {r:.2f}; ρ was {rho_before:.2f} and is {rho:.2f}. What "
            "keeps the order leaves ρ and τ alone. So ρ is no weaker r: it answers another "
            "question.\n\n"
            "*A place to rest.* So far: r asks for a line, ρ and τ for an order. One far row can "
            "make r, a bend can hide it, and a look at the cloud tells which. Next: what all three "
            "miss.",
            holds=lambda state: (
                state["order_kept"] and abs(state["r"]) > abs(state["r_before"]) + 0.1
            ),
        )
    ]

    holds = [
        Claim(
            "A hockey stick is no line",
            lambda state: abs(state["rho_before"]) > abs(state["r_before"]) + 0.3,
        ),
        Claim(
            "Poor countries lose many children, rich ones few",
            lambda state: state["rho_before"] < -0.8,
        ),
    ]

    def in_the_lab(self, *, income: str, mortality: str) -> LabAddress:
        # Pearson's r of two columns of ranks is Spearman's ρ of the columns.
        method = "Spearman" if income == mortality == "rank" else "Pearson"
        settings: dict[str, Value] = {"method": method, "columns": ("ppgdp", "infantMortality")}
        return LabAddress("un", "association_map", settings)

    def show(self, income: str, mortality: str) -> Exhibit:
        nations = table("un")[["ppgdp", "infantMortality"]].dropna()
        x = TRANSFORMS[income](nations["ppgdp"])
        y = TRANSFORMS[mortality](nations["infantMortality"])
        before = {
            name: coefficient(nations["ppgdp"], nations["infantMortality"], name)
            for name in METHODS
        }
        after = {name: coefficient(x, y, name) for name in METHODS}
        facts = {
            "n": len(nations),
            "wanted": 0.85,
            "r_before": before["Pearson"],
            "rho_before": before["Spearman"],
            "r_one_out": _farthest_with_one_left_out(),
            "r": after["Pearson"],
            "rho": after["Spearman"],
            "tau": after["Kendall"],
            "order_kept": bool(abs(abs(after["Spearman"]) - abs(before["Spearman"])) < 1e-9),
        }
        return Exhibit(
            figures=(
                Scatter(
                    x.rename(_bent("income per head", income)),
                    y.rename(_bent("infant mortality", mortality)),
                    title=f"r = {number_text(facts['r'])},  ρ = {number_text(facts['rho'])}",
                    line=True,
                ),
            ),
            facts=facts,
            table=pd.DataFrame({"as it is": before, "bent": after}).round(3),
            description=fill(
                "Infant mortality against income per head of {n} nations, bent as chosen. r is "
                "{r:.2f}, after {r_before:.2f} unbent; ρ is {rho:.2f}, after {rho_before:.2f}.",
                facts,
            ),
        )


@cache
def _farthest_with_one_left_out() -> float:
    """The r that lies farthest below zero once a single nation is left out."""
    nations = table("un")[["ppgdp", "infantMortality"]].dropna().to_numpy()
    others = (np.delete(nations, row, axis=0) for row in range(len(nations)))
    return min(float(np.corrcoef(rest, rowvar=False)[0, 1]) for rest in others)


def _bent(name: str, transform: str) -> str:
    return name if transform == "as it is" else f"{name}, {transform}"


def _farther(facts: Mapping[str, Any]) -> str:
    difference = abs(facts["rho_before"]) - abs(facts["r_before"])
    if abs(difference) < 0.05:
        return "same"
    return "farther" if difference > 0 else "closer"


_INCOME_AND_DEATHS = ("ppgdp", "infantMortality")


class WriteTheRanks(Step):
    """
    ### Write the ranks

    Spearman's ρ is Pearson's r of the ranks. So make the columns that have it: `nations` holds
    income per head, `ppgdp`, and `infantMortality`, with gaps where a nation did not report.

    What your last line gives is correlated by Pearson's r, and drawn. As long as nothing is
    written, that is `nations` itself.
    """

    readings = {
        "Pearson's r of yours": "{r:.4f}",
        "ρ of the nations": "{rho:.4f}",
        "rows": "{rows}",
    }

    tables = (UN,)

    lines = Write("Your lines", gives="ranks", names=("nations",), columns=_INCOME_AND_DEATHS)

    predict = Predict(
        "{nations} nations, {complete} of them with both values. You take `nations.rank()`, which "
        "ranks each column and leaves its gaps, and then Pearson's r of the rows without gaps. "
        "That r is ...",
        choices=[
            Option(
                text="exactly ρ of those rows",
                value="exact",
                feedback=(
                    "It looks so. But a nation without a value in one column still took a place in "
                    "the ranking of the other. So r is {ranked_first:.4f}, and ρ {rho:.4f}."
                ),
                misconception="ranking_may_come_first",
                holds=lambda state: 1e-6 < abs(state["ranked_first"] - state["rho"]) < 0.01,
                tempting=True,
            ),
            Option(
                text="near ρ of those rows, and not the same",
                value="near",
                feedback=(
                    "{ranked_first:.4f} against {rho:.4f}: nations that drop out later had taken "
                    "places in the ranking. Few drop out here, so it is a small matter."
                ),
                holds=lambda state: state["complete"] > 0.9 * state["nations"],
            ),
            Option(
                text="far from ρ: gaps spoil a ranking",
                value="far",
                feedback=(
                    "A gap gets no rank, and takes none from the others. But it is not quite ρ "
                    "either: {ranked_first:.4f} against {rho:.4f}."
                ),
                misconception="strength_can_be_guessed",
                holds=lambda state: abs(state["ranked_first"] - state["rho"]) < 0.01,
            ),
        ],
        answer=lambda exhibit: _how_near(exhibit.facts),
        seen_at={"lines": "nations.rank().dropna()"},
    )

    task = Task(
        "Write lines that give both columns, of the {complete} nations without a gap, so that "
        "Pearson's r of them is Spearman's ρ of these nations.",
        goals=[
            Goal(
                "Both columns are there: now {columns}",
                met=lambda state: state["columns"] == 2,
            ),
            Goal(
                "There is a row for each of the {complete} nations that have both values: now "
                "{rows} {rows:row|rows}, {gaps} with a gap",
                met=lambda state: state["rows"] == state["complete"] and state["gaps"] == 0,
            ),
            Goal(
                "Pearson's r of them is ρ: now r is {r:.4f}, and ρ {rho:.4f}",
                met=lambda state: state["columns"] == 2 and abs(state["r"] - state["rho"]) < 1e-9,
            ),
        ],
        solution={"lines": "nations.dropna().rank()"},
        hints=[
            "`.rank()` puts ranks in the place of values, column by column.",
            "`.dropna()` leaves out the rows that have a gap.",
            "Who drops out must not have taken a place before.",
        ],
    )

    mistakes = [
        Mistake(
            "What you give has {columns} {columns:column|columns}. A correlation takes two.",
            when=lambda state: state["columns"] < 2,
            example={"lines": 'nations.dropna().rank()[["ppgdp"]]'},
            misconception="it_computes_so_it_fits",
        ),
        Mistake(
            "r is {r:.4f} and ρ {rho:.4f}: near, and not the same. The ranks were given while "
            "nations with a gap were still there, and these took places.",
            when=lambda state: abs(state["r"] - state["ranked_first"]) < 1e-9,
            example={"lines": "nations.rank().dropna()"},
            misconception="ranking_may_come_first",
            holds=lambda state: 0 < abs(state["r"] - state["rho"]) < 0.01,
        ),
        Mistake(
            "r is {r:.4f} and ρ {rho:.4f}: the size is right, and the sign is not. One of the two "
            "columns is ranked from its other end.",
            when=lambda state: state["columns"] == 2 and abs(state["r"] + state["rho"]) < 1e-9,
            example={
                "lines": "ranks = nations.dropna().rank()\nranks.assign(ppgdp=-ranks['ppgdp'])"
            },
            misconception="ranks_ignore_direction",
            holds=lambda state: abs(state["rho"]) > 0.1,
        ),
        Mistake(
            "r is {r:.4f} and ρ {rho:.4f}. Somewhere distances still count: ranks are one apart, "
            "whatever the values. A logarithm, or one ranked column of two, does not make them so.",
            when=lambda state: abs(state["r"] - state["rho"]) >= 1e-9,
            example={"lines": "np.log(nations.dropna())"},
            misconception="rank_is_robust_r",
        ),
        Mistake(
            "r is ρ. But {rows} {rows:row is|rows are} there, {gaps} with a gap, where {complete} "
            "nations have both values.",
            when=lambda state: state["rows"] != state["complete"] or state["gaps"] > 0,
            example={"lines": "nations.where(nations.notna().all(axis=1)).rank()"},
            misconception="gaps_take_care_of_themselves",
            holds=lambda state: abs(state["r"] - state["rho"]) < 1e-9,
        ),
    ]

    learned = [
        Outcome(
            "Pearson's r of ranks is {r:.4f}, and that is ρ. Of the values themselves r is "
            "{r_of_values:.2f}. Ranked with the gaps still there it would have been "
            "{ranked_first:.4f}: first choose the rows, then rank.",
            holds=lambda state: abs(state["r"] - state["rho"]) < 1e-9,
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"method": "Spearman", "columns": _INCOME_AND_DEATHS}
        return LabAddress("un", "association_map", settings)

    def show(self, lines: str) -> Exhibit:
        nations = table("un")[list(_INCOME_AND_DEATHS)]
        written = run(lines, {"nations": nations}, wants=a_frame_within(nations))
        ranks = written.value_or(nations)
        has_pair = ranks.shape[1] == 2 and len(ranks.dropna()) > 2
        complete = nations.dropna()
        facts: dict[str, Any] = {
            "nations": len(nations),
            "complete": len(complete),
            "columns": ranks.shape[1],
            "rows": len(ranks),
            "gaps": int(ranks.isna().any(axis=1).sum()),
            "r": _r_of_columns(ranks) if has_pair else 0.0,
            "rho": coefficient(complete["ppgdp"], complete["infantMortality"], "Spearman"),
            "r_of_values": _r_of_columns(complete),
            "ranked_first": _r_of_columns(nations.rank()),
        }
        title = f"{written.titled('nations itself')}, r = {number_text(facts['r'], 4)}"
        return Exhibit(
            figures=(
                (Scatter(ranks.iloc[:, 0], ranks.iloc[:, 1], title=title, line=True),)
                if has_pair
                else ()
            ),
            facts=facts,
            table=ranks.head(12),
            description=fill(
                "A scatter plot of what the lines give: {rows} {rows:row|rows}, {columns} "
                "{columns:column|columns}. "
                "Pearson's r of them is {r:.4f}; Spearman's ρ of the {complete} nations is "
                "{rho:.4f}.",
                facts,
            ),
            stopped="" if has_pair else "There are no two columns to draw against each other.",
            error=written.error,
        )


def _r_of_columns(data: pd.DataFrame) -> float:
    """Pearson's r of the first two columns, over the rows without a gap."""
    complete = data.dropna()
    return coefficient(complete.iloc[:, 0], complete.iloc[:, 1])


def _how_near(facts: Mapping[str, Any]) -> str:
    gap = abs(facts["ranked_first"] - facts["rho"])
    if gap < 1e-9:
        return "exact"
    return "near" if gap < 0.05 else "far"
