"""Ice cream and burglaries: two series with one summer, and ways to take it out."""

import numpy as np
import seaborn as sns
from scipy import signal, stats

change = "nothing"
seed = 7

# Ten years of months in a town that this course made up
months, years = 120, 10
random = np.random.default_rng(seed)
season = np.cos(2 * np.pi * (np.arange(months) % 12 - 6) / 12)
ice_cream = 100 + 40 * season + random.normal(0, 10, months)
burglaries = 50 + 12 * season + random.normal(0, 5, months)


def without_season(x):
    """Each January loses the mean of all Januaries, and so on."""
    return (x.reshape(years, 12) - x.reshape(years, 12).mean(axis=0)).ravel()


treatments = {
    "nothing": lambda x: x,
    "difference": np.diff,
    "detrend": signal.detrend,
    "season out": without_season,
    "year on year": lambda x: x[12:] - x[:-12],
}
treat = treatments[change]
r, p = stats.pearsonr(treat(ice_cream), treat(burglaries))
print(f"{change}: r = {r:.3f}, p = {p:.3g}")

sns.scatterplot(x=treat(ice_cream), y=treat(burglaries))

# The numbers that the step names
level, n = 5.0, len(treat(ice_cream))
found = [stats.pearsonr(way(ice_cream), way(burglaries)) for way in treatments.values()]
nothing_r, difference_r, detrend_r, season_r, year_r = (each.statistic for each in found)
nothing_p, difference_p, *_ = (each.pvalue for each in found)
