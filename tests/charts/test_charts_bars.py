"""Bars: a group a row, a bar a column, the same on screen and paper."""

from itertools import pairwise

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from lib.charts import DARK, LIGHT, Bars


@pytest.fixture
def values():
    return pd.DataFrame({"true": [9.9, 7.0], "false": [9.1, 0.06]}, ["raw", "Holm"])


def test_both_renderers_draw_the_same_bars(values):
    chart = Bars(values, x="stars", marks={"true pairs": 10})
    screen, axes = chart.screen(LIGHT), chart.paper().axes[0]
    for trace, bars, column in zip(screen.data, axes.containers, values, strict=True):
        np.testing.assert_array_equal(trace["x"], values[column])
        assert [bar.get_width() for bar in bars] == values[column].tolist()
        assert bars.get_label() == trace["name"] == column
    assert screen.layout["shapes"][0]["x0"] == axes.lines[0].get_xdata()[0] == 10
    assert [text.get_text() for text in axes.get_yticklabels()] == ["raw", "Holm"]
    assert axes.get_xlabel() == screen.layout["xaxis"]["title"]["text"] == "stars"


def test_bars_of_a_group_do_not_overlap(values):
    bars = Bars(values).paper().axes[0].patches
    spans = sorted((bar.get_y(), bar.get_y() + bar.get_height()) for bar in bars)
    assert all(end <= start + 1e-12 for (_, end), (start, _) in pairwise(spans))


def test_only_several_columns_have_a_key(values):
    assert Bars(values).screen(DARK).layout["showlegend"]
    assert not Bars(values[["true"]]).screen(DARK).layout["showlegend"]


def test_what_does_not_fit_is_refused(values):
    with pytest.raises(ValueError, match="nothing to draw"):
        Bars(values.iloc[:0])
    with pytest.raises(ValueError, match="'kind' is not numeric"):
        Bars(values.assign(kind="x"))
    with pytest.raises(ValueError, match="7 groups"):
        Bars(pd.DataFrame(np.zeros((1, 7))))


def test_rows_of_one_name_are_refused():
    with pytest.raises(ValueError, match="Two rows are named 'all'"):
        Bars(pd.DataFrame({"kept": [1, 2]}, ["all", "all"]))


def test_words_stand_at_the_ends_of_the_bars(values):
    text = pd.DataFrame({"true": ["10 <b>", "7"], "false": ["9", "none"]}, values.index)
    chart = Bars(values, text=text)
    screen, axes = chart.screen(LIGHT), chart.paper().axes[0]
    assert [trace["text"] for trace in screen.data] == [["10 &lt;b&gt;", "7"], ["9", "none"]]
    go.Figure(data=screen.data, layout=screen.layout)
    assert [text.get_text() for text in axes.texts] == ["10 <b>", "7", "9", "none"]
    # Right of the longest bar there is room, and no axis repeats what the words say.
    for low, high in (screen.layout["xaxis"]["range"], axes.get_xlim()):
        assert low == 0
        assert high > 1.1 * 9.9
    assert not screen.layout["xaxis"]["showticklabels"]
    assert not axes.get_xticks().size


@pytest.mark.parametrize("width", [None, 300, 900])
@pytest.mark.parametrize("words", ["1", "200 (100 %)", "a rather long word"])
def test_words_have_their_pixels(values, width, words):
    text = pd.DataFrame(words, values.index, values.columns)
    low, high = Bars(values, text=text).screen(LIGHT, width=width).layout["xaxis"]["range"]
    # Six pixels a letter, in a plot that has the panel but for its edges and the names.
    plot = (width or 540) - 20 - 6 * len("Holm")
    assert (1 - 9.9 / high) * plot >= 6 * len(words)
    assert low == 0


@pytest.mark.parametrize("number", [0.0, -3.0])
def test_words_have_room_beside_no_bar_and_beside_one_to_the_left(number):
    values = pd.DataFrame({"change": [number]}, ["a"])
    low, high = Bars(values, text=values.astype(str)).paper().axes[0].get_xlim()
    assert low == 1.4 * number
    assert high > 0


def test_words_of_other_bars_are_refused(values):
    with pytest.raises(ValueError, match="text must have the rows and columns of the values"):
        Bars(values, text=pd.DataFrame({"true": ["a", "b"]}, values.index))


@pytest.mark.parametrize("width", [320, 960])
def test_a_share_fills_as_much_of_its_axis_as_it_is_of_the_whole(width):
    shares = pd.DataFrame({"vote": [33.0, 20.0]}, ["A", "B"])
    text = pd.DataFrame({"vote": ["33 of 100 (33 %)", "20 of 100 (20 %)"]}, shares.index)
    chart = Bars(shares, text=text, limits=(0, 100))
    axis = chart.screen(LIGHT, width=width).layout["xaxis"]
    assert axis["tickvals"] == [0, 25, 50, 75, 100]
    assert axis["showticklabels"]
    assert axis["range"][0] == 0
    assert 100 <= axis["range"][1] < 110
    axes = chart.paper().axes[0]
    assert axes.get_xlim() == (0, 100)
    assert axes.get_xticks().tolist() == [0, 25, 50, 75, 100]


def test_rows_that_step_back_have_less_of_their_colour(values):
    chart = Bars(values, faded=["Holm"])
    for trace in chart.screen(DARK).data:
        full, faded = trace["marker"]["opacity"]
        assert faded < 0.5 < full == 1
    full, faded = [bar.get_alpha() for bar in chart.paper().axes[0].containers[0]]
    assert faded < 0.5 < full == 1
    with pytest.raises(ValueError, match="faded"):
        Bars(values, faded=["Bonferroni"])
