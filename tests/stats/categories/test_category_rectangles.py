"""associate and associate_categories of some columns against others: cells of the square."""

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from lib.stats import associate, associate_categories

SIDES = pytest.mark.parametrize(
    ("x", "y"),
    [
        (["town"], ["heating"]),
        (["rent", "town", "size"], ["heating", "rooms", "grade"]),
        (["grade", "street", "rooms"], ["rooms", "grade", "rent", "street"]),
        (["heating", "town"], ["town", "heating"]),
        (["rent"], ["rooms", "size", "town"]),
    ],
    ids=["one pair", "apart", "overlapping", "turned round", "one against others"],
)
CATEGORIES = ["town", "heating", "street", "size", "grade"]
FRAMES_OF_CATEGORIES = [
    *("v", "v_uncorrected", "u", "n", "chi_square", "freedom", "p", "smallest_expected"),
    *("v_low", "v_high", "u_low", "u_high"),
]


def mixed(missing=0.0, rows=90):
    """Two numbers, two ordered and three unordered columns that share a cause."""
    rng = np.random.default_rng(5)
    cause = rng.normal(size=rows)

    def level(levels):
        return pd.cut(cause * rng.random() + rng.normal(size=rows), levels, labels=False)

    table = pd.DataFrame(
        {
            "rent": cause + rng.normal(size=rows),
            "town": pd.Series(level(4)).map(lambda code: "ABCD"[code]),
            "size": pd.Categorical.from_codes(level(4), ["XS", "S", "M", "L"], ordered=True),
            "heating": pd.Categorical.from_codes(level(3), ["gas", "oil", "wood"]),
            "rooms": level(5) + 1,
            "grade": pd.Categorical.from_codes(level(6), list("abcdef"), ordered=True),
            "street": pd.Series(level(9)).map(lambda code: f"street {code}").astype(object),
        }
    )
    return table.mask(rng.random(table.shape) < missing)


def assert_cells(frame, expected, x, y):
    assert frame.index.tolist() == x
    assert frame.columns.tolist() == y
    np.testing.assert_allclose(frame, expected.loc[x, y], rtol=1e-9, atol=1e-13)


@pytest.mark.parametrize("missing", [0, 0.2])
@SIDES
def test_a_rectangle_has_the_cells_of_the_square(missing, x, y):
    table = mixed(missing)
    found, square = associate(table, x=x, y=y), associate(table)
    for name in ["value", "n", "p", "low", "high"]:
        assert_cells(getattr(found, name), getattr(square, name), x, y)
    pd.testing.assert_frame_equal(found.measure, square.measure.loc[x, y])


@pytest.mark.parametrize("missing", [0, 0.2])
@pytest.mark.parametrize(
    ("x", "y"),
    [
        (["town"], ["heating"]),
        (["size", "town"], ["street", "heating", "grade"]),
        (["town", "heating", "size"], ["size", "town", "grade"]),
        (["heating", "town"], ["town", "heating"]),
    ],
    ids=["one pair", "apart", "overlapping", "turned round"],
)
def test_a_rectangle_of_categories_has_the_cells_of_the_square(missing, x, y):
    table = mixed(missing)[CATEGORIES]
    found, square = associate_categories(table, x=x, y=y), associate_categories(table)
    for name in FRAMES_OF_CATEGORIES:
        assert_cells(getattr(found, name), getattr(square, name), x, y)
    for end in ["", "_low", "_high"]:
        turned = getattr(square, f"u{end}").T
        assert_cells(getattr(found, f"u_of_column{end}"), turned, x, y)


def test_a_name_alone_stands_against_all_others():
    table = mixed()
    others = [name for name in table if name != "town"]
    value = associate(table).value
    assert_cells(associate(table, x="town").value, value, ["town"], others)
    assert_cells(associate(table, y="town").value, value, others, ["town"])
    v = associate_categories(table[CATEGORIES]).v
    found = associate_categories(table[CATEGORIES], x=table.columns[[3, 1]]).v
    assert_cells(found, v, ["heating", "town"], ["street", "size", "grade"])


@pytest.mark.parametrize(("adjust", "peer"), [("holm", "holm"), ("by", "fdr_by")])
def test_p_is_adjusted_for_the_pairs_of_the_rectangle_alone(adjust, peer):
    table = mixed()
    x, y = ["town", "street"], ["heating", "size", "grade"]
    p = [
        stats.chi2_contingency(pd.crosstab(table[a], table[b]), correction=False).pvalue
        for a, b in itertools.product(x, y)
    ]
    found = associate_categories(table, x=x, y=y, adjust=adjust).p_adjusted
    np.testing.assert_allclose(found.to_numpy().ravel(), multipletests(p, method=peer)[1])


