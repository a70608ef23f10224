"""Weights of rows: frequencies as the table written out, surveys by Kish's effective n."""

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import special, stats
from statsmodels.stats.weightstats import DescrStatsW

from lib.stats import (
    adjusted_residuals,
    associate,
    associate_categories,
    correlate,
    correlation_ratio,
    cramers_v,
    theils_u,
)

NOMINAL = ["town", "heating", "street"]
FRAMES = ["value", "n", "p", "p_adjusted", "low", "high"]
FRAMES_OF_CATEGORIES = [
    *("v", "v_uncorrected", "u", "u_of_column", "n", "chi_square", "freedom", "p", "p_adjusted"),
    *("smallest_expected", "v_low", "v_high", "u_low", "u_high"),
    *("u_of_column_low", "u_of_column_high"),
]


def mixed(missing=0.0, rows=60):
    """Two numbers, two ordered and three unordered columns that share a cause."""
    rng = np.random.default_rng(8)
    cause = rng.normal(size=rows)

    def level(levels):
        return pd.cut(cause * rng.random() + rng.normal(size=rows), levels, labels=False)

    table = pd.DataFrame(
        {
            "rent": (cause + rng.normal(size=rows)).round(1),
            "town": pd.Series(level(3)).map(lambda code: "ABC"[code]),
            "size": pd.Categorical.from_codes(level(3), ["S", "M", "L"], ordered=True),
            "heating": pd.Categorical.from_codes(level(3), ["gas", "oil", "wood"]),
            "rooms": level(5) + 1,
            "grade": pd.Categorical.from_codes(level(4), list("abcd"), ordered=True),
            "street": pd.Series(level(5)).map(lambda code: f"street {code}").astype(object),
        }
    )
    return table.mask(rng.random(table.shape) < missing)


def counts(rows=60):
    return np.random.default_rng(1).integers(0, 5, size=rows)


def people(rows=60):
    return np.random.default_rng(2).gamma(2, size=rows)


def written_out(table, times):
    return table.loc[table.index.repeat(times)].reset_index(drop=True)


def assert_same(found, expected, frames):
    for name in frames:
        pd.testing.assert_frame_equal(
            getattr(found, name), getattr(expected, name), rtol=1e-9, atol=1e-12
        )


# Frequencies --------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", [0, 0.2])
def test_frequencies_are_rows_written_out(missing):
    table = mixed(missing)
    found = associate(table, weights=counts(), weights_are="frequency")
    assert_same(found, associate(written_out(table, counts())), FRAMES)
    assert found.effective_n is None
    assert found.weights_are == "frequency"


