"""Two columns, at least one of categories: references, traps and refusals."""

import itertools
import json
from collections import Counter
from fractions import Fraction
from math import isqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.stats.contingency import association
from statsmodels.stats.contingency_tables import Table

from lib.stats import adjusted_residuals, correlation_ratio, cramers_v, theils_u

R = json.loads((Path(__file__).parents[1] / "reference" / "highway.json").read_text())
HIGHWAY = Path(__file__).parents[3] / "datasets" / "highway.csv"


def categories(seed, rows=120, levels=(4, 5), missing=0.0):
    """Two columns that have something to do with each other, as letters."""
    rng = np.random.default_rng(seed)
    first, second = levels
    x = rng.integers(first, size=rows)
    y = np.where(rng.random(rows) < 0.3, x % second, rng.integers(second, size=rows))
    table = pd.DataFrame({"x": x, "y": y}).astype(object).map("abcdefghijkl".__getitem__)
    table = table.mask(rng.random(table.shape) < missing)
    return table["x"], table["y"]


PAIRS = pytest.mark.parametrize(
    ("x", "y"),
    [
        pytest.param(*categories(seed, rows, levels, missing), id=f"{seed}-{rows}-{levels}")
        for seed, (rows, levels, missing) in enumerate(
            itertools.product([8, 120, 2000], [(2, 2), (2, 7), (4, 5), (12, 3)], [0, 0.2])
        )
    ],
)


def counted(x, y):
    """The contingency table, by pandas; only complete rows, only levels that occur."""
    return pd.crosstab(x, y).to_numpy()


# Cramér's V ---------------------------------------------------------------------------------


