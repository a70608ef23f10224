"""Lesson seven: clustermaps."""

from pathlib import Path

from lessons.clustermaps.chance import FalseBlocks
from lessons.clustermaps.genes import Dipping, Leukaemia
from lessons.clustermaps.orders import Distance, Reorder, SignFlip
from lessons.clustermaps.trees import Chains, Cut, Scaling
from lib.course import Lesson, Part, read_quiz

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
            45,
            [
                Reorder(),
                Distance(),
                SignFlip(),
                Chains(),
                FalseBlocks(),
                Cut(),
                Scaling(),
                Leukaemia(),
                Dipping(),
            ],
        )
    ],
    quiz=read_quiz(Path(__file__).with_name("quiz.toml")),
)
