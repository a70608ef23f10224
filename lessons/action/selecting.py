"""What enters a model: by shrinking, by choosing, by the order in which columns are asked."""

from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.action.cross_validation import (
    GROUP,
    METHODS,
    Floats,
    Rows,
    coefficients,
    cv_rmse,
    cv_rmse_of_mean,
    first_component,
    rates,
    splits,
)
from lessons.action.tables import PREDICTORS, triangle
from lessons.tables import BREAST_CANCER, HIGHWAY, highway, table
from lib.charts import Bars
from lib.course import (
    Choice,
    Columns,
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
    fill,
)
from lib.course.behind import pair_behind
from lib.stats import prune, vif

THREE = ("len", "slim", "acpt")


class Shrink(Step):
    """
    ### Drop, combine or shrink

    {rows} sections, {offered} predictors: that is asking a lot of least squares. Its error on
    sections it has not seen is {rmse_plain:.2f} accidents per million miles. That is found by
    *cross-validation*: the sections are dealt into ten *folds*, and each fold is predicted from the
    others. The plain mean of the other sections does worse, {rmse_mean:.2f}.

    There is more than dropping. *Combine* what says the same: the first principal component of
    `adt`, `lane` and `itg` holds {first_share:.0%} of their variance. Or *shrink*: ridge makes all
    coefficients smaller, the lasso makes some of them zero.
    """

    tables = (HIGHWAY,)

    method = Choice("Fit by", METHODS, default="least squares")
    columns = Columns("Predictors offered", PREDICTORS, default=PREDICTORS)

    predict = Predict(
        "Ridge keeps all {offered} predictors and biases every coefficient towards zero. Its error "
        "on unseen sections, against {rmse_plain:.2f} for least squares, is ...",
        choices=[
            Option(
                text="larger: a biased model predicts worse",
                value="worse",
                feedback=(
                    "Biased it is, on purpose. What it gives in bias it wins back in steadiness: "
                    "{rmse_ridge:.2f} instead of {rmse_plain:.2f}."
                ),
                misconception="shrinking_must_cost",
            ),
            Option(
                text="smaller",
                value="better",
                feedback=(
                    "{rmse_ridge:.2f} instead of {rmse_plain:.2f}, and no column had to go. A "
                    "little bias bought a lot of steadiness."
                ),
            ),
            Option(
                text="the same: no column left, so nothing changed",
                value="same",
                feedback=(
                    "A coefficient is more than present or absent. Halved, it listens half as much "
                    "to the noise: {rmse_ridge:.2f} instead of {rmse_plain:.2f}."
                ),
                misconception="shrinking_must_cost",
            ),
        ],
        answer=lambda exhibit: exhibit.facts["verdict"],
    )

    task = Task(
        "Bring the error below {goal:.2f} while all {offered} predictors are on offer: let the "
        "method choose, fold by fold, not you.",
        goals=[
            Goal(
                "The error is below {goal:.2f}: now {rmse:.2f}",
                met=lambda state: state["rmse"] < state["goal"],
            ),
            Goal(
                "All {offered} predictors are on offer: now {kept}",
                met=lambda state: state["kept"] == state["offered"],
            ),
        ],
        solution={"method": "ridge"},
        hints=[
            "Try the other methods first, and leave the columns alone.",
            "Combining helps a little. One of the two that shrink gets there.",
        ],
    )

    mistakes = [
        Mistake(
            "{rmse:.2f} is a fine number, and you chose these {kept} after looking at the table "
            "that tests them. `len`, `slim` and `acpt` reach {rmse_three:.2f} that way. Call it "
            "exploratory.",
            when=lambda state: state["kept"] < state["offered"] and state["rmse"] < state["goal"],
            example={"columns": THREE},
            misconception="chosen_after_looking",
        ),
        Mistake(
            "Without some of them: {rmse:.2f}. What you take out by hand the folds cannot judge. "
            "Put all {offered} on offer.",
            when=lambda state: state["kept"] < state["offered"],
            example={"columns": ("len", "trks")},
            misconception="chosen_after_looking",
        ),
        Mistake(
            "One component instead of three: {rmse:.2f}, after {rmse_plain:.2f}. It mends what the "
            "three had in common; the other columns still wobble.",
            when=lambda state: state["method"] == METHODS[1],
            example={"method": METHODS[1]},
            misconception="dropping_is_free",
        ),
        Mistake(
            "The lasso silenced {zeros} columns and comes to {rmse:.2f}. Close. Choosing on so few "
            "rows is itself unsteady: each fold may choose others.",
            when=lambda state: state["method"] == "lasso",
            example={"method": "lasso"},
            misconception="dropping_is_free",
        ),
    ]

    learned = [
        Outcome(
            "On {rows} rows ridge predicts better than least squares, {rmse:.2f} against "
            "{rmse_plain:.2f}, with every column kept. Three columns picked by eye reach "
            "{rmse_three:.2f}, and that number has not paid for the picking."
        )
    ]

    def show(self, method: str, columns: tuple[str, ...]) -> Exhibit:
        trio = highway()[list(GROUP)]
        _, share = first_component(((trio - trio.mean()) / trio.std(ddof=0)).to_numpy())
        weights = coefficients(columns, method)
        facts: dict[str, Any] = {
            "goal": 1.35,
            "rows": len(trio),
            "offered": len(PREDICTORS),
            "kept": len(columns),
            "rmse": cv_rmse(columns, method),
            "rmse_plain": cv_rmse(PREDICTORS, "least squares"),
            "rmse_ridge": cv_rmse(PREDICTORS, "ridge"),
            "rmse_three": cv_rmse(THREE, "least squares"),
            "rmse_mean": cv_rmse_of_mean(),
            "first_share": float(share),
            "zeros": int((weights.abs() < 1e-9).sum()),
        }
        facts["verdict"] = "better" if facts["rmse_ridge"] < facts["rmse_plain"] else "worse"
        errors = pd.DataFrame(
            {"error": [facts["rmse"], facts["rmse_plain"], facts["rmse_mean"]]},
            ["yours", "least squares, all", "the mean alone"],
        )
        both = pd.DataFrame(
            {"yours": weights, "least squares, all": coefficients(PREDICTORS, "least squares")}
        ).reindex(PREDICTORS)
        return Exhibit(
            figures=(
                Bars(errors, title="Error, unseen roads", x="", marks={"goal": 1.35}),
                Bars(both.fillna(0.0), title="Effect of one sd", x=""),
            ),
            across=2,
            facts=facts,
            table=both.round(3),
            description=fill(
                f"Cross-validated, {method} with {{kept}} predictors errs by {{rmse:.2f}}, least "
                "squares with all {offered} by {rmse_plain:.2f}. {zeros} coefficients are zero.",
                facts,
            ),
        )


