"""Mileage and the design of cars, on axes that were bent."""

import numpy as np
import pandas as pd
import seaborn as sns

column = "wt"
mileage = "as it is"
design = "as it is"
leave_out = []

mtcars = pd.read_csv("mtcars.csv", index_col="model")
kept = mtcars.drop(index=leave_out)
bends = {
    "as it is": lambda values: values,
    "log": np.log,
    "square root": np.sqrt,
    "square": np.square,
    "reciprocal": lambda values: 1 / values,
}
x = bends[design](kept[column])
y = bends[mileage](kept["mpg"])

r = x.corr(y)
rho = x.corr(y, method="spearman")
print(r, rho)

sns.regplot(x=x, y=y, ci=None)

# The numbers that the step names
because = None
cars, left_out = len(mtcars), len(leave_out)
near = 0.05
names = ["disp", "hp", "drat", "wt", "qsec"]
gaps = (
    mtcars[names].corrwith(mtcars["mpg"], method="spearman").abs()
    - mtcars[names].corrwith(mtcars["mpg"]).abs()
)
undersold, largest_gap, gap = gaps.idxmax(), gaps.max(), gaps[column]
r_before = mtcars[column].corr(mtcars["mpg"])
rho_before = mtcars[column].corr(mtcars["mpg"], method="spearman")
without_one = [mtcars.drop(index=car)[[column, "mpg"]].corr().iloc[0, 1] for car in mtcars.index]
lowest_r, highest_r = min(without_one), max(without_one)
untied_rho = mtcars[column].rank(method="first").corr(mtcars["mpg"].rank(method="first"))
