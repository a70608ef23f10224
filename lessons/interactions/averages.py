"""Averages over the patients instead of one invented row; and all pairs at once."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.interactions.grids import RADIUS, TEXTURE, between, painted, surface_in_the_lab
from lessons.interactions.models import (
    BOOSTING,
    FEATURES,
    FOREST,
    LOGISTIC,
    MODELS,
    STUMPS,
    model,
    ranked,
    strengths,
)
from lessons.tables import BREAST_CANCER, tumours
from lib.charts import Heatmap, Lines
from lib.course import (
    Behind,
    Choice,
    Claim,
    Exhibit,
    Fact,
    Goal,
    LabAddress,
    Mistake,
    Option,
    Outcome,
    Predict,
    Step,
    Task,
    Toggle,
    fill,
    working,
)
from lib.stats import (
    Strengths,
    Surface,
    accumulated_effects,
    individual_curves,
    partial_dependence,
    slice_grid,
)

_SIDE, _ENDS = 15, 8
_SLICE, _AVERAGE, _LOCAL = "slice at the mean", "partial dependence", "accumulated effects"
_CURVES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Which patients are drawn: from the one whose curve moves least to the one who moves most."""

_AREA_POINTS = "worst area × worst concave points"
_PAIRS = {
    f"{first} × {second}": (first, second)
    for first, second in (
        ("mean radius", "mean texture"),
        ("worst area", "worst concave points"),
        ("worst texture", "worst concave points"),
        ("mean perimeter", "worst area"),
        ("concave points error", "symmetry error"),
    )
}