class Peek(Step):
    """
    ### Choosing before the folds

    {noise} columns of pure noise stand beside the {rows} accident rates. Somebody picks the {best}
    columns with the largest |r|, then cross-validates a regression on those, ten folds, all by the
    book.

    The mean alone errs by {rmse_mean:.2f}. Noise cannot do better than that.
    """

    tables = (HIGHWAY,)

    noise = Slider("Columns of noise", 10, 400, default=20, step=10)
    best = Slider("Keep the best", 1, 8, default=3)
    draw = Seed("Draw")
    views = ("draw",)

    predict = Predict(
        "{noise} columns of noise, the best {best} chosen on all rows, then cross-validation. Its "
        "verdict on them will be ...",
        choices=[
            Option(
                text="honest: no better than the mean, cross-validation sees to that",
                value="honest",
                feedback=(
                    "It judges the regression, which it saw being fitted. It does not judge the "
                    "choice, which was over by then: {rmse_outside:.2f}, where the mean has "
                    "{rmse_mean:.2f}."
                ),
                misconception="chosen_after_looking",
            ),
            Option(
                text="flattering: clearly better than the mean",
                value="flatters",
                feedback=(
                    "{rmse_outside:.2f}, where the mean has {rmse_mean:.2f}. Every row had its say "
                    "in the choice, the rows to be tested on as well. Chosen anew inside each "
                    "fold, the same recipe errs by {rmse_inside:.2f}."
                ),
            ),
            Option(
                text="damning: worse than the mean",
                value="damning",
                feedback=(
                    "So it is when each fold makes its own choice: {rmse_inside:.2f}. Chosen on "
                    "all rows the noise gets {rmse_outside:.2f}, better than the mean with "
                    "{rmse_mean:.2f}."
                ),
                misconception="chosen_after_looking",
            ),
        ],
        answer=lambda exhibit: exhibit.facts["verdict"],
        answer_at={"noise": 200, "best": 5},
    )

    task = Task(
        "Fool the judge: make pure noise look better than the mean by {goal:.1f} or more.",
        goals=[
            Goal(
                "Noise beats the mean by {goal:.1f}: errors are now {rmse_outside:.2f} and "
                "{rmse_mean:.2f}",
                met=lambda state: state["rmse_mean"] - state["rmse_outside"] >= state["goal"],
            ),
        ],
        solution={"noise": 200, "best": 5},
        hints=[
            "The more columns apply, the better the best of them looks.",
            "And keep more than one.",
        ],
    )

    mistakes = [
        Mistake(
            "Of {noise} columns the best has |r| = {max_r:.2f}, by luck alone. One lucky column "
            "gives {rmse_outside:.2f}. Several would give more.",
            when=lambda state: state["best"] <= 2,
            example={"noise": 100, "best": 1},
            misconception="chosen_after_looking",
        ),
        Mistake(
            "{rmse_outside:.2f} against {rmse_mean:.2f}: with {noise} to choose from, luck has "
            "little to offer. Let more apply.",
            when=lambda state: state["best"] > 2,
            example={"noise": 20, "best": 5},
            misconception="chosen_after_looking",
        ),
    ]

    learned = [
        Outcome(
            "Choosing is fitting. The best {best} of {noise} noise columns reach "
            "{rmse_outside:.2f} if chosen before the folds and {rmse_inside:.2f} if chosen inside "
            "them; the mean has {rmse_mean:.2f}."
        )
    ]

    def show(self, noise: int, best: int, draw: int) -> Exhibit:
        outside, inside, mean, max_r = _best_of_noise(noise, best, draw)
        facts = {
            "rows": len(rates()),
            "goal": 0.3,
            "max_r": max_r,
            "rmse_outside": outside,
            "rmse_inside": inside,
            "rmse_mean": mean,
            "flattery": inside - outside,
            "verdict": "flatters" if outside < mean else "honest",
        }
        errors = pd.DataFrame(
            {"error": [outside, inside, mean]},
            ["chosen on all rows", "chosen inside each fold", "the mean alone"],
        )
        return Exhibit(
            figures=(Bars(errors, title="Cross-validated error of noise", x="error"),),
            facts=facts,
            table=errors.round(3),
            description=fill(
                f"The best {best} of {noise} noise columns err by {{rmse_outside:.2f}} if chosen "
                "on all rows, by {rmse_inside:.2f} if chosen inside each fold. The mean errs by "
                "{rmse_mean:.2f}.",
                facts,
            ),
        )


