"""The cells of a heatmap by arrow keys, each spoken: for who does not see or point at them."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import streamlit as st

from ...charts import Heatmap
from ..failing import guarded

MOST = 1000
"""The cells that are sent along; the table beside a larger map says what they hold."""

_component = st.components.v2.component(
    "spoken_cells",
    html="<div role='grid'><div role='row'><div role='gridcell' tabindex='0'></div></div></div>\n"
    "<p role='status'></p>",
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


@lru_cache(maxsize=64)
def _spoken(heatmap: Heatmap) -> tuple[list[str], ...]:
    return tuple(heatmap.spoken().to_numpy().tolist())


def spoken_cells(
    heatmap: Heatmap, *, key: str, on_open: Callable[[str, str], None] | None = None
) -> None:
    """One cell at a time, in words; arrow keys, Home and End go to the others.

    Enter opens the cell: `on_open` hears its row and its column.
    """
    if heatmap.values.size > MOST:
        return

    def opened() -> None:
        cell = st.session_state[key].open
        if on_open is not None and isinstance(cell, Mapping):
            rows, columns = heatmap.values.axes
            on_open(str(rows[cell["row"]]), str(columns[cell["column"]]))

    _component(
        data={
            "title": heatmap.title,
            "cells": _spoken(heatmap),
            "opens": on_open is not None,
        },
        key=key,
        height="content",
        on_open_change=guarded(opened),
    )
