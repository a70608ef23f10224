"""A map of a table of numbers and categories: each pair by the measure that its kinds allow."""

from itertools import permutations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from scipy import special, stats
from scipy.cluster import hierarchy
from scipy.optimize import brentq
from scipy.spatial.distance import pdist, squareform
from statsmodels.stats.multitest import multipletests

columns = ["x", "y"]
against = []
method = "by kind"
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
for name in ordered:
    data[name] = data[name].cat.codes.where(data[name].notna()).astype(float)
alpha = float(level.split()[0]) / 100
undefined = ("", np.nan, np.nan, np.nan, np.nan)


def kind(name):
    return "order" if name in ordered else "words" if name in categories else "number"


def noncentral(share_below, largest):
    """With which a statistic has 97.5 % below it, and 2.5 %; found by their roots."""

    def excess(root, share):
        return np.nan_to_num(share_below(root**2)) - share

    while excess(largest, 0.025) > 0:
        largest *= 2

    return np.array(
        [
            brentq(excess, 0, largest, (share,), xtol=1e-13) ** 2 if excess(0, share) > 0 else 0.0
            for share in (0.975, 0.025)
        ]
    )


def exactly(x, y):
    """The share of all orders of y in which its ranks agree at least as much with x."""
    x = x - x.mean()
    agreement = abs(np.array(list(permutations(y))) @ x)
    return (agreement >= abs(y @ x) * (1 - 1e-9)).mean()


def correlation(x, y, n, by_rank):
    if by_rank:
        x, y = x.rank(), y.rank()
    r = np.clip(x.corr(y), -1, 1)
    r = np.sign(r) if abs(abs(r) - 1) < 1e-14 else r
    p = np.nan
    if n > 2:
        with np.errstate(divide="ignore"):
            p = 2 * stats.t.sf(abs(r * np.sqrt((n - 2) / (1 - r**2))), n - 2)
    if by_rank and n <= 9:
        p = exactly(x.to_numpy(), y.to_numpy())
    elif by_rank:  # no p is less than that of one order and its reverse
        ties = x.value_counts().to_numpy()
        orders = special.gammaln(n + 1) - special.gammaln(ties + 1).sum()
        p = max(p, 2 * np.exp(-orders))
    if n < 4 or abs(r) == 1:
        return ("ρ" if by_rank else "r"), r, p, np.nan, np.nan
    reach = stats.norm.isf(0.025) * np.sqrt((1 + r**2 / 2 if by_rank else 1) / (n - 3))
    low, high = np.tanh(np.arctanh(r) - reach), np.tanh(np.arctanh(r) + reach)
    return ("ρ" if by_rank else "r"), r, p, low, high


def correlation_ratio(words, values, n, by_rank):
    if by_rank:
        values = values.rank()
    between, within = words.nunique() - 1, n - words.nunique()
    means = values.groupby(words, observed=True).transform("mean")
    explained = ((means - values.mean()) ** 2).sum() / ((values - values.mean()) ** 2).sum()
    eta = 0.0  # without what chance adds: the root of epsilon squared
    if within > 0:
        eta = np.sqrt(max(0, 1 - (1 - min(explained, 1)) * (n - 1) / within))
    symbol = "η of ranks" if by_rank else "η"
    if by_rank:
        return symbol, eta, stats.chi2.sf((n - 1) * explained, between), np.nan, np.nan
    if within < 1:
        return symbol, eta, np.nan, np.nan, np.nan
    if explained > 1 - 1e-14:
        return symbol, 1.0, 0.0, np.nan, np.nan
    f = explained / between / ((1 - explained) / within)
    if f * between > 1e9:  # where noncentral F takes minutes, it is at its limit
        ends = f * between / within * stats.chi2.isf([0.975, 0.025], within)
    else:
        ends = noncentral(lambda nc: stats.ncf.cdf(f, between, within, nc), 2 * np.sqrt(n * f))
    return symbol, eta, stats.f.sf(f, between, within), *np.sqrt(ends / (ends + n))


def cramers_v(x, y):
    counts = pd.crosstab(x, y)
    n, (r, k) = counts.to_numpy().sum(), counts.shape
    chi2 = stats.chi2_contingency(counts, correction=False)
    phi2 = max(0, chi2.statistic / n - (r - 1) * (k - 1) / (n - 1))
    sides = min(side - (side - 1) ** 2 / (n - 1) for side in (r, k)) - 1
    v = min(1, np.sqrt(phi2 / sides)) if sides > 0 else 0.0
    ends = noncentral(
        lambda nc: stats.ncx2.cdf(chi2.statistic, chi2.dof, nc), 2 * np.sqrt(n * min(r, k))
    )
    return "V", v, chi2.pvalue, *np.minimum(1, np.sqrt(ends / n / (min(r, k) - 1)))


def measured(x, y):
    """The symbol, the value, p, and the ends of the interval; last, the rows."""
    pair = data[[x, y]].dropna()
    x, y = sorted((x, y), key=lambda name: ("words", "order", "number").index(kind(name)))
    kinds, n = (kind(x), kind(y)), len(pair)
    if ("words" not in kinds and n < 3) or n < 2 or (pair.nunique() < 2).any():
        symbol = {"words words": "V", "words order": "η of ranks", "words number": "η"}
        by = "ρ" if "order" in kinds else "r"
        return symbol.get(" ".join(kinds), by), *undefined[1:], n
    if kinds == ("words", "words"):
        return *cramers_v(pair[x], pair[y]), n
    if "words" in kinds:
        return *correlation_ratio(pair[x], pair[y], n, kinds[1] == "order"), n
    return *correlation(pair[x], pair[y], n, "order" in kinds), n


