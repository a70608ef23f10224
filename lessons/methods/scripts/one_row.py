"""A correlation of the highway, recomputed without each of its sections."""

import pandas as pd
import seaborn as sns

leave_out = []
method = "Pearson"

highway = pd.read_csv("highway.csv", index_col=0)
roads = highway[["acpt", "sigs1"]]
kept = roads.drop(index=[int(row) for row in leave_out])


def correlation(roads, method):
    return roads["acpt"].corr(roads["sigs1"], method=method)


without = {row: correlation(kept.drop(index=row), method.lower()) for row in kept.index}
print(correlation(kept, method.lower()), min(without.values()))

sns.lineplot(pd.Series(without))

# The numbers that the step names
sections, left_out = len(roads), len(leave_out)
pearson = correlation(kept, "pearson")
spearman = correlation(kept, "spearman")
kendall = correlation(kept, "kendall")
all_rows = correlation(roads, "pearson")
rho_all_rows = correlation(roads, "spearman")

ruler = "25"
ruler_acpt = roads.loc[int(ruler), "acpt"]
plain = roads.drop(index=int(ruler))
next_acpt = plain["acpt"].max()
without_ruler = correlation(plain, "pearson")
wanted = 0.2
