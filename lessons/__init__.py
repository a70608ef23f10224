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
from lib.course import Course, read_glossary, read_measures, read_misconceptions

COURSE = Course(
    slug="honest-heatmaps",
    title="Honest Heatmaps",
    lessons=[
        five_steps.LESSON,
        methods.LESSON,
        significance.LESSON,
        action.LESSON,
        time_series.LESSON,
        categorical.LESSON,
        clustermaps.LESSON,
        interactions.LESSON,
        applications.LESSON,
    ],
    misconceptions=read_misconceptions(Path(__file__).with_name("misconceptions.toml")),
    glossary=read_glossary(Path(__file__).with_name("glossary.toml")),
    measures=read_measures(Path(__file__).with_name("measures.toml"), "lessons.measures"),
)
