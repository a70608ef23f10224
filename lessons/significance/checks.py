"""The tutorial's loop of p-values, repaired; and a test that assumes less."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

import datasets
from lessons.significance.stars import Floats, behind
from lessons.tables import HIGHWAY, highway, table
from lib.charts import Heatmap, Histogram, Scatter, short_p_text
from lib.course import (
    Choice,
    Claim,
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
    Number,
    Option,
    Outcome,
    Predict,
    Rows,
    Seed,
    State,
    Step,
    Task,
    Toggle,
    Value,
    Write,
    fill,
)
from lib.course.writing import a_frame, fits, run
from lib.stats import adjust_p_values, correlate, permutation_test

AIR = datasets.catalogue()["airquality"]

_MEASURED = ["Ozone", "Solar.R", "Wind", "Temp"]
_AS_PRINTED, _OWN_ROWS, _COMPLETE = "as printed", "each pair's own days", "complete days only"
_ONES, _VALUES, _COPY = "stays 1", "fill p.values", "fill a copy"


class Gaps(Step):
    """
    ### The loop that everyone copies

    A matrix of ones. Two loops. `pearsonr` for each pair, and the p goes into its cell. Many a
    heatmap with stars was made this way.

    Here it meets {days} days of air in New York. On {ozone_missing} of them nobody measured the
    ozone, on {sun_missing} nobody measured the sun. Run it as it is printed. Then repair it.
    """

    readings = {
        "pairs without a test": "{without}",
        "days lost": "{lost}",
    }

    tables = (AIR,)

    loop = Choice("The loop uses", (_AS_PRINTED, _OWN_ROWS, _COMPLETE), default=_AS_PRINTED)
    diagonal = Choice("The diagonal", (_ONES, _VALUES, _COPY), default=_ONES)
    adjust = Toggle("Adjust, by Holm", default=False)
    matrix = Choice("Show", ("p", "n", "r"), default="p")
    answers = {"answer": Number("Days behind Ozone and Wind", 0, 153)}
    views = ("matrix",)

    predict = Predict(
        "`corr()` has no trouble with the gaps: r(Ozone, Wind) = {own_r:.2f}. What p does the loop "
        "give for that pair?",
        choices=[
            Option(
                text="A tiny one, from the days that both have",
                value="p",
                feedback=(
                    "So `corr()` does it, pair by pair. `pearsonr` does not: with one gap in a "
                    "column its r and its p are both NaN. {without} of {pairs} pairs have no p."
                ),
                misconception="gaps_take_care_of_themselves",
                tempting=True,
                holds=lambda state: 0 < state["without"] < state["pairs"],
            ),
            Option(
                text="None: NaN",
                value="NaN",
                feedback=(
                    "One gap is enough. {without} of {pairs} pairs have no p, and nothing says "
                    "why. On many a map such cells just look *not significant*."
                ),
                holds=lambda state: 0 < state["without"] < state["pairs"],
            ),
            Option(
                text="None: it stops with an error",
                value="error",
                feedback=(
                    "That would be kind. It returns NaN and says nothing, for {without} of {pairs} "
                    "pairs."
                ),
                misconception="gaps_take_care_of_themselves",
                holds=lambda state: not state["message"] and state["without"] > 0,
            ),
        ],
        answer=lambda exhibit: "NaN" if exhibit.facts["without"] else "p",
    )

    task = Task(
        "Repair the loop: every pair tested on all the days that it has, nothing on the diagonal, "
        "p adjusted for the number of pairs. Then look up how many days stand behind Ozone and "
        "Wind.",
        goals=[
            Goal(
                "Every pair is tested on all the days that it has: now {without} pairs have no "
                "test, and {lost} days are lost",
                met=lambda state: state["without"] == state["lost"] == 0,
            ),
            Goal(
                "Nothing stands on the diagonal",
                met=lambda state: state["diagonal_is_empty"],
            ),
            Goal(
                "p is adjusted for the number of pairs",
                met=lambda state: state["adjust"],
            ),
            Goal(
                "The days behind Ozone and Wind are right: now {answer}",
                met=lambda state: state["answer"] == state["own_n"],
            ),
        ],
        solution={
            "loop": _OWN_ROWS,
            "diagonal": _COPY,
            "adjust": True,
            "matrix": "n",
            "answer": 116,
        },
        hints=[
            "There are three faults: the gaps, the diagonal, and the number of tests.",
            "pandas lends you its array for reading. A copy is yours to write in.",
            "Show n. Not every cell speaks of the same days.",
        ],
    )

    mistakes = [
        Mistake(
            "`ValueError: {message}`. The array behind a table can be read and not written, since "
            "pandas {pandas_major}. Ask for a copy.",
            when=lambda state: state["message"] != "",
            example={"diagonal": _VALUES},
            misconception="values_can_be_written",
            holds=lambda state: "read-only" in state["message"],
        ),
        Mistake(
            "{without} of {pairs} pairs still have no p: all those with a gap in either column.",
            when=lambda state: state["without"] > 0,
            example={"adjust": True},
            misconception="gaps_take_care_of_themselves",
            # Of the four columns two have gaps: one pair has none.
            holds=lambda state: state["without"] == state["pairs"] - 1,
        ),
        Mistake(
            "Every pair has a p now, from {complete_n} days. Wind and Temp were measured on all "
            "{days}; here their r is {complete_wind_temp:.2f} instead of {own_wind_temp:.2f}. "
            "Nobody asked them to pay for ozone and sun.",
            when=lambda state: state["lost"] > 0,
            example={"loop": _COMPLETE},
            misconception="complete_rows_cost_nothing",
            holds=lambda state: (
                state["without"] == 0
                and state["complete_n"] < state["days"] == state["most"]
                and state["complete_wind_temp"] != state["own_wind_temp"]
            ),
        ),
        Mistake(
            "The ones on the diagonal read *not significant with itself*. That is no result. It is "
            "what the matrix was filled with at the start.",
            when=lambda state: not state["diagonal_is_empty"],
            example={"loop": _OWN_ROWS, "adjust": True},
            misconception="diagonal_is_a_finding",
        ),
        Mistake(
            "Each p is that of a pair tested alone. There are {pairs}. Adjust.",
            when=lambda state: not state["adjust"],
            example={"loop": _OWN_ROWS, "diagonal": _COPY},
            misconception="noise_earns_no_stars",
            holds=lambda state: state["without"] == state["lost"] == 0,
        ),
        Mistake(
            "Not {answer}. Show n, and read the cell of Ozone and Wind.",
            when=lambda state: state["answer"] is not None,
            example={"loop": _OWN_ROWS, "diagonal": _COPY, "adjust": True, "answer": 153},
            misconception="gaps_take_care_of_themselves",
            holds=lambda state: state["answer"] != state["own_n"],
        ),
    ]

    learned = [
        Outcome(
            "Ozone and Wind share {own_n} days, r = {own_r:.3f}; on the {complete_n} complete days"
            " it is {complete_r:.3f}. The printed loop gives NaN. Behind the cells stand {fewest} "
            "to {most} days: show n beside r.",
            holds=lambda state: state["without"] == state["lost"] == 0 < state["own_n"],
        )
    ]

    holds = [
        Claim(
            "Not every cell speaks of the same days", lambda state: state["fewest"] < state["most"]
        ),
    ]

    def in_the_lab(self, *, loop: str, adjust: bool, matrix: str, **_: Any) -> LabAddress:
        # How many rows a pair has is a matter of what is missing.
        if matrix == "n":
            return LabAddress("airquality", "missing_values")
        settings: dict[str, Value] = {
            "columns": tuple(_MEASURED),
            "method": "Pearson",
            "adjust": "Holm" if adjust else "none",
        }
        is_same = loop == _OWN_ROWS and matrix == "r"
        return LabAddress("airquality", "association_map", settings, same_map=is_same)

    def show(self, loop: str, diagonal: str, adjust: bool, matrix: str) -> Exhibit:
        air = _air()
        r, n, p = (found.copy() for found in _looped(loop))
        message = ""
        if diagonal == _VALUES:
            try:
                np.fill_diagonal(pd.DataFrame(p).values, np.nan)
            except ValueError as error:
                message = str(error)
        if diagonal == _COPY:
            np.fill_diagonal(p, np.nan)
        upper = np.triu_indices(len(_MEASURED), 1)
        if adjust:
            p[upper] = adjust_p_values(p[upper], "holm")
            p.T[upper] = p[upper]
        own, complete = (
            correlate(air, adjust="none", missing=missing) for missing in ("pairwise", "complete")
        )
        own_n = own.n.to_numpy()
        facts: dict[str, Any] = {
            "days": len(air),
            "ozone_missing": int(air["Ozone"].isna().sum()),
            "sun_missing": int(air["Solar.R"].isna().sum()),
            "pairs": len(upper[0]),
            "without": int(np.isnan(p[upper]).sum()),
            "lost": int((own_n - n)[upper].clip(min=0).sum()),
            "diagonal_is_empty": bool(np.isnan(np.diagonal(p)).all()),
            "message": message,
            "pandas_major": int(pd.__version__.split(".")[0]),
            "own_r": float(own.r["Wind"]["Ozone"]),
            "own_n": int(own.n["Wind"]["Ozone"]),
            "own_wind_temp": float(own.r["Temp"]["Wind"]),
            "complete_r": float(complete.r["Wind"]["Ozone"]),
            "complete_n": int(complete.n["Wind"]["Ozone"]),
            "complete_wind_temp": float(complete.r["Temp"]["Wind"]),
            "fewest": int(own_n[upper].min()),
            "most": int(own_n[upper].max()),
        }
        arrays = {"p": p, "n": n, "r": r}
        values = pd.DataFrame(arrays[matrix], air.columns, air.columns)
        return Exhibit(
            figures=() if message else (_MAPS[matrix](values),),
            facts=facts,
            table=values.round(4),
            description=fill(
                "A matrix of four measurements of the air, {pairs} pairs, {without} of them "
                "without a p. Each by itself, the pairs share {fewest} to {most} days.",
                facts,
            ),
            stopped=f"ValueError: {message}" if message else "",
            behind=None if message else behind(air, "days"),
        )


def _air() -> pd.DataFrame:
    return table("airquality")[_MEASURED].astype(float)


@cache
def _looped(loop: str) -> tuple[Floats, Floats, Floats]:
    """r, n and p by the tutorial's double loop, on the rows that were chosen; not to be changed."""
    from scipy import stats

    air = _air().dropna() if loop == _COMPLETE else _air()
    side = len(air.columns)
    r, n, p = np.eye(side), np.full((side, side), float(len(air))), np.ones((side, side))
    for i in range(side):
        for j in range(side):
            pair = air.iloc[:, [i, j]]
            if loop == _OWN_ROWS:
                pair = pair.dropna()
            n[i, j] = len(pair)
            if i != j:
                r[i, j], p[i, j] = stats.pearsonr(pair.iloc[:, 0], pair.iloc[:, 1])
    return r, n, p


