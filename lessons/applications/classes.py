"""Confusion matrices: what to divide by, what to hide, and what accuracy hides by itself."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lessons.applications.tables import DIGITS
from lessons.tables import BREAST_CANCER, table
from lib.charts import Heatmap
from lib.course import (
    Choice,
    Exhibit,
    Goal,
    Mistake,
    Number,
    Option,
    Outcome,
    Predict,
    Slider,
    Step,
    Task,
    Toggle,
    fill,
    working,
)

_BAYES, _LOGISTIC = "naive Bayes", "logistic"
_NOTHING, _TRUE, _PREDICTED = "nothing", "true class", "predicted class"
_EQUAL, _BALANCED = "equal", "balanced"

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


class Confuse(Step):
    """
    ### Confusion: divide by what you ask

    A model reads {images} handwritten digits that it has never seen. Rows are the true digit,
    columns are what it said. Naive Bayes gets {bayes_accuracy:.1%} right, logistic regression
    {logistic_accuracy:.1%}.

    Two habits. *Normaliser*: divide by the row, and the diagonal is **recall**: of all real twos,
    how many were found? Divide by the column, and it is **precision**: of all that were called
    eight, how many are eights? *Scale*: the diagonal takes all the colour. Hide it, and the
    errors have the stage.
    """

    tables = (DIGITS,)

    model = Choice("Model", (_BAYES, _LOGISTIC), default=_BAYES)
    divided = Choice("Divide by", (_NOTHING, _TRUE, _PREDICTED), default=_NOTHING)
    hide = Toggle("Hide the diagonal", default=False)
    views = ("model", "divided", "hide")

    predict = Predict(
        "Naive Bayes has one favourite mistake: a digit that it sees everywhere. Is this also the "
        "digit that it finds least often?",
        choices=[
            Option(
                text="Yes: the worst digit is the worst digit",
                value="same",
                feedback=(
                    "There are two kinds of worst. It finds {least_found} least often, "
                    "{lowest_recall:.0%} of them. Least to be believed is its {least_trusted}: "
                    "{lowest_precision:.0%} of {said_least_trusted} are one."
                ),
                misconception="one_worst_class",
            ),
            Option(
                text="No: another digit is found least often",
                value="other",
                feedback=(
                    "It misses {least_found} most, recall {lowest_recall:.3f}, because it calls "
                    "{twos_read_as_eight} of them {least_trusted}. And so {least_trusted} has the "
                    "lowest precision, {lowest_precision:.3f}."
                ),
            ),
            Option(
                text="There is no worst digit at {bayes_accuracy:.0%}",
                value="none",
                feedback=(
                    "Accuracy is an average, and averages have no worst. One recall is "
                    "{lowest_recall:.3f}, one precision {lowest_precision:.3f}."
                ),
                misconception="accuracy_is_enough",
            ),
        ],
        answer=lambda exhibit: (
            "same" if exhibit.facts["least_found"] == exhibit.facts["least_trusted"] else "other"
        ),
    )

    answers = {
        "found": Number("Found least often: digit", 0, 9),
        "trusted": Number("Least to be believed: digit", 0, 9),
    }
    task = Task(
        "For naive Bayes, name the digit that is found least often, and the one whose name is "
        "least to be believed.",
        goals=[
            Goal(
                "It is about naive Bayes: now {model}",
                met=lambda state: state["model"] == _BAYES,
            ),
            Goal(
                "The digit found least often is named: now {found}",
                met=lambda state: state["found"] == state["least_found"],
            ),
            Goal(
                "The name least to be believed is named: now {trusted}",
                met=lambda state: state["trusted"] == state["least_trusted"],
            ),
        ],
        solution={"divided": _TRUE, "hide": True, "found": 2, "trusted": 8},
        hints=[
            "Found: of all that are truly this digit. That is a row.",
            "Believed: of all that were called this digit. That is a column.",
            "Divide by the row, look for the lowest cell of the diagonal. Then by the column.",
        ],
    )

    mistakes = [
        Mistake(
            "That is the map of logistic regression, {accuracy:.1%} right, and {least_found} its "
            "worst both ways. The question is about naive Bayes.",
            when=lambda state: state["model"] == _LOGISTIC,
            example={"model": _LOGISTIC, "found": 8, "trusted": 8},
            misconception="one_worst_class",
        ),
        Mistake(
            "{least_trusted} is the name that naive Bayes gives too freely: precision "
            "{lowest_precision:.3f}. That is a column. What it finds least is read along a row, "
            "and there {lowest_recall:.3f} stands.",
            when=lambda state: state["found"] == state["least_trusted"],
            example={"found": 8},
            misconception="rows_are_columns",
        ),
        Mistake(
            "{least_found} is missed most, recall {lowest_recall:.3f}. But when the model does "
            "say it, it can mostly be believed. Whom it calls wrongly stands in a column: the "
            "lowest precision is {lowest_precision:.3f}.",
            when=lambda state: state["trusted"] == state["least_found"],
            example={"trusted": 2},
            misconception="rows_are_columns",
        ),
        Mistake(
            "Not {found}. Divide by the true class. The lowest cell of the diagonal is "
            "{lowest_recall:.3f}.",
            when=lambda state: state["found"] not in (None, state["least_found"]),
            example={"found": 9},
            misconception="brightest_is_worst",
        ),
        Mistake(
            "Not {trusted}. Divide by the predicted class. The lowest cell of the diagonal is "
            "{lowest_precision:.3f}.",
            when=lambda state: state["trusted"] not in (None, state["least_trusted"]),
            example={"found": 2, "trusted": 1},
            misconception="brightest_is_worst",
        ),
    ]

    learned = [
        Outcome(
            "Rows give recall: {least_found} is found least, {lowest_recall:.3f}. Columns give "
            "precision: {least_trusted} deserves least belief, {lowest_precision:.3f}. Off the "
            "diagonal, {twos_read_as_eight} twos and {threes_read_as_eight} threes are read as "
            "eights, and {eights_read_as_one} eights as ones."
        )
    ]

    def show(self, model: str, divided: str, hide: bool) -> Exhibit:
        counts = confusion(model)
        facts = {**_accuracies(), **_read(counts)}
        shown = divided_by(counts, divided)
        on_diagonal = pd.DataFrame(np.eye(len(shown), dtype=bool), shown.index, shown.columns)
        visible = shown.to_numpy()[~on_diagonal.to_numpy()] if hide else shown.to_numpy()
        return Exhibit(
            figures=(
                Heatmap(
                    shown,
                    (0.0, float(visible.max())),
                    colours="viridis",
                    hidden=on_diagonal if hide else None,
                    decimals=0 if divided == _NOTHING else 2,
                    scale="images" if divided == _NOTHING else f"share of the {divided}",
                    title=f"What {model} said",
                ),
            ),
            facts=facts,
            table=shown.round(3),
            description=fill(
                "A confusion matrix of ten digits, {images} images, {accuracy:.1%} right. The "
                "lowest recall is {lowest_recall:.3f}, of digit {least_found}; the lowest "
                "precision {lowest_precision:.3f}, of digit {least_trusted}.",
                facts,
            ),
        )


@cache
def confusion(model: str) -> Counts:
    """Counts of true digits (rows) and predicted ones (columns) among the unseen images."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import confusion_matrix
    from sklearn.model_selection import train_test_split
    from sklearn.naive_bayes import GaussianNB
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    working(0.1, f"Training {model}")
    models = {
        _BAYES: GaussianNB(),
        _LOGISTIC: make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000)),
    }
    digits = table("digits")
    seen, unseen, named, truth = train_test_split(
        digits.drop(columns="digit"),
        digits["digit"],
        test_size=0.3,
        random_state=42,
        stratify=digits["digit"],
    )
    said = models[model].fit(seen, named).predict(unseen)
    counts: Counts = confusion_matrix(truth, said)
    return counts


