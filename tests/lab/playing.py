"""Plays an instrument on a table, and its script on the same one."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import matplotlib
import pandas as pd
import pytest
from plotly.graph_objects import Figure

import datasets
from lib.charts import LIGHT, Grid, Page, Theme, gathered
from lib.course import Choice, Columns, Exhibit, Rows, Seed, Slider, Toggle
from lib.lab import Instrument
from lib.tables import Sheet, from_frame


@cache
def bundled(name: str) -> Sheet:
    return from_frame(datasets.load(name), name)


def settings(instrument: Instrument, sheet: Sheet) -> Iterator[dict[str, Any]]:
    """The defaults, and each option of each control alone."""
    yield {}
    for name, control in instrument.controls_on(sheet).items():
        for value in _some_values(control):
            if value != control.default:
                yield {name: value}


def settings_together(instrument: Instrument, sheet: Sheet) -> Iterator[dict[str, Any]]:
    """Each option of each control once, with another option of every other control."""
    values = {
        name: _some_values(control) for name, control in instrument.controls_on(sheet).items()
    }
    for place in range(max(map(len, values.values()))):
        yield {
            name: some[(place + shift) % len(some)]
            for shift, (name, some) in enumerate(values.items())
        }


WAYS = [settings_together, pytest.param(settings, marks=pytest.mark.play)]


def _some_values(control: Any) -> list[Any]:
    match control:
        case Choice():
            return [*control.named[:8], *([None] if control.default is None else [])]
        case Toggle():
            return [False, True]
        case Slider():
            return [control.low, control.high]
        case Seed():
            return [0, control.high]
        case Columns() | Rows():
            few = max(control.at_least, 1)
            return [control.named[:few], control.named[-few:]]
    raise TypeError(control)


def play(instrument: Instrument, sheet: Sheet, setting: dict[str, Any]) -> Exhibit:
    """The exhibit at a setting, after a look at everything that a page would take from it."""
    exhibit = instrument.exhibit(sheet, setting)
    assert exhibit.figures or exhibit.stopped
    assert all(isinstance(fact, bool | int | float | str) for fact in exhibit.facts.values())
    assert exhibit.description.count(". ") >= 1
    assert len(exhibit.table) > 0
    assert 1 <= len(exhibit.read()) <= 4
    words = "".join(instrument.found(exhibit) + instrument.beware(exhibit))
    assert not any(f"{{{name}" in words for name in exhibit.words)
    for remark in (*instrument.findings, *instrument.bewares):
        if remark.when(exhibit.words):
            assert remark.holds(exhibit.words), remark.text
    return exhibit


def check_charts(exhibit: Exhibit, theme: Theme = LIGHT) -> None:
    """Plotly's own figure refuses what is not in its schema."""
    charts = [gathered(exhibit.figures, exhibit.across)]
    if charts[0] is None:
        charts = [chart for chart in exhibit.figures if not isinstance(chart, Page)]
    for chart in charts:
        drawing = chart.screen(theme, clickable=True) if _opens(chart) else chart.screen(theme)
        assert len(Figure(drawing.data, drawing.layout).data) == len(drawing.data)


def _opens(chart: Any) -> bool:
    return isinstance(chart, Grid) or type(chart).__name__ == "Heatmap"


def run(exhibit: Exhibit, sheet: Sheet) -> dict[str, Any]:
    """The variables of the exhibit's code, run on the sheet's frame."""
    matplotlib.use("Agg")
    names: dict[str, Any] = {"table": sheet.frame.copy(), "print": lambda *_: None}
    exec(compile(exhibit.code.whole, "script", "exec"), names)
    return names


def check_script(exhibit: Exhibit, sheet: Sheet) -> None:
    """Every fact is a variable of the script, and has the same value there."""
    names = run(exhibit, sheet)
    for name, fact in exhibit.facts.items():
        assert name in names, name
        if isinstance(fact, float):
            assert names[name] == pytest.approx(fact, rel=1e-6, abs=1e-9, nan_ok=True), name
        else:
            assert names[name] == fact, name
    if "pairs" in names:
        _check_pairs(names["pairs"], exhibit.table)


def _check_pairs(pairs: pd.DataFrame, table: pd.DataFrame) -> None:
    shared = [name for name in ("value", "n", "p", "p_adjusted", "low", "high") if name in table]
    assert list(pairs["x"]) == list(table["x"])
    for name in shared:
        found, expected = pairs[name].to_numpy(float), table[name].to_numpy(float)
        assert found == pytest.approx(expected, rel=1e-6, abs=1e-9, nan_ok=True), name
