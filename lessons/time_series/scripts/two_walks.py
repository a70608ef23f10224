"""Pairs of random walks, and how many of them earn a star."""

import numpy as np
import seaborn as sns
from scipy import stats

draws = 1
rows_of_walk = "100"

rows, level = int(rows_of_walk), 5.0


def walks(count, rows, seed):
    return np.random.default_rng(seed).normal(size=(count, rows)).cumsum(axis=1)


pairs = [stats.pearsonr(*walks(2, rows, seed)) for seed in range(draws)]
starred = sum(pair.pvalue < level / 100 for pair in pairs)
print(f"{starred} of {draws} pairs have a star")

sns.histplot([pair.statistic for pair in pairs], binrange=(-1, 1), bins=20)

# The numbers that the step names
answer = None
short, middle, long, enough, near = 20, 100, 1000, 50, 10
r, p = pairs[-1]

t = stats.t.isf(level / 200, rows - 2)
critical = t / np.sqrt(rows - 2 + t**2)


def truth_at(rows, pairs=4000):
    """Per cent with a star, of thousands of pairs."""
    many = walks(2 * pairs, rows, seed=1)
    return 100 * np.mean(stats.pearsonr(many[:pairs], many[pairs:], axis=1).pvalue < level / 100)


truths = {each: truth_at(each) for each in {rows, short, middle, long}}
truth = truths[rows]
truth_short, truth_middle, truth_long = truths[short], truths[middle], truths[long]
