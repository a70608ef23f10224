"""cluster against scipy, seaborn and a plain agglomeration, and the numbers of the course."""

import itertools

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist, squareform
from sklearn.metrics import adjusted_rand_score

from datasets import load
from lib.stats import cluster, neighbour_similarity

LINKAGES = ["single", "average", "complete", "ward"]
CASES = [
    (distance, linkage)
    for distance in ["1-|r|", "1-r", "euclidean"]
    for linkage in LINKAGES
    if linkage != "ward" or distance == "euclidean"
]
EACH_CASE = pytest.mark.parametrize(("distance", "linkage"), CASES)


def numbers(name):
    return load(name).select_dtypes("number")


def plain_distances(table, distance):
    if distance == "euclidean":
        return pdist(table.to_numpy(dtype=float).T)
    r = table.corr().to_numpy()
    return squareform(1 - (np.abs(r) if distance == "1-|r|" else r), checks=False)


@EACH_CASE
@pytest.mark.parametrize("name", ["highway", "breast_cancer"])
def test_equals_scipy(name, distance, linkage):
    table = numbers(name)
    condensed = plain_distances(table, distance)
    tree = hierarchy.linkage(condensed, linkage)
    found = cluster(table, distance=distance, linkage=linkage)
    np.testing.assert_array_equal(found.linkage[:, [0, 1, 3]], tree[:, [0, 1, 3]])
    np.testing.assert_allclose(found.linkage[:, 2], tree[:, 2], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(squareform(found.distances), condensed, rtol=1e-12, atol=1e-12)
    assert found.order == [table.columns[leaf] for leaf in hierarchy.leaves_list(tree)]
    assert found.cophenetic == pytest.approx(hierarchy.cophenet(tree, condensed)[0], abs=1e-12)
    for height in np.quantile(tree[:, 2], [0.1, 0.5, 0.9]) + 1e-6:
        expected = hierarchy.fcluster(tree, height, "distance")
        assert adjusted_rand_score(found.cut(height), expected) == 1
    for groups in [2, 3, 5]:
        expected = hierarchy.fcluster(tree, groups, "maxclust")
        assert adjusted_rand_score(found.cut_into(groups), expected) == 1


@EACH_CASE
def test_branches_are_what_scipy_draws(distance, linkage):
    table = numbers("wine")
    found = cluster(table, distance=distance, linkage=linkage)
    drawn = hierarchy.dendrogram(found.linkage, no_plot=True)
    assert drawn["leaves"] == [table.columns.get_loc(name) for name in found.order]
    expected = [
        ((left - 5) / 10, (right - 5) / 10, left_height, right_height, height)
        for (left, _, _, right), (left_height, height, _, right_height) in zip(
            drawn["icoord"], drawn["dcoord"], strict=True
        )
    ]
    branches = found.branches()
    legs = branches.drop(columns="members").to_numpy()
    np.testing.assert_allclose(sorted(legs.tolist()), sorted(expected), rtol=0, atol=1e-12)
    assert branches["members"].map(len).tolist() == found.linkage[:, 3].tolist()


def test_the_default_of_seaborn_is_euclidean_between_the_columns_of_r():
    mpl.use("Agg")
    import seaborn as sns
    from matplotlib import pyplot as plt

    r = numbers("highway").corr()
    grid = sns.clustermap(r)
    plt.close(grid.figure)
    found = cluster(r, distance="euclidean")
    assert found.order == r.columns[grid.dendrogram_row.reordered_ind].tolist()
    assert found.order == r.columns[grid.dendrogram_col.reordered_ind].tolist()


def agglomerate(distances, linkage, points=None):
    """Every merge as (members, height): the closest two groups, looked for among all pairs."""

    def apart(one, other):
        if linkage == "ward":
            size = len(one) * len(other) / (len(one) + len(other))
            step = points[list(one)].mean(axis=0) - points[list(other)].mean(axis=0)
            return np.sqrt(2 * size * step @ step)
        between = distances[np.ix_(list(one), list(other))]
        return {"single": np.min, "average": np.mean, "complete": np.max}[linkage](between)

    groups = [frozenset([leaf]) for leaf in range(len(distances))]
    merges = []
    while len(groups) > 1:
        pair = min(itertools.combinations(groups, 2), key=lambda pair: apart(*pair))
        merges.append((pair[0] | pair[1], apart(*pair)))
        groups = [group for group in groups if group not in pair] + [merges[-1][0]]
    return merges


@EACH_CASE
@pytest.mark.parametrize("seed", range(4))
def test_equals_a_plain_agglomeration(distance, linkage, seed):
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(rng.normal(size=(12, 3 + 3 * seed)))
    expected = agglomerate(
        squareform(plain_distances(table, distance)), linkage, table.to_numpy().T
    )
    branches = cluster(table, distance=distance, linkage=linkage).branches()
    assert [set(members) for members in branches["members"]] == [set(m) for m, _ in expected]
    np.testing.assert_allclose(branches["height"], [h for _, h in expected], rtol=0, atol=1e-12)


# The numbers of the course --------------------------------------------------------------------


def test_highway_slim_joins_its_opposites_only_where_the_sign_does_not_count():
    table = numbers("highway")
    default = cluster(table.corr(), distance="euclidean").cut_into(3)
    signed = cluster(table, distance="1-r").cut_into(3)
    unsigned = cluster(table).cut_into(3)

    def beside_slim(groups):
        return set(groups.index[groups == groups["slim"]]) - {"slim"}

    assert beside_slim(default) == {"adt", "lane", "itg", "shld", "lwid"}
    assert beside_slim(signed) == {"adt", "lane", "itg", "shld", "lwid"}
    assert beside_slim(unsigned) == {"rate", "acpt", "sigs1", "shld", "len", "trks"}
    assert table["slim"].corr(table["acpt"]) == pytest.approx(-0.68, abs=0.005)


def test_highway_orders():
    table = numbers("highway")
    signed = "sigs1 rate acpt len trks lwid lane adt itg slim shld"
    assert " ".join(cluster(table.corr(), distance="euclidean").order) == signed
    assert " ".join(cluster(table, distance="1-r").order) == signed
    unsigned = "lwid lane adt itg len trks slim shld sigs1 rate acpt"
    assert " ".join(cluster(table).order) == unsigned


@pytest.mark.parametrize(
    ("linkage", "sizes"), [("single", [1, 1, 1, 2, 25]), ("average", [2, 3, 4, 6, 15])]
)
def test_breast_cancer_single_linkage_chains(linkage, sizes):
    groups = cluster(numbers("breast_cancer"), linkage=linkage).cut_into(5)
    assert sorted(groups.value_counts()) == sizes


@pytest.mark.parametrize(
    ("name", "height", "groups"), [("breast_cancer", 0.2, 16), ("wine", 0.2, 12)]
)
def test_groups_below_a_height(name, height, groups):
    assert cluster(numbers(name)).cut(height).max() == groups


def test_breast_cancer_has_21_groups_at_a_tenth():
    assert cluster(numbers("breast_cancer")).cut(0.1).max() == 21


def test_order_moves_neighbours_together_and_changes_no_value():
    """Of random orders the mean over 50 is taken: standard error about .005, tolerance .02."""
    r = numbers("breast_cancer").corr()
    order = cluster(numbers("breast_cancer")).order
    rng = np.random.default_rng(0)
    random = [neighbour_similarity(r, rng.permutation(r.columns).tolist()) for _ in range(50)]
    assert np.mean(random) == pytest.approx(0.39, abs=0.02)
    assert neighbour_similarity(r) == pytest.approx(0.50, abs=0.005)
    assert neighbour_similarity(r, order) == pytest.approx(0.73, abs=0.005)
    assert sorted(r.loc[order, order].to_numpy().ravel()) == sorted(r.to_numpy().ravel())


@pytest.mark.parametrize(("rows", "before", "after"), [(100, 0.079, 0.149), (30, 0.148, 0.274)])
def test_clustering_makes_neighbours_of_noise_similar(rows, before, after):
    """40 tables of 20 independent columns; the standard error is about .003, tolerance .01."""
    rng = np.random.default_rng(0)
    as_drawn, clustered = [], []
    for _ in range(40):
        table = pd.DataFrame(rng.normal(size=(rows, 20)))
        r = table.corr()
        as_drawn.append(neighbour_similarity(r))
        clustered.append(neighbour_similarity(r, cluster(table).order))
    assert np.mean(as_drawn) == pytest.approx(before, abs=0.01)
    assert np.mean(clustered) == pytest.approx(after, abs=0.01)


def test_sign_flips_split_blocks_unless_the_sign_does_not_count():
    """Three latent factors, six columns each, three of them turned round."""
    rng = np.random.default_rng(0)
    factors = np.repeat(rng.normal(size=(300, 3)), 6, axis=1)
    signs = np.tile([1, 1, 1, -1, -1, -1], 3)
    table = pd.DataFrame(factors * signs + 0.6 * rng.normal(size=(300, 18)))
    blocks = np.repeat([0, 1, 2], 6)

    def agreement(data, distance):
        return adjusted_rand_score(blocks, cluster(data, distance=distance).cut_into(3))

    assert agreement(table.corr(), "euclidean") == pytest.approx(0.06, abs=0.005)
    assert agreement(table, "1-r") == pytest.approx(0.06, abs=0.005)
    assert agreement(table, "1-|r|") == 1


# Gene expression ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def golub():
    return load("golub").select_dtypes("number")


def is_aml(samples):
    return np.array([name.startswith("AML") for name in samples])


def two_groups(genes, rows):
    """Samples in two groups by the chosen genes, each with mean 0 and standard deviation 1."""
    chosen = genes[rows]
    chosen = chosen - chosen.mean(axis=1, keepdims=True)
    chosen = chosen / chosen.std(axis=1, keepdims=True)
    return cluster(pd.DataFrame(chosen), distance="euclidean", linkage="ward").cut_into(2)


@pytest.mark.parametrize(("genes", "ari"), [(50, 0.26), (100, 1.0), (200, 0.53), (3051, -0.03)])
def test_golub_separates_for_one_number_of_genes_and_not_for_its_neighbours(golub, genes, ari):
    values = golub.to_numpy()
    groups = two_groups(values, np.argsort(-values.var(axis=1))[:genes])
    assert adjusted_rand_score(is_aml(golub.columns), groups) == pytest.approx(ari, abs=0.005)


def best_by_t(genes, labels, count=50):
    one, other = genes[:, labels], genes[:, ~labels]
    pooled = (one.shape[1] - 1) * one.var(axis=1, ddof=1)
    pooled = pooled + (other.shape[1] - 1) * other.var(axis=1, ddof=1)
    t = (one.mean(axis=1) - other.mean(axis=1)) / np.sqrt(pooled)
    return np.argsort(-np.abs(t))[:count]


def test_genes_selected_by_their_labels_separate_noise(golub):
    """25 matrices of noise. With selected genes ARI is 1 or a little less: standard error about
    .015, tolerance .04; of the share of ones .09, tolerance .25. With others it scatters by .06:
    standard error .012, tolerance .04."""
    labels = is_aml(golub.columns)
    rng = np.random.default_rng(0)
    selected, unselected = [], []
    for _ in range(25):
        noise = rng.normal(size=golub.shape)
        selected.append(adjusted_rand_score(labels, two_groups(noise, best_by_t(noise, labels))))
        unselected.append(adjusted_rand_score(labels, two_groups(noise, np.arange(50))))
    assert np.mean(selected) == pytest.approx(0.96, abs=0.04)
    assert np.mean(np.array(selected) == 1) == pytest.approx(0.72, abs=0.25)
    assert np.mean(unselected) == pytest.approx(0.005, abs=0.04)


def test_genes_selected_by_permuted_labels_seem_to_separate_them(golub):
    """40 permutations. ARI scatters by .35: standard error .055, tolerance .17."""
    values = golub.to_numpy()
    rng = np.random.default_rng(0)
    found = []
    for _ in range(40):
        labels = rng.permutation(is_aml(golub.columns))
        found.append(adjusted_rand_score(labels, two_groups(values, best_by_t(values, labels))))
    assert np.mean(found) == pytest.approx(0.46, abs=0.17)
