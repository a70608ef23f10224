"""What an adjustment leaves of the stars, and what each adjustment costs."""

from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lessons.highway import NUMBERS, PAIRS, pair_name
from lessons.significance.stars import (
    ADJUSTMENTS,
    COLUMNS,
    LEVEL,
    LEVELS,
    MARKS,
    ROWS,
    Floats,
    behind,
    starred_map,
)
from lessons.tables import HIGHWAY, highway
from lib.charts import Bars, Histogram
from lib.course import (
    Choice,
    Exhibit,
    Goal,
    Mistake,
    Number,
    Option,
    Outcome,
    Predict,
    Seed,
    Slider,
    Step,
    Task,
    fill,
    working,
)
from lib.stats import Correlations, adjust_p_values, correlate, correlate_tables, noise_tables


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
    answers = {"answer": Number("Tables that still show a star", 0, 1000)}

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
        goals=[
            Goal(
                "The p values are adjusted: now by {adjust}",
                met=lambda state: state["adjust"] != "none",
            ),
            Goal(
                "The number of tables with a star is right: now {answer}",
                met=lambda state: state["answer"] == state["starred"],
            ),
        ],
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

    learned = [
        Outcome(
            "With {adjust} at {level_percent:.0f} % there is a false star in {starred_percent:.1f}"
            " % of the maps; without an adjustment in {raw_starred_percent:.1f} %. An adjustment "
            "moves the promise from the pair to the map. It does not make stars true."
        )
    ]

    def show(self, adjust: str, level: str, seed: int) -> Exhibit:
        alpha = LEVELS[level]
        stars = pd.Series(_stars_in_noise(seed)[adjust, level], name="stars", dtype=int)
        tables = len(stars)
        raw_starred = int((_stars_in_noise(seed)["none", level] > 0).sum())
        facts = {
            "tables": tables,
            "pairs": _PAIRS,
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
            table=counts.to_frame(),
            description=fill(
                f"How many stars {{tables}} tables of noise keep, adjustment {adjust}, at "
                "{level_percent:.0f} %. {starred} of them show at least one, and the luckiest "
                "{most}.",
                facts,
            ),
        )


_TABLES = 1000
_AT_ONCE = 100


@lru_cache(maxsize=128)
def _stars_in_noise(seed: int) -> dict[tuple[str, str], NDArray[np.uint8]]:
    """How many stars each table of noise has, by adjustment and level."""
    p = _p_of(noise_tables(_TABLES, ROWS, COLUMNS, seed=seed), "Testing noise")
    return {
        (adjust, level): (adjusted < alpha).sum(axis=1, dtype=np.uint8)  # of 190 pairs
        for adjust, method in ADJUSTMENTS.items()
        for adjusted in [adjust_p_values(p, method)]
        for level, alpha in LEVELS.items()
    }


def _p_of(tables: Floats, saying: str) -> Floats:
    blocks = []
    for start in range(0, len(tables), _AT_ONCE):
        working(start / len(tables), saying)
        blocks.append(correlate_tables(tables[start : start + _AT_ONCE])[1])
    return np.concatenate(blocks)


def _roughly(percent: float) -> str:
    if percent == 0:
        return "none"
    return "rare" if percent < 15 else "all"