def divided_by(counts: Counts, divided: str) -> pd.DataFrame:
    """The counts as they are, as shares of their rows, or as shares of their columns."""
    rows, columns = pd.RangeIndex(len(counts), name="true"), pd.RangeIndex(len(counts), name="said")
    counted = pd.DataFrame(counts, rows, columns)
    if divided == _TRUE:
        return counted.div(counted.sum(axis="columns"), axis="index")
    return counted / counted.sum() if divided == _PREDICTED else counted


@cache
def _accuracies() -> dict[str, float]:
    return {
        f"{name}_accuracy": float(np.trace(confusion(model)) / confusion(model).sum())
        for name, model in (("bayes", _BAYES), ("logistic", _LOGISTIC))
    }


def _read(counts: Counts) -> dict[str, Any]:
    """What a confusion matrix says along its rows, its columns and off its diagonal."""
    right = np.diag(counts)
    errors = counts - np.diag(right)
    recall, precision = right / counts.sum(axis=1), right / counts.sum(axis=0)
    least_trusted = int(precision.argmin())
    return {
        "images": int(counts.sum()),
        "accuracy": float(right.sum() / counts.sum()),
        "least_found": int(recall.argmin()),
        "lowest_recall": float(recall.min()),
        "least_trusted": least_trusted,
        "lowest_precision": float(precision.min()),
        "said_least_trusted": int(counts.sum(axis=0)[least_trusted]),
        "twos_read_as_eight": int(counts[2, 8]),
        "threes_read_as_eight": int(counts[3, 8]),
        "eights_read_as_one": int(counts[8, 1]),
        "largest_error": int(errors.max()),
        "largest_errors": int((errors == errors.max()).sum()),
        "largest_right": int(right.max()),
        "contrast": float(errors.max() / right.max()),
    }


