"""The map of the course: measures by what columns they take, pitfalls with their cures."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class StepAddress(NamedTuple):
    """A step, by the slug of its lesson and its own."""

    lesson: str
    step: str


@dataclass(frozen=True)
class MeasureEntry:
    """A measure, for columns of these kinds, and the step that shows it."""

    kinds: str
    name: str
    at: StepAddress


@dataclass(frozen=True)
class PitfallEntry:
    """A way to be fooled, what helps, and the step that shows both."""

    name: str
    cure: str
    at: StepAddress


@dataclass(frozen=True)
class CourseMap:
    measures: Sequence[MeasureEntry] = ()
    pitfalls: Sequence[PitfallEntry] = ()


def read_map(path: Path) -> CourseMap:
    """Read map.toml.

    Raises
    ------
    KeyError, TypeError, ValueError
        If a part is missing, or a place is not written as lesson.step.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    return CourseMap(
        measures=tuple(
            MeasureEntry(group["kinds"], node["name"], _place(node["at"]))
            for group in entries["measures"]
            for node in group["nodes"]
        ),
        pitfalls=tuple(
            PitfallEntry(each["name"], each["cure"], _place(each["at"]))
            for each in entries["pitfalls"]
        ),
    )


def _place(text: str) -> StepAddress:
    lesson, step = text.split(".")
    return StepAddress(lesson, step)
