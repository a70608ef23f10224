"""A page, measured, against the picture that is saved."""

import re
from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from matplotlib.transforms import Bbox
from PIL import Image

from lib.charts import LIGHT, Heatmap, Page, cell_width, enlarge, render, text_width

NAMES = [f"a rather long name {number}" for number in range(12)]
VALUES = pd.DataFrame(np.linspace(-1, 1, 144).reshape(12, 12), NAMES, NAMES)


def page(**settings) -> Page:
    given = {"width": 5, "height": 4, "font_size": 10, "tight": False} | settings
    return Page(Heatmap(VALUES, scale=""), **given)


@pytest.mark.parametrize(
    "setting",
    [
        {},
        {"width": 4, "height": 3, "font_size": 4},
        {"width": 5.37, "height": 4.21, "font_size": 7},
        # Numbers that are wider and higher than their cells, up to the edge of what is drawn.
        {"width": 2, "height": 2, "font_size": 24},
    ],
    ids=str,
)
def test_what_is_measured_is_what_is_drawn(setting: dict[str, float]) -> None:
    loose, tight = (page(tight=tight, **setting) for tight in (False, True))
    figure = loose.paper()
    assert loose.cell_width == tight.cell_width == cell_width(figure)
    assert loose.text_width == tight.text_width == pytest.approx(text_width(figure))
    for measured in (loose, tight):
        saved = render(figure, "png", tight=measured.tight)
        assert measured.size == Image.open(BytesIO(saved)).size
    drawn = figure.get_tightbbox()
    inside = Bbox.intersection(drawn, figure.bbox_inches).extents == pytest.approx(drawn.extents)
    assert loose.is_cut == (not inside)
    assert not tight.is_cut


SVG = {"svg": "http://www.w3.org/2000/svg"}
LINK = "{http://www.w3.org/1999/xlink}href"


@pytest.mark.parametrize("setting", [{}, {"font_size": 5, "tight": True}], ids=str)
def test_the_screen_has_every_number_where_paper_has_it(setting: dict[str, float]) -> None:
    measured = page(**setting)
    screen = ElementTree.fromstring(measured.screen())
    assert (int(screen.get("width")), int(screen.get("height"))) == measured.size
    numbers = screen.findall("svg:g", SVG)[-1]
    shapes = {f"#{path.get('id')}": path for path in screen.findall("svg:defs", SVG)[-1]}
    figure = measured.paper()
    texts = figure.axes[0].texts
    shape_of = {text.get_text(): each.get(LINK) for each, text in zip(numbers, texts, strict=True)}
    assert len(shape_of) == len(shapes) > 100
    for each, text in zip(numbers, texts, strict=True):
        assert each.get(LINK) == shape_of[text.get_text()]
        assert each.get("fill") == text.get_color()
        x, y, across, up = _drawn_at(each, shapes[each.get(LINK)])
        box, bottom = text.get_window_extent(), figure.bbox.height
        # A font's letters have a little air at both sides.
        assert box.x0 - 0.1 <= x.min() * across + float(each.get("x")) <= box.x0 + 0.2 * box.width
        assert box.x1 - 0.2 * box.width <= x.max() * across + float(each.get("x")) <= box.x1 + 0.1
        base = bottom - float(each.get("y"))
        assert base + y.min() * up == pytest.approx(box.y0, abs=0.3 * box.height)
        assert base + y.max() * up == pytest.approx(box.y1, abs=0.1 * box.height)


def _drawn_at(each, shape) -> tuple[np.ndarray, np.ndarray, float, float]:
    """The outline of a number, and by how much it is stretched."""
    points = np.array(re.findall(r"-?\d+", shape.get("d")), dtype=float).reshape(-1, 2)
    across, down = map(float, shape.get("transform").removeprefix("scale(")[:-1].split())
    return points[:, 0], points[:, 1], across, -down


def test_the_screen_shows_what_is_saved_of_the_page() -> None:
    for measured in (page(), page(tight=True)):
        screen = ElementTree.fromstring(measured.screen())
        x, y, across, down = map(float, screen.get("viewBox").split())
        figure = measured.paper()
        drawn = figure.get_tightbbox().padded(0.1) if measured.tight else figure.bbox_inches
        inches = Bbox.from_bounds(x / 72, 4 - (y + down) / 72, across / 72, down / 72)
        assert inches.extents == pytest.approx(drawn.extents, abs=1e-3)


