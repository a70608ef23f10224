"""Names as figures write them: one formatter, shortening, and text that anyone may have written."""

import datetime as dt
from html import unescape
from itertools import pairwise, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text

import datasets
from lib.charts import (
    LIGHT,
    Bars,
    Clustermap,
    Grid,
    Heatmap,
    Histogram,
    Intervals,
    Lines,
    Page,
    Scatter,
    axis_names,
    missing_letters,
    name_text,
    render,
    sheet,
)
from lib.charts.paper import new_figure
from lib.stats import cluster


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (pd.Timestamp("2024-01-01"), "2024-01-01"),
        (pd.Timestamp("2024-01-01 06:30"), "2024-01-01 06:30:00"),
        (np.datetime64("2024-01-01T00:00:00.000000000"), "2024-01-01"),
        (dt.date(2024, 1, 31), "2024-01-31"),
        (pd.Period("2015-01", "M"), "2015-01"),
        (pd.Timedelta(days=2), "2 days"),
        (0.1 + 0.2, "0.3"),
        (3.0, "3"),
        (-1.234567, "−1.235"),
        (12345.678, "12346"),
        (2.5e-7, "2.5×10⁻⁷"),
        (-0.0, "0"),
        (np.float32(0.1), "0.1"),
        (1949, "1949"),
        (np.int64(-4), "−4"),
        (True, "True"),
        (None, "missing"),
        (float("nan"), "missing"),
        (pd.NaT, "missing"),
        (("wet", "a"), "wet, a"),
        (("wet", None, 0.5), "wet, missing, 0.5"),
        (pd.Interval(0.1, 0.1 + 0.2), "(0.1, 0.3]"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("two\nlines\x00", "two lines "),
    ],
)
def test_a_name_in_words(name, text):
    assert name_text(name) == text


def indices():
    return {
        "dates": pd.date_range("2024-01-01", periods=4),
        "floats": pd.Index(np.arange(4) * 0.1),
        "near floats": pd.Index([0.12345671, 0.12345672, 0.5, 1.0]),
        "levels": pd.MultiIndex.from_tuples([("wet", "a"), ("wet", "b"), ("dry", None), (1, 2)]),
        "gaps": pd.Index(["a", None, "missing", 2.0], dtype=object),
        "long": pd.Index([f"the mean of the {n}th perimeter, left side" for n in range(4)]),
    }


@pytest.mark.parametrize("kind", indices())
def test_screen_and_paper_write_one_name(kind):
    names = indices()[kind]
    heatmap = Heatmap(pd.DataFrame(np.eye(4), names, names))
    expected = axis_names(names, 40)
    axes = heatmap.paper().axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == expected
    assert [label.get_text() for label in axes.get_xticklabels()] == expected
    drawing = heatmap.screen(LIGHT, width=2000)
    alias = drawing.layout["xaxis"]["labelalias"]
    on_screen = [unescape(alias[key]) for key in drawing.data[0]["x"]]
    assert on_screen == axis_names(names, 32)
    assert len(set(on_screen)) == 4
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("", "")
    assert "title" not in drawing.layout["xaxis"]


def test_the_genes_of_a_table_keep_names_of_their_own():
    genes = datasets.load("golub").index
    for longest in (11, 24, 32):
        short = axis_names(genes, longest)
        assert len(set(short)) == genes.nunique() == 3051
        whole = [text for text, gene in zip(short, genes, strict=True) if len(gene) <= longest]
        assert set(whole) == {gene for gene in genes if len(gene) <= longest}
        for text, gene in zip(short, genes, strict=True):
            head, *tail = text.split("…")
            assert gene.startswith(head)
            assert not tail or gene.endswith(tail[0])


@given(st.lists(st.text("ab", min_size=0, max_size=40), unique=True), st.integers(4, 30))
def test_no_two_names_become_one(names, longest):
    short = axis_names(names, longest)
    assert len(set(short)) == len(names)
    for text, name in zip(short, names, strict=True):
        assert len(text) <= max(longest, len(name))


HOSTILE = ["$5% off, $_x", "$\\frac{", "_hidden", "a^b_c $ d", "<b>%{x}</b>", "\\", "two\nlines"]


