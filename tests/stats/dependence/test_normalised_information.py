"""Mutual information between 0 and 1: against closed forms, scikit-learn and Theil's U."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.special import digamma
from sklearn.metrics import normalized_mutual_info_score

from lib.stats import associate_categories, mutual_information


def both(table, **options):
    return (mutual_information(table, normalised=each, **options) for each in (False, True))


def labels(seed, rows, *levels):
    rng = np.random.default_rng(seed)
    columns = {f"c{k}": rng.integers(k, size=rows).astype(str) for k in levels}
    return pd.DataFrame(columns).assign(both=lambda t: t.iloc[:, 0] + t.iloc[:, 1])


def test_of_two_columns_of_numbers_it_is_linfoot_s():
    rng = np.random.default_rng(1)
    table = pd.DataFrame(rng.normal(size=(80, 4)), columns=list("abcd"))
    table["b"] += table["a"] ** 2
    nats, found = both(table)
    assert found.measure == "normalised mutual information"
    np.testing.assert_allclose(found.value, np.sqrt(1 - np.exp(-2 * nats.value)), atol=1e-12)
    pd.testing.assert_frame_equal(found.n, nats.n)


@pytest.mark.parametrize("r", [0.3, 0.6, 0.95])
def test_of_a_normal_pair_it_is_the_size_of_r(r):
    """10 000 rows; the estimate of I has an error of about .01."""
    x, noise = np.random.default_rng(2).normal(size=(2, 10_000))
    table = pd.DataFrame({"x": x, "y": -r * x + np.sqrt(1 - r**2) * noise})
    assert mutual_information(table, normalised=True).value.loc["x", "y"] == pytest.approx(
        r, abs=0.04
    )


def test_of_two_columns_of_categories_it_equals_scikit_learn():
    table = labels(3, 70, 2, 3, 5)
    found = mutual_information(table, normalised=True).value
    for x in table:
        for y in table:
            if x != y:
                expected = normalized_mutual_info_score(table[x], table[y], average_method="min")
                assert found.loc[x, y] == pytest.approx(expected, abs=1e-12)


def test_of_two_columns_of_categories_it_is_the_larger_u():
    table = labels(4, 70, 2, 3, 4)
    found = mutual_information(table, normalised=True).value
    u = associate_categories(table).u
    larger = np.fmax(u.to_numpy(), u.to_numpy().T)
    off = ~np.eye(len(u), dtype=bool)
    np.testing.assert_allclose(found.to_numpy()[off], larger[off], rtol=0, atol=1e-12)


def test_what_follows_from_the_other_has_exactly_one():
    table = labels(5, 60, 2, 3)
    found = mutual_information(table, normalised=True).value
    assert found.loc["c2", "both"] == found.loc["c3", "both"] == 1
    assert found.loc["c2", "c3"] < 0.2


def test_of_numbers_and_categories_it_is_a_share_of_the_categories_entropy():
    rng = np.random.default_rng(6)
    group = rng.integers(3, size=90)
    table = pd.DataFrame({"group": group.astype(str), "near": group + rng.normal(size=90)})
    nats, found = both(table.assign(apart=10.0 * group + rng.normal(size=90)))
    entropy = stats.entropy(np.bincount(group))
    expected = nats.value.loc["group", "near"] / entropy
    assert found.value.loc["group", "near"] == pytest.approx(expected, abs=1e-12)
    assert 0.9 < found.value.loc["group", "apart"] <= 1


def test_the_floor_and_the_mean_of_chance_are_on_the_same_scale_and_p_stays():
    rng = np.random.default_rng(7)
    table = pd.DataFrame({"x": rng.normal(size=40), "coin": rng.integers(2, size=40).astype(str)})
    table["y"] = table["x"] + rng.normal(size=40)
    nats, found = both(table, shuffles=60, seed=3)
    pd.testing.assert_frame_equal(found.p, nats.p)
    assert found.shuffles == 60
    for x, y in (("x", "y"), ("x", "coin")):
        value, floor, chance = (
            frame.loc[x, y] for frame in (found.value, found.floor, found.chance)
        )
        assert 0 < chance < floor < 1
        assert (value > floor) == (nats.value.loc[x, y] > nats.floor.loc[x, y])
        assert nats.chance.loc[x, y] < nats.floor.loc[x, y]
    again = mutual_information(table, normalised=True, shuffles=60, seed=3)
    pd.testing.assert_frame_equal(again.floor, found.floor)


def test_identifiers_tell_all_and_so_do_shuffles():
    table = pd.DataFrame({"id": [str(row) for row in range(30)], "coin": list("ht") * 15})
    found = mutual_information(table, normalised=True, shuffles=20)
    assert found.value.loc["id", "coin"] == 1
    assert found.floor.loc["id", "coin"] == found.chance.loc["id", "coin"] == 1
    assert found.p.loc["id", "coin"] == 1


def test_unrelated_categories_of_many_levels_seem_to_share_much_as_the_floor_says():
    rng = np.random.default_rng(8)
    table = pd.DataFrame(rng.integers(15, size=(60, 2)).astype(str), columns=["x", "y"])
    found = mutual_information(table, normalised=True, shuffles=50)
    assert found.value.loc["x", "y"] > 0.4
    assert found.chance.loc["x", "y"] == pytest.approx(found.value.loc["x", "y"], abs=0.1)


def test_what_does_not_vary_is_undefined():
    table = pd.DataFrame({"flat": ["a"] * 9, "coin": list("hthhttthh"), "x": np.arange(9.0)})
    found = mutual_information(table, normalised=True).value
    assert found["flat"].isna().all()
    assert np.isnan(np.diagonal(found)).all()
    assert found.loc["coin", "x"] >= 0


def test_many_groups_cost_no_more_than_sorting_them():
    """5000 pairs of rows, each nearest to the other: Ross's estimate in closed form.

    One neighbour in the group, of 2, and within its radius the row itself alone.
    """
    rng = np.random.default_rng(9)
    centre = rng.permutation(5000).astype(float)
    values = np.concatenate([centre, centre + 0.01 * rng.random(5000)])
    table = pd.DataFrame({"pair": np.tile(np.arange(5000), 2).astype(str), "x": values})
    found = mutual_information(table).value.loc["pair", "x"]
    expected = digamma(10_000) + digamma(1) - digamma(2) - digamma(1)
    assert found == pytest.approx(expected, abs=1e-9)
