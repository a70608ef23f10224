"""The numbers of lesson seven, against scipy, scikit-learn, seaborn and plain arithmetic."""

import numpy as np
import pandas as pd
import pytest
import seaborn
from matplotlib import pyplot
from scipy.cluster.hierarchy import cophenet, fcluster, leaves_list, linkage
from scipy.spatial.distance import pdist, squareform
from scipy.stats import ttest_ind
from sklearn.metrics import adjusted_rand_score

import datasets
from lessons.clustermaps import LESSON
from lessons.clustermaps.groups import agreement
from lib.charts import Clustermap
from lib.course import Standing

ABSOLUTE, SIGNED = "1 − |r|", "1 − r"


def facts(step: str, **values) -> dict:
    return LESSON.step(step).exhibit(values).facts


def standing(step: str, **values) -> Standing:
    return LESSON.step(step).judge(values).standing


def absolute_distances(r: pd.DataFrame) -> np.ndarray:
    return squareform(1 - r.abs(), checks=False)


@pytest.fixture(scope="module")
def breast() -> pd.DataFrame:
    return datasets.load("breast_cancer").select_dtypes("number").corr()


@pytest.fixture(scope="module")
def highway() -> pd.DataFrame:
    return datasets.load("highway").select_dtypes("number").corr()


@pytest.fixture(scope="module")
def golub() -> pd.DataFrame:
    return datasets.load("golub").drop(columns="description")


def test_agreement_is_the_adjusted_rand_index() -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        found, truth = rng.integers(0, 3, 30), rng.integers(0, 4, 30)
        assert agreement(found, truth) == pytest.approx(adjusted_rand_score(truth, found))


# Order


def test_clustering_moves_values_and_changes_none(breast: pd.DataFrame) -> None:
    found = facts("reorder", order="clustered")
    assert (found["changed"], found["pairs"], found["drawings"]) == (0, 435, 2**29)
    assert found["filed"] == pytest.approx(0.502, abs=5e-4)
    assert found["clustered"] == pytest.approx(0.726, abs=5e-4)
    assert found["shuffled_mean"] == pytest.approx(0.40, abs=0.02)
    every_pair = np.abs(breast.to_numpy()[np.triu_indices(30, 1)]).mean()
    assert found["shuffled_mean"] == pytest.approx(every_pair, abs=0.02)
    shown = LESSON.step("reorder").exhibit({"order": "clustered"}).figures[0].shown
    assert shown.loc[breast.index, breast.columns].to_numpy() == pytest.approx(breast.to_numpy())


@pytest.mark.parametrize("turn", ["the top one", "some, at random"])
def test_a_turned_tree_keeps_its_heights(turn: str) -> None:
    step = LESSON.step("reorder")
    plain = step.exhibit({"order": "clustered"}).figures[0]
    turned = step.exhibit({"order": "clustered", "turn": turn}).figures[0]
    assert list(plain.shown) != list(turned.shown)
    meetings = [
        pd.DataFrame(squareform(cophenet(chart.rows.linkage)), *[chart.rows.distances.index] * 2)
        for chart in (plain, turned)
    ]
    pd.testing.assert_frame_equal(*meetings)
    kept = {"kept": "where two columns meet"}
    assert standing("reorder", order="clustered", turn=turn, **kept) is Standing.PASSED
    assert standing("reorder", order="clustered", turn=turn) is Standing.NOT_YET
    assert 0.6 < facts("reorder", order="clustered", turn=turn)["neighbours"] < 0.8


def test_screen_and_paper_turn_alike() -> None:
    chart = LESSON.step("reorder").exhibit({"order": "clustered", "turn": "the top one"}).figures[0]
    labels = [text.get_text() for text in chart.paper().axes[2].get_xticklabels()]
    assert labels == list(chart.shown)


# Distance


