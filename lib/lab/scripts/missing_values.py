"""Which cells are missing, and whether they go together."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats
from statsmodels.stats.multitest import multipletests

view = "cells"
level = "5 %"
names = ["x", "y"]
numbers = ["x", "y"]
left_out = 0

table = pd.read_csv("table.csv")
missing = table[names].isna()
gaps = missing.loc[:, missing.any() & ~missing.all()].astype(float)
together = gaps.corr()

if view == "cells":
    bands = np.arange(len(table)) * min(len(table), 60) // len(table)
    shown = missing.astype(float).groupby(bands).mean()
    sns.heatmap(shown, vmin=0, vmax=1, cmap="viridis")
else:
    mask = np.triu(np.ones(together.shape, dtype=bool))
    sns.heatmap(together, mask=mask, vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
row_count, column_count = missing.shape
cell_count, missing_count = missing.size, int(missing.to_numpy().sum())
missing_percent = 100 * missing_count / cell_count
gappy_count, empty_count = int(missing.any().sum()), int(missing.all().sum())
worst, worst_percent = missing.mean().idxmax(), 100 * missing.mean().max()
complete_rows = len(table[names].dropna())
lost_percent = 100 * (1 - complete_rows / row_count)
band_rows = int(np.ceil(row_count / 60))

together_x, together_y, together_r = "", "", 0.0
if len(together) > 1:
    pairs_of_gaps = [
        (together.loc[x, y], x, y)
        for place, x in enumerate(together)
        for y in list(together)[place + 1 :]
    ]
    together_r, together_x, together_y = max(pairs_of_gaps, key=lambda pair: pair[0])

# The column of numbers that tells most about where another is missing
tests = []
for gap in gaps:
    for name in numbers:
        shared = table[name].notna()
        x, y = gaps.loc[shared, gap], table.loc[shared, name]
        if len(x) > 2 and np.ptp(x) > 0 and np.ptp(y) > 0:
            tests.append((gap, name, *stats.pearsonr(x, y)))
depends, depends_on, depends_word, depends_r, depends_p = "", "", "", 0.0, 1.0
if tests:
    p = np.array([test[3] for test in tests])
    first = int((p <= p.min() * (1 + 1e-9)).argmax())  # of equal ones the first
    depends, depends_on, depends_r, _ = tests[first]
    depends_word = "higher" if depends_r > 0 else "lower"
    depends_p = multipletests(p, method="holm")[1][first]
