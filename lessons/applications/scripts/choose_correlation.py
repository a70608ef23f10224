"""The recipe for columns, twice, where colour says who goes together: a correlation."""

import numpy as np
import pandas as pd
import seaborn as sns

un = pd.read_csv("un.csv", index_col="country").select_dtypes("number").dropna()
bent = ["ppgdp", "infantMortality"]
un[bent] = np.log(un[bent])
r = un.corr()
order = r["lifeExpF"].sort_values(ascending=False).index

shown = r.loc[order, order]
low, high = -1.0, 1.0
sns.heatmap(shown, vmin=low, vmax=high, cmap="RdBu_r", annot=True, fmt=".2f")

# The numbers that the step names
axes = "columns, twice"
meaning = "who goes together"
returns = None
mail = None
blood = None

recipes, recipe, fits = 8, "correlation", True
rows, columns = shown.shape
largest = shown.to_numpy().max()
low, high = float(low), float(high)
