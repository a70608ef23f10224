"""A cell of a map that is to be found, and where a class looked for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from ..charts import Heatmap
from ..course import Cell
from ..course.spelling import as_name
from .question import Question
from .results import VOTES, Result, Vote, all_of, last_vote, listed, of_all

_MOST_NAMED = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class CellQuestion(Question):
    """A cell to be clicked on a map; what is said is the place of the cell among `cells`.

    chart        the map
    cells        those that can be clicked, by the names of row and column
    right_cells  what is said to click a right one; none where nothing is right
    """

    kind: ClassVar[str] = "cell"

    chart: Heatmap
    cells: Sequence[Cell]
    right_cells: Sequence[str] = ()

    def accepts(self, said: str) -> bool:
        return said in map(str, range(len(self.cells)))

    @property
    def truth(self) -> str:
        return _named([self.in_words(said) for said in self.right_cells])

    @property
    def told(self) -> str:
        return f"Right {'are' if len(self.right_cells) > 1 else 'is'} *{self.truth}*."

    @property
    def plain_truth(self) -> str:
        return _named([" × ".join(self.cells[int(said)]) for said in self.right_cells])

    def meant(self, vote: Vote) -> Vote:
        return {device: self._pair(said) for device, said in vote.items()}

    def _pair(self, said: str) -> str:
        """One answer for both cells of a pair on a symmetric map."""
        return min(said, self._mirrors.get(said, said), key=int)

    def _plainly(self, said: str) -> str:
        return " × ".join(self.cells[int(said)])

    @property
    def _said_right(self) -> str | None:
        return next(iter(self.right_cells), None)

    def in_words(self, said: str) -> str:
        return " × ".join(map(as_name, self.cells[int(said)]))

    def _shown(self, votes: Sequence[Vote], *, revealed: bool) -> Result:
        counts = [Counter(vote.values()) for vote in votes]
        most = max(max(count.values(), default=0) for count in counts)
        titles = VOTES if len(votes) > 1 else ("Where the class clicked",)
        clicks = [
            self._clicks(title, count, max(most, 1), revealed=revealed)
            for title, count in zip(titles, counts, strict=True)
            if count
        ]
        the_map = self._map(revealed=revealed)
        table = self._table(counts, revealed=revealed)
        return Result(
            answered=len(votes[-1]),
            sentences=self._sentences(
                votes,
                before=self._most_clicked(counts[last_vote(votes)]),
                after=self._of_right_ones(votes),
                revealed=revealed,
            ),
            # Two votes stand side by side, the map under them.
            figures=(*clicks, the_map) if len(votes) > 1 else (the_map, *clicks),
            across=2,
            projected=(the_map, clicks[-1]),
            description=_description(table, len(votes)),
            table=table,
        )

    def _map(self, *, revealed: bool) -> Heatmap:
        """The map itself; what is not right steps back once that may be seen."""
        if not revealed:
            return self.chart
        right = {self.cells[int(said)] for said in self.right_cells}
        others = _frame(self.chart, lambda cell: cell not in right)
        return replace(self.chart, faded=others, title="The map, what is right in full colour")

    def _clicks(self, title: str, count: Counter[str], most: int, *, revealed: bool) -> Heatmap:
        clicked = {self.cells[int(said)]: clicks for said, clicks in count.items()}
        right = {self.cells[int(said)] for said in self.right_cells} if revealed else set()
        counts = _frame(self.chart, lambda cell: clicked.get(cell, 0))
        text = _frame(
            self.chart, lambda cell: f"{'✓ ' if cell in right else ''}{clicked.get(cell, 0)}"
        )
        return Heatmap(
            counts,
            title=title,
            limits=(0, most),
            colours="viridis",
            decimals=0,
            text=text,
            hidden=self.chart.hidden,
            scale="clicks",
        )

    def _table(self, counts: Sequence[Counter[str]], *, revealed: bool) -> pd.DataFrame:
        """The cells that were clicked, and those that are right, the most clicked first."""
        right = set(self.right_cells) if revealed else set()
        said = sorted(
            {*counts[-1], *counts[0], *right}, key=lambda one: (-counts[-1][one], int(one))
        )
        names = pd.MultiIndex.from_tuples(
            [self.cells[int(one)] for one in said], names=["row", "column"]
        )
        table = pd.DataFrame(index=names)
        for title, count in zip(VOTES, counts, strict=False):
            table[title] = [count[one] for one in said]
        if revealed:
            table["right"] = ["yes" if one in right else "" for one in said]
            table["belief"] = [self.beliefs.get(self.misconception(one) or "", "") for one in said]
        return table

    def _most_clicked(self, count: Counter[str]) -> str:
        """Which cell was clicked most, or which share that; a pair of a symmetric map is one."""
        pairs: Counter[str] = Counter()
        for said, clicks in count.items():
            pairs[self._pair(said)] += clicks
        total, most = pairs.total(), max(pairs.values())
        leading = [self._pair_in_words(said) for said in sorted(pairs, key=int)
                   if pairs[said] == most]  # fmt: skip
        if most == total:
            return f"{all_of(total, 'clicked')} {leading[0]}."
        if most == 1:
            return "No two clicked the same cell."
        if len(leading) > 1:
            return f"A tie: {_named(leading)} were clicked by {of_all(most, total)} each."
        return f"The most clicked is {leading[0]}, by {of_all(most, total)}."

    def _pair_in_words(self, said: str) -> str:
        mirror = self._mirrors.get(said)
        cell = self.in_words(said)
        return cell if mirror is None else f"{cell} or {self.in_words(mirror)}"

    @cached_property
    def _mirrors(self) -> Mapping[str, str]:
        """The other cell of the same pair, as an answer."""
        places = {cell: str(place) for place, cell in enumerate(self.cells)}
        return {
            places[cell]: places[mirror] for cell, mirror in mirrors(self.chart, self.cells).items()
        }


def mirrors(chart: Heatmap, cells: Sequence[Cell]) -> dict[Cell, Cell]:
    """Which two of these cells say the same of the same pair, on a map that is symmetric.

    >>> values = pd.DataFrame([[1.0, 0.5], [0.5, 1.0]], ["x", "y"], ["x", "y"])
    >>> mirrors(Heatmap(values), [("x", "x"), ("x", "y"), ("y", "x")])
    {('x', 'y'): ('y', 'x'), ('y', 'x'): ('x', 'y')}
    """
    rows, columns = (list(map(str, names)) for names in chart.values.axes)
    if rows != columns or not np.allclose(chart.numbers, chart.numbers.T, equal_nan=True):
        return {}
    known = set(cells)
    return {
        (row, column): (column, row)
        for row, column in cells
        if row != column and (column, row) in known
    }


def _frame(chart: Heatmap, value: Callable[[Cell], Any]) -> pd.DataFrame:
    """A value a cell of a map, by the cell's names as a click gives them."""
    rows, columns = (list(map(str, names)) for names in chart.values.axes)
    return pd.DataFrame(
        [[value((row, column)) for column in columns] for row in rows],
        index=chart.values.index,
        columns=chart.values.columns,
    )


def _named(cells: Sequence[str]) -> str:
    """Cells in a sentence: a few by name, and how many more there are."""
    if len(cells) <= _MOST_NAMED:
        return listed(cells) if cells else ""
    return f"{', '.join(cells[:_MOST_NAMED])} and {len(cells) - _MOST_NAMED} more"


def _description(table: pd.DataFrame, votes: int) -> str:
    """The clicks in words."""
    counts = "; ".join(
        f"{' × '.join(cell)}: {', then '.join(map(str, clicks))}"
        for cell, clicks in zip(table.index, table[list(VOTES[:votes])].to_numpy(), strict=True)
    )
    times = "in the first and then in the second vote" if votes > 1 else "in this vote"
    return f"The map, and how often each cell was clicked {times}. {counts}."
