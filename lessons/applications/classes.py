"""Confusion matrices: what to divide by, what to hide, and what accuracy hides by itself."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lessons.applications.tables import DIGITS
from lessons.tables import BREAST_CANCER, table
from lib.charts import Heatmap
from lib.course import (
    Choice,
    Claim,
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
    Step,
    Task,
    Toggle,
    Write,
    fill,
    working,
)
from lib.course.writing import a_frame, run

_BAYES, _LOGISTIC = "naive Bayes", "logistic regression"
_NOTHING, _TRUE, _PREDICTED = "nothing", "true class", "predicted class"
_EQUAL, _BALANCED = "equal", "balanced"
_HELD_BACK, _USUAL = "0.01", "1"
_NAMES = ("benign", "malignant")
_SCREENING = 1 / 200
"""How many have a tumour where nobody was chosen for one: made up for the quiz, and said there."""

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


class Confuse(Step):
    """
    ### Confusion: divide by what you ask

    A model reads {images} handwritten digits that it has never seen. Rows are the true digit,
    columns are what it said. Naive Bayes gets {bayes_accuracy:.1%} right, logistic regression
    {logistic_accuracy:.1%}.

    Two habits. *Normaliser*: divide by the row, and the diagonal is **recall**: of all real fives,
    how many were found? Divide by the column, and it is **precision**: of all that were called
    five, how many are fives? *Scale*: the diagonal takes all the colour. Hide it, and the
    errors get it.
    """

    readings = {
        "images named rightly": "{accuracy:.0%}",
        "divided by": "{divided}",
    }

    tables = (DIGITS,)

    model = Choice("Model", (_BAYES, _LOGISTIC), default=_BAYES)
    divided = Choice("Divide by", (_NOTHING, _TRUE, _PREDICTED), default=_NOTHING)
    hide = Toggle("Hide the diagonal", default=False)
    views = ("model", "divided", "hide")

    predict = Predict(
        "One digit naive Bayes finds least often. Is that also the digit whose name is least to be "
        "believed, when the model says it?",
        choices=[
            Option(
                text="Yes: what it does badly, it does badly both ways",
                value="same",
                feedback=(
                    "There are two ways to be bad, and here they are two digits. The lowest recall "
                    "is {lowest_recall:.0%}, the lowest precision {lowest_precision:.0%}. A digit "
                    "that others are mistaken for loses precision; those others lose recall."
                ),
                misconception="one_worst_class",
                holds=lambda state: state["least_found"] != state["least_trusted"],
                tempting=True,
            ),
            Option(
                text="No: these are two digits",
                value="other",
                feedback=(
                    "The lowest recall is {lowest_recall:.0%}, and another digit has the lowest "
                    "precision, {lowest_precision:.0%}. A digit that others are mistaken for loses "
                    "precision; those others lose recall."
                ),
                holds=lambda state: state["least_found"] != state["least_trusted"],
            ),
            Option(
                text="There is no worst digit at {bayes_accuracy:.0%}",
                value="none",
                feedback=(
                    "Accuracy is one number for all ten digits, and they differ: one recall is "
                    "{lowest_recall:.0%}, one precision {lowest_precision:.0%}."
                ),
                misconception="accuracy_is_enough",
                holds=lambda state: (
                    max(state["lowest_recall"], state["lowest_precision"]) < state["bayes_accuracy"]
                ),
            ),
        ],
        answer=lambda exhibit: (
            "same" if exhibit.facts["least_found"] == exhibit.facts["least_trusted"] else "other"
        ),
        seen_at=None,
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
                "The map is that of naive Bayes, {bayes_accuracy:.1%} right: now {accuracy:.1%}",
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
            "That is the map of logistic regression, {accuracy:.1%} right. The question is about "
            "naive Bayes.",
            when=lambda state: state["model"] == _LOGISTIC,
            example={"model": _LOGISTIC, "found": 8, "trusted": 8},
            misconception="one_worst_class",
            holds=lambda state: state["accuracy"] == state["logistic_accuracy"],
        ),
        Mistake(
            "Of all real {found}s naive Bayes finds {recall_of_found:.0%}. There is a digit of "
            "which it finds {lowest_recall:.0%}. Divide by the true class, and look along the "
            "diagonal.",
            when=lambda state: state["found"] not in (None, state["least_found"]),
            example={"found": 8},
            misconception="rows_are_columns",
            holds=lambda state: state["recall_of_found"] > state["lowest_recall"],
        ),
        Mistake(
            "Of all that it calls {trusted}, {precision_of_trusted:.0%} are one. There is a name "
            "that is right {lowest_precision:.0%} of the time. Divide by the predicted class, and "
            "look along the diagonal.",
            when=lambda state: state["trusted"] not in (None, state["least_trusted"]),
            example={"trusted": 2},
            misconception="rows_are_columns",
            holds=lambda state: state["precision_of_trusted"] > state["lowest_precision"],
        ),
    ]

    learned = [
        Outcome(
            "Rows give recall: {least_found} is found least, {lowest_recall:.3f}. Columns give "
            "precision: {least_trusted} deserves least belief, {lowest_precision:.3f}. Off the "
            "diagonal, {twos_read_as_eight} twos and {threes_read_as_eight} threes are read as "
            "eights, and {eights_read_as_one} eights as ones: no error is larger.",
            holds=lambda state: (
                state["largest_error"]
                == state["twos_read_as_eight"]
                == state["threes_read_as_eight"]
                == state["eights_read_as_one"]
            ),
        )
    ]

    holds = [
        Claim("the diagonal takes all the colour", lambda state: state["contrast"] < 0.25),
    ]

    def appraise(
        self, exhibit: Exhibit, found: int | None, trusted: int | None
    ) -> Mapping[str, Fact]:
        counts = confusion(str(exhibit.setting["model"]))
        right = np.diag(counts)
        recall, precision = right / counts.sum(axis=1), right / counts.sum(axis=0)
        return {
            "recall_of_found": 0.0 if found is None else float(recall[found]),
            "precision_of_trusted": 0.0 if trusted is None else float(precision[trusted]),
        }

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
                    title=f"Ten digits, named by {model}",
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

    To see what a rare class does, we make one. Of the tumours in the table all {benign} benign ones
    stay, and of the {all_malignant} malignant ones {malignant}, drawn at random. Logistic
    regression reads all thirty measurements, and is judged on tumours that it has not seen.

    Somebody who says *benign* without looking is right for {always_benign:.1%}. On a map of counts
    the large class has all the colour, and the row that matters stays at the low end of it either
    way. Divide by the row.

    `C` says how far the model may lean on what it measures: one is what scikit-learn takes, and a
    hundredth holds it back.
    """

    readings = {
        "malignant found": "{found} of {malignant}",
        "false alarms": "{alarms}",
        "named rightly": "{accuracy:.1%}",
    }

    tables = (BREAST_CANCER,)

    strength = Choice("C", (_HELD_BACK, _USUAL), default=_USUAL)
    weights = Choice("Weight of the classes", (_EQUAL, _BALANCED), default=_EQUAL)
    threshold = Slider("Call malignant above, in %", 5, 95, default=50, step=5)
    shares = Toggle("Divide by the true class", default=False)
    seed = Seed("Which malignant ones", high=99)
    views = ("shares",)
    typical = ("usual_found", "held_found")
    answers = {"believed": Number("Of a hundred called malignant, truly so", 0, 100)}

    predict = Predict(
        "As scikit-learn has it, the model is right for {usual_accuracy:.1%}. How many of the "
        "{malignant} malignant tumours does it find?",
        choices=[
            Option(
                text="Four fifths of them, or more",
                value="most",
                feedback=(
                    "{usual_found} of {malignant}. This time accuracy did not mislead. It can: "
                    "held back by a `C` of one hundredth, the model is still right for "
                    "{held_accuracy:.1%}, and finds {held_found}. Choose that `C` and look."
                ),
                holds=lambda state: (
                    state["held_recall"] < 0.5
                    and state["always_benign"] < state["held_accuracy"] < state["usual_accuracy"]
                ),
                tempting=True,
            ),
            Option(
                text="About half of them",
                value="half",
                feedback=(
                    "Count its errors: {usual_errors} of {tumours} tumours. Even if all of those "
                    "were malignant, it would find most: it finds {usual_found}. A model that is "
                    "right for {held_accuracy:.1%}, by a `C` of one hundredth, finds {held_found}."
                ),
                misconception="rare_class_is_hopeless",
                holds=lambda state: state["usual_errors"] < state["malignant"] / 4,
            ),
            Option(
                text="None: it says benign to everybody",
                value="none",
                feedback=(
                    "That would be right for {always_benign:.1%}, and the model is right for "
                    "{usual_accuracy:.1%}: it finds {usual_found} of {malignant}."
                ),
                misconception="rare_class_is_hopeless",
                holds=lambda state: state["usual_accuracy"] > state["always_benign"],
            ),
        ],
        answer=lambda exhibit: _how_many(float(exhibit.facts["usual_recall"])),
    )

    task = Task(
        "Find at least {goal:.0%} of the malignant tumours, and stay more often right than "
        "somebody who always says benign. Then say of a hundred tumours that your model calls "
        "malignant how many are.",
        goals=[
            Goal(
                "At least {goal:.0%} of the malignant are found: now {recall:.1%}",
                met=lambda state: state["recall"] >= state["goal"],
            ),
            Goal(
                "It is right more often than {always_benign:.1%}: now {accuracy:.1%}",
                met=lambda state: state["accuracy"] > state["always_benign"],
            ),
            Goal(
                "Of a hundred called malignant, so many are, give or take one: now {believed}",
                met=lambda state: (
                    state["believed"] is not None
                    and abs(state["believed"] - 100 * state["precision"]) <= 1
                ),
            ),
        ],
        solution={"weights": _BALANCED, "threshold": 20, "shares": True, "believed": 83},
        hints=[
            "A missed tumour and a false alarm cost the model the same. Need they?",
            "Two things can be changed: what an error costs, by the weights, and how high a chance "
            "must be to be called malignant.",
            "What was *called* malignant stands in a column. Which share of it is malignant?",
        ],
    )

    mistakes = [
        Mistake(
            "Recall {recall:.2f}, paid for with {alarms} false alarms: right for {accuracy:.1%}, "
            "where *benign* without looking has {always_benign:.1%}.",
            when=lambda state: (
                state["recall"] >= state["goal"] and state["accuracy"] <= state["always_benign"]
            ),
            example={"strength": _HELD_BACK, "weights": _BALANCED, "threshold": 20},
            misconception="recall_is_free",
            holds=lambda state: state["alarms"] > 0,
        ),
        Mistake(
            "Right for {accuracy:.1%}, and {missed} of {malignant} malignant tumours are missed. "
            "Among {tumours} cases accuracy hardly feels them. Look at the lower row.",
            when=lambda state: (
                state["recall"] < state["goal"] and state["accuracy"] > state["always_benign"]
            ),
            example={"strength": _HELD_BACK},
            misconception="accuracy_is_enough",
            holds=lambda state: state["missed"] < 0.06 * state["tumours"],
        ),
        Mistake(
            "{found} of {malignant} are found: that is the row, and its share is {recall:.0%}. "
            "{called} were *called* malignant: that is the column, and {believed} in a hundred is "
            "not its share.",
            when=lambda state: state["believed"] is not None and state["recall"] >= state["goal"],
            example={"weights": _BALANCED, "threshold": 20, "believed": 100},
            misconception="rows_are_columns",
            holds=lambda state: abs(state["believed"] - 100 * state["precision"]) > 1,
        ),
    ]

    learned = [
        Outcome(
            "{found} of {malignant} malignant tumours are found, and {alarms} benign ones called "
            "malignant: recall {recall:.0%}, precision {precision:.0%}, right for {accuracy:.1%}. "
            "With a `C` of one hundredth, equal weights and a threshold of one half the model is "
            "right for {held_accuracy:.1%}, and finds {held_found}. Divide by the true class "
            "before you admire a diagonal.",
            holds=lambda state: (
                state["held_found"] < state["found"]
                and state["held_accuracy"] > state["always_benign"]
            ),
        )
    ]

    holds = [
        Claim(
            "the row that matters stays at the low end of it either way",
            lambda state: state["malignant"] < 0.1 * state["benign"],
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        return LabAddress("breast_cancer", "one_against_all", {"target": "diagnosis"})

    def show(self, strength: str, weights: str, threshold: int, shares: bool, seed: int) -> Exhibit:
        y, chances = _kept(seed)
        counts = _two_by_two(y, chances[strength, weights] > threshold / 100)
        usual, held = (chances[c, _EQUAL] > 0.5 for c in (_USUAL, _HELD_BACK))
        malignant, called = int(y.sum()), int(counts[:, 1].sum())
        recall, alarm_rate = float(counts[1, 1] / malignant), float(counts[0, 1] / (~y).sum())
        named = recall * _SCREENING + alarm_rate * (1 - _SCREENING)
        facts: dict[str, Any] = {
            "tumours": len(y),
            "malignant": malignant,
            "benign": len(y) - malignant,
            "all_malignant": int((table("breast_cancer")["diagnosis"] == "malignant").sum()),
            "always_benign": float(1 - y.mean()),
            "goal": 0.9,
            "usual_found": int(usual[y].sum()),
            "usual_errors": int((usual != y).sum()),
            "usual_accuracy": float((usual == y).mean()),
            "usual_recall": float(usual[y].mean()),
            "held_found": int(held[y].sum()),
            "held_errors": int((held != y).sum()),
            "held_at_least": malignant - int((held != y).sum()),
            "held_accuracy": float((held == y).mean()),
            "held_recall": float(held[y].mean()),
            "found": int(counts[1, 1]),
            "missed": int(counts[1, 0]),
            "alarms": int(counts[0, 1]),
            "called": called,
            "accuracy": float(np.trace(counts) / len(y)),
            "recall": recall,
            "precision": float(counts[1, 1] / called) if called else 0.0,
            "precision_in_screening": recall * _SCREENING / named if named else 0.0,
        }
        counted = _named(counts)
        shown = counted.div(counted.sum(axis="columns"), axis="index") if shares else counted
        return Exhibit(
            figures=(
                Heatmap(
                    shown,
                    (0.0, float(shown.to_numpy().max())),
                    colours="viridis",
                    decimals=3 if shares else 0,
                    scale="share of the true class" if shares else "tumours",
                    title="A rare class",
                ),
            ),
            facts=facts,
            table=shown.round(3),
            description=fill(
                "A confusion matrix of {tumours} tumours. Of {malignant} malignant ones {found} "
                "are found, with {alarms} false alarms; {accuracy:.1%} are right.",
                facts,
            ),
        )


def _how_many(recall: float) -> str:
    return "most" if recall >= 0.8 else "half" if recall > 0 else "none"


@lru_cache(maxsize=128)
def _kept(seed: int) -> tuple[NDArray[np.bool_], dict[tuple[str, str], Floats]]:
    """Which tumours are malignant, and their chance of it, unseen, by C and by the weights."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    tumours = table("breast_cancer")
    is_malignant = (tumours["diagnosis"] == "malignant").to_numpy()
    few = np.random.default_rng(seed).choice(np.flatnonzero(is_malignant), 19, replace=False)
    rows = np.r_[np.flatnonzero(~is_malignant), few]
    measured, y = tumours.drop(columns="diagnosis").to_numpy()[rows], is_malignant[rows]
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    chances: dict[tuple[str, str], Floats] = {}
    for strength in (_HELD_BACK, _USUAL):
        for name, weight in ((_EQUAL, None), (_BALANCED, "balanced")):
            working(len(chances) / 4, "Training on four fifths, five times")
            model = make_pipeline(
                StandardScaler(),
                LogisticRegression(C=float(strength), max_iter=2000, class_weight=weight),
            )
            said = cross_val_predict(model, measured, y, cv=folds, method="predict_proba")
            chances[strength, name] = said[:, 1]
    return y, chances


def _two_by_two(truth: NDArray[np.bool_], said: NDArray[np.bool_]) -> Counts:
    """Counts of (no, yes) in truth by (no, yes) said."""
    counts: Counts = np.array(
        [[np.sum((truth == t) & (said == s)) for s in (False, True)] for t in (False, True)]
    )
    return counts


_CALLED = 10
"""Above this chance, in percent, the tumours of `WriteTheRecall` are called malignant."""


class WriteTheRecall(Step):
    """
    ### Write what is found

    Now without a switch. `counts` is a map as before, with the usual `C`, equal weights and a
    threshold of {threshold} percent. Rows are the truth, columns are what the model said.
    `counts.sum()` are the sums of the columns, `counts.sum(axis="columns")` those of the rows.

    Write the lines that give every cell its share of the true class, so that the diagonal is
    recall. As long as nothing is written, the map shows the counts.
    """

    readings = {
        "benign row adds up to": "{benign_sum:.2f}",
        "malignant row adds up to": "{malignant_sum:.2f}",
        "cells that hold their share": "{right} of {cells}",
    }

    tables = (BREAST_CANCER,)

    lines = Write("Your lines", gives="shown", names=("counts",), columns=_NAMES)

    task = Task(
        "Write the lines that give every cell its share of the true class.",
        goals=[
            Goal(
                "The row of the benign adds up to one: now {benign_sum:.2f}",
                met=lambda state: bool(np.isclose(state["benign_sum"], 1)),
            ),
            Goal(
                "The row of the malignant adds up to one: now {malignant_sum:.2f}",
                met=lambda state: bool(np.isclose(state["malignant_sum"], 1)),
            ),
            Goal(
                "Every cell holds its share of the true class: now {right} of {cells}",
                met=lambda state: state["right"] == state["cells"],
            ),
        ],
        solution={"lines": 'counts.div(counts.sum(axis="columns"), axis="index")'},
        hints=[
            "Recall is a share of all that truly are malignant. Do they stand in a row or in a "
            "column?",
            "Divided by a list of sums, pandas matches it with the *columns* of the table, by "
            "their names.",
            '`counts.div(sums, axis="index")` matches the sums with the rows.',
        ],
    )

    mistakes = [
        Mistake(
            "Each column adds up to one, so the diagonal is precision: of those called malignant "
            "{precision:.0%} are. Found are {recall:.0%}.",
            when=lambda state: state["is_precision"],
            example={"lines": "counts / counts.sum()"},
            misconception="rows_are_columns",
            holds=lambda state: abs(state["precision"] - state["recall"]) > 0.02,
        ),
        Mistake(
            "These are the sums of the rows, and pandas has matched them with the columns, by "
            "name. The {alarms} false alarms came from {benign} benign tumours and are divided by "
            "{malignant}, the malignant ones. Nothing warns; but the row of the benign adds up to "
            "{benign_sum:.2f}.",
            when=lambda state: state["is_crossed"],
            example={"lines": 'counts / counts.sum(axis="columns")'},
            misconception="any_normaliser_will_do",
            holds=lambda state: state["benign_sum"] > 1.1,
        ),
        Mistake(
            "All cells together add up to one, and the diagonal to the accuracy, {accuracy:.3f}. "
            "The row of the malignant has {malignant_sum:.3f} of it, found or missed.",
            when=lambda state: bool(np.isclose(state["total"], 1)),
            example={"lines": "counts / counts.to_numpy().sum()"},
            misconception="accuracy_is_enough",
        ),
        Mistake(
            "{right} of {cells} cells hold their share of the true class. That is the cell divided "
            "by the sum of its own row, so that each row adds up to one: now {benign_sum:.2f} and "
            "{malignant_sum:.2f}.",
            when=lambda state: state["right"] < state["cells"],
            example={"lines": 'counts.div(counts.max(axis="columns"), axis="index")'},
            misconception="any_normaliser_will_do",
        ),
    ]

    learned = [
        Outcome(
            "Of {malignant} malignant tumours {found} are found, {recall:.1%}; of {benign} benign "
            "ones {alarms} are called malignant, {alarm_share:.1%}. The accuracy, {accuracy:.1%}, "
            "lies near the recall of the large class, {benign_recall:.1%}, and far from that of "
            "the rare one.",
            holds=lambda state: (
                state["recall"] < state["accuracy"] < state["benign_recall"]
                and state["benign_recall"] - state["accuracy"]
                < (state["accuracy"] - state["recall"]) / 5
            ),
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        return LabAddress("breast_cancer", "one_against_all", {"target": "diagnosis"})

    def show(self, lines: str) -> Exhibit:
        counts = _called_malignant()
        written = run(lines, {"counts": counts}, wants=a_frame(like=counts))
        shown = written.value_or(counts)
        facts = _written(counts, shown)
        most = float(np.nan_to_num(shown.to_numpy(float)).max())
        return Exhibit(
            figures=(
                Heatmap(
                    shown,
                    (0.0, most if most > 0 else 1.0),
                    colours="viridis",
                    decimals=3 if written.ran else 0,
                    scale="value" if written.ran else "tumours",
                    title=written.titled("the counts"),
                ),
            ),
            facts=facts,
            table=shown.round(3),
            description=fill(
                "A confusion matrix of benign and malignant tumours, as the lines left it. Its "
                "rows add up to {benign_sum:.2f} and {malignant_sum:.2f}; {right} of {cells} cells "
                "hold their share of the true class.",
                facts,
            ),
            error=written.error,
        )


@cache
def _called_malignant() -> pd.DataFrame:
    """Counts of truth by what is said, with the usual model; shared, so not to be changed."""
    y, chances = _kept(0)
    counts = _two_by_two(y, chances[_USUAL, _EQUAL] > _CALLED / 100)
    return _named(counts)


def _named(counts: Counts) -> pd.DataFrame:
    return pd.DataFrame(counts, pd.Index(_NAMES, name="true"), pd.Index(_NAMES, name="said"))


def _written(counted: pd.DataFrame, shown: pd.DataFrame) -> dict[str, Fact]:
    """How much of a map are shares of the true class, and what it may be instead."""
    counts, given = counted.to_numpy(), np.nan_to_num(shown.to_numpy(float))
    truly, said = counts.sum(axis=1), counts.sum(axis=0)
    recall, precision = np.diag(counts) / truly, np.diag(counts) / said
    return {
        "threshold": _CALLED,
        "cells": counts.size,
        "right": int(np.isclose(given, counts / truly[:, None]).sum()),
        "benign_sum": float(given[0].sum()),
        "malignant_sum": float(given[1].sum()),
        "total": float(given.sum()),
        "is_precision": bool(np.allclose(given, counts / said)),
        "is_crossed": bool(np.allclose(given, counts / truly)),
        "benign": int(truly[0]),
        "malignant": int(truly[1]),
        "found": int(counts[1, 1]),
        "alarms": int(counts[0, 1]),
        "alarm_share": float(counts[0, 1] / truly[0]),
        "benign_recall": float(recall[0]),
        "recall": float(recall[1]),
        "precision": float(precision[1]),
        "accuracy": float(np.trace(counts) / counts.sum()),
    }
