"""The course: its lessons in their order, and the misconceptions that they answer."""

from pathlib import Path

from lessons import action, five_steps, interactions, methods, significance
from lib.course import Course, read_misconceptions

COURSE = Course(
    slug="honest-heatmaps",
    title="Honest Heatmaps",
    lessons=[
        five_steps.LESSON,
        methods.LESSON,
        significance.LESSON,
        action.LESSON,
        interactions.LESSON,
    ],
    misconceptions=read_misconceptions(Path(__file__).with_name("misconceptions.toml")),
)
