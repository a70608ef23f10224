"""The recipe for places, where colour says how many: a density."""

import numpy as np
import pandas as pd
import seaborn as sns

quakes = pd.read_csv("quakes.csv")
counts, longs, lats = np.histogram2d(quakes["long"], quakes["lat"], bins=10)

shown = pd.DataFrame(counts.T, index=lats[:-1].round(2), columns=longs[:-1].round(2))[::-1]
low, high = 0.0, counts.max()
sns.heatmap(shown, vmin=low, vmax=high, cmap="viridis")
# Now with bins=25, and with edges moved by half a cell.

# The numbers that the step names
axes = "places"
meaning = "how many"
returns = None
mail = None
blood = None

recipes, recipe, fits = 8, "density", True
rows, columns = shown.shape
largest = shown.to_numpy().max()
low, high = float(low), float(high)