class Averages(Step):
    """
    ### Ask all patients, not one that nobody is

    *Partial dependence* sets the two features of every patient to a cell's values, predicts, and
    takes the mean. No invented row, but still invented patients: {empty:.0%} of its cells have no
    row of the data.

    *Individual curves* leave out the mean: one line a patient, one feature moves. Where the feature
    interacts with nothing, the lines are parallel, on the scale on which effects add up. So say the
    scale first. Logistic regression is a sum in log-odds: there its lines are parallel, and each
    moves by {logistic_log:.1f}. In probability the same lines fan out, from {logistic_least:.2f} to
    {logistic_most:.2f}, because probabilities level off at zero and one.

    *Accumulated effects* move each patient only to the ends of its own bin, and add up the small
    steps.
    """

    tables = (BREAST_CANCER,)

    pair = Choice("Pair", tuple(_PAIRS), default="mean radius × mean texture")
    model = Choice("Model", (FOREST, BOOSTING, STUMPS, LOGISTIC), default=FOREST)
    method = Choice("Map by", (_SLICE, _AVERAGE, _LOCAL), default=_AVERAGE)
    residual = Toggle("Subtract the main effects", default=False)
    views = ("method", "residual")

    readings = {
        "the mean curve moves by": "{mean_swing:.3f}",
        "a patient's by up to": "{largest_swing:.2f}",
    }

    predict = Predict(
        "Gradient boosting: the mean curve of `worst area` moves by {mean_swing:.3f} over the "
        "whole range. And the curves of single patients?",
        choices=[
            Option(
                text="About as little: the mean is made of them",
                value="little",
                tempting=True,
                feedback=(
                    "Most do. {unmoved:.0%} of them move by less than {hardly:.2f}, and one moves "
                    "by {largest_swing:.2f}. A mean over {rows} patients has room for that."
                ),
                misconception="mean_curve_is_everybodys",
                holds=lambda state: state["unmoved"] > 0.5,
            ),
            Option(
                text="Not at all: so small a swing is noise",
                value="none",
                feedback=(
                    "The curve of one patient moves by {largest_swing:.2f}. Where the other "
                    "features leave the class open, the area decides; elsewhere they have decided "
                    "already."
                ),
                misconception="mean_curve_is_everybodys",
                holds=lambda state: state["largest_swing"] > 0.5 and state["unmoved"] > 0.5,
            ),
            Option(
                text="Some move many times as much",
                value="much",
                feedback=(
                    "One by {largest_swing:.2f}, while {unmoved:.0%} move by less than "
                    "{hardly:.2f}. In probability, what the area does depends on the other "
                    "features, and the mean has no way to show it."
                ),
                holds=lambda state: state["unmoved"] > 0.5,
            ),
        ],
        answer=lambda exhibit: (
            "much"
            if float(exhibit.facts["largest_swing"]) > 5 * float(exhibit.facts["mean_swing"])
            else "little"
        ),
        answer_at={"pair": _AREA_POINTS, "model": BOOSTING},
    )

    task = Task(
        "Find a model and a pair whose first feature seems to do nothing and does a lot: its mean "
        "curve moves by less than {hardly:.2f}, a patient's by more than {plenty:.1f}.",
        goals=[
            Goal(
                "The mean curve moves by less than {hardly:.2f}: now by {mean_swing:.2f}",
                met=lambda state: state["mean_swing"] < state["hardly"],
            ),
            Goal(
                "A patient's curve moves by more than {plenty:.1f}: now by {largest_swing:.2f}",
                met=lambda state: state["largest_swing"] > state["plenty"],
            ),
        ],
        solution={"pair": _AREA_POINTS, "model": BOOSTING},
        hints=[
            "Go through the models with one pair, and look at the two numbers of the goals.",
            "A model that is certain of most patients moves few of them.",
        ],
    )

    mistakes = [
        Mistake(
            "The mean curve moves by {mean_swing:.2f} itself. This feature does not look as if it "
            "did nothing, with {largest_swing:.2f} for the most moved patient.",
            when=lambda state: (
                state["mean_swing"] >= state["hardly"] and state["largest_swing"] > state["plenty"]
            ),
            example={"model": LOGISTIC, "pair": _AREA_POINTS},
            misconception="mean_curve_is_everybodys",
        ),
        Mistake(
            "Here it is quiet all over: the most moved patient's curve moves by "
            "{largest_swing:.3f}. The feature does next to nothing in this model.",
            when=lambda state: state["largest_swing"] < state["hardly"],
            example={"model": BOOSTING},
            misconception="every_feature_matters",
            holds=lambda state: (
                state["unmoved"] == 1 and state["mean_swing"] <= state["largest_swing"]
            ),
        ),
        Mistake(
            "The mean moves by {mean_swing:.2f}, the most moved patient by {largest_swing:.2f}. "
            "More than the mean, and not yet more than {plenty:.1f}.",
            when=lambda state: state["largest_swing"] <= state["plenty"],
            example={"pair": _AREA_POINTS},
            misconception="mean_curve_is_everybodys",
            holds=lambda state: state["largest_swing"] > state["mean_swing"],
        ),
    ]

    learned = [
        Outcome(
            "The mean curve moves by {mean_swing:.3f}, a single patient's by {largest_swing:.2f}. "
            "Partial dependence is a mean and hides who differs; individual curves show it; "
            "accumulated effects ask each patient about values near its own. And lines that fan "
            "out in probability may be parallel in log-odds: name the scale.",
            holds=lambda state: state["largest_swing"] > 10 * state["mean_swing"],
        )
    ]

    holds = [
        Claim("there its lines are parallel", lambda state: state["logistic_unlike"] < 1e-6),
        Claim(
            "In probability the same lines fan out",
            lambda state: state["logistic_most"] > state["logistic_least"] + 0.3,
        ),
    ]

    def in_the_lab(self, *, pair: str, model: str, **_: Any) -> LabAddress:
        first, second = _PAIRS[pair]
        return surface_in_the_lab(second, first, model)

    def show(self, pair: str, model: str, method: str, residual: bool) -> Exhibit:
        first, second = _PAIRS[pair]
        surface = _surface(model, method, first, second)
        left = surface.interaction()
        curves = _curves(model, first)
        swings = pd.Series(np.ptp(curves.to_numpy(), axis=0), curves.columns)
        mean = curves.mean(axis=1)
        assert surface.support is not None
        facts: dict[str, Any] = {
            "rows": curves.shape[1],
            "hardly": 0.05,
            "plenty": 0.5,
            "low": float(surface.values.to_numpy().min()),
            "high": float(surface.values.to_numpy().max()),
            "largest": float(left.abs().to_numpy().max()),
            "empty": float((surface.support.rows == 0).to_numpy().mean()),
            "mean_swing": float(np.ptp(mean)),
            "largest_swing": float(swings.max()),
            "unmoved": float((swings < 0.05).mean()),
            **_fanned(first),
        }
        reach = max(0.1, facts["largest"])
        shown = (left if residual else surface.values)[::-1]
        heatmap = painted(
            shown,
            (-reach, reach) if residual else (0, 1),
            method.capitalize(),
            colours="house" if residual else "viridis",
            scale="left over" if residual else "P(benign)",
        )
        return Exhibit(
            figures=(heatmap, _lines(curves, mean, swings)),
            across=2,
            facts=facts,
            table=pd.DataFrame(
                {
                    "mean": mean,
                    "lowest curve": curves.min(axis=1),
                    "highest curve": curves.max(axis=1),
                }
            ).round(3),
            description=fill(
                f"{pair} by {method}, from {{low:.2f}} to {{high:.2f}}; beyond the main effects at "
                f"most {{largest:.4f}}. The mean curve of {first} moves by {{mean_swing:.3f}}, the "
                "curve of one patient by {largest_swing:.2f}.",
                facts,
            ),
        )


