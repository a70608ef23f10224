"""What an adjustment leaves of the stars, and what each adjustment costs."""

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

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
    most_stars,
    starred_map,
)
from lessons.tables import HIGHWAY, highway
from lib.charts import Bars, Histogram
from lib.course import (
    Choice,
    Claim,
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
    State,
    Step,
    Task,
    Value,
    fill,
    one_call,
    unless,
    working,
)
from lib.stats import Correlations, adjust_p_values, correlate, correlate_tables, noise_tables


class Adjusted(Step):
    """
    ### The price of many looks

    Who looks at {pairs} pairs has {pairs} chances to be fooled. An adjustment raises every p to
    pay for that.

    *Bonferroni* and its sharper sister *Holm* make a promise for the whole map. At a level of
    {level_percent:.0f} %, at most {level_percent:.0f} maps in a hundred have a false star anywhere.
    *BH*, after Benjamini and Hochberg, promises that on average a share of at most
    {level_percent:.0f} % of the stars is false.

    The pairs of a map share their columns, so the tests may depend on each other. Bonferroni and
    Holm keep their promise however they do. *BY* is a stricter BH, and keeps that promise however
    they do.

    Here are {tables} tables of noise, and what is left of their stars.
    """

    readings = {
        "stars a table, on average": "{mean:.2f}",
        "tables of noise": "{tables:,}",
    }

    adjust = Choice("Adjustment", tuple(ADJUSTMENTS), default="none")
    level = Choice("Level", tuple(LEVELS), default="5 %")
    seed = Seed("Draw", default=5)  # draw 0 is one in five hundred: 69 tables instead of some 50
    answers = {"answer": Number("Maps with a star, of the 400", 0, 400)}
    typical = ("starred", "raw_starred")

    predict = Predict(
        "First without an adjustment, at {level_percent:.0f} %. How many of {tables} tables of "
        "noise have at least one star?",
        choices=[
            Option(
                text="One of twenty: that is the level",
                value="rare",
                feedback=(
                    "The level counts pairs, and each table has {pairs} of them: {mean:.1f} stars "
                    "on average, and at least one in {starred} of {tables} tables."
                ),
                misconception="level_counts_maps",
                holds=lambda state: state["adjust"] == "none",
            ),
            Option(
                text="About half of them",
                value="half",
                feedback=(
                    "Half would be a table that may go either way. With {pairs} pairs it hardly "
                    "can: {starred} of {tables} have a star, {mean:.1f} on average."
                ),
                misconception="level_counts_maps",
                holds=lambda state: state["starred_percent"] > 90,
            ),
            Option(
                text="Nearly all: each has {pairs} chances",
                value="all",
                feedback=(
                    "{starred} of {tables}, with {mean:.1f} stars on average. Who maps enough "
                    "columns finds something, whether it is there or not."
                ),
                tempting=True,
                holds=lambda state: state["starred_percent"] > 90,
            ),
        ],
        answer=lambda exhibit: _roughly(float(exhibit.facts["raw_starred_percent"])),
    )

    task = Task(
        "Adjust. Then think of a journal that prints {printed} maps of noise, adjusted as you "
        "chose, at the level that you chose. Say how many of them will show a star, give or take "
        "what chance adds.",
        goals=[
            Goal(
                "The p values are adjusted: the choice is now {adjust}",
                met=lambda state: state["adjust"] != "none",
            ),
            Goal(
                "Of the {printed} maps so many will show a star, give or take chance: now {answer}",
                met=lambda state: (
                    state["answer"] is not None
                    and state["from_maps"] <= state["answer"] <= state["to_maps"]
                ),
            ),
        ],
        solution={"adjust": "Holm", "answer": 20},
        hints=[
            "Any adjustment will do. The title says how many tables show a star.",
            "The journal draws from the same noise. The share of maps will be about the same.",
        ],
    )

    mistakes = [
        Mistake(
            "Nothing is adjusted yet: {raw_starred} of {tables} tables of noise have something to "
            "report, and so would the journal.",
            when=lambda state: state["adjust"] == "none" and state["answer"] is not None,
            example={"answer": 20},
            misconception="level_counts_maps",
            holds=lambda state: state["starred"] == state["raw_starred"] > state["tables"] / 2,
        ),
        Mistake(
            "None at all? {starred} of {tables} tables still show one: {starred_percent:.1f} %, at "
            "a level of {level_percent:.0f} %. Rare is what was promised, not never.",
            when=lambda state: state["answer"] == 0,
            example={"adjust": "Holm", "answer": 0},
            misconception="adjusted_means_true",
            holds=lambda state: state["starred"] > 0,
        ),
        Mistake(
            "{answer} of {printed} maps? Of these {tables} tables a share of "
            "{starred_percent:.1f} % shows a star.",
            when=lambda state: state["answer"] is not None and state["answer"] > state["to_maps"],
            example={"adjust": "Holm", "answer": 200},
            misconception="adjusting_changes_little",
            holds=lambda state: state["answer"] / state["printed"] > state["starred_percent"] / 100,
        ),
        Mistake(
            "Only {answer} of {printed}? Of these {tables} tables a share of "
            "{starred_percent:.1f} % shows a star.",
            when=lambda state: state["answer"] is not None,
            example={"adjust": "Holm", "answer": 2},
            misconception="adjusted_means_true",
            holds=lambda state: state["answer"] / state["printed"] < state["starred_percent"] / 100,
        ),
    ]

    learned = [
        Outcome(
            "BH leaves a false star on {starred_percent:.1f} % of these maps, at a level of "
            "{level_percent:.0f} %; without an adjustment it is {raw_starred_percent:.1f} %. "
            "Where nothing is real every star is false. There a small share of false stars is a "
            "small share of maps with any.",
            when=lambda state: state["adjust"] == "BH",
            holds=lambda state: state["starred"] < state["raw_starred"] / 3,
        ),
        Outcome(
            "BY leaves a false star on {starred_percent:.1f} % of these maps, fewer than the "
            "{level_percent:.0f} % that it may; without an adjustment it is "
            "{raw_starred_percent:.1f} %. It is ready for tests that depend on each other in the "
            "worst way, and pays for that.",
            when=lambda state: state["adjust"] == "BY",
            holds=lambda state: state["starred_percent"] < state["level_percent"],
        ),
        Outcome(
            "With {adjust} at {level_percent:.0f} % there is a false star on "
            "{starred_percent:.1f} % of these maps; without an adjustment on "
            "{raw_starred_percent:.1f} %. The promise has moved from the pair to the map. It does "
            "not make stars true.",
            holds=lambda state: state["starred"] < state["raw_starred"] / 3,
        ),
    ]

    holds = [
        Claim("what is left of their stars", lambda state: state["starred"] <= state["raw_starred"])
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
            "printed": _PRINTED,
            **_expected_maps(float((stars > 0).mean())),
            "mean": float(stars.mean()),
            "most": int(stars.max()),
        }
        counts = stars.value_counts().sort_index().rename("tables").rename_axis("stars")
        return Exhibit(
            figures=(
                Histogram(
                    stars,
                    title=fill(
                        "{starred} of {tables} tables of noise {starred:shows|show} a star", facts
                    ),
                    limits=(-0.5, most_stars(_PAIRS, alpha) + 0.5),
                ),
            ),
            facts=facts,
            table=counts.to_frame(),
            description=fill(
                f"How many stars {{tables}} tables of noise keep, adjustment {adjust}, at "
                "{level_percent:.0f} %. {starred} of them {starred:shows|show} at least one, and "
                "the luckiest {most}.",
                facts,
            ),
        )


