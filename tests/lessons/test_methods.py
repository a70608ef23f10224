"""The numbers of lesson two, against R, scipy, scikit-learn and closed forms."""

import json
from itertools import permutations
from math import asin, pi
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.feature_selection import mutual_info_regression

import datasets
from lessons.methods import LESSON
from lib.course import Standing

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "stats" / "reference" / "highway.json").read_text("utf-8")
)


def facts(step: str, **values) -> dict:
    return LESSON.step(step).exhibit(values).facts


def standing(step: str, **values) -> Standing:
    return LESSON.step(step).judge(values).standing


# Your map

TRUTH = (0.0, -0.8, 0.2, 0.8, -0.2, -0.8, 0.5, 0.2, -0.5, 0.5)


def test_the_map_that_is_guessed() -> None:
    found = facts("your_map")
    for pair, name in {
        ("rate", "adt"): "adt_rate",
        ("rate", "slim"): "slim_rate",
        ("rate", "acpt"): "acpt_rate",
        ("slim", "acpt"): "acpt_slim",
        ("sigs1", "adt"): "sigs1_adt",
    }.items():
        assert found[name] == pytest.approx(REFERENCE["pearson"][pair[0]][pair[1]], abs=1e-9)
    assert round(found["adt_rate"], 2) == -0.03
    assert round(found["slim_rate"], 2) == -0.68
    assert found["weakest"] == "adt–rate"


def test_an_unfinished_map_is_no_mistake() -> None:
    assert standing("your_map", guess=(0.8, *(None,) * 9)) is Standing.NOT_YET
    assert "mean_miss" not in facts("your_map", guess=(0.8, *(None,) * 9))


def test_misses_are_counted() -> None:
    good = facts("your_map", guess=TRUTH)
    assert good["complete"]
    assert good["signs_right"] == 10
    assert good["largest_miss"] <= 0.25
    bad = facts("your_map", guess=(*TRUTH[:9], -0.8))
    assert bad["worst"] == "sigs1–acpt"
    assert bad["signs_right"] == 9
    assert bad["largest_miss"] == pytest.approx(REFERENCE["pearson"]["sigs1"]["acpt"] + 0.8)


# Four panels


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("Pearson", (0.816, 0.816, 0.816, 0.817)),
        ("Spearman", (0.818, 0.691, 0.991, 0.500)),
        ("Kendall", (0.636, 0.564, 0.964, 0.426)),
    ],
)
def test_four_panels(method: str, expected: tuple[float, ...]) -> None:
    found = facts("four_panels", method=method)
    assert [round(found[panel], 3) for panel in ("one", "two", "three", "four")] == list(expected)


def test_kendall_divides_by_the_pairs_that_are_untied() -> None:
    """In panel four the shares that agree and disagree would be far below the τ that is shown."""
    quartet = datasets.load("anscombe")
    pairs = np.triu_indices(11, 1)
    x, y = (
        np.sign(np.subtract.outer(values, values))[pairs]
        for values in (quartet["x4"].to_numpy(), quartet["y4"].to_numpy())
    )
    less = np.mean(x * y)
    assert round(less, 2) == 0.18
    tau_b = less / np.sqrt(np.mean(x != 0) * np.mean(y != 0))
    assert facts("four_panels", method="Kendall")["four"] == pytest.approx(tau_b)


def test_without_its_stray_panel_three_is_a_line() -> None:
    quartet = datasets.load("anscombe").drop(index=2)
    expected = stats.pearsonr(quartet.x3, quartet.y3).statistic
    assert facts("four_panels", leave_out=("3",))["pearson_three"] == pytest.approx(expected)
    assert expected > 0.99


def test_the_arch_is_judged_with_all_its_points() -> None:
    """Without the three that fall it would be in perfect order."""
    quartet = datasets.load("anscombe")
    rising = quartet.drop(index=[2, 5, 8])
    assert stats.spearmanr(rising.x2, rising.y2).statistic == pytest.approx(1)
    judged = LESSON.step("four_panels").judge({"panel": "two", "leave_out": ("3", "6", "9")})
    everywhere = stats.spearmanr(quartet.x2, quartet.y2).statistic
    assert f"far from perfect, ρ = {everywhere:.2f}" in judged.text


