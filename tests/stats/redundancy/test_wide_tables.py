"""Tables of so many columns that their map would fill the memory: some rows of it at a time."""

import numpy as np
import pandas as pd
import pytest

from lib.stats import leakage_suspects, prune
from lib.stats.correlation import rows_of_r, some_rows


def table(gaps):
    rng = np.random.default_rng(3)
    data = pd.DataFrame(rng.normal(size=(20, 9))).add_prefix("c")
    data["flat"] = 1.0
    data["c2 again"], data["c2 turned"] = data["c2"] * 2 + 1, -data["c2"]
    data["near c5"] = data["c5"] + rng.normal(size=20) / 9
    if gaps:
        data = data.mask(rng.random(data.shape) < 0.2)
    return data


@pytest.fixture(params=[2**20, 30, 1], ids=["whole", "two rows", "one row"])
def cells(request, monkeypatch):
    monkeypatch.setattr(some_rows, "_CELLS_AT_ONCE", request.param)


@pytest.mark.parametrize("gaps", [False, True])
def test_r_equals_that_of_pandas(gaps, cells):
    data = table(gaps)
    found = np.full((len(data.columns),) * 2, np.inf)
    for some, r in rows_of_r(data.to_numpy(), 10):
        found[some] = r
    expected = data.corr(min_periods=10)
    np.testing.assert_allclose(found, expected, atol=1e-12)
    assert (np.abs(found[2, [2, 10, 11]]) == 1).all()


@pytest.mark.parametrize("gaps", [False, True])
def test_what_is_pruned_equals_a_loop(gaps, cells):
    data = table(gaps)
    r, kept = data.corr(min_periods=3).abs(), []
    for name in ["near c5", *data.columns.drop("near c5")]:
        if not (r.loc[name, kept] > 0.9).any():
            kept.append(name)
    found = prune(data, 0.9, priority=["near c5"])
    assert found.kept == [name for name in data.columns if name in kept]
    assert found.dropped["column"].tolist() == [name for name in data.columns if name not in kept]


@pytest.mark.parametrize("gaps", [False, True])
def test_duplicates_and_the_next_best_equal_a_loop(gaps, cells):
    data = table(gaps)
    found = leakage_suspects(data, "c0").loc[data.columns.drop("c0")]
    r = data.dropna(subset="c0").corr(min_periods=10).abs()
    for place, name in enumerate(found.index):
        duplicates = [other for other in found.index if r.loc[name, other] > 1 - 1e-12]
        earlier = [other for other in found.index[:place] if other in duplicates]
        assert found.loc[name, "duplicate_of"] == (earlier[0] if earlier else None)
        best = found["strength"].drop(index=[name, *duplicates], errors="ignore").max()
        lead = found.loc[name, "strength"] - best
        assert found.loc[name, "lead"] == pytest.approx(lead, nan_ok=True)
