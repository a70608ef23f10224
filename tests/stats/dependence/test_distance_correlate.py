"""distance_correlate against its definition, statsmodels and closed forms."""

import dataclasses
import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from statsmodels.stats.dist_dependence_measures import distance_correlation

from datasets import load
from lib.stats import adjust_p_values, distance_correlate

FRAMES = ["value", "n", "p", "p_adjusted", "floor"]


def by_definition(x, y):
    """Székely, Rizzo and Bakirov (2007), with all n x n distances, in extended precision."""
    centred = []
    for column in (x, y):
        column = np.asarray(column, dtype=np.longdouble)
        distances = np.abs(column[:, np.newaxis] - column)
        means = distances.mean(axis=0)
        centred.append(distances - means - means[:, np.newaxis] + distances.mean())
    a, b = centred
    return float(np.sqrt((a * b).mean() / np.sqrt((a * a).mean() * (b * b).mean())))


def assert_equals_plain_loop(table):
    found = distance_correlate(table)
    for x, y in itertools.combinations(table.columns, 2):
        pair = table[[x, y]].dropna()
        expected = by_definition(pair[x], pair[y])
        assert found.n.loc[x, y] == len(pair)
        assert found.value.loc[x, y] == found.value.loc[y, x]
        assert found.value.loc[x, y] == pytest.approx(expected, abs=1e-12)


def related(seed, rows, columns="abcd"):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(rows, len(columns)))
    values[:, 1] += values[:, 0] ** 2
    return pd.DataFrame(values, columns=list(columns))


# References ---------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [3, 4, 5, 31, 32, 33, 63, 64, 65, 100, 257])
def test_complete_tables_equal_the_definition(rows):
    assert_equals_plain_loop(related(rows, rows))


@pytest.mark.parametrize("seed", range(3))
def test_tables_with_missing_values_equal_the_definition(seed):
    table = related(seed, 50)
    assert_equals_plain_loop(table.mask(np.random.default_rng(seed).random(table.shape) < 0.3))


def test_columns_with_the_same_missing_rows_equal_the_definition():
    table = related(3, 40)
    table.loc[:9, ["a", "b"]] = np.nan
    table.loc[5:20, ["c", "d"]] = np.nan
    assert_equals_plain_loop(table)


@pytest.mark.parametrize("rows", [20, 120])
def test_ties_equal_the_definition(rows):
    steps = np.random.default_rng(4).integers(0, 4, size=(rows, 4))
    assert_equals_plain_loop(pd.DataFrame(steps, columns=list("abcd")))


@pytest.mark.parametrize("offset", [1e8, -1e8, 1e12])
def test_values_far_from_zero_keep_their_digits(offset):
    assert_equals_plain_loop(related(5, 120) + offset)


def test_outliers_equal_the_definition():
    table = pd.DataFrame(np.random.default_rng(6).standard_cauchy(size=(150, 4)))
    table.loc[0, 0] = 1e8
    assert_equals_plain_loop(table)


def test_equals_statsmodels():
    table = related(7, 80, "ab")
    expected = distance_correlation(table["a"].to_numpy(), table["b"].to_numpy())
    assert distance_correlate(table).value.loc["a", "b"] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_squares_neither_overflow_nor_vanish(scale):
    table = related(8, 40)
    found = distance_correlate(table * scale).value
    np.testing.assert_allclose(found, distance_correlate(table).value, rtol=0, atol=1e-12)


def test_many_pairs_are_computed_some_at_a_time(monkeypatch):
    table = related(9, 40, "abcdefgh")
    expected = distance_correlate(table, shuffles=7)
    monkeypatch.setattr("lib.stats.dependence.distance._NUMBERS_AT_A_TIME", 100)
    monkeypatch.setattr("lib.stats.resampling.draws._NUMBERS_AT_A_TIME", 500)
    found = distance_correlate(table, shuffles=7)
    for name in FRAMES:
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), atol=1e-13)


# Closed forms -------------------------------------------------------------------------------


def test_a_straight_line_has_exactly_one():
    x = np.random.default_rng(10).normal(size=100)
    found = distance_correlate(pd.DataFrame({"x": x, "up": 3 * x + 1e6, "down": -x})).value
    assert (found == 1).all(axis=None)


def test_crossed_columns_have_exactly_zero():
    levels = itertools.product([0.1, 0.2, 0.7], [1, 2, 5, 9])
    assert distance_correlate(pd.DataFrame(levels, columns=["x", "y"])).value.loc["x", "y"] == 0


def test_of_two_binary_columns_it_is_the_size_of_phi():
    table = pd.DataFrame(np.random.default_rng(11).random((60, 2)) < 0.3, columns=["x", "y"])
    table["y"] |= table["x"]
    phi = abs(np.corrcoef(table["x"], table["y"])[0, 1])
    assert distance_correlate(table).value.loc["x", "y"] == pytest.approx(phi, abs=1e-12)


