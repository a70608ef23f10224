"""Every pair with its n, its interval, and a p that is adjusted for all of them."""

from itertools import combinations

import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

table = pd.read_csv("highway.csv", index_col=0).select_dtypes("number")

rows = []
for x, y in combinations(table, 2):
    both = table[[x, y]].dropna()
    found = stats.pearsonr(both[x], both[y])
    interval = found.confidence_interval(0.95)
    rows.append((x, y, len(both), found.statistic, interval.low, interval.high, found.pvalue))
pairs = pd.DataFrame(rows, columns=["x", "y", "n", "r", "low", "high", "p"])
pairs["holm"] = multipletests(pairs["p"], method="holm")[1]
print(pairs.sort_values("p").round(3).to_string(index=False))
