"""Probabilities on the scale on which they add up, by your own lines."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.stats import spearmanr

across, upwards = np.linspace(-1, 1, 11), np.linspace(-1, 1, 9)
x1, x2 = np.meshgrid(across, upwards)
values = 1 / (1 + np.exp(-(2 * x1 + 3 * x2 + 1)))
p = pd.DataFrame(values, [f"{x:.2f}" for x in upwards], [f"{x:.1f}" for x in across])

shown = p
# What you write: lines
# Until here

sns.heatmap(shown[::-1], cmap="viridis")

# The numbers that the step names
p_low, p_high = p.min().min(), p.max().max()


def share_of(frame):
    s = frame.to_numpy()
    if np.ptp(s) <= 1e-12 * np.abs(s).max():
        return 0.0
    alone = s.mean(axis=1)[:, None] + s.mean(axis=0) - s.mean()
    return float((s - alone).var() / s.var())


share, share_p = share_of(shown), share_of(p)
p_rises, rises = p["1.0"] - p["-1.0"], shown["1.0"] - shown["-1.0"]
p_least, p_most, least, most = p_rises.min(), p_rises.max(), rises.min(), rises.max()
tidied = shown.round(9).to_numpy().ravel()
kept = 0.0
if len(np.unique(tidied)) > 1:
    kept = spearmanr(p.round(9).to_numpy().ravel(), tidied).statistic
times = 0.0
if shown.min().min() > 0 and share_of(np.log(shown)) <= 1e-9 < share:
    times = shown["1.0"].iloc[0] / shown["-1.0"].iloc[0]
