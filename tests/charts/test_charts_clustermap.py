"""A clustermap: the trees, the order, and what screen and paper have in common."""

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text
from plotly.graph_objects import Figure
from scipy.cluster.hierarchy import dendrogram

import datasets
from lib.charts import (
    DARK,
    LIGHT,
    Clustermap,
    Heatmap,
    Theme,
    as_deuteranope,
    as_rgb,
    branches,
    sheet,
)
from lib.charts.tree import branch_colours
from lib.stats import cluster, correlate


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return datasets.load("highway").select_dtypes("number")


@pytest.fixture(scope="module")
def chart(table: pd.DataFrame) -> Clustermap:
    clustering = cluster(table)
    return Clustermap(correlate(table).r, clustering, clustering, cut=0.4)


def test_a_tree_is_scipys(table: pd.DataFrame) -> None:
    clustering = cluster(table)
    drawn = dendrogram(clustering.linkage, labels=list(table), no_plot=True)
    assert drawn["ivl"] == clustering.order
    expected = sorted(
        (tuple((np.array(x) - 5) / 10), tuple(y))
        for x, y in zip(drawn["icoord"], drawn["dcoord"], strict=True)
    )
    ours = sorted(
        (
            (b.positions[0], b.positions[0], b.positions[1], b.positions[1]),
            (b.feet[0], b.height, b.height, b.feet[1]),
        )
        for b in branches(clustering)
    )
    for (x, y), (other_x, other_y) in zip(ours, expected, strict=True):
        assert x == pytest.approx(other_x)
        assert y == pytest.approx(other_y)


def test_a_branch_names_what_hangs_on_it(table: pd.DataFrame) -> None:
    clustering = cluster(table)
    members = {frozenset(branch.members) for branch in branches(clustering)}
    sets = [frozenset([name]) for name in table]
    for first, second, *_ in clustering.linkage:
        sets.append(sets[int(first)] | sets[int(second)])
    assert members == set(sets[table.shape[1] :])
    for branch in branches(clustering):
        start = clustering.order.index(branch.members[0])
        assert list(branch.members) == clustering.order[start : start + len(branch.members)]


def test_screen_and_paper_have_one_order(chart: Clustermap) -> None:
    mesh = chart.screen(LIGHT).data[0]
    axes = chart.paper().axes[2]
    on_paper = [text.get_text() for text in axes.get_xticklabels()]
    assert mesh["x"] == on_paper == chart.rows.order
    rows = [text.get_text() for text in axes.get_yticklabels()]
    assert mesh["y"] == rows == chart.rows.order
    painted = axes.collections[0].get_array().reshape(mesh["z"].shape)
    np.testing.assert_allclose(painted, mesh["z"])


def test_values_keep_their_names(chart: Clustermap) -> None:
    pd.testing.assert_frame_equal(
        chart.shown.loc[chart.values.index, chart.values.columns], chart.values
    )


def test_each_branch_of_the_rows_can_be_clicked(chart: Clustermap) -> None:
    knots = chart.screen(DARK).data[-1]
    assert {label for (label,) in knots["customdata"]} == set(chart.groups())
    heights = sorted(branch.height for branch in branches(chart.rows))
    assert sorted(knots["x"]) == pytest.approx(heights)


def test_groups_come_largest_first(chart: Clustermap) -> None:
    sizes = [len(members) for members in chart.groups().values()]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == len(chart.values)


def test_a_cut_colours_what_hangs_together(chart: Clustermap) -> None:
    figure = chart.screen(LIGHT)
    (line,) = figure.layout["shapes"]
    assert line["x0"] == line["x1"] == 0.4
    colours = {
        trace["line"]["color"]
        for trace in figure.data
        if trace.get("mode") == "lines" and trace["xaxis"] == "x2"
    }
    groups = chart.rows.cut(0.4).value_counts()
    assert len(colours) == min(6, (groups > 1).sum()) + 1


def test_rows_alone_leave_the_columns_as_they_are() -> None:
    cars = datasets.load("mtcars").select_dtypes("number")
    chart = Clustermap(cars, cluster(cars.T, distance="euclidean"), limits=None)
    assert list(chart.shown.columns) == list(cars.columns)
    assert list(chart.screen(LIGHT).data[0]["y"]) == [str(name) for name in chart.rows.order]
    assert len(chart.paper().axes) >= 3


def test_cells_are_painted_as_a_heatmap_paints_them(chart: Clustermap) -> None:
    np.testing.assert_array_equal(
        chart.heatmap.cell_colours().to_numpy(), Heatmap(chart.shown).cell_colours().to_numpy()
    )


def test_a_tree_of_something_else_is_refused(table: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="other leaves than the rows"):
        Clustermap(correlate(table).r, cluster(table.drop(columns="rate")))


