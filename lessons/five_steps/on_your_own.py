"""The end of the lesson: the way from a file to a map, on a table that the lesson has not used."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

import datasets
from lessons.five_steps.matrix import outcome_of, stopped
from lessons.highway import pearson, r_between
from lessons.tables import WINE, table
from lib.charts import Heatmap, below_diagonal
from lib.course import (
    Choice,
    Exhibit,
    Fact,
    Goal,
    LabAddress,
    Mistake,
    Outcome,
    Step,
    Task,
    Value,
    fill,
)
from lib.course.behind import pair_behind

_READERS: dict[str, Callable[[], pd.DataFrame]] = {
    "read_csv(path)": lambda: table("wine"),
    "index_col=0": lambda: pd.read_csv(datasets.path("wine"), index_col=0),
    'index_col="cultivar"': lambda: pd.read_csv(datasets.path("wine"), index_col="cultivar"),
}
_MASKS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "nothing": np.zeros_like,
    "np.triu(ones)": np.triu,
    "np.triu(ones, k=1)": lambda ones: np.triu(ones, k=1),
    "np.tril(ones)": np.tril,
}
_TRIMS = {
    "all of it": (slice(None), slice(None)),
    ".iloc[1:, :-1]": (slice(1, None), slice(None, -1)),
    ".iloc[:-1, 1:]": (slice(None, -1), slice(1, None)),
}
_LIMITS: dict[str, dict[str, Any]] = {
    "from the data": {"limits": None},
    "center=0": {"limits": None, "center": 0},
    "-1 to 1": {"limits": (-1, 1)},
}
_CANDIDATES = (
    "alcohol, proline",
    "malic_acid, hue",
    "total_phenols, flavanoids",
    "color_intensity, hue",
    "flavanoids, proanthocyanins",
)


class OnYourOwnWines(Step):
    """
    ### On your own: wines

    A file of {wines} wines. Chemists measured {measured} things in each, from `alcohol` to
    `proline`; the last column, `cultivar`, says in words which grape it was.

    Which two of the measurements go together most strongly? Make the map that answers it: each pair
    once, nothing empty, and colours that mean what they seem to mean. It begins as somebody left
    it.
    """

    readings = {
        "pandas gives": "{outcome}",
        "pairs shown once": "{once} of {pairs}",
        "the colours run from": "{low:.2f}",
        "to": "{high:.2f}",
    }

    tables = (WINE,)

    read = Choice("Read the file with", tuple(_READERS), default="index_col=0")
    call = Choice("Then", ("corr()", "corr(numeric_only=True)"), default="corr()")
    mask = Choice("Hide", tuple(_MASKS), default="nothing")
    trim = Choice("Keep", tuple(_TRIMS), default="all of it")
    limits = Choice("Limits", tuple(_LIMITS), default="from the data")
    answers = {"pair": Choice("Most strongly together", _CANDIDATES, default=None)}

    task = Task(
        "Make an honest map of the {measured} measurements, and name the pair that goes together "
        "most strongly.",
        goals=[
            Goal(
                "All {measured} measurements are in the matrix: now {columns}",
                met=lambda state: state["columns"] == state["measured"],
            ),
            Goal(
                "Each of the {pairs} pairs is shown exactly once: now {once}",
                met=lambda state: state["once"] == state["pairs"],
            ),
            Goal(
                "No measurement is shown against itself: now {ones}",
                met=lambda state: state["columns"] > 0 and state["ones"] == 0,
            ),
            Goal(
                "No row or column is empty: now {empty_rows} and {empty_columns}",
                met=lambda state: (
                    state["columns"] > 0 and state["empty_rows"] == state["empty_columns"] == 0
                ),
            ),
            Goal(
                "The neutral colour means zero, and an r has the same colour on every map: now the "
                "colours run from {low:.2f} to {high:.2f}",
                met=lambda state: (state["low"], state["high"]) == (-1, 1),
            ),
            Goal(
                "The pair that goes together most strongly is named: now {pair}",
                met=lambda state: state["pair"] == state["strongest"],
            ),
        ],
        solution={
            "read": "read_csv(path)",
            "call": "corr(numeric_only=True)",
            "mask": "np.triu(ones)",
            "trim": ".iloc[1:, :-1]",
            "limits": "-1 to 1",
            "pair": "total_phenols, flavanoids",
        },
        hints=[
            "Begin with the table. What stands in the first field of a line, and what in the last?",
            "Once pandas gives a matrix, look for cells that say nothing, or say it twice. Then "
            "look at the first and last rows and columns.",
            "The end of the colours should not hang on what happens to be in the table.",
        ],
    )

    mistakes = [
        Mistake(
            "`corr()` met a word and stopped: {message}.",
            when=lambda state: state["outcome"] == "error",
            example={"read": "read_csv(path)"},
            misconception="corr_skips_words",
            holds=lambda state: "string" in state["message"],
        ),
        Mistake(
            "{columns} of {measured} measurements are in the matrix. This file has no running "
            "number: the first field of a line is `alcohol`, and it has become the names of the "
            "rows.",
            when=lambda state: state["columns"] < state["measured"],
            example={"call": "corr(numeric_only=True)"},
            misconception="right_shape_is_right_table",
            holds=lambda state: state["columns"] == state["measured"] - 1,
        ),
        Mistake(
            "{ones} {ones:cell compares|cells compare} a measurement with itself. They are one "
            "whatever the wines are like.",
            when=lambda state: state["ones"] > 0,
            example={"read": "read_csv(path)", "call": "corr(numeric_only=True)"},
            misconception="diagonal_is_a_finding",
        ),
        Mistake(
            "{once} of {pairs} pairs are shown once, in {visible} cells. What was cut off or "
            "hidden still held some, or a pair stands there twice. True hides: look which side of "
            "the diagonal is left.",
            when=lambda state: state["once"] < state["pairs"],
            example={
                "read": "read_csv(path)",
                "call": "corr(numeric_only=True)",
                "mask": "np.tril(ones)",
                "trim": ".iloc[1:, :-1]",
            },
            misconception="true_shows",
        ),
        Mistake(
            "Each pair stands there once. But {empty_rows} {empty_rows:row|rows} and "
            "{empty_columns} {empty_columns:column|columns} have nothing but a name.",
            when=lambda state: state["empty_rows"] + state["empty_columns"] > 0,
            example={
                "read": "read_csv(path)",
                "call": "corr(numeric_only=True)",
                "mask": "np.triu(ones)",
            },
            misconception="mask_leaves_no_trace",
            holds=lambda state: state["once"] == state["visible"] == state["pairs"],
        ),
        Mistake(
            "The cells are right. The colours run from {low:.2f} to {high:.2f}, and the neutral "
            "one in their middle is {neutral:.2f}: a pair at zero has a colour.",
            when=lambda state: abs(state["neutral"]) > 0.005,
            example={
                "read": "read_csv(path)",
                "call": "corr(numeric_only=True)",
                "mask": "np.triu(ones)",
                "trim": ".iloc[1:, :-1]",
            },
            misconception="pale_means_zero",
            holds=lambda state: (
                abs(state["neutral"] - (state["low"] + state["high"]) / 2) < 1e-9
                and state["once"] == state["visible"] == state["pairs"]
            ),
        ),
        Mistake(
            "Zero is neutral now. But the strongest colour is that of {high:.2f}, because no pair "
            "here has more. On the map of another table it would be another r.",
            when=lambda state: (state["low"], state["high"]) != (-1, 1),
            example={
                "read": "read_csv(path)",
                "call": "corr(numeric_only=True)",
                "mask": "np.triu(ones)",
                "trim": ".iloc[1:, :-1]",
                "limits": "center=0",
            },
            misconception="limits_are_the_same_everywhere",
            holds=lambda state: state["neutral"] == 0 and state["high"] > -state["low"],
        ),
        Mistake(
            "An honest map. `{pair}` has r = {pair_r:.2f} on it, and there is a pair farther from "
            "zero, at {strongest_r:.2f}.",
            when=lambda state: state["pair"] is not None and state["pair"] != state["strongest"],
            example={
                "read": "read_csv(path)",
                "call": "corr(numeric_only=True)",
                "mask": "np.triu(ones)",
                "trim": ".iloc[1:, :-1]",
                "limits": "-1 to 1",
                "pair": "alcohol, proline",
            },
            misconception="colour_ranks_exactly",
            holds=lambda state: abs(state["pair_r"]) < abs(state["strongest_r"]),
        ),
    ]

    learned = [
        Outcome(
            "`{strongest}` go together most strongly, with r = {strongest_r:.2f}; no other pair "
            "is above {next_r:.2f} in size. You read the file, chose what enters, hid what says "
            "nothing and set what the colours mean, and nobody told you in which order.\n\n"
            "*The end of the lesson.* The same five steps lead from any table to its map. The quiz "
            "is next.",
            holds=lambda state: (
                state["strongest_r"] > state["next_r"] + 0.05
                and state["once"] == state["visible"] == state["pairs"]
                and (state["low"], state["high"], state["neutral"]) == (-1, 1, 0)
            ),
        )
    ]

    def appraise(self, exhibit: Exhibit, pair: str | None) -> Mapping[str, Fact]:  # noqa: ARG002
        return {"pair_r": r_between(table("wine"), *pair.split(", "))} if pair else {}

    def in_the_lab(self, *, read: str, call: str, mask: str, **_: Any) -> LabAddress:
        halves = {"nothing": "both halves", "np.tril(ones)": "upper half"}
        settings: dict[str, Value] = {
            "method": "Pearson",
            "half": halves.get(mask, "lower half"),
        }
        is_whole = read != "index_col=0" and (read, call) != ("read_csv(path)", "corr()")
        return LabAddress("wine", "association_map", settings, same_map=is_whole)

    def show(self, read: str, call: str, mask: str, trim: str, limits: str) -> Exhibit:
        below = below_diagonal(pearson(table("wine")))
        by_strength = below.sort_values(key=np.abs, ascending=False)
        second, first = by_strength.index[0]
        wines = _READERS[read]()
        facts: dict[str, Any] = {
            **outcome_of(lambda: wines.corr(numeric_only="numeric_only" in call)),
            "wines": len(table("wine")),
            "measured": table("wine").select_dtypes("number").shape[1],
            "pairs": len(below),
            "strongest": f"{first}, {second}",
            "strongest_r": float(by_strength.iloc[0]),
            "next_r": float(abs(by_strength.iloc[1])),
        }
        if facts["outcome"] == "error":
            return stopped(facts | _NOTHING_SHOWN, wines.head(8))
        r = pearson(wines)
        hidden = pd.DataFrame(_MASKS[mask](np.ones(r.shape, bool)), r.index, r.columns)
        chart = Heatmap(
            r.iloc[_TRIMS[trim]],
            hidden=hidden.iloc[_TRIMS[trim]],
            colours="coolwarm",
            title="Pearson's r of what was measured",
            **_LIMITS[limits],
        )
        low, high = chart.range
        facts |= {
            "columns": len(r),
            **_cells(chart.visible),
            "low": low,
            "high": high,
            "neutral": chart.neutral_value,
        }
        return Exhibit(
            figures=(chart,),
            facts=facts,
            table=chart.values.where(chart.visible).round(3),
            description=fill(
                "A map of {visible} cells, {once} of {pairs} pairs shown once and {ones} on the "
                "diagonal; {empty_rows} {empty_rows:row|rows} and {empty_columns} "
                "{empty_columns:column|columns} are empty. The colours run from {low:.2f} to "
                "{high:.2f}, the neutral one means {neutral:.2f}.",
                facts,
            ),
            behind=pair_behind(wines.select_dtypes("number"), "wines", interval=False),
        )


_NOTHING_SHOWN = {
    "columns": 0,
    "visible": 0,
    "ones": 0,
    "once": 0,
    "empty_rows": 0,
    "empty_columns": 0,
    "low": 0.0,
    "high": 0.0,
    "neutral": 0.0,
}


def _cells(visible: pd.DataFrame) -> dict[str, int]:
    """What is shown, how often, and what is left empty."""
    places = np.argwhere(visible.to_numpy())
    names = [frozenset((visible.index[row], visible.columns[column])) for row, column in places]
    return {
        "visible": len(names),
        "ones": sum(len(name) == 1 for name in names),
        "once": sum(names.count(name) == 1 for name in names if len(name) == 2),
        "empty_rows": int((~visible.any(axis=1)).sum()),
        "empty_columns": int((~visible.any(axis=0)).sum()),
    }