def test_without_its_stray_panel_four_has_no_r() -> None:
    assert "four" not in facts("four_panels", leave_out=("8",))


@pytest.mark.parametrize("left_out", [(), ("3",), ("1", "11")])
def test_what_is_said_of_the_four_lines_is_true_of_them(left_out: tuple[str, ...]) -> None:
    kept = datasets.load("anscombe").drop(index=[int(row) - 1 for row in left_out])
    slopes = [np.polyfit(kept[f"x{n}"], kept[f"y{n}"], 1)[0] for n in (1, 2, 3, 4)]
    first, second, third, fourth = (f"{slope:.2f}" for slope in slopes)
    said = LESSON.step("four_panels").exhibit({"leave_out": left_out}).description
    assert f"the slopes {first}, {second}, {third} and {fourth}. " in said


def test_a_line_that_cannot_be_fitted_is_none() -> None:
    said = LESSON.step("four_panels").exhibit({"leave_out": ("8",)}).description
    assert " and none. " in said


# One outlier, one row


def test_one_point_makes_r_and_not_rho() -> None:
    noise = np.random.default_rng(11).normal(size=(30, 2))
    both = np.vstack([noise, [8, 8]])
    found = facts("one_outlier", point=(8.0, 8.0))
    assert found["before"] == pytest.approx(stats.pearsonr(*noise.T).statistic)
    assert found["r"] == pytest.approx(stats.pearsonr(*both.T).statistic)
    assert found["rho"] == pytest.approx(stats.spearmanr(*both.T).statistic)
    assert abs(found["before"]) < 0.1
    assert found["r"] > 0.6
    assert abs(found["rho"]) < 0.2


def test_any_corner_will_do() -> None:
    assert standing("one_outlier", point=(-8.0, 8.0)) is Standing.PASSED
    assert standing("one_outlier", point=(7.0, -7.5)) is Standing.PASSED


@pytest.mark.parametrize("seed", range(20))
def test_one_point_of_thirty_one_always_makes_an_r(seed: int) -> None:
    found = facts("one_outlier", point=(8.0, 8.0), seed=seed)
    assert found["r"] > 0.5
    assert found["rho"] < found["r"] - 0.25


def test_with_ten_points_one_axis_is_enough_to_move_r() -> None:
    """So what is said there compares it with the corner, and rules nothing out."""
    cloud = np.random.default_rng(16).normal(size=(10, 2))
    before, side, corner = (
        np.corrcoef(np.vstack([cloud, *points]), rowvar=False)[0, 1]
        for points in (np.empty((0, 2)), [[8, 2]], [[8, 8]])
    )
    assert abs(side - before) > 0.5
    judged = LESSON.step("one_outlier").judge({"n": 10, "seed": 16, "point": (8.0, 2.0)})
    assert f"r is {side:.2f}" in judged.text
    assert f"it would be {corner:.2f}" in judged.text


def test_one_row_makes_the_cell() -> None:
    found = facts("one_row", leave_out=("25",))
    assert found["all_rows"] == pytest.approx(REFERENCE["pearson"]["sigs1"]["acpt"], abs=1e-9)
    assert round(found["all_rows"], 3) == 0.513
    assert round(found["pearson"], 3) == 0.188
    assert found["without_ruler"] == found["pearson"]


def test_no_other_single_row_would_do() -> None:
    roads = datasets.load("highway")[["acpt", "sigs1"]]
    without = {row: roads.drop(index=row).corr().iloc[0, 1] for row in roads.index}
    assert [row for row, r in without.items() if r < facts("one_row")["wanted"]] == [25]
    assert standing("one_row", leave_out=("6",)) is Standing.MISTAKE


# Bent axes


def test_bending_changes_r_and_not_rho() -> None:
    nations = datasets.load("un")[["ppgdp", "infantMortality"]].dropna()
    plain = facts("bend_the_axes")
    assert plain["n"] == len(nations) == 193
    assert (round(plain["r"], 3), round(plain["rho"], 3)) == (-0.515, -0.871)
    bent = facts("bend_the_axes", income="log", mortality="log")
    assert bent["r"] == pytest.approx(
        stats.pearsonr(*np.log(nations).to_numpy().T).statistic, rel=1e-9
    )
    assert round(bent["r"], 3) == -0.875
    assert bent["rho"] == pytest.approx(plain["rho"], rel=1e-12)


