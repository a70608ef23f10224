"""False alarms of the test of r, for eight kinds of data."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats

data = "normal"
rows = "30"
level = "5 %"
seed = 16

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


def r_and_p(x, y):
    x = x - x.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):  # a column of zeros only has no r
        r = (x * y).sum(axis=1) / np.sqrt((x**2).sum(axis=1) * (y**2).sum(axis=1))
    t = r * np.sqrt((n - 2) / (1 - r**2))
    return r, 2 * stats.t.sf(np.abs(t), n - 2)


kinds = ["normal", "uniform", "exponential", "lognormal"]
kinds += ["t3", "binary", "cauchy", "unequal spread"]
shares = pd.Series({kind: np.mean(r_and_p(*draw(kind))[1] < alpha) for kind in kinds})
print(100 * shares)

sns.barplot(100 * shares, orient="h")

# The numbers that the step names
because = None
share = shares[data]
percent, level_percent, times = 100 * share, 100 * alpha, share / alpha
at_five = 100 * np.mean(r_and_p(*draw(data))[1] < 0.05)


def open_points(share):  # by how much so many tests may miss it
    return 196 * np.sqrt(share * (1 - share) / replicates)


margin, margin_strict, give = open_points(0.05), open_points(0.001), open_points(share)
at_least = max(0, share - give / 100) / alpha
worst = shares.idxmax()
exponential, lognormal = 100 * shares["exponential"], 100 * shares["lognormal"]
cauchy, unequal = 100 * shares["cauchy"], 100 * shares["unequal spread"]

r, p = r_and_p(*draw("exponential"))
exponential_rising = 100 * np.mean((p < alpha) & (r > 0))
exponential_falling = 100 * np.mean((p < alpha) & (r < 0))

x, y = draw("unequal spread")
parted = 100 * np.mean(r_and_p(x, np.roll(y, 1, axis=0))[1] < alpha)  # another sample's y

causes = {"unequal spread": "One column sets the other's spread"}
for kind in ("exponential", "lognormal", "t3", "cauchy"):
    causes[kind] = "Long tails: a few values decide"
cause = causes.get(data, "nothing")
too_often, enough, five = 3, 100, 5
