"""A correlation matrix of a table that holds a column of words."""

import pandas as pd
import seaborn as sns

call = "corr()"
columns = [
    "rate",
    "len",
    "adt",
    "trks",
    "sigs1",
    "slim",
    "shld",
    "lane",
    "acpt",
    "itg",
    "lwid",
]

highway = pd.read_csv("highway.csv", index_col=0)
chosen = highway[[*columns, "htype"]]

message = ""
try:
    match call:
        case "corr()":
            r = chosen.corr()
        case "corr(numeric_only=True)":
            r = chosen.corr(numeric_only=True)
    sns.heatmap(r, vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")
except ValueError as error:
    message = str(error)
    print(f"ValueError: {message}")

# The numbers that the step names
answer = None
outcome = "error" if message else "matrix"
side = 0 if message else len(r)
cells = side * side
ordered = side * (side - 1)
pairs = ordered // 2
with_diagonal = pairs + side
