"""What a coefficient sees of a cloud: its line, its order, and its one stray point."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from lessons.highway import on_or_above_diagonal
from lessons.methods import scripts
from lessons.methods.measuring import (
    ANSCOMBE,
    METHODS,
    SYMBOLS,
    UN,
    cloud,
    coefficient,
    signed,
    table,
)
from lessons.tables import HIGHWAY, highway
from lib.charts import Chart, Heatmap, Lines, Scatter
from lib.course import (
    TRANSFORMS,
    Band,
    Choice,
    Estimate,
    Exhibit,
    Guess,
    Mistake,
    Option,
    Point,
    Predict,
    Rows,
    Seed,
    Slider,
    Step,
    Task,
    Transform,
    fill,
)
from lib.course.behind import pair_behind
from lib.stats import correlate


class YourMap(Step):
    """
    ### Your map first

    Before a measure is any use, you need a feeling for what it will say. Here are {columns}
    columns of the {sections} highway sections:

    `rate` accidents per million vehicle miles · `adt` traffic per day · `slim` the speed limit ·
    `acpt` access points per mile · `sigs1` signals per mile.

    That makes {pairs} pairs. Say what you expect of each, from strong blue to strong red. Nobody is
    looking. When the last cell is filled, the truth stands beside it.
    """

    tables = (HIGHWAY,)

    guess = Guess("Your map", ("rate", "adt", "slim", "acpt", "sigs1"))
    method = Choice("Measured by", ("Pearson", "Spearman"), default="Pearson")
    views = ("method",)

    predict = Predict(
        "One of these pairs has next to no linear correlation. Which?",
        choices=[
            Option(
                text="accident rate and speed limit",
                value="slim–rate",
                feedback=(
                    "Fast roads can be feared or trusted, so perhaps it cancels? It does not: r is "
                    "{slim_rate:.2f}. The roads with high limits are the ones built for them."
                ),
                misconception="speed_is_danger",
            ),
            Option(
                text="accident rate and traffic",
                value="adt–rate",
                feedback=(
                    "r is {adt_rate:.2f}. More cars do have more accidents, but `rate` is already "
                    "counted per mile driven. That cell is yours for free."
                ),
            ),
            Option(
                text="speed limit and access points",
                value="acpt–slim",
                feedback=(
                    "It sounds like two unrelated decisions. They are one: r is {acpt_slim:.2f}. "
                    "Where driveways join the road, nobody posts a high limit."
                ),
                misconception="speed_is_danger",
            ),
        ],
        answer=lambda exhibit: exhibit.facts["weakest"],
    )

    task = Task(
        "Fill in all {pairs} cells. Then mend your map until no cell is off by more than "
        "{allowed:.2f}.",
        passed=lambda state: state["complete"] and state["largest_miss"] <= state["allowed"],
        solution={"guess": (0.0, -0.8, 0.2, 0.8, -0.2, -0.8, 0.5, 0.2, -0.5, 0.5)},
        hints=[
            "A rate per mile driven is not a count of accidents.",
            "Think of two kinds of road: the wide one in the open, and the one through town.",
            "When all cells are filled, the last map is your miss. Its palest cells are right.",
        ],
    )

    mistakes = [
        Mistake(
            "You gave speed limit and accident rate {slim_rate_guess:+.1f}. Speed kills, says "
            "every poster, and it may. But r is {slim_rate:.2f}: high limits stand on the safest "
            "roads. A correlation is no experiment.",
            when=lambda state: state["complete"] and state["slim_rate_guess"] >= 0,
            example={"guess": (0.0, 0.5, 0.2, 0.8, -0.2, -0.8, 0.5, 0.2, -0.5, 0.5)},
            misconception="speed_is_danger",
        ),
        Mistake(
            "Traffic and accident rate: you said {adt_rate_guess:+.1f}, and it is {adt_rate:.2f}. "
            "More cars, more crashes is true of the *count*. `rate` is per mile driven.",
            when=lambda state: state["complete"] and abs(state["adt_rate_guess"]) >= 0.5,
            example={"guess": (0.5, -0.8, 0.2, 0.8, -0.2, -0.8, 0.5, 0.2, -0.5, 0.5)},
            misconception="traffic_is_danger",
        ),
        Mistake(
            "All filled in: {signs_right} of {pairs} signs are right, and on average you are "
            "{mean_miss:.2f} off. Farthest is `{worst}`: you said {worst_guess:+.1f}, "
            "the road says {worst_r:.2f}.",
            when=lambda state: state["complete"],
            example={"guess": (0.0, -0.8, 0.2, 0.2, -0.2, -0.8, 0.5, 0.2, -0.5, 0.5)},
            misconception="strength_can_be_guessed",
        ),
    ]

    learned = (
        "Traffic and accident rate have r = {adt_rate:.2f}, speed limit and accident rate "
        "{slim_rate:.2f}. Say what you expect before you look: the difference is what you learn."
    )

    def show(self, guess: tuple[float | None, ...], method: str) -> Exhibit:
        columns = list(type(self).guess.columns)
        measured = correlate(highway()[columns], METHODS[method], adjust="none").r
        pairs = type(self).guess.pairs
        truth = np.array([measured.loc[row, column] for row, column in pairs])
        said = np.array(guess, dtype=float)
        names = [f"{row}–{column}" for row, column in pairs]
        facts: dict[str, Any] = {
            "columns": len(columns),
            "sections": len(highway()),
            "pairs": len(pairs),
            "allowed": 0.25,
            "said": int((~np.isnan(said)).sum()),
            "complete": bool((~np.isnan(said)).all()),
            "weakest": names[int(np.abs(truth).argmin())],
            **{name.replace("–", "_"): float(r) for name, r in zip(names, truth, strict=True)},
        }
        if facts["complete"]:
            facts |= _misses(said, truth, names)
        return Exhibit(
            figures=_truth_and_miss(truth, said - truth) if facts["complete"] else (),
            across=2,
            facts=facts,
            code=scripts.guessing(guess, method),
            table=pd.DataFrame(
                {"you": said, "measured": truth.round(3), "miss": (said - truth).round(3)},
                index=pd.Index(names, name="pair"),
            )
            if facts["complete"]
            else pd.DataFrame({"you": said}, index=pd.Index(names, name="pair")),
            description=_guess_in_words(facts),
            behind=pair_behind(highway(), "sections") if facts["complete"] else None,
        )


def _misses(said: "np.ndarray", truth: "np.ndarray", names: list[str]) -> dict[str, Any]:
    miss = np.abs(said - truth)
    worst = int(miss.argmax())
    # Zero is the right sign of a correlation that is as good as zero.
    signs = (np.sign(said) == np.sign(truth)) | ((said == 0) & (np.abs(truth) < 0.1))
    return {
        "mean_miss": float(miss.mean()),
        "largest_miss": float(miss.max()),
        "signs_right": int(signs.sum()),
        "worst": names[worst],
        "worst_guess": float(said[worst]),
        "worst_r": float(truth[worst]),
        "slim_rate_guess": float(said[names.index("slim–rate")]),
        "adt_rate_guess": float(said[names.index("adt–rate")]),
    }


def _truth_and_miss(truth: "np.ndarray", miss: "np.ndarray") -> tuple[Heatmap, ...]:
    columns = YourMap.guess.columns

    def triangle(cells: "np.ndarray", title: str) -> Heatmap:
        values = pd.DataFrame(np.nan, columns, columns)
        for (row, column), cell in zip(YourMap.guess.pairs, cells, strict=True):
            values.loc[row, column] = cell
        return Heatmap(
            values.iloc[1:, :-1],
            hidden=on_or_above_diagonal(values).iloc[1:, :-1],
            title=title,
            scale="",
            colour_bar=False,
        )

    return triangle(truth, "The road"), triangle(miss, "You, less the road")


def _guess_in_words(facts: Mapping[str, Any]) -> str:
    if not facts["complete"]:
        return fill(
            "A map of {pairs} empty cells to fill in, {said} of them filled so far. "
            "What was measured is shown when all are.",
            facts,
        )
    return fill(
        "What was measured, and what you said less that, side by side. On average you are "
        "{mean_miss:.2f} off, with {signs_right} of {pairs} signs right; farthest is {worst}.",
        facts,
    )


class FourPanels(Step):
    """
    ### Four panels

    Francis Anscombe drew four small data sets, {rows} points each. A cloud around a line.
    A smooth arch. A perfect line with one stray. And a stack of points with a single one far off.

    He was tired of colleagues who computed and did not look. The means agree, the variances agree,
    and so does the fitted line.

    Now compare three measures. *Pearson* asks how close the points lie to a line. *Spearman* asks
    the same of their ranks. *Kendall* asks how many pairs of points agree in order.
    """

    tables = (ANSCOMBE,)

    method = Choice("Measure", tuple(METHODS), default="Pearson")
    leave_out = Rows("Leave out points", tuple(map(str, range(1, 12))))
    panel = Choice("In almost perfect order", ("one", "two", "three", "four"), default=None)

    predict = Predict(
        "Which panel has the highest Pearson r?",
        choices=[
            Option(
                text="One: the cloud around a line",
                value="one",
                feedback=(
                    "It looks like what r was made for. r is {one:.2f} there, and {two:.2f}, "
                    "{three:.2f} and {four:.2f} in the others."
                ),
                misconception="same_r_same_picture",
            ),
            Option(
                text="Three: the perfect line with one stray",
                value="three",
                feedback=(
                    "Ten points in perfect line deserve it. The eleventh has its say: r is "
                    "{three:.2f}, and {one:.2f} in the cloud."
                ),
                misconception="same_r_same_picture",
            ),
            Option(
                text="Two: the smooth arch",
                value="two",
                feedback=(
                    "No noise at all, so it looks like the strongest link. But r asks for a line, "
                    "and an arch is none: {two:.2f}, as in all the others."
                ),
                misconception="same_r_same_picture",
            ),
            Option(
                text="None: they are equal to two decimals",
                value="none",
                feedback=(
                    "{one:.3f}, {two:.3f}, {three:.3f}, {four:.3f}. One number, four stories. That "
                    "is why a cell of a heatmap is only a headline."
                ),
            ),
        ],
        answer=lambda exhibit: (
            "none" if float(exhibit.facts["spread"]) < 0.005 else exhibit.facts["highest"]
        ),
    )

    task = Task(
        "Name the panel whose points are almost perfectly in order. Then leave out the one point "
        "that keeps Pearson from saying so, until r there is above {wanted:.2f}.",
        passed=lambda state: (
            state["panel"] == "three"
            and state["left_out"] == 1
            and state["pearson_three"] > state["wanted"]
        ),
        solution={"method": "Spearman", "panel": "three", "leave_out": ("3",)},
        hints=[
            "Order is what Spearman and Kendall look at. Switch the measure.",
            "One panel has ρ above everything else, at {spearman_three:.2f}. One point in it is "
            "too high.",
            "Point at the stray in panel three: it says which row it is.",
        ],
    )

    mistakes = [
        Mistake(
            "Without that point panel four has no r at all: x no longer varies, and nothing can go "
            "along with a constant. One point made the whole {four_before:.2f}.",
            when=lambda state: "four" not in state,
            example={"leave_out": ("8",)},
            misconception="one_row_is_little",
        ),
        Mistake(
            "The arch is smooth, but it turns: it rises, then falls. Its order is far from "
            "perfect, ρ = {spearman_two:.2f}.",
            when=lambda state: state["panel"] == "two",
            example={"panel": "two"},
            misconception="smooth_is_monotone",
        ),
        Mistake(
            "The cloud is the best-behaved panel, not the best-ordered one: ρ = "
            "{spearman_one:.2f}, and another panel has {spearman_three:.2f}.",
            when=lambda state: state["panel"] == "one",
            example={"panel": "one"},
            misconception="same_r_same_picture",
        ),
        Mistake(
            "Half of panel four is one point. Among the others there is no order to speak of: "
            "ρ = {spearman_four:.2f}.",
            when=lambda state: state["panel"] == "four",
            example={"panel": "four"},
            misconception="one_row_is_little",
        ),
        Mistake(
            "Panel three it is. {left_out} points are left out, and r there is "
            "{pearson_three:.2f}. Exactly one point stands in the way.",
            when=lambda state: state["panel"] == "three" and state["left_out"] > 0,
            example={"panel": "three", "leave_out": ("1",)},
            misconception="one_row_is_little",
        ),
    ]

    learned = (
        "The same r four times. Ranks tell the panels apart, and without one point r of panel "
        "three is {pearson_three:.2f}: look before you believe a cell."
    )

    def show(self, method: str, leave_out: tuple[str, ...], panel: str | None) -> Exhibit:  # noqa: ARG002
        quartet = table("anscombe").rename(index=lambda row: str(row + 1))
        kept = quartet.drop(index=list(leave_out))
        values = {
            name: {word: coefficient(*columns, name) for word, columns in _panels(kept).items()}
            for name in METHODS
        }
        chosen = {word: value for word, value in values[method].items() if not np.isnan(value)}
        facts: dict[str, Any] = {
            "rows": len(quartet),
            "wanted": 0.99,
            "left_out": len(leave_out),
            "four_before": coefficient(quartet["x4"], quartet["y4"]),
            "spread": max(chosen.values()) - min(chosen.values()),
            "highest": max(chosen, key=chosen.__getitem__),
            "pearson_three": values["Pearson"]["three"],
            # Where x does not vary there is no coefficient, and so no fact.
            **{
                f"spearman_{word}": value
                for word, value in values["Spearman"].items()
                if not np.isnan(value)
            },
            **chosen,
        }
        words = ", ".join(f"{word} {signed(value, 3)}" for word, value in chosen.items())
        return Exhibit(
            figures=_four_scatters(kept, values[method], SYMBOLS[method]),
            across=2,
            facts=facts,
            code=scripts.comparing_panels(method, leave_out),
            table=pd.DataFrame(values).round(3).rename_axis("panel"),
            description=(
                f"Four scatter plots with the same fitted line, {len(kept)} points each. "
                f"{method}'s {SYMBOLS[method]} is: {words}."
            ),
        )


def _panels(
    quartet: pd.DataFrame,
) -> "dict[str, tuple[pd.Series[Any], pd.Series[Any]]]":
    words = ("one", "two", "three", "four")
    return {
        word: (quartet[f"x{number}"], quartet[f"y{number}"])
        for number, word in enumerate(words, start=1)
    }


def _four_scatters(
    quartet: pd.DataFrame, values: Mapping[str, float], symbol: str
) -> tuple[Chart, ...]:
    return tuple(
        Scatter(
            x.astype(float),
            y,
            labels=pd.Series(quartet.index, quartet.index).map("point {}".format),
            title=f"{word.capitalize()}: "
            + ("undefined" if np.isnan(values[word]) else f"{symbol} = {signed(values[word], 3)}"),
            line=not np.isnan(values[word]),
            limits=((3, 20), (2, 14)),
        )
        for word, (x, y) in _panels(quartet).items()
    )


class OneOutlier(Step):
    """
    ### One point can make a correlation

    A cloud of pure noise, and one extra point. At first it sits in the middle, where it does no
    harm. You may drag it anywhere.

    Pearson weighs a point by how far out it is, along both axes at once. Spearman only counts how
    many places it moves up or down the ranking. Ranks do not know *far*.
    """

    point = Point("The extra point", (-8, 8), (-8, 8), default=(0, 0))
    n = Slider("Points in the cloud", 10, 200, default=30, step=10)
    seed = Seed("Cloud", default=11)

    predict = Estimate(
        "Of the {n} points of noise r is {before:.2f}. You drag the extra point to the upper right "
        "corner. What does r become?",
        low=-1,
        high=1,
        step=0.05,
        tolerance=0.15,
        feedback="From {before:.2f} to {r:.2f}, by one point among {rows}. Spearman went from "
        "{rho_before:.2f} to {rho:.2f}.",
        bands=[
            Band(
                low=-1,
                high=-0.1,
                feedback=(
                    "Negative it does not become: up and to the right is along the rising "
                    "diagonal. r goes from {before:.2f} to {r:.2f}."
                ),
                misconception="one_row_is_little",
            ),
            Band(
                low=-0.1,
                high=0.25,
                feedback=(
                    "One vote in {rows} should not matter. But r weighs votes by distance, and "
                    "this voter stands far out: r becomes {r:.2f}."
                ),
                misconception="one_row_is_little",
            ),
            Band(
                low=0.25,
                high=0.6,
                feedback=(
                    "The direction is right, and it goes further: r becomes {r:.2f}. One point "
                    "holds more of the variance than all the others together."
                ),
                misconception="one_row_is_little",
            ),
            Band(
                low=0.6,
                high=1.1,
                feedback=(
                    "Nearly a straight line, you think. The cloud still resists a little: r "
                    "becomes {r:.2f}."
                ),
                misconception="one_row_is_little",
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["r"]),
        answer_at={"point": (8.0, 8.0)},
    )

    task = Task(
        "Put the point where |r| is above {strong:.1f} while Spearman's |ρ| stays below "
        "{weak:.1f}.",
        passed=lambda state: (
            abs(state["r"]) > state["strong"] and abs(state["rho"]) < state["weak"]
        ),
        solution={"point": (8.0, 8.0)},
        hints=[
            "The farther out, the more Pearson listens.",
            "Along one axis alone it listens less. Try a corner.",
            "If ρ is too large already, this cloud leans by chance: draw another.",
        ],
    )

    mistakes = [
        Mistake(
            "The point lies among the others, and r is {r:.2f}. An outlier has to be out.",
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
            "Far out along one axis only: r is {r:.2f}. What counts is the product of both "
            "distances, and one of them is small.",
            when=lambda state: min(abs(state["point"][0]), abs(state["point"][1])) <= 2,
            example={"point": (8.0, 0.0)},
            misconception="every_row_weighs_the_same",
        ),
        Mistake(
            "Far out along both, and yet r is {r:.2f}: {n} points can hold their own. With fewer "
            "the same point would rule.",
            when=lambda state: state["n"] >= 100,
            example={"point": (8.0, 8.0), "n": 200},
            misconception="one_row_is_little",
        ),
    ]

    learned = (
        "One point took r from {before:.2f} to {r:.2f}, and Spearman only from {rho_before:.2f} "
        "to {rho:.2f}. Pearson weighs by distance, ranks do not."
    )

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
            "n": n,
            "corner_r": coefficient(corner.x, corner.y),
            "corner_rho": coefficient(corner.x, corner.y, "Spearman"),
        }
        return Exhibit(
            figures=(
                Scatter(
                    both.x,
                    both.y,
                    title=f"r = {signed(facts['r'])},  ρ = {signed(facts['rho'])}",
                    line=True,
                    marked="the extra point",
                    limits=((-9, 9), (-9, 9)),
                ),
            ),
            facts=facts,
            code=scripts.adding_a_point(point, n, seed),
            table=pd.DataFrame(values, index=["without the point", "with the point"]).T.round(3),
            description=fill(
                "A cloud of {n} points of noise and one extra point. Without it r is {before:.2f} "
                "and ρ {rho_before:.2f}; with it {r:.2f} and {rho:.2f}.",
                facts,
            ),
        )


def _joined(noise: pd.DataFrame, point: tuple[float, float]) -> pd.DataFrame:
    return pd.concat([noise, pd.DataFrame([point], index=["the extra point"], columns=["x", "y"])])


class OneRow(Step):
    """
    ### One row of thirty-nine

    That was noise with a planted point. Real tables plant their own.

    On the highway map access points and signals go together, `acpt` and `sigs1`: r =
    {all_rows:.2f} over {sections} sections. A finding that planners would nod at.

    Under the scatter plot the same r is computed {sections} times, each time without one section.
    If no row ruled, that would be a flat line.
    """

    tables = (HIGHWAY,)

    leave_out = Rows("Leave out sections", tuple(map(str, range(1, 40))))
    method = Choice("Measure", tuple(METHODS), default="Pearson")
    views = ("method",)

    predict = Estimate(
        "Section {ruler} has {ruler_acpt:.0f} access points per mile; no other has more than "
        "{next_acpt:.0f}. Without it, r of {all_rows:.2f} becomes ...",
        low=-0.5,
        high=1,
        step=0.05,
        tolerance=0.1,
        feedback="r falls from {all_rows:.2f} to {without_ruler:.2f}. One section of {sections} "
        "carried most of the finding.",
        bands=[
            Band(
                low=-0.5,
                high=0.09,
                feedback=(
                    "It does not vanish altogether: r falls from {all_rows:.2f} to "
                    "{without_ruler:.2f}. A trace is left."
                ),
                misconception="one_row_is_little",
            ),
            Band(
                low=0.09,
                high=0.45,
                feedback=(
                    "You expected it to matter. It matters more: from {all_rows:.2f} to "
                    "{without_ruler:.2f}."
                ),
                misconception="one_row_is_little",
            ),
            Band(
                low=0.45,
                high=0.6,
                feedback=(
                    "One of {sections} rows should change little, and most of them do. This one "
                    "takes r from {all_rows:.2f} to {without_ruler:.2f}."
                ),
                misconception="one_row_is_little",
            ),
            Band(
                low=0.6,
                high=1.1,
                feedback=(
                    "An outlier can weaken a correlation as well. This one made it: without it r "
                    "falls from {all_rows:.2f} to {without_ruler:.2f}."
                ),
                misconception="one_row_is_little",
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["without_ruler"]),
    )

    task = Task(
        "Leave out a single section so that Pearson's r drops below {wanted:.1f}.",
        passed=lambda state: state["left_out"] == 1 and state["pearson"] < state["wanted"],
        solution={"leave_out": ("25",)},
        hints=[
            "Look for the dip in the lower picture.",
            "It is the section that stands alone in the upper right of the scatter plot.",
        ],
    )

    mistakes = [
        Mistake(
            "{left_out} sections are gone and r is {pearson:.2f}. Throw out enough and anything "
            "can be had; here one is enough.",
            when=lambda state: state["left_out"] > 1,
            example={"leave_out": ("1", "25")},
            misconception="every_row_weighs_the_same",
        ),
        Mistake(
            "Without this section r is {pearson:.2f}, after {all_rows:.2f} with it. An ordinary "
            "row: nobody rules by being average.",
            when=lambda state: state["left_out"] == 1,
            example={"leave_out": ("7",)},
            misconception="every_row_weighs_the_same",
        ),
    ]

    learned = (
        "Without section {ruler} r of `acpt` and `sigs1` is {pearson:.2f} instead of "
        "{all_rows:.2f}; Spearman's ρ goes from {rho_all_rows:.2f} to {spearman:.2f}. Leaving it "
        "out is no cure. Saying so is."
    )

    def show(self, leave_out: tuple[str, ...], method: str) -> Exhibit:
        roads = highway()[["acpt", "sigs1"]].rename(index=str)
        kept = roads.drop(index=list(leave_out))
        without = pd.Series(
            {
                row: coefficient(kept["acpt"].drop(row), kept["sigs1"].drop(row), method)
                for row in kept.index
            }
        )
        plain = roads.drop(index="25")
        values = {name: coefficient(kept["acpt"], kept["sigs1"], name) for name in METHODS}
        facts: dict[str, Any] = {
            "sections": len(roads),
            "wanted": 0.2,
            "left_out": len(leave_out),
            "all_rows": coefficient(roads["acpt"], roads["sigs1"]),
            "rho_all_rows": coefficient(roads["acpt"], roads["sigs1"], "Spearman"),
            "ruler": "25",
            "ruler_acpt": float(roads["acpt"]["25"]),
            "next_acpt": float(plain["acpt"].max()),
            "without_ruler": coefficient(plain["acpt"], plain["sigs1"]),
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
                    title=f"{symbol} = {signed(values[method])}, {len(kept)} sections",
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
            code=scripts.leaving_out(leave_out),
            table=without.rename(f"{symbol} without it").rename_axis("section").round(3).to_frame(),
            description=fill(
                "Signals against access points of the sections that are kept, and the measure "
                "recomputed without each. r is {pearson:.2f}, ρ {spearman:.2f} and τ "
                "{kendall:.2f}; over all {sections} sections r is {all_rows:.2f}.",
                facts,
            ),
        )


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
                    "Ranks throw away distances, so they must lose strength, one thinks. Here the "
                    "distances were in the way: ρ is {rho_before:.2f}, against r = {r_before:.2f}."
                ),
                misconception="ranks_are_cautious",
            ),
            Option(
                text="about the same: it is the same data",
                value="same",
                feedback=(
                    "The same data, another question. r asks for a line and gets {r_before:.2f}; ρ "
                    "asks for order and gets {rho_before:.2f}."
                ),
                misconception="rank_is_robust_r",
            ),
            Option(
                text="farther from zero",
                value="farther",
                feedback=(
                    "ρ is {rho_before:.2f}. The order of nations is nearly the same on both axes. "
                    "Only the line is missing, and ρ never asked for one."
                ),
            ),
        ],
        answer=lambda exhibit: _farther(exhibit.facts),
    )

    task = Task(
        "Bend the axes so that |r| exceeds {wanted:.2f}, while Spearman's |ρ| stays where it was.",
        passed=lambda state: state["order_kept"] and abs(state["r"]) > state["wanted"],
        solution={"income": "log", "mortality": "log"},
        hints=[
            "Both axes are crowded at one end. Which change spreads the crowd and pulls in the "
            "rest?",
            "Bend both axes the same way.",
        ],
    )

    mistakes = [
        Mistake(
            "That bends the wrong way: squares push the far ones farther out. r is now {r:.2f}; ρ "
            "is {rho:.2f}, as ever.",
            when=lambda state: "square" in (state["income"], state["mortality"]),
            example={"income": "square"},
            misconception="transform_changes_units_only",
        ),
        Mistake(
            "One axis is better already: r went from {r_before:.2f} to {r:.2f}. The other is still "
            "crowded at its lower end.",
            when=lambda state: "as it is" in (state["income"], state["mortality"]),
            example={"income": "log"},
            misconception="transform_changes_units_only",
        ),
        Mistake(
            "The right direction, not far enough: r is {r:.2f}. A root straightens less than a "
            "logarithm. And ρ did not move: {rho:.2f}.",
            when=lambda _: True,
            example={"income": "square root", "mortality": "square root"},
            misconception="transform_changes_units_only",
        ),
    ]

    learned = (
        "r went from {r_before:.2f} to {r:.2f}, ρ stayed at {rho:.2f}. Whatever keeps the order "
        "leaves ρ and τ alone; ρ was never a weaker r, it answers another question."
    )

    def show(self, income: str, mortality: str) -> Exhibit:
        nations = table("un")[["ppgdp", "infantMortality"]].dropna()
        x = TRANSFORMS[income].apply(nations["ppgdp"])
        y = TRANSFORMS[mortality].apply(nations["infantMortality"])
        before = {name: coefficient(*_both(nations), name) for name in METHODS}
        after = {name: coefficient(x, y, name) for name in METHODS}
        facts = {
            "n": len(nations),
            "wanted": 0.85,
            "r_before": before["Pearson"],
            "rho_before": before["Spearman"],
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
                    title=f"r = {signed(facts['r'])},  ρ = {signed(facts['rho'])}",
                    line=True,
                ),
            ),
            facts=facts,
            code=scripts.bending(income, mortality),
            table=pd.DataFrame({"as it is": before, "bent": after}).round(3),
            description=fill(
                "Infant mortality against income per head of {n} nations, bent as chosen. r is "
                "{r:.2f}, after {r_before:.2f} unbent; ρ is {rho:.2f}, after {rho_before:.2f}.",
                facts,
            ),
        )


def _both(nations: pd.DataFrame) -> "tuple[pd.Series[Any], pd.Series[Any]]":
    return nations["ppgdp"], nations["infantMortality"]


def _bent(name: str, transform: str) -> str:
    return name if transform == "as it is" else f"{name}, {transform}"


def _farther(facts: Mapping[str, Any]) -> str:
    difference = abs(facts["rho_before"]) - abs(facts["r_before"])
    if abs(difference) < 0.05:
        return "same"
    return "farther" if difference > 0 else "closer"
