"""A small correlation matrix that a learner fills in."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from ...charts import ink_on
from ...course.checked import read_count, read_number, read_optional
from ..failing import guarded
from .heard import heard

_component = st.components.v2.component(
    "guess_map",
    html="<div class='map' role='group'></div>\n<div class='levels' role='group'></div>\n"
    "<p role='status'></p>",
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def guess_map(
    columns: Sequence[str],
    values: Sequence[float | None],
    *,
    levels: Sequence[float],
    colours: Sequence[str],
    words: Sequence[str],
    key: str,
    on_fill: Callable[[int, float | None], None],
) -> None:
    """Draw the cells below the diagonal, row by row, each with its level or still empty.

    A cell is chosen, then one of the levels, each with its colour and a word. `on_fill` hears the
    number of the cell and the level, None for a cell emptied; of a fill perhaps more than once.
    """

    def filled() -> None:
        for cell, level in heard(_fills, st.session_state[key].fill) or ():
            if cell < len(values) and (level is None or level in levels):
                on_fill(cell, level)

    _component(
        data={
            "columns": tuple(columns),
            "values": tuple(values),
            "levels": tuple(
                {"value": value, "colour": colour, "ink": ink_on(colour), "word": word}
                for value, colour, word in zip(levels, colours, words, strict=True)
            ),
        },
        key=key,
        on_fill_change=guarded(filled),
    )


def _fills(fills: Any) -> list[tuple[int, float | None]]:
    return [(read_count(fill["cell"]), read_optional(read_number, fill["level"])) for fill in fills]
