"""branch_stability against trees of rows drawn by iloc, one by one."""

import numpy as np
import pandas as pd
import pytest

from lib.stats import branch_stability, cluster
from lib.stats.resampling.draws import resampled_rows

CASES = pytest.mark.parametrize(
    ("distance", "linkage"),
    [
        *[(distance, "average") for distance in ["1-|r|", "1-r", "euclidean"]],
        ("1-|r|", "single"),
        ("1-r", "complete"),
        ("euclidean", "ward"),
    ],
)


def related(seed=0, rows=25):
    """Two groups, a b c and d e, the second closer than the first; f is alone."""
    rng = np.random.default_rng(seed)
    group = rng.normal(size=(rows, 2))
    values = rng.normal(size=(rows, 6)) * [1, 1, 1, 0.5, 0.5, 1]
    values[:, :3] += group[:, :1]
    values[:, 3:5] += group[:, 1:]
    return pd.DataFrame(values, columns=list("abcdef"))


def with_gaps(table, share=0.15, seed=1):
    return table.mask(np.random.default_rng(seed).random(table.shape) < share)


def one_by_one(table, resamples, seed, **options):
    """For each branch the trees in which it is, by the names below it; and the trees."""
    branches = [set(members) for members in cluster(table, **options).branches()["members"]]
    recurred, trees = np.zeros(len(branches)), 0
    for rows in np.vstack(list(resampled_rows(len(table), resamples, seed))):
        try:
            drawn = cluster(table.iloc[rows], **options)
        except ValueError:
            continue
        there = [set(members) for members in drawn.branches()["members"]]
        recurred += [branch in there for branch in branches]
        trees += 1
    return recurred, trees


@CASES
@pytest.mark.parametrize("gaps", [False, True])
def test_shares_equal_a_plain_loop_over_the_same_draws(distance, linkage, gaps):
    options = {"distance": distance, "linkage": linkage}
    table = related()
    if gaps:
        table = with_gaps(table)
        options["missing"] = "complete" if linkage == "ward" else "pairwise"
    if options.get("missing") == "complete":
        recurred, trees = one_by_one(table.dropna(), 40, 5, distance=distance, linkage=linkage)
    else:
        recurred, trees = one_by_one(table, 40, 5, **options)
    found = branch_stability(table, resamples=40, seed=5, **options)
    assert (found["resamples"] == trees).all()
    np.testing.assert_allclose(found["share"], recurred / trees, rtol=0, atol=1e-12)
    assert 0 < found["share"].min() < 1


def test_rows_are_those_of_the_linkage():
    table = related()
    tree = cluster(table)
    found = branch_stability(table, resamples=20)
    assert found.columns.tolist() == ["members", "height", "share", "resamples"]
    np.testing.assert_array_equal(found["height"], tree.linkage[:, 2])
    assert found["members"].tolist() == tree.branches()["members"].tolist()
    assert found["share"].iloc[-1] == 1


def test_a_group_that_the_rows_leave_no_doubt_of_recurs_always():
    rng = np.random.default_rng(2)
    table = pd.DataFrame(rng.normal(size=(60, 5)), columns=list("abcde"))
    table["b"] = table["a"] + 0.01 * rng.normal(size=60)
    found = branch_stability(table, resamples=100).set_index("members")["share"]
    assert found[("a", "b")] == 1
    assert found.iloc[1] < 0.9


def test_resamples_without_a_tree_are_left_out_and_counted():
    """A switch that is on in one row of twelve is constant in (11/12)^12 = .35 of the resamples."""
    table = related(rows=12)
    table["f"] = [1.0] + [0.0] * 11
    drawn = np.vstack(list(resampled_rows(12, 200, 7)))
    varies = int((drawn == 0).any(axis=1).sum())
    found = branch_stability(table, resamples=200, seed=7)
    assert (found["resamples"] == varies).all()
    assert found["share"].iloc[-1] == 1


def test_a_table_without_any_tree_of_its_resamples_has_no_share():
    table = pd.DataFrame({"x": [1.0, 2, 3, None, None], "y": [1.0, 3, 2, 5, 4], "z": range(5)})
    seed = next(  # in whose one resample x and y share fewer than three rows
        seed for seed in range(99) if (next(resampled_rows(5, 1, seed)) < 3).sum() < 3
    )
    found = branch_stability(table, resamples=1, seed=seed)
    assert (found["resamples"] == 0).all()
    assert found["share"].isna().all()


@pytest.mark.parametrize("distance", ["1-|r|", "euclidean"])
def test_a_seed_gives_the_same_whatever_is_drawn_at_a_time(monkeypatch, distance):
    table = with_gaps(related())
    expected = branch_stability(table, distance=distance, resamples=30)
    monkeypatch.setattr("lib.stats.clustering.stability._NUMBERS_AT_A_TIME", 100)
    found = branch_stability(table, distance=distance, resamples=30)
    pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"distance": "precomputed"}, "no rows to draw again: pass the table that they come from"),
        ({"resamples": 0}, "resamples is 0: draw at least 1"),
        ({"distance": "cosine"}, "Unknown distance 'cosine'"),
        ({"linkage": "ward"}, "Linkage 'ward' is defined for Euclidean distances"),
    ],
)
def test_what_has_no_stability_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        branch_stability(related(), **options)