def test_the_default_is_seaborns(highway: pd.DataFrame) -> None:
    grid = seaborn.clustermap(highway)
    order = grid.dendrogram_row.reordered_ind
    pyplot.close(grid.figure)
    chart = LESSON.step("distance").exhibit().figures[0]
    assert chart.rows.linkage[:, 2] == pytest.approx(grid.dendrogram_row.linkage[:, 2])
    assert list(chart.shown) == highway.columns[order].tolist()


def test_where_the_speed_limit_hangs(highway: pd.DataFrame) -> None:
    default = facts("distance")
    assert default["together"] == "adt, slim, shld, lane, itg"
    assert facts("distance", distance=ABSOLUTE)["together"] == "rate, sigs1, slim, shld, acpt"
    assert default["slim_rate"] == pytest.approx(-0.681, abs=5e-4)
    assert default["slim_acpt"] == pytest.approx(-0.682, abs=6e-4)
    assert default["lowest"] == pytest.approx(highway.min().min())
    assert default["default_neutral"] == pytest.approx(0.16, abs=5e-3)


def test_the_default_has_no_colour_for_zero(highway: pd.DataFrame) -> None:
    grids = [seaborn.clustermap(highway), seaborn.clustermap(highway, cmap="RdBu_r")]
    (default, diverging) = (grid.ax_heatmap.collections[0] for grid in grids)
    assert default.cmap.name == "rocket"
    lightest = max((-1, 0, 0.16, 1), key=lambda r: sum(default.cmap(default.norm(r))[:3]))
    assert lightest == 1
    assert diverging.norm(facts("distance")["default_neutral"]) == pytest.approx(0.5)
    for grid in grids:
        pyplot.close(grid.figure)


def test_the_first_shuffle_is_a_typical_one() -> None:
    drawn = [facts("reorder", order="shuffled", draw=draw)["neighbours"] for draw in range(60)]
    low, high = np.quantile(drawn, [0.25, 0.75])
    assert low <= facts("reorder", order="shuffled")["neighbours"] <= high


@pytest.mark.parametrize("groups", range(2, 7))
def test_only_one_distance_brings_it_to_the_accidents(groups: int) -> None:
    because = {"because": "Their rows are opposite", "groups": groups}
    for distance in ("Euclidean, rows", SIGNED):
        assert standing("distance", distance=distance, **because) is not Standing.PASSED
    passes = standing("distance", distance=ABSOLUTE, **because) is Standing.PASSED
    assert passes == (groups in (3, 4))


def test_half_a_family_upside_down() -> None:
    for draw in range(5):
        found = facts("sign_flip", draw=draw)
        assert found["rows_agreement"] == pytest.approx(0.063, abs=5e-4)
        assert found["signed_agreement"] < 0.2
        assert found["absolute_agreement"] == 1
    table = LESSON.step("sign_flip").exhibit().figures[0].values
    r = table.to_numpy()[np.triu_indices(18, 1)]
    alike = np.equal.outer(table.index.str[0], table.index.str[0])[np.triu_indices(18, 1)]
    assert np.abs(r[alike]).mean() == pytest.approx(facts("sign_flip")["within"], abs=0.05)
    assert np.abs(r[~alike]).max() < 0.25


# Trees


@pytest.mark.parametrize(
    ("method", "sizes", "cophenetic"),
    [
        ("single", "25, 2, 1, 1, 1", 0.697),
        ("average", "15, 6, 4, 3, 2", 0.836),
        ("complete", "12, 9, 4, 3, 2", 0.761),
    ],
)
def test_sizes_by_linkage(breast: pd.DataFrame, method: str, sizes: str, cophenetic: float) -> None:
    distances = absolute_distances(breast)
    tree = linkage(distances, method)
    counts = np.bincount(fcluster(tree, 5, "maxclust"))[1:]
    found = facts("chains", linkage=method)
    assert found["sizes"] == found[f"{method}_sizes"] == sizes
    assert sizes == ", ".join(map(str, sorted(counts, reverse=True)))
    assert found[f"{method}_cophenetic"] == pytest.approx(cophenet(tree, distances)[0])
    assert found[f"{method}_cophenetic"] == pytest.approx(cophenetic, abs=5e-4)


