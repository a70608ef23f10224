"""What enters a model: by shrinking, by choosing, by the order in which columns are asked."""

from collections.abc import Mapping
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
    fit,
    folds_seen,
    rates,
    splits,
)
from lessons.action.tables import PREDICTORS, strongest_r, triangle
from lessons.tables import BREAST_CANCER, HIGHWAY, highway, table
from lib.charts import Bars
from lib.course import (
    Choice,
    Claim,
    Columns,
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
    State,
    Step,
    Task,
    fill,
)
from lib.course.behind import pair_behind
from lib.stats import prune, vif

THREE = ("len", "slim", "acpt")


def _lasso_is_unsteady(_state: State) -> bool:
    """Whether some folds keep other columns than others do."""
    x = highway()[list(PREDICTORS)].to_numpy(float)
    weights, _ = fit(x, rates(), folds_seen(), PREDICTORS, "lasso")
    return len(np.unique(np.abs(weights) > 1e-9, axis=0)) > 1


def _lasso_leads_leave_one_out() -> bool:
    """Whether lasso and ridge change places with other folds, of one row each."""
    errors = {method: _leave_one_out(method) for method in ("least squares", "ridge", "lasso")}
    return errors["lasso"] < errors["ridge"] < errors["least squares"]


def _leave_one_out(method: str) -> float:
    """Root mean square error on each row by the model of all others."""
    x = highway()[list(PREDICTORS)].to_numpy(float)
    weights, constants = fit(x, rates(), ~np.eye(len(x), dtype=bool), PREDICTORS, method)
    return float(np.sqrt(np.mean((rates() - (weights * x).sum(axis=1) - constants) ** 2)))