def _best_of_noise(noise: int, best: int, draw: int) -> tuple[float, float, float, float]:
    rate = rates()
    table = np.random.default_rng(draw).standard_normal((len(rate), noise))
    once = _strongest(table, rate, best)
    outside, inside, mean = [], [], []
    for train, test in splits(len(rate), 5):
        anew = _strongest(table[train], rate[train], best)
        outside.append(_error(table[:, once], rate, train, test))
        inside.append(_error(table[:, anew], rate, train, test))
        mean.append(np.mean((rate[test] - rate[train].mean()) ** 2))
    roots = (float(np.sqrt(np.mean(errors))) for errors in (outside, inside, mean))
    return *roots, float(np.abs(_r_with(table, rate)).max())  # type: ignore[return-value]


def _r_with(table: Floats, rate: Floats) -> Floats:
    centred, target = table - table.mean(axis=0), rate - rate.mean()
    lengths = np.sqrt((centred**2).sum(axis=0) * (target @ target))
    r: Floats = centred.T @ target / lengths
    return r


def _strongest(table: Floats, rate: Floats, best: int) -> Rows:
    order: Rows = np.argsort(-np.abs(_r_with(table, rate)))[:best]
    return order


def _error(x: Floats, rate: Floats, train: Rows, test: Rows) -> float:
    design = np.column_stack([np.ones(len(x)), x])
    weights = np.linalg.lstsq(design[train], rate[train], rcond=None)[0]
    return float(np.mean((rate[test] - design[test] @ weights) ** 2))