def test_the_ends_of_a_chain_never_met() -> None:
    assert facts("chains")["single_weakest"] < 0.001
    assert facts("chains", linkage="average")["weakest"] == pytest.approx(0.283, abs=5e-4)


def test_any_other_linkage_and_the_reason_pass() -> None:
    because = "It follows a chain"
    for method in ("average", "complete"):
        assert standing("chains", linkage=method, because=because) is Standing.PASSED
        assert standing("chains", linkage=method) is Standing.NOT_YET
    assert standing("chains", because=because) is Standing.MISTAKE


@pytest.mark.parametrize(
    ("table", "height", "groups"),
    [("breast cancer", 0.2, 16), ("breast cancer", 0.1, 21), ("wine", 0.2, 12), ("wine", 0.1, 13)],
)
def test_groups_at_a_height(table: str, height: float, groups: int) -> None:
    r = datasets.load(table.replace(" ", "_")).select_dtypes("number").corr()
    tree = linkage(absolute_distances(r), "average")
    assert fcluster(tree, height, "distance").max() == groups
    assert facts("cut", table=table, height=height)["groups"] == groups


def test_an_average_is_no_promise_to_each_pair() -> None:
    found = facts("cut")
    assert found["loose_weakest"] == found["weakest"] == pytest.approx(0.283, abs=5e-4)
    for height in (0.2, 0.5):
        assert facts("cut", height=height, linkage="complete")["weakest"] >= 1 - height


def test_two_columns_decide_what_is_not_standardised() -> None:
    cars = datasets.load("mtcars")
    found = facts("scaling")
    assert found["raw_share"] == pytest.approx(0.998, abs=5e-4)
    assert found["raw_share"] == pytest.approx(cars[["disp", "hp"]].var().sum() / cars.var().sum())
    assert found["raw_agreement"] > 0.9999
    litres = cars.assign(disp=cars["disp"] / 61.0237).var()
    assert found["litres_share"] == pytest.approx(litres["hp"] / litres.sum(), rel=1e-5)
    scaled = facts("scaling", scaled="each column")
    assert scaled["share"] == pytest.approx(2 / 11)
    assert (found["nearest"], scaled["nearest"]) == ("Camaro Z28", "Maserati Bora")
    square = squareform(pdist((cars - cars.mean()) / cars.std()))
    ford = cars.index.get_loc("Ford Pantera L")
    np.fill_diagonal(square, np.inf)
    assert cars.index[square[ford].argmin()] == "Maserati Bora"


# Chance


@pytest.mark.parametrize(
    ("prefix", "rows", "filed", "clustered"),
    [("few", 30, 0.148, 0.274), ("more", 100, 0.079, 0.149)],
)
def test_noise_makes_blocks(prefix: str, rows: int, filed: float, clustered: float) -> None:
    found = facts("false_blocks")
    assert found[f"{prefix}_filed"] == pytest.approx(filed, abs=0.008)
    assert found[f"{prefix}_clustered"] == pytest.approx(clustered, abs=0.01)
    # |r| of noise is near |normal| / sqrt(n - 1)
    assert found[f"{prefix}_filed"] == pytest.approx(np.sqrt(2 / np.pi / (rows - 1)), rel=0.05)


def test_noise_in_a_plain_loop() -> None:
    alike = []
    for seed in range(60):
        r = np.corrcoef(np.random.default_rng([9, seed]).normal(size=(30, 20)), rowvar=False)
        order = leaves_list(linkage(squareform(1 - np.abs(r), checks=False), "average"))
        alike.append(np.abs(r[order[:-1], order[1:]]).mean())
    assert facts("false_blocks")["few_clustered"] == pytest.approx(np.mean(alike), abs=0.012)


def test_noise_beats_two_hundred_tables_of_noise_once_in_hundreds_of_draws() -> None:
    most = facts("false_blocks", draw=57)["noise_most"]
    rng = np.random.default_rng(1)
    beaten = 0
    for _ in range(1000):
        r = np.abs(np.corrcoef(rng.normal(size=(30, 20)), rowvar=False))
        order = leaves_list(linkage(squareform(1 - r, checks=False), "average"))
        beaten += r[order[:-1], order[1:]].mean() > most
    assert facts("false_blocks", draw=57)["a_clustered"] > most
    assert 0 < beaten < 8


