"""Lesson nine: one habit for each kind of heatmap."""

from pathlib import Path

from lessons.applications.choosing import Choose
from lessons.applications.classes import Confuse, Imbalance
from lessons.applications.forests import Noise, Together
from lessons.applications.genes import Express
from lessons.applications.places import Density
from lessons.applications.relations import Relate
from lessons.applications.visits import Visits
from lib.course import Lesson, Part, read_quiz

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
            45,
            [
                Relate(),
                Confuse(),
                Imbalance(),
                Noise(),
                Together(),
                Density(),
                Visits(),
                Express(),
                Choose(),
            ],
        )
    ],
    quiz=read_quiz(Path(__file__).with_name("quiz.toml")),
)
