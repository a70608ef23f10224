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

DRAWS = range(3)


def frame(plot: Plot) -> pd.DataFrame:
    return pd.DataFrame(plot.points, columns=["x", "y"]).assign(group=plot.groups)


@pytest.mark.parametrize("draw", DRAWS)
def test_the_truth_about_r_is_that_of_the_points(draw: int) -> None:
    for plot in deck("r", draw):
        table = frame(plot)
        assert plot.truth == pytest.approx(table["x"].corr(table["y"]), abs=6e-4)
        assert f"{table['x'].corr(table['y']):z.2f}".replace("-", "−") in plot.why


def far_out(table: pd.DataFrame) -> "pd.Series[bool]":
    away = (table[["x", "y"]] - table[["x", "y"]].median()).abs()
    return (away > 6 * away.median()).any(axis=1)


def apart(table: pd.DataFrame) -> float:
    """r within the groups, by a loop over them."""
    parts = [part[["x", "y"]] - part[["x", "y"]].mean() for _, part in table.groupby("group")]
    centred = pd.concat(parts)
    return centred["x"].corr(centred["y"])


@pytest.mark.parametrize("draw", DRAWS)
def test_the_kind_of_a_pair_is_what_its_numbers_say(draw: int) -> None:
    for plot in deck("kind", draw):
        table = frame(plot)
        near = table[~far_out(table)]
        r, without = table["x"].corr(table["y"]), near["x"].corr(near["y"])
        within, both = apart(table), apart(near)
        stays = [value * np.sign(r) >= 0.5 for value in (without, within, both)]
        goes = [abs(value) < 0.2 for value in (without, within, both)]
        assert abs(r) >= 0.5
        assert len(table) - len(near) <= 2
        kind = KINDS[int(plot.truth)]
        if kind == REAL:
            assert all(stays)
        if kind == SPURIOUS:
            assert stays[0]
            assert goes[1:] == [True, True]
        if kind == ARTEFACT:
            assert stays[1]
            assert goes[0]
            assert goes[2]
        assert f"{r:z.2f}".replace("-", "−") in plot.why
        assert "-" not in plot.why + plot.in_words
        assert ("Far out:" in plot.in_words) == (len(near) < len(table))


def test_neither_a_far_point_nor_the_number_of_groups_tells_the_kind() -> None:
    seen = {
        (KINDS[int(plot.truth)], bool(far_out(frame(plot)).any()), len(set(plot.groups)))
        for draw in DRAWS
        for plot in deck("kind", draw)
    }
    for kind in (REAL, SPURIOUS):
        assert {(kind, far, groups) for far in (False, True) for groups in (2, 3)} <= seen
    assert {(ARTEFACT, True, 2), (ARTEFACT, True, 3)} <= seen


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


TRUE = (-0.8, -0.4, 0.25, 0.5, 0.7)


@pytest.mark.parametrize(
    ("off", "words"), [(-0.1, "You put |r| lower than it is, by 0.10"), (0.1, "higher")]
)
def test_a_lean_is_told(off: float, words: str) -> None:
    said = bias([(r, r + np.sign(r) * off) for r in TRUE])
    assert words in said
    assert "no sign wrong" in said


def test_signs_are_told_before_sizes() -> None:
    said = bias([(r, -r) for r in TRUE])
    assert "you had the sign of 5 wrong" in said
    assert "lean" in said
    assert "lower" not in said
    assert "higher" not in said
    mixed = bias([*((r, r - np.sign(r) * 0.1) for r in TRUE), (0.6, -0.9)])
    assert "Of 6 plots" in mixed
    assert "the sign of 1 wrong. In the others you put |r| lower than it is, by 0.10" in mixed


def test_near_zero_no_sign_is_wrong() -> None:
    far_away = [(0.1, -0.9), (-0.1, 0.9), (0.19, -0.5)]
    exact = [(r, r) for r in TRUE]
    assert bias(exact + far_away) == bias(exact)
    assert "no lean" in bias(exact)


@pytest.mark.parametrize("plots", [8, 20, 40])
def test_who_leans_nowhere_is_seldom_told_a_lean(plots: int) -> None:
    generator = np.random.default_rng(plots)
    told = 0
    for _ in range(400):
        truths = generator.uniform(-0.97, 0.97, plots)
        said = truths + generator.normal(0, 0.15, plots)
        told += "put |r|" in bias(list(zip(truths, said, strict=True)))
    assert told <= 0.1 * 400


def test_too_few_guesses_show_nothing() -> None:
    assert "After 5 guesses" in bias([(0.5, 0.4)])


def test_confusions_are_counted() -> None:
    counts = confusions([(0, 0), (0, 1), (2, 1)])
    assert counts.loc["is real", "said spurious"] == 1
    assert counts.loc["is artefact", "said spurious"] == 1
    assert counts.to_numpy().sum() == 3
