"""Holm's adjustment by hand, and the stars that it leaves."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats
from statsmodels.stats.multitest import multipletests

highway = pd.read_csv("highway.csv", index_col=0).select_dtypes("number")
names = highway.columns
p = pd.Series(
    {
        f"{x}–{y}": stats.pearsonr(highway[x], highway[y]).pvalue
        for i, x in enumerate(names)
        for y in names[i + 1 :]
    }
).sort_values()

adjusted = p
# What you write: lines
# Until here

adjusted = pd.Series(adjusted, p.index)
r = highway.corr()
text = r.round(2).astype(str)
for pair in adjusted.index[adjusted < 0.05]:
    x, y = pair.split("–")
    text.loc[y, x] += "★"
hidden = np.triu(np.ones_like(r, dtype=bool))
sns.heatmap(
    r.iloc[1:, :-1],
    mask=hidden[1:, :-1],
    annot=text.iloc[1:, :-1],
    fmt="",
    vmin=-1,
    vmax=1,
    cmap="RdBu_r",
)

# The numbers that the step names
pairs, columns = len(p), len(names)
by_holm = multipletests(p, method="holm")[1]
by_bonferroni = multipletests(p, method="bonferroni")[1]
raw, holm, stars = (int((one < 0.05).sum()) for one in (p, by_holm, adjusted))
first_times, second_times = np.nan_to_num((adjusted / p).to_numpy())[:2]
falls, above_one = int((adjusted.diff() < 0).sum()), int((adjusted > 1).sum())
wrong = int((~np.isclose(adjusted, by_holm, rtol=1e-9, atol=0)).sum())
powers = [multipletests(p, method=method)[1] for method in ("holm-sidak", "sidak")]
is_power = any(np.allclose(adjusted, power, rtol=1e-6, atol=1e-9) for power in powers)
by_hochberg = multipletests(p, method="simes-hochberg")[1]
is_hochberg = bool(np.allclose(adjusted, by_hochberg, rtol=1e-9, atol=0))
is_bonferroni = bool(np.allclose(adjusted.clip(upper=1), by_bonferroni, rtol=1e-9, atol=0))
