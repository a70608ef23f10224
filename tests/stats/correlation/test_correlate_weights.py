"""Weighted correlations: frequencies beside the table written out, surveys beside definitions."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats
from statsmodels.stats.weightstats import DescrStatsW

from lib.stats import correlate

METHODS = pytest.mark.parametrize("method", ["pearson", "spearman", "kendall"])
FRAMES = ["r", "n", "p", "p_adjusted", "low", "high"]
COLUMNS = list("abcd")


def table(rows, missing=0.0, *, ties=False, largest=4, seed=5):
    """Columns a to d and frequencies, some of them 0."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(rows, 4)) + rng.normal(size=(rows, 1))
    frame = pd.DataFrame(values.round() if ties else values, columns=COLUMNS)
    frame = frame.mask(rng.random(frame.shape) < missing)
    return frame.assign(count=rng.integers(0, largest, size=rows))


def written_out(data):
    return data.loc[data.index.repeat(data["count"]), COLUMNS].reset_index(drop=True)


def assert_same(found, expected):
    for name in FRAMES:
        np.testing.assert_allclose(
            getattr(found, name), getattr(expected, name), rtol=1e-8, atol=1e-12, err_msg=name
        )


# Frequencies --------------------------------------------------------------------------------


@METHODS
@pytest.mark.parametrize("missing", [0, 0.2])
@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("rows", [5, 12, 60])
def test_frequencies_equal_the_table_written_out(method, missing, ties, rows):
    data = table(rows, missing, ties=ties)
    found = correlate(data, method, weights="count", weights_are="frequency")
    assert_same(found, correlate(written_out(data), method))
    assert (found.n.dtypes == np.int64).all()
    assert found.effective_n is None
    assert found.weights_are == "frequency"


@METHODS
def test_frequencies_of_a_rectangle_and_of_complete_rows(method):
    data = table(30, 0.1)
    options = {"weights": "count", "weights_are": "frequency"}
    found = correlate(data, method, x=["c", "a"], **options)
    assert found.r.columns.tolist() == ["b", "d"]
    assert_same(found, correlate(written_out(data), method, x=["c", "a"]))
    found = correlate(data, method, missing="complete", **options)
    assert_same(found, correlate(written_out(data), method, missing="complete"))


@METHODS
@pytest.mark.parametrize(("rows", "largest"), [(3, 3), (4, 12)])
def test_perfect_orders_count_the_orders_of_the_rows_written_out(method, rows, largest):
    x = np.arange(rows)
    data = pd.DataFrame({"a": x, "b": x**3, "c": -x, "d": x % 2})
    data["count"] = np.arange(rows) * (largest - 1) // (rows - 1) + 1
    found = correlate(data, method, weights="count", weights_are="frequency")
    assert_same(found, correlate(written_out(data), method))


@METHODS
@given(seed=st.integers(0, 10**6), rows=st.integers(3, 9))
@settings(max_examples=10, deadline=None)
def test_frequencies_of_small_tables(method, seed, rows):
    data = table(rows, 0.2, ties=True, seed=seed)
    if not data["count"].any():
        data.loc[0, "count"] = 1
    found = correlate(data, method, weights="count", weights_are="frequency", min_n=2)
    assert_same(found, correlate(written_out(data), method, min_n=2))


@pytest.mark.parametrize("missing", [0, 0.2])
@pytest.mark.parametrize("offset", [1e8, 1e12])
def test_values_far_from_zero_keep_their_digits(missing, offset):
    steps = table(40, missing, ties=True)
    moved = steps.assign(**{name: steps[name] + offset for name in COLUMNS})
    options = {"weights": "count", "weights_are": "frequency"}
    np.testing.assert_allclose(
        correlate(moved, **options).r, correlate(steps, **options).r, rtol=0, atol=1e-12
    )


def test_weights_where_the_weighted_mean_is_far_from_the_mean():
    """One row holds nearly all weight: the plain mean is thousands of deviations away."""
    rng = np.random.default_rng(1)
    data = pd.DataFrame(rng.normal(size=(30, 3)), columns=[*"abc"])
    data.iloc[:3] += 1e6
    data.iloc[4, 0] = np.nan
    weights = np.where(np.arange(30) < 3, 1e-9, 1.0)
    found = correlate(data, weights=weights, weights_are="survey").r
    for x, y in itertools.combinations("abc", 2):
        shared = data[[x, y]].notna().all(axis=1).to_numpy()
        peer = DescrStatsW(data.loc[shared, [x, y]], weights[shared]).corrcoef[0, 1]
        assert found.loc[x, y] == pytest.approx(peer, abs=1e-9)


