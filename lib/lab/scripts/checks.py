"""What to beware of: facts about the columns of a table and its strongest pairs of numbers."""

import pandas as pd

table = pd.read_csv("table.csv")
columns = ["x", "y"]
numbers = ["x", "y"]
categories = []
identifiers = []
crossed = []
amounts = []
beside = []
row_counts = ""

# The check
import numpy as np
from scipy import stats


def listed(names):
    shown = names[:3]
    if len(names) > 3:
        return f"{', '.join(shown)} and {len(names) - 3} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


chosen = table[columns]
days = {
    name: (column - column.min()) / pd.Timedelta(days=1)
    for name, column in chosen.select_dtypes("datetime").items()
}
values = chosen.assign(**days)[[name for name in columns if name in numbers or name in days]]
values = values.astype(float)
measured_columns = list(values)

# Columns
distinct = chosen.nunique()
constants = list(distinct.index[distinct < 2])
codes = [
    name
    for name in numbers
    if 2 < distinct[name] <= 7 < chosen[name].count() and (chosen[name].dropna() % 1 == 0).all()
]
identifier_count, identifier_names = len(identifiers), listed(identifiers)
constant_count, constant_names = len(constants), listed(constants)
counts, counted = "", 0
if amounts and (amounts[0] in columns or len(categories) > 1):
    times = table[amounts[0]].dropna()
    whole_times = (times >= 0).all() and (times % 1 == 0).all() and times.max() > 1
    if whole_times and len(table) > 3 and not table.duplicated(crossed).any():
        counts, counted = amounts[0], int(times.sum())
code_count, code_names = len(codes), listed(codes)

present = chosen.notna().astype(int)
stands_for = table[row_counts] if row_counts else pd.Series(1, table.index)
shared = (present.T @ present.mul(stands_for, axis=0)).to_numpy()[np.triu_indices(len(columns), 1)]
fewest_n = int(min(shared, default=len(table)))
needed_r = 1.0
if fewest_n > 2:
    t = stats.t.isf(0.025, fewest_n - 2)
    needed_r = t / np.sqrt(t**2 + fewest_n - 2)

# The ten strongest pairs of numbers, and of them those that are worth explaining
r = values.corr(min_periods=3)
strong_pairs = [
    (x, y, r.loc[x, y])
    for place, x in enumerate(measured_columns)
    for y in measured_columns[place + 1 :]
    if not beside or (x in beside) != (y in beside)
]
strong_pairs = [pair for pair in strong_pairs if not np.isnan(pair[2])]
strong_pairs = sorted(strong_pairs, key=lambda pair: -round(abs(pair[2]), 10))[:10]
worth = [pair for pair in strong_pairs if 0.3 <= abs(pair[2]) < 0.99]
clocks = [name for name in values if values[name].dropna().is_monotonic_increasing]
timeless = [pair for pair in strong_pairs if pair[0] not in clocks and pair[1] not in clocks]

# Two columns that say the same
leak_x, leak_y, leak_r = "", "", 0.0
for first, second, r_pair in strong_pairs[:1]:
    if abs(r_pair) >= 0.99 and len(values[[first, second]].dropna()) >= 10:
        leak_x, leak_y, leak_r = first, second, r_pair


# A third column that takes most of a correlation away, or turns it round
def partial(r_xy, r_xz, r_yz):
    return (r_xy - r_xz * r_yz) / np.sqrt((1 - r_xz**2) * (1 - r_yz**2))


def within(first, second, group):
    rows = table[[first, second, group]].dropna()
    if not 2 <= rows[group].nunique() <= min(20, len(rows) / 5):
        return np.nan
    means = rows.groupby(group, observed=True)[[first, second]].transform("mean")
    return (rows[first] - means[first]).corr(rows[second] - means[second])


def exactly(first, second, third):
    if third in categories:
        return within(first, second, third)
    three = values[[first, second, third]].dropna()
    together = three.corr()
    if len(three) < 10:
        return np.inf
    return partial(together.iloc[0, 1], together.iloc[0, 2], together.iloc[1, 2])


