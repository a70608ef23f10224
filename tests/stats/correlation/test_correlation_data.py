"""What correlate finds in the course's data: numbers that were computed elsewhere, or published."""

import numpy as np
import pytest

from datasets import load
from lib.stats import correlate


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("pearson", [0.8164, 0.8162, 0.8163, 0.8165]),
        ("spearman", [0.8182, 0.6909, 0.9909, 0.5]),
        ("kendall", [0.6364, 0.5636, 0.9636, 0.4264]),
    ],
)
def test_anscombe_s_four_panels_have_one_r_and_four_rank_correlations(method, expected):
    r = correlate(load("anscombe"), method).r
    found = [r.loc[f"x{panel}", f"y{panel}"] for panel in range(1, 5)]
    assert found == pytest.approx(expected, abs=5e-5)


def test_income_and_infant_mortality_are_closer_by_rank():
    un = load("un")[["ppgdp", "infantMortality"]]
    assert correlate(un).r.iloc[0, 1] == pytest.approx(-0.515, abs=5e-4)
    assert correlate(un, "spearman").r.iloc[0, 1] == pytest.approx(-0.871, abs=5e-4)
    assert correlate(np.log(un)).r.iloc[0, 1] == pytest.approx(-0.875, abs=5e-4)


def test_depth_of_quakes_has_no_trend_along_the_latitude():
    quakes = load("quakes")[["lat", "depth"]]
    assert correlate(quakes).r.iloc[0, 1] == pytest.approx(0.031, abs=5e-4)
    assert correlate(quakes, "spearman").r.iloc[0, 1] == pytest.approx(0.007, abs=5e-4)


def test_air_quality_has_other_rows_for_other_pairs():
    air = load("airquality")[["Ozone", "Solar.R", "Wind", "Temp"]]
    n = correlate(air).n
    assert (n.loc["Ozone", "Solar.R"], n.loc["Ozone", "Wind"], n.loc["Wind", "Temp"]) == (
        111,
        116,
        153,
    )
    assert (correlate(air, missing="complete").n == 111).all(axis=None)


def test_one_section_makes_a_highway_correlation():
    """Row 25 has by far the most access points, and the most signals."""
    pair = load("highway")[["sigs1", "acpt"]]
    with_it, without = correlate(pair), correlate(pair.drop(pair["acpt"].idxmax()))
    assert with_it.r.iloc[0, 1] == pytest.approx(0.513, abs=5e-4)
    assert with_it.p.iloc[0, 1] == pytest.approx(0.0008, abs=5e-5)
    assert without.r.iloc[0, 1] == pytest.approx(0.188, abs=5e-4)
    assert without.p.iloc[0, 1] == pytest.approx(0.26, abs=0.01)


def test_sections_without_signals_have_a_perfect_rank_correlation_by_construction():
    """Their sigs1 is 1 / len. t would say p = 0; of 17! orders, two are perfect."""
    highway = load("highway")[["len", "sigs1"]]
    without = highway[np.isclose(highway["len"] * highway["sigs1"], 1, atol=1e-4)]
    found = correlate(without, "spearman")
    assert found.n.iloc[0, 1] == 17
    assert found.r.iloc[0, 1] == -1
    assert found.p.iloc[0, 1] == pytest.approx(2 / 355_687_428_096_000, rel=1e-12)
