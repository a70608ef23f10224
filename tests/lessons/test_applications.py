"""The numbers of lesson nine, against scikit-learn, scipy, statsmodels and plain loops."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot
from scipy import integrate, stats
from sklearn.ensemble import RandomForestClassifier
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_score, recall_score
from sklearn.model_selection import StratifiedKFold, train_test_split
from sklearn.naive_bayes import GaussianNB
from sklearn.preprocessing import StandardScaler
from statsmodels.stats.multitest import multipletests

import datasets
from lessons.applications import LESSON
from lessons.applications.recipes import AXES, MEANINGS, RECIPES, reason_against, recipe_for
from lessons.applications.visits import draw, marked_cells
from lib.course import Exhibit, Standing
from lib.course.script import in_code

SCRIPTS = Path(datasets.__file__).parents[1] / "lessons" / "applications" / "scripts"


def facts(step: str, **values) -> dict:
    return LESSON.step(step).exhibit(values).facts


def figures(step: str, **values) -> tuple:
    return LESSON.step(step).exhibit(values).figures


def standing(step: str, **values) -> Standing:
    return LESSON.step(step).judge(values).standing


# Correlation


def test_two_logarithms_straighten_income_and_infant_mortality() -> None:
    un = datasets.load("un")[["ppgdp", "infantMortality"]].dropna()
    income, deaths = un["ppgdp"], un["infantMortality"]
    found = facts("relate")
    assert found["raw_r"] == pytest.approx(stats.pearsonr(income, deaths).statistic)
    assert found["rho"] == pytest.approx(stats.spearmanr(income, deaths).statistic)
    assert found["raw_r"] == pytest.approx(-0.515, abs=5e-4)
    assert found["log_r"] == pytest.approx(-0.875, abs=5e-4)
    shown = facts("relate", gdp="log", mortality="log")["shown_r"]
    assert shown == pytest.approx(stats.pearsonr(np.log(income), np.log(deaths)).statistic)


def test_limits_from_zero_lose_the_negative_pairs() -> None:
    found = facts("relate", limits="0 to 1")
    assert (found["lost"], found["negative"], found["pairs"]) == (6, 6, 10)
    assert facts("relate", limits="−1 to 1")["neutral"] == 0


def test_ordered_by_sign_the_sign_changes_once_a_row() -> None:
    assert facts("relate")["changes"] == 10
    assert facts("relate", by_sign=True)["changes"] == 5


def test_ranks_straighten_as_well() -> None:
    ranked = {"gdp": "rank", "mortality": "rank", "limits": "−1 to 1", "by_sign": True}
    assert standing("relate", **ranked) is Standing.PASSED


# Confusion


def test_recall_and_precision_are_scikit_learns() -> None:
    digits = datasets.load("digits")
    seen, unseen, named, truth = train_test_split(
        digits.drop(columns="digit"),
        digits["digit"],
        test_size=0.3,
        random_state=42,
        stratify=digits["digit"],
    )
    said = GaussianNB().fit(seen, named).predict(unseen)
    recall = recall_score(truth, said, average=None)
    precision = precision_score(truth, said, average=None)
    found = facts("confuse")
    assert (found["least_found"], found["least_trusted"]) == (recall.argmin(), precision.argmin())
    assert found["lowest_recall"] == pytest.approx(recall.min())
    assert found["lowest_precision"] == pytest.approx(precision.min())
    (by_rows,) = figures("confuse", divided="true class")
    (by_columns,) = figures("confuse", divided="predicted class")
    assert np.diag(by_rows.values) == pytest.approx(recall)
    assert np.diag(by_columns.values) == pytest.approx(precision)


def test_confusion_as_the_syllabus_has_it() -> None:
    found = facts("confuse")
    assert found["bayes_accuracy"] == pytest.approx(0.822, abs=5e-4)
    assert found["logistic_accuracy"] == pytest.approx(0.981, abs=5e-4)
    assert found["lowest_recall"] == pytest.approx(0.642, abs=5e-4)
    assert found["lowest_precision"] == pytest.approx(0.528, abs=5e-4)
    assert found["twos_read_as_eight"] == found["threes_read_as_eight"] == 11
    assert (found["eights_read_as_one"], found["largest_errors"]) == (11, 3)


def test_without_the_diagonal_the_errors_have_the_colours() -> None:
    assert figures("confuse")[0].range == (0, 53)
    hidden = figures("confuse", hide=True)[0]
    assert hidden.range == (0, 11)
    assert not np.diag(hidden.visible).any()


def screened(C: float, threshold: float = 0.5, weight: str | None = None) -> tuple[int, int]:
    """How many of nineteen malignant tumours are found, and how many benign ones are called so."""
    tumours = datasets.load("breast_cancer")
    malignant = tumours[tumours["diagnosis"] == "malignant"]
    few = np.random.default_rng(0).choice(len(malignant), 19, replace=False)
    kept = pd.concat([tumours[tumours["diagnosis"] == "benign"], malignant.iloc[few]])
    X, y = kept.drop(columns="diagnosis"), kept["diagnosis"].eq("malignant").to_numpy()
    said = np.zeros(len(y), dtype=bool)
    for seen, unseen in StratifiedKFold(5, shuffle=True, random_state=0).split(X, y):
        scaler = StandardScaler().fit(X.iloc[seen])
        model = LogisticRegression(C=C, max_iter=2000, class_weight=weight)
        model.fit(scaler.transform(X.iloc[seen]), y[seen])
        chance = model.predict_proba(scaler.transform(X.iloc[unseen]))[:, 1]
        said[unseen] = chance > threshold
    return int(said[y].sum()), int(said[~y].sum())


def test_a_model_that_is_held_back_hides_behind_accuracy() -> None:
    found = facts("imbalance")
    assert (found["tumours"], found["malignant"], found["all_malignant"]) == (376, 19, 212)
    assert (found["usual_found"], found["usual_errors"]) == (17, 2)
    assert screened(C=1.0) == (17, 0)
    assert (found["held_found"], found["held_errors"]) == (8, 11)
    assert screened(C=0.01) == (8, 0)
    assert found["held_accuracy"] == pytest.approx((357 + 8) / 376)
    held = facts("imbalance", strength="0.01", weights="balanced")
    assert (held["found"], held["alarms"]) == screened(C=0.01, weight="balanced") == (18, 7)


def test_precision_falls_where_the_class_is_rarer() -> None:
    found = facts("imbalance", weights="balanced", threshold=20)
    assert (found["found"], found["alarms"]) == screened(1.0, 0.2, "balanced") == (19, 4)
    assert found["precision"] == pytest.approx(19 / 23)
    # Of 35,700 with one in two hundred malignant: 178.5 found, and 4 alarms in 357 of the others.
    alarms = (35_700 - 178.5) * 4 / 357
    assert found["precision_in_screening"] == pytest.approx(178.5 / (178.5 + alarms))


def test_a_lower_threshold_finds_the_rare_class_as_well() -> None:
    lower = {"threshold": 5, "believed": 79}
    assert standing("imbalance", **lower) is Standing.PASSED
    assert standing("imbalance", **{**lower, "believed": 100}) is Standing.MISTAKE
    tipped = {"strength": "0.01", "weights": "balanced", "threshold": 5}
    assert standing("imbalance", **tipped) is Standing.MISTAKE


# Importance


def test_noise_leads_by_mdi_and_costs_nothing_on_unseen_passengers() -> None:
    titanic = datasets.load("titanic").dropna()
    table = pd.DataFrame(
        {
            "male": titanic["sex"].eq("male").astype(float),
            "age": titanic["age"],
            "class": titanic["passengerClass"].map({"1st": 1.0, "2nd": 2.0, "3rd": 3.0}),
        }
    ).astype(float)
    table["noise"] = np.random.default_rng(2).normal(size=len(table))
    survived = titanic["survived"].eq("yes").astype(int)
    seen, unseen, known, truth = train_test_split(
        table, survived, test_size=0.3, random_state=0, stratify=survived
    )
    forest = RandomForestClassifier(100, random_state=0).fit(seen, known)
    found = facts("noise")
    assert found["noise_mdi"] == pytest.approx(forest.feature_importances_[3])
    age, *_ = forest.feature_importances_[[1]] / forest.feature_importances_[:3].sum()
    assert found["noise_rank"] == 1
    shuffled = permutation_importance(forest, unseen, truth, n_repeats=5, random_state=1)
    male, noise = shuffled.importances_mean[[0, 3]]
    flattered = LESSON.step("noise").state({"flattered": "age"})
    assert flattered["flattered_mdi"] == pytest.approx(age)
    on_unseen = shuffled.importances_mean[1] / shuffled.importances_mean[:3].sum()
    assert flattered["flattered_test"] == pytest.approx(on_unseen, abs=0.06)
    assert flattered["most_flattered"] == "age"
    assert found["male_test"] == pytest.approx(male, abs=0.03)
    assert found["noise_test"] == pytest.approx(noise, abs=0.015)
    assert abs(found["noise_test"]) < 0.02


def test_shuffling_known_passengers_flatters_the_noise() -> None:
    assert facts("noise", asked="shuffled, training")["noise_grown"] > 0.15
    assert facts("noise", noise="a coin")["noise_grown"] < 0.05


def test_no_measurement_is_needed_and_their_group_is() -> None:
    found = facts("together")
    assert (found["leader"], round(found["top_mdi"], 3)) == ("worst perimeter", 0.141)
    assert found["largest_alone"] < 0.01
    assert found["size_cost"] == pytest.approx(0.278, abs=5e-4)
    assert found["with_dents_cost"] == pytest.approx(0.397, abs=5e-4)


def test_a_joint_shuffle_is_a_plain_loop() -> None:
    tumours = datasets.load("breast_cancer")
    is_benign = tumours.pop("diagnosis").eq("benign").astype(int)
    seen, unseen, known, truth = train_test_split(
        tumours, is_benign, test_size=0.3, random_state=42, stratify=is_benign
    )
    forest = RandomForestClassifier(200, random_state=42).fit(seen, known)
    size = [name for name in tumours if any(f in name for f in ("radius", "perimeter", "area"))]
    assert len(size) == 9
    right, losses = forest.score(unseen, truth), []
    for seed in range(30):
        shuffled = unseen.copy()
        order = np.random.default_rng(seed).permutation(len(unseen))
        shuffled[size] = unseen[size].to_numpy()[order]
        losses.append(right - forest.score(shuffled, truth))
    chosen = facts("together", together=("radius", "perimeter", "area"))
    assert chosen["columns"] == 9
    assert chosen["joint"] == pytest.approx(np.mean(losses))


def test_other_families_pass_if_the_forest_needs_them() -> None:
    families = ("perimeter", "area", "concave points")
    assert facts("together", together=families)["joint"] > 0.25
    shuffled = {"asked": "shuffled, test", "together": families}
    assert standing("together", **shuffled) is Standing.PASSED


# Density


@pytest.mark.parametrize(("bins", "hottest"), [("5", 282), ("10", 102), ("25", 80), ("80", 25)])
def test_the_hottest_cell_is_numpys(bins: str, hottest: int) -> None:
    quakes = datasets.load("quakes")
    counts, *_ = np.histogram2d(quakes["long"], quakes["lat"], bins=int(bins))
    assert facts("density", bins=bins)["inside"] == counts.max() == hottest
    assert figures("density", bins=bins)[1].values.to_numpy().sum() == len(quakes)


def test_half_a_cell_moves_the_maximum() -> None:
    found = facts("density", shift=True)
    assert (found["left_hottest"], found["shifted_hottest"], found["inside"]) == (102, 141, 141)


def test_five_of_eight_grids_agree() -> None:
    """Every earthquake is counted by hand, in cells that begin at the westernmost or before it."""
    quakes = datasets.load("quakes")

    def hottest(cells: int, shift: float) -> np.ndarray:
        """West, south, east and north of the fullest cell."""
        degrees = quakes[["long", "lat"]].to_numpy()
        low, side = degrees.min(axis=0), np.ptp(degrees, axis=0) / cells
        last = cells - 1 + (shift > 0)
        places = np.minimum(np.floor((degrees - low) / side + shift + 1e-12), last)
        cell = pd.Series(map(tuple, places)).value_counts().index[0]
        corner = low + (np.array(cell) - shift) * side
        return np.concatenate([corner, corner + side])

    left = hottest(10, 0)
    agreeing = 0
    for cells in (5, 10, 25, 80):
        for shift in (0, 0.5):
            other = hottest(cells, shift)
            ground = np.minimum(left[2:], other[2:]) - np.maximum(left[:2], other[:2])
            agreeing += bool((ground > 1e-6).all())
    assert facts("density")["grids_that_share"] == agreeing == 5


def test_cells_shrink_towards_the_pole() -> None:
    """The area of a cell is the integral of the cosine over its own latitudes."""
    lat = np.radians(datasets.load("quakes")["lat"])
    side = (lat.max() - lat.min()) / 10
    south = integrate.quad(np.cos, lat.min(), lat.min() + side)[0]
    north = integrate.quad(np.cos, lat.max() - side, lat.max())[0]
    assert facts("density")["area_south"] == pytest.approx(south / north)
    assert round(south / north, 3) == 0.815
    assert np.cos(np.radians(60)) == pytest.approx(0.5)


def test_energy_has_another_hotspot() -> None:
    found = facts("density", weigh="energy")
    assert (found["column"], found["row"]) == (0, 8)
    assert (found["left_column"], found["left_row"]) == (7, 6)
    magnitudes = datasets.load("quakes")["mag"]
    largest = 10 ** (1.5 * magnitudes.max()) / (10 ** (1.5 * magnitudes)).sum()
    assert found["largest_share"] == pytest.approx(largest)


def test_north_is_on_top() -> None:
    souths = figures("density")[0].values.index.astype(float)
    assert list(souths) == sorted(souths, reverse=True)


def test_any_grid_whose_hotspot_lies_elsewhere_passes() -> None:
    assert standing("density", bins="80", agreeing=5) is Standing.PASSED
    assert standing("density", bins="5") is Standing.MISTAKE


# Behaviour


def test_visits_orders_and_rates_peak_apart() -> None:
    found = facts("visits")
    assert (found["visits_day"], found["visits_hour"]) == ("Wed", 20)
    assert (found["orders_day"], found["orders_hour"]) == ("Wed", 21)
    assert (found["rate_day"], found["rate_hour"]) == ("Tue", 7)
    assert found["rate_most"] == pytest.approx(0.130, abs=5e-4)
    assert (found["one_week_least"], found["one_week_most"]) == (0, pytest.approx(0.15))


def test_orders_follow_the_crowd() -> None:
    data = draw(12)
    found = facts("visits")
    by_visits = stats.pearsonr(data.orders.ravel(), data.visits.ravel()).statistic
    assert found["orders_by_visits"] == pytest.approx(by_visits)
    assert found["away_at_busiest"] == (data.visits - data.orders).ravel()[data.visits.argmax()]


@pytest.mark.parametrize("weeks", [1, 12])
def test_marks_are_those_of_one_test_a_cell(weeks: int) -> None:
    data = draw(weeks)
    p = [
        stats.binomtest(int(orders), int(visits), 0.04, alternative="greater").pvalue
        for orders, visits in zip(data.orders.ravel(), data.visits.ravel(), strict=True)
    ]
    raw, by_bh = marked_cells(data)
    assert np.array_equal(raw.ravel(), np.array(p) < 0.05)
    assert np.array_equal(by_bh.ravel(), multipletests(p, method="fdr_bh")[0])


def test_bh_finds_the_better_hours_and_no_other() -> None:
    marked = facts("visits", marked="BH at 5 %")
    assert (marked["found"], marked["false"]) == (3, 0)
    raw = facts("visits", marked="p below 5 %")
    assert (raw["found"], raw["marked_hours"]) == (3, 8)
    week = facts("visits", weeks="1", marked="BH at 5 %")
    assert (week["found"], week["false"]) == (0, 0)


def test_bh_marks_a_usual_hour_in_some_draws() -> None:
    false = [facts("visits", marked="BH at 5 %", seed=seed)["false"] for seed in range(100)]
    assert 2 <= sum(count > 0 for count in false) <= 25


def test_unmarked_hours_step_back() -> None:
    (heatmap,) = figures("visits", table="rate", marked="BH at 5 %")
    assert (~heatmap.faded).to_numpy().sum() == 3
    assert heatmap.neutral_value == 0.04


# Genes


def test_loudness_is_the_share_between_genes() -> None:
    golub = datasets.load("golub").drop(columns="description")
    grand = golub.to_numpy().mean()
    between = sum(38 * (gene.mean() - grand) ** 2 for gene in golub.to_numpy())
    total = ((golub.to_numpy() - grand) ** 2).sum()
    assert facts("express")["every_loudness"] == pytest.approx(between / total)
    assert facts("express")["raw_loudness"] == pytest.approx(0.69, abs=5e-3)


def test_rows_have_their_own_mean_and_deviation() -> None:
    (by_gene,) = figures("express", scaled="each gene")
    assert by_gene.values.mean(axis="columns").abs().max() < 1e-12
    assert by_gene.values.std(axis="columns").to_numpy() == pytest.approx(np.ones(30))
    assert facts("express", scaled="each gene")["share"] < 1e-12
    assert facts("express", scaled="each patient")["share"] == pytest.approx(0.70, abs=5e-3)


def test_likeness_does_not_know_the_diagnosis() -> None:
    assert facts("express")["changes"] == 1
    ordered = facts("express", scaled="each gene", by_likeness=True)
    assert ordered["changes"] == 9


# The choice


def test_every_meaning_of_the_axes_has_one_recipe() -> None:
    assert len({recipe.name for recipe in RECIPES}) == len(RECIPES) == len(AXES)
    for axes in AXES:
        fitting = [meaning for meaning in MEANINGS if recipe_for(axes, meaning)]
        assert len(fitting) == 1
        for meaning in MEANINGS:
            if meaning not in fitting:
                assert reason_against(axes, meaning).endswith(f"should say {fitting[0]}.")


def test_every_recipe_links_to_a_step_of_the_lesson() -> None:
    slugs = {step.slug for step in LESSON.steps if step.predict is not None}
    linked = {link.step for recipe in RECIPES for link in recipe.links}
    assert linked == slugs - {"choose"}


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_recipe_keeps_its_own_habits(recipe) -> None:
    exhibit = LESSON.step("choose").exhibit({"axes": recipe.axes, "meaning": recipe.meaning})
    (chart,) = exhibit.figures
    low, high = chart.range
    assert (chart.colours == "house") == recipe.colours.startswith("diverging")
    assert (low == -high) == (chart.colours == "house" and recipe.name != "rate")
    assert len(exhibit.table) == 6


def run(exhibit: Exhibit, monkeypatch: pytest.MonkeyPatch) -> dict:
    """The variables of an exhibit's script."""
    monkeypatch.chdir(datasets.path("un").parent)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    variables: dict = {}
    exec(exhibit.code.whole, variables)
    pyplot.close("all")
    return variables