class Survivors(Step):
    """
    ### What is left of the stars

    Back to the highway: {pairs} pairs from {rows} sections. At {level_percent:.0f} % the map has
    {raw} stars, where noise would earn about {expected:.1f}. So there is something. The question
    is where.

    There are three ways to mark what survives. A *star* on it. The rest *faded*. The rest
    *hatched*. Each of them hides something. Try all three. Under Numbers each r has its *interval*:
    the true values that go with what was seen.
    """

    tables = (HIGHWAY,)

    adjust = Choice("Adjustment", tuple(ADJUSTMENTS), default="none")
    level = Choice("Level", tuple(LEVELS), default="5 %")
    mark = Choice("Mark", MARKS, default="stars")
    answers = {
        "answer": Number("Pairs that BH keeps", 0, 55),
        "strongest": Choice("Strongest pair that BH drops", PAIRS, default=None),
    }
    views = ("mark",)

    predict = Predict(
        "{raw} of {pairs} pairs have a star at {level_percent:.0f} %. Holm adjusts for {pairs} "
        "tests. How many stars are left?",
        choices=[
            Option(
                text="{value}: these are real data, not noise",
                value=21,
                feedback=(
                    "Real tables have unrelated pairs as well, and those earn stars like any "
                    "noise. Holm keeps {holm} of {raw}."
                ),
                misconception="star_means_real",
            ),
            Option(
                text="{value}: take away what noise would earn",
                value=18,
                feedback=(
                    "That sum is fair for the *number* of false stars, about {expected:.1f}. It "
                    "cannot say which ones they are. To be sure of every star left, Holm keeps "
                    "{holm}."
                ),
                misconception="adjusting_subtracts_the_false",
            ),
            Option(
                text="{value}: half of them, or less",
                value=10,
                feedback=(
                    "{holm}. It promises a map without any false star, and pays with "
                    "{lost_by_holm} pairs, of which most are probably real."
                ),
            ),
            Option(
                text="{value}: with so many tests hardly anything can survive",
                value=2,
                feedback=(
                    "Strong pairs do not mind: their p is far below what {pairs} tests ask for. "
                    "Holm keeps {holm} of {raw}."
                ),
                misconception="adjusting_leaves_nothing",
            ),
        ],
        answer=lambda exhibit: exhibit.facts["holm"],
    )

    task = Task(
        "Let BH adjust, at {level_percent:.0f} %. Say how many pairs it keeps, and name the "
        "strongest of those that it drops. One of the three marks makes that one easy to overlook.",
        goals=[
            Goal(
                "The adjustment is BH: now {adjust}",
                met=lambda state: state["adjust"] == "BH",
            ),
            Goal(
                "The level is five percent: now {level_percent:.0f} %",
                met=lambda state: state["level_percent"] == 5,
            ),
            Goal(
                "The number of pairs that it keeps is right: now {answer}",
                met=lambda state: state["answer"] == state["kept"],
            ),
            Goal(
                "The strongest pair that it drops is named: now {strongest}",
                met=lambda state: state["strongest"] == state["dropped"],
            ),
        ],
        solution={"adjust": "BH", "answer": 19, "strongest": "shld–itg"},
        hints=[
            "The title of the map counts the pairs that are left.",
            "With stars the colour stays. Look for the deepest colour that has no star.",
            "Under Numbers the pairs stand from strong to weak, with p after the adjustment.",
        ],
    )

    mistakes = [
        Mistake(
            "{holm} is what Holm keeps. It wants no false star on the whole map. BH allows a small "
            "share of them, and keeps more.",
            when=lambda state: state["answer"] == state["holm"] != state["bh"],
            example={"adjust": "Holm", "answer": 10},
            misconception="adjustments_promise_the_same",
        ),
        Mistake(
            "{raw} is the number before any adjustment. Every pair was then tested as if it were "
            "the only one.",
            when=lambda state: state["answer"] == state["raw"] != state["bh"],
            example={"answer": 21},
            misconception="star_means_real",
        ),
        Mistake(
            "`{dropped}` is dropped too, at r = {dropped_r:.2f}, and it is stronger than "
            "`{strongest}`. Did you look at the faded map? Fading makes weak and strong alike.",
            when=lambda state: (
                state["adjust"] == "BH"
                and state["strongest"] not in (None, state["dropped"], *state["stars"].split())
            ),
            example={"adjust": "BH", "answer": 19, "strongest": "trks–acpt"},
            misconception="no_star_means_zero",
        ),
        Mistake(
            "`{strongest}` keeps its star here. Look for the strongest pair *without* one.",
            when=lambda state: state["strongest"] in state["stars"].split(),
            example={"adjust": "BH", "answer": 19, "strongest": "rate–shld"},
            misconception="no_star_means_zero",
        ),
    ]

    learned = [
        Outcome(
            "{raw} stars become {holm} with Bonferroni or Holm, {by} with BY, {bh} with BH. It "
            "dropped `{dropped}`, r = {dropped_r:.2f}, interval {dropped_low:.2f} to "
            "{dropped_high:.2f}: no star is not zero. Whatever fades should still be readable."
        )
    ]

    def show(self, adjust: str, level: str, mark: str) -> Exhibit:
        alpha = LEVELS[level]
        found = _adjusted(adjust)
        pairs = found.pairs()
        pairs.index = [pair_name(x, y) for x, y in zip(pairs.x, pairs.y, strict=True)]
        kept = pairs["p_adjusted"] < alpha
        dropped = pairs.loc[~kept].iloc[0]
        counts = {
            name: int((adjust_p_values(pairs["p"], method) < alpha).sum())
            for name, method in ADJUSTMENTS.items()
        }
        facts: dict[str, Any] = {
            "rows": len(highway()),
            "pairs": len(pairs),
            "level_percent": 100 * alpha,
            "expected": len(pairs) * alpha,
            "raw": counts["none"],
            "bonferroni": counts["Bonferroni"],
            "holm": counts["Holm"],
            "bh": counts["BH"],
            "by": counts["BY"],
            "lost_by_holm": counts["none"] - counts["Holm"],
            "kept": int(kept.sum()),
            "stars": " ".join(pairs.index[kept]),
            "dropped": str(dropped.name),
            "dropped_r": float(dropped.r),
            "dropped_low": float(dropped.low),
            "dropped_high": float(dropped.high),
        }
        return Exhibit(
            figures=(
                starred_map(
                    found.r,
                    found.p_adjusted < alpha,
                    mark=mark,
                    title=f"{facts['kept']} of {len(pairs)} pairs are left",
                ),
            ),
            facts=facts,
            table=pairs[["r", "low", "high", "p", "p_adjusted"]].round(4).rename_axis("pair"),
            description=fill(
                "The lower triangle of {pairs} highway pairs, of which {kept} survive at "
                "{level_percent:.0f} %. The strongest that does not is {dropped} at r = "
                "{dropped_r:.2f}.",
                facts,
            ),
            behind=behind(highway(), "sections"),
        )


