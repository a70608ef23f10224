"""The days behind each cell of a correlation matrix."""

import numpy as np
import pandas as pd
import seaborn as sns

air = pd.read_csv("airquality.csv")[["Ozone", "Solar.R", "Wind", "Temp"]].astype(float)

n = pd.DataFrame(float(len(air)), air.columns, air.columns)
# What you write: lines
# Until here

n = pd.DataFrame(n, air.columns, air.columns, dtype=float)
sns.heatmap(n, vmin=0, vmax=len(air), cmap="viridis", annot=True, fmt=".0f")

# The numbers that the step names
upper = np.triu_indices(4, 1)
both = [(air[x].notna() & air[y].notna()).sum() for x in air for y in air]
truth = np.reshape(both, (4, 4))[upper]
said = np.nan_to_num([n.to_numpy()[upper], n.to_numpy().T[upper]])
days, pairs = len(air), len(truth)
is_right = (said == truth).all(axis=0)
right = int(is_right.sum())
place = is_right.argmin()  # of the first pair that is wrong
wrong_pair = " and ".join(air.columns[places[place]] for places in upper)
wrong_n = truth[place]
wrong_said = said[int(said[0, place] == wrong_n), place]  # on the side that is wrong
smallest, largest = said.min(), said.max()
own_n, complete_n = len(air[["Ozone", "Wind"]].dropna()), len(air.dropna())
fewest, most = truth.min(), truth.max()
