"""The course's true numbers about its own series."""

import numpy as np
import pandas as pd
import pytest

from datasets import load
from lib.stats import (
    correlate,
    cross_correlation,
    deseasonalise,
    detrend,
    difference,
    effective_n,
    prewhiten,
)

RATES = ["tbilrate", "unemp"]


def macro():
    return load("us_macro").loc[:, "realgdp":"pop"]


def growth():
    logs = np.log(macro().drop(columns=RATES))
    return pd.concat([difference(logs), difference(macro()[RATES])], axis=1)


def sizes(table):
    r = correlate(table).r.to_numpy()
    return np.abs(r[np.triu_indices(len(r), 1)])


def test_growth_kills_some_macro_correlations_and_reveals_others():
    levels, changes = correlate(macro()).r, correlate(growth()).r
    for pair, level, change in [
        (("realgdp", "cpi"), 0.987, -0.059),
        (("realgdp", "unemp"), -0.064, -0.686),
    ]:
        assert levels.loc[pair] == pytest.approx(level, abs=0.0005)
        assert changes.loc[pair] == pytest.approx(change, abs=0.0005)
    assert (sizes(macro()) > 0.9).sum() == 21
    assert (sizes(growth()) > 0.9).sum() == 0
    assert sizes(macro()).mean() == pytest.approx(0.655, abs=0.0005)
    assert sizes(growth()).mean() == pytest.approx(0.197, abs=0.0005)


def test_returns_of_stock_markets_stay_correlated():
    prices = load("eu_stocks")
    assert correlate(prices).r.loc["DAX", "SMI"] == pytest.approx(0.991, abs=0.0005)
    returns = difference(np.log(prices))
    assert correlate(returns).r.loc["DAX", "SMI"] == pytest.approx(0.703, abs=0.0005)


def outside(found):
    return int(((found["value"] < found["low"]) | (found["value"] > found["high"])).sum())


def test_lynx_and_sunspots_are_related_at_8_of_31_lags_until_they_are_prewhitened():
    lynx = np.log(load("lynx")["trapped"])
    sunspots = load("sunspots")["sunspots"].loc[lynx.index]
    assert outside(cross_correlation(sunspots, lynx, 15)) == 8
    assert outside(cross_correlation(sunspots, lynx, 15, prewhiten=True)) == 0
    nine = prewhiten(sunspots, lynx, order=9)
    assert outside(cross_correlation(nine.x, nine.y, 15)) == 0


def quarterly_carbon_dioxide_and_gdp():
    monthly = load("co2")["co2"]
    quarters = monthly.groupby(monthly.index.asfreq("Q")).mean().interpolate().rename("co2")
    table = load("us_macro")
    table.index = pd.PeriodIndex.from_fields(year=table["year"], quarter=table["quarter"], freq="Q")
    return pd.concat([quarters, table["realgdp"]], axis=1, join="inner")


def test_overlapping_differences_bring_autocorrelation_back():
    """From quarter to quarter no relation; from year to year one with p = 1e-6, of 168 rows.

    Neighbouring rows share three of their four quarters. They are worth about 45 independent ones
    by the sum over two years. The short formula, made for what echoes on for ever, says 30.
    """
    table = quarterly_carbon_dioxide_and_gdp()
    assert len(table) == 172
    assert correlate(table).r.loc["co2", "realgdp"] == pytest.approx(0.988, abs=0.0005)
    assert abs(correlate(difference(table)).r.loc["co2", "realgdp"]) < 0.07
    yearly = difference(table, 4)
    found = correlate(yearly)
    assert found.r.loc["co2", "realgdp"] == pytest.approx(0.365, abs=0.0015)
    assert found.p.loc["co2", "realgdp"] < 2e-6
    assert effective_n(yearly["co2"], yearly["realgdp"]) == pytest.approx(30, abs=0.5)
    assert effective_n(yearly["co2"], yearly["realgdp"], lags=8) == pytest.approx(45, abs=0.5)


def test_series_of_different_decades_are_correlated():
    passengers = load("air_passengers")["passengers"]
    carbon = load("co2")["co2"].loc["1959-01":"1970-12"].interpolate()
    pair = pd.DataFrame({"passengers": passengers.array, "co2": carbon.array})
    assert correlate(pair).r.loc["passengers", "co2"] == pytest.approx(0.807, abs=0.003)


def test_months_explain_93_percent_of_nottingham_s_temperature():
    temperature = load("nottingham")["temperature"]
    left = deseasonalise(temperature, 12)
    assert 1 - left.var() / temperature.var() == pytest.approx(0.93, abs=0.005)
    assert detrend(temperature).var() / temperature.var() > 0.99
