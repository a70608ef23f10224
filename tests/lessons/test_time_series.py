"""The numbers of lesson five, as they are known elsewhere, and where else its tasks pass.

That scipy and statsmodels find the same is held by the scripts of the steps.
"""

import re

import numpy as np
import pandas as pd
import pytest
from scipy import signal, stats

import datasets
from lessons.time_series import LESSON
from lib.course import Standing
from lib.stats import cross_correlation, effective_n_known


def facts(step: str, **values) -> dict:
    return LESSON.step(step).exhibit(values).facts


def standing(step: str, **values) -> Standing:
    return LESSON.step(step).judge(values).standing


# Walks


def test_walks_have_stars() -> None:
    found = facts("two_walks")
    # From 20,000 pairs: .47, .76 and .92. The standard error of 4000 is near .8 points.
    assert found["truth_short"] == pytest.approx(47, abs=2.5)
    assert found["truth"] == found["truth_middle"] == pytest.approx(76, abs=2.5)
    assert found["truth_long"] == pytest.approx(92, abs=2)


# Cures


def test_cures_of_another_draw_are_those_of_scipy() -> None:
    found = facts("cure", months="192", seed=3)
    noise = np.random.default_rng(3).normal(size=(4000, 192))
    walks, trends = noise.cumsum(axis=1), 0.05 * np.arange(192) + noise

    def share(series: np.ndarray) -> float:
        return 100 * np.mean(stats.pearsonr(series[:2000], series[2000:], axis=1).pvalue < 0.05)

    assert found["walks_nothing"] == pytest.approx(share(walks))
    assert found["walks_detrend"] == pytest.approx(share(signal.detrend(walks)))
    assert found["trends_difference"] == pytest.approx(share(np.diff(trends)))


def test_the_cure_fits_the_cause() -> None:
    found = facts("cure")
    # 2000 pairs: the standard error of 5 % is half a point.
    assert found["walks_detrend"] == pytest.approx(65, abs=4)
    assert found["walks_difference"] == pytest.approx(5, abs=2)
    assert found["trends_detrend"] == pytest.approx(5, abs=2)
    assert found["trends_difference"] == pytest.approx(11, abs=2.5)
    assert found["seasons_difference"] > 97
    assert found["seasons_season"] == pytest.approx(6, abs=2)


def test_the_year_before_is_no_cure_for_seasons() -> None:
    cured = {"for_walks": "difference", "for_trends": "detrend", "for_seasons": "year on year"}
    assert standing("cure", **cured) is Standing.MISTAKE


def test_a_difference_of_noise_has_minus_a_half_with_the_next() -> None:
    assert facts("cure")["differences_echo"] == pytest.approx(-0.5, abs=0.02)


# Effective rows


def test_rows_that_repeat_each_other() -> None:
    found = facts("effective_rows", phi=0.9)
    assert found["short"] == pytest.approx(10.5, abs=0.03)
    assert found["effective"] == pytest.approx(14.4, abs=0.05)
    assert found["share"] == pytest.approx(50, abs=3.5)
    assert facts("effective_rows", phi=0.5)["share"] == pytest.approx(13, abs=2.5)
    assert facts("effective_rows")["share"] == pytest.approx(5, abs=1.5)


@pytest.mark.parametrize(("phi", "n"), [(0.9, 100), (0.5, 400), (0.95, 50)])
def test_effective_rows_are_those_whose_r_strays_as_far(phi: float, n: int) -> None:
    """Of 5,000 pairs the standard error of a variance is 2 to 3 %."""
    news = np.random.default_rng(5).normal(size=(10_000, n))
    news[:, 0] /= np.sqrt(1 - phi**2)
    x, y = np.split(signal.lfilter([1], [1, -phi], news), 2)
    r = stats.pearsonr(x, y, axis=1).statistic
    assert facts("effective_rows", phi=phi, n=n)["effective"] == pytest.approx(
        1 + 1 / np.mean(r**2), rel=0.1
    )


def test_the_rows_that_it_takes_are_worth_as_many_as_wanted() -> None:
    found = facts("effective_rows")
    echo = 0.9 ** np.arange(round(found["needed"]))
    assert effective_n_known(echo, echo) == pytest.approx(found["wanted"], rel=0.005)


# Levels and changes


