"""Income and infant mortality of nations, on axes that were bent."""

import numpy as np
import pandas as pd
import seaborn as sns

income = "as it is"
mortality = "as it is"

un = pd.read_csv("un.csv", index_col="country")
nations = un[["ppgdp", "infantMortality"]].dropna()
bends = {
    "as it is": lambda values: values,
    "log": np.log,
    "square root": np.sqrt,
    "square": np.square,
    "reciprocal": lambda values: 1 / values,
    "rank": lambda values: values.rank(),
}
x = bends[income](nations["ppgdp"])
y = bends[mortality](nations["infantMortality"])

r = x.corr(y)
rho = x.corr(y, method="spearman")
tau = x.corr(y, method="kendall")
print(r, rho, tau)

sns.scatterplot(x=x, y=y)

# The numbers that the step names
n = len(nations)
r_before = nations["ppgdp"].corr(nations["infantMortality"])
rho_before = nations["ppgdp"].corr(nations["infantMortality"], method="spearman")
r_one_out = min(nations.drop(index=name).corr().iloc[0, 1] for name in nations.index)
order_kept = bool(abs(abs(rho) - abs(rho_before)) < 1e-9)
wanted = 0.85
