"""What cluster returns, what it refuses, and the traps in which distances go wrong."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from lib.stats import cluster, neighbour_similarity

DISTANCES = pytest.mark.parametrize("distance", ["1-|r|", "1-r", "euclidean"])
LINKAGES = pytest.mark.parametrize("linkage", ["single", "average", "complete"])


@pytest.fixture
def table():
    rng = np.random.default_rng(0)
    values = rng.normal(size=(30, 6)) + rng.normal(size=(30, 1)) * [1, 1, 0, -1, 0, 2]
    return pd.DataFrame(values, columns=list("dacbfe"))


@pytest.fixture
def steps():
    """Distances of which every linkage but Ward's makes the same tree by hand.

    a and b merge at 1; c and d at 2; the two pairs at 5 (single), 6 (average) or 7 (complete);
    e, which is 9 from all, last.
    """
    distances = pd.DataFrame(9.0, index=list("acebd"), columns=list("acebd"))
    between = {"ab": 1, "cd": 2, "ac": 5, "ad": 6, "bc": 6, "bd": 7}
    for (x, y), distance in between.items():
        distances.loc[x, y] = distances.loc[y, x] = distance
    return distances.where(~np.eye(5, dtype=bool), 0.0)


# What comes back ----------------------------------------------------------------------------


@DISTANCES
@LINKAGES
def test_results_carry_the_names_of_the_table(table, distance, linkage):
    found = cluster(table, distance=distance, linkage=linkage)
    assert sorted(found.order) == sorted(table.columns)
    assert found.linkage.shape == (5, 4)
    for axis in [found.distances.index, found.distances.columns, found.cut(0.5).index]:
        assert axis.equals(table.columns)
    assert (np.diagonal(found.distances) == 0).all()
    pd.testing.assert_frame_equal(found.distances, found.distances.T)


def test_result_is_frozen(table):
    found = cluster(table)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.order = []


def test_the_table_is_left_as_it_was(table):
    before = table.copy()
    for distance in ["1-|r|", "1-r", "euclidean"]:
        cluster(table, distance=distance)
    cluster(table.corr().abs().rsub(1), distance="precomputed")
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize(("linkage", "third"), [("single", 5), ("average", 6), ("complete", 7)])
def test_heights_and_members_by_hand(steps, linkage, third):
    found = cluster(steps, distance="precomputed", linkage=linkage)
    branches = found.branches()
    assert branches["height"].tolist() == [1, 2, third, 9]
    assert [set(members) for members in branches["members"]] == [
        {"a", "b"},
        {"c", "d"},
        {"a", "b", "c", "d"},
        set("abcde"),
    ]
    assert found.order == list(branches["members"].iloc[-1])


def test_groups_are_numbered_as_the_dendrogram_draws_them(steps):
    found = cluster(steps, distance="precomputed")
    assert found.order == ["e", "a", "b", "c", "d"]
    groups = found.cut(2.5)
    assert groups.to_dict() == {"a": 2, "c": 3, "e": 1, "b": 2, "d": 3}
    assert groups.name == "group"
    assert groups.dtype == np.int64


@pytest.mark.parametrize(
    ("height", "groups"),
    [(0, 5), (0.99, 5), (1, 4), (2, 3), (5.99, 3), (6, 2), (8.99, 2), (9, 1), (np.inf, 1)],
)
def test_a_merge_at_the_height_of_the_cut_is_kept(steps, height, groups):
    assert cluster(steps, distance="precomputed").cut(height).nunique() == groups


def test_cutting_into_as_many_groups_as_asked_for_even_where_heights_tie():
    even = pd.DataFrame(1.0 - np.eye(5), index=list("abcde"), columns=list("abcde"))
    found = cluster(even, distance="precomputed")
    for groups in range(1, 6):
        in_order = found.cut_into(groups)[found.order]
        assert in_order.is_monotonic_increasing
        assert in_order.unique().tolist() == list(range(1, groups + 1))
    assert found.cut(0.5).nunique() == 5
    assert found.cut(1).tolist() == [1] * 5


def test_branches_stand_midway_between_their_legs(steps):
    branches = cluster(steps, distance="precomputed").branches()
    expected = pd.DataFrame(
        {
            "left": [1.0, 3.0, 1.5, 0.0],
            "right": [2.0, 4.0, 3.5, 2.5],
            "left_height": [0.0, 0.0, 1.0, 0.0],
            "right_height": [0.0, 0.0, 2.0, 6.0],
            "height": [1.0, 2.0, 6.0, 9.0],
            "members": [("a", "b"), ("c", "d"), tuple("abcd"), tuple("eabcd")],
        }
    )
    pd.testing.assert_frame_equal(branches, expected)


@pytest.mark.parametrize(
    "names",
    [[3, 1, 2], [("a", 1), ("a", 2), ("b", 1)], [None, "a", "b"], ["![](http://x)", "=1+1", ""]],
    ids=["numbers", "tuples", "none", "hostile"],
)
def test_any_unique_column_names_will_do(names):
    table = pd.DataFrame([[1.0, 2.0, 4.0], [2.0, 1.0, 1.0], [3.0, 5.0, 2.0], [5.0, 4.0, 4.0]])
    table.columns = pd.Index(names)
    found = cluster(table)
    assert set(found.order) == set(table.columns)
    assert found.branches()["members"].iloc[-1] == tuple(found.order)
    assert found.cut_into(2).index.equals(table.columns)


@DISTANCES
def test_two_columns_are_one_merge_without_a_cophenetic_correlation(table, distance):
    found = cluster(table[["a", "b"]], distance=distance)
    assert found.order == ["a", "b"]
    assert found.linkage[0, 2] == pytest.approx(found.distances.loc["a", "b"], abs=1e-15)
    assert np.isnan(found.cophenetic)


def test_distances_that_are_all_equal_have_no_cophenetic_correlation():
    even = pd.DataFrame(1.0 - np.eye(4), index=list("abcd"), columns=list("abcd"))
    assert np.isnan(cluster(even, distance="precomputed").cophenetic)


def test_copies_are_one_group_at_height_zero(table):
    found = cluster(table.assign(copy=3 - 2 * table["a"]))
    groups = found.cut(0)
    assert groups["copy"] == groups["a"]
    assert groups.nunique() == 6
    assert cluster(table.assign(copy=3 - 2 * table["a"]), distance="1-r").cut(0).nunique() == 7


@DISTANCES
def test_nullable_and_arrow_columns_equal_plain_ones(distance):
    plain = pd.DataFrame({"a": [1, 2, 4, 3], "b": [0.5, 1, 2, 2], "c": [1, 0, 0, 1]})
    typed = pd.DataFrame(
        {
            "a": pd.array([1, 2, 4, 3], dtype="Int64"),
            "b": pd.array([0.5, 1, 2, 2], dtype="double[pyarrow]"),
            "c": [True, False, False, True],
        }
    )
    expected = cluster(plain, distance=distance)
    pd.testing.assert_frame_equal(cluster(typed, distance=distance).distances, expected.distances)


# Traps --------------------------------------------------------------------------------------


@pytest.mark.parametrize("distance", ["1-|r|", "1-r"])
@pytest.mark.parametrize("value", [0.0, 1e8 + 0.1, np.nan])
def test_a_column_without_r_is_named_instead_of_a_condensed_matrix(table, distance, value):
    with pytest.raises(ValueError, match="No distance from 'flat': a column that is constant"):
        cluster(table.assign(flat=value), distance=distance)


@pytest.mark.parametrize("distance", ["1-|r|", "1-r"])
def test_a_pair_without_r_is_named(table, distance):
    table.loc[:13, "a"] = np.nan
    table.loc[15:, "b"] = np.nan
    with pytest.raises(ValueError, match=r"between 'a' and 'b': they share fewer than 3 rows"):
        cluster(table, distance=distance)


def test_a_constant_column_of_a_correlation_matrix_is_named_alone(table):
    """Its NaN are in the row of every other column too."""
    r = table.assign(flat=1.0).corr()
    with pytest.raises(ValueError, match=r"they share no rows\. Leave out 'flat': all"):
        cluster(r, distance="euclidean")


def test_pairwise_rows_are_used_for_r(table):
    table.loc[:4, "a"] = np.nan
    found = cluster(table)
    expected = 1 - abs(table["a"].corr(table["b"]))
    assert found.distances.loc["a", "b"] == pytest.approx(expected, abs=1e-12)


@DISTANCES
def test_values_around_1e8_keep_their_digits(distance):
    table = pd.DataFrame({"x": [1, 2, 3, 4], "y": [2, 1, 4, 3], "z": [1, 3, 2, 5]})
    expected = cluster(table, distance=distance).distances
    found = cluster(table + 1e8, distance=distance).distances
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-14)


@pytest.mark.parametrize("scale", [2.0**-1000, 2.0**-600, 2.0**600, 2.0**1000])
@pytest.mark.parametrize("linkage", ["single", "average", "complete", "ward"])
def test_squares_neither_overflow_nor_vanish(table, scale, linkage):
    expected = cluster(table, distance="euclidean", linkage=linkage)
    found = cluster(table * scale, distance="euclidean", linkage=linkage)
    np.testing.assert_allclose(found.distances / scale, expected.distances, rtol=1e-12)
    np.testing.assert_allclose(found.linkage[:, 2] / scale, expected.linkage[:, 2], rtol=1e-12)
    assert found.order == expected.order
    assert found.cophenetic == pytest.approx(expected.cophenetic, abs=1e-12)


def test_euclidean_distances_of_nineteen_digits_are_not_shifted_column_by_column():
    start = 1_700_000_000_000_000_000
    table = pd.DataFrame({"x": [start, start], "y": [start + 4096, start + 4096]})
    assert cluster(table, distance="euclidean").distances.loc["x", "y"] == pytest.approx(
        4096 * np.sqrt(2), rel=1e-15
    )


# What is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize("distance", ["1-|r|", "1-r", "precomputed"])
def test_ward_is_for_euclidean_distances(steps, distance):
    with pytest.raises(ValueError, match=r"not for '.*': choose distance='euclidean', or another"):
        cluster(steps, distance=distance, linkage="ward")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"distance": "cosine"}, r"Unknown distance 'cosine': choose from 1-\|r\|, 1-r, euclidean"),
        ({"linkage": "centroid"}, "Unknown linkage 'centroid': choose from single, average"),
    ],
)
def test_unknown_options(table, options, message):
    with pytest.raises(ValueError, match=message):
        cluster(table, **options)


@pytest.mark.parametrize("distance", ["1-|r|", "1-r", "euclidean"])
def test_what_is_no_table_of_numbers(table, distance):
    with pytest.raises(ValueError, match="Column 'kind' is not numeric"):
        cluster(table.assign(kind="x"), distance=distance)
    with pytest.raises(ValueError, match="only column 'a'"):
        cluster(table[["a"]], distance=distance)
    with pytest.raises(ValueError, match="Column 'a' is infinite in places"):
        cluster(table.assign(a=np.inf), distance=distance)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.drop(index="a"), "the same names, in the same order, as index and columns"),
        (lambda d: d.loc[list("abcde")], "the same names, in the same order"),
        (lambda d: d + 1, "not zero on the diagonal: of similarities from 0 to 1, pass 1 - "),
        (lambda d: d + np.triu(np.ones((5, 5)), 1), "not symmetric: pass the same for x and y"),
        (lambda d: -d, "negative in places: the smallest possible distance is 0"),
        (lambda d: d.replace(2, np.nan), "between 'c' and 'd': it is missing. Leave out 'c': all"),
    ],
)
def test_precomputed_distances_that_are_none(steps, change, message):
    with pytest.raises(ValueError, match=message):
        cluster(change(steps), distance="precomputed")


def test_rounding_in_precomputed_distances_is_forgiven(steps):
    rng = np.random.default_rng(0)
    almost = steps + rng.normal(scale=1e-15, size=steps.shape)
    found = cluster(almost, distance="precomputed")
    assert (np.diagonal(found.distances) == 0).all()
    np.testing.assert_allclose(found.linkage[:, 2], [1, 2, 6, 9], rtol=1e-14)


@pytest.mark.parametrize("height", [-0.1, np.nan])
def test_heights_below_the_leaves(steps, height):
    with pytest.raises(ValueError, match=f"height is {height}: choose 0 or more"):
        cluster(steps, distance="precomputed").cut(height)


@pytest.mark.parametrize("groups", [0, 6])
def test_numbers_of_groups_that_there_are_not(steps, groups):
    with pytest.raises(ValueError, match=f"groups is {groups}: choose from 1 to 5"):
        cluster(steps, distance="precomputed").cut_into(groups)


# Neighbours ---------------------------------------------------------------------------------


def test_neighbour_similarity_is_the_mean_size_of_r_beside_the_diagonal():
    r = pd.DataFrame(
        [[1, 0.5, -0.2], [0.5, 1, -0.8], [-0.2, -0.8, 1]], index=list("abc"), columns=list("abc")
    )
    assert neighbour_similarity(r) == pytest.approx(0.65)
    assert neighbour_similarity(r, ["b", "a", "c"]) == pytest.approx(0.35)
    assert neighbour_similarity(r, ["c", "a"]) == pytest.approx(0.2)


def test_neighbour_similarity_of_an_undefined_r_is_undefined(table):
    r = table.assign(flat=1.0).corr()
    assert np.isnan(neighbour_similarity(r))
    assert neighbour_similarity(r, ["a", "b"]) == pytest.approx(abs(r.loc["a", "b"]))


@pytest.mark.parametrize(
    ("order", "message"),
    [
        (["a", "x"], "Not among the names of r: 'x'"),
        (["a"], "at least two columns, and each of them once"),
        (["a", "b", "a"], "at least two columns, and each of them once"),
    ],
)
def test_orders_that_are_none(table, order, message):
    with pytest.raises(ValueError, match=message):
        neighbour_similarity(table.corr(), order)