@cache
def _surface(name: str, method: str, first: str, second: str) -> Surface:
    """P(benign) with the first feature down and the second across."""
    train, fitted = tumours().train, model(name)
    working(0.9, "Asking the model")
    if method == _LOCAL:
        return accumulated_effects(
            fitted, train, second, first, size=_ENDS, target=1, scale="probability"
        )
    ask = slice_grid if method == _SLICE else partial_dependence
    return ask(
        fitted,
        train,
        second,
        first,
        x_values=between(second, _SIDE),
        y_values=between(first, _SIDE),
        target=1,
        scale="probability",
    )


@cache
def _curves(name: str, feature: str) -> pd.DataFrame:
    """One column a patient; shared, so not to be changed."""
    return individual_curves(
        model(name),
        tumours().train,
        feature,
        x_values=between(feature, _SIDE),
        target=1,
        scale="probability",
    )


@cache
def _fanned(feature: str) -> dict[str, float]:
    """By how much logistic regression moves the patients, on both scales."""
    swings = np.ptp(_curves(LOGISTIC, feature).to_numpy(), axis=0)
    in_log_odds = np.ptp(
        individual_curves(
            model(LOGISTIC),
            tumours().train,
            feature,
            x_values=between(feature, _SIDE),
            target=1,
            scale="log-odds",
        ).to_numpy(),
        axis=0,
    )
    return {
        "logistic_log": float(in_log_odds.mean()),
        "logistic_unlike": round(float(np.ptp(in_log_odds)), 9),
        "logistic_least": round(float(swings.min()), 9),
        "logistic_most": float(swings.max()),
    }


def _lines(curves: pd.DataFrame, mean: "pd.Series[float]", swings: "pd.Series[float]") -> Lines:
    by_swing = swings.sort_values(kind="stable").index
    patients = [by_swing[round(place * (len(by_swing) - 1))] for place in _CURVES]
    values = pd.DataFrame(
        {"mean": mean, **{f"patient {patient}": curves[patient] for patient in patients}}
    )
    return Lines(
        values,
        title="Single patients",
        y="P(benign)",
        low=curves.quantile(0.05, axis=1).to_frame("mean"),
        high=curves.quantile(0.95, axis=1).to_frame("mean"),
    )


def _stretch(place: int) -> str:
    if place <= 10:
        return "top"
    return "hundred" if place <= 100 else "beyond"


_BACKGROUNDS = {"all 398 rows": 398, "100 rows": 100, "50 rows": 50}
_H, _RMS = "H", "rms"
_NO_PAIR, _MAPPED = "none", "mean radius × mean texture"


