"""A permutation test of r beside the t test, with sections left out."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from scipy import stats

shuffles = "99"
seed = 0
left_out = []

highway = pd.read_csv("highway.csv", index_col=0)
kept = highway.drop(index=[int(row) for row in left_out])
dealt = int(shuffles)


def shuffled_p(roads, count, seed):
    x = stats.zscore(roads["sigs1"].to_numpy())
    y = stats.zscore(roads["acpt"].to_numpy())
    orders = np.tile(np.arange(len(x)), (count, 1))
    orders = np.random.default_rng(seed).permuted(orders, axis=1)
    null = (y[orders] * x).mean(axis=1)  # the r of each shuffle
    reached = int((np.abs(null) >= abs((x * y).mean()) - 1e-12).sum())
    return null, reached, (1 + reached) / (1 + count)  # what was seen counts as one


r, t_p = stats.pearsonr(kept["sigs1"], kept["acpt"])
null, reached, p = shuffled_p(kept, dealt, seed)
print(f"r = {r:.2f} of {len(kept)} rows: t test {t_p:.4f}, shuffles {p:.4f}")

plt.hist(null, bins=40)
plt.axvline(r, linestyle=":")

# The numbers that the step names
left, enough, level = len(left_out), 2000, 5.0
least = 1 / (1 + dealt)

sections, all_shuffles = len(highway), 50_000
all_r, all_t_p = stats.pearsonr(highway["sigs1"], highway["acpt"])
all_p = shuffled_p(highway, all_shuffles, seed=0)[2]
times = all_p / all_t_p
