"""Lesson five: what time does to a correlation."""

from pathlib import Path

from lessons.time_series.economy import Decades, LevelsAndChanges, Markets, Overlap
from lessons.time_series.seasons_and_lags import Delays, Echoes, IceCream, Leads
from lessons.time_series.wandering import Cure, EffectiveRows, TwoWalks
from lib.course import Lesson, Part, read_quiz

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
        Part(
            "What time does to a correlation",
            55,
            [
                TwoWalks(),
                Cure(),
                EffectiveRows(),
                LevelsAndChanges(),
                Markets(),
                IceCream(),
                Decades(),
                Overlap(),
                Echoes(),
                Leads(),
                Delays(),
            ],
        )
    ],
    quiz=read_quiz(Path(__file__).with_name("quiz.toml")),
)