def equal(variables: dict, facts: dict) -> bool:
    return all(
        variables[name] == (pytest.approx(fact) if isinstance(fact, float) else fact)
        for name, fact in facts.items()
    )


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_the_script_of_a_recipe_draws_its_map(recipe, monkeypatch: pytest.MonkeyPatch) -> None:
    exhibit = LESSON.step("choose").exhibit({"axes": recipe.axes, "meaning": recipe.meaning})
    variables = run(exhibit, monkeypatch)
    drawn = exhibit.figures[0].values.to_numpy()
    assert variables["shown"].to_numpy() == pytest.approx(drawn, rel=1e-9, abs=1e-12)
    assert equal(variables, exhibit.facts)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_the_file_of_a_recipe_stands_in_the_tree_as_its_own(recipe) -> None:
    text = (SCRIPTS / f"{recipe.script_name}.py").read_text(encoding="utf-8")
    choice = {"axes": recipe.axes, "meaning": recipe.meaning}
    assert all(in_code(name, value) in text.splitlines() for name, value in choice.items())


def test_where_nothing_fits_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    exhibit = LESSON.step("choose").exhibit({"axes": "places", "meaning": "who goes together"})
    assert not exhibit.figures
    assert "Here colour should say how many." in exhibit.stopped
    assert equal(run(exhibit, monkeypatch), exhibit.facts)


