"""What a coefficient sees of a cloud, and what only a look at it shows."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from lessons.methods.measuring import METHODS, SYMBOLS, coefficient
from lessons.methods.tables import ANSCOMBE
from lessons.tables import HIGHWAY, highway, table
from lib.charts import Chart, Heatmap, Scatter, number_text
from lib.course import (
    Choice,
    Claim,
    Exhibit,
    Goal,
    Guess,
    LabAddress,
    Mistake,
    Option,
    Outcome,
    Predict,
    Rows,
    Step,
    Task,
    Value,
    fill,
    one_call,
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

    readings = {
        "cells filled in": "{said} of {pairs}",
    }

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
                    "{slim_rate:.2f}. On this table the sections with the higher limits have the "
                    "fewer accidents per mile driven."
                ),
                misconception="speed_is_danger",
                holds=lambda state: state["slim_rate"] < -0.5,
            ),
            Option(
                text="accident rate and traffic",
                value="adt–rate",
                feedback=(
                    "r is {adt_rate:.2f}. More cars may well have more accidents, but `rate` is "
                    "counted per mile driven. That cell of your map is yours for free."
                ),
                holds=lambda state: abs(state["adt_rate"]) < 0.1,
            ),
            Option(
                text="speed limit and access points",
                value="acpt–slim",
                feedback=(
                    "It sounds like two unrelated decisions. They go together: r is "
                    "{acpt_slim:.2f}. Where many driveways join the road, limits are lower."
                ),
                misconception="strength_can_be_guessed",
                holds=lambda state: state["acpt_slim"] < -0.5,
            ),
        ],
        answer=lambda exhibit: exhibit.facts["weakest"],
        seen_at={"guess": (0.0,) * 10},
    )

    task = Task(
        "Fill in all {pairs} cells. Then mend your map until no cell is off by more than "
        "{allowed:.2f}.",
        goals=[
            Goal(
                "All {pairs} cells are filled in: now {said}",
                met=lambda state: state["complete"],
            ),
            Goal(
                "No cell is off by more than {allowed:.2f}",
                met=lambda state: state["complete"] and state["largest_miss"] <= state["allowed"],
            ),
        ],
        solution={"guess": (0.0, -0.8, 0.2, 0.8, -0.2, -0.8, 0.5, 0.2, -0.5, 0.5)},
        hints=[
            "A rate per mile driven is not a count of accidents.",
            "Think of two kinds of road: the wide one in the open, and the one through town.",
            "When all cells are filled, the last map is your miss. The nearer a cell is to the "
            "neutral colour, the better.",
        ],
    )

    mistakes = [
        Mistake(
            "You gave speed limit and accident rate {slim_rate_guess:+.1f}. Speed kills, says "
            "every poster, and it may. But it is {slim_rate:.2f}: here the sections with higher "
            "limits have the lower rates. A correlation is no experiment.",
            when=lambda state: state["complete"] and state["slim_rate_guess"] >= 0,
            example={"guess": (0.0, 0.5, 0.2, 0.8, -0.2, -0.8, 0.5, 0.2, -0.5, 0.5)},
            misconception="speed_is_danger",
            holds=lambda state: state["slim_rate"] < 0,
        ),
        Mistake(
            "Traffic and accident rate: you said {adt_rate_guess:+.1f}, and it is {adt_rate:.2f}. "
            "More cars, more crashes is true of the *count*. `rate` is per mile driven.",
            when=lambda state: state["complete"] and state["adt_rate_guess"] >= 0.5,
            example={"guess": (0.5, -0.8, 0.2, 0.8, -0.2, -0.8, 0.5, 0.2, -0.5, 0.5)},
            misconception="traffic_is_danger",
            holds=lambda state: abs(state["adt_rate"]) < 0.1,
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

    learned = [
        Outcome(
            "Your map is {mean_miss:.2f} off on average, and most in `{worst}`: you said "
            "{worst_guess:+.1f}, and it is {worst_r:.2f}. Say what you expect before you look: "
            "the difference is what you learn.",
            holds=lambda state: state["largest_miss"] <= state["allowed"],
        )
    ]

    def in_the_lab(self, *, guess: tuple[float | None, ...], method: str) -> LabAddress | None:
        # The map would give away what is still to be guessed.
        if None in guess:
            return None
        settings: dict[str, Value] = {"method": method, "columns": type(self).guess.columns}
        return LabAddress("highway", "association_map", settings, same_map=True)

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
            table=pd.DataFrame(
                {"you": said, "measured": truth.round(3), "miss": (said - truth).round(3)},
                index=pd.Index(names, name="pair"),
            )
            if facts["complete"]
            else pd.DataFrame({"you": said}, index=pd.Index(names, name="pair")),
            description=_guess_in_words(facts),
            stopped=(
                ""
                if facts["complete"]
                else fill("{said} of {pairs} cells are filled in. The map waits for all.", facts)
            ),
            behind=pair_behind(highway(), "sections", interval=False)
            if facts["complete"]
            else None,
            call=one_call("heatmap", "highway[chosen]", method=METHODS[method])
            if facts["complete"]
            else "",
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
        return Heatmap.lower(
            values,
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

    He wanted his colleagues to look, and not only to compute. The means agree, the variances nearly
    do, and so does the fitted line.

    Now compare three measures. *Pearson* asks how close the points lie to a line. *Spearman*,
    written ρ, asks the same of their ranks. *Kendall*, written τ, asks how many pairs of points
    agree in order, and how many disagree; it allows for pairs of one x, as in the stack.
    """

    readings = {
        "one": "{one:.2f}",
        "two": "{two:.2f}",
        "three": "{three:.2f}",
        "four": "{four_in_words}",
    }

    tables = (ANSCOMBE,)

    method = Choice("Measure", tuple(METHODS), default="Pearson")
    leave_out = Rows("Leave out points", tuple(map(str, range(1, 12))), at_most=7)
    answers = {
        "panel": Choice("In almost perfect order", ("one", "two", "three", "four"), default=None)
    }

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
                holds=lambda state: state["spread"] < 0.005,
                tempting=True,
            ),
            Option(
                text="Three: the perfect line with one stray",
                value="three",
                feedback=(
                    "Ten points in perfect line deserve it. The eleventh has its say: r is "
                    "{three:.2f}, and {one:.2f} in the cloud."
                ),
                misconception="same_r_same_picture",
                holds=lambda state: round(state["three"], 2) == round(state["one"], 2),
            ),
            Option(
                text="Two: the smooth arch",
                value="two",
                feedback=(
                    "No noise at all, so it looks like the strongest link. But r asks for a line, "
                    "and an arch is none: {two:.2f}, as in all the others."
                ),
                misconception="same_r_same_picture",
                holds=lambda state: state["spread"] < 0.005,
            ),
            Option(
                text="None: they are equal to two decimals",
                value="none",
                feedback=(
                    "{one:.3f}, {two:.3f}, {three:.3f}, {four:.3f}. One number, four stories. That "
                    "is why a cell of a heatmap is only a headline."
                ),
                holds=lambda state: state["spread"] < 0.001,
            ),
        ],
        answer=lambda exhibit: (
            "none" if float(exhibit.facts["spread"]) < 0.005 else exhibit.facts["highest"]
        ),
    )

    task = Task(
        "Name the panel whose points are almost perfectly in order. Then leave out the one point "
        "that keeps Pearson from saying so, until r there is above {wanted:.2f}.",
        goals=[
            Goal(
                "The panel in almost perfect order is named: now {panel}",
                met=lambda state: state["panel"] == "three",
            ),
            Goal(
                "One point is left out: now {left_out}",
                met=lambda state: state["left_out"] == 1,
            ),
            Goal(
                "Pearson's r of the panel in order is above {wanted:.2f}: now {pearson_three:.2f}",
                met=lambda state: state["pearson_three"] > state["wanted"],
            ),
        ],
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
            "Without its far point panel four has no r at all: x no longer varies, and nothing "
            "can go along with a constant. One point made the whole {four_before:.2f}.",
            when=lambda state: "four" not in state,
            example={"leave_out": ("8",)},
            misconception="one_row_is_little",
            holds=lambda state: "8" in state["leave_out"],
        ),
        Mistake(
            "The arch is smooth, but it turns: it rises, then falls. The order of all its points "
            "is far from perfect, ρ = {spearman_two:.2f}.",
            when=lambda state: state["panel"] == "two",
            example={"panel": "two"},
            misconception="smooth_is_monotone",
            holds=lambda state: state["spearman_two"] < 0.8,
        ),
        Mistake(
            "The cloud is the best-behaved panel, not the best-ordered one: with all points ρ = "
            "{spearman_one:.2f}, and another panel has {spearman_three:.2f}.",
            when=lambda state: state["panel"] == "one",
            example={"panel": "one"},
            misconception="same_r_same_picture",
            holds=lambda state: state["spearman_one"] < state["spearman_three"],
        ),
        Mistake(
            "In panel four all points but one share an x, so among them there is no order at all. "
            "With the far one ρ is {spearman_four:.2f}, and another panel has more.",
            when=lambda state: state["panel"] == "four",
            example={"panel": "four"},
            misconception="one_row_is_little",
            holds=lambda state: state["spearman_four"] < state["spearman_three"],
        ),
        Mistake(
            "Panel three it is. Points left out so far: {left_out}, and r there is "
            "{pearson_three:.2f}. With all the others in place, one point alone stands in the way.",
            when=lambda state: state["panel"] == "three" and state["left_out"] > 0,
            example={"panel": "three", "leave_out": ("1",)},
            misconception="one_row_is_little",
        ),
        Mistake(
            "{left_out} {left_out:point is|points are} left out, of every panel. First say which "
            "panel is almost perfectly in order: r asks for a line, and other measures for order.",
            when=lambda state: state["left_out"] > 0,
            example={"leave_out": ("1",)},
            misconception="one_row_is_little",
            holds=lambda state: state["panel"] is None,
        ),
    ]

    learned = [
        Outcome(
            "With all their points the panels have the same r to two decimals. Ranks tell them "
            "apart, and without one point panel three has an r above {wanted:.2f}: look before you "
            "believe a cell.",
            holds=lambda state: (
                state["pearson_three"] > state["wanted"]
                and state["leave_out"] == ("3",)
                and state["spearman_three"] - state["spearman_two"] > 0.2
            ),
        )
    ]

    holds = [
        Claim(
            "One panel has ρ above everything else",
            lambda state: (
                state["spearman_three"]
                > max(state[f"spearman_{panel}"] for panel in ("one", "two", "four")) + 0.1
            ),
        ),
        Claim(
            "The means agree, the variances nearly do, and so does the fitted line",
            lambda _: _apart_in_summaries() < 0.006,
        ),
    ]

    def in_the_lab(self, *, method: str, **_: Any) -> LabAddress:
        return LabAddress("anscombe", "association_map", {"method": method})

    def show(self, method: str, leave_out: tuple[str, ...]) -> Exhibit:
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
            **{
                f"spearman_{word}": coefficient(*columns, "Spearman")
                for word, columns in _panels(quartet).items()
            },
            "four_in_words": number_text(chosen["four"], 2) if "four" in chosen else "undefined",
            # Where x does not vary there is no coefficient, and so no fact.
            **chosen,
        }
        words = ", ".join(f"{word} {number_text(value, 3)}" for word, value in chosen.items())
        return Exhibit(
            figures=_four_scatters(kept, values[method], SYMBOLS[method]),
            across=2,
            facts=facts,
            table=pd.DataFrame(values).round(3).rename_axis("panel"),
            description=(
                f"Four scatter plots, {len(kept)} points each, with fitted lines of the slopes "
                f"{_slopes(kept)}. "
                f"{method}'s {SYMBOLS[method]} is: {words}."
            ),
        )


