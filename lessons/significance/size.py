"""What the number of rows does to p, and to an interval."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

import datasets
from lessons.significance.stars import LEVEL, Floats, behind, starred_map
from lib.charts import Intervals, Lines
from lib.course import (
    Band,
    Choice,
    Claim,
    Estimate,
    Exhibit,
    Fact,
    Goal,
    LabAddress,
    Mistake,
    Number,
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
from lib.stats import (
    correlate,
    correlate_rows,
    correlated_pairs,
    correlation_ratio,
    critical_r,
    n_for_significance,
    partial_correlate,
)

VOCABULARY = datasets.catalogue()["vocab"]

_TINY = 0.02
_HIGHWAY_ROWS = 39
_EVERYBODY = "everybody"


class EnoughRows(Step):
    """
    ### Ask enough people

    {all_people:,} Americans took a test of {words} words, between {first_year:.0f} and
    {last_year:.0f}. Does the score change with the year? There is a star: {all_p:p}.

    A p gets smaller with a stronger link. It also gets smaller with more rows. The line below shows
    how large |r| must be for a star, all the way to a hundred thousand rows. It takes every row for
    an independent one.
    """

    readings = {
        "r": "{r:.3f}",
        "rows": "{n:,}",
        "significance": "{p:p}",
    }

    tables = (VOCABULARY,)

    people = Choice("Ask", ("39", "1000", "10000", _EVERYBODY), default=_EVERYBODY)
    seed = Seed("Draw")
    answers = {"answer": Number("Rows for a star", 3, 100_000)}
    typical = ("r", "p")

    predict = Predict(
        "Year and vocabulary: {all_p:p}. Which share of the variance of vocabulary does a "
        "straight line through the years account for?",
        choices=[
            Option(
                text="{all_not_p:.1f} %: that is what so small a p says",
                value="not p",
                feedback=(
                    "p is no measure of strength, and its complement is not one either. r is "
                    "{all_r:.4f} and r² is {all_percent:.3f} %. The star comes from {all_people:,} "
                    "rows."
                ),
                misconception="small_p_is_strong",
                holds=lambda state: state["all_percent"] < 0.1,
                tempting=True,
            ),
            Option(
                text="{all_r_percent:.1f} %: that is r",
                value="r",
                feedback=(
                    "That is r, at {all_r:.4f}, and shares are counted by its square: "
                    "{all_percent:.3f} %. A very weak link, with a star."
                ),
                misconception="r_is_a_share",
                holds=lambda state: state["all_percent"] < state["all_r_percent"],
            ),
            Option(
                text="{all_percent:.2f} %",
                value="r squared",
                feedback=(
                    "r = {all_r:.4f}, squared. A very weak link, with a star: with "
                    "{all_people:,} rows it takes no more than |r| = {all_critical:.3f}."
                ),
                holds=lambda state: state["all_critical"] < state["all_r"],
            ),
        ],
        answer=lambda exhibit: "r squared" if float(exhibit.facts["all_percent"]) < 1 else "r",
    )

    task = Task(
        "From how many rows on does r = {tiny:.2f} have a star? Type a number of rows that is "
        "enough, and at most a twentieth too many.",
        goals=[
            Goal(
                "So many rows are enough, and at most a twentieth too many: now {answer}",
                met=lambda state: (
                    state["answer"] is not None
                    and state["needed"] <= state["answer"] <= state["at_most"]
                ),
            ),
        ],
        solution={"answer": 9700},
        hints=[
            "Where does the line meet r = {tiny:.2f}? Each step of the axis to the right is ten "
            "times as many rows.",
            "Type a number, see what |r| it takes, and close in from both sides.",
            "Half the r needs four times the rows: at {highway_rows} rows it takes "
            "{highway_critical:.3f}.",
        ],
    )

    holds = [
        Claim("There is a star", lambda state: state["all_p"] < LEVEL),
        Claim(
            "Half the r needs four times the rows",
            lambda state: (
                abs(
                    state["highway_critical"] * state["highway_rows"] ** 0.5
                    - state["all_critical"] * state["all_people"] ** 0.5
                )
                < 0.02
            ),
        ),
    ]

    mistakes = [
        Mistake(
            "With {answer:,} rows it takes |r| = {answer_critical:.4f}. At {tiny:.2f} there is no "
            "star yet. The link would be the same.",
            when=lambda state: state["answer"] is not None and state["answer"] < state["needed"],
            example={"answer": 1000},
            misconception="no_star_means_zero",
            holds=lambda state: state["answer_critical"] > state["tiny"],
        ),
        Mistake(
            "More than enough. With {answer:,} rows even |r| = {answer_critical:.4f} has a star, "
            "so {tiny:.2f} has one with fewer.",
            when=lambda state: state["answer"] is not None,
            example={"answer": 30000},
            misconception="small_p_is_strong",
            holds=lambda state: state["answer_critical"] < state["tiny"],
        ),
        Mistake(
            "{n:,} people, r = {r:.3f}, {p:p}: no star. The Americans have not changed, only "
            "how many you asked. To say from how many on r = {tiny:.2f} has one, see the line.",
            when=lambda state: not state["is_starred"],
            example={"people": "39"},
            misconception="no_star_means_zero",
            holds=lambda state: state["p"] >= LEVEL and state["n"] < state["all_people"],
        ),
    ]

    learned = [
        Outcome(
            "r = {tiny:.2f} has a star from {needed:,} rows on. Year and vocabulary have "
            "{all_p:p} with r² = {all_percent:.3f} %. p says *not zero*; how much is for r. "
            "Nor is that all there is to say. The means of the {years} years account for "
            "{eta2_percent:.2f} %. Among people of equal education r is {held_r:.2f}: schooling "
            "has risen with the years, and hides a fall. And people of one survey may be no "
            "independent rows: with the {years} surveys as what was drawn, {surveys_p:p}.",
            holds=lambda state: (
                state["all_p"] < LEVEL < state["surveys_p"]
                and state["held_r"] < 0 < state["all_r"]
                and state["schooling_r"] > 0.1
                and state["eta2_percent"] > state["all_percent"]
            ),
        )
    ]

    def in_the_lab(self, *, people: str, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {
            "columns": ("year", "education", "vocabulary"),
            "method": "Pearson",
            "marks": "stars",
            "adjust": "none",
        }
        return LabAddress("vocab", "association_map", settings, same_map=people == _EVERYBODY)

    def show(self, people: str, seed: int) -> Exhibit:
        everybody = _numbers()
        asked = everybody
        if people != _EVERYBODY:
            asked = everybody.sample(int(people), random_state=seed)
        found = correlate(asked, adjust="none")
        pair = correlate(asked[["year", "vocabulary"]], adjust="none").pairs().iloc[0]
        facts = {
            **_everybody(),
            "n": len(asked),
            "r": float(pair.r),
            "p": float(pair.p),
            "is_starred": bool(pair.p < LEVEL),
            "tiny": _TINY,
            "needed": n_for_significance(_TINY, LEVEL),
            "at_most": int(1.05 * n_for_significance(_TINY, LEVEL)),
            "highway_rows": _HIGHWAY_ROWS,
            "highway_critical": critical_r(_HIGHWAY_ROWS, LEVEL),
        }
        line = _what_a_star_takes()
        return Exhibit(
            figures=(
                starred_map(
                    found.r, found.p < LEVEL, decimals=3, title=f"{len(asked)} people asked"
                ),
                Lines(
                    line,
                    title="What a star takes",
                    y="smallest |r| with a star",
                    marks={f"r = {_TINY}": _TINY},
                    log=True,
                ),
            ),
            across=2,
            facts=facts,
            table=line.iloc[::4].round(4),
            description=fill(
                "A map of year, education and vocabulary for {n:,} people, where year and "
                "vocabulary have r = {r:.3f} with {p:p}. A line shows the smallest |r| with "
                "a star, {highway_critical:.3f} at {highway_rows} rows and {all_critical:.3f} at "
                "{all_people:,}.",
                facts,
            ),
            behind=behind(asked, "people"),
        )

    def appraise(self, exhibit: Exhibit, answer: int | None) -> Mapping[str, Fact]:
        rows = int(exhibit.facts["n"]) if answer is None else answer
        return {"answer_critical": critical_r(rows, LEVEL)}


@cache
def _numbers() -> pd.DataFrame:
    return datasets.load("vocab")[["year", "education", "vocabulary"]]


@cache
def _what_a_star_takes() -> pd.DataFrame:
    rows = np.unique(np.geomspace(5, 100_000, 80).round().astype(int))
    critical = [critical_r(int(n), LEVEL) for n in rows]
    return pd.DataFrame({"smallest |r| with a star": critical}, pd.Index(rows, name="rows"))


@cache
def _everybody() -> dict[str, Any]:
    """What all who were ever asked say of year and vocabulary."""
    people = _numbers()
    pair = correlate(people[["year", "vocabulary"]], adjust="none").pairs().iloc[0]
    by_year = correlation_ratio(people["year"], people["vocabulary"])
    held = partial_correlate(people).r
    schooling = correlate(people[["year", "education"]], adjust="none").r
    return {
        "years": people["year"].nunique(),
        "eta2_percent": float(100 * by_year**2),
        "held_r": float(held["vocabulary"]["year"]),
        "schooling_r": float(schooling["education"]["year"]),
        "surveys_p": _p_by_surveys(people),
        "all_people": len(people),
        "words": int(people["vocabulary"].max()),
        "first_year": int(people["year"].min()),
        "last_year": int(people["year"].max()),
        "all_r": float(pair.r),
        "all_p": float(pair.p),
        "all_not_p": float(100 * (1 - pair.p)),
        "all_r_percent": float(100 * pair.r),
        "all_percent": float(100 * pair.r**2),
        "all_critical": critical_r(len(people), LEVEL),
    }


def _p_by_surveys(people: pd.DataFrame) -> float:
    """The p of the slope of vocabulary on year if whole years were drawn (clustered errors)."""
    x, y = (people[name].to_numpy(dtype=float) for name in ("year", "vocabulary"))
    _, survey = np.unique(x, return_inverse=True)
    x, y = x - x.mean(), y - y.mean()
    slope = (x @ y) / (x @ x)
    scores = np.bincount(survey, weights=x * (y - slope * x))
    n, surveys = len(x), len(scores)
    few = surveys / (surveys - 1) * (n - 1) / (n - 2)
    error = np.sqrt(few * (scores @ scores)) / (x @ x)
    return float(2 * special.stdtr(surveys - 1, -abs(slope / error)))


class Width(Step):
    """
    ### How far off it may be

    A star says *not zero*. An interval says what else is ruled out. Here r is {r_true:.2f}, from
    {rows} rows. Which true values go with that?

    Below, {samples} samples of as many rows, from a world in which r is {r_true:.2f} exactly. About
    one in twenty of their intervals misses it. That is what {confidence:.0f} % means.
    """

    readings = {
        "interval from": "{low:.2f}",
        "to": "{high:.2f}",
        "width": "{width:.2f}",
    }

    r_true = Slider("r", 0.0, 0.9, default=0.5, step=0.1)
    rows = Slider("Rows", 10, 400, default=10, step=10)
    seed = Seed("Draw", default=3)  # draw 0 misses nowhere
    answers = {"half": Number("Rows for half that width", 4, 5000)}
    typical = ("missed",)

    predict = Estimate(
        "r = {r_true:.2f} from {rows} rows. Where does its {confidence:.0f} % interval begin?",
        low=-1,
        high=0.5,
        step=0.05,
        begin=-1,
        tolerance=0.1,
        feedback=(
            "At {low:.2f}, and it ends at {high:.2f}. With {rows} rows not even the sign is "
            "settled."
        ),
        bands=[
            Band(
                low=-1,
                high=-0.1,
                feedback=(
                    "It is not so wide. It begins at {low:.2f}: below zero all the same, so not "
                    "even the sign is settled. Upwards there is less room, and it ends at "
                    "{high:.2f}."
                ),
                misconception="interval_is_symmetric",
                holds=lambda state: (
                    state["low"] < 0
                    and state["high"] - state["r_true"] < state["r_true"] - state["low"]
                ),
            ),
            Band(
                low=-0.1,
                high=0.35,
                feedback=(
                    "It begins lower, at {low:.2f}. The highway's {highway_rows} rows would give "
                    "{low_highway:.2f} to {high_highway:.2f}."
                ),
                misconception="cell_is_exact",
                holds=lambda state: state["low"] < state["value"],
            ),
            Band(
                low=0.35,
                high=0.51,
                feedback=(
                    "So close to {r_true:.2f} it begins with more than a hundred rows; a thousand "
                    "give {low_many:.2f} to {high_many:.2f}. From {rows} it begins at {low:.2f}, "
                    "below zero."
                ),
                misconception="cell_is_exact",
                holds=lambda state: state["low"] < 0,
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["low"]),
    )

    task = Task(
        "Make the interval narrower than {narrow:.1f}, without asking for a stronger link than "
        "{r_true:.2f}. Then say how many rows would give half of the width that you reached, and "
        "at most a tenth too many.",
        goals=[
            Goal(
                "The interval is narrower than {narrow:.1f}: now {width:.2f}",
                met=lambda state: state["width"] < state["narrow"],
            ),
            Goal(
                "The link is not stronger than {largest:.2f}: now {r_true:.2f}",
                met=lambda state: abs(state["r_true"]) <= state["largest"],
            ),
            Goal(
                "So many rows give half the width, and at most a tenth too many: now {half}",
                met=lambda state: (
                    state["half"] is not None
                    and state["half_width"] <= state["width"] / 2
                    and state["less_width"] > state["width"] / 2
                ),
            ),
        ],
        solution={"rows": 250, "half": 1000},
        hints=[
            "More rows. Then more.",
            "The first figure has four intervals. Compare the rows of two of them, and the widths.",
            "The width shrinks with the root of the rows.",
        ],
    )

    mistakes = [
        Mistake(
            "A width of {width:.2f}, by asking for r = {r_true:.2f}. Near one an interval is "
            "narrower, since nothing lies beyond. Stay at {largest:.2f} or below.",
            when=lambda state: state["r_true"] > state["largest"],
            example={"r_true": 0.9, "rows": 60},
            misconception="interval_is_symmetric",
            holds=lambda state: state["width"] < _width(state["largest"], state["rows"]),
        ),
        Mistake(
            "{rows} rows, and still from {low:.2f} to {high:.2f}, a width of {width:.2f}.",
            when=lambda state: state["width"] >= state["narrow"],
            example={"rows": 40},
            misconception="cell_is_exact",
        ),
        Mistake(
            "With {half:,} rows the width is {half_width:.3f}, and half of {width:.3f} is less. "
            "Twice the rows are not enough for that.",
            when=lambda state: (
                state["half"] is not None and state["half_width"] > state["width"] / 2
            ),
            example={"rows": 250, "half": 500},
            misconception="width_goes_with_rows",
            holds=lambda state: state["half"] < 4 * state["rows"],
        ),
        Mistake(
            "With {half:,} rows the width is {half_width:.3f}, less than half of {width:.3f}. "
            "Fewer would do.",
            when=lambda state: state["half"] is not None,
            example={"rows": 250, "half": 4000},
            misconception="width_goes_with_rows",
            holds=lambda state: state["half_width"] < state["width"] / 2,
        ),
    ]

    learned = [
        Outcome(
            "An r of {r_true:.2f} goes with anything from {low_ten:.2f} to {high_ten:.2f} at ten "
            "rows, {low_highway:.2f} to {high_highway:.2f} at the highway's {highway_rows}, "
            "{low_many:.2f} to {high_many:.2f} at a thousand. Half the width takes about four "
            "times the rows, here {half:,} instead of {rows}. A cell with two decimals promises "
            "more than that.",
            holds=lambda state: (
                3.5 < state["half"] / state["rows"] < 4.5
                and state["high_many"] - state["low_many"] > 0.05
            ),
        )
    ]

    holds = [
        Claim(
            "About one in twenty of their intervals misses it",
            lambda state: state["missed"] <= state["samples"] / 4,
        ),
        Claim(
            "The width shrinks with the root of the rows",
            lambda state: 1.3 < state["width"] / state["twice_width"] < 1.55,
        ),
    ]

    def show(self, r_true: float, rows: int, seed: int) -> Exhibit:
        ends = {
            n: (float(low), float(high))
            for n in (10, _HIGHWAY_ROWS, 1000, rows)
            for low, high in [_interval(r_true, n)]
        }
        low, high = ends[rows]
        samples = _samples(r_true, rows, seed)
        facts = {
            "confidence": 95.0,
            "samples": len(samples),
            "missed": int(((samples["low"] > r_true) | (samples["high"] < r_true)).sum()),
            "highway_rows": _HIGHWAY_ROWS,
            "narrow": 0.2,
            "largest": 0.5,
            "low": low,
            "high": high,
            "width": high - low,
            "twice_width": _width(r_true, 2 * rows),
            "low_ten": ends[10][0],
            "high_ten": ends[10][1],
            "low_highway": ends[_HIGHWAY_ROWS][0],
            "high_highway": ends[_HIGHWAY_ROWS][1],
            "low_many": ends[1000][0],
            "high_many": ends[1000][1],
        }
        by_rows = pd.DataFrame(
            [(*ends[n], r_true) for n in sorted(ends)],
            [f"{n} rows" for n in sorted(ends)],
            ["low", "high", "value"],
        )
        return Exhibit(
            figures=(
                Intervals(by_rows, title=f"r = {r_true:.2f}, and how far off", x="r", mark=0),
                Intervals(
                    samples,
                    title=fill(
                        f"{{samples}} samples of {rows} rows: {{missed}} {{missed:misses|miss}}",
                        facts,
                    ),
                    x="r",
                    mark=r_true,
                ),
            ),
            across=2,
            facts=facts,
            table=pd.concat([by_rows, samples]).round(3)[["low", "value", "high"]],
            description=fill(
                f"Intervals of r = {r_true:.2f} by the number of rows: at {rows} it runs from "
                "{low:.2f} to {high:.2f}. Of {samples} samples with as many rows, {missed} "
                "{missed:has|have} an interval that misses the true r.",
                facts,
            ),
        )

    def appraise(self, exhibit: Exhibit, half: int | None) -> Mapping[str, Fact]:
        """The width at so many rows, and at a tenth fewer."""
        if half is None:
            return {"half_width": 2.0, "less_width": 2.0}
        r = float(exhibit.words["r_true"])  # type: ignore[arg-type]
        return {"half_width": _width(r, half), "less_width": _width(r, max(4, int(half / 1.1)))}


_SAMPLES = 20


def _width(r: float, rows: int) -> float:
    low, high = _interval(r, rows)
    return float(high - low)


def _interval(r: Floats | float, rows: int) -> tuple[Floats, Floats]:
    """By Fisher's z, as in `correlate`, which needs a table for it."""
    z, reach = np.arctanh(r), 1.959963984540054 / np.sqrt(rows - 3)
    return np.tanh(z - reach), np.tanh(z + reach)


def _samples(r: float, rows: int, seed: int) -> pd.DataFrame:
    """The r of some samples, each with its interval."""
    found, _ = correlate_rows(*correlated_pairs(_SAMPLES, rows, r=r, seed=seed))
    low, high = _interval(found, rows)
    names = [f"sample {number}" for number in range(1, _SAMPLES + 1)]
    return pd.DataFrame({"low": low, "value": found, "high": high}, names)