@pytest.mark.parametrize("draw", [0, 1, 2, 3])
def test_only_b_leaves_the_noise_behind(draw: int) -> None:
    assert facts("false_blocks", table="B", rows="300", draw=draw)["as_alike"] == 0
    assert facts("false_blocks", table="A", rows="300", draw=draw)["as_alike"] > 0
    assert (
        standing("false_blocks", table="B", rows="300", verdict="B", draw=draw) is Standing.PASSED
    )
    assert (
        standing("false_blocks", table="A", rows="300", verdict="B", draw=draw) is Standing.NOT_YET
    )


# Genes


def standardised(values: np.ndarray) -> np.ndarray:
    return (values - values.mean(1, keepdims=True)) / values.std(1, ddof=1, keepdims=True)


@pytest.mark.parametrize(
    ("genes", "agreed"),
    [(50, 0.26), (80, 0.26), (90, 1), (100, 1), (110, 0.79), (200, 0.53), (500, 0.79)],
)
def test_agreement_by_number_of_genes(golub: pd.DataFrame, genes: int, agreed: float) -> None:
    values = golub.to_numpy()
    most = values[np.argsort(-values.var(1))[:genes]]
    groups = fcluster(linkage(standardised(most).T, "ward"), 2, "maxclust")
    truth = adjusted_rand_score(golub.columns.str[:3], groups)
    assert facts("leukaemia", genes=genes)["agreement"] == pytest.approx(truth)
    assert truth == pytest.approx(agreed, abs=5e-3)


def test_all_genes_know_nothing_and_neighbours_fail() -> None:
    found = facts("leukaemia")
    assert (found["lymphoid"], found["myeloid"], found["genes_in_all"]) == (27, 11, 3051)
    assert found["telling"] == 681
    assert found["all_agreement"] == pytest.approx(-0.026, abs=5e-4)
    assert standing("leukaemia", genes=100, other=80) is Standing.PASSED
    assert standing("leukaemia", genes=90, other=80) is Standing.PASSED
    assert standing("leukaemia", genes=100, other=110) is Standing.MISTAKE
    assert standing("leukaemia", genes=90, other=80, linkage="average") is Standing.PASSED


def test_chosen_by_t_noise_separates(golub: pd.DataFrame) -> None:
    found = facts("dipping", draws=20)
    assert found["noise_mean"] > 0.93
    assert 0.6 <= found["noise_perfect"] <= 1
    assert abs(found["blind_mean"]) < 0.1
    assert abs(found["halves_mean"]) < 0.1
    assert 0.3 < found["shuffled_mean"] < 0.6
    assert found["real_halves_mean"] > 0.6
    is_myeloid = golub.columns.str.startswith("AML")
    agreed = []
    for draw in range(10):
        noise = np.random.default_rng([7, draw]).normal(size=golub.shape)
        t = ttest_ind(noise[:, is_myeloid], noise[:, ~is_myeloid], axis=1).statistic
        best = standardised(noise[np.argsort(-np.abs(t))[:50]])
        agreed.append(
            adjusted_rand_score(is_myeloid, fcluster(linkage(best.T, "ward"), 2, "maxclust"))
        )
    assert found["noise_mean"] == pytest.approx(np.mean(agreed), abs=0.08)


def test_nothing_yet_is_the_verdict() -> None:
    recipe = {"chosen": "by t, all patients", "draws": 20}
    assert standing("dipping", **recipe, verdict="nothing yet") is Standing.PASSED
    for verdict in ("two kinds of patients", "a tree cannot be wrong"):
        assert standing("dipping", **recipe, verdict=verdict) is Standing.MISTAKE
    assert standing("dipping", **recipe) is Standing.NOT_YET
    assert standing("dipping", verdict="nothing yet") is Standing.MISTAKE


