"""Lesson eight: what two features do together in a model, and what a map of it shows."""

from pathlib import Path

from lib.course import Lesson, Part, Pool, Steps, read_quiz

LESSON = Lesson(
    slug="interactions",
    title="What two features do together",
    objectives=[
        "Say what an interaction is: what no sum of two effects can do.",
        "Take the main effects out of a map, and look at what is left.",
        "Know which class a map shows, which way its axis runs, and what its filler decides.",
        "Hatch the cells where no patient can be.",
        "Read partial dependence, individual curves and accumulated effects side by side.",
        "Rank pairs by what they do, not by a ratio.",
        "Ask on which scale, and against which floor.",
    ],
    parts=[
        Part(
            "What two features do together",
            65,
            Steps(
                __name__,
                "shapes",
                "writing",
                "recipe",
                "nowhere",
                "averages",
                "truths",
                "shapley",
                "alone",
            ),
        )
    ],
    quiz=read_quiz(Path(__file__).with_name("quiz.toml")),
    own_question="Which two of your own columns say more together than each does alone?",
    instrument="interactions",
    practice=Pool(f"{__name__}.practice"),
)
