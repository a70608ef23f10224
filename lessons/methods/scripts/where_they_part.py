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

highway = pd.read_csv("highway.csv", index_col=0)
numbers = highway.select_dtypes("number")
difference = numbers.corr(method=first.lower()) - numbers.corr(method=second.lower())

shown = difference.loc[columns, columns]
mask = np.triu(np.ones_like(shown, dtype=bool))
sns.heatmap(shown, mask=mask, vmin=-0.4, vmax=0.4, cmap="RdBu_r")

# The numbers that the step names
because = None
r, rho, tau = (numbers.corr(method=name) for name in ("pearson", "spearman", "kendall"))
if pair:
    chosen_difference = abs((rho - r).loc[tuple(pair.split("–"))])
both = pd.DataFrame(
    [
        (f"{x}–{y}", r.loc[x, y], rho.loc[x, y], tau.loc[x, y])
        for i, x in enumerate(numbers)
        for y in numbers.columns[i + 1 :]
    ],
    columns=["pair", "r", "rho", "tau"],
).set_index("pair")
pairs = len(both)
larger = both["rho"].abs() > both["r"].abs()
rho_larger, larger_share = int(larger.sum()), larger.mean()
largest = (both["rho"] - both["r"]).abs().idxmax()
largest_r, largest_rho = both.loc[largest, ["r", "rho"]]
largest_difference = largest_rho - largest_r
tau_smaller = int((both["tau"].abs() < both["rho"].abs()).sum())
skewed_columns = int((numbers.skew() > 1).sum())

# Without one section, without the four with the most traffic, and with ties broken
busiest = "Four"
x, y = (numbers[name] for name in largest.split("–"))


def gap_of(x, y):
    return x.corr(y, method="spearman") - x.corr(y)


gap_without_one = min(gap_of(x.drop(row), y.drop(row)) for row in x.index)
far = x.nlargest(4).index
busiest_are_freeways = bool((highway.loc[far, "htype"] == "FAI").all())
busiest_signals = (highway["sigs1"] - 1 / highway["len"])[far].max()  # sigs1 adds one a section
calm_r = x.drop(far).corr(y.drop(far))
calm_rho = x.drop(far).corr(y.drop(far), method="spearman")
untied_rho = x.rank(method="first").corr(y.rank())
