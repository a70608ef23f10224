"""A survey before a vote: regions by answers, and which of them are far from the expected."""

import numpy as np
import pandas as pd
import seaborn as sns
from statsmodels.stats.contingency_tables import Table

says = "how many"
colours = "sequential"

chile = pd.read_csv("chile.csv")
regions = {"C": "centre", "M": "around the capital", "N": "north", "S": "south", "SA": "capital"}
answers = {"A": "abstain", "N": "no", "U": "undecided", "Y": "yes"}
counts = pd.crosstab(chile["region"].map(regions), chile["vote"].map(answers))
crossed = Table(counts, shift_zeros=False)

shown = {
    "how many": counts,
    "share of the region": counts.div(counts.sum(axis="columns"), axis="index"),
    "share of the answer": counts / counts.sum(),
    "beyond what both expect": crossed.standardized_resids,
}[says]
if colours == "diverging":
    high = shown.abs().max().max()
    sns.heatmap(shown, vmin=-high, vmax=high, cmap="RdBu_r", annot=True, fmt=".4g")
else:
    sns.heatmap(shown, cmap="viridis", annot=True, fmt=".4g")

# The numbers that the step names
region = None
answer = None


def front(values):
    """The cell with the largest number."""
    row, column = np.unravel_index(values.to_numpy().argmax(), values.shape)
    return values.index[row], values.columns[column]


year, nearly_none = 1988, 0.01
people, regions = int(counts.to_numpy().sum()), len(counts)
alike = crossed.fittedvalues
if says == "share of the region":
    alike = alike.div(alike.sum(axis="columns"), axis="index")
elif says == "share of the answer":
    alike = alike / alike.sum()
elif says == "beyond what both expect":
    alike = alike - crossed.fittedvalues
idle = np.var(alike.to_numpy()) / np.var(shown.to_numpy())
high = float(shown.abs().max().max()) if colours == "diverging" else float(shown.max().max())
low = -high if colours == "diverging" else float(shown.min().min())
residuals = crossed.standardized_resids
named = 0.0 if region is None or answer is None else residuals.loc[region, answer]
farthest_region, farthest_answer = front(residuals.abs())
farthest = residuals.loc[farthest_region, farthest_answer]
observed = int(counts.loc[farthest_region, farthest_answer])
expected = crossed.fittedvalues.loc[farthest_region, farthest_answer]
most_region, most_answer = front(counts)
most_count = int(counts.to_numpy().max())
of_region = counts.div(counts.sum(axis="columns"), axis="index")
of_region_region, of_region_answer = front(of_region)
of_answer_region, of_answer_answer = front(counts / counts.sum())
