"""What to beware of: facts about the columns of a table and its strongest pairs of numbers."""

import pandas as pd

table = pd.read_csv("table.csv")
columns = ["x", "y"]
numbers = ["x", "y"]
categories = []
identifiers = []
crossed = []

# The check
import numpy as np
from scipy import stats


def listed(names):
    shown = names[:3]
    if len(names) > 3:
        return f"{', '.join(shown)} and {len(names) - 3} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


chosen, values = table[columns], table[numbers].astype(float)

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
if crossed and numbers:
    times = table[numbers[0]].dropna()
    whole_times = (times >= 0).all() and (times % 1 == 0).all() and times.max() > 1
    if whole_times and len(table) > 3 and not table.duplicated(crossed).any():
        counts, counted = numbers[0], int(times.sum())
code_count, code_names = len(codes), listed(codes)

present = chosen.notna().astype(int)
shared = (present.T @ present).to_numpy()[np.triu_indices(len(columns), 1)]
fewest_n = int(min(shared, default=len(table)))
needed_r = 1.0
if fewest_n > 2:
    t = stats.t.isf(0.025, fewest_n - 2)
    needed_r = t / np.sqrt(t**2 + fewest_n - 2)

# The ten strongest pairs of numbers, and of them those that are worth explaining
r = values.corr(min_periods=3)
strong_pairs = [
    (x, y, r.loc[x, y]) for place, x in enumerate(numbers) for y in numbers[place + 1 :]
]
strong_pairs = [pair for pair in strong_pairs if not np.isnan(pair[2])]
strong_pairs = sorted(strong_pairs, key=lambda pair: -round(abs(pair[2]), 10))[:10]
worth = [pair for pair in strong_pairs if 0.3 <= abs(pair[2]) < 0.99]

# Two columns that say the same
leak_x, leak_y, leak_r = "", "", 0.0
for first, second, r_pair in strong_pairs[:1]:
    if abs(r_pair) >= 0.99 and len(values[[first, second]].dropna()) >= 10:
        leak_x, leak_y, leak_r = first, second, r_pair


# A third column that takes most of a correlation away
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


confounder, confounded_x, confounded_y, confounded_r, given_r = "", "", "", 0.0, 0.0
most_lost = 0.0
for first, second, r_pair in worth:
    given = {
        third: partial(r_pair, r.loc[first, third], r.loc[second, third])
        for third in numbers
        if third not in (first, second)
        and abs(r.loc[first, third]) < 0.99
        and abs(r.loc[second, third]) < 0.99
    }
    given |= {third: within(first, second, third) for third in categories}
    for third, left in given.items():
        lost = abs(r_pair) - abs(left)
        if -1 / 2 <= left / r_pair <= 1 / 3 and lost > most_lost + 1e-9:
            most_lost = lost
            confounder, confounded_x, confounded_y, confounded_r = third, first, second, r_pair
if confounder:
    given_r = exactly(confounded_x, confounded_y, confounder)
    if not -1 / 2 <= given_r / confounded_r <= 1 / 3:
        confounder, confounded_x, confounded_y, confounded_r, given_r = "", "", "", 0.0, 0.0

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
    if len(both) < 20:
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
for first, second, r_pair in strong_pairs:
    both = values[[first, second]].dropna().reset_index(drop=True)
    if abs(r_pair) < 0.5 or len(both) < 30:
        continue
    drifting = min(both[first].autocorr(), both[second].autocorr())
    changes = both.diff()
    r_changes = changes[first].corr(changes[second])
    if drifting >= 0.8 and np.sign(r_pair) * r_changes <= abs(r_pair) / 3:
        drift_x, drift_y, drift_r, changes_r = first, second, r_pair, r_changes
        break
