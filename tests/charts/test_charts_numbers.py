"""Numbers as figures write them."""

from fractions import Fraction
from html import unescape

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.charts import LIGHT, Heatmap, number_text, p_text, short_p_text, significant_text
from lib.charts.numbers import log_ticks, round_ticks, tick_texts

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def read(text: str) -> float:
    """The number that a reader takes a text for."""
    text = text.replace("−", "-").replace(",", "")
    if "×10" in text:
        factor, power = text.split("×10")
        return float(f"{factor}e{power.translate(SUPERSCRIPTS)}")
    return float(text)


@given(st.floats(-1, 1), st.integers(1, 4))
def test_what_is_almost_one_does_not_read_one(value, decimals):
    text = number_text(value, decimals)
    if text[0] in "<>":
        assert abs(value) > abs(read(text[1:]))
        assert abs(value) < 1
    elif abs(value) < 1 - 1e-9:
        assert abs(read(text)) < 1
        assert abs(Fraction(read(text)) - Fraction(value)) <= Fraction(1, 2 * 10**decimals)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.994, "0.99"),
        (0.996, "0.996"),
        (-0.9996, "−0.9996"),
        (0.99999, ">0.9999"),
        (1 - 1e-12, "1.00"),
    ],
)
def test_one_and_what_is_beside_it(value, text):
    assert number_text(value) == text


@pytest.mark.parametrize("theme_or_paper", ["screen", "paper"])
def test_both_media_write_what_is_almost_one(theme_or_paper):
    heatmap = Heatmap(pd.DataFrame({"x": [0.999, -0.99999, 1.0]}))
    if theme_or_paper == "screen":
        shown = [
            unescape(text) for trace in heatmap.screen(LIGHT).data[1:] for text in trace["text"]
        ]
    else:
        shown = [text.get_text() for text in heatmap.paper().axes[0].texts]
    assert sorted(shown) == sorted(["0.999", "<−0.9999", "1.00"])


def test_an_inequality_is_spoken_as_one():
    values = pd.DataFrame({"x": [0.00001, 0.04]})
    heatmap = Heatmap(values, (0, 1), text=values.map(short_p_text), scale="p")
    assert heatmap.meanings.ravel().tolist() == ["p < 0.001", "p = 0.040"]
    assert Heatmap(pd.DataFrame({"x": [0.9999999]})).meanings[0, 0] == "r > 0.9999"


@given(st.floats(0, 1))
def test_no_p_value_reads_zero(p):
    text = p_text(p)
    assert text == "p < 0.001" if p < 0.001 else 0 < read(text.removeprefix("p = ")) <= 1


@given(st.floats(-1e11, 1e11).filter(lambda value: value == 0 or abs(value) > 1e-300))
def test_significant_digits_are_those_of_the_number(value):
    assert read(significant_text(value, 4)) == pytest.approx(value, rel=1e-3)


@given(
    st.lists(
        st.floats(-1e9, 1e9).filter(lambda value: value == 0 or abs(value) > 1e-12),
        unique=True,
        min_size=1,
        max_size=4,
    )
)
def test_different_ticks_have_different_texts_and_none_reads_zero(values):
    values = list({float(f"{value:.6g}") for value in values})
    for decimals in (None, 0, 2):
        texts = tick_texts(values, decimals)
        assert len(set(texts)) == len(values)
        assert all(
            (read(text) == 0) == (value == 0)
            for text, value in zip(texts, values, strict=True)
            if text[0] not in "<>"
        )


@given(st.floats(1e-3, 1e5), st.floats(10, 1e6))
def test_labels_of_a_logarithmic_scale_are_round_and_within_it(low, ratio):
    ticks = log_ticks(low, low * ratio)
    assert ticks == sorted(set(ticks))
    for tick in ticks:
        assert low * 0.999999 <= tick <= low * ratio * 1.000001
        assert f"{tick:e}"[0] in "125"
        assert f"{tick:e}"[2:8] == "000000"
    assert len(ticks) >= 1
    assert len(ticks) <= 12


@given(st.floats(1e-6, 1e6))
def test_a_height_has_a_few_round_ticks(high):
    ticks = round_ticks(high)
    assert 2 <= len(ticks) <= 4
    assert ticks[0] == 0
    assert ticks[-1] <= high * (1 + 1e-8)
    assert ticks[-1] >= 0.4 * high


BARS = [
    pd.DataFrame(np.array([[1.0, -2.33], [0.5, 1.3]]) * 1e-6),
    pd.DataFrame([[-1234.0, 5.0], [3.0, 2718.0]]),
    pd.DataFrame([[0.2, 0.2000001], [0.2000002, 0.2000003]]),
]


@pytest.mark.parametrize("values", BARS)
def test_a_bar_states_its_true_ends_on_both_media(values):
    heatmap = Heatmap(values, limits=None, decimals=0)
    bar = heatmap.screen(LIGHT).data[0]["colorbar"]
    low, high = heatmap.range
    assert [bar["tickvals"][0], bar["tickvals"][-1]] == [low, high]
    ends = [bar["ticktext"][0], bar["ticktext"][-1]]
    assert len(set(ends)) == 2
    for end, value in zip(ends, (low, high), strict=True):
        assert read(end) == pytest.approx(value, rel=0.01)
    on_paper = heatmap.paper().axes[1]
    texts = [label.get_text() for label in on_paper.get_yticklabels()]
    assert read(texts[0]) == pytest.approx(low, rel=0.01)
    assert read(texts[-1]) == pytest.approx(high, rel=0.01)
    assert len(set(texts)) == len(texts)


def test_what_overruns_the_bar_is_said_on_both_media():
    values = pd.DataFrame([[1000.0, 0.5], [-0.5, -7.25]])
    heatmap = Heatmap(values, limits=(-2, 2))
    drawing = heatmap.screen(LIGHT)
    assert drawing.data[0]["colorbar"]["ticktext"] == ["◂ −2", "0", "2 ▸"]
    assert drawing.layout["annotations"][0]["text"].replace("<br>", " ") == (
        "r, down to −7.25, up to 1,000"
    )
    figure = heatmap.paper()
    label = figure.axes[1].get_ylabel().replace("\n", " ")
    assert label == "r, down to −7.25, up to 1,000"
    assert figure.axes[0].collections[0].colorbar.extend == "both"


def test_nothing_overruns_by_a_rounding_error():
    heatmap = Heatmap(pd.DataFrame([[1 + 2e-16, 1.0000000000000002]]))
    assert heatmap.overruns == (None, None)
    assert heatmap.paper().axes[0].collections[0].colorbar.extend == "neither"


def test_hidden_cells_overrun_nothing():
    values = pd.DataFrame([[5.0, 0.5]])
    assert Heatmap(values, hidden=values > 1).overruns == (None, None)
