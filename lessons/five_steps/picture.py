"""The picture: its mask, its colours, what is read off it, and the page that it is printed on."""

from typing import Any

import numpy as np
import pandas as pd

from lessons.highway import NUMBERS, PAIRS, pearson, ranked
from lessons.tables import BREAST_CANCER, HIGHWAY, highway, table
from lib.charts import (
    Heatmap,
    Page,
    colour_map,
    ends_distance,
    ends_distance_for_deuteranope,
    is_diverging,
    minus_signs,
    on_or_above_diagonal,
)
from lib.course import (
    Choice,
    Exhibit,
    Goal,
    Mistake,
    Option,
    Outcome,
    Predict,
    Slider,
    Step,
    Task,
    Toggle,
    fill,
    working,
)
from lib.course.behind import pair_behind


class Mask(Step):
    """
    ### What the mask hides

    The map says everything twice. A mask hides one triangle. It begins as an array of zeros in the
    shape of the matrix; `dtype=bool` turns the zeros into False; `np.triu_indices_from` names the
    cells of the upper triangle; those become True. *True hides.*

    The recipe writes `dtype=np.bool`. For some releases NumPy had no such name. Today it has it
    again. `bool` always works.
    """

    tables = (HIGHWAY,)

    stage = Choice("Show", ("zeros", "booleans", "indices", "mask", "map"), default="map")
    k = Slider("k", -1, 2, default=0)
    side = Choice("Hide the triangle", ("upper", "lower"), default="upper")
    trim = Toggle("Trim the first and last", default=False)
    views = ("stage",)

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
            ),
            Option(
                text="{value}",
                value=66,
                feedback=(
                    "That keeps the diagonal. But the triangle of `k=0` begins *on* the diagonal "
                    "and takes it along. {visible} cells are left."
                ),
                misconception="mask_keeps_the_diagonal",
            ),
            Option(
                text="{value}",
                value=110,
                feedback=(
                    "That is the matrix without its diagonal. The mask hides half of those as "
                    "well: {visible} cells are left."
                ),
                misconception="true_shows",
            ),
        ],
        answer=lambda exhibit: exhibit.facts["visible"],
    )

    task = Task(
        "Show every pair exactly once, and no row or column that is empty.",
        goals=[
            Goal(
                "Each of the {pairs} pairs is shown exactly once: now {once} of them",
                met=lambda state: state["once"] == state["pairs"],
            ),
            Goal(
                "No column is shown against itself: now {ones} are",
                met=lambda state: state["ones"] == 0,
            ),
            Goal(
                "No row or column is empty: now {empty_rows} and {empty_columns} are",
                met=lambda state: state["empty_rows"] == state["empty_columns"] == 0,
            ),
        ],
        solution={"trim": True},
        hints=[
            "Look at the first row and the last column of the map. What do they show?",
            "Cut off what is empty: the row and the column that lost their last cell with the "
            "diagonal.",
        ],
    )

    mistakes = [
        Mistake(
            "Now {ones} ones are back on the diagonal. A column agrees with itself; that takes "
            "{visible} cells to say what {pairs} can.",
            when=lambda state: state["ones"] > 0,
            example={"k": 1},
            misconception="diagonal_is_a_finding",
        ),
        Mistake(
            "This hides too much: {once} pairs of {pairs} are left.",
            when=lambda state: state["once"] < state["pairs"],
            example={"k": -1},
            misconception="true_shows",
        ),
        Mistake(
            "Every pair stands there once. Still one row and one column hold nothing but their "
            "names: {rows} × {columns}, where less would do.",
            when=lambda state: state["empty_rows"] + state["empty_columns"] > 0,
            example={"side": "lower"},
            misconception="mask_leaves_no_trace",
        ),
    ]

    learned = [
        Outcome(
            "True hides. With `k=0` the diagonal goes too and {visible} cells stay; trim the row "
            "and the column that are left empty, and the map is {rows} × {columns}."
        )
    ]

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
            description=(
                f"A map of {facts['rows']} × {facts['columns']} cells, {facts['visible']} of them "
                f"visible. {facts['ones']} lie on the diagonal; {facts['empty_rows']} rows and "
                f"{facts['empty_columns']} columns are empty."
            ),
            behind=pair_behind(highway(), "sections") if stage == "map" else None,
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
            named, text, title = full, positions.where(full, ""), "the cells that are named"
        case _:
            named, text, title = full, full, "the mask: True hides"
    text = text.astype(str)
    return Heatmap(named / 2, text=text, title=title, colour_bar=False), text