def everything(name: str) -> dict[str, object]:
    """Every kind of chart, with this text wherever it takes one."""
    other = f"{name} too"
    names = pd.Index([name, other, "c"], name=name)
    square = pd.DataFrame([[1.0, 0.5, 0.1], [0.5, 1, 0.2], [0.1, 0.2, 1]], names, names)
    x = pd.Series([1.0, 2, 3, 4], name=name)
    words = pd.Series([name, other] * 2)
    ends = pd.DataFrame({"low": [0.1, 0.2], "value": [0.2, 0.3], "high": [0.3, 0.4]}, [name, other])
    tree = cluster(pd.DataFrame(np.random.default_rng(0).normal(size=(9, 3)), columns=names))
    text = pd.DataFrame(name, names, names)
    heatmap = Heatmap(square, title=name, scale=name)
    return {
        "heatmap": heatmap,
        "heatmap in words": Heatmap(square, text=text, title=name, scale=name),
        "clustermap": Clustermap(square, tree, tree, title=name, scale=name),
        "grid": Grid((heatmap, heatmap), title=name),
        "scatter": Scatter(x, x.rename(other), words, title=name, groups=words),
        "bars": Bars(
            pd.DataFrame({name: [1, 2], other: [2, 1]}, [name, other]),
            title=name,
            x=name,
            marks={name: 1},
        ),
        "intervals": Intervals(ends, title=name, x=name),
        "lines": Lines(
            pd.DataFrame({name: [1, 2], other: [2, 1]}, pd.Index([1, 2], name=name)),
            title=name,
            y=name,
            marks={name: 1.5},
        ),
        "histogram": Histogram(x, title=name, marks={name: 1, other: 2}),
    }


def hostile_charts():
    """Each kind of chart with each text; in the gate every kind has one, and every text is had."""
    for (row, kind), (column, name) in product(enumerate(everything("x")), enumerate(HOSTILE)):
        in_gate = row % len(HOSTILE) == column
        yield pytest.param(kind, name, marks=() if in_gate else pytest.mark.play)


@pytest.mark.parametrize(("kind", "name"), list(hostile_charts()))
def test_text_is_printed_as_it_is_written(kind, name):
    chart = everything(name)[kind]
    figure = chart.paper()
    figure.draw_without_rendering()
    written = [text for text in figure.findobj(Text) if text.get_text()]
    assert not any(text.get_parse_math() for text in written)
    shown = [text.get_text().replace("\n", " ") for text in written]
    assert sum(name.replace("\n", " ") in text for text in shown) >= 2
    assert render(figure, "svg").startswith(b"<?xml")


def test_a_sheet_and_a_page_print_text_as_it_is_written():
    heatmap, bars = (everything(HOSTILE[0])[kind] for kind in ("heatmap", "bars"))
    assert render(sheet([heatmap, bars], 2)).startswith(b"\x89PNG")
    page = Page(heatmap, 5, 4, font_size=8, tight=True)
    assert min(page.size) > 100


@pytest.mark.parametrize("kind", everything("x"))
def test_text_is_no_markup_on_the_screen(kind):
    name = "<b>%{x}</b>"
    sent = everything(name)[kind].screen(LIGHT).to_dict()
    keys = {"x", "y", "customdata"}

    def shown(node):
        if isinstance(node, dict):
            for key, value in node.items():
                # These are keys: what is shown for them are their aliases.
                if key not in keys:
                    yield from shown(value)
        elif isinstance(node, list):
            for value in node:
                yield from shown(value)
        elif isinstance(node, str):
            yield node

    texts = list(shown(sent))
    assert any("&lt;b&gt;" in text for text in texts)
    assert not any("<b>" in text or "%{x}</b>" in text for text in texts)


def test_what_no_font_has_is_said_below_the_figure():
    known, unknown = "rate é −", "\U000f0000"
    assert missing_letters(known) == ""
    assert missing_letters(f"{known}{unknown}{unknown}") == unknown
    figure = new_figure(4, 3, dpi=50)
    figure.text(0.5, 0.5, known)
    render(figure)
    assert len(figure.texts) == 1
    figure.text(0.5, 0.7, unknown)
    render(figure)
    assert figure.texts[-1].get_text().startswith("Boxes stand for 1 letter that")
    render(figure)
    assert len(figure.texts) == 3


def test_labels_of_rows_do_not_overlap_where_there_are_many():
    heatmap = Heatmap(pd.DataFrame(0.5, range(150), range(150)))
    figure = heatmap.paper(width=8, height=8)
    figure.draw_without_rendering()
    axes = figure.axes[0]
    assert not axes.texts
    boxes = [label.get_window_extent() for label in axes.get_yticklabels()]
    assert len(boxes) == 50
    assert all(after.y1 <= before.y0 + 1 for before, after in pairwise(boxes))
    assert {label.get_fontsize() for label in axes.get_yticklabels()} == {6}


def test_each_axis_and_the_bar_have_a_size_of_their_own():
    heatmap = Heatmap(pd.DataFrame(0.5, ["north", "south", "west"], range(120)), decimals=None)
    cells, bar = heatmap.paper(width=10, height=3).axes
    assert {label.get_fontsize() for label in cells.get_yticklabels()} == {10}
    assert {label.get_fontsize() for label in bar.get_yticklabels()} == {10}
    assert {label.get_fontsize() for label in cells.get_xticklabels()} == {6}
