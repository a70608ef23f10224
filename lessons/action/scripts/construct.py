"""A column that was computed from the other, with and without what was put in."""

import matplotlib.pyplot as plt
import pandas as pd
from scipy.stats import spearmanr

view = "sigs1"
method = "Spearman"

highway = pd.read_csv("highway.csv", index_col=0)
highway["signals"] = (highway["sigs1"] - 1 / highway["len"]).round(9)  # per mile
highway["counted"] = (highway["sigs1"] * highway["len"] - 1).round()
unlit = highway[highway["signals"] == 0]
match view:
    case "sigs1":
        shown, column = highway, "sigs1"
    case "sigs1, where no signals":
        shown, column = unlit, "sigs1"
    case "sigs1, where signals":
        shown, column = highway[highway["signals"] > 0], "sigs1"
    case "sigs1 − 1/len":
        shown, column = highway, "signals"
    case "signals, counted":
        shown, column = highway, "counted"

r = shown["len"].corr(shown[column], method=method.lower())
print(r)
plt.scatter(shown["len"], shown[column])

# The numbers that the step names
left = None
sections, all_sections, unlit_sections = len(shown), len(highway), len(unlit)
rho_built = highway["len"].corr(highway["sigs1"], method="spearman")
rho_signals = highway["len"].corr(highway["signals"], method="spearman")
counted = spearmanr(highway["len"], highway["counted"])
rho_counted, p_counted = counted.statistic, counted.pvalue
rho_unlit = unlit["len"].corr(unlit["sigs1"], method="spearman")
