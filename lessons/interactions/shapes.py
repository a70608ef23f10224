"""Ten surfaces of which the truth is known: which of them interact?"""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.interactions.grids import labelled
from lib.charts import Heatmap
from lib.course import (
    Exhibit,
    Goal,
    Mistake,
    Option,
    Outcome,
    Predict,
    Rows,
    Step,
    Task,
    Toggle,
    fill,
)
from lib.stats import Surface

PRODUCT, SUM, STEPS, CORNER, EITHER = "x1·x2", "x1 + x2", "two steps", "AND", "XOR"
SIGMOID, WAVES, RING = "sigmoid", "waves", "x1² + x2²"
DIFFERENCE, LARGER = "|x1 − x2|", "max(x1, x2)"
SHAPES = {
    PRODUCT: "product",
    SUM: "sum",
    STEPS: "steps",
    CORNER: "corner",
    EITHER: "either",
    SIGMOID: "sigmoid",
    WAVES: "waves",
    RING: "ring",
    DIFFERENCE: "difference",
    LARGER: "larger",
}
_NOTHING = 1e-9

_MEASURED, _SHOWN = 50, 16
"""Values a side: what is measured is finer than what ten small pictures can show."""


class Gallery(Step):
    """
    ### Ten surfaces

    Each square shows an outcome over two features, `x1` to the right and `x2` upwards. Colour is
    the outcome.

    Two features *interact* if the effect of one depends on the other. Without interaction the
    surface is a function of `x1` plus a function of `x2`, and nothing else. Subtract those two
    *main effects*, and what is left is the interaction.

    One of the squares is a *sigmoid*: the S-shaped curve that turns a sum into a probability.
    Before the curve the sum is in *log-odds*, the logarithm of the chance for over the chance
    against.

    The popular advice is to look: diagonal bands, sharp corners and patches are said to mean
    interaction, smoothness none. Trust it, or find out.
    """

    named = Rows("These interact", tuple(SHAPES))
    subtract = Toggle("Subtract the main effects", default=False)
    log_odds = Toggle("Sigmoid in log-odds", default=False)
    views = ("subtract", "log_odds")

    readings = {
        "named": "{chosen} of {surfaces}",
    }

    predict = Predict(
        "`x1 + x2` on a map: diagonal bands from corner to corner. How much of the map's variance "
        "is interaction?",
        choices=[
            Option(
                text="All of it: the bands run across both features",
                value=1.0,
                tempting=True,
                feedback=(
                    "They do, and each feature does its own share of the way, wherever the other "
                    "stands. Subtract the main effects: {share_sum:.0%} is left. Of `x1·x2`, which "
                    "has no bands, {share_product:.0%}."
                ),
                misconception="diagonal_is_interaction",
                holds=lambda state: (
                    state["share_sum"] < _NOTHING < 1 - _NOTHING < state["share_product"]
                ),
            ),
            Option(
                text="About half",
                value=0.5,
                feedback=(
                    "The eye wants to give it something. The definition gives it {share_sum:.0%}: "
                    "a sum is what *no interaction* means."
                ),
                misconception="diagonal_is_interaction",
                holds=lambda state: state["share_sum"] < _NOTHING,
            ),
            Option(
                text="None",
                value=0.0,
                feedback=(
                    "{share_sum:.0%}. A sum is what *no interaction* means, whatever pattern it "
                    "paints. `x1·x2`, as smooth as anything here, is {share_product:.0%} "
                    "interaction."
                ),
                holds=lambda state: (
                    state["share_sum"] < _NOTHING < 1 - _NOTHING < state["share_product"]
                ),
            ),
        ],
        answer=lambda exhibit: exhibit.facts["share_sum"],
        tolerance=1e-9,
    )

    task = Task(
        "Name the surfaces that interact. {enough} of {surfaces} right is enough; those you do not "
        "name count as not interacting.",
        goals=[
            Goal(
                "At least {enough} of {surfaces} are right",
                met=lambda state: state["right"] >= state["enough"],
            ),
        ],
        solution={"named": (PRODUCT, CORNER, EITHER, SIGMOID, DIFFERENCE, LARGER)},
        hints=[
            "For each surface: does a step to the right do the same in every row?",
            "Subtract the main effects. What stays coloured interacts.",
        ],
    )

    mistakes = [
        Mistake(
            "You named `x1 + x2` for its diagonal bands. A step to the right adds "
            "the same in every row: {share_sum:.0%} interaction.",
            when=lambda state: SUM in state["named"],
            example={"named": (SUM,)},
            misconception="diagonal_is_interaction",
            holds=lambda state: state["share_sum"] < _NOTHING,
        ),
        Mistake(
            "Two steps make a sharp corner, and the waves look like nothing on "
            "earth. Both are sums: {share_steps:.0%} and {share_waves:.0%}. A sum may be as sharp "
            "and as wild as you like.",
            when=lambda state: STEPS in state["named"] or WAVES in state["named"],
            example={"named": (STEPS, WAVES)},
            misconception="sharp_is_interaction",
            holds=lambda state: max(state["share_steps"], state["share_waves"]) < _NOTHING,
        ),
        Mistake(
            "The ring is `x1²` plus `x2²`: a round pattern, and {share_ring:.0%} interaction.",
            when=lambda state: RING in state["named"],
            example={"named": (RING,)},
            misconception="sharp_is_interaction",
            holds=lambda state: state["share_ring"] < _NOTHING,
        ),
        Mistake(
            "You left out `x1·x2`, which is smooth. To the right it rises in the "
            "upper half and falls in the lower: {share_product:.0%} interaction.",
            when=lambda state: PRODUCT not in state["named"],
            example={"named": (EITHER,)},
            misconception="smooth_cannot_interact",
            holds=lambda state: state["share_product"] > 1 - _NOTHING,
        ),
        Mistake(
            "All that you named interact, and so do others. Ask of each square that is left: does "
            "a step to the right do the same in every row?",
            when=lambda _: True,
            example={"named": (PRODUCT,)},
            misconception="smooth_cannot_interact",
            holds=lambda state: (
                state["chosen"] < state["interacting"]
                and not {SUM, STEPS, WAVES, RING} & set(state["named"])
            ),
        ),
    ]

    learned = [
        Outcome(
            "All {surfaces} right. Interaction is what is left after the main effects, not a look: "
            "`x1·x2` {share_product:.0%}, bands {share_sum:.0%}, the corner of AND "
            "{share_corner:.0%}. The sigmoid has {share_sigmoid:.1%} on probabilities and "
            "{share_log_odds:.0%} on log-odds: it depends on the scale.",
            when=lambda state: state["right"] == state["surfaces"],
            holds=lambda state: state["share_log_odds"] < _NOTHING < 0.05 < state["share_sigmoid"],
        ),
        Outcome(
            "{right} of {surfaces}. {interacting} of them interact: `x1·x2` {share_product:.0%}, "
            "XOR {share_either:.0%}, the difference {share_difference:.0%}, AND "
            "{share_corner:.0%}, the larger of the two {share_larger:.0%}, and the sigmoid "
            "{share_sigmoid:.1%}, which is {share_log_odds:.0%} on log-odds: it depends on the "
            "scale. The others are sums.",
            holds=lambda state: (
                state["interacting"] == 6
                and state["share_log_odds"] < _NOTHING
                and max(state[f"share_{name}"] for name in ("sum", "steps", "waves", "ring"))
                < _NOTHING
            ),
        ),
    ]

    def show(self, named: tuple[str, ...], subtract: bool, log_odds: bool) -> Exhibit:
        shares, share_log_odds = _shares()
        interacts = {name: share > _NOTHING for name, share in shares.items()}
        right = sum(interacts[name] == (name in named) for name in SHAPES)
        facts: dict[str, Any] = {
            "surfaces": len(SHAPES),
            "enough": 8,
            "right": right,
            "chosen": len(named),
            "interacting": sum(interacts.values()),
            **{f"share_{SHAPES[name]}": share for name, share in shares.items()},
            "share_log_odds": share_log_odds,
        }
        table = pd.DataFrame(
            {
                "interaction": shares,
                "interacts": interacts,
                "you say": {name: name in named for name in SHAPES},
            }
        )
        return Exhibit(
            figures=_pictures(subtract, log_odds),
            across=5,
            facts=facts,
            table=table.round(4) if subtract else table[["you say"]],
            description=fill(
                "Ten surfaces over two features, from a product to the larger of the two"
                + (", with their main effects subtracted. " if subtract else ". ")
                + "{chosen} of {surfaces} are named as interacting.",
                facts,
            ),
        )


