"""Maps and intervals as the page's script takes them: numbers, names and colours by number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...charts import DARK, LIGHT, Heatmap, Intervals, as_hex, axis_names, ink_on, name_text
from ...charts.plot import MOST_GROUPS, group_colours

_STOPS = 17


class Palette:
    """Every colour that the page needs, once for light and for dark, each with its ink.

    >>> palette = Palette()
    >>> palette.number("#ffffff", "#000000"), palette.number("#ffffff", "#000000")
    (0, 0)
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}

    def number(self, light: str, dark: str) -> int:
        """The number of a colour in the two themes."""
        return self._numbers.setdefault((light, dark), len(self._numbers))

    @property
    def colours(self) -> list[list[str]]:
        """Ground and ink in the light theme, then in the dark one."""
        return [[light, ink_on(light), dark, ink_on(dark)] for light, dark in self._numbers]

    @property
    def groups(self) -> list[list[str]]:
        """The colours of groups of points, in the light and in the dark theme."""
        pairs = (group_colours(theme, MOST_GROUPS) for theme in (LIGHT, DARK))
        return [list(pair) for pair in zip(*pairs, strict=True)]


def heatmap_data(
    chart: Heatmap, palette: Palette, opens: Mapping[tuple[str, str], int]
) -> dict[str, Any]:
    """A heatmap's visible cells, each with what it opens: the number of a detail, or -1."""
    light, dark = (chart.colour_array(theme) for theme in (LIGHT, DARK))
    rows, columns = ([str(name) for name in names] for names in chart.values.axes)
    faded, hatched = chart.marked(chart.faded), chart.marked(chart.hatched)
    cells = []
    for row, column in np.argwhere(chart.shown).tolist():
        at = row, column
        cells.append(
            [
                row,
                column,
                palette.number(light[at], dark[at]) if chart.painted[at] else -1,
                chart.texts[at],
                chart.meanings[at],
                int(faded[at]) + 2 * int(hatched[at]),
                opens.get((rows[row], columns[column]), -1),
            ]
        )
    return {
        "kind": "heatmap",
        "title": name_text(chart.title),
        "rows": axis_names(chart.values.index),
        "columns": axis_names(chart.values.columns),
        "cells": cells,
        "key": _key(chart) if chart.colour_bar else None,
    }


def _key(chart: Heatmap) -> dict[str, Any]:
    stops = [
        [as_hex(colours)[place] for place in np.linspace(0, len(colours) - 1, _STOPS).astype(int)]
        for colours in (chart.colours_in_effect(theme) for theme in (LIGHT, DARK))
    ]
    return {"ends": list(chart.bar_labels), "words": chart.bar_words, "stops": stops}


def intervals_data(chart: Intervals) -> dict[str, Any]:
    """Estimates with their intervals; what is not defined is null."""
    columns = {
        name: numbers(chart.values[name].to_numpy(float)) for name in ("low", "value", "high")
    }
    return {
        "kind": "intervals",
        "title": name_text(chart.title),
        "rows": axis_names(chart.values.index),
        "x": name_text(chart.x),
        "mark": chart.mark,
        **columns,
    }


def numbers(values: Any) -> list[float | int | None]:
    """Numbers as short as a plot of their range can show; null where there is none.

    >>> numbers(np.array([0.123456789, 1.0, np.nan]))
    [0.123457, 1, None]
    """
    finite = values[np.isfinite(values)]
    spread = float(np.ptp(finite)) if finite.size else 0.0
    if spread > 0 and np.isfinite(spread):
        values = np.round(values, 5 - int(np.floor(np.log10(spread))))
    return [_plain(value) for value in values.tolist()]


def _plain(value: float) -> float | int | None:
    if not np.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value
