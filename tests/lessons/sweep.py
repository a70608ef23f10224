"""Settings of a step, from every corner, and what the step says of each.

A sentence that is shown for one setting has to be true for all for which it is shown. So a step is
tried where its author did not look: the ends of every control, each choice, each control alone
from end to end, settings at random, other draws, and all that around the solution as well.
"""

import itertools
import math
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lessons import COURSE
from lib.course import (
    Choice,
    Columns,
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

Setting = dict[str, Value]

STEPS: dict[str, tuple[Lesson, Step]] = {
    f"{lesson.slug}.{step.slug}": (lesson, step)
    for lesson in COURSE.lessons
    for step in lesson.steps
}

SLOW = {
    "action.encode",
    "action.order",
    "applications.imbalance",
    "applications.noise",
    "five_steps.export",
    "interactions.averages",
    "interactions.gallery",
    "interactions.known",
    "interactions.pairs",
    "interactions.shapley",
    "interactions.together",
    "methods.noise_floor",
    "methods.what_the_test_needs",
    "methods.zero_is_not_nothing",
    "significance.adjusted",
    "significance.truth_known",
    "time_series.cure",
    "time_series.effective_rows",
}
"""Steps of which a setting costs more than 20 ms in the mean; the others cost 5."""

_GATE, _SLOW_GATE, _WIDE, _SLOW_WIDE = 8, 4, 600, 60


@dataclass(frozen=True)
class Tried:
    """One setting of a step: the state that it makes, or the error that it raises.

    shown   what stands there in words: the description, and the titles of the figures
    """

    setting: Setting
    state: Mapping[str, Any] | None
    error: Exception | None = None
    shown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sweep:
    """A step at many settings.

    tried    every setting, each with its state
    chance   those of them that were drawn at random
    alone    by the name of a control, its settings with all others at their defaults
    """

    step: Step
    tried: list[Tried]
    chance: list[Tried]
    alone: dict[str, list[Tried]]

    @property
    def states(self) -> Iterator[tuple[Setting, Mapping[str, Any]]]:
        return ((one.setting, one.state) for one in self.tried if one.state is not None)

    @property
    def passing(self) -> list[tuple[Setting, Mapping[str, Any]]]:
        return [(at, state) for at, state in self.states if passes(self.step, state)]


def passes(step: Step, state: Mapping[str, Any]) -> bool:
    """Whether this state meets every goal of the task."""
    return step.task is not None and step.task.passed(state)


@lru_cache(maxsize=4)
def sweep(name: str, *, wide: bool = False) -> Sweep:
    """Try a step at many settings: at some 16 of its controls, or 600 where that is wide.

    Parameters
    ----------
    name
        Lesson and step, as in `STEPS`.
    """
    _, step = STEPS[name]
    rng = random.Random(name)
    most = pace(name, _WIDE, _SLOW_WIDE) if wide else pace(name, _GATE, _SLOW_GATE)
    known: dict[tuple, Tried] = {}

    def attempt(settings: Iterable[Setting]) -> list[Tried]:
        return [_once(step, setting, known) for setting in settings]

    alone = {key: attempt(_alone(step, key, most)) for key in step.inputs}
    attempt(_named(step))
    for controls in _spread(_controls(step, rng, most), most):
        attempt({**controls, **answers} for answers in _answers(step, controls))
    chance = attempt(_at_random(step.inputs, rng) for _ in range(most // 2))
    return Sweep(step, list(known.values()), chance, alone)


def pace(name: str, quick: int, slow: int) -> int:
    """How often something may be done: less often where a step is slow."""
    return slow if name in SLOW else quick


def _once(step: Step, setting: Setting, known: dict[tuple, Tried]) -> Tried:
    key = tuple(sorted({**step.defaults, **setting}.items()))
    if key not in known:
        try:
            known[key] = Tried(setting, step.state(setting), shown=_shown(step, setting))
        # Whatever it is: a test names it.
        except Exception as error:
            known[key] = Tried(setting, None, error)
    return known[key]


def _shown(step: Step, setting: Setting) -> tuple[str, ...]:
    exhibit = step.exhibit(setting)
    assert exhibit.figures or exhibit.stopped
    assert all(isinstance(fact, bool | int | float | str) for fact in exhibit.facts.values())
    charts = itertools.chain(*(c if isinstance(c, tuple) else (c,) for c in exhibit.figures))
    return (exhibit.description, *(getattr(chart, "title", "") for chart in charts))


def _named(step: Step) -> list[Setting]:
    """What the step itself speaks of."""
    return [
        {},
        *([dict(step.predict.answer_at)] if step.predict else []),
        *([dict(step.task.solution)] if step.task else []),
        *(dict(mistake.example) for mistake in step.mistakes),
    ]


def _alone(step: Step, name: str, most: int) -> Iterator[Setting]:
    return ({name: value} for value in _spread(values_of(step.inputs[name]), most))


def _controls(step: Step, rng: random.Random, most: int) -> list[Setting]:
    """Around the solution, other draws, corners, and at random: controls without answers."""
    solution = dict(step.task.solution) if step.task else {}
    given = {name: value for name, value in solution.items() if name in step.controls}
    ends = {
        name: _ends(values_of(control))
        for name, control in step.controls.items()
        if not isinstance(control, Seed)
    }
    near = [
        {**given, name: value}
        for name, control in step.controls.items()
        for value in _spread(values_of(control), 20 if isinstance(control, Seed) else 5)
    ]
    corners = [dict(zip(ends, corner, strict=True)) for corner in _product(ends.values(), rng)]
    chance = [_at_random(step.controls, rng) for _ in range(most // 3)]
    return [*_spread(near, most // 2), *_spread(corners, most // 4), *chance]


def _product(ends: Iterable[list[Value]], rng: random.Random) -> list[tuple[Value, ...]]:
    """All corners where they are few, else some of them."""
    ends = list(ends)
    if math.prod(map(len, ends)) <= 200:
        return list(itertools.product(*ends))
    return [tuple(rng.choice(values) for values in ends) for _ in range(200)]


def _answers(step: Step, controls: Setting) -> Iterator[Setting]:
    """What might be answered there: each choice, and whole numbers that the facts suggest."""
    if not step.answers:
        return iter([{}])
    try:
        facts = step.exhibit(controls).facts
    # It is tried once more, and named, with no answer.
    except Exception:
        return iter([{}])
    whole = {
        round(fact * factor)
        for fact in facts.values()
        if isinstance(fact, int | float) and math.isfinite(fact)
        for factor in (1, 100)
    }
    options = [
        [None, *sorted(n for n in whole if control.low <= n <= control.high)]
        if isinstance(control, Number)
        else values_of(control)
        for control in step.answers.values()
    ]
    every = list(itertools.islice(itertools.product(*options), 1000))
    good = [
        answer
        for answer in (dict(zip(step.answers, values, strict=True)) for values in every)
        if passes(step, step.state({**controls, **answer}))
    ]
    others = [dict(zip(step.answers, values, strict=True)) for values in _spread(every, 6)]
    return iter([*good[:3], *others])


def values_of(control: Any) -> list[Value]:
    """Values that a control can have: all, or where these are many, some from end to end."""
    match control:
        case Choice():
            return [*([None] if control.default is None else []), *control.named]
        case Toggle():
            return [False, True]
        case Slider():
            steps = round((control.high - control.low) / control.step)
            return [control.nearest(control.low + i * control.step) for i in range(steps + 1)]
        case Number():
            return [None, control.low, (control.low + control.high) // 2, control.high]
        case Columns() | Rows():
            few = control.named[: max(control.at_least, 1)]
            each = [tuple(n for n in control.named if n != name) for name in control.named]
            if not control.at_least:
                each += [(name,) for name in control.named]
            most = control.at_most or len(control.named)
            each += [few, control.named[-len(few) :], control.named[:most], control.named[-most:]]
            allowed = [names for names in each if not control.wanting(names)]
            return [control.default, *dict.fromkeys(allowed)]
        case Seed():
            return [*range(min(20, control.high + 1)), control.high]
        case Redraws():
            return sorted({1, 2, 12, 50, control.at_most} & set(range(1, control.at_most + 1)))
        case Point():
            x, y = (values_of(slider) for slider in control.sliders)
            return [control.default, *itertools.product(_spread(x, 5), _spread(y, 5))]
        case Guess():
            cells = len(control.pairs)
            return [control.default, *((level,) * cells for level in control.levels)]
        case Write():
            name = control.names[0]
            return [
                "",
                name,
                f"mine = {name}.head(3)",
                f"{name}.mean(",
                "nowhere",
                f"{name}.sum() * 0",
            ]
    raise TypeError(f"Nobody knows what {control} can be.")


def _ends(values: list[Value]) -> list[Value]:
    return values if len(values) <= 3 else [values[0], values[-1]]


def _spread(values: list[Any], most: int) -> list[Any]:
    """At most so many of the values, but the first and the last in any case."""
    most = max(most, 2)
    if len(values) <= most:
        return values
    return [values[round(i * (len(values) - 1) / (most - 1))] for i in range(most)]


def _at_random(inputs: Mapping[str, Any], rng: random.Random) -> Setting:
    return {name: rng.choice(values_of(control)) for name, control in inputs.items()}
