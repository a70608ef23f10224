"""Columns that know too much: leaked, encoded by the outcome, or made from one another."""

from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from lessons.action.cross_validation import splits
from lessons.cross_fitting import cross_fitted, explained_by_tree
from lessons.highway import r_between
from lessons.tables import DIABETES, HIGHWAY, highway, table
from lib.charts import Bars, Scatter
from lib.course import (
    Choice,
    Claim,
    Columns,
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
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

    A leak shows where the model is used: there the column is not known yet. In use, below, the mean
    of `score` has to stand in for it.
    """

    tables = (DIABETES,)

    columns = Columns("Columns for the model", _OFFERED, default=_OFFERED)
    error = Slider("How far the score is off", 10, 150, default=50, step=10)
    views = ("error",)

    readings = {
        "on paper": "{explained_on_paper:.0%}",
        "in use": "{explained_in_use:.0%}",
        "columns": "{kept}",
    }

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
                holds=lambda state: state["s1_s2_r"] > 0.85 and state["score_r"] < state["s1_s2_r"],
            ),
            Option(
                text="At `bmi`: the strongest of the measurements",
                value="bmi",
                feedback=(
                    "{bmi_r:.2f} is a good predictor among others. `score` leaves less than half "
                    "as much unexplained as the next best. Ask where that comes from."
                ),
                misconception="strong_is_good",
                holds=lambda state: (
                    1 - state["score_r"] ** 2 < (1 - max(state["bmi_r"], state["s5_rho"]) ** 2) / 2
                ),
            ),
            Option(
                text="At `score`: ask where it comes from, and since when",
                value="score",
                tempting=True,
                feedback=(
                    "Alone it explains more than the whole honest table, {explained_honestly:.0%}, "
                    "and it is known only when the outcome is. On paper the model explains "
                    "{explained_on_paper:.0%}; in use, with the score not written yet, "
                    "{explained_in_use:.0%}."
                ),
                holds=lambda state: state["score_r"] ** 2 > state["explained_honestly"],
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
            "`score` is still among them. Cross-validation says {explained_on_paper:.0%} "
            "explained. On the day that it is needed nobody has written it: "
            "{explained_in_use:.0%}.",
            when=lambda state: state["is_inside"],
            holds=lambda state: state["explained_in_use"] < state["explained_on_paper"],
            example={"columns": ("bmi", "bp", "s5", "score")},
            misconception="strong_is_good",
        ),
        Mistake(
            "The leak is gone, and so are honest columns: {kept} are left. To correlate with each "
            "other, or weakly with the outcome, is no offence.",
            when=lambda state: not state["is_inside"],
            example={"columns": ("bmi", "bp", "s5")},
            misconception="dropping_is_free",
            holds=lambda state: state["kept"] < state["offered"] - 1,
        ),
    ]

    learned = [
        Outcome(
            "An r that is too good is a question: known when, written by whom? Without the leak "
            "the model explains {explained_on_paper:.0%} on paper and {explained_in_use:.0%} in "
            "use. A leak that is weak enough no rule suspects. Then the calendar has to tell.",
            holds=lambda state: state["explained_on_paper"] == state["explained_in_use"],
        )
    ]

    holds = [
        Claim("The best of them reaches", lambda _: _best_measurements() == ("bmi", "s5")),
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        return LabAddress("diabetes", "one_against_all", {"target": "progression"})

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


def _best_measurements() -> tuple[str, str]:
    """The one that goes most with the outcome, by r and by rho."""
    patients = table("diabetes")
    measured, outcome = patients[list(_HONEST)], patients["progression"]
    by_r, by_rho = (
        measured.corrwith(outcome, method=method).abs().idxmax() for method in _METHODS.values()
    )
    return str(by_rho), str(by_r)


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


_ALL, _OTHERS, _FITTED = "the mean of all", "leave-one-out", "cross-fitted"
_CODES = {_ALL: "all", _OTHERS: "others", _FITTED: "fitted"}


def _is_found_in_tiny_towns(state: State) -> bool:
    """Whether a tree explains noise by the mean of all, with one person a town on average."""
    return _encoded(200, 200, state["draw"], _ALL).explained > 0.1


def _is_found_in_two_towns(state: State) -> bool:
    """Whether leave-one-out gives more away in the fewest and largest towns on offer."""
    explained = _encoded(2, 2000, state["draw"], _OTHERS).explained
    return bool(explained > max(0.9, state["explained"]))


class Encode(Step):
    """
    ### A town is worth its mean

    {rows} people from {levels} towns, and an outcome that is pure noise. No town knows anything.

    A model wants numbers, so each town becomes the mean outcome of its people. That is *target
    encoding*. It makes r = {r_all:.2f} out of nothing, because each person's own outcome is part of
    the mean that is to predict it. Two cures are offered. *Leave-one-out* takes the mean of the
    others in the town. *Cross-fitting* deals the people into folds; each fold is encoded by the
    means of the other folds, and whoever is predicted stays outside altogether.

    The bars ask a *decision tree*: a model that sorts rows by yes-or-no questions about its columns
    and predicts the mean of each part. It gets the code and the number of people in the town, and
    is tested on people whom it has not seen. Below zero it does worse than the plain mean.
    """

    levels = Slider("Towns", 2, 200, default=100, step=2)
    rows = Slider("People", 200, 2000, default=500, step=100)
    code = Choice("Towns become", tuple(_CODES), default=_ALL)
    draw = Seed("Draw", default=96)
    views = ("draw",)
    typical = ("r_all", "r_others", "explained_all", "explained_others", "explained_fitted")

    readings = {
        "r": "{r:.2f}",
        "a tree explains": "{explained:.0%}",
    }

    predict = Predict(
        "Encoded by the mean of all, the towns reach r = {r_all:.2f} with an outcome that they "
        "know nothing of. Now each person's own outcome is left out of the mean. Then r is ...",
        choices=[
            Option(
                text="near zero",
                value="near zero",
                feedback=(
                    "r = {r_others:.2f}. Mind what that shows: on a straight line the code says "
                    "next to nothing. There are models that do not go by straight lines."
                ),
                holds=lambda state: abs(state["r_others"]) < 0.2,
                tempting=True,
            ),
            Option(
                text="about half as large",
                value="half",
                feedback=(
                    "Nothing of one's own outcome is in one's code any more, and the others know "
                    "nothing of it: r = {r_others:.2f}."
                ),
                misconception="encoding_is_innocent",
                holds=lambda state: abs(state["r_others"]) < state["r_all"] / 5,
            ),
            Option(
                text="about as large: the towns are still the same",
                value="as large",
                feedback=(
                    "The towns had nothing to do with it. Of {rows_each:.0f} people in a town, one "
                    "was each person's own: {r_all:.2f} with that one, {r_others:.2f} without."
                ),
                misconception="encoding_is_innocent",
                holds=lambda state: state["r_all"] > state["r_others"],
            ),
        ],
        answer=lambda exhibit: _size_beside(
            float(exhibit.facts["r_others"]), float(exhibit.facts["r_all"])
        ),
        seen_at={"code": "leave-one-out"},
    )

    answers = {"safe": Choice("The tree finds nothing in", tuple(_CODES), default=None)}

    task = Task(
        "Catch leave-one-out at leaking: find towns and people with which the tree explains more "
        "than {half:.0%} of pure noise. Then name the code under which it finds nothing, whatever "
        "towns and people you choose.",
        goals=[
            Goal(
                "The code on the screen is leave-one-out, whose r is {r_others:.2f}: now r is "
                "{r:.2f}",
                met=lambda state: state["code"] == _OTHERS,
            ),
            Goal(
                "The tree explains more than {half:.0%} of the noise: now {explained:.0%}",
                met=lambda state: state["explained"] > state["half"],
            ),
            Goal(
                "The code without a leak is named: now {safe}",
                met=lambda state: state["safe"] == _FITTED,
            ),
        ],
        solution={"levels": 10, "code": _OTHERS, "safe": _FITTED},
        hints=[
            "Look at the points of one town under leave-one-out. Who has a large outcome leaves a "
            "small mean behind.",
            "The tree has to tell the towns apart. That is easier if there are few of them, with "
            "many people each.",
        ],
    )

    mistakes = [
        Mistake(
            "The mean of all holds each one's own outcome: r = {r_all:.2f} here, and with each "
            "one left out {r_others:.2f}. That is a leak, and with about one person in each town "
            "the tree finds it, too.",
            when=lambda state: state["safe"] == _ALL,
            example={"safe": _ALL},
            misconception="encoding_is_innocent",
            holds=_is_found_in_tiny_towns,
        ),
        Mistake(
            "In {town_named} leave-one-out and the outcome correlate at {within_others:.2f}: the "
            "code is the town's total less one's own outcome, shared among the others. Who knows "
            "the town can work it out.",
            when=lambda state: state["safe"] == _OTHERS,
            example={"safe": _OTHERS},
            misconception="leave_one_out_is_safe",
            holds=lambda state: state["within_others"] < -0.999,
        ),
        Mistake(
            "Cross-fitted, the tree explains {explained:.0%}: the folds that make a code do not "
            "hold whoever gets it, so there is nothing to catch. The suspect is the code that "
            "leaves one out.",
            when=lambda state: state["code"] == _FITTED and state["safe"] == _FITTED,
            example={"code": _FITTED, "safe": _FITTED},
            misconception="leave_one_out_is_safe",
            holds=lambda state: state["explained"] < 0.1,
        ),
        Mistake(
            "With {levels} towns and {rows_each:.0f} people each, the tree explains "
            "{explained:.0%}. With fewer towns, or more people in each, it tells them apart more "
            "easily.",
            when=lambda state: state["code"] == _OTHERS and state["explained"] <= state["half"],
            example={"code": _OTHERS},
            misconception="leave_one_out_is_safe",
            holds=_is_found_in_two_towns,
        ),
    ]

    learned = [
        Outcome(
            "r = {r_others:.2f}, which looks harmless, and the tree explains "
            "{explained_others:.0%} of pure noise. Within a town leave-one-out runs exactly "
            "against the outcome. Cross-fitted, the tree has nothing to go by: "
            "{explained_fitted:.0%}. So r is no test of a code. scikit-learn's `TargetEncoder` "
            "cross-fits in `fit_transform`, and so in a pipeline; `fit` and then `transform` on "
            "the same rows leaks.",
            when=lambda state: abs(state["r_others"]) < 0.2,
            holds=lambda state: (
                state["within_others"] < -0.999
                and state["explained_fitted"] < 0.1 < state["explained_others"]
            ),
        ),
        Outcome(
            "Here even r gives it away, {r_others:.2f}, and the tree explains "
            "{explained_others:.0%} of pure noise. Within a town leave-one-out runs exactly "
            "against the outcome. Cross-fitted, the tree has nothing to go by: "
            "{explained_fitted:.0%}. "
            "scikit-learn's `TargetEncoder` cross-fits in `fit_transform`, and so in a pipeline; "
            "`fit` and then `transform` on the same rows leaks.",
            holds=lambda state: (
                state["within_others"] < -0.999
                and state["explained_fitted"] < 0.1 < state["explained_others"]
            ),
        ),
    ]

    holds = [
        Claim("out of nothing", lambda state: state["r_all"] > 0.3),
    ]

    def show(self, levels: int, rows: int, code: str, draw: int) -> Exhibit:
        towns, outcome = _towns(levels, rows, draw)
        found = {key: _encoded(levels, rows, draw, name) for name, key in _CODES.items()}
        encoded, of_others = found[_CODES[code]].code, found["others"].code
        largest = towns.value_counts().idxmax()
        there = towns == largest
        facts: dict[str, Any] = {
            "half": 0.5,
            "rows_each": rows / levels,
            "expected": float(np.sqrt((levels - 1) / (rows - 1))),
            **{f"r_{key}": float(one.code.corr(outcome)) for key, one in found.items()},
            **{f"explained_{key}": one.explained for key, one in found.items()},
            "r": float(encoded.corr(outcome)),
            "explained": found[_CODES[code]].explained,
            "town_named": f"town {largest}",
            "within_others": float(of_others[there].corr(outcome[there])),
        }
        shares = pd.DataFrame(
            {"explained": [one.explained for one in found.values()]}, list(_CODES)
        )
        return Exhibit(
            figures=(
                Scatter(
                    encoded.rename(f"town as {code}"),
                    outcome,
                    labels=towns.map("town {}".format),
                    title="The encoded town and the outcome",
                    line=True,
                ),
                Bars(shares, title="Noise that a tree explains", x=""),
            ),
            across=2,
            facts=facts,
            table=pd.DataFrame(
                {"r": [facts[f"r_{key}"] for key in found], "explained": shares["explained"]},
                list(_CODES),
            ).round(3),
            description=fill(
                f"The outcome of {rows} people against their town, encoded as {code}, with "
                f"{levels} towns that know nothing. A tree that is given the code explains "
                "{explained:.0%} of the outcome.",
                facts,
            ),
        )


def _size_beside(r: float, whole: float) -> str:
    if abs(r) < whole / 3:
        return "near zero"
    return "half" if abs(r) < 2 * whole / 3 else "as large"


@lru_cache(maxsize=64)
def _towns(levels: int, rows: int, draw: int) -> tuple["pd.Series[int]", "pd.Series[float]"]:
    """A town and an outcome for each person, drawn apart; shared, so not to be changed."""
    rng = np.random.default_rng(draw)
    towns = pd.Series(rng.integers(levels, size=rows), name="town")
    return towns, pd.Series(rng.standard_normal(rows), name="outcome")


class _Encoded(NamedTuple):
    code: "pd.Series[float]"
    explained: float


@lru_cache(maxsize=64)
def _encoded(levels: int, rows: int, draw: int, name: str) -> _Encoded:
    """A code of the towns, and what of the outcome a tree explains from it and a town's size."""
    drawn, outcome = _towns(levels, rows, draw)
    towns, values = drawn.to_numpy(dtype=np.intp), outcome.to_numpy()
    sizes = np.bincount(towns)[towns]
    if name == _FITTED:
        code = pd.Series(cross_fitted(towns, values), drawn.index)
        return _Encoded(code, explained_by_tree(towns, values, sizes, None))
    code = target_encode(drawn, outcome, leave_one_out=name == _OTHERS)
    return _Encoded(code, explained_by_tree(towns, values, sizes, code.to_numpy()))


_VIEWS = (
    "sigs1",
    "sigs1, where no signals",
    "sigs1, where signals",
    "sigs1 − 1/len",
    "signals, counted",
)
_NAMES = {"sigs1": "sigs1", "signals": "signals per mile", "counted": "signals"}
_LEFT = ("long roads have fewer signals", "long roads have more signals", "no link that shows here")


class Construct(Step):
    """
    ### The column that was made

    `sigs1` says how many traffic signals a mile of road has. The authors wanted to take logarithms
    later, and the logarithm of zero is no number. So they added one signal to every section before
    they divided by its length.

    On the map `len` and `sigs1` show ρ = {rho_built:.2f}. Long roads have fewer signals, one says.
    """

    tables = (HIGHWAY,)

    view = Choice("Compare len with", _VIEWS, default=_VIEWS[0])
    method = Choice("Measure", ("Spearman", "Pearson"), default="Spearman")

    readings = {
        "ρ or r on the screen": "{r:.2f}",
        "sections": "{sections}",
    }

    predict = Predict(
        "{unlit_sections} of {all_sections} sections have no signal at all. Among those, what is ρ "
        "between `len` and `sigs1`?",
        choices=[
            Option(
                text="Zero: without signals there is nothing to correlate",
                value=0.0,
                tempting=True,
                feedback=(
                    "There is: one over the length. The added signal is on every one of these "
                    "roads, so `sigs1` is `1/len` and nothing else: ρ = {rho_unlit:.2f}."
                ),
                misconception="engineered_is_measured",
                holds=lambda state: state["rho_unlit"] < -0.999,
            ),
            Option(
                text="{value:.2f}, as everywhere",
                value=-0.58,
                feedback=(
                    "It is stronger where there are none: ρ = {rho_unlit:.2f}. What is left "
                    "without signals is `1/len`, and that falls with `len` without exception."
                ),
                misconception="engineered_is_measured",
                holds=lambda state: state["rho_unlit"] < state["rho_built"],
            ),
            Option(
                text="{value:.0f}, exactly",
                value=-1.0,
                feedback=(
                    "Without signals `sigs1` is `1/len`. The correlation is the formula, looking "
                    "at itself."
                ),
                holds=lambda state: state["rho_unlit"] < -0.999,
            ),
        ],
        answer=lambda exhibit: exhibit.facts["rho_unlit"],
        seen_at={"view": "sigs1, where no signals"},
        tolerance=0.005,
    )

    answers = {"left": Choice("Of the claim is left", _LEFT, default=None)}

    task = Task(
        "How much of it is signals? Undo *everything* that the formula did, show all sections, and "
        'say what is left of "long roads have fewer signals".',
        goals=[
            Goal(
                "Nothing of the length is left in the other column: now {view}",
                met=lambda state: state["view"] == _VIEWS[4],
            ),
            Goal(
                "All {all_sections} sections are shown: now {sections}",
                met=lambda state: state["sections"] == state["all_sections"],
            ),
            Goal(
                "What is left of the claim is named: now {left}",
                met=lambda state: state["left"] == _LEFT[2],
            ),
        ],
        solution={"view": _VIEWS[4], "left": _LEFT[2]},
        hints=[
            "The formula did two things: it added, and it divided.",
            "A number per mile is made with the miles. Is there a view without them?",
        ],
    )

    mistakes = [
        Mistake(
            "These {sections} show the formula at its purest, {r:.2f}. That is what has to be "
            "undone, for every section.",
            when=lambda state: state["sections"] == state["unlit_sections"],
            example={"view": _VIEWS[1]},
            misconception="engineered_is_measured",
            holds=lambda state: state["r"] < -0.5,
        ),
        Mistake(
            "Only {sections} sections have signals, and in each of them one signal too many is "
            "counted: {r:.2f}. Now they are also a chosen few.",
            when=lambda state: state["sections"] < state["all_sections"],
            example={"view": _VIEWS[2]},
            misconception="engineered_is_measured",
            holds=lambda state: (
                state["sections"] == state["all_sections"] - state["unlit_sections"]
            ),
        ),
        Mistake(
            "The added signal is out, and {r:.2f} is left. But this column is still divided by "
            "`len`: of two roads with three signals each, the longer one has fewer per mile.",
            when=lambda state: state["view"] == _VIEWS[3],
            example={"view": _VIEWS[3]},
            misconception="engineered_is_measured",
            holds=lambda state: state["r"] < 0,
        ),
        Mistake(
            "Length and counted signals: ρ = {rho_counted:.2f} over {all_sections} sections, "
            "{p_counted:p}. Chance alone often gives as much, in either direction.",
            when=lambda state: state["view"] == _VIEWS[4] and state["left"] is not None,
            example={"view": _VIEWS[4], "left": _LEFT[0]},
            misconception="engineered_is_measured",
            holds=lambda state: state["p_counted"] > 0.2,
        ),
        Mistake(
            "This is still the column that was made: {r:.2f}. What was built in stays in, by any "
            "measure.",
            when=lambda state: state["view"] == _VIEWS[0],
            example={"method": "Pearson"},
            misconception="engineered_is_measured",
            holds=lambda state: state["r"] < state["rho_counted"] - 0.2,
        ),
    ]

    learned = [
        Outcome(
            "Of ρ = {rho_built:.2f} between `len` and `sigs1`, {rho_signals:.2f} remains once the "
            "added `1/len` is out, and {rho_counted:.2f} ({p_counted:p}) once the division "
            "is undone as well. Before you believe a correlation, ask whether one column was "
            "computed from the other.",
            holds=lambda state: (
                abs(state["rho_counted"]) < abs(state["rho_signals"]) < abs(state["rho_built"])
            ),
        )
    ]

    def in_the_lab(self, *, method: str, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"columns": ("len", "sigs1"), "method": method}
        return LabAddress("highway", "association_map", settings)

    def show(self, view: str, method: str) -> Exhibit:
        roads = _with_signals()
        unlit = roads["signals"] == 0
        shown, name = {
            _VIEWS[0]: (roads, "sigs1"),
            _VIEWS[1]: (roads[unlit], "sigs1"),
            _VIEWS[2]: (roads[~unlit], "sigs1"),
            _VIEWS[3]: (roads, "signals"),
            _VIEWS[4]: (roads, "counted"),
        }[view]
        facts = {
            "sections": len(shown),
            "all_sections": len(roads),
            "unlit_sections": int(unlit.sum()),
            "r": _with_length(shown, name, method),
            "rho_built": _with_length(roads, "sigs1", "Spearman"),
            "rho_signals": _with_length(roads, "signals", "Spearman"),
            "rho_counted": _with_length(roads, "counted", "Spearman"),
            "p_counted": _p_counted(),
            "rho_unlit": _with_length(roads[unlit], "sigs1", "Spearman"),
        }
        return Exhibit(
            figures=(
                Scatter(
                    shown["len"],
                    shown[name].rename(_NAMES[name]),
                    title=view,
                ),
            ),
            facts=facts,
            table=shown[["len", "sigs1", "signals", "counted"]].rename(columns=_NAMES).round(3),
            description=fill(
                f"The length of {{sections}} sections against {view}. {method}'s coefficient is "
                "{r:.2f}.",
                facts,
            ),
        )


@cache
def _with_signals() -> pd.DataFrame:
    """The sections with their signals before one was added to each: per mile, and counted."""
    length, made = highway()["len"], highway()["sigs1"]
    # Rounded, so that no signals are zero and not what is left of two equal fractions.
    return highway().assign(
        signals=(made - 1 / length).round(9), counted=(made * length - 1).round()
    )


@cache
def _p_counted() -> float:
    from scipy.stats import spearmanr

    roads = _with_signals()
    return float(spearmanr(roads["len"], roads["counted"]).pvalue)


_METHODS: dict[str, Literal["spearman", "pearson"]] = {
    "Spearman": "spearman",
    "Pearson": "pearson",
}


def _with_length(roads: pd.DataFrame, name: str, method: str) -> float:
    return float(roads["len"].corr(roads[name], method=_METHODS[method]))
