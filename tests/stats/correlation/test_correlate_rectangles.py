"""correlate of some columns against others: the cells of the square, and p for those pairs."""

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from lib.stats import correlate

METHODS = pytest.mark.parametrize("method", ["pearson", "spearman", "kendall"])
FRAMES = ["r", "n", "p", "low", "high"]
NAMES = list("abcdefg")


def table(rows=14, missing=0.0, ties=False):
    rng = np.random.default_rng(3)
    values = rng.normal(size=(rows, 7)) + rng.normal(size=(rows, 1))
    if ties:
        values = values.round()
    frame = pd.DataFrame(values, columns=NAMES)
    return frame.mask(rng.random(frame.shape) < missing)


def assert_cells_of_square(found, square, x, y):
    for name in FRAMES:
        frame = getattr(found, name)
        assert frame.index.tolist() == x
        assert frame.columns.tolist() == y
        expected = getattr(square, name).loc[x, y]
        np.testing.assert_allclose(frame, expected, rtol=1e-9, atol=1e-13)


@METHODS
@pytest.mark.parametrize("missing", [0, 0.2])
@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize(
    ("x", "y"),
    [
        (["a"], ["b"]),
        (["f", "b"], ["a", "g", "c"]),
        (["a", "b", "c"], ["c", "d", "a"]),
        (["c", "a"], ["a", "c"]),
        (["b"], NAMES),
        (["d", "a", "f"], ["d", "a", "f"]),
        (["d", "a", "f"], ["a", "f", "d"]),
    ],
    ids=[
        "one pair",
        "apart",
        "overlapping",
        "turned round",
        "one against the whole table",
        "a square of its own",
        "a square in two orders",
    ],
)
def test_a_rectangle_has_the_cells_of_the_square(method, missing, ties, x, y):
    data = table(missing=missing, ties=ties)
    found, square = correlate(data, method, x=x, y=y), correlate(data, method)
    assert_cells_of_square(found, square, x, y)


@METHODS
@pytest.mark.parametrize("missing", [0, 0.1])
def test_many_rows_too(method, missing):
    data = table(400, missing)
    found = correlate(data, method, x=["g", "a"], y=["b", "a"])
    assert_cells_of_square(found, correlate(data, method), ["g", "a"], ["b", "a"])


def test_a_name_alone_stands_against_all_others():
    data = table()
    square = correlate(data)
    assert_cells_of_square(correlate(data, x="c"), square, ["c"], list("abdefg"))
    assert_cells_of_square(correlate(data, y="c"), square, list("abdefg"), ["c"])
    assert_cells_of_square(correlate(data, x=["g", "b"]), square, ["g", "b"], list("acdef"))


def test_an_index_of_names_is_a_list_of_them():
    data = table()
    found = correlate(data, x=data.columns[:2], y="g")
    assert_cells_of_square(found, correlate(data), ["a", "b"], ["g"])


@pytest.mark.parametrize(("adjust", "peer"), [("holm", "holm"), ("bh", "fdr_bh")])
def test_p_is_adjusted_for_the_pairs_of_the_rectangle_alone(adjust, peer):
    data = table()
    pairs = list(itertools.product("ab", "cdefg"))
    p = [stats.pearsonr(data[x], data[y]).pvalue for x, y in pairs]
    expected = multipletests(p, method=peer)[1]
    found = correlate(data, x=["a", "b"], adjust=adjust).p_adjusted
    np.testing.assert_allclose(found.to_numpy().ravel(), expected, rtol=1e-9)


def test_a_pair_that_occurs_twice_counts_once():
    data = table()
    found = correlate(data, x=["a", "b", "c"], y=["c", "a", "d"], adjust="bonferroni")
    pairs = found.pairs()
    expected = {("a", "c"), ("a", "d"), ("b", "c"), ("b", "a"), ("b", "d"), ("c", "d")}
    assert set(zip(pairs["x"], pairs["y"], strict=True)) == expected
    assert len(pairs) == 6
    np.testing.assert_allclose(pairs["p_adjusted"], np.minimum(6 * pairs["p"], 1))
    assert found.p_adjusted.loc["c", "a"] == found.p_adjusted.loc["a", "c"]
    assert found.low.loc["c", "a"] == found.low.loc["a", "c"]


def test_a_column_that_meets_itself_has_the_diagonal_s_values():
    data = table(missing=0.2).assign(flat=1.0)
    found = correlate(data, x=["a", "flat"], y=["flat", "b", "a"])
    assert found.r.loc["a", "a"] == 1
    assert np.isnan(found.r.loc["flat", "flat"])
    assert found.n.loc["a", "a"] == data["a"].count()
    for name in ["p", "p_adjusted", "low", "high"]:
        assert np.isnan(getattr(found, name).loc["a", "a"])


