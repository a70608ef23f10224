"""Five numbers of nations: bends straightened, limits that say what zero is, signs side by side."""

import numpy as np
import pandas as pd
import seaborn as sns

gdp = "as it is"
mortality = "as it is"
limits = "from the data"
by_sign = False

un = pd.read_csv("un.csv", index_col="country").select_dtypes("number").dropna()
income, deaths = un["ppgdp"], un["infantMortality"]
straightened = {"as it is": lambda values: values, "log": np.log, "rank": pd.Series.rank}
un["ppgdp"] = straightened[gdp](income)
un["infantMortality"] = straightened[mortality](deaths)

r = un.corr()
if by_sign:
    order = r["lifeExpF"].sort_values(ascending=False).index
    r = r.loc[order, order]

match limits:
    case "from the data":
        low, high = r.min().min(), r.max().max()
    case "0 to 1":
        low, high = 0.0, 1.0
    case "−1 to 1":
        low, high = -1.0, 1.0
sns.heatmap(r, vmin=low, vmax=high, cmap="RdBu_r", annot=True, fmt=".2f")

# The numbers that the step names
nations, columns = un.shape
pairs = columns * (columns - 1) // 2
income_decades = np.log10(income.max() / income.min())
deaths_decades = np.log10(deaths.max() / deaths.min())
raw_r = income.corr(deaths)
one_log_r = np.log(income).corr(deaths)
log_r = np.log(income).corr(np.log(deaths))
rho = income.corr(deaths, method="spearman")

goal = 0.85
shown_r = r.loc["ppgdp", "infantMortality"]
below = r.to_numpy()[np.tril_indices(columns, -1)]
negative = int((below < 0).sum())
changes = int((np.diff(np.sign(r.to_numpy()), axis=1) != 0).sum())
neutral = (low + high) / 2
lost = int((below < low).sum())
print(f"r = {shown_r:.3f}; the middle of the colours is {neutral:.2f}")