class Pairs(Step):
    """
    ### Every pair at once

    *Friedman's H* asks of a pair: how much of what the two do is done only together? It is a ratio,
    and zero where their effects add up. The *rms* beside it is its numerator alone, in plain units,
    here probability.

    Trees need no predictions for this. It can be counted in their leaves, exactly, for all
    {pairs} pairs at once. Click a cell, and its surface opens.
    """

    tables = (BREAST_CANCER,)

    model = Choice("Model", MODELS, default=FOREST)
    rank = Choice("Cells show", (_H, _RMS), default=_H)
    background = Choice("Averaged over", tuple(_BACKGROUNDS), default="all 398 rows")

    readings = {
        "highest H": "{highest_h:.3f}",
        "largest rms": "{strongest_rms:.4f}",
    }

    predict = Predict(
        "The recipe mapped `mean radius` × `mean texture`. By rms, which place does this pair have "
        "among {pairs}?",
        choices=[
            Option(
                text="Among the first ten: that is why it was chosen",
                value="top",
                tempting=True,
                feedback=(
                    "The two are the first columns of the table. By rms they are at place "
                    "{mapped_rank} of {pairs}: {mapped_rms:.4f} in probability, against "
                    "{strongest_rms:.4f} for the strongest."
                ),
                misconception="shown_pair_is_strong",
                holds=lambda state: state["mapped_rank"] > 10,
            ),
            Option(
                text="Further down, but among the first hundred",
                value="hundred",
                feedback=(
                    "It is place {mapped_rank}, with {mapped_rms:.4f} in probability. The two are "
                    "the first columns of the table."
                ),
                misconception="shown_pair_is_strong",
                holds=lambda state: (
                    state["mapped_rank"] > 100 and state["mapped_rms"] < state["strongest_rms"]
                ),
            ),
            Option(
                text="Beyond the first hundred",
                value="beyond",
                feedback=(
                    "Place {mapped_rank}, with {mapped_rms:.4f} in probability. The strongest pair "
                    "has {strongest_rms:.4f}. A map is drawn as easily for the one as for the "
                    "other."
                ),
                holds=lambda state: (
                    state["mapped_rank"] > 100 and state["mapped_rms"] < state["strongest_rms"]
                ),
            ),
        ],
        answer=lambda exhibit: _stretch(int(exhibit.facts["mapped_rank"])),
        seen_at={"rank": "rms"},
    )

    answers = {
        "first": Choice("Strongest pair: one", FEATURES, default=None),
        "second": Choice("Strongest pair: other", FEATURES, default=None),
    }

    task = Task(
        "Name the pair that does most together, in the forest or in any model that interacts, with "
        "that ranking on the screen: by how much, and not by what share.",
        goals=[
            Goal(
                "The cells show how much pairs do together, and not a share: now {rank}",
                met=lambda state: state["rank"] == _RMS,
            ),
            Goal(
                "The pair that does most together is named: now {named}",
                met=lambda state: (
                    state["named"] == state["strongest"] and state["named"] != _NO_PAIR
                ),
            ),
        ],
        solution={"rank": _RMS, "first": "worst area", "second": "worst concave points"},
        hints=[
            "A ratio is large when its denominator is small. Which of the two is no ratio?",
            "Cells show rms; the cell with the largest is the pair.",
        ],
    )

    mistakes = [
        Mistake(
            "No pair stands out: every H is {highest_h:.0f}. In {scale} this model is a sum of "
            "functions of single features.",
            when=lambda state: state["strongest"] == _NO_PAIR,
            holds=lambda state: state["highest_h"] == 0,
            example={"model": STUMPS},
            misconception="every_model_interacts",
        ),
        Mistake(
            "It has the highest H, {named_h:.3f}, and an rms of {named_rms:.4f}: place "
            "{named_rank}. H divides by what the two do in all, and where that is little, H is "
            "easily high. The strongest by rms has {strongest_rms:.4f}.",
            when=lambda state: (
                state["named"] == state["highest"] and state["named"] != state["strongest"]
            ),
            example={"first": "concave points error", "second": "symmetry error"},
            misconception="highest_h_is_strongest",
            holds=lambda state: state["named_rms"] < state["strongest_rms"],
        ),
        Mistake(
            "The pair that the recipe maps: rms {named_rms:.4f}, place {named_rank} of {pairs}.",
            when=lambda state: state["named"] == _MAPPED,
            example={"first": "mean radius", "second": "mean texture"},
            misconception="shown_pair_is_strong",
            holds=lambda state: state["named_rms"] < state["strongest_rms"],
        ),
        Mistake(
            "{named}: rms {named_rms:.4f}, place {named_rank} of {pairs}. There is a stronger one.",
            when=lambda state: state["named"] not in (_NO_PAIR, state["strongest"]),
            holds=lambda state: state["named_rms"] < state["strongest_rms"],
            example={"first": "worst radius", "second": "worst concave points"},
            misconception="highest_h_is_strongest",
        ),
        Mistake(
            "You named {first} twice. What one feature does by itself, however sharply, is no "
            "interaction: it takes another. The map has {pairs} pairs of two.",
            when=lambda state: state["first"] is not None and state["first"] == state["second"],
            example={"first": "worst area", "second": "worst area"},
            misconception="sharp_is_interaction",
            holds=lambda state: state["named"] == _NO_PAIR,
        ),
        Mistake(
            "That is the pair. But the map on the screen shows H, where it has {named_h:.3f} and "
            "others have up to {highest_h:.3f}. Show what you ranked by.",
            when=lambda state: state["named"] == state["strongest"],
            example={"first": "worst area", "second": "worst concave points"},
            misconception="highest_h_is_strongest",
            holds=lambda state: state["named_h"] < state["highest_h"],
        ),
    ]

    learned = [
        Outcome(
            "Strongest by rms: {strongest}, {strongest_rms:.4f} in {scale}. Highest H: "
            "{highest}, {highest_h:.3f}, at an rms of {highest_rms:.4f}. Rank by rms, show H "
            "beside it. The pair that the recipe maps is number {mapped_rank} of {pairs}.",
            holds=lambda state: state["highest_rms"] <= state["strongest_rms"],
        )
    ]

    def in_the_lab(self, *, model: str, **_: Any) -> LabAddress:
        return surface_in_the_lab(TEXTURE, RADIUS, model)

    def show(self, model: str, rank: str, background: str) -> Exhibit:
        found, pairs = _found(model, background)
        does_nothing = not pairs["rms"].any()
        strongest = _NO_PAIR if does_nothing else str(pairs.index[0])
        highest = _NO_PAIR if does_nothing else str(pairs["h"].idxmax())
        facts: dict[str, Any] = {
            "rows": found.n,
            "pairs": len(pairs),
            "scale": found.scale,
            "strongest": strongest,
            "highest": highest,
            **_facts_of("strongest", pairs, strongest),
            **_facts_of("highest", pairs, highest),
            **_facts_of("mapped", pairs, _MAPPED),
        }
        return Exhibit(
            figures=(_pairs_map(pairs, rank, found.scale),),
            facts=facts,
            table=pairs[["h", "rms", "max"]].head(20).round(4),
            description=fill(
                f"{rank} of {{pairs}} pairs of features. Strongest by rms is {{strongest}} with "
                "{strongest_rms:.4f}; the highest H is {highest_h:.3f}, of {highest}.",
                facts,
            ),
            behind=_pair_opener(model, found, pairs),
        )

    def appraise(
        self, exhibit: Exhibit, first: str | None = None, second: str | None = None
    ) -> dict[str, Fact]:
        _, pairs = _found(str(exhibit.setting["model"]), str(exhibit.setting["background"]))
        named = _named(pairs, first, second)
        return {"named": named, **_facts_of("named", pairs, named)}


