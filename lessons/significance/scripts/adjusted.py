"""A thousand tables of noise, and the stars that an adjustment leaves them."""

import gc

import numpy as np
import seaborn as sns
from scipy import stats
from statsmodels.stats.multitest import multipletests

gc.freeze()  # "holm" collects garbage at every call; with nothing to look at, it is quick

adjust = "none"
level = "5 %"
seed = 5

alpha = float(level.removesuffix(" %")) / 100
methods = {"Bonferroni": "bonferroni", "Holm": "holm", "BH": "fdr_bh", "BY": "fdr_by"}
tables, rows, columns = 1000, 100, 20
upper = np.triu_indices(columns, 1)

stars, raw_starred = [], 0
for noise in np.random.default_rng(seed).normal(size=(tables, rows, columns)):
    r = np.corrcoef(noise, rowvar=False)[upper]
    t = r * np.sqrt((rows - 2) / (1 - r**2))
    p = 2 * stats.t.sf(np.abs(t), rows - 2)
    raw_starred += bool((p < alpha).any())
    if adjust in methods:
        p = multipletests(p, method=methods[adjust])[1]
    stars.append(int((p < alpha).sum()))

starred = sum(count > 0 for count in stars)  # tables with at least one star
print(f"{starred} of {tables} tables of noise show a star; unadjusted {raw_starred}")

sns.histplot(stars, discrete=True)

# The numbers that the step names
answer = None
pairs = len(upper[0])
level_percent = 100 * alpha
starred_percent = starred / tables * 100
raw_starred_percent = raw_starred / tables * 100
mean, most = np.mean(stars), max(stars)

# Of so many maps, so many with a star: two standard deviations to either side
printed = 400
share = starred / tables
reach = 2 * np.sqrt(share * (1 - share) * printed)
from_maps = max(int(share * printed >= 1), int(np.ceil(share * printed - reach)))
to_maps = int(np.floor(share * printed + reach))
