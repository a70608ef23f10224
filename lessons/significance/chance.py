"""What chance earns on a map of nothing."""

from functools import lru_cache

import numpy as np
import pandas as pd
from scipy import special

from lessons.significance.stars import (
    COLUMNS,
    LEVEL,
    ROWS,
    Floats,
    behind,
    most_stars,
    starred_map,
)
from lib.charts import Histogram
from lib.course import (
    Choice,
    Exhibit,
    Goal,
    Mistake,
    Number,
    Option,
    Outcome,
    Predict,
    Redraws,
    Slider,
    Step,
    Task,
    fill,
    working,
)
from lib.stats import correlate, correlate_tables, noise_tables


class Noise(Step):
    """
    ### Stars over an empty field

    {columns} columns, {rows} rows, pure noise. No column knows of any other. On this gossip board
    nobody has anything to say.

    Then the usual map of all {pairs} pairs, with the usual stars: one wherever p is below
    {level:.0f} %.
    """

    readings = {
        "stars, this draw": "{stars}",
        "mean of all draws": "{mean:.1f}",
        "draws": "{draws}",
    }

    draws = Redraws("Draws", 200)
    rows = Choice("Rows", ("20", "100", "1000"), default="100")
    columns = Slider("Columns", 5, 20, default=20, step=5)
    answers = {"answer": Number("Stars that noise earns", 0, 190)}

    predict = Predict(
        "{pairs} pairs, nothing behind any of them, tested at {level:.0f} %. How many stars does "
        "such a map earn on average?",
        choices=[
            Option(
                text="None: it is noise",
                value=0.0,
                feedback=(
                    "One would hope so. But the level *is* the share of stars that noise earns: "
                    "{level:.0f} % of {pairs} pairs are {expected:.1f}. This table has {stars}."
                ),
                misconception="noise_earns_no_stars",
                holds=lambda state: state["stars"] > 0,
            ),
            Option(
                text="About {value:.0f}: {level:.0f} % of {columns} columns",
                value=1.0,
                feedback=(
                    "The right share of the wrong thing. What is tested are pairs, {pairs} of "
                    "them, so {expected:.1f} on average. This table has {stars}."
                ),
                misconception="chance_counts_columns",
                holds=lambda state: state["value"] < state["expected"] / 2,
            ),
            Option(
                text="About {value:.1f}: {level:.0f} % of {pairs} pairs",
                value=9.5,
                feedback=(
                    "{level:.0f} % of {pairs}. This table has {stars}, and the strongest pair "
                    "shows |r| = {largest:.2f}. Write a paper about it."
                ),
                tempting=True,
                holds=lambda state: state["largest_p"] < state["level"] / 100,
            ),
        ],
        answer=lambda exhibit: exhibit.facts["expected"],
        seen_at={"draws": 200},
        tolerance=1e-9,
    )

    task = Task(
        "Draw tables of {columns} columns, at least {enough} of them, until their mean number of "
        "stars has settled within {near} of what chance should give. Then say it in whole stars: "
        "what does noise earn?",
        goals=[
            Goal(
                "The tables have as many columns as the task says: now {columns}",
                met=lambda state: state["columns"] == COLUMNS,
            ),
            Goal(
                "At least {enough} tables are drawn: now {draws}",
                met=lambda state: state["draws"] >= state["enough"],
            ),
            Goal(
                "Their mean is within {near} of what chance should give: now {mean:.1f}",
                met=lambda state: abs(state["mean"] - state["expected"]) <= state["near"],
            ),
            Goal(
                "What noise earns on all the columns is right to a star: now {answer}",
                met=lambda state: (
                    state["answer"] is not None and abs(state["answer"] - state["earned"]) < 1
                ),
            ),
        ],
        solution={"draws": 10, "answer": 10},
        hints=[
            "Each draw adds a bar on the right. One bar is luck; their mean is what chance does.",
            "A level of {level:.0f} % means: so many of a hundred pairs with nothing in them get "
            "a star.",
            "{level:.0f} % of {pairs} is {expected:.1f}. The next whole number counts, on either "
            "side.",
        ],
    )

    mistakes = [
        Mistake(
            "That would rest on {draws} {draws:draw|draws}. The next may have {low} "
            "{low:star|stars}, or {high}. Draw on.",
            when=lambda state: state["answer"] is not None and state["draws"] < state["enough"],
            example={"draws": 1, "answer": 13},
            misconception="one_draw_shows_chance",
            holds=lambda state: state["low"] < state["high"],
        ),
        Mistake(
            "{columns} columns make only {pairs} pairs, and {level:.0f} % of those are "
            "{expected:.1f}. Chance counts pairs. Go back to all the columns.",
            when=lambda state: state["columns"] < COLUMNS,
            example={"columns": 10},
            misconception="chance_counts_columns",
            holds=lambda state: state["pairs"] < COLUMNS * (COLUMNS - 1) / 2,
        ),
        Mistake(
            "None? These {draws} tables earned {mean:.1f} on average, and every one of them was "
            "noise.",
            when=lambda state: state["answer"] == 0,
            example={"draws": 10, "answer": 0},
            misconception="noise_earns_no_stars",
            holds=lambda state: state["mean"] > 1,
        ),
        Mistake(
            "{rows} rows, and noise still earns {mean:.1f} stars a table. The test knows n, and "
            "keeps its {level:.0f} % at every n. What changes is the r that a star takes.",
            when=lambda state: int(state["rows"]) > ROWS and state["answer"] is None,
            example={"draws": 5, "rows": "1000"},
            misconception="rows_cure_chance",
            holds=lambda state: state["mean"] > 1,
        ),
        Mistake(
            "{draws} tables, {mean:.1f} stars on average: a mean of few draws is a draw as well. "
            "Go on until it settles.",
            when=lambda state: (
                state["draws"] >= state["enough"]
                and abs(state["mean"] - state["expected"]) > state["near"]
            ),
            example={"draws": 5},
            misconception="one_draw_shows_chance",
        ),
        Mistake(
            "{answer} is not what chance gives in the long run. What is a level of "
            "{level:.0f} %, out of {pairs} pairs?",
            when=lambda state: state["answer"] is not None,
            example={"draws": 10, "answer": 1},
            misconception="chance_counts_columns",
            holds=lambda state: abs(state["answer"] - state["earned"]) >= 1,
        ),
    ]

    learned = [
        Outcome(
            "Noise earns stars: {level:.0f} % of {pairs} pairs, {expected:.1f} a table, in most "
            "tables between {low} and {high}. Its strongest pair reached |r| = {mean_largest:.2f} "
            "on average. Tested as if it were the only one, such a pair has {largest_p:p}.",
            holds=lambda state: (
                state["low"] < state["expected"] < state["high"]
                and state["largest_p"] < state["level"] / 100
            ),
        )
    ]

    def show(self, draws: int, rows: str, columns: int) -> Exhibit:
        n = int(rows)
        drawn = []
        for number in range(draws):
            working(number / draws, "Drawing noise")
            drawn.append(_noise(_FIRST + number, n, columns))
        stars = pd.Series([count for count, _ in drawn], range(1, draws + 1), name="stars")
        pairs = columns * (columns - 1) // 2
        low, high = _usual(pairs)
        mean_largest = float(np.mean([largest for _, largest in drawn]))
        facts = {
            "pairs": pairs,
            "level": 100 * LEVEL,
            "enough": 5,
            "near": 2.5,
            "stars": int(stars.iloc[-1]),
            "mean": float(stars.mean()),
            "expected": LEVEL * pairs,
            "earned": LEVEL * COLUMNS * (COLUMNS - 1) / 2,
            "low": low,
            "high": high,
            "largest": drawn[-1][1],
            "mean_largest": mean_largest,
            "largest_p": _p_of(mean_largest, n),
        }
        table = _named(noise_tables(1, n, columns, seed=_FIRST + draws - 1)[0])
        found = correlate(table, adjust="none")
        return Exhibit(
            figures=(
                starred_map(
                    found.r,
                    found.p < LEVEL,
                    decimals=None,
                    title=fill(f"Draw {draws}: {{stars}} {{stars:star|stars}}", facts),
                ),
                Histogram(
                    stars,
                    title=f"All draws: {facts['mean']:.1f} stars on average",
                    marks={f"{facts['level']:.0f} % of the pairs": facts["expected"]},
                    shade=(low - 0.5, high + 0.5),
                    limits=(-0.5, most_stars(pairs) + 0.5),
                ),
            ),
            across=2,
            facts=facts,
            table=stars.rename_axis("draw").to_frame(),
            description=fill(
                f"A map of {columns} columns of noise with {{stars}} {{stars:star|stars}} among "
                f"{{pairs}} pairs, and beside it how many stars each draw had. After {draws} "
                f"{'draw' if draws == 1 else 'draws'} the mean is "
                "{mean:.1f}; {level:.0f} % of the pairs would be {expected:.1f}.",
                facts,
            ),
            behind=behind(table, interval=False),
        )


# This draw is like most: as many stars as chance should give, and a usual largest r.
_FIRST = 109


@lru_cache(maxsize=2048)
def _noise(seed: int, rows: int, columns: int) -> tuple[int, float]:
    """The stars of one table of noise, and its largest |r|."""
    r, p = correlate_tables(noise_tables(1, rows, columns, seed=seed))
    return int((p < LEVEL).sum()), float(np.abs(r).max())


def _p_of(r: float, rows: int) -> float:
    """The p of a single r, by the t test."""
    t = r * np.sqrt((rows - 2) / (1 - r**2))
    return float(2 * special.stdtr(rows - 2, -t))


def _usual(pairs: int) -> tuple[int, int]:
    """The quantiles of the binomial distribution between which 95 % of tables have their stars."""
    at_most = special.bdtr(np.arange(pairs + 1), pairs, LEVEL)
    low, high = np.searchsorted(at_most, [0.025, 0.975])
    return int(low), int(high)


def _named(values: Floats) -> pd.DataFrame:
    return pd.DataFrame(values, columns=[f"c{i + 1}" for i in range(values.shape[1])])
