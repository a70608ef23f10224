"""Series that wander: what they do to r, what cures which, and how few rows they are worth."""

from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.time_series.changes import CHANGES, YEAR, Floats
from lib.charts import Heatmap, Histogram, Lines
from lib.course import (
    Band,
    Choice,
    Estimate,
    Exhibit,
    Goal,
    Mistake,
    Number,
    Option,
    Outcome,
    Predict,
    Redraws,
    Seed,
    Slider,
    Step,
    Task,
    fill,
    working,
)
from lib.stats import autoregressions, correlate_rows, critical_r, random_walks, seasons, trends

_LEVEL = 0.05
_MANY = 4000


class TwoWalks(Step):
    """
    ### Two drunkards and a star

    Two people leave the same bar. At every beat each takes a step, to the left or to the right, as
    chance has it. Neither sees the other.

    Such a path is a *random walk*. Both are written down for {rows} beats. Then r of the two
    columns, and its p, as if each beat were a new observation.
    """

    draws = Redraws("Draws", 300)
    rows_of_walk = Choice("Beats", ("20", "100", "1000"), default="100")
    answers = {"answer": Number("Per cent with a star", 0, 100)}

    predict = Predict(
        "Two walks of {rows} beats that know nothing of each other, tested at {level:.0f} %. How "
        "many pairs of walks get a star?",
        choices=[
            Option(
                text="About {level:.0f} %: that is what the level means",
                value="level",
                feedback=(
                    "It is what the level means for rows that do not know each other. Here each "
                    "row is the last one and a step. {truth:.0f} % get a star."
                ),
                misconception="rows_are_always_independent",
            ),
            Option(
                text="Fewer: walks are pure chance",
                value="fewer",
                feedback=(
                    "The steps are pure chance. Their sums drift, and two drifts nearly always go "
                    "the same way or the opposite: {truth:.0f} % get a star."
                ),
                misconception="rows_are_always_independent",
            ),
            Option(
                text="Most of them",
                value="most",
                feedback=(
                    "{truth:.0f} %. A walk has few ups and downs of its own, however many rows it "
                    "has, and so do they both."
                ),
            ),
        ],
        answer=lambda exhibit: "most" if float(exhibit.facts["truth"]) > 50 else "level",
    )

    task = Task(
        "Draw at least {enough} pairs of walks. Then say: which share of them has a star? Anything "
        "within {near} points of what thousands of pairs say will do.",
        goals=[
            Goal(
                "At least {enough} pairs of walks are drawn: now {draws}",
                met=lambda state: state["draws"] >= state["enough"],
            ),
            Goal(
                "The share with a star is right within {near} points: now {answer}",
                met=lambda state: (
                    state["answer"] is not None
                    and abs(state["answer"] - state["truth"]) <= state["near"]
                ),
            ),
        ],
        solution={"draws": 60, "answer": 76},
        hints=[
            "Ten more, and ten more. The title keeps the count.",
            "The bars outside the shaded range are the pairs with a star.",
        ],
    )

    mistakes = [
        Mistake(
            "That rests on {draws} draws. Of so few any share can come. Draw on to {enough}.",
            when=lambda state: state["answer"] is not None and state["draws"] < state["enough"],
            example={"draws": 8, "answer": 100},
            misconception="one_draw_shows_chance",
        ),
        Mistake(
            "{answer} %? That is near the level, and these are not independent rows. {starred} of "
            "{draws} pairs had a star.",
            when=lambda state: state["answer"] is not None and state["answer"] <= 20,
            example={"draws": 60, "answer": 5},
            misconception="rows_are_always_independent",
        ),
        Mistake(
            "{answer} % is off. {starred} of your {draws} pairs had a star.",
            when=lambda state: state["answer"] is not None,
            example={"draws": 60, "answer": 40},
            misconception="rows_are_always_independent",
        ),
        Mistake(
            "With {rows} beats {truth:.0f} % have a star. More rows do not help: the longer the "
            "walks, the more often they are found *significant*.",
            when=lambda state: state["rows"] == 1000,
            example={"rows_of_walk": "1000"},
            misconception="more_rows_cure_drift",
        ),
    ]

    learned = [
        Outcome(
            "Of pairs of walks with {rows} beats {truth:.0f} % have a star, with {short} beats "
            "{truth_short:.0f} %, with {long} beats {truth_long:.0f} %. The longer the walk, the "
            "surer the nonsense."
        )
    ]

    def show(self, draws: int, rows_of_walk: str) -> Exhibit:
        rows = int(rows_of_walk)
        drawn = [_pair(seed, rows) for seed in range(draws)]
        r = pd.Series([each for each, _ in drawn], range(1, draws + 1), name="r of two walks")
        starred = sum(p < _LEVEL for _, p in drawn)
        critical = critical_r(rows, _LEVEL)
        facts: dict[str, Any] = {
            "rows": rows,
            "short": 20,
            "long": 1000,
            "level": 100 * _LEVEL,
            "enough": 50,
            "near": 10,
            "starred": starred,
            "r": float(r.iloc[-1]),
            "p": drawn[-1][1],
            "critical": critical,
            "truth": _starred_walks(rows),
            "truth_short": _starred_walks(20),
            "truth_long": _starred_walks(1000),
        }
        words = {"draws": draws, **facts}
        walks = random_walks(2, rows, seed=draws - 1)
        paths = pd.DataFrame(walks.T, pd.RangeIndex(1, rows + 1, name="beat"), ["one", "other"])
        return Exhibit(
            figures=(
                Lines(
                    paths, title=fill("Draw {draws}: r = {r:.2f}", words), y="steps from the bar"
                ),
                Histogram(
                    r,
                    title=fill("{starred} of {draws} with a star", words),
                    bins=20,
                    shade=(-critical, critical),
                ),
            ),
            across=2,
            facts=facts,
            table=r.rename_axis("draw").to_frame().round(3),
            description=fill(
                "The paths of two independent walks over {rows} beats, with r = {r:.2f}, and the r "
                "of all {draws} pairs drawn so far. {starred} of them lie beyond {critical:.2f}, "
                "which earns a star.",
                words,
            ),
        )


