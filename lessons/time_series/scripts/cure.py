"""Three kinds of unrelated series, five treatments, and the stars that each leaves."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import signal, stats

for_walks = None
for_trends = None
for_seasons = None
months = "96"
seed = 1

n, pairs, level = int(months), 2000, 5.0
month = np.arange(n)
noise = np.random.default_rng(seed).normal(size=(2 * pairs, n))
drawn = {
    "walks": noise.cumsum(axis=1),
    "trends": 0.05 * month + noise,
    "seasons": 4 * np.cos(2 * np.pi * month / 12) + noise,
}


def without_season(x):
    """Each January loses the mean of all Januaries, and so on."""
    years = x.reshape(len(x), -1, 12)
    return (years - years.mean(axis=1, keepdims=True)).reshape(x.shape)


treatments = {
    "nothing": lambda x: x,
    "difference": np.diff,
    "detrend": signal.detrend,
    "season out": without_season,
    "year on year": lambda x: x[:, 12:] - x[:, :-12],
}


def share(series):
    """Per cent of the unrelated pairs that have a star."""
    p = stats.pearsonr(series[:pairs], series[pairs:], axis=1).pvalue
    return 100 * np.mean(p < level / 100)


shares = pd.DataFrame(
    {name: [share(treat(x)) for x in drawn.values()] for name, treat in treatments.items()},
    index=list(drawn),
)
chosen = {"walks": for_walks, "trends": for_trends, "seasons": for_seasons}
covered = pd.DataFrame(
    {name: [not change for change in chosen.values()] for name in treatments}, index=list(drawn)
)
covered["nothing"] = False

sns.heatmap(shares, mask=covered, annot=True, fmt=".0f", vmin=0, vmax=100, cmap="viridis")

# The numbers that the step names
why = None
most = 8.2
fitting = {"walks": "difference", "trends": "detrend", "seasons": "season out"}
least_wrong = min(
    shares.loc[cause, treatment]
    for cause in drawn
    for treatment in treatments
    if treatment != fitting[cause]
)
steps = np.diff(drawn["trends"])
differences_echo = stats.pearsonr(steps[:, :-1], steps[:, 1:], axis=1).statistic.mean()
tried = sum(change is not None for change in chosen.values())
left = {cause: shares.loc[cause, change] if change else -1.0 for cause, change in chosen.items()}
walks_left, trends_left, seasons_left = left.values()
walks_now, trends_now, seasons_now = (
    f"{left[cause]:.1f} %" if change else "nothing yet" for cause, change in chosen.items()
)
worst = max(left.values())
walks_nothing, walks_difference, walks_detrend, walks_season, walks_year = shares.loc["walks"]
trends_nothing, trends_difference, trends_detrend, trends_season, trends_year = shares.loc["trends"]
seasons_nothing, seasons_difference, seasons_detrend, seasons_season, seasons_year = shares.loc[
    "seasons"
]
