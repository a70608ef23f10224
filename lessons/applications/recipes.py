"""The recipes: what rows and columns mean, what colour should say, and the map that fits."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from lessons.applications.classes import confusion, divided_by
from lessons.applications.forests import alone_on_unseen, as_grid, tumour_forest
from lessons.applications.genes import by_alike, gene_map, standardised
from lessons.applications.places import grid
from lessons.applications.tables import nations
from lessons.applications.visits import draw, marked_cells, week_map
from lessons.tables import table, tumours
from lib.charts import Heatmap
from lib.course import Link
from lib.stats import adjusted_residuals, correlate

COUNT, SHARE, LINK = "how many", "what share", "who goes together"
UNEXPECTED, NEED = "what is unexpected", "what is needed"
MEANINGS = (COUNT, SHARE, LINK, UNEXPECTED, NEED)

COLUMNS, CLASSES = "columns, twice", "true and predicted"
PLACES, HOURS = "places", "days and hours"
GENES, CATEGORIES = "genes and samples", "two categories"
PAIR, FEATURES = "two features' values", "a model's features"
AXES = (COLUMNS, CLASSES, PLACES, HOURS, GENES, CATEGORIES, PAIR, FEATURES)


@dataclass(frozen=True, eq=False)
class Recipe:
    """A map that fits: the meaning of its axes and colours, its habits, and how it is drawn."""

    name: str
    axes: str
    meaning: str
    measure: str
    normaliser: str
    limits: str
    colours: str
    order: str
    trap: str
    draw: Callable[[], Heatmap]
    links: tuple[Link, ...] = ()

    @property
    def script_name(self) -> str:
        """The file in scripts/ that draws the map."""
        return f"choose_{self.name.replace(' ', '_').replace('-', '_')}"

    @property
    def card(self) -> pd.DataFrame:
        """The habits, one a line."""
        habits = ("measure", "normaliser", "limits", "colours", "order", "trap")
        return pd.DataFrame(
            {"what to do": [getattr(self, habit) for habit in habits]}, pd.Index(habits)
        )


def _correlations() -> Heatmap:
    measured = nations().copy()
    measured[["ppgdp", "infantMortality"]] = np.log(measured[["ppgdp", "infantMortality"]])
    r = correlate(measured, adjust="none").r
    order = r["lifeExpF"].sort_values(ascending=False).index
    return Heatmap(r.loc[order, order], title="Five numbers of nations")


def _recall() -> Heatmap:
    shares = divided_by(confusion("naive Bayes"), "true class")
    return Heatmap(
        shares, (0.0, 1.0), colours="viridis", scale="share of the true class", title="Recall"
    )


def _residuals() -> Heatmap:
    students = table("hair_eye")
    students = students.loc[students.index.repeat(students["count"])]
    residuals = adjusted_residuals(students["hair"], students["eye"])
    most = float(residuals.abs().to_numpy().max())
    return Heatmap(
        residuals,
        (-most, most),
        decimals=1,
        scale="adjusted residual",
        title="Hair and eyes of students",
    )


@cache
def _beyond_main_effects() -> pd.DataFrame:
    """The partial dependence of two features, less the mean of its row and of its column."""
    seen, model = tumours().train, tumour_forest()
    x, y = "worst area", "worst concave points"
    steps = np.linspace(0.05, 0.95, 8)
    areas, points = seen[x].quantile(steps).to_numpy(), seen[y].quantile(steps).to_numpy()
    background = seen.head(100)
    cells = [background.assign(**{x: area, y: point}) for point in points for area in areas]
    chance = model.predict_proba(pd.concat(cells))[:, 0]
    dependence = chance.reshape(len(points), len(areas), -1).mean(axis=2)
    beyond = (
        dependence
        - dependence.mean(axis=1, keepdims=True)
        - dependence.mean(axis=0)
        + dependence.mean()
    )
    return pd.DataFrame(
        beyond,
        pd.Index([f"{point:.3f}" for point in points], name=y),
        pd.Index([f"{area:.0f}" for area in areas], name=x),
    )


def _interaction() -> Heatmap:
    beyond = _beyond_main_effects()
    most = float(beyond.abs().to_numpy().max())
    return Heatmap(
        beyond, (-most, most), decimals=3, scale="beyond main effects", title="P(malignant)"
    )


def _rate() -> Heatmap:
    week = draw(12)
    return week_map(week.rate, "rate", "12", marked_cells(week)[1])


RECIPES = (
    Recipe(
        name="correlation",
        axes=COLUMNS,
        meaning=LINK,
        measure="Pearson's r; Spearman's where curves are monotone",
        normaliser="straighten bends first, with a logarithm or ranks",
        limits="from minus one to one",
        colours="diverging, neutral at zero",
        order="neighbours of one sign",
        trap="limits that the data chose",
        draw=_correlations,
        links=(Link("Where r is straightened", "relate"),),
    ),
    Recipe(
        name="recall",
        axes=CLASSES,
        meaning=SHARE,
        measure="shares of the true class; of the predicted class, if a label is to be trusted",
        normaliser="divide by the row",
        limits="from zero to one; hide the diagonal to see the errors",
        colours="sequential",
        order="the classes' own; errors side by side",
        trap="accuracy, where one class is rare",
        draw=_recall,
        links=(
            Link("Rows or columns", "confuse"),
            Link("When one class is rare", "imbalance"),
        ),
    ),
    Recipe(
        name="density",
        axes=PLACES,
        meaning=COUNT,
        measure="events in a cell",
        normaliser="cells of one area",
        limits="from zero",
        colours="sequential",
        order="the map's own, north on top",
        trap="a hotspot that only one grid sees",
        draw=lambda: grid(10).map("Earthquakes near Fiji", "events"),
        links=(Link("Where the hotspot moves", "density"),),
    ),
    Recipe(
        name="rate",
        axes=HOURS,
        meaning=SHARE,
        measure="how many of those who came did it",
        normaliser="divide by the visits",
        limits="from zero, the usual rate in the middle",
        colours="diverging around the usual rate",
        order="the calendar",
        trap="as many tests as cells: adjust before you mark",
        draw=_rate,
        links=(Link("Where crowds mislead", "visits"),),
    ),
    Recipe(
        name="row z-score",
        axes=GENES,
        meaning=UNEXPECTED,
        measure="distance from the row's own mean",
        normaliser="divide by the row's standard deviation",
        limits="symmetric about zero",
        colours="diverging",
        order="by likeness, not by the answer",
        trap="flat rows are blown up with the others",
        draw=lambda: gene_map(by_alike(standardised("each gene")), (-3.0, 3.0), "house"),
        links=(Link("Where genes shout", "express"),),
    ),
    Recipe(
        name="residuals",
        axes=CATEGORIES,
        meaning=UNEXPECTED,
        measure="adjusted residuals: observed less expected, in standard errors",
        normaliser="what the margins expect",
        limits="symmetric about zero",
        colours="diverging",
        order="the categories' own, or by likeness",
        trap="counts show the large categories; see the lesson on categories",
        draw=_residuals,
    ),
    Recipe(
        name="interaction",
        axes=PAIR,
        meaning=UNEXPECTED,
        measure="partial dependence less both main effects",
        normaliser="subtract the means of row and column",
        limits="symmetric about zero, in units of the prediction",
        colours="diverging",
        order="the features' values",
        trap="a high prediction is no interaction; see the lesson on interactions",
        draw=_interaction,
    ),
    Recipe(
        name="shuffled loss",
        axes=FEATURES,
        meaning=NEED,
        measure="accuracy lost when a column is shuffled",
        normaliser="on data that the model has not seen",
        limits="symmetric about zero: noise falls on both sides",
        colours="diverging",
        order="features that say the same, side by side",
        trap="near zero means replaceable: shuffle groups",
        draw=lambda: Heatmap(
            as_grid(alone_on_unseen()),
            (-0.02, 0.02),
            decimals=3,
            scale="accuracy lost",
            title="Shuffled one by one",
        ),
        links=(
            Link("Why not MDI", "noise"),
            Link("Why in groups", "together"),
        ),
    ),
)

NAMES = tuple(recipe.name for recipe in RECIPES)

_ASKS = {
    COUNT: "'How many' needs something that is counted into cells.",
    SHARE: "'What share' needs a whole that each cell is a part of.",
    LINK: "'Who goes together' needs one list, along both sides.",
    UNEXPECTED: "'What is unexpected' needs something to expect.",
    NEED: "'What is needed' needs a model, and something to take away from it.",
}

_CELLS = {
    COLUMNS: "A cell here is a pair of columns.",
    CLASSES: "A cell here is one kind of answer to one kind of case.",
    PLACES: "A cell here is a piece of ground on which things happen.",
    HOURS: "A cell here is an hour in which some come, and some of those act.",
    GENES: "A cell here is one gene in one patient.",
    CATEGORIES: "A cell here is a combination, and the margins say how often it should occur.",
    PAIR: "A cell here is a prediction for two values at once.",
    FEATURES: "A cell here is something that a model reads.",
}

_TEMPTING = {
    (CLASSES, COUNT): "Counts paint the large classes, and the diagonal above all. A rare class "
    "stays at the low end of the colours, found or missed.",
    (HOURS, COUNT): "That is right for planning the staff: it shows when people come. It does not "
    "show when they act.",
    (HOURS, UNEXPECTED): "Nearly: the usual rate is what one expects. But first there has to be a "
    "rate.",
    (GENES, COUNT): "An expression is measured, not counted; and its height says most of all which "
    "gene is loud.",
    (GENES, LINK): "Then the map is another one: genes against genes, the same list twice.",
    (CATEGORIES, COUNT): "The largest cell is where two large categories meet. Nothing need be "
    "behind it.",
    (CATEGORIES, LINK): "They are two lists, not one list twice. Which pairs go together more "
    "often than chance would have it: that is a question of what is unexpected.",
    (PAIR, COUNT): "Worth a look of its own, since cells without data are inventions of the "
    "model. It does not show what the model does.",
    (PAIR, LINK): "Whether two features go together says nothing of whether a model lets them "
    "interact.",
    (FEATURES, LINK): "That is the map of features against features. It says who can stand in "
    "for whom, not who is needed.",
}


def recipe_for(axes: str, meaning: str) -> Recipe | None:
    """The recipe that fits, if one does."""
    fitting = (recipe for recipe in RECIPES if (recipe.axes, recipe.meaning) == (axes, meaning))
    return next(fitting, None)


def reason_against(axes: str, meaning: str) -> str:
    """Why colour cannot say this here, and what it can say."""
    fitting = next(recipe for recipe in RECIPES if recipe.axes == axes)
    reason = _TEMPTING.get((axes, meaning), f"{_ASKS[meaning]} {_CELLS[axes]}")
    return f"{reason} Here colour should say {fitting.meaning}."
