"""Two groups

Do the measurements of malignant and of benign cells go together in the same way? The difference is
tested itself: a star in one map and none in the other would be no difference.
"""

import honest_heatmaps as hh
from honest_heatmaps import datasets

cells = datasets.load("breast_cancer")
means = [name for name in cells if name.startswith("mean")][:6]
drawn = hh.compare(cells[[*means, "diagnosis"]], groups="diagnosis")
drawn.save("two_groups.png")
