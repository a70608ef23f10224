"""Rain and the river that answers it, brought side by side by your own lines."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats

# Rain in the hills, and a river that answers two days later
drawn = np.random.default_rng(5).normal(size=(2, 302))
pair = pd.DataFrame(
    {"rain": drawn[0, 2:], "river": 0.9 * drawn[0, :-2] + 0.6 * drawn[1, 2:]},
    pd.RangeIndex(1, 301, name="day"),
)

moved = pair
# What you write: lines
# Until here

sns.scatterplot(moved.reindex(columns=["rain", "river"]), x="rain", y="river")

# The numbers that the step names
days, least, enough = len(pair), 290, 0.5
now = stats.pearsonr(pair["rain"], pair["river"]).statistic
both = moved.dropna()
n = len(both) if set(both) == set(pair) else 0
r, foreign, strange, apart = 0.0, 0, 0, 0
if n > 2:
    if (both.std() > 1e-9).all():
        r = both["rain"].corr(both["river"])
    # On which day each value was measured, by looking it up
    rain_day = pd.Series(pair.index, pair["rain"]).reindex(both["rain"]).to_numpy()
    river_day = pd.Series(pair.index, pair["river"]).reindex(both["river"]).to_numpy()
    foreign = int(np.isnan(rain_day).sum() + np.isnan(river_day).sum())
    between = pd.Series(river_day - rain_day).dropna()
    if len(between):
        apart = int(between.mode().iloc[0])
        strange = int((between != apart).sum())
days_before = max(0, -apart)
