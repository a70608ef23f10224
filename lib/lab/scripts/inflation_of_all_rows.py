"""How much of each column the others explain, over all rows that are complete."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

columns = ["x", "y"]

table = pd.read_csv("table.csv")
complete = table[columns].astype(float).dropna()
varying = [name for name in columns if np.ptp(complete[name]) > 0]
inflation = pd.Series(np.nan, columns)
scores = (complete[varying] - complete[varying].mean()) / complete[varying].std(ddof=0)
for name in varying:
    others = scores.drop(columns=name).to_numpy()
    fitted = others @ np.linalg.lstsq(others, scores[name].to_numpy())[0]
    left = ((scores[name] - fitted) ** 2).mean()
    inflation[name] = np.inf if left < 1e-14 else 1 / left
(1 - 1 / inflation).dropna().sort_values().plot.barh()
plt.xlabel("share that the others explain")

# The numbers that the step names
column_count = len(columns)
rows_used = len(complete)
row_count = len(table)
worst_vif = inflation.max()
worst = inflation.idxmax()
worst_share = 1 - 1 / worst_vif
