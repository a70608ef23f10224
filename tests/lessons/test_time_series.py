"""The numbers of lesson five, as they are known elsewhere, and where else its tasks pass.

That scipy and statsmodels find the same is held by the scripts of the steps.
"""

import numpy as np
import pytest
from scipy import signal, stats

import datasets
from lessons.time_series import LESSON
from lib.course import Standing


def facts(step: str, **values) -> dict:
    return LESSON.step(step).exhibit(values).facts


def standing(step: str, **values) -> Standing:
    return LESSON.step(step).judge(values).standing


# Walks


def test_walks_have_stars() -> None:
    found = facts("two_walks")
    # From 20,000 pairs: .47, .76 and .92. The standard error of 4000 is near .8 points.
    assert found["truth_short"] == pytest.approx(47, abs=2.5)
    assert found["truth"] == pytest.approx(76, abs=2.5)
    assert found["truth_long"] == pytest.approx(92, abs=2)


# Cures


def test_cures_of_another_draw_are_those_of_scipy() -> None:
    found = facts("cure", months="48", seed=3)
    noise = np.random.default_rng(3).normal(size=(4000, 48))
    walks, trends = noise.cumsum(axis=1), 0.05 * np.arange(48) + noise

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


# Effective rows


def test_rows_that_repeat_each_other() -> None:
    found = facts("effective_rows", phi=0.9)
    assert found["effective"] == pytest.approx(10.5, abs=0.01)
    assert found["share"] == pytest.approx(50, abs=3.5)
    assert facts("effective_rows", phi=0.5)["share"] == pytest.approx(13, abs=2.5)
    assert facts("effective_rows")["share"] == pytest.approx(5, abs=1.5)


# Levels and changes


def test_what_dies_and_what_appears() -> None:
    found = facts("levels_and_changes")
    rounded = {name: round(found[name], 3) for name in found if name.startswith("gdp")}
    assert rounded == {
        "gdp_cpi_level": 0.987,
        "gdp_cpi_change": -0.059,
        "gdp_unemp_level": -0.064,
        "gdp_unemp_change": -0.686,
    }
    assert (found["strong_levels"], found["strong_changes"]) == (21, 0)
    assert (round(found["mean_levels"], 2), round(found["mean_changes"], 2)) == (0.65, 0.20)


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
    names = ("nothing_r", "difference_r", "year_r", "season_r")
    assert [round(found[name], 3) for name in names] == [0.844, 0.441, 0.057, 0.049]


# Decades and overlap


def test_decades_that_never_met() -> None:
    found = facts("decades")
    assert (found["flown_from"], found["flown_to"]) == (1949, 1960)
    assert found["last_year"] == 1981
    assert found["levels_r"] == pytest.approx(0.87, abs=0.005)
    near = facts("decades", year=1959)
    assert near["levels_r"] == pytest.approx(0.81, abs=0.01)


def test_both_differences_leave_nothing_in_most_decades() -> None:
    years = [{"year": year, "change": "both differences"} for year in range(1959, 1990)]
    passed = [standing("decades", **values) is Standing.PASSED for values in years]
    assert sum(passed) == 25


def test_a_year_ago() -> None:
    found = facts("overlap", change="year on year")
    assert round(found["levels_r"], 3) == 0.988
    assert found["quarter_p"] > 0.3
    assert found["year_p"] < 1e-5
    assert found["n"] / found["worth"] > 5


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
    found = facts("leads", pair="one and its echo", prewhitened="yes")
    assert found["white_peak"] == 3
    assert found["white_largest"] > 0.4
    assert abs(found["white_now"]) < 0.15


def test_unemployment_answers_prices_four_quarters_later() -> None:
    found = facts("delays")
    assert (found["most_hidden"], found["hidden_lag"]) == ("cpi–unemp", 4)
    assert found["hidden_r"] > 2 * found["band"] > 2 * abs(found["hidden_now"])


def test_a_cell_of_the_lag_map_opens_the_moved_pair() -> None:
    behind = LESSON.step("delays").exhibit().behind("cpi–unemp", "-4")
    macro = datasets.load("us_macro")
    prices, unemployed = np.log(macro["cpi"]).diff()[1:], macro["unemp"].diff()[1:]
    np.testing.assert_allclose(behind.chart.x, prices[4:])
    np.testing.assert_allclose(behind.chart.y, unemployed[:-4])
    assert behind.sentence == "unemp of −4 quarters later beside cpi: 198 quarters have both."
