"""A heatmap on a page of its own size, saved, and whether its numbers and labels fit."""

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.image import imread

data = "breast cancer"
width = 10
font = 10
colours = "RdBu_r"
numbers = True
tight = False

match data:
    case "breast cancer":
        table = pd.read_csv("breast_cancer.csv")
    case "highway":
        table = pd.read_csv("highway.csv", index_col=0)
r = table.corr(numeric_only=True)
mask = np.triu(np.ones_like(r, dtype=bool))

figure = Figure(figsize=(width, 0.8 * width), dpi=100)
axes = figure.subplots()
sns.heatmap(
    r.iloc[1:, :-1],
    mask=mask[1:, :-1],
    vmin=-1,
    vmax=1,
    cmap=colours,
    ax=axes,
    annot=numbers,
    fmt=".2f",
    annot_kws={"fontsize": font},
    xticklabels=True,
    yticklabels=True,
)
axes.tick_params(axis="y", rotation=0)
for text in axes.texts:  # a minus sign, not a hyphen
    text.set_text(text.get_text().replace("-", "−"))
figure.savefig("heatmap.png", bbox_inches="tight" if tight else None)

# The numbers that the step names
columns = len(r)
cell = axes.get_window_extent().width / (columns - 1)
number = max((text.get_window_extent().width for text in axes.texts), default=0.0)
fits = number <= cell

drawn = figure.get_tightbbox()
right, top = figure.get_size_inches()
sticks_out = drawn.x0 < 0 or drawn.y0 < 0 or drawn.x1 > right or drawn.y1 > top
cut = bool(sticks_out and not tight)
page_height, page_width = imread("heatmap.png").shape[:2]
widest, smallest = 14, 6
page_inches = page_width / 100