_MAPS = {
    "p": lambda values: Heatmap(
        values,
        (0, 1),
        colours="viridis",
        decimals=3,
        text=values.map(short_p_text),
        scale="p",
        title="p-values",
    ),
    "n": lambda values: Heatmap(
        values, (0, 153), colours="viridis", decimals=0, scale="n", title="Days behind each cell"
    ),
    "r": lambda values: Heatmap(values, title="Pearson's r"),
}


_BEHIND_THESE_CELLS = "Behind these cells stand {fewest} to {most} days. "


def _differ(state: State) -> bool:
    return bool(state["fewest"] < state["most"])


def _fit_another_table(lines: str) -> bool:
    """Whether the lines count the rows behind each pair of a smaller table with gaps as well."""
    seen = pd.DataFrame({"a": [1, 1, 1, 0, 1, 1], "b": [1, 0, 1, 0, 1, 0], "c": [0, 1, 1, 1, 1, 0]})
    other = pd.DataFrame({name: range(6) for name in seen}, dtype=float).where(seen == 1)
    truth = seen.T @ seen
    upper = np.triu_indices(len(truth), 1)

    def is_right(n: pd.DataFrame) -> bool:
        both_ways = (n.to_numpy(), n.to_numpy().T)
        return all(bool((way[upper] == truth.to_numpy()[upper]).all()) for way in both_ways)

    return fits(lines, {"air": other}, a_frame(like=truth), is_right)


