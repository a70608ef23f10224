"""The end of the lesson: what a table says of service and pay, without anybody's help."""

from functools import cache
from typing import Any

import pandas as pd

from lessons.highway import r_between
from lessons.tables import SALARIES, table
from lib.charts import Scatter
from lib.course import (
    Choice,
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
from lib.stats import correlate, correlate_within, vif

_YEARS = ("yrs.service", "yrs.since.phd")
_NOBODY = "nobody"
_GROUPS = {
    _NOBODY: "",
    "ranks": "rank",
    "disciplines": "discipline",
    "women and men": "sex",
}
_FINDINGS = {
    "up": "pooled within them salary rises",
    "none": "pooled within them no link shows",
    "down": "pooled within them salary falls",
}


def _is_left(state: State) -> str:
    """What the picture on the screen shows within its groups."""
    if state["within_p"] >= state["level_percent"] / 100:
        return "none"
    return "up" if state["within_r"] > 0 else "down"


class OnYourOwnSalaries(Step):
    """
    ### On your own: are the years paid for?

    A college pays {professors} professors. Who has served for longer earns more: `yrs.service` and
    `salary` have r = {service_r:.2f}. So, it is said, the college pays for years of service. The
    table also knows the rank of each, the discipline, the sex, and the years since the doctorate.

    What goes with the years, and what with something else? And if a regression takes both kinds of
    years as predictors, how vague do their coefficients get? Nothing is predicted here, and nobody
    helps unless you ask.
    """

    readings = {
        "r overall": "{overall_r:.2f}",
        "pooled within": "{within_r:.2f}",
    }

    tables = (SALARIES,)

    years = Choice("Years", _YEARS, default=_YEARS[0])
    groups = Choice("Groups", tuple(_GROUPS), default=_NOBODY)
    answers = {
        "finding": Choice("The table says", tuple(_FINDINGS.values()), default=None),
        "growth": Number("Standard errors larger by, in per cent", 0, 1000),
    }

    task = Task(
        "Show the groups that account for it: pooled within them, years and salary have no link "
        "that is clear of chance. Say what the table says there. And say by how many per cent the "
        "standard errors of both kinds of years grow when a regression takes both of them.",
        goals=[
            Goal(
                "Pooled within the groups no link is clear of chance: now r is {within_r:.2f}, "
                "{within_p:p}",
                met=lambda state: state["groups"] != _NOBODY and _is_left(state) == "none",
            ),
            Goal(
                "What the table says of the groups on the screen is named: now {finding}",
                met=lambda state: state["finding"] == _FINDINGS[_is_left(state)],
            ),
            Goal(
                "The growth of the standard errors, in per cent, is right: now {growth}",
                met=lambda state: (
                    state["growth"] is not None and abs(state["growth"] - state["se_percent"]) <= 2
                ),
            ),
        ],
        solution={"groups": "ranks", "finding": _FINDINGS["none"], "growth": 141},
        hints=[
            "Look at the picture once with each kind of group.",
            "The two kinds of years have r = {years_r:.2f} with each other. With two predictors R² "
            "is the square of that.",
            "The VIF belongs to the variance, and its root to the standard error.",
        ],
    )

    mistakes = [
        Mistake(
            "Over all {professors} r is {overall_r:.2f}. What it is within any groups, this "
            "picture does not say.",
            when=lambda state: state["groups"] == _NOBODY,
            example={"years": _YEARS[1], "finding": _FINDINGS["up"]},
            misconception="overall_holds_within",
        ),
        Mistake(
            "Pooled within {groups} r is {within_r:.2f}, {within_p:p}, and over all "
            "{overall_r:.2f}. These groups do not account for it.",
            when=lambda state: _is_left(state) != "none",
            example={"groups": "disciplines", "finding": _FINDINGS["up"]},
            misconception="overall_holds_within",
            holds=lambda state: state["within_r"] > 0.8 * state["overall_r"],
        ),
        Mistake(
            "Pooled within {groups} r is {within_r:.2f}, {within_p:p}: neither more nor less "
            "salary goes with the years beyond what chance does.",
            when=lambda state: state["finding"] not in (None, _FINDINGS["none"]),
            example={"groups": "ranks", "finding": _FINDINGS["down"]},
            misconception="cell_is_exact",
            holds=lambda state: state["within_p"] > state["level_percent"] / 100,
        ),
        Mistake(
            "By {growth} per cent the *variance* is larger, with a VIF of {vif:.2f}. The standard "
            "error goes with its root.",
            when=lambda state: (
                state["growth"] is not None and abs(state["growth"] - 100 * (state["vif"] - 1)) <= 2
            ),
            example={"groups": "ranks", "finding": _FINDINGS["none"], "growth": 480},
            misconception="threshold_is_collinearity",
        ),
        Mistake(
            "The two kinds of years have r = {years_r:.2f}, so a VIF of {vif:.2f}. {growth} per "
            "cent is not what that does to a standard error.",
            when=lambda state: state["growth"] is not None,
            example={"groups": "ranks", "finding": _FINDINGS["none"], "growth": 91},
            misconception="threshold_is_collinearity",
            holds=lambda state: abs(state["growth"] - state["se_percent"]) > 2,
        ),
    ]

    learned = [
        Outcome(
            "`{years}` and salary: r = {overall_r:.2f} over all, {within_r:.2f} pooled within "
            "{groups}, {within_p:p}. Pooled is not each: of {parts} `{part}` alone has "
            "{part_r:.2f}, {part_p:p}, the smallest p among them; with Bonferroni it is "
            "{part_adjusted:p}. Full professors have served for {full_years:.0f} years on "
            "average and earn {full_salary:,.0f} dollars, assistant professors for "
            "{young_years:.0f} and {young_salary:,.0f}. Is that no pay for service? Who stays may "
            "be promoted, and promotion is paid: then rank is the way by which the years work, and "
            "no confounder. The table cannot tell. Nor can a regression tell the two kinds of "
            "years apart well: their VIF of {vif:.2f} makes both standard errors larger by "
            "{se_percent:.0f} per cent.",
            holds=lambda state: (
                state["overall_r"] > 0.3
                and state["within_p"] > state["level_percent"] / 100
                and state["parts"] > 1
                and state["full_years"] > state["young_years"]
                and state["full_salary"] > state["young_salary"]
            ),
        )
    ]

    def in_the_lab(self, *, years: str, groups: str) -> LabAddress:
        columns = (years, "salary")
        if groups == _NOBODY:
            settings: dict[str, Value] = {"columns": columns, "method": "Pearson"}
            return LabAddress("salaries", "association_map", settings)
        return LabAddress("salaries", "partial_map", {"columns": columns, "fixed": _GROUPS[groups]})

    def show(self, years: str, groups: str) -> Exhibit:
        people, kind = table("salaries"), _GROUPS[groups]
        pair = correlate(people[[years, "salary"]], adjust="none").pairs().iloc[0]
        if kind:
            pooled = correlate_within(people[[years, "salary", kind]], kind, adjust="none")
            within = pooled.pairs().iloc[0]
        else:
            within = pair
        facts: dict[str, Any] = {
            "level_percent": 5.0,
            "overall_r": float(pair.r),
            "within_r": float(within.r),
            "within_p": float(within.p),
            **_clearest_part(years, kind),
            **_known(),
        }
        shown = "over all" if not kind else f"and {groups}"
        return Exhibit(
            figures=(
                Scatter(
                    people[years],
                    people["salary"],
                    groups=people[kind].astype(str) if kind else None,
                    line=True,
                    title=f"{years} and salary, {shown}",
                ),
            ),
            facts=facts,
            table=_by_group(years, kind),
            description=fill(
                f"{years} against the salary of {{professors}} professors, {shown}. Over all r is "
                "{overall_r:.2f}; with the means of the groups taken out it is {within_r:.2f}.",
                facts,
            ),
        )


@cache
def _clearest_part(years: str, kind: str) -> dict[str, Fact]:
    """Of the groups, or of all as one, that in which the link has the smallest p."""
    people = table("salaries")
    parts = people.groupby(kind, observed=True) if kind else [("all", people)]
    found = {
        str(name): correlate(part[[years, "salary"]], adjust="none").pairs().iloc[0]
        for name, part in parts
    }
    name = min(found, key=lambda part: float(found[part].p))
    p = float(found[name].p)
    return {
        "parts": len(found),
        "part": name,
        "part_r": float(found[name].r),
        "part_p": p,
        "part_adjusted": min(1.0, len(found) * p),
    }


@cache
def _known() -> dict[str, Fact]:
    people = table("salaries")
    means = people.groupby("rank", observed=True)[["yrs.service", "salary"]].mean()
    factor = float(vif(people[list(_YEARS)]).iloc[0])
    return {
        "professors": len(people),
        "service_r": r_between(people, "yrs.service", "salary"),
        "years_r": r_between(people, *_YEARS),
        "vif": factor,
        "se_percent": 100 * (factor**0.5 - 1),
        "full_years": float(means["yrs.service"]["Prof"]),
        "full_salary": float(means["salary"]["Prof"]),
        "young_years": float(means["yrs.service"]["AsstProf"]),
        "young_salary": float(means["salary"]["AsstProf"]),
    }


def _by_group(years: str, kind: str) -> pd.DataFrame:
    """Means, rows and r of each group, or of all."""
    people = table("salaries")
    groups = people.groupby(kind, observed=True) if kind else [("all", people)]
    rows = {
        str(name): {
            "rows": len(group),
            years: group[years].mean(),
            "salary": group["salary"].mean(),
            "r": r_between(group, years, "salary"),
        }
        for name, group in groups
    }
    return pd.DataFrame.from_dict(rows, orient="index").round(2)
