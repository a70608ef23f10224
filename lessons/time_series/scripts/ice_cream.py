"""Ice cream and burglaries: two series with one summer, and ways to take it out."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import signal, stats

change = "nothing"
seed = 17

# Ten years of months in towns that this course made up
months, years = 120, 10


def towns(count, seed):
    """Ice cream and burglaries: a row a town, a column a month."""
    random = np.random.default_rng(seed)
    season = np.cos(2 * np.pi * (np.arange(months) % 12 - 6) / 12)
    ice_cream = 100 + 40 * season + random.normal(0, 10, (count, months))
    return ice_cream, 50 + 12 * season + random.normal(0, 5, (count, months))


def without_season(x):
    """Each January loses the mean of all Januaries, and so on."""
    by_year = x.reshape(*x.shape[:-1], years, 12)
    return (by_year - by_year.mean(axis=-2, keepdims=True)).reshape(x.shape)


(ice_cream,), (burglaries,) = towns(1, seed)
treatments = {
    "nothing": lambda x: x,
    "difference": np.diff,
    "detrend": signal.detrend,
    "season out": without_season,
    "year on year": lambda x: x[..., 12:] - x[..., :-12],
}
treat = treatments[change]
r, p = stats.pearsonr(treat(ice_cream), treat(burglaries))
print(f"{change}: r = {r:.3f}, p = {p:.3g}, n = {len(treat(ice_cream))}")

sns.scatterplot(x=treat(ice_cream), y=treat(burglaries))

# The numbers that the step names
answer = None
level, near, little, n = 5.0, 6, 25.0, len(treat(ice_cream))


def told_by_month(x):
    """What share of the variance the mean of each month tells."""
    months = pd.Series(x).groupby(np.arange(len(x)) % 12)
    return 1 - (x - months.transform("mean")).var(ddof=0) / np.var(x)


calendar = 100 * max(told_by_month(treat(ice_cream)), told_by_month(treat(burglaries)))
many = [treat(each) for each in towns(2000, seed=1)]
starred = 100 * np.mean(stats.pearsonr(*many, axis=1).pvalue < level / 100)
found = [stats.pearsonr(way(ice_cream), way(burglaries)) for way in treatments.values()]
nothing_r, difference_r, detrend_r, season_r, year_r = (each.statistic for each in found)
nothing_p, difference_p, *_ = (each.pvalue for each in found)
