"""Lines and their bands: what is drawn where, and what is refused."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from lib.charts import DARK, LIGHT, Lines


@pytest.fixture
def values():
    rows = pd.Index([10, 100, 1000], name="rows")
    return pd.DataFrame({"r": [0.6, 0.2, 0.06], "tau": [0.4, 0.15, 0.04]}, rows)


def test_both_renderers_draw_the_same_lines(values):
    chart = Lines(values, title="Critical", y="smallest")
    screen, paper = chart.screen(LIGHT), chart.paper().axes[0]
    assert [trace["name"] for trace in screen.data] == ["r", "tau"]
    for trace, line, column in zip(screen.data, paper.lines, values, strict=True):
        np.testing.assert_array_equal(trace["y"], values[column])
        np.testing.assert_array_equal(line.get_ydata(), values[column])
        assert trace["line"]["color"] == line.get_color()
    assert screen.layout["xaxis"]["title"]["text"] == paper.get_xlabel() == "rows"
    assert screen.layout["yaxis"]["title"]["text"] == paper.get_ylabel() == "smallest"


def test_lines_differ_in_colour_and_in_stroke(values):
    for theme in (LIGHT, DARK):
        lines = [trace["line"] for trace in Lines(values).screen(theme).data]
        assert lines[0]["color"] != lines[1]["color"]
        assert lines[0]["dash"] != lines[1]["dash"]


def test_only_several_lines_have_a_key(values):
    assert Lines(values).screen(LIGHT).layout["showlegend"]
    assert not Lines(values[["r"]]).screen(LIGHT).layout["showlegend"]
    assert Lines(values[["r"]]).paper().axes[0].get_legend() is None


def test_a_band_lies_between_low_and_high_under_its_line(values):
    chart = Lines(values, low=values[["tau"]] - 0.1, high=values[["tau"]] + 0.1)
    band, *lines = chart.screen(LIGHT).data
    assert band["fillcolor"] == lines[1]["line"]["color"]
    np.testing.assert_allclose(band["y"][:3], values["tau"] + 0.1)
    np.testing.assert_allclose(band["y"][3:], values["tau"][::-1] - 0.1)
    bands = chart.paper().axes[0].collections
    assert len(bands) == 1
    assert bands[0].get_datalim(chart.paper().axes[0].transData) is not None


def test_marks_stand_at_their_values_with_their_words(values):
    chart = Lines(values, marks={"<r> of interest": 0.3})
    layout = chart.screen(DARK).layout
    assert (layout["shapes"][0]["y0"], layout["shapes"][0]["y1"]) == (0.3, 0.3)
    assert layout["shapes"][0]["name"] == "&lt;r&gt; of interest"
    assert layout["shapes"][0]["showlegend"]
    assert layout["showlegend"]
    paper = chart.paper().axes[0]
    legend = [text.get_text() for text in paper.get_legend().get_texts()]
    assert legend[-1] == "<r> of interest"
    assert paper.lines[-1].get_ydata()[0] == 0.3


def test_the_scale_may_be_logarithmic(values):
    assert Lines(values, log=True).screen(LIGHT).layout["xaxis"]["type"] == "log"
    assert Lines(values, log=True).paper().axes[0].get_xscale() == "log"
    assert Lines(values).paper().axes[0].get_xscale() == "linear"


def test_a_logarithmic_axis_reads_as_numbers_on_both_media():
    values = pd.DataFrame({"r": [0.9, 0.4, 0.1]}, index=[10, 100, 2000])
    axis = Lines(values, log=True).screen(LIGHT).layout["xaxis"]
    texts = ["10", "20", "50", "100", "200", "500", "1,000", "2,000"]
    assert axis["ticktext"] == texts
    assert axis["tickvals"] == [float(text.replace(",", "")) for text in texts]
    axes = Lines(values, log=True).paper().axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == texts


def test_steps_between_which_there_is_nothing_are_marked():
    lags = pd.DataFrame({"a": [0.1, 0.2], "b": [0.3, 0.4]}, index=[-1, 0])
    traces = Lines(lags).screen(LIGHT).data
    assert [trace["mode"] for trace in traces] == ["lines+markers"] * 2
    assert len({trace["marker"]["symbol"] for trace in traces}) == 2
    lines = Lines(lags).paper().axes[0].lines
    assert all(line.get_marker() not in ("None", None) for line in lines)
    dense = pd.DataFrame({"a": range(61)})
    between = lags.set_axis([0.5, 1.5])
    for values in (dense, between):
        assert {trace["mode"] for trace in Lines(values).screen(LIGHT).data} == {"lines"}
        assert Lines(values).paper().axes[0].lines[0].get_marker() == "None"


def test_no_word_lies_on_the_data():
    values = pd.DataFrame({"r": [0.1, 0.9], "tau": [0.8, 0.2]}, index=[0, 1])
    chart = Lines(values, marks={"as promised": 0.5, "a second line": 0.3}, title="Title")
    layout = chart.screen(LIGHT).layout
    assert "annotations" not in layout
    assert layout["legend"]["yanchor"] == "bottom"
    assert layout["legend"]["y"] == 1
    figure = chart.paper(width=4, height=4)
    figure.draw_without_rendering()
    (axes,) = figure.axes
    legend = axes.get_legend().get_window_extent()
    assert legend.y0 >= axes.get_window_extent().y1 - 1
    assert legend.y1 <= axes.title.get_window_extent().y0 + 1 or not axes.get_title()
    assert axes._left_title.get_window_extent().y0 >= legend.y1 - 2


def test_what_does_not_fit_is_refused(values):
    with pytest.raises(ValueError, match="nothing to draw"):
        Lines(values.iloc[:0])
    with pytest.raises(ValueError, match="'words' is not numeric"):
        Lines(pd.DataFrame({"words": ["a"]}))
    with pytest.raises(ValueError, match="needs both low and high"):
        Lines(values, low=values)
    with pytest.raises(ValueError, match="high must have the rows"):
        Lines(values, low=values, high=values.iloc[:2])
    with pytest.raises(ValueError, match="low must have the rows of the values, and columns"):
        Lines(values, low=values.rename(columns={"r": "rho"}), high=values)
    with pytest.raises(ValueError, match="7 groups cannot be told apart: show at most 6"):
        Lines(pd.DataFrame(np.zeros((2, 7))))


@pytest.mark.parametrize(("rows", "freq"), [(120, "D"), (120, "MS"), (50, "h"), (10, "YS")])
def test_dates_under_a_page_do_not_lie_on_each_other(rows, freq):
    days = pd.date_range("2020-01-01", periods=rows, freq=freq)
    figure = Lines(pd.DataFrame({"x": range(rows)}, days)).paper()
    figure.draw_without_rendering()
    boxes = [tick.get_window_extent() for tick in figure.axes[0].get_xticklabels()]
    assert len(boxes) >= 3
    assert all(left.x1 < right.x0 for left, right in pairwise(boxes))