class Shrink(Step):
    """
    ### Drop, combine or shrink

    {rows} sections, {offered} predictors: that is asking a lot of least squares. Its error on
    sections it has not seen is {rmse_plain:.2f} accidents per million miles. That is found by
    *cross-validation*: the sections are dealt into ten *folds*, and each fold is predicted from the
    others. The plain mean of the other sections, without any predictor, does worse:
    {rmse_mean:.2f}.

    There is more than dropping. *Combine* what says the same: the first principal component of
    `adt`, `lane` and `itg` holds {first_share:.0%} of their variance. Or *shrink*: ridge pulls all
    coefficients towards zero, the lasso sets some of them to zero.
    """

    tables = (HIGHWAY,)

    method = Choice("Fit by", METHODS, default="least squares")
    columns = Columns("Predictors offered", PREDICTORS, default=PREDICTORS)

    readings = {
        "error": "{rmse:.2f}",
        "least squares, all": "{rmse_plain:.2f}",
        "predictors": "{kept}",
    }

    predict = Predict(
        "`adt`, `lane` and `itg` become one component, so the model knows less of each road. Its "
        "error on unseen sections, against {rmse_plain:.2f} for least squares with all {offered}, "
        "is ...",
        choices=[
            Option(
                text="smaller: there is less to get wrong",
                value="better",
                tempting=True,
                feedback=(
                    "{rmse_combined:.2f} instead of {rmse_plain:.2f}. {first_share:.0%} of what "
                    "the three say is in the component, and one coefficient is steadier than three."
                ),
                holds=lambda state: (
                    state["rmse_combined"] < state["rmse_plain"] and state["first_share"] > 0.8
                ),
            ),
            Option(
                text="larger: what is left out cannot help",
                value="worse",
                feedback=(
                    "It cannot mislead either. On {rows} rows three coefficients follow the noise "
                    "more than one does: {rmse_combined:.2f} instead of {rmse_plain:.2f}."
                ),
                misconception="shrinking_must_cost",
                holds=lambda state: state["rmse_combined"] < state["rmse_plain"],
            ),
            Option(
                text="the same: the three said one thing anyway",
                value="same",
                feedback=(
                    "Nearly one thing, {first_share:.0%}. What differs is how far their "
                    "coefficients stray: {rmse_combined:.2f} instead of {rmse_plain:.2f}."
                ),
                misconception="collinearity_spoils_prediction",
                holds=lambda state: state["first_share"] > 0.8,
            ),
        ],
        answer=lambda exhibit: exhibit.facts["verdict"],
        seen_at={"method": "combine adt, lane, itg"},
    )

    answers = {"silenced": Number("Columns that the lasso leaves out", 0, 10)}

    task = Task(
        "Bring the error below {goal:.2f} while all {offered} predictors are on offer: let the "
        "method choose, fold by fold, not you. Then say how many of the {offered} the lasso leaves "
        "out, fitted to all {rows} sections.",
        goals=[
            Goal(
                "The error is below {goal:.2f}: now {rmse:.2f}",
                met=lambda state: state["rmse"] < state["goal"],
            ),
            Goal(
                "All {offered} predictors are on offer: now {kept}",
                met=lambda state: state["kept"] == state["offered"],
            ),
            Goal(
                "What the lasso leaves out is counted: now {silenced}",
                met=lambda state: state["silenced"] == state["zeros_lasso"],
            ),
        ],
        solution={"method": "ridge", "silenced": 5},
        hints=[
            "Try the other methods first, and leave the columns alone.",
            "A column that is left out has no bar under the lasso.",
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
            holds=lambda state: state["rmse_three"] < state["goal"],
        ),
        Mistake(
            "Without some of them: {rmse:.2f}. What you take out by hand the folds cannot judge. "
            "Put all {offered} on offer.",
            when=lambda state: state["kept"] < state["offered"],
            example={"columns": ("len", "trks")},
            misconception="chosen_after_looking",
        ),
        Mistake(
            "One component instead of three: {rmse:.2f}, after {rmse_plain:.2f}. That mends what "
            "the three had in common. The other coefficients are as free as before.",
            when=lambda state: state["method"] == METHODS[1],
            example={"method": METHODS[1]},
            misconception="shrinking_must_cost",
            holds=lambda state: state["rmse"] < state["rmse_plain"],
        ),
        Mistake(
            "With these folds the lasso comes to {rmse:.2f}. Choosing on so few rows is itself "
            "unsteady: each fold may choose others. Is there a method that need not choose?",
            when=lambda state: state["method"] == "lasso",
            example={"method": "lasso"},
            misconception="shrinking_must_cost",
            holds=_lasso_is_unsteady,
        ),
        Mistake(
            "The error is {rmse:.2f}, and that is below {goal:.2f}. Count the columns again: fit "
            "by the lasso, with all {offered} on offer, and look for those without a bar.",
            when=lambda state: state["silenced"] is not None and state["rmse"] < state["goal"],
            example={"method": "ridge", "silenced": 3},
            misconception="shrinking_must_cost",
            holds=lambda state: state["zeros_lasso"] > 0,
        ),
    ]

    learned = [
        Outcome(
            "On {rows} rows ridge predicts better than least squares, {rmse:.2f} against "
            "{rmse_plain:.2f}, with every column kept; the lasso leaves out {zeros_lasso} and "
            "comes to {rmse_lasso:.2f}. With other folds these two may change places; least "
            "squares stays behind. A little bias pays for a lot of steadiness here. Three columns "
            "picked by eye reach {rmse_three:.2f}, and that number has not paid for the picking.",
            holds=lambda state: (
                state["method"] == "ridge"
                and state["rmse"] < state["rmse_lasso"] < state["rmse_plain"]
                and _lasso_leads_leave_one_out()
            ),
        )
    ]

    holds = [
        Claim("does worse", lambda state: state["rmse_mean"] > state["rmse_plain"]),
    ]

    def in_the_lab(self, *, columns: tuple[str, ...], **_: Any) -> LabAddress:
        return LabAddress("highway", "redundancy", {"columns": columns})

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
            "rmse_combined": cv_rmse(PREDICTORS, METHODS[1]),
            "rmse_lasso": cv_rmse(PREDICTORS, "lasso"),
            "rmse_ridge": cv_rmse(PREDICTORS, "ridge"),
            "rmse_three": cv_rmse(THREE, "least squares"),
            "rmse_mean": cv_rmse_of_mean(),
            "first_share": float(share),
            "zeros": int((weights.abs() < 1e-9).sum()),
            "zeros_lasso": int((coefficients(PREDICTORS, "lasso").abs() < 1e-9).sum()),
        }
        facts["verdict"] = "better" if facts["rmse_combined"] < facts["rmse_plain"] else "worse"
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
                "squares with all {offered} by {rmse_plain:.2f}. {zeros} "
                "{zeros:coefficient is|coefficients are} zero.",
                facts,
            ),
        )


_BARS = ("chosen on all rows", "chosen inside each fold", "the mean alone")


def _flatters(state: State) -> bool:
    """Whether noise seems better than the mean, and is worse where each fold chooses."""
    return bool(state["rmse_outside"] < state["rmse_mean"] < state["rmse_inside"])