def _expected_maps(share: float) -> dict[str, int]:
    """How many of the printed maps to expect: two standard deviations to either side.

    Where one or more are expected, none at all is no estimate.
    """
    expected, reach = share * _PRINTED, 2 * math.sqrt(share * (1 - share) * _PRINTED)
    return {
        "from_maps": max(int(expected >= 1), math.ceil(expected - reach)),
        "to_maps": math.floor(expected + reach),
    }


_PRINTED = 400
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
    if percent < 15:
        return "rare"
    return "half" if percent < 85 else "all"


_ALL, _OF_RATE = "all pairs", "rate alone"


class Survivors(Step):
    """
    ### What is left of the stars

    Back to the highway: {pairs} pairs from {rows} sections. At {level_percent:.0f} % they have
    {raw} stars before any adjustment, where noise would earn about {expected:.1f}. So there is
    something. The question is where.

    There are three ways to mark what survives. A *star* on it. The rest *faded*. The rest
    *hatched*. Each of them hides something. Try all three. Under Numbers each r has its *interval*:
    the true values that go with what was seen, if this were the only pair that is looked at.

    The pairs of `rate` alone make a map of one column, against the other {asked}. Whoever asked
    of `rate` alone, before looking, has {asked} tests and not {pairs}, and adjusts for those.
    """

    readings = {
        "stars": "{kept} of {pairs}",
        "of rate alone": "{kept_of_rate} of {asked}",
        "without adjustment": "{raw}",
        "level": "{level_percent:.0f} %",
    }

    tables = (HIGHWAY,)

    adjust = Choice("Adjustment", tuple(ADJUSTMENTS), default="none")
    level = Choice("Level", tuple(LEVELS), default="5 %")
    mark = Choice("Mark", MARKS, default="stars")
    tested = Choice("Map of", (_ALL, _OF_RATE), default=_ALL)
    answers = {
        "answer": Number("Pairs that BH keeps and Holm does not", 0, 55),
        "strongest": Choice("Strongest pair that BH drops", PAIRS, default=None),
    }
    views = ("mark", "tested")

    predict = Predict(
        "{raw} of {pairs} pairs have a star at {level_percent:.0f} %. Holm adjusts for {pairs} "
        "tests. How many stars are left?",
        choices=[
            Option(
                text="{value}: these are real data, not noise",
                value=21,
                feedback=(
                    "Real tables may have unrelated pairs as well, and those earn stars like any "
                    "noise. Holm keeps {holm} of {raw}."
                ),
                misconception="star_means_real",
                holds=lambda state: state["holm"] < state["raw"],
            ),
            Option(
                text="{value}: take away what noise would earn",
                value=18,
                feedback=(
                    "That sum is fair for the *number* of false stars, at most about "
                    "{expected:.1f}. It does not say which ones they are. So that a false star "
                    "anywhere happens on at most {level_percent:.0f} % of maps, Holm keeps {holm}."
                ),
                misconception="adjusting_subtracts_the_false",
                tempting=True,
                holds=lambda state: (
                    state["holm"] < state["value"] == state["raw"] - round(state["expected"])
                ),
            ),
            Option(
                text="{value}: half of them, or less",
                value=10,
                feedback=(
                    "{holm}. A false star anywhere is now rare, and the price is {lost_by_holm} "
                    "pairs. Chance would have earned about {expected:.1f}, so some of those that "
                    "are lost are probably real."
                ),
                holds=lambda state: state["lost_by_holm"] > 2 * state["expected"],
            ),
            Option(
                text="{value}: with so many tests hardly anything can survive",
                value=2,
                feedback=(
                    "Strong pairs do not mind: their p is far below what {pairs} tests ask for. "
                    "Holm keeps {holm} of {raw}."
                ),
                misconception="adjusting_leaves_nothing",
                holds=lambda state: state["holm"] > 2,
            ),
        ],
        answer=lambda exhibit: exhibit.facts["holm"],
        seen_at={"adjust": "Holm"},
    )

    task = Task(
        "At {level_percent:.0f} %, how many of the pairs that BH keeps does Holm not keep? Then "
        "let BH adjust, and name the strongest of the pairs that it drops. One of the three marks "
        "makes that one easy to overlook.",
        goals=[
            Goal(
                "The adjustment on the screen is BH: now {adjust}",
                met=lambda state: state["adjust"] == "BH",
            ),
            Goal(
                "The level is five percent: now {level_percent:.0f} %",
                met=lambda state: state["level_percent"] == 5,
            ),
            Goal(
                "The number of pairs that BH keeps and Holm does not is right: now {answer}",
                met=lambda state: state["answer"] == state["bh"] - state["holm"],
            ),
            Goal(
                "The strongest pair that it drops is named: now {strongest}",
                met=lambda state: state["strongest"] == state["dropped"],
            ),
        ],
        solution={"adjust": "BH", "answer": 9, "strongest": "shld–itg"},
        hints=[
            "The title of the triangle counts the pairs that are left. Look at it with both "
            "adjustments.",
            "With stars the colour stays. Look in the triangle for the deepest colour that has no "
            "star.",
            "Under Numbers the pairs stand from strong to weak, with p after the adjustment.",
        ],
    )

    holds = [
        Claim("So there is something", lambda state: state["raw"] > 3 * state["expected"]),
    ]

    mistakes = [
        Mistake(
            "{answer} is what Holm keeps. It guards against any false star on the map. BH allows a "
            "small share of them, and keeps more. How many more?",
            when=lambda state: state["answer"] == state["holm"] != state["bh"] - state["holm"],
            example={"adjust": "Holm", "answer": 10},
            misconception="adjustments_promise_the_same",
            holds=lambda state: state["bh"] > state["holm"],
        ),
        Mistake(
            "{answer} is all that BH keeps. Holm keeps some of those as well.",
            when=lambda state: state["answer"] == state["bh"],
            example={"adjust": "BH", "answer": 19},
            misconception="adjustments_promise_the_same",
            holds=lambda state: 0 < state["holm"] < state["bh"],
        ),
        Mistake(
            "{answer} of the {raw} stars without an adjustment are dropped by Holm. But BH drops "
            "some of them too.",
            when=lambda state: state["answer"] == state["lost_by_holm"],
            example={"adjust": "Holm", "answer": 11},
            misconception="adjusting_subtracts_the_false",
            holds=lambda state: state["holm"] < state["bh"] < state["raw"],
        ),
        Mistake(
            "{raw} is the number before any adjustment. Every pair was then tested as if it were "
            "the only one.",
            when=lambda state: state["answer"] == state["raw"],
            example={"answer": 21},
            misconception="star_means_real",
            holds=lambda state: state["bh"] < state["raw"],
        ),
        Mistake(
            "{answer} is not the difference. Holm keeps no pair that BH drops, so it is enough to "
            "count the stars of the one and of the other.",
            when=lambda state: (
                state["answer"] is not None and state["answer"] != state["bh"] - state["holm"]
            ),
            example={"adjust": "BH", "answer": 16},
            misconception="adjustments_promise_the_same",
            holds=lambda state: state["holm"] <= state["bh"],
        ),
        Mistake(
            "Nothing is adjusted on the screen. Of the {raw} stars in the triangle noise alone "
            "would earn about {expected:.1f}.",
            when=lambda state: state["adjust"] == "none",
            example={"answer": 9},
            misconception="star_means_real",
            holds=lambda state: state["raw"] > state["expected"],
        ),
        Mistake(
            "{adjust} keeps {kept} of the {raw} stars, and BH {bh}. Each promises something else, "
            "so each drops other pairs. The task asks what BH drops.",
            when=lambda state: state["adjust"] != "BH",
            example={"adjust": "BY"},
            misconception="adjustments_promise_the_same",
            holds=lambda state: state["kept"] < state["bh"],
        ),
        Mistake(
            "At {level_percent:.0f} % BH keeps {kept} pairs. The level is part of the promise: "
            "with another one another share of the stars may be false.",
            when=lambda state: state["level_percent"] != 5,
            example={"adjust": "BH", "level": "10 %"},
            misconception="level_counts_maps",
        ),
        Mistake(
            "`{dropped}` is dropped too, at r = {dropped_r:.2f}, and it is stronger than "
            "`{strongest}`. Did you look at the faded map? Fading makes weak and strong alike.",
            when=lambda state: (
                state["adjust"] == "BH"
                and state["strongest"] not in (None, state["dropped"], *state["stars"].split())
            ),
            example={"adjust": "BH", "answer": 9, "strongest": "trks–acpt"},
            misconception="no_star_means_zero",
            holds=lambda state: abs(state["strongest_r"]) < abs(state["dropped_r"]),
        ),
        Mistake(
            "`{strongest}` keeps its star here. Look for the strongest pair *without* one.",
            when=lambda state: state["strongest"] in state["stars"].split(),
            example={"adjust": "BH", "answer": 9, "strongest": "rate–shld"},
            misconception="no_star_means_zero",
        ),
    ]

    learned = [
        Outcome(
            "{raw} stars become {holm} with Bonferroni or Holm, {by} with BY, {bh} with BH. It "
            "dropped `{dropped}`, r = {dropped_r:.2f}. Its interval is {dropped_low:.2f} to "
            "{dropped_high:.2f} if this were the only pair, and {all_low:.2f} to {all_high:.2f} if "
            "all {pairs} intervals are to hold at once: zero is possible, and so is a strong link. "
            "No star is not zero. Whatever fades should still be readable.\n\n"
            "Ask less, and pay less. Who wants to know about `rate` alone tests {asked} pairs. "
            "Holm adjusts for those, and `{gained}` has a star: {gained_p:p} instead of "
            "{gained_p_of_all:p} among {pairs}. That is honest where the question was chosen "
            "before the map was seen.",
            holds=lambda state: (
                state["bonferroni"] == state["holm"] < state["by"] < state["bh"] < state["raw"]
                and state["dropped_low"] > 0 > state["all_low"]
                and state["all_high"] > 0.7
                and state["gained_p"] < state["level_percent"] / 100 < state["gained_p_of_all"]
            ),
        )
    ]

    def in_the_lab(self, *, adjust: str, level: str, mark: str, tested: str) -> LabAddress:
        settings: dict[str, Value] = {"adjust": adjust}
        if level != "10 %":
            settings["level"] = level
        if tested != _ALL:
            return LabAddress("highway", "one_against_all", {"target": "rate", **settings})
        marks = "stars" if mark == "stars" else "pale"
        settings |= {"method": "Pearson", "marks": marks}
        return LabAddress("highway", "association_map", settings, same_map=True)

    def show(self, adjust: str, level: str, mark: str, tested: str) -> Exhibit:
        alpha = LEVELS[level]
        found = _adjusted(adjust)
        pairs = _named(found)
        kept = pairs["p_adjusted"] < alpha
        dropped = pairs.loc[~kept].iloc[0]
        counts = {
            name: int((adjust_p_values(pairs["p"], method) < alpha).sum())
            for name, method in ADJUSTMENTS.items()
        }
        all_low, all_high = _interval_of_many(float(dropped.r), len(pairs))
        of_rate = _of_rate(adjust)
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
            "kept_of_rate": int((of_rate.p_adjusted["rate"] < alpha).sum()),
            "stars": " ".join(pairs.index[kept]),
            "dropped": str(dropped.name),
            "dropped_r": float(dropped.r),
            "dropped_low": float(dropped.low),
            "dropped_high": float(dropped.high),
            "all_low": all_low,
            "all_high": all_high,
            **_asked_of_rate(alpha),
        }
        shown, description = (found, _OF_ALL_PAIRS) if tested == _ALL else (of_rate, _OF_RATE_ALONE)
        table = pairs if tested == _ALL else _named(of_rate)
        left = int((table["p_adjusted"] < alpha).sum())
        return Exhibit(
            figures=(
                starred_map(
                    shown.r,
                    shown.p_adjusted < alpha,
                    mark=mark,
                    title=f"{left} of {len(table)} pairs are left",
                ),
            ),
            facts=facts,
            table=table[["r", "low", "high", "p", "p_adjusted"]].round(4).rename_axis("pair"),
            description=fill(description, facts),
            behind=behind(highway(), "sections"),
            call=one_call(
                "heatmap",
                "highway",
                y=None if tested == _ALL else "rate",
                adjust=unless(ADJUSTMENTS[adjust], "holm"),
                alpha=unless(alpha, 0.05),
            ),
        )

    def appraise(
        self,
        exhibit: Exhibit,  # noqa: ARG002
        answer: int | None,  # noqa: ARG002
        strongest: str | None,
    ) -> Mapping[str, Fact]:
        if strongest is None:
            return {"strongest_r": 0.0}
        x, y = strongest.split("–")
        return {"strongest_r": float(_adjusted("none").r[x][y])}


