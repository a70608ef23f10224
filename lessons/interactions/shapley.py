"""Shapley interaction values, from their definition, beside Friedman's departure."""

from functools import cache
from importlib.util import find_spec
from itertools import combinations
from math import factorial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lessons.interactions.grids import surface_in_the_lab
from lessons.interactions.models import Floats
from lessons.tables import BREAST_CANCER, tumours
from lib.charts import Heatmap, Scatter
from lib.course import (
    Choice,
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
    Option,
    Outcome,
    Predict,
    Slider,
    Step,
    Task,
    fill,
    working,
)

_FOUR = ("mean radius", "mean texture", "worst area", "worst concave points")
_PAIRS = tuple(f"{first} × {second}" for first, second in combinations(_FOUR, 2))
_DEPTHS = {"two": 2, "three": 3}
_ASKED, _COUNTED = "other patients'", "the trees' counts"
_PARTING = ("paths that meet three features", "another patient", "a stronger pair")
_PATIENTS = 100
_NOTHING = 1e-9

_OF_TWO = np.triu_indices(len(_FOUR), 1)
"""The places of all pairs."""

Values = dict[frozenset[int], Floats]


class Shapley(Step):
    """
    ### Patient by patient

    *SHAP interaction values* split one patient's prediction into a small table: on the diagonal
    what each feature does alone, beside it what two do together, half on either side. All cells
    together give the patient's log-odds less the mean of all patients.

    What a feature does depends on which other features are known already. With {features} features
    there are {sets} sets that may be known, from none to all, and the effect is averaged over them.

    Something has to stand in for a feature that is not known. It may be *other patients' values*,
    one patient after the other. Or, as in the library `shap`, each tree goes both ways where it
    splits on that feature, and weighs the two ways by how many training rows took them: *the trees'
    counts*. `shap` is an optional extra and is {shap_here}; the code says how it is called.
    """

    tables = (BREAST_CANCER,)

    splits = Choice("Features on a path, at most", tuple(_DEPTHS), default="two")
    pair = Choice("Pair", _PAIRS, default="mean texture × worst area")
    unknown = Choice("Unknown features are", (_ASKED, _COUNTED), default=_ASKED)
    patient = Slider("Patient", 0, _PATIENTS - 1, default=0)

    readings = {
        "together": "{value:.2f}",
        "alone": "{own_first:.2f}, {own_second:.2f}",
        "r of SHAP and H": "{r:.3f}",
    }

    predict = Predict(
        "Each path from a tree's root to a leaf meets at most two features. For {pair}, compare "
        "over {patients} patients SHAP's interaction value with the departure that H is made of. "
        "What is r between the two?",
        choices=[
            Option(
                text="One: they are the same but for a constant",
                value="one",
                feedback=(
                    "r = {r:.3f}. Where no path meets more than two features, there is one way to "
                    "share out what two of them do."
                ),
                holds=lambda state: state["r"] > 0.999,
            ),
            Option(
                text="Somewhere in between: two methods, two answers",
                value="between",
                tempting=True,
                feedback=(
                    "r = {r:.3f}. They are made of the same predictions, and where no path meets "
                    "more than two features, there is one way to share out what two of them do."
                ),
                misconception="measures_of_interaction_disagree",
                holds=lambda state: state["r"] > 0.999,
            ),
            Option(
                text="About zero: one explains a patient, the other the model",
                value="none",
                feedback=(
                    "H is made of departures too, one a patient, before they are squared and "
                    "added. With these r = {r:.3f}."
                ),
                misconception="measures_of_interaction_disagree",
                holds=lambda state: state["r"] > 0.999,
            ),
        ],
        answer=lambda exhibit: (
            "one"
            if float(exhibit.facts["r"]) > 0.999
            else "between"
            if float(exhibit.facts["r"]) > 0.3
            else "none"
        ),
    )

    answers = {"part": Choice("SHAP and H part, r below one, with", _PARTING, default=None)}

    task = Task(
        "Find the strongest pair, and a patient for whom the two do more together than either does "
        "alone. Then say which change makes SHAP and H part, so that r falls below one.",
        goals=[
            Goal(
                "The pair is the strongest: now {pair}",
                met=lambda state: state["pair"] == state["strongest"],
            ),
            Goal(
                "Together the two do more than either alone: now {value:.2f}, against "
                "{own_first:.2f} and {own_second:.2f}",
                met=lambda state: (
                    abs(state["value"]) > max(abs(state["own_first"]), abs(state["own_second"]))
                ),
            ),
            Goal(
                "What makes SHAP and H part is named: now {part}",
                met=lambda state: state["part"] == _PARTING[0],
            ),
        ],
        solution={
            "pair": "worst area × worst concave points",
            "patient": 24,
            "part": _PARTING[0],
        },
        hints=[
            "The table names the mean size of every pair.",
            "Look for points far from zero, then for a patient whose diagonal is weak.",
            "Move one control at a time, and look whether the points stay on one line.",
        ],
    )

    mistakes = [
        Mistake(
            "{pair}: {size:.3f} on average. {strongest} has {strongest_size:.3f}.",
            when=lambda state: state["pair"] != state["strongest"],
            example={"pair": "mean radius × mean texture"},
            misconception="shown_pair_is_strong",
            holds=lambda state: state["size"] < state["strongest_size"],
        ),
        Mistake(
            "At this setting {more} of {patients} patients have more from the two together than "
            "from either alone. Unknown features may be something else.",
            when=lambda state: state["more"] == 0,
            example={"pair": "worst area × worst concave points", "unknown": _COUNTED},
            misconception="map_is_interaction",
            holds=lambda state: state["unknown"] == _COUNTED,
        ),
        Mistake(
            "The strongest pair. For this patient it does {value:.2f} together, and alone "
            "{own_first:.2f} and {own_second:.2f}. Find one for whom the first number is farthest "
            "from zero: there are {more} of {patients}.",
            when=lambda state: (
                abs(state["value"]) <= max(abs(state["own_first"]), abs(state["own_second"]))
            ),
            example={"pair": "worst area × worst concave points", "patient": 0},
            misconception="map_is_interaction",
            holds=lambda state: state["pair"] == state["strongest"] and state["more"] > 0,
        ),
        Mistake(
            "Pair and patient are found. Another patient is another point, and another pair has "
            "other points. Where a path meets two features at most, and other patients' values "
            "stand in for the unknown, they all stay on one line. Here r is {r:.3f}.",
            when=lambda state: state["part"] is not None,
            example={
                "pair": "worst area × worst concave points",
                "patient": 24,
                "part": _PARTING[1],
            },
            misconception="measures_of_interaction_disagree",
            holds=lambda _: _is_on_one_line_with_two_features(),
        ),
    ]

    learned = [
        Outcome(
            "For this patient {strongest} does {value:.2f} together, against {own_first:.2f} and "
            "{own_second:.2f} alone; so it is for {more} of {patients} patients. Where a path "
            "meets two features at most and other patients stand in for the unknown, SHAP and H "
            "agree, r = {r:.3f}. With the trees' counts r is {r_counted:.2f}. Ask which SHAP it "
            "is.",
            when=lambda state: state["r"] > 0.999,
            holds=lambda state: (
                (state["splits"], state["unknown"]) == ("two", _ASKED) and state["r_counted"] < 0.99
            ),
        ),
        Outcome(
            "For this patient {strongest} does {value:.2f} together, against {own_first:.2f} and "
            "{own_second:.2f} alone; so it is for {more} of {patients} patients. At this setting "
            "SHAP and H correlate at {r:.3f}. They agree where no path meets more than two "
            "features and other patients stand in for the unknown. Ask which SHAP it is.",
            holds=lambda _: _is_on_one_line_with_two_features(),
        ),
    ]

    def in_the_lab(self, *, pair: str, **_: Any) -> LabAddress:
        first, second = pair.split(" × ")
        return surface_in_the_lab(second, first)

    def show(self, splits: str, pair: str, unknown: str, patient: int) -> Exhibit:
        found = _found(_DEPTHS[splits], unknown)
        counted = _found(_DEPTHS[splits], _COUNTED)
        first, second = (_FOUR.index(name) for name in pair.split(" × "))
        together = 2 * found.shapley[first, second]
        departure = found.departure[first, second]
        sizes = {
            f"{_FOUR[i]} × {_FOUR[j]}": float(np.abs(2 * found.shapley[i, j]).mean())
            for i, j in combinations(range(len(_FOUR)), 2)
        }
        strongest = max(sizes, key=lambda name: sizes[name])
        own = np.abs(found.shapley[[first, second], [first, second]]).max(axis=0)
        facts: dict[str, Any] = {
            "features": len(_FOUR),
            "sets": 2 ** len(_FOUR),
            "patients": _PATIENTS,
            "shap_here": "installed here" if find_spec("shap") else "not installed here",
            "r": _r(together, departure),
            "r_counted": _r(2 * counted.shapley[first, second], departure),
            "rms": float(np.sqrt((departure**2).mean())),
            "size": sizes[pair],
            "strongest": strongest,
            "strongest_size": sizes[strongest],
            "more": int((np.abs(together) > own).sum()),
            "value": float(together[patient]),
            "own_first": float(found.shapley[first, first, patient]),
            "own_second": float(found.shapley[second, second, patient]),
            "adds_up": bool(np.allclose(found.shapley.sum(axis=(0, 1)), found.above_mean)),
        }
        values = pd.DataFrame(found.shapley[:, :, patient], list(_FOUR), list(_FOUR))
        reach = float(values.abs().to_numpy().max())
        names = pd.Index([f"patient {number}" for number in range(_PATIENTS)])
        return Exhibit(
            figures=(
                Heatmap(values, limits=(-reach, reach), title="One patient", scale="log-odds"),
                Scatter(
                    pd.Series(departure, names, name="departure, as in H"),
                    pd.Series(together, names, name="SHAP interaction"),
                    marked=f"patient {patient}",
                    title="All patients",
                ),
            ),
            across=2,
            facts=facts,
            table=pd.DataFrame({"mean size, log-odds": sizes}).round(4),
            description=fill(
                "Shapley interaction values of one patient over four features, and those of "
                f"{{patients}} patients for {pair} against Friedman's departure. Their r is "
                "{r:.3f}.",
                facts,
            ),
        )


