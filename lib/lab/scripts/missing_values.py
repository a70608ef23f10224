"""Which cells are missing, and whether they go together."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.multitest import multipletests

view = "cells"
level = "5 %"
names = ["x", "y"]
numbers = ["x", "y"]
words = []
left_out = 0

table = pd.read_csv("table.csv")
missing = table[names].isna()
gaps = missing.loc[:, missing.any() & ~missing.all()].astype(float)
together = gaps.corr()

if view == "cells":
    bands = np.arange(len(table)) * min(len(table), 60) // len(table)
    shown = missing.astype(float).groupby(bands).mean()
    sns.heatmap(shown, vmin=0, vmax=1, cmap="viridis")
else:
    mask = np.triu(np.ones(together.shape, dtype=bool))
    sns.heatmap(together.iloc[1:, :-1], mask=mask[1:, :-1], vmin=-1, vmax=1, cmap="RdBu_r")

# The numbers that the step names
row_count, column_count = missing.shape
cell_count, missing_count = missing.size, int(missing.to_numpy().sum())
missing_percent = 100 * missing_count / cell_count
gappy_count, empty_count = int(missing.any().sum()), int(missing.all().sum())
worst, worst_percent = missing.mean().idxmax(), 100 * missing.mean().max()
complete_rows = len(table[names].dropna())
lost_percent = 100 * (1 - complete_rows / row_count)
band_rows = int(np.ceil(row_count / 60))


def echo(column):
    """How a column resembles itself one row before."""
    pairs = pd.DataFrame({"before": column.shift(), "now": column})[1:].dropna()
    if column.dtype == "category":
        pairs = pd.DataFrame({"before": column.cat.codes.shift(), "now": column.cat.codes})[1:]
        pairs = pairs[(pairs >= 0).all(axis=1)].astype(int)
        return cohen_kappa_score(*pairs.T.to_numpy()) if pairs.nunique().max() > 1 else 0
    pairs = pairs.astype(float)
    return pairs["before"].corr(pairs["now"]) if pairs.nunique().min() > 1 and len(pairs) > 2 else 0


def kept(gap, column):
    """Of what share of the rows independent ones tell as much, and whether both come in runs."""
    echoes = np.clip(echo(gap) * echo(column), 0, 1 - 1e-9)
    return (1 - echoes) / (1 + echoes), bool(echoes >= 0.5)


# The two columns whose gaps go together, or apart, most surely
pairs_of_gaps = [
    (round(together.loc[x, y], 10), x, y)
    for place, x in enumerate(together)
    for y in list(together)[place + 1 :]
]
pair_count = len(pairs_of_gaps)
nearest = sorted(pairs_of_gaps, key=lambda pair: -abs(pair[0]))[:100]
together_x, together_y, together_r, together_p = "", "", 0.0, 1.0
with_share, without_share, together_runs = 0.0, 0.0, False
if nearest:
    p = []
    for r, x, y in nearest:
        chi_square = len(table) * r**2 * kept(gaps[x], gaps[y])[0]
        exact = stats.fisher_exact(pd.crosstab(gaps[x], gaps[y])).pvalue
        p.append(max(exact, stats.chi2.sf(chi_square, 1)))
    p = np.array(p)
    best = int((p <= p.min() * (1 + 1e-9)).argmax())  # of equal ones the first
    together_r, together_x, together_y = nearest[best]
    together_p = min(1, p[best] * pair_count)
    lacking = gaps[together_y].groupby(gaps[together_x]).mean()
    with_share, without_share = lacking[1], lacking[0]
    _, together_runs = kept(gaps[together_x], gaps[together_y])


def by_level(gap, column, share_kept):
    """The share that is missing at each level, V and p; rare levels count as one."""
    counts = pd.crosstab(column.astype(str)[column.notna()], gap[column.notna()])
    if min(counts.shape) < 2:
        return None, np.nan, np.nan
    counts = counts.reindex([str(level) for level in column.cat.categories]).dropna()
    share = counts.sum().min() / counts.to_numpy().sum()
    rare = counts.sum(axis=1) * share < 1
    if rare.sum() > 1:
        counts = pd.concat([counts[~rare], counts[rare].sum().to_frame("a rare level").T])
    rare = counts.sum(axis=1) * share < 1
    if rare.any() and (~rare).sum() > 1:
        counts = pd.concat([counts[rare], counts[~rare].sum().to_frame("another level").T])
    if len(counts) < 2:
        return None, np.nan, np.nan
    test = stats.chi2_contingency(counts, correction=False)
    p = stats.chi2.sf(test.statistic * share_kept, test.dof)
    if rare.any():
        p = max(p, stats.fisher_exact(counts).pvalue)
    return counts[1] / counts.sum(axis=1), np.sqrt(test.statistic / counts.to_numpy().sum()), p


# The column that tells most about where another is missing
tests, runs = [], []
for gap in gaps:
    for name in [*numbers, *words]:
        shared = table[name].notna()
        x, y = gaps.loc[shared, gap], table.loc[shared, name]
        shares = None
        share_kept, come_in_runs = kept(gaps[gap], table[name])
        if name in words:
            shares, size, p = by_level(gaps[gap], table[name], share_kept)
        elif len(x) > 2 and np.ptp(x) > 0 and np.ptp(y) > 0:
            size = stats.pearsonr(x, y.astype(float)).statistic
            freedom = max(len(x) * share_kept - 2, 1e-9)
            p = 2 * stats.t.sf(abs(size) * np.sqrt(freedom / (1 - size**2)), freedom)
        else:
            continue
        if np.isfinite(p):
            found = runs if come_in_runs else tests
            found.append((gap, name, size, p, shares))

depends, depends_on, depends_word, depends_size, depends_p = "", "", "", 0.0, 1.0
most_level, least_level, most_share, least_share = "", "", 0.0, 0.0
tested_count, depends_count = len(tests), 0
if tests:
    p = np.array([test[3] for test in tests])
    adjusted = multipletests(p, method="holm")[1]
    depends_count = int((adjusted < float(level.split()[0]) / 100).sum())
    first = int((p <= p.min() * (1 + 1e-9)).argmax())  # of equal ones the first
    depends, depends_on, depends_size, _, shares = tests[first]
    depends_p = adjusted[first]
    if shares is None:
        depends_word = "higher" if depends_size > 0 else "lower"
    else:
        most_level, most_share = shares.idxmax(), shares.max()
        least_level, least_share = shares.idxmin(), shares.min()

# What is missing in runs, beside what changes little from row to row
run_gap, run_on, run_measure, run_size = "", "", "", 0.0
if runs:
    strongest = max(runs, key=lambda run: round(abs(run[2]), 10))
    if abs(strongest[2]) >= 0.3:
        run_gap, run_on, run_size = strongest[:3]
        run_measure = "V" if run_on in words else "r"
