"""associate_categories: all pairs at once against the functions of two columns and scipy."""

import dataclasses
import itertools
import tracemalloc
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lib.stats import adjust_p_values, associate_categories, cramers_v, theils_u

FRAMES = [
    "v",
    "v_uncorrected",
    "u",
    "n",
    "chi_square",
    "freedom",
    "p",
    "p_adjusted",
    "smallest_expected",
]


def categories(seed, rows=150, columns=4, missing=0.15):
    """Columns of 2, 3, 4 ... levels that share a cause, as texts."""
    rng = np.random.default_rng(seed)
    cause = rng.normal(size=rows)
    table = pd.DataFrame(
        {
            f"of {levels}": pd.cut(
                cause * rng.random() + rng.normal(size=rows), levels, labels=False
            ).astype(str)
            for levels in range(2, columns + 2)
        }
    )
    return table.mask(rng.random(table.shape) < missing)


def counted(x, y):
    """The contingency table, one row at a time."""
    shared = x.notna() & y.notna()
    x, y = x[shared].tolist(), y[shared].tolist()
    cells = Counter(zip(x, y, strict=True))
    return np.array(
        [[cells[first, second] for second in sorted(set(y))] for first in sorted(set(x))]
    )


def assert_equals_scipy(table):
    found = associate_categories(table)
    for x, y in itertools.combinations(table.columns, 2):
        counts = counted(table[x], table[y])
        for first, second, one in [(x, y, counts), (y, x, counts.T)]:
            pair = {name: getattr(found, name).loc[first, second] for name in FRAMES}
            assert pair["n"] == one.sum()
            if min(one.shape) > 1:
                assert_pair_equals_scipy(pair, one)
                alone = cramers_v(table[first], table[second])  # held to rational arithmetic
                assert pair["v"] == pytest.approx(alone, abs=1e-12)
            else:
                tests = ["v", "v_uncorrected", "chi_square", "p", "p_adjusted", "smallest_expected"]
                assert np.isnan([pair[name] for name in tests]).all()
                assert pair["freedom"] == 0


def assert_pair_equals_scipy(pair, counts):
    expected = stats.chi2_contingency(counts, correction=False)
    n, fewer_levels = counts.sum(), min(counts.shape)
    v = np.sqrt(expected.statistic / n / (fewer_levels - 1))
    entropy_left = stats.entropy(counts, axis=0) @ counts.sum(axis=0) / n
    u = 1 - entropy_left / stats.entropy(counts.sum(axis=1))
    assert pair["freedom"] == expected.dof
    assert pair["chi_square"] == pytest.approx(expected.statistic, rel=1e-12, abs=1e-12)
    assert pair["p"] == pytest.approx(expected.pvalue, abs=1e-10)
    assert pair["smallest_expected"] == pytest.approx(expected.expected_freq.min(), rel=1e-12)
    assert pair["v_uncorrected"] == pytest.approx(v, abs=1e-12)
    assert pair["u"] == pytest.approx(u, abs=1e-12)


@pytest.mark.parametrize("missing", [0, 0.15, 0.6])
@pytest.mark.parametrize("rows", [6, 40, 500])
def test_all_pairs_equal_scipy(rows, missing):
    assert_equals_scipy(categories(rows, rows, missing=missing))


def test_empty_constant_and_partly_constant_columns_equal_scipy():
    table = categories(0).assign(flat="a", flat_too="b", identifier=range(150))
    table["identifier"] = table["identifier"].astype("category")
    table["step"] = table["of 2"].map({"0": "low"})  # constant wherever it has a value
    assert_equals_scipy(table)


def test_other_columns_and_the_size_of_the_blocks_change_nothing(monkeypatch):
    table = categories(3, columns=7)
    expected = associate_categories(table)
    monkeypatch.setattr("lib.stats.categories.contingency._CELLS_AT_ONCE", 300)
    found = associate_categories(table)
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name))


# What comes back ----------------------------------------------------------------------------


def test_frames_are_aligned_with_the_columns_of_the_table():
    table = categories(0)
    found = associate_categories(table)
    for name in FRAMES:
        frame = getattr(found, name)
        assert frame.index.equals(table.columns)
        assert frame.columns.equals(table.columns)
    assert (found.n.dtypes == np.int64).all()
    assert (found.freedom.dtypes == np.int64).all()


