"""What was chosen, in small type under a figure."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ..charts import LIGHT, Drawing
from ..charts.screen import WIDE, markup

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.legend import Legend

_POINTS = 8.0
_LINE_OF_POINTS = 1.35 * _POINTS / 72
# A letter of a text is about half as wide as its type is high.
_LETTER_OF_POINTS = 0.53 * _POINTS / 72

_PIXELS = 12
_LINE_OF_PIXELS = 1.4 * _PIXELS
_LETTER_OF_PIXELS = 0.5 * _PIXELS
_BOLD_LETTER_OF_PIXELS = 0.6 * _PIXELS
_WIDER = 12
"""The pixels by which names may be wider in a notebook's type than in the course's."""


def under_figure(figure: Figure, says: Sequence[str]) -> Figure:
    """The figure with the sentences under it, and higher by as much.

    Its layout is matplotlib's constrained one, which leaves the room free.

    >>> from ..charts import new_figure
    >>> figure = new_figure(4, 3, dpi=100)
    >>> figure.set_layout_engine("constrained")
    >>> [text.get_text() for text in under_figure(figure, ["It is empty."]).texts]
    ['It is empty.']
    >>> bool(figure.get_figheight() > 3)
    True
    """
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    width, height = figure.get_size_inches().tolist()
    lines = _lines(says, 0.97 * width / _LETTER_OF_POINTS)
    room = _LINE_OF_POINTS * (len(lines) + 1)
    figure.set_figheight(height + room)
    below = (room + sum(map(_height_of, figure.legends))) / (height + room)
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine)
    engine.set(rect=(0, below, 1, 1 - below))
    for legend in figure.legends:
        legend.set_bbox_to_anchor((0, room / (height + room), 1, 1), figure.transFigure)
    figure.text(
        0.012,
        _LINE_OF_POINTS / 3 / (height + room),
        "\n".join(lines),
        fontsize=_POINTS,
        color=LIGHT.muted,
        linespacing=1.3,
        va="bottom",
    )
    return figure


def _height_of(legend: Legend) -> float:
    """The inches that a legend and the gap above it take."""
    return float(legend.get_window_extent().height) / legend.figure.dpi + _LINE_OF_POINTS


def _lines(says: Sequence[str], letters: float) -> list[str]:
    """The sentences in lines of so many letters; a number keeps its sign of percent."""
    return wrap(" ".join(says).replace(" %", "\N{NO-BREAK SPACE}%"), int(letters))


def under_drawing(drawing: Drawing, title: str, says: Sequence[str]) -> Drawing:
    """The same for Plotly, below its title, on a ground of its own: a notebook's may be dark.

    >>> drawing = Drawing([], {"height": 300, "margin": {"l": 8, "b": 8}})
    >>> layout = under_drawing(drawing, "Nothing", ["It is empty."]).layout
    >>> layout["height"], layout["margin"]["b"], layout["title"]["text"]
    (350, 58, '<b>Nothing</b><br>It is empty.')
    """
    said = [markup(line) for line in _lines(says, WIDE / _LETTER_OF_PIXELS)]
    titled = wrap(title, int(WIDE / _BOLD_LETTER_OF_PIXELS))
    lines = [*(f"<b>{markup(line)}</b>" for line in titled), *said]
    room = round(_LINE_OF_PIXELS * (len(lines) + 1))
    height = drawing.layout["height"]
    margin = drawing.layout["margin"]
    layout = drawing.layout | {
        "height": height + room,
        "margin": margin | {"l": margin["l"] + _WIDER, "b": margin["b"] + room},
        "paper_bgcolor": LIGHT.background,
        "title": {
            "text": "<br>".join(lines),
            "font": {"size": _PIXELS, "color": LIGHT.muted},
            **{"xref": "container", "x": 0, "xanchor": "left"},
            # Of several lines, Plotly would set the first at the bottom.
            **{"yref": "container", "y": (room - 6) / (height + room), "yanchor": "top"},
            "pad": {"l": margin["l"] + _WIDER},
        },
    }

    def kept(key: dict[str, Any]) -> dict[str, Any]:
        """A colour bar or a legend as far from the top of the figure as it was."""
        return key | {"y": 1 - (1 - key["y"]) * height / (height + room)}

    if "legend" in layout:
        layout["legend"] = kept(layout["legend"])
    data = [
        trace | {"colorbar": kept(trace["colorbar"])} if "colorbar" in trace else trace
        for trace in drawing.data
    ]
    return Drawing(data, layout)
