"""What goes together, side by side

Ranks instead of values, and an order that puts neighbours next to each other. The order moves cells
and changes none.
"""

import honest_heatmaps as hh
from honest_heatmaps import datasets

cars = datasets.load("mtcars")
drawn = hh.heatmap(cars, method="spearman", order="clustered", title="Cars of 1974")
drawn.save("what_goes_together.png")
