"""The season of two monthly series, taken out by your own lines."""

import numpy as np
import pandas as pd
import seaborn as sns

# Ten years of months in a town that this course made up
random = np.random.default_rng(17)
index = pd.period_range("2015-01", periods=120, freq="M", name="month")
summer = np.cos(2 * np.pi * (np.arange(120) % 12 - 6) / 12)
ice_cream = 100 + 40 * summer + random.normal(0, 10, 120)
burglaries = 50 + 12 * summer + random.normal(0, 5, 120)
town = pd.DataFrame({"ice cream": ice_cream, "burglaries": burglaries}, index)

left = town
# What you write: lines
# Until here

sns.lineplot(left.set_axis(left.index.to_timestamp()))

# The numbers that the step names
months, enough, little, near = len(town), 0.8, 0.15, 2.0
town_r = town.corr().iloc[0, 1]
chance = town - pd.DataFrame({"ice cream": 40 * summer, "burglaries": 12 * summer}, index)


def told_by_month(data):  # R squared of a regression on the months
    rest = data - data.groupby(data.index.month).transform("mean")
    return 100 * max(1 - rest.var() / data.var())


chance_calendar = told_by_month(chance)
both = left.dropna()
n, r, calendar, kept = len(both), 0.0, 0.0, 0.0
off_level, uneven, summer_r = 0.0, 0.0, [0.0]
is_difference = is_from_year_before = False
varying = int((both.std() > 1e-9).sum()) if n > 2 else 0
if varying == 2:
    r = both["ice cream"].corr(both["burglaries"])
    calendar = told_by_month(both)
    kept = both.corrwith(chance.loc[both.index]).min()
    drawn = pd.Series(summer, index)[both.index]
    summer_r = [np.corrcoef(both[name], drawn)[0, 1] for name in both]
    is_difference = bool(np.allclose(both, (town - town.shift(1)).loc[both.index]))
    is_from_year_before = bool(np.allclose(both, (town - town.shift(12)).loc[both.index]))
    taken = town.loc[both.index] - both
    uneven = taken.groupby(taken.index.month).agg(np.ptp).to_numpy().max()
    off = [min(abs(both[x].mean()), abs(both[x].mean() - town[x].mean())) for x in both]
    off_level = max(off)
summer = max(summer_r, key=abs)
