"""Lesson seven: clustermaps."""

from pathlib import Path

from lib.course import Lesson, Part, Pool, Steps, read_quiz

LESSON = Lesson(
    slug="clustermaps",
    title="Blocks, branches and blind spots",
    objectives=[
        "Say what clustering changes on a map, and what it cannot change.",
        "Name the distance, the linkage and the scaling, and choose them on purpose.",
        "Read a tree by its heights, not by who stands next to whom.",
        "Know the blocks that noise makes.",
        "Cut a tree at a height that means something.",
        "Look next door before you believe a clustermap.",
        "Refuse a group that was found with the genes chosen to show it.",
    ],
    parts=[
        Part(
            "Blocks, branches and blind spots",
            60,
            Steps(__name__, "orders", "blocks", "cuts", "genes", "writing", "alone"),
        )
    ],
    quiz=read_quiz(Path(__file__).with_name("quiz.toml")),
    own_question="Which groups in your own table would come back in another tree?",
    instrument="clustermap",
    practice=Pool(f"{__name__}.practice"),
)