_ORDERS = ("as in the table", "backwards", "by |r| with the diagnosis", "shuffled")


class Order(Step):
    """
    ### First come, first kept

    A popular pipeline for {columns} measurements of tumours: go through the columns, and drop each
    one that correlates above |r| = {threshold:.1f} with a column already kept. It stops with
    {kept_forwards} columns, and it looks like a law.

    A *logistic model*, a regression for yes or no, then reads the columns that stay; its *accuracy*
    is the share of tumours that it gets right.

    The first column is never dropped. Why is it the first?
    """

    tables = (BREAST_CANCER,)

    order = Choice("Go through the columns", _ORDERS, default="as in the table")
    threshold = Slider("Drop above |r|", 0.5, 0.95, default=0.8, step=0.05)
    draw = Seed("Shuffle")

    predict = Predict(
        "Forwards the rule keeps {kept_forwards} columns, backwards {kept_backwards}. How many "
        "columns are in both sets?",
        choices=[
            Option(
                text="{value}",
                value=14,
                feedback=(
                    "Then the order would hardly matter. But each column that stays bars its "
                    "friends, and who comes first is different: only {both_ways} stay in both."
                ),
                misconception="pruning_has_one_answer",
            ),
            Option(
                text="{value}",
                value=12,
                feedback=(
                    "Still too many. Each column that stays bars its friends; from the other end "
                    "other friends stay: {both_ways} in common."
                ),
                misconception="pruning_has_one_answer",
            ),
            Option(
                text="{value}",
                value=8,
                feedback=(
                    "{both_ways}, of {kept_forwards} and {kept_backwards}. The same rule, the same "
                    "table, and nearly half of the columns are others."
                ),
            ),
        ],
        answer=lambda exhibit: exhibit.facts["both_ways"],
    )

    task = Task(
        "Forwards, a logistic model loses {lost:.1%} of accuracy against all {columns} columns. "
        "Find an order that keeps at most {fewer} columns and loses less than one percent.",
        goals=[
            Goal(
                "At most {fewer} columns are kept: now {kept}",
                met=lambda state: state["kept"] <= state["fewer"],
            ),
            Goal(
                "Less than one percent of accuracy is lost: now {lost:.1%}",
                met=lambda state: state["lost"] < 0.01,
            ),
        ],
        solution={"order": "by |r| with the diagnosis"},
        hints=[
            "Of two friends, which one would you rather keep?",
            "The one that knows more about the diagnosis. Let those come first.",
        ],
    )

    mistakes = [
        Mistake(
            "Above {threshold:.2f}: {kept} columns stay, and the accuracy with them. That is no "
            "feat. At most {fewer} were asked for.",
            when=lambda state: state["kept"] > state["fewer"],
            example={"threshold": 0.95},
            misconception="pruning_has_one_answer",
        ),
        Mistake(
            "{kept} columns, {accuracy:.1%} right against {accuracy_all:.1%} with all. The rule "
            "asks whether columns know each other; it never asks what they know.",
            when=lambda state: state["lost"] >= 0.01,
            example={"threshold": 0.7},
            misconception="dropping_is_free",
        ),
    ]

    learned = [
        Outcome(
            "Greedy pruning depends on the order: {kept_forwards} columns forwards, "
            "{kept_backwards} backwards, {both_ways} in common. Asked by their |r| with the "
            "diagnosis, {kept} columns get {accuracy:.1%} right; as they stand in the table, "
            "{accuracy_forwards:.1%}. A VIF of {max_vif:.0f} is still among them."
        )
    ]

    def show(self, order: str, threshold: float, draw: int) -> Exhibit:
        tumours = _tumours()
        kept = _pruned(order, threshold, draw if order == "shuffled" else 0)
        forwards, backwards = (_pruned(name, threshold, 0) for name in _ORDERS[:2])
        everything = tuple(tumours.columns)
        facts = {
            "fewer": 15,
            "columns": len(everything),
            "kept": len(kept),
            "kept_forwards": len(forwards),
            "kept_backwards": len(backwards),
            "both_ways": len(set(forwards) & set(backwards)),
            "common": len(set(kept) & set(forwards)),
            "accuracy": _accuracy(kept),
            "accuracy_all": _accuracy(everything),
            "accuracy_forwards": _accuracy(forwards),
            "lost": _accuracy(everything) - _accuracy(kept),
            "max_vif": _max_vif(kept),
        }
        sets = {"this order": kept, "as in the table": forwards, "backwards": backwards}
        return Exhibit(
            figures=(
                triangle(
                    tumours[list(kept)],
                    f"{len(kept)} columns kept",
                    decimals=2 if len(kept) <= 15 else None,
                ),
            ),
            facts=facts,
            table=pd.DataFrame(
                {
                    name: ["kept" if column in names else "" for column in everything]
                    for name, names in sets.items()
                },
                index=everything,
            ),
            description=fill(
                "{kept} of {columns} columns are kept, {common} of them also in the order of the "
                "table. The model gets {accuracy:.1%} right, with all columns {accuracy_all:.1%}; "
                "the largest VIF is {max_vif:.1f}.",
                facts,
            ),
            behind=pair_behind(tumours, "tumours"),
        )


