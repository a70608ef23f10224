"""partial_correlate given chosen columns, semipartial and by ranks: R, pingouin, plain loops."""

import itertools

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from datasets import load
from lib.stats import correlate, partial_correlate

# The example of R's ppcor. Pearson: the package's output as the help of R's LMMstar quotes it.
# Spearman: Kim (2015), Communications for Statistical Applications and Methods 22, 665-674.
YEAST = pd.DataFrame(
    {
        "hl": [7, 15, 19, 15, 21, 22, 57, 15, 20, 18],
        "disp": [0, 0.964, 0, 0, 0.921, 0, 0, 1.006, 0, 1.011],
        "deg": [9, 2, 3, 4, 1, 3, 1, 3, 6, 1],
        "BC": [1.78e-02, 1.05e-06, 1.37e-05, 7.18e-03, 0, 0, 0, 4.48e-03, 2.10e-06, 0],
    }
)
YEAST_PEARSON = {
    ("hl", "disp"): (-0.6720863, 0.06789202),
    ("hl", "deg"): (-0.6161163, 0.10383620),
    ("hl", "BC"): (0.1148459, 0.78654997),
    ("disp", "deg"): (-0.7215522, 0.04332869),
    ("disp", "BC"): (0.2855420, 0.49299871),
    ("deg", "BC"): (0.6940953, 0.05615021),
}
YEAST_SPEARMAN = {
    ("hl", "disp"): -0.7647345,
    ("hl", "deg"): -0.1367596,
    ("hl", "BC"): -0.7860646,
    ("disp", "deg"): -0.4845966,
    ("disp", "BC"): -0.4506273,
    ("deg", "BC"): 0.4010940,
}
PAIRS = pytest.mark.parametrize(("x", "y"), YEAST_PEARSON)


def related(seed, rows=40, missing=0.0):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(rows, 6)) @ rng.normal(size=(6, 6))
    frame = pd.DataFrame(values, columns=[*"abcdef"])
    return frame.mask(rng.random(frame.shape) < missing)


def residuals(y, given):
    return sm.OLS(y, sm.add_constant(given)).fit().resid


# Published values ---------------------------------------------------------------------------


@PAIRS
def test_pearson_equals_ppcor(x, y):
    r, p = YEAST_PEARSON[x, y]
    others = [name for name in YEAST if name not in (x, y)]
    for found in (partial_correlate(YEAST), partial_correlate(YEAST, given=others)):
        assert found.r.loc[x, y] == pytest.approx(r, abs=5e-8)
        assert found.p.loc[x, y] == pytest.approx(p, abs=5e-9)


@PAIRS
def test_spearman_equals_ppcor(x, y):
    others = [name for name in YEAST if name not in (x, y)]
    for options in ({}, {"given": others}):
        found = partial_correlate(YEAST, method="spearman", **options)
        assert found.r.loc[x, y] == pytest.approx(YEAST_SPEARMAN[x, y], abs=5e-8)


@pytest.mark.parametrize(
    ("method", "partial", "p", "acpt_left", "rate_left"),
    [
        ("pearson", 0.7372502259703569, 1.9471238575955e-07, 0.6417007691045772, 0.680897675169442),
        (
            "spearman",
            0.5115541439165706,
            0.00121209000571082,
            0.42497993616012336,
            0.451176869537389,
        ),
    ],
)
def test_highway_equals_pingouin(method, partial, p, acpt_left, rate_left):
    """pingouin 0.7.0, partial_corr(x="rate", y="acpt") with covar, y_covar and x_covar."""
    data = load("highway").select_dtypes("number")
    options = {"given": ["len", "adt"], "method": method}
    found = partial_correlate(data, **options)
    assert found.r.loc["rate", "acpt"] == pytest.approx(partial, abs=1e-12)
    assert found.p.loc["rate", "acpt"] == pytest.approx(p, rel=1e-9)
    found = partial_correlate(data, semipartial=True, **options)
    assert found.r.loc["rate", "acpt"] == pytest.approx(acpt_left, abs=1e-12)
    assert found.r.loc["acpt", "rate"] == pytest.approx(rate_left, abs=1e-12)


