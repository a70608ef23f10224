"""Cars in a tree by what was measured on them, in units or standardised."""

import numpy as np
import pandas as pd
import seaborn as sns
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import pdist, squareform

scaled = "as measured"
columns = ["mpg", "cyl", "disp", "hp", "drat", "wt", "qsec", "vs", "am", "gear", "carb"]

measured = pd.read_csv("mtcars.csv", index_col="model")
chosen = measured[columns]
match scaled:
    case "as measured":
        shown = chosen
        colours = {"cmap": "viridis"}
    case "each column":
        shown = (chosen - chosen.mean()) / chosen.std()
        colours = {"vmin": -3, "vmax": 3, "cmap": "RdBu_r"}
    case "each car":
        spread = chosen.std(axis=1).replace(0, 1)  # where a car has the same number everywhere
        shown = chosen.sub(chosen.mean(axis=1), axis=0).div(spread, axis=0)
        colours = {"vmin": -3, "vmax": 3, "cmap": "RdBu_r"}

shares = shown.var() / shown.var().sum()
share = shares.reindex(["disp", "hp"]).fillna(0).sum()
print(f"disp and hp are {share:.1%} of the variance")

tree = linkage(pdist(shown), "average")
sns.clustermap(shown, row_linkage=tree, col_cluster=False, **colours)

# The numbers that the step names
genes = None
(cars, columns_in_all), used = measured.shape, len(columns)
nearly_zero = 1e-9


def nearest_of(distances):
    square = pd.DataFrame(squareform(distances), measured.index, measured.index)
    return square["Ford Pantera L"].drop("Ford Pantera L").idxmin()


heavy = measured[["disp", "hp"]]
raw_share = heavy.var().sum() / measured.var().sum()
raw_agreement = np.corrcoef(pdist(measured), pdist(heavy))[0, 1]
raw_nearest, nearest = nearest_of(pdist(measured)), nearest_of(pdist(shown))
largest, largest_share = shares.idxmax(), shares.max()
by_car = measured.sub(measured.mean(axis=1), axis=0).div(measured.std(axis=1), axis=0)
car_share = by_car.var().max() / by_car.var().sum()
in_litres = measured.assign(disp=measured["disp"] * 0.016387064).var()
litres_share = in_litres.max() / in_litres.sum()
