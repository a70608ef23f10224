"""Lesson two: what each measure of association asks, and which question fits which pair."""

from pathlib import Path

from lib.course import Lesson, Part, Pool, Steps, read_quiz

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
        Part("Lines and ranks", 22, Steps(__name__, "looking", "shapes")),
        Part("No line, no link?", 9, Steps(__name__, "dependence")),
        Part("What the tests promise", 12, Steps(__name__, "promises")),
        Part("Which measure for which pair", 18, Steps(__name__, "choosing", "on_your_own")),
    ],
    quiz=read_quiz(Path(__file__).with_name("quiz.toml")),
    own_question="Which of your own pairs does one measure call strong and another weak?",
    practice=Pool(f"{__name__}.practice"),
)
