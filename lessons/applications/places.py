"""Density on a map: the hottest cell depends on the cells."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lessons.tables import QUAKES, table
from lib.charts import Heatmap
from lib.course import (
    Choice,
    Exhibit,
    Goal,
    Mistake,
    Number,
    Option,
    Outcome,
    Predict,
    Step,
    Task,
    Toggle,
    fill,
)

_COUNT, _ENERGY = "earthquakes", "energy"
_SIZES = ("5", "10", "25", "80")
_ROUNDING = 1e-6
"""Degrees; cells that only touch share no ground."""

Floats = NDArray[np.float64]


class Grid(NamedTuple):
    """Sums per cell, longitude by latitude, and the cells' edges in degrees."""

    sums: Floats
    long_edges: Floats
    lat_edges: Floats

    @property
    def hottest(self) -> tuple[int, int]:
        column, row = np.unravel_index(self.sums.argmax(), self.sums.shape)
        return int(column), int(row)

    @property
    def ground(self) -> tuple[float, float, float, float]:
        """The hottest cell: west, east, south, north."""
        column, row = self.hottest
        return (
            float(self.long_edges[column]),
            float(self.long_edges[column + 1]),
            float(self.lat_edges[row]),
            float(self.lat_edges[row + 1]),
        )

    def shares_ground_with(self, other: "Grid") -> bool:
        """Whether the hottest cells of the two overlap."""
        west, east, south, north = self.ground
        other_west, other_east, other_south, other_north = other.ground
        return (
            other_west < east - _ROUNDING
            and west < other_east - _ROUNDING
            and other_south < north - _ROUNDING
            and south < other_north - _ROUNDING
        )

    def shares(self) -> "Grid":
        """Each cell's share of the sum."""
        return self._replace(sums=self.sums / self.sums.sum())

    def map(self, title: str, scale: str) -> Heatmap:
        """North is up."""
        west = [f"{edge:.2f}" for edge in self.long_edges[:-1]]
        south = [f"{edge:.2f}" for edge in self.lat_edges[:-1]]
        sums = pd.DataFrame(
            self.sums.T, pd.Index(south, name="latitude"), pd.Index(west, name="longitude")
        )
        return Heatmap(
            sums[::-1],
            (0.0, float(self.sums.max())),
            colours="viridis",
            decimals=0 if len(west) <= 11 and scale == "events" else None,
            title=title,
            scale=scale,
        )