class WriteTheRows(Step):
    """
    ### Write the rows behind each cell

    `air` has the four measurements, with their gaps. `air.corr()` takes each pair's own days and
    does not say how many. So the number belongs beside it.

    Write the lines that give a table like `air.corr()`, with the days behind each cell instead of
    r. As long as nothing is written, the map shows all {days} days everywhere. The diagonal is
    yours to fill as you like.
    """

    readings = {
        "pairs that are right": "{right} of {pairs}",
        "days, largest on the map": "{largest:,.0f}",
    }

    tables = (AIR,)

    lines = Write("Your lines", gives="n", names=("air",), columns=tuple(_MEASURED))

    task = Task(
        "Write the lines that count, for every pair, the days on which both were measured.",
        goals=[
            Goal(
                "Every pair has the days on which both were measured: now {right} of {pairs}",
                met=lambda state: state["right"] == state["pairs"],
            ),
        ],
        solution={"lines": "seen = air.notna().astype(int)\nseen.T @ seen"},
        hints=[
            "`air.notna()` is True where something was measured.",
            "A product of two columns of ones and zeros is one where both are. Its sum counts.",
            "`a.T @ b` has the sum of such products for every column of `a` with every column of "
            "`b`. Of True and False `@` makes True and False again: `.astype(int)` makes numbers.",
        ],
    )

    mistakes = [
        Mistake(
            "Every cell says {largest:.0f}. `@` with True and False gives True and False again, "
            "which says that there is such a day, and not how many.",
            when=lambda state: state["smallest"] == state["largest"] == 1,
            example={"lines": "air.notna().T @ air.notna()"},
            misconception="booleans_are_numbers",
        ),
        Mistake(
            "Every pair says {largest:.0f}: that is how many days the table has, measured or not. "
            "Ozone and Wind share {own_n}.",
            when=lambda state: state["smallest"] == state["largest"] == state["days"],
            example={"lines": "air.corr() * 0 + len(air)"},
            misconception="gaps_take_care_of_themselves",
            holds=lambda state: state["own_n"] < state["days"],
        ),
        Mistake(
            "Every pair says {largest:.0f}, the days on which nothing at all is missing. Wind and "
            "Temp were measured on {most}, and `corr()` uses them.",
            when=lambda state: state["smallest"] == state["largest"] == state["complete_n"],
            example={"lines": "air.corr() * 0 + len(air.dropna())"},
            misconception="complete_rows_cost_nothing",
            holds=lambda state: state["complete_n"] < state["most"],
        ),
        Mistake(
            "A cell says {largest:,.0f}, and there are {days} days. What was multiplied and added "
            "are the measurements; to count takes a one for each of them.",
            when=lambda state: state["largest"] > state["days"],
            example={"lines": "air.fillna(0).T @ air.fillna(0)"},
            misconception="gaps_take_care_of_themselves",
        ),
        Mistake(
            "{right} of {pairs} pairs have the days on which *both* were measured. {wrong_pair} "
            "share {wrong_n}; your map says {wrong_said:.0f}.",
            when=lambda state: state["right"] < state["pairs"],
            example={"lines": "gaps = air.isna().astype(int)\ngaps.T @ gaps"},
            misconception="gaps_take_care_of_themselves",
        ),
    ]

    learned = [
        Outcome(
            _BEHIND_THESE_CELLS + "The same lines, run on a table of other columns, count its rows "
            "as well: show them beside every r that was computed with gaps.",
            when=lambda state: _fit_another_table(state["lines"]),
            holds=_differ,
        ),
        Outcome(
            _BEHIND_THESE_CELLS + "Show them beside every r that was computed with gaps. Your "
            "lines fit this table; on one of other columns they do not count the rows, mostly "
            "because they hold a number or a name of this one.",
            holds=_differ,
        ),
    ]

    def show(self, lines: str) -> Exhibit:
        air = _air()
        whole = pd.DataFrame(float(len(air)), _MEASURED, _MEASURED)
        written = run(lines, {"air": air}, wants=a_frame(like=whole))
        n = written.value_or(whole)
        own = correlate(air, adjust="none").n
        upper = np.triu_indices(len(_MEASURED), 1)
        pairs = np.nan_to_num([n.to_numpy()[upper], n.to_numpy().T[upper]])
        truth = own.to_numpy()[upper]
        is_right = (pairs == truth).all(axis=0)
        wrong = int(is_right.argmin())
        facts: dict[str, Any] = {
            "days": len(air),
            "pairs": len(truth),
            "right": int(is_right.sum()),
            "wrong_pair": " and ".join(_MEASURED[places[wrong]] for places in upper),
            "wrong_n": int(truth[wrong]),
            "wrong_said": float(pairs[pairs[:, wrong] != truth[wrong], wrong].max(initial=0)),
            "smallest": float(pairs.min()),
            "largest": float(pairs.max()),
            "own_n": int(own["Wind"]["Ozone"]),
            "complete_n": len(air.dropna()),
            "fewest": int(truth.min()),
            "most": int(truth.max()),
        }
        return Exhibit(
            figures=(replace(_MAPS["n"](n), title=written.titled(f"{len(air)} for each")),),
            facts=facts,
            table=n,
            description=fill(
                "A map of the days behind each pair of four measurements, by your lines. {right} "
                "of {pairs} pairs are right. The largest number is {largest:,.0f}.",
                facts,
            ),
            behind=behind(air, "days"),
            error=written.error,
        )