def test_no_stray_parts_income_and_mortality() -> None:
    """With any nation left out, or the twenty richest, r stays far from rho."""
    nations = datasets.load("un")[["ppgdp", "infantMortality"]].dropna()
    richest = nations["ppgdp"].nlargest(20).index
    for left_out in (*([name] for name in nations.index), richest):
        kept = nations.drop(index=left_out)
        assert abs(kept.corr().iloc[0, 1]) < 0.56
    assert kept.corr(method="spearman").iloc[0, 1] < -0.83


def test_a_turn_costs_rho_as_much_as_r() -> None:
    """So a strong rho beside a weak r is no turn, whatever share of the points turns."""
    x = np.arange(1000)
    for share in (0.1, 0.25, 0.4):
        turned = -x + 2 * np.maximum(0, x - (1 - share) * 1000)
        rho, r = stats.spearmanr(x, turned).statistic, stats.pearsonr(x, turned).statistic
        assert abs(abs(rho) - abs(r)) < 0.1


def test_a_falling_transform_turns_rho_and_keeps_its_size() -> None:
    turned = facts("bend_the_axes", income="reciprocal")
    assert turned["rho"] == pytest.approx(-facts("bend_the_axes")["rho"])
    assert turned["order_kept"]


@pytest.mark.parametrize("bends", [("log", "rank"), ("rank", "rank"), ("rank", "log")])
def test_other_bends_pass_as_well(bends: tuple[str, str]) -> None:
    assert standing("bend_the_axes", income=bends[0], mortality=bends[1]) is Standing.PASSED


# Zero is not nothing


@pytest.mark.parametrize(
    ("pair", "r", "rho", "mi"),
    [
        ("latitude, depth", 0.031, 0.007, 0.540),
        ("flavanoids, colour", -0.172, -0.043, 0.482),
        ("month, temperature", 0.224, 0.230, 1.237),
    ],
)
def test_dependence(pair: str, r: float, rho: float, mi: float) -> None:
    found = facts("zero_is_not_nothing", pair=pair)
    assert [round(found[name], 3) for name in ("r", "rho", "mi")] == [r, rho, mi]


def test_mutual_information_is_nearly_that_of_scikit_learn() -> None:
    quakes = datasets.load("quakes")
    theirs = mutual_info_regression(quakes[["lat"]], quakes["depth"], random_state=0)[0]
    ours = facts("zero_is_not_nothing", pair="latitude, depth")["mi"]
    assert ours == pytest.approx(theirs, abs=0.005)  # ties are broken by other noise


def test_longitude_and_depth_turn() -> None:
    """r and rho do not agree on a sign: the halves rise and fall."""
    quakes = datasets.load("quakes")
    is_west = quakes.long <= quakes.long.median()
    r, rho = (quakes.long.corr(quakes.depth, method=name) for name in ("pearson", "spearman"))
    assert rho < 0 < r < 0.2
    west, east = quakes[is_west], quakes[~is_west]
    assert west.long.corr(west.depth) > 0.6
    assert east.long.corr(east.depth) < -0.6


def test_distance_correlation_is_that_of_statsmodels() -> None:
    from statsmodels.stats.dist_dependence_measures import distance_correlation

    quakes = datasets.load("quakes")
    theirs = distance_correlation(quakes["lat"].to_numpy(), quakes["depth"].to_numpy(float))
    ours = facts("zero_is_not_nothing", pair="latitude, depth")["distance"]
    assert ours == pytest.approx(theirs, rel=1e-9)


def test_xi_asks_one_way_at_a_time() -> None:
    """Against scipy, whose ties in x keep the order of the rows, over twenty orders of them."""
    from scipy.stats import chatterjeexi

    quakes = datasets.load("quakes")
    found = facts("zero_is_not_nothing", pair="latitude, depth")
    for name, y, x in (("xi", "depth", "lat"), ("xi_back", "lat", "depth")):
        tables = [quakes.sample(frac=1, random_state=seed) for seed in range(20)]
        tables = [shuffled.sort_values(x, kind="stable") for shuffled in tables]
        theirs = [chatterjeexi(np.arange(len(each)), each[y]).statistic for each in tables]
        assert min(theirs) - 0.01 < found[name] < max(theirs) + 0.01
    assert found["xi"] > 2 * found["xi_back"] > 0.2