# Branches


@pytest.mark.parametrize("step", LESSON.steps, ids=lambda step: step.slug)
def test_every_branch_opens_its_members(step) -> None:
    exhibit = step.exhibit(step.task.solution)
    maps = [chart for chart in exhibit.figures if isinstance(chart, Clustermap)]
    assert maps
    for members in maps[0].groups().values():
        assert exhibit.members(members).sentence.startswith(str(len(members)))


# Lines to write


@pytest.mark.parametrize(
    ("lines", "passes"),
    [
        ("np.sqrt(1 - r ** 2)", True),
        ("d = r.copy()\nd[d < 0] = -d\n1 - d", True),
        ("2 - 2 * np.abs(r)", True),
        ("1 - r ** 3", False),
        ("r.abs().max() - r.abs() + 1", False),
        ("np.triu(1 - r.abs())", False),
    ],
)
def test_any_distance_passes_that_does_not_mind_the_sign(lines: str, passes: bool) -> None:
    found = LESSON.step("write_the_distance").judge({"lines": lines})
    assert found.standing is (Standing.PASSED if passes else Standing.MISTAKE)


def test_the_tree_by_the_lines_is_scipys(highway: pd.DataFrame) -> None:
    tree = linkage(squareform(np.sqrt(1 - highway**2), checks=False), "average")
    groups = pd.Series(fcluster(tree, 4, "maxclust"), highway.index)
    with_slim = groups.index[groups == groups["slim"]]
    found = facts("write_the_distance", lines="np.sqrt(1 - r ** 2)")
    assert found["together"] == ", ".join(with_slim)


@pytest.mark.parametrize(
    ("lines", "passes"),
    [
        ("g = genes.T\n((g - g.mean()) / g.std()).T", True),
        ("genes.apply(stats.zscore, axis=1)", False),
        ("v = genes.to_numpy()\nv = v - v.mean(axis=1)[:, np.newaxis]\n"
         "v / v.std(axis=1)[:, np.newaxis]", True),
        ("genes.sub(genes.min(axis=1), axis=0)", False),
        ("genes * 0", False),
    ],
)  # fmt: skip
def test_genes_are_scaled_by_any_lines(lines: str, passes: bool) -> None:
    found = LESSON.step("write_the_scaling").judge({"lines": lines})
    assert (found.standing is Standing.PASSED) == passes


# On your own


@pytest.mark.parametrize("name", ["single", "average", "complete"])
def test_the_promise_to_every_pair_of_blood_values_is_scipys(name: str) -> None:
    r = datasets.load("diabetes").drop(columns="progression").corr()
    groups = fcluster(linkage(absolute_distances(r), name), 0.6, "distance")
    together = np.equal.outer(groups, groups)
    found = facts("on_your_own_blood", distance=ABSOLUTE, linkage=name, height=0.6)
    assert found["groups"] == len(set(groups))
    assert found["weakest"] == pytest.approx(r.abs().where(together, 1).to_numpy().min())
    strong_apart = np.triu((r.abs().to_numpy() >= 0.7) & ~together)
    assert found["parted"] == strong_apart.sum()
    is_kept = standing(
        "on_your_own_blood", distance=ABSOLUTE, linkage=name, height=0.6, backwards="s4"
    )
    assert (is_kept is Standing.PASSED) == (name == "complete")


def test_by_signed_r_no_cut_and_no_linkage_keeps_the_promises() -> None:
    for name in ("single", "average", "complete"):
        for height in np.arange(2, 25) / 20:
            values = {"distance": SIGNED, "linkage": name, "height": float(height)}
            assert standing("on_your_own_blood", **values, backwards="s3") is not Standing.PASSED


def test_distances_of_one_order_make_other_groups() -> None:
    found = facts("write_the_distance", lines="1 / r.abs() - 1")
    assert found["together"] == found["steep"] == "slim, shld"
    assert len(found["plain"].split(", ")) == 5
    assert facts("write_the_distance", lines="1 - r.abs()")["together"] == found["plain"]