# On your own


def test_the_capital_says_yes_less_often_than_both_margins_expect() -> None:
    chile = datasets.load("chile").dropna(subset=["vote"])
    counts = pd.crosstab(chile["region"].astype(str), chile["vote"].astype(str))
    expected = stats.chi2_contingency(counts).expected_freq
    n, rows, columns = counts.to_numpy().sum(), counts.sum(axis=1), counts.sum()
    residual = (counts.loc["SA", "Y"] - expected[4, 3]) / np.sqrt(
        expected[4, 3] * (1 - rows["SA"] / n) * (1 - columns["Y"] / n)
    )
    found = facts("plebiscite")
    assert (found["farthest_region"], found["farthest_answer"]) == ("capital", "yes")
    assert found["farthest"] == pytest.approx(residual)
    assert found["farthest"] == pytest.approx(-5.18, abs=5e-3)
    assert (found["observed"], found["people"]) == (246, 2532)
    assert found["expected"] == pytest.approx(expected[4, 3])


def test_only_what_both_margins_expect_leaves_the_map_blank() -> None:
    chile = datasets.load("chile").dropna(subset=["vote"])
    counts = pd.crosstab(chile["region"].astype(str), chile["vote"].astype(str)).to_numpy()
    expected = stats.chi2_contingency(counts).expected_freq
    for says, axis in (("share of the region", 1), ("share of the answer", 0)):
        alike, shown = (cells / cells.sum(axis=axis, keepdims=True) for cells in (expected, counts))
        idle = facts("plebiscite", says=says)["idle"]
        assert idle == pytest.approx(alike.var() / shown.var())
        assert idle > 0.5
    assert facts("plebiscite", says="beyond what both expect")["idle"] == 0