@pytest.mark.parametrize("missing", [0, 0.2])
def test_frequencies_of_categories_are_rows_written_out(missing):
    table = mixed(missing)[[*NOMINAL, "grade"]]
    found = associate_categories(table, weights=counts(), weights_are="frequency")
    expected = associate_categories(written_out(table, counts()))
    assert_same(found, expected, FRAMES_OF_CATEGORIES)
    pd.testing.assert_frame_equal(found.pairs(), expected.pairs(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("options", [{}, {"x": ["town", "rent"], "y": ["street", "grade"]}])
def test_a_column_s_name_says_where_the_weights_are(options):
    table = mixed(0.1)
    named = associate(
        table.assign(count=counts()), weights="count", weights_are="frequency", **options
    )
    expected = associate(written_out(table, counts()), **options)
    assert_same(named, expected, FRAMES)


@pytest.mark.parametrize("missing", [0, 0.2])
def test_two_columns_with_frequencies_are_written_out(missing):
    table = mixed(missing)
    long = written_out(table, counts())
    options = {"weights": counts(), "weights_are": "frequency"}
    x, y = table["town"], table["street"]
    for corrected in (True, False):
        expected = cramers_v(long["town"], long["street"], corrected=corrected)
        assert cramers_v(x, y, corrected=corrected, **options) == pytest.approx(expected, abs=1e-12)
    expected = theils_u(long["town"], given=long["street"])
    assert theils_u(x, given=y, **options) == pytest.approx(expected, abs=1e-12)
    expected = correlation_ratio(long["town"], long["rent"])
    assert correlation_ratio(x, table["rent"], **options) == pytest.approx(expected, abs=1e-12)
    expected = adjusted_residuals(long["town"], long["street"])
    pd.testing.assert_frame_equal(adjusted_residuals(x, y, **options), expected, atol=1e-12)


def test_thousands_of_millions_of_rows_need_not_be_written_out():
    table = pd.DataFrame({"a": list("xxyy"), "b": list("pqpq")})
    found = associate_categories(
        table, weights=[3 * 10**9, 10**9, 10**9, 3 * 10**9], weights_are="frequency"
    )
    assert found.n.loc["a", "b"] == 8 * 10**9
    assert found.v_uncorrected.loc["a", "b"] == 0.5  # (3 * 3 - 1 * 1) / 4²
    assert found.chi_square.loc["a", "b"] == pytest.approx(2 * 10**9)
    # so many rows leave V a width of about 2 * 1.96 / sqrt(n)
    width = found.v_high.loc["a", "b"] - found.v_low.loc["a", "b"]
    assert width == pytest.approx(2 * 1.96 / np.sqrt(8e9), rel=1e-2)


# Surveys ------------------------------------------------------------------------------------


def shares(table, weights, x, y):
    """Weighted shares of the cells, rows, Kish's effective rows; of the rows that both have."""
    shared = table[[x, y]].notna().all(axis=1).to_numpy()
    w = weights[shared]
    cells = pd.crosstab(
        table.loc[shared, x].astype(object), table.loc[shared, y].astype(object), w, aggfunc="sum"
    ).fillna(0)
    return cells.to_numpy() / w.sum(), shared.sum(), w.sum() ** 2 / (w**2).sum()


@pytest.mark.parametrize("missing", [0, 0.2])
def test_a_survey_s_v_and_u_are_those_of_weighted_shares_in_effective_rows(missing):
    table, weights = mixed(missing)[NOMINAL], people()
    found = associate_categories(table, weights=weights, weights_are="survey")
    for x, y in itertools.permutations(NOMINAL, 2):
        p, rows, effective_n = shares(table, weights, x, y)
        expected = np.outer(p.sum(axis=1), p.sum(axis=0))
        phi_square = ((p - expected) ** 2 / expected).sum()
        freedom = (p.shape[0] - 1) * (p.shape[1] - 1)
        joint = special.entr(p).sum()
        by_x, by_y = special.entr(p.sum(axis=1)).sum(), special.entr(p.sum(axis=0)).sum()
        cell = {name: getattr(found, name).loc[x, y] for name in FRAMES_OF_CATEGORIES}
        assert cell["n"] == rows
        assert found.effective_n.loc[x, y] == pytest.approx(effective_n)
        assert cell["chi_square"] == pytest.approx(effective_n * phi_square)
        assert cell["p"] == pytest.approx(stats.chi2.sf(effective_n * phi_square, freedom))
        assert cell["smallest_expected"] == pytest.approx(effective_n * expected.min())
        fewer = min(p.shape) - 1
        assert cell["v_uncorrected"] == pytest.approx(np.sqrt(phi_square / fewer))
        excess = max(phi_square - freedom / (effective_n - 1), 0)  # Bergsma's formulas
        left = min(size - (size - 1) ** 2 / (effective_n - 1) for size in p.shape)
        assert cell["v"] == pytest.approx(np.sqrt(excess / (left - 1)))
        assert cell["u"] == pytest.approx((by_x + by_y - joint) / by_x)
        assert cell["u_of_column"] == pytest.approx((by_x + by_y - joint) / by_y)


@pytest.mark.parametrize("missing", [0, 0.2])
def test_a_survey_s_eta_is_that_of_weighted_means_and_its_f_of_effective_rows(missing):
    table, weights = mixed(missing), people()
    found = associate(table, weights=weights, weights_are="survey")
    for grouping, values in itertools.product(NOMINAL, ["rent", "size"]):
        shared = table[[grouping, values]].notna().all(axis=1).to_numpy()
        w, groups = weights[shared], table.loc[shared, grouping].astype(object)
        y = table.loc[shared, values]
        if values == "size":  # a rank: the weight below a level, and half of the weight at it
            y = y.cat.codes
            y = y.map(lambda code, y=y, w=w: w[y < code].sum() + w[y == code].sum() / 2)
        y = y.to_numpy(float)
        whole = DescrStatsW(y, w)
        within = sum(
            DescrStatsW(y[groups == level], w[groups == level]).sumsquares
            for level in groups.unique()
        )
        explained = 1 - within / whole.sumsquares
        effective_n, levels = w.sum() ** 2 / (w**2).sum(), groups.nunique()
        if values == "size":
            p = stats.chi2.sf((effective_n - 1) * explained, levels - 1)
        else:
            f = explained / (1 - explained) * (effective_n - levels) / (levels - 1)
            p = stats.f.sf(f, levels - 1, effective_n - levels)
            alone = correlation_ratio(
                table[grouping], table[values], weights=weights, weights_are="survey"
            )
            assert alone == pytest.approx(np.sqrt(explained), abs=1e-12)
        for cell in [(grouping, values), (values, grouping)]:
            assert found.value.loc[cell] == pytest.approx(np.sqrt(explained), abs=1e-10)
            assert found.p.loc[cell] == pytest.approx(p)
            assert found.n.loc[cell] == shared.sum()
            assert found.effective_n.loc[cell] == pytest.approx(effective_n)


@pytest.mark.parametrize(
    ("columns", "method"),
    [
        (["rent", "rooms"], "pearson"),
        (["size", "grade"], "spearman"),
        (["size", "rent"], "spearman"),
    ],
)
def test_a_survey_s_correlations_are_those_of_correlate(columns, method):
    table, weights = mixed(0.2), people()
    found = associate(table, weights=weights, weights_are="survey", confidence=0.9)
    numbers = table[columns].copy()
    for name, column in table[columns].select_dtypes("category").items():
        numbers[name] = column.cat.codes.where(column.notna())
    expected = correlate(
        numbers.astype(float), method, weights=weights, weights_are="survey", confidence=0.9
    )
    cell = tuple(columns)
    assert found.measure.loc[cell] == method
    for name, peer in [("value", "r"), ("p", "p"), ("low", "low"), ("high", "high"), ("n", "n")]:
        frame = getattr(expected, peer)
        assert getattr(found, name).loc[cell] == pytest.approx(frame.loc[cell], abs=1e-10)


def test_equal_survey_weights_change_nothing():
    table = mixed(0.1)
    options = {"weights": [0.25] * 60, "weights_are": "survey"}
    found = associate(table, **options)
    assert_same(found, associate(table), FRAMES)
    np.testing.assert_allclose(found.effective_n, found.n)
    of_categories = associate_categories(table[NOMINAL], **options)
    assert_same(of_categories, associate_categories(table[NOMINAL]), FRAMES_OF_CATEGORIES)
    x, y = table["town"], table["street"]
    pd.testing.assert_frame_equal(
        adjusted_residuals(x, y, **options), adjusted_residuals(x, y), atol=1e-12
    )


@pytest.mark.parametrize("scale", [1e-200, 3.0, 1e200])
def test_the_size_of_survey_weights_is_of_no_account(scale):
    table, weights = mixed(0.1), people()
    found, expected = (
        associate(table, weights=each, weights_are="survey") for each in (weights * scale, weights)
    )
    assert_same(found, expected, FRAMES)
    found, expected = (
        associate_categories(table[NOMINAL], weights=each, weights_are="survey")
        for each in (weights * scale, weights)
    )
    assert_same(found, expected, FRAMES_OF_CATEGORIES)


def test_residuals_of_a_survey_are_those_of_weighted_shares_in_effective_rows():
    table, weights = mixed(), people()
    p, _, effective_n = shares(table, weights, "town", "street")
    row, column = p.sum(axis=1, keepdims=True), p.sum(axis=0)
    error = np.sqrt(row * column * (1 - row) * (1 - column) / effective_n)
    found = adjusted_residuals(
        table["town"], table["street"], weights=weights, weights_are="survey"
    )
    np.testing.assert_allclose(found, (p - row * column) / error)


def test_pairs_name_the_effective_n():
    table, weights = mixed(), people()
    for found in (
        associate(table, weights=weights, weights_are="survey"),
        associate_categories(table[NOMINAL], weights=weights, weights_are="survey"),
    ):
        pairs = found.pairs()
        place = pairs.columns.get_loc("n")
        assert pairs.columns[place + 1] == "effective_n"
        assert (pairs["effective_n"] < pairs["n"]).all()


def test_p_of_a_survey_keeps_its_level_where_weights_have_nothing_to_do_with_answers():
    """1225 pairs of independent columns: 5 % have p <= 0.05, within four standard errors.

    Taken for frequencies, the same weights make discoveries of nothing.
    """
    rng = np.random.default_rng(3)
    table = pd.DataFrame(rng.integers(3, size=(600, 50))).astype("category")
    weights = rng.lognormal(sigma=0.8, size=600)
    p = associate_categories(table, weights=weights, weights_are="survey").pairs()["p"]
    tolerance = 4 * np.sqrt(0.05 * 0.95 / len(p))
    assert (p <= 0.05).mean() == pytest.approx(0.05, abs=tolerance)
    counted = np.ceil(weights * 10)
    p = associate_categories(table, weights=counted, weights_are="frequency").pairs()["p"]
    assert (p <= 0.05).mean() > 0.5


# What weights may be ------------------------------------------------------------------------


def test_a_row_of_weight_zero_is_no_row():
    table = mixed()
    extra = table.iloc[:5].assign(street="nowhere else")
    longer = pd.concat([table, extra], ignore_index=True)
    weights = np.append(people(), np.zeros(5))
    found = associate(longer, weights=weights, weights_are="survey")
    assert_same(found, associate(table, weights=people(), weights_are="survey"), FRAMES)


@pytest.mark.parametrize(
    ("weights", "kind", "message"),
    [
        ([1, 2, -1, 1], "survey", "The weight at position 2 is negative"),
        ([1, None, 2, 1], "frequency", "The weight at position 1 is missing"),
        ([1, 2, 2, 1.5], "frequency", "position 3 is not whole"),
        ([0, 0, 0, 0], "survey", "All weights are 0"),
        ([1, 1, 1, 1], None, "Say what the weights are: weights_are='frequency'"),
        (None, "survey", "weights_are is 'survey', but there are no weights"),
    ],
)
def test_weights_that_cannot_be_meant_are_refused(weights, kind, message):
    x, y, values = list("abab"), list("ccdd"), [1, 2, 3, 5]
    table = pd.DataFrame({"x": x, "y": y})
    options = {"weights": weights, "weights_are": kind}
    for call in (
        lambda: associate(table, **options),
        lambda: associate_categories(table, **options),
        lambda: cramers_v(x, y, **options),
        lambda: theils_u(x, given=y, **options),
        lambda: correlation_ratio(x, values, **options),
        lambda: adjusted_residuals(x, y, **options),
    ):
        with pytest.raises(ValueError, match=message):
            call()


def test_weights_are_one_a_row_with_the_columns_labels():
    x, y = pd.Series(list("abab")), pd.Series(list("ccdd"))
    with pytest.raises(ValueError, match=r"differ in length .*weights has 3"):
        cramers_v(x, y, weights=[1, 2, 3], weights_are="survey")
    elsewhere = pd.Series([1, 2, 3, 4], index=[3, 2, 1, 0])
    with pytest.raises(ValueError, match="different row labels"):
        cramers_v(x, y, weights=elsewhere, weights_are="survey")


@pytest.mark.parametrize("kind", ["frequency", "survey"])
def test_without_a_row_that_both_columns_have_there_is_nothing(kind):
    x, y = ["a", "b", None, None], [None, None, "c", "d"]
    options = {"weights": [1, 2, 3, 4], "weights_are": kind}
    assert np.isnan(cramers_v(x, y, **options))
    assert np.isnan(theils_u(x, given=y, **options))
    assert np.isnan(correlation_ratio(x, [None, None, 1.0, 2.0], **options))
    assert adjusted_residuals(x, y, **options).empty
    pair = associate_categories(pd.DataFrame({"x": x, "y": y}), **options).pairs().iloc[0]
    assert pair["n"] == pair["freedom"] == 0
    assert pair[["v", "p", "v_low", "u_of_x", "u_of_x_low"]].isna().all()
