"""Lesson eight: its numbers against scikit-learn, statsmodels and brute force."""

import runpy
import shutil
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot
from scipy.spatial.distance import cdist
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.inspection import partial_dependence
from sklearn.neighbors import NearestNeighbors

import datasets
from lessons.interactions import LESSON
from lessons.interactions.models import FEATURES, FOREST, grown, model
from lessons.interactions.shapley import _FOUR, _found
from lessons.tables import tumours
from lib.charts import LIGHT, Heatmap
from lib.course import Exhibit, Standing, listening

UNEVEN = "worst texture × worst concave points"


def exhibit(step: str, **values) -> Exhibit:
    return LESSON.step(step).exhibit(values)


def facts(step: str, **values) -> dict:
    return dict(exhibit(step, **values).facts)


@pytest.fixture(scope="module")
def forest() -> RandomForestClassifier:
    """The recipe's own, in one go."""
    train, _, benign, _ = tumours()
    return RandomForestClassifier(n_estimators=200, random_state=42).fit(train, benign)


@pytest.fixture(scope="module")
def grid() -> pd.DataFrame:
    """The recipe's grid: radius by texture over the test rows' range, the rest at the mean."""
    train, test, _, _ = tumours()
    cells = [
        {"mean radius": radius, "mean texture": texture}
        for radius in np.linspace(test["mean radius"].min(), test["mean radius"].max(), 50)
        for texture in np.linspace(test["mean texture"].min(), test["mean texture"].max(), 50)
    ]
    grid = pd.DataFrame(cells)
    for column in train.columns[2:]:
        grid[column] = train[column].mean()
    return grid


def filled(grid: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    return grid.assign(**{name: row[name] for name in grid.columns[2:]})


def residuals(surface: np.ndarray) -> np.ndarray:
    """Of a two-way analysis of variance without replicates, by least squares."""
    rows, columns = np.indices(surface.shape)
    dummies = [rows.ravel() == r for r in range(surface.shape[0])]
    dummies += [columns.ravel() == c for c in range(surface.shape[1])]
    design = np.column_stack(dummies).astype(float)
    fitted = design @ np.linalg.lstsq(design, surface.ravel(), rcond=None)[0]
    return (surface.ravel() - fitted).reshape(surface.shape)


# The models


def test_the_forest_grown_in_parts_is_the_forest(forest) -> None:
    test = tumours().test
    np.testing.assert_array_equal(model(FOREST).predict_proba(test), forest.predict_proba(test))


def test_growing_says_how_far_it_is() -> None:
    said: list[float] = []
    with listening(lambda share, _: said.append(share)):
        grown(RandomForestClassifier(max_depth=1), np.eye(2), [0, 1])
    assert said == [pytest.approx(tenth / 10) for tenth in range(10)]


def test_logistic_regression_is_that_of_a_pipeline() -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    train, test, benign, _ = tumours()
    pipeline = make_pipeline(StandardScaler(), LogisticRegression()).fit(train, benign)
    found = model("logistic regression").predict_proba(test.to_numpy())
    np.testing.assert_allclose(found, pipeline.predict_proba(test), rtol=1e-9)


def test_the_features_are_those_of_the_table() -> None:
    assert list(FEATURES) == list(tumours().train.columns)


# Gallery


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("product", 1),
        ("sum", 0),
        ("steps", 0),
        ("corner", 1 / 3),
        ("either", 1),
        ("sigmoid", 0.105),
        ("waves", 0),
        ("ring", 0),
        ("difference", 0.8),
        ("larger", 0.2),
        ("log_odds", 0),
    ],
)
def test_how_much_of_each_surface_is_interaction(name: str, share: float) -> None:
    assert facts("gallery")[f"share_{name}"] == pytest.approx(share, abs=0.0006)


def test_a_surface_is_what_analysis_of_variance_says() -> None:
    side = np.linspace(-1, 1, 50)
    larger = np.maximum.outer(side, side)
    share = residuals(larger).var() / larger.var()
    assert facts("gallery")["share_larger"] == pytest.approx(share)


