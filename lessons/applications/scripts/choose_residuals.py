"""The recipe for two categories, where colour says what is unexpected: residuals."""

import pandas as pd
import seaborn as sns
from statsmodels.stats.contingency_tables import Table

students = pd.read_csv("hair_eye.csv")
counts = students.pivot_table(
    index="hair", columns="eye", values="count", aggfunc="sum", sort=False
)

shown = Table(counts).standardized_resids
high = shown.abs().max().max()
low = -high
sns.heatmap(shown, vmin=low, vmax=high, cmap="RdBu_r", annot=True, fmt=".1f")

# The numbers that the step names
axes = "two categories"
meaning = "what is unexpected"
returns = None
mail = None
blood = None

recipes, recipe, fits = 8, "residuals", True
rows, columns = shown.shape
largest = shown.to_numpy().max()
low, high = float(low), float(high)
