"""The matrix: which columns enter it, how often a pair stands in it, and words made columns."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from lessons.highway import NUMBERS, pearson, r_between
from lessons.tables import HIGHWAY, highway
from lib.charts import Heatmap
from lib.course import (
    Band,
    Choice,
    Claim,
    Columns,
    Estimate,
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
    Number,
    Option,
    Outcome,
    Predict,
    Step,
    Task,
    Value,
    fill,
)
from lib.course.behind import pair_behind


class Correlate(Step):
    """
    ### Every pair, once

    A correlation needs two columns of numbers. `htype` says what kind of road a section is, in
    words: interstate, arterial, collector.

    The recipe that made this map famous calls `corr()` on the whole table. The words, it says,
    will simply stay out of it.
    """

    readings = {
        "pandas gives": "{outcome}",
        "cells": "{cells}",
    }

    tables = (HIGHWAY,)

    call = Choice("Call", ("corr()", "corr(numeric_only=True)"), default="corr()")
    columns = Columns("Columns", NUMBERS, default=NUMBERS)
    answers = {"answer": Number("Different pairs", 0, 200)}

    predict = Predict(
        "On the pandas of today, what does `highway.corr()` do about `htype`?",
        choices=[
            Option(
                text="It leaves `htype` out and returns the rest",
                value="matrix",
                tempting=True,
                holds=lambda state: state["outcome"] == "error",
                feedback=(
                    "It did, silently, in the years of the recipe; the old documentation says so. "
                    "Today pandas refuses to guess: `ValueError: {message}`."
                ),
                misconception="corr_skips_words",
            ),
            Option(
                text="It stops with an error",
                value="error",
                feedback=(
                    "`ValueError: {message}`. `FAI`, an interstate, is the first word in `htype`. "
                    "An honest stop: now you decide what happens to the words."
                ),
                holds=lambda state: state["message"].endswith("'FAI'"),
            ),
            Option(
                text="It turns the kinds of road into codes",
                value="codes",
                feedback=(
                    "Then r would depend on who numbered the kinds, and how. pandas does not do "
                    "that to you. It stops: `ValueError: {message}`."
                ),
                holds=lambda state: state["outcome"] == "error",
                misconception="corr_codes_words",
            ),
        ],
        answer=lambda exhibit: exhibit.facts["outcome"],
    )

    task = Task(
        "Get a matrix. Then say how many *different* pairs of columns it holds.",
        goals=[
            Goal(
                "The call gives a matrix: now {outcome}",
                met=lambda state: state["outcome"] == "matrix",
            ),
            Goal(
                "The number of different pairs is right: now {answer}",
                met=lambda state: state["answer"] == state["pairs"],
            ),
        ],
        solution={"call": "corr(numeric_only=True)", "answer": 55},
        hints=[
            "`numeric_only=True` says aloud what the old pandas did in silence.",
            "Each pair stands in two cells: once as row and column, once as column and row.",
            "Take all the cells, leave out the diagonal, and halve what is left.",
        ],
    )

    mistakes = [
        Mistake(
            "There is no matrix yet: `ValueError: {message}`.",
            when=lambda state: state["outcome"] == "error",
            example={"answer": 55},
            holds=lambda state: bool(state["message"]),
            misconception="corr_skips_words",
        ),
        Mistake(
            "{cells} is every cell. On the diagonal each column meets itself, and each pair is "
            "there twice.",
            when=lambda state: state["answer"] == state["cells"],
            holds=lambda state: state["cells"] > 2 * state["pairs"],
            example={"call": "corr(numeric_only=True)", "answer": 121},
            misconception="every_cell_is_a_finding",
        ),
        Mistake(
            "{ordered} counts each pair twice: above the diagonal and below it.",
            when=lambda state: state["answer"] == state["ordered"],
            holds=lambda state: state["ordered"] == 2 * state["pairs"],
            example={"call": "corr(numeric_only=True)", "answer": 110},
            misconception="every_cell_is_a_finding",
        ),
        Mistake(
            "{with_diagonal} still counts the diagonal. That a column agrees with itself is not "
            "a finding.",
            when=lambda state: state["answer"] == state["with_diagonal"],
            example={"call": "corr(numeric_only=True)", "answer": 66},
            misconception="diagonal_is_a_finding",
            holds=lambda state: state["with_diagonal"] == state["pairs"] + state["side"],
        ),
        Mistake(
            "{answer} is as many as there are columns. But a column meets each of the others, and "
            "that is a pair every time.",
            when=lambda state: state["answer"] == state["side"],
            example={"call": "corr(numeric_only=True)", "answer": 11},
            misconception="pairs_go_with_columns",
            holds=lambda state: state["side"] != state["pairs"],
        ),
        Mistake(
            "There are more than {answer}. Each of the {side} columns meets each of the others. "
            "Whoever counts below the diagonal counts each meeting once.",
            when=lambda state: state["answer"] is not None and state["answer"] < state["pairs"],
            example={"call": "corr(numeric_only=True)", "answer": 7},
            misconception="pairs_go_with_columns",
        ),
        Mistake(
            "There are fewer than {answer}. Each pair is to be counted once, and what stands on "
            "the diagonal is none.",
            when=lambda state: state["answer"] is not None,
            example={"call": "corr(numeric_only=True)", "answer": 60},
            misconception="every_cell_is_a_finding",
            holds=lambda state: state["answer"] > state["pairs"],
        ),
    ]

    learned = [
        Outcome(
            "Say `numeric_only=True` yourself. The {cells} cells hold {pairs} different "
            "{pairs:pair|pairs}. The other cells are the diagonal, and each pair once more.",
            holds=lambda state: state["cells"] == state["pairs"] + state["with_diagonal"],
        )
    ]

    def in_the_lab(self, *, call: str, columns: tuple[str, ...]) -> LabAddress:
        settings: dict[str, Value] = {
            "method": "Pearson",
            "columns": columns,
            "half": "both halves",
        }
        return LabAddress("highway", "association_map", settings, same_map="numeric_only" in call)

    def show(self, call: str, columns: tuple[str, ...]) -> Exhibit:
        chosen = highway()[[*columns, "htype"]]
        outcome = outcome_of(lambda: chosen.corr(numeric_only="numeric_only" in call))
        side = len(columns) if outcome["outcome"] == "matrix" else 0
        ordered = side * (side - 1)
        facts = {
            **outcome,
            "side": side,
            "cells": side * side,
            "ordered": ordered,
            "pairs": ordered // 2,
            "with_diagonal": ordered // 2 + side,
        }
        if outcome["outcome"] == "error":
            return stopped(facts, chosen.head(8))
        r = pearson(chosen[list(columns)])
        return Exhibit(
            figures=(Heatmap(r, title="Pearson's r"),),
            facts=facts,
            table=r.round(3),
            description=(
                f"A matrix of {side} × {side} cells, the same above and below its diagonal. "
                f"Without the diagonal {ordered} cells remain."
            ),
            behind=pair_behind(chosen, "sections", interval=False),
        )


class Dummify(Step):
    """
    ### A word becomes columns

    To bring `htype` in, give each kind of road a column of its own: one where a section is of that
    kind, zero where it is not. These are dummies. There are {kinds} kinds, so {numbers} numeric
    columns become {together}.

    Dummies look like measurements on the map. They are not. In each row one of them is one and the
    others are zero, so each of them is one minus the sum of the rest.

    Some columns can be struck out of a table because they follow from the others. Strike out one of
    those, then another, until none is left that follows. The number of columns that remain is the
    *rank of a matrix*.
    """

    readings = {
        "pandas gives": "{outcome}",
        "columns": "{columns}",
    }

    tables = (HIGHWAY,)

    dummies = Choice("htype becomes", ("nothing", "True / False", "1 / 0"), default="nothing")
    call = Choice(
        "Then",
        ("corr()", "corr(numeric_only=True)", 'select_dtypes("number").corr()'),
        default="corr(numeric_only=True)",
    )
    answers = {"spare": Number("Dummies that could be struck out", 0, 4)}

    predict = Estimate(
        "Of {rows} sections {pa} are principal arterials, `PA`, and {ma} are major arterials, "
        "`MA`. What is r between those two dummies?",
        low=-1,
        high=1,
        step=0.05,
        tolerance=0.1,
        feedback=(
            "r is {r_pa_ma:.2f}. A section that is `PA` cannot be `MA`, and so the counts alone "
            "give {r_by_counts:.2f}. Nothing about roads is needed."
        ),
        bands=[
            Band(
                low=-1,
                high=-0.7,
                feedback=(
                    "It would be minus one if every section were one or the other. There are other "
                    "kinds too, so the counts give {r_pa_ma:.2f}."
                ),
                misconception="dummies_are_measurements",
                holds=lambda state: (
                    state["value"] < state["r_pa_ma"] and state["pa"] + state["ma"] < state["rows"]
                ),
            ),
            Band(
                low=-0.7,
                high=-0.1,
                feedback=(
                    "The sign is right: a section that is `PA` cannot be `MA`. It goes further. "
                    "The counts alone fix r at {r_pa_ma:.2f}."
                ),
                misconception="dummies_are_measurements",
                holds=lambda state: (
                    state["r_pa_ma"] < 0 and abs(state["r_pa_ma"] - state["r_by_counts"]) < 1e-9
                ),
            ),
            Band(
                low=-0.1,
                high=0.1,
                feedback=(
                    "Zero would mean that knowing one tells you nothing of the other. But a "
                    "section that is `PA` is certainly not `MA`. r is {r_pa_ma:.2f}."
                ),
                misconception="dummies_are_measurements",
                holds=lambda state: state["r_pa_ma"] < -0.1,
            ),
            Band(
                low=0.1,
                high=1.1,
                feedback=(
                    "Positive would mean that they tend to be one together. They never are: "
                    "r is {r_pa_ma:.2f}."
                ),
                misconception="dummies_are_measurements",
                holds=lambda state: state["r_pa_ma"] < 0,
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["r_pa_ma"]),
        answer_at={"dummies": "1 / 0"},
    )

    task = Task(
        "Get a matrix of all {together} columns: the {numbers} numeric ones and the {kinds} "
        "dummies. Then say how many of the {kinds} dummies you could strike out and still tell the "
        "kind of every section.",
        goals=[
            Goal(
                "The matrix has all {together} columns: now {columns}",
                met=lambda state: state["columns"] == state["together"],
            ),
            Goal(
                "The number of dummies that can be spared is right: now {spare}",
                met=lambda state: state["spare"] == state["kinds"] + 1 - state["rank"],
            ),
        ],
        solution={"dummies": "1 / 0", "spare": 1},
        hints=[
            "First make the dummies, then look at how many columns the matrix has.",
            "`get_dummies` gives True and False unless it is told `dtype=int`. Which of the calls "
            "take those for numbers?",
            "Cover one dummy with your hand. Which section can you no longer name? Now cover two.",
        ],
    )

    mistakes = [
        Mistake(
            "`htype` itself is in the table, so `corr()` meets its first word and stops: "
            "{message}.",
            when=lambda state: state["outcome"] == "error",
            example={"dummies": "1 / 0", "call": "corr()"},
            misconception="corr_skips_words",
            holds=lambda state: bool(state["message"]),
        ),
        Mistake(
            "{columns} columns: the dummies are gone, and nothing said so. True and False are not "
            'of a number type, so `select_dtypes("number")` leaves them out.',
            when=lambda state: (
                state["dummies"] == "True / False" and state["columns"] == state["numbers"]
            ),
            example={"dummies": "True / False", "call": 'select_dtypes("number").corr()'},
            misconception="booleans_are_numbers",
            holds=lambda state: state["call"].startswith("select"),
        ),
        Mistake(
            "No dummies yet: {columns} columns, and `htype` is not among them.",
            when=lambda state: state["dummies"] == "nothing",
            example={"call": 'select_dtypes("number").corr()'},
            misconception="corr_skips_words",
            holds=lambda state: state["columns"] == state["numbers"],
        ),
        Mistake(
            "One can be spared. Where the other dummies are all zero, the section is of the kind "
            "whose dummy was struck out.",
            when=lambda state: state["spare"] == 0,
            example={"dummies": "1 / 0", "spare": 0},
            misconception="every_dummy_is_needed",
            holds=lambda state: state["kinds"] + 1 - state["rank"] == 1,
        ),
        Mistake(
            "With {spare} of {kinds} struck out, two kinds or more would be zero throughout, and "
            "nobody could tell one from the other.",
            when=lambda state: state["spare"] is not None and state["spare"] > 1,
            example={"dummies": "1 / 0", "spare": 2},
            misconception="no_dummy_is_needed",
            holds=lambda state: 2 <= state["spare"] <= state["kinds"],
        ),
    ]

    learned = [
        Outcome(
            "Dummies of one column oppose each other by construction: the counts give r(`PA`, "
            "`MA`) = {r_pa_ma:.2f}. One of the {kinds} follows from the others, so the rank of a "
            "matrix of them and a column of ones is {rank}, one less than it has columns.",
            holds=lambda state: (
                state["rank"] == state["kinds"]
                and abs(state["r_pa_ma"] - state["r_by_counts"]) < 1e-9
            ),
        )
    ]

    holds = [
        Claim(
            "each of them is one minus the sum of the rest",
            lambda state: state["rank"] == state["kinds"],
        )
    ]

    def show(self, dummies: str, call: str) -> Exhibit:
        roads = highway()
        codes = pd.get_dummies(roads["htype"], dtype=float)
        made = {
            "nothing": [],
            "True / False": [codes.astype(bool)],
            "1 / 0": [codes.astype(int)],
        }[dummies]
        table = pd.concat([roads, *made], axis=1)
        entering = table.select_dtypes("number") if call.startswith("select") else table
        outcome = outcome_of(lambda: entering.corr(numeric_only=call != "corr()"))
        entering = entering.select_dtypes(["number", "bool"])
        pa, ma, rows = int(codes["PA"].sum()), int(codes["MA"].sum()), len(roads)
        numbers, kinds = len(NUMBERS), codes.shape[1]
        facts = {
            **outcome,
            "columns": entering.shape[1] if outcome["outcome"] == "matrix" else 0,
            "rows": rows,
            "numbers": numbers,
            "kinds": kinds,
            "together": numbers + kinds,
            "pa": pa,
            "ma": ma,
            "r_pa_ma": r_between(codes, "PA", "MA"),
            "r_by_counts": float(-np.sqrt(pa * ma / ((rows - pa) * (rows - ma)))),
            "rank": int(np.linalg.matrix_rank(codes.assign(constant=1.0))),
        }
        if outcome["outcome"] == "error":
            return stopped(facts, table.head(8))
        r = pearson(entering.astype(float))
        return Exhibit(
            figures=(Heatmap(r, title=f"Pearson's r, {len(r)} columns"),),
            facts=facts,
            table=table.head(8),
            description=fill(
                "A matrix of {columns} columns, made of {numbers} numeric ones and the dummies of "
                "htype, if there are any. Between the dummies PA and MA r is {r_pa_ma:.2f}.",
                facts,
            ),
            behind=pair_behind(entering.astype(float), "sections", interval=False),
        )


def outcome_of(correlation: Callable[[], pd.DataFrame]) -> dict[str, Any]:
    """Run what the recipe runs, and say how it went."""
    try:
        correlation()
    except ValueError as error:
        return {"outcome": "error", "message": str(error)}
    return {"outcome": "matrix", "message": ""}


def stopped(facts: dict[str, Any], table: pd.DataFrame) -> Exhibit:
    return Exhibit(
        facts=facts,
        table=table,
        description=f"There is no figure: pandas stopped. ValueError: {facts['message']}.",
        stopped=f"ValueError: {facts['message']}",
    )
