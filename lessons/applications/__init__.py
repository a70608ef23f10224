"""Lesson nine: one habit for each kind of heatmap."""

from pathlib import Path

from lib.course import Lesson, Part, Pool, Steps, read_quiz

LESSON = Lesson(
    slug="applications",
    title="Six heatmaps, six habits",
    objectives=[
        "Choose the measure, the scale and the order of a heatmap by its use.",
        "Tell recall from precision, and see a rare class.",
        "Ask what a model needs, on data that it has not seen.",
        "Doubt a hotspot until two grids agree on it.",
        "Act on rates, not on crowds, and adjust for the number of cells.",
        "Standardise the axis that the question is about.",
        "Find the recipe from what the axes mean and what colour should say.",
    ],
    parts=[
        Part(
            "Six heatmaps, six habits",
            60,
            Steps(
                __name__,
                "relations",
                "classes",
                "forests",
                "places",
                "visits",
                "genes",
                "choosing",
                "alone",
            ),
        )
    ],
    quiz=read_quiz(Path(__file__).with_name("quiz.toml")),
    practice=Pool(f"{__name__}.practice"),
    own_question="What should colour say on a map of your own table?",
)
