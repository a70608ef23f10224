"""The cells of the recipe's map that no patient can occupy, by four rules."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.interactions.grids import (
    FILLS,
    MEAN,
    RADIUS,
    SIDE,
    TEXTURE,
    Mask,
    between,
    filler,
    painted,
    recipe_map,
    surface_in_the_lab,
    to_nearest,
)
from lessons.tables import BREAST_CANCER, table, tumours
from lib.course import (
    Choice,
    Exhibit,
    Fact,
    Goal,
    LabAddress,
    Mistake,
    Number,
    Option,
    Outcome,
    Predict,
    State,
    Step,
    Task,
    fill,
)

_NONE, _EMPTY, _NEIGHBOUR = "nothing", "boxes without a row", "no row nearby"
_CLOUD, _OUTLINE = "outside the cloud", "no such outline"
_BOXES = 10


def _fits(state: State) -> bool:
    """Whether a tumour of this radius was seen with the perimeter that is held."""
    if state["fitting"] is None:
        return False
    ratio = state["perimeter"] / (2 * np.pi * state["fitting"])
    return bool(state["ratio_least"] <= ratio <= state["ratio_most"])


def _were_measured(fill_with: str) -> bool:
    """Whether what the map varies and what it holds stays between values of real tumours."""
    measured = table("breast_cancer").drop(columns="diagnosis")
    held = filler(fill_with)
    moved = (between(name, SIDE) for name in (RADIUS, TEXTURE))
    stays = held.between(measured.min(), measured.max()).all()
    return bool(
        stays
        and all(
            measured[name].min() <= values.min() and values.max() <= measured[name].max()
            for name, values in zip((RADIUS, TEXTURE), moved, strict=True)
        )
    )


class Nowhere(Step):
    """
    ### Cells where nobody lives

    A tumour of radius r has a perimeter of about `2πr`, and these do: the ratio is
    {ratio_least:.2f} to {ratio_most:.2f} in all {rows} training rows.

    The map moves the radius from {radius_low:.1f} to {radius_high:.1f} and holds the perimeter at
    {perimeter:.1f}. Over its rows the ratio runs from {grid_least:.2f} to {grid_most:.2f}. A
    forest does not mind. It answers for tumours that geometry forbids.

    Hatch the cells that no patient can occupy. It depends on how you look. *Mahalanobis distance*,
    for one, counts in standard deviations and knows how the features go together.
    """

    tables = (BREAST_CANCER,)

    rule = Choice("Hatch", (_NONE, _EMPTY, _NEIGHBOUR, _OUTLINE, _CLOUD), default=_NONE)
    fill_with = Choice("Others held at", FILLS, default=MEAN)

    readings = {
        "hatched": "{hatched:.0%}",
        "perimeter held": "{perimeter:.1f}",
    }

    predict = Predict(
        "Over how much of the map does the perimeter that is held not fit the radius, by the "
        "ratios of all training rows?",
        choices=[
            Option(
                text="None of it: radius and perimeter both stay within their range",
                value="none",
                feedback=(
                    "Each stays within what was measured. The combination does not: a radius of "
                    "{radius_high:.1f} with a perimeter of {perimeter:.1f}. In {outline:.0%} of "
                    "the cells they do not fit."
                ),
                misconception="range_is_enough",
                holds=lambda state: _were_measured(state["fill_with"]),
            ),
            Option(
                text="About a third: the corners",
                value="third",
                feedback=(
                    "Corners are where radius and texture are rare together: {empty:.0%} of the "
                    "{boxes} × {boxes} boxes have no training row. This is about the radius and "
                    "what goes with it: {outline:.0%}."
                ),
                misconception="range_is_enough",
                holds=lambda state: (
                    0.25 < state["empty"] < 0.42 < 2 * state["empty"] < state["outline"]
                ),
            ),
            Option(
                text="Most of it",
                value="most",
                tempting=True,
                feedback=(
                    "{outline:.0%}. The radius moves, and what goes with a radius stays where it "
                    "was."
                ),
                holds=lambda state: state["outline"] > 0.5,
            ),
        ],
        answer=lambda exhibit: "most" if float(exhibit.facts["outline"]) > 0.8 else "third",
        seen_at={"rule": "no such outline"},
    )

    answers = {"fitting": Number("A radius that fits the perimeter", 1, 40)}

    task = Task(
        "Hatch the cells that lie beyond the farthest training row, by a rule that knows how all "
        "features go together. Then say why they do: at which radius, a whole number, would a "
        "tumour have the perimeter that is held?",
        goals=[
            Goal(
                "The rule knows how all features go together: now {rule}",
                met=lambda state: state["rule"] == _CLOUD,
            ),
            Goal(
                "The perimeter of {perimeter:.1f} that is held fits a radius of: now {fitting}",
                met=_fits,
            ),
        ],
        solution={"rule": _CLOUD, "fitting": 14},
        hints=[
            "Counting rows in boxes sees two features of the thirty. Mahalanobis distance takes "
            "the correlations into account. Which rule is that?",
            "A perimeter is about `2πr`. And the rows that stay free of hatching say it too.",
        ],
    )

    mistakes = [
        Mistake(
            "{hatched:.0%} of the cells are farther from every patient than patients are from "
            "their nearest, all but one in a hundred. With {features} features everybody is far "
            "from everybody. This distance does not know that radius and perimeter belong "
            "together.",
            when=lambda state: state["rule"] == _NEIGHBOUR,
            example={"rule": _NEIGHBOUR},
            misconception="near_is_possible",
            holds=lambda state: state["hatched"] < 0.1 < state["outline"],
        ),
        Mistake(
            "{hatched:.0%}: boxes of radius and texture without a row. The other features, held "
            "where they are, this rule does not see.",
            when=lambda state: state["rule"] == _EMPTY,
            example={"rule": _EMPTY},
            misconception="range_is_enough",
            holds=lambda state: state["hatched"] == state["empty"],
        ),
        Mistake(
            "{hatched:.0%}, from geometry: perimeter over radius. A good reason, and one pair of "
            "{features} features. Is there a rule for all of them?",
            when=lambda state: state["rule"] == _OUTLINE,
            example={"rule": _OUTLINE},
            misconception="near_is_possible",
            holds=lambda state: state["hatched"] == state["outline"],
        ),
        Mistake(
            "A tumour of radius {fitting} has a perimeter of about {outline_of_fitting:.0f}. The "
            "map holds it at {perimeter:.1f}.",
            when=lambda state: state["rule"] == _CLOUD and state["fitting"] is not None,
            example={"rule": _CLOUD, "fitting": 20},
            misconception="range_is_enough",
            holds=lambda state: abs(state["outline_of_fitting"] / state["perimeter"] - 1) > 0.01,
        ),
    ]

    learned = [
        Outcome(
            "{cloud:.0%} of the map is beyond the farthest training row, though each feature stays "
            "within what was measured. A perimeter of {perimeter:.1f} goes with a radius near "
            "{fitting}, and the map asks about radii from {radius_low:.1f} to {radius_high:.1f}. "
            "Boxes without a row: {empty:.0%}; far from the nearest row: {neighbour:.0%}. What "
            "breaks is how the features go together.",
            holds=lambda state: (
                state["cloud"] > state["empty"] > state["neighbour"]
                and _were_measured(state["fill_with"])
            ),
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        return surface_in_the_lab(TEXTURE, RADIUS)

    def show(self, rule: str, fill_with: str) -> Exhibit:
        train = tumours().train
        surface = recipe_map(fill_with, RADIUS)
        hatched = {
            _NONE: np.zeros((SIDE, SIDE), bool),
            _EMPTY: _empty_boxes(),
            _NEIGHBOUR: _far_from_neighbours(fill_with),
            _OUTLINE: _impossible_outline(fill_with),
            _CLOUD: _outside(fill_with),
        }
        ratio = train["mean perimeter"] / (2 * np.pi * train[RADIUS])
        perimeter = float(filler(fill_with)["mean perimeter"])
        radii = surface.values.index.to_numpy()
        facts: dict[str, Any] = {
            "rows": len(train),
            "features": train.shape[1],
            "boxes": _BOXES,
            "ratio_least": float(ratio.min()),
            "ratio_most": float(ratio.max()),
            "radius_low": float(radii[0]),
            "radius_high": float(radii[-1]),
            "radius_of_perimeter": perimeter / (2 * np.pi * float(ratio.median())),
            "perimeter": perimeter,
            "grid_least": perimeter / (2 * np.pi * float(radii[-1])),
            "grid_most": perimeter / (2 * np.pi * float(radii[0])),
            "empty": float(hatched[_EMPTY].mean()),
            "neighbour": float(hatched[_NEIGHBOUR].mean()),
            "outline": float(hatched[_OUTLINE].mean()),
            "cloud": float(hatched[_CLOUD].mean()),
            "hatched": float(hatched[rule].mean()),
        }
        heatmap = painted(surface.values[::-1], (0, 1), "P(benign)", hatched=hatched[rule][::-1])
        shares = {name: mask.mean() for name, mask in hatched.items() if name != _NONE}
        return Exhibit(
            figures=(heatmap,),
            facts=facts,
            table=pd.DataFrame({"share of the map": shares}).round(4),
            description=fill(
                "The map of radius and texture with {hatched:.0%} of its cells hatched. The "
                "table gives that share by four rules.",
                facts,
            ),
        )

    def appraise(self, exhibit: Exhibit, fitting: int | None = None) -> Mapping[str, Fact]:
        ratio = float(exhibit.facts["perimeter"]) / float(exhibit.facts["radius_of_perimeter"])
        return {"outline_of_fitting": ratio * (fitting or 0)}


@cache
def _outside(fill_with: str) -> Mask:
    """Farther from the mean than every training row, by Mahalanobis distance."""
    support = recipe_map(fill_with, RADIUS).support
    assert support is not None
    found: Mask = support.outside.to_numpy()
    return found


@cache
def _empty_boxes() -> Mask:
    """Cells in one of ten by ten boxes without a training row."""
    train = tumours().train
    edges = [between(name, _BOXES + 1) for name in (RADIUS, TEXTURE)]
    counts, _, _ = np.histogram2d(train[RADIUS], train[TEXTURE], bins=edges)
    side = SIDE // _BOXES
    found: Mask = np.kron(counts == 0, np.ones((side, side), bool))
    return found


@cache
def _far_from_neighbours(fill_with: str) -> Mask:
    """Farther from the nearest row than all but one in a hundred rows are from theirs."""
    train = tumours().train
    grid = np.tile(filler(fill_with), (SIDE * SIDE, 1))
    places = np.meshgrid(between(RADIUS, SIDE), between(TEXTURE, SIDE), indexing="ij")
    for name, place in zip((RADIUS, TEXTURE), places, strict=True):
        grid[:, train.columns.get_loc(name)] = place.ravel()
    middle, spread = train.mean().to_numpy(), train.std(ddof=0).to_numpy()
    rows, cells = (train.to_numpy() - middle) / spread, (grid - middle) / spread
    usual = np.percentile(to_nearest(rows, rows, 2), 99)
    return (to_nearest(cells, rows, 1) > usual).reshape(SIDE, SIDE)


@cache
def _impossible_outline(fill_with: str) -> Mask:
    """Radii for which the perimeter that is held was never seen."""
    train = tumours().train
    ratio = train["mean perimeter"] / (2 * np.pi * train[RADIUS])
    held = filler(fill_with)["mean perimeter"] / (2 * np.pi * between(RADIUS, SIDE))
    never = (held < ratio.min()) | (held > ratio.max())
    return np.repeat(never[:, np.newaxis], SIDE, axis=1)
