"""What every learner will ask for and takes a moment is computed while they read."""

import os
import time
from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from ..course import (
    Choice,
    Control,
    Course,
    Exhibit,
    Redraws,
    Seed,
    Slider,
    Step,
    Toggle,
    Value,
)
from .failing import note_failure

_SWITCH = "COMPUTE_AHEAD"
"""The environment variable that says 0 where a host would rather wait than compute."""

_LONG = 0.05
"""Seconds of processor. A step that takes longer at first is computed at other settings, too."""

_FEW = 25
"""Stops. A slider with more of them is left to whoever moves it."""

_DRAWS = 10
"""Those that most learners see: each is the next one of the one before."""

_ALL = 40
"""Settings. A slow step that has no more of them is computed at each."""

_BUSY = 0.1
"""Of one core, that others use: a class of two hundred that waits for a question takes twice as
much, and somebody who reads a lesson less."""

_LOOK, _LOOKS = 1.0, 30
"""Seconds until it is seen whether others still work, and how often that is waited for."""


def compute_ahead(course: Course) -> None:
    """Compute every step at its defaults, and slow ones at what one move leads to.

    A slow step of few settings is computed at all of them.

    What they compute is remembered by those who compute it. Half of the time is left to whoever
    uses the course meanwhile, and nearly all where they need it.
    """
    if os.environ.get(_SWITCH) == "0":
        return
    for lesson in course.lessons:
        for step in lesson.steps:
            if _seconds_for(step, {}) > _LONG:
                _compute_others(step)


def _compute_others(step: Step) -> None:
    every = [_every(control) for control in step.controls.values()]
    if prod(map(len, every)) > _ALL or not all(every):
        for name, control in step.controls.items():
            _compute_each(step, name, control)
        return
    # A draw stands last and is what takes long: what else there is to see of it comes at once.
    for backwards in product(*reversed(every)):
        setting = dict(zip(step.controls, reversed(backwards), strict=True))
        if setting != {name: control.default for name, control in step.controls.items()}:
            _seconds_for(step, setting)


def _every(control: Control) -> Sequence[Value]:
    """All values of a control, the default first; none where they are too many to go through."""
    match control:
        case Choice() | Toggle():
            return (control.default, *_choices(control))
        case Seed():
            return range(control.high + 1)
        case Slider() if _has_few(control):
            return _stops(control)
        case _:
            return ()


def _compute_each(step: Step, name: str, control: Control) -> None:
    """Compute a step at each value of a control; of a row of alike ones until one is quick."""
    for value in _choices(control):
        _seconds_for(step, {name: value})
    for value in _row(control):
        if _seconds_for(step, {name: value}) < _LONG:
            return


def _choices(control: Control) -> Iterator[Value]:
    match control:
        case Choice():
            values: tuple[Value, ...] = control.named
        case Toggle():
            values = (False, True)
        case _:
            values = ()
    yield from (value for value in values if value != control.default)


def _row(control: Control) -> Iterator[Value]:
    """The next draws, or the stops of a slider with few, that are not its default."""
    match control:
        case Seed():
            yield from range(control.default + 1, min(control.high, _DRAWS) + 1)
        case Redraws():
            yield from range(control.default + 1, min(control.at_most, _DRAWS) + 1)
        case Slider() if _has_few(control):
            yield from (value for value in _stops(control) if value != control.default)


def _has_few(slider: Slider) -> bool:
    return len(_stops(slider)) <= _FEW


def _stops(slider: Slider) -> Sequence[float]:
    count = round((slider.high - slider.low) / slider.step) + 1
    return [slider.nearest(slider.low + n * slider.step) for n in range(count)]


def _seconds_for(step: Step, setting: dict[str, Value]) -> float:
    """Of processor: on a busy host all would seem long."""
    begin, worked = time.perf_counter(), time.thread_time()
    try:
        _draw_pages(step.exhibit(setting))
    except Exception as error:
        note_failure(error, f"computing {step.slug} ahead")
    seconds = time.thread_time() - worked
    _leave_way(time.perf_counter() - begin)
    return seconds


def _leave_way(seconds: float) -> None:
    """Do nothing for so long, and longer as long as others work: both would take twice the time."""
    for pause in (seconds, *[_LOOK] * _LOOKS):
        begin, used = time.perf_counter(), time.process_time()
        time.sleep(pause)
        if time.process_time() - used < _BUSY * (time.perf_counter() - begin):
            return


def _draw_pages(exhibit: Exhibit) -> None:
    """Have those pages drawn that matplotlib draws, which takes longer than to measure them."""
    # What draws is not imported before there is something to draw.
    from ..charts import Page

    for figure in exhibit.figures:
        if isinstance(figure, Page):
            figure.screen()
