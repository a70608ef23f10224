"""The VIF of every predictor, written by the learner."""

import numpy as np
import pandas as pd

from lessons.action.tables import PREDICTORS, strongest_r, triangle
from lessons.tables import HIGHWAY, highway
from lessons.written import a_full_series
from lib.charts import Bars
from lib.course import Claim, Exhibit, Fact, Goal, Mistake, Outcome, State, Step, Task, Write, fill
from lib.course.behind import pair_behind
from lib.course.writing import run
from lib.stats import vif


def _knows_all_pairs_and_no_vif(state: State) -> bool:
    """Whether the strongest pair alone gives less than the truth for every column."""
    return bool(state["too_small"] == state["predictors"])


class WriteTheVif(Step):
    """
    ### Write every VIF at once

    A regression for each column would do it, {predictors} of them. There is a shorter way. `x` has
    the {predictors} predictors of the highway. A matrix has an *inverse*: the matrix that undoes
    it, as one over a number undoes the number. Of the inverse of a correlation matrix the diagonal
    holds, for each column, `1 / (1 - R²)` with all the others. That is its VIF.

    Write the lines that give the VIF of every column of `x`, in their order. As long as nothing is
    written, each is one, as if nothing were known of any.
    """

    readings = {
        "VIF that are right": "{right} of {predictors}",
        "your largest": "{largest:.2f}",
    }

    tables = (HIGHWAY,)

    lines = Write("Your lines", gives="factors", names=("x",), columns=PREDICTORS)

    task = Task(
        "Write the lines that give every VIF.",
        goals=[
            Goal(
                "None is below one: now {below_one}",
                met=lambda state: state["below_one"] == 0,
            ),
            Goal(
                "Every VIF is what a regression on all the others gives: now {right} of "
                "{predictors}",
                met=lambda state: state["right"] == state["predictors"],
            ),
        ],
        solution={"lines": "np.diag(np.linalg.inv(x.corr()))"},
        hints=[
            "`x.corr()` is the correlation matrix, whole and with its diagonal.",
            "`np.linalg.inv(matrix)` is its inverse.",
            "`np.diag(matrix)` takes the diagonal of a matrix.",
        ],
    )

    mistakes = [
        Mistake(
            "These are one over the strongest |r| of each column, squared and taken from one: what "
            "a single other column knows. `adt` gets {adt_said:.2f} that way; all the others "
            "together make it {adt_vif:.2f}.",
            when=lambda state: state["is_of_pairs"],
            example={"lines": "r = x.corr() - np.eye(10)\n1 / (1 - r.abs().max() ** 2)"},
            misconception="pairs_show_everything",
            holds=lambda state: (
                _knows_all_pairs_and_no_vif(state) and state["adt_said"] < state["adt_vif"]
            ),
        ),
        Mistake(
            "This is the diagonal of another inverse, that of `x.cov()`: one over what the others "
            "leave of a column, in the column's own unit, squared. In other units these would be "
            "other numbers, and a VIF has none. In a correlation matrix every column has variance "
            "one.",
            when=lambda state: state["is_of_covariances"],
            example={"lines": "np.diag(np.linalg.inv(x.cov()))"},
            misconception="units_do_not_matter",
            holds=lambda state: state["right"] < state["predictors"],
        ),
        Mistake(
            "Each of these is its VIF to within a hundredth, and {right} of {predictors} are "
            "whole. A rounded number is good to read. To compute with, leave it as it is, and "
            "round at the end.",
            when=lambda state: state["is_rounded"],
            example={"lines": "pd.Series(np.diag(np.linalg.inv(x.corr())), x.columns).round(2)"},
            misconception="it_computes_so_it_fits",
            holds=lambda state: state["right"] < state["predictors"],
        ),
        Mistake(
            "{below_one} {below_one:value is|values are} below one. The share that the others "
            "account for is R²; the VIF is one over what is left, and never below one.",
            when=lambda state: state["below_one"] > 0,
            example={"lines": "1 - 1 / np.diag(np.linalg.inv(x.corr()))"},
            misconception="threshold_is_collinearity",
        ),
        Mistake(
            "{right} of {predictors} are right. `adt` has {adt_said:.2f} by your lines, and a "
            "regression on all the others gives {adt_vif:.2f}.",
            when=lambda state: state["right"] < state["predictors"],
            example={"lines": "np.sqrt(np.diag(np.linalg.inv(x.corr())))"},
            misconception="vif_grows_evenly",
        ),
    ]

    learned = [
        Outcome(
            "The diagonal of one inverse says what takes {predictors} regressions. "
            "`{largest_name}` has the largest VIF, {largest:.2f}, and the strongest |r| of any "
            "pair is {max_r:.2f}, which alone would make {pair_vif:.2f}. The rest is what the "
            "others know together.",
            holds=lambda state: state["pair_vif"] < state["largest"],
        )
    ]

    holds = [
        Claim(
            "That is its VIF",
            lambda _: np.allclose(np.diag(np.linalg.inv(_predictors().corr())), vif(_predictors())),
        )
    ]

    def show(self, lines: str) -> Exhibit:
        x = _predictors()
        nothing = pd.Series(1.0, x.columns)
        written = run(lines, {"x": x}, wants=a_full_series(like=nothing))
        factors = written.value_or(nothing)
        truth, strongest = vif(x), strongest_r(x)
        said = pd.Series(np.nan_to_num(factors), x.columns)
        facts: dict[str, Fact] = {
            "predictors": len(x.columns),
            "right": int(np.isclose(said, truth, rtol=1e-6).sum()),
            "below_one": int((said < 1 - 1e-9).sum()),
            "too_small": int((said < (1 - 1e-6) * truth).sum()),
            "is_of_pairs": bool(np.allclose(said, 1 / (1 - strongest**2))),
            "is_of_covariances": bool(np.allclose(said * x.var(), truth, rtol=1e-6)),
            "is_rounded": bool(
                not np.allclose(said, truth, rtol=1e-6) and np.allclose(said, truth, 0, 0.01)
            ),
            "largest": float(said.max()),
            "largest_name": str(said.idxmax()),
            "adt_said": float(said["adt"]),
            "adt_vif": float(truth["adt"]),
            "max_r": float(strongest.max()),
            "pair_vif": float(1 / (1 - strongest.max() ** 2)),
        }
        table = pd.DataFrame({"yours": said, "by regression": truth})
        return Exhibit(
            figures=(
                Bars(
                    said.to_frame("VIF"),
                    title=written.titled("1 for each"),
                    x="VIF",
                    marks={"alarm": 5},
                ),
                triangle(x, "The predictors"),
            ),
            facts=facts,
            table=table.round(3),
            description=fill(
                "Bars of what your lines give for {predictors} predictors, the largest "
                "{largest:.2f}. {right} of them are what a regression on all the others gives.",
                facts,
            ),
            behind=pair_behind(highway(), "sections"),
            error=written.error,
        )


def _predictors() -> pd.DataFrame:
    return highway()[list(PREDICTORS)].astype(float)
