"""What the critic's sentences state, computed: on drawn numbers whose truth is known."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from scipy import stats
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import TargetEncoder
from statsmodels.tsa.stattools import ccf

from lib.critic import review_text


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(18)


def _share_of_stars(first: np.ndarray, second: np.ndarray) -> float:
    p = stats.pearsonr(first, second, axis=1).pvalue
    return float(np.mean(p < 0.05))


def test_levels_that_wander_have_large_r_of_either_sign(
    rng: np.random.Generator,
) -> None:
    steps = rng.normal(size=(2, 500, 120))
    walks = steps.cumsum(axis=2)
    r = stats.pearsonr(walks[0], walks[1], axis=1).statistic
    assert (r > 0.5).mean() > 0.1
    assert (r < -0.5).mean() > 0.1
    assert _share_of_stars(*walks) > 0.6
    assert _share_of_stars(*np.diff(walks, axis=2)) < 0.09


def test_values_that_overlap_earn_stars_by_chance(
    rng: np.random.Generator,
) -> None:
    steps = rng.normal(size=(2, 500, 240)).cumsum(axis=2)
    yearly = steps[:, :, 12:] - steps[:, :, :-12]
    assert _share_of_stars(*yearly) > 0.3
    assert _share_of_stars(*yearly[:, :, ::12]) < 0.09


def test_changes_keep_a_season_that_means_take_out(
    rng: np.random.Generator,
) -> None:
    index = pd.date_range("2000-01-01", periods=144, freq="MS")
    wave = 10 * np.cos(2 * np.pi * index.month / 12)
    table = pd.DataFrame(rng.normal(size=(144, 2)) + wave.to_numpy()[:, None], index)
    changes = table.diff()
    calm = changes - changes.groupby(changes.index.month).transform("mean")
    assert changes.corr().iloc[0, 1] > 0.8
    assert abs(calm.corr().iloc[0, 1]) < 0.3


def test_the_mended_cross_correlation_stays_in_its_band(
    rng: np.random.Generator,
) -> None:
    code = "from statsmodels.tsa.stattools import ccf\nr = ccf(x, y)[:31]"
    (finding,) = review_text(code).findings
    assert finding.fix is not None
    mended = finding.fix.applied(finding.fix.cells[0])
    outside = {"as they are": 0, "prewhitened": 0}
    for _ in range(20):
        x, y = np.zeros((2, 200))
        noise = rng.normal(size=(2, 200))
        for row in range(1, 200):
            x[row], y[row] = 0.9 * x[row - 1] + noise[0, row], 0.9 * y[row - 1] + noise[1, row]
        names = {"x": x, "y": y}
        exec(mended, names)  # what the critic itself has written
        outside["as they are"] += int((abs(ccf(x, y)[:31]) > 1.96 / np.sqrt(200)).sum())
        outside["prewhitened"] += int((abs(names["r"]) > 1.96 / np.sqrt(200)).sum())
    assert outside["as they are"] > 150  # of 620, where 31 are due to chance
    assert outside["prewhitened"] < 62


def test_a_leave_one_out_code_tells_the_outcome_exactly(
    rng: np.random.Generator,
) -> None:
    homes = pd.DataFrame({"area": rng.integers(20, size=400), "price": rng.normal(size=400)})
    groups = homes.groupby("area")["price"]
    homes["code"] = (groups.transform("sum") - homes["price"]) / (groups.transform("count") - 1)
    for _, group in homes.groupby("area"):
        assert group["code"].corr(group["price"]) == pytest.approx(-1)


def test_a_mean_with_its_own_outcome_knows_noise(
    rng: np.random.Generator,
) -> None:
    homes = pd.DataFrame({"area": rng.integers(100, size=400), "price": rng.normal(size=400)})
    own = homes.groupby("area")["price"].transform("mean")
    others = TargetEncoder(target_type="continuous").fit_transform(homes[["area"]], homes["price"])
    assert own.corr(homes["price"]) > 0.4
    assert abs(np.corrcoef(others[:, 0], homes["price"])[0, 1]) < 0.2


def test_the_second_class_of_the_tumours_is_benign() -> None:
    assert list(load_breast_cancer().target_names) == ["malignant", "benign"]


def test_names_beside_a_heatmap_all_stand_and_the_first_at_the_top() -> None:
    scale = np.linspace(0, 1, 50).round(2)
    table = np.zeros((50, 50))
    named = sns.heatmap(table, yticklabels=scale, ax=plt.figure().subplots())
    assert len(named.get_yticklabels()) == 50
    low, high = named.get_ylim()
    assert low > high
    indexed = sns.heatmap(pd.DataFrame(table, scale), ax=plt.figure().subplots())
    assert len(indexed.get_yticklabels()) < 30
    plt.close("all")