@lru_cache(maxsize=2048)
def _pair(seed: int, rows: int) -> tuple[float, float]:
    """r and p of two walks."""
    walks = random_walks(2, rows, seed=seed)
    r, p = correlate_rows(walks[:1], walks[1:])
    return float(r[0]), float(p[0])


@cache
def _starred_walks(rows: int) -> float:
    """How many of a hundred pairs of walks have a star, from many."""
    working(0.5, f"Walking {2 * _MANY:,} times")
    walks = random_walks(2 * _MANY, rows, seed=1)
    _, p = correlate_rows(walks[:_MANY], walks[_MANY:])
    return float(np.mean(p < _LEVEL) * 100)


_CAUSES = ("walks", "trends", "seasons")
_PAIRS = 2000
_SLOPE, _HEIGHT = 0.05, 4.0


class Cure(Step):
    """
    ### The cure must fit the cause

    Three kinds of series, always in unrelated pairs. *Walks* add up their steps. *Trends* are noise
    about a rising line. *Seasons* are noise about a yearly wave.

    Five things to do with them before r is computed: nothing; *take differences*, each value less
    the one before; *detrend*, take a straight line out; take the *season out*, the mean of each
    month; or compare *year on year*, with the same month of the year before.

    A cure works if {level:.0f} % of the pairs have a star afterwards, as with any noise. Choose one
    for each, and the map uncovers its row.
    """

    for_walks = Choice("Walks: take", tuple(CHANGES), default=None)
    for_trends = Choice("Trends: take", tuple(CHANGES), default=None)
    for_seasons = Choice("Seasons: take", tuple(CHANGES), default=None)
    months = Choice("Months", ("48", "96", "192"), default="96")
    seed = Seed("Draw")

    predict = Predict(
        "You detrend two unrelated random walks: a straight line is taken out of each. How many "
        "such pairs still have a star?",
        choices=[
            Option(
                text="About {level:.0f} %: the drift is gone",
                value="cured",
                feedback=(
                    "A line goes, and a walk is no line. What is left wanders on: "
                    "{walks_detrend:.0f} % still have a star."
                ),
                misconception="detrending_cures_everything",
            ),
            Option(
                text="As many as before",
                value="as before",
                feedback=(
                    "A little fewer: {walks_nothing:.0f} % before, {walks_detrend:.0f} % after. "
                    "The line is the smallest part of it."
                ),
                misconception="nothing_helps_walks",
            ),
            Option(
                text="Fewer than before, and far too many",
                value="too many",
                feedback=(
                    "{walks_nothing:.0f} % before, {walks_detrend:.0f} % after. Differences undo "
                    "what made the walk, and leave {walks_difference:.0f} %."
                ),
            ),
        ],
        answer=lambda exhibit: (
            "too many" if float(exhibit.facts["walks_detrend"]) > 20 else "cured"
        ),
    )

    task = Task(
        "Find the cure for each of the three: no more than {most:.0f} % with a star.",
        goals=[
            Goal(
                "Of the walks no more than {most:.0f} % have a star",
                met=lambda state: 0 <= state["walks_left"] <= state["most"],
            ),
            Goal(
                "Of the trends no more than {most:.0f} % have a star",
                met=lambda state: 0 <= state["trends_left"] <= state["most"],
            ),
            Goal(
                "Of the seasons no more than {most:.0f} % have a star",
                met=lambda state: 0 <= state["seasons_left"] <= state["most"],
            ),
        ],
        solution={
            "for_walks": "difference",
            "for_trends": "detrend",
            "for_seasons": "season out",
        },
        hints=[
            "What made the series wander? Take just that away.",
            "A walk is a sum of steps: the difference of neighbours is the step.",
            "What lies above a line goes with the line; what comes back each year goes with the "
            "month.",
        ],
    )

    mistakes = [
        Mistake(
            "Walks without their line still have {walks_left:.0f} % stars. A walk does not follow "
            "a line; it follows its last step.",
            when=lambda state: state["for_walks"] == "detrend",
            example={"for_walks": "detrend"},
            misconception="detrending_cures_everything",
        ),
        Mistake(
            "Differences of a season are a season: {seasons_left:.0f} % with a star. July still "
            "follows June.",
            when=lambda state: state["for_seasons"] == "difference",
            example={"for_seasons": "difference"},
            misconception="differencing_cures_everything",
        ),
        Mistake(
            "Differences of noise about a line: {trends_left:.0f} %, which is more than "
            "{most:.0f}. Each noise comes twice, with both signs, and the rows are tied anew. That "
            "is over-differencing.",
            when=lambda state: state["for_trends"] == "difference",
            example={"for_trends": "difference"},
            misconception="differencing_cures_everything",
        ),
        Mistake(
            "One of them still has {worst:.0f} % stars. Look for the row whose cure leaves more "
            "than {most:.0f} %.",
            when=lambda state: state["worst"] > state["most"],
            example={"for_walks": "season out"},
            misconception="one_cure_for_all",
        ),
    ]

    learned = [
        Outcome(
            "Walks want differences ({walks_difference:.0f} % instead of {walks_nothing:.0f} %), "
            "trends a line ({trends_detrend:.0f} %), seasons their months ({seasons_season:.0f} "
            "%). The wrong cure leaves {walks_detrend:.0f} % or {seasons_difference:.0f} %."
        )
    ]

    def show(
        self,
        for_walks: str | None,
        for_trends: str | None,
        for_seasons: str | None,
        months: str,
        seed: int,
    ) -> Exhibit:
        shares = _treated(int(months), seed)
        chosen = dict(zip(_CAUSES, (for_walks, for_trends, for_seasons), strict=True))
        left = {
            cause: float(shares[change][cause]) if change else -1.0
            for cause, change in chosen.items()
        }
        facts: dict[str, Any] = {
            "n": int(months),
            "level": 100 * _LEVEL,
            "most": 8.0,
            "worst": max(left.values()),
            "tried": sum(change is not None for change in chosen.values()),
        }
        for cause in _CAUSES:
            facts[f"{cause}_left"] = left[cause]
            for change in CHANGES:
                facts[f"{cause}_{change.split()[0]}"] = float(shares[change][cause])
        untried = pd.DataFrame(
            {change: [chosen[cause] is None for cause in _CAUSES] for change in CHANGES}, _CAUSES
        )
        untried["nothing"] = False
        return Exhibit(
            figures=(
                Heatmap(
                    shares,
                    (0, 100),
                    colours="viridis",
                    hidden=untried,
                    decimals=0,
                    scale="% of unrelated pairs with a star",
                    title="What each treatment leaves",
                ),
            ),
            facts=facts,
            table=shares.round(1),
            description=fill(
                "The share of unrelated pairs with a star, by what the series are and by what was "
                "done to them. Untreated it is {walks_nothing:.0f} % for walks, "
                "{trends_nothing:.0f} % for trends and {seasons_nothing:.0f} % for seasons; "
                "{tried} of three rows have been uncovered.",
                facts,
            ),
        )