def boxes(figure):
    """Where the parts of a drawn clustermap are, by their names."""
    figure.draw_without_rendering()
    beside, above, cells, bar = figure.axes
    return {
        "beside": beside.get_tightbbox(),
        "above": above.get_tightbbox(),
        "cells": cells.get_tightbbox(),
        "bar": bar.get_tightbbox(),
    }


def overlap(first, second):
    return (
        min(first.x1, second.x1) - max(first.x0, second.x0) > 1
        and min(first.y1, second.y1) - max(first.y0, second.y0) > 1
    )


TABLES, SIZES = ("highway", "breast_cancer", "mtcars"), ((5, 5), (8, 8), (12, 6))


@pytest.mark.parametrize(
    ("table_name", "size"),
    [
        # The gate tries each table and each size once.
        pytest.param(table, size, marks=() if number == other else pytest.mark.play)
        for number, table in enumerate(TABLES)
        for other, size in enumerate(SIZES)
    ],
)
def test_nothing_lies_on_anything_on_paper(table_name, size):
    data = datasets.load(table_name).select_dtypes("number")
    tree = cluster(data)
    chart = Clustermap(correlate(data).r, tree, tree, cut=0.3, title="A title", decimals=2)
    figure = chart.paper(width=size[0], height=size[1])
    found = boxes(figure)
    for one, other in combinations(found, 2):
        assert not overlap(found[one], found[other]), (one, other)
    assert figure._suptitle.get_window_extent().y0 >= found["above"].y1 - 1
    page = figure.bbox
    for box in found.values():
        assert page.x0 - 1 <= box.x0
        assert box.x1 <= page.x1 + 1
        assert page.y0 - 1 <= box.y0


def test_long_names_leave_room_for_the_cells():
    names = [f"the mean of the largest perimeter, number {n}" for n in range(4)]
    data = pd.DataFrame(np.random.default_rng(0).normal(size=(30, 4)), columns=names)
    tree = cluster(data)
    figure = Clustermap(correlate(data).r, tree, tree).paper(width=6, height=6)
    figure.draw_without_rendering()
    assert figure.axes[2].get_window_extent().width > 0.3 * figure.bbox.width
    shown = [label.get_text() for label in figure.axes[2].get_yticklabels()]
    assert len(set(shown)) == 4


def test_the_trees_stand_at_their_leaves_and_have_an_axis_of_heights(chart: Clustermap) -> None:
    figure = chart.paper()
    figure.draw_without_rendering()
    beside, above, cells, _ = figure.axes
    assert beside.get_window_extent().y0 == pytest.approx(cells.get_window_extent().y0)
    assert beside.get_window_extent().y1 == pytest.approx(cells.get_window_extent().y1)
    assert above.get_window_extent().x0 == pytest.approx(cells.get_window_extent().x0)
    assert above.get_window_extent().x1 == pytest.approx(cells.get_window_extent().x1)
    layout = chart.screen(LIGHT).layout
    highest = chart.rows.linkage[:, 2].max()
    for paper_axis, screen_axis in ((beside.xaxis, "xaxis2"), (above.yaxis, "yaxis3")):
        ticks = list(paper_axis.get_majorticklocs())
        texts = [label.get_text() for label in paper_axis.get_majorticklabels()]
        assert ticks == layout[screen_axis]["tickvals"]
        assert texts == layout[screen_axis]["ticktext"]
        assert [float(text) for text in texts] == ticks
        assert ticks[0] == 0
        assert 0.4 * highest <= ticks[-1] <= 1.05 * highest
        assert layout[screen_axis]["title"]["text"] == paper_axis.label.get_text() == "height"


def test_cells_on_paper_say_what_a_heatmaps_cells_say() -> None:
    data = pd.DataFrame(np.random.default_rng(0).normal(size=(30, 4)), columns=list("abcd"))
    tree, r = cluster(data), correlate(data).r
    r.loc["a", "b"] = r.loc["b", "a"] = -0.001
    r.loc["a", "d"] = r.loc["d", "a"] = np.nan
    chart = Clustermap(r, tree, tree, decimals=2)
    axes = chart.paper(width=5, height=5).axes[2]
    written = [text.get_text() for text in axes.texts]
    assert written == chart.heatmap.texts[chart.heatmap.painted].tolist()
    assert "0.00" in written
    assert not any("-" in text or text == "−0.00" for text in written)
    crossed = {(int(y), int(x)) for x, y in axes.collections[-1].get_offsets()}
    assert crossed == set(zip(*np.nonzero(chart.shown.isna().to_numpy()), strict=True))


