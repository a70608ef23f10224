"""How strong, and in which direction: what chance adds to V, and what only U can tell."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from lessons.categorical.tables import (
    UCB,
    after_bergsma,
    applications,
    applications_associated,
)
from lib.charts import Heatmap, below_diagonal
from lib.course import (
    Band,
    Choice,
    Claim,
    Estimate,
    Exhibit,
    Fact,
    Goal,
    LabAddress,
    Mistake,
    Option,
    Outcome,
    Predict,
    Seed,
    Slider,
    Step,
    Task,
    Toggle,
    Value,
    fill,
)
from lib.course.behind import contingency_behind
from lib.stats import associate_categories

_DICE = tuple("abcdefghijkl")

_TEN, _TWO = "the one with ten levels", "the one with two levels"
_IN_PRINT = (_TEN, _TWO, "both", "neither")
_TEN_V, _TWO_V, _PRINTED_ROWS = 0.3, 0.25, 100


class Bias(Step):
    """
    ### Dice with opinions

    Twelve columns of dice, {rows} throws, {levels} faces each. No die knows of another. So V
    should be about nothing, in all {pairs} cells.

    It is not. V is a root of squares, and squares do not cancel. Each empty or crowded cell adds
    its little bit, and a table of {levels} by {levels} has many cells for {rows} rows.

    Bergsma's correction takes off what chance gives on average, and stops at zero.
    """

    readings = {
        "mean of the map": "{mean:.2f}",
        "faces": "{levels}",
        "throws": "{rows}",
    }

    levels = Slider("Faces of each die", 2, 20, default=10)
    rows = Choice("Throws", ("50", "100", "200", "500", "1000", "5000"), default="100")
    corrected = Toggle("Correct the bias", default=False)
    draw = Seed("Draw", default=5)
    answers = {"linked": Choice("Of the two maps in print", tuple(_IN_PRINT), default=None)}
    views = ("draw",)
    typical = ("mean_v", "mean_corrected", "largest_v")

    predict = Estimate(
        "{levels} faces, {rows} throws, nothing in it. What is V on average?",
        low=0,
        high=1,
        step=0.05,
        tolerance=0.06,
        feedback=(
            "{mean_v:.2f} on this map. By theory the mean of V² is faces minus one over throws "
            "minus one, and the root of that is {expected:.2f}. With few faces V itself stays "
            "below it. With the correction {mean_corrected:.2f} is left."
        ),
        bands=[
            Band(
                low=0,
                high=0.15,
                feedback=(
                    "So it ought to be. V cannot be negative, so chance has only one direction: "
                    "{mean_v:.2f} on average, and up to {largest_v:.2f}."
                ),
                misconception="independent_means_no_v",
                holds=lambda state: state["mean_v"] > 0.2,
            ),
            Band(
                low=0.15,
                high=0.3,
                feedback=(
                    "More than that, though the dice know nothing: {mean_v:.2f} on this map. By "
                    "theory the root of the mean V² is {expected:.2f}."
                ),
                misconception="independent_means_no_v",
                holds=lambda state: state["value"] < min(state["mean_v"], state["expected"]),
            ),
            Band(
                low=0.35,
                high=1.1,
                feedback=(
                    "That much takes more faces, or fewer throws. Here it is {mean_v:.2f}. By "
                    "theory the root of the mean V² is {expected:.2f}."
                ),
                misconception="v_has_one_scale",
                holds=lambda state: max(state["mean_v"], state["expected"]) < state["value"],
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["mean_v"]),
    )

    task = Task(
        "Keep at least {least_levels} faces and at most {most_rows} throws, and bring the mean of "
        "the map below {goal:.1f}. Then two maps in print, {most_rows} rows each, uncorrected. One "
        "says V = {ten_v:.2f} for ten levels by ten, the other V = {two_v:.2f} for two by two. "
        "Which of them shows more of a link than chance gives?",
        goals=[
            Goal(
                "There are at least {least_levels} faces: now {levels}",
                met=lambda state: state["levels"] >= state["least_levels"],
            ),
            Goal(
                "There are at most {most_rows} throws: now {rows}",
                met=lambda state: int(state["rows"]) <= state["most_rows"],
            ),
            Goal(
                "The mean of the map is below {goal:.1f}: now {mean:.2f}",
                met=lambda state: state["mean"] < state["goal"],
            ),
            Goal(
                "Of the two maps in print, the one with more than chance is named: now {linked}",
                met=lambda state: state["linked"] == _TWO,
            ),
        ],
        solution={"corrected": True, "linked": _TWO},
        hints=[
            "More throws help, and you do not have them.",
            "The bias is known: faces and throws are all that it takes.",
            "What do dice with two faces reach by chance, and what do dice with ten?",
        ],
    )

    holds = [
        Claim("It is not. V is a root of squares", lambda state: state["mean_v"] > 0.2),
        Claim(
            "Which of them shows more of a link than chance gives?",
            lambda state: state["ten_corrected"] < 0.05 < state["two_corrected"],
        ),
    ]

    mistakes = [
        Mistake(
            "Uncorrected, {rows} throws have a mean of {mean_v:.2f}: more throws, less V by "
            "chance. But most tables do not grow on request.",
            when=lambda state: int(state["rows"]) > state["most_rows"],
            example={"rows": "5000"},
            misconception="v_has_one_scale",
            holds=lambda state: (
                state["mean_v"] < math.sqrt((state["levels"] - 1) / (state["most_rows"] - 1))
            ),
        ),
        Mistake(
            "{levels} faces: without a correction {mean_v:.2f} on average. So a V of few levels "
            "may not be compared with a V of many: chance is not the same. But the faces are what "
            "they are; keep {least_levels}.",
            when=lambda state: state["levels"] < state["least_levels"],
            example={"levels": 2},
            misconception="v_has_one_scale",
            holds=lambda state: (
                state["mean_v"] < math.sqrt((state["least_levels"] - 1) / (int(state["rows"]) - 1))
            ),
        ),
        Mistake(
            "{mean:.2f} on average. Nothing in the columns; all of it comes from faces and throws. "
            "By theory the root of the mean V² is {expected:.2f}.",
            when=lambda state: not state["corrected"],
            example={"levels": 20},
            misconception="independent_means_no_v",
            holds=lambda state: abs(state["mean"] / state["expected"] - 1) < 0.1,
        ),
        Mistake(
            "Corrected, the ten levels have {ten_corrected:.2f} left and the two levels "
            "{two_corrected:.2f}. The larger V had more cells for chance to fill.",
            when=lambda state: state["linked"] not in (None, _TWO),
            example={"corrected": True, "linked": _TEN},
            misconception="v_has_one_scale",
            holds=lambda state: state["ten_corrected"] < state["two_corrected"],
        ),
    ]

    learned = [
        Outcome(
            "Dice with {levels} faces, thrown {rows} times, have V = {mean_v:.2f}; corrected "
            "{mean_corrected:.2f}. In print, V = {ten_v:.2f} with ten levels was no more than "
            "chance, corrected {ten_corrected:.2f}; V = {two_v:.2f} with two keeps "
            "{two_corrected:.2f}. A map of V without the correction is in part a map of who has "
            "many levels.",
            holds=lambda state: (
                state["ten_corrected"] < 0.1 < state["two_corrected"]
                and state["mean_corrected"] < state["mean_v"]
            ),
        )
    ]

    def show(self, levels: int, rows: str, corrected: bool, draw: int) -> Exhibit:
        dice = _dice(levels, int(rows), draw)
        found = associate_categories(dice, adjust="none")
        v, corrected_v = below_diagonal(found.v_uncorrected), below_diagonal(found.v)
        shown = found.v if corrected else found.v_uncorrected
        facts: dict[str, Any] = {
            "pairs": len(v),
            "least_levels": 10,
            "most_rows": _PRINTED_ROWS,
            "goal": 0.1,
            "ten_v": _TEN_V,
            "two_v": _TWO_V,
            "ten_corrected": after_bergsma(_TEN_V, 10, _PRINTED_ROWS),
            "two_corrected": after_bergsma(_TWO_V, 2, _PRINTED_ROWS),
            "mean_v": float(v.mean()),
            "largest_v": float(v.max()),
            "mean_corrected": float(corrected_v.mean()),
            "largest_corrected": float(corrected_v.max()),
            "mean": float((corrected_v if corrected else v).mean()),
            "expected": float(np.sqrt((levels - 1) / (int(rows) - 1))),
        }
        return Exhibit(
            figures=(
                Heatmap.lower(
                    shown,
                    limits=(0, 1),
                    colours="viridis",
                    title=fill("Twelve dice: V is {mean:.2f} on average", facts),
                    scale="V, corrected" if corrected else "V",
                ),
            ),
            facts=facts,
            table=pd.DataFrame(
                {
                    "mean": [facts["mean_v"], facts["mean_corrected"]],
                    "largest": [facts["largest_v"], facts["largest_corrected"]],
                },
                ["V", "V, corrected"],
            ).round(3),
            description=fill(
                "A map of V between twelve independent columns of {levels} levels in {rows} rows, "
                "{mean:.2f} on average. Without the correction the mean is {mean_v:.2f}, with it "
                "{mean_corrected:.2f}.",
                {"levels": levels, "rows": rows, **facts},
            ),
            behind=contingency_behind(dice, "throws"),
        )


def _dice(faces: int, throws: int, draw: int) -> pd.DataFrame:
    thrown = np.random.default_rng(draw).integers(1, faces + 1, size=(throws, len(_DICE)))
    return pd.DataFrame(thrown, columns=list(_DICE)).astype("category")


class Direction(Step):
    """
    ### Who tells on whom

    Berkeley, in the early seventies: {applicants:,} applications to the six largest departments.
    `admit` has two words, `gender` two, `dept` six.

    V is the same in both directions. Telling is not. If you know where somebody applied, you can
    guess the outcome a little. If you know the outcome, can you guess the department as well?

    *Theil's U* measures that: the share of the row's uncertainty that knowing the column removes.
    Its map has two different halves, so read it like a sentence. *Of the row, given the column.*
    """

    readings = {
        "admit, given dept": "{admit_cell:.3f}",
        "dept, given admit": "{dept_cell:.3f}",
    }

    tables = (UCB,)

    measure = Choice("Show", ("V", "U"), default="V")
    answers = {
        "known": Choice("You know", ("admit", "dept", "gender"), default=None),
        "told": Choice("and are told most about", ("admit", "dept", "gender"), default=None),
    }
    views = ("measure",)

    predict = Predict(
        "Knowing the department removes {admit_by_dept:.3f} of the uncertainty about the outcome. "
        "How much does the outcome remove of that about the department?",
        choices=[
            Option(
                text="The same: it is the same pair",
                value="same",
                feedback=(
                    "What the two share is the same, {shared:.3f} nats. But it is a share of "
                    "{entropy_admit:.2f} in one direction and of {entropy_dept:.2f} in the other: "
                    "{dept_by_admit:.3f}."
                ),
                misconception="association_is_symmetric",
                tempting=True,
                holds=lambda state: state["dept_by_admit"] != state["admit_by_dept"],
            ),
            Option(
                text="Less",
                value="less",
                feedback=(
                    "{dept_by_admit:.3f}. They share {shared:.3f} nats, and there is more to be "
                    "told about six departments than about yes and no."
                ),
                holds=lambda state: state["entropy_dept"] > state["entropy_admit"],
            ),
            Option(
                text="More: six departments, so more is told",
                value="more",
                feedback=(
                    "More to be told means a smaller share of it: {dept_by_admit:.3f}. A yes or no "
                    "cannot settle a question with six answers."
                ),
                misconception="more_levels_are_told_better",
                holds=lambda state: state["dept_by_admit"] < state["admit_by_dept"],
            ),
        ],
        answer=lambda exhibit: (
            "less"
            if float(exhibit.facts["dept_by_admit"]) < float(exhibit.facts["admit_by_dept"])
            else "same"
        ),
        seen_at={"measure": "U"},
    )

    task = Task(
        "Which column tells most about another one, as a share? Say which you know, and which it "
        "tells about.",
        goals=[
            Goal(
                "No column tells a larger share about another: this one now tells {chosen_u:.2f}",
                met=lambda state: state["chosen_u"] == state["largest_u"],
            ),
        ],
        solution={"measure": "U", "known": "dept", "told": "gender"},
        hints=[
            "Show U, and leave the diagonal alone.",
            "The row is told, the column is known.",
        ],
    )

    mistakes = [
        Mistake(
            "`{known}` tells all about itself. No news there.",
            when=lambda state: state["known"] is not None and state["known"] == state["told"],
            example={"known": "dept", "told": "dept"},
            misconception="diagonal_is_a_finding",
            holds=lambda state: state["known"] == state["told"],
        ),
        Mistake(
            "The right pair, the wrong way round: that is {chosen_u:.3f}, the other way it is "
            "{largest_u:.3f}. The column is what you know.",
            when=lambda state: state["reversed_u"] == state["largest_u"],
            example={"measure": "U", "known": "gender", "told": "dept"},
            misconception="association_is_symmetric",
            holds=lambda state: state["chosen_u"] < state["largest_u"],
        ),
        Mistake(
            "Knowing `{known}` removes {chosen_u:.3f} of the uncertainty about `{told}`. Some "
            "other cell of the map has more.",
            when=lambda state: state["known"] is not None and state["told"] is not None,
            example={"measure": "U", "known": "dept", "told": "admit"},
            misconception="association_is_symmetric",
            holds=lambda state: state["chosen_u"] < state["largest_u"],
        ),
    ]

    learned = [
        Outcome(
            "The department tells {gender_by_dept:.3f} of the gender, the gender "
            "{dept_by_gender:.3f} of the department; V calls both {dept_gender_v:.2f}. U has a "
            "direction, and so its map has no mirror.",
            holds=lambda state: state["largest_u"] == state["gender_by_dept"],
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"x": "admit", "y": "dept", "counted": "count"}
        return LabAddress("ucb_admissions", "two_categories", settings)

    def show(self, measure: str) -> Exhibit:
        applicants, found = applications(), applications_associated()
        u, is_diagonal = found.u, np.eye(3, dtype=bool)
        values = (u if measure == "U" else found.v_uncorrected).astype(float)
        entropy = {
            name: float(-(share * np.log(share)).sum())
            for name, share in (
                (name, applicants[name].value_counts(normalize=True)) for name in applicants
            )
        }
        facts: dict[str, Any] = {
            "applicants": len(applicants),
            "admit_by_dept": float(u["dept"]["admit"]),
            "dept_by_admit": float(u["admit"]["dept"]),
            "gender_by_dept": float(u["dept"]["gender"]),
            "dept_by_gender": float(u["gender"]["dept"]),
            "entropy_admit": entropy["admit"],
            "entropy_dept": entropy["dept"],
            "shared": float(u["dept"]["admit"]) * entropy["admit"],
            "dept_admit_v": float(found.v_uncorrected["dept"]["admit"]),
            "dept_gender_v": float(found.v_uncorrected["dept"]["gender"]),
            "largest_u": float(u.where(~is_diagonal).max().max()),
            "admit_cell": float(values["dept"]["admit"]),
            "dept_cell": float(values["admit"]["dept"]),
        }
        return Exhibit(
            figures=(
                Heatmap(
                    values,
                    limits=(0, 0.5),
                    hidden=pd.DataFrame(is_diagonal, values.index, values.columns),
                    colours="viridis",
                    decimals=3,
                    title="U of the row, given the column" if measure == "U" else "Cramér's V",
                    scale=measure,
                ),
            ),
            facts=facts,
            table=values.round(4),
            description=fill(
                f"A map of {measure} for outcome, department and gender. U of the outcome given "
                "the department is {admit_by_dept:.3f}, the other way {dept_by_admit:.3f}; of the "
                "gender given the department {gender_by_dept:.3f}, the other way "
                "{dept_by_gender:.3f}.",
                facts,
            ),
            behind=contingency_behind(applicants, "applications"),
        )

    def appraise(
        self,
        exhibit: Exhibit,  # noqa: ARG002
        known: str | None,
        told: str | None,
    ) -> Mapping[str, Fact]:
        return {"chosen_u": _u(told, known), "reversed_u": _u(known, told)}


def _u(told: str | None, known: str | None) -> float:
    """What one column tells of another; nothing unless two are chosen."""
    u = applications_associated().u
    return 0.0 if told is None or known is None or told == known else float(u[known][told])