@cache
def _found(name: str, background: str) -> tuple[Strengths, pd.DataFrame]:
    """The strengths of a model's pairs, and the same in a row a pair."""
    found = strengths(name, _BACKGROUNDS[background])
    return found, ranked(found)


def _facts_of(role: str, pairs: pd.DataFrame, pair: str) -> dict[str, Fact]:
    rms, h, place = _measured(pairs, pair)
    return {f"{role}_rms": rms, f"{role}_h": h, f"{role}_rank": place}


def _measured(pairs: pd.DataFrame, pair: str) -> tuple[float, float, int]:
    """Of a pair its rms, its H and its place by rms; nothing of no pair."""
    if pair == _NO_PAIR:
        return 0.0, 0.0, 0
    rms, h = (float(pairs[measure][pair]) for measure in ("rms", "h"))
    return rms, h, int((pairs["rms"] > rms).sum()) + 1


def _named(pairs: pd.DataFrame, first: str | None, second: str | None) -> str:
    """The pair in the model's order, whichever of the two was named first."""
    for name in (f"{first} × {second}", f"{second} × {first}"):
        if name in pairs.index:
            return name
    return _NO_PAIR


def _pairs_map(pairs: pd.DataFrame, rank: str, scale: str) -> Heatmap:
    """Each pair once, below the diagonal."""
    values = pairs.pivot_table(rank.lower(), "y", "x").reindex(
        index=list(FEATURES[1:]), columns=list(FEATURES[:-1])
    )
    return Heatmap(
        values,
        limits=(0, float(pairs[rank.lower()].max()) or 1.0),
        colours="viridis",
        hidden=values.isna(),
        decimals=None,
        title="Friedman's H" if rank == _H else f"rms, in {scale}",
        scale=rank,
    )


def _pair_opener(name: str, found: Strengths, pairs: pd.DataFrame) -> Callable[[str, str], Behind]:
    def open_pair(row: str, column: str) -> Behind:
        surface = partial_dependence(model(name), tumours().train, column, row, size=12, target=1)
        pair = _named(pairs, row, column)
        rms, h, place = _measured(pairs, pair)
        sentence = (
            f"H = {h:.3f}, rms {rms:.4f} and at most {pairs['max'][pair]:.4f} in {found.scale}: "
            f"place {place} of {len(pairs)}. Partial dependence over all rows."
        )
        return Behind(painted(surface.values[::-1], None, scale=surface.scale), sentence)

    return open_pair