class Imbalance(Step):
    """
    ### When one class is rare

    A screening: {women} women, {malignant} of them with a malignant tumour. A model of all thirty
    measurements, judged on women it has not seen, is right for {usual_accuracy:.1%}.

    That sounds like a good model. Somebody who says *benign* without looking is right for
    {always_benign:.1%}. On a map of counts the large class has all the colour, and the row that
    matters is dark either way. Divide by the row.
    """

    tables = (BREAST_CANCER,)

    weights = Choice("Weight of the classes", (_EQUAL, _BALANCED), default=_EQUAL)
    threshold = Slider("Call malignant above, in %", 5, 95, default=50, step=5)
    shares = Toggle("Divide by the true class", default=False)
    views = ("shares",)

    predict = Predict(
        "The model is right for {usual_accuracy:.1%}. How many of the {malignant} malignant "
        "tumours does it find?",
        choices=[
            Option(
                text="All but one: {usual_accuracy:.0%} of {malignant}",
                value="most",
                feedback=(
                    "That share is of all women, and nearly all are benign. Of {malignant} "
                    "malignant tumours it finds {usual_found}: recall {usual_recall:.2f}."
                ),
                misconception="accuracy_is_enough",
            ),
            Option(
                text="Fewer than half of them",
                value="few",
                feedback=(
                    "{usual_found} of {malignant}, recall {usual_recall:.2f}. It is never wrong "
                    "about a benign one, and that is what accuracy counts."
                ),
            ),
            Option(
                text="None: it says benign to everybody",
                value="none",
                feedback=(
                    "That would be right for {always_benign:.1%}, and it is a little better: it "
                    "finds {usual_found} of {malignant}."
                ),
                misconception="rare_class_is_hopeless",
            ),
        ],
        answer=lambda exhibit: "few" if 0 < float(exhibit.facts["usual_recall"]) < 0.5 else "most",
    )

    task = Task(
        "Find at least {goal:.0%} of the malignant tumours, and stay more often right than "
        "somebody who always says benign.",
        goals=[
            Goal(
                "At least {goal:.0%} of the malignant are found: now {recall:.1%}",
                met=lambda state: state["recall"] >= state["goal"],
            ),
            Goal(
                "It is right more often than {always_benign:.1%}: now {accuracy:.1%}",
                met=lambda state: state["accuracy"] > state["always_benign"],
            ),
        ],
        solution={"weights": _BALANCED, "shares": True},
        hints=[
            "A missed tumour and a false alarm cost the model the same. Need they?",
            "There are two ways: other weights, or a lower threshold. Either will do.",
        ],
    )

    mistakes = [
        Mistake(
            "Recall {recall:.2f}, paid for with {alarms} false alarms: right for {accuracy:.1%}, "
            "where *benign* without looking has {always_benign:.1%}. The scales have tipped over.",
            when=lambda state: state["recall"] >= state["goal"],
            example={"weights": _BALANCED, "threshold": 20},
            misconception="recall_is_free",
        ),
        Mistake(
            "Right for {accuracy:.1%}, and {missed} of {malignant} tumours are missed. Accuracy "
            "hardly feels them. Look at the lower row.",
            when=lambda state: state["accuracy"] > state["always_benign"],
            example={"threshold": 40},
            misconception="accuracy_is_enough",
        ),
    ]

    learned = [
        Outcome(
            "With {usual_accuracy:.1%} right, {usual_found} of {malignant} were found. Now {found}"
            " are, recall {recall:.3f}, and {accuracy:.1%} are right. Divide by the true class "
            "before you admire a diagonal."
        )
    ]

    def show(self, weights: str, threshold: int, shares: bool) -> Exhibit:
        y, chances = _screened()
        usual = chances[_EQUAL] > 0.5
        counts = _two_by_two(y, chances[weights] > threshold / 100)
        malignant = int(y.sum())
        facts: dict[str, Any] = {
            "women": len(y),
            "malignant": malignant,
            "benign": len(y) - malignant,
            "always_benign": float(1 - y.mean()),
            "goal": 0.9,
            "usual_found": int(usual[y].sum()),
            "usual_accuracy": float((usual == y).mean()),
            "usual_recall": float(usual[y].mean()),
            "found": int(counts[1, 1]),
            "missed": int(counts[1, 0]),
            "alarms": int(counts[0, 1]),
            "accuracy": float(np.trace(counts) / len(y)),
            "recall": float(counts[1, 1] / malignant),
        }
        names = ("benign", "malignant")
        counted = pd.DataFrame(counts, pd.Index(names, name="true"), pd.Index(names, name="said"))
        shown = counted.div(counted.sum(axis="columns"), axis="index") if shares else counted
        return Exhibit(
            figures=(
                Heatmap(
                    shown,
                    (0.0, float(shown.to_numpy().max())),
                    colours="viridis",
                    decimals=3 if shares else 0,
                    scale="share of the true class" if shares else "women",
                    title="The screening",
                ),
            ),
            facts=facts,
            table=shown.round(3),
            description=fill(
                "A confusion matrix of {women} women. Of {malignant} malignant tumours {found} "
                "are found, with {alarms} false alarms; {accuracy:.1%} are right.",
                facts,
            ),
        )


