"""A file of wines, and the map of what was measured in them."""

import numpy as np
import pandas as pd
import seaborn as sns

read = "index_col=0"
call = "corr()"
mask = "nothing"
trim = "all of it"
limits = "from the data"

match read:
    case "read_csv(path)":
        wine = pd.read_csv("wine.csv")
    case "index_col=0":
        wine = pd.read_csv("wine.csv", index_col=0)
    case 'index_col="cultivar"':
        wine = pd.read_csv("wine.csv", index_col="cultivar")

message = ""
try:
    r = wine.corr() if call == "corr()" else wine.corr(numeric_only=True)
except ValueError as error:
    message = str(error)
    print(f"ValueError: {message}")

if not message:
    ones_everywhere = np.ones_like(r, dtype=bool)
    match mask:
        case "nothing":
            hides = np.zeros_like(ones_everywhere)
        case "np.triu(ones)":
            hides = np.triu(ones_everywhere)
        case "np.triu(ones, k=1)":
            hides = np.triu(ones_everywhere, k=1)
        case "np.tril(ones)":
            hides = np.tril(ones_everywhere)
    shown = r
    if trim == ".iloc[1:, :-1]":
        shown, hides = r.iloc[1:, :-1], hides[1:, :-1]
    elif trim == ".iloc[:-1, 1:]":
        shown, hides = r.iloc[:-1, 1:], hides[:-1, 1:]
    match limits:
        case "from the data":
            axes = sns.heatmap(shown, mask=hides, cmap="coolwarm")
        case "center=0":
            axes = sns.heatmap(shown, mask=hides, cmap="coolwarm", center=0)
        case "-1 to 1":
            axes = sns.heatmap(shown, mask=hides, cmap="coolwarm", vmin=-1, vmax=1)

# The numbers that the step names
pair = None
outcome = "error" if message else "matrix"
of_all = pd.read_csv("wine.csv").corr(numeric_only=True)
wines = len(wine)
measured = len(of_all)
ranked = of_all.mask(np.triu(np.ones_like(of_all, dtype=bool)))
ranked = ranked.melt(var_name="with", value_name="r", ignore_index=False).dropna()
ranked = ranked.sort_values("r", key=abs, ascending=False)
pairs = len(ranked)
strongest = f"{ranked['with'].iloc[0]}, {ranked.index[0]}"
strongest_r, next_r = ranked["r"].iloc[0], abs(ranked["r"].iloc[1])

columns = visible = ones = once = empty_rows = empty_columns = 0
low = high = neutral = 0.0
if not message:
    columns = len(r)
    names = [frozenset((shown.index[i], shown.columns[j])) for i, j in np.argwhere(~hides)]
    visible = len(names)
    ones = sum(len(name) == 1 for name in names)
    once = sum(names.count(name) == 1 for name in names if len(name) == 2)
    empty_rows = int(hides.all(axis=1).sum())
    empty_columns = int(hides.all(axis=0).sum())
    low, high = axes.collections[0].get_clim()
    neutral = 0.0 if limits == "center=0" else (low + high) / 2
if pair:
    pair_r = of_all.loc[*pair.split(", ")]