def test_pairs_of_a_rectangle_name_row_and_column_by_falling_strength():
    found = correlate(table(), x=["g", "e"], y=["a", "b"])
    pairs = found.pairs()
    assert pairs["r"].abs().is_monotonic_decreasing
    for row in pairs.itertuples():
        assert (row.x in "ge", row.y in "ab") == (True, True)
        for name in [*FRAMES, "p_adjusted"]:
            assert getattr(row, name) == getattr(found, name).loc[row.x, row.y]


def test_all_names_on_both_sides_are_the_square():
    data = table()
    found, square = correlate(data, x=NAMES, y=NAMES), correlate(data)
    pd.testing.assert_frame_equal(found.p_adjusted, square.p_adjusted)
    pd.testing.assert_frame_equal(found.pairs(), square.pairs())
    assert found.is_positive_semidefinite


def test_a_rectangle_is_no_correlation_matrix():
    with pytest.raises(ValueError, match="no correlation matrix: correlate all of them with all"):
        _ = correlate(table(), x="a").is_positive_semidefinite


def test_columns_that_nobody_asked_for_need_not_be_numbers():
    data = table().assign(town="x", gap=np.nan)
    found = correlate(data, x="a", y=["b"], missing="complete")
    assert found.r.loc["a", "b"] == pytest.approx(data["a"].corr(data["b"]), abs=1e-12)
    with pytest.raises(ValueError, match="Column 'town' is not numeric"):
        correlate(data, x="a")


@pytest.mark.parametrize("offset", [1e8, -1e8])
@pytest.mark.parametrize("missing", [False, True])
def test_values_around_1e8_keep_their_digits(offset, missing):
    steps = pd.DataFrame(np.random.default_rng(9).integers(-9, 9, size=(30, 4)), columns=[*"abcd"])
    if missing:
        steps = steps.mask(np.random.default_rng(1).random(steps.shape) < 0.2)
    found = correlate(steps + offset, x=["a", "b"])
    for x, y in itertools.product("ab", "cd"):
        pair = steps[[x, y]].dropna()
        assert found.r.loc[x, y] == pytest.approx(stats.pearsonr(*pair.T.values)[0], abs=1e-14)


@pytest.mark.parametrize("scale", [1e-300, 1e160])
@pytest.mark.parametrize("missing", [0, 0.2])
def test_squares_neither_overflow_nor_vanish(scale, missing):
    data = table(missing=missing)
    found, expected = correlate(data * scale, x="a").r, correlate(data, x="a").r
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


@METHODS
def test_a_column_constant_within_the_shared_rows_is_nan(method):
    data = table(30)
    data.loc[:14, "a"] = 0.1
    data.loc[15:, "b"] = np.nan
    for x, y in [("a", "b"), ("b", "a")]:
        assert np.isnan(correlate(data, method, x=x, y=[y, "c"]).r.loc[x, y])


@pytest.mark.parametrize(
    "names",
    [[1, 2, 3], [("a", 1), ("a", 2), ("b", 1)], [None, "a", ("a", 1)]],
    ids=["numbers", "tuples", "mixed"],
)
def test_any_unique_column_names_will_do(names):
    data = table().iloc[:, :3]
    plain = correlate(data, x="a").r.to_numpy()
    data.columns = pd.Index(names)
    np.testing.assert_array_equal(correlate(data, x=[data.columns[0]]).r, plain)
    np.testing.assert_array_equal(
        correlate(data, y=data.columns[1]).r,
        correlate(data, x=[data.columns[0], data.columns[2]]).r,
    )


def test_one_against_three_thousand_is_no_square():
    """A square of 3000 columns would have nine million cells."""
    wide = pd.DataFrame(np.random.default_rng(0).normal(size=(200, 3000)))
    found = correlate(wide, x=7)
    assert found.r.shape == (1, 2999)
    assert found.r.loc[7, 2999] == pytest.approx(wide[7].corr(wide[2999]), abs=1e-12)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"x": "q"}, "Column 'q' is not in the table, but in x: choose from 'a', 'b'"),
        ({"y": ["a", "q", "w"]}, "Columns 'q', 'w' are not in the table, but in y"),
        ({"x": ["a", "b", "a"]}, "Column 'a' is more than once in x: name it once"),
        ({"x": []}, "x is an empty list: name at least one column, or leave x out"),
        ({"x": NAMES}, "x names all columns, so that none is left"),
        ({"y": NAMES}, "y names all columns, so that none is left"),
        ({"x": "a", "y": "a"}, "x and y are the same column, 'a': name one more"),
        ({"x": {"a", "b"}}, "x is .*: pass a column's name, or a list of names"),
        ({"x": ("a", "b")}, r"x is a tuple.* pass a list, x=\['a', 'b'\]"),
        ({"x": ("a", "q")}, r"Column \('a', 'q'\) is not in the table"),
    ],
)
def test_names_that_cannot_be_meant_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        correlate(table(), **options)


def test_duplicated_names_are_refused_before_any_is_chosen():
    data = table().iloc[:, :3]
    data.columns = ["a", "b", "b"]
    with pytest.raises(ValueError, match="Column 'b' is there more than once"):
        correlate(data, x="a")