@cache
def _screened() -> tuple[NDArray[np.bool_], dict[str, Floats]]:
    """Who has a malignant tumour, and its chance in unseen women by both weights of the classes."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    tumours = table("breast_cancer")
    is_malignant = (tumours["diagnosis"] == "malignant").to_numpy()
    few = np.random.default_rng(0).choice(np.flatnonzero(is_malignant), 19, replace=False)
    rows = np.r_[np.flatnonzero(~is_malignant), few]
    measured, y = tumours.drop(columns="diagnosis").to_numpy()[rows], is_malignant[rows]
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    chances = {}
    for number, (name, weight) in enumerate(((_EQUAL, None), (_BALANCED, "balanced"))):
        working(number / 2, "Training on four fifths, five times")
        model = make_pipeline(
            StandardScaler(), LogisticRegression(C=0.01, max_iter=2000, class_weight=weight)
        )
        chances[name] = cross_val_predict(model, measured, y, cv=folds, method="predict_proba")[
            :, 1
        ]
    return y, chances


def _two_by_two(truth: NDArray[np.bool_], said: NDArray[np.bool_]) -> Counts:
    """Counts of (no, yes) in truth by (no, yes) said."""
    counts: Counts = np.array(
        [[np.sum((truth == t) & (said == s)) for s in (False, True)] for t in (False, True)]
    )
    return counts