def _is_on_one_line_with_two_features() -> bool:
    """Whether SHAP and H differ, for every pair, by no more than a constant."""
    found = _found(_DEPTHS["two"], _ASKED)
    together = 2 * found.shapley[_OF_TWO]
    centred = together - together.mean(axis=1, keepdims=True)
    return bool(np.allclose(centred, found.departure[_OF_TWO]))


def _r(together: Floats, departure: Floats) -> float:
    """Zero where one of them is nothing: rounding is not to correlate."""
    if min(np.abs(together).max(), np.abs(departure).max()) < _NOTHING:
        return 0.0
    return float(np.corrcoef(together, departure)[0, 1])


class Found(NamedTuple):
    """Features x features x patients; shared, so not to be changed."""

    shapley: Floats
    departure: Floats
    above_mean: Floats


@cache
def _found(depth: int, unknown: str) -> Found:
    asked = _values(depth, _ASKED)
    values = _values(depth, unknown)
    everything, nothing = frozenset(range(len(_FOUR))), frozenset[int]()
    return Found(_interactions(values), _departures(asked), values[everything] - values[nothing])


@cache
def _values(depth: int, unknown: str) -> Values:
    """Log-odds of each patient of whom a set of features is known, for every set."""
    from sklearn.ensemble import GradientBoostingClassifier

    train, _, benign, _ = tumours()
    features = train[list(_FOUR)].to_numpy()
    model = GradientBoostingClassifier(n_estimators=50, max_depth=depth, random_state=42)
    model.fit(features, benign)
    rows = features[:_PATIENTS]
    values: Values = {}
    for known in _sets(range(len(_FOUR))):
        working(len(values) / 2 ** len(_FOUR), "Asking about every set of features")
        if unknown == _COUNTED:
            trees = [stage.tree_ for stage in model.estimators_[:, 0]]
            values[known] = model.learning_rate * sum(_down(tree, rows, known) for tree in trees)
        else:
            asked = np.repeat(rows[np.newaxis], len(rows), axis=0)
            asked[:, :, list(known)] = rows[:, np.newaxis, list(known)]
            scores = model.decision_function(asked.reshape(-1, len(_FOUR)))
            values[known] = scores.reshape(len(rows), -1).mean(axis=1)
    return values


