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
months, enough = len(town), 0.9
town_r = town.corr().iloc[0, 1]
both = left.dropna()
n, r, calendar, kept = len(both), 0.0, 0.0, 0.0
varying = int((both.std() > 1e-9).sum()) if n > 2 else 0
if varying == 2:
    r = both["ice cream"].corr(both["burglaries"])
    month = both.groupby(both.index.month)
    # R squared of a regression on the months
    calendar = 100 * max(1 - (both - month.transform("mean")).var() / both.var())
    chance = town - pd.DataFrame({"ice cream": 40 * summer, "burglaries": 12 * summer}, index)
    kept = both.corrwith(chance.loc[both.index]).min()
