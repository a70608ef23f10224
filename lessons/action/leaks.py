"""Columns that know too much: leaked, encoded by the outcome, or made from one another."""

from functools import cache, lru_cache
from typing import Any, Literal

import numpy as np
import pandas as pd

from lessons.action.cross_validation import splits
from lessons.highway import r_between
from lessons.tables import DIABETES, HIGHWAY, highway, table
from lib.charts import Bars, Scatter
from lib.course import (
    Band,
    Choice,
    Columns,
    Estimate,
    Exhibit,
    Goal,
    Mistake,
    Option,
    Outcome,
    Predict,
    Seed,
    Slider,
    Step,
    Task,
    Toggle,
    fill,
)
from lib.stats import leakage_suspects, target_encode

_HONEST = tuple(table("diabetes").columns.drop("progression"))
_OFFERED = (*_HONEST, "score")


class Leak(Step):
    """
    ### Too good a friend

    Which patients' diabetes will progress within a year? Ten measurements were taken at the start.
    The best of them reaches |r| = {bmi_r:.2f}, `bmi`, or |ρ| = {s5_rho:.2f}, `s5`.

    Then there is `score`, with r = {score_r:.2f}. It was planted in the real table for this step: a
    nurse's impression, in the file like any other column. It was written down at the visit a year
    later.
    """

    tables = (DIABETES,)

    columns = Columns("Columns for the model", _OFFERED, default=_OFFERED)
    error = Slider("How far the score is off", 10, 150, default=50, step=10)
    views = ("error",)

    predict = Predict(
        "`s1` and `s2` correlate at {s1_s2_r:.2f} with each other, `bmi` at {bmi_r:.2f} with the "
        "outcome, `score` at {score_r:.2f}. Where does one look first, before any model is fitted?",
        choices=[
            Option(
                text="At `s1` and `s2`: the only pair so strong",
                value="s1",
                feedback=(
                    "They say nearly the same, and that is a matter of coefficients. A column that "
                    "tells the outcome at {score_r:.2f} may be telling it afterwards: that is a "
                    "matter of whether the model works at all."
                ),
                misconception="threshold_is_collinearity",
            ),
            Option(
                text="At `bmi`: the strongest of the measurements",
                value="bmi",
                feedback=(
                    "{bmi_r:.2f} is a good predictor among others. `score` leaves less than half "
                    "as much unexplained as the next best. Ask where that comes from."
                ),
                misconception="strong_is_good",
            ),
            Option(
                text="At `score`: ask where it comes from, and since when",
                value="score",
                feedback=(
                    "It explains more than the whole honest table, and it is known only when the "
                    "outcome is. On paper the model explains {explained_on_paper:.0%}; in use, "
                    "with the score not written yet, {explained_in_use:.0%}."
                ),
            ),
        ],
        answer=lambda exhibit: exhibit.facts["suspect"],
    )

    task = Task(
        "Give the model every column that is known when the prediction is due, and no other.",
        goals=[
            Goal(
                "No column is known only afterwards",
                met=lambda state: not state["is_inside"],
            ),
            Goal(
                "Every other column is in: now {kept} of {offered} columns are in",
                met=lambda state: state["kept"] == state["offered"] - 1,
            ),
        ],
        solution={"columns": _HONEST},
        hints=[
            "When was each column written down?",
            "A weaker score is no better. Turn it down until no rule suspects it: still a leak.",
            "One column goes. The friends `s1` and `s2` are no leak.",
        ],
    )

    mistakes = [
        Mistake(
            "`score` is still among them. Cross-validation is delighted, {explained_on_paper:.0%} "
            "explained. On the day that it is needed nobody has written it: "
            "{explained_in_use:.0%}.",
            when=lambda state: state["is_inside"],
            example={"columns": ("bmi", "bp", "s5", "score")},
            misconception="strong_is_good",
        ),
        Mistake(
            "The leak is gone, and so are honest columns: {kept} are left. To correlate with each "
            "other, or weakly with the outcome, is no offence.",
            when=lambda state: not state["is_inside"],
            example={"columns": ("bmi", "bp", "s5")},
            misconception="dropping_is_free",
        ),
    ]

    learned = [
        Outcome(
            "An r that is too good is a question: known when, written by whom? Without the leak "
            "the model explains {explained_honestly:.0%}, on paper and in use."
        )
    ]

    def show(self, columns: tuple[str, ...], error: float) -> Exhibit:
        patients = _with_score(error)
        found = leakage_suspects(patients[[*columns, "progression"]], "progression")
        everything = leakage_suspects(patients, "progression")
        suspects = found.index[found["suspect"]]
        facts: dict[str, Any] = {
            "kept": len(columns),
            "offered": len(_OFFERED),
            "is_inside": "score" in columns,
            "score_r": abs(float(everything["r"]["score"])),
            "bmi_r": float(everything["r"]["bmi"]),
            "s5_rho": float(everything["rho"]["s5"]),
            "s1_s2_r": r_between(patients, "s1", "s2"),
            "suspect": str(suspects[0]) if len(suspects) else "",
            "explained_on_paper": _explained(columns, error, in_use=False),
            "explained_in_use": _explained(columns, error, in_use=True),
            "explained_honestly": _explained(_HONEST, error, in_use=False),
        }
        strengths = found[["r", "rho"]].abs()
        shares = pd.DataFrame(
            {
                "explained": [
                    facts["explained_on_paper"],
                    facts["explained_in_use"],
                    facts["explained_honestly"],
                ]
            },
            ["on paper", "in use", "honest columns"],
        )
        return Exhibit(
            figures=(
                Bars(
                    strengths.rename(columns={"r": "|r|", "rho": "|ρ|"}),
                    title="With the outcome",
                    x="",
                ),
                Bars(shares, title="Share explained", x=""),
            ),
            across=2,
            facts=facts,
            table=found[["r", "rho", "strength", "lead", "suspect", "reason"]].round(3),
            description=fill(
                "Bars of {kept} columns by their correlation with the outcome. The model explains "
                "{explained_on_paper:.0%} when cross-validated and {explained_in_use:.0%} when the "
                "score is not known yet.",
                facts,
            ),
        )


