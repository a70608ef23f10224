"""Missing values

Each pair takes the rows that it has, and the caption says how many these are.
"""

import honest_heatmaps as hh
from honest_heatmaps import datasets

air = datasets.load("airquality").drop(columns=["Month", "Day"])
drawn = hh.heatmap(air, adjust="bh", title="New York, May to September 1973")
drawn.save("missing_values.png")