@pytest.mark.parametrize("r", [0.3, 0.8])
def test_of_many_normal_rows_it_is_the_population_s(r):
    """Theorem 7 of Székely, Rizzo and Bakirov; 20000 rows, tolerance .02."""

    def covariance(r):
        return r * np.arcsin(r) + np.sqrt(1 - r**2) - r * np.arcsin(r / 2) - np.sqrt(4 - r**2) + 1

    x, noise = np.random.default_rng(12).normal(size=(2, 20_000))
    table = pd.DataFrame({"x": x, "y": r * x + np.sqrt(1 - r**2) * noise})
    expected = np.sqrt(covariance(r) / covariance(1))
    assert distance_correlate(table).value.loc["x", "y"] == pytest.approx(expected, abs=0.02)


def test_noise_reaches_what_the_docstring_says():
    """Means of 100 samples: about .3 at 30 rows, .1 at 300; tolerance .04."""
    rng = np.random.default_rng(13)
    for rows, expected in [(30, 0.3), (300, 0.1)]:
        tables = [pd.DataFrame(rng.normal(size=(rows, 2))) for _ in range(100)]
        values = [distance_correlate(table).value.iloc[0, 1] for table in tables]
        assert np.mean(values) == pytest.approx(expected, abs=0.04)


def test_sees_what_r_does_not():
    quakes = load("quakes")[["lat", "depth"]]
    assert abs(quakes.corr().iloc[0, 1]) < 0.05
    found = distance_correlate(quakes, shuffles=50)
    assert found.value.iloc[0, 1] > 2 * found.floor.iloc[0, 1]
    assert found.p.iloc[0, 1] == 1 / 51


# Shuffles -----------------------------------------------------------------------------------


def shuffled(table, shuffles, seed):
    """Values of the pairs of tables whose columns were shuffled with the same draws, one by one."""
    rows, columns = table.shape
    draws = np.random.default_rng(seed).permuted(
        np.tile(np.arange(rows), (shuffles, columns, 1)), axis=2
    )
    values = table.to_numpy()
    for orders in draws:
        moved = np.column_stack([values[order, place] for place, order in enumerate(orders)])
        yield [by_definition(moved[:, i], moved[:, j]) for i, j in zip(*PAIRS, strict=True)]


PAIRS = np.triu_indices(3, 1)


def test_p_and_floor_equal_a_plain_loop():
    table = related(14, 25, "abc")
    found = distance_correlate(table, shuffles=99, seed=4, adjust="bonferroni")
    null = np.array(list(shuffled(table, 99, 4)))
    observed = found.value.to_numpy()[PAIRS]
    expected = (1 + (null >= observed - 1e-12).sum(axis=0)) / 100
    np.testing.assert_allclose(found.p.to_numpy()[PAIRS], expected, rtol=0, atol=1e-15)
    np.testing.assert_allclose(
        found.floor.to_numpy()[PAIRS], np.percentile(null, 95, axis=0), rtol=0, atol=1e-12
    )
    np.testing.assert_allclose(
        found.p_adjusted.to_numpy()[PAIRS], adjust_p_values(expected, "bonferroni"), atol=1e-15
    )


def test_shuffles_that_change_nothing_count():
    table = pd.DataFrame({"x": [0, 1, 0, 1] * 5, "y": [0, 0, 1, 1] * 5})
    assert distance_correlate(table, shuffles=20).p.loc["x", "y"] == 1  # the value itself is 0


def test_without_shuffles_there_is_neither_p_nor_floor():
    found = distance_correlate(related(15, 20))
    for name in ["p", "p_adjusted", "floor"]:
        assert getattr(found, name).isna().all(axis=None)
    assert found.shuffles == 0


def test_p_is_uniform_without_any_dependence():
    """200 pairs of independent skewed columns of 15 rows; four standard errors."""
    rng = np.random.default_rng(16)
    p = np.array(
        [
            distance_correlate(
                pd.DataFrame(rng.lognormal(size=(15, 2))), shuffles=99, seed=seed
            ).p.iloc[0, 1]
            for seed in range(200)
        ]
    )
    for level in [0.05, 0.1, 0.25, 0.5, 0.75, 0.9]:
        tolerance = 4 * np.sqrt(level * (1 - level) / 200)
        assert np.mean(p <= level + 1e-9) == pytest.approx(level, abs=tolerance)


# What comes back ----------------------------------------------------------------------------