class Colour(Step):
    """
    ### White is not zero

    The same matrix, coloured as it comes out of the box. Your eye reads the pale middle as
    *nothing going on here*.

    Nobody told the colours that. Left alone they run from the smallest value that they find to the
    largest, and put their middle halfway.

    One switch shows what a *deuteranope* sees, whose eyes lack the cones for green.
    """

    tables = (HIGHWAY,)

    limits = Choice("Limits", ("from the data", "center=0", "-1 to 1"), default="from the data")
    colours = Choice(
        "Colours",
        ("coolwarm", "RdBu_r", "PuOr", "RdYlGn", "viridis", "jet"),
        default="coolwarm",
    )
    triangle = Toggle("Mask", default=False)
    deuteranope = Toggle("Red-green blind", default=False)
    views = ("deuteranope",)

    predict = Predict(
        "Out of the box, which r gets the pale middle of the colours?",
        choices=[
            Option(
                text="Zero, of course",
                value=0.0,
                feedback=(
                    "So one would think. But the limits are {low:.2f} and {high:.2f}, and halfway "
                    "between them lies {neutral:+.2f}. A pair with no correlation at all looks "
                    "blue: a link that is not there."
                ),
                misconception="pale_means_zero",
            ),
            Option(
                text="About {value:+.2f}",
                value=0.16,
                feedback=(
                    "The colours run from {low:.2f} to {high:.2f}, so their middle is "
                    "{neutral:+.2f}. A pair with no correlation at all looks *blue*: a link that "
                    "is not there."
                ),
            ),
            Option(
                text="About {value:+.2f}",
                value=-0.16,
                feedback=(
                    "The middle does move, but to the other side: the ones on the diagonal pull it "
                    "up. From {low:.2f} to {high:.2f}, halfway is {neutral:+.2f}."
                ),
                misconception="pale_means_zero",
            ),
        ],
        answer=lambda exhibit: exhibit.facts["neutral"],
        tolerance=0.005,
    )

    task = Task(
        "Make the pale middle mean zero, in colours whose two signs everybody can tell apart.",
        goals=[
            Goal(
                "The pale middle means zero: now it means {neutral:.2f}",
                met=lambda state: abs(state["neutral"]) < 1e-9,
            ),
            Goal(
                "The colours have two signs",
                met=lambda state: state["diverging"],
            ),
            Goal(
                "Everybody can tell the two ends apart",
                met=lambda state: state["ends_apart"] > 0.2,
            ),
        ],
        solution={"limits": "-1 to 1", "colours": "RdBu_r"},
        hints=[
            "Two things: where the middle lies, and what lies at the ends.",
            "Equal limits on both sides of zero put the middle there.",
            "Switch to red-green blind and see which colours keep their two ends apart.",
        ],
    )

    mistakes = [
        Mistake(
            "The middle is at {neutral:+.2f}: pairs with no correlation at all are still tinted.",
            when=lambda state: abs(state["neutral"]) >= 1e-9,
            example={"colours": "RdBu_r"},
            misconception="pale_means_zero",
        ),
        Mistake(
            "Zero is where it belongs. But `{colours}` has no pale middle with two equal arms: "
            "its colours suggest an order from little to much, and a strong minus looks like "
            "little.",
            when=lambda state: not state["diverging"],
            example={"limits": "-1 to 1", "colours": "viridis"},
            misconception="any_colours_will_do",
        ),
        Mistake(
            "Zero is where it belongs. But to a deuteranope the ends of `{colours}` are almost one "
            "colour: they lie {ends_apart:.2f} apart, against {ends_apart_usually:.2f} for other "
            "eyes. Plus and minus become the same.",
            when=lambda state: state["ends_apart"] <= 0.2,
            example={"limits": "-1 to 1", "colours": "RdYlGn"},
            misconception="red_and_green_are_opposites",
        ),
    ]

    learned = [
        Outcome(
            "Set the limits yourself: from {low:.0f} to {high:.0f} the pale middle means zero, and"
            " equal strength gets equal colour on both sides."
        )
    ]

    def show(self, limits: str, colours: str, triangle: bool, deuteranope: bool) -> Exhibit:
        r = pearson(highway()[list(NUMBERS)])
        heatmap = Heatmap(
            r,
            limits=(-1, 1) if limits == "-1 to 1" else None,
            center=0 if limits == "center=0" else None,
            colours=colours,
            hidden=on_or_above_diagonal(r) if triangle else None,
            title=f"{colours}, limits {minus_signs(limits)}",
            deuteranope=deuteranope,
        )
        low, high = heatmap.range
        facts = {
            "low": low,
            "high": high,
            "neutral": heatmap.neutral_value,
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
            behind=pair_behind(highway(), "sections"),
        )