def test_eight_right_pass_and_seven_do_not() -> None:
    gallery = LESSON.step("gallery")
    eight = {"named": ("x1·x2", "XOR", "AND", "|x1 − x2|")}
    assert facts("gallery", **eight)["right"] == 8
    assert gallery.judge(eight).standing is Standing.PASSED
    assert facts("gallery", named=("x1·x2", "XOR", "AND"))["right"] == 7
    assert gallery.judge({"named": ("x1·x2", "XOR", "AND")}).standing is Standing.MISTAKE


def test_subtracted_sums_are_blank_and_saddles_are_not() -> None:
    shown = {chart.title: chart for chart in exhibit("gallery", subtract=True).figures}
    assert (shown["x1 + x2"].values == 0).to_numpy().all()
    assert shown["x1·x2"].values.abs().to_numpy().max() == pytest.approx(1)
    assert (shown["sigmoid"].values != 0).to_numpy().any()
    bent = exhibit("gallery", subtract=True, log_odds=True).figures[5]
    assert (bent.values == 0).to_numpy().all()


# Recipe


def test_the_recipes_map(forest, grid) -> None:
    surface = forest.predict_proba(grid)[:, 1].reshape(50, 50)
    left = residuals(surface)
    found = facts("recipe")
    assert (found["low"], found["high"]) == (surface.min(), surface.max()) == (0.59, 0.77)
    assert found["percent"] == pytest.approx(100 * left.var() / surface.var())
    assert found["percent"] == pytest.approx(0.28, abs=0.005)
    assert found["percent_log_odds"] == pytest.approx(0.13, abs=0.005)
    assert found["largest"] == pytest.approx(np.abs(left).max())
    assert found["largest"] == pytest.approx(0.0071, abs=0.00005)
    assert found["radius_effect"] == pytest.approx(0.099, abs=0.0005)
    assert found["texture_effect"] == pytest.approx(0.086, abs=0.001)
    assert found["benign_cells"] == 2500


def test_the_recipe_on_patients(forest) -> None:
    _, test, _, benign = tumours()
    p = forest.predict_proba(test)[:, 1]
    found = facts("recipe")
    assert found["accuracy"] == pytest.approx(forest.score(test, benign))
    assert found["accuracy"] == pytest.approx(0.9415, abs=0.00005)
    assert (found["between"], found["decided"], found["patients"]) == (11, 132, 171)
    assert ((p >= 0.59) & (p <= 0.77)).sum() == 11


def test_what_is_left_is_painted_on_the_scale_of_the_map() -> None:
    own = exhibit("recipe", residual=True).figures[1]
    assert own.range[1] == pytest.approx(0.0071, abs=0.0001)
    prediction, left = exhibit("recipe", residual=True, limits="0 to 1").figures
    assert prediction.range == (0, 1)
    assert left.range == (-0.5, 0.5)


# Orientation


def test_classes_and_rows() -> None:
    found = facts("orientation")
    diagnoses = datasets.load("breast_cancer")["diagnosis"].value_counts()
    assert found["benign"] == diagnoses["benign"] == 357
    assert found["malignant"] == diagnoses["malignant"] == 212
    assert found["top"] == 7.76
    assert facts("orientation", invert=True)["bottom"] == 7.76


def test_the_other_column_is_the_other_class(forest, grid) -> None:
    shown = exhibit("orientation", column="[:, 0]").figures[0]
    expected = forest.predict_proba(grid)[:, 0].reshape(50, 50)
    np.testing.assert_allclose(shown.values.to_numpy(), expected, atol=1e-12)
    assert facts("orientation", column="[:, 0]")["shown"] == "malignant"


def test_columns_out_of_order_stop_the_model() -> None:
    stopped = exhibit("orientation", pair="worst area × mean texture")
    assert stopped.figures == ()
    assert stopped.stopped.startswith("ValueError: Feature names must be in the same order")
    assert exhibit("orientation").stopped == ""
    assert exhibit("orientation", pair="worst area × mean texture", ordered=True).stopped == ""


# Filler


def test_what_the_filler_decides(forest, grid) -> None:
    train, _, benign, _ = tumours()
    fillers = {
        "mean": train.mean(),
        "median": train.median(),
        "benign": train[benign == 1].mean(),
        "malignant": train[benign == 0].mean(),
    }
    found = facts("filler")
    for name, row in fillers.items():
        p = forest.predict_proba(filled(grid, row))[:, 1]
        assert found[f"low_{name}"] == p.min()
        assert found[f"high_{name}"] == p.max()
    assert (found["p_mean"], found["p_median"]) == (0.72, 1.0)
    assert (found["low_benign"], found["high_benign"]) == (0.88, 1.0)
    assert (found["low_malignant"], found["high_malignant"]) == (0.0, 0.06)


