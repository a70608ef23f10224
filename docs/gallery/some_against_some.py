"""Some columns against some others

A rectangle: the mean of each measurement beside the worst one of the same cells.
"""

import honest_heatmaps as hh
from honest_heatmaps import datasets

cells = datasets.load("breast_cancer")
means = [name for name in cells if name.startswith("mean")]
worst = [name for name in cells if name.startswith("worst")]
drawn = hh.heatmap(cells, x=means, y=worst, adjust="bonferroni", alpha=0.01)
drawn.save("some_against_some.png")
