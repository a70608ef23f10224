"""Lesson four: what to do about what the map shows, and what not to."""

from pathlib import Path

from lessons.action.collinear import Drop, Harm, Hidden, Inflate
from lessons.action.decision import Decide
from lessons.action.selecting import Order, Peek, Shrink
from lessons.action.suspects import Confound, Construct, Encode, Interact, Leak
from lib.course import Lesson, Part, read_quiz

LESSON = Lesson(
    slug="action",
    title="From heatmap to action",
    objectives=[
        "Tell a strong pair from a column that follows from all the others.",
        "Say whom collinearity harms: who reads coefficients, not who predicts.",
        "Drop, combine or shrink, and let the folds see every choice.",
        "Find the column that knows the outcome because it comes after it.",
        "Look within the groups before you call a relation absent.",
        "Decide, give your reasons, and show their numbers.",
    ],
    parts=[
        Part(
            "From heatmap to action",
            45,
            [
                Inflate(),
                Hidden(),
                Drop(),
                Harm(),
                Shrink(),
                Peek(),
                Order(),
                Leak(),
                Encode(),
                Construct(),
                Interact(),
                Confound(),
                Decide(),
            ],
        )
    ],
    quiz=read_quiz(Path(__file__).with_name("quiz.toml")),
)
