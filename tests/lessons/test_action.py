"""The numbers of lesson four, against R, statsmodels, scikit-learn and closed forms."""

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats
from sklearn.compose import make_column_transformer
from sklearn.decomposition import PCA
from sklearn.linear_model import LassoLarsIC, LinearRegression, RidgeCV
from sklearn.model_selection import LeaveOneOut, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from statsmodels.stats.outliers_influence import variance_inflation_factor

import datasets
from lessons.action import LESSON
from lessons.action.collinear import _fitted_twice
from lessons.action.cross_validation import METHODS, coefficients, cv_rmse, fit, folds_seen
from lessons.action.selecting import _pruned
from lessons.action.tables import PREDICTORS, without
from lib.course import Standing

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "stats" / "reference" / "highway.json").read_text("utf-8")
)


def facts(step: str, **values) -> dict:
    return dict(LESSON.step(step).exhibit(values).facts)


def standing(step: str, **values) -> Standing:
    return LESSON.step(step).judge(values).standing


def vif_by_statsmodels(table: pd.DataFrame) -> pd.Series:
    design = sm.add_constant(table.astype(float)).to_numpy()
    factors = [variance_inflation_factor(design, i) for i in range(1, design.shape[1])]
    return pd.Series(factors, table.columns)


# Collinearity


@pytest.mark.parametrize(("r", "vif"), [(0.8, 2.78), (0.894, 4.98), (0.949, 10.06), (0.0, 1.0)])
def test_inflate(r: float, vif: float) -> None:
    assert facts("inflate", r=r)["vif"] == pytest.approx(vif, abs=0.005)


def test_the_alarms_need_more_than_the_popular_r() -> None:
    assert facts("inflate", alarm="5")["threshold_r"] == pytest.approx(0.894, abs=5e-4)
    assert facts("inflate", alarm="10")["threshold_r"] == pytest.approx(0.949, abs=5e-4)
    disagree = {"alarm": "10", "r": 0.94, "growth": round(100 * (1 / (1 - 0.94**2)) ** 0.5) - 100}
    assert standing("inflate", **disagree) is Standing.PASSED
    assert standing("inflate", **{**disagree, "r": 0.95}) is Standing.MISTAKE


@pytest.mark.parametrize("draw", range(8))
def test_a_sum_hides_among_weak_pairs(draw: int) -> None:
    hidden = facts("hidden", draw=draw)
    assert 0.3 < hidden["max_r"] < 0.45
    assert 80 < hidden["max_vif"] < 120


def test_hidden_in_diabetes() -> None:
    patients = datasets.load("diabetes").drop(columns="progression")
    reference = vif_by_statsmodels(patients)
    step = LESSON.step("hidden")
    passing = []
    for name, informer in permutations(patients, 2):
        found = step.state({"suspect": name, "informer": informer})
        assert found["named_vif"] == pytest.approx(reference[name])
        if step.judge({"suspect": name, "informer": informer}).standing is Standing.PASSED:
            passing.append((name, informer))
            alone = vif_by_statsmodels(patients.drop(columns=informer))
            assert found["vif_without"] == pytest.approx(alone[name])
    assert passing == [("s3", "s1"), ("s5", "s1"), ("s5", "s2"), ("s5", "s3")]


def test_drop() -> None:
    full = REFERENCE["vif_predictors_numeric"]
    drop = facts("drop")
    assert drop["adt_vif"] == pytest.approx(full["adt"])
    assert drop["itg_vif"] == pytest.approx(full["itg"])
    assert drop["lane_vif"] == pytest.approx(full["lane"])
    assert round(drop["adt_vif"], 2) == 9.82
    assert round(drop["adt_without_itg"], 2) == 3.44
    assert round(drop["max_without_adt"], 2) == 3.55
    assert round(drop["max_without_itg"], 2) == 3.78
    assert round(drop["se_adt"], 4) == 0.0321
    assert round(drop["se_adt_without_itg"], 4) == 0.0187
    assert round(drop["kinds_gvif"], 1) == 28.7
    assert drop["kinds_df"] == 3
    assert round(drop["kinds_alike"] ** 0.5, 2) == 1.75


