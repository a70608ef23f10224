"""Towns that become the mean outcome of their people, where the outcome is noise."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

levels = 100
rows = 500
leave_one_out = False
draw = 0

rng = np.random.default_rng(draw)
table = pd.DataFrame(
    {
        "town": rng.integers(levels, size=rows),
        "outcome": rng.standard_normal(rows),  # knows nothing of towns
    }
)
by_town = table.groupby("town")["outcome"]
total, count = by_town.transform("sum"), by_town.transform("size")
mean_of_all = total / count
mean_of_others = (total - table["outcome"]) / (count - 1).where(count > 1)

encoded = mean_of_others if leave_one_out else mean_of_all
r = encoded.corr(table["outcome"])
print(r)
plt.scatter(encoded, table["outcome"])

# The numbers that the step names
r_all = mean_of_all.corr(table["outcome"])
r_others = mean_of_others.corr(table["outcome"])
expected = np.sqrt((levels - 1) / (rows - 1))
rows_each = rows / levels
least, goal = 100, 0.2