@cache
def _shares() -> tuple[dict[str, float], float]:
    """How much of each surface is interaction, and how much of the sigmoid in log-odds.

    The truth about the sigmoid is that of the probabilities, which stand in the gallery.
    """
    surfaces = _surfaces(_MEASURED)
    shares = {name: surface.interaction_share for name, surface in surfaces.items()}
    return shares, surfaces[SIGMOID].on_log_odds().interaction_share


@cache
def _pictures(subtract: bool, log_odds: bool) -> tuple[Heatmap, ...]:
    shown = _surfaces(_SHOWN)
    if log_odds:
        shown[SIGMOID] = shown[SIGMOID].on_log_odds()
    return tuple(_painted(name, shown[name], subtract) for name in SHAPES)


def _surfaces(size: int) -> dict[str, Surface]:
    side = pd.Index(np.linspace(-1, 1, size))
    x1, x2 = np.meshgrid(side, side)
    values = {
        PRODUCT: x1 * x2,
        SUM: x1 + x2,
        STEPS: (x1 > 0) * 1.0 + (x2 > 0),
        CORNER: ((x1 > 0) & (x2 > 0)) * 1.0,
        EITHER: ((x1 > 0) ^ (x2 > 0)) * 1.0,
        SIGMOID: 1 / (1 + np.exp(-4 * (x1 + x2))),
        WAVES: np.sin(6 * x1) + np.sin(9 * x2) + 0.3 * np.sign(np.sin(20 * x1)),
        RING: x1**2 + x2**2,
        DIFFERENCE: np.abs(x1 - x2),
        LARGER: np.maximum(x1, x2),
    }
    return {
        name: Surface(
            pd.DataFrame(numbers, side.rename("x2"), side.rename("x1")),
            "probability" if name == SIGMOID else "response",
        )
        for name, numbers in values.items()
    }


def _painted(name: str, surface: Surface, subtract: bool) -> Heatmap:
    """The surface around its mean, or its interaction, on the same colours."""
    values = surface.values
    reach = float(np.abs(values - values.to_numpy().mean()).to_numpy().max())
    # Rounding is not to look like a pattern.
    shown = surface.interaction().round(9) if subtract else values - values.to_numpy().mean()
    return Heatmap(
        labelled(shown[::-1]),
        limits=(-reach, reach),
        decimals=None,
        title=name,
        scale="left over" if subtract else "from the mean",
        colour_bar=False,
    )
