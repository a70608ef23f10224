"""associate: every kind of pair against scipy's function for it, traps and refusals."""

import dataclasses
import itertools
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lib.stats import adjust_p_values, associate, associate_categories, correlate, cramers_v

R = json.loads((Path(__file__).parents[1] / "reference" / "highway.json").read_text())
HIGHWAY = Path(__file__).parents[3] / "datasets" / "highway.csv"
FRAMES = ["value", "n", "p", "p_adjusted"]
SIZES = ["XS", "S", "M", "L"]


def mixed(seed, rows=80, missing=0.0):
    """Two numbers, a boolean, two ordered and three unordered columns that share a cause."""
    rng = np.random.default_rng(seed)
    cause = rng.normal(size=rows)

    def level(levels):
        return pd.cut(cause * rng.random() + rng.normal(size=rows), levels, labels=False)

    table = pd.DataFrame(
        {
            "rent": cause + rng.normal(size=rows),
            "town": pd.Series(level(4)).map(lambda code: "ABCD"[code]),
            "size": pd.Categorical.from_codes(level(4), SIZES, ordered=True),
            "lit": pd.array(level(2) > 0, dtype="boolean"),
            "heating": pd.Categorical.from_codes(level(3), ["gas", "oil", "wood"]),
            "rooms": level(5) + 1,
            "grade": pd.Categorical.from_codes(level(6), list("abcdef"), ordered=True),
            "street": pd.Series(level(9)).map(lambda code: f"street {code}").astype(object),
        }
    )
    return table.mask(rng.random(table.shape) < missing)


KINDS = {
    "rent": "numeric",
    "town": "nominal",
    "size": "ordinal",
    "lit": "numeric",
    "heating": "nominal",
    "rooms": "numeric",
    "grade": "ordinal",
    "street": "nominal",
}

KINDS_OF_NOISE = {
    "numeric": lambda rng: rng.normal(size=300),
    "ordinal": lambda rng: pd.Categorical(rng.integers(6, size=300), ordered=True),
    "nominal": lambda rng: pd.Categorical(rng.integers(4, size=300)),
}


def numbers(column):
    return column.cat.codes.to_numpy() if column.dtype == "category" else column.astype(float)


def rank_groups(column, groups):
    ranks = pd.Series(stats.rankdata(numbers(column)))
    return [members.to_numpy() for _, members in ranks.groupby(groups.to_numpy(), observed=True)]


def eta(groups):
    """The correlation ratio as it is defined, a group at a time."""
    values = np.concatenate(groups)
    between = sum(len(group) * (group.mean() - values.mean()) ** 2 for group in groups)
    return np.sqrt(between / ((values - values.mean()) ** 2).sum())


def one_pair(table, x, y):
    """Measure, value and p of two columns by scipy's functions."""
    pair = table[[x, y]].dropna()
    first, second = sorted([x, y], key=lambda name: KINDS[name] == "nominal")
    kinds = KINDS[first], KINDS[second]
    first, second = pair[first], pair[second]
    if kinds == ("nominal", "nominal"):
        counts = pd.crosstab(first, second)
        p = stats.chi2_contingency(counts, correction=False).pvalue
        return "cramers_v", cramers_v(first, second), p
    if kinds == ("numeric", "nominal"):
        groups = [members.to_numpy(float) for _, members in first.groupby(second, observed=True)]
        return "correlation ratio", eta(groups), stats.f_oneway(*groups).pvalue
    if kinds == ("ordinal", "nominal"):
        groups = rank_groups(first, second)
        return "correlation ratio of ranks", eta(groups), stats.kruskal(*groups).pvalue
    if kinds == ("numeric", "numeric"):
        found = stats.pearsonr(numbers(first), numbers(second))
        return "pearson", found.statistic, found.pvalue
    found = stats.spearmanr(numbers(first), numbers(second))
    return "spearman", found.statistic, found.pvalue


# References ---------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", [0, 0.2])
@pytest.mark.parametrize("seed", range(2))
def test_every_pair_equals_scipy(seed, missing):
    table = mixed(seed, missing=missing)
    found = associate(table)
    for x, y in itertools.combinations(table.columns, 2):
        measure, value, p = one_pair(table, x, y)
        for pair in [(x, y), (y, x)]:
            assert found.measure.loc[pair] == measure
            assert found.value.loc[pair] == pytest.approx(value, abs=1e-12)
            assert found.p.loc[pair] == pytest.approx(p, abs=1e-10)
            assert found.n.loc[pair] == len(table[[x, y]].dropna())


