"""The lower triangle: each pair once, and every table of a map trimmed alike."""

import numpy as np
import pandas as pd
import pytest

from lib.charts import Heatmap, below_diagonal, on_or_above_diagonal
from lib.stats import correlate


def test_the_lower_triangle_is_the_one_drawn_by_hand(highway, triangle):
    by_hand = Heatmap(triangle.values, hidden=triangle.hidden, limits=None, title="Pairs")
    chart = Heatmap.lower(highway, limits=None, title="Pairs")
    pd.testing.assert_frame_equal(chart.values, by_hand.values)
    pd.testing.assert_frame_equal(chart.visible, by_hand.visible)
    assert (chart.range, chart.title) == (by_hand.range, "Pairs")


def test_tables_of_the_whole_are_trimmed_with_it(highway):
    weak, text = highway.abs() < 0.3, highway.map("{:.1f}".format)
    chart = Heatmap.lower(highway, text=text, faded=weak, hatched=weak, hidden=weak)
    for row, column in zip(*np.nonzero(chart.visible.to_numpy()), strict=True):
        name, other = chart.values.index[row], chart.values.columns[column]
        assert chart.texts[row, column] == text.loc[name, other]
        assert not weak.loc[name, other]
    below = np.tri(len(highway), k=-1, dtype=bool)
    assert chart.visible.to_numpy().sum() == (~weak.to_numpy() & below).sum()


def test_settings_that_do_not_fit_the_whole_are_refused(highway):
    with pytest.raises(ValueError, match="text must have the rows and columns"):
        Heatmap.lower(highway, text=highway.iloc[1:, :-1].map(str))


def test_a_triangle_needs_a_square_with_two_rows(highway):
    for function in (Heatmap.lower, on_or_above_diagonal, below_diagonal):
        with pytest.raises(ValueError, match="not square: it has 10 rows and 11 columns"):
            function(highway.iloc[1:])
    with pytest.raises(ValueError, match="nothing to paint"):
        Heatmap.lower(highway.iloc[:1, :1])


def test_each_pair_stands_once_below_the_diagonal(highway):
    found = below_diagonal(highway)
    pairs = correlate(highway, adjust="none").pairs()
    assert {frozenset(pair) for pair in found.index} == {
        frozenset(pair) for pair in zip(pairs.x, pairs.y, strict=True)
    }
    assert len(found) == len(pairs)
    for (row, column), value in found.items():
        assert value == highway.loc[row, column]
