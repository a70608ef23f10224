"""On your own: a survey before a vote, region by answer."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.tables import CHILE, table
from lib.charts import Heatmap
from lib.course import (
    Choice,
    Exhibit,
    Fact,
    Goal,
    LabAddress,
    Mistake,
    Outcome,
    Step,
    Task,
    fill,
)
from lib.stats import adjusted_residuals

_COUNTED, _OF_REGION, _OF_ANSWER = "how many", "share of the region", "share of the answer"
_BEYOND = "beyond what both expect"
_SEQUENTIAL, _DIVERGING = "sequential", "diverging"

_REGIONS = {
    "C": "centre",
    "M": "around the capital",
    "N": "north",
    "S": "south",
    "SA": "capital",
}
_ANSWERS = {"A": "abstain", "N": "no", "U": "undecided", "Y": "yes"}


class Plebiscite(Step):
    """
    ### On your own: who answers otherwise?

    Chile, {year}. The country is to vote on whether its ruler stays: *yes* or *no*. A survey has
    the answers of {people:,} people in {regions} regions. Some regions are large, and some answers
    are common.

    One question. Which region is farthest from answering as all others do, and with which answer?

    Choose what the colour says and how it is painted. Then name the cell.
    """

    readings = {
        "there if all regions were alike": "{idle:.0%}",
        "colours from": "{low:.3g} to {high:.3g}",
    }

    tables = (CHILE,)

    says = Choice("Colour says", (_COUNTED, _OF_REGION, _OF_ANSWER, _BEYOND), default=_COUNTED)
    colours = Choice("Colours", (_SEQUENTIAL, _DIVERGING), default=_SEQUENTIAL)

    answers = {
        "region": Choice("Region", tuple(_REGIONS.values()), default=None),
        "answer": Choice("Answer", tuple(_ANSWERS.values()), default=None),
    }
    task = Task(
        "Draw a map that is blank if all regions answer alike, with more on one side of the "
        "colours and less on the other. Then name the cell that is farthest from blank.",
        goals=[
            Goal(
                "If all regions answered alike, the map would be blank: of its variance "
                "{idle:.0%} would still be there",
                met=lambda state: state["idle"] < state["nearly_none"],
            ),
            Goal(
                "Zero is in the middle of the colours: now {low:.3g} to {high:.3g}",
                met=lambda state: state["low"] == -state["high"],
            ),
            Goal(
                "The cell that is farthest from what both margins expect is named: now {region}, "
                "{answer}",
                met=lambda state: (
                    (state["region"], state["answer"])
                    == (state["farthest_region"], state["farthest_answer"])
                ),
            ),
        ],
        solution={
            "says": _BEYOND,
            "colours": _DIVERGING,
            "region": _REGIONS["SA"],
            "answer": _ANSWERS["Y"],
        },
        hints=[
            "Two things make a count large, and neither is asked for. Which two?",
            "What both margins expect takes care of the size of the region and of how common the "
            "answer is.",
            "Less than expected is as far away as more.",
        ],
    )

    mistakes = [
        Mistake(
            "The map shows how many. Most said {most_answer} in the {most_region}, {most_count}: "
            "the largest region meets the commonest answer. Of the variance {idle:.0%} would be "
            "there if all regions answered alike.",
            when=lambda state: state["says"] == _COUNTED,
            example={"says": _COUNTED, "colours": _DIVERGING},
            misconception="most_is_best",
            holds=lambda state: (
                state["idle"] > 0.5 and _margins() == (state["most_region"], state["most_answer"])
            ),
        ),
        Mistake(
            "Each region adds up to one now, so that its size is gone. How common an answer is "
            "remains: {idle:.0%} of the variance would be there if all regions answered alike.",
            when=lambda state: state["says"] == _OF_REGION,
            example={"says": _OF_REGION},
            misconception="any_normaliser_will_do",
            holds=lambda state: state["idle"] > 0.5,
        ),
        Mistake(
            "Each answer adds up to one now, so that it does not matter how common it is. How "
            "large a region is remains: {idle:.0%} of the variance would be there if all regions "
            "answered alike.",
            when=lambda state: state["says"] == _OF_ANSWER,
            example={"says": _OF_ANSWER},
            misconception="either_axis_will_do",
            holds=lambda state: state["idle"] > 0.5,
        ),
        Mistake(
            "Measured well. But the colours run from {low:.3g} to {high:.3g}, so that as expected "
            "is a colour like any other.",
            when=lambda state: state["colours"] == _SEQUENTIAL,
            example={"says": _BEYOND},
            misconception="any_colours_will_do",
            holds=lambda state: abs(state["low"] + state["high"]) > 0.1,
        ),
        Mistake(
            "{region}, {answer}: {named:.1f} standard errors from what is expected. There is a "
            "cell with {farthest:.1f}. Less than expected counts as much as more.",
            when=lambda state: None not in (state["region"], state["answer"]),
            example={
                "says": _BEYOND,
                "colours": _DIVERGING,
                "region": _REGIONS["S"],
                "answer": _ANSWERS["Y"],
            },
            misconception="minus_is_weak",
            holds=lambda state: (
                abs(state["named"]) < abs(state["farthest"]) and state["farthest"] < 0
            ),
        ),
    ]

    learned = [
        Outcome(
            "In the {farthest_region} {observed} people mean to vote {farthest_answer}, where both "
            "margins expect {expected:.0f}: {farthest:.1f} standard errors. The largest count is "
            "{most_region}, {most_answer}; the largest share of a region {of_region_region}, "
            "{of_region_answer}; the largest share of an answer {of_answer_region}, "
            "{of_answer_answer}. Four maps of one table, and four cells in front.\n\nThat is the "
            "lesson on a table of your own. The quiz can wait until tomorrow.",
            holds=lambda state: (
                state["observed"] < state["expected"]
                and len(
                    {
                        (state["farthest_region"], state["farthest_answer"]),
                        (state["most_region"], state["most_answer"]),
                        (state["of_region_region"], state["of_region_answer"]),
                        (state["of_answer_region"], state["of_answer_answer"]),
                    }
                )
                == 4
            ),
        )
    ]

    def appraise(self, _: Exhibit, region: str | None, answer: str | None) -> Mapping[str, Fact]:
        if region is None or answer is None:
            return {"named": 0.0}
        return {"named": float(_maps()[_BEYOND].loc[region, answer])}  # type: ignore[arg-type]

    def in_the_lab(self, **_: Any) -> LabAddress:
        return LabAddress("chile", "two_categories", {"x": "region", "y": "vote"})

    def show(self, says: str, colours: str) -> Exhibit:
        shown = _maps()[says]
        values = shown.to_numpy()
        most = float(np.abs(values).max())
        low, high = (
            (-most, most) if colours == _DIVERGING else (float(values.min()), float(values.max()))
        )
        facts: dict[str, Any] = {**_known(), "idle": _idle(says), "low": low, "high": high}
        return Exhibit(
            figures=(
                Heatmap(
                    shown,
                    (low, high),
                    colours="house" if colours == _DIVERGING else "viridis",
                    decimals={_COUNTED: 0, _BEYOND: 1}.get(says, 2),
                    scale={_COUNTED: "people", _BEYOND: "standard errors"}.get(says, "share"),
                    title="Regions of Chile by what people mean to vote",
                ),
            ),
            facts=facts,
            table=shown.round(3),
            description=fill(
                "A map of {regions} regions by four answers of {people:,} people. Its colours run "
                "from {low:.3g} to {high:.3g}; {idle:.0%} of its variance would be there if all "
                "regions answered alike.",
                facts,
            ),
        )


@cache
def _asked() -> pd.DataFrame:
    """Who named an answer, region and answer in words."""
    people = table("chile").dropna(subset=["vote"])
    return pd.DataFrame(
        {
            "region": people["region"].astype(str).map(_REGIONS),
            "answer": people["vote"].astype(str).map(_ANSWERS),
        }
    )


def _counts() -> pd.DataFrame:
    return pd.crosstab(_asked()["region"], _asked()["answer"])


def _expected() -> pd.DataFrame:
    """The counts if all regions answered alike."""
    counts = _counts()
    alike = np.outer(counts.sum(axis="columns"), counts.sum()) / counts.to_numpy().sum()
    return pd.DataFrame(alike, counts.index, counts.columns)


def _shares(counts: pd.DataFrame, says: str) -> pd.DataFrame:
    if says == _OF_REGION:
        return counts.div(counts.sum(axis="columns"), axis="index")
    return counts / counts.sum() if says == _OF_ANSWER else counts


@cache
def _maps() -> dict[str, pd.DataFrame]:
    """What the colour can say; shared, so not to be changed."""
    residuals = adjusted_residuals(_asked()["region"], _asked()["answer"])
    counts = _counts()
    return {
        **{says: _shares(counts, says) for says in (_COUNTED, _OF_REGION, _OF_ANSWER)},
        _BEYOND: residuals.loc[counts.index, counts.columns],
    }


def _idle(says: str) -> float:
    """Of the variance of the map, the share that it has if all regions answer alike."""
    if says == _BEYOND:
        return 0.0
    alike = _shares(_expected(), says).to_numpy()
    return float(alike.var() / _maps()[says].to_numpy().var())


def _margins() -> tuple[str, str]:
    """The largest region, and the commonest answer."""
    counts = _counts()
    return str(counts.sum(axis="columns").idxmax()), str(counts.sum().idxmax())


def _front(values: pd.DataFrame) -> tuple[str, str]:
    """The cell with the largest number."""
    row, column = divmod(int(values.to_numpy().argmax()), values.shape[1])
    return str(values.index[row]), str(values.columns[column])


@cache
def _known() -> dict[str, Any]:
    maps = _maps()
    farthest = _front(maps[_BEYOND].abs())
    most, of_region, of_answer = (_front(maps[says]) for says in (_COUNTED, _OF_REGION, _OF_ANSWER))

    def at(values: pd.DataFrame, cell: tuple[str, str]) -> float:
        return float(values.loc[cell])  # type: ignore[arg-type]

    return {
        "year": 1988,
        "people": len(_asked()),
        "regions": len(maps[_COUNTED]),
        "nearly_none": 0.01,
        "farthest_region": farthest[0],
        "farthest_answer": farthest[1],
        "farthest": at(maps[_BEYOND], farthest),
        "observed": int(at(maps[_COUNTED], farthest)),
        "expected": at(_expected(), farthest),
        "most_region": most[0],
        "most_answer": most[1],
        "most_count": int(at(maps[_COUNTED], most)),
        "of_region_region": of_region[0],
        "of_region_answer": of_region[1],
        "of_answer_region": of_answer[0],
        "of_answer_answer": of_answer[1],
    }
