"""Two columns of words: what codes make of them, and what a table of counts says."""

import itertools
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.categorical.tables import coded, people
from lessons.tables import HAIR_EYE
from lib.charts import Heatmap, Histogram
from lib.course import (
    Band,
    Choice,
    Estimate,
    Exhibit,
    Fact,
    Goal,
    LabAddress,
    Mistake,
    Option,
    Outcome,
    Predict,
    State,
    Step,
    Task,
    Value,
    Write,
    fill,
)
from lib.course.writing import a_frame, fits, run
from lib.stats import adjusted_residuals, cramers_v

_HAIR, _EYES = ("Black", "Blond", "Brown", "Red"), ("Blue", "Brown", "Green", "Hazel")


def _orders(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(order) for order in itertools.permutations(words))


class Codes(Step):
    """
    ### Number your words

    A professor wrote down the hair and the eyes of {students} students. `corr()` wants numbers, so
    many tutorials make some: black is zero, blond is one, and on by the alphabet. Then r is
    {by_alphabet:.2f}.

    The alphabet has no opinion on hair. Any other numbering is as good. There are {orders} pairs
    of them.

    The two maps count the same students, each with the hair in an order of your choice. The eyes
    are numbered alike on both. *V* needs no numbers for words: it says, from zero to one, how far
    the counts are from those of two columns that have nothing to do with each other.
    """

    readings = {
        "r": "{r:.2f}",
        "r of the other numbering": "{other_r:.2f}",
        "V": "{v:.2f}",
    }

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
                holds=lambda state: state["highest"] > 2 * state["by_alphabet"],
            ),
            Band(
                low=0.2,
                high=0.6,
                feedback=(
                    "It runs from {lowest:.2f} to {highest:.2f}. Who may choose the codes chooses "
                    "r, up to what the table holds: with any numbers at all for the words the "
                    "most is {best_codes:.2f}."
                ),
                misconception="alphabet_is_neutral",
                holds=lambda state: state["lowest"] < 0 < state["highest"] < state["best_codes"],
            ),
            Band(
                low=0.6,
                high=1.1,
                feedback=(
                    "That much the table does not hold: the most is {highest:.2f}, and with any "
                    "numbers at all for the words {best_codes:.2f}. Codes can hide a link or turn "
                    "it over."
                ),
                misconception="codes_make_anything",
                holds=lambda state: (
                    state["lowest"] < 0 < state["by_alphabet"] < state["highest"]
                    and state["highest"] < state["best_codes"] < 0.6
                ),
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["highest"]),
        seen_at={"eyes": "Brown Hazel Green Blue", "hair": "Black Brown Red Blond"},
    )

    task = Task(
        "Make r larger than {wanted:.1f} on one side and smaller than minus {wanted:.1f} on the "
        "other.",
        goals=[
            Goal(
                "The larger r is above {wanted:.1f}: they are now {r:.2f} and {other_r:.2f}",
                met=lambda state: max(state["r"], state["other_r"]) > state["wanted"],
            ),
            Goal(
                "The smaller r is below −{wanted:.1f}: they are now {r:.2f} and {other_r:.2f}",
                met=lambda state: min(state["r"], state["other_r"]) < -state["wanted"],
            ),
        ],
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
            "{r:.2f} on the left, {other_r:.2f} on the right: one of the two signs is there. Now "
            "number the hair the other way round on the other side.",
            when=lambda state: max(abs(state["r"]), abs(state["other_r"])) > state["wanted"],
            example={"eyes": "Brown Hazel Green Blue", "hair": "Black Brown Red Blond"},
            misconception="renumbering_is_harmless",
            holds=lambda state: (
                not (
                    min(state["r"], state["other_r"]) < -state["wanted"]
                    and max(state["r"], state["other_r"]) > state["wanted"]
                )
            ),
        ),
        Mistake(
            "{r:.2f} on the left, {other_r:.2f} on the right, and the same students. Only {strong} "
            "of {orders} numberings reach {wanted:.1f} in size.",
            when=lambda _: True,
            example={"hair": "Black Brown Red Blond"},
            misconception="alphabet_is_neutral",
            holds=lambda state: max(abs(state["r"]), abs(state["other_r"])) <= state["wanted"],
        ),
    ]

    learned = [
        Outcome(
            "The same {students} students: r = {r:.2f} and {other_r:.2f}, by the choice of codes. "
            "V is {v:.3f} for all {orders}. Both ends are near {best_codes:.2f}, the most that any "
            "numbers for these words can reach: to search among codes is to ask for the largest r. "
            "Words without an order have no r of their own.",
            holds=lambda state: (
                state["r"] * state["other_r"] < 0
                and min(abs(state["r"]), abs(state["other_r"])) > 0.9 * state["best_codes"]
            ),
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"x": "hair", "y": "eye", "counted": "count"}
        return LabAddress("hair_eye", "two_categories", settings)

    def show(self, eyes: str, hair: str, other: str) -> Exhibit:
        found = _r_by_order()
        r, other_r = found[eyes][hair], found[eyes][other]
        everything = found.to_numpy()
        facts: dict[str, Any] = {
            "students": len(people("hair_eye")),
            "orders": found.size,
            "wanted": 0.4,
            "r": float(r),
            "other_r": float(other_r),
            "by_alphabet": float(found[" ".join(_EYES)][" ".join(_HAIR)]),
            "lowest": float(everything.min()),
            "highest": float(everything.max()),
            "strong": int((np.abs(everything) > 0.4).sum()),
            "best_codes": _best_codes(),
            "v": _v(),
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
def _v() -> float:
    students = people("hair_eye")
    return cramers_v(students["hair"], students["eye"], corrected=False)


@cache
def _best_codes() -> float:
    """The largest r that any numbers for the words can have: the first canonical correlation."""
    counts = _hair_by_eyes().to_numpy(dtype=float)
    shares = counts / counts.sum()
    expected = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    singular = np.linalg.svd((shares - expected) / np.sqrt(expected), compute_uv=False)
    return float(singular[0])


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
_NO_CELL = "none"
_UNIT, _ENDS, _SYMMETRIC = "−1 to 1", "lowest to highest", "the same both ways"


class Residuals(Step):
    """
    ### Where V lives

    V is {v:.2f}, one number for sixteen cells. Which of them make it?

    If hair knew nothing of eyes, each cell would hold its share of row and column. Of {row_total}
    blond and {column_total} blue-eyed students, among {students}, {expected:.1f} would be both.

    The difference over the root of what is expected is the *Pearson residual*. Squared and added
    up, they are chi-square, {chi_square:.1f}, and V is made of that. The *adjusted residual* is
    scaled by its own standard error. It can be read like a z: without a link, few cells are beyond
    two.
    """

    readings = {
        "V": "{v:.2f}",
        "cells beyond the colours": "{overrun} of {cells}",
        "the neutral colour means": "{neutral:.1f}",
    }

    tables = (HAIR_EYE,)

    shown = Choice("Show", (_COUNTS, _PEARSON, _ADJUSTED), default=_COUNTS)
    limits = Choice("Colours run", (_UNIT, _ENDS, _SYMMETRIC), default=_UNIT)
    answers = {
        "hair": Choice("Hair", ("Black", "Brown", "Red", "Blond"), default=None),
        "eyes": Choice("Eyes", ("Brown", "Blue", "Hazel", "Green"), default=None),
    }

    predict = Predict(
        "The largest count is brown hair with brown eyes, {largest_count} students. Which cell "
        "contributes most to V?",
        choices=[
            Option(
                text="Brown with brown: most students are there",
                value="Brown Brown",
                feedback=(
                    "Many were to be expected there, since both are common: its residual is "
                    "{largest_residual:.2f}. Some cell with fewer students is further from what "
                    "was to be expected."
                ),
                misconception="large_counts_make_the_link",
                tempting=True,
                holds=lambda state: state["strongest"] != "Brown Brown",
            ),
            Option(
                text="Blond with blue",
                value="Blond Blue",
                feedback=(
                    "{blond_blue_count} where {expected:.1f} were expected. That cell alone is "
                    "{share:.0%} of chi-square. Among the others there is one that pulls the other "
                    "way nearly as much."
                ),
                holds=lambda state: (
                    state["least"] == "Blond Brown"
                    and -state["blond_brown"] > 0.8 * state["blond_blue"]
                ),
            ),
            Option(
                text="Black with brown",
                value="Black Brown",
                feedback=(
                    "It holds more than expected, with a residual of {black_brown:.2f}. There is a "
                    "cell that is further off."
                ),
                misconception="large_counts_make_the_link",
                holds=lambda state: 0 < state["black_brown"] < state["blond_blue"],
            ),
            Option(
                text="All about alike",
                value="all",
                feedback=(
                    "Sixteen equal parts would be a sixteenth each. One cell alone has {share:.0%} "
                    "of it."
                ),
                misconception="v_is_everywhere",
                holds=lambda state: state["share"] > 3 / state["cells"],
            ),
        ],
        answer=lambda exhibit: str(exhibit.facts["strongest"]),
        seen_at={"shown": "Pearson residuals", "limits": "the same both ways"},
    )

    task = Task(
        "Show residuals, in colours whose neutral middle means *as expected* and whose ends "
        "are not overrun. Then choose the hair and the eyes of the cell with the largest part in "
        "V among those that hold *fewer* students than expected.",
        goals=[
            Goal(
                "Residuals are shown: now {shown}",
                met=lambda state: state["shown"] != _COUNTS,
            ),
            Goal(
                "The ends of the colours are not overrun: now by {overrun} cells",
                met=lambda state: state["overrun"] == 0,
            ),
            Goal(
                "The neutral colour means as expected, zero: now it means {neutral:.1f}",
                met=lambda state: abs(state["neutral"]) < 1e-9,
            ),
            Goal(
                "Of the cells with fewer than expected, the one that adds most is chosen: now "
                "{chosen}",
                met=lambda state: state["chosen"] == state["least"],
            ),
        ],
        solution={
            "shown": _PEARSON,
            "limits": _SYMMETRIC,
            "hair": "Blond",
            "eyes": "Brown",
        },
        hints=[
            "Residuals are no correlations: nothing keeps them between minus one and one.",
            "Zero is in the middle only if both ends are as far away.",
            "Squares decide how much a cell adds, the sign decides which way it pulls.",
        ],
    )

    mistakes = [
        Mistake(
            "Counts show where the students are, and brown is common. How many would be there "
            "without any link? Show residuals.",
            when=lambda state: state["shown"] == _COUNTS,
            example={"hair": "Brown", "eyes": "Brown"},
            misconception="large_counts_make_the_link",
            holds=lambda state: state["blond_blue_count"] < state["largest_count"],
        ),
        Mistake(
            "{overrun} of {cells} cells lie beyond the ends of these colours and look like them. "
            "The residuals run from {lowest:.2f} to {highest:.2f}.",
            when=lambda state: state["overrun"] > 0,
            example={"shown": _PEARSON},
            misconception="every_map_ends_at_one",
            holds=lambda state: max(-state["lowest"], state["highest"]) > 1,
        ),
        Mistake(
            "The neutral colour now means {neutral:.2f}. A cell with exactly what was expected has "
            "another.",
            when=lambda state: abs(state["neutral"]) > 1e-9,
            example={"shown": _PEARSON, "limits": _ENDS},
            misconception="defaults_fit",
        ),
        Mistake(
            "{chosen} holds more than expected, {chosen_count} instead of {chosen_expected:.1f}. A "
            "cell that is too empty is part of the link as well.",
            when=lambda state: state["chosen"] != _NO_CELL and state["chosen_residual"] > 0,
            example={
                "shown": _PEARSON,
                "limits": _SYMMETRIC,
                "hair": "Blond",
                "eyes": "Blue",
            },
            misconception="large_counts_make_the_link",
            holds=lambda state: state["chosen_count"] > state["chosen_expected"],
        ),
        Mistake(
            "{chosen} holds fewer than expected, with a Pearson residual of "
            "{chosen_residual:.2f}. Another cell is further below zero.",
            when=lambda state: state["chosen"] != _NO_CELL,
            example={
                "shown": _PEARSON,
                "limits": _SYMMETRIC,
                "hair": "Black",
                "eyes": "Blue",
            },
            misconception="v_is_everywhere",
            holds=lambda state: state["blond_brown"] < state["chosen_residual"] < 0,
        ),
    ]

    learned = [
        Outcome(
            "V = {v:.2f} is mostly blond hair: Pearson residuals of {blond_blue:.2f} with blue "
            "eyes and {blond_brown:.2f} with brown, adjusted {blond_blue_adjusted:.2f} and "
            "{blond_brown_adjusted:.2f}. The four cells of blond hair make {blond_share:.0%} of "
            "chi-square. One number, and a map of where it comes from.",
            holds=lambda state: state["blond_share"] > 0.5,
        )
    ]

    def in_the_lab(self, *, shown: str, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {
            "x": "hair",
            "y": "eye",
            "counted": "count",
            "show": _COUNTS if shown == _COUNTS else _ADJUSTED,
        }
        return LabAddress("hair_eye", "two_categories", settings, same_map=shown != _PEARSON)

    def show(self, shown: str, limits: str) -> Exhibit:
        maps = _residual_maps()
        counts, pearson, adjusted = (maps[name] for name in (_COUNTS, _PEARSON, _ADJUSTED))
        values = maps[shown]
        numbers = values.to_numpy()
        low, high = float(numbers.min()), float(numbers.max())
        reach = max(-low, high)
        ends = {_UNIT: (-1.0, 1.0), _ENDS: (low, high), _SYMMETRIC: (-reach, reach)}[limits]
        squares, n = pearson.to_numpy() ** 2, int(counts.to_numpy().sum())
        row, column = divmod(int(squares.argmax()), 4)
        emptiest, eyes_of_it = divmod(int(pearson.to_numpy().argmin()), 4)
        most = int(counts.to_numpy().argmax())
        chi_square = float(squares.sum())
        blond, blue = int(counts.T["Blond"].sum()), int(counts["Blue"].sum())
        facts: dict[str, Any] = {
            "cells": values.size,
            "v": float(np.sqrt(chi_square / (n * 3))),
            "chi_square": chi_square,
            "strongest": f"{counts.index[row]} {counts.columns[column]}",
            "share": float(squares.max() / chi_square),
            "least": f"{counts.index[emptiest]} {counts.columns[eyes_of_it]}",
            "blond_share": float((pearson.T["Blond"] ** 2).sum() / chi_square),
            "students": n,
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
            "neutral": sum(ends) / 2,
            "overrun": int(((numbers < ends[0]) | (numbers > ends[1])).sum()),
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
            table=values.round(2),
            description=fill(
                f"Hair by eyes, {shown}, from {{lowest:.2f}} to {{highest:.2f}}. The colours run "
                f"{limits}; their middle is {{neutral:.2f}}. Blond with blue has a Pearson "
                "residual of {blond_blue:.2f}.",
                facts,
            ),
        )

    def appraise(
        self,
        exhibit: Exhibit,  # noqa: ARG002
        hair: str | None,
        eyes: str | None,
    ) -> Mapping[str, Fact]:
        if hair is None or eyes is None:
            return {
                "chosen": _NO_CELL,
                "chosen_residual": 0.0,
                "chosen_count": 0,
                "chosen_expected": 0.0,
            }
        counts = _residual_maps()[_COUNTS]
        there, column = counts.T[hair], counts[eyes]
        return {
            "chosen": f"{hair} {eyes}",
            "chosen_residual": float(_residual_maps()[_PEARSON][eyes][hair]),
            "chosen_count": int(there[eyes]),
            "chosen_expected": float(there.sum() * column.sum() / counts.to_numpy().sum()),
        }


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


_ADD_UP_TO_CHI_SQUARE = (
    "The squares of these {cells} residuals add up to {squares:.1f}: that is chi-square, cell by "
    "cell. "
)


def _add_up(state: State) -> bool:
    return bool(abs(state["squares"] - state["chi_square"]) < 1e-6)


def _fit_another_table(lines: str) -> bool:
    """Whether the lines give the Pearson residuals of a smaller table of counts as well."""
    counts = pd.DataFrame(
        [[8.0, 31.0], [17.0, 12.0], [40.0, 5.0]], ["up", "across", "down"], ["left", "right"]
    )
    expected = np.outer(counts.sum(axis=1), counts.sum()) / counts.to_numpy().sum()
    residuals = (counts - expected) / np.sqrt(expected)
    return fits(
        lines, {"counts": counts}, a_frame(like=counts), lambda it: np.allclose(it, residuals)
    )


class WriteTheResiduals(Step):
    """
    ### Write the residuals

    Now without a switch. `counts` is the table of before, hair by eyes. `counts.sum(axis=1)` are
    the sums of its rows, `counts.sum()` those of its columns, and `np.outer` multiplies each of the
    one with each of the other.

    Write the lines that give every cell its residual, Pearson's or adjusted. As long as nothing is
    written, the map shows the counts.
    """

    readings = {
        "cells with their residual": "{right} of {cells}",
        "squares added up": "{squares:,.1f}",
        "chi-square": "{chi_square:.1f}",
    }

    tables = (HAIR_EYE,)

    lines = Write("Your lines", gives="residuals", names=("counts",), columns=_EYES)

    task = Task(
        "Write the lines that give every cell its Pearson residual or its adjusted one.",
        goals=[
            Goal(
                "Cells with fewer than expected are below zero, cells with more above: now "
                "{astray} {astray:is|are} not",
                met=lambda state: state["astray"] == 0,
            ),
            Goal(
                "All {cells} cells hold their residual: now {right} {right:does|do}",
                met=lambda state: state["right"] == state["cells"],
            ),
        ],
        solution={
            "lines": "expected = np.outer(counts.sum(axis=1), counts.sum()) / "
            "counts.to_numpy().sum()\n"
            "(counts - expected) / np.sqrt(expected)"
        },
        hints=[
            "What would each cell hold if hair knew nothing of eyes? Row sum times column sum, "
            "over all students.",
            "`counts.to_numpy().sum()` are all students.",
            "The difference is divided by the root of what is expected: `np.sqrt(expected)`.",
        ],
    )

    mistakes = [
        Mistake(
            "These add up to {total:.1f}, which is chi-square: each is the square of a residual. "
            "A square does not say whether a cell is too full or too empty.",
            when=lambda state: abs(state["total"] - state["chi_square"]) < 1e-6,
            example={
                "lines": "expected = np.outer(counts.sum(axis=1), counts.sum()) / "
                "counts.to_numpy().sum()\n"
                "(counts - expected) ** 2 / expected"
            },
            misconception="chi_square_is_strength",
        ),
        Mistake(
            "These are the differences themselves, up to {largest:.1f} students. Where many are "
            "expected, many more or fewer are easily there by chance, so that each is divided by "
            "the root of what is expected.",
            when=lambda state: state["differences"] == state["cells"],
            example={
                "lines": "expected = np.outer(counts.sum(axis=1), counts.sum()) / "
                "counts.to_numpy().sum()\n"
                "counts - expected"
            },
            misconception="one_kind_of_residual",
            holds=lambda state: state["astray"] == 0,
        ),
        Mistake(
            "All {astray} cells have the wrong sign. It is what was counted less what was "
            "expected, so that a cell that is too full is above zero.",
            when=lambda state: state["astray"] == state["cells"],
            example={
                "lines": "expected = np.outer(counts.sum(axis=1), counts.sum()) / "
                "counts.to_numpy().sum()\n"
                "(expected - counts) / np.sqrt(expected)"
            },
            misconception="signs_need_no_direction",
        ),
        Mistake(
            "{astray} {astray:cell is|cells are} on the wrong side of zero. What is expected is "
            "another number in each cell: {least_expected:.1f} students here, and "
            "{most_expected:.1f} there.",
            when=lambda state: state["astray"] > 0,
            example={"lines": "counts - counts.mean().mean()"},
            misconception="v_is_everywhere",
            holds=lambda state: state["most_expected"] > 3 * state["least_expected"],
        ),
        Mistake(
            "Every cell is on its side of zero, and {right} of {cells} hold their residual. The "
            "difference is divided by the root of what is expected; chi-square is the sum of the "
            "squares, {chi_square:.1f}, and yours add up to {squares:,.1f}.",
            when=lambda state: state["right"] < state["cells"],
            example={
                "lines": "expected = np.outer(counts.sum(axis=1), counts.sum()) / "
                "counts.to_numpy().sum()\n"
                "(counts - expected) / expected"
            },
            misconception="one_kind_of_residual",
            holds=lambda state: state["astray"] == 0,
        ),
    ]

    learned = [
        Outcome(
            _ADD_UP_TO_CHI_SQUARE + "The same lines, run on a table of another size, give its "
            "residuals as well: what they need to know, they ask `counts`.",
            when=lambda state: (
                state["pearson"] == state["cells"] and _fit_another_table(state["lines"])
            ),
            holds=_add_up,
        ),
        Outcome(
            _ADD_UP_TO_CHI_SQUARE + "These lines fit this table. On one of another size they do "
            "not give the residuals, mostly because they hold a number or a name of this one: "
            "`counts.to_numpy().sum()` asks how many were counted.",
            when=lambda state: state["pearson"] == state["cells"],
            holds=_add_up,
        ),
        Outcome(
            "These are adjusted residuals, each scaled by its own standard error. Their squares "
            "add up to {squares:.1f}, more than chi-square, {chi_square:.1f}: they are made to be "
            "read one at a time.",
            holds=lambda state: state["squares"] > state["chi_square"],
        ),
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"x": "hair", "y": "eye", "counted": "count"}
        return LabAddress("hair_eye", "two_categories", settings)

    def show(self, lines: str) -> Exhibit:
        counts = _hair_by_eyes().astype(float)
        written = run(lines, {"counts": counts}, wants=a_frame(like=counts))
        values = written.value_or(counts)
        facts = _written_residuals(values)
        reach = float(np.nan_to_num(values.abs().max().max())) or 1.0
        title = written.titled("the counts")
        shown = Heatmap(values, (-reach, reach), title=title, scale="value")
        return Exhibit(
            figures=(shown if written.ran else _counted(*_AS_COUNTED, title),),
            facts=facts,
            table=values.round(3),
            description=fill(
                "Hair by eyes, as the lines left it. {right} of {cells} cells hold their residual, "
                "and {astray} {astray:is|are} on the wrong side of zero.",
                facts,
            ),
            error=written.error,
        )


_AS_COUNTED = " ".join(_HAIR), " ".join(_EYES)


def _written_residuals(values: pd.DataFrame) -> dict[str, Any]:
    """How many cells are what residual, and on which side of zero."""
    counts = _hair_by_eyes().to_numpy(dtype=float)
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.sum()
    given = values.to_numpy(dtype=float)
    kinds = {
        "pearson": (counts - expected) / np.sqrt(expected),
        "adjusted": adjusted_residuals(table=_hair_by_eyes()).to_numpy(),
        "differences": counts - expected,
    }
    same = {name: int(np.isclose(given, kind).sum()) for name, kind in kinds.items()}
    return {
        "cells": counts.size,
        "chi_square": float((kinds["pearson"] ** 2).sum()),
        "least_expected": float(expected.min()),
        "most_expected": float(expected.max()),
        **same,
        "right": max(same["pearson"], same["adjusted"]),
        "astray": int((np.sign(given) != np.sign(counts - expected)).sum()),
        "total": float(np.nansum(given)),
        "squares": float(np.nansum(given**2)),
        "largest": float(np.nan_to_num(np.abs(given)).max()),
    }
