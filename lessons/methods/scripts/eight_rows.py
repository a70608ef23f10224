"""Rank tests of a few rows, by counting all orders in which the ranks can meet."""

from itertools import permutations
from math import factorial

import numpy as np
import seaborn as sns
from scipy import stats

rows = 8
level = "5 %"

alpha = float(level.removesuffix(" %")) / 100


def exact_p(values):  # the share of all orders that are at least as extreme
    size = np.abs(values).round(9)
    return 1 - np.searchsorted(np.sort(size), size, "left") / len(size)


def false_alarms(n):  # per cent of all orders of n rows, by each test
    every = np.array(list(permutations(range(n))))  # how the ranks of y meet those of x
    rho = 1 - 6 * ((every - np.arange(n)) ** 2).sum(axis=1) / (n * (n**2 - 1))
    rising = [every[:, i] < every[:, j] for i in range(n) for j in range(i + 1, n)]
    tau = 2 * np.mean(rising, axis=0) - 1
    with np.errstate(divide="ignore"):
        t = np.abs(rho) * np.sqrt((n - 2) / (1 - rho**2))
    z = np.abs(tau) * np.sqrt(9 * n * (n - 1) / (2 * (2 * n + 5)))
    p_values = {
        "Spearman, p from t": 2 * stats.t.sf(t, n - 2),
        "Spearman, exact p": exact_p(rho),
        "Kendall, p from the bell": 2 * stats.norm.sf(z),
        "Kendall, exact p": exact_p(tau),
    }
    return {test: 100 * np.mean(p < alpha) for test, p in p_values.items()}


percent = false_alarms(rows)
print(percent)

sns.barplot(percent, orient="h")

# The numbers that the step names
level_percent = 100 * alpha
t_percent, exact_percent, bell_percent, kendall_percent = percent.values()
kept = t_percent <= level_percent, bell_percent <= level_percent
keepers = {(False, True): "Kendall", (True, False): "Spearman"}.get(kept, "exact")

orders = factorial(rows)
least_p, least_p_before = 2 / orders, 2 * rows / orders
level_one_in, one_in, one_in_before = 1 / alpha, 1 / least_p, 1 / least_p_before
rare_rows = None
needed = next(n for n in range(3, 21) if 2 / factorial(n) < 1e-5)
rare_p = 2 / factorial(rare_rows) if rare_rows else None
rare_one_in = 1 / rare_p if rare_rows else None

most = 8
most_t, most_exact, _, most_kendall = false_alarms(most).values()
