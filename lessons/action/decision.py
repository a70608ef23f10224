"""The decision: what to keep, how to fit it, what for, and why."""

from typing import Any

import pandas as pd

from lessons.action.cross_validation import (
    GROUP,
    METHODS,
    coefficients,
    cv_rmse,
    cv_rmse_of_mean,
    first_component,
)
from lessons.action.tables import PREDICTORS, triangle, without
from lessons.tables import HIGHWAY, highway
from lib.charts import Bars
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
    Report,
    State,
    Step,
    Task,
    fill,
)
from lib.course.behind import pair_behind
from lib.stats import vif

_PURPOSES = {"predict": "little error elsewhere", "explain": "readable coefficients"}
"""What it is for, and the reason that belongs to it."""

_REASONS = (
    "readable coefficients",
    "little error elsewhere",
    "no strong pairs left",
    "the best fit here",
)
_READABLE = METHODS[:2]
_GOAL, _LIMIT = 1.35, 5


class Decide(Step):
    """
    ### Your decision

    The map has said what it can: who goes with whom. It does not say what to do, because it does
    not know what for.

    Two people ask you. One wants to *predict* the accident rate of other sections. The error of the
    mean is {rmse_mean:.2f}; below {goal:.2f} is worth having. The other wants to *explain* which
    features of a road go with accidents. That takes plain coefficients, a VIF below {limit} for
    each, and no more error than all {offered} by least squares make, {rmse_plain:.2f}.

    Serve one of them. Then download the page with your reasons on it.
    """

    tables = (HIGHWAY,)

    purpose = Choice("What for", tuple(_PURPOSES), default=None)
    columns = Columns("Predictors to keep", PREDICTORS, default=PREDICTORS)
    method = Choice("Fit by", METHODS, default="least squares")
    reason = Choice("Because of", _REASONS, default=None)

    readings = {
        "error": "{rmse:.2f}",
        "largest VIF": "{max_vif:.2f}",
        "predictors": "{kept}",
    }

    predict = Predict(
        "To predict other sections, the best of these three is ...",
        choices=[
            Option(
                text="least squares without `adt`: no VIF above {limit} is left",
                value="without adt",
                feedback=(
                    "It errs by {rmse_without_adt:.2f}, hardly better than all {offered} with "
                    "{rmse_plain:.2f}. A low VIF is for reading coefficients. Ridge with "
                    "everything errs by {rmse_ridge:.2f}."
                ),
                misconception="collinearity_spoils_prediction",
                holds=lambda state: 0 < state["rmse_plain"] - state["rmse_without_adt"] < 0.1,
            ),
            Option(
                text="ridge with all {offered}, a VIF of {adt_vif:.1f} among them",
                value="ridge",
                tempting=True,
                feedback=(
                    "{rmse_ridge:.2f}, against {rmse_without_adt:.2f} for least squares without "
                    "`adt`. Nobody has to read these coefficients; they have to work."
                ),
                holds=lambda state: state["rmse_ridge"] < state["rmse_without_adt"],
            ),
            Option(
                text="least squares with all {offered}: nothing is lost that way",
                value="plain",
                feedback=(
                    "Nothing is lost, and nothing is held back: {rmse_plain:.2f}. Ridge with the "
                    "same columns errs by {rmse_ridge:.2f}."
                ),
                misconception="one_map_one_decision",
                holds=lambda state: state["rmse_ridge"] < state["rmse_plain"],
            ),
        ],
        answer=lambda exhibit: exhibit.facts["best"],
        seen_at={"method": "ridge"},
    )

    task = Task(
        "Choose a purpose, then predictors and a fit that serve it, and the reason that belongs to "
        "it.",
        goals=[
            Goal(
                "Predictors and fit serve the purpose: the error is now {rmse:.2f}, the largest "
                "VIF {max_vif:.2f}",
                met=lambda state: state["serves"],
            ),
            Goal(
                "The reason belongs to the purpose: now {reason}",
                met=lambda state: state["reason_fits"],
            ),
        ],
        solution={
            "purpose": "explain",
            "columns": without(PREDICTORS, "adt"),
            "reason": "readable coefficients",
        },
        hints=[
            "Begin with what for. Everything else follows from that.",
            "To predict: which fit had the smallest error with every column on offer?",
            "To explain: one predictor fewer brought every VIF below {limit}, in an earlier step.",
        ],
    )

    mistakes = [
        Mistake(
            "For whom? {kept} predictors, a VIF of {max_vif:.1f} and an error of {rmse:.2f} are "
            "good or bad only for a purpose. Choose that first.",
            when=lambda state: state["purpose"] is None,
            example={"columns": without(PREDICTORS, "adt")},
            misconception="one_map_one_decision",
        ),
        Mistake(
            "To predict, the error counts, and it is {rmse:.2f}; {goal:.2f} was the aim. That the "
            "largest VIF is {max_vif:.1f} neither helps nor hurts here.",
            when=lambda state: state["purpose"] == "predict" and not state["serves"],
            holds=lambda state: state["rmse"] >= state["goal"],
            example={
                "purpose": "predict",
                "columns": without(PREDICTORS, "adt"),
            },
            misconception="collinearity_spoils_prediction",
        ),
        Mistake(
            "With {method} the error is {rmse:.2f}. But it bends coefficients towards zero on "
            "purpose. What is read off them is partly the penalty.",
            when=lambda state: state["purpose"] == "explain" and not state["is_readable"],
            example={"purpose": "explain", "method": "ridge"},
            misconception="one_map_one_decision",
            holds=lambda state: state["method"] in ("ridge", "lasso"),
        ),
        Mistake(
            "A VIF of {max_vif:.1f} is left. Who reads these coefficients reads columns that share "
            "the credit for one story.",
            when=lambda state: state["purpose"] == "explain" and state["max_vif"] >= _LIMIT,
            example={"purpose": "explain"},
            misconception="vif_belongs_to_a_column",
        ),
        Mistake(
            "No VIF exceeds {max_vif:.2f}, and the error has grown to {rmse:.2f}, beyond "
            "{rmse_plain:.2f}. With {kept} left, what matters went too.",
            when=lambda state: state["purpose"] == "explain" and not state["serves"],
            holds=lambda state: state["rmse"] > state["rmse_plain"],
            example={"purpose": "explain", "columns": ("trks", "lwid")},
            misconception="dropping_is_free",
        ),
        Mistake(
            "The numbers serve: error {rmse:.2f}, largest VIF {max_vif:.1f}. Now the reason. It is "
            "what the person who asked gets from it. A rule of thumb is no reason, and a fit to "
            "the sections at hand says little about others.",
            when=lambda state: not state["reason_fits"],
            example={
                "purpose": "predict",
                "method": "ridge",
                "reason": "the best fit here",
            },
            misconception="one_map_one_decision",
            holds=lambda state: state["serves"],
        ),
    ]

    learned = [
        Outcome(
            "First what for, then which columns. You explain, and {combined} columns enter as one "
            "component, so they have no coefficients of their own any more. Of the {terms} terms "
            "of the model none has a VIF above {max_vif:.2f}. The error is {rmse:.2f}; ridge with "
            "all {offered}, for predicting, errs by {rmse_ridge:.2f}.",
            when=lambda state: _explains(state) and state["combined"] > 1,
            holds=lambda state: state["max_vif"] < state["limit"],
        ),
        Outcome(
            "First what for, then which columns. You explain, with {kept} predictors of which none "
            "has a VIF above {max_vif:.2f}, at an error of {rmse:.2f}. If you chose them after "
            "looking at these sections, that number flatters. To predict you might keep all "
            "{offered} under ridge, {rmse_ridge:.2f}, where nobody chose, and read none of them.",
            when=lambda state: _explains(state),
            holds=lambda state: (
                state["max_vif"] < state["limit"] and state["terms"] == state["kept"]
            ),
        ),
        Outcome(
            "First what for, then which columns. You predict, with all {offered} predictors and "
            "{method}: an error of {rmse:.2f}, and a largest VIF of {max_vif:.1f} that troubles "
            "nobody. To explain, one of `adt` and `itg` would have to go, or the two become one.",
            when=lambda state: state["kept"] == state["offered"],
            holds=lambda state: state["max_vif"] > 5 and _one_of_two_is_enough(),
        ),
        Outcome(
            "First what for, then which columns. You predict, with {kept} predictors and {method}: "
            "an error of {rmse:.2f}. They were chosen after looking at these sections, so that "
            "number flatters. Ridge with all {offered}, where nobody chose, errs by "
            "{rmse_ridge:.2f}.",
            holds=lambda state: state["kept"] < state["offered"],
        ),
    ]

    holds = [
        Claim("is worth having", lambda state: state["goal"] < state["rmse_plain"]),
        Claim(
            "one predictor fewer brought every VIF below",
            lambda state: state["max_vif_without_adt"] < state["limit"],
        ),
    ]

    def in_the_lab(self, *, columns: tuple[str, ...], **_: Any) -> LabAddress:
        return LabAddress("highway", "redundancy", {"columns": columns})

    def show(
        self, purpose: str | None, columns: tuple[str, ...], method: str, reason: str | None
    ) -> Exhibit:
        factors = _factors(columns, method)
        facts = _decision_facts(columns, method, factors)
        facts["reason_fits"] = purpose is not None and reason == _PURPOSES[purpose]
        facts["serves"] = _serves(purpose, facts)
        errors = pd.DataFrame(
            {"error": [facts["rmse"], facts["rmse_ridge"], facts["rmse_plain"]]},
            ["yours", "ridge, all", "least squares, all"],
        )
        chart = triangle(highway()[list(columns)], "The predictors that are kept")
        numbers = _numbers(columns, method, factors)
        return Exhibit(
            figures=(
                Bars(errors, title="Error, unseen roads", x="", marks={"aim": _GOAL}),
                Bars(factors.to_frame("VIF"), title="VIF", x="", marks={"alarm": _LIMIT}),
                chart,
            ),
            facts=facts,
            table=numbers,
            description=fill(
                f"{{kept}} predictors fitted by {method}. The largest VIF is {{max_vif:.2f}}, the "
                "cross-validated error {rmse:.2f}, where ridge with all has {rmse_ridge:.2f}.",
                facts,
            ),
            behind=pair_behind(highway(), "sections"),
            report=(
                Report(
                    title="What to do with the highway's predictors",
                    lines=_lines(facts, purpose, columns, method, reason),
                    chart=chart,
                    table=numbers,
                )
                if purpose and reason
                else None
            ),
        )


