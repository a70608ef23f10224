"""From a figure of the Lab to a question about it."""

from functools import partial

import streamlit as st

from ...charts import Clustermap, Heatmap
from ...course import Exhibit
from ...room.own import MOST_ROWS
from ..failing import guarded
from ..pages import open_page
from .own import bring_map


def offer_class(exhibit: Exhibit) -> None:
    """A button that takes the map on the screen along; it says why where it cannot."""
    heatmap = _map_of(exhibit)
    is_too_large = heatmap is not None and max(heatmap.shape) > MOST_ROWS
    st.button(
        "Ask a class",
        key="ask-a-class",
        icon=":material/groups:",
        type="tertiary",
        disabled=heatmap is None or is_too_large,
        help=_TOO_LARGE if is_too_large else _NO_MAP if heatmap is None else None,
        on_click=None if heatmap is None else guarded(partial(_take_along, heatmap)),
    )


_NO_MAP = "A class can be asked about a map, and there is none here."
_TOO_LARGE = (
    f"A class can be asked about a map of at most {MOST_ROWS} rows and {MOST_ROWS} columns: choose "
    "fewer columns."
)


def _take_along(heatmap: Heatmap) -> None:
    bring_map(heatmap)
    open_page("class")


def _map_of(exhibit: Exhibit) -> Heatmap | None:
    """The first map of an exhibit that was measured."""
    if exhibit.stopped:
        return None
    charts = (each.heatmap if isinstance(each, Clustermap) else each for each in exhibit.figures)
    return next((each for each in charts if isinstance(each, Heatmap)), None)
