"""Your own ranks of nations, and Pearson's r of them."""

import numpy as np
import pandas as pd
import seaborn as sns

un = pd.read_csv("un.csv", index_col="country")
nations = un[["ppgdp", "infantMortality"]]

ranks = nations
# What you write: lines
# Until here

sns.pairplot(ranks)

# The numbers that the step names
complete = len(nations.dropna())
rows, columns = ranks.shape
gaps = int(ranks.isna().any(axis=1).sum())
r = np.nan_to_num(ranks.corr().iloc[0, 1]) if columns == 2 else 0.0
rho = nations.corr(method="spearman").iloc[0, 1]
r_of_values = np.corrcoef(nations.dropna(), rowvar=False)[0, 1]
ranked_first = nations.rank().corr().iloc[0, 1]
nations = len(nations)