def test_either_of_the_pair_may_go_and_no_other_alone() -> None:
    passing = [
        name
        for name in PREDICTORS
        if standing("drop", columns=without(PREDICTORS, name)) is Standing.PASSED
    ]
    assert passing == ["adt", "itg"]


@pytest.mark.parametrize("draw", range(4))
def test_collinearity_harms_the_coefficient_and_not_the_prediction(draw: int) -> None:
    harm = facts("harm", draw=draw)
    assert harm["vif"] == pytest.approx(25.25, abs=0.01)
    assert 1.05 < harm["mse_both"] < 1.075
    assert 1.07 < harm["mse_one"] < 1.095
    assert harm["mse_both"] < harm["mse_one"]
    assert 0.68 < harm["sd_b"] < 0.78
    assert 0.06 < harm["wrong_sign"] < 0.11


def test_harm_agrees_with_least_squares_on_one_table() -> None:
    rng = np.random.default_rng(3)
    x1, fresh, noise = rng.standard_normal((3, 2000, 20))
    x2 = 0.9 * x1 + np.sqrt(1 - 0.81) * fresh
    y = x1 + 0.5 * x2 + noise
    slopes, seconds, *_ = _fitted_twice(0.9, 20, 0.5, 3)
    for table in (0, 777):
        design = sm.add_constant(np.column_stack([x1[table], x2[table]]))
        fitted = sm.OLS(y[table], design).fit().params
        assert (slopes[table], seconds[table]) == pytest.approx((fitted[1], fitted[2]))


@pytest.mark.parametrize(
    ("n", "effect", "pays"),
    [(20, 0.5, True), (20, 1.0, True), (20, 1.5, False), (50, 0.5, True), (200, 1.0, False)],
)
def test_dropping_pays_where_a_coefficient_spreads_by_more_than_its_effect(
    n: int, effect: float, pays: bool
) -> None:
    harm = facts("harm", n=n, effect=effect)
    assert (harm["mse_one"] < harm["mse_both"]) is pays
    assert (harm["sd_second"] > effect) is pays


# What enters a model

MODELS = {
    "least squares": LinearRegression(),
    "combine adt, lane, itg": make_pipeline(
        make_column_transformer(
            (make_pipeline(StandardScaler(), PCA(1)), ["adt", "lane", "itg"]),
            remainder="passthrough",
        ),
        LinearRegression(),
    ),
    "ridge": make_pipeline(StandardScaler(), RidgeCV(np.logspace(-2, 3, 30))),
    "lasso": make_pipeline(StandardScaler(), LassoLarsIC(criterion="bic")),
}


@pytest.mark.parametrize(
    ("method", "rmse"), list(zip(METHODS, (1.626, 1.528, 1.320, 1.362), strict=True))
)
def test_cross_validated_errors(method: str, rmse: float) -> None:
    assert cv_rmse(PREDICTORS, method) == pytest.approx(rmse, abs=5e-4)


@pytest.mark.parametrize("method", METHODS)
def test_a_fold_is_fitted_as_scikit_learn_fits_it(method: str) -> None:
    highway = datasets.load("highway")
    x, rate = highway[list(PREDICTORS)].astype(float), highway["rate"].to_numpy()
    some = folds_seen()[::13]
    weights, constants = fit(x.to_numpy(), rate, some, PREDICTORS, method)
    for seen, weight, constant in zip(some, weights, constants, strict=True):
        predicted = MODELS[method].fit(x[seen], rate[seen]).predict(x[~seen])
        assert x[~seen].to_numpy() @ weight + constant == pytest.approx(predicted, rel=1e-9)


