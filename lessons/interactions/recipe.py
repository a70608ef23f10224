"""The popular recipe: run as it stands, then taken apart."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.interactions.grids import (
    BENIGN,
    FILLS,
    MALIGNANT,
    MEAN,
    MEDIAN,
    RADIUS,
    SIDE,
    TEXTURE,
    filler,
    painted,
    recipe_map,
    surface_in_the_lab,
    to_nearest,
)
from lessons.interactions.models import FOREST, Floats, model
from lessons.tables import BREAST_CANCER, tumours
from lib.course import (
    Band,
    Choice,
    Estimate,
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
    Option,
    Outcome,
    Predict,
    State,
    Step,
    Task,
    Toggle,
    fill,
)

_AREA = "worst area"
_OWN, _FIXED = "the map's own", "0 to 1"


class Recipe(Step):
    """
    ### The recipe, as it stands

    A popular recipe promises *feature interaction heatmaps*. Fit a forest of {trees} trees to the
    breast cancer table. Lay a grid of {side} × {side} over `mean radius` and `mean texture`. Hold
    the other {held} features at their mean, predict, and paint `predict_proba[:, 1]`.

    It runs, and the forest is good: {accuracy:.1%} of the test tumours right. The map has
    patches and edges, and its readers are told that these are the interaction. How much of it is?
    """

    tables = (BREAST_CANCER,)

    limits = Choice("Colours run over", (_OWN, _FIXED), default=_OWN)
    residual = Toggle("Subtract the main effects", default=False)

    readings = {
        "interaction": "{percent:.2f} %",
        "the map": "{low:.2f} to {high:.2f}",
        "colours": "{limits}",
    }

    predict = Estimate(
        "The map's variance: rows and columns account for some of it, the interaction is the "
        "rest. What per cent is interaction?",
        low=0,
        high=100,
        step=1,
        tolerance=2,
        feedback=(
            "{percent:.2f} %, to be exact. The patches are steps of single features: radius moves "
            "the map by {radius_effect:.3f}, texture by {texture_effect:.3f}, and the two together "
            "by {largest:.4f} at most beyond that."
        ),
        bands=[
            Band(
                low=0,
                high=20,
                feedback=(
                    "Less still: {percent:.2f} %. No cell departs by more than {largest:.4f} from "
                    "what its row and its column say."
                ),
                misconception="map_is_interaction",
                holds=lambda state: state["percent"] < max(state["value"], 2),
            ),
            Band(
                low=20,
                high=101,
                feedback=(
                    "So the name of the map suggests. It is {percent:.2f} %. What you see is two "
                    "main effects, added: from row to row the prediction moves by up to "
                    "{radius_effect:.3f} on average, from column to column by up to "
                    "{texture_effect:.3f}."
                ),
                misconception="map_is_interaction",
                holds=lambda state: (
                    state["percent"] < 1
                    and state["largest"] < min(state["radius_effect"], state["texture_effect"])
                ),
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["percent"]),
        shown_as="{value:.0f} %",
    )

    task = Task(
        "Paint it honestly: colours that run over all a probability can be, and beside the map "
        "what is left without the main effects.",
        goals=[
            Goal(
                "The colours run over all that a probability can be",
                met=lambda state: state["limits"] == _FIXED,
            ),
            Goal(
                "What is left without the main effects stands beside the map",
                met=lambda state: state["residual"],
            ),
        ],
        solution={"limits": _FIXED, "residual": True},
        hints=[
            "A probability has limits of its own. Which?",
            "Subtract, and compare the two pictures on the same scale.",
        ],
    )

    mistakes = [
        Mistake(
            "Something is left, it seems. But the colours stretch from −{largest:.4f} to "
            "{largest:.4f} now. On colours of their own, even such small numbers look large.",
            when=lambda state: state["residual"],
            example={"residual": True},
            misconception="autoscale_is_neutral",
            holds=lambda state: state["limits"] == _OWN and state["largest"] < 0.01,
        ),
        Mistake(
            "Over all that a probability can be, the map is nearly one colour: {low:.2f} to "
            "{high:.2f}, and all {benign_cells:,} cells call benign. What of that is interaction? "
            "Subtract.",
            when=lambda state: state["limits"] == _FIXED,
            example={"limits": _FIXED},
            misconception="map_is_interaction",
            holds=lambda state: (
                state["benign_cells"] == state["side"] ** 2 and state["high"] - state["low"] < 0.25
            ),
        ),
    ]

    learned = [
        Outcome(
            "The interaction heatmap is {percent:.2f} % interaction ({percent_log_odds:.2f} % in "
            "log-odds). Its colours span {low:.2f} to {high:.2f}; of {patients} test patients "
            "{between} have such a probability, and {decided} have one below {sure_no:.1f} or "
            "above {sure_yes:.1f}.",
            holds=lambda state: state["percent"] < 1 and state["between"] < state["decided"],
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        return surface_in_the_lab(TEXTURE, RADIUS)

    def show(self, limits: str, residual: bool) -> Exhibit:
        surface = recipe_map(MEAN, RADIUS)
        values, left = surface.values, surface.interaction()
        largest = float(left.abs().to_numpy().max())
        low, high = float(values.to_numpy().min()), float(values.to_numpy().max())
        own = limits == _OWN
        figures = [painted(values, None if own else (0, 1), "Prediction")]
        if residual:
            reach = largest if own else 0.5
            figures.append(
                painted(
                    left, (-reach, reach), "Main effects gone", colours="house", scale="left over"
                )
            )
        facts: dict[str, Any] = {
            "trees": 200,
            "side": SIDE,
            "held": tumours().train.shape[1] - 2,
            "low": low,
            "high": high,
            "percent": 100 * surface.interaction_share,
            "percent_log_odds": 100 * surface.on_log_odds().interaction_share,
            "largest": largest,
            "radius_effect": float(np.ptp(values.mean(axis=1))),
            "texture_effect": float(np.ptp(values.mean(axis=0))),
            "benign_cells": int((values > 0.5).to_numpy().sum()),
            "sure_no": 0.1,
            "sure_yes": 0.9,
            **_test_facts(low, high),
        }
        return Exhibit(
            figures=tuple(figures),
            across=2,
            facts=facts,
            table=(left if residual else values).iloc[::7, ::7].round(4),
            description=fill(
                "Predicted probability of benign over radius and texture, from {low:.2f} to "
                "{high:.2f}. Without the main effects of row and column no cell is farther from "
                "zero than {largest:.4f}.",
                facts,
            ),
        )


def _test_facts(low: float, high: float) -> dict[str, Any]:
    """How the forest does on patients it has not seen."""
    p = _test_probabilities()
    benign = tumours().test_benign.to_numpy()
    return {
        "accuracy": float(((p > 0.5) == (benign == 1)).mean()),
        "patients": len(p),
        "between": int(((p >= low) & (p <= high)).sum()),
        "decided": int(((p < 0.1) | (p > 0.9)).sum()),
    }


@cache
def _test_probabilities() -> Floats:
    found: Floats = model(FOREST).predict_proba(tumours().test)[:, 1]
    return found


_PAIRS = {f"{RADIUS} × {TEXTURE}": RADIUS, f"{_AREA} × {TEXTURE}": _AREA}
_SECOND, _FIRST = "[:, 1]", "[:, 0]"


def _fits_by_luck_alone(_state: State) -> bool:
    """Whether a grid that begins with its two features fits for radius and not for area."""
    return _message(RADIUS) == "" and _message(_AREA) != ""


class Orientation(Step):
    """
    ### Which way is up, and who is class one

    Three things that the recipe never says.

    *Rows.* A heatmap draws its first row at the top. Here that is the smallest radius,
    {top:.2f}; in the usual diagram of radius against texture it is at the bottom.

    *Class.* `predict_proba` has a column per class, in the order of `classes_`. The map shows one
    of them.

    *Columns.* The grid's columns must stand in the order of the fit. For radius and texture they
    do, by luck: these are the table's first two.
    """

    tables = (BREAST_CANCER,)

    pair = Choice("Pair", tuple(_PAIRS), default=f"{RADIUS} × {TEXTURE}")
    ordered = Toggle("grid[X.columns]", default=False)
    column = Choice("predict_proba", (_SECOND, _FIRST), default=_SECOND)
    invert = Toggle("invert_yaxis()", default=False)

    readings = {
        "shown": "P({shown})",
        "at the top": "{top:.1f}",
        "at the bottom": "{bottom:.1f}",
    }

    predict = Predict(
        "In this table `target` is zero or one, and its names are, in this order, *malignant* and "
        "*benign*. `predict_proba(grid)[:, 1]` is the probability of ...",
        choices=[
            Option(
                text="malignant: class one is what one looks for",
                value="malignant",
                feedback=(
                    "In many medical tables it is. Here zero is malignant ({malignant} tumours) "
                    "and one is {ones} ({benign}). A map read the other way round sends the wrong "
                    "people home."
                ),
                misconception="class_one_is_the_disease",
                holds=lambda state: state["ones"] == "benign",
            ),
            Option(
                text="benign",
                value="benign",
                tempting=True,
                feedback=(
                    "Counted from zero, the second name: {benign} tumours have a one. Look up "
                    "`model.classes_` before you name a colour bar."
                ),
            ),
            Option(
                text="whichever class the model predicts",
                value="predicted",
                feedback=(
                    "That would be the row's maximum. `[:, 1]` is one column, of one class, here "
                    "{ones}, also where the model calls the other."
                ),
                misconception="class_one_is_the_disease",
                holds=lambda state: state["ones"] == "benign",
            ),
        ],
        answer=lambda exhibit: str(exhibit.facts["ones"]),
    )

    task = Task(
        "Map `worst area` × `mean texture`: the probability of *malignant*, with the small areas "
        "at the bottom.",
        goals=[
            Goal(
                "`worst area` is on the vertical axis",
                met=lambda state: state["first"] == _AREA,
            ),
            Goal(
                "Nothing stops with an error",
                met=lambda state: not state["message"],
            ),
            Goal(
                "The probability is that of *malignant*: now it is {mean_shown:.2f} on average",
                met=lambda state: state["shown"] == "malignant",
            ),
            Goal(
                "The small areas are at the bottom: now {bottom:.0f} is at the bottom, {top:.0f} "
                "at the top",
                met=lambda state: state["top"] > state["bottom"],
            ),
        ],
        solution={
            "pair": f"{_AREA} × {TEXTURE}",
            "ordered": True,
            "column": _FIRST,
            "invert": True,
        },
        hints=[
            "First the error: in which order did the model see its columns?",
            "Then the class, then the axis. Each has its control.",
        ],
    )

    mistakes = [
        Mistake(
            "`ValueError: {message}` The grid begins with the two features that vary. That was "
            "the model's order for radius and texture only. `grid[X.columns]` puts it right.",
            when=lambda state: state["message"] != "",
            example={"pair": f"{_AREA} × {TEXTURE}"},
            misconception="columns_go_by_name",
            holds=_fits_by_luck_alone,
        ),
        Mistake(
            "The row at the top is {top:.2f}, the one at the bottom {bottom:.2f}. Rows run "
            "downwards until you invert the axis.",
            when=lambda state: state["top"] < state["bottom"],
            example={"column": _FIRST},
            misconception="heatmap_is_a_plot",
            holds=lambda state: not state["invert"],
        ),
        Mistake(
            "The small values are at the bottom. The colours are P({shown}): {mean_shown:.2f} on "
            "average.",
            when=lambda state: state["shown"] != "malignant",
            example={"invert": True},
            misconception="class_one_is_the_disease",
            holds=lambda state: state["bottom"] < state["top"],
        ),
    ]

    learned = [
        Outcome(
            "Class one is {ones} here, so `[:, 0]` is malignant. The first row stands at the top "
            "until the axis is inverted. And a grid that begins with the two features on the map "
            "fits the model only if these are its first two columns. `grid[X.columns]` helps.",
            holds=_fits_by_luck_alone,
        )
    ]

    def in_the_lab(self, *, pair: str, **_: Any) -> LabAddress:
        return surface_in_the_lab(TEXTURE, _PAIRS[pair])

    def show(self, pair: str, ordered: bool, column: str, invert: bool) -> Exhibit:
        first = _PAIRS[pair]
        benign = tumours().train_benign
        message = "" if ordered else _message(first)
        values = recipe_map(MEAN, first).values
        if column == _FIRST:
            values = 1 - values
        if invert:
            values = values[::-1]
        all_benign = int(benign.sum() + tumours().test_benign.sum())
        facts: dict[str, Any] = {
            "first": first,
            "ones": "benign",
            "benign": all_benign,
            "malignant": len(benign) + len(tumours().test_benign) - all_benign,
            "shown": "benign" if column == _SECOND else "malignant",
            "mean_shown": float(values.to_numpy().mean()),
            "top": float(values.index[0]),
            "bottom": float(values.index[-1]),
            "message": message,
        }
        of_class = f"P({facts['shown']})"
        heatmap = painted(values, (0, 1), of_class, scale=of_class)
        return Exhibit(
            figures=() if message else (heatmap,),
            facts=facts,
            table=values.iloc[::7, ::7].round(3),
            description=fill(
                f"A map of {pair}: {{top:.2f}} stands at the top and {{bottom:.2f}} at the bottom. "
                "Colours are the probability of {shown}, {mean_shown:.2f} on average.",
                facts,
            ),
            stopped=f"ValueError: {message}" if message else "",
        )


@cache
def _message(first: str) -> str:
    """What scikit-learn says of a grid that begins with the two features; nothing if it fits."""
    columns = [first, TEXTURE, *tumours().train.columns.drop([first, TEXTURE])]
    try:
        model(FOREST).predict_proba(tumours().train[columns].head(1))
    except ValueError as error:
        return str(error).splitlines()[-1]
    return ""


_DECIDERS = ("the two features on the axes", "the features that are held", "the colours")


class Filler(Step):
    """
    ### What the filler decides

    Two features vary. The other {held} are held at something, and the recipe holds them at their
    mean: *the average patient*.

    She is not a typical one. Only {near} of {rows} training rows are as near to the mean as the
    typical row is to its own nearest neighbour. In so many dimensions the middle is a lonely place
    even for one crowd: in normal data with the same correlations it would be some
    {near_normal:.0f}.

    Two things make it lonelier. {benign} training rows are benign, {malignant} malignant, and a
    mean of both kinds lies between two crowds: with a normal crowd for each kind it would be some
    {near_two:.0f}. And the columns have long tails, which normal crowds have not.

    Change the filler, and see what becomes of the map.
    """

    tables = (BREAST_CANCER,)

    left = Choice("Map on the left", FILLS, default=MEAN)
    right = Choice("Map on the right", FILLS, default=MEAN)

    readings = {
        "cells that agree": "{agree:,}",
        "apart, in the mean": "{apart:.2f}",
    }

    predict = Predict(
        "For the mean row itself the forest says P(benign) = {p_mean:.2f}. For the median row?",
        choices=[
            Option(
                text="About the same: both are the middle",
                value=0.72,
                tempting=True,
                feedback=(
                    "The columns are skewed by the large tumours, so their means lean towards "
                    "malignant: {p_mean:.2f}. The median stands among the benign: {p_median:.2f}."
                ),
                misconception="average_row_is_typical",
                holds=lambda _: bool((filler(MEAN) > filler(MEDIAN)).all()),
            ),
            Option(
                text="Lower",
                value=0.5,
                feedback=(
                    "It is higher: {p_median:.2f}. The mean is pulled by the large tumours; the "
                    "median is not, and more than half of the rows are benign."
                ),
                misconception="average_row_is_typical",
                holds=lambda state: state["benign"] > state["rows"] / 2,
            ),
            Option(
                text="Much higher: all trees say benign",
                value=1.0,
                feedback=(
                    "{p_median:.2f}: all {trees} trees. Two ways to say *average patient*, and one "
                    "map ends at {high_mean:.2f} while the other starts at {low_median:.2f}."
                ),
                holds=lambda state: state["high_mean"] < state["low_median"],
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["p_median"]),
        seen_at={"right": "median row"},
        tolerance=0.01,
    )

    answers = {"decider": Choice("A cell's class is decided by", _DECIDERS, default=None)}

    task = Task(
        "Show two fills that disagree about every cell: what one map calls benign, the other calls "
        "malignant. Then say what decides the class of a cell.",
        goals=[
            Goal(
                "The two fills agree about no cell: now about {agree:,} of {cells:,}",
                met=lambda state: state["agree"] == 0,
            ),
            Goal(
                "What decides is named: now {decider}",
                met=lambda state: state["decider"] == _DECIDERS[1],
            ),
        ],
        solution={"left": BENIGN, "right": MALIGNANT, "decider": _DECIDERS[1]},
        hints=[
            "Compare how far one map runs from end to end with how far the two are apart.",
            "Whose means are unlike all others?",
        ],
    )

    mistakes = [
        Mistake(
            "On one map the two features move the probability by {left_span:.2f} at most, on the "
            "other by {right_span:.2f}. The maps themselves are {apart:.2f} apart in the mean.",
            when=lambda state: state["decider"] == _DECIDERS[0] and state["agree"] == 0,
            example={"right": MALIGNANT, "decider": _DECIDERS[0]},
            misconception="filler_does_not_matter",
            holds=lambda state: state["apart"] > max(state["left_span"], state["right_span"]),
        ),
        Mistake(
            "Both maps have the same colours, from zero to one. What differs is the prediction: "
            "{apart:.2f} apart in the mean.",
            when=lambda state: state["decider"] == _DECIDERS[2] and state["agree"] == 0,
            example={"right": MALIGNANT, "decider": _DECIDERS[2]},
            misconception="autoscale_is_neutral",
            holds=lambda state: state["apart"] > 0.5,
        ),
        Mistake(
            "Two different maps: {left_low:.2f} to {left_high:.2f} and {right_low:.2f} to "
            "{right_high:.2f}. Yet they agree on {agree:,} of {cells:,} cells: the fillers are on "
            "the same side.",
            when=lambda state: state["left"] != state["right"] and state["agree"] > 0,
            example={"right": MEDIAN},
            misconception="filler_does_not_matter",
            holds=lambda state: state["agree"] == state["cells"],
        ),
        Mistake(
            "Twice the same filler, twice the same map: {left_low:.2f} to {left_high:.2f}.",
            when=lambda state: state["left"] == state["right"],
            example={"left": MEDIAN, "right": MEDIAN},
            misconception="filler_does_not_matter",
            holds=lambda state: state["apart"] == 0,
        ),
    ]

    learned = [
        Outcome(
            "The filler decides the map. Held at the {left} it runs from {left_low:.2f} to "
            "{left_high:.2f}, at the {right} from {right_low:.2f} to {right_high:.2f}: no cell is "
            "called the same. On these two maps the features on the axes decide no class.",
            holds=lambda state: (
                max(state["left_low"], state["right_low"])
                > 0.5
                > min(state["left_high"], state["right_high"])
            ),
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        return surface_in_the_lab(TEXTURE, RADIUS)

    def show(self, left: str, right: str) -> Exhibit:
        one, other = (recipe_map(name, RADIUS).values for name in (left, right))
        facts: dict[str, Any] = {
            **_facts_of_fillers(),
            "left_low": float(one.to_numpy().min()),
            "left_high": float(one.to_numpy().max()),
            "right_low": float(other.to_numpy().min()),
            "right_high": float(other.to_numpy().max()),
            "left_span": float(np.ptp(one.to_numpy())),
            "right_span": float(np.ptp(other.to_numpy())),
            "apart": float(abs((one - other).to_numpy().mean())),
            "agree": int(((one > 0.5) == (other > 0.5)).to_numpy().sum()),
        }
        return Exhibit(
            figures=tuple(
                painted(values[::-1], (0, 1), name.capitalize())
                for name, values in ((left, one), (right, other))
            ),
            across=2,
            facts=facts,
            table=pd.DataFrame(
                [(facts[f"low_{key}"], facts[f"high_{key}"]) for key in _KEYS.values()],
                list(_KEYS),
                ["smallest", "largest"],
            ).round(3),
            description=fill(
                f"Two maps of P(benign) over radius and texture. Held at the {left} it runs from "
                f"{{left_low:.2f}} to {{left_high:.2f}}, at the {right} from {{right_low:.2f}} to "
                "{right_high:.2f}.",
                facts,
            ),
        )


_KEYS = dict(zip(FILLS, ("mean", "median", "benign", "malignant"), strict=True))


@cache
def _facts_of_fillers() -> dict[str, Any]:
    """What is so whichever two of them are shown."""
    train, _, benign, _ = tumours()
    rows = pd.DataFrame([filler(MEAN), filler(MEDIAN)])
    z = ((train - train.mean()) / train.std(ddof=0)).to_numpy()
    p_mean, p_median = model(FOREST).predict_proba(rows)[:, 1]
    maps = {key: recipe_map(name, RADIUS).values.to_numpy() for name, key in _KEYS.items()}
    return {
        "trees": 200,
        "held": train.shape[1] - 2,
        "rows": len(train),
        "benign": int(benign.sum()),
        "malignant": int((benign == 0).sum()),
        "near": _near_the_mean(z),
        "near_normal": _near_the_mean_of_normal_crowds(z),
        "near_two": _near_the_mean_of_normal_crowds(z[benign == 0], z[benign == 1]),
        "p_mean": float(p_mean),
        "p_median": float(p_median),
        **{f"low_{key}": float(values.min()) for key, values in maps.items()},
        **{f"high_{key}": float(values.max()) for key, values in maps.items()},
        "cells": SIDE * SIDE,
    }


def _near_the_mean(z: Floats) -> int:
    """Rows that are nearer to the mean row than rows typically are to their nearest neighbour."""
    typical = np.median(to_nearest(z, z, 2))
    return int((np.linalg.norm(z - z.mean(axis=0), axis=1) < typical).sum())


def _near_the_mean_of_normal_crowds(*crowds: Floats, draws: int = 20) -> float:
    """The same, in the mean, where each crowd is normal with its own mean and covariances."""
    roots = [np.linalg.cholesky(np.cov(crowd.T, bias=True)) for crowd in crowds]
    rng = np.random.default_rng(0)

    def drawn() -> Floats:
        parts = [
            crowd.mean(axis=0) + rng.standard_normal(crowd.shape) @ root.T
            for crowd, root in zip(crowds, roots, strict=True)
        ]
        return np.vstack(parts)

    return float(np.mean([_near_the_mean(drawn()) for _ in range(draws)]))