def test_any_two_fills_that_disagree_pass() -> None:
    step = LESSON.step("filler")
    for other in ("mean row", "median row", "benign mean"):
        fills = {"left": "malignant mean", "right": other}
        assert step.judge(fills).standing is Standing.NOT_YET
        named = {**fills, "decider": "the features that are held"}
        assert step.judge(named).standing is Standing.PASSED


def test_in_many_dimensions_few_rows_are_near_the_middle() -> None:
    train, _, benign, _ = tumours()
    z = ((train - train.mean()) / train.std(ddof=0)).to_numpy()
    rng = np.random.default_rng(1)

    def near(rows: np.ndarray) -> int:
        nearest = np.sort(cdist(rows, rows), axis=1)[:, 1]
        return (np.linalg.norm(rows - rows.mean(axis=0), axis=1) < np.median(nearest)).sum()

    assert near(z) == facts("filler")["near"] == 2
    crowds = [rng.multivariate_normal(np.zeros(30), np.corrcoef(z.T), len(z)) for _ in range(20)]
    assert facts("filler")["near_normal"] == pytest.approx(np.mean([*map(near, crowds)]), abs=4)
    kinds = [z[benign == kind] for kind in (0, 1)]
    two = [
        np.vstack([rng.multivariate_normal(k.mean(axis=0), np.cov(k.T), len(k)) for k in kinds])
        for _ in range(20)
    ]
    assert facts("filler")["near_two"] == pytest.approx(np.mean([*map(near, two)]), abs=3)
    assert 2 * 2 < facts("filler")["near_two"] < 0.6 * facts("filler")["near_normal"]


# Nowhere


def test_the_cells_that_no_patient_occupies(grid) -> None:
    train = tumours().train
    z = (train - train.mean()) / train.std(ddof=0)
    cells = (grid - train.mean()) / train.std(ddof=0)
    precision = np.linalg.inv(np.cov(z.T, ddof=0) + 1e-6 * np.eye(30))
    centre = np.zeros((1, 30))
    farthest = cdist(z, centre, "mahalanobis", VI=precision).max()
    beyond = cdist(cells, centre, "mahalanobis", VI=precision) > farthest
    neighbours = NearestNeighbors(n_neighbors=2).fit(z.to_numpy())
    usual = np.percentile(neighbours.kneighbors(z.to_numpy())[0][:, 1], 99)
    lonely = neighbours.kneighbors(cells.to_numpy(), 1)[0] > usual

    found = facts("nowhere")
    assert found["cloud"] == beyond.mean()
    assert found["cloud"] == pytest.approx(0.91, abs=0.005)
    assert found["neighbour"] == lonely.mean() == 0
    assert found["empty"] == pytest.approx(0.34)
    assert found["outline"] == pytest.approx(0.92)
    assert (found["ratio_least"], found["ratio_most"]) == pytest.approx((0.99, 1.13), abs=0.005)
    assert (found["grid_least"], found["grid_most"]) == pytest.approx((0.52, 1.88), abs=0.005)
    assert found["perimeter"] == pytest.approx(91.7, abs=0.05)


@pytest.mark.parametrize("fill_with", ["mean row", "median row", "benign mean", "malignant mean"])
def test_whatever_the_filler_nine_tenths_are_beyond(fill_with: str) -> None:
    assert 0.905 < facts("nowhere", fill_with=fill_with)["cloud"] < 0.925


def test_as_many_cells_are_hatched_as_are_said() -> None:
    shown = exhibit("nowhere", rule="outside the cloud")
    assert shown.figures[0].hatched.to_numpy().mean() == shown.facts["hatched"] == 0.9072


@pytest.mark.parametrize(
    ("fill_with", "fitting"),
    [("mean row", {13, 14}), ("benign mean", {11, 12}), ("malignant mean", {17, 18})],
)
def test_a_radius_fits_the_perimeter_that_is_held(fill_with: str, fitting: set[int]) -> None:
    step = LESSON.step("nowhere")
    values = {"rule": "outside the cloud", "fill_with": fill_with}
    passing = {
        radius
        for radius in range(5, 35)
        if step.judge({**values, "fitting": radius}).standing is Standing.PASSED
    }
    assert passing == fitting