def test_shrink() -> None:
    shrink = facts("shrink")
    assert round(shrink["rmse_three"], 3) == 1.250
    assert round(shrink["first_share"], 2) == 0.87
    silent = coefficients(PREDICTORS, "lasso")
    assert {"adt", "lane", "itg", "lwid"} <= set(silent.index[silent.abs() < 1e-9])


def test_with_other_folds_ridge_and_lasso_change_places() -> None:
    """Each row predicted from all others, by scikit-learn."""
    x, y = datasets.load("highway")[list(PREDICTORS)], datasets.load("highway")["rate"]
    errors = {}
    for method in ("least squares", "ridge", "lasso"):
        predicted = cross_val_predict(MODELS[method], x, y, cv=LeaveOneOut())
        errors[method] = np.sqrt(np.mean((y - predicted) ** 2))
    assert errors["lasso"] < errors["ridge"] < errors["least squares"]
    assert (round(errors["lasso"], 3), round(errors["ridge"], 3)) == (1.310, 1.314)
    found = facts("shrink")
    assert found["rmse_ridge"] < found["rmse_lasso"] < found["rmse_plain"]


@pytest.mark.parametrize("draw", range(5))
def test_choosing_before_the_folds_flatters_noise(draw: int) -> None:
    peek = facts("peek", noise=200, best=5, draw=draw)
    assert peek["rmse_outside"] < peek["rmse_mean"] - 0.1
    assert peek["rmse_inside"] > peek["rmse_mean"]


def test_order() -> None:
    order = facts("order")
    assert (order["kept_forwards"], order["kept_backwards"], order["both_ways"]) == (14, 15, 8)
    assert order["accuracy_all"] == pytest.approx(0.979, abs=0.003)
    assert order["accuracy"] == pytest.approx(0.960, abs=0.003)
    assert round(order["max_vif"], 1) == 12.3
    by_target = facts("order", order="by |r| with the diagnosis")
    assert by_target["kept"] == 14
    assert by_target["accuracy"] == pytest.approx(0.972, abs=0.003)


def test_what_no_order_drops_goes_with_nothing() -> None:
    tumours = datasets.load("breast_cancer").drop(columns="diagnosis")
    r = tumours.corr().abs()
    alone = {name for name in r if (r[name].drop(name) <= 0.8).all()}
    step = LESSON.step("order")
    passing = {
        name
        for name in r
        if step.judge({"order": "backwards", "always": name}).standing is Standing.PASSED
    }
    assert passing == alone
    for draw in range(20):
        assert alone <= set(_pruned("shuffled", 0.8, draw))


# Suspects


def test_leak() -> None:
    leak = facts("leak")
    patients = datasets.load("diabetes")
    bmi = stats.pearsonr(patients["bmi"], patients["progression"]).statistic
    s5 = stats.spearmanr(patients["s5"], patients["progression"]).statistic
    assert leak["bmi_r"] == pytest.approx(bmi)
    assert leak["s5_rho"] == pytest.approx(s5)
    assert (round(bmi, 3), round(s5, 3)) == (0.586, 0.589)
    assert leak["score_r"] == pytest.approx(0.845, abs=1e-3)
    assert leak["suspect"] == "score"
    assert leak["explained_on_paper"] > 0.7
    assert leak["explained_in_use"] < leak["explained_honestly"] < 0.5


def test_a_weaker_leak_is_not_suspected_and_leaks() -> None:
    leak = facts("leak", error=100)
    assert leak["suspect"] == ""
    assert leak["explained_on_paper"] > leak["explained_honestly"] + 0.05


@pytest.mark.parametrize("draw", range(6))
def test_encode(draw: int) -> None:
    encode = facts("encode", draw=draw)
    assert encode["expected"] == pytest.approx(np.sqrt(99 / 499))
    assert encode["r_all"] == pytest.approx(0.445, abs=0.12)
    assert abs(encode["r_others"]) < 0.2
    assert encode["within_others"] == pytest.approx(-1)


