"""Two columns of words: V with its correction, and the cells that make it."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats

table = pd.read_csv("titanic.csv")
counts = pd.crosstab(table["passengerClass"], table["survived"])
n, (rows, columns) = counts.to_numpy().sum(), counts.shape
chi2, p, _, expected = stats.chi2_contingency(counts, correction=False)

# Chance alone lifts V; this takes out what it adds (Bergsma 2013)
phi2 = max(chi2 / n - (rows - 1) * (columns - 1) / (n - 1), 0)
smaller = min(rows - (rows - 1) ** 2 / (n - 1), columns - (columns - 1) ** 2 / (n - 1)) - 1
print(f"V = {np.sqrt(phi2 / smaller):.2f}, p = {p:.2g}, n = {n}")

shares = np.outer(1 - counts.sum(axis=1) / n, 1 - counts.sum() / n)
residuals = (counts - expected) / np.sqrt(expected * shares)
end = residuals.abs().to_numpy().max()
sns.heatmap(residuals, vmin=-end, vmax=end, cmap="RdBu_r", annot=True, fmt=".1f")