# Averages


def test_partial_dependence_is_scikit_learns(forest) -> None:
    train, test, _, _ = tumours()
    pair = ["mean radius", "mean texture"]
    values = {name: np.linspace(test[name].min(), test[name].max(), 15)[::7] for name in pair}
    expected = partial_dependence(
        forest, train, pair, custom_values=values, response_method="predict_proba", method="brute"
    )["average"][0]
    shown = exhibit("averages")
    surface = shown.figures[0].values.to_numpy()[::-1]
    np.testing.assert_allclose(surface[::7, ::7], expected)
    found = shown.facts
    assert (found["low"], found["high"]) == pytest.approx((0.552, 0.659), abs=0.0005)
    assert found["largest"] == pytest.approx(np.abs(residuals(surface)).max())
    assert found["largest"] == pytest.approx(0.0038, abs=0.00005)
    assert residuals(surface).var() / surface.var() == pytest.approx(0.0019, abs=0.00005)


def test_individual_curves_are_scikit_learns() -> None:
    train, test, benign, _ = tumours()
    boosting = GradientBoostingClassifier(random_state=42).fit(train, benign)
    values = np.linspace(test["worst area"].min(), test["worst area"].max(), 15)
    curves = partial_dependence(
        boosting,
        train,
        ["worst area"],
        custom_values={"worst area": values},
        kind="individual",
        response_method="predict_proba",
        method="brute",
    )["individual"][0]
    found = facts("averages", pair="worst area × worst concave points", model="boosting")
    assert found["mean_swing"] == pytest.approx(np.ptp(curves.mean(axis=0)))
    assert found["mean_swing"] == pytest.approx(0.030, abs=0.0005)
    assert found["largest_swing"] == pytest.approx(np.ptp(curves, axis=1).max())
    assert found["largest_swing"] == pytest.approx(0.66, abs=0.005)
    assert found["unmoved"] == pytest.approx((np.ptp(curves, axis=1) < 0.05).mean())


def test_curves_of_a_sum_in_log_odds_fan_out_in_probability() -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    train, test, benign, _ = tumours()
    fitted = make_pipeline(StandardScaler(), LogisticRegression()).fit(train, benign)
    ends = [train.assign(**{"worst area": end(test["worst area"])}) for end in (min, max)]
    low, high = (fitted.decision_function(table) for table in ends)
    found = facts("averages", pair="worst area × worst concave points")
    assert found["logistic_log"] == pytest.approx(np.abs(high - low).mean())
    assert np.ptp(high - low) < 1e-9
    low, high = (fitted.predict_proba(table)[:, 1] for table in ends)
    assert found["logistic_most"] == pytest.approx(np.abs(high - low).max())
    assert found["logistic_least"] == pytest.approx(np.abs(high - low).min(), abs=1e-8)


# Pairs


@pytest.mark.parametrize(
    ("first", "second", "h", "rms"),
    [
        ("mean radius", "mean texture", 0.044, 0.0015),
        ("worst area", "worst concave points", 0.098, 0.0143),
        ("worst radius", "worst concave points", 0.114, 0.0131),
        ("mean perimeter", "worst area", 0.126, 0.0125),
        ("area error", "worst concave points", 0.129, 0.0120),
        ("mean concave points", "area error", 0.169, 0.0089),
        ("concave points error", "symmetry error", 0.283, 0.0009),
    ],
)
def test_pairs_of_the_forest(first: str, second: str, h: float, rms: float) -> None:
    found = LESSON.step("pairs").state({"first": second, "second": first})
    assert found["named"] == f"{first} × {second}"
    assert found["named_h"] == pytest.approx(h, abs=0.0005)
    assert found["named_rms"] == pytest.approx(rms, abs=0.00005)


