"""Mutual information of a pair, and what it is when one column is shuffled."""

import numpy as np
import seaborn as sns
from scipy import stats
from sklearn.feature_selection import mutual_info_regression

rows = "30"
strength = 0.0
neighbours = 3
shuffles = "none"
seed = 19

n = int(rows)
noise = np.random.default_rng(seed).normal(size=(n, 2))
x = noise[:, 0]
y = strength * x + np.sqrt(1 - strength**2) * noise[:, 1]


def information(x, y):  # in nats
    return mutual_info_regression(x[:, None], y, n_neighbors=neighbours, random_state=0)[0]


def shuffle_often(x, y):
    deal = np.random.default_rng(seed)
    return np.array([information(x, deal.permutation(y)) for _ in range(shuffled)])


mi = information(x, y)
xi = stats.chatterjeexi(x, y).statistic  # y from x
print(mi, xi)

shuffled = 0 if shuffles == "none" else int(shuffles)
if shuffled:
    null = shuffle_often(x, y)
    floor_mean, floor = null.mean(), np.percentile(null, 95)
    print(floor_mean, floor)
    sns.histplot(null)

# The numbers that the step names
verdict = None
r = np.corrcoef(x, y)[0, 1]
theory = -0.5 * np.log(1 - strength**2)
noise_of_xi = np.sqrt((n - 2) * (4 * n - 7) / (10 * (n + 1) * (n - 1) ** 2))  # its deviation
xi_floor = stats.norm.ppf(0.95) * noise_of_xi
above = bool(shuffled and mi > floor)
wanted, few, against = 0.5, 30, "no floor yet"
if shuffled:
    against, zeros = f"a floor of {floor:.3f}", int((null == 0).sum())
    few_noise = np.random.default_rng(seed).normal(size=(few, 2))
    few_floor = np.percentile(shuffle_often(*few_noise.T), 95)
