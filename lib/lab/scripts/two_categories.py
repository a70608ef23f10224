"""Two columns of categories: counts, residuals, V with its interval, U, and odds within strata."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats
from scipy.optimize import brentq
from sklearn.metrics.cluster import expected_mutual_information
from statsmodels.stats.contingency_tables import StratifiedTable, Table

x = "x"
y = "y"
strata = "none"
counted = "none"
show = "adjusted residuals"
crossed = []
amounts = []
beside = ""

table = pd.read_csv("table.csv")
names = [x, y] if strata == "none" else [x, y, strata]
rows = table
if counted != "none":  # a row stands for so many
    rows = table.loc[table.index.repeat(table[counted].fillna(0).astype(int))]
rows = rows[names].astype("category").dropna(subset=[x, y])
rows = rows.apply(lambda column: column.cat.remove_unused_categories())
counts = pd.crosstab(rows[x], rows[y])
n, (x_levels, y_levels) = len(rows), counts.shape
smaller = min(counts.shape) - 1

test = stats.chi2_contingency(counts, correction=False)
chi_square, p, freedom = test.statistic, test.pvalue, test.dof
v_plain = np.sqrt(chi_square / n / smaller)
beyond_chance = max(0, chi_square / n - freedom / (n - 1))
sides = min(side - (side - 1) ** 2 / (n - 1) for side in counts.shape) - 1
v = min(1, np.sqrt(beyond_chance / sides)) if sides > 0 else 0.0


def end(share):
    """V at which a larger chi-square than this one has this probability to be missed."""

    def excess(root):
        return np.nan_to_num(stats.ncx2.cdf(chi_square, freedom, root**2)) - share

    if stats.chi2.cdf(chi_square, freedom) <= share:
        return 0.0
    farthest = np.sqrt(chi_square) + 5
    return min(1, brentq(excess, 1e-9, farthest, xtol=1e-13) / np.sqrt(n * smaller))


v_low, v_high = end(0.975), end(0.025)


def told(axis):
    """The share of a side's entropy that knowing the other side takes away."""
    joint = stats.entropy(counts.to_numpy().ravel())
    alone, other = (stats.entropy(counts.sum(axis=side)) for side in (axis, 1 - axis))
    return np.clip((alone + other - joint) / alone, 0, 1)


u_x, u_y = told(axis=1), told(axis=0)
by_chance = expected_mutual_information(counts.to_numpy(), n)
chance_x, chance_y = (
    np.clip(by_chance / stats.entropy(counts.sum(axis=axis)), 0, 1) for axis in (1, 0)
)
residuals = Table(counts, shift_zeros=False).standardized_resids
print(f"V = {v:.2f}, {v_low:.2f} to {v_high:.2f}; p = {p:.3g}, n = {n}")

shares = {
    "shares of each row": counts.div(counts.sum(axis=1), axis=0),
    "shares of each column": counts / counts.sum(),
    "shares of all": counts / n,
}
if show == "adjusted residuals":
    reach = max(3, residuals.abs().max(axis=None))
    sns.heatmap(residuals, vmin=-reach, vmax=reach, cmap="RdBu_r", annot=True, fmt=".1f")
elif show == "counts":
    sns.heatmap(counts, vmin=0, cmap="viridis", annot=True, fmt=".0f")
else:
    sns.heatmap(shares[show], vmin=0, vmax=1, cmap="viridis", annot=True, fmt=".2f")


def equal_odds(tables, ratio):
    """p of the Breslow-Day test with Tarone's correction; NaN where the ratio has no end."""
    if not 0 < ratio < np.inf:
        return np.nan
    excess, variance = [], []
    for part in tables:
        row, column, total = part[0].sum(), part[:, 0].sum(), part.sum()
        rest = total - row - column

        def off(a, row=row, column=column, rest=rest):
            return a * (rest + a) - ratio * (row - a) * (column - a)

        a = brentq(off, max(0, -rest), min(row, column), xtol=1e-13)
        excess.append(part[0, 0] - a)
        variance.append(1 / (1 / a + 1 / (row - a) + 1 / (column - a) + 1 / (rest + a)))
    excess, variance = np.array(excess), np.array(variance)
    statistic = (excess**2 / variance).sum() - excess.sum() ** 2 / variance.sum()
    return stats.chi2.sf(statistic, len(tables) - 1)


crude = pooled = pooled_low = pooled_high = pooled_p = homogeneity_p = np.nan
comparison, stratum_count = "", 0
known = rows.dropna()
if strata != "none" and counts.shape == (2, 2) and known[[x, y]].nunique().min() == 2:
    (a, b), (c, d) = pd.crosstab(known[x], known[y]).to_numpy()
    crude = a * d / (b * c) if b * c else np.inf
    (x_first, x_second), (y_first, y_second) = counts.index, counts.columns
    comparison = f"odds of {y_first} against {y_second}, for {x_first} relative to {x_second}"
    within = [
        pd.crosstab(part[x], part[y], dropna=False).to_numpy(float)
        for _, part in known.groupby(strata, observed=True)
    ]
    stratum_count = len(within)
    within = [part for part in within if part.sum(0).min() > 0 and part.sum(1).min() > 0]
    if within:
        stratified = StratifiedTable(within)
        pooled = stratified.oddsratio_pooled
        pooled_low, pooled_high = stratified.oddsratio_pooled_confint()
        pooled_p = stratified.test_null_odds(correction=False).pvalue
        if len(within) > 1:
            homogeneity_p = equal_odds(within, pooled)

# The numbers that the step names
expected = test.expected_freq
cells, few_cells = counts.size, int((expected < 5).sum())
smallest_expected = float(expected.min())
row_count, looks_like_counts = len(table), ""
if crossed and counted == "none":
    times = table[beside].dropna()
    whole = (times >= 0).all() and (times % 1 == 0).all() and times.max() > 1
    if whole and len(table) > 3 and not table.duplicated(crossed).any():
        looks_like_counts = beside
drawn = min(30, max(counts.shape))
row, column = np.unravel_index(residuals.abs().round(9).to_numpy().argmax(), counts.shape)
far_row, far_column = str(counts.index[row]), str(counts.columns[column])
far_residual = residuals.iloc[row, column]
identifier, identifier_levels = "", 0
for name in [y, x]:
    if 3 * rows[name].nunique() > n:
        identifier, identifier_levels = name, rows[name].nunique()
missing_words = ["na", "n/a", "nan", "none", "null", "missing", "unknown", "?", "-", "."]
na_column, na_level, na_count = "", "", 0
for name in reversed(names):
    for level in reversed(rows[name].cat.categories):
        if str(level).strip().lower() in missing_words:
            na_column, na_level = name, str(level)
            na_count = int((rows[name] == level).sum())
