"""What chance earns, and what an adjustment leaves of it."""

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lessons.significance import scripts
from lessons.significance.stars import ADJUSTMENTS, LEVELS, behind, starred_map
from lib.charts import Bars, Histogram
from lib.course import (
    Choice,
    Exhibit,
    Mistake,
    Number,
    Option,
    Predict,
    Redraws,
    Seed,
    Slider,
    Step,
    Task,
    fill,
    working,
)
from lib.stats import adjust_p_values, correlate, correlate_tables, noise_tables

Floats = NDArray[np.float64]

_LEVEL = 0.05
_ROWS, _COLUMNS = 100, 20
_PAIRS = _COLUMNS * (_COLUMNS - 1) // 2


class Noise(Step):
    """
    ### Stars over an empty field

    {columns} columns, {rows} rows, pure noise. No column knows of any other. On this gossip board
    nobody has anything to say.

    Then the usual map of all {pairs} pairs, with the usual stars: one wherever p is below
    {level:.0f} %.
    """

    draws = Redraws("Draws", 200)
    rows = Choice("Rows", ("20", "100", "1000"), default="100")
    columns = Slider("Columns", 5, 20, default=20, step=5)
    answer = Number("Stars that noise earns", 0, 190)

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
            ),
            Option(
                text="About {value:.0f}: {level:.0f} % of {columns} columns",
                value=1.0,
                feedback=(
                    "The right share of the wrong thing. What is tested are pairs, {pairs} of "
                    "them, so {expected:.1f} on average. This table has {stars}."
                ),
                misconception="chance_counts_columns",
            ),
            Option(
                text="About {value:.1f}: {level:.0f} % of {pairs} pairs",
                value=9.5,
                feedback=(
                    "{level:.0f} % of {pairs}. This table has {stars}, and the strongest pair "
                    "shows |r| = {largest:.2f}. Write a paper about it."
                ),
            ),
        ],
        answer=lambda exhibit: exhibit.facts["expected"],
        tolerance=1e-9,
    )

    task = Task(
        "Draw tables of {columns} columns, at least {enough} of them, until their mean number of "
        "stars has settled within {near} of what chance should give. Then say it in whole stars: "
        "what does noise earn?",
        passed=lambda state: (
            state["columns"] == _COLUMNS
            and state["drawn"] >= state["enough"]
            and abs(state["mean"] - state["expected"]) <= state["near"]
            and state["answer"] is not None
            and abs(state["answer"] - state["expected"]) < 1
        ),
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
            "That would rest on {drawn} draws. The next may just as well have {low} stars, or "
            "{high}. Draw on.",
            when=lambda state: state["answer"] is not None and state["drawn"] < state["enough"],
            example={"draws": 1, "answer": 13},
            misconception="one_draw_shows_chance",
        ),
        Mistake(
            "{columns} columns make only {pairs} pairs, and {level:.0f} % of those are "
            "{expected:.1f}. Chance counts pairs. Go back to all the columns.",
            when=lambda state: state["columns"] < _COLUMNS,
            example={"columns": 10},
            misconception="chance_counts_columns",
        ),
        Mistake(
            "None? These {drawn} tables earned {mean:.1f} on average, and every one of them was "
            "noise.",
            when=lambda state: state["answer"] == 0,
            example={"draws": 10, "answer": 0},
            misconception="noise_earns_no_stars",
        ),
        Mistake(
            "{rows} rows, and noise still earns {mean:.1f} stars a table. The test knows n, and "
            "keeps its {level:.0f} % at every n. Only the r that it takes gets smaller.",
            when=lambda state: state["rows"] != _ROWS and state["answer"] is None,
            example={"draws": 5, "rows": "1000"},
            misconception="rows_cure_chance",
        ),
        Mistake(
            "{drawn} tables, {mean:.1f} stars on average: a mean of few draws is a draw as well. "
            "Go on until it settles.",
            when=lambda state: (
                state["drawn"] >= state["enough"]
                and abs(state["mean"] - state["expected"]) > state["near"]
            ),
            example={"draws": 5},
            misconception="one_draw_shows_chance",
        ),
    ]

    learned = (
        "Noise earns stars: {level:.0f} % of {pairs} pairs, {expected:.1f} a table, in most tables "
        "between {low} and {high}. Its strongest pair reached |r| = {mean_largest:.2f} on average."
    )

    def show(
        self,
        draws: int,
        rows: str,
        columns: int,
        answer: int | None,  # noqa: ARG002
    ) -> Exhibit:
        from scipy import stats

        n = int(rows)
        drawn = [_noise(seed, n, columns) for seed in range(draws)]
        stars = pd.Series([count for count, _ in drawn], range(1, draws + 1), name="stars")
        pairs = columns * (columns - 1) // 2
        low, high = (int(stats.binom.ppf(share, pairs, _LEVEL)) for share in (0.025, 0.975))
        facts = {
            "rows": n,
            "columns": columns,
            "pairs": pairs,
            "level": 100 * _LEVEL,
            "drawn": draws,
            "enough": 5,
            "near": 2.5,
            "stars": int(stars.iloc[-1]),
            "mean": float(stars.mean()),
            "expected": _LEVEL * pairs,
            "low": low,
            "high": high,
            "largest": drawn[-1][1],
            "mean_largest": float(np.mean([largest for _, largest in drawn])),
        }
        table = _named(noise_tables(1, n, columns, seed=draws - 1)[0])
        found = correlate(table, adjust="none")
        return Exhibit(
            figures=(
                starred_map(
                    found.r,
                    found.p < _LEVEL,
                    decimals=None,
                    title=f"Draw {draws}: {facts['stars']} stars",
                ),
                Histogram(
                    stars,
                    title=f"All draws: {facts['mean']:.1f} stars on average",
                    marks={f"{facts['level']:.0f} % of the pairs": facts["expected"]},
                    shade=(low - 0.5, high + 0.5),
                ),
            ),
            across=2,
            facts=facts,
            code=scripts.drawing_noise(draws, n, columns),
            table=stars.rename_axis("draw").to_frame(),
            description=fill(
                "A map of {columns} columns of noise with {stars} stars among {pairs} pairs, and "
                "beside it how many stars each draw had. After {drawn} draws the mean is "
                "{mean:.1f}; {level:.0f} % of the pairs would be {expected:.1f}.",
                facts,
            ),
            behind=behind(table),
        )


