"""Cramér's V of dice that know nothing of each other, as it is and corrected."""

import numpy as np
import seaborn as sns
from scipy.stats import chi2_contingency
from scipy.stats.contingency import crosstab

levels = 10
rows = "100"
corrected = False
draw = 5

throws = int(rows)
thrown = np.random.default_rng(draw).integers(1, levels + 1, size=(throws, 12))


def both_v(x, y):
    """V as it is, and without what chance gives (Bergsma's correction)."""
    table = crosstab(x, y).count
    phi2 = chi2_contingency(table, correction=False).statistic / throws
    r, k = table.shape
    v = np.sqrt(phi2 / min(r - 1, k - 1))
    phi2 = max(0, phi2 - (r - 1) * (k - 1) / (throws - 1))
    r, k = (side - (side - 1) ** 2 / (throws - 1) for side in (r, k))
    return v, np.sqrt(phi2 / min(r - 1, k - 1))


V, V_corrected = np.full((2, 12, 12), np.nan)
for i in range(12):
    for j in range(i):
        V[i, j], V_corrected[i, j] = both_v(thrown[:, i], thrown[:, j])

shown = V_corrected if corrected else V
print(f"V is {np.nanmean(shown):.2f} on average")

sns.heatmap(shown, vmin=0, vmax=1, cmap="viridis", annot=True, fmt=".2f")

# The numbers that the step names
pairs = int((~np.isnan(V)).sum())
mean, mean_v, mean_corrected = np.nanmean(shown), np.nanmean(V), np.nanmean(V_corrected)
largest_v, largest_corrected = np.nanmax(V), np.nanmax(V_corrected)
expected = np.sqrt((levels - 1) / (throws - 1))
least_levels, most_rows, goal = 10, 100, 0.1


def corrected_v(v, levels, rows):
    """A V of which nothing else is known."""
    cells = (levels - 1) ** 2 / (rows - 1)
    return np.sqrt(max(0, v**2 * (levels - 1) - cells) / (levels - cells - 1))


linked = None
ten_v, two_v = 0.3, 0.25
ten_corrected, two_corrected = corrected_v(ten_v, 10, 100), corrected_v(two_v, 2, 100)