def test_missing_values_equal_pingouin():
    """pingouin 0.7.0, partial_corr(x="Ozone", y="Solar.R", covar="Temp")."""
    air = load("airquality")[["Ozone", "Solar.R", "Wind", "Temp"]]
    pair = partial_correlate(air, given="Temp")
    assert pair.r.loc["Ozone", "Solar.R"] == pytest.approx(0.20895431328110992, abs=1e-12)
    assert pair.p.loc["Ozone", "Solar.R"] == pytest.approx(0.028470633258142503, rel=1e-9)
    assert (pair.n.loc["Ozone", "Solar.R"], pair.n.loc["Ozone", "Wind"]) == (111, 116)


# Plain loops --------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["pearson", "spearman"])
@pytest.mark.parametrize("missing", [0, 0.1])
def test_each_pair_equals_its_own_regressions(method, missing):
    data = related(1, missing=missing)
    given = ["b", "e"]
    partial = partial_correlate(data, given=given, method=method)
    semi = partial_correlate(data, given=given, method=method, semipartial=True)
    assert partial.r.columns.tolist() == list("acdf")
    for x, y in itertools.permutations("acdf", 2):
        rows = data[[x, y, *given]].dropna()
        rows = rows.rank() if method == "spearman" else rows
        left_x, left_y = (residuals(rows[name], rows[given]) for name in (x, y))
        for found, expected in (
            (partial, np.corrcoef(left_x, left_y)[0, 1]),
            (semi, np.corrcoef(rows[x], left_y)[0, 1]),
        ):
            assert found.r.loc[x, y] == pytest.approx(expected, abs=1e-12)
            assert found.n.loc[x, y] == len(rows)


@pytest.mark.parametrize("method", ["pearson", "spearman"])
def test_semipartial_given_all_others_equals_a_loop(method):
    data = related(2)
    found = partial_correlate(data, method=method, semipartial=True).r
    rows = data.rank() if method == "spearman" else data
    for x, y in itertools.permutations(data.columns, 2):
        left = residuals(rows[y], rows.drop(columns=[x, y]))
        assert found.loc[x, y] == pytest.approx(np.corrcoef(rows[x], left)[0, 1], abs=1e-12)


def test_the_square_of_a_semipartial_is_what_one_column_adds_to_r_squared():
    data = related(3)
    found = partial_correlate(data, given=["b", "c"], semipartial=True).r
    with_it, without = (
        sm.OLS(data["a"], sm.add_constant(data[names])).fit().rsquared
        for names in (["b", "c", "d"], ["b", "c"])
    )
    assert found.loc["a", "d"] ** 2 == pytest.approx(with_it - without, abs=1e-12)


def test_p_is_that_of_the_regression_coefficient():
    data = related(4, missing=0.1)
    found = partial_correlate(data, given=["a"])
    rows = data[["a", "b", "c"]].dropna()
    model = sm.OLS(rows["b"], sm.add_constant(rows[["a", "c"]])).fit()
    assert found.p.loc["b", "c"] == pytest.approx(model.pvalues["c"], rel=1e-9)


# What comes back ----------------------------------------------------------------------------


def test_semipartial_pairs_are_ordered_and_each_is_a_test():
    found = partial_correlate(related(5), given="a", semipartial=True, adjust="bonferroni")
    pairs = found.pairs()
    assert set(zip(pairs["x"], pairs["y"], strict=True)) == set(itertools.permutations("bcdef", 2))
    np.testing.assert_allclose(pairs["p_adjusted"], np.minimum(20 * pairs["p"], 1))
    for row in pairs.itertuples():
        assert (row.r, row.low) == (found.r.loc[row.x, row.y], found.low.loc[row.x, row.y])
    with pytest.raises(ValueError, match="no correlation matrix"):
        _ = found.is_positive_semidefinite


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({}, "partial"),
        ({"semipartial": True}, "semipartial"),
        ({"method": "spearman"}, "partial spearman"),
        ({"method": "spearman", "semipartial": True}, "semipartial spearman"),
    ],
)
def test_the_result_says_what_it_is(options, name):
    found = partial_correlate(related(6), given=["a", "b"], **options)
    assert (found.method, found.accounted_for) == (name, 2)
    assert np.diagonal(found.r).tolist() == [1] * 4
    r = found.r.loc["c", "d"]
    variance = (1 + r**2 / 2 if "spearman" in name else 1) / (40 - 3 - 2)
    reach = 1.959963984540054 * np.sqrt(variance)
    assert found.low.loc["c", "d"] == pytest.approx(np.tanh(np.arctanh(r) - reach), abs=1e-12)