# Lines


def test_shares_of_the_true_class_are_scikit_learns_recall() -> None:
    tumours = datasets.load("breast_cancer")
    malignant = (tumours["diagnosis"] == "malignant").to_numpy()
    few = np.random.default_rng(0).choice(np.flatnonzero(malignant), 19, replace=False)
    rows = np.r_[np.flatnonzero(~malignant), few]
    measured, truth = tumours.drop(columns="diagnosis").to_numpy()[rows], malignant[rows]
    said = np.zeros(len(truth), dtype=bool)
    for seen, unseen in StratifiedKFold(5, shuffle=True, random_state=0).split(measured, truth):
        scaler = StandardScaler().fit(measured[seen])
        model = LogisticRegression(max_iter=2000).fit(scaler.transform(measured[seen]), truth[seen])
        said[unseen] = model.predict_proba(scaler.transform(measured[unseen]))[:, 1] > 0.1
    found = facts("write_the_recall")
    assert found["recall"] == pytest.approx(recall_score(truth, said))
    assert found["benign_recall"] == pytest.approx(recall_score(truth, said, pos_label=False))
    assert found["precision"] == pytest.approx(precision_score(truth, said))
    assert (found["found"], found["alarms"]) == (17, 3)


@pytest.mark.parametrize(
    "lines",
    [
        'counts.div(counts.sum(axis="columns"), axis="index")',
        "(counts.T / counts.T.sum()).T",
        "counts / counts.to_numpy().sum(axis=1, keepdims=True)",
        "sums = counts.sum(axis=1).to_numpy()\ncounts / sums[:, np.newaxis]",
    ],
)
def test_any_lines_that_divide_by_the_row_will_do(lines: str) -> None:
    assert standing("write_the_recall", lines=lines) is Standing.PASSED