def test_one_pair_by_brute_force(forest) -> None:
    train = tumours().train
    chosen = np.sort(np.random.default_rng(0).choice(len(train), 100, replace=False))
    rows = train.iloc[chosen]

    def average(*names: str) -> np.ndarray:
        asked = rows.iloc[np.tile(np.arange(100), 100)].reset_index(drop=True)
        for name in names:
            asked[name] = np.repeat(rows[name].to_numpy(), 100)
        means = forest.predict_proba(asked)[:, 1].reshape(100, 100).mean(axis=1)
        return means - means.mean()

    both = average("mean perimeter", "worst area")
    departure = both - average("mean perimeter") - average("worst area")
    found = LESSON.step("pairs").state(
        {"background": "100 rows", "first": "mean perimeter", "second": "worst area"}
    )
    assert found["named_rms"] == pytest.approx(np.sqrt((departure**2).mean()))
    assert found["named_h"] == pytest.approx(np.sqrt((departure**2).sum() / (both**2).sum()))


def test_the_strongest_pair_depends_on_the_ranking_and_on_the_rows() -> None:
    found = facts("pairs")
    assert found["pairs"] == 435
    assert found["strongest"] == "worst area × worst concave points"
    assert found["highest"] == "concave points error × symmetry error"
    assert found["mapped_rank"] == 148
    fewer = facts("pairs", background="100 rows")
    assert fewer["strongest"] == "mean perimeter × worst area"


def test_another_forest_has_another_strongest_pair() -> None:
    assert facts("pairs", model="another forest")["strongest"] != facts("pairs")["strongest"]


@pytest.mark.parametrize("name", ["stumps", "logistic regression"])
def test_sums_of_single_features_have_no_strongest_pair(name: str) -> None:
    found = facts("pairs", model=name)
    assert (found["strongest"], found["highest_h"], found["scale"]) == ("none", 0, "log-odds")
    named = {"model": name, "rank": "rms", "first": "worst area", "second": "mean area"}
    assert LESSON.step("pairs").judge(named).standing is Standing.MISTAKE


def test_the_strongest_pair_of_any_model_passes_in_either_order() -> None:
    step = LESSON.step("pairs")
    strongest = facts("pairs", model="boosting")["strongest"].split(" × ")
    for first, second in permutations(strongest):
        values = {"model": "boosting", "rank": "rms", "first": first, "second": second}
        assert step.judge(values).standing is Standing.PASSED


def test_every_pair_opens_its_surface() -> None:
    shown = exhibit("pairs", rank="rms")
    heatmap = shown.figures[0]
    assert heatmap.visible.to_numpy().sum() == 435
    opened = shown.behind("worst concave points", "worst area")
    assert isinstance(opened.chart, Heatmap)
    assert opened.chart.values.shape == (12, 12)
    assert "H = 0.098, rms 0.0143 and at most 0.0334 in probability: place 1 of 435" in (
        opened.sentence
    )
    assert opened.chart.screen(LIGHT).data


def test_a_pair_of_a_model_without_it_opens_too() -> None:
    shown = exhibit("pairs", model="stumps")
    opened = shown.behind("mean perimeter", "mean radius")
    assert opened.chart.screen(LIGHT).data
    assert "rms 0.0000" in opened.sentence


# Known truth


def test_friedmans_world() -> None:
    forest, boosting, stumps = (
        facts("known", model=name) for name in ("forest", "boosting", "stumps")
    )
    assert forest["true_h"] == pytest.approx(0.276, abs=0.002)
    assert forest["next_h"] == pytest.approx(0.115, abs=0.005)
    assert forest["next_pair"] == "x3 × x5"
    assert boosting["true_h"] == pytest.approx(0.281, abs=0.002)
    assert boosting["next_h"] == pytest.approx(0.076, abs=0.002)
    assert stumps["largest_h"] < 1e-6
    assert forest["x3_r"] == pytest.approx(0.002, abs=0.0005)
    assert forest["x3_swing"] > 1.5
    assert forest["above"] > 2


def test_only_stumps_and_the_true_pair_pass() -> None:
    step = LESSON.step("known")
    assert step.judge({"model": "stumps", "pair": "x1 × x2"}).standing is Standing.PASSED
    assert step.judge({"model": "stumps", "pair": "x1 × x3"}).standing is Standing.MISTAKE
    assert step.judge({"model": "boosting", "pair": "x1 × x2"}).standing is Standing.MISTAKE


# Titanic


