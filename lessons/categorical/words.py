"""Two columns of words: what codes make of them, and what a table of counts says."""

import itertools
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.categorical import scripts
from lessons.categorical.tables import HAIR_EYE, UCB, coded, counts_behind, people
from lib.charts import Heatmap, Histogram
from lib.course import (
    Band,
    Choice,
    Estimate,
    Exhibit,
    Mistake,
    Option,
    Predict,
    Step,
    Task,
    fill,
)
from lib.stats import adjusted_residuals, associate_categories, cramers_v

_HAIR, _EYES = ("Black", "Blond", "Brown", "Red"), ("Blue", "Brown", "Green", "Hazel")


def _orders(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(order) for order in itertools.permutations(words))


class Codes(Step):
    """
    ### Number your words

    A professor wrote down the hair and the eyes of {students} students. `corr()` wants numbers, so
    most tutorials make some: black is zero, blond is one, and on by the alphabet. Then r is
    {by_alphabet:.2f}.

    The alphabet has no opinion on hair. Any other numbering is as good. There are {orders} pairs
    of them.

    Below stand the same students twice, counted, with the hair in an order of your choice on each
    side. The eyes are numbered alike on both.
    """

    tables = (HAIR_EYE,)

    eyes = Choice("Eyes, from zero up", _orders(_EYES), default=" ".join(_EYES))
    hair = Choice("Hair on the left", _orders(_HAIR), default=" ".join(_HAIR))
    other = Choice("Hair on the right", _orders(_HAIR), default=" ".join(_HAIR))

    predict = Estimate(
        "By the alphabet r = {by_alphabet:.2f}. The students stay as they are. How large can r "
        "become by numbering hair and eyes otherwise?",
        low=0,
        high=1,
        step=0.05,
        tolerance=0.06,
        feedback=(
            "Up to {highest:.2f}, and down to {lowest:.2f}. Cramér's V, which knows no codes, is "
            "{v:.3f} all the while."
        ),
        bands=[
            Band(
                low=0,
                high=0.2,
                feedback=(
                    "The students do not change, so r should not either? It does: it reaches "
                    "{highest:.2f}. r is about the distances between codes, and those were made up."
                ),
                misconception="alphabet_is_neutral",
            ),
            Band(
                low=0.2,
                high=0.6,
                feedback=(
                    "Near. From {lowest:.2f} to {highest:.2f} everything can be had, and none of "
                    "it is about hair."
                ),
                misconception="alphabet_is_neutral",
            ),
            Band(
                low=0.6,
                high=1.1,
                feedback=(
                    "That much the table does not hold: the most is {highest:.2f}. Codes can hide "
                    "a link or flip it; they cannot invent one from nothing."
                ),
                misconception="codes_make_anything",
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["highest"]),
    )

    task = Task(
        "Make r larger than {wanted:.1f} on one side and smaller than minus {wanted:.1f} on the "
        "other.",
        passed=lambda state: (
            max(state["r"], state["other_r"]) > state["wanted"]
            and min(state["r"], state["other_r"]) < -state["wanted"]
        ),
        solution={
            "eyes": "Brown Hazel Green Blue",
            "hair": "Black Brown Red Blond",
            "other": "Blond Red Brown Black",
        },
        hints=[
            "r is large where the large counts lie along a diagonal.",
            "Which eyes go with black hair, and which with blond? Put those at the two ends.",
            "For the other sign, read a list of codes from its end.",
        ],
    )

    mistakes = [
        Mistake(
            "{r:.2f} on the left, {other_r:.2f} on the right. One side has it. Now number the hair "
            "the other way round on the other side.",
            when=lambda state: max(abs(state["r"]), abs(state["other_r"])) > state["wanted"],
            example={"eyes": "Brown Hazel Green Blue", "hair": "Black Brown Red Blond"},
            misconception="renumbering_is_harmless",
        ),
        Mistake(
            "{r:.2f} on the left, {other_r:.2f} on the right. Another r already, and the same "
            "students. Only {strong} of {orders} numberings reach {wanted:.1f} in size.",
            when=lambda _: True,
            example={"hair": "Black Brown Red Blond"},
            misconception="alphabet_is_neutral",
        ),
    ]

    learned = (
        "The same {students} students: r = {r:.2f} and {other_r:.2f}, by the choice of codes. V is "
        "{v:.3f} for all {orders}. Words without an order have no r."
    )

    def show(self, eyes: str, hair: str, other: str) -> Exhibit:
        found = _r_by_order()
        r, other_r = found[eyes][hair], found[eyes][other]
        everything = found.to_numpy()
        students = people("hair_eye")
        facts: dict[str, Any] = {
            "students": len(students),
            "orders": found.size,
            "wanted": 0.4,
            "r": float(r),
            "other_r": float(other_r),
            "by_alphabet": float(found[" ".join(_EYES)][" ".join(_HAIR)]),
            "lowest": float(everything.min()),
            "highest": float(everything.max()),
            "strong": int((np.abs(everything) > 0.4).sum()),
            "v": cramers_v(students["hair"], students["eye"], corrected=False),
        }
        marks = {"left": float(r), "right": float(other_r), "V": facts["v"]}
        return Exhibit(
            figures=(
                _counted(hair, eyes, fill("Left: r = {r:.2f}", facts)),
                _counted(other, eyes, fill("Right: r = {other_r:.2f}", facts)),
                Histogram(
                    pd.Series(everything.ravel(), name="r of a numbering"),
                    title=fill("All {orders} numberings", facts),
                    bins=40,
                    marks=marks,
                ),
            ),
            across=2,
            facts=facts,
            code=scripts.coding(eyes.split(), hair.split(), other.split()),
            table=pd.DataFrame(
                {"hair": [hair, other], "eyes": [eyes, eyes], "r": [r, other_r]},
                ["left", "right"],
            ).round(4),
            description=fill(
                "Counts of hair by eyes twice, with the hair in two orders: r = {r:.2f} and "
                "{other_r:.2f}. A histogram shows r for all {orders} numberings, from {lowest:.2f} "
                "to {highest:.2f}; V is {v:.3f} for each.",
                facts,
            ),
        )


@cache
def _r_by_order() -> pd.DataFrame:
    """r of the codes: a row an order of hair, a column an order of eyes."""
    students = people("hair_eye")
    hair, eyes = (
        pd.DataFrame({order: coded(students[name], order.split()) for order in _orders(words)})
        for name, words in (("hair", _HAIR), ("eye", _EYES))
    )
    r = np.corrcoef(hair, eyes, rowvar=False)[: hair.shape[1], hair.shape[1] :]
    return pd.DataFrame(r, hair.columns, eyes.columns)


def _counted(hair: str, eyes: str, title: str) -> Heatmap:
    counts = _hair_by_eyes().loc[hair.split(), eyes.split()]
    most = float(counts.to_numpy().max())
    return Heatmap(counts, (0, most), colours="viridis", decimals=0, title=title, scale="students")


@cache
def _hair_by_eyes() -> pd.DataFrame:
    students = people("hair_eye")
    counts = pd.crosstab(students["hair"].astype(str), students["eye"].astype(str))
    return counts.rename_axis(index="hair", columns="eyes")


_COUNTS, _PEARSON, _ADJUSTED = "counts", "Pearson residuals", "adjusted residuals"
_UNIT, _ENDS, _SYMMETRIC = "−1 to 1", "lowest to highest", "the same both ways"


class Residuals(Step):
    """
    ### Where V lives

    V is {v:.2f}, one number for sixteen cells. Which of them make it?

    If hair knew nothing of eyes, each cell would hold its share of row and column: of {row_total}
    blond and {column_total} blue-eyed students {expected:.1f} would be both. There are
    {blond_blue_count}.

    The difference over the root of what is expected is the *Pearson residual*. Squared and added
    up, they are chi-square, {chi_square:.1f}, and V is made of that. The *adjusted* residual is
    scaled by its own standard error. It can be read like a z: beyond two or three is news.
    """

    tables = (HAIR_EYE,)

    shown = Choice("Show", (_COUNTS, _PEARSON, _ADJUSTED), default=_COUNTS)
    limits = Choice("Colours run", (_UNIT, _ENDS, _SYMMETRIC), default=_UNIT)
    hair = Choice("Hair", ("Black", "Brown", "Red", "Blond"), default=None)
    eyes = Choice("Eyes", ("Brown", "Blue", "Hazel", "Green"), default=None)

    predict = Predict(
        "The largest count is brown hair with brown eyes, {largest_count} students. Which cell "
        "contributes most to V?",
        choices=[
            Option(
                text="Brown with brown: most students are there",
                value="Brown Brown",
                feedback=(
                    "Many were to be expected there, since both are common: its residual is "
                    "{largest_residual:.2f}. Blond with blue has {blond_blue:.2f}."
                ),
                misconception="large_counts_make_the_link",
            ),
            Option(
                text="Blond with blue",
                value="Blond Blue",
                feedback=(
                    "{blond_blue_count} where {expected:.1f} were expected, a residual of "
                    "{blond_blue:.2f}. That cell alone is {share:.0%} of chi-square."
                ),
            ),
            Option(
                text="Black with brown",
                value="Black Brown",
                feedback=(
                    "It holds more than expected, {black_brown:.2f}. Blond with blue holds more "
                    "still, {blond_blue:.2f}."
                ),
                misconception="large_counts_make_the_link",
            ),
            Option(
                text="All about alike",
                value="all",
                feedback=(
                    "Sixteen equal parts would be a sixteenth each. Blond with blue has "
                    "{share:.0%} of it."
                ),
                misconception="v_is_everywhere",
            ),
        ],
        answer=lambda exhibit: str(exhibit.facts["strongest"]),
    )

    task = Task(
        "Show residuals, in colours whose white is *as expected* and whose ends are not "
        "overrun. Then choose the hair and the eyes of the cell that adds most to V.",
        passed=lambda state: (
            state["shown"] != _COUNTS
            and state["overrun"] == 0
            and abs(state["white"]) < 1e-9
            and state["chosen"] == state["strongest"]
        ),
        solution={
            "shown": _PEARSON,
            "limits": _SYMMETRIC,
            "hair": "Blond",
            "eyes": "Blue",
        },
        hints=[
            "Residuals are no correlations: nothing keeps them between minus one and one.",
            "Zero is in the middle only if both ends are as far away.",
            "Squares decide, so the strongest colour is the answer.",
        ],
    )

    mistakes = [
        Mistake(
            "Counts show where the students are, and brown is common. How many would be there "
            "without any link? Show residuals.",
            when=lambda state: state["shown"] == _COUNTS,
            example={"hair": "Brown", "eyes": "Brown"},
            misconception="large_counts_make_the_link",
        ),
        Mistake(
            "{overrun} of {cells} cells lie beyond the ends of these colours and look alike. The "
            "residuals run from {lowest:.2f} to {highest:.2f}.",
            when=lambda state: state["overrun"] > 0,
            example={"shown": _PEARSON},
            misconception="every_map_ends_at_one",
        ),
        Mistake(
            "White now stands for {white:.2f}. A cell with exactly what was expected looks "
            "slightly blue.",
            when=lambda state: abs(state["white"]) > 1e-9,
            example={"shown": _PEARSON, "limits": _ENDS},
            misconception="defaults_fit",
        ),
        Mistake(
            "{chosen}: {chosen_residual:.2f}. Another cell is further from zero.",
            when=lambda state: state["chosen"] != "",
            example={
                "shown": _PEARSON,
                "limits": _SYMMETRIC,
                "hair": "Black",
                "eyes": "Brown",
            },
            misconception="large_counts_make_the_link",
        ),
    ]

    learned = (
        "V = {v:.2f} is mostly blond hair: Pearson residuals of {blond_blue:.2f} with blue eyes "
        "and {blond_brown:.2f} with brown, adjusted {blond_blue_adjusted:.2f} and "
        "{blond_brown_adjusted:.2f}. One number, and a map of where it comes from."
    )

    def show(self, shown: str, limits: str, hair: str | None, eyes: str | None) -> Exhibit:
        maps = _residual_maps()
        counts, pearson, adjusted = (maps[name] for name in (_COUNTS, _PEARSON, _ADJUSTED))
        values = maps[shown]
        numbers = values.to_numpy()
        low, high = float(numbers.min()), float(numbers.max())
        reach = max(-low, high)
        ends = {_UNIT: (-1.0, 1.0), _ENDS: (low, high), _SYMMETRIC: (-reach, reach)}[limits]
        chosen = f"{hair} {eyes}" if hair and eyes else ""
        squares, n = pearson.to_numpy() ** 2, int(counts.to_numpy().sum())
        row, column = divmod(int(squares.argmax()), 4)
        most = int(counts.to_numpy().argmax())
        chi_square = float(squares.sum())
        blond, blue = int(counts.T["Blond"].sum()), int(counts["Blue"].sum())
        facts: dict[str, Any] = {
            "cells": values.size,
            "v": float(np.sqrt(chi_square / (n * 3))),
            "chi_square": chi_square,
            "strongest": f"{counts.index[row]} {counts.columns[column]}",
            "share": float(squares.max() / chi_square),
            "row_total": blond,
            "column_total": blue,
            "expected": blond * blue / n,
            "largest_count": int(counts.to_numpy().ravel()[most]),
            "largest_residual": float(pearson.to_numpy().ravel()[most]),
            "blond_blue_count": int(counts["Blue"]["Blond"]),
            "blond_blue": float(pearson["Blue"]["Blond"]),
            "blond_brown": float(pearson["Brown"]["Blond"]),
            "black_brown": float(pearson["Brown"]["Black"]),
            "blond_blue_adjusted": float(adjusted["Blue"]["Blond"]),
            "blond_brown_adjusted": float(adjusted["Brown"]["Blond"]),
            "black_brown_adjusted": float(adjusted["Brown"]["Black"]),
            "lowest": low,
            "highest": high,
            "white": sum(ends) / 2,
            "overrun": int(((numbers < ends[0]) | (numbers > ends[1])).sum()),
            "chosen": chosen,
            "chosen_residual": float(pearson[eyes][hair]) if hair and eyes else 0.0,
        }
        return Exhibit(
            figures=(
                Heatmap(
                    values,
                    limits=ends,
                    decimals=0 if shown == _COUNTS else 2,
                    title=f"Hair and eyes: {shown}",
                    scale="students" if shown == _COUNTS else shown.removesuffix("s"),
                ),
            ),
            facts=facts,
            code=scripts.residuals(
                {_COUNTS: "counts", _PEARSON: "pearson", _ADJUSTED: "adjusted"}[shown],
                {_UNIT: "-1, 1", _ENDS: "lowest, highest", _SYMMETRIC: "-reach, reach"}[limits],
                hair or "",
                eyes or "",
            ),
            table=values.round(2),
            description=fill(
                f"Hair by eyes, {shown}, from {{lowest:.2f}} to {{highest:.2f}}. The colours run "
                f"{limits}; their middle is {{white:.2f}}. Blond with blue has a Pearson residual "
                "of {blond_blue:.2f}.",
                facts,
            ),
        )


@cache
def _residual_maps() -> dict[str, pd.DataFrame]:
    students = people("hair_eye")
    counts = pd.crosstab(students["hair"], students["eye"])
    counts.index, counts.columns = counts.index.astype(str), counts.columns.astype(str)
    values = counts.to_numpy(dtype=np.float64)
    expected = values.sum(axis=1, keepdims=True) * values.sum(axis=0) / values.sum()
    adjusted = adjusted_residuals(students["hair"], students["eye"])
    return {
        _COUNTS: counts,
        _PEARSON: (counts - expected) / np.sqrt(expected),
        _ADJUSTED: adjusted.set_axis(counts.index).set_axis(counts.columns, axis=1),
    }


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

    tables = (UCB,)

    measure = Choice("Show", ("V", "U"), default="V")
    known = Choice("You know", ("admit", "dept", "gender"), default=None)
    told = Choice("and are told most about", ("admit", "dept", "gender"), default=None)
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
            ),
            Option(
                text="Less",
                value="less",
                feedback=(
                    "{dept_by_admit:.3f}. They share {shared:.3f} nats, and there is more to be "
                    "told about six departments than about yes and no."
                ),
            ),
            Option(
                text="More: six departments, so more is told",
                value="more",
                feedback=(
                    "More to be told means a smaller share of it: {dept_by_admit:.3f}. A yes or no "
                    "cannot settle a question with six answers."
                ),
                misconception="more_levels_are_told_better",
            ),
        ],
        answer=lambda exhibit: (
            "less"
            if float(exhibit.facts["dept_by_admit"]) < float(exhibit.facts["admit_by_dept"])
            else "same"
        ),
    )

    task = Task(
        "Which column tells most about another one, as a share? Say which you know, and which it "
        "tells about.",
        passed=lambda state: state["chosen_u"] == state["largest_u"],
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
        ),
        Mistake(
            "The right pair, the wrong way round: that is {chosen_u:.3f}, the other way it is "
            "{largest_u:.3f}. The column is what you know.",
            when=lambda state: state["reversed_u"] == state["largest_u"],
            example={"measure": "U", "known": "gender", "told": "dept"},
            misconception="association_is_symmetric",
        ),
        Mistake(
            "Knowing `{known}` removes {chosen_u:.3f} of the uncertainty about `{told}`. Some "
            "other cell of the map has more.",
            when=lambda state: state["known"] is not None and state["told"] is not None,
            example={"measure": "U", "known": "dept", "told": "admit"},
            misconception="association_is_symmetric",
        ),
    ]

    learned = (
        "The department tells {gender_by_dept:.3f} of the gender, the gender {dept_by_gender:.3f} "
        "of the department; V calls both {dept_gender_v:.2f}. U has a direction, and so its map "
        "has no mirror."
    )

    def show(self, measure: str, known: str | None, told: str | None) -> Exhibit:
        applicants = people("ucb_admissions")[["admit", "dept", "gender"]]
        found = associate_categories(applicants, adjust="none")
        u, is_diagonal = found.u, np.eye(3, dtype=bool)
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
            "chosen_u": _u(u, told, known),
            "reversed_u": _u(u, known, told),
        }
        values = (u if measure == "U" else found.v_uncorrected).astype(float)
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
            code=scripts.telling(measure, known or "", told or ""),
            table=values.round(4),
            description=fill(
                f"A map of {measure} for outcome, department and gender. U of the outcome given "
                "the department is {admit_by_dept:.3f}, the other way {dept_by_admit:.3f}; of the "
                "gender given the department {gender_by_dept:.3f}, the other way "
                "{dept_by_gender:.3f}.",
                facts,
            ),
            behind=counts_behind(applicants, "applications"),
        )


def _u(u: pd.DataFrame, told: str | None, known: str | None) -> float:
    """What one column tells of another; nothing unless two are chosen."""
    return 0.0 if told is None or known is None or told == known else float(u[known][told])