@cache
def _tumours() -> pd.DataFrame:
    return table("breast_cancer").drop(columns="diagnosis")


@cache
def _malignant() -> "pd.Series[bool]":
    return table("breast_cancer")["diagnosis"] == "malignant"


@lru_cache(maxsize=256)
def _pruned(order: str, threshold: float, draw: int) -> tuple[str, ...]:
    tumours = _tumours()
    names = list(tumours.columns)
    match order:
        case "backwards":
            names = names[::-1]
        case "by |r| with the diagnosis":
            r = tumours.corrwith(_malignant().astype(float)).abs()
            names = r.sort_values(ascending=False).index.tolist()
        case "shuffled":
            names = np.random.default_rng(draw).permutation(tumours.columns).tolist()
    return tuple(prune(tumours, threshold, priority=names).kept)


@lru_cache(maxsize=512)
def _max_vif(columns: tuple[str, ...]) -> float:
    return float(vif(_tumours()[list(columns)]).max())


@lru_cache(maxsize=512)
def _accuracy(columns: tuple[str, ...]) -> float:
    """Share of tumours that a logistic model names rightly, in folds that it has not seen."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    x, malignant = _tumours()[list(columns)].to_numpy(), _malignant().to_numpy()
    shares = []
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(x, malignant):
        z = (x - x[train].mean(axis=0)) / x[train].std(axis=0)
        model = LogisticRegression(solver="newton-cholesky").fit(z[train], malignant[train])
        shares.append((model.predict(z[test]) == malignant[test]).mean())
    return float(np.mean(shares))
