"""Numbers and categories on one map

Each pair has the measure that fits it: r between two numbers, the correlation ratio between a
number and the type of the road. Since that one has no sign, the colours show strength alone.
"""

import honest_heatmaps as hh
from honest_heatmaps import datasets

drawn = hh.heatmap(datasets.load("highway"))
drawn.save("numbers_and_categories.png")
