"""Ozone and the weather of a summer, from one day to the next."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats

beside = "Temp"
change = "nothing"
gaps = "left as gaps"

air = pd.read_csv("airquality.csv")
air.index = pd.to_datetime(air[["Month", "Day"]].assign(Year=1973))
columns = air[["Ozone", "Solar.R", "Wind", "Temp"]].astype(float)

pair = columns[["Ozone", beside]]
if gaps == "dropped first":
    pair = pair.dropna()
dates = pair.index.to_series()
if change == "difference":
    pair = pair.diff()
pair = pair.dropna()
day = np.array((pair.index - columns.index[0]).days)
if change == "detrend":
    pair = pair.apply(lambda x: x - np.poly1d(np.polyfit(day, x, 1))(day))
if change == "month out":
    pair = pair - pair.groupby(pair.index.month).transform("mean")

r, n = stats.pearsonr(pair["Ozone"], pair[beside]).statistic, len(pair)
print(f"{change}: r = {r:.3f} over {n} rows")
sns.scatterplot(pair, x=beside, y="Ozone")

# The numbers that the step names
named = None
days, missing = len(columns), int(columns["Ozone"].isna().sum())
over = dates.diff().dt.days[pair.index] if change == "difference" else pd.Series(0, pair.index)
longest, uneven = int(over.max()), int((over > 1).sum())
following = pair["Ozone"].reindex(columns.index)
echo = following.corr(following.shift())


def levels_and_days(name):
    """r in levels, and of changes from day to day, what the rows are worth, and its interval."""
    level, daily = (x[["Ozone", name]].dropna() for x in (columns, columns.diff()))
    found = stats.pearsonr(daily["Ozone"], daily[name])
    changes = columns[["Ozone", name]].diff()
    a, b = (changes[one].corr(changes[one].shift()) for one in changes)
    rows = len(daily) * (1 - a * b) / (1 + a * b)  # the short formula
    reach = stats.norm.ppf(0.975) / np.sqrt(rows - 3)
    low, high = np.tanh(np.arctanh(found.statistic) + reach * np.array([-1, 1]))
    return level.corr().iloc[0, 1], found.statistic, rows, low, high


solar_levels, solar_days, solar_rows, solar_low, solar_high = levels_and_days("Solar.R")
wind_levels, wind_days, wind_rows, wind_low, wind_high = levels_and_days("Wind")
temp_levels, temp_days, temp_rows, temp_low, temp_high = levels_and_days("Temp")
solar_echo, wind_echo, temp_echo = (
    columns[name].corr(columns[name].shift()) for name in ("Solar.R", "Wind", "Temp")
)
levels_r = {"Solar.R": solar_levels, "Wind": wind_levels, "Temp": temp_levels}[beside]
daily_r = {"Solar.R": solar_days, "Wind": wind_days, "Temp": temp_days}
closest = max(daily_r, key=lambda name: abs(daily_r[name]))
closest_days = daily_r[closest]
named_levels, named_days = levels_and_days(named)[:2] if named else (0.0, 0.0)