@lru_cache(maxsize=2048)
def _noise(seed: int, rows: int, columns: int) -> tuple[int, float]:
    """The stars of one table of noise, and its largest |r|."""
    r, p = correlate_tables(noise_tables(1, rows, columns, seed=seed))
    return int((p < _LEVEL).sum()), float(np.abs(r).max())


def _named(values: Floats) -> pd.DataFrame:
    return pd.DataFrame(values, columns=[f"c{i + 1}" for i in range(values.shape[1])])


class Adjusted(Step):
    """
    ### The price of many looks

    Who looks at {pairs} pairs has {pairs} chances to be fooled. An adjustment raises every p to
    pay for that.

    *Bonferroni* and its sharper sister *Holm* promise: a false star anywhere on the map, at most so
    often. *BH*, after Benjamini and Hochberg, promises a small share of false ones among the stars;
    *BY* keeps that promise under any dependence.

    Here are {tables} tables of noise, and what is left of their stars.
    """

    adjust = Choice("Adjustment", tuple(ADJUSTMENTS), default="none")
    level = Choice("Level", tuple(LEVELS), default="5 %")
    seed = Seed("Draw", default=5)  # draw 0 is one in five hundred: 69 tables instead of some 50
    answer = Number("Tables that still show a star", 0, 1000)

    predict = Predict(
        "Holm's adjustment, at {level_percent:.0f} %. In how many of {tables} tables of noise does "
        "at least one star survive?",
        choices=[
            Option(
                text="In none: that is what it is for",
                value="none",
                feedback=(
                    "An adjustment makes false stars rare, not impossible. The level is what you "
                    "agreed to: here {starred} of {tables} tables kept one."
                ),
                misconception="adjusted_means_true",
            ),
            Option(
                text="In about one of twenty",
                value="rare",
                feedback=(
                    "The level now counts *maps*, no longer pairs: {starred} of {tables} tables, "
                    "{starred_percent:.1f} %. Without the adjustment it was {raw_starred} of "
                    "{tables}."
                ),
            ),
            Option(
                text="In nearly all of them: there are {pairs} pairs",
                value="all",
                feedback=(
                    "That is the map without adjustment: {raw_starred} of {tables} tables. Holm "
                    "leaves a star in {starred}."
                ),
                misconception="adjusting_changes_little",
            ),
        ],
        answer=lambda exhibit: _roughly(float(exhibit.facts["starred_percent"])),
        answer_at={"adjust": "Holm"},
    )

    task = Task(
        "Adjust. Then say in how many of the {tables} tables there is still a star, although there "
        "is nothing to find.",
        passed=lambda state: state["adjust"] != "none" and state["answer"] == state["starred"],
        solution={"adjust": "Holm", "answer": 49},
        hints=[
            "Any adjustment will do. The histogram counts tables by their stars.",
            "Under Numbers: all tables, less those with no star.",
        ],
    )

    mistakes = [
        Mistake(
            "None at all? {starred} of {tables} tables still show one: {starred_percent:.1f} %, at "
            "a level of {level_percent:.0f} %. Rare is what was promised, not never.",
            when=lambda state: state["adjust"] != "none" and state["answer"] == 0,
            example={"adjust": "Holm", "answer": 0},
            misconception="adjusted_means_true",
        ),
        Mistake(
            "Right, and that is without an adjustment: {starred} of {tables} tables of noise have "
            "something to report. Now adjust.",
            when=lambda state: state["adjust"] == "none" and state["answer"] == state["starred"],
            example={"answer": 1000},
            misconception="noise_earns_no_stars",
        ),
        Mistake(
            "{answer} is how many show none. The others have a star.",
            when=lambda state: state["answer"] == state["tables"] - state["starred"],
            example={"adjust": "Holm", "answer": 951},
            misconception="adjusting_changes_little",
        ),
    ]

    learned = (
        "With {adjust_name} at {level_percent:.0f} % there is a false star in "
        "{starred_percent:.1f} % of the maps; without an adjustment in {raw_starred_percent:.1f} "
        "%. An adjustment moves the promise from the pair to the map. It does not make stars true."
    )

    def show(
        self,
        adjust: str,
        level: str,
        seed: int,
        answer: int | None,  # noqa: ARG002
    ) -> Exhibit:
        alpha = LEVELS[level]
        p = _noise_p(seed)
        stars = pd.Series(_significant(p, adjust, alpha).sum(axis=1), name="stars")
        tables = len(stars)
        raw_starred = int((p < alpha).any(axis=1).sum())
        facts = {
            "tables": tables,
            "pairs": p.shape[1],
            "adjust_name": adjust,
            "level_percent": 100 * alpha,
            "starred": int((stars > 0).sum()),
            "starred_percent": float((stars > 0).mean() * 100),
            "raw_starred": raw_starred,
            "raw_starred_percent": raw_starred / tables * 100,
            "mean": float(stars.mean()),
            "most": int(stars.max()),
        }
        counts = stars.value_counts().sort_index().rename("tables").rename_axis("stars")
        return Exhibit(
            figures=(
                Histogram(
                    stars,
                    title=fill("{starred} of {tables} tables of noise show a star", facts),
                ),
            ),
            facts=facts,
            code=scripts.correcting(adjust, alpha, seed),
            table=counts.to_frame(),
            description=fill(
                "How many stars {tables} tables of noise keep, adjustment {adjust_name}, at "
                "{level_percent:.0f} %. {starred} of them show at least one, and the luckiest "
                "{most}.",
                facts,
            ),
        )


