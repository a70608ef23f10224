"""The way out of the course's maps: what the axes mean, what colour should say, which recipe."""

from typing import Any

import pandas as pd

from lessons.applications.recipes import (
    AXES,
    CATEGORIES,
    CLASSES,
    COLUMNS,
    COUNT,
    FEATURES,
    GENES,
    LINK,
    MEANINGS,
    NAMES,
    PAIR,
    PLACES,
    RECIPES,
    SHARE,
    UNEXPECTED,
    reason_against,
    recipe_for,
)
from lessons.applications.tables import DIGITS
from lessons.tables import BREAST_CANCER, GOLUB, HAIR_EYE, QUAKES, UN, table
from lib.course import (
    Choice,
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
    Option,
    Outcome,
    Predict,
    Step,
    Task,
    fill,
)

_RIGHT = {"returns": "rate", "mail": "recall", "blood": "row z-score"}


_BLOND_BLUE = ("Blond", "Blue")


def _students() -> pd.DataFrame:
    """How many students have which hair and which eyes."""
    counts = table("hair_eye")
    return counts.pivot_table("count", "hair", "eye", aggfunc="sum", observed=True)


def _leads() -> tuple[Any, Any]:
    """The hair and the eyes that meet most beyond what the margins expect."""
    recipe = recipe_for(CATEGORIES, UNEXPECTED)
    assert recipe is not None
    return _largest_cell(recipe.draw().values)


def _largest_cell(cells: pd.DataFrame) -> tuple[Any, Any]:
    row, column = divmod(int(cells.to_numpy().argmax()), cells.shape[1])
    return cells.index[row], cells.columns[column]


_IN_THE_LAB = {
    COLUMNS: LabAddress("un", "association_map"),
    CLASSES: LabAddress("digits", "association_map"),
    PLACES: LabAddress("quakes", "association_map"),
    GENES: LabAddress("golub", "clustermap"),
    CATEGORIES: LabAddress(
        "hair_eye", "two_categories", {"x": "hair", "y": "eye", "counted": "count"}
    ),
    PAIR: LabAddress("breast_cancer", "interactions", {"target": "diagnosis"}),
    FEATURES: LabAddress("breast_cancer", "interactions", {"target": "diagnosis"}),
}


