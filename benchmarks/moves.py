"""What a learner may do in a step: values for its controls, at random."""

from collections.abc import Mapping
from random import Random

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

# A draw is asked for again and again, beginning with the first, so most learners see the same.
MOST_DRAWS = 30
# Who leaves rows out of a table leaves out a few.
MOST_ROWS = 3
TRIES = 50


def random_setting(controls: Mapping[str, Control], random: Random) -> dict[str, Value]:
    """A value for each of the controls."""
    return {name: random_value(control, random) for name, control in controls.items()}


def random_move(
    controls: Mapping[str, Control], setting: Mapping[str, Value], random: Random
) -> dict[str, Value]:
    """Another value for one of the controls; nothing where none is found."""
    for _ in range(TRIES if controls else 0):
        name = random.choice(list(controls))
        value = random_value(controls[name], random)
        if value != setting[name]:
            return {name: value}
    return {}


def step_move(step: Step, setting: Mapping[str, Value], random: Random) -> dict[str, Value]:
    """As `random_move`; lines to write are those of the step's solution, or of a mistake."""
    move = random_move(step.inputs, setting, random)
    examples = [step.task.solution] if step.task else []
    examples += [mistake.example for mistake in step.mistakes]
    for name in move:
        if isinstance(step.inputs[name], Write):
            lines = [example[name] for example in examples if name in example]
            return {name: random.choice(lines or [move[name]])}
    return move


def random_value(control: Control, random: Random) -> Value:
    """A value that the control allows.

    >>> random_value(Toggle("Trim", default=False), Random(1))
    True
    """
    match control:
        case Choice():
            return random.choice(control.named)
        case Toggle():
            return random.random() < 0.5
        case Slider():
            return control.nearest(random.uniform(control.low, control.high))
        case Number():
            return random.randint(control.low, control.high)
        case Seed():
            return random.randrange(min(MOST_DRAWS, control.high + 1))
        case Redraws():
            return random.randint(1, min(MOST_DRAWS, control.at_most))
        case Point():
            x, y = (random_value(slider, random) for slider in control.sliders)
            return control.clean((x, y))
        case Guess():
            return tuple(random.choice(control.levels) for _ in control.pairs)
        case Write():
            name = control.names[0]
            return random.choice(("", name, f"{name}.head(3)", f"{name}.mean("))
        case Rows():
            return _some(control, min(MOST_ROWS, len(control.named)), random)
        case Columns():
            return _some(control, len(control.named), random)
        case _:
            raise TypeError(f"Nobody has said how a learner moves a {type(control).__name__}.")


def _some(control: Columns | Rows, most: int, random: Random) -> Value:
    count = random.randint(control.at_least, most)
    return control.clean(random.sample(control.named, count))
