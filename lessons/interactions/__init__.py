"""Lesson eight: what two features do together in a model, and what a map of it shows."""

from pathlib import Path

from lessons.interactions.averages import Averages, Pairs
from lessons.interactions.recipe import Filler, Nowhere, Orientation, Recipe
from lessons.interactions.shapes import Gallery
from lessons.interactions.truths import Known, Titanic, Together
from lib.course import Lesson

LESSON = Lesson(
    slug="interactions",
    title="What two features do together",
    minutes=50,
    objectives=[],
    steps=[Gallery(), Recipe(), Orientation(), Filler(), Nowhere(), Averages(), Pairs(), Known(), Titanic(), Together()],
    quiz=(),
)
