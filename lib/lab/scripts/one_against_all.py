"""One column beside all others, each by the measure that their kinds allow."""

from itertools import permutations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from scipy import special, stats
from scipy.optimize import brentq
from statsmodels.stats.multitest import multipletests

target = "x"
adjust = "Holm"
level = "5 %"
columns = ["x", "y"]
numbers = ["x", "y"]
categories = []
ordered = []
dates = []
identifiers = []
crossed = []
amounts = []
beside = []
row_counts = ""

table = pd.read_csv("table.csv")
data = table[columns].copy()
for date in dates:
    data[date] = (data[date] - data[date].min()) / pd.Timedelta(days=1)
for name in ordered:
    data[name] = data[name].cat.codes.where(data[name].notna()).astype(float)
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


others = [name for name in columns if name != target]
pairs = pd.DataFrame({"x": others, "y": target})
pairs[["symbol", "value", "p", "low", "high", "n"]] = [measured(x, target) for x in others]
pairs["p_adjusted"] = pairs["p"]
tests = pairs["p"].notna()
if tests.any() and adjust != "none":
    way = {"BH": "fdr_bh", "BY": "fdr_by"}.get(adjust, adjust.lower())
    pairs.loc[tests, "p_adjusted"] = multipletests(pairs.loc[tests, "p"], method=way)[1]
pairs = pairs.sort_values(
    "value", key=lambda v: -v.abs().round(10), kind="stable", ignore_index=True
)
print(pairs)

ranked = pairs.dropna(subset="value")
strongest = ranked.head(40).iloc[::-1]
ends = strongest[["low", "high"]].fillna({"low": strongest["value"], "high": strongest["value"]})
plt.figure(figsize=(8, 1 + 0.3 * len(strongest)))
plt.hlines(strongest["x"] + " (" + strongest["symbol"] + ")", ends["low"], ends["high"])
plt.plot(strongest["value"], range(len(strongest)), "o")
plt.axvline(0, color="grey")

# The numbers that the step names
compared_count, shown_count = len(ranked), min(len(ranked), 40)
significant_count = int((pairs["p_adjusted"] < float(level.split()[0]) / 100).sum())
measure_count = ranked["symbol"].nunique()
nothing = pd.Series(
    {"x": "", "symbol": "r", "value": np.nan, "low": np.nan, "high": np.nan, "n": 0}
)
first, second = (ranked.iloc[i] if len(ranked) > i else nothing for i in (0, 1))
best, best_symbol, best_value, best_low, best_high = first[["x", "symbol", "value", "low", "high"]]
best_n, rival, rival_symbol, rival_value = int(first["n"]), *second[["x", "symbol", "value"]]
unsigned_count = int((~ranked["symbol"].isin(["r", "ρ"])).sum())
unsigned_symbols = [each for each in ("η", "η of ranks", "V") if each in set(ranked["symbol"])]
unsigned_kinds, unsigned_symbols = len(unsigned_symbols), ", ".join(unsigned_symbols)
unsigned_symbols = " and ".join(unsigned_symbols.rsplit(", ", 1))
sizes = ranked["value"].abs().round(10)
tied = list(ranked.loc[sizes == sizes.max(), "x"])
tied_count = len(tied)
tied_names = " and ".join(filter(None, [", ".join(tied[:-1]), *tied[-1:]]))
if tied_count > 3:
    tied_names = f"{', '.join(tied[:3])} and {tied_count - 3} more"
best_size = abs(best_value)
best_explains = best_symbol in ["r", "η"] and target not in categories
rival_shared, rival_p = 0, np.nan  # Williams' test of two correlations with one column
if best_symbol == rival_symbol == "r" and rival and tied_count == 1:
    three = data[[target, best, rival]].dropna().astype(float)
    rival_shared = len(three)
    if rival_shared > 3 and (three.max() > three.min()).all():
        r = three.corr().to_numpy()
        one, two = abs(r[0, 1:])
        third = r[1, 2] * np.sign(r[0, 1] * r[0, 2])
        third = third if abs(third) <= 1 - 1e-9 else np.nan
        rest = max(0, 1 - one**2 - two**2 - third**2 + 2 * one * two * third)
        spread = 2 * (rival_shared - 1) / (rival_shared - 3) * rest
        spread += (one + two) ** 2 / 4 * (1 - third) ** 3
        with np.errstate(divide="ignore", invalid="ignore"):
            t = (one - two) * np.sqrt((rival_shared - 1) * (1 + third) / spread)
        rival_p = 2 * stats.t.sf(abs(t), rival_shared - 3)
best_left, rival_left = 100 * (1 - best_value**2), 100 * (1 - rival_value**2)
gives_away = bool(abs(best_value) >= 0.9 and best_left <= rival_left / 2)