def test_diagonal():
    table = categories(0).assign(flat="a")
    found = associate_categories(table)
    varies = [True] * 4 + [False]
    for name in ["v", "v_uncorrected", "u"]:
        expected = np.where(varies, 1, np.nan)
        np.testing.assert_array_equal(np.diagonal(getattr(found, name)), expected)
    assert np.diagonal(found.n).tolist() == table.count().tolist()
    assert np.diagonal(found.freedom).tolist() == [0] * 5
    for name in ["chi_square", "p", "p_adjusted", "smallest_expected"]:
        assert np.isnan(np.diagonal(getattr(found, name))).all()


def test_u_has_what_is_explained_in_its_rows():
    table = pd.DataFrame({"animal": ["cat", "dog", "hen", "duck"], "legs": list("4422")})
    u = associate_categories(table).u
    assert u.loc["legs", "animal"] == theils_u(table["legs"], given=table["animal"]) == 1
    assert u.loc["animal", "legs"] == theils_u(table["animal"], given=table["legs"]) == 0.5


def test_result_is_frozen_and_remembers_what_was_asked():
    found = associate_categories(categories(0), adjust="bh", missing="complete")
    assert (found.adjust, found.missing) == ("bh", "complete")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.v = found.u


def test_pairs_lists_every_pair_once_by_falling_corrected_v():
    table = categories(0).assign(flat="a")
    found = associate_categories(table)
    pairs = found.pairs()
    assert pairs.columns.tolist() == [
        *("x", "y", "v", "v_uncorrected", "u_of_x", "u_of_y", "n"),
        *("chi_square", "freedom", "p", "p_adjusted", "smallest_expected", "v_low", "v_high"),
        *("u_of_x_low", "u_of_x_high", "u_of_y_low", "u_of_y_high"),
    ]
    assert len(pairs) == 10
    assert pairs["v"].dropna().is_monotonic_decreasing
    assert pairs["v"].tail(4).isna().all()
    place = table.columns.get_loc
    for row in pairs.itertuples():
        assert place(row.x) < place(row.y)
        assert row.u_of_x == pytest.approx(found.u.loc[row.x, row.y], nan_ok=True)
        assert row.u_of_y == pytest.approx(found.u.loc[row.y, row.x], nan_ok=True)
        for name in [name for name in FRAMES if name != "u"]:
            expected = getattr(found, name).loc[row.x, row.y]
            assert getattr(row, name) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("adjust", ["none", "bonferroni", "holm", "bh", "by"])
def test_each_pair_is_one_test(adjust):
    pairs = associate_categories(categories(0).assign(flat="a"), adjust=adjust).pairs()
    expected = adjust_p_values(pairs["p"], adjust)
    pd.testing.assert_series_equal(pairs["p_adjusted"], expected, check_names=False)


def test_complete_rows_only():
    table = categories(0)
    found = associate_categories(table, missing="complete")
    expected = associate_categories(table.dropna())
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name))
    assert (found.n == len(table.dropna())).all(axis=None)


def test_the_table_is_left_as_it_was():
    table = categories(0)
    before = table.copy()
    associate_categories(table)
    pd.testing.assert_frame_equal(table, before)


# Traps --------------------------------------------------------------------------------------


def test_identifier_column_has_v_1_uncorrected_and_0_corrected():
    table = categories(0, missing=0).assign(identifier=[f"row {row}" for row in range(150)])
    found = associate_categories(table)
    others = found.v.columns.drop("identifier")
    assert (found.v_uncorrected["identifier"] == 1).all()
    assert (found.v.loc[others, "identifier"] == 0).all()
    assert (found.u.loc[others, "identifier"] == 1).all()
    assert found.v.loc["identifier", "identifier"] == 1


def test_theils_u_of_a_constant():
    table = categories(0).assign(flat="a", empty=None)
    u = associate_categories(table).u
    assert u.loc[["flat", "empty"]].isna().all(axis=None)
    np.testing.assert_allclose(u.loc["of 2":"of 5", "flat"], 0, atol=1e-15)


def test_yates_is_not_applied_to_v():
    column = ["a", "b", "a", "b", "a", "b"]
    found = associate_categories(pd.DataFrame({"x": column, "y": column}))
    assert found.v.loc["x", "y"] == found.v_uncorrected.loc["x", "y"] == 1
    assert found.chi_square.loc["x", "y"] == pytest.approx(6, abs=1e-12)


def test_p_keeps_its_digits_where_it_is_tiny():
    column = np.tile(["a", "b"], 500)
    p = associate_categories(pd.DataFrame({"x": column, "y": column})).p.loc["x", "y"]
    assert p == pytest.approx(stats.chi2.sf(1000, 1), rel=1e-10)
    assert 0 < p < 1e-200


