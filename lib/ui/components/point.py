"""A scatter plot in which one point is dragged."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from ...course.checked import read_number
from ..failing import guarded
from .heard import heard

_component = st.components.v2.component(
    "point_plot",
    html="<svg role='group'></svg>\n<p role='status'></p>",
    css=Path(__file__).with_suffix(".css").read_text(encoding="utf-8"),
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def point_plot(
    points: Sequence[tuple[float, float]],
    *,
    at: tuple[float, float],
    limits: tuple[tuple[float, float], tuple[float, float]],
    reach: tuple[tuple[float, float], tuple[float, float]],
    step: float,
    titles: tuple[str, str],
    label: str,
    colours: Mapping[str, str],
    key: str,
    on_move: Callable[[float, float], None],
) -> None:
    """Draw points that stay, by x and y, and one that is dragged, now `at` its place.

    The axes run between the limits. The point is moved in steps, as far as it may reach, by mouse,
    finger, pen or arrow keys; `on_move` hears of it while it moves and when it is let go.
    `colours` are a theme's, by its own names.
    """

    def moved() -> None:
        move = heard(_place, st.session_state[key].move)
        if move is not None:
            on_move(*move)

    _component(
        data={
            "points": tuple(points),
            "at": tuple(at),
            "limits": tuple(limits),
            "reach": tuple(reach),
            "step": step,
            "titles": tuple(titles),
            "label": label,
            "colours": {
                name: colours[name] for name in ("text", "muted", "border", "link", "accent")
            },
        },
        key=key,
        on_move_change=guarded(moved),
    )


def _place(move: Any) -> tuple[float, float]:
    return read_number(move["x"]), read_number(move["y"])