def test_the_screen_has_all_else_as_matplotlib_draws_it() -> None:
    bare = Heatmap(VALUES, scale="").paper(width=5, height=4, font_size=10, numbers=False)
    drawn = ElementTree.fromstring(render(bare, "svg", tight=False))
    here = [each.attrib for each in ElementTree.fromstring(page().screen()).iter()]
    for part in drawn.find("svg:g", SVG).iter():
        said = {name: " ".join(value.split()) for name, value in part.attrib.items()}
        assert any(said.items() == {n: v.strip() for n, v in each.items()}.items() for each in here)


def test_a_page_in_other_colours_is_another_picture() -> None:
    pictures = {
        Page(Heatmap(values, scale="", colours=colours), 5, 4, 10, tight=False).screen()
        for values in (VALUES, -VALUES)
        for colours in ("RdBu_r", "PuOr")
    }
    assert len(pictures) == 4


def test_a_page_without_numbers_has_none_to_measure() -> None:
    for heatmap in (
        Heatmap(VALUES, decimals=None),
        Heatmap(VALUES, text=VALUES.map(lambda _: "")),
        Heatmap(VALUES, hidden=VALUES.notna()),
    ):
        measured = Page(heatmap, 5, 4, font_size=10, tight=True)
        assert measured.text_width == 0
        assert measured.size == Image.open(BytesIO(render(measured.paper(), "png"))).size


def test_labels_over_the_edge_are_cut_unless_the_page_is_tight() -> None:
    assert page().is_cut
    assert not page(tight=True).is_cut
    assert not page(width=16, height=16).is_cut


def test_the_cut_is_in_the_saved_picture() -> None:
    """Where something is cut, ink touches the edge of the picture; a tight one has a margin."""
    assert _ink_on_the_edge(render(page().paper(), "png", tight=False))
    assert not _ink_on_the_edge(render(page().paper(), "png", tight=True))


def _ink_on_the_edge(png: bytes) -> bool:
    pixels = np.asarray(Image.open(BytesIO(png)).convert("L"))
    return bool((pixels[[0, -1], :] < 200).any() or (pixels[:, [0, -1]] < 200).any())


def test_a_smaller_font_shrinks_numbers_and_not_cells() -> None:
    small, large = page(font_size=5), page(font_size=10)
    assert small.text_width == pytest.approx(large.text_width / 2, abs=2)
    assert small.cell_width == large.cell_width


def test_enlarging_keeps_what_the_figure_says() -> None:
    small = Heatmap(VALUES, title="A title").screen(LIGHT)
    large = enlarge(small, 1.5)
    assert large.layout["height"] == 1.5 * small.layout["height"]
    assert large.data[1]["textfont"]["size"] == 1.5 * small.data[1]["textfont"]["size"]
    assert (
        large.layout["xaxis"]["tickfont"]["size"] == 1.5 * small.layout["xaxis"]["tickfont"]["size"]
    )
    assert large.data[0]["z"] is small.data[0]["z"]
    assert (large.data[0]["zmin"], large.data[0]["zmax"]) == (-1, 1)
    assert [trace.get("text") for trace in large.data] == [
        trace.get("text") for trace in small.data
    ]


@pytest.mark.parametrize(
    "other",
    [
        Heatmap(VALUES.rename(index={NAMES[3]: "a name that is longer than all the others are"})),
        Heatmap(VALUES.rename_axis(index="rows")),
        Heatmap(VALUES, limits=(-1000, 1000)),
        Heatmap(VALUES, limits=(-0.5, 0.5)),
        Heatmap(3 * VALUES, scale=""),
        Heatmap(VALUES, scale="what it means", title="A title"),
        Heatmap(VALUES, colour_bar=False),
    ],
)
def test_what_was_measured_of_another_map_is_not_taken_for_this_one(other: Heatmap) -> None:
    assert page(tight=True).size
    measured = Page(other, 5, 4, font_size=10, tight=True)
    figure = measured.paper()
    assert measured.size == Image.open(BytesIO(render(figure, "png"))).size
    assert measured.cell_width == cell_width(figure)