class Peek(Step):
    """
    ### Choosing before the folds

    {noise} columns of pure noise stand beside the {rows} accident rates. Somebody picks the {best}
    columns with the largest |r|, then cross-validates a regression on those, ten folds, all by the
    book.

    The mean alone errs by {rmse_mean:.2f}. The noise knows nothing of the roads, so on other roads
    no regression on it can be expected to do better than that.
    """

    tables = (HIGHWAY,)

    noise = Slider("Columns of noise", 10, 400, default=20, step=10)
    best = Slider("Keep the best", 1, 8, default=3)
    draw = Seed("Draw", default=9)
    views = ("draw",)
    typical = ("rmse_outside", "rmse_inside", "max_r")

    readings = {
        "chosen on all rows": "{rmse_outside:.2f}",
        "inside each fold": "{rmse_inside:.2f}",
        "the mean": "{rmse_mean:.2f}",
    }

    predict = Predict(
        "{noise} columns of noise, the best {best} chosen on all rows, then cross-validation. Its "
        "verdict on them will be ...",
        choices=[
            Option(
                text="honest: no better than the mean, cross-validation sees to that",
                value="honest",
                tempting=True,
                feedback=(
                    "It judges the regression, which it saw being fitted. It does not judge the "
                    "choice, which was over by then: {rmse_outside:.2f}, where the mean has "
                    "{rmse_mean:.2f}."
                ),
                misconception="chosen_after_looking",
                holds=lambda state: state["rmse_outside"] < state["rmse_mean"],
            ),
            Option(
                text="flattering: clearly better than the mean",
                value="flatters",
                feedback=(
                    "{rmse_outside:.2f}, where the mean has {rmse_mean:.2f}. Every row had its say "
                    "in the choice, the rows to be tested on as well. Chosen anew inside each "
                    "fold, the same recipe errs by {rmse_inside:.2f}."
                ),
                holds=_flatters,
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
                holds=_flatters,
            ),
        ],
        answer=lambda exhibit: exhibit.facts["verdict"],
        answer_at={"noise": 100, "best": 3},
    )

    answers = {"honest": Choice("What other roads would show", _BARS, default=None)}

    task = Task(
        "Fool the judge: make pure noise look better than the mean by {goal:.1f} or more. Then "
        "say which of the three bars tells how that regression would do on other roads.",
        goals=[
            Goal(
                "Chosen on all rows, noise beats the mean by {goal:.1f}: errors are now "
                "{rmse_outside:.2f} and {rmse_mean:.2f}",
                met=lambda state: state["rmse_mean"] - state["rmse_outside"] >= state["goal"],
            ),
            Goal(
                "The bar that tells of other roads is named: now {honest}",
                met=lambda state: state["honest"] == _BARS[1],
            ),
        ],
        solution={"noise": 200, "best": 5, "honest": _BARS[1]},
        hints=[
            "The more columns apply, the better the best of them looks.",
            "On other roads the chosen columns are noise again, and a regression on noise pays "
            "for every coefficient.",
        ],
    )

    mistakes = [
        Mistake(
            "That bar is what fooled the judge: {rmse_outside:.2f}. Every row had its say in the "
            "choice, the rows to be tested on as well.",
            when=lambda state: state["honest"] == _BARS[0],
            example={"noise": 200, "best": 5, "honest": _BARS[0]},
            misconception="chosen_after_looking",
            holds=lambda state: state["rmse_outside"] < state["rmse_inside"],
        ),
        Mistake(
            "{rmse_mean:.2f} is the error without any predictor. A regression on noise is another "
            "model: its coefficients follow the rows that it saw. Chosen inside each fold, it errs "
            "by {rmse_inside:.2f}.",
            when=lambda state: state["honest"] == _BARS[2],
            example={"noise": 200, "best": 5, "honest": _BARS[2]},
            misconception="noise_costs_nothing",
            holds=lambda state: state["rmse_inside"] != state["rmse_mean"],
        ),
        Mistake(
            "{rmse_outside:.2f} against {rmse_mean:.2f}: among {noise} columns the largest |r| is "
            "{max_r:.2f}, by luck alone. Let more columns apply, and keep a few of them.",
            when=lambda state: state["rmse_mean"] - state["rmse_outside"] < state["goal"],
            example={"noise": 100, "best": 1},
            misconception="chosen_after_looking",
        ),
    ]

    learned = [
        Outcome(
            "Choosing is fitting. Of {noise} columns of noise the best {best} err by "
            "{rmse_outside:.2f} if chosen before the folds and by {rmse_inside:.2f} if chosen "
            "inside them, worse than the mean with {rmse_mean:.2f}. Whatever is learned from the "
            "outcome, a choice or a penalty, has to be learned anew in every fold.",
            when=lambda state: state["rmse_inside"] > state["rmse_mean"],
            holds=lambda state: state["rmse_outside"] < state["rmse_mean"],
        ),
        Outcome(
            "Choosing is fitting. Of {noise} columns of noise the best {best} err by "
            "{rmse_outside:.2f} if chosen before the folds. Chosen inside them they err by "
            "{rmse_inside:.2f}, where the mean has {rmse_mean:.2f}: by luck noise can look a "
            "little useful in {rows} rows even to an honest judge. Whatever is learned from the "
            "outcome, a choice or a penalty, has to be learned anew in every fold.",
            holds=lambda state: state["rmse_outside"] < state["rmse_inside"] <= state["rmse_mean"],
        ),
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
            list(_BARS),
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
    {kept_forwards} columns, and it looks like a law. But the first column is never dropped. Why is
    it the first?

    A *logistic model*, a regression for yes or no, then reads the columns that stay; its *accuracy*
    is the share of tumours that it gets right. As the last step demands, each fold orders and drops
    its columns anew, by the rows that it may learn from. The map shows what all rows would keep.
    """

    tables = (BREAST_CANCER,)

    order = Choice("Go through the columns", _ORDERS, default="as in the table")
    threshold = Slider("Drop above |r|", 0.5, 0.95, default=0.8, step=0.05)
    draw = Seed("Shuffle")
    typical = ("kept", "accuracy")

    readings = {
        "columns kept": "{kept}",
        "accuracy": "{accuracy:.1%}",
        "with all": "{accuracy_all:.1%}",
    }

    predict = Predict(
        "Forwards the rule keeps {kept_forwards} of {columns} columns. Backwards, from the last "
        "column to the first, it keeps ...",
        choices=[
            Option(
                text="about as many",
                value="as many",
                tempting=True,
                feedback=(
                    "{kept_backwards}. About as many, and not the same ones: only {both_ways} are "
                    "in both. Each column that stays bars those that go with it, and who comes "
                    "first is different."
                ),
                holds=lambda state: state["both_ways"] < 0.7 * state["kept_forwards"],
            ),
            Option(
                text="exactly the same ones",
                value="same",
                feedback=(
                    "{kept_backwards}, of which {both_ways} are also kept forwards. Each column "
                    "that stays bars those that go with it, and who comes first is different."
                ),
                misconception="pruning_has_one_answer",
                holds=lambda state: state["both_ways"] < state["kept_backwards"],
            ),
            Option(
                text="fewer than half as many: the best ones stand first",
                value="fewer",
                feedback=(
                    "{kept_backwards}. The rule does not ask which are the best, only which come "
                    "first. {both_ways} columns are in both sets."
                ),
                misconception="pruning_has_one_answer",
                holds=lambda state: state["kept_backwards"] >= state["kept_forwards"] / 2,
            ),
        ],
        answer=lambda exhibit: _as_many(exhibit.facts),
        seen_at={"order": "backwards"},
    )

    answers = {"always": Choice("Kept in any order", tuple(BREAST_CANCER.types)[:-1], default=None)}

    task = Task(
        "Find an order that keeps at most {fewer} columns and loses less than one percent of the "
        "accuracy that all {columns} have, where forwards loses {lost:.1%}. Then name a column "
        "that this rule keeps in *any* order.",
        goals=[
            Goal(
                "At most {fewer} columns are kept: now {kept}",
                met=lambda state: state["kept"] <= state["fewer"],
            ),
            Goal(
                "Less than one percent of accuracy is lost: now {lost:.1%}",
                met=lambda state: state["lost"] < 0.01,
            ),
            Goal(
                "The named column has no |r| above {threshold:.2f} with any other: its largest is "
                "now {named_r:.2f}",
                met=lambda state: 0 < state["named_r"] <= state["threshold"],
            ),
        ],
        solution={"order": "backwards", "always": "mean symmetry"},
        hints=[
            "Try the other orders. One of them asks the diagnosis.",
            "What gets a column dropped? One that goes with it and came before. So look for a "
            "column that goes with none.",
        ],
    )

    mistakes = [
        Mistake(
            "Dropped above {threshold:.2f}, {kept} columns stay. At most {fewer} were asked for.",
            when=lambda state: state["kept"] > state["fewer"],
            example={"threshold": 0.95},
            misconception="pruning_has_one_answer",
        ),
        Mistake(
            "{kept} columns, {accuracy:.1%} right against {accuracy_all:.1%} with all. This order "
            "begins with what goes with the diagnosis. What is dropped after it knew something of "
            "its own.",
            when=lambda state: state["lost"] >= 0.01 and state["order"] == _ORDERS[2],
            example={"order": _ORDERS[2], "threshold": 0.7},
            misconception="dropping_is_free",
        ),
        Mistake(
            "{kept} columns, {accuracy:.1%} right against {accuracy_all:.1%} with all. The rule "
            "asks whether columns know each other; it does not ask what they know.",
            when=lambda state: state["lost"] >= 0.01,
            example={"threshold": 0.7},
            misconception="dropping_is_free",
        ),
        Mistake(
            "`{always}` correlates with another column at {named_r:.2f}. If that one is the first "
            "of all, `{always}` has to go.",
            when=lambda state: state["always"] is not None,
            example={"order": "backwards", "always": "mean radius"},
            misconception="pruning_has_one_answer",
            holds=lambda state: state["named_r"] > state["threshold"],
        ),
    ]

    learned = [
        Outcome(
            "{kept} columns get {accuracy:.1%} right, all {columns} {accuracy_all:.1%}. Greedy "
            "pruning depends on the order: {kept_forwards} columns forwards, {kept_backwards} "
            "backwards, {both_ways} in common. `{always}` stays in any order, because nothing "
            "correlates with it above {threshold:.2f}. And a map shows pairs alone: a VIF of "
            "{max_vif:.0f} is left among the columns that stay. This is the end of the part: what "
            "enters a model is part of the model, and is judged with it. A good place to rest.",
            holds=lambda state: (
                # More than any one pair that is left could do.
                state["max_vif"] > 1 / (1 - state["threshold"] ** 2)
                and state["both_ways"] < state["kept_forwards"]
            ),
        )
    ]

    def appraise(
        self,
        exhibit: Exhibit,  # noqa: ARG002
        always: str | None = None,
    ) -> Mapping[str, Fact]:
        return {"named_r": float(strongest_r(_tumours())[always]) if always else 0.0}

    def in_the_lab(self, *, threshold: float, **_: Any) -> LabAddress:
        return LabAddress("breast_cancer", "redundancy", {"threshold": threshold})

    def show(self, order: str, threshold: float, draw: int) -> Exhibit:
        tumours = _tumours()
        kept = _pruned(order, threshold, draw if order == "shuffled" else 0)
        forwards, backwards = (_pruned(name, threshold, 0) for name in _ORDERS[:2])
        everything = tuple(tumours.columns)
        accuracy = _accuracy(order, threshold, draw if order == "shuffled" else 0)
        accuracy_all = _accuracy(_ORDERS[0], 1.0, 0)
        facts = {
            "fewer": 15,
            "columns": len(everything),
            "kept": len(kept),
            "kept_forwards": len(forwards),
            "kept_backwards": len(backwards),
            "both_ways": len(set(forwards) & set(backwards)),
            "common": len(set(kept) & set(forwards)),
            "accuracy": accuracy,
            "accuracy_all": accuracy_all,
            "lost": accuracy_all - accuracy,
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
    """What all rows would keep."""
    return _prune(_tumours(), _malignant(), order, threshold, draw)


def _prune(
    table: pd.DataFrame, malignant: "pd.Series[bool]", order: str, threshold: float, draw: int
) -> tuple[str, ...]:
    names = list(table.columns)
    match order:
        case "backwards":
            names = names[::-1]
        case "by |r| with the diagnosis":
            r = table.corrwith(malignant.astype(float)).abs()
            names = r.sort_values(ascending=False).index.tolist()
        case "shuffled":
            names = np.random.default_rng(draw).permutation(table.columns).tolist()
    return tuple(prune(table, threshold, priority=names).kept)


@lru_cache(maxsize=512)
def _max_vif(columns: tuple[str, ...]) -> float:
    return float(vif(_tumours()[list(columns)]).max())


@lru_cache(maxsize=512)
def _accuracy(order: str, threshold: float, draw: int) -> float:
    """Share of tumours that a logistic model names rightly, in folds that it has not seen.

    Each fold prunes its columns by the rows that it learns from.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    tumours, malignant = _tumours(), _malignant()
    shares = []
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(tumours, malignant):
        known, labels = tumours.iloc[train], malignant.iloc[train]
        kept = list(_prune(known, labels, order, threshold, draw))
        x, new = known[kept].to_numpy(), tumours.iloc[test][kept].to_numpy()
        middle, spread = x.mean(axis=0), x.std(axis=0)
        model = LogisticRegression(solver="newton-cholesky").fit((x - middle) / spread, labels)
        right = model.predict((new - middle) / spread) == malignant.iloc[test].to_numpy()
        shares.append(right.mean())
    return float(np.mean(shares))


def _as_many(facts: Mapping[str, Fact]) -> str:
    forwards, backwards = int(facts["kept_forwards"]), int(facts["kept_backwards"])
    if facts["both_ways"] == forwards == backwards:
        return "same"
    return "fewer" if backwards < forwards / 2 else "as many"