_OF_ALL_PAIRS = (
    "The lower triangle of {pairs} highway pairs, of which {kept} survive at "
    "{level_percent:.0f} %. The strongest that does not is {dropped} at r = {dropped_r:.2f}."
)
_OF_RATE_ALONE = (
    "One column: rate against the other {asked}, of which {kept_of_rate} survive at "
    "{level_percent:.0f} % if they alone are tested. Of all {pairs} pairs, tested "
    "together, {kept} survive."
)


def _named(found: Correlations) -> pd.DataFrame:
    """Its pairs, each under its name."""
    pairs = found.pairs()
    return pairs.set_axis([pair_name(x, y) for x, y in zip(pairs.x, pairs.y, strict=True)])


def _interval_of_many(r: float, pairs: int) -> tuple[float, float]:
    """By Fisher's z, so wide that so many of them hold at once on 95 % of maps (Bonferroni)."""
    z, reach = np.arctanh(r), special.ndtri(1 - 0.025 / pairs) / np.sqrt(len(highway()) - 3)
    return float(np.tanh(z - reach)), float(np.tanh(z + reach))


@cache
def _asked_of_rate(level: float) -> dict[str, Fact]:
    """The strongest pair that Holm keeps among those of rate, and drops among all."""
    asked = _of_rate("Holm").p_adjusted["rate"]
    of_all = _adjusted("Holm").p_adjusted["rate"][asked.index]
    gained = str(asked[(asked < level) & (of_all >= level)].idxmin())
    return {
        "asked": len(asked),
        "gained": pair_name("rate", gained),
        "gained_p": float(asked[gained]),
        "gained_p_of_all": float(of_all[gained]),
    }


