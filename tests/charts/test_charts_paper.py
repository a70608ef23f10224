"""Figures on paper: what seaborn draws, what the page measures, and threads side by side."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
import seaborn
from matplotlib.colors import to_hex
from PIL import Image

from lib.charts import (
    Heatmap,
    as_hex,
    cell_width,
    contrast_ratio,
    render,
    text_width,
)
from lib.charts.paper import new_figure

START = {"png": b"\x89PNG\r\n", "svg": b"<?xml", "pdf": b"%PDF-"}


def plain_heatmap(values, width, height, **options):
    """What a learner's own script draws."""
    figure = new_figure(width, height, dpi=100)
    seaborn.heatmap(values, ax=figure.subplots(), **options)
    return figure


def png_size(data):
    with Image.open(BytesIO(data)) as picture:
        return picture.size


def mesh_of(figure):
    mesh = figure.axes[0].collections[0]
    mesh.update_scalarmappable()
    return mesh


def test_thirty_features_do_not_fit_their_cells(breast_cancer):
    figure = plain_heatmap(breast_cancer, 10, 8, annot=True, fmt=".2f", cbar=False)
    assert cell_width(figure) == pytest.approx(25.8, abs=0.05)
    assert text_width(figure) == pytest.approx(36, abs=1)


def test_eleven_columns_fit(highway):
    figure = plain_heatmap(highway, 10, 8, annot=True, fmt=".2f", cbar=False)
    assert cell_width(figure) == pytest.approx(70.5, abs=0.05)
    assert text_width(figure) == pytest.approx(36, abs=1)


def test_tight_changes_the_page(breast_cancer):
    figure = plain_heatmap(breast_cancer, 4, 3)
    assert png_size(render(figure, tight=False)) == (400, 300)
    assert png_size(render(figure, tight=True)) == pytest.approx((478, 395), abs=3)


@pytest.mark.parametrize("tight", [True, False])
def test_paper_has_the_geometry_of_a_plain_heatmap(highway, tight):
    ours = Heatmap(highway, scale="").paper(width=6, height=5, font_size=10)
    plain = plain_heatmap(
        highway, 6, 5, vmin=-1, vmax=1, annot=True, xticklabels=True, yticklabels=True
    )
    plain.axes[0].tick_params(axis="y", rotation=0)
    assert cell_width(ours) == pytest.approx(cell_width(plain))
    assert png_size(render(ours, tight=tight)) == png_size(render(plain, tight=tight))


def test_paper_paints_the_colours_of_the_cells(triangle):
    for settings in ({}, {"limits": None, "center": 0, "colours": "PuOr", "deuteranope": True}):
        heatmap = Heatmap(triangle.values, hidden=triangle.hidden, **settings)
        mesh = mesh_of(heatmap.paper(width=4, height=4))
        visible = heatmap.visible.to_numpy()
        painted = mesh.get_facecolors().reshape(10, 10, 4)[visible]
        assert as_hex(painted) == heatmap.cell_colours().to_numpy()[visible].tolist()
        assert mesh.get_clim() == pytest.approx(heatmap.range)


@pytest.mark.parametrize("colours", ["house", "coolwarm", "RdYlGn", "viridis", "jet"])
def test_numbers_on_paper_can_be_read(triangle, colours):
    heatmap = Heatmap(triangle.values, hidden=triangle.hidden, colours=colours)
    figure = heatmap.paper()
    texts = figure.axes[0].texts
    painted = heatmap.cell_colours().to_numpy()[heatmap.visible.to_numpy()]
    assert len(texts) == 55
    for text, colour in zip(texts, painted, strict=True):
        assert contrast_ratio(to_hex(text.get_color()), colour) >= 4.5
    assert text_width(figure) <= cell_width(figure)


