"""Controls at their ends, empty and full, on the screen: each kind in a few steps."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from ui_address import in_address

from lessons import COURSE
from lib.course import (
    Choice,
    Columns,
    Control,
    Guess,
    Lesson,
    Number,
    Point,
    Redraws,
    Rows,
    Seed,
    Slider,
    Step,
    Toggle,
    Value,
    Write,
)

Open = Callable[..., AppTest]

KINDS = (Choice, Columns, Guess, Number, Point, Redraws, Rows, Seed, Slider, Toggle, Write)


def corners(control: Control) -> tuple[Value, Value]:
    """The least that a control can hold, and the most."""
    match control:
        case Choice():
            return control.named[0], control.named[-1]
        case Toggle():
            return False, True
        case Slider():
            return control.low, control.nearest(control.high)
        case Number():
            return control.low, control.high
        case Seed():
            return 0, control.high
        case Redraws():
            return 1, min(control.at_most, 50)
        case Point():
            x, y = control.sliders
            return (x.low, y.low), (x.nearest(x.high), y.nearest(y.high))
        case Guess():
            cells = len(control.pairs)
            return (control.levels[0],) * cells, (control.levels[-1],) * cells
        case Columns() | Rows():
            most = len(control.named) if control.at_most is None else control.at_most
            return control.named[: control.at_least], control.named[-most:]
        case Write():
            return f"{control.names[0]}.mean(", f"{control.names[0]}.round(1)"
        case _:
            raise TypeError(control)


def cases() -> Iterator[Any]:
    """Of each kind the first and the last step that has it, all controls at one end.

    One step may be the first of several kinds. The last ones are left to `make play`.
    """
    known: set[Step] = set()
    for place, kind in itertools.product((0, -1), KINDS):
        having = [
            (lesson, step)
            for lesson in COURSE.lessons
            for step in lesson.steps
            if any(isinstance(control, kind) for control in step.inputs.values())
        ]
        lesson, step = having[place]
        if step in known:
            continue
        known.add(step)
        for end, word in enumerate(("least", "most")):
            values = {name: corners(control)[end] for name, control in step.inputs.items()}
            marks = pytest.mark.play if place else ()
            yield pytest.param(lesson, step, values, id=f"{step.slug}-{word}", marks=marks)


@pytest.mark.parametrize(("lesson", "step", "values"), list(cases()))
def test_a_step_at_its_ends_is_on_the_screen(
    open_app: Open, lesson: Lesson, step: Step, values: dict[str, Value]
) -> None:
    app = open_app(lesson.slug, step=step.slug, said="skip", **in_address(step, values))
    assert app.tabs
    record = app.session_state["progress"].step(lesson.slug, step.slug)
    assert {**step.defaults, **record.values} == {**step.defaults, **values}
