"""max_t against its definition, permutation by permutation."""

import dataclasses
import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.stats import correlate, max_t, permutation_test
from lib.stats.resampling.draws import orders
from lib.stats.resampling.permuted import columns_shuffled


def related(seed, rows, columns="yabcd"):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(rows, len(columns))) + rng.normal(size=(rows, 1))
    return pd.DataFrame(values, columns=list(columns))


def step_down(observed, permuted):
    """Shares of permutations, hypothesis by hypothesis: Ge, Dudoit and Speed (2003)."""
    falling = sorted(observed, key=lambda name: -abs(observed[name]))
    adjusted, before = {}, 0.0
    for place, name in enumerate(falling):
        reached = [
            max(abs(one[other]) for other in falling[place:]) >= abs(observed[name]) - 1e-12
            for one in permuted
        ]
        before = adjusted[name] = max(before, float(np.mean(reached)))
    return pd.Series(adjusted)[list(observed)]


def with_target(table, order):
    moved = table["y"].to_numpy()[list(order)]
    return {name: np.corrcoef(moved, table[name])[0, 1] for name in table.columns.drop("y")}


def all_pairs(columns):
    r = np.corrcoef(columns)
    return {pair: r[pair] for pair in itertools.combinations(range(len(columns)), 2)}


# One target ---------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [3, 4, 5])
def test_equals_every_order_of_the_target_in_a_plain_loop(rows):
    table = related(rows, rows)
    found = max_t(table, "y")
    observed = with_target(table, range(rows))
    permuted = [with_target(table, order) for order in itertools.permutations(range(rows))]
    assert found.exact
    np.testing.assert_allclose(found.r, pd.Series(observed), rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.p_adjusted, step_down(observed, permuted), atol=1e-12)
    for name in observed:
        alone = [abs(one[name]) >= abs(observed[name]) - 1e-12 for one in permuted]
        assert found.p[name] == pytest.approx(np.mean(alone), abs=1e-12)
    largest = [max(map(abs, one.values())) for one in permuted]
    np.testing.assert_allclose(np.sort(found.largest), np.sort(largest), rtol=0, atol=1e-12)


