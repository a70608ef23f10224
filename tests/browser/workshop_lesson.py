"""A lesson that exists for its controls: every kind that five steps to a heatmap do not need."""

import time
from typing import Any

import numpy as np
import pandas as pd

from lib.charts import Drawing, Heatmap, Scatter
from lib.course import (
    Band,
    Choice,
    Course,
    Estimate,
    Exhibit,
    Goal,
    Guess,
    Lesson,
    Link,
    Outcome,
    Part,
    Point,
    Redraws,
    Report,
    Rows,
    Seed,
    State,
    Step,
    Task,
    Transform,
    working,
)

COLUMNS = ("rate", "len", "adt")


def _report() -> Report:
    """As long as reports are: some paragraphs, a map of eleven columns, a small table."""
    names = [f"column {number}" for number in range(11)]
    r = pd.DataFrame(np.eye(11), names, names)
    lines = ["A reason & what follows from it, in a sentence or two. " * 3] * 6
    return Report("What I <left> out", lines, Heatmap(r), r.iloc[:8, :4])


class Draws(Step):
    """
    ### Draws

    Noise, and what is left of it.
    """

    out = Rows("Leave out", ("1", "2", "3"))
    change = Transform("noise")
    seed = Seed("Draw", high=12)
    draws = Redraws("Draws", 25)
    task = Task(
        "Draw at least twelve times, without the second row.",
        goals=[
            Goal("Twelve draws: now {draws}", met=lambda state: state["draws"] >= 12),
            Goal("Without the second row", met=lambda state: state["out"] == ("2",)),
        ],
        solution={"draws": 12, "out": ("2",), "seed": 3, "change": "square root"},
        hints=[],
    )
    learned = [Outcome("Noise is noise.")]

    def show(self, out: tuple[str, ...], change: str, seed: int, draws: int) -> Exhibit:
        r = pd.DataFrame(np.eye(3), COLUMNS, COLUMNS)
        maps = [Heatmap(r, title=f"seed {number}") for number in range(min(draws, 4))]
        return Exhibit(
            facts={"left": 3 - len(out)},
            table=r,
            description=f"Draw {seed}, {change}, of {draws}. Nothing more.",
            figures=maps,
            across=2,
            links=[Link("Fill in a map", "fill_in")],
            report=_report(),
        )


class FillIn(Step):
    """
    ### Fill in

    Guess first.
    """

    guess = Guess("Your map", COLUMNS)
    task = Task(
        "Say that two of them go together.",
        goals=[Goal("Two go together", met=lambda state: 0.8 in state["guess"])],
        solution={"guess": (None, 0.8, -0.2)},
        hints=[],
    )
    learned = [Outcome("Guessing is fine.")]

    def show(self, guess: tuple[float | None, ...]) -> Exhibit:
        filled = sum(level is not None for level in guess)
        r = pd.DataFrame(np.eye(3), COLUMNS, COLUMNS)
        return Exhibit(
            facts={"filled": filled},
            table=r,
            description=f"{filled} cells. Nothing more.",
            figures=[Heatmap(r)],
        )


class Move(Step):
    """
    ### Move

    A point.
    """

    point = Point("The point", (-8, 8), (-2, 2), default=(0, 0))
    readings = {"Left to right": "{x:.1f}", "Points": "{points}"}
    task = Task(
        "Bring it to the right edge.",
        goals=[Goal("At the right edge", met=lambda state: state["point"][0] == 8)],
        solution={"point": (8.0, -1.5)},
        hints=[],
    )
    learned = [Outcome("It moves.")]

    def show(self, point: tuple[float, float]) -> Exhibit:
        x = pd.Series([-1.0, 1.0, point[0]], ["a", "b", "dragged"], name="left to right")
        y = pd.Series([1.0, -1.0, point[1]], ["a", "b", "dragged"], name="down to up")
        return Exhibit(
            facts={"x": point[0], "points": 3},
            table=pd.DataFrame({"x": x, "y": y}),
            description=f"A point at {point[0]:g} and {point[1]:g}. Two others.",
            figures=[Scatter(x, y, marked="dragged", limits=((-9, 9), (-3, 3)))],
        )


class Labour(Step):
    """
    ### Labour

    It takes a while.
    """

    seed = Seed("Draw")

    def show(self, seed: int) -> Exhibit:
        for share in range(20):
            working(share / 20, "Drawing noise")
            time.sleep(0.1 if seed else 0)
        r = pd.DataFrame(np.eye(3), COLUMNS, COLUMNS)
        return Exhibit(
            facts={"seed_drawn": seed},
            table=r,
            description=f"Draw {seed}. Nothing more.",
            figures=[Heatmap(r)],
        )


class _Torn(Heatmap):
    def screen(self, *_: Any, **__: Any) -> Drawing:
        raise ValueError("a figure that cannot be drawn")


def _fail(state: State) -> bool:
    if state["place"] == "task":
        raise LookupError("a task that cannot judge")
    return False


class Fails(Step):
    """
    ### Fails

    It does as it is told.
    """

    place = Choice("Fail in", ("nothing", "show", "figure", "task"), default="nothing")
    predict = Estimate(
        "How often does it fail?",
        low=0,
        high=1,
        step=0.1,
        tolerance=0.1,
        feedback="Seldom.",
        # Above these nothing is said: that is how a prediction fails.
        bands=[Band(low=0.3, high=0.8, feedback="Less.", misconception="often")],
        answer=lambda exhibit: 0.1 * float(exhibit.facts["shown"]),
    )
    task = Task("Fail.", goals=[Goal("It fails", met=_fail)], solution={}, hints=[])
    learned = [Outcome("It fails.")]

    def show(self, place: str) -> Exhibit:
        if place == "show":
            raise RuntimeError("a step that fails in show")
        r = pd.DataFrame(np.eye(3), COLUMNS, COLUMNS)
        return Exhibit(
            facts={"shown": True},
            table=r,
            description="One of three.",
            figures=[_Torn(r) if place == "figure" else Heatmap(r)],
        )


STEPS = [Draws(), FillIn(), Move(), Labour(), Fails()]
LESSON = Lesson("workshop", "Workshop", [], [Part("Workshop", 1, STEPS)], (), "")
COURSE = Course("workshop", "Workshop", [LESSON], {})