@pytest.mark.parametrize("offset", [1e8, -1e8])
def test_values_around_1e8_keep_their_digits(offset):
    """In sixteenths, which float64 holds at that size: nothing may change."""
    table = mixed(0, missing=0.2)[["rent", "town", "street", "rooms"]]
    table[["rent", "rooms"]] = (table[["rent", "rooms"]] * 16).round() / 16
    expected = associate(table)
    table[["rent", "rooms"]] += offset
    found = associate(table)
    np.testing.assert_allclose(found.value, expected.value, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.p, expected.p, rtol=0, atol=1e-10)


def test_highway_equals_r():
    highway = pd.read_csv(HIGHWAY, index_col=0)
    found = associate(highway)
    for name, reference in R["eta2_htype"].items():
        assert found.value.loc["htype", name] ** 2 == pytest.approx(reference["eta2"], abs=1e-12)
        assert found.p.loc["htype", name] == pytest.approx(reference["p"], abs=1e-10)
    ordered = highway[list(R["kruskal_p"])].apply(
        lambda column: pd.Categorical(column, ordered=True)
    )
    found = associate(ordered.assign(htype=highway["htype"]))
    for name, p in R["kruskal_p"].items():
        assert found.measure.loc["htype", name] == "correlation ratio of ranks"
        assert found.p.loc["htype", name] == pytest.approx(p, abs=1e-10)


def test_numbers_alone_equal_correlate():
    table = mixed(0, missing=0.2)[["rent", "lit", "rooms"]]
    found, expected = associate(table, adjust="by"), correlate(table, adjust="by")
    pd.testing.assert_frame_equal(found.value, expected.r)
    for name in ["n", "p", "p_adjusted"]:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name))
    assert (found.measure == "pearson").all(axis=None)


def test_ordered_categories_alone_equal_spearman():
    table = mixed(0, missing=0.2)[["size", "grade"]]
    codes = table.apply(lambda column: column.cat.codes.where(column.notna()))
    found, expected = associate(table), correlate(codes, "spearman")
    pd.testing.assert_frame_equal(found.value, expected.r)
    pd.testing.assert_frame_equal(found.p, expected.p)
    assert (found.measure == "spearman").all(axis=None)


def test_categories_alone_equal_associate_categories():
    table = mixed(0, missing=0.2)[["town", "heating", "street"]]
    found, expected = associate(table), associate_categories(table)
    pd.testing.assert_frame_equal(found.value, expected.v)
    for name in ["n", "p", "p_adjusted"]:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name))
    assert (found.measure == "cramers_v").all(axis=None)


@pytest.mark.parametrize("pair", [*itertools.product(["rent", "size", "town"], repeat=2)])
def test_two_columns_are_enough(pair):
    first, second = pair
    table = mixed(0).set_axis([f"one {name}" for name in KINDS], axis=1)
    table = pd.concat([table[[f"one {first}"]], mixed(1)[[second]]], axis=1)
    assert 0 < abs(associate(table).value.iloc[0, 1]) < 1


# What comes back ----------------------------------------------------------------------------


def test_frames_are_aligned_with_the_columns_of_the_table():
    table = mixed(0, missing=0.2)
    found = associate(table)
    for frame in [found.measure, *(getattr(found, name) for name in FRAMES)]:
        assert frame.index.equals(table.columns)
        assert frame.columns.equals(table.columns)
    for name in FRAMES:
        frame = getattr(found, name)
        pd.testing.assert_frame_equal(frame, frame.T, rtol=0, atol=0)
    pd.testing.assert_frame_equal(found.measure, found.measure.T)
    assert (found.n.dtypes == np.int64).all()


def test_diagonal():
    table = mixed(0, missing=0.2).assign(flat="a", level=1.5)
    found = associate(table)
    np.testing.assert_array_equal(np.diagonal(found.value), [1] * 8 + [np.nan] * 2)
    own = {"numeric": "pearson", "ordinal": "spearman", "nominal": "cramers_v"}
    expected = [*(own[kind] for kind in KINDS.values()), "cramers_v", "pearson"]
    assert np.diagonal(found.measure).tolist() == expected
    assert np.diagonal(found.n).tolist() == table.count().tolist()
    assert np.isnan(np.diagonal(found.p)).all()
    assert np.isnan(np.diagonal(found.p_adjusted)).all()


