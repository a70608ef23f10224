"""Lesson two: what each measure of association asks, and which question fits which pair."""

from pathlib import Path

from lessons.methods.choosing import TwoGroups, WhereTheyPart, WhichMeasure
from lessons.methods.dependence import NoiseFloor, ZeroIsNotNothing
from lessons.methods.promises import AnotherScale, EightRows, WhatTheTestNeeds
from lessons.methods.shapes import BendTheAxes, FourPanels, OneOutlier, OneRow, YourMap
from lib.course import Lesson, Part, read_quiz

LESSON = Lesson(
    slug="methods",
    title="Which correlation?",
    objectives=[
        "Say what Pearson, Spearman and Kendall each ask of a cloud.",
        "Foresee what an outlier or a logarithm does to each of them.",
        "Tell *no line* from *no link*.",
        "Read mutual information beside its noise floor.",
        "Know what the test of r needs, and what it does not.",
        "Choose a measure by what the two columns hold.",
    ],
    parts=[
        Part(
            "Which correlation?",
            55,
            [
                YourMap(),
                FourPanels(),
                OneOutlier(),
                OneRow(),
                BendTheAxes(),
                ZeroIsNotNothing(),
                NoiseFloor(),
                WhatTheTestNeeds(),
                AnotherScale(),
                EightRows(),
                WhereTheyPart(),
                TwoGroups(),
                WhichMeasure(),
            ],
        )
    ],
    quiz=read_quiz(Path(__file__).with_name("quiz.toml")),
)
