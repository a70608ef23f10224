"""Dummies of a column of words, and what three calls of corr() make of them."""

import numpy as np
import pandas as pd
import seaborn as sns

dummies = "nothing"
call = "corr(numeric_only=True)"

highway = pd.read_csv("highway.csv", index_col=0)
match dummies:
    case "nothing":
        table = highway
    case "True / False":
        table = highway.join(pd.get_dummies(highway["htype"]))
    case "1 / 0":
        table = highway.join(pd.get_dummies(highway["htype"], dtype=int))

message = ""
try:
    match call:
        case "corr()":
            r = table.corr()
        case "corr(numeric_only=True)":
            r = table.corr(numeric_only=True)
        case 'select_dtypes("number").corr()':
            r = table.select_dtypes("number").corr()
    sns.heatmap(r, vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")
except ValueError as error:
    message = str(error)
    print(f"ValueError: {message}")

# The numbers that the step names
spare = None
outcome = "error" if message else "matrix"
columns = 0 if message else len(r)
rows = len(highway)
numbers = highway.select_dtypes("number").shape[1]
kinds = highway["htype"].nunique()
together = numbers + kinds

codes = pd.get_dummies(highway["htype"], dtype=float)
pa, ma = int(codes["PA"].sum()), int(codes["MA"].sum())
r_pa_ma = codes["PA"].corr(codes["MA"])
r_by_counts = -np.sqrt(pa * ma / ((rows - pa) * (rows - ma)))
rank = int(np.linalg.matrix_rank(codes.assign(constant=1.0)))
