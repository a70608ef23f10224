"""What Plotly draws, as plain dicts and lists: tests check it against Plotly's schema, nobody else.

Plotly's own figures check themselves whenever one is built, which takes ten times as long as
building it.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from plotly.basedatatypes import BaseFigure


@dataclass(frozen=True, eq=False)
class Drawing:
    """A figure for the screen: its traces and its layout, in Plotly's words.

    Numbers are arrays, in which NaN is a gap; what else there is many of are lists.

    >>> drawing = Drawing([{"type": "scatter", "y": np.array([1, 2])}], {"height": 300})
    >>> drawing.to_json()
    '{"data":[{"type":"scatter","y":[1,2]}],"layout":{"height":300}}'
    """

    data: list[dict[str, Any]]
    layout: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """The figure without arrays, as Plotly's JavaScript takes it."""
        return {"data": [_plain(trace) for trace in self.data], "layout": self.layout}

    def to_json(self) -> str:
        """The figure as JSON."""
        return json.dumps(self.to_dict(), separators=(",", ":"), allow_nan=False)

    def to_plotly(self) -> BaseFigure:
        """The figure as what takes Plotly's figures wants to see it; nothing is checked."""
        return _unchecked()(self)


@cache
def _unchecked() -> type[BaseFigure]:
    from plotly.basedatatypes import BaseFigure

    class Unchecked(BaseFigure):  # type: ignore[misc] # Plotly has no types
        """A figure of Plotly's only by its class."""

        def __init__(self, drawing: Drawing) -> None:
            self._drawing = drawing

        def to_dict(self) -> dict[str, Any]:
            return self._drawing.to_dict()

    return Unchecked


_FLOATS = {np.dtype(np.float64): "f8", np.dtype(np.float32): "f4"}


def _plain(node: Any) -> Any:
    """The same without arrays."""
    if isinstance(node, dict):
        return {name: _plain(value) for name, value in node.items()}
    return _encoded(node) if isinstance(node, np.ndarray) else node


def _encoded(values: NDArray[Any]) -> Any:
    """An array in the form that Plotly's JavaScript reads fastest."""
    if values.dtype.kind == "M":
        return np.datetime_as_string(values).tolist()
    if values.dtype not in _FLOATS or not values.size:
        return values.tolist()
    encoded = {"dtype": _FLOATS[values.dtype], "bdata": b64encode(values.tobytes()).decode()}
    return encoded if values.ndim == 1 else encoded | {"shape": str(values.shape)[1:-1]}


def enlarge(drawing: Drawing, factor: float) -> Drawing:
    """The figure with everything on it larger, as for a projector; its width is the panel's.

    >>> enlarge(Drawing([{"marker": {"size": 8}}], {"height": 300}), 2)
    Drawing(data=[{'marker': {'size': 16}}], layout={'height': 600})
    """
    return Drawing(_larger(drawing.data, factor), _larger(drawing.layout, factor))


_SIZES = (
    *("size", "height", "len", "thickness"),
    *("l", "r", "t", "b", "xpad", "ypad", "xshift", "yshift", "standoff"),
)


def _larger(node: Any, factor: float) -> Any:
    """The same with every size multiplied, however deep."""
    if isinstance(node, dict):
        return {
            name: value * factor
            if name in _SIZES and isinstance(value, int | float)
            else _larger(value, factor)
            for name, value in node.items()
        }
    if isinstance(node, list) and node and isinstance(node[0], dict):
        return [_larger(each, factor) for each in node]
    return node


_SAID = ("text", "hovertext", "hovertemplate")


def without_numbers(drawing: Drawing, hide: Callable[[str], str]) -> Drawing:
    """The figure, as large as it is, before its numbers are told.

    Nothing is written into its cells or said where it is pointed at, and ``hide`` takes the
    numbers out of the notes on it, such as titles. Axes and colour bars keep theirs.

    >>> trace = {"type": "scatter", "mode": "text", "text": ["0.5"]}
    >>> drawing = Drawing([trace], {"annotations": [{"text": "r = 0.5"}]})
    >>> without_numbers(drawing, lambda text: text.replace("0.5", "…"))
    ... # doctest: +NORMALIZE_WHITESPACE
    Drawing(data=[{'type': 'scatter', 'mode': 'text', 'hoverinfo': 'skip'}],
            layout={'annotations': [{'text': 'r = …'}]})
    """
    traces = [
        {name: value for name, value in trace.items() if name not in _SAID} | {"hoverinfo": "skip"}
        for trace in drawing.data
    ]
    notes = [note | {"text": hide(note["text"])} for note in drawing.layout.get("annotations", ())]
    return Drawing(traces, drawing.layout | ({"annotations": notes} if notes else {}))