def _down(tree: Any, rows: Floats, known: frozenset[int], node: int = 0) -> Floats:
    """What a tree says of rows: where a feature is not known, the mean of both ways.

    Weighted by the training rows that went either way.
    """
    left, right = tree.children_left[node], tree.children_right[node]
    if left < 0:
        return np.full(len(rows), tree.value[node, 0, 0])
    ways = [_down(tree, rows, known, child) for child in (left, right)]
    feature = tree.feature[node]
    if feature in known:
        goes_left = rows[:, feature].astype(np.float32) <= tree.threshold[node]
        return np.where(goes_left, *ways)
    return np.average(ways, axis=0, weights=tree.weighted_n_node_samples[[left, right]])


def _sets(members: "range | list[int]") -> list[frozenset[int]]:
    return [
        frozenset(chosen)
        for size in range(len(members) + 1)
        for chosen in combinations(members, size)
    ]


def _interactions(values: Values) -> Floats:
    """Of every two features and of each alone: Lundberg, Erion and Lee, 2018."""
    count = len(_FOUR)
    found = np.zeros((count, count, _PATIENTS))
    for i in range(count):
        for known in _sets([k for k in range(count) if k != i]):
            weight = factorial(len(known)) * factorial(count - len(known) - 1) / factorial(count)
            found[i, i] += weight * (values[known | {i}] - values[known])
    for i, j in combinations(range(count), 2):
        for known in _sets([k for k in range(count) if k not in (i, j)]):
            weight = factorial(len(known)) * factorial(count - len(known) - 2)
            beyond = values[known | {i, j}] - values[known | {i}] - values[known | {j}]
            found[i, j] += weight / (2 * factorial(count - 1)) * (beyond + values[known])
        found[j, i] = found[i, j]
        found[[i, j], [i, j]] -= found[i, j]
    return found


def _departures(values: Values) -> Floats:
    """Friedman's e of every two features: what is left of their partial dependence."""
    count = len(_FOUR)
    found = np.zeros((count, count, _PATIENTS))
    for i, j in combinations(range(count), 2):
        departure = values[frozenset({i, j})] - values[frozenset({i})] - values[frozenset({j})]
        found[i, j] = found[j, i] = departure - departure.mean()
    return found
