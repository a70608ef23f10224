"""The variance inflation factor of two predictors, by their correlation."""

import matplotlib.pyplot as plt
import numpy as np

r = 0.8
alarm = "5"

vif = 1 / (1 - r**2)
threshold = int(alarm)

grid = np.linspace(0, max(r, 0.96), 97)
plt.plot(grid, 1 / (1 - grid**2))
plt.axhline(threshold, linestyle="--")
plt.plot(r, vif, "o")
plt.xlabel("|r|")
plt.ylabel("VIF")

# The numbers that the step names
growth = None
se_factor = np.sqrt(vif)
se_percent = 100 * (se_factor - 1)
popular = 0.8
popular_vif = 1 / (1 - popular**2)
threshold_r = np.sqrt(1 - 1 / threshold)