def test_what_dies_and_what_appears() -> None:
    found = facts("levels_and_changes")
    named = [name for name in found if re.fullmatch("gdp_.*_(level|change)", name)]
    rounded = {name: round(found[name], 3) for name in named}
    assert rounded == {
        "gdp_cpi_level": 0.987,
        "gdp_cpi_change": -0.059,
        "gdp_unemp_level": -0.064,
        "gdp_unemp_change": -0.686,
    }
    assert (found["strong_levels"], found["strong_changes"]) == (21, 0)
    assert (round(found["mean_levels"], 2), round(found["mean_changes"], 2)) == (0.65, 0.20)


def test_plain_differences_are_another_matter() -> None:
    plain = datasets.load("us_macro")[["realgdp", "cpi"]].diff().corr().iloc[0, 1]
    assert facts("levels_and_changes")["gdp_cpi_plain"] == pytest.approx(plain)
    assert round(plain, 2) == 0.24


def test_three_pairs_appear_and_fifteen_die() -> None:
    found = facts("levels_and_changes")
    assert (found["dying"], found["appearing"], found["appearing_unemp"]) == (15, 3, 3)


def test_a_pair_that_nobody_has_named_meets_no_goal() -> None:
    assert not any(goal.met for goal in LESSON.step("levels_and_changes").judge({}).goals)


def test_levels_have_no_interval_and_changes_that_of_fewer_rows() -> None:
    step = LESSON.step("levels_and_changes")
    levels = step.exhibit().behind_cell(0)("cpi", "realgdp").sentence
    assert "No interval" in levels
    changes = step.exhibit({"shown": "changes"}).behind_cell(0)("cpi", "m1").sentence
    worth = int(re.search(r"about (\d+) independent", changes).group(1))
    assert 40 < worth < 102
    low, high = (float(each.replace("−", "-")) for each in re.findall(r"−?\d\.\d\d", changes)[1:])
    r = datasets.load("us_macro")[["cpi", "m1"]].transform(np.log).diff().corr().iloc[0, 1]
    reach = 1.96 / np.sqrt(worth - 3)
    assert (low, high) == pytest.approx(
        np.tanh(np.arctanh(r) + np.array([-reach, reach])), abs=0.01
    )


def test_other_pairs_that_die_or_appear_count_as_well() -> None:
    values = {"killed": "cpi–m1", "revealed": "realinv–unemp"}
    assert standing("levels_and_changes", **values) is Standing.PASSED


# Markets


def test_returns_that_stay() -> None:
    found = facts("markets")
    assert round(found["levels_dax_smi"], 3) == 0.991
    assert round(found["returns_dax_smi"], 3) == 0.703


@pytest.mark.parametrize("market", ["DAX", "SMI", "CAC", "FTSE"])
def test_backwards_returns_lose_their_links(market: str) -> None:
    found = facts("markets", series="daily returns", backwards=market)
    returns = np.log(datasets.load("eu_stocks")).diff().dropna()
    turned = returns[market].to_numpy()[::-1]
    others = returns.drop(columns=market)
    # Run backwards before the difference, a return only changes its sign.
    assert found["strongest_backwards"] == pytest.approx(
        max(abs(np.corrcoef(others[name], turned)[0, 1]) for name in others)
    )
    assert standing("markets", series="daily returns", backwards=market) is Standing.PASSED


# Ice cream


def test_ice_cream_and_burglaries() -> None:
    found = facts("ice_cream")
    random = np.random.default_rng(17)
    season = np.cos(2 * np.pi * (np.arange(120) % 12 - 6) / 12)
    ice, theft = (
        mean + height * season + random.normal(0, noise, 120)
        for mean, height, noise in ((100, 40, 10), (50, 12, 5))
    )
    assert found["nothing_r"] == pytest.approx(np.corrcoef(ice, theft)[0, 1])
    assert found["difference_r"] == pytest.approx(np.corrcoef(np.diff(ice), np.diff(theft))[0, 1])


@pytest.mark.parametrize("seed", [9, 20, 40, 72, 91])
def test_a_town_with_a_star_by_chance_is_done_as_well(seed: int) -> None:
    step = LESSON.step("ice_cream")
    setting = {"change": "season out", "seed": seed, "answer": 6}
    assert facts("ice_cream", change="season out", seed=seed)["p"] < 0.05
    judgement = step.judge(setting)
    assert judgement.standing is Standing.PASSED
    assert "Here a star is left" in judgement.text