def test_thousands_of_millions_of_rows_in_a_perfect_order_need_not_be_written_out():
    data = pd.DataFrame({"a": [0, 1, 2], "b": [0, 1, 2], "count": [10**9, 10**9, 10**9]})
    found = correlate(data, "spearman", weights="count", weights_are="frequency")
    assert found.r.loc["a", "b"] == 1
    assert found.n.loc["a", "b"] == 3 * 10**9
    assert found.p.loc["a", "b"] == 0  # below the smallest float


# Surveys ------------------------------------------------------------------------------------


def survey(missing):
    data = table(40, missing).drop(columns="count")
    return data, np.random.default_rng(2).gamma(2, size=40)


@pytest.mark.parametrize("missing", [0, 0.2])
def test_survey_weights_equal_statsmodels_and_kish(missing):
    data, weights = survey(missing)
    found = correlate(data, weights=weights, weights_are="survey", confidence=0.9)
    for x, y in itertools.combinations(COLUMNS, 2):
        shared = data[[x, y]].notna().all(axis=1).to_numpy()
        w = weights[shared]
        r = DescrStatsW(data.loc[shared, [x, y]], w).corrcoef[0, 1]
        effective_n = w.sum() ** 2 / (w**2).sum()
        t = r * np.sqrt((effective_n - 2) / (1 - r**2))
        reach = stats.norm.ppf(0.95) / np.sqrt(effective_n - 3)
        assert found.r.loc[x, y] == pytest.approx(r, abs=1e-12)
        assert found.n.loc[x, y] == shared.sum()
        assert found.effective_n.loc[x, y] == pytest.approx(effective_n)
        assert found.p.loc[x, y] == pytest.approx(2 * stats.t.sf(abs(t), effective_n - 2))
        assert found.low.loc[x, y] == pytest.approx(np.tanh(np.arctanh(r) - reach))
        assert found.high.loc[x, y] == pytest.approx(np.tanh(np.arctanh(r) + reach))


@pytest.mark.parametrize("missing", [0, 0.2])
def test_survey_spearman_is_the_weighted_r_of_weighted_ranks(missing):
    """A value's rank: the weight below it, and half of the weight at it."""
    data, weights = survey(missing)
    data = data.round(1)
    found = correlate(data, "spearman", weights=weights, weights_are="survey")
    for x, y in itertools.combinations(COLUMNS, 2):
        shared = data[[x, y]].notna().all(axis=1).to_numpy()
        w = weights[shared]
        ranks = [
            [w[column < value].sum() + w[column == value].sum() / 2 for value in column]
            for column in (data.loc[shared, x].to_numpy(), data.loc[shared, y].to_numpy())
        ]
        expected = DescrStatsW(np.transpose(ranks), w).corrcoef[0, 1]
        assert found.r.loc[x, y] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("method", ["pearson", "spearman"])
def test_equal_survey_weights_change_nothing(method):
    data, _ = survey(0.1)
    found = correlate(data, method, weights=[0.25] * 40, weights_are="survey")
    assert_same(found, correlate(data, method))
    np.testing.assert_allclose(found.effective_n, found.n)


@pytest.mark.parametrize("method", ["pearson", "spearman"])
@pytest.mark.parametrize("scale", [1e-200, 3.0, 1e200])
def test_the_size_of_survey_weights_is_of_no_account(scale, method):
    data, weights = survey(0.1)
    found = correlate(data, method, weights=weights * scale, weights_are="survey")
    assert_same(found, correlate(data, method, weights=weights, weights_are="survey"))


def test_pairs_name_the_effective_n():
    data, weights = survey(0.1)
    found = correlate(data, weights=weights, weights_are="survey")
    pairs = found.pairs()
    assert pairs.columns.tolist()[2:6] == ["r", "n", "p", "effective_n"]
    for row in pairs.itertuples():
        assert row.effective_n == found.effective_n.loc[row.x, row.y] < row.n
        assert row.low == found.low.loc[row.x, row.y]


def test_spearman_s_p_of_survey_weights_is_never_below_that_of_a_perfect_order():
    """t would say 0 of rows that are worth three."""
    weights = np.array([1, 10, 7, 5])
    data = {"x": [1, 2, 3, 5], "y": [1, 2, 3, 8]}
    found = correlate(data, "spearman", weights=weights, weights_are="survey").pairs().iloc[0]
    kish = weights.sum() ** 2 / (weights**2).sum()
    assert found["r"] == 1
    assert found["p"] == pytest.approx(2 / special.gamma(kish + 1), rel=1e-9)
    assert found[["low", "high"]].isna().all()


