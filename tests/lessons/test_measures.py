"""The cards of measures: numbers against other libraries, and words that hold, draw after draw.

`make play` tries three hundred draws of each.
"""

import re
from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd
import pytest
import scipy.signal
import scipy.stats
import statsmodels.api as sm
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.outliers_influence import variance_inflation_factor
from statsmodels.tsa.stattools import acf

from lessons import COURSE
from lib.charts import LIGHT, Heatmap, Lines, Scatter
from lib.course import Measure, Sample

MEASURES = COURSE.measures
each_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)


def points(sample: Sample, figure: int = 0) -> tuple[np.ndarray, np.ndarray]:
    scatter = sample.figures[figure]
    assert isinstance(scatter, Scatter)
    return scatter.x.to_numpy(), scatter.y.to_numpy()


def counts(sample: Sample) -> np.ndarray:
    heatmap = sample.figures[0]
    assert isinstance(heatmap, Heatmap)
    return heatmap.values.to_numpy()


def series(sample: Sample) -> list[np.ndarray]:
    lines = sample.figures[0]
    assert isinstance(lines, Lines)
    return [lines.values[name].to_numpy() for name in lines.values]


def near(found: object, expected: float, digits: float = 1e-9) -> bool:
    return abs(float(found) - expected) < digits  # type: ignore[arg-type]


def _distance_correlation(x: np.ndarray, y: np.ndarray) -> float:
    """Székely, Rizzo and Bakirov (2007), by their formulas."""
    centred = []
    for values in (x, y):
        gaps = np.abs(values[:, None] - values[None])
        centred.append(gaps - gaps.mean(0) - gaps.mean(1)[:, None] + gaps.mean())
    a, b = centred
    return float(np.sqrt((a * b).mean() / np.sqrt((a * a).mean() * (b * b).mean())))


def _entropy(shares: np.ndarray) -> float:
    return float(scipy.stats.entropy(shares.ravel()))


def pearson(s: Sample) -> bool:
    r = np.corrcoef(*points(s))[0, 1]
    return near(s.facts["r"], r) and near(s.facts["left"], 1 - r**2)


def spearman(s: Sample) -> bool:
    rho, r = scipy.stats.spearmanr(*points(s))[0], np.corrcoef(*points(s))[0, 1]
    return near(s.facts["rho"], rho) and near(s.facts["r"], r) and rho > r > 0


def kendall(s: Sample) -> bool:
    f = s.facts
    tau = scipy.stats.kendalltau(*points(s))[0]
    return near(f["tau"], tau) and near((f["rising"] - f["falling"]) / f["pairs"], tau)


def distance_correlation(s: Sample) -> bool:
    expected = _distance_correlation(*points(s))
    return near(s.facts["distance"], expected) and expected > abs(s.facts["r"]) + 0.1


def mutual_information_estimate(s: Sample) -> bool:
    left, right = points(s), points(s, 1)
    same = all(np.array_equal(np.sort(a), np.sort(b)) for a, b in zip(left, right, strict=True))
    return same and s.facts["linked"] > s.facts["shuffled"] + 0.2 and s.facts["shuffled"] >= 0


def cramers_v_by_chance(s: Sample) -> bool:
    table = counts(s)
    v = scipy.stats.contingency.association(table, correction=False)
    is_smaller = s.facts["corrected"] < s.facts["v"]
    return near(s.facts["v"], v) and is_smaller and v > 0.05 and table.sum() == s.facts["n"]


def theils_u_both_ways(s: Sample) -> bool:
    shares = counts(s) / counts(s).sum()
    country, town = _entropy(shares.sum(1)), _entropy(shares.sum(0))
    shared = country + town - _entropy(shares)
    one, other = s.facts["country"], s.facts["town"]
    return near(one, shared / country) and near(other, shared / town) and near(one, 1) and other < 1