def test_a_circle_is_no_function_and_a_parabola_is_one_in_one_direction() -> None:
    circle = facts("zero_is_not_nothing", pair="circle")
    assert max(circle["xi"], circle["xi_back"]) < 0.25 < circle["mi"]
    parabola = facts("zero_is_not_nothing", pair="parabola")
    assert parabola["xi"] > 0.75
    assert parabola["xi_back"] < 0.25


@pytest.mark.parametrize("rows", ["30", "100", "300"])
def test_noise_exceeds_the_floor_of_xi_one_time_in_twenty(rows: str) -> None:
    n, rng = int(rows), np.random.default_rng(0)
    orders = rng.permuted(np.tile(np.arange(n), (20_000, 1)), axis=1)
    xi = 1 - 3 * np.abs(np.diff(orders)).sum(axis=1) / (n**2 - 1)
    assert np.mean(xi > facts("noise_floor", rows=rows)["xi_floor"]) == pytest.approx(
        0.05, abs=0.005
    )


def test_months_explain_the_temperature() -> None:
    series = datasets.load("nottingham")["temperature"]
    of_month = series.groupby(series.index.month).transform("mean")
    found = facts("zero_is_not_nothing", pair="month, temperature")
    assert found["eta_squared"] == pytest.approx(of_month.var() / series.var())
    assert round(found["eta_squared"], 2) == 0.93


@pytest.mark.parametrize("seed", range(10))
def test_a_parabola_shares_much_and_noise_little(seed: int) -> None:
    parabola = facts("zero_is_not_nothing", pair="parabola", seed=seed)
    assert abs(parabola["r"]) < 0.3
    assert parabola["mi"] > 1.3
    noise = facts("zero_is_not_nothing", pair="noise", seed=seed)
    assert noise["mi"] < 0.15


# The noise floor


def test_the_floor_of_thirty_rows_and_of_a_thousand() -> None:
    few = facts("noise_floor", shuffles="200")
    many = facts("noise_floor", shuffles="200", rows="1000")
    assert few["floor_mean"] == pytest.approx(0.039, abs=0.012)
    assert few["floor"] == pytest.approx(0.156, abs=0.05)
    assert many["floor_mean"] == pytest.approx(0.009, abs=0.004)
    assert many["floor"] == pytest.approx(0.039, abs=0.015)


def test_theory_of_a_normal_cloud() -> None:
    assert facts("noise_floor", strength=0.5)["theory"] == pytest.approx(-0.5 * np.log(0.75))
    estimate = facts("noise_floor", strength=0.5, rows="1000")["mi"]
    assert estimate == pytest.approx(0.144, abs=0.06)


def test_a_link_that_is_missed_passes_and_one_that_is_found_does_not() -> None:
    missed = {"strength": 0.5, "shuffles": "200", "verdict": "A link can be missed"}
    assert standing("noise_floor", **missed) is Standing.PASSED
    assert standing("noise_floor", **missed | {"shuffles": "20"}) is Standing.MISTAKE
    assert standing("noise_floor", **missed | {"strength": 0.9}) is Standing.MISTAKE
    assert facts("noise_floor", strength=0.9, shuffles="200")["above"]


def test_who_sees_no_link_above_the_floor_is_not_told_that_nothing_was_found() -> None:
    above = {"strength": 0.9, "rows": "100", "shuffles": "20", "verdict": "There is no link"}
    assert facts("noise_floor", strength=0.9, rows="100", shuffles="20")["above"]
    assert "was found" in LESSON.step("noise_floor").judge(above).text


def test_noise_has_another_floor_with_more_rows() -> None:
    found = facts("noise_floor", shuffles="200", rows="300")
    assert found["few_floor"] == facts("noise_floor", shuffles="200")["floor"]
    assert found["floor"] < found["few_floor"] / 2
    assert 60 < found["zeros"] < 140


# What the test needs


