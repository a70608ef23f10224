"""Decks of the speed challenge: what is called true is so of the points as they are drawn."""

import numpy as np
import pandas as pd
import pytest

from lib.study.speed import (
    ARTEFACT,
    KINDS,
    REAL,
    SPURIOUS,
    Plot,
    bias,
    confusions,
    deck,
    kind_of,
    score,
    tolerance,
)

DRAWS = range(6)


def frame(plot: Plot) -> pd.DataFrame:
    return pd.DataFrame(plot.points, columns=["x", "y"]).assign(group=plot.groups)


@pytest.mark.parametrize("draw", DRAWS)
def test_the_truth_about_r_is_that_of_the_points(draw: int) -> None:
    for plot in deck("r", draw):
        table = frame(plot)
        assert plot.truth == pytest.approx(table["x"].corr(table["y"]), abs=6e-4)
        assert f"{table['x'].corr(table['y']):.2f}" in plot.why


@pytest.mark.parametrize("draw", DRAWS)
def test_the_kind_of_a_pair_is_what_its_numbers_say(draw: int) -> None:
    for plot in deck("kind", draw):
        table = frame(plot)
        away = (table[["x", "y"]] - table[["x", "y"]].median()).abs()
        far = (away > 6 * away.median()).any(axis=1)
        near = table[~far]
        centred = near.groupby("group")[["x", "y"]].transform(lambda values: values - values.mean())
        r, within = table["x"].corr(table["y"]), centred["x"].corr(centred["y"])
        assert abs(r) >= 0.5
        kind = KINDS[int(plot.truth)]
        if kind == REAL:
            assert abs(within) > 0.5
            assert not far.any()
        if kind == SPURIOUS:
            assert abs(within) < 0.2
            assert not far.any()
        if kind == ARTEFACT:
            assert abs(near["x"].corr(near["y"])) < 0.2
            assert 1 <= far.sum() <= 2


def test_each_kind_comes_up_in_a_deck_and_r_of_either_sign() -> None:
    assert {plot.truth for plot in deck("kind", 0)} == {0, 1, 2}
    signs = np.sign([plot.truth for plot in deck("r", 0)])
    assert set(signs) == {-1, 1}


def test_decks_are_drawn_anew_and_can_be_had_again() -> None:
    assert deck("r", 1) == deck("r", 1)
    assert deck("r", 1) != deck("r", 2)


def test_what_lies_between_the_kinds_has_none() -> None:
    generator = np.random.default_rng(0)
    weak = generator.normal(size=(48, 2))
    assert kind_of(weak, np.zeros(48, int)) == ""


def test_a_guess_may_be_farther_off_where_r_is_small() -> None:
    assert score("r", [(0.0, 0.19), (0.0, -0.19), (0.95, 0.88), (0.95, 0.95)]) == 3
    assert tolerance(0.3) == tolerance(-0.3) > tolerance(0.6)


@pytest.mark.parametrize(
    ("off", "words"), [(-0.1, "lower than it is, by 0.10"), (0.1, "higher"), (0.01, "neither")]
)
def test_a_bias_is_told(off: float, words: str) -> None:
    guesses = [(r, r + np.sign(r) * off) for r in (-0.8, -0.4, 0.2, 0.5, 0.7)]
    assert words in bias(guesses)


def test_too_few_guesses_show_nothing() -> None:
    assert "After 5 guesses" in bias([(0.5, 0.4)])


def test_confusions_are_counted() -> None:
    counts = confusions([(0, 0), (0, 1), (2, 1)])
    assert counts.loc["is real", "said spurious"] == 1
    assert counts.loc["is artefact", "said spurious"] == 1
    assert counts.to_numpy().sum() == 3
