"""Anscombe's four panels, by the measure that was chosen, with points left out."""

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns

method = "Pearson"
leave_out = []

quartet = pd.read_csv("anscombe.csv")
quartet.index = (quartet.index + 1).astype(str)
kept = quartet.drop(index=leave_out)
words = ["one", "two", "three", "four"]


def of_each_panel(points, method):
    return pd.Series(
        [points[f"x{i}"].corr(points[f"y{i}"], method=method) for i in (1, 2, 3, 4)], words
    )


chosen = of_each_panel(kept, method.lower())
print(chosen)

figure, axes = plt.subplots(2, 2, sharex=True, sharey=True)
for i, corner in enumerate(axes.flat, start=1):
    sns.scatterplot(kept, x=f"x{i}", y=f"y{i}", ax=corner)

# The numbers that the step names
panel = None
rows, left_out = len(quartet), len(leave_out)
one, two, three, four = chosen
spread, highest = chosen.max() - chosen.min(), chosen.idxmax()
spearman = of_each_panel(quartet, "spearman")
spearman_one, spearman_two, spearman_three, spearman_four = spearman
pearson_three = of_each_panel(kept, "pearson")["three"]
four_before = quartet["x4"].corr(quartet["y4"])
wanted = 0.99
