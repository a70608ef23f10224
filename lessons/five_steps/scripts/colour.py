"""The same matrix in other limits and colours, and what a deuteranope sees of them."""

import matplotlib
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.colors import ListedColormap

limits = "from the data"
colours = "coolwarm"
triangle = False
deuteranope = False

highway = pd.read_csv("highway.csv", index_col=0)
r = highway.corr(numeric_only=True)
mask = np.triu(np.ones_like(r, dtype=bool)) if triangle else None
match limits:
    case "from the data":
        axes = sns.heatmap(r, mask=mask, cmap=colours)
    case "center=0":
        axes = sns.heatmap(r, mask=mask, cmap=colours, center=0)
    case "-1 to 1":
        axes = sns.heatmap(r, mask=mask, cmap=colours, vmin=-1, vmax=1)

# The numbers that the step names
alike = None
low, high = axes.collections[0].get_clim()
# The value that is painted with the middle of the colours
neutral = 0.0 if limits == "center=0" else (low + high) / 2

pairs = r.to_numpy()[np.tril_indices_from(r, -1)]
high_with, high_without = r.max().max(), pairs.max()

# The colours as a deuteranope sees them (Machado, Oliveira, Fernandes 2009)
palette = matplotlib.colormaps[colours](np.arange(256))[:, :3]
linear = np.where(palette <= 0.04045, palette / 12.92, ((palette + 0.055) / 1.055) ** 2.4)
deuteranopia = np.array(
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]
)
mixed = np.clip(linear @ deuteranopia.T, 0, 1)
seen = np.where(mixed <= 0.0031308, 12.92 * mixed, 1.055 * mixed ** (1 / 2.4) - 0.055)
if deuteranope:
    axes.collections[0].set_cmap(ListedColormap(seen))
ends_apart = float(np.linalg.norm(seen[0] - seen[-1]))
ends_apart_usually = float(np.linalg.norm(palette[0] - palette[-1]))
enough_apart = 0.2
farthest_apart = float(np.sqrt(3))  # three channels, each from 0 to 1

# A middle to diverge from: pale, lighter than both ends, with halves that mirror each other
luminance = linear @ [0.2126, 0.7152, 0.0722]
light = np.where(luminance > 0.008856, 116 * np.cbrt(luminance) - 16, 903.3 * luminance)
left, right = light[:128], light[:127:-1]
diverging = bool(
    max(-np.diff(half).clip(max=0).sum() for half in (left, right)) <= 1
    and light[127:129].mean() - max(left[0], right[0]) >= 20
    and np.abs(left - right).max() <= 25
    and np.ptp(palette[128]) <= 0.35
)