class Choose(Step):
    """
    ### Which map is it?

    Two questions lead from a table to its map. *What do rows and columns mean? What should the
    colour say?* Each pair of answers has one recipe, or a reason why it has none.

    Walk through the {recipes} recipes, each with its habits, its trap and its code. Then name the
    recipe for three cases:

    **Returns.** Parcels sent back to a shop, by product group and day of the week. One group sells
    a hundred times as much as another. **Mail.** A model sorts letters into five languages, nearly
    all of them English; which does it overlook? **Blood.** Thirty blood values, each in its own
    unit, of forty athletes; who is unlike the others?
    """

    readings = {
        "rows × columns": "{rows} × {columns}",
    }

    tables = (UN, DIGITS, QUAKES, GOLUB, HAIR_EYE, BREAST_CANCER)

    axes = Choice("Rows and columns are", AXES, default=COLUMNS)
    meaning = Choice("Colour should say", MEANINGS, default=LINK)
    views = ("axes", "meaning")

    predict = Predict(
        "Hair colour by eye colour, a table of students. The neutral colour is to mean: as many "
        "as there would be if hair had nothing to do with eyes. What does the colour of a cell "
        "say then?",
        choices=[
            Option(
                text="How many students there are",
                value=COUNT,
                feedback=(
                    "The largest counts stand where two large groups meet, brown hair and brown "
                    "eyes, related or not. Take away what the margins expect, and blond with blue "
                    "leads, {largest:.1f} standard errors above."
                ),
                misconception="most_is_best",
                holds=lambda _: (
                    _largest_cell(_students()) == ("Brown", "Brown") and _leads() == _BLOND_BLUE
                ),
            ),
            Option(
                text="Which share of a row they are",
                value=SHARE,
                feedback=(
                    "Shares of a row take care of the hair, not of the eyes: brown eyes are common "
                    "in most rows. Against both margins, one cell leads by {largest:.1f} standard "
                    "errors."
                ),
                misconception="any_normaliser_will_do",
                holds=lambda _: (_students().idxmax(axis="columns") == "Brown").mean() > 0.5,
            ),
            Option(
                text="How far their number is from what the margins expect",
                value=UNEXPECTED,
                feedback=(
                    "Blond hair and blue eyes: {largest:.1f} standard errors more than expected. "
                    "The sign needs a diverging scale, {low:.1f} to {high:.1f}."
                ),
                holds=lambda _: _leads() == _BLOND_BLUE,
            ),
            Option(
                text="The correlation of hair and eyes",
                value=LINK,
                feedback=(
                    "That would be one number for the whole table, and colours are no numbers. A "
                    "cell can say how unexpected it is, here up to {largest:.1f} standard "
                    "errors."
                ),
                misconception="codes_are_measurements",
            ),
        ],
        answer_at={"axes": CATEGORIES, "meaning": UNEXPECTED},
        answer=lambda exhibit: UNEXPECTED if exhibit.facts["fits"] else COUNT,
    )

    answers = {
        "returns": Choice("Returns", NAMES, default=None),
        "mail": Choice("Mail", NAMES, default=None),
        "blood": Choice("Blood", NAMES, default=None),
    }
    task = Task(
        "Name the recipe for each case: the returns, the mail, the blood values.",
        goals=[
            Goal(
                "The recipe for the returns fits",
                met=lambda state: state["returns"] == _RIGHT["returns"],
            ),
            Goal(
                "The recipe for the mail fits",
                met=lambda state: state["mail"] == _RIGHT["mail"],
            ),
            Goal(
                "The recipe for the blood values fits",
                met=lambda state: state["blood"] == _RIGHT["blood"],
            ),
        ],
        solution=_RIGHT,
        hints=[
            "Returns: of what are they a part?",
            "Mail: rows are the true language. Which number belongs to a row?",
            "Blood: iron and sugar have different units. Whom is a value to be compared with?",
        ],
    )

    mistakes = [
        Mistake(
            "As a plain count, the group that sells most is also returned most: that is the crowd "
            "of the shop's visitors once more. Of what are the returns a part?",
            when=lambda state: state["returns"] == "density",
            example={"returns": "density"},
            misconception="most_is_best",
        ),
        Mistake(
            "Returns are a part of a whole, the parcels that were sent out. So each cell can be a "
            "share, to be judged by how many parcels stand behind it.",
            when=lambda state: state["returns"] not in (None, _RIGHT["returns"]),
            example={"returns": "correlation"},
            misconception="any_normaliser_will_do",
        ),
        Mistake(
            "A correlation of blood values says which of them go together. The question was who "
            "is unlike the others: values by athletes, each value against its own mean.",
            when=lambda state: state["blood"] == "correlation",
            example={"blood": "correlation"},
            misconception="correlation_answers_all",
        ),
        Mistake(
            "Blood values have units that cannot be compared, like genes that are loud or quiet. "
            "What is high for iron is nothing for sugar: standardise each value over the athletes.",
            when=lambda state: state["blood"] not in (None, _RIGHT["blood"]),
            example={"blood": "density"},
            misconception="colour_shows_patients",
        ),
        Mistake(
            "To overlook a language is to miss true letters in it. Rows are the true language: "
            "divide by the row, so that the rare ones count as much as English.",
            when=lambda state: state["mail"] not in (None, _RIGHT["mail"]),
            example={"mail": "rate"},
            misconception="rows_are_columns",
        ),
    ]

    learned = [
        Outcome(
            "First ask what rows and columns mean, then what colour should say. Measure, "
            "normaliser, limits, order and trap follow from the two answers, in each of the "
            "{recipes} recipes."
        )
    ]

    def script_name(self, **controls: Any) -> str:
        recipe = recipe_for(controls["axes"], controls["meaning"])
        return recipe.script_name if recipe else "choose_nothing"

    def in_the_lab(self, *, axes: str, **_: Any) -> LabAddress | None:
        return _IN_THE_LAB.get(axes)

    def show(self, axes: str, meaning: str) -> Exhibit:
        recipe = recipe_for(axes, meaning)
        chart = recipe.draw() if recipe else None
        low, high = chart.range if chart else (0.0, 0.0)
        facts: dict[str, Any] = {
            "recipes": len(RECIPES),
            "recipe": recipe.name if recipe else "",
            "fits": recipe is not None,
            "rows": chart.shape[0] if chart else 1,
            "columns": chart.shape[1] if chart else 1,
            "low": low,
            "high": high,
            "largest": float(chart.values.to_numpy().max()) if chart else 0.0,
        }
        fitting = recipe or next(other for other in RECIPES if other.axes == axes)
        return Exhibit(
            figures=(chart,) if chart else (),
            facts=facts,
            table=fitting.card,
            description=(
                fill(
                    f"The recipe for {axes}, where colour says {meaning}: {{recipe}}. A map of "
                    "{rows} rows and {columns} columns; its colours run from {low:.2f} to "
                    "{high:.2f}.",
                    facts,
                )
                if recipe
                else f"No map. {reason_against(axes, meaning)}"
            ),
            stopped="" if recipe else reason_against(axes, meaning),
            links=fitting.links,
        )