@cache
def _of_rate(adjust: str) -> Correlations:
    """The rectangle of rate against every other number, adjusted for its own pairs."""
    others = [name for name in NUMBERS if name != "rate"]
    return correlate(highway(), x=others, y="rate", adjust=ADJUSTMENTS[adjust])


@cache
def _adjusted(adjust: str) -> Correlations:
    return correlate(highway()[list(NUMBERS)], adjust=ADJUSTMENTS[adjust])


class TruthKnown(Step):
    """
    ### When the truth is known

    Now {true} of {pairs} pairs are real, with a true r of {r_true:.1f}, and the other {empty} are
    noise. In real data nobody tells you which is which. Here you know, so the adjustments can be
    marked like exams: true pairs found, false ones taken for true.

    {tables} such tables of {rows} rows were drawn, and all of them tested at {level:.0f} %. Which
    share of its stars is false is asked of each table, and then averaged over the tables; a table
    without stars counts as zero. That average is what BH promises to keep small. Other tables give
    other marks: a share of {level:.0f} % may well come out {give:.0f} points higher or lower.
    """

    readings = {
        "true r": "{r_true:.2f}",
        "real pairs": "{true} of {pairs}",
    }

    r_true = Slider("True r", 0.2, 0.6, default=0.4, step=0.1)
    seed = Seed("Draw", default=38)  # draw 0 has a false star on 6.4 % of Holm's maps, not on 5
    typical = ("none_share", "holm_found", "holm_any", "bh_found", "bh_share", "bh_any")
    answers = {
        "screening": Choice("For a screening", tuple(ADJUSTMENTS), default=None),
        "claim": Choice("For a claim", tuple(ADJUSTMENTS), default=None),
    }

    predict = Predict(
        "Stars should be right: on average no more than one in ten of a table's stars false. Which "
        "of these finds the most true pairs under that rule?",
        choices=[
            Option(
                text="No adjustment: it misses almost nothing",
                value="none",
                feedback=(
                    "It misses almost nothing: {none_found:.1f} of {true}. Beside them it stars "
                    "{none_wrong:.1f} false ones. On average {none_share:.0f} % of a table's stars "
                    "are wrong."
                ),
                misconception="star_means_real",
                holds=lambda state: state["none_found"] > 0.95 * state["true"],
            ),
            Option(
                text="Holm: the safest",
                value="Holm",
                feedback=(
                    "Safe it is: {holm_wrong:.2f} false stars a table. It pays with misses, and "
                    "finds {holm_found:.1f} of {true}. BH finds {bh_found:.1f}, and on average "
                    "{bh_share:.1f} % of a table's stars are false."
                ),
                misconception="strictest_is_best",
                holds=lambda state: state["bh_found"] > state["holm_found"],
            ),
            Option(
                text="BH: a few false ones are allowed",
                value="BH",
                feedback=(
                    "{bh_found:.1f} of {true} found, and on average {bh_share:.1f} % of a table's "
                    "stars are false. Holm, which guards against any, finds {holm_found:.1f}."
                ),
                tempting=True,
                holds=lambda state: state["bh_found"] > state["holm_found"],
            ),
        ],
        answer=lambda exhibit: exhibit.facts["best"],
    )

    task = Task(
        "Two jobs. A *screening*: what gets a star is measured again, so find as much as you can, "
        "on average with at most {most_wrong:.0f} % of a table's stars false. A *claim*: it will "
        "be printed, so a false star anywhere may happen in at most {most_any:.0f} % of tables. "
        "Choose an adjustment for each.",
        goals=[
            Goal(
                "The screening finds as much as it may: now {screening}",
                met=lambda state: (
                    state["screening"] is not None
                    and state["screening_share"] <= state["most_wrong"]
                    and not _finds_less(state)
                ),
            ),
            Goal(
                "The claim is false in at most {most_any:.0f} % of tables: now {claim}",
                met=lambda state: (
                    state["claim"] is not None and state["claim_any"] <= state["most_any"]
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
            holds=lambda state: state["none_any"] > state["most_any"],
        ),
        Mistake(
            "{claim} promises a share of the stars, on average {claim_share:.1f} % false here. "
            "That is not the same as *none*: {claim_any:.1f} % of tables have a false star "
            "somewhere. For a print, too many.",
            when=lambda state: (
                state["claim"] in ("BH", "BY") and state["claim_any"] > state["most_any"]
            ),
            example={"screening": "BH", "claim": "BH"},
            misconception="adjustments_promise_the_same",
            holds=lambda state: state["claim_share"] < state["most_wrong"],
        ),
        Mistake(
            "As a screening it finds {none_found:.1f} of {true}. But on average {none_share:.0f} % "
            "of a table's stars are noise, and you would measure it again.",
            when=lambda state: state["screening"] == "none",
            example={"screening": "none"},
            misconception="star_means_real",
            holds=lambda state: state["none_share"] > state["most_wrong"],
        ),
        Mistake(
            "Too strict for a screening: {screening} finds {screening_found:.1f}, and what it "
            "misses nobody measures again. Another adjustment keeps to {most_wrong:.0f} % and "
            "finds {best_found:.1f} of {true}.",
            when=lambda state: state["screening"] is not None and _finds_less(state),
            example={"screening": "Holm"},
            misconception="strictest_is_best",
            holds=lambda state: state["screening_share"] <= state["most_wrong"],
        ),
        Mistake(
            "At a true r of {r_true:.1f} Holm finds {holm_found:.1f} of {true} true pairs, BH "
            "{bh_found:.1f}, and no adjustment {none_found:.1f}. How many rows there are does not "
            "change. Which adjustment suits which job is still to be said.",
            when=lambda state: state["screening"] is None and state["claim"] is None,
            example={"r_true": 0.6},
            misconception="strictest_is_best",
            holds=lambda state: state["holm_found"] <= state["bh_found"] <= state["none_found"],
        ),
    ]

    learned = [
        Outcome(
            "True links of r = {r_true:.1f} are too weak for {rows} rows: {screening} finds "
            "{screening_found:.1f} of {true}, {claim} {claim_found:.1f}. No adjustment invents the "
            "rows that are missing. Without one it is {none_found:.1f}, and on average "
            "{none_share:.0f} % of a table's stars are false.",
            when=lambda state: state["best_found"] < state["true"] / 2,
            holds=lambda state: (
                state["screening_found"] < state["none_found"]
                and state["none_share"] > state["most_wrong"]
            ),
        ),
        Outcome(
            "Of {true} true pairs {screening} finds {screening_found:.1f}, and on average "
            "{screening_share:.1f} % of a table's stars are false: a screening. {claim} finds "
            "{claim_found:.1f}, and {claim_any:.1f} % of these {tables} maps have a false star: a "
            "claim. No adjustment: on average {none_share:.0f} % of a table's stars are false.",
            holds=lambda state: (
                state["none_share"] > state["most_wrong"] and state["none_any"] > state["most_any"]
            ),
        ),
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
            "give": 200 * math.sqrt(LEVEL * (1 - LEVEL) / _EXAMS),
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

    def appraise(
        self, exhibit: Exhibit, screening: str | None, claim: str | None
    ) -> Mapping[str, Fact]:
        """The marks of what was chosen for either job; none for what is still open."""
        return {
            f"{job}_{mark}": float(exhibit.facts[f"{_fact(chosen)}_{mark}"]) if chosen else 0.0
            for job, chosen in (("screening", screening), ("claim", claim))
            for mark in ("found", "share", "any")
        }


_EXAMS = 500
_PAIRS = COLUMNS * (COLUMNS - 1) // 2
_TRUE = 10
_MOST_WRONG = 10.0
_MOST_ANY = 10.0
_MEASURES = {"true": "found", "false": "wrong", "% false": "share", "% with any false": "any"}
"""What the table of marks calls each fact."""


def _finds_less(state: State) -> bool:
    """Whether the screening finds fewer than the best, in the decimals that are shown."""
    return bool(round(state["screening_found"], 1) < round(state["best_found"], 1))


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