def is_explained(before, after):
    return -1 / 2 <= after / before <= 1 / 3


def is_turned(before, after):
    return after / before < -1 / 2 and abs(after) >= 0.3


confounder, confounded_x, confounded_y, confounded_r, given_r = "", "", "", 0.0, 0.0
turned_by, turned_x, turned_y, turned_r, turned_given = "", "", "", 0.0, 0.0
most_lost = most_turned = 0.0
for first, second, r_pair in [pair for pair in worth if pair in timeless]:
    given = {
        third: partial(r_pair, r.loc[first, third], r.loc[second, third])
        for third in measured_columns
        if third not in (first, second)
        and abs(r.loc[first, third]) < 0.99
        and abs(r.loc[second, third]) < 0.99
    }
    given |= {third: within(first, second, third) for third in categories}
    for third, left in given.items():
        lost = abs(r_pair) - abs(left)
        if is_explained(r_pair, left) and lost > most_lost + 1e-9:
            most_lost = lost
            confounder, confounded_x, confounded_y, confounded_r = third, first, second, r_pair
        if is_turned(r_pair, left) and abs(left - r_pair) > most_turned + 1e-9:
            most_turned = abs(left - r_pair)
            turned_by, turned_x, turned_y, turned_r = third, first, second, r_pair
if confounder:
    given_r = exactly(confounded_x, confounded_y, confounder)
    if not is_explained(confounded_r, given_r):
        confounder, confounded_x, confounded_y, confounded_r, given_r = "", "", "", 0.0, 0.0
if turned_by:
    turned_given = exactly(turned_x, turned_y, turned_by)
    pair_n = len(values[[turned_x, turned_y]].dropna())
    t = stats.t.isf(0.01 / 2, pair_n - 2)
    needed = t / np.sqrt(t**2 + pair_n - 2)
    sure = min(abs(turned_r), abs(turned_given)) > needed
    if not is_turned(turned_r, turned_given) or not sure:
        turned_by, turned_x, turned_y, turned_r, turned_given = "", "", "", 0.0, 0.0
turned_by_levels = turned_by in categories

# One row that makes most of a correlation
outlier_x, outlier_y, outlier_row, outlier_r, without_r = "", "", 0, 0.0, 0.0
most_lost = 0.0
for first, second, r_pair in worth:
    both = values[[first, second]].dropna()
    if len(both) < 8:
        continue
    x, y = ((both - both.mean())[name].to_numpy() for name in (first, second))
    share = len(both) / (len(both) - 1)  # r without each row in turn
    left_x, left_y = x @ x - share * x**2, y @ y - share * y**2
    varies = (left_x > 1e-9 * (x @ x)) & (left_y > 1e-9 * (y @ y))
    without = (x @ y - share * x * y) / np.sqrt(np.where(varies, left_x * left_y, np.nan))
    lost = abs(r_pair) - np.sign(r_pair) * np.nan_to_num(without)
    place = lost.round(10).argmax()
    if lost[place] > max(most_lost + 1e-9, abs(r_pair) / 2):
        most_lost = lost[place]
        outlier_x, outlier_y, outlier_r, without_r = first, second, r_pair, without[place]
        outlier_row = int(np.flatnonzero(values[[first, second]].notna().all(axis=1))[place]) + 1

