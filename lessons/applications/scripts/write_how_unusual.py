"""How unusual each hour of a shop is: your own lines."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy import stats

days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
hours = np.arange(24)
weeks, usual = 12, 0.04

# People buy more often on Tuesdays from six to eight, as we know: the data are made.
rng = np.random.default_rng(75)
evening = 200 * np.exp(-0.5 * ((hours - 20) / 2.5) ** 2)
noon = 120 * np.exp(-0.5 * ((hours - 12.5) / 2) ** 2)
of_day = np.array([1, 1, 1.05, 1, 0.9, 0.6, 0.55])
chance = np.full((7, 24), 0.04)
chance[1, 6:9] = 0.12
visits = rng.poisson(of_day[:, None] * (60 + evening + noon) * weeks)
orders = rng.binomial(visits, chance)
visits, orders = (pd.DataFrame(counts, days, hours) for counts in (visits, orders))

shown = orders / visits
# What you write: lines
# Until here

shown = pd.DataFrame(shown, days, hours)
sns.heatmap(shown, cmap="RdBu_r", center=usual if shown.min().min() >= 0 else 0)

# The numbers that the step names
is_lifted = chance > 0.04
hours_a_week, lifted = is_lifted.size, int(is_lifted.sum())
values = np.nan_to_num(shown.to_numpy(dtype=float))
astray = int((np.sign(values) != np.sign((orders - visits * usual).to_numpy())).sum())
usual_hours = pd.DataFrame(
    {"visits": visits.to_numpy()[~is_lifted], "value": values[~is_lifted]}
).sort_values("visits", kind="stable")
quarter = len(usual_hours) // 4
empty, full = usual_hours["value"].head(quarter), usual_hours["value"].tail(quarter)
ratio = empty.std(ddof=0) / full.std(ddof=0) if full.std(ddof=0) > 0 else 0.0
spread = usual_hours["value"].std(ddof=0)
line = stats.norm.isf(0.05 / 2 / hours_a_week)
beyond = int((np.abs(values) > line).sum())
lifted_beyond = int((values[is_lifted] > line).sum())
