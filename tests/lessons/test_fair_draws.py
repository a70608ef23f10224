"""What exercises compute by a formula, against SciPy and simulation."""

import numpy as np
import pytest
from scipy import stats

from lessons.action.practice.groups import _Pair
from lessons.action.practice.predictors import _Two
from lessons.fair_draws import apart, fair, interval_of_r, p_of_r


def test_p_and_interval_of_an_r_are_those_of_scipy() -> None:
    rng = np.random.default_rng(0)
    for n in (8, 40, 300):
        x, noise = rng.standard_normal((2, n))
        found = stats.pearsonr(x, 0.3 * x + noise)
        assert p_of_r(found.statistic, n) == pytest.approx(found.pvalue)
        assert interval_of_r(found.statistic, n) == pytest.approx(found.confidence_interval())


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


def test_a_draw_that_is_never_fair_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="fair"):
        fair(lambda: 1, lambda one: one > 1)


def test_values_apart() -> None:
    assert apart([1, -2.1, 4.5], 2)
    assert not apart([1, 2.1, -4], 2)