class Read(Step):
    """
    ### Two blues

    Now the map can be read. Find the strongest pair of each sign. The red one jumps at you. The
    blue ones take a second look: colour ranks roughly, and numbers rounded to two places are
    rounded too.

    A cell is only the headline. Open it, and see the points that wrote it.
    """

    tables = (HIGHWAY,)

    decimals = Slider("Decimals", 0, 3, default=2)
    views = ("decimals",)
    answers = {
        "positive": Choice("Strongest positive pair", PAIRS, default=None),
        "negative": Choice("Strongest negative pair", PAIRS, default=None),
    }

    predict = Predict(
        "One of these pairs has the most negative r on the map. Which?",
        choices=[
            Option(
                text="speed limit and access points, `slim–acpt`",
                value="slim–acpt",
                feedback=(
                    "By a hair: {lowest_r:.3f}, against {second_lowest_r:.3f} for "
                    "`{second_lowest}`. On the map both read {lowest_r:.2f}, and no colour could "
                    "have told you."
                ),
            ),
            Option(
                text="accident rate and speed limit, `rate–slim`",
                value="rate–slim",
                feedback=(
                    "Very nearly. It is {second_lowest_r:.3f}, and `{lowest}` is {lowest_r:.3f}. "
                    "On the map both read {lowest_r:.2f}: the picture cannot rank them."
                ),
                misconception="colour_ranks_exactly",
            ),
            Option(
                text="accident rate and trucks, `rate–trks`",
                value="rate–trks",
                feedback=(
                    "A different blue when you look again: {trucks_r:.2f}. The lowest is "
                    "`{lowest}`, at {lowest_r:.3f}."
                ),
                misconception="colour_ranks_exactly",
            ),
        ],
        answer=lambda exhibit: exhibit.facts["lowest"],
    )

    task = Task(
        "Name the strongest positive and the strongest negative pair.",
        goals=[
            Goal(
                "The strongest positive pair is named: now {positive}",
                met=lambda state: state["positive"] == state["highest"],
            ),
            Goal(
                "The strongest negative pair is named: now {negative}",
                met=lambda state: state["negative"] == state["lowest"],
            ),
        ],
        solution={"positive": "adt–itg", "negative": "slim–acpt", "decimals": 3},
        hints=[
            "More decimals tell twins apart.",
            "Under Numbers the pairs are listed from strong to weak.",
        ],
    )

    mistakes = [
        Mistake(
            "Nearly: `{second_lowest}` has {second_lowest_r:.3f} and `{lowest}` {lowest_r:.3f}. "
            "Rounded to two places they are twins.",
            when=lambda state: state["negative"] == state["second_lowest"],
            example={"positive": "adt–itg", "negative": "rate–slim"},
            misconception="colour_ranks_exactly",
        ),
        Mistake(
            "`{second_highest}` comes second among the reds, at {second_highest_r:.2f}. Look for "
            "{highest_r:.2f}.",
            when=lambda state: state["positive"] == state["second_highest"],
            example={"positive": "adt–lane"},
            misconception="colour_ranks_exactly",
        ),
        Mistake(
            "`{lowest}` is the strongest *blue*. The sign is the side of the scale; the strength "
            "is the distance from the middle.",
            when=lambda state: state["positive"] == state["lowest"],
            example={"positive": "slim–acpt"},
            misconception="minus_is_weak",
        ),
    ]

    learned = [
        Outcome(
            "`{highest}` at {highest_r:.2f} and `{lowest}` at {lowest_r:.3f}. Colour finds the "
            "candidates, numbers rank them, and the scatter plot says what they mean."
        )
    ]

    def show(self, decimals: int) -> Exhibit:
        r = pearson(highway()[list(NUMBERS)])
        by_r = ranked()["r"].sort_values()
        facts = {
            "lowest": by_r.index[0],
            "lowest_r": float(by_r.iloc[0]),
            "second_lowest": by_r.index[1],
            "second_lowest_r": float(by_r.iloc[1]),
            "highest": by_r.index[-1],
            "highest_r": float(by_r.iloc[-1]),
            "second_highest": by_r.index[-2],
            "second_highest_r": float(by_r.iloc[-2]),
            "trucks_r": float(by_r["rate–trks"]),
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
            table=ranked().round(3),
            description=fill(
                f"The lower triangle of {len(by_r)} pairs. The highest is {{highest}} at "
                f"{{highest_r:.{decimals}f}}, the lowest {{lowest}} at {{lowest_r:.{decimals}f}}.",
                facts,
            ),
            behind=pair_behind(highway(), "sections"),
        )