def test_identifiers_of_2000_levels_fit_in_memory():
    """Their tables would have (20 x 2000)² cells, 13 GB; at most 300 MB are allocated at once."""
    row = pd.Series(range(2000)).astype(str)
    table = pd.concat({str(copy): row for copy in range(20)}, axis=1)
    tracemalloc.start()
    found = associate_categories(table)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 300e6
    assert (found.v_uncorrected == 1).all(axis=None)
    assert found.freedom.loc["0", "1"] == 1999**2


# What is accepted, and what is refused --------------------------------------------------------


def test_text_categories_and_booleans_of_every_kind_are_the_same():
    letters = pd.Series(["a", "b", "c", None, "b", "a", "a", "c", "b", "a"])
    truth = [True, False, True, True, None, False, True, False, False, True]
    plain = pd.DataFrame({"letters": letters, "truth": pd.Series(truth).map(str, "ignore")})
    expected = associate_categories(plain)
    for text, boolean in [
        ("object", "boolean"),
        ("string", "bool[pyarrow]"),
        ("string[pyarrow]", "category"),
        ("category", "boolean"),
        (pd.CategoricalDtype(list("xcba"), ordered=True), "boolean"),
    ]:
        table = pd.DataFrame(
            {"letters": letters.astype(text), "truth": pd.Series(truth, dtype=boolean)}
        )
        found = associate_categories(table)
        for name in FRAMES:
            pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name))


@pytest.mark.parametrize(
    "names",
    [[1, 2], [("a", 1), ("a", 2)], [None, "a"], ["![](http://x)", "=1+1"]],
    ids=["numbers", "tuples", "none", "hostile"],
)
def test_any_unique_column_names_will_do(names):
    table = pd.DataFrame([["a", "c"], ["b", "d"], ["a", "d"]])
    table.columns = pd.Index(names)
    found = associate_categories(table)
    assert found.v.columns.equals(table.columns)
    assert len(found.pairs()) == 1


def test_any_row_labels_will_do():
    table = categories(0, rows=30)
    expected = associate_categories(table)
    found = associate_categories(table.set_axis([0, 0, 1] * 10))
    pd.testing.assert_frame_equal(found.v, expected.v)


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([1, 2, 3]),
        pd.Series([1.5, 2, 3]),
        pd.Series(pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-03"])),
    ],
    ids=lambda column: str(column[0]),
)
def test_columns_that_are_not_categories_are_named(column):
    table = pd.DataFrame({"letter": list("abc"), "wrong": column})
    message = (
        r"Column 'wrong' is not text, categories or booleans: .*astype\({'wrong': 'category'}\)"
    )
    with pytest.raises(ValueError, match=message):
        associate_categories(table)


@pytest.mark.parametrize("values", [[1, "a", None], [["a"], ["b"], ["c"]]], ids=["mixed", "lists"])
def test_columns_of_other_kinds_are_named(values):
    table = pd.DataFrame({"letter": list("abc"), "wrong": pd.Series(values, dtype=object)})
    message = r"Column 'wrong' is neither numbers nor text .*data\.astype\({'wrong': 'str'}\)"
    with pytest.raises(ValueError, match=message):
        associate_categories(table)


def test_the_way_out_that_the_message_names_works():
    table = pd.DataFrame({"letter": list("abab"), "code": [1, 2, 1, 3]})
    found = associate_categories(table.astype({"code": "category"}))
    assert found.v_uncorrected.loc["letter", "code"] == 1


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pd.DataFrame({"x": list("ab")}), "only column 'x': add at least one more"),
        (pd.DataFrame({"x": [], "y": []}, dtype="str"), r"columns \('x', 'y'\) but no rows"),
        (pd.DataFrame(), "no columns"),
        (pd.DataFrame([["a", "b"]], columns=["x", "x"]), "'x' is there more than once"),
    ],
)
def test_tables_without_pairs_are_refused(table, message):
    with pytest.raises(ValueError, match=message):
        associate_categories(table)


def test_unknown_options_are_refused():
    table = categories(0)
    with pytest.raises(ValueError, match="Unknown adjustment 'fdr': choose from none, bonferroni"):
        associate_categories(table, adjust="fdr")
    with pytest.raises(ValueError, match="Unknown choice 'drop' for missing: choose from pairwise"):
        associate_categories(table, missing="drop")
    with pytest.raises(ValueError, match="No row is complete: leave out the emptiest columns"):
        associate_categories(table.assign(empty=None), missing="complete")