@cache
def _with_score(error: float) -> pd.DataFrame:
    """The patients with the planted column: the outcome, and a slip of the nurse."""
    patients = table("diabetes")
    slip = error * np.random.default_rng(55).standard_normal(len(patients))
    return patients.assign(score=(patients["progression"] + slip).round())


@lru_cache(maxsize=256)
def _explained(columns: tuple[str, ...], error: float, in_use: bool) -> float:
    """Share of the outcome's variance that is predicted in rows not seen.

    In use, the score is not known yet: its mean has to do.
    """
    patients = _with_score(error)
    x = patients[list(columns)].assign(constant=1.0).to_numpy(float)
    y = patients["progression"].to_numpy(float)
    missed = 0.0
    for train, test in splits(len(y), 1):
        new = x[test].copy()
        if in_use and "score" in columns:
            place = columns.index("score")
            new[:, place] = x[train, place].mean()
        weights = np.linalg.lstsq(x[train], y[train], rcond=None)[0]
        missed += ((y[test] - new @ weights) ** 2).sum()
    return float(1 - missed / ((y - y.mean()) ** 2).sum())


class Encode(Step):
    """
    ### A town is worth its mean

    {rows} people from {levels} towns, and an outcome that is pure noise. No town knows anything.

    A model wants numbers, so each town becomes the mean outcome of its people. That is target
    encoding. Each person's own outcome is part of the mean that is to predict it.
    """

    levels = Slider("Towns", 2, 200, default=100, step=2)
    rows = Slider("People", 200, 2000, default=500, step=100)
    leave_one_out = Toggle("Leave each one's own outcome out", default=False)
    draw = Seed("Draw")
    views = ("draw",)

    predict = Estimate(
        "What is r between the encoded towns and the outcome that they know nothing of?",
        low=-0.2,
        high=1,
        step=0.05,
        begin=-0.2,
        tolerance=0.1,
        feedback=(
            "r = {r_all:.2f}, out of nothing. Theory says {expected:.2f}: the root of towns minus "
            "one over people minus one."
        ),
        bands=[
            Band(
                low=-0.2,
                high=0.2,
                feedback=(
                    "It ought to be zero, and would be if the means came from other people. With "
                    "{rows_each:.0f} people a town, a fifth of each mean is the very value it is "
                    "to predict: r = {r_all:.2f}."
                ),
                misconception="encoding_is_innocent",
            ),
            Band(
                low=0.2,
                high=0.6,
                feedback=(
                    "The amount is a matter of arithmetic: {expected:.2f} is to be expected, and "
                    "in this draw it is {r_all:.2f}."
                ),
                misconception="encoding_is_innocent",
            ),
            Band(
                low=0.6,
                high=1.1,
                feedback=(
                    "That would be if nearly every town had one inhabitant. With {rows_each:.0f} "
                    "each it is {r_all:.2f}; {expected:.2f} was to be expected."
                ),
                misconception="encoding_is_innocent",
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["r_all"]),
    )

    task = Task(
        "Close the leak and keep at least {least} towns: bring |r| below {goal:.1f}.",
        goals=[
            Goal(
                "|r| is below {goal:.1f}: now r is {r:.2f}",
                met=lambda state: abs(state["r"]) < state["goal"],
            ),
            Goal(
                "There are at least {least} towns: now {levels}",
                met=lambda state: state["levels"] >= state["least"],
            ),
        ],
        solution={"leave_one_out": True},
        hints=[
            "More people a town make the leak thinner. They do not close it.",
            "Whose outcome must not be in the mean?",
        ],
    )

    mistakes = [
        Mistake(
            "With {levels} towns the leak is thinner, r = {r:.2f}: each mean holds many people. "
            "The towns that were to be encoded are gone, though.",
            when=lambda state: state["levels"] < state["least"],
            example={"levels": 10},
            misconception="encoding_is_innocent",
        ),
        Mistake(
            "{rows} people thin it out to r = {r:.2f}, as the formula says: {expected:.2f}. It is "
            "diluted, not closed.",
            when=lambda state: not state["leave_one_out"],
            example={"rows": 1500},
            misconception="encoding_is_innocent",
        ),
    ]

    learned = [
        Outcome(
            "A code made from the target leaks the target: {r_all:.2f} out of noise, "
            "{expected:.2f} by arithmetic. With each row's own value left out it is "
            "{r_others:.2f}."
        )
    ]

    def show(self, levels: int, rows: int, leave_one_out: bool, draw: int) -> Exhibit:
        rng = np.random.default_rng(draw)
        towns = pd.Series(rng.integers(levels, size=rows), name="town")
        outcome = pd.Series(rng.standard_normal(rows), name="outcome")
        of_all = target_encode(towns, outcome, leave_one_out=False)
        of_others = target_encode(towns, outcome)
        r_all, r_others = (float(code.corr(outcome)) for code in (of_all, of_others))
        encoded = of_others if leave_one_out else of_all
        facts = {
            "least": 100,
            "goal": 0.2,
            "rows_each": rows / levels,
            "r_all": r_all,
            "r_others": r_others,
            "r": r_others if leave_one_out else r_all,
            "expected": float(np.sqrt((levels - 1) / (rows - 1))),
        }
        whose = "the others" if leave_one_out else "all"
        return Exhibit(
            figures=(
                Scatter(
                    encoded.rename(f"mean outcome of {whose} in town"),
                    outcome,
                    labels=towns.map("town {}".format),
                    title="The encoded town and the outcome",
                    line=True,
                ),
            ),
            facts=facts,
            table=pd.DataFrame(
                {"r": [r_all, r_others, facts["expected"]]},
                ["mean of all", "mean of the others", "expected of the first"],
            ).round(3),
            description=fill(
                f"The outcome of {rows} people against the mean of their town. r = {{r:.2f}}, with "
                f"{levels} towns that know nothing.",
                facts,
            ),
        )


_VIEWS = (
    "sigs1",
    "sigs1, where no signals",
    "sigs1, where signals",
    "sigs1 − 1/len",
)


class Construct(Step):
    """
    ### The column that was made

    `sigs1` says how many traffic signals a mile of road has. The authors wanted to take logarithms
    later, and the logarithm of zero is no number. So they added one signal to every section before
    they divided by its length.

    On the map `len` and `sigs1` show ρ = {rho_built:.2f}. Long roads have fewer signals per mile,
    one says.
    """

    tables = (HIGHWAY,)

    view = Choice("Compare len with", _VIEWS, default=_VIEWS[0])
    method = Choice("Measure", ("Spearman", "Pearson"), default="Spearman")

    predict = Predict(
        "{unlit_sections} of {all_sections} sections have no signal at all. Among those, what is ρ "
        "between `len` and `sigs1`?",
        choices=[
            Option(
                text="Zero: without signals there is nothing to correlate",
                value=0.0,
                feedback=(
                    "There is: one over the length. The added signal is on every one of these "
                    "roads, so `sigs1` is `1/len` and nothing else: ρ = {rho_unlit:.2f}."
                ),
                misconception="engineered_is_measured",
            ),
            Option(
                text="{value:.2f}, as everywhere",
                value=-0.58,
                feedback=(
                    "It is stronger where there are none: ρ = {rho_unlit:.2f}. What is left "
                    "without signals is `1/len`, and that falls with `len` without exception."
                ),
                misconception="engineered_is_measured",
            ),
            Option(
                text="{value:.0f}, exactly",
                value=-1.0,
                feedback=(
                    "Without signals `sigs1` is `1/len`. The correlation is the formula, looking "
                    "at itself."
                ),
            ),
        ],
        answer=lambda exhibit: exhibit.facts["rho_unlit"],
        tolerance=0.005,
    )

    task = Task(
        "How much of it is signals? Show the correlation over all sections with the formula's part "
        "taken out.",
        goals=[
            Goal(
                "What the formula added is taken out",
                met=lambda state: state["taken_out"],
            ),
            Goal(
                "All {all_sections} sections are shown: now {sections}",
                met=lambda state: state["sections"] == state["all_sections"],
            ),
        ],
        solution={"view": _VIEWS[3]},
        hints=[
            "Which sections show the formula most clearly?",
            "What was added is `1/len`. It can be taken out again.",
        ],
    )

    mistakes = [
        Mistake(
            "These {sections} show the formula at its purest, {r:.2f}. That is the part to take "
            "out, from every section.",
            when=lambda state: state["sections"] == state["unlit_sections"],
            example={"view": _VIEWS[1]},
            misconception="engineered_is_measured",
        ),
        Mistake(
            "Only {sections} sections have signals, and in each of them one signal too many is "
            "counted: {r:.2f}. Now they are also a chosen few.",
            when=lambda state: state["sections"] < state["all_sections"],
            example={"view": _VIEWS[2]},
            misconception="engineered_is_measured",
        ),
        Mistake(
            "Another measure of the same made column: {r:.2f}. What was built in stays in.",
            when=lambda state: not state["taken_out"],
            example={"method": "Pearson"},
            misconception="engineered_is_measured",
        ),
    ]

    learned = [
        Outcome(
            "Of ρ = {rho_built:.2f} between `len` and `sigs1`, {rho_signals:.2f} remains once the "
            "added `1/len` is out. Before you believe a correlation, ask whether one column was "
            "computed from the other."
        )
    ]

    def show(self, view: str, method: str) -> Exhibit:
        roads = _with_signals()
        unlit = roads["signals"] == 0
        shown, name = {
            _VIEWS[0]: (roads, "sigs1"),
            _VIEWS[1]: (roads[unlit], "sigs1"),
            _VIEWS[2]: (roads[~unlit], "sigs1"),
            _VIEWS[3]: (roads, "signals"),
        }[view]
        facts = {
            "sections": len(shown),
            "all_sections": len(roads),
            "unlit_sections": int(unlit.sum()),
            "taken_out": name == "signals",
            "r": _with_length(shown, name, method),
            "rho_built": _with_length(roads, "sigs1", "Spearman"),
            "rho_signals": _with_length(roads, "signals", "Spearman"),
            "rho_unlit": _with_length(roads[unlit], "sigs1", "Spearman"),
        }
        return Exhibit(
            figures=(
                Scatter(
                    shown["len"],
                    shown[name].rename("signals per mile" if name == "signals" else "sigs1"),
                    title=view,
                ),
            ),
            facts=facts,
            table=shown[["len", "sigs1", "signals"]].round(3),
            description=fill(
                f"The length of {{sections}} sections against {view}. {method}'s coefficient is "
                "{r:.2f}.",
                facts,
            ),
        )


@cache
def _with_signals() -> pd.DataFrame:
    """The sections with their signals per mile, before one was added to each."""
    added = 1 / highway()["len"]
    # Rounded, so that no signals are zero and not what is left of two equal fractions.
    return highway().assign(signals=(highway()["sigs1"] - added).round(9))


_METHODS: dict[str, Literal["spearman", "pearson"]] = {
    "Spearman": "spearman",
    "Pearson": "pearson",
}


def _with_length(roads: pd.DataFrame, name: str, method: str) -> float:
    return float(roads["len"].corr(roads[name], method=_METHODS[method]))
