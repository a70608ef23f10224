"""Categories

Who survived the Titanic. Two categories have Cramér's V, and a category beside an age the
correlation ratio. The class has an order, so there it is ranks. What chance adds is taken off where
there is no sign.
"""

import honest_heatmaps as hh
from honest_heatmaps import datasets

drawn = hh.heatmap(datasets.load("titanic"), title="Titanic")
drawn.save("categories.png")
