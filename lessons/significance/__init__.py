"""Lesson three: what a star on a heatmap is worth."""

from pathlib import Path

from lessons.significance.chance import Adjusted, Noise, TruthKnown
from lessons.significance.checks import Gaps, Shuffles
from lessons.significance.marks import Survivors
from lessons.significance.size import EnoughRows, Width
from lib.course import Lesson, Part, read_quiz

LESSON = Lesson(
    slug="significance",
    title="Stars and what they are worth",
    objectives=[
        "Say how many stars a map of nothing earns.",
        "Choose an adjustment by what a false star costs.",
        "Mark what survives, and know what each mark hides.",
        "Tell a small p from a strong link.",
        "Read an interval, and know what narrows it.",
        "Repair the loop of p-values that everyone copies.",
        "Let shuffles judge where one row decides.",
    ],
    parts=[
        Part(
            "Stars and what they are worth",
            45,
            [
                Noise(),
                Adjusted(),
                Survivors(),
                TruthKnown(),
                EnoughRows(),
                Width(),
                Gaps(),
                Shuffles(),
            ],
        )
    ],
    quiz=read_quiz(Path(__file__).with_name("quiz.toml")),
)