@pytest.mark.parametrize(
    ("data", "share", "within"),
    [
        ("normal", 0.049, 0.012),
        ("uniform", 0.052, 0.012),
        ("exponential", 0.048, 0.012),
        ("lognormal", 0.052, 0.014),
        ("t3", 0.055, 0.014),
        ("binary", 0.048, 0.012),
        ("cauchy", 0.065, 0.014),
        ("unequal spread", 0.25, 0.03),
    ],
)
def test_false_alarms(data: str, share: float, within: float) -> None:
    assert facts("what_the_test_needs", data=data)["share"] == pytest.approx(share, abs=within)


def test_more_rows_do_not_mend_unequal_spread() -> None:
    found = facts("what_the_test_needs", data="unequal spread", rows="300")
    assert found["share"] == pytest.approx(0.25, abs=0.03)


def test_wild_tails_break_the_strictest_level() -> None:
    strict = {"level": "0.1 %"}
    wild = facts("what_the_test_needs", data="cauchy", **strict)["share"]
    assert wild == pytest.approx(0.023, abs=0.008)
    skewed = facts("what_the_test_needs", data="lognormal", **strict)["share"]
    assert skewed == pytest.approx(0.0095, abs=0.005)
    tails = {"data": "cauchy", "rows": "100", "because": "Long tails: a few values decide"}
    assert standing("what_the_test_needs", **strict, **tails) is Standing.PASSED
    tails["because"] = "One column sets the other's spread"
    assert standing("what_the_test_needs", **strict, **tails) is Standing.MISTAKE


def test_a_lucky_draw_is_no_threefold_alarm() -> None:
    """In so many pairs of exponential columns alarms are above the promise, but not threefold."""
    strict = {"data": "exponential", "rows": "100", "level": "0.1 %", "seed": 16}
    found = facts("what_the_test_needs", **strict)
    low, high = stats.binomtest(round(3000 * found["share"]), 3000).proportion_ci(method="wilson")
    assert found["times"] > 3 > 1000 * low > found["at_least"] > 1
    assert found["share"] + found["give"] / 100 == pytest.approx(high, abs=0.001)
    because = "Long tails: a few values decide"
    assert standing("what_the_test_needs", **strict, because=because) is Standing.MISTAKE
    assert found["margin_strict"] == pytest.approx(
        196 * stats.binom.std(3000, 0.001) / 3000, rel=1e-9
    )


def test_skewed_columns_raise_their_alarms_on_one_side() -> None:
    x, y = np.random.default_rng(1).exponential(size=(2, 4000, 30))
    tested = [stats.pearsonr(*pair) for pair in zip(x, y, strict=True)]
    rising = np.mean([one.pvalue < 0.05 and one.statistic > 0 for one in tested])
    found = facts("what_the_test_needs")
    assert found["exponential_rising"] == pytest.approx(100 * rising, abs=1.2)
    assert found["exponential_rising"] > 2 * found["exponential_falling"]


def test_unequal_spread_harms_only_where_the_two_columns_meet() -> None:
    assert facts("what_the_test_needs", rows="300")["parted"] == pytest.approx(5, abs=1.3)


# Scales and small samples


@pytest.mark.parametrize("r", [-0.7, 0.1, 0.5, 0.9])
def test_the_scales_of_a_normal_cloud(r: float) -> None:
    found = facts("another_scale", strength=r, rows="1000")
    assert found["tau"] == pytest.approx(2 / pi * asin(r))
    assert found["rho"] == pytest.approx(6 / pi * asin(r / 2))
    assert found["sample_tau"] == pytest.approx(found["tau"], abs=0.06)
    assert found["sample_rho"] == pytest.approx(found["rho"], abs=0.08)


@pytest.mark.parametrize("n", [4, 5, 6])
def test_false_alarms_of_all_orders(n: int) -> None:
    still = np.arange(n)
    orders = [np.array(order) for order in permutations(range(n))]
    # scipy warns of perfect orders, whose t is infinite: its p is zero then.
    by_t = [stats.spearmanr(still, order).pvalue < 0.05 for order in orders]
    kendall = [
        stats.kendalltau(still, order, method="exact").pvalue < 0.05 - 1e-12 for order in orders
    ]
    bell = [stats.kendalltau(still, order, method="asymptotic").pvalue < 0.05 for order in orders]
    found = facts("eight_rows", rows=n)
    assert found["bell_percent"] == pytest.approx(100 * np.mean(bell))
    assert found["t_percent"] == pytest.approx(100 * np.mean(by_t))
    assert found["kendall_percent"] == pytest.approx(100 * np.mean(kendall))