@lru_cache(maxsize=512)
def _treated(months: int, seed: int) -> pd.DataFrame:
    """Per cent of unrelated pairs with a star: a row a cause, a column a treatment."""
    drawn = {
        "walks": random_walks(2 * _PAIRS, months, seed=seed),
        "trends": trends(2 * _PAIRS, months, slope=_SLOPE, seed=seed),
        "seasons": seasons(2 * _PAIRS, months, period=YEAR, amplitude=_HEIGHT, seed=seed),
    }
    shares = {}
    for number, (name, change) in enumerate(CHANGES.items()):
        working(number / len(CHANGES), f"Treating {2 * _PAIRS:,} series")
        shares[name] = [_share(change(drawn[cause])) for cause in _CAUSES]
    return pd.DataFrame(shares, _CAUSES)


def _share(series: Floats) -> float:
    half = len(series) // 2
    _, p = correlate_rows(series[:half], series[half:])
    return float(np.mean(p < _LEVEL) * 100)


_ECHOES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


class EffectiveRows(Step):
    """
    ### Rows that repeat each other

    Between noise and a walk there is a middle: each value keeps a share *phi* of the last one and
    adds something new. With a phi of zero it is noise. Near one it is nearly a walk.

    Two such series, unrelated, {n} rows each. The line shows how many pairs have a star. The number
    of independent rows that would tell as much is their number of *effective rows*.
    """

    phi = Slider("phi", 0.0, 0.95, default=0.0, step=0.05)
    n = Slider("Rows", 50, 400, default=100, step=50)
    seed = Seed("Draw")

    predict = Estimate(
        "With phi = {phi:.1f}, how many independent rows would tell as much as these {n}?",
        low=0,
        high=100,
        step=1,
        tolerance=5,
        shown_as="{value:.0f}",
        feedback="{effective:.1f}. The other {lost:.0f} rows repeat what has been said.",
        bands=[
            Band(
                low=0,
                high=6,
                feedback=(
                    "Not quite so bad: {effective:.1f}. Each value brings a little that is new."
                ),
                misconception="more_rows_cure_drift",
            ),
            Band(
                low=6,
                high=50,
                feedback=(
                    "Still too many. {effective:.1f} is all that {n} rows are worth when each "
                    "keeps {phi:.1f} of the last."
                ),
                misconception="rows_are_always_independent",
            ),
            Band(
                low=50,
                high=101,
                feedback=(
                    "Each row looks like a row. But it is nine tenths the last one, and r of "
                    "{n} such rows strays like r of {effective:.1f}."
                ),
                misconception="rows_are_always_independent",
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["effective"]),
        answer_at={"phi": 0.9},
    )

    task = Task(
        "Find a phi at which about a quarter of all unrelated pairs have a star: between "
        "{from_share:.0f} and {to_share:.0f} %.",
        goals=[
            Goal(
                "The share with a star is between {from_share:.0f} and {to_share:.0f} %: now "
                "{share:.0f} %",
                met=lambda state: state["from_share"] <= state["share"] <= state["to_share"],
            ),
        ],
        solution={"phi": 0.7},
        hints=["The line on the right. Where does it cross a quarter?", "More than a half."],
    )

    mistakes = [
        Mistake(
            "At {phi:.2f} it is {share:.0f} % of the pairs. Up to a half not much seems to "
            "happen, and that is the trap. Go higher.",
            when=lambda state: state["phi"] > 0 and state["share"] < state["from_share"],
            example={"phi": 0.4},
            misconception="little_echo_no_harm",
        ),
        Mistake(
            "At {phi:.2f} already {share:.0f} % of the pairs have a star, and {n} rows are "
            "worth {effective:.1f}. Go lower.",
            when=lambda state: state["share"] > state["to_share"],
            example={"phi": 0.9},
            misconception="little_echo_no_harm",
        ),
        Mistake(
            "{n} rows, and still {share:.0f} %: with phi at zero every row counts. It is phi "
            "that ties them together.",
            when=lambda state: state["phi"] == 0,
            example={"n": 300},
            misconception="more_rows_cure_drift",
        ),
    ]

    learned = [
        Outcome(
            "With phi = {phi:.2f}, {share:.0f} % of unrelated pairs have a star, and {n} rows are "
            "worth {effective:.0f}. With {high_echo:.1f} it is {share_high:.0f} %, and "
            "{effective_high:.1f} rows."
        )
    ]

    def show(self, phi: float, n: int, seed: int) -> Exhibit:
        line = _by_phi(n)
        pair = autoregressions(2, n, phi=phi, seed=seed)
        r, p = correlate_rows(pair[:1], pair[1:])
        facts = {
            "high_echo": 0.9,
            "level": 100 * _LEVEL,
            "from_share": 20.0,
            "to_share": 30.0,
            "share": _starred_echoes(phi, n),
            "share_high": float(line["unrelated pairs"][0.9]),
            "effective": _effective(phi, n),
            "effective_high": _effective(0.9, n),
            "lost": n - _effective(phi, n),
            "r": float(r[0]),
            "p": float(p[0]),
        }
        words = {"phi": phi, **facts}
        paths = pd.DataFrame(pair.T, pd.RangeIndex(1, n + 1, name="row"), ["one", "other"])
        return Exhibit(
            figures=(
                Lines(paths, title=fill("One pair: r = {r:.2f}, {p:p}", facts), y="value"),
                Lines(
                    line,
                    title=fill("phi = {phi:.2f}: {share:.0f} % with a star", words),
                    y="% with a star",
                    marks={fill("{level:.0f} %", facts): facts["level"]},
                ),
            ),
            across=2,
            facts=facts,
            table=line.round(1),
            description=fill(
                "Two unrelated series that keep {phi:.2f} of their last value, with r = {r:.2f}, "
                "and a line of the share of such pairs with a star. It is {share:.0f} % here and "
                "{share_high:.0f} % at {high_echo:.1f}.",
                words,
            ),
        )


def _effective(phi: float, n: int) -> float:
    """Bartlett's formula with the true autocorrelation."""
    return n * (1 - phi**2) / (1 + phi**2)


@lru_cache(maxsize=256)
def _starred_echoes(phi: float, n: int) -> float:
    return _share(autoregressions(2 * _PAIRS, n, phi=phi, seed=1))


@lru_cache(maxsize=16)
def _by_phi(n: int) -> pd.DataFrame:
    shares = []
    for number, phi in enumerate(_ECHOES):
        working(number / len(_ECHOES), "Drawing series")
        shares.append(_starred_echoes(phi, n))
    return pd.DataFrame({"unrelated pairs": shares}, pd.Index(_ECHOES, name="phi"))