class Density(Step):
    """
    ### Density: the cells are yours

    {events:,} earthquakes near Fiji. Lay a grid of ten by ten over them and count. The hottest
    cell holds {left_hottest}; {left_empty:.0%} of the cells are empty.

    The habits. *Normaliser*: cells of one area, so that a count is a density. (A degree of
    longitude is shorter in the south of this map than in the north: a cell of the last row has
    {area_south:.0%} of the area of one in the first. Near enough here, and not in a map from the
    equator to the pole.) *Scale*: sequential, from zero; a count has no opposite. *Order*: the
    map's own, north on top, though a matrix begins with its top row. *Trap*: the grid is yours, not
    the earth's. Geographers call it the modifiable areal unit problem.

    The left map stays. The right one is yours.
    """

    readings = {
        "in the hottest cell": "{inside}",
        "empty cells": "{empty:.0%}",
    }

    tables = (QUAKES,)

    bins = Choice("Cells a side", _SIZES, default="10")
    shift = Toggle("Shift by half a cell", default=False)
    weigh = Choice("Add up", (_COUNT, _ENERGY), default=_COUNT)
    answers = {"agreeing": Number("Grids that agree with the left one", 0, 8)}

    predict = Predict(
        "Shift the ten-by-ten grid by half a cell, both ways. No earthquake moves. The hottest "
        "cell held {left_hottest}. What does the hottest cell of the new grid hold?",
        choices=[
            Option(
                text="About the same: within a tenth of {left_hottest}",
                value="same",
                feedback=(
                    "The earthquakes stay, and the edges of the cells move. A swarm that the old "
                    "grid had cut in pieces now lies in one cell: {shifted_hottest} instead of "
                    "{left_hottest}."
                ),
                misconception="grid_is_given",
                holds=lambda state: state["shifted_hottest"] > 1.1 * state["left_hottest"],
                tempting=True,
            ),
            Option(
                text="Clearly another number: more than a tenth away",
                value="other",
                feedback=(
                    "{left_hottest} become {shifted_hottest}. The old grid had cut a swarm in "
                    "pieces, and nothing but the position of the cells was changed."
                ),
                holds=lambda state: state["shifted_hottest"] > 1.1 * state["left_hottest"],
            ),
        ],
        answer=lambda exhibit: _kept(
            float(exhibit.facts["left_hottest"]), float(exhibit.facts["shifted_hottest"])
        ),
        seen_at={"shift": True},
    )

    task = Task(
        "Move the hotspot. Still counting earthquakes, lay the right grid so that its hottest cell "
        "shares no ground with the hottest cell on the left. Then try all four sizes, shifted and "
        "not: for how many of these eight grids does the hottest cell share ground with the left "
        "one?",
        goals=[
            Goal(
                "The two hottest cells share no ground: now they {do_they_share}",
                met=lambda state: not state["shares_ground"],
            ),
            Goal(
                "Earthquakes are added up, not their energy: the hottest cell has {inside:,} of "
                "{events:,}, and now {share:.1%} of the sum",
                met=lambda state: state["weigh"] == _COUNT,
            ),
            Goal(
                "The grids that agree with the left one are counted: now {agreeing}",
                met=lambda state: state["agreeing"] == state["grids_that_share"],
            ),
        ],
        solution={"bins": "25", "agreeing": 5},
        hints=[
            "The hottest cell of a fine grid need not lie in the hottest cell of a coarse one.",
            "Small cells favour a dense swarm, large ones many events that lie farther apart.",
            "The table under Numbers has the edges of both hottest cells, and the list of goals "
            "says whether they share ground.",
        ],
    )

    mistakes = [
        Mistake(
            "By energy the hottest cell holds {inside} events and {share:.0%} of the energy. But "
            "that is another question: one earthquake alone has {largest_share:.0%} of all "
            "energy. Move the hotspot of the count.",
            when=lambda state: state["weigh"] == _ENERGY,
            example={"weigh": _ENERGY},
            misconception="hot_is_hot",
            holds=lambda state: state["share"] > state["inside"] / state["events"],
        ),
        Mistake(
            "{inside} events in the hottest cell on the right, {left_hottest} on the left, and "
            "some of the same ground. The height of a peak depends on the cells, and its place as "
            "well: try another size.",
            when=lambda state: state["shares_ground"],
            example={"shift": True},
            misconception="grid_is_given",
            holds=lambda state: state["weigh"] == _COUNT,
        ),
        Mistake(
            "The hotspot has moved. But {agreeing} of eight is not the number of grids that agree "
            "with the left one. Ten cells a side, not shifted, is one of the eight.",
            when=lambda state: state["agreeing"] is not None,
            example={"bins": "25", "agreeing": 0},
            misconception="grid_is_given",
            holds=lambda state: not state["shares_ground"],
        ),
    ]

    learned = [
        Outcome(
            "Ten cells a side put the maximum at {left_hottest} events, half a cell further at "
            "{shifted_hottest}; {cells} a side put it elsewhere, at {inside}. Of eight grids, the "
            "first among them, {grids_that_share} have their hottest cell on some of its ground. "
            "A hotspot that other grids do not see may be a property of the grid.",
            holds=lambda state: not state["shares_ground"] and 0 < state["grids_that_share"] < 8,
        )
    ]

    def show(self, bins: str, shift: bool, weigh: str) -> Exhibit:
        is_energy = weigh == _ENERGY
        left, right = grid(10), grid(int(bins), shift, is_energy)
        column, row = right.hottest
        west, east, south, north = right.ground
        facts: dict[str, Any] = {
            **_left_facts(),
            "cells": int(bins),
            "column": column,
            "row": row,
            "inside": int(grid(int(bins), shift).sums[column, row]),
            "share": float(right.sums.max() / right.sums.sum()),
            "empty": float((right.sums == 0).mean()),
            "long": (west + east) / 2,
            "lat": (south + north) / 2,
            "shares_ground": right.shares_ground_with(left),
            "do_they_share": "do" if right.shares_ground_with(left) else "do not",
        }
        numbers = pd.DataFrame(
            {"left": _line(left, left), "right": _line(right, grid(int(bins), shift))},
            ["west", "east", "south", "north", "events", "share of the sum"],
        )
        return Exhibit(
            figures=(
                left.map("Ten by ten, counted", "events"),
                right.shares().map("Yours", "share of the energy")
                if is_energy
                else right.map("Yours", "events"),
            ),
            across=2,
            facts=facts,
            table=numbers.round(3),
            description=fill(
                "Two maps of {events} earthquakes. The hottest cell on the left holds "
                "{left_hottest} events; on the right, with {cells} cells a side, {inside} events "
                "and {share:.0%} of the sum, around {long:.1f} east, {lat:.1f} north.",
                facts,
            ),
        )


