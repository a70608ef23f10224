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
    LabAddress,
    Mistake,
    Option,
    Outcome,
    Predict,
    Step,
    Task,
    fill,
)
from lib.course.behind import pair_behind

_SORTED, _CHANCE, _AGE = (
    "The file lists busy roads first",
    "By chance: nobody measured it",
    "Newer sections carry less traffic",
)

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

    readings = {
        "rows": "{rows}",
        "columns": "{columns}",
        "of numbers": "{numeric_columns}",
    }

    tables = (HIGHWAY,)

    read = Choice("Read the file with", tuple(_READERS), default="read_csv(path)")

    answers = {
        "reason": Choice(
            "Why does the running number correlate with traffic?",
            (_CHANCE, _SORTED, _AGE),
            default=None,
        )
    }

    predict = Predict(
        "The header of the file is `,rate,len,adt,trks,sigs1,slim,shld,lane,acpt,itg,lwid,htype`. "
        "It names {named} columns, and one of them, `htype`, holds words. How many *numeric* "
        "columns does a plain `pd.read_csv(path)` find?",
        choices=[
            Option(
                text="{value}",
                value=11,
                feedback=(
                    "pandas does take the first field for the names of the rows where the header "
                    "has one name fewer than the lines have fields. This header begins with a "
                    "comma, so its first name is there, and empty. pandas calls it `Unnamed: 0` "
                    "and counts it: {numeric_columns} numeric columns."
                ),
                misconception="row_number_is_no_column",
                holds=lambda state: state["numeric_columns"] == state["named"],
                tempting=True,
            ),
            Option(
                text="{value}",
                value=12,
                feedback=(
                    "The measurements, and one stowaway. The header begins with a comma, so the "
                    "running number has an empty name, and pandas makes it `Unnamed: 0`. Find it "
                    "in the map. It shows r = {row_number_r:.2f} with traffic, `adt`: further from "
                    "zero than the number of lanes, at {lane_r:.2f}."
                ),
                holds=lambda state: abs(state["row_number_r"]) > abs(state["lane_r"]),
            ),
            Option(
                text="{value}",
                value=13,
                feedback=(
                    "That is every column that pandas sees. `htype` is among them, and it holds "
                    "words. Of the {columns} columns {numeric_columns} are numeric."
                ),
                misconception="every_column_is_a_number",
                holds=lambda state: state["columns"] == state["value"],
            ),
        ],
        answer=lambda exhibit: exhibit.facts["numeric_columns"],
    )

    task = Task(
        "Read the file so that only what was measured is left: {rows} rows, and the {named} "
        "columns that the header names. Then say why the running number showed an r of "
        "{row_number_r:.2f} with traffic. Its cell opens the points; Numbers has the table.",
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
            Goal(
                "It is said why the running number correlates with traffic",
                met=lambda state: state["reason"] == _SORTED,
            ),
        ],
        solution={"read": "index_col=0", "reason": _SORTED},
        hints=[
            "The running number should name the rows, not stand among the columns.",
            "`index_col` says which column names the rows. Counting starts at zero.",
            "Compare the traffic at the top of the table with the traffic at its end.",
        ],
    )

    mistakes = [
        Mistake(
            "The shape is right, {rows} × {columns}, and the table is not: the accident rate "
            "became the names of the rows, and the running number is still a column.",
            when=lambda state: state["read"] == 'index_col="rate"',
            example={"read": 'index_col="rate"'},
            misconception="right_shape_is_right_table",
            holds=lambda state: state["row_number_inside"] and state["lost"] == 1,
        ),
        Mistake(
            "Now the header is a row of data, so every measured column holds words. Numeric "
            "columns left: {numeric_columns}. It is the running number.",
            when=lambda state: state["read"] == "header=None",
            example={"read": "header=None"},
            misconception="row_number_is_no_column",
            holds=lambda state: state["numeric_columns"] == 1 and state["row_number_inside"],
        ),
        Mistake(
            "Chance would scatter busy and quiet roads over the file. But the first ten lines "
            "carry {first_traffic:.0f} thousand vehicles a day in the mean, the last ten "
            "{last_traffic:.0f}. What nobody measured can still be in an order.",
            when=lambda state: state["reason"] == _CHANCE,
            example={"reason": _CHANCE},
            misconception="an_order_means_nothing",
            holds=lambda state: state["first_traffic"] > 5 * state["last_traffic"],
        ),
        Mistake(
            "The table does not say when a section was built, so it cannot be read off here. It "
            "does say who stands where: look at traffic from the first line to the last.",
            when=lambda state: state["reason"] == _AGE,
            example={"reason": _AGE},
            misconception="an_order_means_nothing",
            holds=lambda state: state["first_traffic"] > 5 * state["last_traffic"],
        ),
    ]

    learned = [
        Outcome(
            "Without the running number {numeric_columns} numeric columns are left. It was no "
            "measurement, and its r of {row_number_r:.2f} with traffic was no chance: the file "
            "lists busy roads first, {first_traffic:.0f} thousand vehicles a day on the first ten "
            "lines and {last_traffic:.0f} on the last ten.",
            holds=lambda state: (
                not state["row_number_inside"]
                and state["numeric_columns"] == state["named"] - 1
                and state["first_traffic"] > 5 * state["last_traffic"]
            ),
        )
    ]

    def in_the_lab(self, *, read: str) -> LabAddress:
        is_named = read in ("index_col=0", 'drop("Unnamed: 0")')
        return LabAddress("highway", "association_map", {"method": "Pearson"}, same_map=is_named)

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
            "first_traffic": float(lines["adt"].head(10).mean()),
            "last_traffic": float(lines["adt"].tail(10).mean()),
        }
        has_pairs = numeric.shape[1] > 1
        # A column alone has no pair, but it is a matrix of one cell.
        r = pearson(numeric) if has_pairs else pd.DataFrame(1.0, numeric.columns, numeric.columns)
        return Exhibit(
            figures=(Heatmap(r, title="Pearson's r, every numeric column"),),
            facts=facts,
            table=table,
            description=_reading_in_words(facts),
            behind=pair_behind(numeric, "sections", interval=False) if has_pairs else None,
        )


def _reading_in_words(facts: dict[str, Any]) -> str:
    if not facts["row_number_inside"]:
        stowaway = "The running number is not among them."
    elif facts["numeric_columns"] == 1:
        stowaway = "That one is the running number."
    else:
        stowaway = (
            "The running number is one of them; with traffic it shows r = {row_number_r:.2f}."
        )
    table = "A table of {rows} rows and {columns} columns, {numeric_columns} of them numeric. "
    return fill(table + stowaway, facts)
