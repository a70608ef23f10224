"""The recipe for weekdays and hours, where colour says what share: a rate."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats
from statsmodels.stats.multitest import multipletests

days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
hours = np.arange(24)


def draw(weeks):
    """Visits and orders; people buy more often on Tuesdays from six to eight, as we know."""
    rng = np.random.default_rng(75)
    evening = 200 * np.exp(-0.5 * ((hours - 20) / 2.5) ** 2)
    noon = 120 * np.exp(-0.5 * ((hours - 12.5) / 2) ** 2)
    of_day = np.array([1, 1, 1.05, 1, 0.9, 0.6, 0.55])
    visits = rng.poisson(of_day[:, None] * (60 + evening + noon) * weeks)
    chance = np.full((7, 24), 0.04)
    chance[1, 6:9] = 0.12
    return visits, rng.binomial(visits, chance)


visits, orders = draw(weeks=12)
usual = 0.04
p = stats.binom.sf(orders - 1, visits, usual)
is_better = multipletests(p.ravel(), method="fdr_bh")[0].reshape(p.shape)

shown = pd.DataFrame(orders / visits, index=days, columns=hours)
low, high = 0.0, shown.max().max()
marks = np.where(is_better, "★", "")
sns.heatmap(shown, vmin=low, vmax=high, center=usual, cmap="RdBu_r", annot=marks, fmt="")

# The numbers that the step names
axes = "days and hours"
meaning = "what share"
returns = None
mail = None
blood = None

recipes, recipe, fits = 8, "rate", True
rows, columns = shown.shape
largest = shown.to_numpy().max()
low, high = float(low), float(high)
