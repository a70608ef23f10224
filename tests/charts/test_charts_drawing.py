"""What the screen gets is what Plotly itself would make of it, checked against its schema."""

import json
from base64 import b64decode

import numpy as np
import pandas as pd
import plotly.tools
import pytest
from plotly.graph_objects import Figure

from lib.charts import (
    DARK,
    LIGHT,
    Bars,
    Clustermap,
    Drawing,
    Grid,
    Heatmap,
    Histogram,
    Intervals,
    Lines,
    Scatter,
    enlarge,
)
from lib.stats import cluster, correlate

NAMES = pd.Index(["len", "<b>adt</b>", "rate"], name="rows")
VALUES = pd.DataFrame(
    [[1.0, -0.5, np.nan], [-0.5, 1.0, 0.2], [0.1, 0.2, 1.0]], NAMES, NAMES.rename("columns")
)
MARKED = VALUES.abs() < 0.3
EVERYTHING = {"hidden": VALUES > 0.9, "faded": MARKED, "hatched": MARKED, "title": "Everything"}
POINTS = pd.DataFrame({"x": [1.0, 2, 3, 4], "y": [2.0, 1, 4, 3]}, index=list("abcd"))
WORDS = pd.Series(["up", "down", "up", "down"], POINTS.index)
OVER_TIME = pd.DataFrame(
    {"r": [0.6, np.nan, 0.1], "tau": [4, 2, 1]}, index=pd.Index([10, 100, 1000], name="rows")
)
MARKS = {"now": 0.3, "<then>": 0.5}


def clustered() -> Clustermap:
    tree = cluster(POINTS.assign(z=[4.0, 1, 3, 3]))
    r = correlate(POINTS.assign(z=[4.0, 1, 3, 3])).r
    return Clustermap(r, tree, tree, cut=0.5, decimals=2)


CHARTS = {
    "bars": Bars(OVER_TIME, title="Bars", x="stars", marks=MARKS),
    "clustermap": clustered(),
    "heatmap": Heatmap(VALUES, **EVERYTHING),
    "heatmap as seaborn has it": Heatmap(VALUES, limits=None, center=0, colours="PuOr"),
    "heatmap in words": Heatmap(
        VALUES > 0, text=VALUES.map(str), scale="", deuteranope=True, colour_bar=False
    ),
    "heatmap of one number": Heatmap(VALUES.iloc[:1, :1], limits=None, decimals=None),
    "histogram": Histogram(POINTS["x"], marks=MARKS, shade=(1, 2)),
    "intervals": Intervals(
        pd.DataFrame({"low": [0.0, 1], "value": [1.0, 2], "high": [2.0, 4]}, ["a", "b"]),
        x="r",
        mark=0,
    ),
    "lines": Lines(OVER_TIME, y="r", low=OVER_TIME - 1, high=OVER_TIME + 1, marks=MARKS, log=True),
    "grid": Grid((Heatmap(VALUES, **EVERYTHING), Heatmap(VALUES, title="Other"))),
    "lines over days": Lines(
        OVER_TIME.set_axis(pd.date_range("2020-01-01", periods=3, name="day"))
    ),
    "scatter": Scatter(
        POINTS["x"],
        POINTS["y"],
        WORDS,
        groups=WORDS,
        line=True,
        marked="b",
        limits=((0, 9), (0, 9)),
    ),
    "scatter with margins": Scatter(POINTS["x"], POINTS["y"], title="both", margins=True),
    "scatter of nothing": Scatter(POINTS["x"] * np.nan, POINTS["y"]),
    "scatter of many": Scatter(pd.Series(np.arange(3000.0)), pd.Series(np.arange(3000.0))),
}

every_chart = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)


def as_plotly_has_it(drawing: Drawing) -> Figure:
    """Plotly's own figure, which refuses what is not in its schema."""
    return Figure(drawing.data, drawing.layout)


def read(sent):
    """What was sent, with every array as a list, and without what is empty."""
    if isinstance(sent, dict) and "bdata" in sent:
        return read(array(sent).tolist())
    if isinstance(sent, dict):
        return {name: read(value) for name, value in sent.items() if value != []}
    if isinstance(sent, list):
        return [read(each) for each in sent]
    return "a gap" if sent is None or sent != sent else sent


def array(sent):
    values = np.frombuffer(b64decode(sent["bdata"]), sent["dtype"])
    return values.reshape([int(length) for length in sent.get("shape", "-1").split(",")])


@every_chart
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_sent_is_what_plotly_would_send(chart, theme):
    drawing = chart.screen(theme)
    expected = json.loads(as_plotly_has_it(drawing).to_json())
    # The defaults of Plotly for Python, which the app does without.
    del expected["layout"]["template"]
    assert read(json.loads(drawing.to_json())) == read(expected)


@pytest.mark.parametrize("chart", [CHARTS["heatmap"], CHARTS["clustermap"]])
def test_what_can_be_clicked_fits_the_schema_as_well(chart):
    drawing = chart.screen(LIGHT, clickable=True)
    assert len(as_plotly_has_it(drawing).data) == len(drawing.data)


def test_the_schema_refuses_what_it_does_not_know():
    with pytest.raises(ValueError, match="colourscale"):
        as_plotly_has_it(Drawing([{"type": "heatmap", "colourscale": "Viridis"}], {}))


@every_chart
def test_what_takes_figures_gets_this_one_unchanged(chart):
    drawing = chart.screen(LIGHT)
    taken = plotly.tools.return_figure_from_figure_or_data(
        drawing.to_plotly(), validate_figure=True
    )
    assert taken == drawing.to_dict()


@every_chart
def test_an_enlarged_figure_fits_the_schema_and_leaves_the_first_alone(chart):
    drawing = chart.screen(LIGHT)
    before = drawing.to_json()
    larger = as_plotly_has_it(enlarge(drawing, 1.5))
    assert larger.layout.height == 1.5 * drawing.layout["height"]
    assert drawing.to_json() == before


def test_gaps_are_gaps_in_the_browser():
    sent = Drawing([{"y": np.array([1.0, np.nan])}], {}).to_dict()["data"][0]["y"]
    np.testing.assert_array_equal(array(sent), [1, np.nan])
    with pytest.raises(ValueError, match="not JSON compliant"):
        Drawing([{"y": [float("nan")]}], {}).to_json()
