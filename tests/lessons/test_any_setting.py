"""Whatever the controls of a step can hold together is shown, or refused in words."""

import math
import time
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sweep import values_of

from lessons import COURSE
from lib.charts import LIGHT, Page
from lib.course import (
    Choice,
    Columns,
    Control,
    Guess,
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

STEPS = {f"{lesson.slug}.{step.slug}": step for lesson in COURSE.lessons for step in lesson.steps}
SECONDS = 0.03
"""Of the processor for each step; what does not fit in is left to another run."""


def any_value(control: Control) -> st.SearchStrategy[Value]:
    """Everything that a control allows, its ends first."""
    match control:
        case Toggle():
            return st.booleans()
        case Choice():
            return st.sampled_from([*([None] if control.default is None else []), *control.named])
        case Slider():
            marks = round((control.high - control.low) / control.step)
            return st.integers(0, marks).map(
                lambda mark: control.nearest(control.low + mark * control.step)
            )
        case Number():
            return st.none() | st.integers(control.low, control.high)
        case Seed():
            return st.integers(0, control.high)
        case Redraws():
            return st.integers(1, control.at_most)
        case Point():
            x, y = map(any_value, control.sliders)
            return st.tuples(x, y)
        case Guess():
            level = st.none() | st.sampled_from(control.levels)
            return st.tuples(*[level] * len(control.pairs))
        case Write():
            return st.sampled_from(values_of(control))
        case Columns() | Rows():
            most = len(control.named) if control.at_most is None else control.at_most
            sizes = st.sampled_from([control.at_least, most]) | st.integers(control.at_least, most)
            return sizes.flatmap(
                lambda size: st.permutations(control.named).map(lambda names: names[:size])
            ).map(control.clean)
        case _:
            raise TypeError(control)


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_any_setting_is_shown(step: Step) -> None:
    end = time.process_time() + SECONDS

    @settings(
        max_examples=12,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.fixed_dictionaries({name: any_value(each) for name, each in step.inputs.items()}))
    def try_out(values: Mapping[str, Value]) -> None:
        if time.process_time() < end:
            check_that_it_is_shown(step, values)

    try_out()


def check_that_it_is_shown(step: Step, values: Mapping[str, Value]) -> None:
    """There is a figure or a word, every number is one, and the task can be judged."""
    exhibit = step.exhibit(values)
    assert exhibit.figures or exhibit.stopped
    assert [name for name, fact in step.state(values).items() if is_no_number(fact)] == []
    for chart in exhibit.figures:
        if not isinstance(chart, Page):
            assert chart.screen(LIGHT).data
    step.judge(values)


def is_no_number(fact: object) -> bool:
    return isinstance(fact, float) and not math.isfinite(fact)
