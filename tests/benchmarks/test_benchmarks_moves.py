"""The moves of the learners who load the app: every kind of control has some that it allows."""

from collections.abc import Iterator
from inspect import isabstract
from random import Random

import pytest

from benchmarks.moves import (
    MOST_DRAWS,
    MOST_ROWS,
    random_move,
    random_setting,
    random_value,
    step_move,
)
from lessons import COURSE
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
    Toggle,
    Transform,
    Write,
)

ROAD = ("rate", "len", "adt", "trks", "sigs1")
EXAMPLES = {
    Choice: Choice("Hide", ("upper", "lower"), default=None),
    Columns: Columns("Columns", ROAD, default=ROAD),
    Guess: Guess("Your map", ("rate", "len", "adt")),
    Number: Number("How many pairs?", 0, 200),
    Point: Point("The extra point", (-8, 8), (-2, 2), default=(0, 0)),
    Redraws: Redraws("Draws", 200),
    Rows: Rows("Leave out", ROAD),
    Seed: Seed("Draw"),
    Slider: Slider("k", -1.0, 1.0, default=0.0, step=0.1),
    Toggle: Toggle("Trim", default=False),
    Transform: Transform("gdp"),
    Write: Write("Your lines", gives="r", names=("highway",)),
}


def kinds(parent: type) -> Iterator[type]:
    """Every kind of control that can be declared."""
    for kind in parent.__subclasses__():
        is_named = kind.__module__.startswith("lib.") and not kind.__name__.startswith("_")
        if is_named and not isabstract(kind):
            yield kind
        yield from kinds(kind)


def test_there_is_an_example_of_every_kind() -> None:
    assert set(EXAMPLES) == set(kinds(Control))


@pytest.mark.parametrize("control", EXAMPLES.values(), ids=lambda control: type(control).__name__)
def test_every_kind_of_control_has_moves_that_it_allows(control: Control) -> None:
    random = Random(1)
    values = [random_value(control, random) for _ in range(60)]
    assert [control.clean(value) for value in values] == values
    assert len(set(values)) > 1


def test_learners_see_the_first_draws_and_leave_out_few_rows() -> None:
    random = Random(1)
    draws = [random_value(EXAMPLES[kind], random) for kind in (Seed, Redraws) for _ in range(99)]
    assert max(draws) <= MOST_DRAWS
    assert max(len(random_value(EXAMPLES[Rows], random)) for _ in range(99)) == MOST_ROWS


def test_a_kind_without_moves_is_named() -> None:
    class Lever(Slider):
        pass

    class Dial(Control):
        def clean(self, value):
            return value

    assert random_value(Lever("k", 0, 3, default=0), Random(1)) in range(4)
    with pytest.raises(TypeError, match="moves a Dial"):
        random_value(Dial("k", default=0), Random(1))


def test_a_move_changes_one_control_to_another_value() -> None:
    controls = {"hide": EXAMPLES[Choice], "trim": EXAMPLES[Toggle], "k": EXAMPLES[Slider]}
    setting = {"hide": "upper", "trim": True, "k": 0.1}
    moved = [random_move(controls, setting, Random(seed)) for seed in range(60)]
    assert all(len(move) == 1 for move in moved)
    assert all(setting[name] != value for move in moved for name, value in move.items())
    assert {name for move in moved for name in move} == set(controls)


def test_where_nothing_can_be_changed_there_is_no_move() -> None:
    assert random_move({}, {}, Random(1)) == {}
    only = {"hide": Choice("Hide", ("upper",), default="upper")}
    assert random_move(only, {"hide": "upper"}, Random(1)) == {}


def test_every_step_of_a_lesson_can_be_played_at_random() -> None:
    random = Random(1)
    for step in COURSE.lesson("applications").steps:
        assert random_move(step.inputs, step.defaults, random)
        setting = random_setting(step.controls, random)
        assert {name: step.controls[name].clean(setting[name]) for name in setting} == setting


def test_where_lines_are_to_be_written_learners_write_a_solution_or_a_mistake() -> None:
    step = COURSE.lesson("time_series").step("move_the_second")
    random = Random(1)
    written = {step_move(step, step.defaults, random)["lines"] for _ in range(40)}
    examples = [step.task.solution, *(mistake.example for mistake in step.mistakes)]
    assert step.task.solution["lines"] in written
    assert written <= {example["lines"] for example in examples}
    assert len(written) > 1