def _apart_in_summaries() -> float:
    """How far the panels are apart at most in a mean, a variance or the fitted line."""
    panels = _panels(table("anscombe")).values()
    summaries = [
        (x.mean(), y.mean(), x.var(), y.var(), *np.polyfit(x, y, deg=1)) for x, y in panels
    ]
    return float(np.ptp(summaries, axis=0).max())


def _panels(
    quartet: pd.DataFrame,
) -> "dict[str, tuple[pd.Series[Any], pd.Series[Any]]]":
    words = ("one", "two", "three", "four")
    return {
        word: (quartet[f"x{number}"], quartet[f"y{number}"])
        for number, word in enumerate(words, start=1)
    }


def _slopes(quartet: pd.DataFrame) -> str:
    """The slopes of the fitted lines in words; where x does not vary there is none."""
    slopes = [
        number_text(y.cov(x) / x.var(), 2) if x.min() < x.max() else "none"
        for x, y in _panels(quartet).values()
    ]
    return f"{', '.join(slopes[:-1])} and {slopes[-1]}"


def _four_scatters(
    quartet: pd.DataFrame, values: Mapping[str, float], symbol: str
) -> tuple[Chart, ...]:
    return tuple(
        Scatter(
            x.astype(float),
            y,
            labels=pd.Series(quartet.index, quartet.index).map("point {}".format),
            title=f"{word.capitalize()}: "
            + (
                "undefined"
                if np.isnan(values[word])
                else f"{symbol} = {number_text(values[word], 3)}"
            ),
            line=not np.isnan(values[word]),
            limits=((3, 20), (2, 14)),
        )
        for word, (x, y) in _panels(quartet).items()
    )
