"""What every learner will ask for and takes a moment is computed while they read."""

import os
import time
from collections.abc import Iterator

from lib.course import Choice, Course, Step, Toggle, Value
from lib.ui.failing import note_failure

_SWITCH = "COMPUTE_AHEAD"
"""The environment variable that says 0 where a host would rather wait than compute."""

_LONG = 0.05
"""Seconds. A step that takes longer at first is also computed at each of its choices."""


def compute_ahead(course: Course) -> None:
    """Compute every step at its defaults, and slow ones at each choice alone.

    What they compute is remembered by those who compute it. Half of the time is left to whoever
    uses the course meanwhile.
    """
    if os.environ.get(_SWITCH) == "0":
        return
    for lesson in course.lessons:
        for step in lesson.steps:
            if _seconds_for(step, {}) > _LONG:
                for setting in _choices(step):
                    _seconds_for(step, setting)


def _choices(step: Step) -> Iterator[dict[str, Value]]:
    for name, control in step.controls.items():
        match control:
            case Choice():
                values: tuple[Value, ...] = control.named
            case Toggle():
                values = (False, True)
            case _:
                values = ()
        yield from ({name: value} for value in values if value != control.default)


def _seconds_for(step: Step, setting: dict[str, Value]) -> float:
    begin = time.perf_counter()
    try:
        step.exhibit(setting)
    except Exception as error:
        note_failure(error, f"computing {step.slug} ahead")
    seconds = time.perf_counter() - begin
    time.sleep(seconds)
    return seconds