def test_frames_are_aligned_and_symmetric():
    table = related(17, 20)
    found = distance_correlate(table, shuffles=9)
    for name in FRAMES:
        frame = getattr(found, name)
        assert frame.index.equals(table.columns)
        pd.testing.assert_frame_equal(frame, frame.T, check_exact=True)
    assert np.diagonal(found.value).tolist() == [1] * 4
    for name in ["p", "p_adjusted", "floor"]:
        assert np.isnan(np.diagonal(getattr(found, name))).all()
    assert (found.measure, found.shuffles, found.adjust) == ("distance correlation", 9, "holm")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.value = found.p


def test_pairs_lists_every_pair_once_by_falling_strength():
    found = distance_correlate(related(18, 20).assign(flat=1.0), shuffles=9)
    pairs = found.pairs()
    assert pairs.columns.tolist() == ["x", "y", "value", "n", "p", "p_adjusted", "floor"]
    assert len(pairs) == 10
    assert pairs["value"].head(6).is_monotonic_decreasing
    assert pairs["value"].tail(4).isna().all()


@pytest.mark.parametrize("value", [0.0, 1 / 3, 1e8 + 0.1])
def test_constant_column_is_nan_not_one(value):
    table = related(19, 20)
    found = distance_correlate(table.assign(flat=value), shuffles=5)
    for name in ["value", "p", "floor"]:
        assert getattr(found, name)["flat"].isna().all()
    np.testing.assert_allclose(
        found.value.iloc[:4, :4], distance_correlate(table).value, rtol=0, atol=1e-15
    )


def test_column_constant_within_the_shared_rows_is_nan():
    table = related(20, 20)
    table.loc[:9, "a"] = 7.0
    table.loc[10:, "b"] = np.nan
    found = distance_correlate(table)
    assert np.isnan(found.value.loc["a", "b"])
    assert found.value.loc["a", "a"] == 1
    assert not np.isnan(found.value.loc["a", "c"])


def test_all_missing_column_and_pairs_of_two_rows_are_nan():
    table = related(21, 20).assign(empty=np.nan)
    table.loc[2:, "a"] = np.nan
    found = distance_correlate(table, shuffles=5)
    assert found.value[["a", "empty"]].isna().all(axis=None)
    assert found.p[["a", "empty"]].isna().all(axis=None)
    assert found.n.loc["a", "b"] == 2


def test_complete_rows_only_where_asked_for():
    table = related(22, 30)
    table.loc[:9, "d"] = np.nan
    found = distance_correlate(table, missing="complete")
    expected = distance_correlate(table.loc[10:])
    pd.testing.assert_frame_equal(found.value, expected.value)
    assert (found.n == 20).all(axis=None)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"shuffles": -1}, "shuffles is -1: choose 0 or more"),
        ({"missing": "drop"}, "Unknown choice 'drop' for missing"),
        ({"adjust": "fdr"}, "Unknown adjustment 'fdr'"),
    ],
)
def test_choices_out_of_range_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        distance_correlate(related(23, 10), **options)


def test_columns_that_are_not_numeric_are_named():
    with pytest.raises(ValueError, match="Column 'town' is not numeric"):
        distance_correlate(related(24, 10).assign(town="x"))


# Properties ---------------------------------------------------------------------------------


@st.composite
def tables(draw):
    shape = draw(st.tuples(st.integers(3, 40), st.integers(2, 3)))
    values = draw(hnp.arrays(np.float64, shape, elements=st.integers(-9, 9).map(float)))
    missing = draw(hnp.arrays(np.bool_, shape, elements=st.integers(0, 6).map(lambda i: i == 0)))
    return pd.DataFrame(np.where(missing, np.nan, values), columns=list("abc"[: shape[1]]))


@given(table=tables())
@settings(max_examples=20, deadline=None)
def test_within_bounds(table):
    values = distance_correlate(table).value.to_numpy()
    values = values[~np.isnan(values)]
    assert ((values >= 0) & (values <= 1)).all()


@given(table=tables(), shift=st.integers(-(10**6), 10**6), eighths=st.integers(1, 9999))
@settings(max_examples=20, deadline=None)
def test_shift_scale_and_sign_change_nothing(table, shift, eighths):
    moved = (shift - table) * (eighths / 8)
    np.testing.assert_allclose(
        distance_correlate(moved).value, distance_correlate(table).value, rtol=0, atol=1e-10
    )


@given(table=tables(), data=st.data())
@settings(max_examples=20, deadline=None)
def test_order_of_rows_and_columns_only_moves_the_results(table, data):
    rows = data.draw(st.permutations(range(len(table))))
    columns = data.draw(st.permutations(table.columns.tolist()))
    found = distance_correlate(table.iloc[rows][columns]).value
    expected = distance_correlate(table).value.loc[columns, columns]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-10)