@pytest.mark.parametrize(("levels", "least"), [(2, 0.95), (10, 0.5)])
def test_a_tree_reads_noise_out_of_leave_one_out_and_not_out_of_folds(
    levels: int, least: float
) -> None:
    for draw in range(4):
        encode = facts("encode", levels=levels, draw=draw)
        assert encode["explained_others"] > least
        assert encode["explained_fitted"] < 0.02
        assert encode["explained_all"] < 0.02


def test_construct() -> None:
    construct = facts("construct")
    highway = datasets.load("highway")
    built = stats.spearmanr(highway["len"], highway["sigs1"]).statistic
    assert construct["rho_built"] == pytest.approx(built)
    assert round(built, 3) == -0.577
    assert construct["rho_unlit"] == pytest.approx(-1)
    assert (construct["unlit_sections"], construct["all_sections"]) == (17, 39)
    # Rounded: equal numbers of signals are ties, the zeros among them.
    signals = (highway["sigs1"] * highway["len"] - 1).round(6).div(highway["len"]).round(6)
    assert (signals == 0).sum() == 17
    rho = stats.spearmanr(highway["len"], signals).statistic
    assert construct["rho_signals"] == pytest.approx(rho)
    assert round(rho, 3) == -0.272
    # Signals are whole: the table has their number per mile rounded.
    counted = stats.spearmanr(highway["len"], np.rint(highway["sigs1"] * highway["len"]))
    assert (construct["rho_counted"], construct["p_counted"]) == pytest.approx(tuple(counted))
    assert (round(counted.statistic, 2), round(counted.pvalue, 2)) == (-0.12, 0.46)


def test_interact() -> None:
    interact = facts("interact")
    assert interact["pairs"] == 44
    assert 0.1 < interact["rho"] < 0.25
    assert interact["strongest_t"] == pytest.approx(1.48, abs=0.005)
    assert interact["above_two"] == 6
    assert interact["strongest"] == "adt–itg"
    assert abs(interact["t"]) < 3
    assert abs(facts("interact", truth="x1 × x2", r=0.0)["t"]) > 10


def test_the_pair_left_out_has_no_interaction_to_estimate() -> None:
    highway = datasets.load("highway")[["lane", "lwid"]].astype(float)
    design = sm.add_constant(highway.assign(product=highway["lane"] * highway["lwid"]))
    assert np.linalg.matrix_rank(design) == 3


def test_confound() -> None:
    confound = facts("confound")
    reference = REFERENCE["adt_rate_by_htype"]
    assert confound["adt_r"] == pytest.approx(reference["overall"])
    assert confound["adt_within"] == pytest.approx(reference["pooled_within"])
    names = ("adt_r", "fai_r", "ma_r", "pa_r", "adt_within")
    assert [round(confound[n], 3) for n in names] == [-0.029, 0.667, 0.662, 0.368, 0.402]
    counts = [confound[f"{kind}_n"] for kind in ("fai", "ma", "pa")]
    assert counts == [5, 13, 19]
    p_values = [round(confound[f"{kind}_p"], 2) for kind in ("fai", "ma", "pa")]
    assert p_values == [0.22, 0.01, 0.12]
    assert round(confound["p_within"], 3) == 0.015