def _decision_facts(
    columns: tuple[str, ...], method: str, factors: "pd.Series[float]"
) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "offered": len(PREDICTORS),
        "kept": len(columns),
        "terms": len(factors),
        "combined": len(columns) - len(factors) + 1,
        "goal": _GOAL,
        "limit": _LIMIT,
        "max_vif": float(factors.max()),
        "adt_vif": float(vif(highway()[list(PREDICTORS)])["adt"]),
        "max_vif_without_adt": float(_factors(without(PREDICTORS, "adt"), METHODS[0]).max()),
        "is_readable": method in _READABLE,
        "rmse": cv_rmse(columns, method),
        "rmse_plain": cv_rmse(PREDICTORS, "least squares"),
        "rmse_ridge": cv_rmse(PREDICTORS, "ridge"),
        "rmse_ridge_without_adt": cv_rmse(without(PREDICTORS, "adt"), "ridge"),
        "rmse_without_adt": cv_rmse(without(PREDICTORS, "adt"), "least squares"),
        "rmse_mean": cv_rmse_of_mean(),
    }
    rivals = {"ridge": "rmse_ridge", "without adt": "rmse_without_adt", "plain": "rmse_plain"}
    facts["best"] = min(rivals, key=lambda name: float(facts[rivals[name]]))
    facts["lost"] = facts["rmse"] - facts["rmse_ridge"]
    return facts


