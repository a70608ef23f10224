"""The tutorials' loop of p-values, as printed and repaired."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.stats import pearsonr
from statsmodels.stats.multitest import multipletests

loop = "as printed"
diagonal = "stays 1"
adjust = False
matrix = "p"

air = pd.read_csv("airquality.csv")[["Ozone", "Solar.R", "Wind", "Temp"]]
table = air.dropna() if loop == "complete days only" else air
names = air.columns
upper = np.triu_indices(4, 1)

r = pd.DataFrame(np.eye(4), names, names)
n = pd.DataFrame(len(table), names, names)
p = pd.DataFrame(np.ones((4, 4)), names, names)
for row in names:
    for column in names:
        pair = table[[row, column]]
        if loop == "each pair's own days":
            pair = pair.dropna()
        n.loc[row, column] = len(pair)
        if row != column:
            r.loc[row, column], p.loc[row, column] = pearsonr(pair[row], pair[column])

message = ""
match diagonal:
    case "fill p.values":
        try:
            np.fill_diagonal(p.values, np.nan)
        except ValueError as error:
            message = str(error)
    case "fill a copy":
        array = p.to_numpy(copy=True)
        np.fill_diagonal(array, np.nan)
        p = pd.DataFrame(array, names, names)

if adjust:
    array = p.to_numpy(copy=True)
    tested = ~np.isnan(array[upper])
    adjusted = array[upper]
    adjusted[tested] = multipletests(adjusted[tested], method="holm")[1]
    array[upper] = array.T[upper] = adjusted
    p = pd.DataFrame(array, names, names)

shown = {"p": p, "n": n, "r": r}[matrix]
print(shown)
limits = {"p": (0, 1), "n": (0, len(air)), "r": (-1, 1)}[matrix]
colours = "RdBu_r" if matrix == "r" else "viridis"
sns.heatmap(shown, annot=True, fmt=".3g", vmin=limits[0], vmax=limits[1], cmap=colours)

# The numbers that the step names
answer = None
has = air.notna().astype(int)
own = has.T @ has  # the days that each pair shares
days, pairs = len(air), len(upper[0])
ozone_missing, sun_missing = air["Ozone"].isna().sum(), air["Solar.R"].isna().sum()
without = p.isna().to_numpy()[upper].sum()
lost = (own - n).clip(lower=0).to_numpy()[upper].sum()
diagonal_is_empty = bool(np.isnan(np.diagonal(p)).all())
pandas_major = int(pd.__version__.split(".")[0])

full = air.dropna()
own_r, complete_r = air["Ozone"].corr(air["Wind"]), full["Ozone"].corr(full["Wind"])
own_wind_temp = air["Wind"].corr(air["Temp"])
complete_wind_temp = full["Wind"].corr(full["Temp"])
own_n, complete_n = own.loc["Ozone", "Wind"], len(full)
fewest, most = own.to_numpy()[upper].min(), own.to_numpy()[upper].max()
