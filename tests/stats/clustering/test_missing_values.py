"""cluster where values are missing: the tree where it is defined, and the way to one where not."""

import re

import numpy as np
import pandas as pd
import pytest
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform
from sklearn.metrics.pairwise import nan_euclidean_distances

from lib.stats import cluster

DISTANCES = pytest.mark.parametrize("distance", ["1-|r|", "1-r", "euclidean"])
LINKAGES = pytest.mark.parametrize("linkage", ["single", "average", "complete"])


def table_with_gaps(seed=0, rows=30, share=0.2):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(rows, 6)) + rng.normal(size=(rows, 1)) * [1, 1, 0, -1, 0, 2]
    table = pd.DataFrame(values, columns=list("dacbfe"))
    return table.mask(rng.random(table.shape) < share)


def plain_distances(table, distance):
    if distance == "euclidean":
        return nan_euclidean_distances(table.to_numpy().T)
    r = table.corr().to_numpy()
    return 1 - (np.abs(r) if distance == "1-|r|" else r)


@DISTANCES
@LINKAGES
@pytest.mark.parametrize("seed", range(3))
def test_pairwise_distances_and_their_tree_equal_peers(distance, linkage, seed):
    table = table_with_gaps(seed)
    found = cluster(table, distance=distance, linkage=linkage)
    expected = plain_distances(table, distance)
    np.testing.assert_allclose(found.distances, expected, rtol=0, atol=1e-7)  # sklearn's digits
    exact = squareform(found.distances.to_numpy())
    np.testing.assert_allclose(found.linkage, hierarchy.linkage(exact, linkage), atol=1e-12)


def test_euclidean_distances_by_hand():
    """R's dist(rbind(c(1, 2, NA, 4), c(3, NA, 5, 5))): sqrt(4 / 2 * (4 + 1)) = 3.162278."""
    table = pd.DataFrame({"x": [1, 2, None, 4], "y": [3, None, 5, 5]})
    assert cluster(table, distance="euclidean").distances.loc["x", "y"] == np.sqrt(10)


@pytest.mark.parametrize(
    ("distance", "linkage"),
    [("1-|r|", "average"), ("1-r", "average"), ("euclidean", "average"), ("euclidean", "ward")],
)
def test_complete_rows_are_those_without_a_gap(distance, linkage):
    table = table_with_gaps()
    found = cluster(table, distance=distance, linkage=linkage, missing="complete")
    expected = cluster(table.dropna(), distance=distance, linkage=linkage)
    pd.testing.assert_frame_equal(found.distances, expected.distances)
    np.testing.assert_array_equal(found.linkage, expected.linkage)


def test_ward_needs_the_same_rows_and_says_how():
    table = table_with_gaps()
    table.loc[::2, "b"] = np.nan
    with pytest.raises(ValueError, match=r"most of them in 'b': choose missing='complete'"):
        cluster(table, distance="euclidean", linkage="ward")
    assert cluster(table, distance="euclidean", linkage="ward", missing="complete").order


def columns_to_leave_out(error):
    return re.findall(r"'(\w)'", str(error.value).split("Leave out")[1])


@DISTANCES
def test_what_to_leave_out_leaves_a_tree(distance):
    """a shares no row with b, c and d, nor e with f: two columns less are enough."""
    table = table_with_gaps(share=0)
    table.loc[:14, "a"] = np.nan
    table.loc[15:, ["b", "c", "d"]] = np.nan
    table.loc[::2, "e"] = table.loc[1::2, "f"] = np.nan
    with pytest.raises(ValueError, match="No distance between 'd' and 'a': they share") as error:
        cluster(table, distance=distance)
    out = columns_to_leave_out(error)
    assert len(out) == 2
    assert "a" in out
    assert set(cluster(table.drop(columns=out), distance=distance).order) == set("abcdef") - {*out}


@pytest.mark.parametrize("linkage", ["average", "ward"])
def test_an_empty_column_is_named(linkage):
    table = table_with_gaps(share=0).assign(empty=np.nan)
    with pytest.raises(ValueError, match=r"between 'd' and 'empty': .* Leave out 'empty': all"):
        cluster(table, distance="euclidean", linkage=linkage)
    with pytest.raises(ValueError, match="they share no rows"):
        cluster(table[["empty"]].assign(other=np.nan), distance="euclidean", linkage=linkage)


def test_what_to_leave_out_of_precomputed_distances_leaves_a_tree():
    distances = cluster(table_with_gaps()).distances
    for x, y in [("a", "b"), ("a", "c"), ("e", "f")]:
        distances.loc[x, y] = distances.loc[y, x] = np.nan
    with pytest.raises(ValueError, match="between 'a' and 'c': it is missing") as error:
        cluster(distances, distance="precomputed")
    out = columns_to_leave_out(error)
    assert len(out) == 2
    assert cluster(distances.drop(index=out, columns=out), distance="precomputed").order


@pytest.mark.parametrize("scale", [2.0**-600, 2.0**600])
def test_squares_with_gaps_neither_overflow_nor_vanish(scale):
    table = table_with_gaps()
    expected = cluster(table, distance="euclidean").distances
    found = cluster(table * scale, distance="euclidean").distances
    np.testing.assert_allclose(found / scale, expected, rtol=1e-12)


def test_values_around_1e8_with_gaps_keep_their_digits():
    table = table_with_gaps().mul(100).round()
    expected = cluster(table, distance="euclidean").distances
    found = cluster(table + 1e8, distance="euclidean").distances
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_nullable_columns_equal_plain_ones():
    table = pd.DataFrame({"a": [1, 2, 4, 3], "b": [0.5, None, 2, 2], "c": [1, 0, 0, None]})
    expected = cluster(table, distance="euclidean").distances
    found = cluster(table.convert_dtypes(), distance="euclidean").distances
    pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("distance", ["1-|r|", "euclidean", "precomputed"])
def test_an_unknown_choice_is_refused(distance):
    with pytest.raises(ValueError, match="Unknown missing 'phi': choose from pairwise, complete"):
        cluster(table_with_gaps(), distance=distance, missing="phi")
