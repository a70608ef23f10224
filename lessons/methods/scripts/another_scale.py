"""One normal cloud on three scales: its r, its rho and its tau."""

import numpy as np
import seaborn as sns
from scipy import stats

strength = 0.5
rows = "100"
seed = 0

# A normal cloud with this true r: the other two follow
rho = 6 / np.pi * np.arcsin(strength / 2)
tau = 2 / np.pi * np.arcsin(strength)
print(strength, rho, tau)

x, error = np.random.default_rng(seed).normal(size=(2, int(rows)))
y = strength * x + np.sqrt((1 - strength) * (1 + strength)) * error
sample_r = stats.pearsonr(x, y).statistic
sample_rho = stats.spearmanr(x, y).statistic
sample_tau = stats.kendalltau(x, y).statistic
print(sample_r, sample_rho, sample_tau)

sns.scatterplot(x=x, y=y)

# The numbers that the step names
agree = 100 * (1 + tau) / 2  # per cent of all pairs of rows
wanted = 0.5
