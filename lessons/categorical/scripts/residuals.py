"""Hair by eyes: the counts, and what is left of them once chance is taken away."""

import numpy as np
import pandas as pd
import seaborn as sns
from statsmodels.stats.contingency_tables import Table

shown = "counts"
limits = "−1 to 1"

rows = pd.read_csv("hair_eye.csv")
counts = rows.pivot_table("count", "hair", "eye", aggfunc="sum")
counts = counts.loc[["Black", "Brown", "Red", "Blond"], ["Brown", "Blue", "Hazel", "Green"]]
table = Table(counts, shift_zeros=False)
pearson, adjusted = table.resid_pearson, table.standardized_resids

values = {"counts": counts, "Pearson residuals": pearson, "adjusted residuals": adjusted}[shown]
lowest, highest = float(values.to_numpy().min()), float(values.to_numpy().max())
match limits:
    case "−1 to 1":
        low, high = -1, 1
    case "lowest to highest":
        low, high = lowest, highest
    case "the same both ways":
        low, high = -max(-lowest, highest), max(-lowest, highest)

sns.heatmap(values, vmin=low, vmax=high, cmap="RdBu_r", annot=True, fmt=".4g")

# The numbers that the step names
hair = None
eyes = None
n, cells = counts.to_numpy().sum(), counts.size
squares = pearson.to_numpy() ** 2
chi_square = squares.sum()
v = np.sqrt(chi_square / (n * 3))  # 3: one less than the smaller number of words
row, column = np.unravel_index(squares.argmax(), squares.shape)
strongest = f"{counts.index[row]} {counts.columns[column]}"
share = squares.max() / chi_square
emptiest = np.unravel_index(pearson.to_numpy().argmin(), squares.shape)
least = f"{counts.index[emptiest[0]]} {counts.columns[emptiest[1]]}"
blond_share = squares[counts.index.get_loc("Blond")].sum() / chi_square
students = int(n)

row_total, column_total = int(counts.loc["Blond"].sum()), int(counts["Blue"].sum())
expected = row_total * column_total / n
largest_count = int(counts.to_numpy().max())
largest_residual = pearson.to_numpy().ravel()[counts.to_numpy().argmax()]
blond_blue_count = int(counts.loc["Blond", "Blue"])
blond_blue, blond_blue_adjusted = pearson.loc["Blond", "Blue"], adjusted.loc["Blond", "Blue"]
blond_brown, blond_brown_adjusted = pearson.loc["Blond", "Brown"], adjusted.loc["Blond", "Brown"]
black_brown, black_brown_adjusted = pearson.loc["Black", "Brown"], adjusted.loc["Black", "Brown"]

neutral = (low + high) / 2
overrun = int(((values < low) | (values > high)).to_numpy().sum())
is_cell = hair is not None and eyes is not None
chosen = f"{hair} {eyes}" if is_cell else "none"
chosen_residual = pearson.loc[hair, eyes] if is_cell else 0.0
chosen_count = int(counts.loc[hair, eyes]) if is_cell else 0
chosen_expected = counts.loc[hair].sum() * counts[eyes].sum() / n if is_cell else 0.0
