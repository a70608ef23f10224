"""The lower triangle with its numbers, and its pairs from weak to strong."""

import numpy as np
import pandas as pd
import seaborn as sns

decimals = 2
left_out = 0

highway = pd.read_csv("highway.csv", index_col=0)
roads = highway.drop(index=left_out) if left_out else highway
r = roads.corr(numeric_only=True)
mask = np.triu(np.ones_like(r, dtype=bool))
ranked = r.mask(mask).melt(var_name="with", value_name="r", ignore_index=False)
ranked = ranked.dropna().sort_values("r")
print(ranked)

sns.heatmap(
    r.iloc[1:, :-1],
    mask=mask[1:, :-1],
    vmin=-1,
    vmax=1,
    cmap="RdBu_r",
    annot=True,
    fmt=f".{decimals}f",
)

# The numbers that the step names
positive = None
negative = None

sections = len(highway)
of_all = highway.corr(numeric_only=True)
pairs = of_all.mask(mask).melt(var_name="with", value_name="r", ignore_index=False)
pairs = pairs.dropna().sort_values("r")
lowest, second_lowest, *_, highest = pairs["with"] + "–" + pairs.index
lowest_r, second_lowest_r, *_, highest_r = pairs["r"]


def r_of(r, pair):
    x, y = pair.split("–")
    return r.loc[x, y]


positive_r = r_of(of_all, positive) if positive else 0.0
negative_r = r_of(of_all, negative) if negative else 0.0
lowest_now, second_now = r_of(r, lowest), r_of(r, second_lowest)
is_turned = bool(second_now < lowest_now)

without = [highway.drop(index=section).corr(numeric_only=True) for section in highway.index]
turned = sum(r_of(r, second_lowest) < r_of(r, lowest) for r in without)
