"""Predictors that say the same: what it costs, where it hides, whom it harms."""

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.action.cross_validation import Floats, rates
from lessons.action.least_squares import coefficient
from lessons.action.tables import POPULAR, PREDICTORS, strongest_r, triangle, without
from lessons.highway import r_between
from lessons.tables import DIABETES, HIGHWAY, highway, table
from lib.charts import Bars, Histogram, Lines
from lib.course import (
    Choice,
    Claim,
    Columns,
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
    Toggle,
    fill,
)
from lib.course.behind import pair_behind
from lib.stats import generalised_vif, vif

_DIABETES_COLUMNS = tuple(table("diabetes").columns.drop("progression"))


class Inflate(Step):
    """
    ### What a correlation costs

    A regression predicts an outcome by a weighted sum of columns: the *predictors*, whose weights
    are the *coefficients*. Two predictors that go together share the credit for what they explain.
    The data cannot quite tell which of them earned it, so each coefficient gets vaguer. The
    *variance inflation factor*, VIF, says how much: with two predictors it is `1 / (1 - r²)`. The
    *standard error*, by which a coefficient typically strays, grows by its root.

    A popular rule says: above |r| = {popular:.1f} you have *multicollinearity*, predictors that
    foretell each other; below it you are safe. Textbooks sound another alarm, at a VIF of five, or
    of ten.
    """

    r = Slider("|r| of the two predictors", 0.0, 0.99, default=0.8, step=0.001)
    alarm = Choice("Alarm at a VIF of", ("5", "10"), default="5")
    views = ("alarm",)

    readings = {
        "|r|": "{r:.3f}",
        "VIF": "{vif:.2f}",
    }

    predict = Predict(
        "Two predictors correlate at |r| = {popular:.1f}, the popular alarm. What is their VIF?",
        choices=[
            Option(
                text="{value:.2f}",
                value=1.67,
                feedback=(
                    "That is what the standard error grows by, {se_factor:.2f}. The variance grows "
                    "by its square: VIF = {vif:.2f}. Still far from five."
                ),
                misconception="threshold_is_collinearity",
                holds=lambda state: state["se_factor"] ** 2 < 3 < state["threshold"],
            ),
            Option(
                text="{value:.2f}",
                value=2.78,
                feedback=(
                    "One over one minus {popular:.1f} squared: {vif:.2f}. The rule of thumb for r "
                    "and the rule of thumb for VIF are not the same rule: a VIF of five needs |r| "
                    "= {threshold_r:.3f}."
                ),
                holds=lambda state: state["popular_vif"] < state["threshold"],
            ),
            Option(
                text="{value:.0f}",
                value=5.0,
                tempting=True,
                feedback=(
                    "It would be tidy if the two alarms went off together. A VIF of five needs "
                    "|r| = {threshold_r:.3f}; at {popular:.1f} it is {vif:.2f}."
                ),
                misconception="threshold_is_collinearity",
                holds=lambda state: (
                    state["threshold_r"] > state["popular"] and state["vif"] < state["threshold"]
                ),
            ),
            Option(
                text="More than {value:.0f}",
                value=10.0,
                feedback=(
                    "So many slides say, in the same breath as the popular alarm. At {popular:.1f} "
                    "the VIF is {vif:.2f}, and the standard error grows by {se_factor:.2f}."
                ),
                misconception="threshold_is_collinearity",
                holds=lambda state: state["vif"] < state["threshold"] < state["value"],
            ),
        ],
        answer=lambda exhibit: exhibit.facts["vif"],
        tolerance=0.005,
    )

    answers = {"growth": Number("Standard error larger by, in per cent", 0, 1000)}

    task = Task(
        "Find two predictors about which the two rules disagree: one sounds its alarm and the "
        "other does not. Then say by how many per cent the standard errors are larger there than "
        "without the correlation.",
        goals=[
            Goal(
                "The popular rule, |r| above {popular:.1f}, sounds its alarm: now |r| is {r:.3f}",
                met=lambda state: state["r"] > state["popular"],
            ),
            Goal(
                "The alarm at a VIF of {threshold} stays silent: now the VIF is {vif:.2f}",
                met=lambda state: state["vif"] < state["threshold"],
            ),
            Goal(
                "The growth of the standard errors, in per cent, is right: now {growth}",
                met=lambda state: (
                    state["growth"] is not None and abs(state["growth"] - state["se_percent"]) <= 1
                ),
            ),
        ],
        solution={"r": 0.85, "growth": 90},
        hints=[
            "Start at the popular alarm, and go up slowly.",
            "The VIF belongs to the variance. What belongs to the standard error is its root; and "
            "a factor of two is a growth by a hundred per cent.",
        ],
    )

    mistakes = [
        Mistake(
            "At |r| = {r:.3f} the popular rule is silent, and so is the other: the VIF is "
            "{vif:.2f}. They agree.",
            when=lambda state: state["r"] <= state["popular"],
            example={"r": 0.7},
            misconception="threshold_is_collinearity",
            holds=lambda state: state["vif"] < state["threshold"],
        ),
        Mistake(
            "At |r| = {r:.3f} the VIF is {vif:.1f}: both alarms sound. Out here the VIF climbs "
            "steeply, and the third decimal of r counts.",
            when=lambda state: state["vif"] >= state["threshold"],
            example={"r": 0.95},
            misconception="vif_grows_evenly",
            holds=lambda state: _vif_of_two(state["r"] + 0.001) - state["vif"] > 0.03,
        ),
        Mistake(
            "By {growth} per cent the *variance* is larger, with a VIF of {vif:.2f}. The standard "
            "error goes with its root.",
            when=lambda state: (
                state["growth"] is not None and abs(state["growth"] - 100 * (state["vif"] - 1)) <= 1
            ),
            example={"r": 0.85, "growth": 260},
            misconception="threshold_is_collinearity",
        ),
        Mistake(
            "The rules disagree here. But {growth} per cent is not what a VIF of {vif:.2f} does to "
            "a standard error.",
            when=lambda state: state["growth"] is not None,
            example={"r": 0.85, "growth": 85},
            misconception="threshold_is_collinearity",
        ),
    ]

    learned = [
        Outcome(
            "At |r| = {r:.3f} the popular rule is alarmed and an alarm at {threshold} is not: the "
            "VIF is {vif:.2f}, and the standard errors are larger by {se_percent:.0f} per cent. A "
            "VIF of {threshold} takes |r| = {threshold_r:.3f}. Whether that is too much depends on "
            "what the coefficients are for.",
            holds=lambda state: state["popular"] < state["r"] < state["threshold_r"],
        )
    ]

    holds = [
        Claim(
            "grows by its root",
            lambda state: math.isclose(state["se_factor"] ** 2, state["vif"]),
        )
    ]

    def show(self, r: float, alarm: str) -> Exhibit:
        threshold = int(alarm)
        factor = _vif_of_two(r)
        facts = {
            "vif": factor,
            "se_factor": float(np.sqrt(factor)),
            "se_percent": 100 * float(np.sqrt(factor) - 1),
            "popular": POPULAR,
            "popular_vif": _vif_of_two(POPULAR),
            "threshold": threshold,
            "threshold_r": float(np.sqrt(1 - 1 / threshold)),
        }
        grid = np.linspace(0, max(r, 0.96), 97)
        curve = pd.DataFrame({"VIF": 1 / (1 - grid**2)}, pd.Index(grid, name="|r|"))
        marked = np.array([0.5, 0.7, POPULAR, 0.9, 0.95, 0.99])
        return Exhibit(
            figures=(
                Lines(
                    curve,
                    title="VIF of two predictors",
                    y="VIF",
                    marks={"alarm": threshold, "your VIF": factor},
                ),
            ),
            facts=facts,
            table=pd.DataFrame({"|r|": marked, "VIF": 1 / (1 - marked**2)}).round(2),
            description=fill(
                f"A curve that stays low for long and then climbs steeply. At |r| = {r:.3f} the "
                "VIF is {vif:.2f}; it reaches {threshold} at {threshold_r:.3f}.",
                facts,
            ),
        )


