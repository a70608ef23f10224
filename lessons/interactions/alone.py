"""The end of the lesson: a table of means as a surface, without anybody's help."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from lessons.tables import UN, table
from lib.charts import Heatmap
from lib.course import (
    Choice,
    Claim,
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
    Number,
    Outcome,
    State,
    Step,
    Task,
    Toggle,
    fill,
)
from lib.stats import Surface

_DOLLARS, _ROOT, _LOG, _INVERSE = "dollars", "square root", "logarithm", "one over it"
_SCALES: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    _DOLLARS: lambda means: means,
    _ROOT: lambda means: means**0.5,
    _LOG: lambda means: pd.DataFrame(np.log(means)),
    _INVERSE: lambda means: 1 / means,
}
_FEATURES = ("fertility", "pctUrban")
_LITTLE, _NEAR = 0.01, 50


def _is_right(state: State) -> bool:
    return state["more"] is not None and abs(state["more"] - state["apart"]) <= state["near"]


class OnYourOwnCities(Step):
    """
    ### On your own: what a city is worth

    {countries} countries, halved twice: by children per woman, `fertility`, and by the per cent who
    live in towns, `pctUrban`. The map has the mean of `ppgdp` in the four quarters: the domestic
    product per head, in dollars.

    More of it where more people live in towns, and more where there are fewer children. Does the
    one do the same, whatever the other? In dollars, and on another scale of these four means?

    Nothing is predicted here, and nobody helps unless you ask.
    """

    readings = {
        "interaction": "{share:.2%}",
        "scale": "{scale}",
    }

    tables = (UN,)

    scale = Choice("Scale of the means", tuple(_SCALES), default=_DOLLARS)
    residual = Toggle("Subtract the main effects", default=False)
    answers = {"more": Number("Dollars more", 0, 100_000)}

    task = Task(
        "Find a scale on which at most {little:.0%} of the map's variance is interaction, and put "
        "what is left beside it. Then say for the dollars: where fertility is low, by how many "
        "more does a high urban share raise the mean than where fertility is high? Within {near} "
        "is near enough.",
        goals=[
            Goal(
                "At most {little:.0%} of the map's variance is interaction: now {share:.2%}",
                met=lambda state: state["share"] <= state["little"],
            ),
            Goal(
                "What is left without the main effects stands beside the map",
                met=lambda state: state["residual"],
            ),
            Goal("So many dollars more: now {more}", met=_is_right),
        ],
        solution={"scale": _LOG, "residual": True, "more": 15_598},
        hints=[
            "Compare the two rows: does a high urban share add as much in both, or multiply by as "
            "much?",
            "What multiplies on one scale adds up on another. Which?",
            "Four means, and a difference of two differences.",
        ],
    )

    mistakes = [
        Mistake(
            "On this scale, {scale}, {share:.2%} of the variance is interaction. In dollars a high "
            "urban share adds {gain_low:,.0f} in one row and {gain_high:,.0f} in the other, and "
            "what does not add up there may add up elsewhere.",
            when=lambda state: state["share"] > state["little"],
            example={"residual": True},
            misconception="adds_up_anywhere",
            holds=lambda state: state["gain_low"] > 2 * state["gain_high"],
        ),
        Mistake(
            "{share:.2%}: on this scale it nearly adds up. The map alone does not show it: both "
            "main effects are in it. Subtract them.",
            when=lambda state: not state["residual"],
            example={"scale": _LOG},
            misconception="map_is_interaction",
            holds=lambda state: state["share"] <= state["little"],
        ),
        Mistake(
            "The scale is right, and the rest is beside it. {more:,} is not the number: the means "
            "are {low_low:,.0f} and {low_high:,.0f} where fertility is low, {high_low:,.0f} and "
            "{high_high:,.0f} where it is high. One difference alone holds the main effect.",
            when=lambda state: state["more"] is not None and not _is_right(state),
            example={"scale": _LOG, "residual": True, "more": 20_980},
            misconception="map_is_interaction",
            holds=lambda state: state["share"] <= state["little"] and state["residual"],
        ),
    ]

    learned = [
        Outcome(
            "In dollars {share_dollars:.2%} of the variance is interaction, as {scale} "
            "{share:.2%}. Where fertility is low a high urban share goes with {apart:,.0f} dollars "
            "more than it does where fertility is high. As factors the two are alike: "
            "{factor_low:.2f} and {factor_high:.2f}. Of countries that are rich and urban this "
            "says what goes together, and not what makes what.",
            holds=lambda state: (
                state["share"] < state["share_dollars"]
                and abs(state["factor_low"] / state["factor_high"] - 1) < 0.15
            ),
        )
    ]

    holds = [
        Claim(
            "More of it where more people live in towns, and more where there are fewer children.",
            lambda state: (
                state["low_low"] < state["low_high"]
                and state["high_low"] < state["high_high"]
                and state["low_low"] > state["high_low"]
                and state["low_high"] > state["high_high"]
            ),
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        return LabAddress(
            "un",
            "interactions",
            {"target": "ppgdp", "across": "pctUrban", "upwards": "fertility"},
        )

    def show(self, scale: str, residual: bool) -> Exhibit:
        countries = table("un")[["ppgdp", *_FEATURES]].dropna()
        means = _quarters(countries)
        surface = Surface(_SCALES[scale](means))
        (low_low, low_high), (high_low, high_high) = means.to_numpy().tolist()
        left = surface.interaction()
        facts: dict[str, Any] = {
            "countries": len(countries),
            "little": _LITTLE,
            "near": _NEAR,
            "share": surface.interaction_share,
            "share_dollars": Surface(means).interaction_share,
            "low_low": low_low,
            "low_high": low_high,
            "high_low": high_low,
            "high_high": high_high,
            "gain_low": low_high - low_low,
            "gain_high": high_high - high_low,
            "apart": low_high - low_low - high_high + high_low,
            "factor_low": low_high / low_low,
            "factor_high": high_high / high_low,
        }
        decimals = {_DOLLARS: 0, _ROOT: 1, _LOG: 2, _INVERSE: 6}[scale]
        reach = float(np.ptp(surface.values.to_numpy())) / 2
        figures = [
            Heatmap(
                surface.values,
                None,
                colours="viridis",
                decimals=decimals,
                scale=scale,
                title="Mean ppgdp",
            )
        ]
        if residual:
            figures.append(
                Heatmap(
                    left,
                    (-reach, reach),
                    decimals=decimals,
                    scale="left over",
                    title="Main effects gone",
                )
            )
        return Exhibit(
            figures=tuple(figures),
            across=2,
            facts=facts,
            table=(left if residual else surface.values).round(decimals),
            description=fill(
                f"The mean ppgdp of {{countries}} countries in four quarters, on the scale "
                f"{scale}. Of its variance {{share:.2%}} is interaction.",
                facts,
            ),
        )


def _quarters(countries: pd.DataFrame) -> pd.DataFrame:
    """The mean of ppgdp: rows by fertility, columns by pctUrban, low and high."""
    high = [countries[name] > countries[name].median() for name in _FEATURES]
    return pd.DataFrame(
        [
            [countries["ppgdp"][(high[0] == row) & (high[1] == column)].mean() for column in (0, 1)]
            for row in (0, 1)
        ],
        ["low fertility", "high fertility"],
        ["low pctUrban", "high pctUrban"],
    )
