"""Your own limits for a map of differences."""

import numpy as np
import pandas as pd
import seaborn as sns

highway = pd.read_csv("highway.csv", index_col=0).select_dtypes("number")
busy = 20
d = highway.head(busy).corr() - highway.iloc[busy:].corr()

ends = np.array([d.min().min(), d.max().max()])
# What you write: lines
# Until here

mask = np.triu(np.ones_like(d, dtype=bool))
sns.heatmap(d, mask=mask, vmin=ends[0], vmax=ends[1], cmap="coolwarm", annot=True, fmt=".2f")

# The numbers that the step names
quiet = len(highway) - busy
differences = d.to_numpy()[np.tril_indices_from(d, -1)]
pairs = len(differences)
low, high = (float(end) for end in ends)
neutral = (low + high) / 2
beyond = int(((differences < low - 1e-9) | (differences > high + 1e-9)).sum())
beyond_one = int((np.abs(differences) > 1).sum())
farthest = float(differences[np.argmax(np.abs(differences))])
used = max(farthest / low, farthest / high)