def test_pairs_lists_every_pair_once_by_falling_size():
    table = mixed(0).assign(flat="a")
    found = associate(table)
    pairs = found.pairs()
    names = ["x", "y", "value", "measure", "n", "p", "p_adjusted", "low", "high"]
    assert pairs.columns.tolist() == names
    assert len(pairs) == 36
    assert pairs["value"].dropna().abs().is_monotonic_decreasing
    assert pairs["value"].tail(8).isna().all()
    for row in pairs.itertuples():
        assert row.measure == found.measure.loc[row.x, row.y]
        for name in FRAMES:
            expected = getattr(found, name).loc[row.x, row.y]
            assert getattr(row, name) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("adjust", ["none", "bonferroni", "holm", "bh", "by"])
def test_each_pair_is_one_test(adjust):
    pairs = associate(mixed(0).assign(flat="a"), adjust=adjust).pairs()
    expected = adjust_p_values(pairs["p"], adjust)
    pd.testing.assert_series_equal(pairs["p_adjusted"], expected, check_names=False)


def test_complete_rows_only():
    table = mixed(0, missing=0.05)
    found, expected = associate(table, missing="complete"), associate(table.dropna())
    for name in [*FRAMES, "measure"]:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name))
    assert (found.n == len(table.dropna())).all(axis=None)


def test_result_is_frozen_and_remembers_what_was_asked():
    found = associate(mixed(0), adjust="bh", missing="complete")
    assert (found.adjust, found.missing) == ("bh", "complete")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.value = found.p


def test_the_table_is_left_as_it_was():
    table = mixed(0, missing=0.1)
    before = table.copy()
    associate(table)
    pd.testing.assert_frame_equal(table, before)


# Properties ---------------------------------------------------------------------------------


@given(seed=st.integers(0, 1000), data=st.data())
@settings(max_examples=8, deadline=None)
def test_order_of_columns_and_of_rows_only_moves_the_results(seed, data):
    table = mixed(seed, rows=25, missing=0.2)
    columns = data.draw(st.permutations(table.columns.tolist()))
    rows = data.draw(st.permutations(range(len(table))))
    found, expected = associate(table[columns].iloc[rows]), associate(table)
    for name in ["value", "n", "p"]:
        moved = getattr(expected, name).loc[columns, columns]
        pd.testing.assert_frame_equal(getattr(found, name), moved, rtol=0, atol=1e-12)
    pd.testing.assert_frame_equal(found.measure, expected.measure.loc[columns, columns])


@given(seed=st.integers(0, 1000), rows=st.integers(1, 30))
@settings(max_examples=10, deadline=None)
def test_values_and_p_are_within_bounds(seed, rows):
    found = associate(mixed(seed, rows=rows, missing=0.3))
    value, p = found.value.to_numpy(), found.p.to_numpy()
    unsigned = ~found.measure.isin(["pearson", "spearman"]).to_numpy()
    assert not (np.abs(value) > 1).any()
    assert not (value[unsigned] < 0).any()
    assert not ((p < 0) | (p > 1)).any()
    assert not (found.p_adjusted.to_numpy() < p).any()


@pytest.mark.parametrize("kinds", [*itertools.combinations_with_replacement(KINDS_OF_NOISE, 2)])
def test_p_is_uniform_without_any_association(kinds):
    """400 pairs of independent columns of 300 rows: a share of about q has p <= q.

    Tolerance: four standard errors, sqrt(q (1 - q) / 400), and 0.01 more, since most p-values
    are approximations.
    """
    rng = np.random.default_rng(8)
    first, second = (
        pd.DataFrame({f"{side} {column}": KINDS_OF_NOISE[kind](rng) for column in range(20)})
        for side, kind in enumerate(kinds)
    )
    p = associate(pd.concat([first, second], axis=1)).p.iloc[:20, 20:].to_numpy()
    for level in [0.01, 0.05, 0.25, 0.5, 0.75]:
        tolerance = 4 * np.sqrt(level * (1 - level) / p.size) + 0.01
        assert np.mean(p <= level) == pytest.approx(level, abs=tolerance)


# Traps --------------------------------------------------------------------------------------


def test_constant_columns_have_no_associations():
    constants = {
        "text": "a",
        "number": 0.1,
        "order": pd.Categorical(["S"] * 80, SIZES, ordered=True),
        "empty": None,
        "empty number": np.nan,
    }
    table = mixed(0, missing=0.1)
    found = associate(table.assign(**constants))
    for name in ["value", "p", "p_adjusted"]:
        assert getattr(found, name)[list(constants)].isna().all(axis=None)
    assert (found.n.loc["empty"] == 0).all()
    kept = associate(table)
    names = table.columns
    pd.testing.assert_frame_equal(found.value.loc[names, names], kept.value)
    pd.testing.assert_frame_equal(found.p_adjusted.loc[names, names], kept.p_adjusted)


