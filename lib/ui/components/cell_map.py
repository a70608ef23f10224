"""A heatmap whose cells are buttons: one touch chooses one, and it needs no Plotly."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from ...charts import Heatmap, Theme, as_hex, axis_names, ink_on, name_text, title_of
from ...course import Cell
from ...course.checked import read_count
from ...course.remembered import remembered
from ..failing import guarded
from .heard import heard

_HTML = """
<div class="key" aria-hidden="true"></div>
<div class="frame">
  <div class="rows"></div><div class="map" role="grid"></div><div class="columns"></div>
</div>
<p class="hint" hidden>The map goes on to the right: push it sideways.</p>
<p role="status"></p>
"""
_component = st.components.v2.component(
    "cell_map",
    html=_HTML,
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)
_STOPS = 9
"""So many colours make the key: between them the browser mixes."""

_LONGEST = 20
"""The letters of a name, before it loses its middle; a cell says its names whole."""


@remembered(128)
def _told(heatmap: Heatmap, theme: Theme) -> dict[str, Any]:
    colours = heatmap.colour_array(theme).tolist()
    rows, columns = (axis_names(names, _LONGEST) for names in heatmap.values.axes)
    full = as_hex(heatmap.colours_in_effect(theme))
    stops = np.linspace(0, len(full) - 1, _STOPS).astype(int)
    return {
        "title": heatmap.title,
        "rows": tuple(rows),
        "columns": tuple(columns),
        "called": tuple(map(_called, heatmap.values.axes)),
        "colours": tuple(map(tuple, colours)),
        "inks": tuple(
            tuple("" if colour is None else ink_on(colour) for colour in row) for row in colours
        ),
        "texts": tuple(map(tuple, heatmap.texts.tolist())),
        "spoken": tuple(map(tuple, heatmap.spoken().to_numpy().tolist())),
        "key": {
            "stops": tuple(full[stop] for stop in stops),
            "ends": heatmap.bar_labels,
            "words": heatmap.bar_words,
        }
        if heatmap.colour_bar
        else None,
    }


def _called(names: pd.Index) -> str:
    title = title_of(names)
    return "" if title is None else name_text(title)


def cell_map(
    heatmap: Heatmap,
    theme: Theme,
    cells: Sequence[Cell],
    *,
    chosen: Cell | None,
    key: str,
    on_choose: Callable[[Cell], None],
) -> None:
    """Draw the map, the `chosen` cell framed; `on_choose` hears of another.

    All cells can be read; those of `cells` can be chosen. Arrow keys go from cell to cell, Home and
    End along a row; Enter or a touch chooses.
    """
    rows, columns = ([str(name) for name in names] for names in heatmap.values.axes)
    places = {(rows.index(row), columns.index(column)): (row, column) for row, column in cells}

    def chose() -> None:
        cell = heard(lambda said: places[_place(said)], st.session_state[key].choose)
        if cell is not None:
            on_choose(cell)

    place = None if chosen is None else (rows.index(chosen[0]), columns.index(chosen[1]))
    _component(
        data={**_told(heatmap, theme), "offered": tuple(places), "chosen": place},
        key=key,
        on_choose_change=guarded(chose),
    )


def _place(message: Any) -> tuple[int, int]:
    return read_count(message["row"]), read_count(message["column"])