def _after(before: float, after: float) -> str:
    if after < 5:
        return "falls"
    return "falls a little" if after < before - 1 else "stays"


def _vif_of_two(r: float) -> float:
    return 1 / (1 - r**2)


def _sum_and_parts_inflate(state: State) -> bool:
    """Whether the sum has the largest VIF, and each of its parts one above the usual alarm."""
    factors = vif(_parts_and_sum(state["parts"], state["draw"]))
    return bool(factors.idxmax() == "sum" and factors.min() > 10)


_SHOWN = {"parts and their sum": "made-up columns", "diabetes": "real patients"}


class Hidden(Step):
    """
    ### The sum knows its parts

    {parts} columns that have nothing to do with each other, and one more: their sum, recorded
    almost without error. Think of the subjects of an exam and the total mark. With more than two
    predictors the VIF is `1 / (1 - R²)`: R² is the share of a column's variance that all the others
    together account for.

    Scan the map for trouble, the way one does. The strongest |r| anywhere is {max_r:.2f}, less than
    half of the popular alarm at {popular:.1f}.
    """

    tables = (DIABETES,)

    table = Choice("Table", ("parts and their sum", "diabetes"), default="parts and their sum")
    parts = Slider("Parts", 2, 20, default=9)
    draw = Seed("Draw", default=4)
    views = ("table", "parts", "draw")
    typical = ("max_r", "max_vif")
    answers = {
        "suspect": Choice("Hidden in diabetes", _DIABETES_COLUMNS, default=None),
        "informer": Choice("One that gives it away", _DIABETES_COLUMNS, default=None),
    }

    readings = {
        "strongest |r|": "{max_r:.2f}",
        "largest VIF": "{max_vif:.1f}",
    }

    predict = Predict(
        "No |r| in this table exceeds {max_r:.2f}. How large is the largest VIF?",
        choices=[
            Option(
                text="Near one: no pair correlates, so nothing is inflated",
                value="near one",
                tempting=True,
                feedback=(
                    "Pair by pair that is so. But together the parts give the sum away, whose VIF "
                    "is {max_vif:.0f}. And the sum and all other parts give each part away."
                ),
                misconception="pairs_show_everything",
                holds=_sum_and_parts_inflate,
            ),
            Option(
                text="Between two and {limit}: a mild case",
                value="below",
                feedback=(
                    "Mild is what the map shows, {max_r:.2f} at most. The regression of the sum on "
                    "all its parts at once leaves next to nothing: VIF {max_vif:.0f}."
                ),
                misconception="pairs_show_everything",
                holds=_sum_and_parts_inflate,
            ),
            Option(
                text="Above {limit}: a severe case",
                value="above",
                feedback=(
                    "{max_vif:.0f}, with no |r| above {max_r:.2f}. A map shows two columns at a "
                    "time. This takes {columns}."
                ),
                holds=lambda state: (
                    state["max_vif"] > state["limit"] and state["max_r"] < state["popular"]
                ),
            ),
        ],
        answer=lambda exhibit: exhibit.facts["verdict"],
    )

    task = Task(
        "Real patients now. In the diabetes table, name a column whose strongest |r| stays below "
        "the popular {popular:.1f} and whose VIF is above {limit}. Then name one of those that "
        "give it away: without that one its VIF would fall below five.",
        goals=[
            Goal(
                "The hidden column, now {suspect}, has its strongest |r| below {popular:.1f}: "
                "{named_r:.2f}",
                met=lambda state: (
                    state["suspect"] is not None and state["named_r"] < state["popular"]
                ),
            ),
            Goal(
                "Its VIF is above {limit}: {named_vif:.1f}",
                met=lambda state: state["named_vif"] > state["limit"],
            ),
            Goal(
                "Without the one that gives it away, now {informer}, its VIF is below five: "
                "{vif_without:.1f}",
                met=lambda state: 0 < state["vif_without"] < 5,
            ),
        ],
        solution={"table": "diabetes", "suspect": "s3", "informer": "s1"},
        hints=[
            "Switch the table. The bars give each column's VIF.",
            "Long bars that have no strong colour in the map: they are among the measurements of "
            "the blood serum, `s1` to `s6`.",
            "Who gives a column away need not correlate with it most. Try them.",
        ],
    )

    mistakes = [
        Mistake(
            "`{suspect}` has a VIF of {named_vif:.1f}, and the map shows why: |r| = {named_r:.2f} "
            "with one other column. That one is not hidden.",
            when=lambda state: state["named_r"] >= state["popular"],
            example={"table": "diabetes", "suspect": "s1"},
            misconception="pairs_show_everything",
            holds=lambda state: state["named_vif"] > 5,
        ),
        Mistake(
            "`{suspect}` has a VIF of {named_vif:.1f} and {named_r:.2f} as its strongest |r|. Look "
            "for a VIF of more than {limit}.",
            when=lambda state: state["suspect"] is not None and state["named_vif"] <= 10,
            example={"table": "diabetes", "suspect": "s4"},
            misconception="threshold_is_collinearity",
        ),
        Mistake(
            "A column says all about itself, and that is not in its VIF. Which *other* one gives "
            "`{suspect}` away?",
            when=lambda state: (
                state["suspect"] is not None and state["suspect"] == state["informer"]
            ),
            example={"table": "diabetes", "suspect": "s3", "informer": "s3"},
            misconception="vif_belongs_to_a_column",
        ),
        Mistake(
            "`{suspect}` is hidden, with a VIF of {named_vif:.1f}. Without `{informer}` it would "
            "still have {vif_without:.1f}: others give it away.",
            when=lambda state: state["suspect"] is not None and state["informer"] is not None,
            example={"table": "diabetes", "suspect": "s3", "informer": "s4"},
            misconception="pairs_show_everything",
            holds=lambda state: state["named_vif"] > 10 and state["vif_without"] >= 5,
        ),
    ]

    learned = [
        Outcome(
            "`{suspect}` has no |r| above {named_r:.2f} and a VIF of {named_vif:.1f}. Without "
            "`{informer}`, with which it correlates at {informer_r:.2f}, it would be "
            "{vif_without:.1f}. The map shows columns in pairs; a column may follow from several "
            "at once.",
            holds=lambda state: abs(state["informer_r"]) < 0.8 and state["vif_without"] < 5,
        )
    ]

    holds = [
        Claim("less than half of the popular alarm", lambda state: state["max_r"] < 0.4),
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        return LabAddress("diabetes", "redundancy", {"columns": tuple(map(str, _patients()))})

    def show(self, table: str, parts: int, draw: int) -> Exhibit:
        shown = _patients() if table == "diabetes" else _parts_and_sum(parts, draw)
        factors, strongest = vif(shown), strongest_r(shown)
        facts = {
            "popular": POPULAR,
            "limit": 10,
            "columns": shown.shape[1],
            "max_r": float(strongest.max()),
            "max_vif": float(factors.max()),
            "alarms": int((strongest > POPULAR).sum()),
            "verdict": "above" if factors.max() > 10 else "below",
        }
        return Exhibit(
            figures=(
                triangle(shown, f"Pearson's r: {_SHOWN[table]}", decimals=None),
                Bars(factors.to_frame("VIF"), title="VIF", x="VIF", marks={"alarm": 10}),
            ),
            across=2,
            facts=facts,
            table=pd.DataFrame({"strongest |r|": strongest, "VIF": factors}).round(2),
            description=fill(
                "A map of {columns} columns whose strongest |r| is {max_r:.2f}. Beside it the VIF "
                "of each, {max_vif:.1f} at most.",
                facts,
            ),
            behind=pair_behind(shown, "rows"),
        )

    def appraise(
        self,
        exhibit: Exhibit,  # noqa: ARG002
        suspect: str | None = None,
        informer: str | None = None,
    ) -> Mapping[str, Fact]:
        found: dict[str, Fact] = {
            "named_r": 0.0,
            "named_vif": 0.0,
            "vif_without": 0.0,
            "informer_r": 0.0,
        }
        if suspect is not None:
            patients = _strengths_in_diabetes()
            found["named_r"] = float(patients["r"][suspect])
            found["named_vif"] = float(patients["vif"][suspect])
            if informer not in (None, suspect):
                found["vif_without"] = float(_vif_in_diabetes_without(str(informer))[suspect])
                found["informer_r"] = r_between(_patients(), suspect, str(informer))
        return found


@cache
def _strengths_in_diabetes() -> pd.DataFrame:
    """Of each column of the diabetes table, its strongest |r| and its VIF."""
    return pd.DataFrame({"r": strongest_r(_patients()), "vif": vif(_patients())})


@cache
def _vif_in_diabetes_without(informer: str) -> "pd.Series[float]":
    return vif(_patients().drop(columns=informer))


def _patients() -> pd.DataFrame:
    return table("diabetes").drop(columns="progression")


def _parts_and_sum(parts: int, draw: int) -> pd.DataFrame:
    rng = np.random.default_rng(draw)
    pieces = rng.standard_normal((1000, parts))
    total = pieces.sum(axis=1) + 0.3 * rng.standard_normal(1000)
    names = [f"part {i + 1}" for i in range(parts)]
    return pd.DataFrame(pieces, columns=names).assign(sum=total)


class Drop(Step):
    """
    ### One of you has to go

    The highway sections again: what explains the accident rate? Traffic `adt` and interchanges
    `itg` correlate at {adt_itg_r:.2f}, and their VIFs are {adt_vif:.1f} and {itg_vif:.1f}. `lane`
    has r = {adt_lane_r:.2f} with traffic, above the popular alarm, and a VIF of {lane_vif:.1f}.

    The recipe says: drop one of each strong pair. It does not say which.
    """

    tables = (HIGHWAY,)

    columns = Columns("Predictors to keep", PREDICTORS, default=PREDICTORS)
    kinds = Toggle("With htype, the kind of road", default=False)
    views = ("kinds",)

    readings = {
        "predictors": "{kept}",
        "largest VIF": "{max_vif:.2f}",
        "strongest |r|": "{max_r:.2f}",
    }

    predict = Predict(
        "You drop `itg` and keep the worst offender, `adt`, with its VIF of {adt_vif:.1f}. "
        "The VIF of `adt` then ...",
        choices=[
            Option(
                text="falls below five",
                value="falls",
                tempting=True,
                feedback=(
                    "To {adt_without_itg:.2f}. The column with the largest VIF need not be the "
                    "one that goes: what inflates it can go instead."
                ),
                holds=lambda state: state["adt_without_itg"] < 5 < state["adt_vif"],
            ),
            Option(
                text="falls a little and stays above five: `lane` is still there",
                value="falls a little",
                feedback=(
                    "`lane` correlates with traffic at {adt_lane_r:.2f} and keeps some of it up. "
                    "But most of what the others knew about traffic came from the interchanges: "
                    "{adt_without_itg:.2f}."
                ),
                misconception="threshold_is_collinearity",
                holds=lambda state: state["adt_without_itg"] < state["adt_vif"] / 2,
            ),
            Option(
                text="stays where it is: the fault is its own",
                value="stays",
                feedback=(
                    "A VIF says how well the *others* know a column, and the best informer has "
                    "left: {adt_without_itg:.2f}."
                ),
                misconception="vif_belongs_to_a_column",
                holds=lambda state: state["adt_without_itg"] < state["adt_vif"] / 2,
            ),
        ],
        answer=lambda exhibit: _after(
            float(exhibit.facts["adt_vif"]), float(exhibit.facts["adt_without_itg"])
        ),
        seen_at={"columns": without(PREDICTORS, "itg")},
    )

    task = Task(
        "Bring every VIF below five and keep at least nine predictors.",
        goals=[
            Goal(
                "Every VIF is below five: the largest is now {max_vif:.2f}",
                met=lambda state: state["max_vif"] < 5,
            ),
            Goal(
                "At least nine predictors are kept: now {kept}",
                met=lambda state: state["kept"] >= 9,
            ),
        ],
        solution={"columns": without(PREDICTORS, "adt")},
        hints=[
            "One of ten may go. Which pair is behind the two long bars?",
            "There is more than one right answer.",
        ],
    )

    mistakes = [
        Mistake(
            "No VIF exceeds {max_vif:.2f} now. But {kept} predictors are left, and one removal "
            "would have done.",
            when=lambda state: state["max_vif"] < 5,
            example={"columns": without(PREDICTORS, "adt", "itg", "lane")},
            misconception="dropping_is_free",
            holds=lambda state: min(state["max_without_adt"], state["max_without_itg"]) < 5,
        ),
        Mistake(
            "`{max_name}` has a VIF of {max_vif:.2f}, because `htype` is in the model: the kind of "
            "road foretells it, too. Take `htype` out, and look again.",
            when=lambda state: state["kinds"] and not {"adt", "itg"} <= set(state["columns"]),
            example={"columns": without(PREDICTORS, "adt"), "kinds": True},
            misconception="vif_belongs_to_a_column",
            holds=lambda state: vif(highway()[list(state["columns"])]).max() < 5,
        ),
        Mistake(
            "By the map's rule `lane` may go. Without it `{max_name}` still has a VIF of "
            "{max_vif:.2f}: `adt` and `itg` are both there.",
            when=lambda state: (
                "lane" not in state["columns"] and {"adt", "itg"} <= set(state["columns"])
            ),
            example={"columns": without(PREDICTORS, "lane")},
            misconception="threshold_is_collinearity",
            holds=lambda state: state["max_name"] in ("adt", "itg"),
        ),
        Mistake(
            "`{max_name}` still has a VIF of {max_vif:.2f}. `adt` and `itg` tell much the same "
            "story, r = {adt_itg_r:.2f}, and both are there.",
            when=lambda state: {"adt", "itg"} <= set(state["columns"]),
            example={"columns": without(PREDICTORS, "slim")},
            misconception="vif_belongs_to_a_column",
            holds=lambda state: state["max_name"] in ("adt", "itg"),
        ),
    ]

    learned = [
        Outcome(
            "{kept} predictors are left, and the largest VIF is {max_vif:.2f}. Either may go: "
            "without `adt` none exceeds {max_without_adt:.2f}; without `itg` none exceeds "
            "{max_without_itg:.2f}, and the standard error of `adt` falls from {se_adt:.3f} to "
            "{se_adt_without_itg:.3f}. Which of the two to keep is a question about roads. Beside "
            "all ten `htype`, as one term with {kinds_df} coefficients, has a *generalised VIF* of "
            "{kinds_gvif:.1f}. Per coefficient that is as much as a VIF of {kinds_alike:.1f}.",
            holds=lambda state: (
                max(state["max_without_adt"], state["max_without_itg"]) < 5
                and state["se_adt_without_itg"] < state["se_adt"]
            ),
        )
    ]

    holds = [
        Claim(
            "above the popular alarm",
            lambda state: state["adt_lane_r"] > 0.8 and state["lane_vif"] < 5,
        ),
        Claim(
            "There is more than one right answer",
            lambda state: max(state["max_without_adt"], state["max_without_itg"]) < 5,
        ),
    ]

    def in_the_lab(self, *, columns: tuple[str, ...], **_: Any) -> LabAddress:
        return LabAddress("highway", "redundancy", {"columns": columns})

    def show(self, columns: tuple[str, ...], kinds: bool) -> Exhibit:
        chosen = highway()[list(columns)]
        inflation = generalised_vif(chosen.assign(htype=highway()["htype"]) if kinds else chosen)
        factors = inflation.loc[list(columns), "gvif"]
        facts = {
            "kept": len(columns),
            "max_vif": float(factors.max()),
            "max_name": str(factors.idxmax()),
            "above": int((factors >= 5).sum()),
            "max_r": float(strongest_r(chosen).max()),
            **_highway_facts(),
        }
        return Exhibit(
            figures=(
                Bars(
                    inflation[["gvif"]].rename(columns={"gvif": "VIF"}),
                    title="Generalised VIF" if kinds else "VIF",
                    x="VIF",
                    marks={"alarm": 5},
                ),
                triangle(chosen, "The predictors that you keep"),
            ),
            facts=facts,
            table=inflation.rename(
                columns={"gvif": "VIF", "df": "coefficients", "scaled": "per coefficient"}
            ).round(2),
            description=fill(
                "{kept} predictors, the strongest pair at |r| = {max_r:.2f}. The largest VIF is "
                "that of {max_name}, {max_vif:.2f}.",
                facts,
            ),
            behind=pair_behind(highway(), "sections"),
        )


@cache
def _highway_facts() -> dict[str, Any]:
    """What does not depend on the choice of predictors."""
    predictors = highway()[list(PREDICTORS)]
    full = vif(predictors)
    kinds = generalised_vif(highway().drop(columns="rate"))
    without_itg = vif(predictors.drop(columns="itg"))
    return {
        "adt_vif": float(full["adt"]),
        "itg_vif": float(full["itg"]),
        "lane_vif": float(full["lane"]),
        "adt_itg_r": r_between(predictors, "adt", "itg"),
        "adt_lane_r": r_between(predictors, "adt", "lane"),
        "adt_without_itg": float(without_itg["adt"]),
        "max_without_adt": float(vif(predictors.drop(columns="adt")).max()),
        "max_without_itg": float(without_itg.max()),
        "se_adt": _standard_error(predictors, "adt"),
        "se_adt_without_itg": _standard_error(predictors.drop(columns="itg"), "adt"),
        "kinds_gvif": float(kinds["gvif"]["htype"]),
        "kinds_df": int(kinds["df"]["htype"]),
        "kinds_alike": float(kinds["scaled"]["htype"]) ** 2,
    }


def _standard_error(predictors: pd.DataFrame, name: str) -> float:
    """Of a coefficient of the regression of the accident rate on these predictors."""
    design = predictors.assign(constant=1.0).to_numpy(float)
    return coefficient(design, rates(), list(predictors).index(name)).standard_error


_DECIDERS = (
    "the VIF is large",
    "its spread is larger than its effect",
    "there are few rows",
)


def _keeping_pays_with_more_effect(state: State) -> bool:
    """Whether keeping both predicts better once the effect is half as much again as the spread."""
    effect = 1.5 * state["sd_second"]
    *_, mse_both, mse_one = _fitted_twice(state["r"], state["n"], effect, state["draw"])
    return mse_both < mse_one


class Harm(Step):
    """
    ### Who is harmed?

    Collinear predictors, one reads, inflate variance *and* harm generalisation: drop one. Here are
    {tables} made-up tables of {n} rows. Two predictors with r = {r:.2f}, so VIF = {vif:.0f}. Each
    adds its own part to the outcome, and then there is noise.

    Each table is fitted twice: with both predictors, and with the first alone. Then both fits
    predict rows that they have never seen.
    """

    r = Slider("r of the two predictors", 0.0, 0.99, default=0.98, step=0.01)
    n = Slider("Rows", 10, 200, default=50, step=5)
    effect = Slider("Effect of the second", 0.0, 1.5, default=1.0, step=0.1)
    draw = Seed("Draw", default=2)
    views = ("draw",)
    typical = ("mse_both", "mse_one", "sd_b", "wrong_sign")

    readings = {
        "VIF": "{vif:.1f}",
        "error with both": "{mse_both:.3f}",
        "with the first alone": "{mse_one:.3f}",
        "second's spread": "{sd_second:.2f}",
    }

    predict = Predict(
        "At r = {r:.2f}, with {n} rows, where the first predictor has an effect of one and the "
        "second of {effect:.0f}: keeping both makes the error on new rows ...",
        choices=[
            Option(
                text="larger than with one alone",
                value="worse",
                tempting=True,
                feedback=(
                    "The coefficients do go wild: b spreads by {sd_b:.2f}, and has the wrong sign "
                    "in {wrong_sign:.0%} of the tables. But their errors cancel where the "
                    "predictors go together, and they go together in new rows too: {mse_both:.3f} "
                    "with both, {mse_one:.3f} with one."
                ),
                misconception="collinearity_spoils_prediction",
                holds=lambda state: (
                    state["mse_both"] < state["mse_one"]
                    and state["wrong_sign"] > 0
                    and state["sd_b"] > 3 * state["sd_unrelated"]
                ),
            ),
            Option(
                text="no larger, if anything a little smaller",
                value="a little better",
                feedback=(
                    "{mse_both:.3f} with both, {mse_one:.3f} with one. What suffers is the single "
                    "coefficient: it spreads by {sd_b:.2f}, against {sd_unrelated:.2f} without the "
                    "correlation, and has the wrong sign in {wrong_sign:.0%} of the tables."
                ),
                holds=lambda state: state["sd_b"] > 4 * state["sd_unrelated"],
            ),
            Option(
                text="half as large: two know more than one",
                value="half",
                feedback=(
                    "At r = {r:.2f} the second knows little that the first does not. It helps by "
                    "that little: {mse_both:.3f} with both, {mse_one:.3f} with one."
                ),
                misconception="dropping_is_free",
                holds=lambda state: 0 < state["change"] < 0.1,
            ),
        ],
        answer=lambda exhibit: exhibit.facts["verdict"],
    )

    answers = {"decides": Choice("Dropping pays where", _DECIDERS, default=None)}

    task = Task(
        "Sometimes dropping does pay. Find a setting with a VIF above ten and an effect of at "
        "least {least:.1f}, in which the error is smaller without the second predictor. Then say "
        "what decides it: go through several settings.",
        goals=[
            Goal(
                "The VIF is above ten: now {vif:.1f}",
                met=lambda state: state["vif"] > 10,
            ),
            Goal(
                "The second has an effect of at least {least:.1f}: now {effect:.1f}",
                met=lambda state: state["effect"] >= state["least"],
            ),
            Goal(
                "The error is smaller without the second: now {mse_one:.3f}, against "
                "{mse_both:.3f} with both",
                met=lambda state: state["mse_one"] < state["mse_both"],
            ),
            Goal(
                "What decides is named: now {decides}",
                met=lambda state: state["decides"] == _DECIDERS[1],
            ),
        ],
        solution={"effect": 0.5, "decides": _DECIDERS[1]},
        hints=[
            "What is lost by dropping is what the second does. What is saved is how far its "
            "coefficient strays.",
            "Fewer rows make a coefficient stray further. Compare its spread in the table with "
            "its effect.",
        ],
    )

    mistakes = [
        Mistake(
            "At r = {r:.2f} the VIF is {vif:.1f}, not above ten. Look where the alarm is louder.",
            when=lambda state: state["vif"] <= 10,
            example={"r": 0.9},
            misconception="threshold_is_collinearity",
        ),
        Mistake(
            "A VIF of {vif:.0f}, and still {mse_both:.3f} with both against {mse_one:.3f} with "
            "one. The coefficient of the second spreads by {sd_second:.2f}, and its effect is "
            "{effect:.1f}.",
            when=lambda state: state["mse_one"] >= state["mse_both"],
            example={"effect": 1.5},
            misconception="collinearity_spoils_prediction",
            holds=lambda state: state["effect"] > 0.9 * state["sd_second"],
        ),
        Mistake(
            "Without any effect there is nothing to lose by dropping: {mse_one:.3f} instead of "
            "{mse_both:.3f}. Does it pay with an effect, too?",
            when=lambda state: state["effect"] == 0,
            example={"effect": 0.0},
            misconception="dropping_is_free",
            holds=lambda state: state["mse_one"] <= state["mse_both"],
        ),
        Mistake(
            "The VIF is {vif:.1f} whatever the effect. With an effect well above {sd_second:.2f}, "
            "the spread of the second's coefficient, dropping would not pay.",
            when=lambda state: state["decides"] == _DECIDERS[0],
            example={"effect": 0.5, "decides": _DECIDERS[0]},
            misconception="collinearity_spoils_prediction",
            holds=_keeping_pays_with_more_effect,
        ),
        Mistake(
            "With the same {n} rows an effect well above {sd_second:.2f}, the spread of the "
            "second's coefficient, would turn it round. Here the effect is {effect:.1f}.",
            when=lambda state: state["decides"] == _DECIDERS[2],
            example={"effect": 0.5, "decides": _DECIDERS[2]},
            misconception="collinearity_spoils_prediction",
            holds=_keeping_pays_with_more_effect,
        ),
        Mistake(
            "With an effect of {effect:.1f} there is little to lose by dropping: {mse_one:.3f} "
            "instead of {mse_both:.3f}. Does it pay with {least:.1f} or more, too?",
            when=lambda state: 0 < state["effect"] < state["least"],
            example={"effect": 0.2, "decides": _DECIDERS[1]},
            misconception="dropping_is_free",
            holds=lambda state: state["mse_one"] < state["mse_both"],
        ),
    ]

    learned = [
        Outcome(
            "The second has an effect of {effect:.1f}, and its coefficient spreads by "
            "{sd_second:.2f}: what is known so badly costs more than it tells. Without it the "
            "error is {mse_one:.3f} instead of {mse_both:.3f}. Where a coefficient "
            "strays by less than its effect, keeping both predicts better, however large the VIF. "
            "Who reads the "
            "coefficients is harmed either way. This is the end of the part: a map shows pairs, a "
            "VIF shows all, and neither says what to do. A good place to rest.",
            holds=lambda state: state["effect"] < 1.1 * state["sd_second"],
        )
    ]

    def show(self, r: float, n: int, effect: float, draw: int) -> Exhibit:
        slopes, seconds, mse_both, mse_one = _fitted_twice(r, n, effect, draw)
        change = mse_one / mse_both - 1
        factor = _vif_of_two(r)
        facts: dict[str, Any] = {
            "tables": _TABLES,
            "least": 0.3,
            "vif": factor,
            "mse_both": mse_both,
            "mse_one": mse_one,
            "change": change,
            "verdict": _verdict(change),
            "sd_b": float(slopes.std()),
            "sd_second": float(seconds.std()),
            "sd_unrelated": float(slopes.std() / np.sqrt(factor)),
            "wrong_sign": float((slopes < 0).mean()),
        }
        errors = pd.DataFrame(
            {"error": [mse_both, mse_one]}, ["both predictors", "the first alone"]
        )
        return Exhibit(
            figures=(
                Bars(errors, title="Error on new rows", x="mean square", marks={"noise": 1}),
                Histogram(
                    pd.Series(slopes, name="coefficient of the first"),
                    title="One slope a table",
                    marks={"truth": 1, "zero": 0},
                    limits=(-3, 5),
                ),
            ),
            across=2,
            facts=facts,
            table=pd.DataFrame(
                {
                    "value": {
                        "error with both": mse_both,
                        "error with the first alone": mse_one,
                        "spread of the second's coefficient": facts["sd_second"],
                        "effect of the second": effect,
                    }
                }
            ).round(4),
            description=fill(
                "The error on new rows is {mse_both:.3f} with both predictors and {mse_one:.3f} "
                "with the first alone. Over {tables} tables the coefficient spreads by {sd_b:.2f} "
                "and is negative in {wrong_sign:.1%} of them.",
                facts,
            ),
        )


_TABLES = 2000


def _verdict(change: float) -> str:
    if change < 0:
        return "worse"
    return "half" if change > 0.5 else "a little better"


def _fitted_twice(
    r: float, n: int, effect: float, draw: int
) -> tuple[Floats, Floats, float, float]:
    """Both slopes where both are fitted, and the error on new rows with both and with one."""
    means, products = _drawn(n, draw)
    # x1, x2 and the outcome, of what was drawn: x1, what is new in x2, and noise.
    fresh = np.sqrt(1 - r**2)
    made = np.array([[1, 0, 0], [r, fresh, 0], [1 + effect * r, effect * fresh, 1]])
    m1, m2, m = made @ means
    (s11, s12, s1), (_, s22, s2), _ = np.einsum("ai,ijt,bj->abt", made, products, made)
    determinant = s11 * s22 - s12**2
    both = (s22 * s1 - s12 * s2) / determinant, (s11 * s2 - s12 * s1) / determinant

    def error(b1: Floats, b2: Floats) -> float:
        constant = m - b1 * m1 - b2 * m2
        off1, off2 = 1 - b1, effect - b2
        return float((1 + constant**2 + off1**2 + off2**2 + 2 * r * off1 * off2).mean())

    return *both, error(*both), error(s1 / s11, np.zeros(_TABLES))


@lru_cache(maxsize=24)
def _drawn(n: int, draw: int) -> tuple[Floats, Floats]:
    """Of three normal columns in each table, their means and their products about the means.

    Whatever r and the effect are, nothing else of the rows is needed.
    """
    columns = np.random.default_rng(draw).standard_normal((3, _TABLES, n))
    means = columns.mean(axis=2)
    centred = columns - means[:, :, np.newaxis]
    return means, np.einsum("itn,jtn->ijt", centred, centred)