def root(number):
    """The square root of a fraction, rounded once at the end."""
    return float(Fraction(isqrt(number.numerator * 10**40 // number.denominator), 10**20))


def exact_v(x, y, *, corrected):
    """V in rational arithmetic, by Bergsma's formulas as they are printed."""
    counts = counted(x, y).tolist()
    n = sum(map(sum, counts))
    rows, columns = len(counts), len(counts[0])
    row_totals = [sum(row) for row in counts]
    column_totals = [sum(column) for column in zip(*counts, strict=True)]
    phi_square = -1 + sum(
        Fraction(counts[i][j] ** 2, row_totals[i] * column_totals[j])
        for i in range(rows)
        for j in range(columns)
    )
    if not corrected:
        return root(phi_square / (min(rows, columns) - 1))
    phi_square = max(Fraction(0), phi_square - Fraction((rows - 1) * (columns - 1), n - 1))
    rows_left = rows - Fraction((rows - 1) ** 2, n - 1)
    columns_left = columns - Fraction((columns - 1) ** 2, n - 1)
    room = min(rows_left, columns_left) - 1
    return root(phi_square / room) if room else 0.0  # a level a row: 0 / 0, all of it chance


@PAIRS
def test_v_equals_scipy(x, y):
    expected = association(counted(x, y), method="cramer", correction=False)
    assert cramers_v(x, y, corrected=False) == pytest.approx(expected, abs=1e-12)


@PAIRS
@pytest.mark.parametrize("corrected", [True, False])
def test_v_equals_rational_arithmetic(x, y, corrected):
    expected = exact_v(x, y, corrected=corrected)
    assert cramers_v(x, y, corrected=corrected) == pytest.approx(expected, abs=1e-12)


def test_v_is_corrected_unless_asked_otherwise():
    x, y = categories(1)
    assert cramers_v(x, y) == cramers_v(x, y, corrected=True) < cramers_v(x, y, corrected=False)


def test_yates_is_not_applied_to_v():
    """Two identical columns of two levels: with Yates' correction, V would be .63."""
    x = ["a", "b", "a", "b", "a", "b", "a", "b"]
    with_yates = association(counted(x, x), method="cramer", correction=True)
    assert with_yates < 0.8
    assert cramers_v(x, x, corrected=False) == cramers_v(x, x) == 1


@pytest.mark.parametrize("levels", [2, 3, 10, 50])
def test_identifier_column_has_v_1_uncorrected_and_0_corrected(levels):
    identifier = [f"row {number}" for number in range(100)]
    other = np.random.default_rng(levels).integers(levels, size=100)
    for x, y in [(identifier, other), (other, identifier), (identifier, identifier)]:
        assert cramers_v(x, y, corrected=False) == 1
        assert cramers_v(x, y) == 0


@pytest.mark.parametrize("corrected", [True, False])
@pytest.mark.parametrize("rows", [0, 1, 6])
def test_a_column_of_one_level_has_no_v(rows, corrected):
    other = list("abcabc")[:rows]
    assert np.isnan(cramers_v(["a"] * rows, other, corrected=corrected))
    assert np.isnan(cramers_v(other, ["a"] * rows, corrected=corrected))


def test_one_level_within_the_shared_rows_is_one_level():
    assert np.isnan(cramers_v(["a", "a", "b", "b"], ["c", "d", None, None]))


def test_independent_columns_have_v_0_without_rounding():
    x, y = np.repeat(["a", "b", "c"], 7), np.tile(list("defghij"), 3)
    assert cramers_v(x, y, corrected=False) == pytest.approx(0, abs=1e-15)
    assert cramers_v(x, y) == 0


def test_no_more_than_chance_gives_is_corrected_to_0_without_rounding():
    """chi² / n = 2 / 5 = (2 - 1) (3 - 1) / (n - 1): the root of a rounded 0 would be 1e-8."""
    assert cramers_v(list("abbbbb"), list("ecddde")) == 0


# Theil's U ----------------------------------------------------------------------------------


def entropy(values):
    return stats.entropy(list(Counter(values).values()))


@PAIRS
def test_u_equals_scipy_s_entropies(x, y):
    shared = x.notna() & y.notna()
    x, y = x[shared], y[shared]
    joint = entropy(zip(x, y, strict=True))
    expected = (entropy(x) + entropy(y) - joint) / entropy(x)
    assert theils_u(x, given=y) == pytest.approx(expected, abs=1e-12)


def test_u_of_a_constant_is_nan_because_there_is_nothing_to_explain():
    assert np.isnan(theils_u(["a", "a", "a"], given=["b", "c", "d"]))
    assert np.isnan(theils_u(["a", "a", "b"], given=["b", "c", None]))
    assert np.isnan(theils_u([], given=[]))


def test_u_given_a_constant_is_0():
    for x in (list("aab"), list("abcdefg"), list("aaaabbbccd")):
        assert theils_u(x, given=["same"] * len(x)) == pytest.approx(0, abs=1e-15)


def test_u_of_what_is_determined_is_1_without_rounding():
    x = np.random.default_rng(0).integers(30, size=500)
    assert theils_u(x, given=x) == theils_u(x % 7, given=x) == 1
    assert theils_u(x, given=np.arange(500)) == 1


# Correlation ratio --------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(R["eta2_htype"]))
def test_eta_squared_equals_r(name):
    highway = pd.read_csv(HIGHWAY)
    expected = R["eta2_htype"][name]["eta2"]
    eta = correlation_ratio(highway["htype"], highway[name])
    assert eta**2 == pytest.approx(expected, abs=1e-12)


def exact_eta(groups, values):
    """eta in rational arithmetic."""
    values = [Fraction(value) for value in values]
    mean = sum(values) / len(values)
    members = {}
    for group, value in zip(groups, values, strict=True):
        members.setdefault(group, []).append(value)
    between = sum(len(own) * (sum(own) / len(own) - mean) ** 2 for own in members.values())
    return root(between / sum((value - mean) ** 2 for value in values))


@pytest.mark.parametrize("offset", [0, 1e8, -1e8, 1e12])
@pytest.mark.parametrize("rows", [5, 60])
def test_values_around_1e8_keep_their_digits(rows, offset):
    rng = np.random.default_rng(rows)
    groups = rng.integers(3, size=rows)
    values = rng.normal(size=rows) + 0.5 * groups + offset
    expected = exact_eta(groups.tolist(), values.tolist())
    assert correlation_ratio(groups, values) == pytest.approx(expected, abs=1e-12)


def test_values_that_are_left_out_cost_no_digits():
    rng = np.random.default_rng(0)
    groups = rng.integers(4, size=80).astype(object)
    values = rng.normal(size=80) + 0.3 * groups.astype(float)
    groups[:40], values[:40] = None, values[:40] + 1e8
    expected = exact_eta(groups[40:].tolist(), values[40:].tolist())
    assert correlation_ratio(groups, values) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("scale", [1e-300, 1e-160, 1e160, 1e300])
def test_squares_neither_overflow_nor_vanish(scale):
    groups, values = np.tile(["a", "b", "c"], 10), np.random.default_rng(0).normal(size=30)
    expected = correlation_ratio(groups, values)
    assert correlation_ratio(groups, values * scale) == pytest.approx(expected, abs=1e-12)


def test_eta_of_two_groups_is_the_size_of_r():
    rng = np.random.default_rng(0)
    lit = rng.random(50) < 0.4
    values = rng.normal(size=50) - lit
    r = np.corrcoef(lit, values)[0, 1]
    assert r < 0
    assert correlation_ratio(lit, values) == pytest.approx(-r, abs=1e-12)


def test_booleans_are_values_too():
    groups = list("aabbcc")
    assert correlation_ratio(groups, [True, False] * 3) == correlation_ratio(groups, [1, 0] * 3)


def test_groups_of_one_row_each_explain_everything():
    values = np.random.default_rng(0).normal(size=30)
    assert correlation_ratio(range(30), values) == 1


@pytest.mark.parametrize("value", [0.0, 0.1, 1e8 + 0.1])
def test_values_that_do_not_vary_have_no_eta(value):
    assert np.isnan(correlation_ratio(list("abc"), [value] * 3))


def test_values_that_vary_by_rounding_only_do_not_vary():
    assert np.isnan(correlation_ratio(list("aabb"), [0.3, 0.3, 0.1 + 0.2, 0.1 + 0.2]))


def test_a_single_group_has_no_eta():
    assert np.isnan(correlation_ratio(["a"] * 4, [1, 2, 3, 4]))
    assert np.isnan(correlation_ratio(["a", "a", "b", None], [1, 2, np.nan, 3]))


def test_no_shared_rows_no_eta():
    assert np.isnan(correlation_ratio([None, "a"], [1.0, np.nan]))


# Adjusted residuals -------------------------------------------------------------------------


@PAIRS
def test_residuals_equal_statsmodels(x, y):
    table = pd.crosstab(x, y)
    expected = Table(table, shift_zeros=False).standardized_resids
    found = adjusted_residuals(x, y)
    pd.testing.assert_frame_equal(found, expected, rtol=0, atol=1e-12)


def test_residuals_have_a_line_for_each_level_that_occurs_in_its_own_order():
    dress = pd.Categorical(["M", "S", "M", "L", "S"], categories=["XS", "S", "M", "L"])
    worn = ["yes", "no", "no", None, "yes"]
    found = adjusted_residuals(pd.Series(dress, name="size"), worn)
    assert found.index.tolist() == ["S", "M"]
    assert found.index.name == "size"
    assert found.columns.tolist() == ["no", "yes"]
    assert found.columns.name is None


def test_residuals_of_one_level_are_nan():
    found = adjusted_residuals(["a", "a", "a"], ["c", "d", "d"])
    assert found.shape == (1, 2)
    assert found.isna().all(axis=None)


# What counts as a level ---------------------------------------------------------------------


def columns_of_every_kind():
    letters = list("abcabcbbaacb")
    numbers = ["abc".index(letter) for letter in letters]
    return {
        "list": letters,
        "tuple": tuple(letters),
        "array": np.array(letters),
        "str": pd.Series(letters),
        "object": pd.Series(letters, dtype=object),
        "string": pd.Series(letters, dtype="string"),
        "arrow": pd.Series(letters, dtype="string[pyarrow]"),
        "category": pd.Series(letters, dtype="category"),
        "reversed": pd.Series(pd.Categorical(letters, categories=list("zcba"), ordered=True)),
        "int": numbers,
        "float": np.array(numbers) + 0.5,
        "Int64": pd.Series(numbers, dtype="Int64"),
        "dates": pd.Timestamp("2024-01-01") + pd.to_timedelta(numbers, unit="D"),
        "mixed": ["abc".index(letter) if letter < "c" else letter for letter in letters],
        "pairs": [(letter, 1) if letter < "c" else letter for letter in letters],
    }


@pytest.mark.parametrize("kind", list(columns_of_every_kind()))
def test_levels_of_every_kind(kind):
    x, letters = columns_of_every_kind()[kind], columns_of_every_kind()["list"]
    y = list("ddeedddeeedd")
    values = np.arange(12.0) ** 2
    assert cramers_v(x, y) == pytest.approx(exact_v(pd.Series(letters), y, corrected=True))
    assert theils_u(y, given=x) == pytest.approx(theils_u(y, given=letters), abs=1e-12)
    assert correlation_ratio(x, values) == pytest.approx(exact_eta(letters, values.tolist()))
    assert adjusted_residuals(x, y).shape == (3, 2)


@pytest.mark.parametrize("nothing", [None, np.nan, pd.NA, pd.NaT])
def test_rows_with_a_missing_value_are_left_out(nothing):
    x = ["a", "b", "a", "b", nothing, "c", "a"]
    y = ["d", "e", "d", "d", "e", nothing, "e"]
    complete = ["a", "b", "a", "b", "a"], ["d", "e", "d", "d", "e"]
    assert cramers_v(x, y) == cramers_v(*complete)
    assert theils_u(x, given=y) == theils_u(complete[0], given=complete[1])
    found, expected = adjusted_residuals(x, y), adjusted_residuals(*complete)
    pd.testing.assert_frame_equal(found, expected, check_index_type=False, check_column_type=False)


# Refusals -----------------------------------------------------------------------------------

TWO_COLUMNS = pytest.mark.parametrize(
    "function",
    [
        cramers_v,
        lambda x, y: theils_u(y, given=x),
        correlation_ratio,
        adjusted_residuals,
    ],
    ids=["cramers_v", "theils_u", "correlation_ratio", "adjusted_residuals"],
)


@TWO_COLUMNS
def test_lists_are_no_levels(function):
    with pytest.raises(ValueError, match=r"values such as lists, .* make texts of them"):
        function([["a"], ["b"], ["a"]], [1, 2, 3])


@TWO_COLUMNS
def test_columns_of_different_lengths_are_refused(function):
    with pytest.raises(ValueError, match=r"differ in length .*: pass the same rows of each"):
        function(["a", "b", "a"], [1, 2])


@TWO_COLUMNS
def test_series_with_different_row_labels_are_refused(function):
    x = pd.Series(["a", "b", "c"])
    with pytest.raises(ValueError, match="different row labels: join them into one table"):
        function(x, pd.Series([1, 2, 3], index=[1, 2, 3]))


def test_values_must_be_numbers():
    with pytest.raises(ValueError, match=r"Column 'values' is not numeric: .*pd\.to_numeric"):
        correlation_ratio(["a", "b"], ["1", "2"])


def test_values_must_be_finite():
    with pytest.raises(ValueError, match="Column 'values' is infinite in places"):
        correlation_ratio(["a", "b", "a"], [1, 2, np.inf])


def test_no_rows_have_no_eta():
    with pytest.raises(ValueError, match="but no rows"):
        correlation_ratio([], pd.Series([], dtype=float))