class Shuffles(Step):
    """
    ### Ask the shuffles

    Signals and access points per mile of road: r = {all_r:.2f}, and the t test says p =
    {all_t_p:.4f}. It trusts that a few rows far out do not decide r.

    A shuffle trusts less. Deal the signals out anew among the {sections} sections, as if they had
    nothing to do with the access points, and compute r. Do it often. How often does chance reach
    what was seen? That share is p.
    """

    readings = {
        "Pearson's r": "{r:.2f}",
        "shuffles as far out": "{reached} of {dealt:,}",
        "by shuffles": "{p:p}",
        "by the t test": "{t_p:p}",
    }

    tables = (HIGHWAY,)

    shuffles = Choice("Shuffles", ("99", "999", "9999"), default="99")
    seed = Seed("Draw")
    # Of the ten that stay there are millions of orders: the shuffles are drawn, as the step says.
    left_out = Rows("Leave out sections", tuple(map(str, range(1, 40))), at_most=29)
    typical = ("p",)

    predict = Predict(
        "The t test gives p = {all_t_p:.4f}. Which p do {all_shuffles:,} shuffles give?",
        choices=[
            Option(
                text="The same, give or take the last digit",
                value="same",
                feedback=(
                    "They nearly agree where the cloud is an ellipse. Here it is not: the shuffles "
                    "give {all_p:.4f}, {times:.1f} times as much."
                ),
                misconception="t_test_is_exact",
                tempting=True,
                holds=lambda state: state["times"] > 2,
            ),
            Option(
                text="A smaller one: shuffling destroys any link",
                value="smaller",
                feedback=(
                    "It destroys the link, and yet reaches |r| = {all_r:.2f} now and then: "
                    "{all_p:.4f}. Chance does better here than the t test believes, {times:.1f} "
                    "times so."
                ),
                misconception="shuffles_make_p_small",
                holds=lambda state: state["times"] > 1,
            ),
            Option(
                text="Several times as much",
                value="larger",
                feedback=(
                    "{all_p:.4f}, {times:.1f} times as much. Look below zero and far to the right: "
                    "what chance gives is lopsided, mostly because one section stands far from the "
                    "others."
                ),
                holds=lambda state: state["times"] > 2,
            ),
        ],
        answer=lambda exhibit: "larger" if float(exhibit.facts["times"]) > 2 else "same",
        seen_at={"shuffles": "9999"},
    )

    task = Task(
        "One section makes this star. Find it, leave it out, and let at least {enough:,} shuffles "
        "judge the rest: p above {level:.0f} %.",
        goals=[
            Goal(
                "One section is left out: now {left}",
                met=lambda state: state["left"] == 1,
            ),
            Goal(
                "At least {enough:,} shuffles judge the rest: now {dealt:,}",
                met=lambda state: state["dealt"] >= state["enough"],
            ),
            Goal(
                "p is above {level:.0f} %: now {p:p}",
                met=lambda state: state["p"] > state["level"] / 100,
            ),
        ],
        solution={"left_out": ("25",), "shuffles": "9999"},
        hints=[
            "One point of the scatter plot stands alone.",
            "Point at it, and it says which section it is.",
        ],
    )

    mistakes = [
        Mistake(
            "{left} sections are gone, r is {r:.2f}. To put out this star, one is enough.",
            when=lambda state: state["left"] > 1,
            example={"left_out": ("24", "25"), "shuffles": "9999"},
            misconception="outliers_may_go",
        ),
        Mistake(
            "With {dealt} shuffles no p can be below {least:.4f}, and the next draw may give "
            "another one. Deal more often.",
            when=lambda state: state["dealt"] < state["enough"],
            example={"left_out": ("25",)},
            misconception="few_shuffles_are_enough",
            holds=lambda state: state["p"] >= state["least"] - 1e-12,
        ),
        Mistake(
            "Without that section r is still {r:.2f}, and {p:p}. Another one makes the star.",
            when=lambda state: state["left"] == 1,
            example={"left_out": ("1",), "shuffles": "9999"},
            misconception="every_row_counts_alike",
            holds=lambda state: state["p"] <= state["level"] / 100,
        ),
        Mistake(
            "{dealt:,} shuffles of all sections: {p:p}, where the t test says {t_p:p}. "
            "Still a star. Now find the section that it hangs on.",
            when=lambda state: state["left"] == 0,
            example={"shuffles": "9999"},
            misconception="every_row_counts_alike",
            holds=lambda state: state["p"] <= state["level"] / 100,
        ),
    ]

    learned = [
        Outcome(
            "r = {all_r:.2f}: p = {all_t_p:.4f} by the t test, {all_p:.4f} by shuffles. Without "
            "one section r = {r:.2f}, {p:p}. To leave a row out is a question to the data, "
            "and no way to clean them.",
            holds=lambda state: state["p"] > state["level"] / 100 > state["all_p"],
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"columns": ("sigs1", "acpt"), "method": "Pearson"}
        return LabAddress("highway", "association_map", settings)

    def show(self, shuffles: str, seed: int, left_out: tuple[str, ...]) -> Exhibit:
        kept = highway().drop(index=[int(row) for row in left_out])
        test = permutation_test(kept["sigs1"], kept["acpt"], permutations=int(shuffles), seed=seed)
        facts: dict[str, Any] = {
            **_everything(),
            "left": len(left_out),
            "dealt": int(shuffles),
            "enough": 2000,
            "level": 5.0,
            "least": 1 / (int(shuffles) + 1),
            "r": test.r,
            "t_p": _t_p(kept),
            "p": test.p,
            "reached": int((np.abs(test.null) >= abs(test.r) - 1e-12).sum()),
        }
        null = pd.Series(test.null, name="r after a shuffle")
        return Exhibit(
            figures=(
                Scatter(kept["acpt"], kept["sigs1"], title=fill("As it was: r = {r:.2f}", facts)),
                Histogram(
                    null,
                    title=fill("{dealt:,} shuffles: {p:p}", facts),
                    bins=40,
                    limits=(-1, 1),
                    marks={fill("seen: {r:.2f}", facts): test.r},
                ),
            ),
            across=2,
            facts=facts,
            table=null.describe().round(3).to_frame(),
            description=fill(
                "The scatter plot of signals and access points per mile, r = {r:.2f}, and the r of "
                "{dealt:,} shuffles, of which {reached} reach that size. So {p:p}; the t test says "
                "{t_p:p}.",
                facts,
            ),
        )


_ALL_SHUFFLES = 50_000


@cache
def _everything() -> dict[str, Any]:
    """All sections, by the t test and by so many shuffles that p hardly depends on the draw."""
    roads = highway()
    test = permutation_test(roads["sigs1"], roads["acpt"], permutations=_ALL_SHUFFLES, seed=0)
    return {
        "sections": len(roads),
        "all_shuffles": _ALL_SHUFFLES,
        "all_r": test.r,
        "all_t_p": _t_p(roads),
        "all_p": test.p,
        "times": test.p / _t_p(roads),
    }


def _t_p(roads: pd.DataFrame) -> float:
    return float(correlate(roads[["sigs1", "acpt"]], adjust="none").pairs()["p"].iloc[0])
