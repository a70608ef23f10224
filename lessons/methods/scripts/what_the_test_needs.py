"""False alarms of the test of r, for eight kinds of data."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats

data = "normal"
rows = "30"
level = "5 %"
seed = 0

n, alpha, replicates = int(rows), float(level.removesuffix(" %")) / 100, 3000
size = (2 * replicates, n)  # a row is one sample of one column


def draw(kind):
    rng = np.random.default_rng(seed)
    draws = {
        "normal": lambda: rng.normal(size=size),
        "uniform": lambda: rng.uniform(size=size),
        "exponential": lambda: rng.exponential(size=size),
        "lognormal": lambda: rng.lognormal(size=size),
        "t3": lambda: rng.standard_t(3, size=size),
        "binary": lambda: (rng.uniform(size=size) < 0.3).astype(float),
        "cauchy": lambda: rng.standard_cauchy(size=size),
        "unequal spread": lambda: rng.normal(size=size),
    }
    x, y = np.split(draws[kind](), 2)
    return (x, np.abs(x) * y) if kind == "unequal spread" else (x, y)


def p_values(x, y):
    x = x - x.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):  # a column of zeros only has no r
        r = (x * y).sum(axis=1) / np.sqrt((x**2).sum(axis=1) * (y**2).sum(axis=1))
    t = r * np.sqrt((n - 2) / (1 - r**2))
    return 2 * stats.t.sf(np.abs(t), n - 2)


kinds = ["normal", "uniform", "exponential", "lognormal"]
kinds += ["t3", "binary", "cauchy", "unequal spread"]
shares = pd.Series({kind: np.mean(p_values(*draw(kind)) < alpha) for kind in kinds})
print(100 * shares)

sns.barplot(100 * shares, orient="h")

# The numbers that the step names
share = shares[data]
percent, level_percent, times = 100 * share, 100 * alpha, share / alpha
worst = shares.idxmax()
exponential, lognormal = 100 * shares["exponential"], 100 * shares["lognormal"]
cauchy, unequal = 100 * shares["cauchy"], 100 * shares["unequal spread"]
too_often, enough = 3, 100