if against:
    rows = [name for name in columns if name not in against]
    cells_of = [(x, y) for x in rows for y in against]
else:
    rows, against = columns, columns
    cells_of = [(x, y) for place, x in enumerate(columns) for y in columns[place + 1 :]]
pairs = pd.DataFrame(cells_of, columns=["x", "y"])
pairs[["symbol", "value", "p", "low", "high", "n"]] = [measured(x, y) for x, y in cells_of]
pairs["p_adjusted"] = pairs["p"]
tests = pairs["p"].notna()
if tests.any() and adjust != "none":
    way = {"BH": "fdr_bh", "BY": "fdr_by"}.get(adjust, adjust.lower())
    pairs.loc[tests, "p_adjusted"] = multipletests(pairs.loc[tests, "p"], method=way)[1]
pairs = pairs.sort_values(
    "value", key=lambda v: -v.abs().round(10), kind="stable", ignore_index=True
)
print(pairs)

value = pd.DataFrame(np.nan, rows, against)
p_adjusted, symbols = value.copy(), pd.DataFrame("", rows, against)
for pair in pairs.itertuples():
    for x, y in {(pair.x, pair.y), (pair.y, pair.x)}:
        if x in rows and y in against:
            value.loc[x, y], p_adjusted.loc[x, y] = pair.value, pair.p_adjusted
            symbols.loc[x, y] = pair.symbol


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
symbols = symbols.loc[value.index, value.columns]

mask, kept = np.zeros(value.shape, dtype=bool), np.s_[:, :]
if rows == against:
    np.fill_diagonal(mask, True)
if rows == against and len(rows) > 1:
    if half == "lower half":
        mask, kept = np.triu(mask | True), np.s_[1:, :-1]
    elif half == "upper half":
        mask, kept = np.tril(mask | True), np.s_[:-1, 1:]
drawn, significant, mask = value.iloc[kept], (p_adjusted < alpha).iloc[kept], mask[kept]
texts = symbols.iloc[kept] + "\n" + drawn.map("{:.2f}".format)
if marks == "stars":
    texts += np.where(significant, "*", "")
unsigned = ~pairs["symbol"].isin(["r", "ρ"])
limits, colours = (-1, 1), "RdBu_r"
if unsigned.any():  # what has no sign has no place on a scale with two arms
    drawn, limits, colours = drawn.abs(), (0, 1), "viridis"
is_small = max(drawn.shape) <= 30 and cells == "value"
side = 0.7 if is_small else 0.3
plt.figure(figsize=(3 + side * drawn.shape[1], 2 + side * drawn.shape[0]), layout="constrained")
style = {
    "annot": texts if is_small else None,
    "fmt": "",
    "xticklabels": True,
    "yticklabels": True,
    "vmin": limits[0],
    "vmax": limits[1],
    "cmap": colours,
}
sns.heatmap(drawn, mask=mask | ~significant if marks == "pale" else mask, **style)
if marks == "pale":
    black = {"color": "black"}
    sns.heatmap(drawn, mask=mask | significant, alpha=0.3, cbar=False, annot_kws=black, **style)
    plt.title(f"Pale cells are not significant at {level}.")

# The numbers that the step names
map_columns, pair_count = len(columns), len(pairs)
fewest_rows = int(pairs["n"].min()) if pair_count else 0
dropped_count, dropped_names = 0, ""
tested_count = int(tests.sum())
significant_count = int((pairs["p_adjusted"] < alpha).sum())
uncorrected_count = int((pairs["p"] < alpha).sum())
line_count = int((pairs["p"].notna() & (pairs["symbol"] == "r")).sum())
rank_count = int((pairs["p"].notna() & (pairs["symbol"] == "ρ")).sum())
undefined_count = int(pairs["value"].isna().sum())
unsigned_count, map_low = int(unsigned.sum()), 0 if unsigned.any() else -1
measure_count = pairs["symbol"].nunique()
unsigned_symbols = [each for each in ("η", "η of ranks", "V") if each in set(pairs["symbol"])]
unsigned_kinds, unsigned_symbols = len(unsigned_symbols), ", ".join(unsigned_symbols)
unsigned_symbols = " and ".join(unsigned_symbols.rsplit(", ", 1))
by_chance = tested_count * alpha
strong_x, strong_y, strong_symbol, strong_value = "", "", "r", np.nan
strong_count = 0
strong_n, strong_low, strong_high = 0.0, np.nan, np.nan
if pairs["value"].notna().any():
    strongest = pairs.iloc[0]
    sizes = pairs["value"].abs().round(10)
    strong_count = int((sizes == sizes[0]).sum())
    strong_x, strong_y, strong_symbol = strongest[["x", "y", "symbol"]]
    strong_value, strong_n, strong_low, strong_high = strongest[["value", "n", "low", "high"]]
