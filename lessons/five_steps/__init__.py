"""Lesson one: an annotated heatmap in five steps, each of them honest."""

from pathlib import Path

from lessons.five_steps.steps import Colour, Correlate, Dummify, Export, Import, Mask, Read
from lib.course import Lesson, Part, read_quiz

LESSON = Lesson(
    slug="five_steps",
    title="Five steps to a heatmap",
    objectives=[
        "Read a file without letting its row numbers in.",
        "Choose the columns of a correlation matrix, and know why the others are not there.",
        "Build a mask, and trim what it leaves empty.",
        "Set limits and colours so that the pale middle means zero.",
        "Export a picture whose numbers can be read.",
    ],
    parts=[
        Part(
            "Five steps to a heatmap",
            35,
            [Import(), Correlate(), Dummify(), Mask(), Colour(), Read(), Export()],
        )
    ],
    quiz=read_quiz(Path(__file__).with_name("quiz.toml")),
)
