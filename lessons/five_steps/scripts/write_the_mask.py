"""Your own mask, and the heatmap that it leaves."""

import numpy as np
import pandas as pd
import seaborn as sns

highway = pd.read_csv("highway.csv", index_col=0)
r = highway.corr(numeric_only=True)

shown = r
# What you write: lines
# Until here

sns.heatmap(shown, vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")

# The numbers that the step names
hidden = r.mask(np.triu(np.ones_like(r, dtype=bool)))
rows_of_r = len(r)
kept_by_any = len(hidden.dropna())
kept_by_all = len(hidden.dropna(how="all"))
rows, columns = shown.shape
pairs = rows_of_r * (rows_of_r - 1) // 2
seen = [
    (row, column)
    for row in shown.index
    for column in shown.columns
    if pd.notna(shown.loc[row, column])
]
visible = len(seen)
ones = sum(row == column for row, column in seen)
names = [frozenset(cell) for cell in seen if len(set(cell)) == 2]
shown_pairs = len(set(names))
once = sum(names.count(pair) == 1 for pair in names)
empty_rows = int(shown.isna().all(axis=1).sum())
empty_columns = int(shown.isna().all(axis=0).sum())
wrong = sum(not np.isclose(shown.loc[cell], r.loc[cell]) for cell in seen)
