"""Categories

Who survived the Titanic. Between categories it is Cramér's V, beside an age the correlation ratio,
both without what chance adds to them.
"""

import honest_heatmaps as hh
from honest_heatmaps import datasets

drawn = hh.heatmap(datasets.load("titanic"), title="Titanic")
drawn.save("categories.png")