def test_eight_rows() -> None:
    found = facts("eight_rows", rows=8)
    assert found["orders"] == 40320
    assert round(found["t_percent"], 1) == 5.8
    assert round(found["exact_percent"], 1) == 4.6
    assert round(found["kendall_percent"], 1) == 3.1
    assert round(found["bell_percent"], 1) == 6.1


def test_the_fewest_rows_depend_on_the_level() -> None:
    assert standing("eight_rows", rows=6, rare_rows=9) is Standing.MISTAKE
    assert standing("eight_rows", rows=6, level="1 %", rare_rows=9) is Standing.PASSED
    assert standing("eight_rows", rows=5, level="1 %", rare_rows=9) is Standing.MISTAKE
    assert standing("eight_rows", rows=5) is Standing.NOT_YET


def test_a_pair_of_rows_agrees_as_often_as_tau_says() -> None:
    bend = np.random.default_rng(3).multivariate_normal([0, 0], [[1, 0.7], [0.7, 1]], (2, 200_000))
    agree = np.mean(np.prod(bend[0] - bend[1], axis=1) > 0)
    assert facts("another_scale", strength=0.7)["agree"] == pytest.approx(100 * agree, abs=0.5)


# Differences, two groups, and the choice


def test_where_spearman_and_pearson_part() -> None:
    found = facts("where_they_part")
    assert found["largest"] == "adt–sigs1"
    assert found["largest_difference"] == pytest.approx(
        REFERENCE["spearman"]["adt"]["sigs1"] - REFERENCE["pearson"]["adt"]["sigs1"], abs=1e-9
    )
    assert round(found["largest_difference"], 3) == 0.305
    assert (found["rho_larger"], found["pairs"]) == (36, 55)


def test_either_order_of_the_two_measures_passes() -> None:
    turned = {"first": "Pearson", "second": "Spearman", "pair": "adt–sigs1"}
    turned["because"] = "A few busy freeways"
    assert standing("where_they_part", **turned) is Standing.PASSED


def test_point_biserial_is_pearson() -> None:
    people = datasets.load("titanic").dropna(subset="age")
    theirs = stats.pointbiserialr(people["survived"] == "yes", people["age"]).statistic
    found = facts("two_groups")
    assert found["point_biserial"] == pytest.approx(theirs)
    assert found["r"] == pytest.approx(theirs)
    assert round(found["r"], 4) == -0.0555
    assert facts("two_groups", swap=True)["r"] == pytest.approx(-theirs)


def test_four_freeways_part_the_two_measures() -> None:
    table = datasets.load("highway")
    busiest = table.nlargest(4, "adt")
    assert set(busiest["htype"]) == {"FAI"}
    signals = busiest["sigs1"] * busiest["len"] - 1  # one was added to each section
    assert signals.tolist() == pytest.approx([0, 0, 0, 0], abs=1e-9)
    calm = table.drop(index=busiest.index)
    found = facts("where_they_part")
    assert found["calm_r"] == pytest.approx(stats.pearsonr(calm.adt, calm.sigs1).statistic)
    assert found["calm_rho"] == pytest.approx(stats.spearmanr(calm.adt, calm.sigs1).statistic)


@pytest.mark.parametrize("share", [1, 5, 10, 30])
def test_a_skewed_column_may_lie_above_the_ceiling_of_a_bell(share: int) -> None:
    found = facts("two_groups", groups="age, cut in two", share=share)
    ages = datasets.load("titanic")["age"].dropna()
    assert stats.skew(ages) > 0.3
    cut = ages > np.quantile(ages, 1 - share / 100)
    at = stats.norm.isf(share / 100)
    bell = stats.norm.pdf(at) / np.sqrt(share / 100 * (1 - share / 100))
    assert found["size"] == pytest.approx(np.corrcoef(ages, cut)[0, 1])
    assert found["size"] > found["ceiling"] == pytest.approx(bell)