def eta_of_groups(s: Sample) -> bool:
    scatter = s.figures[0]
    assert isinstance(scatter, Scatter)
    assert scatter.groups is not None
    model = sm.OLS(
        scatter.y, sm.add_constant(pd.get_dummies(scatter.groups, dtype=float).iloc[:, 1:])
    )
    return near(s.facts["share"], model.fit().rsquared) and near(
        s.facts["eta"], s.facts["share"] ** 0.5
    )


def odds_ratio(s: Sample) -> bool:
    table = sm.stats.Table2x2(counts(s))
    return (
        near(s.facts["ratio"], table.oddsratio)
        and near(s.facts["risk"], table.riskratio)
        and table.oddsratio > 1.2
    )


def partial_r(s: Sample) -> bool:
    return abs(s.facts["partial"]) < 0.35 and s.facts["r"] > 0.35


def vif(s: Sample) -> bool:
    design = sm.add_constant(np.column_stack(points(s)))
    expected = variance_inflation_factor(design, 1)
    return near(s.facts["vif"], expected, 1e-8) and near(s.facts["error"], expected**0.5, 1e-8)


def friedmans_h(s: Sample) -> bool:
    """What is left of a grid without the means of its rows and columns."""
    cells = counts(s)
    centred = cells - cells.mean()
    together = centred - centred.mean(0) - centred.mean(1)[:, None]
    return near(s.facts["h"], np.sqrt((together**2).sum() / (centred**2).sum()), 1e-6)


def cophenetic(s: Sample) -> bool:
    gaps = squareform(counts(s), checks=False)
    found = {
        linkage: np.corrcoef(gaps, hierarchy.cophenet(hierarchy.linkage(gaps, linkage)))[0, 1]
        for linkage in ("average", "single")
    }
    is_right = all(near(s.facts[linkage], value) for linkage, value in found.items())
    return is_right and s.facts["better"] == max(found, key=found.__getitem__)


def echo_at_lag_one(s: Sample) -> bool:
    expected = acf(series(s)[0], nlags=5)
    return near(s.facts["first"], expected[1]) and near(s.facts["fifth"], expected[5])


@cache
def _independent_rows(n: int, phi: float) -> float:
    """1 + 1 / the variance of r between 4000 pairs of such series."""
    noise = np.random.default_rng(1).normal(size=(2, 4000, n + 100))
    x, y = scipy.signal.lfilter([1], [1, -phi], noise, axis=2)[:, :, 100:]
    x, y = (values - values.mean(1, keepdims=True) for values in (x, y))
    r = (x * y).sum(1) / np.sqrt((x * x).sum(1) * (y * y).sum(1))
    return float(1 + 1 / (r**2).mean())


def effective_rows(s: Sample) -> bool:
    expected = _independent_rows(s.facts["n"], s.facts["phi"])
    needed = s.facts["needed"] > s.facts["found"]
    return near(s.facts["effective"], expected, 0.08 * expected) and needed


def who_leads(s: Sample) -> bool:
    """The leader's values of today are the other's of so many rows later."""
    first, second = series(s)
    lead, follow = (first, second) if s.facts["leader"] == "The first" else (second, first)
    lag = s.facts["lag"]
    r = np.corrcoef(lead[:-lag], follow[lag:])[0, 1]
    return r > 0.75 and abs(r - s.facts["peak"]) < 0.3 and s.facts["peak"] > s.facts["now"]


def smallest_star(s: Sample) -> bool:
    def critical(n: int) -> float:
        t = scipy.stats.t.ppf(0.975, n - 2)
        return float(t / np.sqrt(n - 2 + t**2))

    n = s.facts["n"]
    is_half = 0.45 < critical(4 * n) / critical(n) < 0.55
    return (
        near(s.facts["critical"], critical(n))
        and near(s.facts["more"], critical(4 * n))
        and is_half
    )


