"""A correlation map with the rows, the p-values and the intervals of its pairs."""

from itertools import permutations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from scipy import special, stats
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist, squareform
from statsmodels.stats.multitest import multipletests

columns = ["x", "y"]
against = []
method = "Pearson"
half = "lower half"
order = "as filed"
cells = "value"
marks = "pale"
adjust = "Holm"
level = "5 %"
weights = "none"
weights_are = "a survey's weights"
numbers = ["x", "y"]
categories = []
ordered = []
dates = []
identifiers = []
crossed = []
amounts = []
beside = []
row_counts = ""
dropped = []
left_out = 0

table = pd.read_csv("table.csv")
data = table[columns].copy()
for date in dates:
    data[date] = (data[date] - data[date].min()) / pd.Timedelta(days=1)
data = data.astype(float)
weight = np.ones(len(table)) if weights == "none" else table[weights].to_numpy(dtype=float)
data, weight = data[weight > 0], weight[weight > 0]
name_of = {"by kind": "pearson"}.get(method, method.lower())
alpha = float(level.split()[0]) / 100


def exactly(x, y, statistic):
    """The share of all orders of y in which the statistic is at least as large."""
    orders = np.array(list(permutations(y)))
    found = np.abs(statistic(x, orders))
    return (found >= abs(statistic(x, np.array([y]))[0]) * (1 - 1e-9)).mean()


def products(x, orders):
    return orders @ (x - x.mean())


def agreements(x, orders):
    signs = np.sign(x[:, np.newaxis] - x)
    return sum(
        signs[i, j] * np.sign(orders[:, i] - orders[:, j]) for i in range(len(x)) for j in range(i)
    )


def measured(x, y):
    """The coefficient, the rows that count, p, and the ends of the interval."""
    shared = (x.notna() & y.notna()).to_numpy()
    a, b, w = x[shared].to_numpy(), y[shared].to_numpy(), weight[shared]
    counted = w.sum() if weights_are == "counts of rows" else len(a)
    effective = counted
    if weights != "none" and weights_are == "a survey's weights":
        effective = w.sum() ** 2 / (w**2).sum() if len(a) else 0
    if counted < 3 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return np.nan, counted, np.nan, np.nan, np.nan
    if name_of == "kendall":
        found = stats.kendalltau(a, b)
        r, p = found.statistic, found.pvalue
        ties = len(set(a)) < len(a) or len(set(b)) < len(b)
        if len(a) <= 9 and ties:
            p = exactly(a, b, agreements)
        elif len(a) <= 33 and not ties:
            p = stats.kendalltau(a, b, method="exact").pvalue
        error = np.sqrt(0.437 / (counted - 4)) if counted > 4 else np.nan
    else:
        if name_of == "spearman":
            a, b = stats.rankdata(a), stats.rankdata(b)
        covariance = np.cov(a, b, aweights=w)
        r = covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1])
        r = np.clip(np.sign(r) if abs(abs(r) - 1) < 1e-14 else r, -1, 1)
        with np.errstate(divide="ignore"):
            t = r * np.sqrt((effective - 2) / (1 - r**2))
        p = 2 * stats.t.sf(abs(t), effective - 2)
        if name_of == "spearman" and len(a) <= 9:
            p = exactly(a, b, products)
        elif name_of == "spearman":  # no p is less than that of one order and its reverse
            ties = np.unique(a, return_counts=True)[1]
            orders = special.gammaln(len(a) + 1) - special.gammaln(ties + 1).sum()
            p = max(p, 2 * np.exp(-orders))
        spread = 1 + r**2 / 2 if name_of == "spearman" else 1
        error = np.sqrt(spread / (effective - 3)) if effective > 3 else np.nan
    if abs(r) == 1:
        return r, counted, p, np.nan, np.nan
    reach = stats.norm.isf(0.025) * error
    return r, counted, p, np.tanh(np.arctanh(r) - reach), np.tanh(np.arctanh(r) + reach)


if against:
    rows = [name for name in columns if name not in against]
    cells_of = [(x, y) for x in rows for y in against]
else:
    rows, against = columns, columns
    cells_of = [(x, y) for place, x in enumerate(columns) for y in columns[place + 1 :]]