class Export(Step):
    """
    ### Fit for paper

    On paper nobody hovers. The numbers have to fit into their cells and the labels onto the page.

    `savefig(..., bbox_inches="tight")` is the popular cure for a picture that came out wrong.
    It does one thing: it makes the page as large as what is drawn on it.
    """

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
                    "That holds for the highway map. Here a cell is {cell:.1f} pixels wide, and a "
                    "number {number:.1f}."
                ),
                misconception="defaults_fit",
            ),
            Option(
                text="No, they run into each other",
                value="overlap",
                feedback=(
                    "A cell is {cell:.1f} pixels wide, and a number {number:.1f}. What is printed "
                    "there is texture, not text."
                ),
            ),
            Option(
                text="They do, once it is saved with `tight`",
                value="tight",
                feedback=(
                    "`tight` changes the page, not the letters. A cell stays {cell:.1f} pixels "
                    "wide, and a number {number:.1f}."
                ),
                misconception="tight_fixes_everything",
            ),
        ],
        answer=lambda exhibit: "room" if exhibit.facts["fits"] else "overlap",
    )

    task = Task(
        "Export the map of {columns} columns, with numbers that fit into their cells and labels "
        "that stay on the page.",
        goals=[
            Goal(
                "The table is the one with {columns} columns: now {data}",
                met=lambda state: state["data"] == "breast cancer",
            ),
            Goal(
                "The numbers are shown",
                met=lambda state: state["numbers"],
            ),
            Goal(
                "They fit into their cells",
                met=lambda state: state["fits"],
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
            "The highway map is easily done: {cell:.1f} pixels a cell, {number:.1f} a number. "
            "The other one is the test.",
            when=lambda state: state["data"] == "highway",
            example={"data": "highway", "tight": True},
            misconception="defaults_fit",
        ),
        Mistake(
            "Nothing overlaps where nothing is written. For an overview of {columns} columns that "
            "is often the best choice; here the numbers are asked for.",
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
        ),
        Mistake(
            "The numbers fit now: {number:.1f} pixels in cells of {cell:.1f}. But labels hang over "
            "the edge of the page and are cut off.",
            when=lambda state: state["fits"] and state["cut"],
            example={"width": 16, "font": 7},
            misconception="what_is_drawn_is_saved",
        ),
    ]

    learned = [
        Outcome(
            "Letters must be smaller than cells, here {number:.1f} against {cell:.1f} pixels; "
            "`tight` only keeps the labels on the page, here {page_width} × {page_height}."
        )
    ]

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
                decimals=2 if numbers else None,
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
