"""A surface without its main effects, by your own lines."""

import numpy as np
import pandas as pd
import seaborn as sns

across, upwards = np.linspace(-1, 1, 11), np.linspace(-1, 1, 9)
x1, x2 = np.meshgrid(across, upwards)
extra = 2
# In the very middle of the grid x1 is zero but for rounding
values = 3 * x1 + 2 * x2**2 + extra * ((x1 > 1e-9) & (x2 > 1e-9))
s = pd.DataFrame(values, [f"{x:.2f}" for x in upwards], [f"{x:.1f}" for x in across])

left = s
# What you write: lines
# Until here

sns.heatmap(left[::-1], center=0, cmap="RdBu_r")

# The numbers that the step names
row_low, row_high = left.mean(axis=1).min(), left.mean(axis=1).max()
column_low, column_high = left.mean(axis=0).min(), left.mean(axis=0).max()
mean_of_all = s.to_numpy().mean()
share = left.to_numpy().var() / s.to_numpy().var()

gone = (s - left).to_numpy()
alone = gone.mean(axis=1)[:, None] + gone.mean(axis=0) - gone.mean()
taken = float((gone - alone).var() / gone.var()) if np.ptp(gone) > 1e-12 else 0.0


def without_effects(cells):
    return cells - cells.mean(axis=0) - cells.mean(axis=1)[:, None] + cells.mean()


# A slope: how many times the interaction of s is in what is left
of_s, of_left = (without_effects(one.to_numpy()).ravel() for one in (s, left))
times = of_left @ of_s / (of_s @ of_s)

highest = left.to_numpy() >= left.to_numpy().max() - 1e-9
highest_is_corner = bool((x1[highest] > 0).all() and (x2[highest] > 0).all())