def test_no_treatment_without_the_months_takes_the_summer_out() -> None:
    told = {
        change: facts("ice_cream", change=change)["calendar"]
        for change in LESSON.step("ice_cream").controls["change"].options
    }
    assert [change for change, share in told.items() if share < 25] == [
        "season out",
        "year on year",
    ]


# Decades and overlap


def test_decades_that_never_met() -> None:
    found = facts("decades")
    assert (found["flown_from"], found["flown_to"]) == (1949, 1960)
    assert found["last_year"] == 1981
    assert found["levels_r"] == pytest.approx(0.87, abs=0.005)
    near = facts("decades", year=1959)
    assert near["levels_r"] == pytest.approx(0.81, abs=0.01)


def test_both_differences_are_done_in_every_decade_star_or_not() -> None:
    cured = [
        LESSON.step("decades").judge(
            {"year": year, "change": "both differences", "makes": "the direction"}
        )
        for year in range(1959, 1990)
    ]
    assert all(judgement.standing is Standing.PASSED for judgement in cured)
    starred = sum("There is a star all the same" in judgement.text for judgement in cured)
    assert starred == facts("decades")["starred_years"] == 6


@pytest.mark.parametrize("year", range(1959, 1990))
def test_a_difference_that_leaves_the_calendar_in_is_not_done(year: int) -> None:
    setting = {"year": year, "change": "difference", "makes": "the direction"}
    assert standing("decades", **setting) is Standing.MISTAKE


def test_the_season_lowers_what_the_direction_makes() -> None:
    found = facts("decades")
    assert found["season_r"] == pytest.approx(0.976, abs=0.001)
    assert found["culprit"] == "the direction"


def test_a_year_ago() -> None:
    found = facts("overlap", change="year on year")
    assert round(found["levels_r"], 3) == 0.988
    assert found["quarter_p"] > 0.3
    assert found["year_p"] < 1e-5
    # Summing all lags of the overlapping sums gives 44 to 45, lag one alone 30.
    assert found["worth"] == pytest.approx(45, abs=0.5)
    assert 0.01 < found["honest"] < 0.02


def test_all_echoes_say_much_the_same_once_the_line_is_out() -> None:
    """Against the sum over all lags, by hand."""
    from scipy import stats
    from statsmodels.tsa.stattools import acf

    found = facts("overlap", change="year on year", line="taken out")
    pair = LESSON.step("overlap").exhibit({"change": "year on year", "line": "taken out"})
    x, y = pair.figures[0].x, pair.figures[0].y
    n, lag = len(x), np.arange(1, len(x))
    echoes = acf(x, nlags=n - 1)[1:] * acf(y, nlags=n - 1)[1:]
    worth = n / (1 + 2 * ((1 - lag / n) * echoes).sum())
    t = stats.pearsonr(x, y).statistic * np.sqrt((worth - 2) / (1 - found["r"] ** 2))
    assert found["series_p"] == pytest.approx(2 * stats.t.sf(t, worth - 2), rel=1e-9)
    assert found["series_p"] == pytest.approx(found["honest"], abs=0.01)
    assert found["p"] < 0.01 < 0.1 < found["series_p"]


def test_without_overlap_r_is_as_large_and_p_is_not_as_small() -> None:
    found = [
        facts("overlap", change="year on year, every fourth", first=str(q)) for q in range(1, 5)
    ]
    assert [round(each["r"], 2) for each in found] == [0.42, 0.25, 0.34, 0.47]
    assert [round(each["p"], 3) for each in found] == [0.005, 0.111, 0.029, 0.002]


# Echoes, leads, delays


def test_ours_b_shows_in_its_partial_autocorrelation_how_far_it_looks() -> None:
    table = LESSON.step("echoes").exhibit({"series": "ours B"}).table
    outside = table.index[table["partial"].abs() > 1.96 / np.sqrt(300)]
    assert list(outside) == [1, 2, 3]


def test_strangers_leave_the_band_until_they_are_whitened() -> None:
    found = facts("leads")
    assert found["raw_outside"] > 10
    assert found["white_outside"] <= 3


def test_lynx_and_sunspots_are_strangers() -> None:
    found = facts("leads", pair="lynx and sunspots")
    assert (found["raw_outside"], found["white_outside"]) == (8, 0)


def test_the_echo_comes_three_rows_later() -> None:
    found = facts("leads", pair="another pair", prewhitened="yes")
    assert found["white_peak"] == 3
    assert found["white_largest"] > 0.4
    assert abs(found["white_now"]) < 0.15


