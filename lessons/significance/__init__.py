"""Lesson three: what a star on a heatmap is worth."""

from pathlib import Path

from lib.course import Lesson, Part, Pool, Steps, read_quiz

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
        Part("Many looks", 30, Steps(__name__, "chance", "adjusting", "by_hand")),
        Part("How much, and how sure", 29, Steps(__name__, "size", "checks", "alone")),
    ],
    practice=Pool(f"{__name__}.practice"),
    quiz=read_quiz(Path(__file__).with_name("quiz.toml")),
    own_question="How many stars of your own map are left once all its pairs are counted?",
)