def test_survival_by_sex_and_class() -> None:
    found = facts("titanic")
    women = [found[f"female_{number}"] for number in (1, 2, 3)]
    men = [found[f"male_{number}"] for number in (1, 2, 3)]
    assert women == pytest.approx([0.965, 0.887, 0.491], abs=0.0005)
    assert men == pytest.approx([0.341, 0.146, 0.152], abs=0.0005)
    people = datasets.load("titanic").query("passengerClass == '3rd'")
    counts = pd.crosstab(people["sex"], people["survived"])
    odds = counts.loc["female", "yes"] / counts.loc["female", "no"]
    odds /= counts.loc["male", "yes"] / counts.loc["male", "no"]
    assert found["odds_3"] == pytest.approx(odds)


def test_the_interaction_is_no_chance() -> None:
    from statsmodels.formula.api import logit

    people = datasets.load("titanic")
    people["lived"] = (people["survived"] == "yes").astype(int)
    people["passengerClass"] = people["passengerClass"].astype(str)
    found = facts("titanic")
    for name, rows, more in (("ratio", people, ""), ("ratio_age", people.dropna(), " + age")):
        plain, full = (
            logit(f"lived ~ sex {sign} passengerClass{more}", rows).fit(disp=0) for sign in "+*"
        )
        assert found[name] == pytest.approx(2 * (full.llf - plain.llf))
        assert full.df_model - plain.df_model == found["freedom"]
    assert found["ratio_age"] == pytest.approx(50.5, abs=0.05)
    known = facts("titanic", with_age=True)
    plain, full = (
        logit(f"lived ~ sex {sign} passengerClass", people.dropna()).fit(disp=0) for sign in "+*"
    )
    assert known["shown"] == len(people.dropna()) == 1046
    assert known["ratio"] == pytest.approx(2 * (full.llf - plain.llf))
    assert round(known["ratio"], 1) == 46.9
    assert round(found["ratio"], 1) == 47.2


def test_in_log_odds_it_stays() -> None:
    found = facts("titanic")
    rates = np.array([[found[f"{sex}_{c}"] for c in (1, 2, 3)] for sex in ("female", "male")])
    logs = np.log(rates / (1 - rates))
    assert found["share"] == pytest.approx(residuals(rates).var() / rates.var())
    assert found["share_log_odds"] == pytest.approx(residuals(logs).var() / logs.var())
    assert found["share_log_odds"] > 0.05


# Together


def test_correlation_and_interaction_are_two_questions() -> None:
    either = facts("together", draw=0)
    assert either["r_features"] == pytest.approx(-0.06, abs=0.005)
    assert (either["r_first"], either["r_second"]) == pytest.approx((0.03, -0.01), abs=0.005)
    assert either["h"] == pytest.approx(0.98, abs=0.01)
    added = facts("together", world="sum, r = 0.9", model="least squares", draw=0)
    assert added["r_features"] == pytest.approx(0.9, abs=0.01)
    assert added["coefficient"] == pytest.approx(0.012, abs=0.0005)
    assert added["p"] == pytest.approx(0.087, abs=0.0005)
    assert added["h"] < 0.01


def test_the_forest_has_a_floor_that_grows_with_correlation() -> None:
    apart, correlated = (facts("together", world=f"sum, r = {r}")["h"] for r in ("0", "0.9"))
    assert 0.05 < apart < 0.12
    assert 0.12 < correlated < 0.25


def test_other_draws_say_the_same() -> None:
    for draw in (1, 2, 3):
        assert facts("together", draw=draw)["h"] > 0.9
        values = {"world": "sum, r = 0.9", "model": "least squares", "draw": draw}
        assert LESSON.step("together").judge(values).standing is Standing.PASSED


# Shapley


@pytest.mark.parametrize("depth", [2, 3])
def test_shapley_values_are_means_over_all_orders(depth: int) -> None:
    train, _, benign, _ = tumours()
    features = train[list(_FOUR)].to_numpy()
    fitted = GradientBoostingClassifier(n_estimators=50, max_depth=depth, random_state=42)
    fitted.fit(features, benign)
    rows, patient = features[:100], 24
    orders = list(permutations(range(4)))
    shapley = np.zeros(4)
    for order in orders:
        asked = rows.copy()
        before = fitted.decision_function(asked).mean()
        for feature in order:
            asked[:, feature] = rows[patient, feature]
            after = fitted.decision_function(asked).mean()
            shapley[feature] += (after - before) / len(orders)
            before = after
    found = _found(depth, "other patients'").shapley[:, :, patient]
    np.testing.assert_allclose(found.sum(axis=1), shapley, atol=1e-12)
    np.testing.assert_allclose(found, found.T)
    above = fitted.decision_function(rows)[patient] - fitted.decision_function(rows).mean()
    assert found.sum() == pytest.approx(above)