@pytest.mark.parametrize("width", [262, 320, 540, 900])
def test_heights_have_room_on_their_axis(chart: Clustermap, width: float) -> None:
    layout = chart.screen(LIGHT, width=width).layout
    inner = width - layout["margin"]["l"] - layout["margin"]["r"]
    for name, pixels, across in (
        ("xaxis2", inner, True),
        ("yaxis3", layout["height"] - layout["margin"]["t"] - layout["margin"]["b"], False),
    ):
        axis = layout[name]
        first, last = axis["domain"]
        scale = (last - first) * pixels / max(axis["range"])
        places = [tick * scale for tick in axis["tickvals"]]
        needed = [5.5 * len(text) if across else 12 for text in axis["ticktext"]]
        for place, following, room in zip(places, places[1:], needed[1:], strict=False):
            assert following - place >= room


def test_the_title_on_paper_stands_once(chart: Clustermap) -> None:
    figure = replace(chart, title="Once").paper()
    texts = [text.get_text() for text in figure.findobj(Text)]
    assert texts.count("Once") == 1


def test_paper_and_screen_colour_the_same_branches(chart: Clustermap) -> None:
    on_paper = [to_hex(line.get_color()) for line in chart.paper().axes[0].lines[:-1]]
    assert on_paper == branch_colours(branches(chart.rows), 0.4, LIGHT)
    knots = chart.screen(LIGHT).data[-1]
    assert knots["marker"]["color"] == on_paper
    on_screen = {trace["line"]["color"] for trace in chart.screen(LIGHT).data if "line" in trace}
    assert set(on_paper) <= on_screen


def test_neighbouring_groups_differ_in_colour(table: pd.DataFrame) -> None:
    tree = cluster(table)
    for cut in (0.2, 0.3, 0.5):
        figure = Clustermap(correlate(table).r, tree, tree, cut=cut).screen(LIGHT)
        groups = tree.cut(cut)
        several = [group for group, size in groups.value_counts().items() if size > 1]
        colours = {
            trace["line"]["color"]
            for trace in figure.data
            if trace.get("mode") == "lines" and trace["xaxis"] == "x2"
        } - {LIGHT.muted}
        assert len(colours) == min(6, len(several))


def test_names_of_rows_lie_flat_on_paper(chart: Clustermap) -> None:
    assert {label.get_rotation() for label in chart.paper().axes[2].get_yticklabels()} == {0}


def test_a_sheet_keeps_the_cut(chart: Clustermap) -> None:
    (axes, *_) = sheet([chart], 1).axes
    (tree,) = axes.child_axes
    assert list(tree.lines[-1].get_xdata()) == [0.4, 0.4]


def test_a_height_is_kept_and_no_zero_lies_on_the_first_name() -> None:
    genes = pd.DataFrame(np.random.default_rng(0).normal(size=(9, 40)))
    genes.columns = [f"gene {number}" for number in range(40)]
    tree = cluster(genes)
    chart = Clustermap(correlate(genes).r, tree, tree, decimals=None)
    high, low = (chart.screen(LIGHT, width=900, height=height) for height in (None, 350))
    assert low.layout["height"] <= 350.5 < high.layout["height"]
    assert high.layout["yaxis3"]["ticktext"][0] == "0"
    assert "0" not in low.layout["yaxis3"]["ticktext"]
    assert low.layout["xaxis2"]["ticktext"][0] == "0"
    assert "0" not in chart.screen(LIGHT, width=560).layout["xaxis2"]["ticktext"]


KINDS = ["traffic", "road", None]


@pytest.fixture(scope="module")
def striped(table: pd.DataFrame) -> Clustermap:
    clustering = cluster(table)
    words = [KINDS[place % 3] for place in range(table.shape[1])]
    strips = pd.DataFrame({"kind": words}, index=table.columns)
    return Clustermap(correlate(table).r, clustering, clustering, cut=0.4, strips=strips)


def test_a_strip_has_the_group_of_each_row_beside_it(striped: Clustermap) -> None:
    assert striped.strips is not None
    words = striped.strips.loc[striped.rows.order, "kind"].to_list()
    bars = [trace for trace in striped.screen(LIGHT).data if trace["type"] == "bar"]
    assert [bar["name"] for bar in bars] == ["road", "traffic"]
    for bar in bars:
        places = [place for place, word in enumerate(words) if word == bar["name"]]
        assert bar["y"] == places
        assert bar["hovertext"] == [f"{striped.rows.order[i]}: {bar['name']}" for i in places]


