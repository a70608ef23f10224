"""The picture: its mask, its colours, what is read off it, and the page that it is printed on."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from lessons.highway import NUMBERS, PAIRS, pearson, ranked
from lessons.tables import BREAST_CANCER, HIGHWAY, highway, table
from lib.charts import (
    Heatmap,
    Page,
    below_diagonal,
    colour_map,
    ends_distance,
    ends_distance_for_deuteranope,
    is_diverging,
    minus_signs,
    on_or_above_diagonal,
)
from lib.course import (
    Choice,
    Claim,
    Exhibit,
    Fact,
    Goal,
    LabAddress,
    Mistake,
    Number,
    Option,
    Outcome,
    Predict,
    Slider,
    State,
    Step,
    Task,
    Toggle,
    Value,
    Write,
    fill,
    working,
)
from lib.course.behind import pair_behind
from lib.course.writing import a_frame_within, a_series, fits, run

_DOTS_PER_INCH = 100
"""Of a page, as matplotlib draws it unless it is told otherwise."""

_DATA, _CENTER, _WHOLE = _LIMITS = ("from the data", "center=0", "-1 to 1")


class Mask(Step):
    """
    ### What the mask hides

    The map says everything twice. A mask hides one triangle. It begins as an array of zeros in the
    shape of the matrix; `dtype=bool` turns the zeros into False; `np.triu_indices_from` names the
    cells of the upper triangle; those become True. *True hides.*

    The recipe writes `dtype=np.bool`. For some releases NumPy had no such name, and today it has
    it again. `bool` is Python's own name for it, and worked throughout.
    """

    readings = {
        "cells shown": "{visible}",
        "pairs shown once": "{once} of {pairs}",
    }

    tables = (HIGHWAY,)

    stage = Choice("Show", ("zeros", "booleans", "indices", "mask", "map"), default="map")
    k = Slider("k", -1, 2, default=0)
    side = Choice("Hide the triangle", ("upper", "lower"), default="upper")
    trim = Toggle("Trim the first and last", default=False)
    views = ("stage",)
    answers = {"with_rate": Number("Pairs with rate", 0, 60)}

    predict = Predict(
        "The matrix has {cells} cells. The mask hides the upper triangle, with `k=0` as the recipe "
        "leaves it. How many cells can you still see?",
        choices=[
            Option(
                text="{value}",
                value=55,
                feedback=(
                    "Each pair once. The triangle of `k=0` begins *on* the diagonal, so the ones "
                    "are hidden too: {hidden} cells gone, {visible} left."
                ),
                holds=lambda state: (
                    state["ones"] == 0 and state["once"] == state["visible"] == state["pairs"]
                ),
                tempting=True,
            ),
            Option(
                text="{value}",
                value=66,
                feedback=(
                    "That keeps the diagonal. But the triangle of `k=0` begins *on* the diagonal "
                    "and takes it along. {visible} cells are left."
                ),
                misconception="mask_keeps_the_diagonal",
                holds=lambda state: state["value"] == state["with_diagonal"],
            ),
            Option(
                text="{value}",
                value=110,
                feedback=(
                    "That is the matrix without its diagonal. The mask hides half of those as "
                    "well: {visible} cells are left."
                ),
                misconception="true_shows",
                holds=lambda state: state["value"] == 2 * state["visible"],
            ),
        ],
        answer=lambda exhibit: exhibit.facts["visible"],
    )

    task = Task(
        "Show every pair exactly once, and no row or column that is empty. Then look for the "
        "accident rate: in how many pairs does `rate` still stand on your map?",
        goals=[
            Goal(
                "Each of the {pairs} pairs is shown exactly once: now {once} of them",
                met=lambda state: state["once"] == state["pairs"],
            ),
            Goal(
                "No column is shown against itself: now {ones}",
                met=lambda state: state["ones"] == 0,
            ),
            Goal(
                "No row or column is empty: now {empty_rows} and {empty_columns}",
                met=lambda state: state["empty_rows"] == state["empty_columns"] == 0,
            ),
            Goal(
                "The pairs with `rate` are counted: now {with_rate}",
                met=lambda state: state["with_rate"] == state["rate_shown"],
            ),
        ],
        solution={"trim": True, "with_rate": 10},
        hints=[
            "Look at the first row and the last column of the map. What do they show?",
            "Cut off what is empty: the row and the column that lost their last cell with the "
            "diagonal.",
            "A pair has two names: one stands at its row, the other at its column.",
        ],
    )

    mistakes = [
        Mistake(
            "Now {ones} {ones:one is|ones are} back on the diagonal. A column agrees with itself; "
            "that takes {visible} cells to say what {pairs} can.",
            when=lambda state: state["ones"] > 0,
            example={"k": 1},
            misconception="diagonal_is_a_finding",
            holds=lambda state: state["visible"] > state["pairs"],
        ),
        Mistake(
            "This hides too much: {once} pairs of {pairs} are left.",
            when=lambda state: state["once"] < state["pairs"],
            example={"k": -1},
            holds=lambda state: state["visible"] < state["pairs"],
            misconception="true_shows",
        ),
        Mistake(
            "Every pair stands there once. Still one row and one column hold nothing but their "
            "names: {rows} × {columns}, where less would do.",
            when=lambda state: state["empty_rows"] + state["empty_columns"] > 0,
            example={"side": "lower"},
            misconception="mask_leaves_no_trace",
            holds=lambda state: (
                state["once"] == state["pairs"]
                and state["empty_rows"] == state["empty_columns"] == 1
            ),
        ),
        Mistake(
            "One more than there are: {with_rate} is the number of columns in the whole table, "
            "and `rate` makes no pair with itself.",
            when=lambda state: state["with_rate"] == state["rate_shown"] + 1,
            example={"trim": True, "with_rate": 11},
            misconception="diagonal_is_a_finding",
            holds=lambda state: state["with_rate"] ** 2 == state["cells"],
        ),
        Mistake(
            "{with_rate} is more than the map holds. It shows each of its {pairs} pairs once, and "
            "`rate` stands either at the row or at the column of those that are its own.",
            when=lambda state: (
                state["with_rate"] is not None and state["with_rate"] > state["rate_shown"]
            ),
            example={"trim": True, "with_rate": 20},
            misconception="every_cell_is_a_finding",
            holds=lambda state: state["once"] == state["visible"] == state["pairs"],
        ),
        Mistake(
            "The map is as it should be. But one name is gone from its rows and one from its "
            "columns, and no pair went with them: {pairs} stand there. `rate` is in more than "
            "{with_rate}. Count along both sides.",
            when=lambda state: state["with_rate"] is not None,
            example={"trim": True, "with_rate": 9},
            misconception="trimming_loses_pairs",
            holds=lambda state: (
                state["once"] == state["pairs"] and state["with_rate"] < state["rate_shown"]
            ),
        ),
    ]

    learned = [
        Outcome(
            "True hides. The diagonal is hidden as well, {visible} cells stay, and without the row "
            "and the column that were left empty the map is {rows} × {columns}. `rate` lost its "
            "name on one side and none of its {rate_shown} pairs.",
            holds=lambda state: (
                state["ones"] == 0
                and state["visible"] == state["pairs"]
                and state["rate_shown"] == state["rows"] == state["columns"]
            ),
        )
    ]

    holds = [
        Claim(
            "the row and the column that lost their last cell",
            lambda state: state["empty_rows"] == state["empty_columns"] == 1,
        ),
    ]

    def in_the_lab(self, *, stage: str, side: str, **_: Any) -> LabAddress:
        half = "lower half" if side == "upper" else "upper half"
        settings: dict[str, Value] = {"method": "Pearson", "half": half}
        return LabAddress("highway", "association_map", settings, same_map=stage == "map")

    def show(self, stage: str, k: int, side: str, trim: bool) -> Exhibit:
        r = pearson(highway()[list(NUMBERS)])
        full = np.triu(np.ones(r.shape, bool), k)
        if side == "lower":
            full = full.T
        rows, columns = slice(None), slice(None)
        if trim:
            rows, columns = (slice(1, None), slice(None, -1))
            if side == "lower":
                rows, columns = columns, rows
        shown = r.iloc[rows, columns]
        mask = pd.DataFrame(full, r.index, r.columns).iloc[rows, columns]
        facts = _mask_facts(r, mask)
        if stage == "map":
            pictured = Heatmap(shown, hidden=mask, title="Pearson's r, masked")
            table = shown.mask(mask).round(3)
        else:
            pictured, table = _array(stage, pd.DataFrame(full, r.index, r.columns))
        return Exhibit(
            figures=(pictured,),
            facts=facts,
            table=table,
            description=fill(
                "A map of {rows} × {columns} cells, {visible} of them visible. On the diagonal "
                "stand {ones}; {empty_rows} {empty_rows:row|rows} and {empty_columns} "
                "{empty_columns:column|columns} are empty.",
                facts,
            ),
            behind=pair_behind(highway(), "sections", interval=False) if stage == "map" else None,
        )


def _mask_facts(r: pd.DataFrame, mask: pd.DataFrame) -> dict[str, Any]:
    seen = np.argwhere(~mask.to_numpy())
    names = [frozenset((mask.index[row], mask.columns[column])) for row, column in seen]
    pairs = len(r) * (len(r) - 1) // 2
    return {
        "rows": mask.shape[0],
        "columns": mask.shape[1],
        "cells": r.size,
        "pairs": pairs,
        "with_diagonal": pairs + len(r),
        "hidden": int(mask.to_numpy().sum()),
        "visible": len(names),
        "ones": sum(len(pair) == 1 for pair in names),
        "rate_shown": sum(len(pair) == 2 and "rate" in pair for pair in names),
        "once": sum(names.count(pair) == 1 for pair in names if len(pair) == 2),
        "empty_rows": int(mask.all(axis=1).sum()),
        "empty_columns": int(mask.all(axis=0).sum()),
    }


def _array(stage: str, full: pd.DataFrame) -> tuple[Heatmap, pd.DataFrame]:
    """One of the arrays that become the mask, as a picture and as a table."""
    blank = pd.DataFrame(False, full.index, full.columns)
    match stage:
        case "zeros":
            named, text, title = blank, blank.astype(int), "np.zeros_like(r)"
        case "booleans":
            named, text, title = blank, blank, "np.zeros_like(r, dtype=bool)"
        case "indices":
            cells = [[f"{i},{j}" for j in range(len(full))] for i in range(len(full))]
            positions = pd.DataFrame(cells, full.index, full.columns)
            named, text, title = full, positions.where(full, ""), "The cells that are named"
        case _:
            named, text, title = full, full, "The mask: True hides"
    text = text.astype(str)
    return Heatmap(named / 2, text=text, title=title, colour_bar=False), text


_EACH_PAIR_ONCE = (
    "{visible} cells for {pairs} pairs, and {rows} × {columns} where `r` has {rows_of_r} rows. "
)


def _shows_each_pair_once(state: State) -> bool:
    return bool(state["visible"] == state["once"] == state["pairs"])


def _fits_another_matrix(lines: str) -> bool:
    """Whether the lines show each pair of a smaller matrix once as well, and nothing empty."""
    names = list("abcd")
    r = pd.DataFrame(np.random.default_rng(0).normal(size=(9, 4)), columns=names).corr()

    def is_right(shown: pd.DataFrame) -> bool:
        found = _written_facts(r, shown)
        empty = found["empty_rows"] + found["empty_columns"]
        return _shows_each_pair_once(found) and not empty and not found["wrong"]

    return fits(lines, {"r": r}, a_frame_within(r), is_right)


class WriteTheMask(Step):
    """
    ### Write the mask

    Now without switches. `r` is the matrix of before. `r.mask(mask)` gives a copy of it with a gap
    wherever `mask` is True. pandas writes a gap as `NaN`, and a heatmap leaves it empty. So a few
    lines make the mask and the trim, and the last of them gives the table to be drawn.

    As long as nothing is written, the map shows `r` itself.
    """

    readings = {
        "cells shown": "{visible}",
        "pairs shown once": "{once} of {pairs}",
        "rows × columns": "{rows} × {columns}",
    }

    tables = (HIGHWAY,)

    lines = Write("Your lines", gives="shown", names=("r",), columns=NUMBERS)

    predict = Predict(
        "The upper triangle of `r`, with its diagonal, is made of gaps. You want to be rid of the "
        "row that holds nothing else, and call `.dropna()`. How many of the {rows_of_r} rows stay?",
        choices=[
            Option(
                text="{value}, all but the empty one",
                value=10,
                feedback=(
                    'That would be `.dropna(how="all")`, which drops rows of gaps alone and keeps '
                    "{kept_by_all}. Without an argument a single gap is enough, and every row has "
                    "one on the diagonal: {kept_by_any} stay."
                ),
                misconception="dropna_drops_empty_rows",
                holds=lambda state: state["kept_by_all"] == state["value"] > state["kept_by_any"],
                tempting=True,
            ),
            Option(
                text="{value}, not one",
                value=0,
                feedback=(
                    "Without an argument `.dropna()` drops every row that has a gap, and each has "
                    'one on the diagonal. `.dropna(how="all")` drops rows of gaps alone, and '
                    "keeps {kept_by_all}."
                ),
                holds=lambda state: state["kept_by_any"] == 0 < state["kept_by_all"],
            ),
            Option(
                text="{value}, since hidden is not missing",
                value=11,
                feedback=(
                    "A mask that is given to seaborn hides, and the values stay. `r.mask(mask)` is "
                    "another thing: it puts gaps in their place, and a gap is missing. Each row "
                    "has one, and `.dropna()` keeps {kept_by_any}."
                ),
                misconception="hidden_is_not_missing",
                holds=lambda state: state["kept_by_any"] == 0,
            ),
        ],
        answer=lambda exhibit: exhibit.facts["kept_by_any"],
        seen_at=None,
    )

    task = Task(
        "Write the lines that show every pair exactly once, and no row or column that is empty.",
        goals=[
            Goal(
                "Each of the {pairs} pairs is shown exactly once: now {once} of them",
                met=lambda state: state["once"] == state["pairs"],
            ),
            Goal(
                "No column is shown against itself: now {ones}",
                met=lambda state: state["ones"] == 0,
            ),
            Goal(
                "No row or column is empty: now {empty_rows} and {empty_columns}",
                met=lambda state: state["empty_rows"] == state["empty_columns"] == 0,
            ),
            Goal(
                "Every cell that is shown holds the r of its pair: now {wrong} {wrong:does|do} not",
                met=lambda state: state["wrong"] == 0,
            ),
        ],
        solution={
            "lines": "mask = np.triu(np.ones_like(r, dtype=bool))\nr.mask(mask).iloc[1:, :-1]"
        },
        hints=[
            "`np.ones_like(r, dtype=bool)` is True everywhere, in the shape of `r`. `np.triu` "
            "keeps the upper triangle of it.",
            "`r.mask(mask)` makes the gaps. Look which row and which column have nothing else.",
            "`.iloc[rows, columns]` picks by number: `1:` leaves out the first, `:-1` the last.",
        ],
    )

    mistakes = [
        Mistake(
            "{wrong} {wrong:cell shows|cells show} another number than the r of its pair. A zero "
            "is a number as well, and is drawn as one: what is to be hidden must be a gap.",
            when=lambda state: state["wrong"] > 0,
            example={"lines": "r * np.tril(np.ones_like(r), -1)"},
            misconception="zero_is_hidden",
            holds=lambda state: state["visible"] >= state["wrong"],
        ),
        Mistake(
            "{ones} {ones:column is|columns are} shown against {ones:itself|themselves}. A "
            "column agrees with itself, whatever the data: {visible} cells are shown for {pairs} "
            "pairs.",
            when=lambda state: state["ones"] > 0,
            example={"lines": "mask = np.triu(np.ones_like(r, dtype=bool), k=1)\nr.mask(mask)"},
            misconception="diagonal_is_a_finding",
            holds=lambda state: state["visible"] >= state["ones"],
        ),
        Mistake(
            "{once} of {pairs} pairs stand there once. {visible} cells are shown, and some of them "
            "say the same thing twice: the triangle above the diagonal repeats the one below.",
            when=lambda state: state["visible"] > state["shown_pairs"],
            example={"lines": "r.mask(np.eye(len(r), dtype=bool))"},
            misconception="every_cell_is_a_finding",
            holds=lambda state: state["once"] < state["shown_pairs"],
        ),
        Mistake(
            "{once} of {pairs} pairs are left. The row or column that was cut off still held some, "
            "or the mask hides more than a triangle. True hides: look which side stays.",
            when=lambda state: state["once"] < state["pairs"],
            example={
                "lines": "mask = np.tril(np.ones_like(r, dtype=bool))\nr.mask(mask).iloc[1:, :-1]"
            },
            misconception="true_shows",
            holds=lambda state: state["visible"] < state["pairs"],
        ),
        Mistake(
            "Every pair stands there once. Still {empty_rows} {empty_rows:row holds|rows hold} and "
            "{empty_columns} {empty_columns:column holds|columns hold} nothing but a name: the map "
            "is {rows} × {columns}, where less would do.",
            when=lambda state: state["empty_rows"] + state["empty_columns"] > 0,
            example={"lines": "mask = np.triu(np.ones_like(r, dtype=bool))\nr.mask(mask)"},
            misconception="mask_leaves_no_trace",
            holds=lambda state: state["once"] == state["visible"] == state["pairs"],
        ),
    ]

    learned = [
        Outcome(
            _EACH_PAIR_ONCE + "The same lines, run on a smaller matrix, show each of its pairs "
            "once as well: what they need to know, they ask `r`.",
            when=lambda state: _fits_another_matrix(state["lines"]),
            holds=_shows_each_pair_once,
        ),
        Outcome(
            _EACH_PAIR_ONCE + "These lines fit this matrix. On a smaller one they fail, mostly "
            "because they hold a number or a name of this one. `len(r)` and `np.ones_like(r)` ask "
            "the matrix itself.",
            holds=_shows_each_pair_once,
        ),
    ]

    def show(self, lines: str) -> Exhibit:
        r = pearson(highway()[list(NUMBERS)])
        written = run(lines, {"r": r}, wants=a_frame_within(r))
        shown = written.value_or(r)
        facts = _written_facts(r, shown)
        return Exhibit(
            figures=(Heatmap(shown, hidden=shown.isna(), title=written.titled("r itself")),),
            facts=facts,
            table=shown.round(3),
            description=fill(
                "A map of {rows} × {columns} cells, {visible} of them visible. On the diagonal "
                "stand {ones}; {empty_rows} {empty_rows:row|rows} and {empty_columns} "
                "{empty_columns:column|columns} are empty.",
                facts,
            ),
            error=written.error,
        )


def _written_facts(r: pd.DataFrame, shown: pd.DataFrame) -> dict[str, Any]:
    values = shown.to_numpy()
    places = np.argwhere(~np.isnan(values))
    cells = [(shown.index[row], shown.columns[column]) for row, column in places]
    names = [frozenset(cell) for cell in cells]
    own = r.loc[shown.index, shown.columns].to_numpy()
    hidden = r.mask(np.triu(np.ones(r.shape, bool)))
    return {
        "rows_of_r": len(r),
        "kept_by_any": len(hidden.dropna()),
        "kept_by_all": len(hidden.dropna(how="all")),
        "rows": shown.shape[0],
        "columns": shown.shape[1],
        "pairs": len(r) * (len(r) - 1) // 2,
        "visible": len(names),
        "ones": sum(len(pair) == 1 for pair in names),
        "shown_pairs": len({pair for pair in names if len(pair) == 2}),
        "once": sum(names.count(pair) == 1 for pair in names if len(pair) == 2),
        "empty_rows": int(shown.isna().all(axis=1).sum()),
        "empty_columns": int(shown.isna().all(axis=0).sum()),
        "wrong": int((~np.isnan(values) & ~np.isclose(values, own)).sum()),
    }


class Colour(Step):
    """
    ### Neutral is not zero

    The same matrix, as the recipe colours it: it asks for `coolwarm`, which has a neutral colour
    between blue and red, and leaves the limits to seaborn. Your eye reads the neutral colour as
    *nothing going on here*.

    Nobody told the colours that. Left alone they run from the smallest value that they find to the
    largest, and put their middle halfway. (Without `cmap` you would get `rocket`, seaborn's own
    choice, which has no neutral colour in its middle.)

    One switch shows what a *deuteranope* sees, whose eyes lack the cones for green.
    """

    readings = {
        "the colours run from": "{low:.2f}",
        "to": "{high:.2f}",
        "the middle is": "{neutral:.2f}",
    }

    tables = (HIGHWAY,)

    limits = Choice("Limits", _LIMITS, default=_DATA)
    colours = Choice(
        "Colours",
        ("coolwarm", "RdBu_r", "PuOr", "RdYlGn", "rocket", "viridis", "jet"),
        default="coolwarm",
    )
    triangle = Toggle("Mask", default=False)
    deuteranope = Toggle("Red-green blind", default=False)
    views = ("deuteranope",)
    answers = {"alike": Choice("One r, one colour on every map", _LIMITS, default=None)}

    predict = Predict(
        "With the limits left to seaborn, which r gets the neutral colour?",
        choices=[
            Option(
                text="Zero",
                value=0.0,
                feedback=(
                    "So one would think. But the limits are {low:.2f} and {high:.2f}, and halfway "
                    "between them lies {neutral:+.2f}. A pair with no correlation at all looks "
                    "blue: a link that is not there."
                ),
                misconception="pale_means_zero",
                holds=lambda state: state["low"] < 0 < state["neutral"],
                tempting=True,
            ),
            Option(
                text="About {value:+.2f}",
                value=0.16,
                feedback=(
                    "The colours run from {low:.2f} to {high:.2f}, so their middle is "
                    "{neutral:+.2f}. A pair with no correlation at all looks *blue*: a link that "
                    "is not there."
                ),
                holds=lambda state: state["low"] < 0 < state["neutral"],
            ),
            Option(
                text="About {value:+.2f}",
                value=-0.16,
                feedback=(
                    "The middle does move, but to the other side. The smallest value lies nearer "
                    "to zero than the largest, the ones on the diagonal. From {low:.2f} to "
                    "{high:.2f}, halfway is {neutral:+.2f}."
                ),
                holds=lambda state: -state["low"] < state["high"] == 1,
                misconception="pale_means_zero",
            ),
        ],
        answer=lambda exhibit: exhibit.facts["neutral"],
        tolerance=0.005,
    )

    task = Task(
        "Make the neutral colour mean zero, in colours whose two signs everybody can tell apart, a "
        "deuteranope as well. Then name the limits by which one r has one colour on every map, "
        "whatever else is in the table. Hiding the ones with the mask may help.",
        goals=[
            Goal(
                "The middle of the colours means zero: now it means {neutral:.2f}",
                met=lambda state: abs(state["neutral"]) < 1e-9,
            ),
            Goal(
                "The colours have two signs",
                met=lambda state: state["diverging"],
            ),
            Goal(
                "A deuteranope can tell the two ends apart: their distance is above "
                "{enough_apart:.1f}, of at most {farthest_apart:.2f}: now {ends_apart:.2f}",
                met=lambda state: state["ends_apart"] > state["enough_apart"],
            ),
            Goal(
                "The limits that do not depend on the table are named: now {alike}",
                met=lambda state: state["alike"] == _WHOLE,
            ),
        ],
        solution={"limits": _WHOLE, "colours": "RdBu_r", "alike": _WHOLE},
        hints=[
            "Two things: where the middle lies, and what lies at the ends.",
            "Equal limits on both sides of zero put the middle there.",
            "Switch to red-green blind and see which colours keep their two ends apart.",
        ],
    )

    mistakes = [
        Mistake(
            "The middle of the colours is at {neutral:+.2f}. A pair with no correlation at all "
            "has another colour than that.",
            when=lambda state: abs(state["neutral"]) >= 1e-9,
            example={"colours": "RdBu_r"},
            misconception="pale_means_zero",
            holds=lambda state: state["low"] < 0 < state["neutral"],
        ),
        Mistake(
            "Those limits follow the table. With the ones on the map they end at {high_with:.2f}, "
            "with the ones hidden at {high_without:.2f}, and most r change their colour.",
            when=lambda state: state["alike"] in (_DATA, _CENTER),
            example={"limits": _CENTER, "alike": _CENTER},
            misconception="limits_are_the_same_everywhere",
            holds=lambda state: state["high_with"] > state["high_without"],
        ),
        Mistake(
            "Zero stands in the middle. But `{colours}` has no neutral colour between two arms of "
            "equal weight, so the middle does not look like nothing.",
            when=lambda state: not state["diverging"],
            example={"limits": _WHOLE, "colours": "viridis"},
            misconception="any_colours_will_do",
            holds=lambda state: abs(state["neutral"]) < 1e-9,
        ),
        Mistake(
            "Zero stands in the middle. But to a deuteranope the ends of `{colours}` are almost "
            "one colour: their distance is {ends_apart:.2f}, against {ends_apart_usually:.2f} for "
            "other eyes. A strong plus and a strong minus look the same.",
            when=lambda state: state["ends_apart"] <= state["enough_apart"],
            example={"limits": _WHOLE, "colours": "RdYlGn"},
            misconception="red_and_green_are_opposites",
            holds=lambda state: state["ends_apart"] < state["ends_apart_usually"] / 3,
        ),
    ]

    learned = [
        Outcome(
            "From {low:.0f} to {high:.0f} the neutral colour means zero, equal strength gets equal "
            "colour on both sides, and an r keeps its colour whatever the table.",
            when=lambda state: state["limits"] == _WHOLE,
            holds=lambda state: state["low"] == -state["high"] == -1,
        ),
        Outcome(
            "`center=0` puts zero in the middle and gives equal strength equal colour; the bar "
            "ends where the data end, at {low:.2f} and {high:.2f}. So the colours belong to this "
            "table. For maps that are to be compared, use the limits that you named.",
            holds=lambda state: state["neutral"] == 0 and state["low"] > -1,
        ),
    ]

    holds = [
        Claim(
            "which has no neutral colour in its middle",
            lambda _: not is_diverging(colour_map("rocket")),
        ),
        Claim("which has a neutral colour between blue and red", lambda state: state["diverging"]),
        Claim(
            "put their middle halfway",
            lambda state: abs(state["neutral"] - (state["low"] + state["high"]) / 2) < 1e-9,
        ),
    ]

    def in_the_lab(self, *, limits: str, triangle: bool, **_: Any) -> LabAddress:
        if limits == _DATA:
            return LabAddress("highway", "as_the_tutorial_draws_it", same_map=True)
        half = "lower half" if triangle else "both halves"
        settings: dict[str, Value] = {"method": "Pearson", "half": half}
        return LabAddress("highway", "association_map", settings, same_map=True)

    def show(self, limits: str, colours: str, triangle: bool, deuteranope: bool) -> Exhibit:
        r = pearson(highway()[list(NUMBERS)])
        heatmap = Heatmap(
            r,
            limits=(-1, 1) if limits == _WHOLE else None,
            center=0 if limits == _CENTER else None,
            colours=colours,
            hidden=on_or_above_diagonal(r) if triangle else None,
            title=f"{colours}, limits {minus_signs(limits)}",
            deuteranope=deuteranope,
        )
        low, high = heatmap.range
        values = r.to_numpy()
        facts = {
            "low": low,
            "high": high,
            "neutral": heatmap.neutral_value,
            "high_with": float(values.max()),
            "high_without": float(values[values < 1].max()),
            "enough_apart": 0.2,
            "farthest_apart": float(np.sqrt(3)),
            "ends_apart": ends_distance_for_deuteranope(colour_map(colours)),
            "ends_apart_usually": ends_distance(colour_map(colours)),
            "diverging": is_diverging(colour_map(colours)),
        }
        return Exhibit(
            figures=(heatmap,),
            facts=facts,
            table=r.round(3),
            description=fill(
                f"The matrix in {colours}, from {{low:.2f}} to {{high:.2f}}. "
                "The middle of the colours stands for r = {neutral:+.2f}.",
                facts,
            ),
            behind=pair_behind(highway(), "sections", interval=False),
        )


class WriteTheLimits(Step):
    """
    ### Write the limits

    The file lists busy roads first. So take r in its first {busy} lines less r in its last {quiet},
    pair by pair: `d` holds the differences. Where it is zero, busy and quiet roads agree.

    Two numbers say what the colours of `d` mean, its lower and its upper end. Your last line gives
    both, as in `np.array([low, high])`. As long as nothing is written, seaborn takes the smallest
    and the largest difference.
    """

    readings = {
        "the colours run from": "{low:.2f}",
        "to": "{high:.2f}",
        "the middle is": "{neutral:.2f}",
        "pairs beyond the ends": "{beyond} of {pairs}",
    }

    tables = (HIGHWAY,)

    lines = Write("Your lines", gives="ends", names=("d",), columns=NUMBERS)

    predict = Predict(
        "Every map so far was well served by `vmin=-1, vmax=1`. How many of the {pairs} "
        "differences lie beyond these ends?",
        choices=[
            Option(
                text="None: no r is beyond one",
                value="none",
                feedback=(
                    "No r is. But from minus one to one it is two, and so far a difference can go. "
                    "Here {beyond_one} of {pairs} lie beyond, the farthest at {farthest:.2f}."
                ),
                misconception="every_map_ends_at_one",
                holds=lambda state: abs(state["farthest"]) > 1 and state["beyond_one"] > 0,
                tempting=True,
            ),
            Option(
                text="Some: a difference can be as large as two",
                value="some",
                feedback=(
                    "{beyond_one} of {pairs}, the farthest at {farthest:.2f}. They would all have "
                    "the colour of the end, and look like minus one or one."
                ),
                holds=lambda state: 1 < abs(state["farthest"]) <= 2,
            ),
            Option(
                text="Most: differences are twice as large as an r",
                value="most",
                feedback=(
                    "They can be, where busy and quiet roads contradict each other. Mostly they "
                    "agree more or less: {beyond_one} of {pairs} lie beyond."
                ),
                misconception="strength_can_be_guessed",
                holds=lambda state: state["beyond_one"] < state["pairs"] / 4,
            ),
        ],
        answer=lambda exhibit: _how_many(exhibit.facts),
        seen_at={"lines": "np.array([-1, 1])"},
    )

    task = Task(
        "Write the ends of the colours so that the neutral one means no difference, and every "
        "difference has the colour of its own size.",
        goals=[
            Goal(
                "The neutral colour means zero: now {neutral:+.2f}",
                met=lambda state: abs(state["neutral"]) < 0.005,
            ),
            Goal(
                "No difference lies beyond the ends: now {beyond} of {pairs}",
                met=lambda state: state["beyond"] == 0,
            ),
            Goal(
                "The colours are made use of: the farthest difference is at least half-way from "
                "zero to an end, now {used:.0%} of the way",
                met=lambda state: state["used"] >= 0.5,
            ),
        ],
        solution={"lines": "far = d.abs().max().max()\nnp.array([-far, far])"},
        hints=[
            "For zero to be halfway, the ends have to lie equally far to either side of it.",
            "`d.max()` gives the largest of each column. Calling `.max()` again gives the largest "
            "of these.",
            "A large negative difference counts as much as a positive one: `d.abs()`.",
        ],
    )

    mistakes = [
        Mistake(
            "The colours run from {low:.2f} to {high:.2f}, so their middle means {neutral:+.2f}. "
            "Pairs without any difference get a colour.",
            when=lambda state: abs(state["neutral"]) >= 0.005,
            example={"lines": "np.array([d.min().min(), d.max().max()])"},
            misconception="pale_means_zero",
            holds=lambda state: abs(state["neutral"] - (state["low"] + state["high"]) / 2) < 1e-9,
        ),
        Mistake(
            "Zero is in the middle, and the ends are nearly right. But the farthest difference, "
            "{farthest:.2f}, lies beyond its end by less than a hundredth: an end that was rounded "
            "may be too near. `d` has the number whole.",
            when=lambda state: (
                state["beyond"] > 0 and abs(state["farthest"]) - state["high"] < 0.01
            ),
            example={"lines": "np.array([-1.375, 1.375])"},
            misconception="every_map_ends_at_one",
            holds=lambda state: abs(state["farthest"]) > state["high"],
        ),
        Mistake(
            "Zero is in the middle. But {beyond} of {pairs} differences lie beyond {low:.2f} and "
            "{high:.2f}, and look like the ends. The farthest is {farthest:.2f}.",
            when=lambda state: state["beyond"] > 0,
            example={"lines": "np.array([-1, 1])"},
            misconception="every_map_ends_at_one",
            holds=lambda state: abs(state["farthest"]) > state["high"],
        ),
        Mistake(
            "Nothing lies beyond {low:.2f} and {high:.2f}, and nothing comes near: the farthest "
            "difference, {farthest:.2f}, is {used:.0%} of the way. All pairs look nearly neutral.",
            when=lambda state: state["used"] < 0.5,
            example={"lines": "np.array([-10, 10])"},
            misconception="any_colours_will_do",
            holds=lambda state: state["beyond"] == 0 and abs(state["neutral"]) < 0.005,
        ),
    ]

    learned = [
        Outcome(
            "The colours run from {low:.2f} to {high:.2f}, and the farthest difference is "
            "{farthest:.2f}. Zero is neutral, and nothing lies beyond the ends. From minus one to "
            "one {beyond_one} of {pairs} would have done.",
            holds=lambda state: (
                state["beyond"] == 0
                and abs(state["neutral"]) < 0.005
                and max(-state["low"], state["high"]) >= abs(state["farthest"])
                and state["beyond_one"] > 0
            ),
        )
    ]

    holds = [
        Claim(
            "The file lists busy roads first",
            lambda _: (
                highway()["adt"].head(_BUSY).mean() > 3 * highway()["adt"].iloc[_BUSY:].mean()
            ),
        ),
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        return LabAddress("highway", "association_map", {"method": "Pearson"})

    def show(self, lines: str) -> Exhibit:
        d = pearson(highway().head(_BUSY)[list(NUMBERS)])
        d -= pearson(highway().iloc[_BUSY:][list(NUMBERS)])
        ends, error = _ends_of(lines, d)
        chart = Heatmap.lower(
            d,
            limits=ends,
            colours="coolwarm",
            scale="difference",
            title="r on busy roads less r on quiet ones",
        )
        differences = below_diagonal(d)
        farthest = float(differences.sort_values(key=np.abs).iloc[-1])
        facts = {
            "busy": _BUSY,
            "quiet": len(highway()) - _BUSY,
            "pairs": len(differences),
            "low": ends[0],
            "high": ends[1],
            "neutral": sum(ends) / 2,
            "beyond": _beyond(differences, ends),
            "beyond_one": _beyond(differences, (-1, 1)),
            "farthest": farthest,
            "used": float(max(farthest / ends[0], farthest / ends[1])),
        }
        return Exhibit(
            figures=(chart,),
            facts=facts,
            table=differences.rename("difference").round(3).to_frame(),
            description=fill(
                "A map of {pairs} differences. Its colours run from {low:.2f} to {high:.2f}, the "
                "neutral one means {neutral:.2f}, and {beyond} {beyond:pair lies|pairs lie} beyond "
                "the ends. The farthest difference is {farthest:.2f}.",
                facts,
            ),
            error=error,
        )


_BUSY = 20
_TWO_ENDS = pd.Series([0.0, 0.0], ["low", "high"])


def _how_many(facts: Mapping[str, Any]) -> str:
    share = facts["beyond_one"] / facts["pairs"]
    return "none" if share == 0 else "some" if share < 0.5 else "most"


def _ends_of(lines: str, d: pd.DataFrame) -> tuple[tuple[float, float], str]:
    """The ends that the lines give, or those of the data; and what is wrong with what they give."""
    from_data = (float(d.min().min()), float(d.max().max()))
    written = run(lines, {"d": d}, wants=a_series(like=_TWO_ENDS))
    if not written.ran:
        return from_data, written.error
    low, high = (float(end) for end in written.value)
    if not low < 0 < high < np.inf or low == -np.inf:
        given = f"{minus_signs(f'{low:g}')} and {minus_signs(f'{high:g}')}"
        return (
            from_data,
            f"It ran, and your last line gives {given}: one end below zero is needed, then one "
            "above.",
        )
    return (low, high), ""


def _beyond(differences: "pd.Series[float]", ends: tuple[float, float]) -> int:
    # What floating point adds to an end does not lie beyond it.
    return int(((differences < ends[0] - 1e-9) | (differences > ends[1] + 1e-9)).sum())


class Read(Step):
    """
    ### Two blues

    Now the map can be read. Find the strongest pair of each sign. The red one is easily found. The
    blue ones take a second look: colour ranks roughly, and numbers rounded to two places are
    rounded too.

    More decimals will always name a first and a second. Whether the difference means anything is
    another question, and a simple way to ask it is to leave out one row: if a single section of
    road decides who comes first, the order says more about that section than about roads.

    A cell is only the headline. Open it, and see the points that wrote it.
    """

    readings = {
        "lowest of all sections, now": "{lowest_now:.4f}",
        "second lowest, now": "{second_now:.4f}",
        "left out": "{left_out}",
    }

    tables = (HIGHWAY,)

    decimals = Slider("Decimals", 0, 3, default=2)
    left_out = Slider("Leave out section", 0, 39, default=0)
    views = ("decimals",)
    answers = {
        "positive": Choice("Strongest positive pair", PAIRS, default=None),
        "negative": Choice("Strongest negative pair", PAIRS, default=None),
    }

    predict = Predict(
        "The two lowest r of the map are {lowest_r:.3f} and {second_lowest_r:.3f}. Leave out one "
        "of the {sections} sections, each in turn. How often do the two change places?",
        choices=[
            Option(
                text="Seldom or never: one section of {sections} changes little",
                value="seldom",
                feedback=(
                    "Each r changes little. But the difference between them is smaller still, so "
                    "{turned} of {sections} sections turn the order when they are left out."
                ),
                misconception="colour_ranks_exactly",
                holds=lambda state: state["turned"] > state["sections"] / 3,
                tempting=True,
            ),
            Option(
                text="For a third to two thirds of the sections",
                value="often",
                feedback=(
                    "{turned} of {sections} sections turn the order when they are left out. It is "
                    "nearly a toss of a coin which of the two comes first."
                ),
                holds=lambda state: abs(state["turned"] / state["sections"] - 0.5) < 0.1,
            ),
            Option(
                text="For nearly all of them: whatever is left out, the first falls back",
                value="always",
                feedback=(
                    "Leaving out a section moves both, and now the one gains, now the other. "
                    "{turned} of {sections} sections turn the order."
                ),
                misconception="colour_ranks_exactly",
                holds=lambda state: 0 < state["turned"] < 2 / 3 * state["sections"],
            ),
        ],
        answer=lambda exhibit: _how_often(exhibit.facts),
        seen_at=None,
    )

    task = Task(
        "Name the strongest positive and the strongest negative pair of all {sections} sections. "
        "If two are too close to call, either will do. Then find a section without which the two "
        "lowest pairs change places.",
        goals=[
            Goal(
                "The strongest positive pair is named: now {positive}",
                met=lambda state: state["positive"] == state["highest"],
            ),
            Goal(
                "One of the two strongest negative pairs is named: now {negative}",
                met=lambda state: state["negative"] in (state["lowest"], state["second_lowest"]),
            ),
            Goal(
                "The two lowest change places without the section that is left out: now "
                "number {left_out}",
                met=lambda state: state["is_turned"],
            ),
        ],
        solution={"positive": "adt–itg", "negative": "slim–acpt", "decimals": 3, "left_out": 2},
        hints=[
            "More decimals tell twins apart.",
            "Under Numbers the pairs are listed from strong to weak.",
            "Nearly every second section will do: leave out one, and look at the two blues.",
        ],
    )

    mistakes = [
        Mistake(
            "`{positive}` is on the *blue* side: with all {sections} sections {positive_r:.2f}. "
            "The sign is the side of the scale; the strength is the distance from the middle.",
            when=lambda state: state["positive_r"] < 0,
            example={"positive": "slim–acpt"},
            misconception="minus_is_weak",
        ),
        Mistake(
            "`{negative}` is on the *red* side: with all {sections} sections {negative_r:.2f}. "
            "The sign is the side of the scale; the strength is the distance from the middle.",
            when=lambda state: state["negative_r"] > 0,
            example={"negative": "adt–itg"},
            misconception="minus_is_weak",
        ),
        Mistake(
            "With all {sections} sections `{positive}` has {positive_r:.2f}, and among the reds "
            "there is one at {highest_r:.2f}.",
            when=lambda state: state["positive"] not in (None, state["highest"]),
            example={"positive": "adt–lane"},
            misconception="colour_ranks_exactly",
            holds=lambda state: 0 <= state["positive_r"] < state["highest_r"],
        ),
        Mistake(
            "With all {sections} sections `{negative}` has {negative_r:.2f}. Two of the blues are "
            "stronger, {lowest_r:.2f} both.",
            when=lambda state: (
                state["negative"] not in (None, state["lowest"], state["second_lowest"])
            ),
            example={"negative": "rate–trks"},
            misconception="colour_ranks_exactly",
            holds=lambda state: (
                state["second_lowest_r"] < state["negative_r"] <= 0
                and round(state["lowest_r"], 2) == round(state["second_lowest_r"], 2)
            ),
        ),
        Mistake(
            "Without section {left_out} the lowest of all sections has {lowest_now:.4f} and the "
            "second lowest {second_now:.4f}: the order stays. {turned} of the {sections} sections "
            "would turn it.",
            when=lambda state: state["left_out"] > 0 and not state["is_turned"],
            example={"left_out": 1},
            misconception="colour_ranks_exactly",
            holds=lambda state: state["lowest_now"] <= state["second_now"],
        ),
    ]

    learned = [
        Outcome(
            "With all {sections} sections `{highest}` leads the reds with {highest_r:.2f}, and of "
            "the blues `{lowest}` has {lowest_r:.4f} and `{second_lowest}` {second_lowest_r:.4f}. "
            "Without section {left_out} it is {lowest_now:.4f} and {second_now:.4f}: the two "
            "change places, as they do for {turned} of the {sections} sections. Colour finds the "
            "candidates, and numbers rank them. A difference that hangs on one row is too small "
            "to report.",
            holds=lambda state: (
                state["lowest_now"] > state["second_now"]
                and state["second_lowest_r"] - state["lowest_r"] < 0.001
            ),
        )
    ]

    holds = [
        Claim(
            "Nearly every second section will do",
            lambda state: 0.4 < state["turned"] / state["sections"] < 0.5,
        ),
        Claim(
            "The blue ones take a second look",
            lambda state: abs(state["second_lowest_r"] - state["lowest_r"]) < 1 / 256,
        ),
    ]

    def appraise(
        self,
        exhibit: Exhibit,  # noqa: ARG002
        positive: str | None,
        negative: str | None,
    ) -> Mapping[str, Fact]:
        r = ranked()["r"]
        return {
            "positive_r": float(r[positive]) if positive else 0.0,
            "negative_r": float(r[negative]) if negative else 0.0,
        }

    def in_the_lab(self, *, left_out: int, **_: Any) -> LabAddress:
        pearson_alone: dict[str, Value] = {"method": "Pearson"}
        return LabAddress("highway", "association_map", pearson_alone, same_map=not left_out)

    def show(self, decimals: int, left_out: int) -> Exhibit:
        by_r = ranked()["r"].sort_values()
        lowest, second = by_r.index[0], by_r.index[1]
        roads = highway().drop(index=left_out) if left_out else highway()
        r = pearson(roads[list(NUMBERS)])
        lowest_now, second_now = _r_of(r, lowest), _r_of(r, second)
        facts = {
            "sections": len(highway()),
            "lowest": lowest,
            "lowest_r": float(by_r.iloc[0]),
            "second_lowest": second,
            "second_lowest_r": float(by_r.iloc[1]),
            "highest": by_r.index[-1],
            "highest_r": float(by_r.iloc[-1]),
            "lowest_now": lowest_now,
            "second_now": second_now,
            "is_turned": second_now < lowest_now,
            "turned": _turned(lowest, second),
        }
        return Exhibit(
            figures=(
                Heatmap.lower(
                    r,
                    decimals=decimals,
                    title="Pearson's r, highway sections",
                ),
            ),
            facts=facts,
            table=_pairs_of(r).round(4),
            description=fill(
                f"The lower triangle of {len(by_r)} pairs of {len(roads)} sections. Of all "
                "sections the highest is {highest} and the lowest {lowest}; here {lowest} has "
                f"{{lowest_now:.{decimals}f}} and {{second_lowest}} {{second_now:.{decimals}f}}.",
                facts,
            ),
            behind=pair_behind(roads, "sections", interval=False),
        )


def _how_often(facts: Mapping[str, Any]) -> str:
    share = facts["turned"] / facts["sections"]
    return "seldom" if share < 1 / 3 else "often" if share <= 2 / 3 else "always"


def _r_of(r: pd.DataFrame, pair: str) -> float:
    x, y = pair.split("–")
    return float(r[x][y])


@cache
def _turned(lowest: str, second: str) -> int:
    """How many sections, when each alone is left out, put the second pair below the first."""
    matrices = [pearson(highway().drop(index=section)) for section in highway().index]
    return sum(_r_of(r, second) < _r_of(r, lowest) for r in matrices)


def _pairs_of(r: pd.DataFrame) -> pd.DataFrame:
    """Every pair of measurements from strong to weak."""
    pairs = pd.Series({pair: _r_of(r, pair) for pair in PAIRS}, name="r")
    return pairs.sort_values(key=abs, ascending=False).to_frame()


class Export(Step):
    """
    ### Fit for paper

    On paper nobody hovers. The numbers have to fit into their cells and the labels onto the page.
    Somebody has to read them, too: the journal of our example takes pages up to {widest} inches
    wide, and letters from {smallest} points.

    `savefig(..., bbox_inches="tight")` is the popular cure for a picture that came out wrong.
    It does one thing: it makes the page as large as what is drawn on it.
    """

    readings = {
        "page, pixels": "{page_width} × {page_height}",
        "cell": "{cell:.1f}",
        "number": "{number:.1f}",
    }

    tables = (BREAST_CANCER, HIGHWAY)

    data = Choice("Table", ("breast cancer", "highway"), default="breast cancer")
    width = Slider("Width in inches", 4, 24, default=10)
    font = Slider("Size of the numbers", 4, 12, default=10)
    colours = Choice("Colours", ("RdBu_r", "coolwarm", "PuOr"), default="RdBu_r")
    numbers = Toggle("Numbers", default=True)
    tight = Toggle("tight", default=False)
    views = ("colours",)

    predict = Predict(
        "{columns} measurements of tumours, a page of {page_width} × {page_height} pixels, "
        "numbers in the usual size. Do they fit into their cells?",
        choices=[
            Option(
                text="Yes, with room to spare",
                value="room",
                feedback=(
                    "Here a cell is {cell:.1f} pixels wide, and a number {number:.1f}. Fewer "
                    "columns, a larger page or a smaller font would make room."
                ),
                misconception="defaults_fit",
                holds=lambda state: state["number"] > state["cell"],
            ),
            Option(
                text="No, they run into each other",
                value="overlap",
                feedback=(
                    "A cell is {cell:.1f} pixels wide, and a number {number:.1f}. Each number "
                    "reaches over its neighbours."
                ),
                holds=lambda state: state["number"] > state["cell"],
                tempting=True,
            ),
            Option(
                text="They do, once it is saved with `tight`",
                value="tight",
                feedback=(
                    "`tight` changes the page, not the letters. A cell stays {cell:.1f} pixels "
                    "wide, and a number {number:.1f}."
                ),
                misconception="tight_fixes_everything",
                holds=lambda state: state["number"] > state["cell"],
            ),
        ],
        answer=lambda exhibit: "room" if exhibit.facts["fits"] else "overlap",
    )

    task = Task(
        "Export the map of {columns} columns for that journal, with numbers that fit into their "
        "cells and labels that stay on the page.",
        goals=[
            Goal(
                "The table is that of the tumours: now it is {data}",
                met=lambda state: state["data"] == "breast cancer",
            ),
            Goal(
                "The numbers are shown",
                met=lambda state: state["numbers"],
            ),
            Goal(
                "They fit into their cells: now they are {number:.1f} pixels wide, and the cells "
                "{cell:.1f}",
                met=lambda state: state["fits"],
            ),
            Goal(
                "They have at least {smallest} points: now {font}",
                met=lambda state: state["font"] >= state["smallest"],
            ),
            Goal(
                "The page is at most {widest} inches wide: now {page_inches:.1f}",
                met=lambda state: state["page_inches"] <= state["widest"],
            ),
            Goal(
                "No label leaves the page",
                met=lambda state: not state["cut"],
            ),
        ],
        solution={"width": 16, "font": 7, "tight": True},
        hints=[
            "A cell grows with the page. A number grows with the font.",
            "Labels that hang over the edge are what `tight` is for.",
        ],
    )

    mistakes = [
        Mistake(
            "The highway map has only {columns} columns: {cell:.1f} pixels a cell, {number:.1f} a "
            "number. The other one is the test.",
            when=lambda state: state["data"] == "highway",
            example={"data": "highway", "tight": True},
            misconception="defaults_fit",
        ),
        Mistake(
            "Numbers that are not written cannot overlap. For an overview of {columns} columns "
            "that is often the best choice; here the numbers are asked for.",
            when=lambda state: not state["numbers"],
            example={"numbers": False, "tight": True},
            misconception="defaults_fit",
        ),
        Mistake(
            "The page is now {page_width} × {page_height} pixels and nothing is cut off. The "
            "numbers did not shrink: {number:.1f} pixels in cells of {cell:.1f}.",
            when=lambda state: state["tight"] and not state["fits"],
            example={"tight": True},
            misconception="tight_fixes_everything",
            holds=lambda state: not state["cut"],
        ),
        Mistake(
            "The numbers fit: {number:.1f} pixels in cells of {cell:.1f}. But letters of {font} "
            "points are hard to read on paper, and the journal takes none below {smallest}.",
            when=lambda state: state["fits"] and state["font"] < state["smallest"],
            example={"font": 4, "tight": True},
            misconception="fitting_is_reading",
        ),
        Mistake(
            "The numbers fit: {number:.1f} pixels in cells of {cell:.1f}. But the page is "
            "{page_inches:.1f} inches wide, and the journal takes {widest}.",
            when=lambda state: state["fits"] and state["page_inches"] > state["widest"],
            example={"width": 24, "tight": True},
            misconception="fitting_is_reading",
        ),
        Mistake(
            "The numbers fit now: {number:.1f} pixels in cells of {cell:.1f}. But labels hang over "
            "the edge of the page and are cut off.",
            when=lambda state: state["fits"] and state["cut"],
            example={"width": 14, "font": 7},
            misconception="what_is_drawn_is_saved",
            holds=lambda state: not state["tight"],
        ),
    ]

    learned = [
        Outcome(
            "Numbers have to be narrower than cells, here {number:.1f} against {cell:.1f} pixels. "
            "`tight` did not help with that. It made the page as large as what is drawn on it, "
            "{page_width} × {page_height} pixels, so that no label is cut off.",
            when=lambda state: state["tight"],
            holds=lambda state: state["number"] <= state["cell"] and not state["cut"],
        ),
        Outcome(
            "Numbers have to be narrower than cells, here {number:.1f} against {cell:.1f} pixels, "
            "and on a page of {page_width} × {page_height} pixels no label hangs over the edge.",
            holds=lambda state: state["number"] <= state["cell"] and not state["cut"],
        ),
    ]

    def in_the_lab(self, *, data: str, **_: Any) -> LabAddress:
        name = "breast_cancer" if data == "breast cancer" else "highway"
        return LabAddress(name, "association_map", {"method": "Pearson"}, same_map=True)

    def show(
        self, data: str, width: int, font: int, colours: str, numbers: bool, tight: bool
    ) -> Exhibit:
        columns = table("breast_cancer") if data == "breast cancer" else highway()
        r = pearson(columns)
        page = Page(
            Heatmap.lower(
                r,
                colours=colours,
                scale="",
                # With as many decimals, so that what is not written changes nothing else.
                decimals=2,
                text=None if numbers else r.map(lambda _: ""),
            ),
            width=width,
            height=0.8 * width,
            font_size=font,
            tight=tight,
        )
        working(0.2, "Laying out the page")
        size = page.size
        facts = {
            "columns": len(r),
            "cell": page.cell_width,
            "number": page.text_width,
            "fits": page.text_width <= page.cell_width,
            "cut": page.is_cut,
            "widest": 14,
            "smallest": 6,
            "page_inches": size[0] / _DOTS_PER_INCH,
            "page_width": size[0],
            "page_height": size[1],
        }
        return Exhibit(
            figures=(page,),
            facts=facts,
            table=r.round(2),
            description=(
                f"A page of {size[0]} × {size[1]} pixels. A cell is {page.cell_width:.1f} pixels "
                f"wide and the widest number {page.text_width:.1f}; "
                f"{'labels are cut off at the edge' if page.is_cut else 'nothing is cut off'}."
            ),
        )
