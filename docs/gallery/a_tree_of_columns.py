"""A tree of columns

The map of correlations in the order of a tree. Which of its branches would recur in other rows, the
caption does not know; branch_stability does.
"""

import honest_heatmaps as hh
from honest_heatmaps import datasets

wines = datasets.load("wine").drop(columns="cultivar")
drawn = hh.clustermap(wines, linkage="complete", title="Wines of three cultivars")
drawn.save("a_tree_of_columns.png")