@pytest.mark.parametrize("depth", [2, 3])
def test_with_the_trees_counts_they_are_those_of_the_library(depth: int) -> None:
    shap = pytest.importorskip("shap", reason="an optional extra")
    train, _, benign, _ = tumours()
    features = train[list(_FOUR)].to_numpy()
    fitted = GradientBoostingClassifier(n_estimators=50, max_depth=depth, random_state=42)
    fitted.fit(features, benign)
    by_shap = shap.TreeExplainer(fitted).shap_interaction_values(features[:100])
    found = _found(depth, "the trees' counts").shapley
    np.testing.assert_allclose(found, by_shap.transpose(1, 2, 0), atol=1e-9)


def test_with_pairs_only_shap_and_h_agree() -> None:
    assert facts("shapley")["r"] == pytest.approx(1)
    assert facts("shapley", splits="three")["r"] < 0.95
    assert facts("shapley", unknown="the trees' counts")["r"] < 0.95
    for unknown in ("other patients'", "the trees' counts"):
        assert facts("shapley", splits="three", unknown=unknown)["adds_up"]


def _features_met(tree, node: int = 0) -> list[set[int]]:
    """The features that each path from a node to a leaf meets."""
    if tree.children_left[node] < 0:
        return [set()]
    return [
        {int(tree.feature[node])} | met
        for child in (tree.children_left[node], tree.children_right[node])
        for met in _features_met(tree, child)
    ]


@pytest.mark.parametrize(("depth", "most"), [(2, 2), (3, 3)])
def test_it_is_a_path_that_meets_two_features_and_not_a_tree(depth: int, most: int) -> None:
    train, _, benign, _ = tumours()
    fitted = GradientBoostingClassifier(n_estimators=50, max_depth=depth, random_state=42)
    fitted.fit(train[list(_FOUR)].to_numpy(), benign)
    paths = [_features_met(stage.tree_) for stage in fitted.estimators_[:, 0]]
    assert max(len(met) for tree in paths for met in tree) == most
    assert max(len(set.union(*tree)) for tree in paths) > most


def test_a_pair_that_no_tree_uses_has_no_interaction() -> None:
    found = facts("shapley", pair="mean radius × mean texture")
    assert found["r"] == found["r_counted"] == 0
    assert found["size"] < 1e-12


def test_the_page_says_whether_shap_is_there() -> None:
    from importlib.util import find_spec

    words = "is installed here" if find_spec("shap") else "is not installed here"
    assert words in " ".join(LESSON.step("shapley").prose.split())
    assert (
        "shap.TreeExplainer(model).shap_interaction_values(rows)" in exhibit("shapley").code.recipe
    )


# Scripts at settings that no step speaks of