def test_weights_that_follow_the_columns_make_p_wrong_either_way():
    """Of 80 pairs of unrelated columns, .22 and .003 in the long run, and .05 if they do not."""
    rng = np.random.default_rng(4)
    small = {"ends of both": 0, "ones of one": 0, "neither": 0}
    for _ in range(80):
        x, y = rng.normal(size=(2, 150))
        ones = (rng.random(150) < 0.5).astype(float)
        for name, one, weights in [
            ("ends of both", x, np.exp(0.7 * (np.abs(x) + np.abs(y)))),
            ("ones of one", ones, 1 + 4 * ones),
            ("neither", x, np.exp(rng.normal(size=150))),
        ]:
            found = correlate({"x": one, "y": y}, weights=weights, weights_are="survey")
            small[name] += found.p.loc["x", "y"] <= 0.05
    assert 0.12 < small["ends of both"] / 80 < 0.34
    assert small["ones of one"] / 80 < 0.03
    assert small["neither"] / 80 < 0.1


def test_frequencies_and_survey_weights_agree_on_r_alone():
    data = table(20)
    frequency, by_survey = (
        correlate(data, weights="count", weights_are=kind) for kind in ("frequency", "survey")
    )
    np.testing.assert_allclose(frequency.r, by_survey.r, atol=1e-12)
    assert frequency.n.loc["a", "b"] == data["count"].sum()
    assert by_survey.n.loc["a", "b"] == (data["count"] > 0).sum()
    assert (by_survey.pairs()["p"] > frequency.pairs()["p"].to_numpy()).all()


# What weights may be ------------------------------------------------------------------------


def test_weights_by_name_and_by_sequence_are_the_same():
    data = table(20)
    by_name = correlate(data, weights="count", weights_are="frequency")
    without = data[COLUMNS]
    for weights in (data["count"], data["count"].tolist(), data["count"].to_numpy()):
        assert_same(correlate(without, weights=weights, weights_are="frequency"), by_name)


def test_a_row_of_weight_zero_is_no_row():
    data = table(20)
    extra = pd.DataFrame([[1e6, -1e6, 1e6, -1e6, 0]], columns=data.columns)
    longer = pd.concat([data, extra], ignore_index=True)
    for kind in ("frequency", "survey"):
        found, expected = (correlate(t, weights="count", weights_are=kind) for t in (longer, data))
        assert_same(found, expected)


def test_a_column_constant_where_the_weights_are_is_nan():
    data = pd.DataFrame({"a": [1.0, 1, 1, 5], "b": [1.0, 2, 4, 3], "w": [1, 2, 3, 0]})
    assert np.isnan(correlate(data, weights="w", weights_are="survey").r.loc["a", "b"])


@pytest.mark.parametrize(
    ("weights", "kind", "message"),
    [
        ([1, 2, -1, 1], "survey", "The weight at position 2 is negative"),
        ([1, None, 2, 1], "frequency", "The weight at position 1 is missing: give it one, 0 to"),
        ([1, np.inf, 2, 1], "survey", "The weight at position 1 is infinite"),
        ([1, 2, 2, 1.5], "frequency", "position 3 is not whole: frequencies count rows"),
        ([0, 0, 0, 0], "survey", "All weights are 0"),
        (["1", "2", "1", "1"], "survey", "The weights are not numeric: .*pd.to_numeric"),
        ([1j, 1, 1, 1], "survey", "The weights are not numeric"),
        ([1, 2, 3], "survey", r"differ in length \(weights has 3, table has 4\)"),
        ([2**53, 1, 1, 1], "frequency", r"add up to 2\*\*53 or more"),
        ("people", "survey", "no column 'people' to take the weights from: choose from 'a', 'b'"),
        (
            pd.Series([1, 1, 1, 1], index=[4, 3, 2, 1]),
            "survey",
            "weights and table have different row labels",
        ),
        ([1, 1, 1, 1], None, "Say what the weights are: weights_are='frequency'"),
        (None, "survey", "weights_are is 'survey', but there are no weights"),
        ([1, 1, 1, 1], "probability", "Unknown weights_are 'probability': choose from frequency"),
    ],
)
def test_weights_that_cannot_be_meant_are_refused(weights, kind, message):
    data = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [2.0, 1, 4, 3]})
    with pytest.raises(ValueError, match=message):
        correlate(data, weights=weights, weights_are=kind)


def test_kendall_refuses_survey_weights():
    data, weights = survey(0)
    with pytest.raises(ValueError, match="Kendall's tau takes frequencies alone"):
        correlate(data, "kendall", weights=weights, weights_are="survey")