def test_prewhitened_prices_and_unemployment_have_something_in_the_same_quarter() -> None:
    found = facts("delays")
    assert found["prices_later"] > 2 * found["band"] > 2 * abs(found["prices_now"])
    macro = datasets.load("us_macro")
    changes = pd.DataFrame({"cpi": np.log(macro["cpi"]).diff(), "unemp": macro["unemp"].diff()})[1:]
    white = cross_correlation(changes["cpi"], changes["unemp"], 4, prewhiten=True)["value"]
    assert found["prices_white_now"] == pytest.approx(white[0])
    assert found["prices_white_later"] == pytest.approx(white[4])
    assert white[0] < -found["band"]


def test_what_hides_as_it_is_need_not_hide_prewhitened() -> None:
    raw, white = facts("delays"), facts("delays", prewhitened="yes")
    assert (raw["most_hidden"], raw["hidden_lag"]) == ("cpi–unemp", 4)
    assert (white["most_hidden"], white["hidden_lag"]) == ("realcons–realinv", 1)


def test_a_cell_of_the_lag_map_opens_the_moved_pair() -> None:
    behind = LESSON.step("delays").exhibit().behind("cpi–unemp", "-4")
    macro = datasets.load("us_macro")
    prices, unemployed = np.log(macro["cpi"]).diff()[1:], macro["unemp"].diff()[1:]
    np.testing.assert_allclose(behind.chart.x, prices[4:])
    np.testing.assert_allclose(behind.chart.y, unemployed[:-4])
    assert behind.sentence == "unemp, 4 quarters earlier, beside cpi: 198 quarters have both."


def test_a_cell_of_the_prewhitened_map_opens_what_is_prewhitened() -> None:
    behind = LESSON.step("delays").exhibit({"prewhitened": "yes"}).behind("realcons–realinv", "1")
    r = np.corrcoef(behind.chart.x, behind.chart.y)[0, 1]
    assert r == pytest.approx(facts("delays", prewhitened="yes")["hidden_r"], abs=0.01)


# On your own


def test_from_day_to_day_the_wind_is_ahead() -> None:
    found = facts("ozone_day_by_day", change="difference")
    air = datasets.load("airquality").astype(float)
    wind, temperature = (
        # Both days have ozone, or there is no change.
        stats.pearsonr(*air[["Ozone", name]].diff().dropna().to_numpy().T).statistic
        for name in ("Wind", "Temp")
    )
    assert found["closest"] == "Wind"
    assert found["closest_days"] == found["wind_days"] == pytest.approx(wind)
    assert found["r"] == found["temp_days"] == pytest.approx(temperature)
    assert found["temp_levels"] == pytest.approx(0.698, abs=0.0005)  # as R's cor gives it
    assert (found["n"], found["longest"]) == (98, 1)


def test_days_that_are_dropped_first_make_changes_over_several() -> None:
    found = facts("ozone_day_by_day", change="difference", gaps="dropped first")
    days = datasets.load("airquality").dropna(subset="Ozone").index
    assert found["n"] == len(days) - 1
    assert found["longest"] == np.diff(days).max()
    assert found["uneven"] == (np.diff(days) > 1).sum() == found["n"] - 98


# Written


@pytest.mark.parametrize(
    "lines",
    [
        "mean = town.groupby(town.index.month).mean()\n"
        "town - mean.loc[town.index.month].to_numpy()",
        # Around the mean of the whole again
        'town - town.groupby(town.index.month).transform("mean") + town.mean()',
        # The very season that was drawn, in two ways
        "t = np.arange(120)\n"
        "X = np.column_stack([np.ones(120), np.sin(np.pi * t / 6), np.cos(np.pi * t / 6)])\n"
        "town - X @ np.linalg.pinv(X) @ town.to_numpy()",
        "town - np.outer(np.cos(np.pi * (town.index.month - 7) / 6), np.array([40, 12]))",
        'town - town.groupby(town.index.month).transform("median")',
    ],
)
def test_any_way_to_take_the_season_out_is_done(lines: str) -> None:
    assert standing("write_the_season_out", lines=lines) is Standing.PASSED


_MONTHS_OUT = 'c = town - town.groupby(town.index.month).transform("mean")\n'