def test_numbers_shrink_to_their_cells_unless_a_size_is_given(breast_cancer):
    heatmap = Heatmap(breast_cancer)
    fitted, fixed = heatmap.paper(width=6, height=5), heatmap.paper(font_size=10)
    assert text_width(fitted) <= cell_width(fitted)
    assert text_width(fixed) > cell_width(fixed)
    assert {text.get_fontsize() for text in fixed.axes[0].texts} == {10}


def test_numbers_can_be_left_out(highway):
    assert not Heatmap(highway).paper(numbers=False).axes[0].texts
    assert not Heatmap(highway, decimals=None).paper().axes[0].texts


def test_minus_signs_on_paper(triangle):
    figure = Heatmap(triangle.values, hidden=triangle.hidden).paper()
    ticks = [label.get_text() for label in figure.axes[1].get_yticklabels()]
    written = "".join(text.get_text() for text in figure.axes[0].texts) + "".join(ticks)
    assert "−" in written
    assert "-" not in written


def test_every_row_and_column_is_named(breast_cancer):
    axes = Heatmap(breast_cancer).paper(width=6, height=4).axes[0]
    names = list(breast_cancer.columns)
    assert [label.get_text() for label in axes.get_xticklabels()] == names
    assert [label.get_text() for label in axes.get_yticklabels()] == names


def test_cells_without_a_value_are_crossed_out(highway):
    values = highway.copy()
    values.loc["len", "adt"] = np.nan
    crosses = Heatmap(values).paper().axes[0].collections[1].get_offsets()
    assert crosses.tolist() == [[2.5, 1.5]]


@pytest.mark.parametrize("settings", [{}, {"limits": None}, {"limits": None, "center": 0}])
def test_nothing_visible_is_drawn_as_nothing(settings):
    values = pd.DataFrame({"x": [0.5, np.nan], "y": [np.nan, np.nan]})
    heatmap = Heatmap(values, hidden=values > 0, **settings)
    assert render(heatmap.paper(width=2, height=2)).startswith(START["png"])


def test_text_may_be_empty_everywhere():
    values = pd.DataFrame({"x": [0.5]})
    heatmap = Heatmap(values, text=pd.DataFrame({"x": [""]}))
    assert text_width(heatmap.paper(width=2, height=2)) == 0


@pytest.mark.parametrize("kind", START)
def test_files_begin_as_their_kind_and_repeat(triangle, kind):
    heatmap = Heatmap(triangle.values, hidden=triangle.hidden)
    first, second = (render(heatmap.paper(width=4, height=3), kind) for _ in range(2))
    assert first.startswith(START[kind])
    assert first == second


def test_the_page_is_white(highway):
    data = render(Heatmap(highway).paper(width=4, height=3))
    with Image.open(BytesIO(data)) as picture:
        assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_dpi_scales_the_file(highway):
    figure = Heatmap(highway).paper(width=4, height=3)
    assert png_size(render(figure, dpi=50, tight=False)) == (200, 150)


def test_another_kind_of_file_is_refused():
    with pytest.raises(ValueError, match="png, svg, pdf, not as 'gif'"):
        render(new_figure(1, 1, dpi=50), "gif")


def test_only_heatmaps_have_cells():
    with pytest.raises(ValueError, match="no heatmap"):
        cell_width(new_figure(1, 1, dpi=50))


def test_threads_get_their_own_figures_and_leave_nothing_behind():
    import matplotlib
    from matplotlib import pyplot

    def draw(number):
        values = pd.DataFrame({f"column {number}": [number / 10]})
        figure = Heatmap(values, title=f"title {number}").paper(width=3, height=2)
        axes = figure.axes[0]
        return (
            axes.get_xticklabels()[0].get_text(),
            axes.get_title(loc="left"),
            axes.texts[0].get_text(),
            render(figure),
        )

    alone = [draw(number) for number in range(4)]
    settings, open_before = dict(matplotlib.rcParams), pyplot.get_fignums()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(draw, list(range(4)) * 3))
    assert together == alone * 3
    assert dict(matplotlib.rcParams) == settings
    assert pyplot.get_fignums() == open_before
