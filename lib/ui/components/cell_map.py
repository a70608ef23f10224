"""A heatmap whose cells are buttons: one touch chooses one, and it needs no Plotly."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from lib.charts import Heatmap, Theme, as_hex, axis_names, ink_on
from lib.course.checked import read_count
from lib.ui.components.heard import heard
from lib.ui.failing import guarded

_component = st.components.v2.component(
    "cell_map",
    html="<div class='key' aria-hidden='true'></div>\n<div class='map' role='grid'></div>\n"
    "<p class='hint' hidden>The map goes on to the right: push it sideways.</p>\n"
    "<p role='status'></p>",
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)
_STOPS = 9
"""So many colours make the key: between them the browser mixes."""


@lru_cache(maxsize=128)
def _told(heatmap: Heatmap, theme: Theme) -> dict[str, Any]:
    colours = heatmap.colour_array(theme).tolist()
    rows, columns = (axis_names(names) for names in heatmap.values.axes)
    full = as_hex(heatmap.colours_in_effect(theme))
    stops = np.linspace(0, len(full) - 1, _STOPS).astype(int)
    return {
        "title": heatmap.title,
        "rows": tuple(rows),
        "columns": tuple(columns),
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


def cell_map(
    heatmap: Heatmap,
    theme: Theme,
    *,
    chosen: tuple[str, str] | None,
    key: str,
    on_choose: Callable[[str, str], None],
) -> None:
    """Draw the cells, the `chosen` one framed; `on_choose` hears the row and the column of another.

    Arrow keys go from cell to cell, Home and End along a row; Enter or a touch chooses.
    """
    rows, columns = ([str(name) for name in names] for names in heatmap.values.axes)

    def chose() -> None:
        cell = heard(_place, st.session_state[key].choose)
        if cell is not None and cell[0] < len(rows) and cell[1] < len(columns):
            on_choose(rows[cell[0]], columns[cell[1]])

    place = None if chosen is None else (rows.index(chosen[0]), columns.index(chosen[1]))
    _component(
        data={**_told(heatmap, theme), "chosen": place},
        key=key,
        on_choose_change=guarded(chose),
    )


def _place(message: Any) -> tuple[int, int]:
    return read_count(message["row"]), read_count(message["column"])