@pytest.mark.parametrize("kind", ["FAI", "PA"])
def test_a_star_on_one_kind_of_road_is_no_difference_between_two(kind: str) -> None:
    roads = datasets.load("highway")
    major, other = (
        stats.pearsonr(there["adt"], there["rate"])
        for there in (roads[roads["htype"] == which] for which in ("MA", kind))
    )
    sizes = (roads["htype"].value_counts()[which] for which in ("MA", kind))
    z = np.arctanh([major.statistic, other.statistic])
    by_fisher = (z[0] - z[1]) / sum(1 / (n - 3) for n in sizes) ** 0.5
    found = {
        name: facts("confound")[f"{kind.lower()}_apart_{name}"] for name in ("p", "low", "high")
    }
    assert found["p"] == pytest.approx(2 * stats.norm.sf(abs(by_fisher)))
    (low, high), (low_other, high_other) = (r.confidence_interval() for r in (major, other))
    difference = major.statistic - other.statistic
    lower = difference - np.hypot(major.statistic - low, high_other - other.statistic)
    upper = difference + np.hypot(high - major.statistic, other.statistic - low_other)
    assert (found["low"], found["high"]) == pytest.approx((lower, upper))
    assert major.pvalue < 0.05 < min(other.pvalue, found["p"])
    assert found["low"] < 0 < found["high"]


def test_what_lanes_hide_within_the_kinds_is_not_clear_of_chance() -> None:
    highway = datasets.load("highway")
    dummies = pd.get_dummies(highway["htype"], dtype=float)
    fitted = sm.OLS(highway["rate"].astype(float), dummies.assign(lane=highway["lane"])).fit()
    found = facts("confound", pair="rate – lane")
    assert fitted.df_resid == 34
    assert found["within_p"] == pytest.approx(fitted.pvalues["lane"])
    assert round(found["within_p"], 3) == 0.068


def test_pairs_that_turn_over_pass() -> None:
    pairs = LESSON.step("confound").controls["pair"].options
    passing = [
        pair for pair in pairs if standing("confound", pair=pair, grouped=True) is Standing.PASSED
    ]
    assert passing == ["iris sepal", "iris sepal – petal"]


# The decision

EXPLAIN = {
    "purpose": "explain",
    "reason": "readable coefficients",
}
PREDICT = {
    "purpose": "predict",
    "reason": "little error elsewhere",
}


@pytest.mark.parametrize(
    "decision",
    [
        {**PREDICT, "method": "ridge"},
        {**PREDICT, "columns": ("len", "slim", "acpt")},
        {**EXPLAIN, "columns": without(PREDICTORS, "itg")},
        {**EXPLAIN, "method": "combine adt, lane, itg"},
    ],
)
def test_any_consistent_decision_stands(decision: dict) -> None:
    assert standing("decide", **decision) is Standing.PASSED


def test_a_reason_of_the_other_purpose_does_not() -> None:
    crossed = {**PREDICT, "method": "ridge", "reason": EXPLAIN["reason"]}
    assert standing("decide", **crossed) is Standing.MISTAKE


def test_the_page_holds_the_decision() -> None:
    decision = {**EXPLAIN, "columns": without(PREDICTORS, "adt")}
    exhibit = LESSON.step("decide").exhibit(decision)
    report = exhibit.report
    assert report.table.loc["slim", "VIF"] == 3.55
    text = " ".join(report.lines)
    assert "leave out adt" in text
    assert "3.55" in text
    assert EXPLAIN["reason"] in text
    assert LESSON.step("decide").exhibit({}).report is None


# On your own: the salaries


@pytest.mark.parametrize(
    ("groups", "kind"), [("ranks", "rank"), ("disciplines", "discipline"), ("women and men", "sex")]
)
def test_years_and_salary_within_groups_are_a_regression_with_dummies(
    groups: str, kind: str
) -> None:
    people = datasets.load("salaries")
    found = facts("on_your_own_salaries", groups=groups)
    dummies = pd.get_dummies(people[kind], dtype=float).assign(years=people["yrs.service"])
    fitted = sm.OLS(people["salary"], dummies).fit()
    t = fitted.tvalues["years"]
    assert found["within_r"] == pytest.approx(t / np.sqrt(t**2 + fitted.df_resid))
    assert found["within_p"] == pytest.approx(fitted.pvalues["years"])
    assert found["overall_r"] == pytest.approx(people["yrs.service"].corr(people["salary"]))