_TABLES = 1000
_AT_ONCE = 100


@lru_cache(maxsize=4)
def _noise_p(seed: int) -> Floats:
    """The p-values of tables of noise: a row a table, a column a pair."""
    return _p_of(noise_tables(_TABLES, _ROWS, _COLUMNS, seed=seed), "Testing noise")


def _p_of(tables: Floats, saying: str) -> Floats:
    blocks = []
    for start in range(0, len(tables), _AT_ONCE):
        working(start / len(tables), saying)
        blocks.append(correlate_tables(tables[start : start + _AT_ONCE])[1])
    return np.concatenate(blocks)


def _significant(p: Floats, adjust: str, alpha: float) -> NDArray[np.bool_]:
    method = ADJUSTMENTS[adjust]
    return np.array([adjust_p_values(row, method) for row in p]) < alpha


def _roughly(percent: float) -> str:
    if percent == 0:
        return "none"
    return "rare" if percent < 15 else "all"


class TruthKnown(Step):
    """
    ### When the truth is known

    Now {true} of {pairs} pairs are real, with a true r of {r:.1f}, and the other {empty} are noise.
    In real data you never know which is which. Here you do, so the adjustments can be marked like
    exams: true pairs found, false ones taken for true.

    {tables} such tables of {rows} rows were drawn, and all of them tested at {level:.0f} %.
    """

    r_true = Slider("True r", 0.2, 0.6, default=0.4, step=0.1)
    seed = Seed("Draw")
    screening = Choice("For a screening", tuple(ADJUSTMENTS), default=None)
    claim = Choice("For a claim", tuple(ADJUSTMENTS), default=None)

    predict = Predict(
        "Stars should be right: no more than one in ten false. Which of these finds the most true "
        "pairs under that rule?",
        choices=[
            Option(
                text="No adjustment: it misses almost nothing",
                value="none",
                feedback=(
                    "It misses almost nothing: {none_found:.1f} of {true}. Beside them it stars "
                    "{none_wrong:.1f} false ones, so {none_share:.0f} % of its stars are wrong."
                ),
                misconception="star_means_real",
            ),
            Option(
                text="Holm: the safest",
                value="Holm",
                feedback=(
                    "Safe it is: {holm_wrong:.2f} false stars a table. It pays with misses, and "
                    "finds {holm_found:.1f} of {true}; BH finds {bh_found:.1f} with a share of "
                    "{bh_share:.1f} % false."
                ),
                misconception="strictest_is_best",
            ),
            Option(
                text="BH: it allows a few",
                value="BH",
                feedback=(
                    "{bh_found:.1f} of {true} found, and {bh_share:.1f} % of its stars are false. "
                    "Holm, which wants none at all, finds {holm_found:.1f}."
                ),
            ),
        ],
        answer=lambda exhibit: exhibit.facts["best"],
    )

    task = Task(
        "Two jobs. A *screening*: what gets a star is measured again, so find as much as you can, "
        "with at most {most_wrong:.0f} % of the stars false. A *claim*: it will be printed, so a "
        "false star anywhere may happen in at most {most_any:.0f} % of tables. Choose an "
        "adjustment for each.",
        passed=lambda state: (
            state["screening"] == state["best"]
            and state["claim"] is not None
            and state[f"{_fact(state['claim'])}_any"] <= state["most_any"]
        ),
        solution={"screening": "BH", "claim": "Holm"},
        hints=[
            "The bars show true and false stars. Under Numbers stands also how often a table has "
            "any false star.",
            "For the screening: strike out what has too large a share of false stars, then take "
            "the longest bar.",
            "For the claim look at the column *with any false*.",
        ],
    )

    mistakes = [
        Mistake(
            "No adjustment for a claim: {none_wrong:.1f} false stars a table, and "
            "{none_any:.0f} % of tables have at least one.",
            when=lambda state: state["claim"] == "none",
            example={"screening": "BH", "claim": "none"},
            misconception="star_means_real",
        ),
        Mistake(
            "BH promises a share of the stars, {bh_share:.1f} % false. That is not the same as "
            "*none*: {bh_any:.0f} % of tables have a false star somewhere. For a print, too many.",
            when=lambda state: state["claim"] == "BH",
            example={"screening": "BH", "claim": "BH"},
            misconception="adjustments_promise_the_same",
        ),
        Mistake(
            "As a screening it finds {none_found:.1f} of {true}. But {none_share:.0f} % of what "
            "you would measure again is noise.",
            when=lambda state: state["screening"] == "none",
            example={"screening": "none"},
            misconception="star_means_real",
        ),
        Mistake(
            "Too strict for a screening: what it misses nobody will look at again. Another "
            "adjustment keeps to {most_wrong:.0f} % and finds {best_found:.1f} of {true}.",
            when=lambda state: state["screening"] not in (None, state["best"]),
            example={"screening": "Holm"},
            misconception="strictest_is_best",
        ),
    ]

    learned = (
        "Of {true} true pairs BH finds {bh_found:.1f} with {bh_share:.1f} % of its stars false: a "
        "screening. Holm finds {holm_found:.1f}, and {holm_any:.1f} % of maps have a false star: a "
        "claim. No adjustment: {none_share:.0f} % of the stars are false."
    )

    def show(
        self,
        r_true: float,
        seed: int,
        screening: str | None,  # noqa: ARG002
        claim: str | None,  # noqa: ARG002
    ) -> Exhibit:
        marks = _exam(r_true, seed)
        best = str(marks.loc[marks["% false"] <= _MOST_WRONG, "true"].idxmax())
        facts: dict[str, Any] = {
            "tables": _EXAMS,
            "rows": _ROWS,
            "pairs": _PAIRS,
            "true": _TRUE,
            "empty": _PAIRS - _TRUE,
            "r": r_true,
            "level": 100 * _LEVEL,
            "most_wrong": _MOST_WRONG,
            "most_any": _MOST_ANY,
            "best": best,
            "best_found": float(marks["true"][best]),
        }
        for adjust, row in marks.to_dict("index").items():
            for measure, fact in _MEASURES.items():
                facts[f"{_fact(str(adjust))}_{fact}"] = row[measure]
        return Exhibit(
            figures=(
                Bars(
                    marks[["true", "false"]].rename(columns=lambda name: f"{name} stars"),
                    title="Stars in a table, on average",
                    marks={"all that is true": _TRUE},
                ),
            ),
            facts=facts,
            code=scripts.marking(r_true, seed),
            table=marks.round(3).rename_axis("adjustment"),
            description=fill(
                "Bars of true and false stars for each adjustment, over {tables} tables with "
                "{true} true pairs. BH finds {bh_found:.1f} of them with {bh_wrong:.2f} false "
                "ones, Holm {holm_found:.1f} with {holm_wrong:.2f}, no adjustment "
                "{none_found:.1f} with {none_wrong:.2f}.",
                facts,
            ),
        )


