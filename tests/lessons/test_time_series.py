"""The numbers of lesson five, against numpy, scipy, statsmodels and plain loops."""

import numpy as np
import pandas as pd
import pytest
from scipy import signal, stats
from statsmodels.tsa.stattools import acf, adfuller, ccf, pacf

import datasets
from lessons.time_series import LESSON
from lib.course import Standing


def facts(step: str, **values) -> dict:
    return LESSON.step(step).exhibit(values).facts


def standing(step: str, **values) -> Standing:
    return LESSON.step(step).judge(values).standing


def starred(x: np.ndarray, y: np.ndarray) -> float:
    """Per cent of the pairs of rows with p below 5 %."""
    return 100 * np.mean([stats.pearsonr(a, b).pvalue < 0.05 for a, b in zip(x, y, strict=True)])


# Walks


def test_walks_have_stars() -> None:
    found = facts("two_walks")
    # From 20,000 pairs: .47, .76 and .92. The standard error of 4000 is near .8 points.
    assert found["truth_short"] == pytest.approx(47, abs=2.5)
    assert found["truth"] == pytest.approx(76, abs=2.5)
    assert found["truth_long"] == pytest.approx(92, abs=2)


def test_the_first_eight_pairs_of_walks_all_have_a_star() -> None:
    found = facts("two_walks", draws=8)
    walks = [np.random.default_rng(seed).normal(size=(2, 100)).cumsum(axis=1) for seed in range(8)]
    assert found["starred"] == sum(stats.pearsonr(*pair).pvalue < 0.05 for pair in walks)
    assert found["r"] == pytest.approx(stats.pearsonr(*walks[-1]).statistic)


def test_thousands_of_walks_are_those_of_a_plain_loop() -> None:
    walks = np.random.default_rng(1).normal(size=(8000, 20)).cumsum(axis=1)
    expected = starred(walks[:4000], walks[4000:])
    assert facts("two_walks", rows_of_walk="20")["truth"] == pytest.approx(expected)


# Cures


def test_cures_are_those_of_a_plain_loop() -> None:
    found = facts("cure", months="48", seed=3)
    noise = np.random.default_rng(3).normal(size=(4000, 48))
    walks, trends = noise.cumsum(axis=1), 0.05 * np.arange(48) + noise

    def share(series: np.ndarray) -> float:
        return starred(series[:2000], series[2000:])

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


def test_every_working_cure_counts() -> None:
    cured = {"for_walks": "difference", "for_trends": "detrend", "for_seasons": "season out"}
    assert standing("cure", **cured) is Standing.PASSED
    assert standing("cure", **{**cured, "for_seasons": "year on year"}) is Standing.MISTAKE


# Effective rows


def test_rows_that_repeat_each_other() -> None:
    found = facts("effective_rows", phi=0.9)
    assert found["effective"] == pytest.approx(10.5, abs=0.01)
    assert found["share"] == pytest.approx(50, abs=3.5)
    assert facts("effective_rows", phi=0.5)["share"] == pytest.approx(13, abs=2.5)
    assert facts("effective_rows")["share"] == pytest.approx(5, abs=1.5)
    assert standing("effective_rows", phi=0.7) is Standing.PASSED


# Levels and changes

NAMES = ["realgdp", "realcons", "realinv", "realgovt", "realdpi"]
NAMES += ["cpi", "m1", "tbilrate", "unemp", "pop"]


def levels_and_changes() -> tuple[pd.DataFrame, pd.DataFrame]:
    levels = datasets.load("us_macro")[NAMES]
    changes = np.log(levels).diff()
    changes[["tbilrate", "unemp"]] = levels[["tbilrate", "unemp"]].diff()
    return levels, changes.dropna()


def test_what_dies_and_what_appears() -> None:
    found = facts("levels_and_changes")
    levels, changes = levels_and_changes()
    for word, (x, y) in {"gdp_cpi": ("realgdp", "cpi"), "gdp_unemp": ("realgdp", "unemp")}.items():
        for name, table in (("level", levels), ("change", changes)):
            expected = stats.pearsonr(table[x], table[y]).statistic
            assert found[f"{word}_{name}"] == pytest.approx(expected)
    rounded = {name: round(found[name], 3) for name in found if name.startswith("gdp")}
    assert rounded == {
        "gdp_cpi_level": 0.987,
        "gdp_cpi_change": -0.059,
        "gdp_unemp_level": -0.064,
        "gdp_unemp_change": -0.686,
    }
    assert (found["strong_levels"], found["strong_changes"]) == (21, 0)
    assert (round(found["mean_levels"], 2), round(found["mean_changes"], 2)) == (0.65, 0.20)


def test_the_dickey_fuller_test_leaves_doubt() -> None:
    found = facts("levels_and_changes")
    for name, table in zip(("levels", "changes"), levels_and_changes(), strict=True):
        p = [adfuller(table[column], result_object=False)[1] for column in NAMES]
        assert found[f"walks_{name}"] == sum(each > 0.05 for each in p)


def test_other_pairs_that_die_or_appear_count_as_well() -> None:
    values = {"killed": "cpi–m1", "revealed": "realinv–unemp"}
    assert standing("levels_and_changes", **values) is Standing.PASSED


# Markets


