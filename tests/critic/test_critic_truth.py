"""What the critic's sentences state, computed: on drawn numbers whose truth is known."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from scipy import stats
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import adjusted_mutual_info_score, normalized_mutual_info_score
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import TargetEncoder
from sklearn.utils import resample
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


def _colours_of_a_pair(**limits: float) -> np.ndarray:
    """What seaborn paints r = 0.8 and r = −0.8 in, as distances from the neutral colour."""
    r = pd.DataFrame([[0.8, -0.8]])
    figure, ax = plt.subplots()
    mesh = sns.heatmap(r, cmap="gray", center=0, ax=ax, cbar=False, **limits).collections[0]
    figure.canvas.draw()
    plt.close(figure)
    return np.abs(mesh.get_facecolors()[:, 0] - 0.5)


def test_one_early_end_beside_a_centre_gives_equal_strength_unequal_colour() -> None:
    plus, minus = _colours_of_a_pair(vmax=0.3)
    assert plus < 0.5 * minus
    plus, minus = _colours_of_a_pair(vmax=1)
    assert plus == pytest.approx(minus, abs=0.01)
    assert plus == pytest.approx(0.4, abs=0.01)  # of the half that −1 to 1 would take


def test_groups_that_know_nothing_of_each_other_share_by_chance(
    rng: np.random.Generator,
) -> None:
    few, many = (rng.integers(groups, size=(2, 200)) for groups in (3, 50))
    assert normalized_mutual_info_score(*many) > 0.4
    assert normalized_mutual_info_score(*many) > 10 * normalized_mutual_info_score(*few)
    assert abs(adjusted_mutual_info_score(*many)) < 0.1


def test_rows_that_were_copied_before_the_split_are_known_by_heart(
    rng: np.random.Generator,
) -> None:
    rows, ill = rng.normal(size=(400, 5)), np.arange(400) < 40
    copies = resample(rows[ill], n_samples=360, random_state=0)
    X, y = np.vstack([rows[~ill], copies]), np.repeat([0, 1], 360)
    shares = []
    for table, outcome in ((X, y), (rows, ill)):
        parts = train_test_split(table, outcome, random_state=0, stratify=outcome)
        model = KNeighborsClassifier(1).fit(parts[0], parts[2])
        shares.append(model.predict(parts[1])[parts[3] == 1].mean())
    copied, honest = shares
    assert copied > 0.9
    assert honest < 0.4
