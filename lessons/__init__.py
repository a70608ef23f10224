"""The course: its lessons in their order, and the misconceptions that they answer."""

from pathlib import Path

from lessons import (
    action,
    applications,
    categorical,
    clustermaps,
    five_steps,
    interactions,
    methods,
    significance,
    time_series,
)
from lib.course import (
    Course,
    read_glossary,
    read_map,
    read_measures,
    read_misconceptions,
    read_sheet,
)

_FOLDER = Path(__file__).parent
_LESSONS = [
    five_steps.LESSON,
    methods.LESSON,
    significance.LESSON,
    action.LESSON,
    time_series.LESSON,
    categorical.LESSON,
    clustermaps.LESSON,
    interactions.LESSON,
    applications.LESSON,
]

COURSE = Course(
    slug="honest-heatmaps",
    title="Honest Heatmaps",
    lessons=_LESSONS,
    misconceptions=read_misconceptions(_FOLDER / "misconceptions.toml"),
    glossary=read_glossary(_FOLDER / "glossary.toml"),
    sheets={each.slug: read_sheet(_FOLDER / each.slug) for each in _LESSONS},
    map=read_map(_FOLDER / "map.toml"),
    measures=read_measures(_FOLDER / "measures.toml", "lessons.measures"),
)
