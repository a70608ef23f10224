"""One normal cloud on three scales: its r, its rho and its tau."""

import numpy as np
import seaborn as sns
from scipy import stats

strength = 0.5
rows = "100"
seed = 7

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
agreeing = None
agree = 100 * (1 + tau) / 2  # per cent of all pairs of rows
tau_if = None if agreeing is None else 2 * agreeing / 100 - 1
wanted, other_tau, rho_apart = 0.5, 0.4, 0.02
other_r = np.sin(np.pi * other_tau / 2)
