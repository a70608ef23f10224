"""A measure and a chart of one's own choice

The calls are thin: `stats` measures and `charts` draws. Here each pair is what is left
given all other columns.
"""

import honest_heatmaps as hh
from honest_heatmaps import datasets

highway = datasets.load("highway").select_dtypes("number")
found = hh.stats.partial_correlate(highway)
chart = hh.charts.Heatmap.lower(
    found.r,
    faded=~(found.p_adjusted < 0.05),
    scale="r given all others",
    title="Highways",
)
chart.paper().savefig("with_its_own_measure.png", bbox_inches="tight", dpi=200)
