"""Earthquakes near Fiji on a grid of one's own: its cells, its position, what it adds up."""

import numpy as np
import pandas as pd
import seaborn as sns

bins = "10"
shift = False
weigh = "earthquakes"

quakes = pd.read_csv("quakes.csv")
energy = 10 ** (1.5 * quakes["mag"])


def grid(cells, shifted=False, weights=None):
    """Sums per cell and the cells' edges; where shifted, half a cell further."""
    edges = []
    for degrees in (quakes["long"], quakes["lat"]):
        side = (degrees.max() - degrees.min()) / cells
        start = degrees.min() - side / 2 if shifted else degrees.min()
        edges.append(start + side * np.arange(cells + 1 + shifted))
        # The last edge is the largest value, but for rounding.
        edges[-1][-1] += 1e-9
    return np.histogram2d(quakes["long"], quakes["lat"], bins=edges, weights=weights)


cells = int(bins)
sums, long_edges, lat_edges = grid(cells, shift, energy if weigh == "energy" else None)
shown = sums / sums.sum() if weigh == "energy" else sums
# North is up: the first row of a matrix is its top.
sns.heatmap(pd.DataFrame(shown.T[::-1]), vmin=0, cmap="viridis")

# The numbers that the step names
events = len(quakes)


def hottest(sums, long_edges, lat_edges):
    column, row = np.unravel_index(sums.argmax(), sums.shape)
    return int(column), int(row), long_edges[column : column + 2], lat_edges[row : row + 2]


counts, *edges = grid(10)
left_column, left_row, left_long, left_lat = hottest(counts, *edges)
left_hottest, left_empty = int(counts.max()), (counts == 0).mean()
shifted_hottest = int(grid(10, shifted=True)[0].max())

weighed, *edges = grid(10, weights=energy)
energy_column, energy_row, *_ = hottest(weighed, *edges)
energy_share = weighed.max() / weighed.sum()
largest_share = energy.max() / energy.sum()

column, row, hot_long, hot_lat = hottest(sums, long_edges, lat_edges)
inside = int(grid(cells, shift)[0][column, row])
share = sums.max() / sums.sum()
empty = (sums == 0).mean()
long, lat = hot_long.mean(), hot_lat.mean()


def overlap(one_long, one_lat, other_long, other_lat):
    """Whether two cells share ground, and not only an edge."""
    return bool(
        other_long[0] < one_long[1] - 1e-6
        and one_long[0] < other_long[1] - 1e-6
        and other_lat[0] < one_lat[1] - 1e-6
        and one_lat[0] < other_lat[1] - 1e-6
    )


shares_ground = overlap(hot_long, hot_lat, left_long, left_lat)
do_they_share = "do" if shares_ground else "do not"
agreeing = None
tried = [hottest(*grid(size, shifted)) for size in (5, 10, 25, 80) for shifted in (False, True)]
grids_that_share = sum(overlap(*cell[2:], left_long, left_lat) for cell in tried)
rows = np.linspace(quakes["lat"].min(), quakes["lat"].max(), 11)  # of ten-by-ten cells
areas = np.diff(np.sin(np.radians(rows)))
area_south = areas[0] / areas[-1]
print(f"the hottest cell: {inside} events at {long:.1f}, {lat:.1f}")
