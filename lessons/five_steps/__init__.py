"""Lesson one: an annotated heatmap in five steps, each of them honest."""

from pathlib import Path

from lib.course import Lesson, Part, Pool, Steps, read_quiz

LESSON = Lesson(
    slug="five_steps",
    title="Five steps to a heatmap",
    objectives=[
        "Read a file without letting its row numbers in.",
        "Choose the columns of a correlation matrix, and know why the others are not there.",
        "Build a mask, and trim what it leaves empty.",
        "Set limits and colours so that the neutral colour means zero.",
        "Export a picture whose numbers can be read.",
    ],
    parts=[
        Part("From a file to a matrix", 15, Steps(__name__, "reading", "matrix")),
        Part("From a matrix to a page", 27, Steps(__name__, "picture", "on_your_own")),
    ],
    quiz=read_quiz(Path(__file__).with_name("quiz.toml")),
    own_question="Which cells of your own table's map would you believe?",
    practice=Pool(f"{__name__}.practice"),
)