measures = [measured(data[x], data[y]) for x, y in cells_of]
pairs = pd.DataFrame(cells_of, columns=["x", "y"])
pairs[["value", "n", "p", "low", "high"]] = measures
pairs["p_adjusted"] = pairs["p"]
tests = pairs["p"].notna()
if tests.any() and adjust != "none":
    way = {"BH": "fdr_bh", "BY": "fdr_by"}.get(adjust, adjust.lower())
    pairs.loc[tests, "p_adjusted"] = multipletests(pairs.loc[tests, "p"], method=way)[1]
pairs = pairs.sort_values(
    "value", key=lambda r: -r.abs().round(10), kind="stable", ignore_index=True
)
print(pairs)

value = pd.DataFrame(np.nan, rows, against)
p_adjusted = value.copy()
for pair in pairs.itertuples():
    for x, y in {(pair.x, pair.y), (pair.y, pair.x)}:
        if x in rows and y in against:
            value.loc[x, y], p_adjusted.loc[x, y] = pair.value, pair.p_adjusted


def leaves(distances):
    tree = hierarchy.linkage(distances, "average")
    return hierarchy.leaves_list(tree)


if order == "by name":
    value = value.sort_index(key=lambda names: names.str.casefold())
    value = value[sorted(value, key=str.casefold)]
elif order == "clustered" and rows == against and len(rows) > 2:
    apart = 1 - value.abs().fillna(0).to_numpy()
    np.fill_diagonal(apart, 0)
    places = leaves(squareform(apart, checks=False))
    value = value.iloc[places, places]
elif order == "clustered" and rows != against:
    strength = value.abs().fillna(0)
    if len(rows) > 2:
        value = value.iloc[leaves(pdist(strength))]
    if len(against) > 2:
        value = value.iloc[:, leaves(pdist(strength.T))]
p_adjusted = p_adjusted.loc[value.index, value.columns]

mask, kept = np.zeros(value.shape, dtype=bool), np.s_[:, :]
if rows == against:
    np.fill_diagonal(mask, True)
if rows == against and len(rows) > 1:
    if half == "lower half":
        mask, kept = np.triu(mask | True), np.s_[1:, :-1]
    elif half == "upper half":
        mask, kept = np.tril(mask | True), np.s_[:-1, 1:]
drawn, significant, mask = value.iloc[kept], (p_adjusted < alpha).iloc[kept], mask[kept]
texts = drawn.map("{:.2f}".format)
if marks == "stars":
    texts += np.where(significant, "*", "")
is_small = max(drawn.shape) <= 30 and cells == "value"
side = 0.5 if is_small else 0.3
plt.figure(figsize=(3 + side * drawn.shape[1], 2 + side * drawn.shape[0]), layout="constrained")
style = {
    "annot": texts if is_small else None,
    "fmt": "",
    "xticklabels": True,
    "yticklabels": True,
    "vmin": -1,
    "vmax": 1,
    "cmap": "RdBu_r",
}
sns.heatmap(drawn, mask=mask | ~significant if marks == "pale" else mask, **style)
if marks == "pale":
    black = {"color": "black"}
    sns.heatmap(drawn, mask=mask | significant, alpha=0.3, cbar=False, annot_kws=black, **style)
    plt.title(f"Pale cells are not significant at {level}.")

# The numbers that the step names
map_columns, pair_count = len(columns), len(pairs)
fewest_rows = int(pairs["n"].min()) if pair_count else 0
dropped_count = len(dropped)
dropped_names = ", ".join(dropped[:3]) + f" and {dropped_count - 3} more"
if dropped_count < 4:
    dropped_names = " and ".join(filter(None, [", ".join(dropped[:-1]), *dropped[-1:]]))
tested_count = int(tests.sum())
significant_count = int((pairs["p_adjusted"] < alpha).sum())
uncorrected_count = int((pairs["p"] < alpha).sum())
line_count = tested_count if name_of == "pearson" else 0
rank_count = tested_count - line_count
undefined_count = int(pairs["value"].isna().sum())
unsigned_count, unsigned_kinds, unsigned_symbols, map_low = 0, 0, "", -1
measure_count = 1
by_chance = tested_count * alpha
strong_x, strong_y, strong_value, strong_count = "", "", np.nan, 0
strong_n, strong_low, strong_high = 0.0, np.nan, np.nan
strong_symbol = {"pearson": "r", "spearman": "ρ", "kendall": "τ"}[name_of]
if pairs["value"].notna().any():
    strong_x, strong_y, strong_value, strong_n, _, strong_low, strong_high, _ = pairs.iloc[0]
    sizes = pairs["value"].abs().round(10)
    strong_count = int((sizes == sizes[0]).sum())
else:
    strong_symbol = "r"