def test_columns_constant_within_the_shared_rows_have_no_association():
    table = pd.DataFrame(
        {
            "town": ["A", "A", "A", "B", "B", None],
            "rent": [1.0, 2.0, 3.0, None, None, 5.0],
            "size": pd.Categorical([*"SML", None, None, "S"], SIZES, ordered=True),
            "heating": ["gas", "oil", "gas", None, None, "gas"],
        }
    )
    found = associate(table)
    assert found.value.loc["town", ["rent", "size", "heating"]].isna().all()
    assert found.p.loc["town", ["rent", "size", "heating"]].isna().all()
    assert found.value.loc["heating", "rent"] > 0
    assert found.value.loc["town", "town"] == 1


def test_identifier_column_has_corrected_v_0_and_correlation_ratio_1_without_p():
    table = mixed(0).assign(identifier=[f"row {row}" for row in range(80)])
    found = associate(table)
    assert (found.value.loc["identifier", ["town", "heating", "street"]] == 0).all()
    assert (found.value.loc["identifier", ["rent", "lit", "rooms", "size", "grade"]] == 1).all()
    assert found.p.loc["identifier", ["rent", "lit", "rooms"]].isna().all()
    assert cramers_v(table["identifier"], table["town"], corrected=False) == 1


def test_groups_that_hold_one_value_each_have_p_0():
    table = pd.DataFrame({"town": [*"AABBCC"], "rent": [1.5, 1.5, 2.25, 2.25, 0.1, 0.1]})
    found = associate(table)
    assert found.value.loc["town", "rent"] == 1
    assert found.p.loc["town", "rent"] == pytest.approx(0, abs=1e-30)


def test_p_keeps_its_digits_where_it_is_tiny():
    rng = np.random.default_rng(0)
    town = rng.integers(3, size=1000)
    rent = 2 * town + rng.normal(size=1000)
    groups = [rent[town == code] for code in range(3)]
    table = pd.DataFrame({"town": town.astype(str), "rent": rent})
    p = associate(table).p.loc["town", "rent"]
    assert p == pytest.approx(stats.f_oneway(*groups).pvalue, rel=1e-9)
    assert 0 < p < 1e-100


def test_yates_is_not_applied_to_v():
    column = ["a", "b", "a", "b", "a", "b"]
    assert associate(pd.DataFrame({"x": column, "y": column})).value.loc["x", "y"] == 1


def test_codes_of_a_nominal_column_are_numbers_until_they_are_made_categories():
    table = mixed(0)
    codes = table["town"].map({"A": 1, "B": 2, "C": 3, "D": 4})
    assert associate(table.assign(town=codes)).measure.loc["town", "rent"] == "pearson"
    as_category = associate(table.assign(town=codes.astype("category")))
    pd.testing.assert_frame_equal(as_category.value, associate(table).value)


# What is accepted, and what is refused --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("object", "float64"),
        ("string", "Float64"),
        ("string[pyarrow]", "double[pyarrow]"),
        ("category", "Float64"),
    ],
)
def test_nullable_arrow_and_object_columns_equal_plain_ones(text, number):
    table = mixed(0, missing=0.1)[["rent", "town", "size", "street"]]
    expected = associate(table)
    found = associate(table.astype({"rent": number, "town": text, "street": text}))
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name))


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([1, "a", None], dtype=object),
        pd.Series([b"a", b"b", None], dtype=object),
        pd.Series([["a"], ["b"], ["c"]]),
    ],
    ids=lambda column: f"{column.dtype} {column[0]}",
)
def test_columns_of_other_kinds_are_named(column):
    table = mixed(0, rows=3).assign(other=column)
    message = r"Column 'other' is neither numbers nor text nor categories: .*data\.drop\(columns"
    with pytest.raises(ValueError, match=message):
        associate(table)


def test_all_columns_of_other_kinds_are_named_at_once():
    notes = [["a"], ["b"], ["c"]]
    table = pd.DataFrame({"born": notes, "rent": [1, 2, 3], "died": notes})
    with pytest.raises(ValueError, match=r"Columns 'born', 'died' are neither numbers nor text"):
        associate(table)
    with pytest.raises(ValueError, match="Column 'x' is not numeric but complex"):
        associate(pd.DataFrame({"x": [1 + 1j, 2, 3], "y": [1, 2, 3]}))


