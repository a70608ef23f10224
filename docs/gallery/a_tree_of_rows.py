"""A tree of rows

Each column is standardised, or the one with the largest numbers would decide alone. The strip says
which species each flower is of; the tree was not told.
"""

import honest_heatmaps as hh
from honest_heatmaps import datasets

drawn = hh.clustermap(datasets.load("iris"), side="rows", strip="species", title="Irises")
drawn.save("a_tree_of_rows.png")
