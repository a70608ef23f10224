"""One column against all others

Only the pairs that are asked for are tested, so the correction is for ten pairs and not for all.
"""

import honest_heatmaps as hh
from honest_heatmaps import datasets

patients = datasets.load("diabetes")
drawn = hh.heatmap(patients, x="progression", title="What goes with the progression of diabetes")
drawn.save("one_against_all.png")