@pytest.mark.parametrize(
    ("slug", "setting"),
    [
        ("gallery", {"subtract": True, "log_odds": True}),
        ("averages", {"pair": UNEVEN, "model": "boosting", "method": "slice at the mean"}),
        ("averages", {"pair": UNEVEN, "model": "boosting", "method": "accumulated effects"}),
        ("averages", {"pair": UNEVEN, "model": "logistic regression", "residual": True}),
        ("averages", {"model": "logistic regression", "method": "accumulated effects"}),
        ("pairs", {"model": "logistic regression", "rank": "rms"}),
        ("pairs", {"model": "boosting", "background": "50 rows"}),
        ("known", {"model": "boosting", "measure": "rms"}),
        ("titanic", {"with_age": True}),
        ("shapley", {"splits": "three", "unknown": "the trees' counts"}),
    ],
)
def test_other_branches_of_a_script_compute_the_facts(
    slug: str, setting: dict, tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")
    monkeypatch.chdir(tmp_path)
    step = LESSON.step(slug)
    for table in step.tables:
        shutil.copy(table.file, tmp_path)
    (tmp_path / "script.py").write_text(step.script(setting).whole, encoding="utf-8")
    computed = runpy.run_path("script.py")
    pyplot.close("all")
    for name, fact in step.exhibit(setting).facts.items():
        is_float = isinstance(fact, float)
        expected = pytest.approx(fact, rel=1e-9, abs=1e-12) if is_float else fact
        assert computed[name] == expected, name


# Tables that are shared stay as they are


def test_shared_tables_are_not_changed() -> None:
    before = [part.copy() for part in tumours()]
    for step in LESSON.steps:
        step.exhibit(step.task.solution)
    for part, copy in zip(tumours(), before, strict=True):
        assert part.equals(copy)


# Lines to write


@pytest.mark.parametrize(
    "lines",
    [
        "s - s.mean(axis=1).to_numpy()[:, np.newaxis] - s.mean() + s.mean().mean()",
        "m = s.to_numpy()\nm - m.mean(axis=0) - m.mean(axis=1)[:, np.newaxis] + m.mean()",
        "left = s.sub(s.mean(axis=1), axis=0)\nleft - left.mean()",
    ],
)
def test_any_lines_that_leave_the_interaction_pass(lines: str) -> None:
    found = LESSON.step("write_what_is_left").judge({"lines": lines})
    assert found.standing is Standing.PASSED
    table = exhibit("write_what_is_left", lines=lines).table
    whole = exhibit("write_what_is_left").table
    np.testing.assert_allclose(table, residuals(whole.to_numpy()), atol=2e-3)


@pytest.mark.parametrize(
    ("lines", "passes"),
    [
        ("np.log(p) - np.log1p(-p)", True),
        ("np.arctanh(2 * p - 1) * 5 + 3", True),
        ("np.log2(p / (1 - p))", True),
        ("np.arcsin(np.sqrt(p))", False),
        ("-np.log(1 / p - 1) * 0", False),
        ("np.log(1 / p - 1)", False),
    ],
)
def test_a_scale_passes_that_adds_up_and_keeps_the_order(lines: str, passes: bool) -> None:
    found = LESSON.step("write_the_scale").judge({"lines": lines})
    assert (found.standing is Standing.PASSED) == passes
    assert found.standing is not Standing.STOPPED


# On your own


@pytest.mark.parametrize(
    ("scale", "transform"),
    [
        ("dollars", np.asarray),
        ("square root", np.sqrt),
        ("logarithm", np.log),
        ("one over it", np.reciprocal),
    ],
)
def test_what_a_city_is_worth_adds_up_in_logarithms_alone(scale: str, transform) -> None:
    un = datasets.load("un")[["ppgdp", "fertility", "pctUrban"]].dropna()
    few, rural = (un[name] <= un[name].median() for name in ("fertility", "pctUrban"))
    means = np.array(
        [[un["ppgdp"][few == (not row)][rural == (not column)].mean() for column in (0, 1)]
         for row in (0, 1)]
    )  # fmt: skip
    surface = transform(means)
    share = residuals(surface).var() / surface.var()
    found = facts("on_your_own_cities", scale=scale)
    assert found["share"] == pytest.approx(share)
    assert found["apart"] == pytest.approx(means[0] @ [-1, 1] - means[1] @ [-1, 1])
    passed = LESSON.step("on_your_own_cities").judge(
        {"scale": scale, "residual": True, "more": round(found["apart"])}
    )
    assert (passed.standing is Standing.PASSED) == (share < 0.01) == (scale == "logarithm")


_CENTRED = "left = s.sub(s.mean(axis=1), axis=0).sub(s.mean(axis=0), axis=1)\n"


@pytest.mark.parametrize(
    ("lines", "reason", "shown"),
    [
        ("(left + s.to_numpy().mean()) * 2", "2.0 times the interaction", ""),
        ("s * 0", "missing from what is left", ""),
        ("left + 1.2374", "as a rounded number", "0.00 to 0.00"),
    ],
)
def test_what_is_not_the_interaction_is_told_why(lines: str, reason: str, shown: str) -> None:
    found = LESSON.step("write_what_is_left").judge({"lines": _CENTRED + lines})
    assert found.standing is Standing.MISTAKE
    assert reason in found.text
    assert not shown or not any(shown in goal.text for goal in found.goals)