@cache
def _adjusted(adjust: str) -> Correlations:
    return correlate(highway()[list(NUMBERS)], adjust=ADJUSTMENTS[adjust])


class TruthKnown(Step):
    """
    ### When the truth is known

    Now {true} of {pairs} pairs are real, with a true r of {r_true:.1f}, and the other {empty} are
    noise. In real data you never know which is which. Here you do, so the adjustments can be
    marked like exams: true pairs found, false ones taken for true.

    {tables} such tables of {rows} rows were drawn, and all of them tested at {level:.0f} %.
    """

    r_true = Slider("True r", 0.2, 0.6, default=0.4, step=0.1)
    seed = Seed("Draw")
    answers = {
        "screening": Choice("For a screening", tuple(ADJUSTMENTS), default=None),
        "claim": Choice("For a claim", tuple(ADJUSTMENTS), default=None),
    }

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
        goals=[
            Goal(
                "The screening finds as much as it may: now {screening}",
                met=lambda state: state["screening"] == state["best"],
            ),
            Goal(
                "The claim is false in at most {most_any:.0f} % of tables: now {claim}",
                met=lambda state: (
                    state["claim"] is not None
                    and state[f"{_fact(state['claim'])}_any"] <= state["most_any"]
                ),
            ),
        ],
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

    learned = [
        Outcome(
            "Of {true} true pairs BH finds {bh_found:.1f} with {bh_share:.1f} % of its stars "
            "false: a screening. Holm finds {holm_found:.1f}, and {holm_any:.1f} % of maps have a "
            "false star: a claim. No adjustment: {none_share:.0f} % of the stars are false."
        )
    ]

    def show(self, r_true: float, seed: int) -> Exhibit:
        marks = _exam(r_true, seed)
        best = str(marks.loc[marks["% false"] <= _MOST_WRONG, "true"].idxmax())
        facts: dict[str, Any] = {
            "tables": _EXAMS,
            "rows": ROWS,
            "pairs": _PAIRS,
            "true": _TRUE,
            "empty": _PAIRS - _TRUE,
            "level": 100 * LEVEL,
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
_PAIRS = COLUMNS * (COLUMNS - 1) // 2
_TRUE = 10
_MOST_WRONG = 10.0
_MOST_ANY = 10.0
_MEASURES = {"true": "found", "false": "wrong", "% false": "share", "% with any false": "any"}
"""What the table of marks calls each fact."""


def _fact(adjust: str) -> str:
    return adjust.lower()


@lru_cache(maxsize=256)
def _exam(r: float, seed: int) -> pd.DataFrame:
    """Each adjustment's marks, on average over tables of which the truth is known."""
    tables = noise_tables(_EXAMS, ROWS, COLUMNS, true_pairs=_TRUE, r=r, seed=seed)
    p = _p_of(tables, "Testing tables")
    first, second = np.triu_indices(COLUMNS, 1)
    is_true = (first % 2 == 0) & (second == first + 1)
    marks = {}
    for adjust, method in ADJUSTMENTS.items():
        starred = adjust_p_values(p, method) < LEVEL
        found, wrong = starred[:, is_true].sum(axis=1), starred[:, ~is_true].sum(axis=1)
        marks[adjust] = {
            "true": found.mean(),
            "false": wrong.mean(),
            "% false": (wrong / np.maximum(found + wrong, 1)).mean() * 100,
            "% with any false": (wrong > 0).mean() * 100,
        }
    return pd.DataFrame(marks).T
