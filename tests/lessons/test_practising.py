"""What exercises of several lessons share: fair draws, p and interval of an r, and bands."""

import numpy as np
import pytest
from scipy import stats

import datasets
from lessons.practising import (
    Slip,
    apart,
    bands,
    fair,
    interval_of_r,
    measurements,
    p_of_r,
    ranges,
)

LOW, HIGH = Slip("too low", "low"), Slip("too high", "high")
TWICE = Slip("twice", "twice")


def said(found: list, number: float) -> list[str]:
    return [band.misconception for band in found if band.contains(number)]


def test_a_slip_has_a_band_of_its_own_and_what_is_between_is_too_low_or_too_high() -> None:
    found = bands(10, 100, {20: TWICE}, LOW, HIGH)
    answers = {0: "low", 9: "low", 11: "high", 19: "high", 20: "twice", 21: "high", 100: "high"}
    for number, expected in answers.items():
        assert said(found, number) == [expected]


def test_a_slip_that_cannot_be_told_from_the_value_is_left_out() -> None:
    assert said(bands(10, 100, {10: TWICE}, LOW, HIGH), 10.2) == ["high"]
    assert "twice" not in {band.misconception for band in bands(10, 15, {20: TWICE}, LOW, HIGH)}


def test_slips_of_decimals_have_narrow_bands() -> None:
    found = bands(0.3, 1, {-0.25: TWICE}, LOW, HIGH, low=-1)
    assert [said(found, number) for number in (-0.25, -0.24, -1, 1)] == [
        ["twice"], ["low"], ["low"], ["high"],
    ]  # fmt: skip


def test_what_is_typed_may_be_as_far_from_a_slip_as_is_said() -> None:
    found = bands(10, 100, {20: TWICE}, LOW, HIGH, near=2)
    answers = {17.9: "high", 18: "twice", 21.9: "twice", 22: "high"}
    assert {number: said(found, number) for number in answers} == {
        number: [misconception] for number, misconception in answers.items()
    }
    assert said(bands(10, 100, {13: TWICE}, LOW, HIGH, near=2), 13) == ["high"]


def test_one_slip_may_be_for_all_that_is_between() -> None:
    found = bands(10, 100, {20: TWICE}, LOW)
    assert [said(found, number) for number in (9, 20, 30)] == [["low"], ["twice"], ["low"]]


def test_of_slips_that_are_too_near_to_each_other_the_first_counts() -> None:
    found = bands(0.5, 10, {2.0: TWICE, 2.004: HIGH}, LOW)
    assert said(found, 2) == ["twice"]
    assert "high" not in {band.misconception for band in found}


@pytest.mark.parametrize("slips", [{}, {0: TWICE, 99: TWICE, 100: TWICE}, {2.0: TWICE, 2.4: HIGH}])
def test_bands_leave_no_gap(slips: dict[float, Slip]) -> None:
    found = bands(10, 100, slips, LOW, HIGH)
    assert [band.low for band in found][1:] == [band.high for band in found][:-1]
    assert found[0].low == 0
    assert found[-1].high > 100


def test_a_range_that_ends_before_it_begins_is_left_out() -> None:
    found = ranges(0, (3, LOW), (2, TWICE), (5, HIGH))
    assert [(band.low, band.high, band.misconception) for band in found] == [
        (0, 3, "low"),
        (3, 5, "high"),
    ]


@pytest.mark.parametrize("draw", range(8))
def test_measurements_are_complete_rows_of_a_bundled_table(draw: int) -> None:
    drawn = measurements(np.random.default_rng(draw), 3)
    assert len(drawn.names) == len(drawn.pairs) == 3
    assert not drawn.data.isna().to_numpy().any()
    assert drawn.data.index.is_unique
    assert drawn.data.nunique().min() > 5


def test_words_stand_for_the_columns_that_they_name() -> None:
    rng = np.random.default_rng(1)
    drawn = next(
        each
        for each in iter(lambda: measurements(rng, 4), None)
        if each.rows == "cars of 1974" and "horsepower" in each.names
    )
    cars = datasets.load("mtcars")
    assert drawn.data["horsepower"].equals(cars.loc[drawn.data.index, "hp"].astype(float))


def test_a_draw_that_is_never_fair_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="fair"):
        fair(lambda: 1, lambda one: one > 1)


def test_a_draw_may_say_itself_that_it_is_not_fair() -> None:
    drawn = iter([None, 3, None, 8])
    assert fair(lambda: next(drawn), lambda number: number > 5) == 8


def test_values_apart() -> None:
    assert apart([1, -2.1, 4.5], 2)
    assert not apart([1, 2.1, -4], 2)


def test_p_and_interval_of_an_r_are_those_of_scipy() -> None:
    rng = np.random.default_rng(0)
    for n in (8, 40, 300):
        x, noise = rng.standard_normal((2, n))
        found = stats.pearsonr(x, 0.3 * x + noise)
        assert p_of_r(found.statistic, n) == pytest.approx(found.pvalue)
        assert interval_of_r(found.statistic, n) == pytest.approx(found.confidence_interval())