# Traps --------------------------------------------------------------------------------------


def test_a_constant_column_explains_nothing():
    data = related(7)
    found = partial_correlate(data.assign(flat=1e8 + 0.1), given=["a", "flat"])
    expected = partial_correlate(data, given="a")
    pd.testing.assert_frame_equal(found.p, expected.p)
    nothing = partial_correlate(data.assign(flat=1.0), given="flat")
    np.testing.assert_allclose(nothing.p, correlate(data).p, rtol=1e-9)
    assert partial_correlate(data.assign(flat=1.0), given="a").r["flat"].isna().all()


@pytest.mark.parametrize("offset", [1e8, -1e8])
def test_values_around_1e8_keep_their_digits(offset):
    steps = pd.DataFrame(np.random.default_rng(9).integers(-9, 9, size=(30, 4)), columns=[*"abcd"])
    found = partial_correlate(steps + offset, given=["a", "b"]).r
    np.testing.assert_allclose(found, partial_correlate(steps, given=["a", "b"]).r, atol=1e-12)


@pytest.mark.parametrize("offset", [0, 1e4, 1e8])
@pytest.mark.parametrize("semipartial", [False, True])
def test_a_column_that_the_given_ones_say_already_is_refused(offset, semipartial):
    data = related(8) + offset
    data["total"] = data["a"] + data["b"]
    with pytest.raises(ValueError, match=r"^Column 'total' is no more than the given .*'a', 'b'"):
        partial_correlate(data, given=["a", "b"], semipartial=semipartial)


def test_given_columns_of_which_one_follows_from_the_others_are_refused():
    data = related(8).assign(total=lambda frame: frame["a"] - frame["b"])
    with pytest.raises(ValueError, match="Columns 'a', 'b', 'total' are collinear"):
        partial_correlate(data, given=["a", "b", "total"])


def test_pairs_with_too_few_rows_are_nan_and_others_are_not():
    data = related(10, rows=20)
    data.loc[4:, "b"] = np.nan
    found = partial_correlate(data, given=["a", "f"])
    assert np.isnan(found.r.loc["b", "c"])
    assert np.isnan(found.r.loc["b", "b"])
    assert (found.n.loc["b", "c"], found.n.loc["c", "d"]) == (4, 20)
    assert not np.isnan(found.p.loc["c", "d"])


def test_a_column_that_the_given_ones_say_in_the_shared_rows_alone_is_nan_there():
    """b says what a says wherever c has a value, and elsewhere it does not."""
    data = related(13)
    data.loc[:9, "b"] = data.loc[:9, "a"]
    data.loc[10:, "c"] = np.nan
    found = partial_correlate(data, given="a")
    assert np.isnan(found.r.loc["b", "c"])
    assert np.isnan(found.p.loc["b", "c"])
    for x, y in [("b", "d"), ("c", "d")]:
        rows = data[[x, y, "a"]].dropna()
        expected = np.corrcoef(residuals(rows[x], rows["a"]), residuals(rows[y], rows["a"]))[0, 1]
        assert found.r.loc[x, y] == pytest.approx(expected, abs=1e-12)


def test_given_columns_that_are_collinear_in_the_shared_rows_alone_make_nan_there():
    data = related(14)
    data.loc[:9, "b"] = data.loc[:9, "a"]
    data.loc[10:, "c"] = np.nan
    found = partial_correlate(data, given=["a", "b"])
    assert np.isnan(found.r.loc["c", "d"])
    assert not np.isnan(found.r.loc["d", "e"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"given": "q"}, "Column 'q' is not in the table, but in given"),
        ({"given": [*"abcde"]}, "given leaves 1 of the table's columns"),
        ({"given": []}, "given is an empty list"),
        ({"given": "a", "method": "kendall"}, "Unknown method 'kendall': choose from pearson"),
    ],
)
def test_what_cannot_be_given_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        partial_correlate(related(11), **options)


def test_given_columns_without_a_common_row_are_refused():
    data = related(12).assign(a=np.nan)
    with pytest.raises(ValueError, match="No row has a value in all given columns"):
        partial_correlate(data, given="a")