@pytest.mark.parametrize(
    "lines",
    [
        # The standard error of the usual rate, that of a Poisson count, that of each hour's rate.
        "e = visits * usual\n(orders - e) / np.sqrt(e * (1 - usual))",
        "(orders - visits * usual) / np.sqrt(visits * usual)",
        "rate = orders / visits\n(rate - usual) / np.sqrt(rate * (1 - rate) / visits)",
        "2 * (np.sqrt(orders) - np.sqrt(visits * usual))",
    ],
)
def test_any_standard_error_of_an_hour_will_do(lines: str) -> None:
    assert standing("write_how_unusual", lines=lines) is Standing.PASSED


def test_usual_hours_scatter_by_one_standard_error() -> None:
    week = draw(12)
    usual = np.ones((7, 24), dtype=bool)
    usual[1, 6:9] = False
    z = [
        (orders - 0.04 * visits) / (0.04 * 0.96 * visits) ** 0.5
        for visits, orders in zip(week.visits[usual], week.orders[usual], strict=True)
    ]
    lines = "(orders - visits * usual) / np.sqrt(visits * usual * (1 - usual))"
    found = facts("write_how_unusual", lines=lines)
    assert found["spread"] == pytest.approx(np.std(z))
    assert found["beyond"] == found["lifted_beyond"] == 3
    assert found["line"] == pytest.approx(stats.norm.ppf(1 - 0.05 / (2 * 168)))
