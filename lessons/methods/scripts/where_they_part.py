"""One correlation map less another, of the highway."""

import numpy as np
import pandas as pd
import seaborn as sns

first = "Spearman"
second = "Pearson"
pair = None
columns = [
    "rate",
    "len",
    "adt",
    "trks",
    "sigs1",
    "slim",
    "shld",
    "lane",
    "acpt",
    "itg",
    "lwid",
]

numbers = pd.read_csv("highway.csv", index_col=0).select_dtypes("number")
difference = numbers.corr(method=first.lower()) - numbers.corr(method=second.lower())

shown = difference.loc[columns, columns]
mask = np.triu(np.ones_like(shown, dtype=bool))
sns.heatmap(shown, mask=mask, vmin=-0.4, vmax=0.4, cmap="RdBu_r")

# The numbers that the step names
if pair:
    chosen_difference = difference.loc[tuple(pair.split("–"))]
r, rho = numbers.corr(), numbers.corr(method="spearman")
both = pd.DataFrame(
    [
        (f"{x}–{y}", r.loc[x, y], rho.loc[x, y])
        for i, x in enumerate(numbers)
        for y in numbers.columns[i + 1 :]
    ],
    columns=["pair", "r", "rho"],
).set_index("pair")
pairs = len(both)
larger = both["rho"].abs() > both["r"].abs()
rho_larger, larger_share = int(larger.sum()), larger.mean()
largest = (both["rho"] - both["r"]).abs().idxmax()
largest_r, largest_rho = both.loc[largest]
largest_difference = largest_rho - largest_r
