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


@pytest.mark.parametrize("method", ["pearson", "spearman"])
@pytest.mark.parametrize("given", [["a"], ["a", "b", "e", "f"], None])
def test_p_of_a_semipartial_is_that_of_what_one_column_adds(method, given):
    data = related(4, missing=0.05)[["a", "b", "c", "d", "e", "f"]]
    found = partial_correlate(data, given=given, method=method, semipartial=True).p
    for x, y in [("c", "d"), ("d", "c")]:
        fixed = data.columns.drop([x, y]).tolist() if given is None else given
        rows = data[[x, y, *fixed]].dropna() if given else data.dropna()
        rows = rows.rank() if method == "spearman" else rows
        full, without = (
            sm.OLS(rows[x], sm.add_constant(rows[names])).fit() for names in ([y, *fixed], fixed)
        )
        assert found.loc[x, y] == pytest.approx(full.compare_f_test(without)[1], rel=1e-8)


def test_a_semipartial_is_found_though_the_given_column_explains_nearly_all():
    """statsmodels' p of b in a ~ b + g and of a in b ~ a + g is 4.312e-4; r is at most .389."""
    rng = np.random.default_rng(0)
    g = rng.normal(size=60)
    b = g + rng.normal(size=60)
    a = 3 * g + 0.5 * (b - g) + rng.normal(size=60)
    found = partial_correlate(pd.DataFrame({"a": a, "b": b, "g": g}), given="g", semipartial=True)
    for x, y in [("a", "b"), ("b", "a")]:
        assert found.p.loc[x, y] == pytest.approx(4.31237885682101e-4, rel=1e-9)
        assert 0 < found.low.loc[x, y] < found.high.loc[x, y] < found.attainable.loc[x, y]
    assert found.attainable.loc["a", "b"] == pytest.approx(
        np.sqrt(1 - np.corrcoef(a, g)[0, 1] ** 2), abs=1e-12
    )


def semipartial_of(covariance):
    """Of the first column with what is left of the second given the others."""
    given = np.linalg.solve(covariance[2:, 2:], covariance[2:, :2])
    left = covariance[:2, :2] - covariance[:2, 2:] @ given
    return left[0, 1] / np.sqrt(covariance[0, 0] * left[1, 1])


def delta_variance(covariance, n):
    """n times the variance of the semipartial r: slopes by differences, Wishart's covariances."""
    k, step = len(covariance), 1e-6
    slopes = np.zeros((k, k))
    for i, j in itertools.product(range(k), repeat=2):
        moved = np.zeros((k, k))
        moved[i, j] += step / 2
        moved[j, i] += step / 2
        slopes[i, j] = (semipartial_of(covariance + moved) - semipartial_of(covariance - moved)) / (
            2 * step
        )
    moments = slopes @ covariance
    return 2 * np.trace(moments @ moments) / n


@pytest.mark.parametrize("given", [["a"], ["a", "b", "e"]])
def test_the_interval_of_a_semipartial_is_that_of_the_delta_method(given):
    data = related(16)
    found = partial_correlate(data, given=given, semipartial=True)
    for x, y in [("c", "d"), ("d", "c"), ("f", "c")]:
        r = found.r.loc[x, y]
        variance = delta_variance(data[[x, y, *given]].corr().to_numpy(), 40 - 3 - len(given))
        reach = 1.959963984540054 * np.sqrt(variance) / (1 - r**2)
        assert found.low.loc[x, y] == pytest.approx(np.tanh(np.arctanh(r) - reach), abs=1e-7)
        assert found.high.loc[x, y] == pytest.approx(np.tanh(np.arctanh(r) + reach), abs=1e-7)


def test_each_part_of_a_semipartial_of_ranks_has_spearmans_variance():
    data = related(17)
    found = partial_correlate(data, given="a", method="spearman", semipartial=True)
    partial = partial_correlate(data, given="a", method="spearman").r.loc["c", "d"]
    of_given = np.corrcoef(data["c"].rank(), data["a"].rank())[0, 1]
    attainable, r = np.sqrt(1 - of_given**2), found.r.loc["c", "d"]
    variance = attainable**2 * (
        (1 - partial**2) ** 2 * (1 + partial**2 / 2)
        + partial**2 * of_given**2 * (2 - partial**2) * (1 + of_given**2 / 2)
    )
    reach = 1.959963984540054 * np.sqrt(variance / (40 - 3 - 1)) / (1 - r**2)
    assert found.high.loc["c", "d"] == pytest.approx(np.tanh(np.arctanh(r) + reach), abs=1e-12)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("semipartial", [False, True])
def test_a_partial_correlation_of_1_has_no_interval(semipartial):
    data = related(19, rows=12)[["a", "b"]].assign(total=lambda frame: frame["a"] - 2 * frame["b"])
    found = partial_correlate(data, given="b", semipartial=semipartial)
    left = residuals(data["a"], data["b"])
    expected = np.corrcoef(data["a"], left)[0, 1] if semipartial else 1
    assert found.r.loc["a", "total"] == pytest.approx(expected, abs=1e-12)
    assert found.p.loc["a", "total"] == 0
    assert np.isnan([found.low.loc["a", "total"], found.high.loc["a", "total"]]).all()
    line = pd.DataFrame({"x": [1.0, 2, 3, 5, 8], "y": [2.0, 4, 6, 10, 16], "flat": 1.0})
    found = partial_correlate(line, given="flat", semipartial=semipartial)
    assert found.pairs()[["low", "high"]].isna().all(axis=None)


def test_given_nothing_that_varies_a_semipartial_is_a_correlation():
    data = related(18)
    found = partial_correlate(data.assign(flat=1.0), given="flat", semipartial=True)
    expected = correlate(data)
    for name in ("r", "p", "low", "high"):
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), atol=1e-12)


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


@pytest.mark.parametrize("method", ["pearson", "spearman"])
def test_the_interval_of_a_partial_has_two_rows_fewer_for_two_columns(method):
    found = partial_correlate(related(6), given=["a", "b"], method=method)
    r = found.r.loc["c", "d"]
    variance = (1 + r**2 / 2 if method == "spearman" else 1) / (40 - 3 - 2)
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
