"""The lower triangle with its numbers, and its pairs from weak to strong."""

import numpy as np
import pandas as pd
import seaborn as sns

decimals = 2

highway = pd.read_csv("highway.csv", index_col=0)
r = highway.corr(numeric_only=True)
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
lowest, second_lowest, *_, second_highest, highest = ranked["with"] + "–" + ranked.index
lowest_r, second_lowest_r, *_, second_highest_r, highest_r = ranked["r"]
trucks_r = r.loc["rate", "trks"]
