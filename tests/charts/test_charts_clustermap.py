"""A clustermap: the trees, the order, and what screen and paper have in common."""

import numpy as np
import pandas as pd
import pytest
from scipy.cluster.hierarchy import dendrogram

import datasets
from lib.charts import DARK, LIGHT, Clustermap, Heatmap, branches, sheet
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
    assert len(colours) == min(4, (groups > 1).sum()) + 1


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


def test_paper_leaves_nothing_behind(chart: Clustermap) -> None:
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    chart.paper()
    assert plt.get_fignums() == before


def test_the_title_on_paper_stands_clear_of_the_tree(table: pd.DataFrame) -> None:
    clustering = cluster(table)
    figure = Clustermap(correlate(table).r, clustering, clustering, title="Highway").paper()
    figure.draw_without_rendering()
    tree = figure.axes[1].get_window_extent()
    assert figure._suptitle.get_window_extent().y0 >= tree.y1


def test_names_of_rows_lie_flat_on_paper(chart: Clustermap) -> None:
    assert {label.get_rotation() for label in chart.paper().axes[2].get_yticklabels()} == {0}


def test_a_sheet_keeps_the_cut(chart: Clustermap) -> None:
    (axes, *_) = sheet([chart], 1).axes
    (tree,) = axes.child_axes
    assert list(tree.lines[-1].get_xdata()) == [0.4, 0.4]
