"""Lesson six: words, ranks and mixed tables."""

from pathlib import Path

from lib.course import Lesson, Part, Pool, Steps, read_quiz

LESSON = Lesson(
    slug="categorical",
    title="Words, ranks and mixed tables",
    objectives=[
        "Say why numbered words have no r, and show it.",
        "Find the cells that make V, and what chance adds to it.",
        "Read a map that is not its own mirror.",
        "Look within the groups before you believe a cell.",
        "Choose the measure that two columns allow, and name it in the cell.",
        "Encode words without telling them the answer.",
        "Put families of columns side by side, and claim no more than that.",
    ],
    parts=[
        Part("Words with words", 18, Steps(__name__, "words", "strength")),
        Part("Groups and whole tables", 32, Steps(__name__, "groups", "maps", "alone")),
    ],
    quiz=read_quiz(Path(__file__).with_name("quiz.toml")),
    practice=Pool(f"{__name__}.practice"),
    own_question="Which columns of your own table go with its words, and by which measure?",
)
