"""What exercises of several lessons share."""

import numpy as np
import pytest

import datasets
from lessons.practising import Slip, bands, measurements

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
