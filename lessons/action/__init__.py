"""Lesson four: what to do about what the map shows, and what not to."""

from pathlib import Path

from lib.course import Lesson, Part, Pool, Steps, read_quiz

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
        Part("Predictors that say the same", 14, Steps(__name__, "collinear")),
        Part("What enters the model", 15, Steps(__name__, "by_hand", "selecting")),
        Part("Not what they seem", 20, Steps(__name__, "leaks", "third_variables")),
        Part("Your decision", 9, Steps(__name__, "decision", "alone")),
    ],
    practice=Pool(f"{__name__}.practice"),
    quiz=read_quiz(Path(__file__).with_name("quiz.toml")),
    own_question="Which of your own columns could go, and what would be lost with them?",
    instrument="redundancy",
)
