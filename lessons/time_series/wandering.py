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
    Claim,
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
    State,
    Step,
    Task,
    fill,
    working,
)
from lib.stats import (
    autoregressions,
    correlate_rows,
    critical_r,
    effective_n_known,
    random_walks,
    seasons,
    trends,
)

_LEVEL = 0.05
_MANY = 4000
_SHORT, _MIDDLE, _LONG = 20, 100, 1000


class TwoWalks(Step):
    """
    ### Two drunkards and a star

    Two people leave the same bar. At every beat each takes a step, to the left or to the right, as
    chance has it. Neither sees the other.

    Such a path is a *random walk*. Both are written down for {rows} beats. Then r of the two
    columns is computed, and its p, as if each beat were a new observation.
    """

    readings = {
        "r of this pair": "{r:.2f}",
        "with a star": "{starred} of {draws}",
    }

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
                holds=lambda state: state["truth"] > 2 * state["level"],
                tempting=True,
            ),
            Option(
                text="Fewer: walks are pure chance",
                value="fewer",
                feedback=(
                    "The steps are pure chance. Their sums drift, and two drifts often go the same "
                    "way, or opposite ways: {truth:.0f} % get a star."
                ),
                misconception="rows_are_always_independent",
                holds=lambda state: state["truth"] > 50,
            ),
            Option(
                text="Most of them",
                value="most",
                feedback=(
                    "{truth:.0f} %. A walk has only a few long ups and downs, so that two of them "
                    "often go the same way, or opposite ways, for a long time."
                ),
                holds=lambda state: state["truth"] > 50,
            ),
        ],
        answer=lambda exhibit: "most" if float(exhibit.facts["truth"]) > 50 else "level",
        seen_at={"draws": 300},
    )

    task = Task(
        "Now ten times as many beats, {long}. Draw at least {enough} pairs of such walks and say "
        "which share of them has a star. Anything within {near} points of what thousands of pairs "
        "say will do.",
        goals=[
            Goal(
                "The walks are the longest: now {rows} beats",
                met=lambda state: state["rows"] == state["long"],
            ),
            Goal(
                "At least {enough} pairs of walks are drawn: now {draws}",
                met=lambda state: state["draws"] >= state["enough"],
            ),
            Goal(
                "The share with a star is right within {near} points: now {answer}",
                met=lambda state: (
                    state["answer"] is not None
                    and abs(state["answer"] - state["truth_long"]) <= state["near"]
                ),
            ),
        ],
        solution={"draws": 60, "rows_of_walk": "1000", "answer": 92},
        hints=[
            "Ten more, and ten more. The title keeps the count.",
            "The bars outside the shaded range are the pairs with a star.",
        ],
    )

    mistakes = [
        Mistake(
            "Of pairs of walks with {rows} beats {truth:.0f} % have a star. The question is about "
            "walks of {long}, and there it is more.",
            when=lambda state: state["answer"] is not None and state["rows"] != state["long"],
            example={"draws": 60, "answer": 76},
            misconception="more_rows_cure_drift",
            holds=lambda state: state["truth"] < state["truth_long"],
        ),
        Mistake(
            "{draws} drawn so far: the share of so few still strays. Draw on to {enough}.",
            when=lambda state: state["answer"] is not None and state["draws"] < state["enough"],
            example={"draws": 8, "rows_of_walk": "1000", "answer": 100},
            misconception="one_draw_shows_chance",
        ),
        Mistake(
            "{answer} % is too low: {starred} of your {draws} pairs had a star. More beats do not "
            "bring the walks nearer to independent rows.",
            when=lambda state: (
                state["answer"] is not None and state["answer"] < state["truth_long"]
            ),
            example={"draws": 60, "rows_of_walk": "1000", "answer": 5},
            misconception="more_rows_cure_drift",
            holds=lambda state: 100 * state["starred"] / state["draws"] > state["answer"],
        ),
        Mistake(
            "Walks of {rows} beats have a star less often than longer ones. The question is about "
            "walks of {long}.",
            when=lambda state: state["rows"] < state["middle"],
            example={"rows_of_walk": "20"},
            misconception="more_rows_cure_drift",
            holds=lambda state: state["truth"] < state["truth_middle"] < state["truth_long"],
        ),
    ]

    learned = [
        Outcome(
            "Of pairs of walks with {short} beats {truth_short:.0f} % have a star, with {middle} "
            "beats {truth_middle:.0f} %, with {long} beats {truth_long:.0f} %. More rows of a walk "
            "make the false star more certain, not less.",
            holds=lambda state: state["truth_short"] < state["truth_middle"] < state["truth_long"],
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
            "short": _SHORT,
            "middle": _MIDDLE,
            "long": _LONG,
            "level": 100 * _LEVEL,
            "enough": 50,
            "near": 10,
            "starred": starred,
            "r": float(r.iloc[-1]),
            "p": drawn[-1][1],
            "critical": critical,
            "truth": _starred_walks(rows),
            "truth_short": _starred_walks(_SHORT),
            "truth_middle": _starred_walks(_MIDDLE),
            "truth_long": _starred_walks(_LONG),
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
                    limits=(-1, 1),
                    shade=(-critical, critical),
                ),
            ),
            across=2,
            facts=facts,
            table=r.rename_axis("draw").to_frame().round(3),
            description=fill(
                "The paths of two independent walks over {rows} beats, with r = {r:.2f}, and the r "
                "of every pair drawn so far, {draws} in all. Beyond {critical:.2f}, which earns a "
                "star: {starred}.",
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
_TYPICAL_DRAW = 1
# In each draw up to the last a cure leaves less than the most, and what is none leaves more.
_LAST_DRAW, _MOST = 99, 8.2
_FITTING = {"walks": "difference", "trends": "detrend", "seasons": "season out"}
_REASONS = (
    "their line is still in them",
    "neighbouring differences share a value",
    "so few pairs were drawn",
)


class Cure(Step):
    """
    ### The cure must fit the cause

    Three kinds of series, always in unrelated pairs. *Walks* add up their steps. *Trends* are noise
    about a rising line. *Seasons* are noise about a yearly wave.

    Five things to do with them before r is computed: nothing; *take differences*, each value less
    the one before; *detrend*, take a straight line out; take the *season out*, the mean of each
    month; or compare *year on year*, with the same month of the year before.

    A cure works if about {level:.0f} % of the pairs have a star afterwards, as between rows of
    noise. No draw here goes beyond {most:.1f} % by chance, so up to there it counts as cured.
    Choose one for each, and the map uncovers its row.
    """

    readings = {
        "walks with a star, %": "{walks_now}",
        "trends, %": "{trends_now}",
        "seasons, %": "{seasons_now}",
    }

    for_walks = Choice("Walks: take", tuple(CHANGES), default=None)
    for_trends = Choice("Trends: take", tuple(CHANGES), default=None)
    for_seasons = Choice("Seasons: take", tuple(CHANGES), default=None)
    months = Choice("Months", ("96", "192", "384"), default="96")
    seed = Seed("Draw", high=_LAST_DRAW, default=_TYPICAL_DRAW)
    answers = {
        "why": Choice("Differences of trends leave too many, because", _REASONS, default=None)
    }
    typical = (
        "walks_nothing",
        "walks_detrend",
        "walks_difference",
        "trends_difference",
        "seasons_season",
    )

    predict = Predict(
        "You detrend two unrelated random walks: a straight line is taken out of each. How many "
        "such pairs still have a star?",
        choices=[
            Option(
                text="About {level:.0f} %: the drift is gone",
                value="cured",
                feedback=(
                    "The line goes. But a walk does not follow a line, and what is left wanders "
                    "on: {walks_detrend:.0f} % still have a star."
                ),
                misconception="detrending_cures_everything",
                holds=lambda state: state["walks_detrend"] > 50,
                tempting=True,
            ),
            Option(
                text="As many as before",
                value="as before",
                feedback=(
                    "There are fewer: {walks_nothing:.0f} % before, {walks_detrend:.0f} % after. "
                    "And something else would help a walk."
                ),
                misconception="nothing_helps_walks",
                holds=lambda state: (
                    state["walks_difference"] < state["most"] < state["walks_detrend"]
                    and state["walks_detrend"] < state["walks_nothing"] - 3
                ),
            ),
            Option(
                text="Fewer than before, and far too many",
                value="too many",
                feedback=(
                    "{walks_nothing:.0f} % before, {walks_detrend:.0f} % after. The line was only "
                    "a part of the wandering."
                ),
                holds=lambda state: (
                    state["most"] < state["walks_detrend"] < state["walks_nothing"] - 3
                ),
            ),
        ],
        answer=lambda exhibit: (
            "too many" if float(exhibit.facts["walks_detrend"]) > 20 else "cured"
        ),
        seen_at={"for_walks": "detrend"},
    )

    task = Task(
        "Find the cure for each of the three: no more than {most:.1f} % with a star. Then look at "
        "what *differences* leave of the trends, and say why that is more.",
        goals=[
            Goal(
                "No more than {most:.1f} % of the walks have a star: now {walks_now}",
                met=lambda state: 0 <= state["walks_left"] <= state["most"],
            ),
            Goal(
                "No more than {most:.1f} % of the trends have a star: now {trends_now}",
                met=lambda state: 0 <= state["trends_left"] <= state["most"],
            ),
            Goal(
                "No more than {most:.1f} % of the seasons have a star: now {seasons_now}",
                met=lambda state: 0 <= state["seasons_left"] <= state["most"],
            ),
            Goal(
                "Why differences leave too many of the trends: now {why}",
                met=lambda state: state["why"] == _REASONS[1],
            ),
        ],
        solution={
            "for_walks": "difference",
            "for_trends": "detrend",
            "for_seasons": "season out",
            "why": _REASONS[1],
        },
        hints=[
            "What made the series wander? Take just that away.",
            "A walk is a sum of steps: the difference of neighbours is the step.",
            "What rises along a line goes with the line; what comes back each year goes with the "
            "month.",
            "Write down two differences in a row: May less April, June less May.",
        ],
    )

    mistakes = [
        Mistake(
            "Walks without their line still have {walks_left:.0f} % stars. A walk does not follow "
            "a line; it goes on from where it stands.",
            when=lambda state: state["for_walks"] == "detrend",
            example={"for_walks": "detrend"},
            misconception="detrending_cures_everything",
            holds=lambda state: state["walks_left"] > state["most"],
        ),
        Mistake(
            "Differences of a season are a season again: {seasons_left:.0f} % with a star. The "
            "step from June to July comes back every year, too.",
            when=lambda state: state["for_seasons"] == "difference",
            example={"for_seasons": "difference"},
            misconception="differencing_cures_everything",
            holds=lambda state: state["seasons_left"] > 50,
        ),
        Mistake(
            "Differences of noise about a line: {trends_left:.0f} %, more than {most:.1f}. The "
            "line is gone, but something new has come in. This is called over-differencing.",
            when=lambda state: state["for_trends"] == "difference",
            example={"for_trends": "difference"},
            misconception="differencing_cures_everything",
            holds=lambda state: state["trends_left"] > state["most"],
        ),
        Mistake(
            "One of them still has {worst:.0f} % stars. Look for the row whose cure leaves more "
            "than {most:.1f} %.",
            when=lambda state: state["worst"] > state["most"],
            example={"for_walks": "season out"},
            misconception="one_cure_for_all",
            holds=lambda state: state["worst"] > state["most"],
        ),
        Mistake(
            "A line has the same step everywhere. Its differences are one number, and r does not "
            "see a number that is the same in every row. So the line is gone.",
            when=lambda state: state["why"] == _REASONS[0],
            example={"why": _REASONS[0]},
            misconception="differencing_cures_everything",
        ),
        Mistake(
            "{pairs:,} pairs were drawn. By chance the share would differ from {level:.0f} % by a "
            "point or so, and it is {trends_difference:.0f} %.",
            when=lambda state: state["why"] == _REASONS[2],
            example={"why": _REASONS[2]},
            misconception="differencing_cures_everything",
            holds=lambda state: state["trends_difference"] > state["level"] + 2,
        ),
    ]

    learned = [
        Outcome(
            "Differences leave {walks_left:.0f} % of the walks with a star, a line taken out "
            "{trends_left:.0f} % of the trends, the months taken out {seasons_left:.0f} % of the "
            "seasons. Any other treatment on the map leaves {least_wrong:.0f} % or more. "
            "Differences of the trends share a value with their neighbours, once with a plus and "
            "once with a minus, so that each has r = {differences_echo:.2f} with the next. Rows "
            "that are not independent are back, and {trends_difference:.0f} % have a star.",
            holds=lambda state: (
                state["least_wrong"]
                > state["most"]
                >= max(state["walks_left"], state["trends_left"], state["seasons_left"])
                and state["differences_echo"] < -0.4
            ),
        )
    ]

    holds = [
        Claim(
            "No draw here goes beyond {most:.1f} % by chance",
            lambda state: (
                max(state["walks_difference"], state["trends_detrend"], state["seasons_season"])
                < state["most"]
            ),
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
            "most": _MOST,
            "pairs": _PAIRS,
            "differences_echo": _differences_echo(int(months), seed),
            "least_wrong": min(
                float(shares[change][cause])
                for cause in _CAUSES
                for change in CHANGES
                if change != _FITTING[cause]
            ),
            "worst": max(left.values()),
            "tried": sum(change is not None for change in chosen.values()),
        }
        for cause in _CAUSES:
            facts[f"{cause}_left"] = left[cause]
            facts[f"{cause}_now"] = f"{left[cause]:.1f} %" if chosen[cause] else "nothing yet"
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


@lru_cache(maxsize=16)
def _differences_echo(months: int, seed: int) -> float:
    """The mean r of a difference of the trends with the one before it."""
    steps = np.diff(trends(2 * _PAIRS, months, slope=_SLOPE, seed=seed))
    r, _ = correlate_rows(steps[:, :-1], steps[:, 1:])
    return float(np.mean(r))


def _share(series: Floats) -> float:
    half = len(series) // 2
    _, p = correlate_rows(series[:half], series[half:])
    return float(np.mean(p < _LEVEL) * 100)


_ECHOES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_HIGH, _WANTED = 0.9, 100
_LEAST, _FEW, _MORE = 50, 200, 400


class EffectiveRows(Step):
    """
    ### Rows that repeat each other

    Between noise and a walk there is a middle: each value keeps a share *phi* of the last one and
    adds something new. With a phi of zero it is noise. Near one it is nearly a walk.

    Two such series, unrelated, {n} rows each. The line shows how many pairs have a star. The number
    of independent rows whose r would stray as far is their number of *effective rows*. A short
    formula for it is `n * (1 - phi**2) / (1 + phi**2)`. It is made for many rows.
    """

    readings = {
        "r": "{r:.2f}",
        "rows": "{n}",
        "false stars": "{share:.0f} %",
    }

    phi = Slider("phi", 0.0, 0.95, default=0.0, step=0.05)
    n = Slider("Rows", _LEAST, _MORE, default=100, step=50)
    seed = Seed("Draw")
    answers = {"answer": Number("Rows that it takes", 1, 5000)}
    typical = ("r", "p")

    predict = Estimate(
        "With phi = {phi:.1f}, how many independent rows would have an r that strays as far as "
        "that of these {n}?",
        low=0,
        high=100,
        step=1,
        tolerance=5,
        shown_as="{value:.0f}",
        feedback="{effective:.1f}. The other {lost:.0f} rows repeat what has been said.",
        bands=[
            Band(
                low=0,
                high=12,
                feedback=(
                    "Not quite so bad: {effective:.1f}. Each value brings a little that is new. "
                    "The short formula says {short:.1f}, which is too few here."
                ),
                misconception="short_formula_fits_any_n",
                holds=lambda state: state["value"] < state["effective"] > state["short"] + 2,
            ),
            Band(
                low=12,
                high=50,
                feedback=(
                    "Still too many. {effective:.1f} is all that {n} rows are worth when each "
                    "keeps {phi:.1f} of the last."
                ),
                misconception="rows_are_always_independent",
                holds=lambda state: state["effective"] < 20,
            ),
            Band(
                low=50,
                high=101,
                feedback=(
                    "Each row looks like a row. But most of it is the last one, and r of {n} such "
                    "rows strays like r of {effective:.1f}."
                ),
                misconception="rows_are_always_independent",
                holds=lambda state: state["phi"] > 0.5 and state["effective"] < 20,
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["effective"]),
        answer_at={"phi": _HIGH},
        seen_at=None,
    )

    task = Task(
        "Series with phi = {high_echo:.1f}: how many rows does it take until they are worth "
        "{wanted} independent ones? The slider ends before. Say it within a tenth.",
        goals=[
            Goal(
                "phi is {high_echo:.1f}: now {phi:.2f}",
                met=lambda state: state["phi"] == state["high_echo"],
            ),
            Goal(
                "The number of rows is right within a tenth: now {answer}",
                met=lambda state: (
                    state["answer"] is not None
                    and abs(state["answer"] - state["needed"]) <= 0.1 * state["needed"]
                ),
            ),
        ],
        solution={"phi": _HIGH, "answer": 920},
        hints=[
            "The title says what the rows on the screen are worth. What do {few} more rows add?",
            "Here the short formula is good enough. Put {wanted} on its left side.",
        ],
    )

    mistakes = [
        Mistake(
            "On the screen phi is {phi:.2f}, where {n} rows are worth {effective:.0f}. The "
            "question is about a phi of {high_echo:.1f}.",
            when=lambda state: state["answer"] is not None and state["phi"] != state["high_echo"],
            example={"phi": 0.5, "answer": 170},
            misconception="little_echo_no_harm",
        ),
        Mistake(
            "{answer} is not enough: {more} rows are worth {worth_more:.1f}. They are "
            "rows, but hardly new ones.",
            when=lambda state: state["answer"] is not None and state["answer"] <= state["more"],
            example={"phi": _HIGH, "answer": 100},
            misconception="rows_are_always_independent",
            holds=lambda state: state["worth_more"] < state["wanted"] / 2,
        ),
        Mistake(
            "{answer} is off by more than a tenth. {few} rows are worth {worth_few:.1f}, {more} "
            "are worth {worth_more:.1f}. Go on at that rate.",
            when=lambda state: state["answer"] is not None,
            example={"phi": _HIGH, "answer": 2000},
            misconception="rows_are_always_independent",
            holds=lambda state: abs(_at_that_rate(state) / state["needed"] - 1) < 0.1,
        ),
        Mistake(
            "At a phi of {phi:.2f} it is {share:.0f} % of the pairs, where the level says "
            "{level:.0f}. Further up it grows faster. Go higher.",
            when=lambda state: 0 < state["phi"] <= 0.5,
            example={"phi": 0.4},
            misconception="little_echo_no_harm",
            holds=lambda state: state["share"] < 20 < state["share_high"] / 2,
        ),
        Mistake(
            "{n} rows, and {share:.0f} %: with phi at zero every row counts, few or many. It is "
            "phi that ties them together.",
            when=lambda state: state["phi"] == 0 and state["n"] != _WANTED,
            example={"n": 300},
            misconception="more_rows_cure_drift",
            holds=lambda state: abs(state["share"] - state["level"]) < 2,
        ),
    ]

    learned = [
        Outcome(
            "About {needed:.0f} rows with phi = {high_echo:.1f} are worth {wanted} independent "
            "ones. The {n} on the screen are worth {effective:.1f}, and the short formula says "
            "{short:.1f}: it takes means and spreads as known, while r has to estimate them from "
            "the same rows. Of many rows its error is a small share, of few a large one. "
            "Counted as independent rows, these give {share:.0f} % of pairs a star.\n\n"
            "*This part ends here.* Series that wander have false stars, each kind has its own "
            "cure, and rows that repeat each other count for fewer. A good place to rest.",
            holds=lambda state: (
                state["short"] < state["effective"] < state["n"]
                and state["share"] > 20
                and _short_by(_MORE) < 0.1 < _short_by(_LEAST)
            ),
        )
    ]

    holds = [
        Claim("With a phi of zero it is noise", lambda state: abs(state["lost"]) < 1e-6),
    ]

    def show(self, phi: float, n: int, seed: int) -> Exhibit:
        line = _by_phi(n)
        pair = autoregressions(2, n, phi=phi, seed=seed)
        r, p = correlate_rows(pair[:1], pair[1:])
        effective = _effective(phi, n)
        facts = {
            "high_echo": _HIGH,
            "level": 100 * _LEVEL,
            "wanted": _WANTED,
            "few": _FEW,
            "more": _MORE,
            "worth_few": _effective(_HIGH, _FEW),
            "worth_more": _effective(_HIGH, _MORE),
            "needed": _rows_needed(),
            "share": _starred_echoes(phi, n),
            "share_high": float(line["unrelated pairs"][_HIGH]),
            "effective": effective,
            "short": _short_formula(phi, n),
            "lost": n - effective,
            "r": float(r[0]),
            "p": float(p[0]),
        }
        words = {"phi": phi, "n": n, **facts}
        paths = pd.DataFrame(pair.T, pd.RangeIndex(1, n + 1, name="row"), ["one", "other"])
        return Exhibit(
            figures=(
                Lines(paths, title=fill("One pair: r = {r:.2f}, {p:p}", facts), y="value"),
                Lines(
                    line,
                    title=fill("{n} rows, worth {effective:.1f}: {share:.0f} % with a star", words),
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
                "{share_high:.0f} % at {high_echo:.1f}; the {n} rows are worth {effective:.1f}.",
                words,
            ),
        )


@lru_cache(maxsize=256)
def _effective(phi: float, n: int) -> float:
    echo = tuple(phi ** np.arange(n))
    return effective_n_known(echo, echo)


def _at_that_rate(state: State) -> float:
    """The rows needed if more of them go on to be worth what the last ones were worth."""
    a_row = (state["worth_more"] - state["worth_few"]) / (state["more"] - state["few"])
    return float(state["more"] + (state["wanted"] - state["worth_more"]) / a_row)


def _short_by(n: int) -> float:
    """Which share of the rows that these are worth the short formula leaves out."""
    return 1 - _short_formula(_HIGH, n) / _effective(_HIGH, n)


def _short_formula(phi: float, n: int) -> float:
    """Bartlett's formula with the true autocorrelation: what `_effective` tends to."""
    return n * (1 - phi**2) / (1 + phi**2)


def _rows_needed() -> float:
    """Rows that are worth as many as wanted: beyond `_MORE` each adds what the formula says."""
    each = _short_formula(_HIGH, 1)
    return _MORE + (_WANTED - _effective(_HIGH, _MORE)) / each


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
