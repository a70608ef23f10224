"""What a click on a figure opens: a cell's pair, the members of a branch. By keyboard as well."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from lib.charts import Clustermap, Heatmap
from lib.course import Behind, Exhibit

_CELL = "opened-cell"
_GROUP = "opened-group"
_CLICKED = "clicked-cell"


def remember_click(key: str, number: int) -> None:
    """Note the cell or the branch that was clicked, on the figure with this number.

    A second click on the same one deselects it, as Plotly sees it; the learner means what is there.
    """
    points = st.session_state[key].selection.points
    if points and "customdata" in points[0]:
        st.session_state[_CLICKED] = (_GROUP, (number, str(points[0]["customdata"][0])))
    elif points:
        st.session_state[_CLICKED] = (_CELL, (str(points[0]["y"]), str(points[0]["x"])))
    if _CLICKED in st.session_state:
        opened, what = st.session_state[_CLICKED]
        st.session_state[opened] = what


def offer_openings(exhibit: Exhibit) -> None:
    """The keyboard's way to what clicks open."""
    if exhibit.behind is not None:
        _offer(
            "Open a cell: click it, or choose it here",
            _cells(exhibit),
            " × ".join,
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
        on_change=open_chosen,
        width=320,
    )


def open_chosen(exhibit: Exhibit, show: Callable[[Behind, str], None]) -> None:
    """Show what was clicked or chosen, once."""
    cell = st.session_state.pop(_CELL, None)
    if exhibit.behind is not None and cell in _cells(exhibit):
        show(exhibit.behind(*cell), " × ".join(cell))
    group = st.session_state.pop(_GROUP, None)
    groups = _groups(exhibit)
    if exhibit.members is not None and group in groups:
        members = groups[group]
        show(exhibit.members(members), f"{len(members)} that hang together")


@lru_cache(maxsize=32)
def _cells(exhibit: Exhibit) -> tuple[tuple[str, str], ...]:
    """The cells that open something: those that are visible on a heatmap, once each.

    Remembered, because they are asked for at every move and a large map has thousands.
    """
    cells: dict[tuple[str, str], None] = {}
    for heatmap in _heatmaps(exhibit):
        rows, columns = (list(map(str, names)) for names in heatmap.visible.axes)
        for row, column in np.argwhere(heatmap.visible.to_numpy()).tolist():
            cells[rows[row], columns[column]] = None
    return tuple(cells)


def _heatmaps(exhibit: Exhibit) -> Iterator[Heatmap]:
    for chart in exhibit.figures:
        if isinstance(chart, Heatmap):
            yield chart
        elif isinstance(chart, Clustermap):
            yield chart.heatmap


def _clustermaps(exhibit: Exhibit) -> dict[int, Clustermap]:
    """The clustermaps by their numbers among the figures."""
    return {
        number: chart
        for number, chart in enumerate(exhibit.figures)
        if isinstance(chart, Clustermap)
    }


@lru_cache(maxsize=32)
def _groups(exhibit: Exhibit) -> dict[tuple[int, str], tuple[str, ...]]:
    """What hangs on each branch, by the number of its figure and its label there.

    Two trees of the same leaves can have branches of one label and different members.
    """
    return {
        (number, label): members
        for number, chart in _clustermaps(exhibit).items()
        for label, members in chart.groups().items()
    }