def test_returns_that_stay() -> None:
    found = facts("markets")
    prices = datasets.load("eu_stocks")
    returns = np.log(prices).diff().dropna()
    for name, table in (("levels", prices), ("returns", returns)):
        expected = stats.pearsonr(table["DAX"], table["SMI"]).statistic
        assert found[f"{name}_dax_smi"] == pytest.approx(expected)
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
    random = np.random.default_rng(7)
    month = np.arange(120) % 12
    season = np.cos(2 * np.pi * (month - 6) / 12)
    ice = 100 + 40 * season + random.normal(0, 10, 120)
    burglaries = 50 + 12 * season + random.normal(0, 5, 120)
    town = pd.DataFrame({"ice": ice, "burglaries": burglaries})
    without = town - town.groupby(month).transform("mean")
    expected = {
        "nothing_r": (town, 0.844),
        "difference_r": (town.diff().dropna(), 0.441),
        "year_r": (town.diff(12).dropna(), 0.057),
        "season_r": (without, 0.049),
    }
    for name, (table, rounded) in expected.items():
        assert found[name] == pytest.approx(table.corr().iloc[0, 1])
        assert round(found[name], 3) == rounded


# Decades and overlap


def test_decades_that_never_met() -> None:
    found = facts("decades")
    assert (found["flown_from"], found["flown_to"]) == (1949, 1960)
    assert found["last_year"] == 1981
    assert found["levels_r"] == pytest.approx(0.87, abs=0.005)
    near = facts("decades", year=1959)
    assert near["levels_r"] == pytest.approx(0.81, abs=0.01)


@pytest.mark.parametrize("year", [1959, 1970, 1980, 1989])
def test_both_differences_leave_nothing_in_most_decades(year: int) -> None:
    co2 = datasets.load("co2")["co2"].interpolate()
    air = co2[co2.index.year >= year].to_numpy()[:144]
    flown = datasets.load("air_passengers")["passengers"].to_numpy(dtype=float)
    twice = [np.diff(x[12:] - x[:-12]) for x in (flown, air)]
    found = facts("decades", year=year, change="both differences")
    assert found["r"] == pytest.approx(stats.pearsonr(*twice).statistic)


def test_a_year_ago() -> None:
    found = facts("overlap", change="year on year")
    co2 = datasets.load("co2")["co2"]
    quarterly = co2.groupby(co2.index.asfreq("Q")).mean()
    macro = datasets.load("us_macro")
    macro.index = quarterly.index[quarterly.index >= pd.Period("1959Q1")].union(
        pd.period_range("1959Q1", periods=len(macro), freq="Q")
    )
    both = pd.DataFrame({"co2": quarterly, "gdp": macro["realgdp"]}).dropna()
    assert found["levels_r"] == pytest.approx(both.corr().iloc[0, 1])
    for lag, name in ((1, "quarter"), (4, "year")):
        changed = both.diff(lag).dropna()
        r, p = stats.pearsonr(changed["co2"], changed["gdp"])
        assert (found[f"{name}_r"], found[f"{name}_p"]) == pytest.approx((r, p))
    assert round(found["levels_r"], 3) == 0.988
    assert found["quarter_p"] > 0.3
    assert found["year_p"] < 1e-5
    echoes = [acf(changed[name], nlags=1)[1] for name in changed]
    product = echoes[0] * echoes[1]
    assert found["worth"] == pytest.approx(len(changed) * (1 - product) / (1 + product))


# Echoes, leads, delays


def test_lynx_echoes_are_those_of_statsmodels() -> None:
    found = facts("echoes", series="lynx, log", reach=20)
    x = np.log(datasets.load("lynx")["trapped"].to_numpy(dtype=float))
    band = 1.96 / np.sqrt(len(x))
    assert found["outside_echo"] == np.sum(np.abs(acf(x, nlags=20)[1:]) > band)
    direct = pacf(x, nlags=20, method="ldbiased")[1:]
    assert found["outside_direct"] == np.sum(np.abs(direct) > band)


def test_ours_b_shows_in_its_partial_autocorrelation_how_far_it_looks() -> None:
    table = LESSON.step("echoes").exhibit({"series": "ours B"}).table
    outside = table.index[table["partial"].abs() > 1.96 / np.sqrt(300)]
    assert list(outside) == [1, 2, 3]


def test_strangers_leave_the_band_until_they_are_whitened() -> None:
    found = facts("leads")
    assert found["raw_outside"] > 10
    assert found["white_outside"] <= 3


def test_lynx_and_sunspots() -> None:
    found = facts("leads", pair="lynx and sunspots")
    both = pd.concat([datasets.load("sunspots"), datasets.load("lynx")], axis=1, join="inner")
    x, y = both["sunspots"].to_numpy(), np.log(both["trapped"].to_numpy())
    later = ccf(y, x, adjusted=False)[:16]  # statsmodels: the first one later
    earlier = ccf(x, y, adjusted=False)[1:16]
    outside = np.sum(np.abs(np.r_[later, earlier]) > 1.96 / np.sqrt(len(x)))
    assert found["raw_outside"] == outside == 8
    assert found["white_outside"] == 0


def test_the_echo_comes_three_rows_later() -> None:
    found = facts("leads", pair="one and its echo", prewhitened="yes")
    assert found["white_peak"] == 3
    assert found["white_largest"] > 0.4
    assert abs(found["white_now"]) < 0.15


def test_prices_and_unemployment_four_quarters_later() -> None:
    found = facts("delays")
    _, changes = levels_and_changes()
    prices, unemployed = (stats.zscore(changes[name].to_numpy()) for name in ("cpi", "unemp"))
    n = len(prices)
    assert found["most_hidden"] == "cpi–unemp"
    assert found["hidden_lag"] == 4
    assert found["hidden_r"] == pytest.approx(prices[:-4] @ unemployed[4:] / n)
    assert found["hidden_now"] == pytest.approx(prices @ unemployed / n)


def test_a_cell_of_the_lag_map_opens_the_moved_pair() -> None:
    behind = LESSON.step("delays").exhibit().behind("cpi–unemp", "4")
    _, changes = levels_and_changes()
    np.testing.assert_allclose(behind.chart.x, changes["cpi"].iloc[:-4])
    np.testing.assert_allclose(behind.chart.y, changes["unemp"].iloc[4:])