def _kept(before: float, after: float) -> str:
    return "same" if abs(after / before - 1) <= 0.1 else "other"


@cache
def grid(cells: int, is_shifted: bool = False, is_energy: bool = False) -> Grid:
    """The earthquakes, or their energy, on a grid of so many cells a side."""
    quakes = table("quakes")
    edges = [_edges(quakes[name], cells, is_shifted) for name in ("long", "lat")]
    # Gutenberg and Richter: a magnitude more is some thirty times the energy.
    weights = 10 ** (1.5 * quakes["mag"]) if is_energy else None
    sums, *_ = np.histogram2d(quakes["long"], quakes["lat"], bins=edges, weights=weights)
    return Grid(sums, *edges)


def _edges(degrees: "pd.Series[float]", cells: int, is_shifted: bool) -> Floats:
    side = (degrees.max() - degrees.min()) / cells
    start = degrees.min() - side / 2 if is_shifted else degrees.min()
    edges: Floats = np.asarray(start + side * np.arange(cells + 1 + is_shifted), dtype=float)
    # The last edge is the largest value, but for rounding.
    edges[-1] += 1e-9
    return edges


@cache
def _left_facts() -> dict[str, Any]:
    left, energy = grid(10), grid(10, is_energy=True)
    magnitudes = table("quakes")["mag"]
    single = 10 ** (1.5 * magnitudes)
    return {
        "events": len(magnitudes),
        "left_hottest": int(left.sums.max()),
        "left_empty": float((left.sums == 0).mean()),
        "left_column": left.hottest[0],
        "left_row": left.hottest[1],
        "shifted_hottest": int(grid(10, is_shifted=True).sums.max()),
        "area_south": _of_the_northernmost(left.lat_edges),
        "grids_that_share": sum(
            grid(int(bins), is_shifted).shares_ground_with(left)
            for bins in _SIZES
            for is_shifted in (False, True)
        ),
        "energy_column": energy.hottest[0],
        "energy_row": energy.hottest[1],
        "energy_share": float(energy.sums.max() / energy.sums.sum()),
        "largest_share": float(single.max() / single.sum()),
    }


def _of_the_northernmost(lat_edges: Floats) -> float:
    """The area of a cell in the southernmost row, as a share of one in the northernmost.

    Between two parallels a sphere's area goes with the difference of their sines.
    """
    areas = np.diff(np.sin(np.radians(lat_edges)))
    return float(areas[0] / areas[-1])


def _line(summed: Grid, counted: Grid) -> list[float]:
    """What the table says of a grid's hottest cell."""
    events = float(counted.sums[summed.hottest])
    return [*summed.ground, events, float(summed.sums.max() / summed.sums.sum())]
