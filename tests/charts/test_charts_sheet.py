"""Several charts on one page."""

import pandas as pd
import pytest

from lib.charts import Bars, Heatmap, Histogram, Intervals, Lines, Scatter, render
from lib.charts.sheet import sheet


def charts():
    x = pd.Series([1.0, 2.0, 4.0], name="x")
    frame = pd.DataFrame({"low": [0.1], "value": [0.2], "high": [0.3]}, ["row"])
    r = pd.DataFrame({"a": [1.0, 0.5], "b": [0.5, 1.0]}, ["a", "b"])
    return [
        Heatmap(r, title="map"),
        Scatter(x, x.rename("y"), title="points"),
        Lines(frame[["value"]].reset_index(drop=True), title="lines"),
        Histogram(x, title="counts"),
        Intervals(frame, title="intervals"),
        Bars(frame[["value"]], title="bars"),
    ]


def test_each_chart_has_a_place_in_reading_order():
    figure = sheet(charts(), 2)
    titled = [axes for axes in figure.axes if axes.get_title(loc="left")]
    figure.draw_without_rendering()
    places = {axes.get_title(loc="left"): axes.get_position() for axes in titled}
    assert list(places) == ["map", "points", "lines", "counts", "intervals", "bars"]
    assert places["map"].x0 < places["points"].x0
    assert places["map"].y0 > places["lines"].y0 > places["intervals"].y0
    assert render(figure).startswith(b"\x89PNG")


def test_an_empty_place_stays_empty():
    figure = sheet(charts()[1:4], 2)
    assert [axes.axison for axes in figure.axes] == [True, True, True, False]


def test_a_few_charts_take_no_more_columns_than_they_need():
    assert sheet(charts()[1:2], 3).get_figwidth() * 3 == sheet(charts()[1:4], 3).get_figwidth()
    with pytest.raises(ValueError, match="no chart"):
        sheet([], 2)