def test_the_ceiling_of_a_cut() -> None:
    found = facts("two_groups")
    assert round(found["ceiling_half"], 3) == 0.798
    assert round(found["ceiling_tenth"], 3) == 0.585
    bell = np.random.default_rng(0).normal(size=200_000)
    cut = bell > np.quantile(bell, 0.9)
    assert np.corrcoef(bell, cut)[0, 1] == pytest.approx(found["ceiling_tenth"], abs=0.005)


def test_vote_and_status_quo() -> None:
    people = datasets.load("chile")[["vote", "statusquo"]].dropna()
    groups = [values.to_numpy() for _, values in people.groupby("vote", observed=True).statusquo]
    f = stats.f_oneway(*groups).statistic
    between, within = len(groups) - 1, len(people) - len(groups)
    eta = np.sqrt(f * between / (f * between + within))
    found = facts("which_measure", x="vote", y="statusquo", measure="correlation ratio η")
    assert found["value"] == pytest.approx(eta)
    assert found["fits"]
    coded = facts("which_measure", x="vote", y="statusquo")
    assert not coded["fits"]
    codes = people["vote"].map({"A": 0, "N": 1, "U": 2, "Y": 3}).astype(int)
    assert coded["value_by_alphabet"] == pytest.approx(np.corrcoef(codes, people.statusquo)[0, 1])
    assert abs(coded["value_by_frequency"]) < coded["value_by_alphabet"] - 0.1


def test_chi_square_counts_rows() -> None:
    people = datasets.load("chile")
    counts = pd.crosstab(people["region"], people["vote"])
    found = facts("which_measure")
    assert found["chi_square"] == pytest.approx(
        stats.chi2_contingency(counts, correction=False).statistic
    )
    assert found["v"] == pytest.approx(
        stats.contingency.association(counts, method="cramer", correction=False)
    )


@pytest.mark.parametrize(
    ("x", "y", "fitting"),
    [
        ("age", "income", "Pearson's r or Spearman's ρ or Kendall's τ"),
        ("region", "vote", "Cramér's V"),
        ("vote", "statusquo", "correlation ratio η"),
        ("education", "income", "Spearman's ρ or Kendall's τ or correlation ratio η"),
        ("sex", "age", "Pearson's r or Spearman's ρ or Kendall's τ or correlation ratio η"),
    ],
)
def test_what_fits_what(x: str, y: str, fitting: str) -> None:
    assert facts("which_measure", x=x, y=y)["fitting"] == fitting
    assert facts("which_measure", x=y, y=x)["fitting"] == fitting


@pytest.mark.parametrize(
    "chosen",
    [
        {"x": "statusquo", "y": "vote", "measure": "correlation ratio η"},
        {"x": "sex", "y": "vote", "measure": "Cramér's V"},
        {"x": "education", "y": "income", "measure": "Spearman's ρ"},
        {"x": "income", "y": "education", "measure": "Kendall's τ"},
        {"x": "sex", "y": "statusquo", "measure": "Pearson's r"},
    ],
)
def test_the_highest_by_any_fitting_measure_passes(chosen: dict) -> None:
    assert standing("which_measure", **chosen) is Standing.PASSED


def test_a_high_value_is_not_the_highest() -> None:
    second = {"x": "region", "y": "population", "measure": "correlation ratio η"}
    judged = LESSON.step("which_measure").judge(second)
    assert judged.standing is Standing.MISTAKE
    assert "another pair is farther from zero" in judged.text


def test_a_cell_of_the_maps_names_its_measure_by_its_letter() -> None:
    open_cell = LESSON.step("which_measure").exhibit().behind_cell(1)
    people = datasets.load("chile")[["statusquo", "vote"]].dropna()
    means = people.groupby("vote", observed=True)["statusquo"].transform("mean")
    eta = means.std() / people["statusquo"].std()
    assert len(people) == 2519
    assert open_cell("vote", "statusquo").sentence == f"η = {eta:.2f} over 2,519 people."
    assert open_cell("vote", "region").sentence.startswith("V = 0.")


def test_measures_with_and_without_a_sign_share_no_colours() -> None:
    signed, unsigned, _ = LESSON.step("which_measure").exhibit().figures
    assert signed.limits == (-1, 1)
    assert unsigned.limits == (0, 1)


