"""The end of the lesson: a map that is to be printed, without anybody's help."""

from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import combinations

from lessons.significance.stars import ADJUSTMENTS, LEVEL, LEVELS, MARKS, behind, starred_map
from lessons.tables import MTCARS, table
from lib.course import (
    Choice,
    Claim,
    Exhibit,
    Fact,
    Goal,
    LabAddress,
    Mistake,
    Number,
    Outcome,
    State,
    Step,
    Task,
    Value,
    fill,
)
from lib.stats import Correlations, correlate, critical_r, n_for_significance

_MEASURES = tuple(MTCARS.types)[1:]
_PAIRS = tuple(f"{x}–{y}" for x, y in combinations(_MEASURES, 2))
_GUARDS_THE_MAP = ("Bonferroni", "Holm")


def _is_promised(state: State) -> bool:
    """Whether a false star anywhere is as rare as the editor asks."""
    return state["adjust"] in _GUARDS_THE_MAP and state["level_percent"] <= state["rule"]


def _is_open(state: State) -> bool:
    return bool(state["open_p"] < LEVEL and not state["open_is_starred"])


class OnYourOwnCars(Step):
    """
    ### On your own: a map for print

    {cars} cars of {year}, and {measures} measurements of each: {pairs} pairs. A magazine wants to
    print their map with stars. The editor has one rule and one question. A false star anywhere on
    the map may happen with at most {rule:.0f} maps in a hundred. And what does the map leave open:
    which pair would have a star if it alone had been looked at, but has none in print, and how many
    cars would have settled it?

    Nothing is predicted here, and nobody helps unless you ask.
    """

    readings = {
        "stars": "{stars} of {pairs}",
        "adjustment": "{adjust}",
        "level": "{level_percent:.0f} %",
    }

    tables = (MTCARS,)

    adjust = Choice("Adjustment", tuple(ADJUSTMENTS), default="none")
    level = Choice("Level", tuple(LEVELS), default="10 %")
    mark = Choice("Mark", MARKS, default="stars")
    answers = {
        "open_pair": Choice("A pair that the print leaves open", _PAIRS, default=None),
        "needed": Number("Cars that would settle it", 3, 10_000),
    }
    views = ("mark",)

    task = Task(
        "Set the map so that it keeps the editor's rule. Name a pair that it leaves open: alone "
        "it would have a star at {rule:.0f} %. Then say how many cars would give such an r a star "
        "even by Bonferroni, at the level of the map: enough of them, and at most a tenth too "
        "many.",
        goals=[
            Goal(
                "A false star anywhere happens with at most {rule:.0f} maps in a hundred: now "
                "{adjust} at {level_percent:.0f} %",
                met=_is_promised,
            ),
            Goal(
                "The pair would have a star if it were alone, and the map gives it none: now "
                "{open_pair}",
                met=_is_open,
            ),
            Goal(
                "So many cars would be enough, and at most a tenth too many: now {needed}",
                met=lambda state: (
                    state["needed"] is not None
                    and state["fewest"] <= state["needed"] <= state["most"]
                ),
            ),
        ],
        solution={"adjust": "Holm", "level": "5 %", "open_pair": "mpg–qsec", "needed": 63},
        hints=[
            "Two of the adjustments speak of the whole map, two of a share of its stars.",
            "Under Numbers each pair has its p, as if it were alone and adjusted.",
            "Bonferroni divides the level by the number of pairs. And a star takes about two over "
            "the root of the rows at {rule:.0f} %; at so strict a level it takes more.",
        ],
    )

    mistakes = [
        Mistake(
            "Nothing is adjusted. If all {pairs} pairs were empty, {level_percent:.0f} % would "
            "still earn {expected:.1f} stars on average, and the editor allows next to none.",
            when=lambda state: state["adjust"] == "none",
            example={"level": "5 %"},
            misconception="noise_earns_no_stars",
            holds=lambda state: state["expected"] > 0.5,
        ),
        Mistake(
            "{adjust} promises a small share of false stars. The editor asked about any false "
            "star, on the whole map.",
            when=lambda state: state["adjust"] not in _GUARDS_THE_MAP,
            example={"adjust": "BH"},
            misconception="adjustments_promise_the_same",
        ),
        Mistake(
            "{adjust} guards the whole map. But its level says with how many maps in a hundred it "
            "may fail: {level_percent:.0f}, where {rule:.0f} are allowed.",
            when=lambda state: not _is_promised(state),
            example={"adjust": "Holm"},
            misconception="level_counts_maps",
            holds=lambda state: state["level_percent"] > state["rule"],
        ),
        Mistake(
            "`{open_pair}` is not open: with r = {open_r:.2f} it has a star on this map, "
            "{open_adjusted:p} after the adjustment.",
            when=lambda state: state["open_is_starred"],
            example={"adjust": "Holm", "level": "5 %", "open_pair": "mpg–wt"},
            misconception="adjusting_leaves_nothing",
            holds=lambda state: state["open_adjusted"] < state["level_percent"] / 100,
        ),
        Mistake(
            "`{open_pair}` has r = {open_r:.2f}, and {open_p:p} even if it is looked at alone. It "
            "would have had no star without an adjustment either.",
            when=lambda state: state["open_pair"] is not None and not _is_open(state),
            example={"adjust": "Holm", "level": "5 %", "open_pair": "gear–carb"},
            misconception="no_star_means_zero",
            holds=lambda state: state["open_p"] >= LEVEL,
        ),
        Mistake(
            "With {needed:,} cars and {pairs} pairs a star takes |r| = {needed_r:.3f}, and "
            "`{open_pair}` has {open_r:.2f}. For a pair that is looked at alone it would take "
            "{alone_r:.3f}.",
            when=lambda state: (
                state["open_pair"] is not None
                and state["needed"] is not None
                and state["needed"] < state["fewest"]
            ),
            example={"adjust": "Holm", "level": "5 %", "open_pair": "mpg–qsec", "needed": 32},
            misconception="level_counts_maps",
            holds=lambda state: abs(state["open_r"]) < state["needed_r"],
        ),
        Mistake(
            "With {needed:,} cars a star takes no more than |r| = {needed_r:.3f}, and "
            "`{open_pair}` has {open_r:.2f}. Fewer would do.",
            when=lambda state: state["open_pair"] is not None and state["needed"] is not None,
            example={"adjust": "Holm", "level": "5 %", "open_pair": "mpg–qsec", "needed": 500},
            misconception="strictest_is_best",
            holds=lambda state: abs(state["open_r"]) > state["needed_r"],
        ),
    ]

    learned = [
        Outcome(
            "{adjust} at {level_percent:.0f} %: {stars} of {pairs} pairs have a star, where "
            "{raw} would have one if each were alone. `{open_pair}`, r = {open_r:.2f}, is left "
            "open: {open_p:p} alone, {open_adjusted:p} on this map. With {needed:,} cars it would "
            "be settled, if r stayed as it is. One thing the map cannot say: {merc} of the cars "
            "are by one maker, and rows that share a maker may be no independent ones.",
            holds=lambda state: (
                state["stars"] < state["raw"]
                and state["open_p"] < LEVEL
                and state["level_percent"] <= 100 * state["open_adjusted"]
                and state["needed"] > state["cars"]
            ),
        )
    ]

    holds = [
        Claim(
            "Two of the adjustments speak of the whole map, two of a share of its stars",
            lambda _: set(ADJUSTMENTS) - {"none", "BH", "BY"} == set(_GUARDS_THE_MAP),
        ),
        Claim(
            "A false star anywhere on\nthe map may happen",
            lambda state: state["rule"] == 100 * LEVEL,
        ),
    ]

    def in_the_lab(self, *, adjust: str, level: str, mark: str) -> LabAddress:
        settings: dict[str, Value] = {
            "columns": _MEASURES,
            "method": "Pearson",
            "adjust": adjust,
            "marks": "stars" if mark == "stars" else "pale",
        }
        if level != "10 %":
            settings["level"] = level
        return LabAddress("mtcars", "association_map", settings, same_map=True)

    def show(self, adjust: str, level: str, mark: str) -> Exhibit:
        cars, alpha = table("mtcars"), LEVELS[level]
        found, alone = _correlated(adjust), _correlated("none")
        pairs = found.pairs().set_index(["x", "y"])
        stars = int((pairs["p_adjusted"] < alpha).sum())
        facts = {
            "cars": len(cars),
            "year": _YEAR,
            "measures": len(_MEASURES),
            "pairs": len(pairs),
            "rule": 100 * LEVEL,
            "level_percent": 100 * alpha,
            "expected": alpha * len(pairs),
            "stars": stars,
            "raw": int((alone.pairs()["p"] < alpha).sum()),
            "merc": int(cars.index.str.startswith("Merc ").sum()),
        }
        named = pairs.set_axis([f"{x}–{y}" for x, y in pairs.index])
        return Exhibit(
            figures=(
                starred_map(
                    found.r,
                    found.p_adjusted < alpha,
                    mark=mark,
                    title=fill("{stars} of {pairs} pairs have a star", facts),
                ),
            ),
            facts=facts,
            table=named[["r", "p", "p_adjusted"]].round(4).rename_axis("pair"),
            description=fill(
                "The lower triangle of {pairs} pairs of measurements of {cars} cars. With the "
                f"adjustment {adjust} {{stars}} of them have a star at {{level_percent:.0f}} %.",
                facts,
            ),
            behind=behind(cars, "cars"),
        )

    def appraise(
        self, exhibit: Exhibit, open_pair: str | None, needed: int | None
    ) -> Mapping[str, Fact]:
        """What the named pair has, alone and on the map, and how many cars would settle it."""
        if open_pair is None:
            return {
                "open_r": 0.0,
                "open_p": 1.0,
                "open_adjusted": 1.0,
                "open_is_starred": False,
                "fewest": 0,
                "most": 0,
                "needed_r": 0.0,
                "alone_r": 0.0,
            }
        x, y = open_pair.split("–")
        alpha = float(exhibit.facts["level_percent"]) / 100
        found = _correlated(str(exhibit.words["adjust"]))
        r, line = float(found.r[x][y]), alpha / len(_PAIRS)
        fewest = _enough_cars(r, line)
        rows = len(table("mtcars")) if needed is None else needed
        return {
            "open_r": r,
            "open_p": float(found.p[x][y]),
            "open_adjusted": float(found.p_adjusted[x][y]),
            "open_is_starred": bool(found.p_adjusted[x][y] < alpha),
            "fewest": fewest,
            "most": int(1.1 * fewest),
            "needed_r": _needed_r(rows, line),
            "alone_r": _needed_r(rows, alpha),
        }


_YEAR = 1974

_enough_cars = cache(n_for_significance)
_needed_r = lru_cache(maxsize=4096)(critical_r)


@cache
def _correlated(adjust: str) -> Correlations:
    return correlate(table("mtcars"), adjust=ADJUSTMENTS[adjust])