def _one_of_two_is_enough() -> bool:
    """Whether no VIF reaches the alarm without adt, without itg, or with them combined."""
    plain, combined = METHODS[:2]
    ways = [(without(PREDICTORS, name), plain) for name in ("adt", "itg")]
    return all(_factors(*way).max() < _LIMIT for way in [*ways, (PREDICTORS, combined)])


def _explains(state: State) -> bool:
    return bool(state["purpose"] == "explain")


def _serves(purpose: str | None, facts: dict[str, Any]) -> bool:
    """Whether the numbers do what the purpose asks."""
    if purpose == "predict":
        return bool(facts["rmse"] < _GOAL)
    is_safe = facts["max_vif"] < _LIMIT and facts["rmse"] <= facts["rmse_plain"]
    return bool(purpose == "explain" and facts["is_readable"] and is_safe)


def _factors(columns: tuple[str, ...], method: str) -> "pd.Series[float]":
    """The VIF of each column that enters the regression: of the component where some combine."""
    table = highway()[list(columns)]
    inside = [name for name in columns if name in GROUP]
    if method == METHODS[1] and len(inside) > 1:
        trio = (table[inside] - table[inside].mean()) / table[inside].std()
        direction, _ = first_component(trio.to_numpy())
        table = table.drop(columns=inside)
        table.insert(0, " + ".join(inside), trio.to_numpy() @ direction)
    return vif(table) if table.shape[1] > 1 else pd.Series(1.0, table.columns)


def _numbers(columns: tuple[str, ...], method: str, factors: "pd.Series[float]") -> pd.DataFrame:
    """The table of the page: VIF, and the effect of one standard deviation on the rate."""
    names = list(dict.fromkeys([*factors.index, *columns]))
    return pd.DataFrame(
        {"VIF": factors.reindex(names), "effect": coefficients(columns, method).reindex(names)}
    ).round(2)


def _lines(
    facts: dict[str, Any],
    purpose: str,
    columns: tuple[str, ...],
    method: str,
    reason: str,
) -> list[str]:
    left_out = [name for name in PREDICTORS if name not in columns]
    lines = [
        f"Purpose: to {purpose} the accident rate of highway sections.",
        f"Decision: keep {', '.join(columns)}"
        + (f"; leave out {', '.join(left_out)}" if left_out else "")
        + f". Fit by {method}.",
        f"Reason: {reason}.",
        fill(
            "Numbers: the largest VIF is {max_vif:.2f}. Cross-validated, ten folds, twenty times, "
            "the error is {rmse:.2f} accidents per million vehicle miles; least squares with all "
            "{offered} predictors has {rmse_plain:.2f}, ridge {rmse_ridge:.2f}, the mean alone "
            "{rmse_mean:.2f}.",
            facts,
        ),
        fill("What it costs, against ridge with everything: {lost:+.2f}.", facts),
    ]
    if left_out:
        lines.append(
            "The predictors were chosen after looking at these sections. The error has not paid "
            "for that: it is exploratory until other sections confirm it."
        )
    lines.append(
        "The sections were observed, not assigned: what goes with the rate need not cause it."
        if facts["serves"]
        else "These numbers do not serve the purpose yet."
    )
    return lines