def test_drawn_orders_and_the_one_seen_are_counted():
    table = related(1, 25)
    found = max_t(table, "y", permutations=300, seed=7)
    observed = with_target(table, range(25))
    drawn = np.vstack(list(orders(25, 300, 7)))
    expected = step_down(observed, [observed, *(with_target(table, order) for order in drawn)])
    assert not found.exact
    np.testing.assert_allclose(found.p_adjusted, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("rows", [6, 20])
def test_a_single_test_needs_no_adjustment(rows):
    table = related(2, rows, "yx")
    found = max_t(table, "y", permutations=999)
    alone = permutation_test(table["x"], table["y"], permutations=999)
    assert found.p_adjusted["x"] == found.p["x"] == alone.p


def test_columns_that_say_the_same_are_one_test():
    table = related(3, 20, "yx").assign(twice=lambda frame: 2 * frame["x"], back=lambda f: -f["x"])
    found = max_t(table, "y", permutations=999)
    assert found.p_adjusted.tolist() == [found.p["x"]] * 3


def test_spearman_is_pearson_of_the_ranks():
    table = related(4, 20).round(1)
    found = max_t(table, "y", method="spearman", permutations=200)
    ranks = max_t(table.rank(), "y", permutations=200)
    pd.testing.assert_series_equal(found.p_adjusted, ranks.p_adjusted)
    assert found.r["a"] == pytest.approx(table["y"].corr(table["a"], "spearman"), abs=1e-12)


def test_pairs_with_a_target():
    table = related(5, 20).assign(flat=1.0)
    found = max_t(table, "y", permutations=200)
    pairs = found.pairs()
    assert pairs.columns.tolist() == ["x", "y", "r", "n", "p", "p_adjusted"]
    assert pairs["x"].tolist() == ["y"] * 5
    assert pairs["y"].iloc[-1] == "flat"
    assert pairs["r"].abs().head(4).is_monotonic_decreasing
    for row in pairs.head(4).itertuples():
        assert (row.r, row.p_adjusted) == (found.r[row.y], found.p_adjusted[row.y])


@pytest.mark.parametrize("names", [[1, 2, 3], [("a", 1), ("a", 2), ("b", 1)]])
def test_any_names_will_do(names):
    table = pd.DataFrame(np.random.default_rng(6).normal(size=(10, 3)))
    table.columns = pd.Index(names)
    found = max_t(table, names[1], permutations=50)
    assert found.r.index.tolist() == [names[0], names[2]]
    assert found.pairs()["x"].tolist() == [names[1]] * 2


# All pairs ----------------------------------------------------------------------------------


def test_all_pairs_equal_shuffled_tables_in_a_plain_loop():
    table = related(7, 15, "abcd")
    found = max_t(table, permutations=300, seed=5)
    unit = table.sub(table.mean()) / np.sqrt(table.var() * 14)
    tables = np.concatenate(list(columns_shuffled(unit.to_numpy(), 300, 5)))
    observed = all_pairs(table.to_numpy().T)
    expected = step_down(observed, [observed, *map(all_pairs, tables)])
    pairs = np.triu_indices(4, 1)
    np.testing.assert_allclose(found.p_adjusted.to_numpy()[pairs], expected, rtol=0, atol=1e-12)
    pd.testing.assert_frame_equal(found.p_adjusted, found.p_adjusted.T)
    assert np.isnan(np.diagonal(found.p_adjusted)).all()
    assert np.diagonal(found.r).tolist() == [1] * 4


def test_shuffled_tables_give_what_all_combinations_of_orders_give():
    """All 24² ways to order two of three columns; four standard errors at 10000 draws."""
    table = related(8, 4, "abc")
    columns = table.to_numpy().T
    ways = itertools.product(itertools.permutations(columns[1]), itertools.permutations(columns[2]))
    permuted = [all_pairs([columns[0], *way]) for way in ways]
    expected = step_down(all_pairs(columns), permuted)
    found = max_t(table, permutations=10_000).p_adjusted.to_numpy()[np.triu_indices(3, 1)]
    tolerance = 4 * np.sqrt(expected * (1 - expected) / 10_000) + 1e-4
    assert (np.abs(found - expected) <= tolerance).all()


def test_every_column_is_shuffled_on_its_own():
    columns = np.arange(12.0).reshape(6, 2)
    tables = np.concatenate(list(columns_shuffled(columns, 5000, 0)))
    assert (np.sort(tables, axis=2) == columns.T).all()
    # All 6 x 6 combinations of where the first rows went; four standard errors.
    together = np.histogram2d(tables[:, 0].argmin(axis=1), tables[:, 1].argmin(axis=1), bins=6)[0]
    assert np.abs(together / 5000 - 1 / 36).max() < 4 * np.sqrt(1 / 36 * 35 / 36 / 5000)


def test_largest_r_of_noise_is_that_of_the_course():
    """20 columns of 100 rows: the mean largest |r| is .29; tolerance .01."""
    noise = pd.DataFrame(np.random.default_rng(0).normal(size=(100, 20)))
    found = max_t(noise, permutations=300)
    assert len(found.largest) == 300
    assert found.largest.mean() == pytest.approx(0.29, abs=0.01)
    top = found.pairs().iloc[0]
    reached = np.sum(found.largest >= abs(top.r))
    assert top.p_adjusted == (1 + reached) / 301


def test_pairs_of_all_columns():
    table = related(9, 20, "abc")
    found = max_t(table, permutations=100)
    pairs = found.pairs()
    assert pairs.columns.tolist() == ["x", "y", "r", "n", "p", "p_adjusted"]
    assert len(pairs) == 3
    assert pairs["p_adjusted"].is_monotonic_increasing
    np.testing.assert_allclose(found.r, correlate(table).r, rtol=0, atol=1e-12)


# What goes in -------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["y", None])
def test_only_complete_rows_are_used(target):
    table = related(10, 20)
    table.loc[:3, "a"] = np.nan
    table.loc[19, "y"] = np.nan
    found = max_t(table, target, permutations=50)
    expected = max_t(table.iloc[4:19].reset_index(drop=True), target, permutations=50)
    assert np.unique(found.n).tolist() == [15]
    np.testing.assert_array_equal(found.p_adjusted, expected.p_adjusted)


@pytest.mark.parametrize("value", [0.1, 1e8 + 0.1])
def test_constant_column_is_nan_and_is_not_tested(value):
    table = related(11, 12)
    found = max_t(table.assign(flat=value), permutations=100)
    expected = max_t(table, permutations=100)
    for name in ["r", "p", "p_adjusted"]:
        frame = getattr(found, name)
        assert frame["flat"].isna().all()
        assert frame.loc["flat"].isna().all()
    assert found.n.loc["flat", "a"] == 12
    pd.testing.assert_frame_equal(found.p_adjusted.loc["y":"d", "y":"d"], expected.p_adjusted)
    with_a_target = max_t(table.assign(flat=value), "y", permutations=100)
    assert np.isnan(with_a_target.p_adjusted["flat"])
    assert with_a_target.p_adjusted.drop("flat").notna().all()


def test_a_table_in_which_nothing_varies_but_the_target():
    table = pd.DataFrame({"y": [1.0, 2.0, 4.0], "flat": 1.0})
    for found in [max_t(table, "y"), max_t(table, permutations=10)]:
        assert found.pairs()["p_adjusted"].isna().all()


def test_values_around_1e8_keep_their_digits():
    table = (related(12, 6) * 10).round()
    found, expected = max_t(table + 1e8, "y"), max_t(table, "y")
    pd.testing.assert_series_equal(found.p_adjusted, expected.p_adjusted)


def test_result_is_frozen_and_remembers_what_was_asked():
    found = max_t(related(13, 10), "b", method="spearman", permutations=20)
    assert (found.target, found.method, found.exact) == ("b", "spearman", False)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.p = found.r


def test_a_constant_target_is_named():
    with pytest.raises(ValueError, match=r"^The target 'flat' is constant in the complete rows"):
        max_t(related(14, 10).assign(flat=2.0), "flat")


def test_an_unknown_target_is_named():
    with pytest.raises(ValueError, match=r"^The table has no column 'z'"):
        max_t(related(14, 10), "z")


def test_too_few_complete_rows_are_refused():
    table = related(15, 10)
    table.loc[:4, "a"] = np.nan
    table.loc[5:7, "b"] = np.nan
    with pytest.raises(ValueError, match=r"^The table has 2 complete rows: at least 3"):
        max_t(table)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"permutations": 0}, "permutations is 0: draw at least 1"),
        ({"method": "kendall"}, "Unknown method 'kendall': choose from pearson, spearman"),
    ],
)
def test_choices_out_of_range_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        max_t(related(16, 10), **options)


