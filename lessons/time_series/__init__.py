"""Lesson five: what time does to a correlation."""

from pathlib import Path

from lib.course import Lesson, Part, Pool, Steps, read_quiz

LESSON = Lesson(
    slug="time_series",
    title="What time does to a correlation",
    objectives=[
        "Know how often two drifting series earn a star.",
        "Choose the cure that fits the cause: difference, line or season.",
        "Count the rows that series are worth.",
        "Tell links that die in changes from links that live.",
        "See what only a map of changes, or of delays, can show.",
        "Read autocorrelations, and whiten before asking who leads.",
    ],
    parts=[
        Part("Series that wander", 15, Steps(__name__, "wandering")),
        Part("Levels and changes", 10, Steps(__name__, "economy")),
        Part("What comes every year", 15, Steps(__name__, "seasons")),
        Part("Echoes and delays", 20, Steps(__name__, "lags", "alone")),
    ],
    quiz=read_quiz(Path(__file__).with_name("quiz.toml")),
    practice=Pool(f"{__name__}.practice"),
    own_question="Do two of your own series still go together in their changes?",
    instrument="two_series",
)
