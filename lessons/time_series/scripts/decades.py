"""Airline passengers beside the carbon dioxide of later years."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import signal, stats

year = 1970
change = "nothing"

passengers = pd.read_csv("air_passengers.csv")["passengers"].to_numpy(dtype=float)
months = len(passengers)
co2 = pd.read_csv("co2.csv", index_col="month", parse_dates=True)["co2"].interpolate()
air = co2[str(year) :].iloc[:months].to_numpy()


def without_season(x):
    """Each January loses the mean of all Januaries, and so on."""
    return (x.reshape(-1, 12) - x.reshape(-1, 12).mean(axis=0)).ravel()


changes = {
    "nothing": lambda x: x,
    "difference": np.diff,
    "detrend": signal.detrend,
    "season out": without_season,
    "year on year": lambda x: x[12:] - x[:-12],
    "both differences": lambda x: np.diff(x[12:] - x[:-12]),
}
changed = changes[change]
r, p = stats.pearsonr(changed(passengers), changed(air))
print(f"{change}: r = {r:.3f}, p = {p:.2g}, n = {len(changed(air))}")

sns.scatterplot(x=changed(passengers), y=changed(air))

# The numbers that the step names
makes = None
last_year = year + months // 12 - 1
flown_from, flown_to = 1949, 1960
levels_r, levels_p = stats.pearsonr(passengers, air)
little_line, little_calendar = 5.0, 20.0


def told_by_line(x):
    """What share of the variance a straight line tells, in per cent."""
    return 100 * stats.linregress(range(len(x)), x).rvalue ** 2


def told_by_month(x):
    """What share of the variance the mean of each month tells, in per cent."""
    months = pd.Series(x).groupby(np.arange(len(x)) % 12)
    return 100 * (1 - (x - months.transform("mean")).var(ddof=0) / np.var(x))


both = passengers, air
line = max(told_by_line(changed(x)) for x in both)
calendar = max(told_by_month(signal.detrend(changed(x))) for x in both)
line_before = min(told_by_line(x) for x in both)
calendar_before = min(told_by_month(signal.detrend(x)) for x in both)
season_r, detrend_r = (
    stats.pearsonr(*map(changes[name], both)).statistic for name in ("season out", "detrend")
)
culprit = "the direction" if season_r > detrend_r else "the calendar"
later = [co2[str(start) :].iloc[:months].to_numpy() for start in range(1959, 1990)]
both_differences = changes["both differences"]
found = [stats.pearsonr(both_differences(passengers), both_differences(air)) for air in later]
start_years, starred_years = len(found), sum(bool(each.pvalue < 0.05) for each in found)
