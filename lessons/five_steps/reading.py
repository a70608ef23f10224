"""Reading the file: what enters the table, and what only numbers its rows."""

from collections.abc import Callable
from typing import Any

import pandas as pd

import datasets
from lessons.highway import pearson, r_between
from lessons.tables import HIGHWAY, highway
from lib.charts import Heatmap
from lib.course import (
    Choice,
    Exhibit,
    Goal,
    Mistake,
    Option,
    Outcome,
    Predict,
    Step,
    Task,
    fill,
)
from lib.course.behind import pair_behind

_READERS: dict[str, Callable[[], pd.DataFrame]] = {
    "read_csv(path)": lambda: pd.read_csv(datasets.path("highway")),
    "index_col=0": highway,
    'drop("Unnamed: 0")': lambda: pd.read_csv(datasets.path("highway")).drop(columns="Unnamed: 0"),
    'index_col="rate"': lambda: pd.read_csv(datasets.path("highway"), index_col="rate"),
    "header=None": lambda: pd.read_csv(datasets.path("highway"), header=None),
}


class Import(Step):
    """
    ### A number that nobody measured

    Sections of Minnesota highway, {rows} of them: how often cars crash there, and how the road is
    built. The header abbreviates: `rate`, the accidents; `len`, the length; `adt`, the traffic, and
    `trks`, the share of trucks; `slim`, the speed limit; `lane`, `lwid` and `shld`, the lanes,
    their width and that of the shoulder; `acpt`, `sigs1` and `itg`, access points, signals and
    interchanges per mile; `htype`, the kind of road, in words.

    The first thing in every line of the file is a running number. Nobody measured it. It has no
    name. It is only the order of the lines.

    Your heatmap does not know that. It takes whatever it is handed, and gives each pair of columns
    its correlation *r*: one where the points lie on a rising line, minus one on a falling line,
    zero where no slope fits better than none.
    """

    tables = (HIGHWAY,)

    read = Choice("Read the file with", tuple(_READERS), default="read_csv(path)")

    predict = Predict(
        "The header names {named} columns, and one of them, `htype`, holds words. How many "
        "*numeric* columns does a plain `pd.read_csv(path)` find?",
        choices=[
            Option(
                text="{value}",
                value=11,
                feedback=(
                    "So the header promises. But each line begins with a running number that the "
                    "header does not name. pandas calls it `Unnamed: 0` and counts it: "
                    "{numeric_columns} numeric columns."
                ),
                misconception="row_number_is_no_column",
            ),
            Option(
                text="{value}",
                value=12,
                feedback=(
                    "The measurements, and one stowaway: the running number, under the name "
                    "`Unnamed: 0`. Find it in the map. It shows r = {row_number_r:.2f} with "
                    "traffic, `adt`. More than the number of lanes does, at {lane_r:.2f}."
                ),
            ),
            Option(
                text="{value}",
                value=13,
                feedback=(
                    "That is every column that pandas sees. `htype` is among them, and it holds "
                    "words. Of the {columns} columns {numeric_columns} are numeric."
                ),
                misconception="every_column_is_a_number",
            ),
        ],
        answer=lambda exhibit: exhibit.facts["numeric_columns"],
    )

    task = Task(
        "Read the file so that only what was measured is left: {rows} rows, and the {named} "
        "columns that the header names.",
        goals=[
            Goal(
                "The running number is not among the columns",
                met=lambda state: not state["row_number_inside"],
            ),
            Goal(
                "No column that the header names is lost: now {lost}",
                met=lambda state: state["lost"] == 0,
            ),
            Goal(
                "All {sections} rows are there: now {rows}",
                met=lambda state: state["rows"] == state["sections"],
            ),
        ],
        solution={"read": "index_col=0"},
        hints=[
            "The running number should name the rows, not stand among the columns.",
            "`index_col` says which column names the rows. Counting starts at zero.",
        ],
    )

    mistakes = [
        Mistake(
            "The shape is right, {rows} × {columns}, and the table is not: the accident rate "
            "became the names of the rows, and the running number is still a column.",
            when=lambda state: state["read"] == 'index_col="rate"',
            example={"read": 'index_col="rate"'},
            misconception="right_shape_is_right_table",
        ),
        Mistake(
            "Now the header is a row of data, so every measured column holds words. Numeric "
            "columns left: {numeric_columns}. It is the running number.",
            when=lambda state: state["read"] == "header=None",
            example={"read": "header=None"},
            misconception="row_number_is_no_column",
        ),
    ]

    learned = [
        Outcome(
            "A running number in the file is an order, not a measurement. With `index_col=0` it "
            "names the rows; without, it claims r = {row_number_r:.2f} with traffic."
        )
    ]

    def show(self, read: str) -> Exhibit:
        table = _READERS[read]()
        numeric = table.select_dtypes("number")
        lines = _READERS["read_csv(path)"]()
        facts = {
            "sections": len(highway()),
            "named": len(highway().columns),
            "rows": len(table),
            "columns": table.shape[1],
            "numeric_columns": numeric.shape[1],
            "row_number_inside": table.columns[0] in ("Unnamed: 0", 0),
            "lost": len(set(highway().columns) - set(table.columns)),
            "row_number_r": r_between(lines, "Unnamed: 0", "adt"),
            "lane_r": r_between(lines, "lane", "adt"),
        }
        # A matrix of one column has no pair to show.
        r = pearson(numeric) if numeric.shape[1] > 1 else None
        return Exhibit(
            figures=() if r is None else (Heatmap(r, title="Pearson's r, every numeric column"),),
            facts=facts,
            table=table.head(8),
            description=_reading_in_words(facts),
            stopped=(
                "" if r is not None else "No figure: a map of pairs needs two columns of numbers."
            ),
            behind=None if r is None else pair_behind(numeric, "sections"),
        )


def _reading_in_words(facts: dict[str, Any]) -> str:
    stowaway = (
        "The running number is one of them; with traffic it shows r = {row_number_r:.2f}."
        if facts["row_number_inside"]
        else "The running number is not among them."
    )
    table = "A table of {rows} rows and {columns} columns, {numeric_columns} of them numeric. "
    return fill(table + stowaway, facts)
