"""Rank tests of a few rows, by counting all orders in which the ranks can meet."""

from itertools import permutations

import numpy as np
import seaborn as sns
from scipy import stats

rows = 8
level = "5 %"

alpha = float(level.removesuffix(" %")) / 100
every = np.array(list(permutations(range(rows))))  # how the ranks of y meet those of x
orders = len(every)

rho = 1 - 6 * ((every - np.arange(rows)) ** 2).sum(axis=1) / (rows * (rows**2 - 1))
rising = [every[:, i] < every[:, j] for i in range(rows) for j in range(i + 1, rows)]
tau = 2 * np.mean(rising, axis=0) - 1


def exact_p(values):  # the share of all orders that are at least as extreme
    size = np.abs(values).round(9)
    return 1 - np.searchsorted(np.sort(size), size, "left") / len(size)


with np.errstate(divide="ignore"):
    t = np.abs(rho) * np.sqrt((rows - 2) / (1 - rho**2))
p_values = {
    "Spearman, p from t": 2 * stats.t.sf(t, rows - 2),
    "Spearman, exact p": exact_p(rho),
    "Kendall, exact p": exact_p(tau),
}
shares = {test: np.mean(p < alpha) for test, p in p_values.items()}
print(orders, shares)

sns.barplot(shares, orient="h")

# The numbers that the step names
level_percent = 100 * alpha
t_percent, exact_percent, kendall_percent = (100 * share for share in shares.values())
loosest = max(shares, key=shares.get)
least_p, least_p_before = 2 / orders, 2 * rows / orders