def test_a_pair_that_occurs_twice_counts_once():
    x, y = ["town", "rent", "size"], ["size", "town", "rooms"]
    found = associate(mixed(), x=x, y=y, adjust="bonferroni")
    pairs = found.pairs()
    assert len(pairs) == 6  # of nine cells two are a column's with itself, and one is a repetition
    assert set(map(frozenset, zip(pairs["x"], pairs["y"], strict=True))) == {
        frozenset(pair) for pair in itertools.product(x, y) if len(set(pair)) == 2
    }
    np.testing.assert_allclose(pairs["p_adjusted"], np.minimum(6 * pairs["p"], 1))
    assert found.p_adjusted.loc["size", "town"] == found.p_adjusted.loc["town", "size"]


def test_a_column_that_meets_itself_has_the_diagonal_s_values():
    table = mixed(missing=0.2).assign(flat="a")
    x, y = ["town", "flat"], ["flat", "heating", "town"]
    found, of_categories = associate(table, x=x, y=y), associate_categories(table, x=x, y=y)
    for value in (found.value, of_categories.v, of_categories.v_uncorrected, of_categories.u):
        assert value.loc["town", "town"] == 1
        assert np.isnan(value.loc["flat", "flat"])
    assert found.n.loc["town", "town"] == table["town"].count()
    assert of_categories.freedom.loc["town", "town"] == 0
    for frame in (found.p, found.low, found.high, of_categories.p, of_categories.chi_square):
        assert np.isnan(frame.loc["town", "town"])
    assert np.isnan(of_categories.u_low.loc["town", "town"])


def test_pairs_of_a_rectangle_name_row_and_column():
    found = associate_categories(mixed(), x=["street", "grade"], y=["town", "heating"])
    pairs = found.pairs()
    assert len(pairs) == 4
    assert pairs["v"].is_monotonic_decreasing
    for row in pairs.itertuples():
        assert row.v == found.v.loc[row.x, row.y]
        assert row.u_of_x == found.u.loc[row.x, row.y]
        assert row.u_of_y == found.u_of_column.loc[row.x, row.y]
        assert row.u_of_y_high == found.u_of_column_high.loc[row.x, row.y]


def test_columns_that_nobody_asked_for_need_not_be_comparable():
    table = mixed().assign(odd=[1, "a"] * (len(mixed()) // 2), gap=np.nan)
    found = associate(table, x="rent", y=["rooms"], missing="complete")
    assert found.value.loc["rent", "rooms"] == pytest.approx(table["rent"].corr(table["rooms"]))
    with pytest.raises(ValueError, match="Column 'odd' is neither numbers nor text"):
        associate(table, x="rent")
    with pytest.raises(ValueError, match="Columns 'rent', 'rooms', 'gap' are not text"):
        associate_categories(table.drop(columns="odd"), x="town")


@pytest.mark.parametrize("function", [associate, associate_categories])
def test_one_against_two_thousand_is_no_square(function):
    """A square of 2000 columns would have four million cells, some of them seconds' work."""
    codes = np.random.default_rng(0).integers(3, size=(60, 2000))
    wide = pd.DataFrame(codes).astype("category")
    found = function(wide, x=7)
    frame = found.value if function is associate else found.v
    assert frame.shape == (1, 1999)
    alone = function(wide[[7, 1999]])
    expected = alone.value if function is associate else alone.v
    assert frame.loc[7, 1999] == pytest.approx(expected.loc[7, 1999], abs=1e-12)


@pytest.mark.parametrize("function", [associate, associate_categories])
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"x": "q"}, "Column 'q' is not in the table, but in x: choose from 'town'"),
        ({"y": ["town", "town"]}, "Column 'town' is more than once in y: name it once"),
        ({"x": "town", "y": "town"}, "x and y are the same column, 'town'"),
        ({"confidence": 95}, "confidence is 95: choose a share between 0 and 1"),
        ({"adjust": "bonf"}, "Unknown adjustment 'bonf': choose from none, bonferroni"),
    ],
)
def test_what_cannot_be_meant_is_refused(function, options, message):
    with pytest.raises(ValueError, match=message):
        function(mixed()[CATEGORIES], **options)