def holm(s: Sample) -> bool:
    p, pairs = s.facts["p"], s.facts["pairs"]
    keeps, adjusted, *_ = multipletests([p] + [0.5] * (pairs - 1), method="holm")
    says = {"It does": True, "It does not": False}[str(s.facts["verdict"])]
    return near(s.facts["adjusted"], adjusted[0]) and bool(keeps[0]) == says and p > 0


def adjusted_residual(s: Sample) -> bool:
    table = sm.stats.Table(counts(s), shift_zeros=False)
    residuals = table.standardized_resids
    place = np.unravel_index(np.abs(residuals).argmax(), residuals.shape)
    return (
        near(s.facts["residual"], residuals[place])
        and near(s.facts["expected"], table.fittedvalues[place])
        and s.facts["largest"] == counts(s).max()
        and s.facts["count"] < s.facts["largest"]
    )


HOLDS: dict[str, Callable[[Sample], bool]] = {
    name: predicate for name, predicate in globals().items() if name in MEASURES
}


def check(measure: Measure, draws: range) -> None:
    for draw in draws:
        sample = measure.sample(draw)
        assert HOLDS[measure.slug](sample), (measure.slug, draw, sample.facts)
        for text in (measure.front(draw), measure.back(draw), sample.description):
            assert "undefined" not in text, (draw, text)
            assert not re.search(r"nan\b|[{}]|-\d", text), (draw, text)
        assert bool(sample.figures) == bool(sample.description)


def test_there_is_a_predicate_for_each_measure() -> None:
    assert len(MEASURES) >= 14
    assert set(HOLDS) == set(MEASURES)
    assert not set(MEASURES) & set(COURSE.misconceptions)


@each_measure
def test_a_measure_says_what_other_libraries_say(measure: Measure) -> None:
    check(measure, range(6))


@pytest.mark.play
@each_measure
def test_three_hundred_draws(measure: Measure) -> None:
    check(measure, range(300))


def printed(text: str) -> list[float]:
    numbers = re.findall(r"−?\d+(?:\.\d+)?", text)
    return [float(number.replace("−", "-")) for number in numbers]


@pytest.mark.parametrize("draw", range(60))
def test_who_reckons_with_what_is_printed_gets_what_is_printed(draw: int) -> None:
    r, *_, left = printed(MEASURES["pearson"].back(draw))
    assert f"{1 - r**2:.0%}" == f"{left:.0f}%"
    assert f"{r:.1f}" == f"{round(r + np.sign(r) * 1e-9, 1):.1f}"
    eta, share = printed(MEASURES["eta_of_groups"].back(draw))
    assert f"{eta**2:.0%}" == f"{share:.0f}%"
    r = printed(MEASURES["vif"].front(draw))[0]
    inflation, *_, error = printed(MEASURES["vif"].back(draw))
    assert f"{1 / (1 - r**2):.2f}" == f"{inflation:.2f}"
    assert f"{inflation**0.5:.1f}" == f"{error:.1f}"
    ratio, a, b, c, d, _, first, _, second, risk = printed(MEASURES["odds_ratio"].back(draw))
    assert f"{(a / b) / (c / d):.2f}" == f"{ratio:.2f}"
    assert (first, second) == (a + b, c + d)
    assert f"{(a / first) / (c / second):.2f}" == f"{risk:.2f}"
    p, pairs, adjusted, *_ = printed(MEASURES["holm"].back(draw))
    assert p * pairs == pytest.approx(adjusted, abs=1e-9)


@each_measure
def test_its_figures_can_be_drawn_and_its_numbers_are_fresh(measure: Measure) -> None:
    for figure in measure.sample(0).figures:
        figure.screen(LIGHT, width=360)
    backs = {measure.back(draw) for draw in range(6)}
    assert len(backs) >= 3
    assert measure.back(3) == measure.back(3)


@each_measure
def test_its_step_is_there(measure: Measure) -> None:
    assert measure.step in {stop.slug for stop in COURSE.lesson(measure.lesson).stops}