def test_links_lead_to_steps_of_this_lesson() -> None:
    slugs = {step.slug for step in LESSON.steps}
    links = LESSON.step("which_measure").exhibit().links
    assert len(links) == 6
    assert {link.step for link in links} <= slugs


def test_the_cars_against_scipy() -> None:
    """R gives -0.7761684 and -0.8946646 for mpg and hp of its mtcars."""
    cars = datasets.load("mtcars")
    shown = facts("on_your_own_cars", column="hp")
    assert shown["r_before"] == pytest.approx(-0.7761684, abs=1e-7)
    assert shown["rho_before"] == pytest.approx(-0.8946646, abs=1e-7)
    gaps = {
        name: abs(stats.spearmanr(cars[name], cars["mpg"])[0])
        - abs(stats.pearsonr(cars[name], cars["mpg"])[0])
        for name in ("disp", "hp", "drat", "wt", "qsec")
    }
    assert shown["undersold"] == max(gaps, key=gaps.__getitem__) == "hp"
    assert shown["gap"] == pytest.approx(gaps["hp"])


@pytest.mark.parametrize(
    ("mileage", "design"), [("log", "log"), ("as it is", "reciprocal"), ("square root", "log")]
)
def test_any_bend_that_straightens_the_cars_passes(mileage: str, design: str) -> None:
    step = LESSON.step("on_your_own_cars")
    setting = step.task.solution | {"mileage": mileage, "design": design}
    assert step.judge(setting).standing is Standing.PASSED


@pytest.mark.parametrize(
    ("lines", "standing"),
    [
        ("nations[nations.notna().all(axis=1)].rank(pct=True)", Standing.PASSED),
        ("complete = nations.dropna()\n-complete.rank(ascending=False)", Standing.PASSED),
        ("nations.rank()", Standing.MISTAKE),
        ("nations.dropna()", Standing.MISTAKE),
    ],
)
def test_any_ranks_pass_and_nothing_else(lines: str, standing: Standing) -> None:
    assert LESSON.step("write_the_ranks").judge({"lines": lines}).standing is standing


def test_ranks_with_gaps_against_scipy() -> None:
    nations = datasets.load("un")[["ppgdp", "infantMortality"]]
    complete = nations.dropna()
    shown = facts("write_the_ranks")
    assert shown["rho"] == pytest.approx(stats.spearmanr(complete)[0])
    first = [stats.rankdata(nations[name], nan_policy="omit") for name in nations]
    kept = ~np.isnan(first).any(axis=0)
    assert shown["ranked_first"] == pytest.approx(stats.pearsonr(*(x[kept] for x in first))[0])


@pytest.mark.parametrize(
    ("lines", "standing"),
    [
        (
            'means = chicks.groupby("feed")["weight"].transform("mean")\n'
            'means.corr(chicks["weight"])',
            Standing.PASSED,
        ),
        (
            'rest = chicks["weight"] - chicks.groupby("feed")["weight"].transform("mean")\n'
            '(1 - rest.var() / chicks["weight"].var()) ** 0.5',
            Standing.PASSED,
        ),
        ("0.736", Standing.MISTAKE),
        ('chicks["weight"].std(', Standing.STOPPED),
    ],
)
def test_any_lines_that_give_eta_pass(lines: str, standing: Standing) -> None:
    assert LESSON.step("write_the_ratio").judge({"lines": lines}).standing is standing


def test_eta_of_the_chicks_against_an_analysis_of_variance() -> None:
    chicks = datasets.load("chickwts")
    f, _ = stats.f_oneway(*(part for _, part in chicks.groupby("feed", observed=True)["weight"]))
    assert facts("write_the_ratio")["eta"] == pytest.approx(np.sqrt(5 * f / (5 * f + 65)))


def test_ranks_from_the_other_end_have_the_other_sign() -> None:
    lines = "ranks = nations.dropna().rank()\nranks.assign(ppgdp=-ranks['ppgdp'])"
    found = LESSON.step("write_the_ranks").judge({"lines": lines})
    assert found.standing is Standing.MISTAKE
    assert "the sign is not" in found.text
