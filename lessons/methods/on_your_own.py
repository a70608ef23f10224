"""The end of the lesson: what parts two measures, on a table that the lesson has not used."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.methods.measuring import coefficient
from lessons.methods.tables import MTCARS
from lessons.tables import table
from lib.charts import Bars, Scatter, number_text
from lib.course import (
    TRANSFORMS,
    Choice,
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
    Outcome,
    Rows,
    Step,
    Task,
    Transform,
    Value,
    fill,
)

_CARS = tuple(table("mtcars").index)
_DESIGN = ("disp", "hp", "drat", "wt", "qsec")
_BENDS = ("as it is", "log", "square root", "square", "reciprocal")
_BEND, _ONE, _TIES = "A bend", "One far car", "Cars with equal values"


class OnYourOwnCars(Step):
    """
    ### On your own: cars

    {cars} cars of the early seventies: `mpg`, the miles to a gallon, and five things of their
    design. `disp` is the size of the engine, `hp` its power, `drat` the ratio of the rear axle,
    `wt` the weight, `qsec` the seconds for a quarter of a mile.

    Pearson's r says how close mileage follows each of them along a line. Of which one does it say
    too little, and what keeps it from seeing more?
    """

    readings = {
        "Pearson's r": "{r:.2f}",
        "Spearman's ρ": "{rho:.2f}",
        "cars left out": "{left_out}",
    }

    tables = (MTCARS,)

    column = Choice("Mileage and", _DESIGN, default="wt")
    mileage = Transform("Mileage", options=_BENDS)
    design = Transform("The other one", options=_BENDS)
    leave_out = Rows("Leave out cars", _CARS, at_most=22)
    answers = {"because": Choice("What keeps r from it", (_BEND, _ONE, _TIES), default=None)}

    task = Task(
        "Find the column on which |ρ| exceeds |r| most. Show it so that with every car |r| comes "
        "within {near:.2f} of |ρ|, and say what kept it from that.",
        goals=[
            Goal(
                "On no other column does |ρ| exceed |r| by more: unbent, here by {gap:.2f}",
                met=lambda state: state["column"] == state["undersold"],
            ),
            Goal(
                "Every car is there: now {left_out} left out",
                met=lambda state: state["left_out"] == 0,
            ),
            Goal(
                "|r| is within {near:.2f} of |ρ|: now r is {r:.2f}, and ρ {rho:.2f}",
                met=lambda state: (
                    state["column"] == state["undersold"]
                    and abs(state["r"]) >= abs(state["rho"]) - state["near"]
                ),
            ),
            Goal(
                "What kept r from it is said rightly",
                met=lambda state: state["because"] == _BEND,
            ),
        ],
        solution={"column": "hp", "design": "log", "because": _BEND},
        hints=[
            "The bars compare the two measures for every column. Where are they farthest apart?",
            "Look at the points. Do they lie along a line, and does a car stand alone?",
            "What pulls in the far end of an axis, and keeps the order?",
        ],
    )

    mistakes = [
        Mistake(
            "On `{column}` |ρ| less |r| is {gap:.2f}. On another column it is {largest_gap:.2f}.",
            when=lambda state: state["column"] != state["undersold"],
            example={"column": "disp"},
            misconception="rank_is_robust_r",
            holds=lambda state: state["gap"] < state["largest_gap"],
        ),
        Mistake(
            "{left_out} {left_out:car is|cars are} left out, and r is {r:.2f}. They are cars like "
            "the others. With all but any one of the {cars}, r lies between {lowest_r:.2f} and "
            "{highest_r:.2f}: it is no stray that keeps it from {rho_before:.2f}.",
            when=lambda state: state["left_out"] > 0,
            example={"column": "hp", "leave_out": ("Maserati Bora",)},
            misconception="rank_is_robust_r",
            holds=lambda state: state["lowest_r"] > state["rho_before"] + 0.05,
        ),
        Mistake(
            "Leave out any one of the {cars} cars, and r lies between {lowest_r:.2f} and "
            "{highest_r:.2f}. ρ is {rho_before:.2f}: no car alone parts them.",
            when=lambda state: state["because"] == _ONE,
            example={"column": "hp", "design": "log", "because": _ONE},
            misconception="rank_is_robust_r",
            holds=lambda state: state["lowest_r"] > state["rho_before"] + 0.05,
        ),
        Mistake(
            "Some cars share a value. Rank those in the order of the file instead, and ρ is "
            "{untied_rho:.2f} after {rho_before:.2f}. r is {r_before:.2f}: that is not it.",
            when=lambda state: state["because"] == _TIES,
            example={"column": "hp", "design": "log", "because": _TIES},
            misconception="rank_is_robust_r",
            holds=lambda state: (
                abs(state["untied_rho"] - state["rho_before"])
                < abs(state["r_before"] - state["rho_before"]) / 2
            ),
        ),
        Mistake(
            "Unbent r is {r_before:.2f}, now it is {r:.2f}, and ρ is {rho:.2f}. The points do not "
            "lie along a line yet: follow them from one end to the other.",
            when=lambda state: abs(state["r"]) < abs(state["rho"]) - state["near"],
            example={"column": "hp", "design": "square root"},
            misconception="transform_changes_units_only",
            holds=lambda state: abs(abs(state["rho"]) - abs(state["rho_before"])) < 1e-9,
        ),
    ]

    learned = [
        Outcome(
            "Mileage and `{column}`: r went from {r_before:.2f} to {r:.2f}, beside ρ = "
            "{rho_before:.2f}, which asks for an order alone. With any one car left out r would "
            "lie between {lowest_r:.2f} and {highest_r:.2f}, so no stray did it, but a bend.\n\n"
            "*The end of the lesson.* Ask what two columns hold. Look at the cloud. Name the "
            "measure beside its number. The quiz is next.",
            holds=lambda state: (
                abs(state["r"]) > abs(state["r_before"]) + 0.05
                and state["lowest_r"] > state["rho_before"] + 0.05
            ),
        )
    ]

    def in_the_lab(self, *, column: str, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"method": "Pearson", "columns": ("mpg", column)}
        return LabAddress("mtcars", "association_map", settings)

    def show(self, column: str, mileage: str, design: str, leave_out: tuple[str, ...]) -> Exhibit:
        cars = table("mtcars")
        sizes = _sizes()
        gaps = sizes["|ρ|"] - sizes["|r|"]
        kept = cars.drop(index=list(leave_out))
        x, y = TRANSFORMS[design](kept[column]), TRANSFORMS[mileage](kept["mpg"])
        facts: dict[str, Any] = {
            "cars": len(cars),
            "left_out": len(leave_out),
            "near": 0.05,
            "undersold": str(gaps.idxmax()),
            "largest_gap": float(gaps.max()),
            "gap": float(gaps[column]),
            "r": coefficient(x, y),
            "rho": coefficient(x, y, "Spearman"),
            **_of_all_cars(column),
        }
        title = f"r = {number_text(facts['r'])},  ρ = {number_text(facts['rho'])}"
        return Exhibit(
            figures=(
                Scatter(
                    x.rename(_bent(column, design)),
                    y.rename(_bent("mpg", mileage)),
                    title=title,
                    line=True,
                ),
                Bars(sizes, title="With mpg, all cars, nothing bent", x="size"),
            ),
            facts=facts,
            table=sizes.round(3),
            description=fill(
                f"Mileage against {column}, bent as chosen, and bars of |r| and |ρ| for five "
                "columns. r is {r:.2f}, after {r_before:.2f} with all cars and unbent; ρ is "
                "{rho:.2f}, after {rho_before:.2f}. Here |ρ| less |r| was {gap:.2f}.",
                facts,
            ),
        )


@cache
def _sizes() -> pd.DataFrame:
    """|r| and |ρ| of mileage with each column; shared, so not to be changed."""
    cars = table("mtcars")
    return pd.DataFrame(
        {
            "|r|": [abs(coefficient(cars[name], cars["mpg"])) for name in _DESIGN],
            "|ρ|": [abs(coefficient(cars[name], cars["mpg"], "Spearman")) for name in _DESIGN],
        },
        index=pd.Index(_DESIGN, name="column"),
    )


@cache
def _of_all_cars(column: str) -> dict[str, float]:
    """What is said of mileage and a column as they are; shared, so not to be changed."""
    x, y = table("mtcars")[column], table("mtcars")["mpg"]
    both = np.column_stack([x, y])
    without_one = [
        float(np.corrcoef(np.delete(both, row, axis=0), rowvar=False)[0, 1])
        for row in range(len(both))
    ]
    return {
        "r_before": coefficient(x, y),
        "rho_before": coefficient(x, y, "Spearman"),
        "lowest_r": min(without_one),
        "highest_r": max(without_one),
        "untied_rho": coefficient(x.rank(method="first"), y.rank(method="first")),
    }


def _bent(name: str, transform: str) -> str:
    return name if transform == "as it is" else f"{name}, {transform}"
