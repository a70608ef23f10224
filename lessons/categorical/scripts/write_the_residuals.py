"""The residuals of a table of counts, by your own lines."""

import numpy as np
import pandas as pd
import seaborn as sns
from statsmodels.stats.contingency_tables import Table

rows = pd.read_csv("hair_eye.csv")
counts = rows.pivot_table("count", "hair", "eye", aggfunc="sum").astype(float)

residuals = counts
# What you write: lines
# Until here

residuals = pd.DataFrame(residuals, counts.index, counts.columns)
sns.heatmap(residuals, center=0, cmap="RdBu_r", annot=True, fmt=".2f")

# The numbers that the step names
table = Table(counts, shift_zeros=False)
given, expected = residuals.to_numpy(float), table.fittedvalues
cells, chi_square = counts.size, float((table.resid_pearson.to_numpy() ** 2).sum())
least_expected, most_expected = float(expected.min().min()), float(expected.max().max())
pearson = int(np.isclose(given, table.resid_pearson).sum())
adjusted = int(np.isclose(given, table.standardized_resids).sum())
differences = int(np.isclose(given, counts - expected).sum())
right = max(pearson, adjusted)
astray = int((np.sign(given) != np.sign(counts - expected)).to_numpy().sum())
total, squares = float(np.nansum(given)), float(np.nansum(given**2))
largest = float(np.nan_to_num(np.abs(given)).max())