@pytest.mark.parametrize(
    "lines",
    [
        "c * 0.1",
        "c * 1000000",
        "c + 500",
        "c - c.rolling(3, min_periods=1).mean() * 0.2",
        "c.rank()",
        "town - (town - c) / 2",
        'town - town.groupby(town.index.quarter).transform("mean")',
        "town.rolling(3, min_periods=1).mean()",
    ],
)
def test_what_is_more_or_less_than_the_season_is_not_done(lines: str) -> None:
    assert standing("write_the_season_out", lines=_MONTHS_OUT + lines) is Standing.MISTAKE


def test_lines_are_called_general_where_they_take_another_season_out() -> None:
    step = LESSON.step("write_the_season_out")
    general = step.outcome({"lines": _MONTHS_OUT + "c"})
    assert "The same lines, run on another town" in general
    sine = "t = np.arange(len(town)) * np.pi / 6\n"
    sine += "X = np.column_stack([t * 0 + 1, np.sin(t), np.cos(t)])\n"
    sine += "town - X @ np.linalg.pinv(X) @ town.to_numpy()"
    assert step.judge({"lines": sine}).standing is Standing.PASSED
    assert "Your lines fit this town" in step.outcome({"lines": sine})


def test_a_season_that_grows_with_the_years_stays_in() -> None:
    flown = datasets.load("air_passengers").iloc[:, -1].to_numpy(float).reshape(-1, 12)
    profile = flown.mean(axis=0) - flown.mean()
    left = flown - flown.mean(axis=0)
    first, last = (np.corrcoef(year, profile)[0, 1] for year in (left[0], left[-1]))
    assert first < -0.9
    assert last > 0.9


def test_the_month_tells_what_a_regression_on_months_does() -> None:
    found = facts("write_the_season_out")
    random = np.random.default_rng(17)
    summer = np.cos(2 * np.pi * (np.arange(120) % 12 - 6) / 12)
    made = [100 + 40 * summer + random.normal(0, 10, 120), 50 + 12 * summer]
    made[1] = made[1] + random.normal(0, 5, 120)
    months = np.arange(120)[:, None] % 12 == np.arange(12)
    left = [x - months @ np.linalg.lstsq(months.astype(float), x, rcond=None)[0] for x in made]
    told = [1 - rest.var() / x.var() for rest, x in zip(left, made, strict=True)]
    assert found["calendar"] == pytest.approx(100 * max(told))
    assert found["town_r"] == pytest.approx(np.corrcoef(*made)[0, 1])


@pytest.mark.parametrize(
    "lines",
    [
        'mine = pair.copy()\nmine["rain"] = mine["rain"].shift(2)\nmine.dropna()',
        'pd.concat([pair["rain"], pair["river"].shift(-2)], axis=1)',
    ],
)
def test_either_of_two_series_may_be_moved(lines: str) -> None:
    assert standing("move_the_second", lines=lines) is Standing.PASSED
    assert facts("move_the_second", lines=lines)["apart"] == 2


@pytest.mark.parametrize(
    ("step", "lines", "reason"),
    [
        ("write_the_season_out", "town.rolling(3).mean().dropna()", "a season is still there"),
        ("write_the_season_out", "town.diff().dropna()", "A difference from one month"),
        (
            "move_the_second",
            'pair.assign(rain=-pair["rain"], river=pair["river"].shift(-2))',
            "Your lines changed the numbers",
        ),
        (
            "move_the_second",
            'pair.assign(river=pair["river"].shift(-2).fillna(0))',
            "What has no partner is missing",
        ),
    ],
)
def test_what_goes_wrong_is_told_why(step: str, lines: str, reason: str) -> None:
    found = LESSON.step(step).judge({"lines": lines})
    assert found.standing is Standing.MISTAKE
    assert reason in found.text


def test_the_intervals_of_a_summer_count_what_its_rows_are_worth() -> None:
    found = facts("ozone_day_by_day")
    # By hand, as the lesson has it: lag-1 echoes of the changes near -.45 and -.39, 98 rows.
    assert found["wind_rows"] == pytest.approx(69, abs=0.5)
    assert found["temp_rows"] == pytest.approx(78, abs=0.5)
    assert (found["wind_low"], found["wind_high"]) == pytest.approx((-0.57, -0.17), abs=0.005)
    assert (found["temp_low"], found["temp_high"]) == pytest.approx((0.04, 0.46), abs=0.005)