def test_two_kinds_of_years_make_each_other_vague() -> None:
    years = datasets.load("salaries")[["yrs.service", "yrs.since.phd"]]
    found = facts("on_your_own_salaries")
    assert found["vif"] == pytest.approx(vif_by_statsmodels(years).iloc[0])
    solved = {**LESSON.step("on_your_own_salaries").task.solution, "years": "yrs.since.phd"}
    assert standing("on_your_own_salaries", **solved) is Standing.PASSED
    assert standing("on_your_own_salaries", **{**solved, "groups": "disciplines"}) is not (
        Standing.PASSED
    )


# Lines that learners write


@pytest.mark.parametrize(
    "lines",
    [
        "np.diag(np.linalg.inv(x.corr()))",
        "np.linalg.inv(np.corrcoef(x, rowvar=False)).diagonal()",
        "z = (x - x.mean()) / x.std()\nnp.diag(np.linalg.inv(z.T @ z)) * (len(z) - 1)",
    ],
)
def test_any_way_to_write_the_vif_counts(lines: str) -> None:
    assert standing("write_the_vif", lines=lines) is Standing.PASSED
    found = LESSON.step("write_the_vif").exhibit({"lines": lines}).table["by regression"]
    expected = vif_by_statsmodels(datasets.load("highway")[list(PREDICTORS)])
    np.testing.assert_allclose(found, expected.round(3))


@pytest.mark.parametrize(
    "lines",
    [
        'pair = roads[["adt", "rate"]]\npair - pair.groupby(roads["htype"]).transform("mean")',
        'kinds = pd.get_dummies(roads["htype"]).astype(float)\n'
        'pair = roads[["adt", "rate"]]\n'
        "pair - (kinds @ np.linalg.inv(kinds.T @ kinds) @ (kinds.T @ pair).to_numpy()).to_numpy()",
    ],
)
def test_any_way_to_look_within_counts(lines: str) -> None:
    assert standing("write_within", lines=lines) is Standing.PASSED
    highway = datasets.load("highway")
    dummies = pd.get_dummies(highway["htype"], dtype=float).assign(adt=highway["adt"])
    fitted = sm.OLS(highway["rate"], dummies).fit()
    t = fitted.tvalues["adt"]
    found = facts("write_within", lines=lines)
    assert found["r"] == pytest.approx(t / np.sqrt(t**2 + fitted.df_resid))


@pytest.mark.parametrize("turn", ['c.assign(adt=-c["adt"])', "c * -1"])
def test_a_sign_that_is_turned_moves_nothing_farther(turn: str) -> None:
    lines = 'pair = roads[["adt", "rate"]]\n'
    lines += 'c = pair - pair.groupby(roads["htype"]).transform("mean")\n'
    found = LESSON.step("write_within").judge({"lines": lines + turn})
    assert found.standing is Standing.MISTAKE
    assert "as far from the others of its kind as before" in found.text


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("np.diag(np.linalg.inv(x.cov()))", "diagonal of another inverse"),
        ("np.diag(np.linalg.inv(x.corr())).round(2)", "A rounded number"),
    ],
)
def test_what_is_nearly_a_vif_is_told_why_not(lines: str, reason: str) -> None:
    found = LESSON.step("write_the_vif").judge({"lines": lines})
    assert found.standing is Standing.MISTAKE
    assert reason in found.text


def test_pooled_is_not_each() -> None:
    professors = datasets.load("salaries")
    ranks = {
        rank: stats.pearsonr(part["yrs.service"], part["salary"])
        for rank, part in professors.groupby("rank", observed=True)
    }
    found = facts("on_your_own_salaries", groups="ranks")
    assert found["part"] == "AssocProf"
    assert found["part_r"] == pytest.approx(ranks["AssocProf"].statistic)
    assert found["part_p"] == pytest.approx(min(rank.pvalue for rank in ranks.values()))
    assert found["part_p"] < 0.05 < found["part_adjusted"]
