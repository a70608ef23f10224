"""What exercises compute by formula, against what the formula stands for."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lessons.action.practice.groups import _Pair
from lessons.action.practice.predictors import _Two
from lessons.categorical.tables import after_bergsma
from lessons.time_series.practice.links import _starred_changes
from lessons.time_series.practice.starred import starred
from lib.stats import cramers_v, effective_n_known


@pytest.mark.parametrize("levels", [2, 3, 6])
def test_a_printed_v_is_corrected_as_its_table_would_be(levels: int) -> None:
    counts = np.full((levels, levels), 4) + 9 * np.eye(levels, dtype=int)
    v = stats.contingency.association(counts, method="cramer")
    corrected = after_bergsma(v, levels, int(counts.sum()))
    assert corrected == pytest.approx(cramers_v(table=pd.DataFrame(counts)))
    assert 0 < corrected < v


def test_means_of_offices_explain_what_their_number_says() -> None:
    people, offices = 101, 21
    random = np.random.default_rng(0)
    salaries, office = random.lognormal(size=people), np.arange(people) % offices
    explained = []
    for _ in range(600):
        dealt = pd.Series(random.permutation(salaries))
        explained.append(dealt.groupby(office).transform("mean").var() / dealt.var())
    # The standard error of the mean is near a quarter of a point.
    assert np.mean(explained) == pytest.approx((offices - 1) / (people - 1), abs=0.01)


@pytest.mark.parametrize(("phi", "rows"), [(0.2, 200), (0.6, 200), (0.8, 400)])
def test_the_short_formula_is_good_enough_where_it_is_asked_for(phi: float, rows: int) -> None:
    echo = tuple(phi ** np.arange(rows))
    assert rows * (1 - phi**2) / (1 + phi**2) == pytest.approx(
        effective_n_known(echo, echo), rel=0.05
    )


def test_changes_that_overlap_have_stars_and_those_apart_have_not() -> None:
    steps = np.random.default_rng(1).normal(size=(2000, 400))
    walks = steps.cumsum(axis=1)
    over = walks[:, 10:] - walks[:, :-10]

    def share(series: np.ndarray) -> float:
        return 100 * np.mean(stats.pearsonr(series[:1000], series[1000:], axis=1).pvalue < 0.05)

    overlapping, apart = _starred_changes(400, 10, 1), _starred_changes(400, 10, 10)
    assert overlapping == pytest.approx(share(over))
    assert apart == pytest.approx(share(over[:, ::10]))
    assert apart < 8 < 30 < overlapping


def test_pairs_with_an_echo_have_the_stars_of_so_many_rows_less() -> None:
    # r strays like that of 240 rows, and must leave the range of 400.
    critical = stats.norm.isf(0.025) / np.sqrt(400)
    expected = 200 * stats.norm.sf(critical * np.sqrt(400 * (1 - 0.25) / (1 + 0.25)))
    assert starred("0.5", "nothing", 400) == pytest.approx(expected, abs=2)


def test_the_error_of_two_predictors_is_that_of_many_tables() -> None:
    two = _Two(0.9, 20, 0.7)
    rng = np.random.default_rng(1)
    errors, seconds = [], []
    for _ in range(4000):
        x1, fresh, noise = rng.standard_normal((3, two.n))
        x = np.column_stack([np.ones(two.n), x1, two.r * x1 + np.sqrt(1 - two.r**2) * fresh])
        y = x @ [0, 1, two.effect] + noise
        truth = np.array([0, 1, two.effect])
        covariance = np.array([[1, 0, 0], [0, 1, two.r], [0, two.r, 1]])
        both = np.linalg.lstsq(x, y, rcond=None)[0]
        one = np.append(np.linalg.lstsq(x[:, :2], y, rcond=None)[0], 0)
        errors.append([1 + (w - truth) @ covariance @ (w - truth) for w in (both, one)])
        seconds.append(both[2])
    assert np.mean(errors, axis=0) == pytest.approx([two.with_both, two.with_one], abs=0.015)
    assert np.std(seconds) == pytest.approx(two.spread, rel=0.05)


def test_the_p_of_a_difference_keeps_its_level() -> None:
    rng = np.random.default_rng(2)

    def sampled(n: int) -> float:
        x, noise = rng.standard_normal((2, n))
        return float(np.corrcoef(x, 0.5 * x + noise)[0, 1])

    p = [_Pair(sampled(40), 40, sampled(25), 25).difference_p for _ in range(2000)]
    assert np.mean(np.array(p) < 0.05) == pytest.approx(0.05, abs=0.015)
    assert np.mean(np.array(p) < 0.5) == pytest.approx(0.5, abs=0.04)