# Two crowds, with little within them
crowds_x, crowds_y, crowds_r, within_r = "", "", 0.0, 0.0
for first, second, r_pair in worth:
    both = values[[first, second]].dropna()
    if len(both) < 20 or both.nunique().min() <= 7:
        continue
    scores = (both - both.mean()) / both.std(ddof=0)
    along = scores[first] + np.sign(r_pair) * scores[second]
    ordered = np.sort(along)
    below = np.arange(1, len(both))
    lower = ordered.cumsum()[:-1] / below
    upper = (ordered.sum() - ordered.cumsum()[:-1]) / (len(both) - below)
    between = below * (len(both) - below) * (upper - lower) ** 2 / len(both) ** 2
    crowd = along > ordered[between.argmax()]
    if between.max() / along.var(ddof=0) < 0.85:
        continue
    if min(crowd.sum(), (~crowd).sum()) < max(5, len(both) / 10):
        continue
    apart = scores - scores.groupby(crowd).transform("mean")
    if np.sign(r_pair) * apart[first].corr(apart[second]) <= abs(r_pair) / 2:
        crowds_x, crowds_y, crowds_r = first, second, r_pair
        within_r = apart[first].corr(apart[second])
        break

# Columns that drift from row to row
drift_x, drift_y, drift_r, changes_r = "", "", 0.0, 0.0
for first, second, r_pair in timeless:
    both = values[[first, second]].dropna().reset_index(drop=True)
    if abs(r_pair) < 0.5 or len(both) < 30:
        continue
    drifting = min(both[first].autocorr(), both[second].autocorr())
    changes = both.diff()
    r_changes = changes[first].corr(changes[second])
    if drifting >= 0.8 and np.sign(r_pair) * r_changes <= abs(r_pair) / 3:
        drift_x, drift_y, drift_r, changes_r = first, second, r_pair, r_changes
        break

# A column that hangs together from row to row, beside one that never falls
trend_x, trend_y, trend_r, left_r = "", "", 0.0, 0.0
for first, second, r_pair in strong_pairs:
    if (first in clocks) == (second in clocks):
        continue
    clock, other = (first, second) if first in clocks else (second, first)
    both = values[[clock, other]].dropna()
    if len(both) < 30:
        continue
    line = np.polynomial.Polynomial.fit(both[clock], both[other], 1)
    left = (both[other] - line(both[clock])).autocorr()
    if left >= 0.5:
        trend_x, trend_y, trend_r, left_r = clock, other, r_pair, left
        break

# Heavy tails
tails_of = values[list(dict.fromkeys(name for pair in worth for name in pair[:2]))].kurt().round(9)
heavy_tails = list(tails_of.index[tails_of > 3])
tail_count, tail_names = len(heavy_tails), listed(heavy_tails)

# A curve that a line does not follow
curve_x, curve_y, curve_line, curve_share = "", "", 0.0, 0.0
curves = []
few_enough = len(values) * values.shape[1] ** 2 <= 4_000_000
for first in measured_columns if few_enough and len(values) >= 30 else []:
    ranks = values[first].rank()
    classes = np.ceil(ranks / ranks.count() * min(10, len(values) // 8))
    for second in measured_columns:
        if second == first or (beside and (first in beside) == (second in beside)):
            continue
        by_class = values[second].groupby(classes)
        means, each = by_class.mean().dropna(), by_class.count()
        each = each[each > 0]
        inside, level_count = each.sum(), len(each)
        if inside - level_count < 8:
            curves.append((0.0, first, second, 0.0, 0.0))
            continue
        here = values[second][classes.notna()].dropna()
        total = ((here - here.mean()) ** 2).sum()
        between = (each * (means - here.mean()) ** 2).sum()
        if total == 0 or level_count < 2:
            curves.append((0.0, first, second, 0.0, 0.0))
            continue
        unexplained = max(0.0, 1 - between / total)
        share = 1 - unexplained * (inside - 1) / (inside - level_count)
        with np.errstate(divide="ignore"):
            f = (1 - unexplained) / (level_count - 1) / (unexplained / (inside - level_count))
        chance = stats.f.sf(f, level_count - 1, inside - level_count)
        curves.append((chance, first, second, r.loc[first, second] ** 2, share))
sure_curves = [
    (round(share - line, 10), first, second, line, share)
    for chance, first, second, line, share in curves
    if chance * len(curves) < 0.01 and share - line >= 0.25
]
if sure_curves:
    curve_x, curve_y, curve_line, curve_share = max(sure_curves, key=lambda curve: curve[0])[1:]