def test_screen_and_paper_have_one_strip_and_one_key(striped: Clustermap) -> None:
    drawing, figure = striped.screen(LIGHT), striped.paper()
    bars = [trace for trace in drawing.data if trace["type"] == "bar"]
    patches = figure.axes[1].patches
    drawn = [
        (to_hex(patch.get_facecolor()), patch.get_y() + patch.get_height() / 2) for patch in patches
    ]
    assert drawn == [(bar["marker"]["color"], place) for bar in bars for place in bar["y"]]
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["road", "traffic"]
    assert legend.get_title().get_text() == drawing.layout["legend"]["title"]["text"] == "kind"
    shown = [trace["name"] for trace in drawing.data if trace.get("showlegend")]
    assert shown == ["road", "traffic"]


def test_plotly_takes_a_figure_with_strips(striped: Clustermap) -> None:
    for theme in (LIGHT, DARK):
        drawing = striped.screen(theme, width=320, clickable=True)
        assert len(Figure(drawing.data, drawing.layout).data) == len(drawing.data)


def test_strip_map_and_tree_stand_beside_each_other(striped: Clustermap) -> None:
    layout = striped.screen(LIGHT).layout
    ends = [layout[axis]["domain"] for axis in ("xaxis2", "xaxis4", "xaxis")]
    assert all(left[1] < right[0] for left, right in pairwise(ends))
    assert layout["yaxis4"]["range"] == layout["yaxis2"]["range"]
    assert layout["xaxis3"]["domain"] == layout["xaxis"]["domain"]


def test_the_key_has_room_of_its_own_at_the_foot(striped: Clustermap) -> None:
    plain = replace(striped, strips=None)
    for width in (250, 540):
        room, bare = (c.screen(LIGHT, width=width).layout["margin"]["b"] for c in (striped, plain))
        assert room - bare >= 40  # the strip's name, and a line of groups
    long = striped.strips.replace({"road": "a road of a rather long name", "traffic": "t" * 24})
    narrow = replace(striped, strips=long).screen(LIGHT, width=250).layout["margin"]["b"]
    assert narrow - room >= 20


def test_nothing_lies_on_the_strip_or_its_key_on_paper(striped: Clustermap) -> None:
    figure = striped.paper()
    figure.draw_without_rendering()
    tree, strip, _, cells = (axes.get_window_extent() for axes in figure.axes[:4])
    assert tree.x1 <= strip.x0 < strip.x1 <= cells.x0
    assert figure.legends[0].get_window_extent().y1 <= figure.axes[3].get_tightbbox().y0


def test_beside_strips_the_tree_has_one_colour(striped: Clustermap) -> None:
    lines = [trace for trace in striped.screen(LIGHT).data if trace.get("mode") == "lines"]
    assert {trace["line"]["color"] for trace in lines} == {LIGHT.muted}
    assert {line.get_color() for line in striped.paper().axes[0].lines[:-1]} == {LIGHT.muted}


def test_two_strips_say_in_the_key_which_is_which(striped: Clustermap) -> None:
    assert striped.strips is not None
    two = striped.strips.assign(half=["east"] * 6 + ["west"] * (len(striped.strips) - 6))
    drawing = replace(striped, strips=two).screen(LIGHT)
    bars = [trace for trace in drawing.data if trace["type"] == "bar"]
    assert [bar["name"] for bar in bars] == [
        "kind: road",
        "kind: traffic",
        "half: east",
        "half: west",
    ]
    assert [set(bar["base"]) for bar in bars] == [{0}, {0}, {1}, {1}]
    assert len({bar["marker"]["color"] for bar in bars}) == 4


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_of_strips_differ_for_the_colour_blind_too(
    theme: Theme, table: pd.DataFrame
) -> None:
    clustering = cluster(table)
    words = [f"group {place % 6}" for place in range(table.shape[1])]
    strips = pd.DataFrame({"six": words}, index=table.columns)
    chart = Clustermap(correlate(table).r, clustering, strips=strips)
    colours = [
        trace["marker"]["color"] for trace in chart.screen(theme).data if trace["type"] == "bar"
    ]
    for seen in (as_rgb(colours), as_deuteranope(as_rgb(colours))):
        apart = [np.abs(one - other).max() for one, other in combinations(seen, 2)]
        assert min(apart) > 0.12
        assert len(apart) == 15


@pytest.mark.parametrize(
    ("strips", "reason"),
    [
        (lambda names: pd.DataFrame({"kind": "a"}, index=names[1:]), "other rows"),
        (lambda names: pd.DataFrame({"kind": list(names)}, index=names), "cannot be told apart"),
    ],
)
def test_strips_that_do_not_fit_are_refused(striped: Clustermap, strips, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        replace(striped, strips=strips(striped.values.index))


def test_a_sheet_keeps_the_strip_and_its_key(striped: Clustermap) -> None:
    figure = sheet([striped, striped], 2)
    keys = [axes.get_legend() for axes in figure.axes if axes.get_legend()]
    assert [[text.get_text() for text in key.get_texts()] for key in keys] == 2 * [
        ["road", "traffic"]
    ]
