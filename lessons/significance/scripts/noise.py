"""Tables of noise, and the stars that chance gives them."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats

draws = 1
rows = "100"
columns = 20

n = int(rows)
level = 5.0  # per cent
upper = np.triu_indices(columns, 1)

first = 109  # a draw like most
counts, strongest = [], []
for seed in range(first, first + draws):
    noise = np.random.default_rng(seed).normal(size=(n, columns))
    r = np.corrcoef(noise, rowvar=False)[upper]
    t = r * np.sqrt((n - 2) / (1 - r**2))
    p = 2 * stats.t.sf(np.abs(t), n - 2)
    counts.append(int((p < level / 100).sum()))
    strongest.append(float(np.abs(r).max()))

stars, largest = counts[-1], strongest[-1]
mean, mean_largest = np.mean(counts), np.mean(strongest)
pairs = columns * (columns - 1) // 2
expected = level / 100 * pairs
print(f"{stars} stars now, {mean:.2f} on average; expected {expected:.1f}")

sns.heatmap(pd.DataFrame(noise).corr(), vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
answer = None
# Where 95 % of tables should lie
low, high = (int(q) for q in stats.binom.ppf([0.025, 0.975], pairs, level / 100))
t = mean_largest * np.sqrt((n - 2) / (1 - mean_largest**2))
largest_p = 2 * stats.t.sf(t, n - 2)
enough, near = 5, 2.5
earned = level / 100 * 20 * 19 / 2  # by all the columns, however many are shown