_EXAMS = 500
_TRUE = 10
_MOST_WRONG = 10.0
_MOST_ANY = 10.0
_MEASURES = {"true": "found", "false": "wrong", "% false": "share", "% with any false": "any"}
"""What the table of marks calls each fact."""


def _fact(adjust: str) -> str:
    return adjust.lower()


@lru_cache(maxsize=16)
def _exam(r: float, seed: int) -> pd.DataFrame:
    """Each adjustment's marks, on average over tables of which the truth is known."""
    tables = noise_tables(_EXAMS, _ROWS, _COLUMNS, true_pairs=_TRUE, r=r, seed=seed)
    p = _p_of(tables, "Testing tables")
    first, second = np.triu_indices(_COLUMNS, 1)
    is_true = (first % 2 == 0) & (second == first + 1)
    marks = {}
    for adjust in ADJUSTMENTS:
        starred = _significant(p, adjust, _LEVEL)
        found, wrong = starred[:, is_true].sum(axis=1), starred[:, ~is_true].sum(axis=1)
        marks[adjust] = {
            "true": found.mean(),
            "false": wrong.mean(),
            "% false": (wrong / np.maximum(found + wrong, 1)).mean() * 100,
            "% with any false": (wrong > 0).mean() * 100,
        }
    return pd.DataFrame(marks).T
