"""On your own: two columns of words about the nations."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.categorical.tables import coded
from lessons.tables import UN, table
from lib.course import (
    Choice,
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
    Number,
    Outcome,
    Step,
    Task,
    fill,
)
from lib.course.behind import grouped
from lib.stats import correlation_ratio

_NUMBERS = ("infantMortality", "fertility", "ppgdp", "lifeExpF", "pctUrban")
_CODES, _ETA = "r² of codes by the alphabet", "η²"


class EightWordsOrThree(Step):
    """
    ### On your own: eight words or three

    The nations of the world, and two columns of words that say where each belongs. `region` has
    {all_regions} words, from Africa to Oceania. `group` has {all_groups}: `oecd`, `africa`,
    `other`.

    More words can say more. They can also say more by chance, and be cut in the wrong place.
    """

    readings = {
        "region tells": "{region_share:.1%}",
        "group tells": "{group_share:.1%}",
        "nations": "{nations}",
    }

    tables = (UN,)

    number = Choice("A number", _NUMBERS, default="infantMortality")
    measure = Choice("Measure", (_CODES, _ETA), default=_CODES)
    answers = {"chance": Number("Chance gives region, %", 0, 100)}

    task = Task(
        "Find a number of which `group` tells at least {margin} points more than `region`, with "
        "fewer words, by a measure that needs no codes. And how many per cent of its variance "
        "would the words of `region` be expected to tell by chance alone? Within one will do.",
        goals=[
            Goal(
                "The measure needs no codes: now {measure}",
                met=lambda state: state["measure"] == _ETA,
            ),
            Goal(
                "`group` tells at least {margin} points more than `region`: now {lead:.1f}",
                met=lambda state: state["lead"] >= state["margin"],
            ),
            Goal(
                "What chance gives `region` is right within one: now {chance}",
                met=lambda state: (
                    state["chance"] is not None
                    and abs(state["chance"] - state["region_chance"]) <= 1
                ),
            ),
        ],
        solution={"number": "ppgdp", "measure": _ETA, "chance": 4},
        hints=[
            "Codes by the alphabet see a rise along the alphabet. What sees the groups themselves?",
            "Look at one number after the other.",
            "Words less one over rows less one: that is what means of groups tell of noise.",
        ],
    )

    mistakes = [
        Mistake(
            "By the alphabet `region` tells {region_r2:.1%} of `{number}` and `group` "
            "{group_r2:.1%}; by their means it is {region_eta2:.1%} and {group_eta2:.1%}. Nobody "
            "has put these words in an order.",
            when=lambda state: (
                state["measure"] == _CODES
                and (state["number"] != _NUMBERS[0] or state["chance"] is not None)
            ),
            example={"number": "ppgdp"},
            misconception="codes_are_measurements",
            holds=lambda state: (
                state["region_r2"] < state["region_eta2"]
                and state["group_r2"] < state["group_eta2"]
            ),
        ),
        Mistake(
            "Of `{number}` `group` tells {group_share:.1%} and `region` {region_share:.1%}. That "
            "is a lead of {lead:.1f} points for `group`, and not yet {margin}. Another number has "
            "it.",
            when=lambda state: state["measure"] == _ETA and state["lead"] < state["margin"],
            example={"measure": _ETA},
            misconception="more_levels_are_told_better",
            holds=lambda state: state["lead"] < state["margin"],
        ),
        Mistake(
            "The number is found. {chance} % is not what chance gives `region`. That grows with "
            "the words and falls with the rows: `group`, with {groups} words, gets "
            "{group_chance:.1f} % of {nations} nations.",
            when=lambda state: state["chance"] is not None,
            example={"number": "ppgdp", "measure": _ETA, "chance": 30},
            misconception="levels_cost_nothing",
            holds=lambda state: (
                state["lead"] >= state["margin"]
                and abs(state["chance"] - state["region_chance"]) > 1
                and state["group_chance"] < state["region_chance"]
            ),
        ),
    ]

    learned = [
        Outcome(
            "Of `{number}` the {groups} words of `group` tell {group_share:.1%} and the {regions} "
            "of `region` {region_share:.1%}, of which {region_chance:.1f} points may be chance. "
            "`region` has one word for {europe_oecd_n} members of the OECD in Europe and for "
            "{europe_other_n} others there, with means of {europe_oecd:,.0f} and "
            "{europe_other:,.0f}. So fewer words can tell more, where they are cut in the right "
            "place. This is one number of {numbers}: of {region_ahead} of them `region` tells "
            "more. And of the logarithm of `{number}` the lead of `group` is {log_lead:.1f} "
            "points, where it is {lead:.1f} here: a few large values make much of it.\n\n"
            "That is the lesson on a table of your own. The quiz can wait until tomorrow.",
            holds=lambda state: (
                state["group_share"] > state["region_share"]
                and state["groups"] < state["regions"]
                and state["region_ahead"] == state["numbers"] - 1
                and 0 < state["log_lead"] < state["lead"] / 2
                and state["europe_oecd"] > 1.5 * state["europe_other"]
            ),
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        return LabAddress("un", "association_map", {"method": "by kind", "adjust": "none"})

    def show(self, number: str, measure: str) -> Exhibit:
        rows = _nations(number)
        tell = _told(number)
        shares = tell["r²" if measure == _CODES else "η²"]
        europe = rows[rows["region"] == "Europe"]
        in_oecd = europe["group"] == "oecd"
        words = rows[["region", "group"]].nunique()
        facts: dict[str, Any] = {
            "all_regions": table("un")["region"].nunique(),
            "all_groups": table("un")["group"].nunique(),
            "margin": 5,
            "nations": len(rows),
            "regions": int(words["region"]),
            "groups": int(words["group"]),
            "region_share": shares["region"],
            "group_share": shares["group"],
            "lead": 100 * (shares["group"] - shares["region"]),
            "numbers": len(_NUMBERS),
            "region_ahead": sum(
                _told(name)["η²"]["region"] > _told(name)["η²"]["group"] for name in _NUMBERS
            ),
            "log_lead": _lead_in_logarithms(number),
            "region_r2": tell["r²"]["region"],
            "group_r2": tell["r²"]["group"],
            "region_eta2": tell["η²"]["region"],
            "group_eta2": tell["η²"]["group"],
            "region_chance": 100 * (words["region"] - 1) / (len(rows) - 1),
            "group_chance": 100 * (words["group"] - 1) / (len(rows) - 1),
            "europe_oecd_n": int(in_oecd.sum()),
            "europe_other_n": int((~in_oecd).sum()),
            "europe_oecd": float(europe[number][in_oecd].mean()),
            "europe_other": float(europe[number][~in_oecd].mean()),
        }
        return Exhibit(
            figures=(
                grouped(rows["region"], rows[number], fill("region: {region_share:.1%}", facts)),
                grouped(rows["group"], rows[number], fill("group: {group_share:.1%}", facts)),
            ),
            across=2,
            facts=facts,
            table=pd.DataFrame(tell).round(4),
            description=fill(
                "The middle halves of {number} by region and by group, {nations} nations. By the "
                "{measure} region tells {region_share:.1%} of it and group {group_share:.1%}.",
                {"number": number, "measure": measure, **facts},
            ),
        )


def _nations(number: str) -> pd.DataFrame:
    """The nations of which the number and both words are known."""
    rows = table("un")[["region", "group", number]].dropna()
    for name in ("region", "group"):
        rows[name] = rows[name].cat.remove_unused_categories()
    return rows


@cache
def _lead_in_logarithms(number: str) -> float:
    """How many points more `group` tells of the logarithm than `region` does."""
    rows = _nations(number)
    region, group = (
        correlation_ratio(rows[name], np.log(rows[number])) ** 2 for name in ("region", "group")
    )
    return float(100 * (group - region))


@cache
def _told(number: str) -> dict[str, dict[str, float]]:
    """What either column of words tells of a number, by codes and by the means of its groups."""
    rows = _nations(number)
    found: dict[str, dict[str, float]] = {"r²": {}, "η²": {}}
    for name in ("region", "group"):
        codes = coded(rows[name], sorted(rows[name].cat.categories))
        found["r²"][name] = float(np.corrcoef(codes, rows[number])[0, 1] ** 2)
        found["η²"][name] = correlation_ratio(rows[name], rows[number]) ** 2
    return found
