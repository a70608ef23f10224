"""What a click on a figure opens: a cell's pair, the members of a branch. By keyboard as well."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import streamlit as st

from ..charts import Clustermap, Heatmap, name_text
from ..course import Behind, Exhibit
from ..course.remembered import remembered
from .failing import guarded

_CELL = "opened-cell"
_GROUP = "opened-group"
_CLICKED = "clicked-cell"
_MOST_LISTED = 1_000


def remember_click(key: str, number: int) -> None:
    """Note the cell or the branch that was clicked, on the figure with this number.

    A second click on the same one deselects it, as Plotly sees it; the learner means what is there.
    """
    points = st.session_state[key].selection.points
    if points:
        st.session_state[_CLICKED] = _what(points[0], number)
    if _CLICKED in st.session_state:
        opened, what = st.session_state[_CLICKED]
        st.session_state[opened] = what


def _what(point: Mapping[str, Any], number: int) -> tuple[str, tuple[Any, ...]]:
    """A branch carries its label; a cell of a grid the number of its own map."""
    carried = point.get("customdata")
    own = carried[0] if isinstance(carried, Sequence) and carried else number
    if isinstance(own, str):
        return _GROUP, (number, own)
    return _CELL, (own, str(point["y"]), str(point["x"]))


def choose_cell(number: int, row: str, column: str) -> None:
    """Note the cell that was opened by its keys, on the figure with this number."""
    st.session_state[_CELL] = (number, row, column)


def offer_openings(exhibit: Exhibit) -> None:
    """The keyboard's way to what clicks open."""
    if exhibit.behind is not None:
        if len(_cells(exhibit)) > _MOST_LISTED:
            _offer_by_sides(exhibit)
        else:
            _offer(
                "Open a cell: click it, or choose it here",
                list(_cells(exhibit)),
                lambda cell: _named(exhibit, cell),
                "open-a-cell",
                "Row × column",
                _CELL,
            )
    if exhibit.members is not None:
        maps = _clustermaps(exhibit)
        _offer(
            "Open a branch: click its dot, or choose it here",
            list(_groups(exhibit)),
            lambda group: group[1] if len(maps) == 1 else f"{maps[group[0]].title} · {group[1]}",
            "open-a-group",
            "Size: first to last",
            _GROUP,
        )


def _offer_by_sides(exhibit: Exhibit) -> None:
    """Of a map with very many cells the row first, and then what stands in it."""
    rows, key = _by_rows(exhibit), "open-a-column"

    def open_pair() -> None:
        st.session_state[_CELL] = st.session_state[key]
        st.session_state[key] = None

    with st.container(horizontal=True, vertical_alignment="bottom"):
        row = st.selectbox(
            "Open a cell: its row",
            list(rows),
            None,
            format_func=name_text,
            key="open-a-row",
            placeholder=f"One of {len(rows)}",
            width=250,
        )
        if row is not None:
            st.selectbox(
                "and its column",
                rows[row],
                None,
                format_func=lambda cell: _beside(exhibit, cell),
                key=key,
                placeholder=f"One of {len(rows[row])}",
                on_change=guarded(open_pair),
                width=250,
            )


def _offer(
    label: str,
    options: Sequence[Any],
    named: Callable[[Any], str],
    key: str,
    placeholder: str,
    opened: str,
) -> None:
    def open_chosen() -> None:
        st.session_state[opened] = st.session_state[key]
        st.session_state[key] = None

    st.selectbox(
        label,
        options,
        None,
        format_func=named,
        key=key,
        placeholder=placeholder,
        on_change=guarded(open_chosen),
        width=320,
    )


def open_chosen(exhibit: Exhibit, show: Callable[[Behind, str], None]) -> None:
    """Show what was clicked or chosen, once."""
    chosen = st.session_state.pop(_CELL, None)
    if chosen in _known(exhibit):
        number, *pair = chosen
        open_cell = exhibit.behind_cell(number)
        assert open_cell is not None
        show(open_cell(*pair), " × ".join(pair))
    group = st.session_state.pop(_GROUP, None)
    groups = _groups(exhibit)
    if exhibit.members is not None and group in groups:
        members = groups[group]
        show(exhibit.members(members), f"{len(members)} that hang together")


Cell: TypeAlias = tuple[int, str, str]
"""The number of its figure, its row and its column."""


@remembered(32)
def _known(exhibit: Exhibit) -> dict[Cell, None]:
    """The cells that can be clicked: those that are visible on a heatmap.

    Remembered, because they are asked for at every move and a large map has thousands.
    """
    cells: dict[Cell, None] = {}
    for number, heatmap in _heatmaps(exhibit).items():
        if exhibit.behind_cell(number) is not None:
            rows, columns = (list(map(str, names)) for names in heatmap.visible.axes)
            for row, column in np.argwhere(heatmap.visible.to_numpy()).tolist():
                cells[number, rows[row], columns[column]] = None
    return cells


@remembered(32)
def _cells(exhibit: Exhibit) -> tuple[Cell, ...]:
    """The cells to choose from: where all figures open the same, each pair once."""
    if exhibit.opens_by_figure:
        return tuple(_known(exhibit))
    first: dict[tuple[str, str], Cell] = {}
    for cell in _known(exhibit):
        first.setdefault(cell[1:], cell)
    return tuple(first.values())


@remembered(8)
def _by_rows(exhibit: Exhibit) -> dict[str, list[Cell]]:
    """The cells to choose from, by their rows."""
    rows: dict[str, list[Cell]] = {}
    for cell in _cells(exhibit):
        rows.setdefault(cell[1], []).append(cell)
    return rows


def _beside(exhibit: Exhibit, cell: Cell) -> str:
    number, _, column = cell
    title = _heatmaps(exhibit)[number].title
    return f"{title} · {name_text(column)}" if _several(exhibit) else name_text(column)


def _several(exhibit: Exhibit) -> bool:
    """Whether a cell is told by its figure as well."""
    return exhibit.opens_by_figure and len(_heatmaps(exhibit)) > 1


def _named(exhibit: Exhibit, cell: Cell) -> str:
    number, row, column = cell
    pair = f"{row} × {column}"
    return f"{_heatmaps(exhibit)[number].title} · {pair}" if _several(exhibit) else pair


def _heatmaps(exhibit: Exhibit) -> dict[int, Heatmap]:
    """The heatmaps by their numbers among the figures."""
    maps = {}
    for number, chart in enumerate(exhibit.figures):
        if isinstance(chart, Heatmap):
            maps[number] = chart
        elif isinstance(chart, Clustermap):
            maps[number] = chart.heatmap
    return maps


def _clustermaps(exhibit: Exhibit) -> dict[int, Clustermap]:
    """The clustermaps by their numbers among the figures."""
    return {
        number: chart
        for number, chart in enumerate(exhibit.figures)
        if isinstance(chart, Clustermap)
    }


@remembered(32)
def _groups(exhibit: Exhibit) -> dict[tuple[int, str], tuple[str, ...]]:
    """What hangs on each branch, by the number of its figure and its label there.

    Two trees of the same leaves can have branches of one label and different members.
    """
    return {
        (number, label): members
        for number, chart in _clustermaps(exhibit).items()
        for label, members in chart.groups().items()
    }