@given(seed=st.integers(0, 10**6), target=st.sampled_from(["y", None]))
@settings(max_examples=15, deadline=None)
def test_adjusting_never_lowers_p_and_keeps_its_order(seed, target):
    found = max_t(related(seed, 8).round(1), target, permutations=60)
    pairs = found.pairs().dropna()
    assert (pairs["p_adjusted"] >= pairs["p"]).all()
    assert (pairs["p_adjusted"] <= 1).all()
    assert pairs["p_adjusted"].is_monotonic_increasing
    assert pairs["p"].min() >= 1 / 61


# On average ---------------------------------------------------------------------------------


def false_discovery(rng, target, associated):
    """Whether 15 rows of noise, of which some columns may be associated, give a false star."""
    values = rng.normal(size=(15, 6)) + 0.8 * rng.normal(size=(15, 1)) * (np.arange(6) > 2)
    values[:, 0] += associated * 3 * values[:, 1]
    found = max_t(pd.DataFrame(values), target, permutations=99, seed=int(rng.integers(2**31)))
    p = found.p_adjusted.to_numpy()
    if target is None:
        p = np.concatenate([p[0, 2:], p[1, 2:], p[2, 3:]])  # neither (0, 1) nor 3 to 5 together
    elif associated:
        p = p[1:]
    return (p <= 0.05).any()


@pytest.mark.parametrize("associated", [False, True])
def test_a_target_s_false_discoveries_are_as_rare_as_said(associated):
    """250 tables, columns 3 to 5 correlated. Tolerance: three standard errors, .041."""
    rng = np.random.default_rng(17)
    rate = np.mean([false_discovery(rng, 0, associated) for _ in range(250)])
    assert rate == pytest.approx(0.05, abs=0.041)


def test_false_discoveries_among_all_pairs_are_no_more_than_said():
    """200 tables in which some columns are correlated; three standard errors are .046."""
    rng = np.random.default_rng(18)
    rate = np.mean([false_discovery(rng, None, associated=True) for _ in range(200)])
    assert rate <= 0.05 + 0.046