def test_the_ways_out_that_the_message_names_work():
    table = pd.DataFrame(
        {
            "rent": pd.Series(["1", 2, 3.5], dtype=object),
            "born": pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-01"]),
            "town": list("AAB"),
            "notes": [["a"], ["b"], ["c"]],
        }
    )
    table = table.drop(columns="notes").assign(
        rent=pd.to_numeric(table["rent"]), born=table["born"].astype("category")
    )
    assert associate(table).measure.loc["rent", "born"] == "correlation ratio"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pd.DataFrame({"x": list("ab")}), "only column 'x': add at least one more"),
        (pd.DataFrame({"x": [], "y": []}, dtype="str"), r"columns \('x', 'y'\) but no rows"),
        (pd.DataFrame(), "no columns"),
        (pd.DataFrame([["a", "b"]], columns=["x", "x"]), "'x' is there more than once"),
        (pd.DataFrame({"x": [1, np.inf], "y": list("ab")}), "Column 'x' is infinite in places"),
    ],
)
def test_tables_without_pairs_and_infinities_are_refused(table, message):
    with pytest.raises(ValueError, match=message):
        associate(table)


def test_unknown_options_are_refused():
    with pytest.raises(ValueError, match="Unknown adjustment 'fdr': choose from none, bonferroni"):
        associate(mixed(0), adjust="fdr")
    with pytest.raises(ValueError, match="Unknown choice 'drop' for missing: choose from pairwise"):
        associate(mixed(0), missing="drop")
    with pytest.raises(ValueError, match="No row is complete: leave out the emptiest columns"):
        associate(mixed(0).assign(empty=None), missing="complete")


# Correlation ratios without what chance adds


def test_the_square_of_a_corrected_correlation_ratio_is_the_adjusted_r_squared():
    g = np.random.default_rng(8)
    groups = g.choice(list("abcdef"), 70)
    values = g.normal(size=70) + (groups == "a")
    table = pd.DataFrame({"group": groups, "x": values})
    model = smf.ols("x ~ C(group)", table).fit()
    found = associate(table, corrected=True)
    assert found.value.loc["group", "x"] ** 2 == pytest.approx(model.rsquared_adj)
    assert found.p.loc["group", "x"] == pytest.approx(model.f_pvalue)


def test_that_of_ranks_is_the_corrected_effect_of_kruskal_and_wallis():
    """Tomczak and Tomczak (2014): (H - k + 1) / (n - k)."""
    g = np.random.default_rng(9)
    groups = g.choice(list("abc"), 60)
    sizes = np.clip(g.integers(0, 3, 60) + (groups == "a"), 0, 3)
    levels = pd.Categorical(np.array(SIZES)[sizes], SIZES, ordered=True)
    h = stats.kruskal(*(sizes[groups == name] for name in "abc")).statistic
    found = associate(pd.DataFrame({"group": groups, "size": levels}), corrected=True)
    assert found.value.loc["group", "size"] ** 2 == pytest.approx((h - 2) / 57)


@pytest.mark.parametrize("f_of", [0.2, 0.9, 1.1, 1.8, 4, 30])
@pytest.mark.parametrize(("groups", "each"), [(2, 2), (2, 30), (12, 2), (25, 4)])
def test_a_corrected_correlation_ratio_lies_in_its_interval(f_of, groups, each):
    """Values with exactly this F: what the interval is the interval of."""
    g = np.random.default_rng(groups)
    codes = np.repeat(np.arange(groups), each)
    within = g.normal(size=(groups, each))
    within -= within.mean(axis=1, keepdims=True)
    within /= np.sqrt((within**2).sum() / (groups * (each - 1)))
    means = g.normal(size=groups)
    means -= means.mean()
    means *= np.sqrt(f_of * (groups - 1) / (each * (means**2).sum()))
    table = pd.DataFrame({"g": [f"g{c}" for c in codes], "x": (within + means[:, None]).ravel()})
    found = associate(table, corrected=True).pairs().iloc[0]
    assert found["low"] <= found["value"] <= found["high"]


def test_groups_of_one_row_each_have_a_corrected_correlation_ratio_of_0():
    table = pd.DataFrame({"name": list("abcd"), "x": [1.0, 2.0, 4.0, 3.0]})
    assert associate(table, corrected=True).value.loc["name", "x"] == 0
    assert associate(table).value.loc["name", "x"] == 1
